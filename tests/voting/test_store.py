"""The tables: what they lack, and that a store without these rules would give the order of voting away."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.exc import IntegrityError

from tests.voting.conftest import SITTING, House
from tests.voting.voter import Voter
from tests.voting.weakened import Unsealed, choice_of, schema_with_row_numbers
from voting import store
from voting.database import FILE_NAME, Writer, open_engine
from voting.store import BALLOT, BOARD, BOX, OPEN_VOTE, of_ballot, put_last, put_new, row_of

NEAR_A_BALLOT = ("voter", "issued", "box", "cast", "unused", "open_vote", "confirmation")


def arrival(data: Path, table: str) -> list[tuple[Any, ...]]:
    """The rows of a table as its file keeps them."""
    raw = sqlite3.connect(data / FILE_NAME)
    try:
        return raw.execute(f"SELECT * FROM {table}").fetchall()
    finally:
        raw.close()


def test_no_table_near_a_ballot_has_a_time_a_number_or_a_sequence(house: House) -> None:
    allowed = {
        "voter": ["member", "dev_pk"],
        "issued": ["member", "blinded", "sig", "blind_sig"],
        "box": ["tag", "sealed"],
        "cast": ["pk", "seq", "body", "rsa", "sig"],  # seq is the voter's own, and 0 unless minds may change
        "unused": ["pk", "body", "rsa", "sig"],
        "open_vote": ["member", "body", "sig"],
        "confirmation": ["member", "sig"],
    }
    assert set(allowed) == set(NEAR_A_BALLOT)
    raw = sqlite3.connect(house.data / FILE_NAME)
    for table, columns in allowed.items():
        found = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
        assert found == ["sitting", "ballot", *columns]
        with pytest.raises(sqlite3.OperationalError, match="rowid"):
            raw.execute(f"SELECT rowid FROM {table}")
    raw.close()


def test_every_key_begins_with_the_sitting() -> None:
    tables = [value for value in vars(store).values() if isinstance(value, Table)]
    assert len({table.name for table in tables}) == 9
    for table in tables:
        assert next(iter(table.primary_key)).name == "sitting"


async def test_a_weak_store_would_give_the_order_away(tmp_path: Path) -> None:
    """Break the rules once and see: row numbers and missing seals tell who stood where in the queue."""
    voters = [Voter(number) for number in range(1, 9)]
    marks = ["for", "against", "abstain", "for", "against", "against", "for", "abstain"]

    strong = House(tmp_path / "strong")
    weak = House(tmp_path / "weak", schema=schema_with_row_numbers(), sealing=Unsealed)
    told: dict[str, bool] = {}
    for name, house in (("strong", strong), ("weak", weak)):
        ballot = house.opened(voters)
        for voter, mark in zip(voters, marks, strict=True):
            await voter.cast(house.box, ballot, mark)
        keys = [voter.credential.pk for voter in voters]
        rows = arrival(house.data, "box")
        told[name] = [row[2] for row in rows] == keys
        if name == "weak":
            assert [choice_of(row[3]) for row in rows] == [{"N1": mark, "N2": mark} for mark in marks]
        else:
            assert [row[2] for row in rows] == sorted(row[2] for row in rows)
        house.stop()
    assert told == {"strong": False, "weak": True}
    assert BOX.dialect_options["sqlite"]["with_rowid"] is False  # only the copy is weak


def test_rows_that_are_there_stay(house: House) -> None:
    def work(conn: Connection) -> list[bytes]:
        row = row_of(SITTING, "b", tag=b"t", sealed=b"first")
        assert conn.execute(put_new(conn, BOX), [row]).rowcount == 1
        more = [{**row, "sealed": b"second"}, {**row, "tag": b"u"}]
        assert conn.execute(put_new(conn, BOX), more).rowcount == 1
        return list(conn.scalars(select(BOX.c.sealed).where(*of_ballot(BOX, SITTING, "b"))))

    assert house.run(work) == [b"first", b"first"]


def test_the_last_one_stays(house: House) -> None:
    def work(conn: Connection) -> Any:
        rows = [row_of(SITTING, "b", member=1, body=body, sig=b"s") for body in (b"one", b"two")]
        conn.execute(put_last(conn, OPEN_VOTE, "body", "sig"), rows)
        return conn.execute(select(OPEN_VOTE.c.member, OPEN_VOTE.c.body)).all()

    assert house.run(work) == [(1, b"two")]


def test_a_kind_of_entry_occurs_once(house: House) -> None:
    def entry(seq: int, kind: str, ballot: str) -> dict[str, Any]:
        return {
            "sitting": SITTING,
            "seq": seq,
            "kind": kind,
            "ballot": ballot,
            "text": "{}",
            "prev": b"",
            "hash": b"",
            "sig": b"",
        }

    def twice(seq: int, kind: str, ballot: str) -> None:
        rows = [entry(seq + n, kind, ballot) for n in (0, 1)]
        house.run(lambda conn: conn.execute(insert(BOARD), rows))

    twice(100, "roll", "")
    twice(200, "rebind", "")
    twice(250, "ruling", "b")
    for kind, ballot in (("result", "b"), ("end", ""), ("start", "")):
        with pytest.raises(IntegrityError):
            twice(300, kind, ballot)


def test_a_modulus_occurs_once_in_a_sitting(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    writer = Writer(engine)

    def ballot(name: str, n: bytes | None, sitting: str = SITTING) -> dict[str, Any]:
        return {
            **dict.fromkeys(("stage", "visibility", "voter_class", "paper"), ""),
            **dict.fromkeys(("hash", "salt"), b""),
            **dict.fromkeys(("size", "fewest", "roll_seq"), 0),
            **dict.fromkeys(("changes", "names", "withhold"), False),
            **row_of(sitting, name, n=n, replaces=None),
        }

    try:
        rows = [ballot("a", b"n"), ballot("b", None), ballot("c", None), ballot("a", b"n", "other")]
        writer.run_now(lambda conn: conn.execute(insert(BALLOT), rows))
        with pytest.raises(IntegrityError):
            writer.run_now(lambda conn: conn.execute(insert(BALLOT), [ballot("d", b"n")]))
    finally:
        writer.stop()
        engine.dispose()
