"""A busy hall shares its commits; a quiet one waits for nobody; and a row that fails alone still fails alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection

from voting.database import Writer, open_engine


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    engine = open_engine(tmp_path)
    writer = Writer(engine)
    yield writer
    writer.stop()
    engine.dispose()


async def test_rows_that_come_one_behind_the_other_share_a_commit(writer: Writer) -> None:
    batches: list[int] = []

    def work(conn: Connection, rows: Sequence[int]) -> list[int]:
        batches.append(len(rows))
        return list(rows)

    await writer.run_row(work, 0)
    waiting = []
    for number in range(1, 20):  # each in a turn of the loop of its own
        waiting.append(asyncio.create_task(writer.run_row(work, number)))
        await asyncio.sleep(0)
    assert await asyncio.gather(*waiting) == list(range(1, 20))
    assert batches[0] == 1
    assert len(batches) < 10


async def test_a_row_that_fails_takes_nobody_with_it(writer: Writer) -> None:
    def work(conn: Connection, rows: Sequence[str]) -> list[str]:
        if "bad" in rows:
            raise LookupError
        return list(rows)

    rows = ["one", "bad", "two"]
    answers = await asyncio.gather(*(writer.run_row(work, row) for row in rows), return_exceptions=True)
    assert answers[0] == "one"
    assert isinstance(answers[1], LookupError)
    assert answers[2] == "two"
