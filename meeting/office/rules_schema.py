"""The YAML form of a sitting's rules: majorities, the rule for grades, times, and how votes go.

Only the form, and what a majority may be; the values of a named set are in `presets`, the checks against the rest of
the file in `vote_check`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from meeting.office.form_types import Form, Line, Name, Number, Seconds, Share, wrong
from meeting.office.presets import PRESETS, PresetName
from meeting.office.problems import Code
from meeting.office.step_profile import ProfiledKind
from meeting.order.means import ESCALATION

MAJORITIES: Mapping[str, Mapping[str, str]] = {
    "more_than_half_of_all": {"base": "all_members", "over": "1/2"},
    "more_than_half_of_present": {"base": "present", "over": "1/2"},
    "two_thirds_of_all": {"base": "all_members", "at_least": "2/3"},
    "two_thirds_of_present": {"base": "present", "at_least": "2/3"},
}
"""Majorities that have a name."""
GRADE_RULES: Mapping[str, Mapping[str, Any]] = {
    "cumulative_majority": {},
    "cumulative_majority_of_all": {"majority": "more_than_half_of_all"},
    "cumulative_majority_of_present": {"majority": "more_than_half_of_present"},
}
"""Rules for grades that have a name; the first one goes by the majority of the vote."""


def _named(known: Mapping[str, Mapping[str, Any]], value: object) -> object:
    """What a name stands for; a mapping is left as it is."""
    if not isinstance(value, str):
        return value
    if value not in known:
        raise wrong(Code.UNKNOWN_WORD, value=value, known=", ".join(known))
    return dict(known[value])


class MajorityForm(Form):
    """More than (`over`) or no less than (`at_least`) a share of a base (COUNTING.md 1)."""

    base: Literal["all_members", "present", "issued", "returned", "valid"] = "all_members"
    over: Share | None = None
    at_least: Share | None = None

    @model_validator(mode="after")
    def _one_share(self) -> Self:
        if (self.over is None) == (self.at_least is None):
            raise wrong(Code.BAD_MAJORITY)
        share = Fraction(self.share)
        # More than the whole, or at least nothing, would be a majority that nobody or everybody reaches.
        if not (0 < share <= 1 if self.over is None else 0 <= share < 1):
            raise wrong(Code.BAD_SHARE, value=self.share)
        return self

    @property
    def share(self) -> str:
        return self.over or self.at_least or ""


def _majority(value: object) -> object:
    return _named(MAJORITIES, value)


MajorityRule = Annotated[MajorityForm, BeforeValidator(_majority)]
"""A name of `MAJORITIES`, or `{base, over}`, or `{base, at_least}`."""


def _band(value: object) -> object:
    if isinstance(value, list) and len(value) == 2:
        return tuple(value)
    raise wrong(Code.BAD_BAND)


Band = Annotated[tuple[Share, Line], BeforeValidator(_band)]


class ShareBandsForm(Form):
    """The grade by the share of the valid papers for `key` alone (PROCEDURE.md R60)."""

    key: Line
    bands: Annotated[list[Band], Field(min_length=1)]
    otherwise: Annotated[Line, Field(alias="else")]

    @model_validator(mode="after")
    def _shares(self) -> Self:
        for share, _ in self.bands:
            if not 0 < Fraction(share) <= 1:
                raise wrong(Code.BAD_SHARE, value=share)
        return self

    @property
    def grades(self) -> tuple[str, ...]:
        """Every grade that it names."""
        return self.key, *(grade for _, grade in self.bands), self.otherwise


class GradeRuleForm(Form):
    """By shares, or the first grade at which it and all better ones reach a majority."""

    share_bands: ShareBandsForm | None = None
    majority: MajorityRule | None = None

    @model_validator(mode="after")
    def _one_rule(self) -> Self:
        if self.share_bands is not None and self.majority is not None:
            raise wrong(Code.BAD_GRADE_RULE)
        return self


def _grade_rule(value: object) -> object:
    return _named(GRADE_RULES, value)


GradeRule = Annotated[GradeRuleForm, BeforeValidator(_grade_rule)]
"""A name of `GRADE_RULES`, or `{share_bands: …}`."""


MeansName = Literal[
    "inquiry", "interpellation", "inquiry_committee", "personnel_proposal", "removal", "recall", "dismissal"
]
"""What a second failure may lead to."""


class RulesForm(Form):
    """What is left out comes from the preset, else from here; these are a county standing committee's."""

    preset: PresetName | None = None
    total_members: Number
    quorum: Literal["more_than_half_of_all", "two_thirds_of_all"] = "more_than_half_of_all"
    majority: MajorityRule = MajorityForm(over="1/2")
    grade_rule: GradeRule = GradeRuleForm(majority=MajorityForm(over="1/2"))
    exam_pass_mark: Annotated[int, Field(ge=0, le=1000)] | None = 80
    speech_limit_plenary_s: Seconds = 600
    pledge_limit_s: Seconds = 300
    question_limit_s: Seconds = 180
    answer_limit_s: Seconds = 300
    ballot_timer_s: Seconds | None = 60
    not_pressed_label: Name | None = None
    pledge_label_zh: Name | None = None
    pledge_label_en: Name | None = None
    pledge_after_vote: bool = False
    written_pledge: bool = False
    pledge_points_zh: list[Line] = Field(default_factory=list, max_length=12)
    pledge_points_en: list[Line] | None = None
    joint_nomination: Annotated[int, Field(ge=2, le=9_999)] | None = None
    grade_passes: Annotated[int, Field(ge=1, le=8)] | None = None
    read_out_motions: bool = False
    """Every motion is read out where it is introduced, unless it says `read_out: false`."""
    steps: dict[ProfiledKind, list[Name]] = Field(default_factory=dict)
    """Another order of steps for a kind of item (`step_profile`)."""
    interpellation_movers: Number = 3
    """So many members may interpellate jointly: 3 in a county's standing committee (监督法 51)."""
    inquiry_share: Share = "1/5"
    """This share of the members may propose a committee of inquiry (监督法 55)."""
    plain_http: bool = False
    fewest_secret_voters: Annotated[int, Field(ge=2, le=9_999)] = 5
    fewest_advisory_voters: Annotated[int, Field(ge=2, le=9_999)] = 2
    announce: Literal["immediate", "tellers_confirm", "chair_reveals"] = "immediate"
    zero_check: bool = True
    change_of_mind: bool = False
    names_recorded: bool = False
    names_on_hall: bool = False
    filing_days: Annotated[int, Field(ge=1, le=365)] | None = None
    summons_days: Annotated[int, Field(ge=1, le=365)] | None = 7
    materials_days: Annotated[int, Field(ge=1, le=365)] | None = None
    opinion_days: Annotated[int, Field(ge=1, le=365)] = 10
    report_months: Annotated[int, Field(ge=1, le=60)] = 6
    failing_months: Annotated[int, Field(ge=1, le=60)] = 3
    list_failing: bool = True
    notice_days: Annotated[int, Field(ge=1, le=365)] = 3
    question_days: Annotated[int, Field(ge=1, le=365)] | None = None
    escalation: list[MeansName] = Field(default_factory=lambda: [one.value for one in ESCALATION])
    officer_proposal: list[Literal["removal", "recall", "dismissal"]] = Field(default_factory=list)
    duty_report_months: Annotated[int, Field(ge=1, le=60)] | None = None
    leaving_audit_months: Annotated[int, Field(ge=1, le=60)] | None = None
    distribution: list[Line] = Field(default_factory=list)
    hand_back_s: Annotated[int, Field(ge=1, le=3_600)] = 60

    def with_preset(self) -> RulesForm:
        """These rules with whatever their preset says where they are silent."""
        said = {name: getattr(self, name) for name in self.model_fields_set}
        preset = {} if self.preset is None else PRESETS[self.preset]
        return RulesForm.model_validate({**preset, **said})
