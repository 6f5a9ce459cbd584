"""A data folder with played sittings in it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from meeting.office import library
from meeting.record import journal
from tests.meeting.order.small_sitting import Sitting
from voting.database import Writer, open_engine


def shelf(folder: Path, *played: Sitting) -> Path:
    """Put the sittings into the folder, each with its journal as it was played."""
    engine = open_engine(folder)
    writer = Writer(engine)
    try:
        for one in played:
            _put(writer, one)
    finally:
        writer.stop()
        engine.dispose()
    return folder


def _put(writer: Writer, played: Sitting) -> None:
    def work(conn: Connection) -> None:
        library.load(conn, played.plan, played.journal[0].at)
        for entry in played.journal[1:]:
            journal.append(conn, played.plan.id, entry.seq - 1, entry.at, [entry.event])

    writer.run_now(work)
