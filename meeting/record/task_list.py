"""A sitting's tasks as data: for the terminal, as JSON, and as a calendar (RFC 5545).  Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from meeting.order.follow_up import Task
from meeting.order.sitting import SittingId
from meeting.record.task_log import Log, is_done
from meeting.wording import words

_STAMP = "%Y%m%dT%H%M%SZ"
_LONGEST = 75
"""Octets of a line; longer ones are folded (RFC 5545 3.1)."""


def as_json(tasks: Iterable[Task], log: Log) -> list[dict[str, Any]]:
    """The tasks in their order, with how they stand and every turn that led there."""
    found = []
    for task in tasks:
        at = log.last(task.id)
        found.append(
            {
                "id": task.id,
                "item": task.item,
                "subject": dict(words(task.subject)),
                "task": dict(words(task.what)),
                "due": None if task.due is None else task.due.isoformat(),
                "cause": task.cause,
                "concluded": None if task.concluded is None else dict(words(task.concluded)),
                "approved_by": task.approved_by,
                "kind": task.kind,
                "deputies": list(log.deputies_of(task)),
                "done": is_done(at),
                "note": "" if at is None else at.note,
                "history": [
                    {"at": _instant(one.at).isoformat(), "done": one.done, "note": one.note}
                    for one in log.standings.get(task.id, ())
                ],
            }
        )
    return found


def _instant(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC)


def as_calendar(sitting: SittingId, tasks: Iterable[Task], log: Log, language: str, at: int) -> str:
    """A VCALENDAR with a VTODO for every task; `at` is now, ms since 1970."""
    stamp = _instant(at).strftime(_STAMP)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Session Day//Follow-up//ZH"]
    for task in tasks:
        lines += _todo(sitting, task, log, language, stamp)
    lines.append("END:VCALENDAR")
    return "".join(piece + "\r\n" for line in lines for piece in _folded(line))


def _todo(sitting: SittingId, task: Task, log: Log, language: str, stamp: str) -> Iterator[str]:
    last = log.last(task.id)

    def said(text: Any) -> str:
        both = words(text)
        return both["en"] if language == "en" else both["zh"]

    yield "BEGIN:VTODO"
    yield f"UID:{task.id}.{sitting}@session-day"
    yield f"DTSTAMP:{stamp}"
    if task.due is not None:
        yield f"DUE;VALUE=DATE:{task.due.strftime('%Y%m%d')}"
    yield f"SUMMARY:{_escaped(f'{said(task.subject)} · {said(task.what)}')}"
    if task.kind:
        yield f"CATEGORIES:{_escaped(task.kind)}"
    for name in log.deputies_of(task):
        yield f"CONTACT:{_escaped(name)}"
    for one in log.standings.get(task.id, ()):
        yield f"COMMENT:{_escaped(one.note)}"
    if last is not None and last.done:
        yield f"COMPLETED:{_instant(last.at).strftime(_STAMP)}"
    yield "STATUS:COMPLETED" if is_done(last) else "STATUS:NEEDS-ACTION"
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
