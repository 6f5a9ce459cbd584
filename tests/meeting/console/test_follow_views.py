"""What is shown of follow-up: the earlier evaluation, tracked questions, the day's tasks, the recording."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

from meeting import projections
from meeting.order import commands as c
from meeting.order.particulars import Earlier, EarlierFound, FollowUpPlan, OpenTask
from meeting.order.sitting import Item, Plan, Text
from tests.meeting.console.played import Played, bailu

FOUND = EarlierFound(
    Text("第二十次会议", "20th Meeting"),
    "不满意",
    (OpenTask(Text("整改情况书面报告"), date(2026, 4, 30)), OpenTask(Text("公开整改结果"))),
)
EARLIER = Earlier("bailu-sc-18-20", 5, "不满意", found=FOUND)


def repeating(deputies: tuple[str, ...] = ()) -> Plan:
    """Bailu, whose item 5 repeats an earlier evaluation."""
    plan = bailu()

    def changed(item: Item) -> Item:
        if item.number != 5:
            return item
        tasks = (FollowUpPlan(Text("评议意见"), 10, kind="opinion", deputies=deputies),)
        return replace(item, particulars=replace(item.particulars, earlier=EARLIER, follow_up=tasks))

    return replace(plan, items=tuple(changed(one) for one in plan.items))


def slide(sitting: Played, audience: str) -> dict[str, Any]:
    view = getattr(projections, audience)(sitting.state, sitting.told(), sitting.now)
    return json.loads(json.dumps(view["slide"]))  # type: ignore[no-any-return]


def test_the_chair_sees_the_earlier_evaluation_and_its_open_tasks_before_the_vote() -> None:
    sitting = Played(repeating()).begin().to(5, 2)
    assert sitting.console()["earlier"] == {
        "grade": {
            "zh": "上次测评：不满意（第二十次会议）",
            "en": "Last evaluation: Not satisfied (20th Meeting)",
        },
        "tasks": [
            {"zh": "整改情况书面报告（期限2026-04-30）", "en": "整改情况书面报告 (due 2026-04-30)"},
            {"zh": "公开整改结果", "en": "公开整改结果"},
        ],
    }
    assert sitting.to(6).console()["earlier"] is None


def test_hall_and_phones_show_it_with_the_report_and_the_public_page_does_not() -> None:
    sitting = Played(repeating()).begin().to(5)
    lines = [one["zh"] for one in slide(sitting, "hall")["earlier"]]
    assert lines == [
        "上次测评：不满意（第二十次会议）",
        "未办结：整改情况书面报告（期限2026-04-30）、公开整改结果",
    ]
    assert [one["zh"] for one in slide(sitting, "member")["earlier"]] == lines
    assert slide(sitting, "public")["earlier"] == []


def test_a_tracked_question_is_marked_at_the_console() -> None:
    sitting = Played().begin().to(4, 1)
    sitting.obey(c.PutQuestion("田雨水", "何时建成？"), c.TrackQuestion(0))
    view = sitting.console()
    assert [one["tracked"] for one in view["questions"]] == [True]
    assert {"track_question", "untrack_question"} <= set(view["may"])


def test_the_days_tasks_are_listed_at_the_closing_and_after_it() -> None:
    sitting = Played(repeating(("代表甲",))).begin().to(5, 2).open()
    sheet, grade = sitting.poll.questions
    scores = {str(number): 80 for number in range(1, 7)}
    sitting.close([{sheet: scores, grade: "满意"}] * 30)
    assert sitting.console()["tasks"] == [], "nobody needs them in the middle of the day"
    kinds = [step.kind.value for step in sitting.plan.item(15).steps]
    sitting.to(15, kinds.index("closing"))
    tasks = sitting.console()["tasks"]
    opinion, report = [one for one in tasks if one["item"] == 5]
    assert report["id"] == "5-report", "the file's task stands for the one that it names, and for no other"
    assert (opinion["id"], opinion["due"], opinion["deputies"]) == ("5-plan-1", "2026-04-05", ["代表甲"])
    assert (opinion["subject"]["zh"], opinion["what"]["zh"]) == ("县农业农村局", "评议意见")
    assert sitting.obey(c.CloseSitting()).console()["tasks"] == tasks


def test_whoever_is_filmed_can_see_that() -> None:
    sitting = Played()
    assert sitting.console()["recording"] is None
    assert not slide(sitting, "hall")["head"]["recording"]
    sitting.obey(c.StartRecording())
    since = sitting.now
    assert sitting.console()["recording"] == {"since": since}
    assert slide(sitting, "hall")["head"]["recording"]
    sitting.begin().to(10).open()
    assert slide(sitting, "hall")["head"]["recording"], "also while members vote in secret"
    assert "stop_recording" in sitting.console()["may"]
