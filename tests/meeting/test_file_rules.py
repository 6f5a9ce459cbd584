"""The rules of a sitting file: presets, majorities, the rule for grades, and what each of them means for a vote."""

from __future__ import annotations

import pytest

from meeting.demo import BAILU, HETING
from meeting.office.presets import PRESETS
from meeting.office.rules_schema import GRADE_RULES, MAJORITIES, RulesForm
from meeting.office.sitting_file import read_sitting
from meeting.order.asking import Base, GradeAsk, Majority, ShareBands
from meeting.order.means import Means
from meeting.order.rules import Announce, Rules
from meeting.order.sitting import Plan, StepKind
from meeting.order.text import Text

DEMO = BAILU.read_text(encoding="utf-8")
LAST_RULE = "    not_pressed_label: 未按\n"


def with_rules(*lines: str, without: tuple[str, ...] = ()) -> Plan:
    """The demo sitting with these lines among its rules."""
    text = DEMO.replace(LAST_RULE, LAST_RULE + "".join(f"    {line}\n" for line in lines), 1)
    for line in without:
        assert line in text
        text = text.replace(line, "", 1)
    return read_sitting(text).plan


# --- presets ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_a_set_of_rules_in_form(preset: str) -> None:
    rules = RulesForm.model_validate({"total_members": 31, "preset": preset}).with_preset()
    assert rules.model_fields_set >= set(PRESETS[preset])  # type: ignore[index]  # a name out of the mapping


def test_the_standing_committee_is_what_a_file_without_a_preset_has() -> None:
    assert with_rules("preset: county_standing_committee") == read_sitting(BAILU).plan


def test_a_congress_needs_two_thirds_of_all_to_sit() -> None:
    rules = read_sitting(HETING).plan.rules
    assert (rules.total_members, rules.quorum) == (60, 40)
    assert rules.majority == Majority(Base.ALL_MEMBERS, "1/2")
    assert rules.exam_pass_mark is None
    assert rules.announce is Announce.TELLERS_CONFIRM


def test_what_the_file_says_goes_before_its_preset() -> None:
    text = HETING.read_text(encoding="utf-8").replace(
        "    total_members: 60\n",
        "    total_members: 60\n    announce: chair_reveals\n    exam_pass_mark: 60\n",
    )
    rules = read_sitting(text).plan.rules
    assert (rules.announce, rules.exam_pass_mark) == (Announce.CHAIR_REVEALS, 60)
    assert rules.zero_check


# --- single rules ----------------------------------------------------------------------------------------------------


def test_every_rule_arrives() -> None:
    rules = with_rules(
        "announce: tellers_confirm",
        "change_of_mind: true",
        "names_recorded: true",
        "names_on_hall: true",
        "pledge_label_zh: 表态发言",
        "pledge_label_en: Statement",
        "materials_days: 5",
        "zero_check: false",
        "fewest_advisory_voters: 3",
        "opinion_days: 7",
        "report_months: 5",
        "failing_months: 2",
        "list_failing: false",
        "notice_days: 4",
        "distribution: [县委, 县委组织部]",
        "question_days: 15",
        "escalation: [inquiry, dismissal]",
        "officer_proposal: [recall]",
        "duty_report_months: 12",
        "leaving_audit_months: 4",
    ).rules
    assert rules.announce is Announce.TELLERS_CONFIRM
    assert (rules.change_of_mind, rules.names_recorded, rules.names_on_hall) == (True, True, True)
    assert rules.pledge_label == Text("表态发言", "Statement")
    assert (rules.materials_days, rules.zero_check, rules.fewest_advisory_voters) == (5, False, 3)
    assert (rules.opinion_days, rules.report_months, rules.failing_months) == (7, 5, 2)
    assert (rules.list_failing, rules.notice_days) == (False, 4)
    assert rules.distribution == ("县委", "县委组织部")
    assert (rules.question_days, rules.duty_report_months, rules.leaving_audit_months) == (15, 12, 4)
    assert rules.escalation == (Means.INQUIRY, Means.DISMISSAL)
    assert rules.officer_proposal == (Means.RECALL,)


def test_the_form_has_every_rule() -> None:
    said = set(RulesForm.model_fields)
    renamed = {
        "quorum": "quorum_rule",
        "speech_limit_plenary_s": "speech_limit_s",
        "pledge_label_zh": "pledge_label",
        "pledge_label_en": "pledge_label",
        "pledge_points_zh": "pledge_points",
        "pledge_points_en": "pledge_points",
    }
    # the preset is a set of others, the rules for grades and the place of the pledge shape the steps
    elsewhere = {"preset", "grade_rule", "grade_passes", "pledge_after_vote", "read_out_motions", "steps"}
    # … and these two are for checking the file alone
    elsewhere |= {"interpellation_movers", "inquiry_share"}
    assert {renamed.get(name, name) for name in said - elsewhere} == set(Rules.__dataclass_fields__)


@pytest.mark.parametrize("name", MAJORITIES)
def test_a_majority_by_its_name_is_what_the_mapping_says(name: str) -> None:
    written = ", ".join(f"{key}: {value}" for key, value in MAJORITIES[name].items())
    assert read_sitting(_with_majority(name)).plan == read_sitting(_with_majority(f"{{{written}}}")).plan


def _with_majority(said: str) -> str:
    return DEMO.replace("majority: more_than_half_of_all  ", f"majority: {said}  ")


def test_two_thirds_or_more() -> None:
    majority = read_sitting(_with_majority("two_thirds_of_all")).plan.rules.majority
    assert majority == Majority(Base.ALL_MEMBERS, "2/3", at_least=True)
    assert majority.needed(31, 20) == 21
    assert majority.needed(30, 20) == 20


def test_a_vote_may_have_a_majority_of_its_own() -> None:
    plan = read_sitting(HETING).plan
    (vote,) = (step.vote for step in plan.item(4).steps if step.vote)
    assert vote.majority == Majority(Base.ALL_MEMBERS, "2/3", at_least=True)
    assert all(step.vote.majority is None for step in plan.item(3).steps if step.vote)


# --- grades ----------------------------------------------------------------------------------------------------------


def test_a_grade_by_shares() -> None:
    (ask,) = (ask for step in read_sitting(HETING).plan.item(5).steps if step.vote for ask in step.vote.asks)
    assert isinstance(ask, GradeAsk)
    assert ask.bands == ShareBands("满意", (("1/2", "基本满意"), ("4/5", "满意")), "不满意")


def test_a_ballot_may_have_its_own_rule_for_grades() -> None:
    rule = "grade_rule: {share_bands: {key: 称职, bands: [[1/2, 基本称职], [4/5, 称职]], else: 不称职}}"
    plan = read_sitting(DEMO.replace("grades: [优秀,", f"{rule}, grades: [优秀,")).plan
    asks = [
        ask for _, _, step in plan.steps() if step.vote for ask in step.vote.asks if isinstance(ask, GradeAsk)
    ]
    assert [ask.bands is not None for ask in asks] == [False, False, True]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("cumulative_majority", None),
        ("cumulative_majority_of_all", Majority()),
        ("cumulative_majority_of_present", Majority(Base.PRESENT)),
    ],
)
def test_grades_have_a_majority_of_their_own(rule: str, expected: Majority | None) -> None:
    assert rule in GRADE_RULES
    text = _with_majority("two_thirds_of_all").replace("cumulative_majority_of_all", rule)
    plan = read_sitting(text).plan
    votes = [
        step.vote for _, _, step in plan.steps() if step.vote and isinstance(step.vote.asks[-1], GradeAsk)
    ]
    assert {vote.majority for vote in votes} == {expected}


# --- the pledge ------------------------------------------------------------------------------------------------------


def test_the_pledge_may_come_after_the_vote() -> None:
    text = DEMO.replace(LAST_RULE, LAST_RULE + "    pledge_after_vote: true\n").replace(
        "{result: redo_ordered, reason_zh: 对如何接受人大监督未作表态, seconds: 96}, ", ""
    )
    plan = read_sitting(text).plan
    assert [step.kind.value for step in plan.item(7).steps] == ["introduction", "questions"] * 3
    assert [step.kind.value for step in plan.item(10).steps] == ["vote", "declaration", "pledge"] * 3
    assert [step.speaker for step in plan.item(10).steps if step.kind is StepKind.PLEDGE] == [
        "方青松",
        "程修竹",
        "顾海棠",
    ]
