"""The YAML form of items of supervision: deputies' proposals, interpellations, committees of inquiry.

Only the form; what must fit together is in `supervision_check`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from meeting.office.form_types import Count, Form, Line, Name, Prose
from meeting.office.item_schema import ItemForm, ReportForm, ReportItem
from meeting.office.matter_schema import ResolutionForm
from meeting.office.rules_schema import MajorityForm
from meeting.office.script_schema import InterpellationExpectForm, MotionExpectForm


class ProposalFiguresForm(Form):
    received: Count
    answered: Count
    solved: Count
    being_solved: Count
    supervised: Count | None = None
    """主任会议督办件."""
    satisfied: Count = 0
    basically_satisfied: Count = 0
    not_satisfied: Count = 0


class ProposalsItem(ReportItem):
    """办理代表建议、批评和意见情况的报告; evaluated like any other report where there is a `ballot`."""

    kind: Literal["deputies_proposals"]
    figures: ProposalFiguresForm


class OrganForm(Form):
    organ_zh: Line
    organ_en: Line | None = None
    head: Name


class InterpellationItem(ItemForm):
    kind: Literal["interpellation"]
    movers: Annotated[list[Name], Field(min_length=1)]
    addressed: OrganForm
    text_zh: list[Prose] = Field(default_factory=list)
    text_en: list[Prose] = Field(default_factory=list)
    answer: Literal["oral", "written"] = "oral"
    minutes: Annotated[int, Field(ge=1, le=240)] | None = None
    expect: InterpellationExpectForm | None = None


class CommitteeForm(Form):
    chair: Name
    vice_chairs: list[Name] = Field(default_factory=list)
    members: Annotated[list[Name], Field(min_length=1)]


class InquiryBallotForm(Form):
    """It has no majority of its own: more than half of all members, whatever the rules say of other votes."""

    mode: Literal["secret", "open", "hands"]
    method: Literal["show_of_hands_or_device", "device"] = "device"
    type: Literal["motion"] = "motion"

    @property
    def majority(self) -> MajorityForm:
        return MajorityForm(over="1/2")


class InquiryItem(ItemForm):
    """A committee is set up here (`matter`, `committee`, `ballot`), or it reports here (`report`)."""

    kind: Literal["inquiry_committee"]
    movers: list[Name] = Field(default_factory=list)
    """Left out: the chairs' meeting proposes it."""
    matter: ResolutionForm | None = None
    committee: CommitteeForm | None = None
    ballot: InquiryBallotForm | None = None
    expect: MotionExpectForm | None = None
    report: ReportForm | None = None
