"""A rehearsal from beginning to end: prepares the folder, puts everybody on his place, waits for the end, reports.

Plays against a server of its own or against one that runs.  Beside that server it writes one thing into the data
folder, the offices' one-time links, in short transactions; cards it only reads.
"""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from kiosk.anonymous import GONE, Anonymous, TurnedAway
from kiosk.ballot_client import Receipt
from kiosk.board_follower import BoardFollower
from meeting.console.access import Office, make_link
from meeting.office import library
from meeting.order.sitting import MemberNo
from meeting.record.results import results
from meeting.rehearsal.chair import Chair
from meeting.rehearsal.comparison import compare
from meeting.rehearsal.day import Day
from meeting.rehearsal.deal import Deals
from meeting.rehearsal.failures import OtherSitting, ServerGone
from meeting.rehearsal.folder import Options, prepare
from meeting.rehearsal.latency import Latencies, Turnout
from meeting.rehearsal.narration import Narrator, Silent
from meeting.rehearsal.office_line import OfficeLine
from meeting.rehearsal.own_server import own_server
from meeting.rehearsal.report import Report
from meeting.rehearsal.robots import ReceiptFile, Robots
from meeting.rehearsal.teller import TellerDesk
from meeting.rehearsal.watchers import Hall, Teller
from voting.record import write_record

__all__ = ["Options", "rehearse"]

LONGEST_SILENCE_S = 180.0
"""A server that was killed may be away for so long."""
FASTEST = 0.1
CROWD = 1000
"""So many phones and more take the time that real ones take: in a tenth of it no server could serve them."""


async def rehearse(options: Options, narrator: Narrator | None = None) -> Report:
    """Play the day to its end.

    Raises SittingFileError, UnreadableSitting, FewerThanRoll, LibraryError (AlreadyBegun, AlreadyServed, …) before
    anything is played, and RehearsalFailed when it cannot be played on.
    """
    _many_files()
    engine, day, codes = await asyncio.to_thread(prepare, options)
    try:
        rehearsal = _Rehearsal(options, day, codes, engine, narrator or Silent())
        if options.url is not None:
            return await rehearsal.play(options.url, _for_ever)
        async with own_server(day.plan.id, options.data) as server:
            return await rehearsal.play(server.url, server.watch)
    finally:
        engine.dispose()


class _Rehearsal:
    """One day being played."""

    def __init__(
        self,
        options: Options,
        day: Day,
        codes: Mapping[MemberNo, str],
        engine: Engine,
        narrator: Narrator,
    ) -> None:
        self._options = options
        self._day = day
        self._codes = codes
        self._engine = engine
        self._narrator = narrator
        self._latencies = Latencies()
        self._turnout = Turnout()

    async def play(self, url: str, watch: Callable[[], Coroutine[Any, Any, None]]) -> Report:
        """`watch` raises when the server is gone for good."""
        began = time.perf_counter()
        server = Anonymous(url)
        board = BoardFollower(server)
        await self._meet(board)
        deals = Deals(
            self._day, self._options.seed, lambda ballot: _is_void(board, ballot), self._turnout.received
        )
        hall = Hall(self._narrator.hall)
        teller = Teller(self._latencies, self._turnout, time.perf_counter)
        with _receipts(self._options.receipts) as on_receipt:
            robots = self._robots(server, board, deals, on_receipt)
            try:
                async with asyncio.TaskGroup() as room:
                    await self._until_the_end(room, server, deals, robots, hall, teller, watch)
            except ExceptionGroup as failures:
                raise _first(failures) from failures
        return await asyncio.to_thread(self._report, time.perf_counter() - began, board, robots, hall, teller)

    async def _meet(self, board: BoardFollower) -> None:
        """The server is there, and it serves our sitting.  Raises ServerGone, OtherSitting."""
        try:
            async with asyncio.timeout(LONGEST_SILENCE_S):
                while not len(board.board):
                    with suppress(*GONE, TurnedAway):
                        await board.reach(1)
                        break
                    await asyncio.sleep(0.2)
        except TimeoutError:
            raise ServerGone(seconds=round(LONGEST_SILENCE_S)) from None
        if board.board.sitting != self._day.plan.id:
            raise OtherSitting(sitting=self._day.plan.id, served=board.board.sitting)

    def _robots(
        self, server: Anonymous, board: BoardFollower, deals: Deals, on_receipt: Callable[[Receipt], None]
    ) -> Robots:
        return Robots(
            self._day,
            deals,
            self._codes,
            server,
            board,
            latencies=self._latencies,
            turnout=self._turnout,
            seed=self._options.seed,
            scale=self._scale(),
            on_receipt=on_receipt,
            on_joined=self._narrator.joined,
        )

    def _scale(self) -> float:
        if self._options.real_time:
            return 1.0
        return min(1.0, max(FASTEST, len(self._day.plan.members) / CROWD))

    async def _until_the_end(
        self,
        room: asyncio.TaskGroup,
        server: Anonymous,
        deals: Deals,
        robots: Robots,
        hall: Hall,
        teller: Teller,
        watch: Callable[[], Coroutine[Any, Any, None]],
    ) -> None:
        console = OfficeLine(server, Office.CHAIR, self._new_link)
        desk = OfficeLine(server, Office.TELLER, self._new_link, hear=teller.hear)
        lines = [console, desk, OfficeLine(server, Office.HALL, self._new_link, hear=hall.hear)]
        beside = [room.create_task(line.stay_connected()) for line in lines]
        tellers = TellerDesk(desk, self._day, deals.asked, on_order=self._narrator.ordered)
        beside.append(room.create_task(tellers.stand_by()))
        beside += [room.create_task(watch()), room.create_task(_not_silent(lines))]
        phones = room.create_task(robots.run())
        chair = Chair(
            console,
            self._day,
            deals,
            on_view=self._narrator.chair,
            on_order=self._narrator.ordered,
            patience=self._options.patience,
        )
        await chair.lead()
        # Phones hand back and confirm until the board has its last entry; each window has its limit.
        await asyncio.wait([phones], timeout=2 * self._day.plan.rules.hand_back_s + self._options.patience)
        for task in (*beside, phones):
            task.cancel()

    async def _new_link(self, office: Office) -> str:
        return await asyncio.to_thread(self._make_link, office)

    def _make_link(self, office: Office) -> str:
        with self._engine.connect() as conn, conn.execution_options(immediate=True).begin():
            return make_link(conn, self._day.plan.id, office)

    def _report(
        self, seconds: float, board: BoardFollower, robots: Robots, hall: Hall, teller: Teller
    ) -> Report:
        with self._engine.connect() as conn:
            state, entries = library.read(conn, self._day.plan.id)
        if self._options.record is not None:
            write_record(self._engine, self._day.plan.id, self._options.record)
        return Report(
            sitting=self._day.plan.id,
            members=len(self._day.plan.members),
            seconds=seconds,
            ended=board.board.ended,
            results=results(state),
            latencies=self._latencies.spreads(),
            checks=compare(self._day, entries),
            alarms=robots.alarms,
            contradictions=teller.contradicts(hall),
            codes=hall.codes,
            hall=hall.results,
        )


def _is_void(board: BoardFollower, ballot: str) -> bool:
    """Whether the board says that the ballot came to nothing."""
    on = board.board.ballots.get(ballot)
    return on is not None and on.void


async def _for_ever() -> None:
    """Somebody else's server may go and come back."""
    await asyncio.Event().wait()


async def _not_silent(lines: Sequence[OfficeLine]) -> None:
    """Raises ServerGone when nothing was heard for too long."""
    while True:
        silence = asyncio.get_running_loop().time() - max(line.heard_at for line in lines)
        if silence > LONGEST_SILENCE_S:
            raise ServerGone(seconds=round(silence))
        await asyncio.sleep(1)


@contextmanager
def _receipts(path: Path | None) -> Iterator[Callable[[Receipt], None]]:
    if path is None:
        yield lambda receipt: None
        return
    with ReceiptFile(path) as file:
        yield file.add


def _first(failures: BaseExceptionGroup[BaseException]) -> BaseException:
    """What went wrong first: of a group of failures the others are its consequences."""
    first = failures.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


def _many_files() -> None:
    """Every phone is an open file; take what the system grants, for the server that we start too."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
