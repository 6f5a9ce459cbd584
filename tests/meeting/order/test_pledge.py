"""The pledge: spoken or shown, nominee by nominee, and the points that the chair ticks off (rows 63, 67)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meeting.order import commands as c
from meeting.order.announcement import script
from meeting.order.dossier import Dossier, PledgeMode
from meeting.order.errors import OutOfOrder, UnknownPoint
from meeting.order.pledge import by_text
from meeting.order.preconditions import preconditions
from meeting.order.sitting import Plan, Text
from meeting.order.state import Position
from meeting.projections.dossier_view import points
from meeting.wording import words
from tests.meeting.order.small_sitting import N1, N2, Sitting, small_plan

PLEDGE, VOTE = (3, 1), Position(5, 0)
POINTS = (Text("执行决议"), Text("接受监督"), Text("廉洁自律"))


def plan_with(mode: PledgeMode = PledgeMode.ORAL) -> Plan:
    plan = small_plan()
    first, second = plan.matters
    return replace(
        plan,
        matters=(replace(first, dossier=Dossier(pledge_mode=mode)), second),
        rules=replace(plan.rules, pledge_points=POINTS),
    )


def at_the_pledge(mode: PledgeMode = PledgeMode.ORAL) -> Sitting:
    return Sitting(plan_with(mode)).convene().obey(c.GoTo(*PLEDGE))


def gates_of(sitting: Sitting) -> set[str]:
    return {one.name.value for one in preconditions(sitting.state, VOTE)}


# --- spoken or shown ---


def test_a_written_pledge_is_shown_and_the_nominee_need_not_be_there() -> None:
    sitting = at_the_pledge(PledgeMode.WRITTEN)
    assert by_text(sitting.state, N1)
    assert not by_text(sitting.state, N2)
    [said] = script(sitting.state)
    assert words(said)["zh"] == "甲的供职承诺以书面形式提交，现在屏幕上展示，请各位审阅。"
    assert "nominee_present" not in gates_of(sitting)
    assert "nominee_present" in gates_of(at_the_pledge())


def test_a_written_pledge_that_is_ordered_again_is_spoken() -> None:
    sitting = at_the_pledge(PledgeMode.WRITTEN).obey(c.PledgeAgain(N1, "请当面表态"))
    assert not by_text(sitting.state, N1)
    assert words(script(sitting.state)[0])["zh"] == "请甲重新作表态发言。"
    assert "nominee_present" in gates_of(sitting)


# --- points ---


def ticked(sitting: Sitting) -> list[bool]:
    return [point["ticked"] for point in points(sitting.state)]


def test_points_are_ticked_and_unticked_while_the_pledge_is_heard() -> None:
    sitting = at_the_pledge()
    assert ticked(sitting) == [False, False, False]
    sitting.obey(c.TickPledgePoint(N1, 1), c.TickPledgePoint(N1, 0))
    assert ticked(sitting) == [True, True, False]
    assert ticked(sitting.obey(c.TickPledgePoint(N1, 0, done=False))) == [False, True, False]
    assert ticked(sitting.obey(c.PledgeAgain(N1, "未谈廉洁自律"))) == [False, False, False]


def test_no_vote_waits_for_a_point() -> None:
    before = gates_of(at_the_pledge())
    assert gates_of(at_the_pledge().obey(c.TickPledgePoint(N1, 2))) == before
    assert not any("point" in name for name in before)
    sitting = at_the_pledge().proceed()
    assert sitting.state.matters[N1].pledged


@pytest.mark.parametrize("point", [-1, 3])
def test_a_point_that_is_not_on_the_list_is_refused(point: int) -> None:
    with pytest.raises(UnknownPoint):
        at_the_pledge().obey(c.TickPledgePoint(N1, point))


def test_a_point_is_ticked_once_and_at_its_own_pledge_only() -> None:
    sitting = at_the_pledge().obey(c.TickPledgePoint(N1, 0))
    for wrong in (
        c.TickPledgePoint(N1, 0),
        c.TickPledgePoint(N1, 1, done=False),
        c.TickPledgePoint(N2, 1),
    ):
        with pytest.raises(OutOfOrder):
            sitting.obey(wrong)
    sitting.proceed()
    with pytest.raises(OutOfOrder):
        sitting.obey(c.TickPledgePoint(N1, 1))
    assert points(sitting.state) == []
