"""What the file tells the chair beside his script is shown at its step, and stands against nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from meeting import projections
from meeting.demo import BAILU
from meeting.office.sitting_file import read_sitting
from meeting.order.decide import decide
from meeting.order.evolve import Recorded, evolve
from meeting.order.progress import Presence, Stage
from meeting.order.sitting import MatterId, Plan
from meeting.order.state import Position, State
from meeting.projections import Watching
from meeting.projections.count_report import reports
from meeting.projections.primary import primary
from meeting.projections.remarks import remarks
from tests.meeting.order.small_sitting import loaded

PLAN = read_sitting(BAILU).plan
R1 = MatterId("R1")


def at(item: int, step: int = 0, plan: Plan = PLAN, **more: Any) -> State:
    return replace(loaded(plan), stage=Stage.SITTING, at=Position(item, step), **more)


def told(state: State) -> dict[str, tuple[str, bool]]:
    return {one["name"]: (one["text"]["zh"], one["warning"]) for one in remarks(state)}


def test_the_chair_hears_at_the_roll_call_when_the_notice_went_out() -> None:
    assert told(at(1))["summons"] == ("2026-03-19签发，距开会7天。", False)


def test_a_late_notice_is_a_warning_and_no_bar() -> None:
    plan = replace(PLAN, summoned=date(2026, 3, 20))
    state = replace(
        loaded(plan), at=Position(1, 0), presence={one.number: Presence.PRESENT for one in plan.everybody}
    )
    text, warning = told(state)["summons"]
    assert warning
    assert "只有6天" in text
    assert "提前7天" in text
    command = primary(state, None).command()
    assert command is not None
    assert primary(state, None).reasons == ()
    for event in decide(state, command, 1):
        state = evolve(state, Recorded(state.seq + 1, 1, event))
    assert state.stage is Stage.SITTING


def test_a_special_session_is_called_at_any_time() -> None:
    rules = replace(PLAN.rules, summons_days=None)
    plan = replace(PLAN, summoned=PLAN.on, rules=rules)
    assert told(at(1, plan=plan))["summons"] == ("2026-03-26签发，距开会0天。", False)
    assert "summons" not in told(at(1, plan=replace(PLAN, summoned=None)))


def test_a_motion_after_the_deadline_is_named_at_the_roll_call_and_at_its_own_step() -> None:
    assert told(at(1))["deadline"] == ("提出议案截止于2026-03-11，没有逾期提出的。", False)
    late = tuple(replace(one, filed_on=date(2026, 3, 12)) if one.id == R1 else one for one in PLAN.matters)
    plan = replace(PLAN, matters=late)
    text, warning = told(at(1, plan=plan))["deadline"]
    assert warning
    assert "曾木槿" in text
    assert told(at(9, plan=plan))["filed"] == ("2026-03-12提出，晚于截止日2026-03-11。", True)
    assert "filed" not in told(at(9))


def test_a_note_is_the_chairs_alone() -> None:
    note = "免职 before 任命 for the same post"
    assert told(at(9))["note"] == (note, False)
    state = at(9)
    assert note in str(projections.console(state, None, Watching(), 0))
    for view in (
        projections.hall(state, None, 0),
        projections.member(state, None, 0),
        projections.teller(state, None, 0),
        projections.public(state, None, 0),
    ):
        assert note not in str(view)


def test_the_offices_sentence_is_offered_beside_ours_while_the_two_differ() -> None:
    written = "本次会议应到常委会组成人员31人，实到29人，请假1人，另有1人迟到，符合法定人数。"
    assert told(at(1))["announcement"] == (written, False), "nobody is here yet: the figures are not ours"
    here = {one.number: Presence.PRESENT for one in PLAN.everybody}
    leave, late = (one.number for one in PLAN.members[-2:])
    arrived = {**here, leave: Presence.ON_LEAVE, late: Presence.EXPECTED}
    assert "announcement" not in told(at(1, presence=arrived)), "it would be read out twice"


@pytest.mark.parametrize("counters", [("工作人员甲", "工作人员乙"), ()])
def test_the_chair_reads_who_is_proposed(counters: tuple[str, ...]) -> None:
    items = tuple(
        one if one.tellers is None else replace(one, tellers=replace(one.tellers, counters=counters))
        for one in PLAN.items
    )
    text, _ = told(at(3, plan=replace(PLAN, items=items)))["tellers"]
    assert text.startswith("总监票人许大暑，监票人叶清明、何大雪")
    assert ("计票人工作人员甲、工作人员乙" in text) is bool(counters)


def test_those_who_count_stand_beside_the_tellers_once_these_are_approved() -> None:
    assert projections.teller(at(4), None, 0)["counters"] == []
    proposed = PLAN.item(3).tellers
    assert proposed is not None
    state = at(4, tellers=proposed.all)
    assert projections.teller(state, None, 0)["counters"] == ["工作人员甲", "工作人员乙"]
    assert reports(state) == []


def test_at_the_end_the_chair_sees_which_papers_the_day_leaves() -> None:
    closing = PLAN.items[-1]
    text, warning = told(at(closing.number, len(closing.steps) - 1))["outputs"]
    assert not warning
    assert text.startswith("各组审议意见汇总、")
    assert "会议纪要" in text
    assert "outputs" not in told(at(4))
