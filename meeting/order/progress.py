"""How far things are: the sitting, its members, matters, steps, timer and questions.  Immutable and pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from meeting.order.particulars import Source
from meeting.order.sitting import MemberNo


class Stage(StrEnum):
    GATHERING = "gathering"
    """Members check in; nothing is decided before the roll call is confirmed."""
    SITTING = "sitting"
    CLOSED = "closed"


class Presence(StrEnum):
    EXPECTED = "expected"
    PRESENT = "present"
    ON_LEAVE = "on_leave"
    LEFT_EARLY = "left_early"


class MatterStatus(StrEnum):
    FILED = "filed"
    DEFERRED = "deferred"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    CARRIED = "carried"
    NOT_CARRIED = "not_carried"


DISPOSED = frozenset(
    {MatterStatus.DEFERRED, MatterStatus.TERMINATED, MatterStatus.WITHDRAWN, MatterStatus.RETURNED}
)
"""Nothing more happens to such a matter today: its steps are passed over."""


@dataclass(frozen=True, slots=True)
class MatterState:
    status: MatterStatus = MatterStatus.FILED
    pledges: int = 0
    """How often the pledge speech was ordered again."""
    pledged: bool = False
    """The pledge was heard to its end: the nominee was present (PROCEDURE.md row 64)."""
    reason: str = ""
    moved_by: str = ""
    """Who moved its deferral, asked for its withdrawal or decided its end: a name, `chairs_meeting` or `plenary`."""
    until: str = ""
    """The month in which a deferred matter is to come again, `YYYY-MM`; empty: none is set."""
    consent: str = ""
    """Who agreed to the deferral or withdrawal: `plenary`, or whatever the record says instead."""
    points: frozenset[int] = frozenset()
    """Points of the pledge that the chair has ticked off, by their places in the rules; a new speech begins anew."""


class StepMark(StrEnum):
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Timer:
    """Running when `ends_at` is set, else stopped with `remaining_ms` (negative: over time)."""

    ends_at: int | None = None
    remaining_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    item: int
    step: int
    by: str
    text: str
    answered: bool | None = None
    source: Source = Source.MEMBER
    to: str = ""
    follows: int | None = None
    """Place in `State.questions` of the question that this one follows up."""
    admitted: bool | None = True
    """None: it came from a phone and waits for the chair; False: he has declined it."""
    member: MemberNo | None = None
    """Who sent it from his phone."""
    tracked: bool = False
    """It becomes a task after the sitting (督办)."""

    @property
    def waits(self) -> bool:
        """It is in the queue: admitted, and not done with."""
        return self.admitted is True and self.answered is None


@dataclass(frozen=True, slots=True)
class Comment:
    item: int
    member: MemberNo
    text: str
    recorded_by: str = ""
    """The office that has entered it in his place; empty: it came from his own phone."""


class Position(NamedTuple):
    item: int
    step: int
    """Counted from 0 within the item."""
