"""`session-day chapters`: the time index of a sitting's recording.  Parses words, calls, prints."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from display import i18n
from meeting.clock import SystemClock
from meeting.office import library
from meeting.order.sitting import SittingId
from meeting.record import chapters
from meeting.record.chapters import Part


class NoChapters(library.LibraryError):
    """The sitting has not begun."""

    code = "no-chapters"


class UnknownPart(library.LibraryError):
    code = "unknown-part"


def show(conn: Connection, sitting: SittingId, language: i18n.Language) -> None:
    """A heading for each part, and one line for each chapter: time, title."""
    print(i18n.text(language, "chapter.office-only"))
    for number, part in enumerate(_parts(conn, sitting), 1):
        key = "chapter.recording" if part.recorded else "chapter.sitting"
        print(i18n.text(language, key, number=number, on=_local(part.begins)))
        for one in part.chapters:
            print(f"{chapters.clock(one.begins)[:8]}\t{one.title[language]}")


def show_json(conn: Connection, sitting: SittingId) -> None:
    print(json.dumps(chapters.as_json(_parts(conn, sitting)), ensure_ascii=False, indent=2))


def write_web_vtt(
    conn: Connection, sitting: SittingId, file: Path, number: int, language: i18n.Language
) -> None:
    """Write the chapters of part `number` (from 1).  Raises NoChapters, UnknownPart."""
    found = _parts(conn, sitting)
    if not 1 <= number <= len(found):
        raise UnknownPart(part=number, parts=len(found))
    file.write_bytes(chapters.as_web_vtt(found[number - 1], language).encode())


def _parts(conn: Connection, sitting: SittingId) -> tuple[Part, ...]:
    _, entries = library.read(conn, sitting)
    found = chapters.parts(entries, SystemClock().now())
    if not found:
        raise NoChapters(sitting=sitting)
    return found


def _local(at: int) -> str:
    """By this machine's clock, as the people in the hall had it."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")
