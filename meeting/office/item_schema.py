"""The YAML form of the agenda: what an item of each kind may say, its matters and its votes.

Only the form; how an item of a kind runs is in `item_kinds`, what must fit together in `plan_check`.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from meeting.office.ballot_schema import (
    ElectionBallotForm,
    ElectorateForm,
    GradeBallotForm,
    MatterBallotForm,
    OpenBallotForm,
    ScoreSheetForm,
    SecretBallotForm,
    SelectionBallotForm,
)
from meeting.office.form_types import (
    Clock,
    Count,
    Form,
    Line,
    MatterIdText,
    Name,
    Number,
    Seconds,
    SittingIdText,
    wrong,
)
from meeting.office.material_schema import MaterialForm
from meeting.office.matter_schema import AnyMatterForm, DismissalMatterForm, NomineeForm
from meeting.office.problems import Code
from meeting.office.script_schema import (
    DecisionForm,
    ElectionRoundForm,
    GradeExpectForm,
    MotionExpectForm,
    RecusalForm,
    RollCallExpectForm,
    SelectionRoundForm,
)


class FollowUpForm(Form):
    task_zh: Line
    task_en: Line | None = None
    due_days: Count | None = None
    due_months: Count | None = None
    approved_by: Line | None = None
    grade: Line | None = None
    """Only where the evaluation ends with this grade."""
    kind: Literal["opinion", "report", "again", "listed", "audit"] | None = None
    """Which task of the rules it stands for; the figures of follow-up count by it."""
    deputies: list[Name] = Field(default_factory=list)
    """Invited to follow it up."""


class EarlierForm(Form):
    """The evaluation that this one repeats, in an earlier sitting."""

    sitting: SittingIdText
    item: Number
    grade: Line
    meeting_zh: Line | None = None
    meeting_en: Line | None = None
    tasks_zh: list[Line] = Field(default_factory=list)
    """Still open of it; where the earlier sitting is in the same database, that knows better."""
    tasks_en: list[Line] | None = None

    @model_validator(mode="after")
    def _as_many(self) -> Self:
        if self.tasks_en is not None and len(self.tasks_en) != len(self.tasks_zh):
            raise wrong(Code.TASKS_DIFFER, zh=len(self.tasks_zh), en=len(self.tasks_en))
        return self


class ItemForm(Form):
    """What every item may have, of whatever kind."""

    num: Number
    title_zh: Line
    title_en: Line | None = None
    start: Clock
    note: Line | None = None
    announce_zh: Line | None = None
    announce_en: Line | None = None
    outputs_zh: list[Line] = Field(default_factory=list)
    follow_up: list[FollowUpForm] = Field(default_factory=list)
    steps: list[Name] | None = None
    """The item's own order of steps; left out: that of the rules, or else of its kind (`step_profile`)."""
    materials: list[MaterialForm] = Field(default_factory=list)
    report_to_congress: bool = False
    """What became of it is reported to the next congress."""


class RollCallItem(ItemForm):
    kind: Literal["roll_call"]
    expect: RollCallExpectForm | None = None


class TellersForm(Form):
    chief: Name
    tellers: Annotated[list[Name], Field(min_length=1)]
    counters_zh: list[Line] = Field(default_factory=list)


class PublicVoteItem(ItemForm):
    kind: Literal["public_vote"]
    matters: list[AnyMatterForm] = Field(default_factory=list)
    """Introduced here for a vote on all of them together."""
    matter: AnyMatterForm | None = None
    tellers: TellersForm | None = None
    ballot: OpenBallotForm
    expect: MotionExpectForm | None = None


class ReportForm(Form):
    by: Name
    title_zh: Line | None = None
    title_en: Line | None = None
    minutes: Annotated[int, Field(ge=1, le=240)] | None = None
    sent_days_before: Count | None = None


class InquiryQuestionForm(Form):
    by: Name
    source: Literal["planned", "spontaneous", "deputy", "attendee", "public"]
    q_zh: Line
    q_en: Line | None = None
    follow_up_zh: Line | None = None
    follow_up_en: Line | None = None


class ReportItem(ItemForm):
    """A report that is heard, asked about, deliberated, and evaluated if it has a ballot; its kinds come below."""

    report: ReportForm
    survey_report_zh: Line | None = None
    survey_report_en: Line | None = None
    media: list[Literal["photo", "video", "chart"]] = Field(default_factory=list)
    respondents: list[Name] = Field(default_factory=list)
    questions: list[InquiryQuestionForm] = Field(default_factory=list)
    electorates: list[ElectorateForm] = Field(default_factory=list)
    earlier: EarlierForm | None = None
    ballot: GradeBallotForm | None = None
    """Left out: the report is heard and not evaluated."""
    expect: GradeExpectForm | None = None


class SpecialInquiryItem(ReportItem):
    kind: Literal["report_with_special_inquiry"]


class UnitForm(Form):
    unit_zh: Line
    unit_en: Line | None = None
    head: Name


class WorkEvaluationItem(ItemForm):
    kind: Literal["work_evaluation"]
    subject: UnitForm
    score_sheet: ScoreSheetForm | None = None
    electorates: list[ElectorateForm] = Field(default_factory=list)
    earlier: EarlierForm | None = None
    ballot: GradeBallotForm | None = None
    """Left out: the score sheet is all that is asked."""
    expect: GradeExpectForm | None = None


class OfficerForm(Form):
    name: Name
    post_zh: Line
    post_en: Line | None = None
    assigned_topic_zh: Line | None = None
    assigned_topic_en: Line | None = None
    case_zh: Line | None = None
    """The case for which a judge or procurator is evaluated; for the chair alone."""


class PerformanceItem(ItemForm):
    kind: Literal["performance_evaluation"]
    subject: OfficerForm
    electorates: list[ElectorateForm] = Field(default_factory=list)
    earlier: EarlierForm | None = None
    ballot: GradeBallotForm
    expect: GradeExpectForm | None = None


class NominationsItem(ItemForm):
    kind: Literal["nominations"]
    nominees: Annotated[list[NomineeForm], Field(min_length=1)]


class GroupForm(Form):
    num: Number
    convener: Name


class DeliberationItem(ItemForm):
    kind: Literal["deliberation"]
    matters: list[AnyMatterForm] = Field(default_factory=list)
    groups: list[GroupForm] = Field(default_factory=list)
    recusals: list[RecusalForm] = Field(default_factory=list)
    decisions: list[DecisionForm] = Field(default_factory=list)


class MatterVoteForm(Form):
    matter: MatterIdText
    ballot: MatterBallotForm | None = None
    expect: MotionExpectForm | None = None
    status: Literal["deferred", "withdrawn", "terminated", "returned"] | None = None


class SecretVotesItem(ItemForm):
    kind: Literal["secret_votes"]
    matters: list[AnyMatterForm] = Field(default_factory=list)
    ballots: Annotated[list[MatterVoteForm], Field(min_length=1)]


class CandidateForm(Form):
    order: Number
    name: Name
    strokes: Number | None = None


class ElectionItem(ItemForm):
    kind: Literal["election"]
    seats: Number
    candidates: Annotated[list[CandidateForm], Field(min_length=1)]
    write_in: bool = False
    write_in_needs_opposition: bool = True
    """A name is written in in the place of a candidate who is opposed (PROCEDURE.md R34)."""
    ballot: ElectionBallotForm = ElectionBallotForm()
    rounds: list[ElectionRoundForm] = Field(default_factory=list)


class AutoListedForm(Form):
    unit_zh: Line
    unit_en: Line | None = None
    reason_zh: Line | None = None
    reason_en: Line | None = None
    item: Number | None = None
    """The evaluation that it is listed for, where that does not name the unit."""


class SelectionItem(ItemForm):
    kind: Literal["selection"]
    choose: Number
    rule: Literal["plurality", "majority"] = "plurality"
    options: Annotated[list[Line], Field(min_length=2)]
    options_en: list[Line] | None = None
    reasons_zh: list[Line] | None = None
    """Why each option is on the list, in their order."""
    reasons_en: list[Line] | None = None
    ballot: SelectionBallotForm = SelectionBallotForm()
    auto_listed: AutoListedForm | None = None
    rounds: list[SelectionRoundForm] = Field(default_factory=list)


class DefenceForm(Form):
    by: Name
    mode: Literal["oral", "written"]
    allowed_s: Seconds | None = None


class DismissalItem(ItemForm):
    kind: Literal["dismissal"]
    matter: DismissalMatterForm
    moved_by: Line
    defence_statement: DefenceForm | None = None
    ballot: SecretBallotForm
    expect: MotionExpectForm | None = None


class CertificateForm(Form):
    no_zh: Line
    matter: MatterIdText


class OathForm(Form):
    form: Literal["collective", "individual"]
    lead: Name | None = None
    takers: Annotated[list[Name], Field(min_length=1)]
    anthem_first: bool = True
    presider: Name | None = None


class CeremonyItem(ItemForm):
    kind: Literal["ceremony"]
    certificates: list[CertificateForm] = Field(default_factory=list)
    oath: OathForm | None = None


class ClosingItem(ItemForm):
    kind: Literal["closing"]
