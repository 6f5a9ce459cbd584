"""What has happened.  Events are facts: written once into the journal, never changed, never refused.

An event never tells of a single issue or cast of a secret ballot (BALLOT.md 3).  Old forms stay readable through
`meeting.record.codec.upcast`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NewType

from meeting.order.sitting import MatterId, MemberNo, Plan, Visibility

PollId = NewType("PollId", str)
"""`ITEM-MATTER-ROUND-CLASS` in lower case; on the wire and in the record its key is `ballot`."""


class Arrival(StrEnum):
    """How a member came to be present."""

    PHONE = "phone"
    DESK = "desk"


class Cover(StrEnum):
    """What the hall screen shows in place of the business."""

    BLANK = "blank"
    SLATE = "slate"
    RECESS = "recess"


@dataclass(frozen=True, slots=True)
class Bases:
    """The figures that a poll freezes when it opens."""

    all_members: int
    present: int
    recused: int


@dataclass(frozen=True, slots=True)
class SittingLoaded:
    plan: Plan


@dataclass(frozen=True, slots=True)
class MemberArrived:
    member: MemberNo
    how: Arrival


@dataclass(frozen=True, slots=True)
class LeaveRecorded:
    member: MemberNo
    reason: str
    written: bool


@dataclass(frozen=True, slots=True)
class MemberDeparted:
    member: MemberNo
    approved_by: str


@dataclass(frozen=True, slots=True)
class RollConfirmed:
    due: int
    present: int
    on_leave: int
    absent: int


@dataclass(frozen=True, slots=True)
class MemberRecused:
    member: MemberNo
    matter: MatterId
    reason: str


@dataclass(frozen=True, slots=True)
class StepEntered:
    item: int
    step: int


@dataclass(frozen=True, slots=True)
class StepCompleted:
    item: int
    step: int


@dataclass(frozen=True, slots=True)
class StepSkipped:
    item: int
    step: int
    reason: str


@dataclass(frozen=True, slots=True)
class VoteNotHeld:
    """The step plans a kind of vote that this release cannot hold; the sitting went on without it."""

    item: int
    step: int


@dataclass(frozen=True, slots=True)
class TimerStarted:
    ends_at: int
    """Milliseconds since 1970, UTC."""


@dataclass(frozen=True, slots=True)
class TimerStopped:
    remaining_ms: int
    """Negative when the speaker was over time."""


@dataclass(frozen=True, slots=True)
class HallCovered:
    """The hall screen alone: phones go on showing the business."""

    cover: Cover


@dataclass(frozen=True, slots=True)
class HallUncovered:
    pass


@dataclass(frozen=True, slots=True)
class PledgeAccepted:
    matter: MatterId


@dataclass(frozen=True, slots=True)
class PledgeOrderedAgain:
    matter: MatterId
    reason: str


@dataclass(frozen=True, slots=True)
class MatterTerminated:
    matter: MatterId
    reason: str


@dataclass(frozen=True, slots=True)
class MatterDeferred:
    matter: MatterId
    moved_by: str
    consent: str
    reason: str


@dataclass(frozen=True, slots=True)
class MatterWithdrawn:
    matter: MatterId
    consent: str


@dataclass(frozen=True, slots=True)
class QuestionPut:
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionClosed:
    answered: bool


@dataclass(frozen=True, slots=True)
class PreconditionOverridden:
    item: int
    step: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class PollPrepared:
    poll: PollId
    item: int
    step: int
    matter: MatterId | None
    round: int
    voter_class: str
    visibility: Visibility
    question: str
    """The question's id on the paper."""
    replaces: PollId | None


@dataclass(frozen=True, slots=True)
class PollOpened:
    """From here on the roll of this poll stands still."""

    poll: PollId
    bases: Bases
    voters: tuple[MemberNo, ...]


@dataclass(frozen=True, slots=True)
class PollHeld:
    poll: PollId


@dataclass(frozen=True, slots=True)
class PollResumed:
    poll: PollId


@dataclass(frozen=True, slots=True)
class PollClosing:
    """No more issues; ballots on their way are taken until the grace is over."""

    poll: PollId


@dataclass(frozen=True, slots=True)
class PollCounted:
    poll: PollId
    result: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ResultDeclared:
    poll: PollId
    outcome: str
    """`carried`, `not_carried` or `void`."""


@dataclass(frozen=True, slots=True)
class PollAborted:
    poll: PollId
    reason: str


@dataclass(frozen=True, slots=True)
class PollVoided:
    poll: PollId
    reason: str
    teller: MemberNo


@dataclass(frozen=True, slots=True)
class SittingClosed:
    pass


Event = (
    SittingLoaded
    | MemberArrived
    | LeaveRecorded
    | MemberDeparted
    | RollConfirmed
    | MemberRecused
    | StepEntered
    | StepCompleted
    | StepSkipped
    | VoteNotHeld
    | TimerStarted
    | TimerStopped
    | HallCovered
    | HallUncovered
    | PledgeAccepted
    | PledgeOrderedAgain
    | MatterTerminated
    | MatterDeferred
    | MatterWithdrawn
    | QuestionPut
    | QuestionClosed
    | PreconditionOverridden
    | PollPrepared
    | PollOpened
    | PollHeld
    | PollResumed
    | PollClosing
    | PollCounted
    | ResultDeclared
    | PollAborted
    | PollVoided
    | SittingClosed
)

ROLL_EVENTS = (MemberArrived, LeaveRecorded, MemberDeparted)
"""These do not move `expected_seq`: a member who checks in must not make the chair's button stale."""
