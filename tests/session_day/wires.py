"""Ways to say something to a running server, in form or not: sockets, requests, bare bytes.  Knows no ballot."""

from __future__ import annotations

import asyncio
import base64
import json
import struct
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from tests.voting.voter import Voter
from voting.signed import b64, hello_text, unb64

Answer = dict[str, Any]
Said = str | bytes
PATIENCE = 10.0


def opening(
    url: str, path: str, origin: str | None = "", headers: Mapping[str, str] | None = None
) -> connect:
    """A socket to the server, from one of its own pages unless another `origin` is named (None: from no page)."""
    return connect(
        url.replace("http", "ws", 1) + path,
        origin=(url if origin == "" else origin),  # type: ignore[arg-type]  # a NewType of str
        additional_headers=headers,
        compression=None,
        proxy=None,
        max_size=None,
        ping_interval=None,
    )


async def box(url: str, record: Said | Sequence[Said]) -> Answer:
    """What the box answers to one message; several pieces are its fragments."""
    async with opening(url, "/box", None) as socket, asyncio.timeout(PATIENCE):
        await socket.send(record)
        answer: Answer = json.loads(await socket.recv())
        await socket.wait_closed()
    return answer


async def post(url: str, path: str, content: bytes, *headers: str) -> Answer:
    """The JSON answer to a POST on a connection of its own."""
    length = (
        ()
        if any(one.lower().startswith(("content-length", "transfer")) for one in headers)
        else (f"Content-Length: {len(content)}",)
    )
    lines = [f"POST {path} HTTP/1.1", f"Host: {urlsplit(url).netloc}", "Connection: close", *length, *headers]
    raw = await exchange(url, "\r\n".join([*lines, "", ""]).encode() + content)
    answer: Answer = json.loads(raw.partition(b"\r\n\r\n")[2])
    return answer


async def exchange(url: str, data: bytes) -> bytes:
    """All that comes back for these bytes until the server ends the connection."""
    reader, writer = await asyncio.open_connection(urlsplit(url).hostname, urlsplit(url).port)
    try:
        async with asyncio.timeout(PATIENCE):
            writer.write(data)
            return await reader.read()
    finally:
        writer.close()


async def knock(url: str, path: str, origin: str | None, headers: Mapping[str, str] | None = None) -> Answer:
    """What a socket is told that is not let in."""
    with pytest.raises(InvalidStatus) as refused:
        async with opening(url, path, origin, headers):
            pass
    answer: Answer = json.loads(refused.value.response.body)
    return answer


def hello(voter: Voter, sitting: str, nonce: bytes, member: int | None = None) -> str:
    """The voter's device says that it is `member`'s, which may be a lie."""
    member = voter.number if member is None else member
    sig = voter.device.sign(hello_text(sitting, member, nonce))
    return json.dumps({"type": "hello", "member": member, "sig": b64(sig)})


async def greet(url: str, first: Callable[[str, bytes], Said]) -> Answer:
    """What a personal socket is told that answers the nonce with `first`; it is closed then."""
    async with opening(url, "/m") as socket, asyncio.timeout(PATIENCE):
        await socket.send(first(*await _nonce(socket)))
        answer: Answer = json.loads(await socket.recv())
        await socket.wait_closed()
    assert socket.close_code == 1008
    return answer


@asynccontextmanager
async def personal(url: str, voter: Voter) -> AsyncIterator[ClientConnection]:
    """The voter's own socket, past its first view."""
    async with opening(url, "/m") as socket:
        await socket.send(hello(voter, *await _nonce(socket)))
        await until(socket, "view")
        yield socket


async def ask(socket: ClientConnection, message: Said | Sequence[Said]) -> Answer:
    """The answer to one message; what everybody is shown comes between."""
    await socket.send(message)
    return await until(socket, "error", "issued", "receipt", "checked", "done")


async def until(socket: ClientConnection, *types: str) -> Answer:
    """The next message of one of these types."""
    async with asyncio.timeout(PATIENCE):
        while True:
            message: Answer = json.loads(await socket.recv())
            if message["type"] in types:
                return message


async def frames(url: str, path: str, data: bytes) -> int:
    """The code with which the server closes a socket that sends these bytes after its handshake."""
    upgrade = (
        f"GET {path} HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\nOrigin: {url}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: {base64.b64encode(bytes(16)).decode()}\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection(urlsplit(url).hostname, urlsplit(url).port)
    try:
        async with asyncio.timeout(PATIENCE):
            writer.write(upgrade.encode())
            await reader.readuntil(b"\r\n\r\n")
            writer.write(data)
            while True:
                kind, length = await reader.readexactly(2)
                if length == 126:
                    length = int.from_bytes(await reader.readexactly(2), "big")
                payload = await reader.readexactly(length)
                if kind == 0x88:
                    with suppress(ConnectionResetError):  # what it had not read yet may reset the line
                        assert not await reader.read()
                    return int.from_bytes(payload[:2], "big")
    finally:
        writer.close()


def frame(first: int, payload: bytes, *, masked: bool = True) -> bytes:
    """A frame as a client writes it; `first` holds FIN, the reserved bits and the kind."""
    size, mask = len(payload), 0x80 if masked else 0
    if size < 126:
        head = bytes([first, mask | size])
    elif size < 65536:
        head = bytes([first, mask | 126]) + struct.pack("!H", size)
    else:
        head = bytes([first, mask | 127]) + struct.pack("!Q", size)
    return head + (bytes(4) if masked else b"") + payload  # a mask of zeros changes nothing


async def _nonce(socket: ClientConnection) -> tuple[str, bytes]:
    message = json.loads(await socket.recv())
    return message["sitting"], unb64(message["nonce"])
