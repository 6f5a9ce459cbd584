"""A sitting of 3,000 members that has come to its secret votes, and the real server that serves it.

Everybody has a device and is present before the server starts, so that a bench measures ballots and nothing else.
The server is the product's own (`compose`, `server_config`), in a process of its own that takes orders by a pipe; it
also says when something happened, on the clock that all processes of a machine share.
"""

from __future__ import annotations

import asyncio
import resource
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import insert

from display.hub import Audience, Hub
from display.live import server_config
from kiosk.join import Device
from meeting.app import compose
from meeting.office.fictional import fictional_members
from meeting.order import commands as c
from meeting.order.decide import decide
from meeting.order.events import Event, SittingLoaded
from meeting.order.evolve import Recorded, evolve
from meeting.order.sitting import (
    Item,
    ItemKind,
    Matter,
    MatterId,
    MatterKind,
    Plan,
    Rules,
    SittingId,
    Step,
    StepKind,
    Text,
)
from meeting.record import journal
from meeting.service import Service
from meeting.settings import Settings
from meeting.windows import Windows
from tests.meeting.order.small_sitting import SECRET, small_plan
from voting.database import Writer, open_engine
from voting.signed import unb64

MEMBERS = 3000
HOST = "127.0.0.1"


def plan_of(votes: int, members: int = MEMBERS) -> Plan:
    """A sitting of nothing but secret votes; removals, which need no examination and no pledge."""
    matters = tuple(
        Matter(
            id=MatterId(f"N{number}"),
            kind=MatterKind.REMOVAL,
            title=Text(f"关于免去某某第{number}号职务的议案", f"Removal from office, number {number}"),
            person=f"某某{number}",
            post=Text("局长", "Director"),
            verb="决定免去",
        )
        for number in range(1, votes + 1)
    )
    steps = [
        Step(kind, matter.id, vote=SECRET if kind is StepKind.VOTE else None)
        for matter in matters
        for kind in (StepKind.VOTE, StepKind.DECLARATION)
    ]
    small = small_plan()
    plan = replace(
        small,
        id=SittingId("full-1"),
        rules=Rules(total_members=len(small.members), plain_http=True),
        matters=matters,
        items=(
            Item(1, ItemKind.ROLL_CALL, Text("签到"), "09:00", (Step(StepKind.ROLL_CALL),)),
            Item(2, ItemKind.SECRET_VOTES, Text("表决免职案"), "09:30", tuple(steps)),
            Item(3, ItemKind.CLOSING, Text("闭会"), "11:00", (Step(StepKind.CLOSING),)),
        ),
    )
    return fictional_members(plan, members)


def prepare(data: Path, plan: Plan, devices: Mapping[int, bytes]) -> None:
    """The folder of a sitting in which everybody has arrived, its roll confirmed, the first vote next."""
    at = time.time_ns() // 1_000_000
    events: list[Event] = [SittingLoaded(plan)]
    state = evolve(None, Recorded(1, at, events[0]))
    arrivals: list[c.Command] = [c.RecordArrival(member.number) for member in plan.members]
    for command in (*arrivals, c.ConfirmRoll()):
        for event in decide(state, command, at):
            events.append(event)
            state = evolve(state, Recorded(state.seq + 1, at, event))
    engine = open_engine(data)
    writer = Writer(engine)
    rows = [{"sitting": plan.id, "member": m, "dev_pk": key, "bound": "card"} for m, key in devices.items()]
    writer.run_now(lambda conn: conn.execute(insert(Device), rows))
    writer.run_now(lambda conn: journal.append(conn, plan.id, 0, at, events))
    writer.stop()
    engine.dispose()


def device_key(number: int) -> Ed25519PrivateKey:
    """A member's device key: fixed, so that nobody has to tell the phones."""
    return Ed25519PrivateKey.from_private_bytes(number.to_bytes(32, "big"))


@dataclass(frozen=True, slots=True)
class BallotFacts:
    """What a phone knows of the ballot that is prepared."""

    sitting: str
    ballot: str
    question: str
    B: bytes
    n: bytes
    size: int
    board_key: bytes


@dataclass(frozen=True, slots=True)
class Counted:
    """When the grace was over and when the members' view with the result was sent, and what the result is."""

    sealed_ns: int
    shown_ns: int
    returned: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Usage:
    cpu_ns: int
    memory_kb: int


def many_files() -> int:
    """Take as many open files as the system grants; how many."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


class _Order:
    """The meeting's side of the pipe."""

    def __init__(self, service: Service, hub: Hub, facts: Callable[[str], BallotFacts]) -> None:
        self._service = service
        self._facts = facts
        self._sealed_ns = 0
        self._shown_ns = 0
        self._declared = asyncio.Event()
        self._listen(hub)

    def _listen(self, hub: Hub) -> None:
        """Note when the grace is over and when the members are shown something."""
        windows: Windows = self._service._open_windows
        grace, show = windows.grace, hub.show

        async def noted_grace(all_in: Callable[[], bool]) -> None:
            await grace(all_in)
            self._sealed_ns = time.monotonic_ns()

        def noted_show(audience: str, view: Mapping[str, object]) -> None:
            at = time.monotonic_ns()
            show(audience, view)
            poll = view.get("poll")
            if audience == Audience.MEMBER and isinstance(poll, dict) and poll["stage"] == "counted":
                self._shown_ns = self._shown_ns or at
                self._declared.set()

        windows.grace = noted_grace  # type: ignore[method-assign]
        hub.show = noted_show  # type: ignore[method-assign]

    async def obey(self, order: str) -> object:
        match order:
            case "facts":
                poll = self._service.state.poll
                assert poll is not None
                return self._facts(poll.id)
            case "open":
                poll = self._service.state.poll
                assert poll is not None
                await self._service.obey(c.OverridePrecondition("tellers_approved", "bench"))
                await self._service.obey(c.OpenPoll(poll.id))
            case "close":
                return await self._close()
            case "next":
                await self._service.obey(c.Proceed())
            case "used":
                return Usage(time.process_time_ns(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return None

    async def _close(self) -> Counted:
        poll = self._service.state.poll
        assert poll is not None
        self._shown_ns = 0
        self._declared.clear()
        await self._service.obey(c.ClosePoll(poll.id))
        await self._declared.wait()
        counted = self._service.state.polls[poll.id]
        assert counted.result is not None
        counts = counted.result["questions"][counted.question]["counts"]
        return Counted(self._sealed_ns, self._shown_ns, counted.result["returned"], counts)


async def _serve(pipe: Connection, data: Path, sitting: SittingId, listening: socket.socket) -> None:
    house = compose(Settings(data), sitting)
    try:
        board_key = unb64(house.box.board()[0].body["key"])

        def facts(ballot: str) -> BallotFacts:
            known = house.box.facts(ballot)
            (question,) = known.paper.questions
            assert known.n is not None
            return BallotFacts(sitting, ballot, question.id, known.B, known.n, known.size, board_key)

        order = _Order(house.service, house.hub, facts)
        server = uvicorn.Server(server_config(house.app, HOST, 0))
        running = asyncio.create_task(server.serve([listening]))
        waiting = [asyncio.create_task(house.service.ready.wait()), running]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        orders: asyncio.Queue[str | None] = asyncio.Queue()
        asyncio.get_running_loop().add_reader(pipe.fileno(), lambda: orders.put_nowait(_received(pipe)))
        pipe.send(listening.getsockname()[1])
        while (asked := await orders.get()) is not None:
            pipe.send(await order.obey(asked))
        server.should_exit = True
        await running
    finally:
        house.close()


def _received(pipe: Connection) -> str | None:
    try:
        return str(pipe.recv())
    except EOFError:
        asyncio.get_running_loop().remove_reader(pipe.fileno())
        return None


def serve(pipe: Connection, data: Path, sitting: SittingId) -> None:
    """Serve the sitting; sends the port, then an answer to each order, and ends with the pipe."""
    many_files()
    listening = socket.create_server((HOST, 0))
    factory = server_config(lambda *_: None, "", 0).get_loop_factory()  # type: ignore[arg-type]
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(_serve(pipe, data, sitting, listening))
