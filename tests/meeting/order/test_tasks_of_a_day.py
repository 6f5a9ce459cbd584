"""Tasks that the demonstration sitting's own kinds of outcomes leave: notices, pledges, next year's plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from meeting.order import commands as c
from meeting.order.follow_up import tasks
from meeting.order.particulars import AutoListed, Particulars
from meeting.order.sitting import Text
from meeting.wording import words
from tests.meeting.order.full_sitting import N1, Full, full_plan
from tests.meeting.order.small_sitting import Sitting
from tests.meeting.order.test_follow_up import RULES, UNIT, WORST, graded


def full(**particulars: object) -> Full:
    sitting = Full(RULES)
    plan = full_plan(RULES)
    items = tuple(
        replace(one, particulars=Particulars(**particulars)) if one.number == 7 else one  # type: ignore[arg-type]
        for one in plan.items
    )
    matters = tuple(
        replace(one, pledge=(("目标任务", "修路"),)) if one.id == N1 else one for one in plan.matters
    )
    return _of(sitting, replace(plan, items=items, matters=matters))


def _of(sitting: Full, plan: object) -> Full:
    Sitting.__init__(sitting, plan)  # type: ignore[arg-type]
    return sitting


def test_who_is_appointed_is_announced_and_his_pledge_is_published_then_and_not_before() -> None:
    sitting = full().begin()
    sitting.to(4).open().cast([{"R1": "for"}] * 8)
    assert [task.id for task in tasks(sitting.state)] == ["4-r1-notice"]
    sitting.to(5).open().cast([{"B1": "for"}] * 8)
    found = {task.id: task for task in tasks(sitting.state)}
    assert list(found) == ["4-r1-notice", "5-n1-notice", "5-n1-pledge", "5-n2-notice"]
    assert found["5-n1-notice"].due == date(2026, 3, 29)
    assert words(found["5-n1-pledge"].what)["zh"] == "公开供职承诺"


def test_a_lost_matter_leaves_no_notice() -> None:
    sitting = full().begin()
    sitting.to(4).open().cast([{"R1": "against"}] * 8)
    assert tasks(sitting.state) == ()


def test_next_years_plan_has_those_selected_and_whoever_is_listed_without_a_vote() -> None:
    listed = AutoListed(Text("县水利局"), Text("本次测评不满意，直接列入"))
    sitting = full(auto_listed=listed).begin()
    sitting.to(7).open().cast([{"item-7": ["农业", "卫生"]}] * 8)
    [task] = [one for one in tasks(sitting.state) if one.id == "7-plan"]
    assert task.subject.zh == "农业、卫生", "it has not failed today"
    assert words(task.what)["zh"] == "列入2027年度工作评议计划"
    failed = replace(listed, item=3)
    sitting = full(auto_listed=failed).begin().to(3).open()
    worst = {"item-3-score": {"1": 50, "2": 50}, "item-3-grade": "不满意"}
    sitting.cast([worst] * 8, [worst] * 5)
    sitting.to(7).open().cast([{"item-7": ["农业", "卫生"]}] * 8)
    [task] = [one for one in tasks(sitting.state) if one.id == "7-plan"]
    assert task.subject.zh == "农业、卫生、县水利局"


def test_an_opinion_is_approved_by_the_chairs_meeting_before_it_is_delivered() -> None:
    found = {task.id: words(task.what)["zh"] for task in graded(WORST, Particulars(subject=UNIT))}
    assert found == {
        "3-opinion": "审议意见（评议意见）经主任会议审定后送达",
        "3-report": "报告落实情况",
        "3-again": "再次报告整改情况，并再次测评",
        "3-listed": "列为2027年度评议对象",
    }


def test_a_comment_from_a_phone_is_kept_for_the_opinion_of_its_item() -> None:
    sitting = full().begin().to(3)
    sitting.obey(c.GoTo(3, 1), c.SendComment(sitting.plan.members[4].number, "请公开水质"))
    [comment] = sitting.state.comments
    assert (comment.item, comment.text) == (3, "请公开水质")
