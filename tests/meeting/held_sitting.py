"""A whole house without sockets: the real service, box, journal and hub on a folder, a clock that is turned by hand."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from display.frames import Frame
from display.hub import Audience
from kiosk.join import Device
from meeting.app import House, compose
from meeting.office import library
from meeting.order import commands as c
from meeting.order.sitting import MemberNo, Plan
from meeting.order.state import Poll
from meeting.settings import Settings
from tests.meeting.order.small_sitting import N1, small_plan
from tests.voting.voter import Voter
from voting.database import Writer, open_engine
from voting.stages import Stage


class TurnedClock:
    """Time passes when a test says so."""

    def __init__(self) -> None:
        self._now = 1_000_000
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._number = 0

    def now(self) -> int:
        return self._now

    async def wait(self, seconds: float) -> None:
        future = asyncio.get_running_loop().create_future()
        self._number += 1
        heapq.heappush(self._waiting, (self._now + int(seconds * 1000), self._number, future))
        await future

    def turn(self, seconds: float) -> None:
        self._now += int(seconds * 1000)
        while self._waiting and self._waiting[0][0] <= self._now:
            future = heapq.heappop(self._waiting)[2]
            if not future.done():
                future.set_result(None)


class Screen:
    """A connection of the hub that keeps what it was shown."""

    def __init__(self) -> None:
        self.resumed: Callable[[], None] | None = None
        self.frames: list[str] = []

    def take(self, frame: Frame) -> bool:
        self.frames.append(frame.text)
        return True

    def abort(self) -> None:
        raise AssertionError("nobody is slow here")


class HeldSitting:
    def __init__(self, house: House, clock: TurnedClock, voters: Sequence[Voter]) -> None:
        self.house = house
        self.clock = clock
        self.voters = {voter.number: voter for voter in voters}
        self.screens: dict[Audience, Screen] = {}

    @property
    def service(self) -> Any:
        return self.house.service

    @property
    def poll(self) -> Poll:
        poll = self.house.service.state.poll
        assert poll is not None
        return poll

    async def obey(self, *commands: c.Command) -> None:
        for command in commands:
            await self.house.service.obey(command)

    async def convene(self) -> None:
        await self.obey(*(c.RecordArrival(MemberNo(n)) for n in self.voters), c.ConfirmRoll())

    async def until(self, done: Callable[[], bool]) -> None:
        """Turn the clock until `done`; a minute of the sitting is enough for everything that is tested."""
        for _ in range(400):
            if done():
                return
            self.clock.turn(0.25)
            await self.house.writer.run(lambda conn: None)
            # The answer of the writer, then whoever waited for it, then what he orders.
            for _ in range(20):
                await asyncio.sleep(0)
        raise AssertionError("it did not come about")

    async def vote(self, marks: Sequence[str]) -> None:
        """The first members vote so, on the poll that is open."""
        box, poll = self.house.box, self.poll
        for number, mark in zip(poll.voters, marks, strict=False):
            voter = self.voters[number]
            if poll.visibility.value == "secret":
                await voter.cast(box, poll.id, mark)
            else:
                await voter.vote_openly(box, poll.id, {poll.question: mark})

    async def hold_vote(self, marks: Sequence[str]) -> Poll:
        """Open, vote, close, and wait for the result.  Returns the poll as it ended."""
        poll = self.poll.id
        await self.obey(c.OpenPoll(poll))
        await self.vote(marks)
        await self.obey(c.ClosePoll(poll))
        await self.until(lambda: self.service.state.polls[poll].stage.value in {"declared", "void"})
        ended: Poll = self.service.state.polls[poll]
        return ended

    def stage(self, ballot: str) -> Stage:
        return self.house.box.stage(ballot)


@asynccontextmanager
async def running(
    data: Path, clock: TurnedClock, voters: Sequence[Voter], plan: Plan | None = None
) -> AsyncIterator[HeldSitting]:
    """A house on `data`, made there when it is new; leaving it is a crash of the process between two steps."""
    plan = plan or small_plan()
    if not (data / "session-day.db").exists():
        engine = open_engine(data)
        writer = Writer(engine)
        writer.run_now(lambda conn: library.load(conn, plan, 0))
        rows = [{"sitting": plan.id, "member": v.number, "dev_pk": v.dev_pk, "bound": "card"} for v in voters]
        writer.run_now(lambda conn: conn.execute(insert(Device), rows))
        writer.stop()
        engine.dispose()
    house = compose(Settings(data), plan.id, clock=clock)
    held = HeldSitting(house, clock, voters)
    try:
        async with asyncio.TaskGroup() as tasks:
            serving = tasks.create_task(house.service.run())
            await house.service.ready.wait()
            async with house.hub.join(Audience.HALL, screen := Screen()):
                held.screens[Audience.HALL] = screen
                yield held
            serving.cancel()
    finally:
        house.close()


ALL_FOR = ["for"] * 7


async def to_the_appointments(held: HeldSitting) -> None:
    """The roll is confirmed, the tellers are approved, and the vote on the first nominee is prepared."""
    await held.convene()
    await held.hold_vote(ALL_FOR)
    await held.obey(*[c.Proceed()] * 8)
    assert held.poll.matter == N1
