"""The wire between the hub and the server: uvicorn's WebSocket class with a path for prepared frames.

`LiveProtocol` gives a Starlette handler, through `scope["extensions"]`, a connection that takes a finished frame
without framing it again and without waiting (PERFORMANCE.md 1).  It leans on parts of uvicorn that are not
documented (`transport`, `writable`, `close_sent`, its hooks): pyproject pins the version, and
tests/display/test_live.py shows what is relied on.  Where a server does not offer it (Starlette's TestClient), a
`Relay` sends text instead.

A handler always looks like this, whether its clients speak or only watch:

    await websocket.accept()
    line = line_to(websocket)
    async with hub.join(Audience.HALL, line):
        await push_until_gone(websocket, line)

Knows nothing of what is sent.  That nothing is written about a connection is seen to by `display.silence`.
"""

from __future__ import annotations

import asyncio
import gc
import socket
import ssl
from asyncio.transports import BaseTransport
from collections.abc import Awaitable, Callable
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState
from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from display.frames import Frame
from display.silence import keep_quiet

EXTENSION = "session_day.live"
LARGEST_MESSAGE = 64 * 1024
"""Bytes of one incoming message; a larger one ends its connection (close code 1009).  Who listens may take less and
say so in words: a phone's messages have half of it."""
HEAD_PATIENCE_S = 5.0
"""Until a request's head is there; who sends it letter by letter holds a connection from the others."""
_UNSENT = 16 * 1024
"""Bytes the kernel may hold that have not left the machine."""


class LiveLine:
    """A connection for the hub on our own server: a frame goes to the transport as it is.

    Small and slotted on purpose.  In a fan-out each connection's memory has to be fetched anew, and the two dozen
    attributes of the protocol itself cost more than the writing (measured: 1.6 times the C loop with them, 1.3
    without).
    """

    __slots__ = ("_abort", "_ended", "_free", "_write", "resumed")

    def __init__(self, transport: asyncio.Transport) -> None:
        self.resumed: Callable[[], None] | None = None
        self._free = True
        self._ended = False
        self._write = transport.write
        self._abort = transport.abort

    def take(self, frame: Frame) -> bool:
        if not self._free:
            return False
        self._write(frame.wire)
        return True

    def abort(self) -> None:
        self._abort()

    def stop(self) -> None:
        """The transport is full: take nothing until `go_on`."""
        self._free = False

    def go_on(self) -> None:
        if not self._ended:
            self._free = True
            if self.resumed is not None:
                self.resumed()

    def end(self) -> None:
        """Take nothing more, whatever comes: the close frame is the last."""
        self._ended, self._free = True, False


class PromptProtocol(HttpToolsProtocol):
    """uvicorn's HTTP connection, which ends when the head of its first request does not come."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._waiting = self.loop.call_later(HEAD_PATIENCE_S, transport.abort)

    def on_headers_complete(self) -> None:
        self._here()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._here()
        super().connection_lost(exc)

    def _here(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


class LiveProtocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket connection, with a line for the hub in `scope["extensions"]`."""

    line: LiveLine

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        self.line = LiveLine(self.transport)
        # A free line is to mean that the last frame has left, so that a slow phone gets the newest view and not a
        # queue of old ones.  The kernel alone would take 4 MB.  (A high-water mark of 0 pauses TLS for good.)
        self.transport.set_write_buffer_limits(high=1, low=0)
        plain = transport.get_extra_info("socket")
        if plain is not None and hasattr(socket, "TCP_NOTSENT_LOWAT") and plain.family != socket.AF_UNIX:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT)

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        # The handler's task starts on the next turn of the loop; a refused handshake has no scope.
        if hasattr(self, "scope"):
            cast(dict[str, object], self.scope["extensions"])[EXTENSION] = self.line

    def pause_writing(self) -> None:
        super().pause_writing()
        self.line.stop()

    def resume_writing(self) -> None:
        super().resume_writing()
        # Not from within the transport: TLS transports call this in the middle of their own writing.
        self.loop.call_soon(self._go_on)

    def _go_on(self) -> None:
        if self.writable.is_set():  # it may have filled up again meanwhile
            self.line.go_on()

    async def send(self, message: ASGISendEvent) -> None:
        if message["type"] == "websocket.close":
            self.line.end()
        await super().send(message)

    def connection_lost(self, exc: Exception | None) -> None:
        self.line.end()
        super().connection_lost(exc)

    def handle_ping(self) -> None:
        super().handle_ping()
        if not self.writable.is_set():
            # Pongs for somebody who reads nothing would pile up in our memory.
            self.conn.data_to_send()

    # uvicorn says goodbye by close(), which waits for a full buffer that a stuck client never drains.

    def send_keepalive_ping(self) -> None:
        if self.close_sent or self.transport.is_closing():
            self.transport.abort()  # a whole interval was long enough for a goodbye
            return
        super().send_keepalive_ping()

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self.transport.abort()

    def shutdown(self) -> None:
        self.line.end()
        super().shutdown()
        if not self.writable.is_set():
            self.transport.abort()


class Relay:
    """A connection for the hub on a server without the extension: one text at a time, by `send_text`."""

    def __init__(self, websocket: WebSocket) -> None:
        self.resumed: Callable[[], None] | None = None
        self._websocket = websocket
        self._frame: Frame | None = None
        self._wake = asyncio.Event()
        self._aborted = False

    def take(self, frame: Frame) -> bool:
        if self._ended or self._frame is not None:
            return False
        self._frame = frame
        self._wake.set()
        return True

    def abort(self) -> None:
        self._aborted = True
        self._wake.set()

    @property
    def _ended(self) -> bool:
        return self._aborted or self._websocket.application_state is not WebSocketState.CONNECTED

    async def push(self) -> None:
        """Send what is taken until the connection is aborted or closed."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            if self._ended:
                return
            if self._frame is not None:
                await self._websocket.send_text(self._frame.text)
                self._frame = None
                if self.resumed is not None:
                    self.resumed()


Line = LiveLine | Relay


def line_to(websocket: WebSocket) -> Line:
    """The line to an accepted socket, for the hub to write on; `push_until_gone` must run while it has a seat."""
    if websocket.application_state is not WebSocketState.CONNECTED:
        raise RuntimeError("accept the socket first: a frame must not overtake the handshake")
    live = websocket.scope.get("extensions", {}).get(EXTENSION)
    return live if isinstance(live, LiveLine) else Relay(websocket)


async def _ignore(text: str) -> None:
    """For screens that only watch."""


async def push_until_gone(
    websocket: WebSocket, line: Line, hear: Callable[[str], Awaitable[None]] = _ignore
) -> None:
    """Keep a connection alive until either side ends it; each text that comes in goes to `hear`, one at a time.

    Sockets that are only written to are read here too: one that nobody reads never learns that its client has left,
    and takes no pongs.  Binary messages end the connection (1003).  What `hear` raises is passed on, except that
    the client has gone meanwhile.
    """
    if isinstance(line, LiveLine):
        await _listen(websocket, hear)
        return
    both = [asyncio.create_task(_listen(websocket, hear)), asyncio.create_task(_until_gone(line.push()))]
    try:
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in both:
            task.cancel()
        # Not gather: cancelled while it waits, it raises a child's cancellation, which anyio takes for a stranger's.
        await asyncio.wait(both)
    for task in both:
        if not task.cancelled():
            task.result()


async def _listen(websocket: WebSocket, hear: Callable[[str], Awaitable[None]]) -> None:
    while (message := await websocket.receive())["type"] != "websocket.disconnect":
        text = message.get("text")
        if text is None:
            await _until_gone(websocket.close(1003))
            return
        await _until_gone(hear(text))


async def _until_gone(work: Awaitable[None]) -> None:
    try:
        await work
    except WebSocketDisconnect:
        return  # the client left while we wrote; the next receive says so too


def server_config(app: ASGIApp, host: str, port: int, **options: Any) -> uvicorn.Config:
    """uvicorn as this product needs it (PERFORMANCE.md 1 and 2, BALLOT.md 3).

    `options` are uvicorn's own, such as `ssl_certfile`.  They may change the times and limits, but what secrecy or
    the hub rests on is fixed here, and naming it again is a TypeError.  Silences the servers' loggers for good.
    """
    keep_quiet()
    if options.get("ssl_certfile"):
        options.setdefault("ssl_context_factory", _without_tickets)
    limits = {
        "backlog": 4096,
        "ws_max_size": LARGEST_MESSAGE,
        "ws_ping_interval": 20.0,
        "ws_ping_timeout": 20.0,
        "timeout_graceful_shutdown": 5,
    }
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http=PromptProtocol,
        ws=LiveProtocol,
        ws_per_message_deflate=False,
        log_config=None,
        log_level=None,
        access_log=False,
        proxy_headers=False,  # no address is read, so none needs correcting
        server_header=False,
        **(limits | options),
    )


def _without_tickets(_: uvicorn.Config, default: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    # A ticket lets whoever watches the network recognise the device that comes back to cast its ballot.
    context = default()
    context.options |= ssl.OP_NO_TICKET
    context.num_tickets = 0
    return context


def tune_memory() -> None:
    """Spare the long-lived objects from garbage collection, and collect less often.  To be called once, when
    everything has been loaded; removes pauses of up to a second (PERFORMANCE.md 2)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
