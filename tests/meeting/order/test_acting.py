"""Who may answer for a count: never whoever stands in it, never whom the assembly did not want, and never nobody."""

from __future__ import annotations

import pytest

from meeting.order import commands as c
from meeting.order.acting import acting_tellers
from meeting.order.errors import OutOfOrder
from meeting.order.sitting import MemberNo
from meeting.order.state import PollStage
from tests.meeting.order.full_sitting import Full


def test_the_approved_act_and_before_that_those_proposed() -> None:
    sitting = Full()
    sitting.convene((1, 2, 3, 4, 5, 6))
    assert acting_tellers(sitting.state) == {2, 3}
    sitting.raise_hands(6)
    sitting.obey(c.RecordDeparture(MemberNo(3), "主任"))
    assert acting_tellers(sitting.state) == {2}
    sitting.obey(c.RecordDeparture(MemberNo(2), "主任"))
    assert acting_tellers(sitting.state) == {4, 5, 6}, "somebody must answer; the chair does not"


def test_who_was_voted_down_does_not_act() -> None:
    sitting = Full()
    sitting.convene((1, 2, 3, 4, 5, 6, 7, 8))
    sitting.raise_hands(2, 6)
    assert sitting.poll.outcome == "not_carried"
    assert acting_tellers(sitting.state) == {4, 5, 6, 7, 8}


def test_r35_a_teller_who_was_written_in_does_not_count_the_further_election() -> None:
    sitting = Full().begin().to(6).open()
    against = {"item-6": {"for": [], "against": ["孟", "柳"], "write_in": ["成员2"]}}
    sitting.cast([against] * 3 + [{"item-6": {"for": ["孟"], "against": [], "write_in": []}}] * 3)
    assert acting_tellers(sitting.state) == {2, 3}, "a name on a paper alone does not send a teller away"
    sitting.obey(c.ConfirmCount(sitting.poll.id, MemberNo(2)), c.CallRound(sitting.poll.id))
    assert sitting.state.contest is not None
    assert "成员2" in sitting.state.contest.names
    assert acting_tellers(sitting.state) == {3}
    sitting.obey(c.GoTo(7, 0))
    assert acting_tellers(sitting.state) == {2, 3}


def test_raised_hands_that_were_counted_are_undone_by_two_persons() -> None:
    sitting = Full()
    sitting.convene((1, 2, 3, 4, 5, 6, 7, 8))
    poll = sitting.poll.id
    sitting.obey(c.OpenPoll(poll))
    sitting.obey(c.EnterTotals(poll, {sitting.poll.question: {"for": 2, "against": 6, "abstain": 0}}))
    with pytest.raises(OutOfOrder):
        sitting.obey(c.AbortPoll(poll, "再来一次"))
    sitting.obey(c.VoidPoll(poll, "数错了"), c.CountersignVoid(poll, MemberNo(2)))
    assert sitting.state.polls[poll].stage is PollStage.VOID
