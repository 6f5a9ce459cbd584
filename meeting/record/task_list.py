"""A sitting's tasks as data: for the terminal, as JSON, and as a calendar (RFC 5545).  Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from meeting.order.follow_up import Task
from meeting.order.sitting import SittingId
from meeting.record.task_log import Standing
from meeting.wording import words

_LONGEST = 75
"""Octets of a line; longer ones are folded (RFC 5545 3.1)."""


def as_json(tasks: Iterable[Task], standings: Mapping[str, Standing]) -> list[dict[str, Any]]:
    """The tasks in their order, with how they stand."""
    found = []
    for task in tasks:
        at = standings.get(task.id)
        found.append(
            {
                "id": task.id,
                "item": task.item,
                "subject": dict(words(task.subject)),
                "task": dict(words(task.what)),
                "due": None if task.due is None else task.due.isoformat(),
                "cause": task.cause,
                "approved_by": task.approved_by,
                "done": at is not None and at.done,
                "note": "" if at is None else at.note,
            }
        )
    return found


def as_calendar(
    sitting: SittingId, tasks: Iterable[Task], standings: Mapping[str, Standing], language: str, at: int
) -> str:
    """A VCALENDAR with a VTODO for every task; `at` is now, ms since 1970."""
    stamp = datetime.fromtimestamp(at / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Session Day//Follow-up//ZH"]
    for task in tasks:
        lines += _todo(sitting, task, standings.get(task.id), language, stamp)
    lines.append("END:VCALENDAR")
    return "".join(piece + "\r\n" for line in lines for piece in _folded(line))


def _todo(sitting: SittingId, task: Task, at: Standing | None, language: str, stamp: str) -> Iterator[str]:
    def said(text: Any) -> str:
        both = words(text)
        return both["en"] if language == "en" else both["zh"]

    yield "BEGIN:VTODO"
    yield f"UID:{task.id}.{sitting}@session-day"
    yield f"DTSTAMP:{stamp}"
    if task.due is not None:
        yield f"DUE;VALUE=DATE:{task.due.strftime('%Y%m%d')}"
    yield f"SUMMARY:{_escaped(f'{said(task.subject)} · {said(task.what)}')}"
    if at is not None and at.note:
        yield f"COMMENT:{_escaped(at.note)}"
    yield "STATUS:COMPLETED" if at is not None and at.done else "STATUS:NEEDS-ACTION"
    yield "END:VTODO"


def _escaped(text: str) -> str:
    """A text value (RFC 5545 3.3.11)."""
    for sign, escaped in (
        ("\\", "\\\\"),
        (";", "\\;"),
        (",", "\\,"),
        ("\r\n", "\\n"),
        ("\n", "\\n"),
        ("\r", "\\n"),
    ):
        text = text.replace(sign, escaped)
    return text


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, never cut inside a character; all but the first begin with a space."""
    piece = ""
    for sign in line:
        if len((piece + sign).encode()) > _LONGEST:
            yield piece
            piece = " "
        piece += sign
    yield piece
