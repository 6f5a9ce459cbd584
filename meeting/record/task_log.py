"""What has become of a sitting's tasks since: closed with a note, opened again, deputies attached.  Rows are only
ever added, so that who asks later sees every turn.

The tasks themselves follow from the journal (`meeting.order.follow_up`); here is what people did about them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select
from sqlmodel import Field, SQLModel

from meeting.order.follow_up import Task
from meeting.order.sitting import SittingId


class TaskNote(SQLModel, table=True):
    """One entry about one task; the last one says how it stands."""

    __tablename__ = "task_note"

    sitting: str = Field(primary_key=True)
    task: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: int
    done: bool
    note: str


class TaskDeputies(SQLModel, table=True):
    """Who is invited to follow a task up; the last row of a task says it."""

    __tablename__ = "task_deputies"

    sitting: str = Field(primary_key=True)
    task: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: int
    names: str
    """One name a line."""


_DEPUTIES: Any = TaskDeputies.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_NOTE: Any = TaskNote.__table__  # type: ignore[attr-defined]  # SQLModel adds it


@dataclass(frozen=True, slots=True)
class Standing:
    """How a task stands: done or not, since when (ms since 1970, UTC), and what was written about it."""

    done: bool
    at: int
    note: str


def is_done(last: Standing | None) -> bool:
    return last is not None and last.done


@dataclass(frozen=True, slots=True)
class Log:
    """Everything that was written about the tasks of a sitting, by their ids."""

    standings: Mapping[str, tuple[Standing, ...]]
    """Oldest first."""
    deputies: Mapping[str, tuple[str, ...]]
    """Only of tasks whose deputies were changed since the sitting."""

    def last(self, task: str) -> Standing | None:
        return self.standings[task][-1] if task in self.standings else None

    def deputies_of(self, task: Task) -> tuple[str, ...]:
        return self.deputies.get(task.id, task.deputies)


def note(conn: Connection, sitting: SittingId, task: Task, at: int, note: str, *, done: bool) -> None:
    """Write down that a task is done, or that it is open again; the note says why and may not be empty."""
    if not note.strip():
        raise ValueError("a note says something")
    mine = (_NOTE.c.sitting == sitting, _NOTE.c.task == task.id)
    number = conn.scalar(select(func.count()).select_from(_NOTE).where(*mine)) or 0
    row = {
        "sitting": sitting,
        "task": task.id,
        "number": number,
        "at": at,
        "done": done,
        "note": note.strip(),
    }
    conn.execute(insert(_NOTE).values(**row))


def attach(conn: Connection, sitting: SittingId, task: Task, at: int, names: Sequence[str]) -> None:
    """Write down who is invited to follow the task up from now on; nobody where `names` is empty."""
    mine = (_DEPUTIES.c.sitting == sitting, _DEPUTIES.c.task == task.id)
    number = conn.scalar(select(func.count()).select_from(_DEPUTIES).where(*mine)) or 0
    row = {"sitting": sitting, "task": task.id, "number": number, "at": at, "names": "\n".join(names)}
    conn.execute(insert(_DEPUTIES).values(**row))


def read(conn: Connection, sitting: SittingId) -> Log:
    """Everything that was written about the sitting's tasks."""
    notes: dict[str, tuple[Standing, ...]] = {}
    found = select(_NOTE.c.task, _NOTE.c.done, _NOTE.c.at, _NOTE.c.note)
    for row in conn.execute(found.where(_NOTE.c.sitting == sitting).order_by(_NOTE.c.number)):
        notes[row.task] = (*notes.get(row.task, ()), Standing(row.done, row.at, row.note))
    people = select(_DEPUTIES.c.task, _DEPUTIES.c.names).where(_DEPUTIES.c.sitting == sitting)
    rows = conn.execute(people.order_by(_DEPUTIES.c.number))
    return Log(notes, {row.task: tuple(row.names.splitlines()) for row in rows})
