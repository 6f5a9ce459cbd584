"""The day as the script of the demonstration sitting tells it."""

from __future__ import annotations

import pytest

from meeting.office.script import AdvisoryExpect
from meeting.order.sitting import MatterId, MemberNo
from meeting.order.state import Position, Presence
from meeting.rehearsal.day import Asked, Day
from tests.meeting.order.small_sitting import small_plan
from tests.meeting.rehearsal.paper_sitting import bailu

ON_LEAVE, LATE, LEAVES_EARLY, RECUSED = MemberNo(29), MemberNo(30), MemberNo(31), MemberNo(26)


@pytest.fixture(scope="module")
def day() -> Day:
    return bailu()


def present(day: Day, at: Position) -> int:
    members = {member.number for member in day.plan.members}
    return sum(one is Presence.PRESENT and who in members for who, one in day.presence(at).items())


def _invited(day: Day) -> set[MemberNo]:
    """Everybody but the gallery, which no robot plays."""
    return {one.number for one in day.plan.everybody if not day.plan.in_gallery(one.number)}


def test_everybody_signs_in_by_phone_but_who_is_on_leave_or_late(day: Day) -> None:
    assert day.by_phone() == _invited(day) - {ON_LEAVE, LATE}


def test_who_never_comes_leaves_his_phone_at_home(day: Day) -> None:
    assert day.ever_here() == _invited(day) - {ON_LEAVE}


def test_the_late_member_comes_in_the_step_before_the_vote_of_item_4(day: Day) -> None:
    assert day.presence(Position(4, 1))[LATE] is Presence.EXPECTED
    assert day.presence(Position(4, 2))[LATE] is Presence.PRESENT
    assert present(day, Position(4, 3)) == 30


def test_who_leaves_before_item_13_has_voted_in_item_10(day: Day) -> None:
    assert day.presence(Position(10, 2))[LEAVES_EARLY] is Presence.PRESENT
    assert day.presence(Position(13, 0))[LEAVES_EARLY] is Presence.LEFT_EARLY
    assert day.approved_by(LEAVES_EARLY) == day.plan.member(MemberNo(1)).name


def test_the_recused_member_holds_no_ballot_on_his_matter_alone(day: Day) -> None:
    first, second = day.asked("10-n1-1-member"), day.asked("10-n3-2-member")
    assert first is not None
    assert second is not None
    assert RECUSED not in day.voters(first)
    assert len(day.voters(first)) == 29
    assert RECUSED in day.voters(second)
    assert len(day.voters(second)) == 30


@pytest.mark.parametrize(
    ("ballot", "asked"),
    [
        ("2-item-1-member", Asked(Position(2, 0), "item", 1, "member")),
        ("9-r1-1-member", Asked(Position(9, 0), "r1", 1, "member")),
        ("10-n3-1-member", Asked(Position(10, 2), "n3", 1, "member")),
        ("10-n3-12-member", Asked(Position(10, 2), "n3", 12, "member")),
        ("6-item-1-office-head", Asked(Position(6, 2), "item", 1, "office_head")),
        ("11-item-2-member", Asked(Position(11, 0), "item", 2, "member")),
        ("2-item-1-deputy", None),
        ("7-n1-1-member", None),
        ("99-item-1-member", None),
        ("nonsense", None),
    ],
)
def test_a_ballots_id_names_its_step_round_and_class(day: Day, ballot: str, asked: Asked | None) -> None:
    assert day.asked(ballot) == asked
    if asked is not None:
        assert asked.ballot(asked.round) == ballot


def test_only_elections_and_selections_have_later_rounds(day: Day) -> None:
    by_election, motion = Position(11, 0), Position(2, 0)
    assert (day.rounds(by_election), day.rounds(Position(12, 0)), day.rounds(motion)) == (2, 2, 1)
    assert day.poll(by_election, 3) is None
    # held again, a motion should come out as it was foretold
    assert day.poll(motion, 3) == day.poll(motion)


def test_what_is_expected_of_a_class_is_its_own(day: Day) -> None:
    heads = day.expect(Asked(Position(6, 2), "item", 1, "office_head"))
    assert isinstance(heads, AdvisoryExpect)
    assert heads.issued == 4
    assert day.expect(Asked(Position(4, 3), "item", 1, "deputy")) is None


def test_a_follow_up_is_a_question_of_its_own(day: Day) -> None:
    asked = day.questions(Position(4, 1))
    assert len(asked) == 6
    assert asked[0].by == asked[1].by
    assert asked[1].follow_up == ""


def test_a_deferral_is_known_wherever_it_is_decided(day: Day) -> None:
    decision = day.decision(MatterId("N2"))
    assert decision is not None
    assert decision.decision == "deferred"
    assert day.decision(MatterId("N1")) is None


def test_without_a_script_everybody_is_there_and_nothing_is_expected() -> None:
    day = Day(small_plan())
    assert day.by_phone() == day.ever_here() == {member.number for member in day.plan.members}
    assert day.questions(Position(3, 2)) == ()
    assert day.expect(Asked(Position(5, 0), "n1", 1, "member")) is None
