"""Slides about persons: a nominee is introduced, pledges, gets the certificate, takes the oath.  Pure data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from display.slide_parts import NOTHING, Countdown, Head, Inquiry, Place, Strip, Words
from display.slides_of_records import Record


@dataclass(frozen=True, slots=True)
class Publicity:
    days: int
    objections: int


@dataclass(frozen=True, slots=True)
class Nominee:
    """A nominee is introduced, deliberated on, or members put questions."""

    kind: ClassVar[str] = "nominee"
    step: str
    name: str
    post: Words
    profile: tuple[tuple[str, str], ...]
    exam: int | None
    """Score of the last law examination."""
    question: tuple[str, str] | None = None
    """Who asks, and what."""
    timer: Countdown | None = None
    notice: Words | None = None
    passed: bool | None = None
    publicity: Publicity | None = None
    proposer: str = ""
    verb: str = ""
    asker: Words = field(default_factory=lambda: NOTHING)
    inquiry: Inquiry | None = None
    waiting: tuple[tuple[str, str], ...] = ()
    limit_s: int | None = None
    photo: str = ""
    """The path of the nominee's picture; empty: a silhouette."""
    record: Record = field(default_factory=Record)
    strip: Strip | None = None
    place: Place | None = None
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class Pledge:
    kind: ClassVar[str] = "pledge"
    name: str
    post: Words
    text: tuple[tuple[str, str], ...]
    attempt: int
    timer: Countdown | None = None
    notice: Words | None = None
    limit_s: int | None = None
    label: Words = field(default_factory=lambda: NOTHING)
    """How the speech is called here; empty: the screen's own word."""
    written: bool = False
    """It is shown to be read, and nobody speaks."""
    place: Place | None = None
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class Certificate:
    """任命书: the certificate that is handed over, as it reads."""

    kind: ClassVar[str] = "certificate"
    names: tuple[str, ...]
    post: Words
    says: Words
    number: str = ""
    signed_by: Words = field(default_factory=lambda: NOTHING)
    """Office and name of whoever signs it."""
    on: str = ""
    """Day of the vote, `YYYY-MM-DD`."""
    place: Place | None = None
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class Oath:
    """宪法宣誓: the text, and who takes it."""

    kind: ClassVar[str] = "oath"
    lines: tuple[Words, ...]
    """The text of the law, line by line."""
    takers: tuple[str, ...]
    """Everybody who takes it, the leader among them."""
    leader: str = ""
    """Who reads it out to the others; empty: one takes it alone."""
    place: Place | None = None
    head: Head = field(default_factory=Head)
