"""What somebody orders: the chair at the console, a member at the phone, or the service itself.

Commands are orders and may be refused (`decide`); nothing here has methods.  `stage` tables in `decide` say when
each is in order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from meeting.order.events import Cover, PollId
from meeting.order.sitting import MatterId, MemberNo

# --- presence -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A member presses 签到 on the phone; until the roll call is confirmed."""

    member: MemberNo


@dataclass(frozen=True, slots=True)
class RecordArrival:
    """The clerk enters an arrival at the console (补签到), at any time of the sitting."""

    member: MemberNo


@dataclass(frozen=True, slots=True)
class RecordLeave:
    member: MemberNo
    reason: str
    written: bool = False


@dataclass(frozen=True, slots=True)
class RecordDeparture:
    """A member leaves early (早退) with somebody's consent."""

    member: MemberNo
    approved_by: str


@dataclass(frozen=True, slots=True)
class ConfirmRoll:
    """The chair confirms the roll call: the sitting is convened if it is quorate (组织法 51)."""


@dataclass(frozen=True, slots=True)
class Recuse:
    """The member takes no part in the vote on this matter; the base stays (PROCEDURE.md R63)."""

    member: MemberNo
    matter: MatterId
    reason: str


# --- steps ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proceed:
    """The primary button: the current step is done, the next one begins."""


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


# --- matters --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PledgeAgain:
    matter: MatterId
    reason: str


@dataclass(frozen=True, slots=True)
class TerminateMatter:
    matter: MatterId
    reason: str


@dataclass(frozen=True, slots=True)
class DeferMatter:
    """暂缓表决: moved by whom, with whose consent (PROCEDURE.md R16)."""

    matter: MatterId
    moved_by: str
    consent: str
    reason: str


@dataclass(frozen=True, slots=True)
class WithdrawMatter:
    matter: MatterId
    consent: str


@dataclass(frozen=True, slots=True)
class PutQuestion:
    """Questions are a queue: the first one that is not closed is being asked, the others wait."""

    by: str
    text: str


@dataclass(frozen=True, slots=True)
class CloseQuestion:
    """The question that is being asked is done with."""

    answered: bool


# --- polls ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PreparePoll:
    """From the service alone, when a vote step becomes current: phones may collect their papers."""


@dataclass(frozen=True, slots=True)
class OpenPoll:
    poll: PollId


@dataclass(frozen=True, slots=True)
class HoldPoll:
    poll: PollId


@dataclass(frozen=True, slots=True)
class ResumePoll:
    poll: PollId


@dataclass(frozen=True, slots=True)
class ClosePoll:
    poll: PollId


@dataclass(frozen=True, slots=True)
class RecordCount:
    """From the service alone: the sealed box was opened and counted.  `result` is COUNTING.md 4."""

    poll: PollId
    result: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AbortPoll:
    """A poll prepared or opened by mistake, while nothing is returned (the box refuses otherwise)."""

    poll: PollId
    reason: str


@dataclass(frozen=True, slots=True)
class VoidPoll:
    """The ballots are destroyed and the vote is held again; a teller answers for it."""

    poll: PollId
    reason: str
    teller: MemberNo


@dataclass(frozen=True, slots=True)
class OverridePrecondition:
    """Set a precondition of the current vote aside, with a reason on the record."""

    precondition: str
    reason: str


@dataclass(frozen=True, slots=True)
class CloseSitting:
    """散会."""


Command = (
    CheckIn
    | RecordArrival
    | RecordLeave
    | RecordDeparture
    | ConfirmRoll
    | Recuse
    | Proceed
    | SkipStep
    | GoTo
    | StartTimer
    | StopTimer
    | ExtendTimer
    | CoverHall
    | ShowHall
    | PledgeAgain
    | TerminateMatter
    | DeferMatter
    | WithdrawMatter
    | PutQuestion
    | CloseQuestion
    | PreparePoll
    | OpenPoll
    | HoldPoll
    | ResumePoll
    | ClosePoll
    | RecordCount
    | AbortPoll
    | VoidPoll
    | OverridePrecondition
    | CloseSitting
)

OFFICE_COMMANDS: Mapping[str, type[Command]] = {
    "record_arrival": RecordArrival,
    "record_leave": RecordLeave,
    "record_departure": RecordDeparture,
    "confirm_roll": ConfirmRoll,
    "recuse": Recuse,
    "proceed": Proceed,
    "skip_step": SkipStep,
    "go_to": GoTo,
    "start_timer": StartTimer,
    "stop_timer": StopTimer,
    "extend_timer": ExtendTimer,
    "cover_hall": CoverHall,
    "show_hall": ShowHall,
    "pledge_again": PledgeAgain,
    "terminate_matter": TerminateMatter,
    "defer_matter": DeferMatter,
    "withdraw_matter": WithdrawMatter,
    "put_question": PutQuestion,
    "close_question": CloseQuestion,
    "open_poll": OpenPoll,
    "hold_poll": HoldPoll,
    "resume_poll": ResumePoll,
    "close_poll": ClosePoll,
    "abort_poll": AbortPoll,
    "void_poll": VoidPoll,
    "override_precondition": OverridePrecondition,
    "close_sitting": CloseSitting,
}
"""What a console may send, by its name on the wire."""
