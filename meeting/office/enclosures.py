"""The pictures and videos that materials name: found beside the sitting file, looked at, and put into the plan.

As with photos only the first bytes are looked at.  A picture is read whole; a video stays where it is until the
sitting is loaded.  Nothing is kept here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from display.pictures import Picture
from meeting.office import material_check, photos
from meeting.office.draft import Draft
from meeting.office.material_schema import MaterialForm
from meeting.office.photos import Beside, Folder
from meeting.office.problems import Code, Problem
from meeting.order.materials import Enclosure, Material, MaterialKind
from meeting.order.sitting import Plan
from meeting.order.text import Text
from meeting.record.enclosures import Enclosures

LARGEST_VIDEO: Final = 512 * 1024 * 1024
"""Bytes: an hour as a hall screen needs it."""
_MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """What lies beside a sitting file, by the name that the file gives it."""

    by_name: Mapping[str, Enclosure] = field(default_factory=dict)
    files: Enclosures = field(default_factory=Enclosures)


def read(draft: Draft, beside: Beside) -> tuple[Found, list[Problem]]:
    """What the materials name, and what is wrong with the others."""
    by_name: dict[str, Enclosure] = {}
    pictures: dict[str, Picture] = {}
    videos: dict[str, Path] = {}
    problems = []
    for path, form in material_check.materials(draft):
        named = [((*path, "picture"), form.picture)] if form.picture is not None else []
        named += [((*path, "slides", index), name) for index, name in enumerate(form.slides)]
        for at, name in named:
            picture = photos.picture(name, beside)
            if isinstance(picture, Picture):
                digest = hashlib.sha256(picture.content).hexdigest()
                pictures[digest] = picture
                by_name[name] = Enclosure(digest, picture.media_type)
            else:
                problems.append(_problem(draft, at, name, picture, photos.LARGEST))
        if form.video is not None:
            video = _video(form.video, beside)
            if isinstance(video, Code):
                problems.append(_problem(draft, (*path, "video"), form.video, video, LARGEST_VIDEO))
            else:
                by_name[form.video], videos[by_name[form.video].sha256] = video
    return Found(by_name, Enclosures(pictures, videos)), problems


def laid_before(plan: Plan, draft: Draft, found: Found) -> Plan:
    """The plan with the materials of the sitting and of its items.  Checks nothing."""
    forms = {item.num: item.materials for _, item in draft.items if item.materials}
    items = tuple(
        replace(one, particulars=replace(one.particulars, materials=_made(forms[one.number], found)))
        if one.number in forms
        else one
        for one in plan.items
    )
    own = draft.outline.materials if draft.outline else []
    return replace(plan, items=items, materials=_made(own, found))


def _made(forms: list[MaterialForm], found: Found) -> tuple[Material, ...]:
    return tuple(
        Material(
            title=Text(form.title_zh, form.title_en or ""),
            kind=MaterialKind(form.kind),
            sent=form.sent,
            text=_texts(form.text_zh, form.text_en),
            proposals=_texts(form.proposals_zh, form.proposals_en),
            picture=None if form.picture is None else found.by_name[form.picture],
            slides=tuple(found.by_name[name] for name in form.slides),
            video=None if form.video is None else found.by_name[form.video],
        )
        for form in forms
    )


def _texts(zh: list[str], en: list[str] | None) -> tuple[Text, ...]:
    return tuple(Text(*pair) for pair in zip(zh, en or [""] * len(zh), strict=True))


_SAID: Final = {
    Code.PHOTO_ELSEWHERE: Code.FILE_ELSEWHERE,
    Code.PHOTO_MISSING: Code.FILE_MISSING,
    Code.PHOTO_TOO_LARGE: Code.FILE_TOO_LARGE,
}
"""It is not a photo that is meant here."""


def _problem(draft: Draft, at: tuple[str | int, ...], name: str, code: Code, most: int) -> Problem:
    code = _SAID.get(code, code)
    data = {"most": most // _MIB} if code is Code.FILE_TOO_LARGE else {}
    return draft.problem(code, at, file=name, **data)


def _video(name: str, beside: Beside) -> tuple[Enclosure, Path] | Code:
    if photos.leads_out(name):
        return Code.FILE_ELSEWHERE
    try:
        media_type = _type_of(beside(name))
        if media_type is None:
            return Code.NOT_VIDEO
        if not isinstance(beside, Folder):
            return Code.FILE_MISSING  # a text has no folder that it could stay in
        file = beside.path / name
        if file.stat().st_size > LARGEST_VIDEO:
            return Code.FILE_TOO_LARGE
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return Code.FILE_MISSING
    return Enclosure(digest, media_type), file


def _type_of(content: bytes) -> str | None:
    """By the first bytes.  Whether the browser of the hall can play what is in it is seen when it is shown."""
    if content[4:8] == b"ftyp":
        return "video/mp4"
    if content.startswith(b"\x1aE\xdf\xa3"):
        return "video/webm"
    return None
