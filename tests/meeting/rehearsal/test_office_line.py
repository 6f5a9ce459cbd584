"""An office's connection to the real desk over real sockets: signing in, orders, and coming back."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.applications import Starlette

from display.hub import Audience, Hub
from display.live import server_config
from kiosk.anonymous import Anonymous
from meeting.console.access import Office
from meeting.console.live import Access, Offices
from meeting.order.commands import Command, Proceed
from meeting.order.errors import Stale
from meeting.rehearsal.failures import NoSignIn
from meeting.rehearsal.office_line import Done, Lost, OfficeLine, Refused

SEQ = 7


class Desk:
    """The server's side: it knows every code that it has made, and obeys who has seen `SEQ`."""

    def __init__(self) -> None:
        self.hub = Hub()
        self.tokens: dict[str, Office] = {}
        self.made: list[Office] = []
        self.obeyed: list[Command] = []
        self.show(SEQ)

    def show(self, seq: int) -> None:
        for audience in (Audience.CONSOLE, Audience.HALL, Audience.TELLER):
            self.hub.show(audience, {"type": "view", "audience": audience.value, "seq": seq})

    async def obey(self, command: Command, expected_seq: int | None = None) -> int:
        if expected_seq != SEQ:
            raise Stale(expected=expected_seq, actual=SEQ)
        self.obeyed.append(command)
        return SEQ + 1

    async def redeem(self, code: str) -> tuple[Office, str] | None:
        if not code.startswith("code-"):
            return None
        office, token = Office(code.removeprefix("code-")), f"token-{len(self.tokens)}"
        self.tokens[token] = office
        return office, token

    async def new_link(self, office: Office) -> str:
        self.made.append(office)
        return f"code-{office.value}"

    def app(self) -> Starlette:
        offices = Offices(conductor=self, access=Access(self.redeem, self.tokens.get), hub=self.hub)
        return Starlette(routes=offices.routes())


@asynccontextmanager
async def serving(desk: Desk) -> AsyncIterator[tuple[Anonymous, Callable[[], None]]]:
    """The way to the desk's server, and what cuts every connection to it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        server = uvicorn.Server(server_config(desk.app(), "127.0.0.1", port))
        running = asyncio.create_task(server._serve([listening]))

        def cut() -> None:
            for connection in list(server.server_state.connections):
                connection.transport.abort()

        try:
            yield Anonymous(f"http://127.0.0.1:{port}"), cut
        finally:
            server.should_exit = True
            await running


@asynccontextmanager
async def connected(line: OfficeLine) -> AsyncIterator[OfficeLine]:
    task = asyncio.create_task(line.stay_connected())
    try:
        yield line
    finally:
        task.cancel()
        await asyncio.wait([task])


async def test_the_chair_sees_leads_and_orders() -> None:
    desk = Desk()
    async with (
        serving(desk) as (server, _),
        connected(OfficeLine(server, Office.CHAIR, desk.new_link)) as line,
    ):
        assert await line.look(0, 10)
        assert line.view is not None
        assert line.view["audience"] == "console"
        assert await line.order({"name": "proceed"}, SEQ) == Done(SEQ + 1)
        assert line.leading
        assert await line.order({"name": "proceed"}, SEQ - 1) == Refused("stale")
        assert await line.order({"name": "proceed", "more": 1}, SEQ) == Refused("malformed-command")
        assert desk.obeyed == [Proceed()]


async def test_hall_and_teller_hear_every_view() -> None:
    desk = Desk()
    heard: list[object] = []
    async with serving(desk) as (server, _):
        for office in (Office.HALL, Office.TELLER):
            line = OfficeLine(server, office, desk.new_link, hear=lambda view: heard.append(view["audience"]))
            async with connected(line):
                assert await line.look(0, 10)
                desk.show(SEQ)
                assert await line.look(1, 10)
    assert heard == ["hall", "hall", "teller", "teller"]


async def test_a_second_console_leads_when_it_takes_over() -> None:
    desk = Desk()
    async with (
        serving(desk) as (server, _),
        connected(OfficeLine(server, Office.CHAIR, desk.new_link)) as first,
    ):
        assert await first.look(0, 10)
        async with connected(OfficeLine(server, Office.CHAIR, desk.new_link)) as second:
            assert await second.look(0, 10)
            assert await second.order({"name": "proceed"}, SEQ) == Refused("not-active")
            await second.take_over()
            assert await second.order({"name": "proceed"}, SEQ) == Done(SEQ + 1)
            assert second.leading


async def test_a_line_that_was_cut_comes_back_with_its_session_and_a_new_view() -> None:
    desk = Desk()
    async with (
        serving(desk) as (server, cut),
        connected(OfficeLine(server, Office.CHAIR, desk.new_link)) as line,
    ):
        assert await line.look(0, 10)
        cut()
        assert await line.look(1, 10)
        assert await line.order({"name": "proceed"}, SEQ) == Done(SEQ + 1)
        assert desk.made == [Office.CHAIR]


async def test_a_session_that_is_not_known_any_more_is_made_anew() -> None:
    desk = Desk()
    async with (
        serving(desk) as (server, cut),
        connected(OfficeLine(server, Office.CHAIR, desk.new_link)) as line,
    ):
        assert await line.look(0, 10)
        desk.tokens.clear()
        cut()
        assert await line.look(1, 10)
        assert desk.made == [Office.CHAIR, Office.CHAIR]


async def test_without_a_server_an_order_is_lost_and_no_view_is_there() -> None:
    desk = Desk()
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    line = OfficeLine(Anonymous(f"http://127.0.0.1:{port}"), Office.CHAIR, desk.new_link)
    async with connected(line):
        assert await line.order({"name": "proceed"}, SEQ) == Lost()
        assert not await line.look(0, 0.01)


async def test_a_code_that_the_server_does_not_know_is_no_way_in() -> None:
    desk = Desk()

    async def somebody_elses(office: Office) -> str:
        return "nonsense"

    async with serving(desk) as (server, _):
        with pytest.raises(NoSignIn):
            await OfficeLine(server, Office.CHAIR, somebody_elses).stay_connected()
