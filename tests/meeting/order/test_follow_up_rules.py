"""What the rules make of outcomes: tracked questions, escalation, duty reports, audits, the next congress."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from meeting.order import commands as c
from meeting.order.follow_up import Task, tasks
from meeting.order.means import Means
from meeting.order.particulars import Earlier, FollowUpPlan, Particulars, Subject, SubjectKind
from meeting.order.rules import Rules
from meeting.order.sitting import Item, Matter, Text
from meeting.wording import words
from tests.meeting.order.full_sitting import B1, R1, Full, full_plan
from tests.meeting.order.small_sitting import Sitting
from tests.meeting.order.test_follow_up import BEST, RULES, UNIT, WORST, graded

OFFICER = Subject(SubjectKind.OFFICER, Text("薛"), post=Text("局长"))
EARLIER = Earlier("bailu-25", 4, WORST)


def by_id(found: tuple[Task, ...]) -> dict[str, Task]:
    return {task.id: task for task in found}


def said(task: Task) -> str:
    return words(task.what)["zh"]


# --- questions ---


@pytest.mark.parametrize(("days", "due"), [(None, date(2026, 4, 5)), (15, date(2026, 4, 10))])
def test_a_tracked_question_is_a_task_with_a_deadline(days: int | None, due: date) -> None:
    sitting = Full(replace(RULES, question_days=days)).begin().proceed(2)
    sitting.obey(c.PutQuestion("成员5", "何时建成？", to="水利局局长"), c.CloseQuestion(True))
    assert tasks(sitting.state) == ()
    [task] = tasks(sitting.obey(c.TrackQuestion(0)).state)
    assert (task.id, task.subject, task.due, task.kind) == (
        "3-tracked-1",
        Text("水利局局长"),
        due,
        "tracked",
    )
    assert said(task) == "督办成员5提出的问题：何时建成？"
    assert tasks(sitting.obey(c.UntrackQuestion(0)).state) == ()


def test_a_question_may_want_its_written_answer_and_be_tracked() -> None:
    sitting = Full(RULES).begin().proceed(2)
    sitting.obey(c.PutQuestion("成员5", "何时建成？"), c.CloseQuestion(False), c.TrackQuestion(0))
    assert [task.id for task in tasks(sitting.state)] == ["3-answer-1", "3-tracked-1"]


# --- escalation ---


def test_a_second_failure_names_every_lawful_means() -> None:
    task = by_id(graded(WORST, Particulars(subject=UNIT, earlier=EARLIER)))["3-escalate"]
    text = said(task)
    for means in ("询问", "质询", "特定问题调查委员会", "人事工作建议"):
        assert means in text
    assert "免职" not in text, "a unit cannot be removed"
    assert "撤职" not in text


def test_an_officers_second_failure_names_removal_and_dismissal_too() -> None:
    text = said(by_id(graded(WORST, Particulars(subject=OFFICER, earlier=EARLIER)))["3-escalate"])
    assert "免职建议" in text
    assert "撤职建议（监督法第62条，无记名投票）" in text


def test_the_rules_say_what_a_second_failure_may_lead_to() -> None:
    about = Particulars(subject=UNIT, earlier=EARLIER)
    rules = replace(RULES, escalation=(Means.INTERPELLATION,))
    assert said(by_id(graded(WORST, about, rules))["3-escalate"]) == (
        "再次测评仍为最低等次，可依法采取：质询（监督法第51至54条）"
    )
    of_officers = replace(RULES, escalation=(Means.DISMISSAL,))
    for none in (replace(RULES, escalation=()), of_officers):
        assert "3-escalate" not in by_id(graded(WORST, about, none))


def test_removal_or_dismissal_is_proposed_only_where_the_rules_say_so() -> None:
    about = Particulars(subject=OFFICER)
    local = replace(RULES, officer_proposal=(Means.REMOVAL, Means.RECALL, Means.DISMISSAL))
    assert "3-proposal" not in by_id(graded(WORST, about))
    text = said(by_id(graded(WORST, about, local))["3-proposal"])
    assert "免职建议、罢免建议、撤职建议" in text
    assert "3-proposal" not in by_id(graded(BEST, about, local))
    assert "3-proposal" not in by_id(graded(WORST, Particulars(subject=UNIT), local))


def test_a_task_of_the_file_stands_for_one_of_the_rules_and_has_deputies() -> None:
    lines = (FollowUpPlan(Text("送达"), 7, kind="opinion", deputies=("代表甲",)), FollowUpPlan(Text("其他")))
    first, second = graded(BEST, Particulars(subject=UNIT, follow_up=lines))
    assert (first.kind, first.deputies) == ("opinion", ("代表甲",))
    assert (second.kind, second.deputies) == ("plan", ())


# --- matters ---


def played(rules: Rules, persons: tuple[str, ...] = ()) -> Full:
    """The removal and the two appointments are carried."""
    plan = full_plan(rules)

    def batch(one: Matter) -> Matter:
        return replace(one, person="", persons=persons) if one.id == "N2" and persons else one

    sitting = Full(rules)
    Sitting.__init__(sitting, replace(plan, matters=tuple(batch(one) for one in plan.matters)))
    sitting.begin()
    sitting.to(4).open().cast([{R1: "for"}] * 8)
    sitting.to(5).open().cast([{B1: "for"}] * 8)
    return sitting


def test_every_appointee_reports_on_his_duties_where_the_rules_say_so() -> None:
    assert not any(task.kind == "duty-report" for task in tasks(played(RULES).state))
    found = by_id(tasks(played(replace(RULES, duty_report_months=12), ("乙", "丙")).state))
    duties = {id_: task.subject.zh for id_, task in found.items() if task.kind == "duty-report"}
    assert duties == {"5-n1-duty": "甲", "5-n2-duty-1": "乙", "5-n2-duty-2": "丙"}
    assert found["5-n1-duty"].due == date(2027, 3, 26)
    assert said(found["5-n1-duty"]) == "向本机关报告履职情况"


def test_who_leaves_office_is_audited_where_the_rules_say_so() -> None:
    assert not any(task.kind == "audit" for task in tasks(played(RULES).state))
    found = by_id(tasks(played(replace(RULES, leaving_audit_months=3)).state))
    [audit] = [task for task in found.values() if task.kind == "audit"]
    assert (audit.id, audit.subject, audit.due) == ("4-r1-audit", Text("曾"), date(2026, 6, 26))


# --- the congress ---


def test_what_is_reported_to_the_next_congress_is_a_task_once_it_was_dealt_with() -> None:
    sitting = Full(RULES)

    def flagged(item: Item) -> Item:
        about = replace(item.particulars, report_to_congress=True)
        return replace(item, particulars=about) if item.number == 3 else item

    plan = replace(sitting.plan, items=tuple(flagged(one) for one in sitting.plan.items))
    Sitting.__init__(sitting, plan)
    assert tasks(sitting.begin().state) == ()
    sitting.to(3)
    [task] = tasks(sitting.state)
    assert (task.id, task.subject, task.due) == ("3-congress", Text("工作评议"), None)
    assert said(task) == "将办理情况向下一次人民代表大会会议报告"
