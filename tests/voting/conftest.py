"""A box on a real database in a folder of its own, that can be left and come back to."""

import itertools
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection, MetaData
from sqlmodel import SQLModel

from tests.voting.voter import Voter, new_ballot
from voting.box import Box, NewBallot
from voting.credential import IssuingKey
from voting.database import Writer, open_engine
from voting.keys import KeyFolder
from voting.sealing import Seal, Sealing

T = TypeVar("T")
SITTING = "bailu-1"
_MADE: list[IssuingKey] = []
"""Issuing keys are slow to make; every house of the test run uses the same ones, each once."""


def made_keys() -> Iterator[IssuingKey]:
    for number in itertools.count():
        if number == len(_MADE):
            _MADE.append(IssuingKey.generate())
        yield _MADE[number]


class House:
    """A process that holds the box: it can be stopped (or crash) and started again on the same data."""

    def __init__(
        self,
        data: Path,
        *,
        schema: MetaData = SQLModel.metadata,
        sealing: Callable[[bytes], Sealing] = Seal,
    ) -> None:
        self.data = data
        self.schema = schema
        self.sealing = sealing
        keys = made_keys()
        self.issuing_key: Callable[[], IssuingKey] = lambda: next(keys)
        self.begin()
        self.run(self.box.start)

    def begin(self) -> None:
        self.engine = open_engine(self.data, schema=self.schema)
        self.writer = Writer(self.engine)
        self.folder = KeyFolder(self.data, SITTING)
        self.box = Box(SITTING, self.writer, self.folder, issuing_key=self.issuing_key, sealing=self.sealing)
        self.box.recover()

    def stop(self) -> None:
        self.writer.stop()
        self.engine.dispose()

    def restart(self) -> None:
        self.stop()
        self.begin()

    def run(self, work: Callable[[Connection], T]) -> T:
        return self.writer.run_now(work)

    def step(self, name: str, *args: object) -> object:
        """One of the box's steps in a transaction of its own."""
        return self.run(lambda conn: getattr(self.box, name)(conn, *args))

    def prepare(self, new: NewBallot) -> str:
        self.run(lambda conn: self.box.prepare(conn, new))
        return new.ballot

    def opened(self, voters: list[Voter], **kwargs: object) -> str:
        """A ballot that is open."""
        ballot = self.prepare(new_ballot(voters, **kwargs))  # type: ignore[arg-type]
        self.step("open", ballot)
        return ballot

    def kinds(self) -> list[str]:
        return [entry.body["kind"] for entry in self.box.board()]


class Gate:
    """Holds the writer thread so that work piles up behind it, as behind a slow disk."""

    def __init__(self, writer: Writer) -> None:
        self.reached, self.go = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=writer.run_now, args=(self._hold,))

    def _hold(self, conn: Connection) -> None:
        self.reached.set()
        assert self.go.wait(10)

    def __enter__(self) -> None:
        self.thread.start()
        assert self.reached.wait(10)

    def __exit__(self, *_: object) -> None:
        self.go.set()
        self.thread.join()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.stop()


@pytest.fixture
def voters() -> list[Voter]:
    return [Voter(number) for number in range(1, 8)]
