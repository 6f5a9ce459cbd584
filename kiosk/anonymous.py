"""Connections without a name, as the phone's program makes them: the board, the lists, the box.

One connection for every request and every attempt, no cookie, no user agent, nothing kept between two of them.  It
knows no member; joining goes through here too, since the name is then in what is sent and not in how.
"""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, Final
from urllib.parse import quote, urlsplit

import h11
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from voting import strict_json
from voting.signed import unb64

_PATIENCE: Final = 10.0
_LARGEST: Final = 64 * 1024 * 1024

GONE: Final = (OSError, EOFError, WebSocketException, h11.RemoteProtocolError)
"""What says that the other side is not there (any more).  Nothing is known of the effect: ask again."""


class TurnedAway(Exception):
    """The server refused, with a stable ``code``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Anonymous:
    """The way to one server; many simulated phones may share it, and keep nothing in it."""

    def __init__(self, url: str, tls: ssl.SSLContext | None = None, *, at_once: int = 256) -> None:
        """``url`` is the address of its pages, such as ``https://vote.example``.

        Not more than ``at_once`` connections are being made at a time.  Were 3,000 phones in one process to come
        back together, each would wait for all, run out of patience and begin again, and none would get in.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.hostname is None:
            raise ValueError(f"not the address of a server: {url!r}")
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.tls = (tls or ssl.create_default_context()) if parts.scheme == "https" else None
        self.sockets = f"{'wss' if self.tls else 'ws'}://{parts.netloc}"
        self._host = parts.hostname
        self._port = parts.port or (443 if self.tls else 80)
        self._netloc = parts.netloc
        self._knocking = asyncio.Semaphore(at_once)

    async def board(self, since: int) -> str:
        """The lines of the board from entry ``since`` on.  Raises TurnedAway, or one of GONE."""
        return (await self._request("GET", f"/board?from={since}")).decode(errors="replace")

    async def leaves(self, ballot: str) -> tuple[list[bytes], list[bytes] | None]:
        """The published lists of a ballot.  Raises TurnedAway, or one of GONE."""
        page = _fields(await self._request("GET", f"/board/{ballot}"))
        try:
            casts, unused = page["casts"], page["unused"]
            return [unb64(leaf) for leaf in casts], unused and [unb64(leaf) for leaf in unused]
        except (KeyError, TypeError, ValueError):
            raise EOFError from None

    async def join(self, code: str, message: Mapping[str, object]) -> dict[str, Any]:
        """The answer to a card.  Raises TurnedAway, or one of GONE."""
        body = strict_json.write(message).encode()
        return _fields(await self._request("POST", f"/j/{quote(code, safe='')}", body))

    async def cast(self, record: str, *, post: bool = False) -> dict[str, Any]:
        """The box's receipt for a record.  Raises TurnedAway, or one of GONE: then bring the same record again.

        ``post`` is for networks that let no WebSocket through.
        """
        if post:
            return _fields(await self._request("POST", "/box", record.encode()))
        async with self.socket("/box") as socket, asyncio.timeout(_PATIENCE):
            await socket.send(record)
            answer = _fields(await socket.recv())
        if answer.get("type") == "error":
            raise TurnedAway(str(answer.get("code", "unavailable")))
        return answer

    @asynccontextmanager
    async def socket(self, path: str, *, origin: str | None = None) -> AsyncIterator[ClientConnection]:
        """A WebSocket to the server while the block lasts.  Raises one of GONE."""
        async with self._knocking:
            connection = await connect(
                self.sockets + path,
                origin=origin,  # type: ignore[arg-type]  # a NewType of str
                ssl=self.tls,
                compression=None,
                user_agent_header=None,
                proxy=None,
                ping_interval=None,
                open_timeout=_PATIENCE,
                close_timeout=1,
            )
        async with connection:
            yield connection

    async def _request(self, method: str, target: str, body: bytes = b"") -> bytes:
        """The body of the answer to one request on a connection of its own."""
        async with self._knocking, asyncio.timeout(_PATIENCE):
            reader, writer = await asyncio.open_connection(self._host, self._port, ssl=self.tls)
            try:
                client = h11.Connection(h11.CLIENT)
                headers = [("host", self._netloc), ("connection", "close")]
                if body:
                    headers.append(("content-length", str(len(body))))
                writer.write(client.send(h11.Request(method=method, target=target, headers=headers)) or b"")
                writer.write(client.send(h11.Data(data=body)) or b"" if body else b"")
                writer.write(client.send(h11.EndOfMessage()) or b"")
                status, answer = await _answer(client, reader)
            finally:
                writer.close()
                with suppress(*GONE):
                    await writer.wait_closed()
        if status != 200:
            raise TurnedAway(_code(answer))
        return answer


async def _answer(client: h11.Connection, reader: asyncio.StreamReader) -> tuple[int, bytes]:
    status, body = 0, bytearray()
    while True:
        event = client.next_event()
        match event:
            case h11.NEED_DATA:
                client.receive_data(await reader.read(65536))
            case h11.Response():
                status = event.status_code
            case h11.Data():
                body += event.data
                if len(body) > _LARGEST:
                    raise h11.RemoteProtocolError("the answer is too long")
            case h11.EndOfMessage():
                return status, bytes(body)
            case h11.ConnectionClosed():
                raise EOFError


def _fields(answer: str | bytes) -> dict[str, Any]:
    """The object in an answer.  Whoever answers anything else is not our server, and as good as not there."""
    try:
        fields = json.loads(answer)
    except ValueError:
        raise EOFError from None
    if not isinstance(fields, dict):
        raise EOFError
    return fields


def _code(answer: bytes) -> str:
    """The code of a refusal; a proxy's own error page has none and is as good as no answer."""
    try:
        return str(_fields(answer)["code"])
    except (EOFError, KeyError):
        return "unavailable"
