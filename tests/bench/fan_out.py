"""One view to 3,000 sockets: how long until the last one has it, and how far that is from what is possible.

Our server (Starlette, uvicorn, the live path and the hub, in a process of its own) against a plain C epoll loop
that writes the same frame to as many sockets.  Both crowds are connected all the time and the rounds alternate, so
that whatever else the machine does falls on both.  `python -m tests.bench.fan_out serve` is that server.
"""

from __future__ import annotations

import asyncio
import gc
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from display.frames import prepare
from display.hub import Audience, Hub
from display.live import line_to, push_until_gone, server_config, tune_memory
from tests.bench.figure import CannotMeasure, Figure

SOCKETS = 3000
WARM_UP, ROUNDS = 10, 150
PAUSE_S = 0.02
"""Between rounds, for the clients' last acknowledgements."""
LONGEST_S = 120
"""Then everything is ended and nothing was measured."""


def view(seq: int) -> dict[str, object]:
    """A member's view while a ballot is open; some 500 bytes."""
    return {
        "type": "view",
        "audience": "member",
        "seq": seq,
        "at": time.time_ns() // 1_000_000,
        "slide": {
            "kind": "poll",
            "title": {
                "zh": "关于任命王某某为某某局局长的议案",
                "en": "Appointment of the director of a bureau",
            },
            "turnout": {"issued": 2876, "returned": 1938},
        },
        "poll": {
            "ballot": "10-n1-1-member",
            "stage": "open",
            "visibility": "secret",
            "window_ms": 20_000,
            "salt": "c2Fs" * 8,
            "paper": '[{"id":"N1","kind":"motion","majority":{"base":"all_members","over":"1/2"}}]',
        },
    }


# The server under test.


async def serve() -> None:
    """Serve `/hall` on a free port; for each line on stdin show one more view, or tell what has been used so far."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    hub = Hub()
    hub.show(Audience.HALL, view(0))

    async def hall(websocket: WebSocket) -> None:
        await websocket.accept()
        line = line_to(websocket)
        async with hub.join(Audience.HALL, line):
            await push_until_gone(websocket, line)

    app = Starlette(routes=[WebSocketRoute("/hall", hall)])
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(server_config(app, "127.0.0.1", 0))
    tune_memory()
    running = asyncio.create_task(server.serve([listening]))
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(orders), sys.stdin
    )
    print("port", listening.getsockname()[1], flush=True)
    seq = 0
    while order := await orders.readline():
        if order == b"show\n":
            seq += 1
            started = time.monotonic_ns()
            hub.show(Audience.HALL, view(seq))
            print("sent", started, time.monotonic_ns(), 0, flush=True)
        else:
            print(
                "used",
                time.process_time_ns(),
                hub.count(Audience.HALL),
                hub.behind(Audience.HALL),
                flush=True,
            )
    server.should_exit = True
    await running


# The bench.


class Process:
    """A process that answers lines with lines, and ends with its stdin."""

    def __init__(self, *command: str) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.id = self._process.pid

    def tell(self, order: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(order + "\n")

    def answer(self, kind: str) -> list[int]:
        assert self._process.stdout is not None
        found, *numbers = self._process.stdout.readline().split() or ["its end"]
        if found != kind:
            raise CannotMeasure(f"waited for {kind!r} and got {found!r}; too few open files or ports?")
        return [int(number) for number in numbers]

    def end(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process.stdout.close()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@contextmanager
def started(*command: str) -> Iterator[Process]:
    process = Process(*command)
    watchdog = threading.Timer(LONGEST_S, process.kill)
    watchdog.start()
    try:
        yield process
    finally:
        watchdog.cancel()
        process.end()


@contextmanager
def compiled() -> Iterator[str]:
    """The two C ends, compiled with the machine's own compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise CannotMeasure("there is no C compiler (cc) on this machine")
    with tempfile.TemporaryDirectory() as folder:
        program = str(Path(folder) / "fan_out")
        source = str(Path(__file__).with_suffix(".c"))
        subprocess.run([compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, source], check=True)
        yield program


class Side:
    """A server and its crowd, and what their rounds took."""

    def __init__(self, server: Process, crowd: Process) -> None:
        self.server, self.crowd = server, crowd
        self.last_ms: list[float] = []
        self.call_ms: list[float] = []

    def round(self) -> int:
        """Show one view; returns the CPU time that the server says it took, if it does."""
        self.server.tell("show")
        started, returned, cpu = self.server.answer("sent")
        _, _, _, last = self.crowd.answer("round")
        self.last_ms.append((last - started) / 1e6)
        self.call_ms.append((returned - started) / 1e6)
        time.sleep(PAUSE_S)
        return cpu

    def forget(self) -> None:
        self.last_ms.clear()
        self.call_ms.clear()

    @property
    def median(self) -> float:
        return statistics.median(self.last_ms)

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.last_ms, n=100, method="inclusive")[98]


def resident_mb(process: int) -> float:
    status = Path(f"/proc/{process}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), float("nan"))


def run() -> list[Figure]:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < SOCKETS + 100:
        raise CannotMeasure(f"a process may open {most} files here, {SOCKETS + 100} are needed (ulimit -Hn)")
    wire = prepare(view(1)).wire
    with ExitStack() as stack:
        program = stack.enter_context(compiled())
        prepared = stack.enter_context(tempfile.NamedTemporaryFile())
        prepared.write(wire)
        prepared.flush()

        plain = stack.enter_context(started(program, "limit", str(SOCKETS), prepared.name))
        (port,) = plain.answer("port")
        limit = Side(plain, stack.enter_context(started(program, "crowd", str(SOCKETS), str(port))))
        plain.answer("ready")
        limit.crowd.answer("open")

        ours = stack.enter_context(started(sys.executable, "-m", "tests.bench.fan_out", "serve"))
        (port,) = ours.answer("port")
        live = Side(ours, stack.enter_context(started(program, "crowd", str(SOCKETS), str(port))))
        knocked, _ = live.crowd.answer("open")
        *_, all_live = live.crowd.answer("round")

        for _ in range(WARM_UP):
            limit.round()
            live.round()
        limit.forget()
        live.forget()
        ours.tell("used")
        before, seated, _ = ours.answer("used")
        limit_cpu = 0
        gc.collect()
        for _ in range(ROUNDS):
            limit_cpu += limit.round()
            live.round()
        ours.tell("used")
        after, _, behind = ours.answer("used")
        memory = resident_mb(ours.id)

    if seated != SOCKETS or behind:
        raise CannotMeasure(f"{seated} of {SOCKETS} sockets had a seat, {behind} did not follow")
    what = f"view of {len(wire)} bytes to the last of {SOCKETS:,}"
    return [
        Figure(f"{what}, plain C loop, median", limit.median, "ms"),
        Figure(f"{what}, plain C loop, p99", limit.p99, "ms"),
        Figure(f"{what}, ours, median", live.median, "ms"),
        # The part of "result on the last of 3,000 screens" that comes after the commit.
        Figure(f"{what}, ours, p99", live.p99, "ms", at_most=150),
        Figure("ours against plain C, median", live.median / limit.median, "×", at_most=1.5),
        Figure("ours against plain C, p99", live.p99 / limit.p99, "×"),
        Figure("CPU of the server for one view, plain C", limit_cpu / ROUNDS / 1e6, "ms"),
        Figure("CPU of the server for one view, ours", (after - before) / ROUNDS / 1e6, "ms"),
        Figure("the loop is held for, median", statistics.median(live.call_ms), "ms"),
        Figure(f"{SOCKETS:,} connect at once: all have the view", (all_live - knocked) / 1e9, "s", at_most=5),
        Figure(f"memory of the server with {SOCKETS:,} sockets", memory, "MB", at_most=300),
    ]


if __name__ == "__main__":
    if sys.argv[1:] != ["serve"]:
        sys.exit("usage: python -m tests.bench fan_out")
    with asyncio.Runner(loop_factory=server_config(lambda *_: None, "", 0).get_loop_factory()) as runner:  # type: ignore[arg-type]
        runner.run(serve())
