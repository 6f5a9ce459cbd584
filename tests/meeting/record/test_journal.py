"""The journal: durable, in order, chained; whoever touches it is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from meeting.order.commands import ConfirmRoll, RecordArrival
from meeting.order.events import SittingClosed, StepEntered
from meeting.order.sitting import MemberNo, SittingId
from meeting.record import journal
from meeting.record.codec import UnknownEvent, decode, encode
from tests.meeting.order.small_sitting import Sitting
from voting.database import open_engine

ID = SittingId("small-1")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(tmp_path)
    yield engine
    engine.dispose()


def some_events() -> Sitting:
    return Sitting().obey(*(RecordArrival(MemberNo(n)) for n in range(1, 5)), ConfirmRoll())


def write(engine: Engine, sitting: Sitting) -> None:
    with engine.begin() as conn:
        for entry in sitting.journal:
            journal.append(conn, ID, entry.seq - 1, entry.at, [entry.event])


def test_what_is_written_is_read(engine: Engine) -> None:
    sitting = some_events()
    write(engine, sitting)
    with engine.connect() as conn:
        assert journal.read(conn, ID) == sitting.journal
        assert journal.sittings(conn) == [ID]
        assert journal.read(conn, SittingId("another")) == []


def test_a_place_is_taken_once(engine: Engine) -> None:
    write(engine, some_events())
    with pytest.raises(IntegrityError), engine.begin() as conn:
        journal.append(conn, ID, 1, 0, [SittingClosed()])


@pytest.mark.parametrize(
    ("change", "seq"),
    [
        ("UPDATE journal SET text = replace(text, '2', '3') WHERE seq = 3", 3),
        ("UPDATE journal SET at = at + 1 WHERE seq = 2", 2),
        ("DELETE FROM journal WHERE seq = 4", 4),
        ("UPDATE journal SET prev = zeroblob(32) WHERE seq = 5", 5),
    ],
)
def test_whoever_touches_it_is_noticed(engine: Engine, change: str, seq: int) -> None:
    write(engine, some_events())
    with engine.begin() as conn:
        conn.execute(text(change))
    with engine.connect() as conn, pytest.raises(journal.BrokenJournal) as caught:
        journal.read(conn, ID)
    assert caught.value.seq == seq


def test_an_event_of_a_newer_release_is_named() -> None:
    with pytest.raises(UnknownEvent, match="Teleported"):
        decode('{"event":"Teleported"}')


def test_text_is_canonical() -> None:
    assert encode(StepEntered(4, 0)) == '{"event":"StepEntered","item":4,"step":0}'
