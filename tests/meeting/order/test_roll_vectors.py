"""The counting vectors that are about the roll and no count: V6, V7, V29, with a committee of thirty-one."""

from __future__ import annotations

import pytest

from meeting.order import commands as c
from meeting.order.errors import CannotOverride, NotQuorate
from meeting.order.sitting import MemberNo
from tests.meeting.order.small_sitting import Sitting, small_plan


def sitting_of(present: int) -> Sitting:
    return Sitting(small_plan(31)).obey(*(c.RecordArrival(MemberNo(n)) for n in range(1, present + 1)))


def test_v06_with_fifteen_of_thirty_one_nothing_begins() -> None:
    sitting = sitting_of(15)
    with pytest.raises(NotQuorate) as refused:
        sitting.obey(c.ConfirmRoll())
    assert refused.value.data == {"present": 15, "needed": 16}
    sitting.obey(c.RecordArrival(MemberNo(16)), c.ConfirmRoll())
    assert sitting.obey(c.OpenPoll(sitting.poll.id)).poll.stage.value == "open"


def test_v07_who_leaves_and_breaks_the_quorum_stops_the_next_ballot() -> None:
    sitting = sitting_of(16).obey(c.ConfirmRoll())
    sitting.obey(c.RecordDeparture(MemberNo(16), "主任"))
    assert not sitting.state.quorate
    with pytest.raises(NotQuorate):
        sitting.obey(c.OpenPoll(sitting.poll.id))
    with pytest.raises(CannotOverride):
        sitting.obey(c.OverridePrecondition("quorum", "没有人了"))
    sitting.obey(c.RecordArrival(MemberNo(16)), c.OpenPoll(sitting.poll.id))
    assert sitting.poll.stage.value == "open"


def test_v29_twenty_nine_are_asked_and_then_thirty() -> None:
    sitting = sitting_of(29).obey(c.ConfirmRoll())
    first = sitting.poll.id
    sitting.obey(c.OpenPoll(first), c.RecordArrival(MemberNo(30)), c.ClosePoll(first)).count(yes=29, no=0)
    sitting.obey(c.GoTo(6, 0))
    assert len(sitting.state.voters_of(sitting.poll)) == 30
    assert len(sitting.state.polls[first].voters) == 29, "frozen when it opened"
    bases = sitting.state.polls[first].bases
    assert bases is not None
    assert (bases.all_members, bases.present) == (31, 29)
