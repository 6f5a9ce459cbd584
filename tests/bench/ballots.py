"""Secret ballots of 3,000 members, all cryptography on: into the box, out of it, and onto every screen.

A real server in a process of its own and 3,000 real phones' sockets in another (DESIGN.md 10, rows 2 and 3), then the
box alone in this process (row 4).  Nothing is measured while the sitting is made, credentials are collected or
records are signed.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.bench.figure import CannotMeasure, Figure
from tests.bench.full_sitting import (
    MEMBERS,
    BallotFacts,
    Counted,
    Usage,
    device_key,
    many_files,
    plan_of,
    prepare,
    serve,
)
from tests.bench.phones import Casting, play
from tests.voting.voter import Voter, roll_of
from voting.box import Box, NewBallot
from voting.database import Writer, open_engine
from voting.keys import KeyFolder
from voting.paper import MotionQuestion, Paper

POLLS = 6
WITHIN_S = 3.0
LONGEST_S = 90.0
"""For one answer of one process."""


class Process:
    """A process that answers orders, and ends with its pipe."""

    def __init__(self, pipe: Connection, process: Any) -> None:
        self._pipe = pipe
        self._process = process

    def answer(self) -> Any:
        if not self._pipe.poll(LONGEST_S):
            raise CannotMeasure("a process of the bench did not answer")
        try:
            return self._pipe.recv()
        except EOFError:
            raise CannotMeasure("a process of the bench ended before its time") from None

    def ask(self, order: object) -> Any:
        self.tell(order)
        return self.answer()

    def tell(self, order: object) -> None:
        self._pipe.send(order)

    def end(self) -> None:
        self._pipe.close()
        self._process.join(10)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


@contextmanager
def started(work: Callable[..., None], *arguments: object) -> Iterator[Process]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, *arguments), daemon=True)
    process.start()
    theirs.close()
    running = Process(ours, process)
    try:
        yield running
    finally:
        running.end()


def p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[98]


class Round:
    """One poll: collected, opened, cast, closed."""

    def __init__(self, server: Process, phones: Process) -> None:
        facts: BallotFacts = server.ask("facts")
        self.issue_s: float = phones.ask(facts)
        server.ask("open")
        before: Usage = server.ask("used")
        self.casting: Casting = phones.ask(("cast", WITHIN_S))
        self.used: Usage = server.ask("used")
        self.cast_cpu_s = (self.used.cpu_ns - before.cpu_ns) / 1e9
        phones.ask("result")
        self.counted: Counted = server.ask("close")
        screens: list[int] = phones.answer()
        self.screens_ms = [(at - self.counted.sealed_ns) / 1e6 for at in screens]
        if len(screens) != MEMBERS or self.counted.returned != MEMBERS - len(self.casting.refused):
            raise CannotMeasure(f"{len(screens)} screens, {self.counted.returned} ballots counted")
        if not self.casting.refused and dict(self.counted.counts) != self.casting.marks:
            raise CannotMeasure("the result is not what was cast")


def rounds() -> list[Round]:
    plan = plan_of(POLLS)
    devices = {int(m.number): device_key(m.number).public_key().public_bytes_raw() for m in plan.members}
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        prepare(data, plan, devices)
        server = stack.enter_context(started(serve, data, plan.id))
        phones = stack.enter_context(started(play, server.answer(), MEMBERS))
        phones.answer()
        found = []
        for number in range(POLLS):
            if number:
                server.ask("next")
            found.append(Round(server, phones))
        return found


def through_sockets() -> list[Figure]:
    played = rounds()
    receipts = [each for round_ in played for each in round_.casting.receipts_ms]
    screens = [each for round_ in played for each in round_.screens_ms]
    last = [max(round_.screens_ms) for round_ in played]
    count = [(round_.counted.shown_ns - round_.counted.sealed_ns) / 1e6 for round_ in played]
    missing = sum(round_.casting.lost + len(round_.casting.refused) for round_ in played)
    cast = f"ballot → receipt, {MEMBERS:,} within {WITHIN_S:g} s"
    result = f"sealed → result on {MEMBERS:,} screens"
    return [
        Figure(f"{cast}, median", statistics.median(receipts), "ms"),
        Figure(f"{cast}, p99", p99(receipts), "ms", at_most=300),
        Figure(
            f"{cast}, p99 of the worst of {POLLS} polls",
            max(p99(r.casting.receipts_ms) for r in played),
            "ms",
        ),
        Figure(f"{cast}, longest", max(receipts), "ms"),
        Figure(f"{cast}, lost or refused of {POLLS * MEMBERS:,}", missing, "", at_most=0),
        Figure(f"{cast}, until all are in", statistics.median(r.casting.wall_s for r in played), "s"),
        Figure(
            "CPU of the server for one ballot", sum(r.cast_cpu_s for r in played) / len(receipts) * 1e3, "ms"
        ),
        Figure(
            "CPU of the phones for one ballot",
            sum(r.casting.cpu_s for r in played) / len(receipts) * 1e3,
            "ms",
        ),
        Figure("the phones were late by at most", max(r.casting.behind_ms for r in played), "ms"),
        Figure(f"{result}, the last one, median of {POLLS} polls", statistics.median(last), "ms"),
        Figure(f"{result}, the last one, worst poll", max(last), "ms", at_most=150),
        Figure(f"{result}, p99 of all", p99(screens), "ms"),
        Figure("sealed → counted, durable, first screen, median", statistics.median(count), "ms"),
        Figure(
            f"{MEMBERS:,} credentials issued, all asked at once",
            statistics.median(r.issue_s for r in played),
            "s",
        ),
        Figure("memory of the server at the end", played[-1].used.memory_kb / 1024, "MB", at_most=300),
    ]


async def box_alone() -> list[Figure]:
    """`Box.cast` from bytes to a durable receipt, all records at once, on this machine's disk."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder))
        writer = Writer(engine)
        try:
            box = Box("full-1", writer, KeyFolder(Path(folder), "full-1"))
            voters = [Voter(number) for number in range(1, MEMBERS + 1)]
            paper = Paper((MotionQuestion("N1", "关于免去某某职务的议案"),))
            new = NewBallot("1-n1-1-member", "secret", paper, roll_of(voters, all_members=MEMBERS))
            await writer.run(lambda conn: box.start(conn))
            await writer.run(lambda conn: box.prepare(conn, new))
            credentials = await asyncio.gather(*(voter.collect(box, new.ballot) for voter in voters))
            records = [credential.ballot({"N1": "for"}) for credential in credentials]
            await writer.run(lambda conn: box.open(conn, new.ballot))
            cpu, began = time.process_time(), time.perf_counter()
            await asyncio.gather(*(box.cast(record) for record in records))
            wall, used = time.perf_counter() - began, time.process_time() - cpu
            if box.turnout(new.ballot).returned != MEMBERS:
                raise CannotMeasure("not every ballot is in")
        finally:
            writer.stop()
            engine.dispose()
    return [
        Figure("ballots verified and committed, in process", MEMBERS / used, "/s a core", at_least=3000),
        Figure("the same, by the wall clock", MEMBERS / wall, "/s"),
    ]


def run() -> list[Figure]:
    if many_files() < MEMBERS * 2 + 100:
        raise CannotMeasure(f"a process must be able to open {MEMBERS * 2 + 100} files (ulimit -Hn)")
    return through_sockets() + asyncio.run(box_alone())
