"""What stands on a nominee's record, for whoever is shown the nominee: examinations, badges, audit.  Pure data."""

from __future__ import annotations

from dataclasses import dataclass, field

from display.slide_parts import NOTHING, Words


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sitting of the law examination."""

    on: str
    """`YYYY-MM-DD`."""
    score: int
    passed: bool
    makeup: bool = False
    paper: str = ""
    """The paper for this class of post; empty: not told."""


@dataclass(frozen=True, slots=True)
class Badge:
    """Something that was looked into before, and whether it is in order."""

    label: Words
    met: bool


@dataclass(frozen=True, slots=True)
class Record:
    attempts: tuple[Attempt, ...] = ()
    """Oldest first."""
    badges: tuple[Badge, ...] = ()
    syllabus: tuple[str, ...] = ()
    audit: Words = field(default_factory=lambda: NOTHING)
    signed: int = 0
    """How many have signed the nomination; 0: it is nobody's joint nomination."""
