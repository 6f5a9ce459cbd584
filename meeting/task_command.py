"""`session-day tasks` and `session-day task`: what the day has left to do.  Parses words, calls, prints."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer
from sqlalchemy import Connection

from display import i18n
from meeting.clock import SystemClock
from meeting.office import library
from meeting.order.follow_up import Task, tasks
from meeting.order.sitting import SittingId
from meeting.record import task_log
from meeting.record.task_list import as_calendar, as_json
from meeting.record.task_log import Standing
from voting.database import Writer, open_engine


class UnknownTask(library.LibraryError):
    code = "unknown-task"


class NoteMissing(library.LibraryError):
    code = "note-missing"


def show(conn: Connection, sitting: SittingId, *, open_only: bool, language: i18n.Language) -> None:
    """One line for each task: id, deadline, done or not, subject, what."""
    for one in _listed(conn, sitting, open_only):
        mark = i18n.text(language, "follow.done" if one["done"] else "follow.open")
        due = one["due"] or i18n.text(language, "follow.no-deadline")
        print(f"{one['id']}\t{due}\t{mark}\t{one['subject'][language]}\t{one['task'][language]}")


def show_json(conn: Connection, sitting: SittingId, *, open_only: bool) -> None:
    print(json.dumps(_listed(conn, sitting, open_only), ensure_ascii=False, indent=2))


def write_calendar(
    conn: Connection, sitting: SittingId, file: Path, *, open_only: bool, language: i18n.Language
) -> None:
    found, at = _tasks(conn, sitting)
    wanted = [task for task in found if not (open_only and _is_done(at.get(task.id)))]
    text = as_calendar(sitting, wanted, at, language, SystemClock().now())
    file.write_bytes(text.encode())


def settle(data: Path, sitting: str, task_id: str, note: str, *, done: bool) -> None:
    """Write down what became of a task.  Raises UnknownTask, NoteMissing."""
    if not note.strip():
        raise NoteMissing()

    def work(conn: Connection) -> None:
        found, _ = _tasks(conn, SittingId(sitting))
        task = next((one for one in found if one.id == task_id), None)
        if task is None:
            raise UnknownTask(task=task_id)
        task_log.note(conn, SittingId(sitting), task, SystemClock().now(), note, done=done)

    _writing(data, work)


def _writing(data: Path, work: Callable[[Connection], None]) -> None:
    engine = open_engine(data)
    writer = Writer(engine)
    try:
        writer.run_now(work)
    finally:
        writer.stop()
        engine.dispose()


def _tasks(conn: Connection, sitting: SittingId) -> tuple[tuple[Task, ...], dict[str, Standing]]:
    state, _ = library.read(conn, sitting)
    return tasks(state), dict(task_log.standings(conn, sitting))


def _listed(conn: Connection, sitting: SittingId, open_only: bool) -> list[dict[str, Any]]:
    found, at = _tasks(conn, sitting)
    return [one for one in as_json(found, at) if not (open_only and one["done"])]


def _is_done(at: Standing | None) -> bool:
    return at is not None and at.done


def only_one(*wanted: object) -> None:
    if sum(bool(one) for one in wanted) > 1:
        raise typer.BadParameter("choose one of --json and --ics")
