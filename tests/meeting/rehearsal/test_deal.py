"""Marks are dealt exactly, by chance, and the same again for the same seed."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting.office.script import Mark
from meeting.order.sitting import MemberNo
from meeting.rehearsal.day import Day
from meeting.rehearsal.deal import Deals, deal
from tests.meeting.order.small_sitting import small_plan
from tests.meeting.rehearsal.paper_sitting import bailu
from voting.paper import Majority, MotionQuestion, Paper

MARKS: st.SearchStrategy[Mark | None] = st.sampled_from(["for", "against", "abstain", None])


@given(marks=st.lists(MARKS, max_size=40), seed=st.integers())
def test_every_mark_is_dealt_once(marks: list[Mark | None], seed: int) -> None:
    voters = [MemberNo(number) for number in range(1, len(marks) + 1)]
    dealt = deal(marks, voters, Random(seed))
    assert Counter(dealt.values()) == Counter(marks)
    assert set(dealt) == set(voters)
    assert dealt == deal(marks, voters, Random(seed))


@given(marks=st.lists(MARKS, max_size=5), more=st.integers(1, 5))
def test_voters_that_the_script_does_not_know_are_in_favour(marks: list[Mark | None], more: int) -> None:
    voters = [MemberNo(number) for number in range(1, len(marks) + more + 1)]
    dealt = deal(marks, voters, Random(1))
    assert Counter(dealt.values()) == Counter([*marks, *["for"] * more])


@pytest.mark.parametrize(
    ("ballot", "marks"),
    [
        ("2-item-1-member", {"for": 29}),
        ("10-n1-1-member", {"for": 26, "against": 2, "abstain": 1}),
        ("10-n3-1-member", {"for": 27, "abstain": 2, None: 1}),
    ],
)
def test_the_demonstration_sitting_is_dealt_as_it_expects(ballot: str, marks: dict[str | None, int]) -> None:
    deals = Deals(bailu())
    assert Counter(deals.of(ballot).values()) == marks
    assert deals.withheld(ballot) == marks.get(None, 0)


def test_a_seat_says_nothing_of_its_mark() -> None:
    day = bailu()
    who_is_against = {
        tuple(member for member, mark in Deals(day, seed).of("10-n1-1-member").items() if mark == "against")
        for seed in range(20)
    }
    assert len(who_is_against) > 10


def test_another_round_is_dealt_anew_and_comes_out_the_same() -> None:
    deals = Deals(bailu())
    first, second = deals.of("10-n1-1-member"), deals.of("10-n1-2-member")
    assert first != second
    assert Counter(first.values()) == Counter(second.values())


def test_a_robot_fills_in_the_paper_or_returns_none() -> None:
    deals = Deals(bailu())
    paper = Paper((MotionQuestion("N3", "?", Majority("all_members")),))
    filled = {member: deals.marks(member, paper, "10-n3-1-member") for member in deals.of("10-n3-1-member")}
    assert list(filled.values()).count(None) == 1
    assert list(filled.values()).count({"N3": "for"}) == 27


def test_without_a_script_all_are_in_favour() -> None:
    assert set(Deals(Day(small_plan())).of("5-n1-1-member").values()) == {"for"}


def test_where_the_figures_do_not_apply_most_are_in_favour() -> None:
    day = bailu()
    assert day.script is not None
    dealt = Counter(Deals(Day(day.plan, day.script.without_expectations())).of("2-item-1-member").values())
    assert dealt["for"] > 15
