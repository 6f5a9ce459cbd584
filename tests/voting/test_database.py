"""The one writer: what waits together is committed together, and nothing takes anything else with it."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from tests.voting.conftest import Gate
from voting import database
from voting.batches import after_commit, after_rollback
from voting.database import OtherSchema, Writer, open_engine

SCHEMA = MetaData()
NUMBERS = Table("numbers", SCHEMA, Column("n", Integer, primary_key=True))
database._version.to_metadata(SCHEMA)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(tmp_path, schema=SCHEMA)
    yield engine
    engine.dispose()


@pytest.fixture
def writer(engine: Engine) -> Iterator[Writer]:
    writer = Writer(engine)
    yield writer
    writer.stop()


def numbers(engine: Engine) -> list[int]:
    with engine.connect() as conn:
        return list(conn.scalars(select(NUMBERS.c.n).order_by(NUMBERS.c.n)))


def put(conn: Connection, n: int) -> int:
    conn.execute(insert(NUMBERS).values(n=n))
    return n


def test_pragmas(engine: Engine, writer: Writer) -> None:
    def pragmas(conn: Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        return [conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    assert writer.run_now(pragmas) == ["wal", 2, 1, 1]
    with engine.connect() as conn:
        assert pragmas(conn) == ["wal", 2, 1, 1]


def test_an_answer_comes_after_the_commit(engine: Engine, writer: Writer) -> None:
    assert writer.run_now(lambda conn: put(conn, 1)) == 1
    assert numbers(engine) == [1]


async def test_what_waits_together_is_one_transaction_and_fails_alone(engine: Engine, writer: Writer) -> None:
    commits: list[int] = []

    def work(n: int) -> int:
        return n

    with Gate(writer):
        tasks = [
            asyncio.create_task(writer.run(lambda conn, n=n: put(conn, n)))  # type: ignore[misc]
            for n in (1, 2, 2, 3)
        ]
        await asyncio.sleep(0)  # the tasks get to put their work into the queue

        def count(conn: Connection) -> None:
            after_commit(conn, lambda: commits.append(len(numbers(engine))))

        tasks.append(asyncio.create_task(writer.run(count)))  # type: ignore[arg-type]
        await asyncio.sleep(0)
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert answers[:2] == [1, 2]
    assert isinstance(answers[2], IntegrityError)
    assert answers[3] == 3
    assert numbers(engine) == [1, 2, 3]
    assert commits == [3]  # the gate's own transaction was over before; these were one


async def test_a_failing_work_leaves_nothing_of_itself(engine: Engine, writer: Writer) -> None:
    def half(conn: Connection) -> None:
        put(conn, 1)
        raise LookupError("after the first half")

    with pytest.raises(LookupError):
        await writer.run(half)
    assert numbers(engine) == []


async def test_rows_alike_reach_their_work_in_one_call(engine: Engine, writer: Writer) -> None:
    calls: list[list[int]] = []

    def many(conn: Connection, rows: Sequence[int]) -> list[int | Exception]:
        calls.append(list(rows))
        conn.execute(insert(NUMBERS), [{"n": n} for n in rows if n >= 0])
        return [n * 10 if n >= 0 else ValueError(n) for n in rows]

    with Gate(writer):
        rows = [asyncio.create_task(writer.run_row(many, n)) for n in (1, 2, -3)]
        await asyncio.sleep(0)
        between = asyncio.create_task(writer.run(lambda conn: put(conn, 100)))
        await asyncio.sleep(0)
        rows.append(asyncio.create_task(writer.run_row(many, 4)))
        await asyncio.sleep(0)
    answers = await asyncio.gather(*rows, return_exceptions=True)
    assert await between == 100
    assert (answers[0], answers[1], answers[3]) == (10, 20, 40)
    assert isinstance(answers[2], ValueError)
    assert calls == [[1, 2, -3], [4]]
    assert numbers(engine) == [1, 2, 4, 100]


async def test_a_bad_row_never_takes_the_others_with_it(engine: Engine, writer: Writer) -> None:
    def many(conn: Connection, rows: Sequence[int]) -> list[int | Exception]:
        conn.execute(insert(NUMBERS), [{"n": n} for n in rows])
        return list(rows)

    with Gate(writer):
        tasks = [asyncio.create_task(writer.run_row(many, n)) for n in (1, 2, 2, 3)]
        await asyncio.sleep(0)
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert [answers[0], answers[1], answers[3]] == [1, 2, 3]
    assert isinstance(answers[2], IntegrityError)
    assert numbers(engine) == [1, 2, 3]


def test_hooks(writer: Writer) -> None:
    seen: list[str] = []

    def good(conn: Connection) -> None:
        after_commit(conn, lambda: seen.append("committed"))
        after_rollback(conn, lambda: seen.append("never"))

    def bad(conn: Connection) -> None:
        after_commit(conn, lambda: seen.append("never"))
        after_rollback(conn, lambda: seen.append("rolled back"))
        raise LookupError

    writer.run_now(good)
    with pytest.raises(LookupError):
        writer.run_now(bad)
    assert seen == ["committed", "rolled back"]


def test_a_hook_that_fails_is_heard_of(engine: Engine, writer: Writer) -> None:
    def broken() -> None:
        raise OSError("the disk")

    def work(conn: Connection) -> None:
        put(conn, 1)
        after_commit(conn, broken)

    with pytest.raises(OSError, match="the disk"):
        writer.run_now(work)
    assert numbers(engine) == [1]
    assert writer.run_now(lambda conn: put(conn, 2)) == 2


def test_hooks_need_a_writer(engine: Engine) -> None:
    with engine.connect() as conn, pytest.raises(RuntimeError, match="Writer"):
        after_commit(conn, lambda: None)


def test_a_commit_that_fails_fails_everything_in_it(engine: Engine, writer: Writer) -> None:
    """A deferred foreign key is looked at by COMMIT itself."""
    seen: list[str] = []
    writer.run_now(
        lambda conn: conn.execute(
            text("CREATE TABLE child (n INTEGER REFERENCES numbers DEFERRABLE INITIALLY DEFERRED)")
        )
    )

    def orphan(conn: Connection) -> None:
        after_rollback(conn, lambda: seen.append("rolled back"))
        put(conn, 1)
        conn.execute(text("INSERT INTO child VALUES (77)"))

    with pytest.raises(IntegrityError):
        writer.run_now(orphan)
    assert seen == ["rolled back"]
    assert numbers(engine) == []
    assert writer.run_now(lambda conn: put(conn, 2)) == 2


async def test_a_lost_transaction_is_lost_for_all(engine: Engine, writer: Writer) -> None:
    """SQLite rolls everything back by itself when the disk is full."""

    def full_disk(conn: Connection) -> None:
        conn.exec_driver_sql("ROLLBACK")
        raise OSError("full")

    def many(conn: Connection, rows: Sequence[int]) -> list[int | Exception]:
        full_disk(conn)
        return []

    for lose in (lambda: writer.run(full_disk), lambda: writer.run_row(many, 1)):
        with Gate(writer):
            before = asyncio.create_task(writer.run(lambda conn: put(conn, 1)))
            losing = [asyncio.create_task(lose()) for _ in range(2)]
            await asyncio.sleep(0)
        answers = await asyncio.gather(before, *losing, return_exceptions=True)
        assert all(isinstance(answer, Exception) for answer in answers)
        assert numbers(engine) == []
    assert await writer.run(lambda conn: put(conn, 2)) == 2


def test_a_rollback_hook_that_fails_does_not_end_the_writer(engine: Engine, writer: Writer) -> None:
    def broken() -> None:
        raise OSError("the disk")

    def refused(conn: Connection) -> None:
        after_rollback(conn, broken)
        raise LookupError

    def lost(conn: Connection) -> None:
        after_rollback(conn, broken)
        conn.exec_driver_sql("ROLLBACK")

    for work in (refused, lost):
        with pytest.raises(OSError, match="the disk"):
            writer.run_now(work)
    assert writer.run_now(lambda conn: put(conn, 2)) == 2


def test_a_locked_database_is_an_answer_and_not_the_end(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_MS", 1)
    impatient = open_engine(tmp_path, schema=SCHEMA)
    writer = Writer(impatient)
    other = sqlite3.connect(tmp_path / database.FILE_NAME, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError):
            writer.run_now(lambda conn: put(conn, 1))
        other.execute("ROLLBACK")
        assert writer.run_now(lambda conn: put(conn, 1)) == 1
    finally:
        other.close()
        writer.stop()
        impatient.dispose()


def test_stop_does_what_waits(engine: Engine) -> None:
    writer = Writer(engine)
    stopping = threading.Thread(target=writer.stop)
    with Gate(writer):
        waiting = threading.Thread(target=writer.run_now, args=(lambda conn: put(conn, 1),))
        waiting.start()
        while writer._queue.empty():
            pass
        stopping.start()
    stopping.join()
    waiting.join()
    assert numbers(engine) == [1]
    with pytest.raises(RuntimeError, match="stopped"):
        writer.run_now(lambda conn: put(conn, 2))
    writer.stop()


async def test_a_caller_that_goes_away_does_not_undo_its_work(engine: Engine, writer: Writer) -> None:
    with Gate(writer):
        task = asyncio.create_task(writer.run(lambda conn: put(conn, 1)))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    await writer.run(lambda conn: put(conn, 2))
    assert numbers(engine) == [1, 2]


def test_a_loop_that_is_gone_harms_nobody(engine: Engine, writer: Writer) -> None:
    async def leave() -> None:
        # Kept by the loop, and cancelled with it.
        leave.task = asyncio.create_task(writer.run(lambda conn: put(conn, 1)))  # type: ignore[attr-defined]
        await asyncio.sleep(0)

    with Gate(writer):
        asyncio.run(leave())
    assert writer.run_now(lambda conn: put(conn, 2)) == 2
    assert numbers(engine) == [1, 2]


def test_the_log_is_emptied_as_soon_as_nobody_reads(engine: Engine, writer: Writer, tmp_path: Path) -> None:
    log = tmp_path / (database.FILE_NAME + "-wal")
    writer.run_now(lambda conn: put(conn, 1))
    with engine.connect() as reader:
        reader.execute(select(NUMBERS)).all()
        writer.run_now(lambda conn: put(conn, 2))
        writer.empty_log()
        writer.run_now(lambda conn: None)
        assert log.stat().st_size > 0
    done = threading.Event()
    for _ in range(1000):  # each lap goes through the writer, which tries again in between
        writer.run_now(lambda conn: done.set())
        if log.stat().st_size == 0:
            break
    assert log.stat().st_size == 0
    assert numbers(engine) == [1, 2]


def test_another_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    open_engine(tmp_path, schema=SCHEMA).dispose()
    open_engine(tmp_path, schema=SCHEMA).dispose()  # the same version is fine
    raw = sqlite3.connect(tmp_path / database.FILE_NAME)
    raw.execute("UPDATE schema_version SET version = 99")
    raw.commit()
    raw.close()
    with pytest.raises(OtherSchema, match="99"):
        open_engine(tmp_path, schema=SCHEMA)


def test_a_strange_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    raw = sqlite3.connect(tmp_path / database.FILE_NAME)
    raw.execute("CREATE TABLE theirs (x)")
    raw.commit()
    raw.close()
    with pytest.raises(OtherSchema, match="not a database of Session Day"):
        open_engine(tmp_path, schema=SCHEMA)
    raw = sqlite3.connect(tmp_path / database.FILE_NAME)
    assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]
    raw.close()


def test_values_stay_out_of_error_messages(writer: Writer) -> None:
    writer.run_now(lambda conn: put(conn, 424242))
    with pytest.raises(IntegrityError) as caught:
        writer.run_now(lambda conn: put(conn, 424242))
    assert "424242" not in str(caught.value)
