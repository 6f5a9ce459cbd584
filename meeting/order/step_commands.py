"""Orders about the agenda: steps, timers, the hall screen, matters that end without a vote.  Data without methods."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.order.events import Cover
from meeting.order.sitting import MatterId


@dataclass(frozen=True, slots=True)
class Proceed:
    """The primary button: the current step is done, the next one begins; from a declared vote, its declaration
    is done with it."""


@dataclass(frozen=True, slots=True)
class SkipStep:
    reason: str


@dataclass(frozen=True, slots=True)
class GoTo:
    """Go to a step of the agenda, back or forward.  `step` counts from 0."""

    item: int
    step: int


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Start the current step's timer, from `seconds` or the step's limit."""

    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class StopTimer:
    pass


@dataclass(frozen=True, slots=True)
class ExtendTimer:
    """Give `seconds` more, or take some with a negative number; a running timer runs on, a stopped one stays."""

    seconds: int


@dataclass(frozen=True, slots=True)
class CoverHall:
    """黑场: the hall screen shows no business until the sitting goes on or the chair shows it again."""

    cover: Cover


@dataclass(frozen=True, slots=True)
class ShowHall:
    """Take the cover off the hall screen."""


@dataclass(frozen=True, slots=True)
class PledgeAgain:
    matter: MatterId
    reason: str


@dataclass(frozen=True, slots=True)
class TerminateMatter:
    """终止任免程序: `by` decided it, `chairs_meeting`, `plenary` or a body by its name."""

    matter: MatterId
    reason: str
    by: str = "chairs_meeting"


@dataclass(frozen=True, slots=True)
class DeferMatter:
    """暂缓表决: moved by whom, with whose consent (PROCEDURE.md R16)."""

    matter: MatterId
    moved_by: str
    consent: str
    reason: str
    until: str = ""
    """The month in which it is to come again, `YYYY-MM`; empty: none is set (推迟任命)."""


@dataclass(frozen=True, slots=True)
class WithdrawMatter:
    """撤回: at whose request (empty: the proposer's), with whose consent (PROCEDURE.md R15)."""

    matter: MatterId
    consent: str
    """`chairs_meeting`, `plenary` or a body by its name; empty: the chairs' meeting."""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ReturnMatter:
    """退回: the papers are not complete or not in order; the matter goes back to its proposer."""

    matter: MatterId
    reason: str


@dataclass(frozen=True, slots=True)
class CloseSitting:
    """散会."""
