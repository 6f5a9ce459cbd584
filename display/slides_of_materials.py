"""The slide of a material that the chair shows: a page of text, of proposals, a picture, a video.  Pure data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from display.slide_parts import NOTHING, Head, Place, Words


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph; or a proposal, which has a number where it begins."""

    text: Words
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Video:
    path: str
    started_at: int | None = None
    """Ms since 1970, UTC: it has run since then; None: it stands."""
    played_ms: int = 0
    """Of it, before it was started last."""


@dataclass(frozen=True, slots=True)
class Material:
    kind: ClassVar[str] = "material"
    title: Words
    sort: Words = field(default_factory=lambda: NOTHING)
    """What it is, e.g. 调研报告."""
    page: int = 1
    pages: int = 1
    what: str = "title"
    """What is on the page: `title`, `text`, `proposals`, `picture`, `video`."""
    passages: tuple[Passage, ...] = ()
    picture: str = ""
    """The path of the picture."""
    video: Video | None = None
    place: Place | None = None
    head: Head = field(default_factory=Head)
