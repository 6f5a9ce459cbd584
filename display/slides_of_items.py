"""Slides of single items: a motion that is read out with its text, and what has come of something in figures.  Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from display.slide_parts import NOTHING, Countdown, Head, Place, Words


@dataclass(frozen=True, slots=True)
class Reading:
    """宣读议案: its text, page by page, or its title alone."""

    kind: ClassVar[str] = "reading"
    step: str
    number: int
    title: Words
    text: tuple[Words, ...] = ()
    reader: str = ""
    """Who moved it."""
    attached: tuple[Words, ...] = ()
    """What belongs to the motion beside its text, e.g. who is proposed for a committee."""
    place: Place | None = None
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class Figure:
    label: Words
    value: str


@dataclass(frozen=True, slots=True)
class Figures:
    """An item that is about figures, with the rates that they come to."""

    kind: ClassVar[str] = "figures"
    step: str
    number: int
    title: Words
    detail: Words
    rates: tuple[Figure, ...]
    figures: tuple[Figure, ...]
    speaker: str = ""
    role: Words = field(default_factory=lambda: NOTHING)
    timer: Countdown | None = None
    place: Place | None = None
    head: Head = field(default_factory=Head)
