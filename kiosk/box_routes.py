"""The slot of the ballot box: ``WS /box`` and ``POST /box``.  Bytes go in, a receipt comes out.

A record has no sender.  This module is never given the headers, the address, the path or the cookies of whoever
brings one; it sets nothing, keeps nothing and writes no line about a single record.  Origin is not checked: a
record proves itself, and nothing here rests on who carries it.  It must never be wrapped in anything that reads
a cookie or logs a request.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final, Protocol

from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from kiosk.errors import TooSlow, Unavailable
from kiosk.messages import MAX_BYTES
from kiosk.refusal import Refused, refusal, status
from voting import strict_json
from voting.errors import TooLarge
from voting.signed import b64

_log: Final = logging.getLogger("kiosk")

_FEWEST_IDLE: Final = 16
"""A roll of two must not make the box a door for four."""


class Receipt(Protocol):
    """What the box gives for a record: its leaf, signed by the board key."""

    @property
    def leaf(self) -> bytes: ...
    @property
    def sig(self) -> bytes: ...


class Slot:
    """Where records are dropped into the box, one on each connection."""

    def __init__(
        self,
        cast: Callable[[bytes], Awaitable[Receipt]],
        *,
        roll: Callable[[], int],
        patience: float = 5.0,
    ) -> None:
        """``cast`` gets the bytes as they came; ``roll`` says how many members there are.

        A connection that has brought nothing ends after ``patience`` seconds, or at once when it is the oldest
        of more than two for each member.
        """
        self._cast = cast
        self._roll = roll
        self._patience = patience
        self._idle: dict[asyncio.Timeout, None] = {}

    def routes(self) -> list[BaseRoute]:
        return [
            WebSocketRoute("/box", _Nameless(self._socket)),
            Route("/box", _Nameless(self._post), methods=["POST"]),
        ]

    async def _socket(self, receive: Receive, send: Send) -> None:
        await receive()  # the connect event
        await send({"type": "websocket.accept"})
        answer = await self._answer(receive, _read_frame)
        if answer is not None:
            await send({"type": "websocket.send", "text": answer[1]})
            await send({"type": "websocket.close", "code": 1000})

    async def _post(self, receive: Receive, send: Send) -> None:
        answer = await self._answer(receive, _read_request)
        if answer is not None:
            code, text = answer
            body = text.encode()
            headers = [
                (b"content-type", b"application/json"),
                (b"content-length", str(len(body)).encode()),
                (b"cache-control", b"no-store"),
                (b"connection", b"close"),  # the next record comes on a connection of its own
            ]
            await send({"type": "http.response.start", "status": code, "headers": headers})
            await send({"type": "http.response.body", "body": body})

    async def _answer(
        self, receive: Receive, read: Callable[[Receive], Awaitable[bytes | None]]
    ) -> tuple[int, str] | None:
        """Status and text of the answer; None when the bringer has gone without leaving anything."""
        answer = await self._receipt_or_refusal(receive, read)
        return None if answer is None else (answer[0], strict_json.write(answer[1]))

    async def _receipt_or_refusal(
        self, receive: Receive, read: Callable[[Receive], Awaitable[bytes | None]]
    ) -> tuple[int, dict[str, object]] | None:
        try:
            try:
                async with self._waiting():
                    record = await read(receive)
            except TimeoutError:
                raise TooSlow from None
            if record is None:
                return None
            receipt = await self._cast(record)
        except Refused as error:
            return status(error), refusal(error)
        except Exception as error:
            _log_class(error)
            return status(Unavailable()), refusal(Unavailable())
        return 200, {"type": "receipt", "leaf": b64(receipt.leaf), "sig": b64(receipt.sig)}

    @asynccontextmanager
    async def _waiting(self) -> AsyncIterator[None]:
        """A place among those who have not brought their record yet.  Raises TimeoutError when it is lost."""
        async with asyncio.timeout(self._patience) as timeout:
            self._idle[timeout] = None
            try:
                if len(self._idle) > max(2 * self._roll(), _FEWEST_IDLE):
                    oldest = next(iter(self._idle))
                    del self._idle[oldest]
                    if not oldest.expired():
                        oldest.reschedule(asyncio.get_running_loop().time())
                yield
            finally:
                self._idle.pop(timeout, None)


class _Nameless:
    """An ASGI application that hands on everything but who asks."""

    def __init__(self, answer: Callable[[Receive, Send], Awaitable[None]]) -> None:
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._answer(receive, send)
        except OSError:
            pass  # the bringer has gone; an honest phone comes again with the same record
        except Exception as error:
            _log_class(error)


def _log_class(error: Exception) -> None:
    # The name of the class and no more: a message or a traceback could carry the record.
    _log.error("unexpected: %s", type(error).__name__)


async def _read_frame(receive: Receive) -> bytes | None:
    message = await receive()
    if message["type"] != "websocket.receive":
        return None
    text: str | None = message.get("text")
    # Half a surrogate pair stays what it is: the box refuses it as it refuses any other bytes.
    record = bytes(message["bytes"]) if text is None else text.encode(errors="surrogatepass")
    if len(record) > MAX_BYTES:
        raise TooLarge
    return record


async def _read_request(receive: Receive) -> bytes | None:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > MAX_BYTES:
            raise TooLarge
        if not message.get("more_body", False):
            return bytes(body)
