"""The journal: what has happened, in order, durable and hash-chained.  The only truth; the state is its fold.

Reads and writes events inside the caller's transaction.  Never decides, never tells of a single issue or cast.
`hash = SHA-256(prev || seq \\n at \\n text)`, prev of the first entry is 32 zero bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select
from sqlmodel import Field, SQLModel

from meeting.order.events import Event
from meeting.order.evolve import Recorded
from meeting.order.sitting import SittingId
from meeting.record.codec import decode, encode


class JournalEntry(SQLModel, table=True):
    """One event of a sitting.  `at` in milliseconds since 1970, UTC."""

    __tablename__ = "journal"

    sitting: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    at: int
    text: str
    prev: bytes
    hash: bytes


class BrokenJournal(Exception):
    """The journal was changed or damaged outside the product: `seq` is the first entry that does not hold."""

    def __init__(self, seq: int, what: str) -> None:
        super().__init__(f"journal entry {seq}: {what}")
        self.seq = seq


_T = JournalEntry.__table__  # type: ignore[attr-defined]  # SQLModel adds it


def append(
    conn: Connection, sitting: SittingId, after: int, at: int, events: Sequence[Event]
) -> list[Recorded]:
    """Write `events` behind entry `after` (0: none yet) and return them in their places.

    The key (sitting, seq) arbitrates: if somebody else has written behind `after`, the database refuses
    (IntegrityError) and the transaction is the caller's to give up.
    """
    prev = b"\0" * 32
    if after:
        prev = conn.execute(select(_T.c.hash).where(_T.c.sitting == sitting, _T.c.seq == after)).scalar_one()
    recorded, rows = [], []
    for seq, event in enumerate(events, start=after + 1):
        text = encode(event)
        digest = _hash(prev, seq, at, text)
        rows.append({"sitting": sitting, "seq": seq, "at": at, "text": text, "prev": prev, "hash": digest})
        recorded.append(Recorded(seq, at, event))
        prev = digest
    if rows:
        conn.execute(insert(_T), rows)
    return recorded


def read(conn: Connection, sitting: SittingId) -> list[Recorded]:
    """The whole journal of a sitting, its chain checked.  Raises BrokenJournal."""
    rows = conn.execute(select(_T).where(_T.c.sitting == sitting).order_by(_T.c.seq)).all()
    prev = b"\0" * 32
    recorded = []
    for number, row in enumerate(rows, start=1):
        if row.seq != number:
            raise BrokenJournal(number, f"missing (the next one is {row.seq})")
        if row.prev != prev or row.hash != _hash(prev, row.seq, row.at, row.text):
            raise BrokenJournal(number, "its text and its hash do not agree")
        recorded.append(Recorded(row.seq, row.at, decode(row.text)))
        prev = row.hash
    return recorded


def sittings(conn: Connection) -> list[SittingId]:
    """The sittings that are loaded in this data folder, by id."""
    rows = conn.execute(select(_T.c.sitting).group_by(_T.c.sitting).order_by(func.min(_T.c.sitting)))
    return [SittingId(row.sitting) for row in rows]


def _hash(prev: bytes, seq: int, at: int, text: str) -> bytes:
    return hashlib.sha256(prev + f"{seq}\n{at}\n{text}".encode()).digest()
