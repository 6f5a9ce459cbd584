"""The YAML form of what is decided: the matters of an item, and the papers that ask about them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from meeting.office.form_types import (
    Count,
    Day,
    Form,
    Line,
    MatterIdText,
    Name,
    Prose,
)
from meeting.office.script_schema import AnswerForm, DispositionForm, PledgeAttemptForm


class OpenBallotForm(Form):
    mode: Literal["open"]
    method: Literal["show_of_hands_or_device", "device"] = "device"
    type: Literal["motion"] = "motion"
    options: Annotated[list[Line], Field(min_length=3, max_length=3)] | None = None


class SecretBallotForm(Form):
    mode: Literal["secret"]
    type: Literal["motion"] = "motion"
    options: Annotated[list[Line], Field(min_length=3, max_length=3)] | None = None
    forced_secret: bool = False


class GradeBallotForm(Form):
    mode: Literal["secret"]
    type: Literal["grade"]
    grades: Annotated[list[Line], Field(min_length=2, max_length=9)]
    grades_en: list[Line] | None = None


# --- matters ---------------------------------------------------------------------------------------------------


class ExamForm(Form):
    date: Day
    score: Annotated[int, Field(ge=0, le=1000)]
    passed: bool
    makeup: bool = False
    paper_zh: Line | None = None


class PublicityForm(Form):
    begin: Annotated[Day, Field(alias="from")]
    end: Annotated[Day, Field(alias="to")]
    objections: Count = 0


class NomineeForm(Form):
    id: MatterIdText
    name: Name
    post_zh: Line
    post_en: Line | None = None
    verb: Name
    nominated_by: Line
    presented_by: Line
    exam: list[ExamForm] = Field(default_factory=list)
    publicity: PublicityForm | None = None
    photo: Line | None = None
    """A picture file, from the folder of the sitting file on (`photos`)."""
    profile_zh: dict[Line, Prose] = Field(default_factory=dict)
    pledge_zh: dict[Line, Prose] = Field(default_factory=dict)
    pledge_attempts: list[PledgeAttemptForm] = Field(default_factory=list)
    qa: list[AnswerForm] = Field(default_factory=list)
    disposition: DispositionForm | None = None


class OpenMatterForm(Form):
    """A matter that an item decides openly; a dismissal is never one (监督法 62)."""

    id: MatterIdText
    kind: Literal["appointment", "removal"]
    name: Name
    post_zh: Line
    post_en: Line | None = None
    verb: Name


class DismissalMatterForm(Form):
    id: MatterIdText
    kind: Literal["dismissal"]
    name: Name
    post_zh: Line
    post_en: Line | None = None
    verb: Name
