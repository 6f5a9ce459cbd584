"""A whole house behind a real server on a free port, in the test's own loop; the chair acts through the service."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from sqlalchemy import insert

from display.live import server_config
from kiosk.join import Device, cards
from meeting.app import House, compose
from meeting.office import library
from meeting.order import commands as c
from meeting.order.sitting import MemberNo, Plan
from meeting.order.state import Poll
from meeting.record.enclosures import Enclosures, materials
from meeting.settings import Settings
from tests.voting.voter import Voter
from voting.board import code
from voting.database import Writer, open_engine


class ServedSitting:
    def __init__(self, house: House, port: int, voters: Sequence[Voter]) -> None:
        self.house = house
        self.url = f"http://127.0.0.1:{port}"
        self.voters = {voter.number: voter for voter in voters}

    @property
    def poll(self) -> Poll:
        poll = self.house.service.state.poll
        assert poll is not None
        return poll

    @property
    def board_key(self) -> str:
        key: str = self.house.box.board()[0].body["key"]
        return key

    def card(self, member: int) -> str:
        with self.house.engine.connect() as conn:
            return cards(conn, self.house.service.sitting)[member]

    def code(self) -> str:
        """The code of the current ballot, as the hall shows it."""
        return code(self.house.box.facts(self.poll.id).B)

    async def obey(self, *commands: c.Command) -> None:
        for command in commands:
            await self.house.service.obey(command)

    async def convene(self) -> None:
        members = [member.number for member in self.house.service.state.plan.members]
        await self.obey(*(c.RecordArrival(MemberNo(n)) for n in members), c.ConfirmRoll())

    async def vote(self, mark: str, but: Sequence[int] = ()) -> None:
        """Everybody whose phone is ours votes so."""
        box, poll = self.house.box, self.poll
        for voter in self.voters.values():
            if voter.number in but or voter.number not in poll.voters:
                continue
            if poll.visibility.value == "secret":
                await voter.cast(box, poll.id, mark)
            else:
                await voter.vote_openly(box, poll.id, {poll.question: mark})

    async def ended(self, poll: str) -> Poll:
        """The poll, once it is declared or void."""
        async with asyncio.timeout(30):
            while (found := self.house.service.state.polls[poll]).stage.value not in {"declared", "void"}:  # type: ignore[index]
                await self.house.writer.run(lambda conn: None)
        return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _films(plan: Plan, data: Path) -> Enclosures:
    """Something for every film that the plan names: no test of a phone looks at one."""
    film = data / "film.mp4"
    film.write_bytes(b"film")
    return Enclosures({}, {one.video.sha256: film for one in materials(plan) if one.video is not None})


@asynccontextmanager
async def serving(
    data: Path,
    plan: Plan,
    voters: Sequence[Voter],
    port: int | None = None,
    enclosed: Enclosures | None = None,
) -> AsyncIterator[ServedSitting]:
    """A sitting on `data`, made when it is new, with what is `enclosed`.  `voters` have their devices bound."""
    if not (data / "session-day.db").exists():
        engine = open_engine(data)
        writer = Writer(engine)
        files = enclosed or _films(plan, data)
        writer.run_now(lambda conn: library.load(conn, plan, 0, enclosed=files, data=data))
        rows = [{"sitting": plan.id, "member": v.number, "dev_pk": v.dev_pk, "bound": "card"} for v in voters]
        writer.run_now(lambda conn: conn.execute(insert(Device), rows) if rows else None)
        writer.stop()
        engine.dispose()
    port = port or free_port()
    house = compose(Settings(data, port=port), plan.id)
    server = uvicorn.Server(server_config(house.app, "127.0.0.1", port))
    try:
        async with asyncio.TaskGroup() as tasks:
            serve = tasks.create_task(server.serve())
            await house.service.ready.wait()
            async with asyncio.timeout(10):
                while not server.started:
                    await house.writer.run(lambda conn: None)
            yield ServedSitting(house, port, voters)
            server.should_exit = True
            await serve
    finally:
        house.close()
