"""What the writer does with the work that waits: group it, try it, answer it.

Every work, or run of rows alike, has a savepoint of its own; this module opens no transaction and keeps no thread,
and knows nothing of what the work is about.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")
R = TypeVar("R")

Hook: TypeAlias = Callable[[], None]


@dataclass(slots=True)
class Hooks:
    """What follows the transaction, in the order in which it was asked for."""

    committed: list[Hook]
    rolled_back: list[Hook]


def after_commit(conn: Connection, hook: Hook) -> None:
    """Call `hook` in the writer thread once this work is durable and before it is answered."""
    _hooks(conn).committed.append(hook)


def after_rollback(conn: Connection, hook: Hook) -> None:
    """Call `hook` in the writer thread if this work, or the transaction it is part of, comes to nothing."""
    _hooks(conn).rolled_back.append(hook)


def _hooks(conn: Connection) -> Hooks:
    hooks = conn.info.get("hooks")
    if not isinstance(hooks, Hooks):
        raise RuntimeError("hooks exist only for work that runs in a Writer")
    return hooks


class Work:
    """One thing to do, and where its answer goes."""

    __slots__ = ("_future", "_loop", "result")

    def __init__(self, future: "asyncio.Future[Any] | Future[Any]") -> None:
        self._future = future
        self._loop = future.get_loop() if isinstance(future, asyncio.Future) else None
        self.result: Any = None

    @property
    def loop(self) -> asyncio.AbstractEventLoop | None:
        return self._loop

    def answer(self) -> None:
        """Give the result to whoever waits; call it in the loop's own thread."""
        if self._future.done():  # cancelled: the work is done all the same, as its caller must expect
            return
        if isinstance(self.result, BaseException):
            self._future.set_exception(self.result)
        else:
            self._future.set_result(self.result)


class Single(Work):
    __slots__ = ("work",)

    def __init__(
        self, future: "asyncio.Future[Any] | Future[Any]", work: Callable[[Connection], Any]
    ) -> None:
        super().__init__(future)
        self.work = work


class Row(Work):
    __slots__ = ("row", "work")

    def __init__(
        self,
        future: "asyncio.Future[Any] | Future[Any]",
        work: Callable[[Connection, Sequence[Any]], Sequence[Any]],
        row: Any,
    ) -> None:
        super().__init__(future)
        self.work = work
        self.row = row


class Run:
    """Works that are done together, in one savepoint: one single work, or rows alike."""

    def __init__(self, works: Sequence[Work]) -> None:
        self.works = works
        self.hooks = Hooks([], [])

    def do_alone(self, conn: Connection) -> None:
        """Do the works as all that their transaction does, without a savepoint, and keep their results.

        Raises what a work raises: then the transaction must be given up, and the works may be done anew.
        """
        self._try(conn, self.works, _unbroken(conn))

    def do(self, conn: Connection) -> None:
        """Do the works and keep their results.  Raises only when the whole transaction is lost."""
        try:
            self._try(conn, self.works, conn.begin_nested())
        except Exception as refusal:
            _still_open(conn, refusal)
            if len(self.works) == 1:
                self.works[0].result = refusal
                return
            for work in self.works:
                try:
                    self._try(conn, [work], conn.begin_nested())
                except Exception as blame:
                    _still_open(conn, blame)
                    work.result = blame

    def _try(
        self, conn: Connection, works: Sequence[Work], savepoint: AbstractContextManager[object]
    ) -> None:
        hooks = conn.info["hooks"] = Hooks([], [])
        try:
            with savepoint:
                first = works[0]
                if isinstance(first, Row):
                    rows = [work.row for work in works if isinstance(work, Row)]
                    results: Sequence[Any] = first.work(conn, rows)
                else:
                    assert isinstance(first, Single)
                    results = [first.work(conn)]
        except BaseException:
            for hook in hooks.rolled_back:
                hook()
            raise
        finally:
            del conn.info["hooks"]
        for work, result in zip(works, results, strict=True):
            work.result = result
        self.hooks.committed += hooks.committed
        self.hooks.rolled_back += hooks.rolled_back

    def fail(self, failure: BaseException) -> None:
        """The transaction came to nothing."""
        for hook in self.hooks.rolled_back:
            try:
                hook()
            except Exception as worse:
                worse.__cause__ = failure
                failure = worse
        for work in self.works:
            work.result = failure

    def follow_up(self) -> None:
        """The transaction is durable.  A hook that fails becomes the answer: its work is done, but not all."""
        try:
            for hook in self.hooks.committed:
                hook()
        except Exception as failure:
            for work in self.works:
                work.result = failure


@contextmanager
def _unbroken(conn: Connection) -> Iterator[None]:
    """What a savepoint does beside what it is for: it notices that the transaction has ended before the work."""
    yield
    if not _in_transaction(conn):
        raise RuntimeError("the transaction was lost on the way")


def _in_transaction(conn: Connection) -> bool:
    return getattr(conn.connection.dbapi_connection, "in_transaction", True) is not False


def _still_open(conn: Connection, failure: Exception) -> None:
    """Raise `failure` on when it took the whole transaction with it, as a full disk does in SQLite.

    The works before it are then lost too, and must not be answered as if they were not.
    """
    if not _in_transaction(conn):
        raise failure


def runs_of(batch: Sequence[Work]) -> Iterator[list[Work]]:
    """The batch in its order, neighbours that are rows of the same work together."""
    run: list[Work] = []
    for work in batch:
        if run and isinstance(work, Row) and isinstance(run[0], Row) and work.work == run[0].work:
            run.append(work)
            continue
        if run:
            yield run
        run = [work]
    if run:
        yield run


def answer(batch: Sequence[Work]) -> None:
    """Give every work its result, each in the loop or thread that waits for it."""
    # One call into each loop and not one per work: waking a loop costs more than a ballot.
    by_loop: dict[asyncio.AbstractEventLoop | None, list[Work]] = {}
    for work in batch:
        by_loop.setdefault(work.loop, []).append(work)
    for loop, works in by_loop.items():
        if loop is None:
            _answer_all(works)
        else:
            # A loop that is closed has nobody left who waits.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(_answer_all, works)


def _answer_all(works: Sequence[Work]) -> None:
    for work in works:
        work.answer()


def by_key(
    rows: Sequence[R], key: Callable[[R], str], work: Callable[[str, Sequence[R]], Sequence[T]]
) -> list[T]:
    """The answers in the order of the rows, those of each key worked out in one go."""
    places: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        places.setdefault(key(row), []).append(at)
    answers: dict[int, T] = {}
    for value, ats in places.items():
        answers.update(zip(ats, work(value, [rows[at] for at in ats]), strict=True))
    return [answers[at] for at in range(len(rows))]
