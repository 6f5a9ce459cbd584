"""What has happened.  Events are facts: written once into the journal, never changed, never refused.

An event never tells of a single issue or cast of a secret ballot (BALLOT.md 3).  Old forms stay readable through
`meeting.record.codec.upcast`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from meeting.order.floor_events import (
    CommentRecorded,
    QuestionAdmitted,
    QuestionClosed,
    QuestionDeclined,
    QuestionPut,
    RespondentAssigned,
    SpeakerCalled,
    SpeechEnded,
    SpeechRequested,
    SpeechRequestWithdrawn,
    SummaryRecorded,
)
from meeting.order.follow_events import FollowEvent
from meeting.order.material_events import MaterialEvent
from meeting.order.pledge_events import PledgePointTicked
from meeting.order.poll_events import (
    Bases,
    CountConfirmed,
    CountObjected,
    CountRejected,
    EmptyBoxConfirmed,
    HandsOrdered,
    PollAborted,
    PollClosing,
    PollCounted,
    PollHeld,
    PollId,
    PollOpened,
    PollPrepared,
    PollResumed,
    PollVoided,
    PreconditionOverridden,
    ResultDeclared,
    RoundCalled,
    TotalsConfirmed,
    TotalsEntered,
    VoidProposed,
    WriteInsRuled,
)
from meeting.order.replies import ReplyJudged
from meeting.order.room_events import ChairHandedOver
from meeting.order.sitting import MatterId, MemberNo, Plan


class Arrival(StrEnum):
    """How a member came to be present."""

    PHONE = "phone"
    DESK = "desk"
    VIDEO = "video"
    """Present by video: counted, but no device votes for him (PROCEDURE.md R12)."""


class Cover(StrEnum):
    """What the hall screen shows in place of the business."""

    BLANK = "blank"
    SLATE = "slate"
    RECESS = "recess"


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
    by: str = "chairs_meeting"


@dataclass(frozen=True, slots=True)
class MatterDeferred:
    matter: MatterId
    moved_by: str
    consent: str
    reason: str
    until: str = ""
    """The month in which it is to come again, `YYYY-MM`."""


@dataclass(frozen=True, slots=True)
class MatterWithdrawn:
    matter: MatterId
    consent: str
    by: str = ""
    """Who asked for it; empty: the proposer."""


@dataclass(frozen=True, slots=True)
class MatterReturned:
    """退回: the papers are not complete or not in order (000h)."""

    matter: MatterId
    reason: str


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
    | TimerStarted
    | TimerStopped
    | HallCovered
    | HallUncovered
    | MaterialEvent
    | PledgeAccepted
    | PledgeOrderedAgain
    | PledgePointTicked
    | MatterTerminated
    | MatterDeferred
    | MatterWithdrawn
    | MatterReturned
    | QuestionPut
    | QuestionAdmitted
    | QuestionDeclined
    | RespondentAssigned
    | QuestionClosed
    | SpeechRequested
    | SpeechRequestWithdrawn
    | SpeakerCalled
    | SpeechEnded
    | SummaryRecorded
    | CommentRecorded
    | ReplyJudged
    | ChairHandedOver
    | FollowEvent
    | PreconditionOverridden
    | RoundCalled
    | HandsOrdered
    | PollPrepared
    | EmptyBoxConfirmed
    | PollOpened
    | PollHeld
    | PollResumed
    | PollClosing
    | TotalsEntered
    | TotalsConfirmed
    | PollCounted
    | WriteInsRuled
    | CountConfirmed
    | CountObjected
    | CountRejected
    | ResultDeclared
    | PollAborted
    | VoidProposed
    | PollVoided
    | SittingClosed
)

ROLL_EVENTS = (MemberArrived, LeaveRecorded, MemberDeparted)
"""The screens are shown these together, a few times a second."""

FROM_PHONES = (SpeechRequested, SpeechRequestWithdrawn, CommentRecorded)

UNNOTICED = (*ROLL_EVENTS, *FROM_PHONES, SummaryRecorded)
"""These do not move `expected_seq`: what a member does on his phone must not make the chair's button stale."""

__all__ = [
    "FROM_PHONES",
    "ROLL_EVENTS",
    "UNNOTICED",
    "Arrival",
    "Bases",
    "ChairHandedOver",
    "CommentRecorded",
    "CountConfirmed",
    "CountObjected",
    "CountRejected",
    "Cover",
    "EmptyBoxConfirmed",
    "Event",
    "HallCovered",
    "HallUncovered",
    "HandsOrdered",
    "LeaveRecorded",
    "MatterDeferred",
    "MatterReturned",
    "MatterTerminated",
    "MatterWithdrawn",
    "MemberArrived",
    "MemberDeparted",
    "MemberRecused",
    "PledgeAccepted",
    "PledgeOrderedAgain",
    "PledgePointTicked",
    "PollAborted",
    "PollClosing",
    "PollCounted",
    "PollHeld",
    "PollId",
    "PollOpened",
    "PollPrepared",
    "PollResumed",
    "PollVoided",
    "PreconditionOverridden",
    "QuestionAdmitted",
    "QuestionClosed",
    "QuestionDeclined",
    "QuestionPut",
    "RespondentAssigned",
    "ResultDeclared",
    "RollConfirmed",
    "RoundCalled",
    "SittingClosed",
    "SittingLoaded",
    "SpeakerCalled",
    "SpeechEnded",
    "SpeechRequestWithdrawn",
    "SpeechRequested",
    "StepCompleted",
    "StepEntered",
    "StepSkipped",
    "SummaryRecorded",
    "TimerStarted",
    "TimerStopped",
    "TotalsConfirmed",
    "TotalsEntered",
    "VoidProposed",
    "WriteInsRuled",
]
