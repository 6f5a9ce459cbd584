"""`session-day tasks` and `session-day task`: what the day has left to do.  Calls, prints, writes down."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typer
from sqlalchemy import Connection

from display import i18n
from meeting.clock import SystemClock
from meeting.office import library
from meeting.order.follow_up import Task, tasks
from meeting.order.sitting import SittingId
from meeting.record import indicators, journal, task_log
from meeting.record.indicators import Followed, Rate
from meeting.record.task_list import as_calendar, as_json
from meeting.record.task_log import Log, is_done
from voting.database import Writer, open_engine


class UnknownTask(library.LibraryError):
    code = "unknown-task"


class NoteMissing(library.LibraryError):
    code = "note-missing"


# --- what there is ---


def show(conn: Connection, sitting: SittingId, *, open_only: bool, language: i18n.Language) -> None:
    """One line for each task: id, deadline, done or not, subject, what, and who follows it up."""
    for one in _listed(conn, sitting, open_only):
        mark = i18n.text(language, "follow.done" if one["done"] else "follow.open")
        due = one["due"] or i18n.text(language, "follow.no-deadline")
        names = i18n.text(language, "join.names").join(one["deputies"])
        people = f"\t{i18n.text(language, 'follow.deputies', names=names)}" if names else ""
        print(f"{one['id']}\t{due}\t{mark}\t{one['subject'][language]}\t{one['task'][language]}{people}")


def show_json(conn: Connection, sitting: SittingId, *, open_only: bool) -> None:
    print(json.dumps(_listed(conn, sitting, open_only), ensure_ascii=False, indent=2))


def write_calendar(
    conn: Connection, sitting: SittingId, file: Path, *, open_only: bool, language: i18n.Language
) -> None:
    found, log = _tasks(conn, sitting)
    wanted = [task for task in found if not (open_only and is_done(log.last(task.id)))]
    text = as_calendar(sitting, wanted, log, language, SystemClock().now())
    file.write_bytes(text.encode())


def show_figures(
    conn: Connection, sitting: str | None, *, language: i18n.Language, as_json: bool, at: int | None = None
) -> None:
    """The rates of one sitting, or of all of the data folder; `at` is now, ms since 1970.  Raises UnknownSitting."""
    wanted = journal.sittings(conn) if sitting is None else [library.find(conn, sitting)]
    followed: list[Followed] = []
    repeated: list[bool] = []
    for one in wanted:
        state, _ = library.read(conn, one)
        followed += _followed(tasks(state), task_log.read(conn, one))
        repeated += indicators.repeated(state)
    now = SystemClock().now() if at is None else at
    found = indicators.indicators(followed, repeated, _day_of(now))
    if as_json:
        print(json.dumps(indicators.as_json(found), ensure_ascii=False, indent=2))
        return
    for key, rate in (
        ("on-time", found.on_time),
        ("solved", found.solved),
        ("satisfied", found.satisfied),
    ):
        print(f"{i18n.text(language, f'figure.{key}')}\t{_said(rate)}")
    opinions = found.opinions
    count = i18n.text(language, "figure.opinions-count", met=opinions.met, of=opinions.of)
    print(f"{i18n.text(language, 'figure.opinions')}\t{count}")


def _said(rate: Rate) -> str:
    return "—" if rate.percent is None else f"{rate.percent}%\t{rate.met}/{rate.of}"


def _followed(found: tuple[Task, ...], log: Log) -> Iterator[Followed]:
    for task in found:
        last = log.last(task.id)
        yield Followed(task, _day_of(last.at) if last is not None and last.done else None)


def _day_of(at: int) -> date:
    """By this machine's calendar, which is that of the people who meet the deadlines."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone().date()


# --- what is written down ---


def settle(data: Path, sitting: str, task_id: str, note: str, *, done: bool) -> None:
    """Write down what became of a task.  Raises UnknownTask, NoteMissing."""
    if not note.strip():
        raise NoteMissing()

    def work(conn: Connection) -> None:
        task = _task(conn, sitting, task_id)
        task_log.note(conn, SittingId(sitting), task, SystemClock().now(), note, done=done)

    _writing(data, work)


def attach(data: Path, sitting: str, task_id: str, names: str) -> None:
    """Write down who is invited to follow a task up: names with commas between them.  Raises UnknownTask."""
    people = [one.strip() for one in re.split(r"[,\n\uff0c\u3001]", names) if one.strip()]

    def work(conn: Connection) -> None:
        task = _task(conn, sitting, task_id)
        task_log.attach(conn, SittingId(sitting), task, SystemClock().now(), people)

    _writing(data, work)


def _task(conn: Connection, sitting: str, task_id: str) -> Task:
    found, _ = _tasks(conn, SittingId(sitting))
    for one in found:
        if one.id == task_id:
            return one
    raise UnknownTask(task=task_id)


def _writing(data: Path, work: Callable[[Connection], None]) -> None:
    engine = open_engine(data)
    writer = Writer(engine)
    try:
        writer.run_now(work)
    finally:
        writer.stop()
        engine.dispose()


def _tasks(conn: Connection, sitting: SittingId) -> tuple[tuple[Task, ...], Log]:
    state, _ = library.read(conn, sitting)
    return tasks(state), task_log.read(conn, sitting)


def _listed(conn: Connection, sitting: SittingId, open_only: bool) -> list[dict[str, Any]]:
    found, log = _tasks(conn, sitting)
    return [one for one in as_json(found, log) if not (open_only and one["done"])]


def only_one(*wanted: object) -> None:
    if sum(bool(one) for one in wanted) > 1:
        raise typer.BadParameter("choose one of --json, --figures and a file")
