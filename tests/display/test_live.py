"""The live path on a real server and real sockets, on uvloop and on asyncio's own loop.

Also the contract with uvicorn: what `LiveLine` takes from its undocumented parts fails here first.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, ConnectionClosedError

from display.frames import prepare
from display.hub import PATIENCE_S, Audience, Hub, Seat
from display.live import (
    LARGEST_MESSAGE,
    Line,
    LiveLine,
    LiveProtocol,
    Relay,
    line_to,
    push_until_gone,
    server_config,
)
from display.silence import keep_quiet

Story = Callable[[], Coroutine[Any, Any, None]]
LOOPS = {"uvloop": uvloop.new_event_loop, "asyncio": asyncio.new_event_loop}


@pytest.fixture(params=LOOPS)
def play(request: pytest.FixtureRequest) -> Callable[[Story], None]:
    """Runs a story from beginning to end on each kind of loop, within half a minute."""

    def run(story: Story) -> None:
        with asyncio.Runner(loop_factory=LOOPS[request.param]) as runner:
            runner.run(asyncio.wait_for(story(), 30))

    return run


def view(seq: int, padding: int = 0) -> dict[str, object]:
    return {"type": "view", "seq": seq, "padding": "x" * padding}


@dataclass
class House:
    """One hub and two doors: `/hall` only watches, `/member` answers what it hears in capitals."""

    now: float = 0.0
    after_the_end: bool | None = None
    lines: list[Line] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    joined: asyncio.Queue[Seat] = field(default_factory=asyncio.Queue)
    left: asyncio.Queue[Seat] = field(default_factory=asyncio.Queue)

    def __post_init__(self) -> None:
        self.hub = Hub(lambda: self.now)

    async def hall(self, websocket: WebSocket) -> None:
        await self._receive(websocket, Audience.HALL)

    async def member(self, websocket: WebSocket) -> None:
        async def answer(text: str) -> None:
            if text == "fail":
                raise LookupError(f"no such thing as {text} from {websocket.client}")
            if text == "bye":
                await websocket.close(4001)
                self.after_the_end = self.lines[-1].take(prepare({"type": "late"}))
            else:
                self.seats[-1].tell({"type": "answer", "text": text.upper()})

        await self._receive(websocket, Audience.MEMBER, answer)

    async def _receive(
        self, websocket: WebSocket, audience: Audience, *hear: Callable[[str], Awaitable[None]]
    ) -> None:
        await websocket.accept()
        line = line_to(websocket)
        self.lines.append(line)
        async with self.hub.join(audience, line) as seat:
            self.seats.append(seat)
            self.joined.put_nowait(seat)
            try:
                await push_until_gone(websocket, line, *hear)
            finally:
                self.left.put_nowait(seat)

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[WebSocketRoute("/hall", self.hall), WebSocketRoute("/member", self.member)],
        )


@asynccontextmanager
async def serving(app: Starlette, **options: Any) -> AsyncIterator[str]:
    """A real server on a free port of the loopback; yields `ws://…` without a path."""
    with socket.create_server(("127.0.0.1", 0)) as listening:  # clients may knock before it opens
        port = listening.getsockname()[1]
        server = uvicorn.Server(server_config(app, "127.0.0.1", port, **options))
        running = asyncio.create_task(server._serve([listening]))
        try:
            yield f"ws://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            await running


async def hear(client: ClientConnection) -> dict[str, Any]:
    message = json.loads(await client.recv(decode=True))
    assert isinstance(message, dict)
    return message


class SlowScreen:
    """A client that shakes hands and then reads only when told to.  Its window is small, as on a bad network."""

    def __init__(self, url: str) -> None:
        self._port = int(url.rpartition(":")[2])
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._socket.setblocking(False)
        self._bytes = bytearray()

    async def __aenter__(self) -> SlowScreen:
        loop = asyncio.get_running_loop()
        await loop.sock_connect(self._socket, ("127.0.0.1", self._port))
        await loop.sock_sendall(
            self._socket,
            b"GET /hall HTTP/1.1\r\nHost: hall\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
        )
        assert (await self._until(b"\r\n\r\n")).startswith(b"HTTP/1.1 101 ")
        return self

    async def __aexit__(self, *_: object) -> None:
        self._socket.close()

    async def read(self) -> dict[str, Any]:
        head = await self._exactly(2)
        assert head[0] == 0x81
        size = head[1]
        if size == 126:
            size = int.from_bytes(await self._exactly(2), "big")
        message = json.loads(await self._exactly(size))
        assert isinstance(message, dict)
        return message

    async def read_to_the_end(self) -> None:
        with suppress(ConnectionResetError):
            while await self._more():
                self._bytes.clear()

    async def _exactly(self, size: int) -> bytes:
        while len(self._bytes) < size:
            assert await self._more(), "the server hung up"
        taken = bytes(self._bytes[:size])
        del self._bytes[:size]
        return taken

    async def _until(self, end: bytes) -> bytes:
        while end not in self._bytes:
            assert await self._more(), "the server hung up"
        return await self._exactly(self._bytes.index(end) + len(end))

    async def _more(self) -> bool:
        got = await asyncio.get_running_loop().sock_recv(self._socket, 65_536)
        self._bytes += got
        return bool(got)


def test_views_and_answers_reach_real_clients(play: Callable[[Story], None]) -> None:
    async def story() -> None:
        house = House()
        async with (
            serving(house.app) as url,
            connect(f"{url}/hall") as hall,
            connect(f"{url}/member") as phone,
        ):
            await house.joined.get()
            await house.joined.get()
            assert all(isinstance(line, LiveLine) for line in house.lines)
            house.hub.show(Audience.HALL, view(1, padding=70_000))
            house.hub.show(Audience.HALL, view(2))
            assert await hear(hall) == view(1, padding=70_000)
            assert await hear(hall) == view(2)
            await hall.send("a screen has nothing to say, and nobody minds")
            await phone.send("hello")
            assert await hear(phone) == {"type": "answer", "text": "HELLO"}
            house.hub.beat()
            assert (await hear(hall), await hear(phone)) == ({"type": "beat"}, {"type": "beat"})

    play(story)


def test_a_newcomer_gets_the_latest_view(play: Callable[[Story], None]) -> None:
    async def story() -> None:
        house = House()
        house.hub.show(Audience.HALL, view(7))
        async with serving(house.app) as url, connect(f"{url}/hall") as hall:
            assert await hear(hall) == view(7)

    play(story)


def test_a_screen_that_only_watches_is_missed_when_it_leaves(play: Callable[[Story], None]) -> None:
    async def story() -> None:
        house = House()
        async with serving(house.app) as url:
            async with connect(f"{url}/hall"):
                seat = await house.joined.get()
            assert await house.left.get() is seat
            screen = await connect(f"{url}/hall")
            await house.joined.get()
            screen.transport.abort()  # no goodbye
            await house.left.get()
            assert not house.lines[-1].take(prepare(view(1)))
            assert house.hub.count(Audience.HALL) == 0

    play(story)


def test_a_handler_may_end_the_connection(play: Callable[[Story], None]) -> None:
    async def story() -> None:
        house = House()
        async with serving(house.app) as url, connect(f"{url}/member") as phone:
            await phone.send("bye")
            await house.left.get()
            assert house.after_the_end is False  # after the close frame nothing may follow
            with pytest.raises(ConnectionClosedError) as closed:
                await hear(phone)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4001

    play(story)


@pytest.mark.parametrize(
    ("message", "code"),
    [("x" * (LARGEST_MESSAGE + 1), 1009), (["x" * LARGEST_MESSAGE, "x"], 1009), (b"\x00", 1003)],
    ids=["too large", "too large in pieces", "binary"],
)
def test_messages_that_are_not_taken(
    play: Callable[[Story], None], message: str | bytes | list[str], code: int
) -> None:
    async def story() -> None:
        house = House()
        async with serving(house.app) as url, connect(f"{url}/member") as phone:
            with pytest.raises(ConnectionClosed) as closed:  # noqa: PT012
                await phone.send(message)
                await hear(phone)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == code
            await house.left.get()

    play(story)


def test_the_largest_message_is_taken(play: Callable[[Story], None]) -> None:
    async def story() -> None:
        async with serving(House().app) as url, connect(f"{url}/member") as phone:
            await phone.send("x" * LARGEST_MESSAGE)
            assert (await hear(phone))["text"] == "X" * LARGEST_MESSAGE

    play(story)


def test_a_slow_screen_stalls_nobody_and_then_gets_only_the_newest(play: Callable[[Story], None]) -> None:
    async def story() -> None:
        house = House()
        async with serving(house.app) as url, SlowScreen(url) as slow, connect(f"{url}/hall") as well:
            slow_seat = await house.joined.get()
            await house.joined.get()
            seq = 0
            while not slow_seat.behind:
                seq += 1
                house.hub.show(Audience.HALL, view(seq, padding=4000))
                assert (await hear(well))["seq"] == seq
            assert seq < 16, "the kernel holds views that a slow screen would have to read first"
            stuck_at, seq = seq, seq + 50
            for later in range(stuck_at + 1, seq + 1):
                house.hub.show(Audience.HALL, view(later, padding=4000))
                assert (await hear(well))["seq"] == later
            assert house.hub.behind(Audience.HALL) == 1
            seen = [(await slow.read())["seq"]]
            while seen[-1] != seq:
                seen.append((await slow.read())["seq"])
            assert seen == [*range(1, stuck_at), seq]
            house.hub.show(Audience.HALL, view(seq + 1))
            assert (await slow.read())["seq"] == (await hear(well))["seq"] == seq + 1

    play(story)


def test_a_screen_stuck_for_too_long_is_cut(play: Callable[[Story], None]) -> None:
    async def story() -> None:
        house = House()
        async with serving(house.app) as url, SlowScreen(url) as slow, connect(f"{url}/hall") as well:
            slow_seat = await house.joined.get()
            await house.joined.get()
            seq = 0
            while not slow_seat.behind:
                seq += 1
                house.hub.show(Audience.HALL, view(seq, padding=4000))
                await hear(well)
            house.now += PATIENCE_S + 1
            house.hub.beat()
            assert await house.left.get() is slow_seat
            assert await hear(well) == {"type": "beat"}
            assert house.hub.count(Audience.HALL) == 1
            await slow.read_to_the_end()

    play(story)


def test_who_answers_no_ping_is_cut_even_with_a_full_buffer(play: Callable[[Story], None]) -> None:
    async def story() -> None:
        house = House()
        options = {"ws_ping_interval": 0.1, "ws_ping_timeout": 0.1}
        async with serving(house.app, **options) as url, SlowScreen(url):
            seat = await house.joined.get()
            seq = 0
            while not seat.behind:
                seq += 1
                house.hub.show(Audience.HALL, view(seq, padding=4000))
            assert await house.left.get() is seat

    play(story)


def test_a_handler_that_ends_leaves_no_stuck_socket_behind(
    play: Callable[[Story], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        lost = asyncio.Event()
        lose = LiveProtocol.connection_lost

        def notice(protocol: LiveProtocol, error: Exception | None) -> None:
            lose(protocol, error)
            lost.set()

        async def fill_and_end(websocket: WebSocket) -> None:
            await websocket.accept()
            line = line_to(websocket)
            while line.take(prepare(view(1, padding=4000))):
                pass

        monkeypatch.setattr(LiveProtocol, "connection_lost", notice)
        app = Starlette(routes=[WebSocketRoute("/hall", fill_and_end)])
        async with serving(app, ws_ping_interval=0.1) as url, SlowScreen(url):
            await lost.wait()

    play(story)


def test_the_server_stops_at_once_with_a_stuck_screen(play: Callable[[Story], None]) -> None:
    async def story() -> None:
        house = House()
        async with asyncio.timeout(4), AsyncExitStack() as still_there:  # a graceful stop may take 5 s
            async with serving(house.app) as url:
                await still_there.enter_async_context(SlowScreen(url))
                seat = await house.joined.get()
                seq = 0
                while not seat.behind:
                    seq += 1
                    house.hub.show(Audience.HALL, view(seq, padding=4000))
            assert house.left.get_nowait() is seat

    play(story)


def test_nothing_is_logged_about_a_connection(
    play: Callable[[Story], None], caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        house = House()
        async with serving(house.app) as url:
            assert logging.getLogger("uvicorn.error").level == logging.WARNING
            logging.getLogger("uvicorn.error").setLevel(logging.DEBUG)  # and nothing even so
            async with connect(f"{url}/hall?secret"):
                await house.joined.get()
            with pytest.raises(ConnectionClosed):  # noqa: PT012
                async with connect(f"{url}/member?secret") as phone:
                    await phone.send(["\ud800".encode("utf-8", "surrogatepass")], text=True)
                    await hear(phone)
            reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
            writer.write(b"GET /box HTTP/9.9 secret\r\n\r\n")
            assert b"400" in await reader.read()
            writer.close()
            await writer.wait_closed()

    with caplog.at_level(logging.DEBUG):
        play(story)
    about = [
        record for record in caplog.records if record.name.partition(".")[0] in {"uvicorn", "websockets"}
    ]
    assert {record.pathname.rpartition("/")[2] for record in about} <= {"server.py", "on.py", "config.py"}
    assert "secret" not in caplog.text
    assert "127.0.0.1:" not in "".join(r.getMessage() for r in about if "Uvicorn running" not in r.msg)


def test_a_handler_that_fails_is_logged_without_what_it_said(
    play: Callable[[Story], None], caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        house = House()
        async with serving(house.app) as url, connect(f"{url}/member") as phone:
            await phone.send("fail")
            with pytest.raises(ConnectionClosed):
                await hear(phone)

    play(story)
    assert "a handler failed" in caplog.text
    assert "LookupError" in caplog.text
    assert "test_live.py" in caplog.text
    assert "no such thing as fail" not in caplog.text
    assert "127.0.0.1" not in caplog.text


def test_a_failure_in_a_group_is_told_with_its_causes(caplog: pytest.LogCaptureFixture) -> None:
    keep_quiet()
    try:
        try:
            raise ValueError("the ballot says yes")
        except ValueError as error:
            raise ExceptionGroup("members", [KeyError("member 7")]) from error
    except ExceptionGroup:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    for told in ("ExceptionGroup", "from KeyError", "ValueError"):
        assert told in caplog.text
    assert "says yes\n" not in caplog.text
    assert "KeyError: " not in caplog.text


def test_what_the_server_rests_on_cannot_be_changed() -> None:
    house = House()
    config = server_config(house.app, "127.0.0.1", 0, backlog=10)
    assert (config.backlog, config.ws_max_size, config.ws_per_message_deflate) == (10, LARGEST_MESSAGE, False)
    assert (config.access_log, config.proxy_headers, config.server_header) == (False, False, False)
    for fixed in ("ws", "access_log", "proxy_headers", "ws_per_message_deflate", "log_level", "log_config"):
        with pytest.raises(TypeError, match=fixed):
            server_config(house.app, "127.0.0.1", 0, **{fixed: "auto"})


def test_tls_hands_out_no_tickets_and_is_as_live(play: Callable[[Story], None], tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path)

    async def story() -> None:
        house = House()
        trusting = ssl.create_default_context(cafile=str(certificate))
        async with serving(house.app, ssl_certfile=str(certificate), ssl_keyfile=str(key)) as url:
            address = url.replace("ws://", "wss://") + "/hall"
            async with connect(address, ssl=trusting, server_hostname="localhost") as hall:
                await house.joined.get()
                for seq in range(1, 11):
                    house.hub.show(Audience.HALL, view(seq, padding=2000))
                    assert house.hub.behind(Audience.HALL) == 0
                    assert await hear(hall) == view(seq, padding=2000)
                secured = hall.transport.get_extra_info("ssl_object")
                assert secured.session is None or not secured.session.has_ticket

    play(story)


def self_signed(folder: Path) -> tuple[Path, Path]:
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return folder / "cert.pem", folder / "key.pem"


def test_without_the_extension_text_is_sent() -> None:
    class Clocked(House):
        async def member(self, websocket: WebSocket) -> None:
            self.hub.show(Audience.MEMBER, view(3))
            await super().member(websocket)

    house = Clocked()
    with TestClient(house.app) as browser, browser.websocket_connect("/member") as phone:
        assert phone.receive_json() == view(3)
        assert isinstance(house.lines[0], Relay)
        phone.send_text("hello")
        assert phone.receive_json() == {"type": "answer", "text": "HELLO"}
        phone.send_text("again")
        assert phone.receive_json() == {"type": "answer", "text": "AGAIN"}
        phone.send_text("bye")
        with pytest.raises(WebSocketDisconnect) as closed:
            phone.receive_json()
        assert closed.value.code == 4001
    assert house.hub.count(Audience.MEMBER) == 0


def test_without_the_extension_a_failing_handler_fails_plainly() -> None:
    def ask() -> None:
        with TestClient(House().app) as browser, browser.websocket_connect("/member") as phone:
            phone.send_text("fail")
            phone.receive_json()

    with pytest.raises(LookupError, match="no such thing"):
        ask()


class SlowRelay:
    """A websocket whose sending is let through by hand, for the relay alone."""

    def __init__(self) -> None:
        self.application_state = WebSocketState.CONNECTED
        self.sent: list[str] = []
        self.gate = asyncio.Semaphore(0)
        self.arrived = asyncio.Event()

    async def send_text(self, text: str) -> None:
        self.arrived.set()
        await self.gate.acquire()
        self.sent.append(text)


async def test_the_relay_takes_one_frame_at_a_time_and_says_when_it_is_free() -> None:
    websocket = SlowRelay()
    relay = Relay(websocket)  # type: ignore[arg-type]
    free = asyncio.Event()
    relay.resumed = free.set
    first = prepare(view(1))
    pushing = asyncio.create_task(relay.push())
    assert relay.take(first)
    assert not relay.take(prepare(view(2)))
    await websocket.arrived.wait()
    assert not relay.take(prepare(view(2)))
    websocket.gate.release()
    await free.wait()
    assert websocket.sent == [first.text]
    relay.abort()
    await pushing
    assert not relay.take(first)


async def test_a_frame_must_not_overtake_the_handshake() -> None:
    async def never() -> Any:
        raise AssertionError

    async def nothing(message: object) -> None:
        raise AssertionError

    with pytest.raises(RuntimeError, match="accept the socket first"):
        line_to(WebSocket({"type": "websocket"}, never, nothing))


def test_memory_is_tuned_in_a_process_of_its_own() -> None:
    act = "import gc; from display.live import tune_memory; tune_memory()"
    look = "print(gc.get_freeze_count() > 0, gc.get_threshold()[0])"
    told = subprocess.run(
        [sys.executable, "-c", f"{act}; {look}"], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["True", "50000"]
