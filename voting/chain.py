"""The board in the database: its entries are appended here, and nowhere is one changed.

What an entry says and when it is due, the box decides; how entries hang together, `board` knows.
"""

from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, insert, select

from voting import board
from voting.board import EffectiveRoll, Entry
from voting.store import BOARD

_COLUMNS = (BOARD.c.seq, BOARD.c.text, BOARD.c.prev, BOARD.c.hash, BOARD.c.sig)


def append(conn: Connection, sitting: str, body: Mapping[str, Any], key: Ed25519PrivateKey) -> Entry:
    """Put one more entry on the board, in the caller's transaction."""
    newest = select(*_COLUMNS).where(BOARD.c.sitting == sitting).order_by(BOARD.c.seq.desc()).limit(1)
    entry = board.make(_entry(conn.execute(newest).one_or_none()), body, key)
    conn.execute(
        insert(BOARD).values(
            sitting=sitting,
            seq=entry.seq,
            kind=body["kind"],
            # An end has no ballot; an empty one, so that the index finds a second end.
            ballot=body.get("ballot") or "",
            text=entry.text,
            prev=entry.prev,
            hash=entry.hash,
            sig=entry.sig,
        )
    )
    return entry


def entries(conn: Connection, sitting: str, since: int = 0) -> list[Entry]:
    """The board from entry `since` on."""
    found = select(*_COLUMNS).where(BOARD.c.sitting == sitting, BOARD.c.seq >= since).order_by(BOARD.c.seq)
    return [Entry(*row) for row in conn.execute(found)]


def entry(conn: Connection, sitting: str, seq: int) -> Entry:
    """One entry that is known to be there."""
    found = select(*_COLUMNS).where(BOARD.c.sitting == sitting, BOARD.c.seq == seq)
    return Entry(*conn.execute(found).one())


def entry_of(conn: Connection, sitting: str, kind: str, ballot: str | None = None) -> Entry | None:
    """The entry of a kind that occurs once: of a ballot, or (`start`, `end`) of the sitting."""
    found = select(*_COLUMNS).where(
        BOARD.c.sitting == sitting, BOARD.c.ballot == (ballot or ""), BOARD.c.kind == kind
    )
    return _entry(conn.execute(found).one_or_none())


def roll(conn: Connection, sitting: str, seq: int) -> EffectiveRoll:
    """The roll as the roll entry `seq` leaves it."""
    run: list[Mapping[str, Any]] = []
    at: int | None = seq
    while at is not None:
        run.append(entry(conn, sitting, at).body)
        at = run[-1]["since"]
    return board.fold(reversed(run))


def common_roll(conn: Connection, sitting: str, voter_class: str) -> tuple[int, EffectiveRoll] | None:
    """The last roll entry of a class that amends no ballot's own roll: its seq, and the roll as it leaves it."""
    common = (
        select(*_COLUMNS)
        .where(BOARD.c.sitting == sitting, BOARD.c.kind == "roll", BOARD.c.ballot == "")
        .order_by(BOARD.c.seq.desc())
    )
    # Read one by one: a roll of 3,000 is long, and mostly the first is it.
    with conn.execute(common) as found:
        newest = next(
            (one for one in map(_entry, found) if one and board.class_of(one.body) == voter_class), None
        )
    return None if newest is None else (newest.seq, roll(conn, sitting, newest.seq))


def _entry(row: Any) -> Entry | None:
    return None if row is None else Entry(*row)
