"""The rehearsal's script of the demo, and rolls larger than the file's."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from display import i18n
from meeting.demo import BAILU
from meeting.office.fictional import FewerThanRoll, fictional_members
from meeting.office.script import (
    CheckedIn,
    Decision,
    Departed,
    Disposition,
    ElectionExpect,
    GradeExpect,
    LeaveRecorded,
    MotionExpect,
    PledgeAttempt,
    Recusal,
    RollCalled,
    RollCallExpect,
    SelectionExpect,
    When,
)
from meeting.office.sitting_file import read_sitting
from meeting.order.sitting import MatterId, MemberNo

FILE = read_sitting(BAILU)
SCRIPT = FILE.script
N1, N2, N3 = MatterId("N1"), MatterId("N2"), MatterId("N3")


def test_who_comes_and_goes() -> None:
    assert SCRIPT.attendance == (
        RollCalled(When(1), on_leave=(MemberNo(29),), late=(MemberNo(30),), due=31, present=29),
        LeaveRecorded(When(1), MemberNo(29), "病假"),
        CheckedIn(When(4, "vote"), MemberNo(30), 30),
        Departed(When(13, "item"), MemberNo(31), MemberNo(1), 29),
    )
    assert SCRIPT.item(1).roll_call == RollCallExpect(due=31, present=29, quorum_needed=16, quorate=True)


def test_every_item_has_its_script() -> None:
    assert [item.number for item in SCRIPT.items] == list(range(1, 16))
    with pytest.raises(KeyError):
        SCRIPT.item(16)


def test_pledge_is_given_again_and_the_vote_deferred() -> None:
    nominee = SCRIPT.nominee(N2)
    assert nominee is not None
    assert nominee.pledge_attempts == (
        PledgeAttempt("redo_ordered", 96, "对如何接受人大监督未作表态"),
        PledgeAttempt("accepted", 231),
    )
    assert [question.answered for question in nominee.qa] == [False]
    assert nominee.disposition == Disposition("deferred", "提请机关对审议中反映的问题不能明确答复，暂缓表决")
    assert SCRIPT.item(8).decisions == (Decision(N2, "deferred", "主任会议", "plenary"),)
    poll = SCRIPT.poll(10, N2)
    assert poll is not None
    assert (poll.expect, poll.status) == (None, "deferred")


def test_recusals() -> None:
    assert SCRIPT.item(8).recusals == (Recusal(MemberNo(26), N1, "与拟任人员有近姻亲关系"),)
    assert SCRIPT.item(8).withdrawing == ("方青松", "顾海棠", "程修竹")


def test_secret_votes() -> None:
    first, second = SCRIPT.poll(10, N1), SCRIPT.poll(10, N3)
    assert first is not None
    assert second is not None
    assert first.expect == MotionExpect(29, 29, 26, 2, 1, "carried", present=30, recused=1)
    assert isinstance(second.expect, MotionExpect)
    assert second.expect.not_returned == 1


def test_robots_mark_what_is_expected() -> None:
    expect = MotionExpect(issued=30, returned=29, votes_for=27, against=0, abstain=2, outcome="carried")
    assert Counter(expect.marks()) == {"for": 27, "abstain": 2, None: 1}
    assert expect.counts() == {"for": 27, "against": 0, "abstain": 2}


def test_what_votes_of_every_kind_should_give() -> None:
    score = SCRIPT.poll(5, None)
    assert score is not None
    assert isinstance(score.expect, GradeExpect)
    assert score.expect.overall_mean == Decimal("85.3")
    assert [number for number, _ in score.expect.means] == [1, 2, 3, 4, 5, 6]
    performance = SCRIPT.poll(6, None)
    assert performance is not None
    assert isinstance(performance.expect, GradeExpect)
    assert [advice.voter_class for advice in performance.expect.advisory] == ["office_head", "deputy"]
    by_election = SCRIPT.poll(11, None, 2)
    assert by_election is not None
    assert isinstance(by_election.expect, ElectionExpect)
    assert by_election.expect.elected == ("孟银杏",)
    selection = SCRIPT.poll(12, None, 1)
    assert selection is not None
    assert isinstance(selection.expect, SelectionExpect)
    assert selection.expect.tied == ("县自然资源局", "县医疗保障局")
    assert SCRIPT.poll(12, None, 3) is None


def test_questions_of_the_inquiry() -> None:
    questions = SCRIPT.item(4).questions
    assert [question.source for question in questions] == ["planned"] * 3 + ["spontaneous", "deputy"]
    assert questions[0].follow_up == "能否给出具体月份和责任人？"


def test_nothing_is_expected_of_another_roll() -> None:
    free = SCRIPT.without_expectations()
    assert all(poll.expect is None for item in free.items for poll in item.polls)
    assert free.item(1).roll_call is None
    roll_call, leave, arrival, departure = free.attendance
    assert roll_call == RollCalled(When(1), (MemberNo(29),), (MemberNo(30),))
    assert leave == SCRIPT.attendance[1]
    assert arrival == CheckedIn(When(4, "vote"), MemberNo(30))
    assert departure == Departed(When(13, "item"), MemberNo(31), MemberNo(1))
    poll = free.poll(10, N2)
    assert poll is not None
    assert poll.status == "deferred"


# --- fictional members ------------------------------------------------------------------------------------------


def test_a_hall_of_three_hundred() -> None:
    plan = fictional_members(FILE.plan, 300)
    assert plan.members[:31] == FILE.plan.members
    assert (
        len({member.number for member in plan.members})
        == len({member.name for member in plan.members})
        == 300
    )
    assert plan.rules.total_members == 300
    assert plan.rules.quorum == 151
    assert plan.members[31].name == "委员032"
    assert {member.group for member in plan.members[31:]} == {1, 2, 3}
    assert (plan.matters, plan.items) == (FILE.plan.matters, FILE.plan.items)


def test_attendees_are_numbered_after_whoever_fills_the_hall() -> None:
    plan = fictional_members(FILE.plan, 300)
    assert [one.number for one in FILE.plan.attendees] == list(range(32, 50))
    assert [one.number for one in plan.attendees] == list(range(301, 319))
    assert [one.number for one in plan.gallery] == list(range(319, 324))
    assert [one.name for one in plan.attendees] == [one.name for one in FILE.plan.attendees]


def test_the_roll_itself_is_left_alone() -> None:
    assert fictional_members(FILE.plan, 31) == FILE.plan


def test_members_of_the_file_are_never_left_out() -> None:
    with pytest.raises(FewerThanRoll) as caught:
        fictional_members(FILE.plan, 30)
    assert caught.value.data == {"asked": 30, "roll": 31}
    assert i18n.say(caught.value)["en"].startswith("The roll has 31 members")
