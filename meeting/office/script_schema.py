"""The parts of a sitting file that only a rehearsal plays: who comes when, what is said, what every vote should give.

Checked like the rest, so that a demo cannot rot, and ignored by `serve`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from meeting.office.form_types import (
    Count,
    Figure,
    Form,
    Line,
    MatterIdText,
    Name,
    Number,
    Seconds,
)


class RollCallExpectForm(Form):
    due: Count
    present: Count
    quorum_needed: Count
    quorate: bool


class MotionExpectForm(Form):
    present: Count | None = None
    recused: Count | None = None
    issued: Count
    returned: Count
    valid: Count | None = None
    invalid: Annotated[int, Field(ge=0, le=0)] = 0
    """A motion has no invalid ballots: a blank one abstains."""
    votes_for: Annotated[Count, Field(alias="for")]
    against: Count
    abstain: Count
    not_returned: Count | None = None
    outcome: Literal["carried", "not_carried"]


class AdvisoryExpectForm(Form):
    issued: Count
    returned: Count
    counts: dict[Line, Count]


class InterpellationExpectForm(Form):
    """How many movers are not satisfied, reply by reply; after all but the last the organ answers again."""

    dissatisfied: Annotated[list[Count], Field(min_length=1)]


class GradeExpectForm(Form):
    issued: Count
    returned: Count
    valid: Count
    invalid: Count
    counts: dict[Line, Count] = Field(default_factory=dict)
    grade: Line | None = None
    overall_mean: Figure | None = None
    passed: bool | None = None
    advisory: dict[Line, AdvisoryExpectForm] = Field(default_factory=dict)


class ElectionExpectForm(Form):
    issued: Count
    returned: Count
    valid: Count
    invalid: Count = 0
    votes: dict[Line, Count]
    abstain: dict[Line, Count] = Field(default_factory=dict)
    outcome: Literal["elected", "tied", "no_majority", "partly_elected"]
    elected: list[Name] = Field(default_factory=list)
    tied: list[Name] = Field(default_factory=list)


class RulingForm(Form):
    """Spellings that a teller holds for the same person (COUNTING.md 2.4)."""

    same: Annotated[list[Name], Field(min_length=1)]
    person: Annotated[Name, Field(alias="as")]


class ElectionRoundForm(Form):
    num: Number
    kind: Literal["further", "runoff"] | None = None
    written: dict[Line, Count] = Field(default_factory=dict)
    """How often each spelling is written in; left out: the names as `expect` has them."""
    rulings: list[RulingForm] = Field(default_factory=list)
    expect: ElectionExpectForm
    note_zh: Line | None = None


class SelectionExpectForm(Form):
    issued: Count
    returned: Count
    valid: Count
    invalid: Count = 0
    votes: dict[Line, Count]
    outcome: Literal["selected", "tied", "partly_selected"] | None = None
    selected: list[Line] = Field(default_factory=list)
    tied: list[Line] = Field(default_factory=list)


class SelectionRoundForm(Form):
    num: Number
    kind: Literal["runoff"] | None = None
    expect: SelectionExpectForm
    note_zh: Line | None = None


class PledgeAttemptForm(Form):
    result: Literal["accepted", "redo_ordered", "terminated"]
    seconds: Seconds
    reason_zh: Line | None = None


class AnswerForm(Form):
    by: Name
    q_zh: Line
    q_en: Line | None = None
    answered: bool


class DispositionForm(Form):
    kind: Literal["deferred", "withdrawn", "terminated", "returned"]
    reason_zh: Line


class NomineesWithdrawForm(Form):
    kind: Literal["nominee_withdraws"]
    names: Annotated[list[Name], Field(min_length=1)]


class ConflictForm(Form):
    kind: Literal["member_conflict"]
    member: Name
    matter: MatterIdText
    reason_zh: Line | None = None


RecusalForm = Annotated[NomineesWithdrawForm | ConflictForm, Field(discriminator="kind")]


class DecisionForm(Form):
    matter: MatterIdText
    decision: Literal["deferred", "withdrawn", "terminated", "returned"]
    moved_by: Line
    consent: Literal["plenary", "chairs_meeting"] | None = None


# --- who comes and goes in a rehearsal -------------------------------------------------------------------------


class WhenForm(Form):
    item: Number
    before: Literal["item", "vote"] | None = None


class RollCallEvent(Form):
    when: WhenForm
    event: Literal["roll_call"]
    due: Count
    present: Count
    leave: list[Name] = Field(default_factory=list)
    absent_yet: list[Name] = Field(default_factory=list)


class LeaveEvent(Form):
    when: WhenForm
    event: Literal["leave_recorded"]
    member: Name
    reason_zh: Line | None = None
    reason_en: Line | None = None
    written_request: bool = False


class CheckInEvent(Form):
    when: WhenForm
    event: Literal["manual_check_in"]
    member: Name
    present: Count | None = None


class DepartureEvent(Form):
    when: WhenForm
    event: Literal["early_departure"]
    member: Name
    approved_by: Name | None = None
    present: Count | None = None


AnyEvent = Annotated[RollCallEvent | LeaveEvent | CheckInEvent | DepartureEvent, Field(discriminator="event")]
