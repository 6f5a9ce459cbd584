"""The rehearsal's script: who comes when, what is said, and what every vote should give.  `serve` never looks at it.

Typed and checked; members are numbers here, matters are ids.  How robots play it is the rehearsal's business.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from meeting.order.sitting import MatterId, MemberNo

Mark = Literal["for", "against", "abstain"]
Disposal = Literal["deferred", "withdrawn", "terminated", "returned"]


# --- the room --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class When:
    item: int
    before: Literal["item", "vote"] | None = None
    """None: while the item is on."""


@dataclass(frozen=True, slots=True)
class RollCalled:
    """Everybody checks in but those on leave and those who are late."""

    when: When
    on_leave: tuple[MemberNo, ...]
    late: tuple[MemberNo, ...]
    due: int | None = None
    present: int | None = None


@dataclass(frozen=True, slots=True)
class LeaveRecorded:
    when: When
    member: MemberNo
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """Entered at the console."""

    when: When
    member: MemberNo
    present: int | None = None


@dataclass(frozen=True, slots=True)
class Departed:
    when: When
    member: MemberNo
    approved_by: MemberNo | None = None
    present: int | None = None


AttendanceEvent = RollCalled | LeaveRecorded | CheckedIn | Departed


# --- what a vote should give -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MotionExpect:
    issued: int
    returned: int
    votes_for: int
    against: int
    abstain: int
    outcome: Literal["carried", "not_carried"]
    present: int | None = None
    recused: int | None = None

    @property
    def not_returned(self) -> int:
        return self.issued - self.returned

    def marks(self) -> tuple[Mark | None, ...]:
        """One for every ballot issued, in no meaningful order; None: it is not returned."""
        marks: list[Mark | None] = [None] * self.not_returned
        marks += ["for"] * self.votes_for
        marks += ["against"] * self.against
        marks += ["abstain"] * self.abstain
        return tuple(marks)

    def counts(self) -> dict[str, int]:
        """In the form of COUNTING.md 4."""
        return {"for": self.votes_for, "against": self.against, "abstain": self.abstain}


@dataclass(frozen=True, slots=True)
class AdvisoryExpect:
    """Of a class that is asked beside the members; every paper of it is valid."""

    voter_class: str
    issued: int
    returned: int
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GradeExpect:
    """Of a grade, a score sheet, or both on one paper; each valid paper is valid for both."""

    issued: int
    returned: int
    valid: int
    counts: tuple[tuple[str, int], ...] = ()
    grade: str = ""
    """Empty: no grade is asked for."""
    means: tuple[tuple[int, Decimal], ...] = ()
    """Of the score sheet, by the criterion's number; sheets sum to exactly valid times the mean."""
    overall_mean: Decimal | None = None
    passed: bool | None = None
    advisory: tuple[AdvisoryExpect, ...] = ()

    @property
    def invalid(self) -> int:
        return self.returned - self.valid

    def of_class(self, voter_class: str) -> AdvisoryExpect | None:
        return next((one for one in self.advisory if one.voter_class == voter_class), None)


@dataclass(frozen=True, slots=True)
class ElectionExpect:
    issued: int
    returned: int
    valid: int
    votes: tuple[tuple[str, int], ...]
    abstain: tuple[tuple[str, int], ...]
    """Of some candidates; nothing is said of the others."""
    outcome: Literal["elected", "tied", "no_majority", "partly_elected"]
    elected: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    written: tuple[tuple[str, int], ...] = ()
    """Spellings as voters write them in; empty: the names that are no candidates', as they are."""

    @property
    def invalid(self) -> int:
        return self.returned - self.valid

    def marked(self, candidates: Collection[str]) -> dict[str, int]:
        """The votes as they stand on the papers, before a teller has ruled on any spelling."""
        votes = dict(self.votes)
        if not self.written:
            return votes
        return {name: count for name, count in votes.items() if name in candidates} | dict(self.written)


@dataclass(frozen=True, slots=True)
class SelectionExpect:
    issued: int
    returned: int
    valid: int
    votes: tuple[tuple[str, int], ...]
    selected: tuple[str, ...]
    tied: tuple[str, ...] = ()
    outcome: Literal["selected", "tied", "partly_selected"] | None = None

    @property
    def invalid(self) -> int:
        return self.returned - self.valid


Expect = MotionExpect | GradeExpect | AdvisoryExpect | ElectionExpect | SelectionExpect


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a teller says of spellings before he confirms the count."""

    same: tuple[str, ...]
    person: str


@dataclass(frozen=True, slots=True)
class PollScript:
    """One vote of an item: `expect` says what the robots' ballots come to, `status` that it is not held at all."""

    matter: MatterId | None
    round: int
    expect: Expect | None
    status: Disposal | None = None
    kind: Literal["runoff", "further"] | None = None
    """What a later round is; None: the script does not say."""
    rulings: tuple[Ruling, ...] = ()


# --- what is said and decided ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PledgeAttempt:
    result: Literal["accepted", "redo_ordered", "terminated"]
    seconds: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    by: str
    """A member's name, or who else may ask."""
    question: str
    source: Literal["member", "planned", "spontaneous", "deputy", "attendee", "public"] = "member"
    answered: bool = True
    follow_up: str = ""
    is_follow_up: bool = False
    """It follows up the question before it (追问)."""


@dataclass(frozen=True, slots=True)
class Disposition:
    """How a matter ends without a vote."""

    kind: Disposal
    reason: str


@dataclass(frozen=True, slots=True)
class NomineeScript:
    matter: MatterId
    pledge_attempts: tuple[PledgeAttempt, ...]
    qa: tuple[QuestionAsked, ...]
    disposition: Disposition | None


@dataclass(frozen=True, slots=True)
class Recusal:
    member: MemberNo
    matter: MatterId
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    matter: MatterId
    decision: Disposal
    moved_by: str
    consent: Literal["plenary", "chairs_meeting"] | None = None


@dataclass(frozen=True, slots=True)
class RollCallExpect:
    due: int
    present: int
    quorum_needed: int
    quorate: bool


@dataclass(frozen=True, slots=True)
class ItemScript:
    number: int
    roll_call: RollCallExpect | None = None
    nominees: tuple[NomineeScript, ...] = ()
    withdrawing: tuple[str, ...] = ()
    """Nominees who leave the room while they are deliberated on."""
    recusals: tuple[Recusal, ...] = ()
    decisions: tuple[Decision, ...] = ()
    questions: tuple[QuestionAsked, ...] = ()
    dissatisfied: tuple[int, ...] = ()
    """Of an interpellation: how many of its movers are not satisfied, reply by reply."""
    polls: tuple[PollScript, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    attendance: tuple[AttendanceEvent, ...]
    """In the order of the day."""
    items: tuple[ItemScript, ...]
    """One for every item of the plan, in its order."""

    def item(self, number: int) -> ItemScript:
        """Raises KeyError for a number that is not on the agenda."""
        for item in self.items:
            if item.number == number:
                return item
        raise KeyError(number)

    def nominee(self, matter: MatterId) -> NomineeScript | None:
        return next((one for item in self.items for one in item.nominees if one.matter == matter), None)

    def poll(self, item: int, matter: MatterId | None, round: int = 1) -> PollScript | None:
        """The script of a vote; None where it has none (robots then vote as they like)."""
        polls = self.item(item).polls
        return next((one for one in polls if (one.matter, one.round) == (matter, round)), None)

    def without_expectations(self) -> Script:
        """The same day with nothing to compare: for a roll that is not the file's."""
        attendance = tuple(
            replace(event, due=None, present=None)
            if isinstance(event, RollCalled)
            else replace(event, present=None)
            if isinstance(event, CheckedIn | Departed)
            else event
            for event in self.attendance
        )
        items = tuple(
            replace(
                item,
                roll_call=None,
                dissatisfied=(),
                polls=tuple(replace(poll, expect=None, rulings=()) for poll in item.polls),
            )
            for item in self.items
        )
        return Script(attendance, items)
