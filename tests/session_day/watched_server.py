"""A whole sitting on a real server, watched from the wire and from its logs, with simulated phones on real sockets.

Everybody talks to the server through a `Wire`, which writes down what goes by in either direction; every logger of the
process is set to its lowest level after the server has silenced what it silences.  The sitting's clock is turned by
hand, and it stands still while the ballots of the watched vote come in: whatever is said then is said of a ballot.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import random
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import uvicorn
from sqlalchemy import Connection
from starlette.types import ASGIApp
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from display.live import server_config
from kiosk.anonymous import Anonymous
from kiosk.ballot_client import Pace, Phone
from kiosk.join import cards
from meeting.app import House, compose
from meeting.console import access
from meeting.console.access import Office
from meeting.office import library
from meeting.order import commands as c
from meeting.order.sitting import MemberNo
from meeting.order.state import PollStage
from meeting.settings import Settings
from tests.meeting.held_sitting import TurnedClock
from tests.meeting.order.small_sitting import small_plan, without_the_selection
from tests.session_day.attacks import Line, Published, Shown
from voting.database import Writer, open_engine
from voting.paper import Paper
from voting.record import record_files
from voting.signed import unb64

MEMBERS: Final = 9
CASTS: Final = 8
"""One member returns no ballot."""
BALLOT: Final = "5-n1-1-member"
_MARKS: Final = ("for", "against", "for", "abstain", "for", "against", "for", "against")


@dataclass(slots=True)
class Talk:
    """One connection, from its first byte to its last, with the number of ballots that were in at each piece."""

    asked: bytearray = field(default_factory=bytearray)
    answered: list[tuple[int, bytes]] = field(default_factory=list)

    @property
    def path(self) -> str:
        return self.asked.split(b" ", 2)[1].decode()

    @property
    def head(self) -> bytes:
        return self._bytes().partition(b"\r\n\r\n")[0]

    def _bytes(self) -> bytes:
        return b"".join(piece for _, piece in self.answered)

    def said(self) -> Iterator[tuple[int, str]]:
        """Every text that the server sent, and how many ballots were in when its last byte came."""
        whole = self._bytes()
        at = whole.find(b"\r\n\r\n") + 4
        if not whole.startswith(b"HTTP/1.1 101"):
            yield self._casts_at(len(whole)), whole[at:].decode()
            return
        while at + 2 <= len(whole):
            opcode, size, at = whole[at] & 15, whole[at + 1], at + 2
            if size >= 126:
                wide = 2 if size == 126 else 8
                size, at = int.from_bytes(whole[at : at + wide], "big"), at + wide
            if opcode == 1:
                yield self._casts_at(at + size), whole[at : at + size].decode()
            at += size

    def _casts_at(self, end: int) -> int:
        so_far = 0
        for casts, piece in self.answered:
            so_far += len(piece)
            if so_far >= end:
                return casts
        raise AssertionError("the connection broke in the middle of a message")


@dataclass(slots=True)
class Watched:
    arrived: list[bytes] = field(default_factory=list)
    """The one-time keys of the watched ballot in the order in which they came."""
    talks: list[Talk] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    record: dict[str, bytes] = field(default_factory=dict)
    open: bool = False
    """Whether the watched ballot's casts are coming in."""
    alarms: list[str] = field(default_factory=list)
    """What phones would show in amber."""
    marks: dict[bytes, str] = field(default_factory=dict)

    @property
    def casts(self) -> int:
        """-1 while the watched ballot is not open."""
        return len(self.arrived) if self.open else -1

    def published(self) -> Published:
        return Published.read(self.record, BALLOT)

    def shown(self) -> list[Shown]:
        """What was sent to anybody but those who brought a ballot."""
        return [
            Shown(talk.path, casts, text)
            for talk in self.talks
            if talk.path != "/box"
            for casts, text in talk.said()
        ]

    def running(self, mark: str) -> list[int]:
        """How many ballots bore the mark when so many were in."""
        marks = [self.marks[pk] for pk in self.arrived]
        return [marks[:n].count(mark) for n in range(CASTS + 1)]


def watch(
    folder: Path,
    *,
    around: Callable[[ASGIApp], ASGIApp] = lambda app: app,
    unmuted: Callable[[], None] = lambda: None,
) -> Watched:
    """Play a sitting on an empty folder.  `around` and `unmuted` weaken the server for the tests of the attacks."""
    watched = Watched()
    limits = gc.get_threshold()
    try:
        with _listening(watched):
            asyncio.run(asyncio.wait_for(_play(folder, watched, around, unmuted), 60))
    finally:
        gc.unfreeze()
        gc.set_threshold(*limits)
    return watched


# --- ears ---------------------------------------------------------------------------------------------------------


class _Ear(logging.Handler):
    def __init__(self, watched: Watched) -> None:
        super().__init__(logging.DEBUG)
        self._watched = watched

    def emit(self, record: logging.LogRecord) -> None:
        # The phones run in this process too, and their library writes down what they send.
        if record.name != "websockets.client":
            self._watched.lines.append(Line(record.name, self._watched.casts, self.format(record)))


def _loggers() -> list[logging.Logger]:
    named = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    return [logging.root, *named]


def lowest_levels() -> None:
    """Whoever runs the server may set any level; a filter is what stands against it."""
    for logger in _loggers():
        logger.setLevel(logging.DEBUG)


@contextmanager
def _listening(watched: Watched) -> Iterator[None]:
    before = [(one, one.level, one.filters[:]) for one in _loggers()]
    ear = _Ear(watched)
    logging.root.addHandler(ear)
    lowest_levels()
    try:
        yield
    finally:
        logging.root.removeHandler(ear)
        for logger, level, filters in before:
            logger.setLevel(level)
            logger.filters = filters


@asynccontextmanager
async def _wire(watched: Watched, port: int) -> AsyncIterator[str]:
    """A way to the server on which everything is written down; yields its address."""
    talking: set[asyncio.Task[None]] = set()

    async def pump(
        source: asyncio.StreamReader, sink: asyncio.StreamWriter, note: Callable[[bytes], None]
    ) -> None:
        with suppress(OSError):
            while piece := await source.read(65536):
                note(piece)
                sink.write(piece)
                await sink.drain()
        with suppress(OSError):
            sink.close()
            await sink.wait_closed()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        talking.add(task)
        task.add_done_callback(talking.discard)
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", port)
        one = Talk()
        watched.talks.append(one)
        await asyncio.gather(
            pump(reader, up_writer, one.asked.extend),
            pump(up_reader, writer, lambda piece: one.answered.append((watched.casts, piece))),
        )

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await asyncio.gather(*talking)
        await server.wait_closed()


# --- the sitting --------------------------------------------------------------------------------------------------


class _Turnstile(Anonymous):
    """The way to the box for one ballot at a time, so that their order is known; every third goes by POST."""

    def __init__(self, url: str, watched: Watched, one: asyncio.Lock, settled: Callable[[], Any]) -> None:
        super().__init__(url)
        self._watched, self._one, self._settled = watched, one, settled

    async def cast(self, record: str, *, post: bool = False) -> dict[str, Any]:
        body = json.loads(json.loads(record)["body"])
        async with self._one:
            if body["ballot"] != BALLOT or "unused" in body:
                return await super().cast(record, post=post)
            pk = unb64(body["pk"])
            self._watched.marks[pk] = body["marks"]["N1"]
            self._watched.arrived.append(pk)
            answer = await super().cast(record, post=len(self._watched.arrived) % 3 == 0)
            await self._request("GET", "/public.json")
            await self._request("GET", "/board?from=0")
            await self._settled()
            return answer


async def _play(
    data: Path, watched: Watched, around: Callable[[ASGIApp], ASGIApp], unmuted: Callable[[], None]
) -> None:
    engine = open_engine(data)
    writer = Writer(engine)
    plan = without_the_selection(small_plan(MEMBERS))
    writer.run_now(lambda conn: library.load(conn, plan, 0))
    writer.stop()
    engine.dispose()
    clock = TurnedClock()
    house = compose(Settings(data), plan.id, clock=clock)
    try:
        async with AsyncExitStack() as stack:
            url = await stack.enter_async_context(_serving(house, watched, around, unmuted))
            await _Sitting(house, clock, watched, url).hold()
        with house.engine.connect() as conn:
            files = record_files(conn, house.service.sitting)
        watched.record = {name: text.encode() for name, text in files.items()}
    finally:
        house.close()


@asynccontextmanager
async def _serving(
    house: House, watched: Watched, around: Callable[[ASGIApp], ASGIApp], unmuted: Callable[[], None]
) -> AsyncIterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        server = uvicorn.Server(server_config(around(house.app), "127.0.0.1", port))
        unmuted()
        lowest_levels()
        running = asyncio.create_task(server._serve([listening]))
        try:
            await house.service.ready.wait()
            watched.lines.clear()  # of the tables that were made and the modules that were loaded
            async with _wire(watched, port) as url:
                yield url
                server.should_exit = True
                await running
        finally:
            server.should_exit = True
            await running


class _Sitting:
    """The chair, the screens and the phones."""

    def __init__(self, house: House, clock: TurnedClock, watched: Watched, url: str) -> None:
        self._house, self._clock, self._watched, self._url = house, clock, watched, url
        self._one = asyncio.Lock()
        self._receipts = 0

    async def hold(self) -> None:
        house = self._house
        codes, tokens = await house.writer.run(self._doors)
        board_key = unb64(house.box.board()[0].body["key"])
        async with asyncio.TaskGroup() as tasks:
            for path, cookie, token in tokens:
                tasks.create_task(self._screen(path, f"{cookie}={token}"))
            phones = self._phones = [self._phone(member, code, board_key) for member, code in codes.items()]
            await asyncio.gather(*(phone.join() for phone in phones))
            runs = [tasks.create_task(phone.run()) for phone in phones]
            await self._obey(*(c.RecordArrival(MemberNo(n)) for n in codes), c.ConfirmRoll())
            await self._vote(MEMBERS)
            await self._obey(*[c.Proceed()] * 8)
            await self._until(lambda: house.box.turnout(BALLOT).issued == MEMBERS)
            await self._vote(CASTS, watched=True)
            await self._until(lambda: house.box.stage(BALLOT).value == "checked")
            await self._obey(c.Proceed())
            await self._vote(MEMBERS)
            await self._obey(*[c.Proceed()] * 3)
            await self._until(house.service.ended.is_set)
            await asyncio.gather(*runs)
            for seat in [seat for seats in house.hub._seats.values() for seat in seats]:
                seat._drop()

    def _doors(self, conn: Connection) -> tuple[Mapping[int, str], list[tuple[str, str, str]]]:
        sitting = self._house.service.sitting
        tokens = []
        for office, path, cookie in (
            (Office.CHAIR, "/console/live", "office"),
            (Office.TELLER, "/console/live", "office"),
            (Office.HALL, "/hall/live", "hall"),
        ):
            found = access.redeem(conn, sitting, access.make_link(conn, sitting, office))
            assert found is not None
            tokens.append((path, cookie, found[1]))
        return cards(conn, sitting), tokens

    async def _screen(self, path: str, cookie: str) -> None:
        target = self._url.replace("http", "ws") + path
        headers = {"Cookie": cookie}
        async with connect(target, origin=self._url, additional_headers=headers, compression=None) as screen:  # type: ignore[arg-type]
            with suppress(ConnectionClosed):
                async for _ in screen:
                    pass

    def _phone(self, member: int, code: str, board_key: bytes) -> Phone:
        def decide(paper: Paper, ballot: str) -> Mapping[str, object] | None:
            if ballot != BALLOT:
                return {question.id: "for" for question in paper.questions}
            return None if member == MEMBERS else {"N1": _MARKS[member - 1]}

        def received(_: object) -> None:
            self._receipts += 1

        return Phone(
            member,
            code,
            self._url,
            board_key,
            decide,
            pace=Pace(random.Random(member), scale=0),
            anonymous=_Turnstile(self._url, self._watched, self._one, self._settled),
            on_receipt=received,
            on_alarm=self._watched.alarms.append,
        )

    async def _vote(self, ballots: int, *, watched: bool = False) -> None:
        service = self._house.service
        poll = service.state.poll
        assert poll is not None
        await self._until(lambda: self._house.box.turnout(poll.id).issued == MEMBERS)
        self._receipts = 0
        async with self._one:  # nobody casts before everything that the opening sets off has happened
            await self._obey(c.OpenPoll(poll.id))
            await self._quiet()
            self._watched.open = watched
        await self._settle_until(lambda: self._receipts == ballots)
        self._watched.open = False
        await self._obey(c.ClosePoll(poll.id))
        await self._until(lambda: service.state.polls[poll.id].stage is PollStage.DECLARED)

    async def _obey(self, *commands: c.Command) -> None:
        for command in commands:
            await self._house.service.obey(command)

    async def _settled(self) -> None:
        """Everything that waits for no time has happened."""
        for _ in range(3):
            await self._house.writer.run(lambda conn: None)
            for _ in range(30):
                await asyncio.sleep(0)

    async def _quiet(self) -> None:
        """Every phone has seen the poll open, and for a while nothing more has gone over the wire."""
        await self._settle_until(lambda: all(p.view["poll"]["stage"] == "open" for p in self._phones))
        before, quiet = -1, 0
        while quiet < 5:
            await self._settled()
            pieces = sum(len(talk.answered) for talk in self._watched.talks)
            before, quiet = pieces, quiet + 1 if pieces == before else 0

    async def _settle_until(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 30
        while not done():
            assert time.monotonic() < deadline, "it did not come about"
            await self._settled()

    async def _until(self, done: Callable[[], bool]) -> None:
        """Turn the clock until then."""
        deadline = time.monotonic() + 30
        while not done():
            assert time.monotonic() < deadline, "it did not come about"
            self._clock.turn(0.25)
            await self._settled()
