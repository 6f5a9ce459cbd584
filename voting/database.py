"""The database: how it is opened, and the one writer through which everything that changes it must pass.

No tables are known here and no ballots.  Every process has one `Writer`; whoever only reads opens a connection of
the engine's own, which sees the last committed state and never waits.
"""

import asyncio
import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    create_engine,
    event,
    insert,
    select,
)
from sqlalchemy import inspect as inspect_schema
from sqlmodel import SQLModel

from voting.batches import Row, Run, Single, Work, answer, runs_of

SCHEMA_VERSION: Final = 2
FILE_NAME: Final = "session-day.db"
LARGEST_BATCH: Final = 2000
_BUSY_MS: Final = 5000
"""How long a command in another process may hold the database before we give up."""
_CHECKPOINT_AGAIN: Final = 0.25
"""Seconds until a log that readers kept busy is tried again."""
_CHECKPOINT_AFTER: Final = 1000
"""Rows changed, until the log is copied into the database."""
_PACE: Final = 0.01
"""Seconds from one batch of rows to the next.

A thousand commits a second take the interpreter from the loop a thousand times: a hall of 3,000 casting within 3 s
waited more than a second for its last receipts.  The first row of a quiet hall waits for nothing.
"""

T = TypeVar("T")
R = TypeVar("R")

_version = Table("schema_version", SQLModel.metadata, Column("version", Integer, primary_key=True))


class OtherSchema(Exception):
    """The file was made by another version of the software, or is none of ours.  It was not touched."""

    code: ClassVar[str] = "other-schema"

    def __init__(self, found: int | None) -> None:
        super().__init__(found)
        self.found = found

    def __str__(self) -> str:
        if self.found is None:
            return f"{FILE_NAME} is not a database of Session Day; it was left as it is"
        return (
            f"{FILE_NAME} has schema version {self.found}, and this version of Session Day reads"
            f" {SCHEMA_VERSION}; it was left as it is"
        )


def open_engine(data: Path, *, schema: MetaData = SQLModel.metadata) -> Engine:
    """The engine of the database in a data folder, which is made if it is not there.

    Import the modules that declare tables first.  Raises OtherSchema.  (`schema` exists for the test that shows
    that tables of a weaker shape would give voters away.)
    """
    data.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        f"sqlite:///{data / FILE_NAME}",
        # A value in an error message would be a ballot in a log.
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": _BUSY_MS / 1000},
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    _mute(engine)
    try:
        with engine.connect() as conn, conn.execution_options(immediate=True).begin():
            _make_whole(conn, schema)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _mute(engine: Engine) -> None:
    """A line for each statement is the time of each ballot, and at DEBUG result rows are in it: at no level."""
    for logger in (engine.logger, engine.pool.logger):
        if isinstance(logger, logging.Logger):
            logger.addFilter(_nothing)


def _nothing(record: logging.LogRecord) -> bool:
    return False


def _configure(dbapi: sqlite3.Connection, _record: object) -> None:
    # SQLAlchemy shall say BEGIN, not the driver, which forgets it before a SELECT.
    dbapi.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
        dbapi.execute(f"PRAGMA {pragma}")


def _begin(conn: Connection) -> None:
    immediate = conn.get_execution_options().get("immediate", False)
    conn.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _make_whole(conn: Connection, schema: MetaData) -> None:
    tables = inspect_schema(conn).get_table_names()
    if _version.name in tables:
        found = conn.scalar(select(_version.c.version))
        if found != SCHEMA_VERSION:
            raise OtherSchema(found)
        schema.create_all(conn)
    elif tables:
        raise OtherSchema(None)
    else:
        schema.create_all(conn)
        conn.execute(insert(_version).values(version=SCHEMA_VERSION))


_STOP: Final = object()


class Writer:
    """One thread that owns the only connection that writes.

    Whatever waits goes into one transaction (so a busy hall shares its commits, and a quiet one waits for nobody);
    a work that shares its transaction has a savepoint of its own, so that one that fails fails alone; every answer is
    given after COMMIT.
    A work must not wait for another work.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        """For reading: connections of this engine see what is committed."""
        self._queue: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._stopped = False
        self._empty_log = False
        self._next_rows = 0.0
        """When the next batch of rows may begin, by the monotonic clock."""
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in a transaction and return its answer once it is durable.

        Cancelling the caller does not undo the work.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._put(Single(future, work))
        return await future

    async def run_row(self, work: Callable[[Connection, Sequence[R]], Sequence[T | Exception]], row: R) -> T:
        """Like `run`, for one of many rows alike: those that wait together reach `work` in one call.

        `work` answers for each row in turn, with an exception for one that it refuses.  If it raises, the rows
        are tried one by one, so that only the one to blame fails.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._put(Row(future, work, row))
        return await future

    def run_now(self, work: Callable[[Connection], T]) -> T:
        """Like `run`, blocking: for commands and for start-up, never in an event loop."""
        future: Future[T] = Future()
        self._put(Single(future, work))
        return future.result()

    def empty_log(self) -> None:
        """Copy the write-ahead log into the database and cut it to nothing, as soon as no reader needs it.

        What was overwritten in the tables is gone from the log only then.  Returns at once; the writer tries
        between its transactions until it succeeds.
        """
        self._empty_log = True
        self._queue.put(None)

    def stop(self) -> None:
        """Do what is waiting, then end the thread.  Afterwards every call raises RuntimeError."""
        with self._lock:
            if not self._stopped:
                self._stopped = True
                self._queue.put(_STOP)
        self._thread.join()

    def _put(self, work: Work) -> None:
        with self._lock:
            if self._stopped:
                raise RuntimeError("the writer is stopped")
            self._queue.put(work)

    def _run(self) -> None:
        with self.engine.connect() as plain:
            conn = plain.execution_options(immediate=True)
            _checkpoint_by_hand(conn)
            copied = 0
            going = True
            while going:
                batch, going = self._next_batch()
                if batch:
                    self._commit(conn, batch)
                # Whoever waits has his answer by now.
                if self._empty_log:
                    self._empty_log = not _truncated(conn)
                elif _changed(conn) - copied >= _CHECKPOINT_AFTER:
                    copied = _changed(conn)
                    _checkpoint(conn, "PASSIVE")

    def _next_batch(self) -> tuple[list[Work], bool]:
        """All that waits, at most `LARGEST_BATCH`; and whether to go on afterwards."""
        batch: list[Work] = []
        try:
            item = self._queue.get(timeout=_CHECKPOINT_AGAIN if self._empty_log else None)
            if isinstance(item, Row):
                time.sleep(max(0.0, self._next_rows - time.monotonic()))
                self._next_rows = time.monotonic() + _PACE
            while True:
                if item is _STOP:
                    return batch, False
                if item is not None:
                    batch.append(item)
                if len(batch) == LARGEST_BATCH:
                    return batch, True
                item = self._queue.get_nowait()
        except queue.Empty:
            return batch, True

    def _commit(self, conn: Connection, batch: Sequence[Work]) -> None:
        runs = [Run(works) for works in runs_of(batch)]
        if len(runs) > 1 or not self._commit_alone(conn, runs[0]):
            self._commit_all(conn, runs)
        answer(batch)

    def _commit_alone(self, conn: Connection, run: Run) -> bool:
        """Commit a run that has the transaction for itself: a savepoint costs as much as a ballot.

        False when one of several rows failed: nothing was kept, and all are to be done again.
        """
        done = False
        try:
            with conn.begin():
                run.do_alone(conn)
                done = True
        except BaseException as failure:
            conn.connection.rollback()
            if not done and len(run.works) > 1:
                return False
            run.fail(failure)
        else:
            run.follow_up()
        return True

    def _commit_all(self, conn: Connection, runs: Sequence[Run]) -> None:
        try:
            with conn.begin():
                for run in runs:
                    run.do(conn)
        except BaseException as failure:
            # A COMMIT that was refused leaves the transaction standing in the driver.
            conn.connection.rollback()
            for run in runs:
                run.fail(failure)
        else:
            for run in runs:
                run.follow_up()


def _sqlite(conn: Connection) -> Any:
    """The driver's connection, past SQLAlchemy, which would begin a transaction; None for another database."""
    return conn.connection.dbapi_connection if conn.dialect.name == "sqlite" else None


def _checkpoint_by_hand(conn: Connection) -> None:
    # SQLite would do it within a COMMIT, which somebody waits for.
    if (dbapi := _sqlite(conn)) is not None:
        dbapi.execute("PRAGMA wal_autocheckpoint=0")


def _changed(conn: Connection) -> int:
    """How many rows this connection has changed so far."""
    dbapi = _sqlite(conn)
    return 0 if dbapi is None else int(dbapi.total_changes)


def _checkpoint(conn: Connection, how: str) -> bool:
    """Copy the write-ahead log into the database; False while a reader still needs some of it."""
    dbapi = _sqlite(conn)
    if dbapi is None:
        return True
    dbapi.execute("PRAGMA busy_timeout=0")  # ballots wait behind this: do not stand about
    try:
        (busy, _, _) = dbapi.execute(f"PRAGMA wal_checkpoint({how})").fetchone()
    finally:
        dbapi.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    return not busy


def _truncated(conn: Connection) -> bool:
    """Try to empty the write-ahead log; False while a reader still needs it."""
    return _checkpoint(conn, "TRUNCATE")
