"""The pictures and videos of a sitting's materials, each under the token that the journal's plan names it by.

Pictures lie in the database beside the nominees' photos, and in the caller's transaction; a video is a file of the
data folder, since it is too large for a row and is asked for piece by piece.  Who is shown a token is the
projections' affair.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection
from sqlmodel import insert

from display.pictures import Picture
from meeting.order.materials import Enclosure, Material
from meeting.order.sitting import Plan
from meeting.record.photos import PhotoRow

FOLDER = "videos"


@dataclass(frozen=True, slots=True)
class Enclosures:
    """What lies beside a sitting file, by its SHA-256 in hexadecimal."""

    pictures: Mapping[str, Picture] = field(default_factory=dict)
    videos: Mapping[str, Path] = field(default_factory=dict)


def video_path(data: Path, token: str) -> Path:
    return data / FOLDER / token


def with_tokens(plan: Plan, draw: Callable[[], str]) -> Plan:
    """The plan, a token drawn for every material that can be read and for every file that it names."""

    def named(one: Enclosure) -> Enclosure:
        return replace(one, token=draw())

    def drawn(one: Material) -> Material:
        readable = bool(one.text or one.proposals or one.pictures or one.video)
        return replace(
            one,
            picture=None if one.picture is None else named(one.picture),
            slides=tuple(named(each) for each in one.slides),
            video=None if one.video is None else named(one.video),
            token=draw() if readable else "",
        )

    if not materials(plan):
        return plan
    items = tuple(
        replace(
            one,
            particulars=replace(
                one.particulars, materials=tuple(drawn(each) for each in one.particulars.materials)
            ),
        )
        for one in plan.items
    )
    return replace(plan, items=items, materials=tuple(drawn(one) for one in plan.materials))


def without_tokens(plan: Plan) -> Plan:
    """The plan as its file says it: for asking whether two are the same."""
    return with_tokens(plan, lambda: "")


def materials(plan: Plan) -> tuple[Material, ...]:
    """Every material of the day, the sitting's own first."""
    return (*plan.materials, *(one for item in plan.items for one in item.particulars.materials))


def keep_pictures(conn: Connection, plan: Plan, found: Enclosures) -> None:
    """Keep the pictures that the materials of `plan` name.  KeyError where one is lacking."""
    rows = [
        {
            "sitting": plan.id,
            "token": one.token,
            "media_type": one.media_type,
            "content": found.pictures[one.sha256].content,
        }
        for material in materials(plan)
        for one in material.pictures
    ]
    if rows:
        conn.execute(insert(PhotoRow), rows)


def keep_videos(data: Path, plan: Plan, found: Enclosures) -> None:
    """Copy the videos into the data folder.  OSError where one cannot be kept; none of them is left there then."""
    kept: list[Path] = []
    try:
        for material in materials(plan):
            if material.video is None:
                continue
            path = video_path(data, material.video.token)
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            kept.append(path)
            with found.videos[material.video.sha256].open("rb") as source, path.open("xb") as target:
                shutil.copyfileobj(source, target, 1024 * 1024)
                target.flush()
                os.fsync(target.fileno())
    except BaseException:
        for path in kept:
            path.unlink(missing_ok=True)
        raise


def videos(data: Path, plan: Plan) -> Mapping[str, tuple[Path, str]]:
    """The files and media types of a loaded sitting's videos, by token."""
    found = (one.video for one in materials(plan) if one.video is not None)
    return {one.token: (video_path(data, one.token), one.media_type) for one in found}
