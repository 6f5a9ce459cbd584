"""What slides are made of: texts in both languages, the head, the place on the agenda, a timer, a question that is put.

Pure data.  A text is a `Words`: both languages, already worded.  Nothing here knows what a sitting is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypedDict


class Words(TypedDict):
    """One text in both languages; `en` is never empty (it repeats `zh` where there is no English)."""

    zh: str
    en: str


NOTHING = Words(zh="", en="")


@dataclass(frozen=True, slots=True)
class Head:
    """The line over every slide: who sits, and when."""

    body: Words = field(default_factory=lambda: NOTHING)
    meeting: Words = field(default_factory=lambda: NOTHING)
    on: str = ""
    """Day of the sitting, `YYYY-MM-DD`."""
    recording: bool = False
    """The sitting is filmed now: who is in the hall should know."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the agenda: the item's number, and which of its matters (`nth` of `of`) where it has several."""

    number: int
    nth: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Countdown:
    """A running timer has `ends_at` (ms since 1970, UTC), a stopped one `remaining_ms`."""

    ends_at: int | None
    remaining_ms: int | None


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What stands beside a question: who asks in which capacity, who is to answer, what it follows up."""

    source: Words = field(default_factory=lambda: NOTHING)
    respondent: str = ""
    """Whom the chair has asked to answer; empty: whoever has the floor."""
    follows: tuple[str, str] | None = None
    """Who asked what, where this question follows it up (追问)."""


@dataclass(frozen=True, slots=True)
class Strip:
    """How far something is in its whole course; `kind` tells what its steps are called."""

    kind: str
    """`evaluation` (six steps) or `appointment` (three)."""
    marks: tuple[str, ...]
    """Of each step in order: `done`, `now` or `ahead`."""


class Choice(TypedDict):
    """One answer that a paper offers: its key on the paper, and how it is called."""

    key: str
    label: Words
