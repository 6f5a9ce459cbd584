"""The YAML form of votes: how one is held, what it asks, of whom, and by which majority.

Only the form; what must fit the rest of the file is in `vote_check`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from meeting.office.form_types import Figure, Form, Line, Number, VoterClass
from meeting.office.rules_schema import GradeRule, MajorityRule


class BallotForm(Form):
    majority: MajorityRule | None = None
    """Left out: that of the rules."""


class _MotionForm(BallotForm):
    method: Literal["show_of_hands_or_device", "device"] = "device"
    type: Literal["motion"] = "motion"
    options: Annotated[list[Line], Field(min_length=3, max_length=3)] | None = None


class OpenBallotForm(_MotionForm):
    """By name on the own device (`open`), or by raised hands that are counted (`hands`)."""

    mode: Literal["open", "hands"]


class MatterBallotForm(_MotionForm):
    """On one of several matters; secret where the file does not say otherwise."""

    mode: Literal["secret", "open", "hands"] = "secret"
    forced_secret: bool = False


class SecretBallotForm(_MotionForm):
    mode: Literal["secret"]
    forced_secret: bool = False


class GradeBallotForm(BallotForm):
    mode: Literal["secret", "open", "hands"]
    type: Literal["grade"]
    grades: Annotated[list[Line], Field(min_length=2, max_length=9)]
    """The best first."""
    grades_en: list[Line] | None = None
    grade_rule: GradeRule | None = None
    passes: Annotated[list[Line], Field(min_length=1)] | None = None
    """The grades that pass, from the best on; left out: as many as the rules say (`grade_passes`)."""
    decides: Literal["adopted"] | None = None
    """Passing adopts the report."""


class ElectionBallotForm(BallotForm):
    mode: Literal["secret", "hands"] = "secret"


class SelectionBallotForm(BallotForm):
    mode: Literal["secret", "open", "hands"] = "secret"


class ElectorateForm(Form):
    voter_class: Annotated[VoterClass, Field(alias="class")]
    binding: bool


# --- score sheets ----------------------------------------------------------------------------------------------------


class ScaleForm(Form):
    min: Annotated[int, Field(ge=0, le=1000)] = 0
    max: Annotated[int, Field(ge=1, le=1000)] = 100
    step: Annotated[int, Field(ge=1, le=1000)] = 1


class CriterionForm(Form):
    num: Number
    zh: Line
    en: Line | None = None
    weight: Annotated[int, Field(ge=1, le=1000)] = 1
    source: Line | None = None
    mean: Figure | None = None


class ScoreSheetForm(Form):
    scale: ScaleForm = ScaleForm()
    criteria: Annotated[list[CriterionForm], Field(min_length=1)]
    trim: Annotated[int, Field(ge=0, le=99)] = 0
    """So many of the highest and of the lowest scores of each criterion are left out."""
    pass_mark: Annotated[int, Field(ge=0, le=1000)] | None = None
