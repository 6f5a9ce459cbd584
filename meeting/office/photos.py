"""The photos that a sitting file names: read from beside it and looked at, so that a bad one is found before the day.

Only the first bytes are looked at: whether it is a picture is the browser's judgement, which shows a silhouette where
it is none.  Nothing is kept here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath, PureWindowsPath

from display.pictures import Picture
from meeting.office.draft import Draft
from meeting.office.matter_schema import NomineeForm
from meeting.office.problems import Code, Problem
from meeting.order.sitting import MatterId, Photo, Plan

LARGEST = 2 * 1024 * 1024
"""Bytes.  A portrait that fills a third of the hall screen has a tenth of it."""

Beside = Callable[[str], bytes]
"""A file by its name from the sitting file's folder on, at most LARGEST + 1 bytes of it.  Raises OSError."""


def nothing_beside(name: str) -> bytes:
    """For a sitting that is no file: no photo is to be had."""
    raise FileNotFoundError(name)


@dataclass(frozen=True, slots=True)
class Folder:
    """The files in a folder: a `Beside`."""

    path: Path

    def __call__(self, name: str) -> bytes:
        file = self.path / name
        if not file.is_file():  # a pipe would never end
            raise FileNotFoundError(name)
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)


def read(draft: Draft, beside: Beside) -> tuple[Mapping[MatterId, Picture], list[Problem]]:
    """The pictures by matter, and what is wrong with the others."""
    found: dict[MatterId, Picture] = {}
    problems = []
    for path, _, form in draft.matters():
        if not isinstance(form, NomineeForm) or form.photo is None:
            continue
        looked_at = picture(form.photo, beside)
        if isinstance(looked_at, Picture):
            found[MatterId(form.id)] = looked_at
        else:
            data = {"most": LARGEST // 1024 // 1024} if looked_at is Code.PHOTO_TOO_LARGE else {}
            problems.append(draft.problem(looked_at, (*path, "photo"), file=form.photo, **data))
    return found, problems


def named_in(plan: Plan, pictures: Mapping[MatterId, Picture]) -> Plan:
    """The plan, its matters naming their pictures by their content."""
    if not pictures:
        return plan
    matters = (
        replace(one, photo=Photo(hashlib.sha256(pictures[one.id].content).hexdigest()))
        if one.id in pictures
        else one
        for one in plan.matters
    )
    return replace(plan, matters=tuple(matters))


def leads_out(name: str) -> bool:
    """Out of the folder: files are written on Windows and read on Linux, so on either."""
    return any(way.anchor or ".." in way.parts for way in (PurePath(name), PureWindowsPath(name)))


def picture(name: str, beside: Beside) -> Picture | Code:
    """The picture of that name, or why there is none."""
    if leads_out(name):
        return Code.PHOTO_ELSEWHERE
    try:
        content = beside(name)
    except OSError:
        return Code.PHOTO_MISSING
    if len(content) > LARGEST:
        return Code.PHOTO_TOO_LARGE
    media_type = _type_of(content)
    return Code.PHOTO_NOT_PICTURE if media_type is None else Picture(media_type, content)


def _type_of(content: bytes) -> str | None:
    """By the first bytes: what a file calls itself in its name is not believed."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None
