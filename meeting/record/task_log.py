"""What has become of a sitting's tasks since: closed with a note, opened again.  Rows are only ever added.

The tasks themselves follow from the journal (`meeting.order.follow_up`); here is what people did about them.
"""

from __future__ import annotations

from collections.abc import Mapping
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


_NOTE: Any = TaskNote.__table__  # type: ignore[attr-defined]  # SQLModel adds it


@dataclass(frozen=True, slots=True)
class Standing:
    """How a task stands: done or not, since when (ms since 1970, UTC), and what was written about it."""

    done: bool
    at: int
    note: str


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


def standings(conn: Connection, sitting: SittingId) -> Mapping[str, Standing]:
    """The last entry about each task, by the task's id."""
    found = select(_NOTE.c.task, _NOTE.c.done, _NOTE.c.at, _NOTE.c.note)
    rows = conn.execute(found.where(_NOTE.c.sitting == sitting).order_by(_NOTE.c.number))
    return {row.task: Standing(row.done, row.at, row.note) for row in rows}
