"""What a grade concludes (PROCEDURE.md rows 119, 120): a law of the declared grade, and of nothing else of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting.order import announcement, conclusion, decisions
from meeting.order.asking import GradeAsk, VotePlan
from meeting.order.follow_up import tasks
from meeting.order.sentence import Sentence
from meeting.order.sitting import Plan
from meeting.projections.count_report import report
from meeting.projections.governing import governing
from meeting.projections.public_results import decided
from meeting.projections.questions import answered
from meeting.wording import words
from tests.meeting.order.full_sitting import SCALE, Full, full_plan
from tests.meeting.order.small_sitting import Sitting

GRADES = [grade.zh for grade in SCALE]
PASSES, ADOPTS = GradeAsk(SCALE, passes=("满意", "基本满意")), GradeAsk(SCALE, passes=("满意",), decides=True)
ITEM = 3


def with_grades(ask: GradeAsk) -> Plan:
    """The full sitting, whose work evaluation asks this."""
    plan = full_plan()
    item = plan.item(ITEM)
    steps = tuple(
        step if step.vote is None else replace(step, vote=_asking(step.vote, ask)) for step in item.steps
    )
    changed = replace(item, steps=steps)
    return replace(plan, items=tuple(changed if one.number == ITEM else one for one in plan.items))


def _asking(vote: VotePlan, ask: GradeAsk) -> VotePlan:
    return replace(vote, asks=(*vote.asks[:-1], ask))


class Evaluation(Full):
    """The full sitting with these grades."""

    def __init__(self, ask: GradeAsk) -> None:
        Sitting.__init__(self, with_grades(ask))


def evaluated(ask: GradeAsk, marks: Sequence[str], advice: str = "满意") -> Full:
    sitting = Evaluation(ask)
    sitting.begin().to(ITEM).open()
    scores, grade = sitting.poll.questions
    sheet = {"1": 80, "2": 90}
    ballots = [{scores: sheet, grade: mark} for mark in marks]
    beside = [{scores: sheet, grade: advice}] * 5
    return sitting.cast(ballots, beside)


def zh(sentences: Sequence[Sentence]) -> str:
    return "".join(words(one)["zh"] for one in sentences)


@pytest.mark.parametrize(
    ("ask", "grade", "told"),
    [
        (PASSES, "满意", "通过"),
        (PASSES, "基本满意", "通过"),
        (PASSES, "不满意", "不通过"),
        (ADOPTS, "满意", "报告通过"),
        (ADOPTS, "基本满意", "报告未获通过"),
        (ADOPTS, "不满意", "报告未获通过"),
    ],
)
def test_a_grade_passes_or_adopts_the_report(ask: GradeAsk, grade: str, told: str) -> None:
    verdict = conclusion.verdict(ask, grade)
    assert verdict is not None
    assert words(verdict)["zh"] == told
    assert words(verdict)["en"]


def test_without_a_rule_a_grade_concludes_nothing() -> None:
    ask = GradeAsk(SCALE)
    assert conclusion.verdict(ask, "不满意") is None
    assert conclusion.rule(ask) is None
    sitting = evaluated(ask, ["满意"] * 8)
    assert words(decisions.outcome(sitting.state, sitting.poll))["zh"] == "满意，综合得分86.7分"
    assert answered(sitting.state, sitting.poll)[-1]["concluded"] == {"zh": "", "en": ""}


def test_a_report_that_does_not_pass_is_said_in_one_breath_with_its_grade() -> None:
    sitting = evaluated(ADOPTS, ["基本满意"] * 8)
    [said] = announcement.meaning(sitting.state, sitting.poll)
    assert words(said)["zh"] == "满意0票，基本满意8票，不满意0票。测评结果为基本满意，报告未获通过。"
    assert words(said)["en"].endswith("; the report is not adopted.")


def test_hall_console_report_public_page_and_tasks_say_the_same() -> None:
    sitting = evaluated(ADOPTS, ["不满意"] * 8)
    state, poll = sitting.state, sitting.poll
    assert answered(state, poll)[-1]["concluded"]["zh"] == "报告未获通过"
    for verdict in (report(state, poll)["verdict"], decided(state, poll)["verdict"]):
        assert verdict["zh"] == "不满意，综合得分86.7分，报告未获通过"
    of_the_grade = [task for task in tasks(state) if task.item == ITEM]
    assert of_the_grade
    for task in of_the_grade:
        assert task.cause == "不满意"
        assert task.concluded is not None
        assert words(task.concluded)["zh"] == "报告未获通过"


def test_who_only_advises_concludes_nothing() -> None:
    sitting = evaluated(ADOPTS, ["满意"] * 8, advice="不满意")
    beside = [one for one in sitting.state.together(sitting.poll) if not one.binding]
    assert [answered(sitting.state, one)[-1]["concluded"]["zh"] for one in beside] == [""]
    assert words(decisions.outcome(sitting.state, beside[0]))["zh"] == "不满意，综合得分86.7分"


def test_the_chair_is_told_beforehand_and_tells_the_members() -> None:
    sitting = Evaluation(ADOPTS)
    sitting.begin().to(ITEM)
    rules = {rule["name"]: rule["value"] for rule in governing(sitting.state)}
    assert rules["concludes"]["zh"] == "测评结果为满意的，报告通过；否则不通过"
    sitting.open()
    assert "测评结果为满意的，报告通过；否则不通过。" in zh(announcement.script(sitting.state))


# --- the law ---------------------------------------------------------------------------------------------------------


@given(
    first=st.lists(st.sampled_from(GRADES), min_size=1, max_size=8),
    second=st.lists(st.sampled_from(GRADES), min_size=1, max_size=8),
    advice=st.sampled_from(GRADES),
    ask=st.sampled_from([PASSES, ADOPTS]),
)
def test_the_conclusion_depends_on_the_declared_grade_and_on_nothing_else(
    first: list[str], second: list[str], advice: str, ask: GradeAsk
) -> None:
    told: dict[str, set[str]] = {}
    for marks in (first, second):
        sitting = evaluated(ask, marks, advice)
        question = answered(sitting.state, sitting.poll)[-1]
        told.setdefault(question["grade"], set()).add(question["concluded"]["zh"])
        expected = conclusion.verdict(ask, question["grade"])
        assert expected is not None
        assert question["concluded"] == words(expected)
    assert all(len(said) == 1 for said in told.values())


@given(many=st.integers(1, 2), decides=st.booleans())
def test_a_better_grade_never_concludes_worse(many: int, decides: bool) -> None:
    ask = GradeAsk(SCALE, passes=tuple(GRADES[:many]), decides=decides)
    passed = [conclusion.passed(ask, grade) for grade in GRADES]
    assert passed == sorted(passed, key=lambda one: not one)
    assert passed[0] is True
    assert passed[-1] is False


def test_the_paper_and_the_tally_know_nothing_of_it() -> None:
    plain, concluding = evaluated(GradeAsk(SCALE), ["满意"] * 5), evaluated(PASSES, ["满意"] * 5)
    assert plain.poll.result == concluding.poll.result
    stored: dict[str, Any] = dict(concluding.poll.result or {})
    assert "concluded" not in str(stored)
