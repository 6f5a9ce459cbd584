"""What the sources ask for is in the demonstration sitting: who is asked, what, in which order, and how."""

from __future__ import annotations

from meeting.office.rules_schema import RulesForm
from meeting.office.sitting_file import read_sitting
from meeting.order.asking import MEMBER_CLASS, ElectionAsk, GradeAsk, ScoreAsk, SelectionAsk, Visibility
from meeting.order.sitting import ItemKind, Plan, StepKind
from tests.meeting.broken_sittings import DEMO


def plan_of(*edits: tuple[str, str]) -> Plan:
    text = DEMO
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return read_sitting(text).plan


PLAN = plan_of()


def test_the_chairs_meeting_may_hold_a_secret_ballot_of_its_own() -> None:
    rules = RulesForm.model_validate({"preset": "chairs_meeting", "total_members": 6}).with_preset()
    assert rules.fewest_secret_voters <= 6
    assert rules.quorum == "more_than_half_of_all"


def test_who_advises_is_asked_beside_the_members() -> None:
    [vote] = [step.vote for step in PLAN.item(6).steps if step.vote is not None]
    assert [(one.voter_class, one.binding) for one in vote.electorates] == [
        (MEMBER_CLASS, True),
        ("office_head", False),
        ("deputy", False),
    ]
    assert [len(PLAN.people(one.voter_class)) for one in vote.electorates] == [31, 4, 8]


def test_every_kind_of_question_and_every_visibility_has_its_item() -> None:
    asked = {
        item.number: (step.vote.visibility, tuple(type(ask) for ask in step.vote.asks))
        for item, _, step in PLAN.steps()
        if step.vote is not None
    }
    assert asked[5] == (Visibility.SECRET, (ScoreAsk, GradeAsk))
    assert asked[11] == (Visibility.SECRET, (ElectionAsk,))
    assert asked[12] == (Visibility.SECRET, (SelectionAsk,))
    assert asked[9][0] is Visibility.OPEN
    by_hands = plan_of(("ballot: {mode: open, method", "ballot: {mode: hands, method"))
    [first] = [step.vote for step in by_hands.item(2).steps if step.vote is not None]
    assert first.visibility is Visibility.HANDS


def test_the_six_criteria_are_data() -> None:
    [sheet] = [
        ask for step in PLAN.item(5).steps if step.vote for ask in step.vote.asks if ask.kind == "score"
    ]
    assert isinstance(sheet, ScoreAsk)
    assert [one.weight for one in sheet.criteria] == [1] * 6
    edited = plan_of(
        ("scale: {min: 0, max: 100, step: 1}", "scale: {min: 0, max: 100, step: 1}\n      pass_mark: 60"),
        ("zh: 勤政廉政和作风建设情况,", "zh: 任期目标完成情况, weight: 2,"),
        ("overall_mean: 85.3", "overall_mean: 85.6"),
    )
    [other] = [
        ask for step in edited.item(5).steps if step.vote for ask in step.vote.asks if ask.kind == "score"
    ]
    assert isinstance(other, ScoreAsk)
    assert (other.criteria[5].title.zh, other.criteria[5].weight, other.pass_mark) == (
        "任期目标完成情况",
        2,
        60,
    )


def test_removal_comes_before_the_appointment_to_the_same_post() -> None:
    order = [step.matter for _, _, step in PLAN.steps() if step.kind is StepKind.VOTE and step.matter]
    assert [PLAN.matter(one).kind.value for one in order[:2]] == ["removal", "appointment"]
    assert PLAN.matter(order[0]).post == PLAN.matter(order[1]).post


def test_the_day_has_an_order_and_an_hour_for_every_item() -> None:
    assert [item.start for item in PLAN.items] == sorted(item.start for item in PLAN.items)
    assert PLAN.items[1].kind is ItemKind.PUBLIC_VOTE, "the agenda is adopted first"
