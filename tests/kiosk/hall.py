"""A hall for tests of the phones: the real box and the real routes on a real server, and a stand-in for the meeting.

It can cut every connection at a chosen moment, or stop as a whole and start again on the same files.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette

from display.hub import Audience, Hub
from display.live import server_config
from kiosk.board_routes import Board
from kiosk.box_routes import Slot
from kiosk.join import Attempts, Door, devices, make_cards
from kiosk.messages import What
from kiosk.routes import kiosk_routes
from kiosk.session import Sessions
from voting.board import EffectiveRoll, Line
from voting.box import Box, NewBallot, Receipt, Rules
from voting.database import Writer, open_engine
from voting.figures import Figures
from voting.keys import KeyFolder
from voting.paper import Paper
from voting.signed import b64

SITTING = "bailu-1"


class Cuts:
    """Where the connections are to be cut: ``("issue", "before")``, ``("cast", "after")``…, each once."""

    def __init__(self, *moments: tuple[str, str]) -> None:
        self.left = list(moments)

    def due(self, what: str, when: str) -> bool:
        if (what, when) in self.left:
            self.left.remove((what, when))
            return True
        return False


@dataclass
class Hall:
    """One sitting of some members, every one of whom has a card."""

    data: Path
    members: int = 5
    cuts: Cuts = field(default_factory=Cuts)
    port: int = 0
    done: list[str] = field(default_factory=list)
    """What the box did for voters, in order."""
    checked_in: set[int] = field(default_factory=set)
    requests: set[int] = field(default_factory=set)
    sent: list[tuple[int, str, str]] = field(default_factory=list)
    """Texts for the chair: who, what, and how it reads."""
    view: dict[str, object] = field(default_factory=dict)
    seq: int = 0

    # --- the server -------------------------------------------------------------------------------------------

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Hall]:
        """Serve until the block ends; may be opened again, on the same files and the same port."""
        engine = open_engine(self.data)
        self.writer = Writer(engine)
        self.box = Box(SITTING, self.writer, KeyFolder(self.data, SITTING))
        await asyncio.to_thread(self.box.recover)
        start = await self.writer.run(self.box.start)
        self.board_key = KeyFolder(self.data, SITTING).board().public_key().public_bytes_raw()
        assert start.body["key"] == b64(self.board_key)
        members = range(1, self.members + 1)
        self.codes = await self.writer.run(lambda conn: make_cards(conn, SITTING, members))
        self.keys = await self.writer.run(lambda conn: devices(conn, SITTING))
        self.hub = Hub()
        self.progress = asyncio.Condition()
        if self.view:
            self.hub.show(Audience.MEMBER, self.view)
        with socket.socket() as listening:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(("127.0.0.1", self.port))
            listening.listen(256)
            self.port = listening.getsockname()[1]
            self.server = uvicorn.Server(server_config(self._app(), "127.0.0.1", self.port))
            running = asyncio.create_task(self.server._serve([listening]))
            try:
                yield self
            finally:
                self.server.should_exit = True
                self.cut()
                await running
                self.writer.stop()
                engine.dispose()

    def _app(self) -> Starlette:
        door = Door(
            sitting=SITTING,
            board_key=self.board_key,
            writer=self.writer,
            attempts=Attempts(asyncio.get_running_loop().time),
            name=lambda member: f"member {member}",
            bound=self._bound,
        )
        sessions = Sessions(sitting=SITTING, desk=self, box=self, hub=self.hub)
        slot = Slot(self.cast, roll=lambda: self.members)
        return Starlette(routes=kiosk_routes(door=door, sessions=sessions, slot=slot, board=Board(self.box)))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Every connection breaks, as when the server dies."""
        for connection in tuple(self.server.server_state.connections):
            assert connection.transport is not None
            connection.transport.abort()

    # --- what the box does for voters, with a chance of dying just before or after it ---------------------------

    async def _at(self, what: str, work: Callable[[], Any]) -> Any:
        if self.cuts.due(what, "before"):
            self.cut()
            raise ConnectionResetError
        answer = await work()
        self.done.append(what)
        if self.cuts.due(what, "after"):
            self.cut()
        async with self.progress:
            self.progress.notify_all()
        return answer

    async def issue(self, member: int, ballot: str, blinded: bytes, sig: bytes) -> bytes:
        answer: bytes = await self._at("issue", lambda: self.box.issue(member, ballot, blinded, sig))
        return answer

    async def open_vote(self, member: int, ballot: str, body: bytes, sig: bytes) -> Receipt:
        answer: Receipt = await self._at("open_vote", lambda: self.box.open_vote(member, ballot, body, sig))
        return answer

    async def confirm(self, member: int, ballot: str, sig: bytes) -> None:
        await self._at("check", lambda: self.box.confirm(member, ballot, sig))

    async def cast(self, raw: bytes) -> Receipt:
        what = "hand-back" if b'\\"unused\\"' in raw else "cast"
        answer: Receipt = await self._at(what, lambda: self.box.cast(raw))
        return answer

    # --- the desk -----------------------------------------------------------------------------------------------

    def device_key(self, member: int) -> bytes | None:
        return self.keys[member][0] if member in self.keys else None

    def me(self, member: int) -> Mapping[str, object]:
        return {"member": member, "name": f"member {member}", "checked_in": member in self.checked_in}

    def audience(self, member: int) -> str:
        return Audience.MEMBER

    async def check_in(self, member: int) -> None:
        self.checked_in.add(member)

    async def ask_to_speak(self, member: int, wanted: bool) -> None:
        (self.requests.add if wanted else self.requests.discard)(member)

    def pledges(self, member: int, ballot: str) -> list[dict[str, object]]:
        return []

    async def send(self, member: int, what: What, text: str, item: int | None = None) -> None:
        self.sent.append((member, what, text))

    async def _bound(self, member: int, dev_pk: bytes) -> None:
        self.keys[member] = (dev_pk, "card")
        await self._at("join", lambda: asyncio.sleep(0))

    # --- the conductor --------------------------------------------------------------------------------------------

    def roll(self) -> EffectiveRoll:
        members = range(1, self.members + 1)
        lines = {
            m: Line(m, f"member {m}", self.device_key(m), "card" if m in self.keys else None) for m in members
        }
        return EffectiveRoll(self.members, frozenset(members), frozenset(), lines)

    async def prepare(
        self, ballot: str, paper: Paper, *, visibility: Any = "secret", rules: Rules | None = None
    ) -> None:
        new = NewBallot(ballot, visibility, paper, self.roll(), rules or Rules())
        await self.writer.run(lambda conn: self.box.prepare(conn, new))
        self.show(ballot, "prepared")

    async def step(self, name: str, ballot: str, stage: str) -> Any:
        """One of the box's steps, and then the view that says so."""
        answer = await self.writer.run(lambda conn: getattr(self.box, name)(conn, ballot))
        self.show(ballot, stage)
        return answer

    async def end(self) -> None:
        await self.writer.run(self.box.end)
        self._tell_board()

    def show(self, ballot: str, stage: str) -> None:
        facts = self.box.facts(ballot)
        poll = {
            "ballot": ballot,
            "stage": stage,
            "visibility": facts.visibility,
            "paper": facts.paper_text,
            "salt": b64(facts.salt),
            "window_ms": 2000,
            "issued": 0,
            "returned": 0,
        }
        self.seq += 1
        self.view = {
            "type": "view",
            "audience": "member",
            "seq": self.seq,
            "at": 0,
            "slide": {},
            "poll": poll,
        }
        self.hub.show(Audience.MEMBER, self.view)
        self._tell_board()

    def _tell_board(self) -> None:
        self.hub.tell(Audience.MEMBER, {"type": "board", "entries": len(self.box.board())})

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for what the voters do; the condition is looked at whenever the box did something for one."""
        async with asyncio.timeout(30), self.progress:
            await self.progress.wait_for(true)

    async def until_returned(self, ballot: str, count: int) -> None:
        await self.until(lambda: self.box.turnout(ballot).returned == count)

    async def until_issued(self, ballot: str, count: int) -> None:
        await self.until(lambda: self.box.turnout(ballot).issued == count)

    def confirmed(self, ballot: str) -> int:
        """How many members have confirmed their line."""
        return Figures(SITTING, self.writer.engine).confirmed(ballot)

    def entry(self, kind: str, ballot: str) -> dict[str, Any]:
        """The board's entry of a kind for a ballot."""
        found = [
            e.body for e in self.box.board() if e.body["kind"] == kind and e.body.get("ballot") == ballot
        ]
        assert len(found) == 1
        return found[0]
