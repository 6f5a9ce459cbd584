"""What is asked of a rehearsal, and the data folder made ready for it: the sitting loaded, its cards read.

Reads before it writes: a file that is not in order leaves the folder alone.  Refuses a sitting that has begun.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from display.pictures import Picture
from kiosk.join import cards, devices
from meeting.app import claim
from meeting.clock import SystemClock
from meeting.office import library
from meeting.office.fictional import FewerThanRoll, fictional_members
from meeting.office.library import AlreadyBegun
from meeting.office.script import Script
from meeting.office.sitting_file import read_sitting
from meeting.order.sitting import MatterId, MemberNo, Plan, SittingId
from meeting.record.enclosures import Enclosures
from meeting.rehearsal.chair import PATIENCE_S
from meeting.rehearsal.day import Day
from voting.database import open_engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    sitting: str
    """A sitting file, or the id of a sitting that is loaded."""
    data: Path
    members: int | None = None
    """Beyond the roll, members that do not exist fill the hall; the script's figures do not apply then."""
    url: str | None = None
    """Of a server that runs on `data`; None: one of our own."""
    receipts: Path | None = None
    record: Path | None = None
    seed: int = 0
    real_time: bool = False
    """Phones wait as long as real ones do; else a tenth of that, or what a crowd needs."""
    patience: float = PATIENCE_S


def prepare(options: Options) -> tuple[Engine, Day, Mapping[MemberNo, str]]:
    """The folder, the day and the codes of the cards.  Blocking.

    Raises SittingFileError, UnreadableSitting, FewerThanRoll and LibraryError (AlreadyBegun, AlreadyServed, …).
    """
    path = Path(options.sitting)
    wanted = None
    photos: Mapping[MatterId, Picture] = {}
    enclosed = Enclosures()
    if path.suffix in {".yaml", ".yml"} or path.exists():
        file = read_sitting(path)
        wanted = _with_members(file.plan, file.script, options.members)
        photos, enclosed = file.photos, file.enclosures
    elif not options.data.is_dir():
        raise library.NoSitting()
    if options.url is None:
        claim(options.data).close()  # its server would be refused later, and less clearly
    engine = open_engine(options.data)
    try:
        with engine.connect() as conn, conn.execution_options(immediate=True).begin():
            day = Day(*(wanted or _loaded(conn, options)))
            if wanted is not None:
                library.load(
                    conn, day.plan, SystemClock().now(), photos, enclosed=enclosed, data=options.data
                )
            _refuse_begun(conn, day.plan.id, joining=options.url is not None)
            codes = {MemberNo(member): code for member, code in cards(conn, day.plan.id).items()}
    except BaseException:
        engine.dispose()
        raise
    return engine, day, codes


def _with_members(plan: Plan, script: Script, members: int | None) -> tuple[Plan, Script]:
    if members is None or members == len(plan.members):
        return plan, script
    return fictional_members(plan, members), script.without_expectations()


def _loaded(conn: Connection, options: Options) -> tuple[Plan, None]:
    state, _ = library.read(conn, library.find(conn, options.sitting))
    roll = len(state.plan.members)
    if options.members is not None and options.members < roll:
        raise FewerThanRoll(asked=options.members, roll=roll)
    if options.members is not None and options.members > roll:
        raise library.AlreadyLoaded(sitting=state.plan.id)
    return state.plan, None


def _refuse_begun(conn: Connection, sitting: SittingId, *, joining: bool) -> None:
    """A phone that joined in a former rehearsal is gone with its key, and its card opens nothing any more."""
    _, entries = library.read(conn, sitting)
    if devices(conn, sitting) or (len(entries) > 1 and not joining):
        raise AlreadyBegun(sitting=sitting)
