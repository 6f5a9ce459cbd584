"""A server of the rehearsal's own: another process, so that the load of the phones is not the server's.

Starts it on a free port of this machine, waits until it answers, and ends it by SIGTERM.  What it says on standard
error is kept for the case that it ends by itself.
"""

from __future__ import annotations

import asyncio
import http.client
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from meeting.order.sitting import SittingId
from meeting.rehearsal.failures import ServerEnded, ServerGone

HOST = "127.0.0.1"
START_S = 60.0
END_S = 15.0
LAST_WORDS = 2000


class OwnServer:
    """The running server.  `watch` it: it must not end before it is told to."""

    def __init__(self, url: str, process: asyncio.subprocess.Process, errors: Path) -> None:
        self.url = url
        self._process = process
        self._errors = errors

    async def watch(self) -> None:
        """Raises ServerEnded as soon as the server has ended; never returns."""
        code = await self._process.wait()
        said = self._errors.read_text("utf-8", "replace").strip()[-LAST_WORDS:]
        raise ServerEnded(status=code, said=said)


@asynccontextmanager
async def own_server(
    sitting: SittingId, data: Path, *, host: str = HOST, port: int | None = None
) -> AsyncIterator[OwnServer]:
    """A server for a loaded sitting, answering when the block begins.  Raises ServerEnded, ServerGone.

    `host` must take this machine's own calls too; without `port` it is any that is free.
    """
    port = port or _free_port()
    with tempfile.TemporaryDirectory(prefix="session-day-") as folder:
        errors = Path(folder) / "stderr"
        with errors.open("wb") as sink:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "meeting", "serve", sitting, "--data", str(data)),
                *("--host", host, "--port", str(port)),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=sink,
            )
        server = OwnServer(f"http://{HOST}:{port}", process, errors)
        try:
            await _until_it_answers(server, port)
            yield server
        finally:
            await _end(process)


async def _until_it_answers(server: OwnServer, port: int) -> None:
    watching = asyncio.create_task(server.watch())
    try:
        async with asyncio.timeout(START_S):
            while not await asyncio.to_thread(_answers, port):
                if watching.done():
                    watching.result()
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise ServerGone(seconds=round(START_S)) from None
    finally:
        watching.cancel()


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/public.json")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(END_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        port: int = found.getsockname()[1]
        return port
