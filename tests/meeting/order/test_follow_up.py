"""Outcomes give rise to tasks with deadlines, and the same tasks whenever they are asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting.order import commands as c
from meeting.order import follow_up
from meeting.order.errors import NoMonth
from meeting.order.follow_up import Task, tasks
from meeting.order.particulars import Earlier, FollowUpPlan, Particulars, Subject, SubjectKind
from meeting.order.rules import Rules
from meeting.order.sentence import sentence
from meeting.order.sitting import Text
from tests.meeting.order.full_sitting import N2, Full, full_plan

RULES = Rules(total_members=9, plain_http=True)
WORST, BEST = "不满意", "满意"


def graded(grade: str, particulars: Particulars, rules: Rules = RULES) -> tuple[Task, ...]:
    sitting = Full(rules)
    items = tuple(
        replace(item, particulars=particulars) if item.number == 3 else item for item in sitting.plan.items
    )
    sitting = _with_plan(sitting, items)
    sheet = {"item-3-score": {"1": 60, "2": 60}, "item-3-grade": grade}
    return tuple(
        task for task in tasks(sitting.begin().to(3).open().cast([sheet] * 8).state) if task.item == 3
    )


def _with_plan(sitting: Full, items: tuple[object, ...]) -> Full:
    state = replace(sitting.state, plan=replace(sitting.plan, items=items))  # type: ignore[arg-type]
    sitting.plan, sitting.state = state.plan, state
    return sitting


UNIT = Subject(SubjectKind.UNIT, Text("农业农村局"))


def test_a_failing_evaluation_is_reported_on_again_and_repeated() -> None:
    found = {task.id: task for task in graded(WORST, Particulars(subject=UNIT))}
    assert list(found) == ["3-opinion", "3-report", "3-again", "3-listed"]
    assert found["3-opinion"].due == date(2026, 4, 5)
    assert found["3-report"].due == date(2026, 9, 26)
    assert found["3-again"].due == date(2026, 6, 26)
    assert found["3-listed"].subject == Text("农业农村局")


def test_a_good_grade_asks_for_a_report_only() -> None:
    assert [task.id for task in graded(BEST, Particulars(subject=UNIT))] == ["3-opinion", "3-report"]


def test_the_files_own_tasks_stand_for_those_of_the_rules() -> None:
    plan = FollowUpPlan(Text("书面报告"), due_months=6, approved_by="主任会议")
    [task] = graded(WORST, Particulars(subject=UNIT, follow_up=(plan,)))
    assert (task.id, task.due, task.approved_by) == ("3-plan-1", date(2026, 9, 26), "主任会议")


def test_a_task_of_the_file_stands_for_the_one_it_names_and_comes_with_the_grade_it_names() -> None:
    handed_over = FollowUpPlan(Text("代表意见交办"), due_days=10, kind="opinion")
    looked_at = FollowUpPlan(Text("不满意的，约谈主要负责人"), kind="report", grade=WORST)
    about = Particulars(subject=UNIT, follow_up=(handed_over, looked_at))
    assert [task.id for task in graded(BEST, about)] == ["3-plan-1"]
    assert [task.id for task in graded(WORST, about)] == ["3-plan-1", "3-plan-2", "3-again", "3-listed"]


def test_an_item_that_asks_for_no_grade_leaves_the_tasks_of_the_file() -> None:
    plan = full_plan(RULES)
    about = Particulars(follow_up=(FollowUpPlan(Text("办理情况报告"), due_months=3),))
    items = tuple(replace(one, particulars=about) if one.number == 7 else one for one in plan.items)
    sitting = _with_plan(Full(RULES), items).begin()
    assert not [task for task in tasks(sitting.state) if task.item == 7], "it has not come yet"
    sitting.to(7).open().cast([{"item-7": ["农业", "卫生"]}] * 8).proceed()
    [task] = [task for task in tasks(sitting.state) if task.id == "7-plan-1"]
    assert (task.due, task.cause) == (date(2026, 6, 26), "done")


def test_a_second_failure_escalates() -> None:
    earlier = Earlier("bailu-25", 4, WORST)
    assert graded(WORST, Particulars(subject=UNIT, earlier=earlier))[-1].id == "3-escalate"
    assert all(task.id != "3-escalate" for task in graded(BEST, Particulars(subject=UNIT, earlier=earlier)))


def test_results_are_sent_to_whom_the_rules_name() -> None:
    rules = replace(RULES, distribution=("县委组织部", "县人民政府"))
    assert graded(BEST, Particulars(subject=UNIT), rules)[-1].id == "3-send"


def test_matters_elections_and_selections_leave_their_tasks() -> None:
    sitting = Full(RULES).begin().obey(c.DeferMatter(N2, "主任会议", "plenary", "有新情况"))
    sitting.to(4).open().cast([{"R1": "for"}] * 8)
    sitting.to(5).open().cast([{"B1": "for"}] * 8)
    meng = {"item-6": {"for": ["孟"], "against": ["柳"], "write_in": []}}
    sitting.to(6).open().cast([meng] * 8)
    sitting.to(7).open().cast([{"item-7": ["农业", "水利"]}] * 8)
    found = [task.id for task in tasks(sitting.state)]
    assert found == ["4-r1-notice", "5-n1-notice", "5-n2-deferred", "6-elected-孟", "7-plan"]


def test_a_question_that_was_not_answered_is_answered_in_writing() -> None:
    sitting = Full(RULES).begin().proceed()
    sitting.obey(c.PutQuestion("成员5", "何时建成？", to="水利局局长"), c.CloseQuestion(False))
    sitting.obey(c.PutQuestion("成员6", "多少钱？"), c.CloseQuestion(True))
    [task] = tasks(sitting.state)
    assert (task.id, task.subject, task.due) == ("3-answer-1", Text("水利局局长"), date(2026, 4, 5))


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2026, 3, 26), 6, date(2026, 9, 26)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 3, date(2027, 3, 31)),
    ],
)
def test_a_month_that_is_too_short_ends_on_its_last_day(day: date, months: int, due: date) -> None:
    assert follow_up._after(day, None, months) == due


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_months_later_is_the_right_month_and_never_earlier(day: date, months: int) -> None:
    due = follow_up._after(day, None, months)
    assert due is not None
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months
    assert due.day <= day.day


@pytest.mark.parametrize(("before", "key"), [(0, "follow.not-carried"), (1, "follow.not-again")])
def test_r45_a_rejection_is_counted(before: int, key: str) -> None:
    sitting = Full(RULES)
    matters = tuple(
        replace(one, not_carried_before=before) if one.id == N2 else one for one in sitting.plan.matters
    )
    sitting.plan = replace(sitting.plan, matters=matters)
    sitting.state = replace(sitting.state, plan=sitting.plan)
    sitting.begin().to(5)
    sitting.obey(c.OverridePrecondition("removal_first", "已免职"))
    sitting.open().cast([{"B1": "against"}] * 8)
    found = {task.id: task for task in tasks(sitting.state)}["5-n2-not-carried"]
    assert found.what == sentence(key, times=before + 1)


@pytest.mark.parametrize(("until", "due"), [("2026-06", date(2026, 6, 30)), ("2028-02", date(2028, 2, 29))])
def test_a_deferred_matter_comes_again_by_the_month_that_was_set(until: str, due: date) -> None:
    deferral = c.DeferMatter(N2, "主任会议", "plenary", "补考", until)
    [task] = tasks(Full(RULES).begin().obey(deferral).state)
    assert (task.id, task.due) == ("5-n2-deferred", due)


@pytest.mark.parametrize("until", ["2026", "2026-13", "六月", "2026-6"])
def test_what_is_no_month_is_refused(until: str) -> None:
    with pytest.raises(NoMonth):
        Full(RULES).begin().obey(c.DeferMatter(N2, "主任会议", "plenary", "补考", until))
