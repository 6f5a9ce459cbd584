"""Marks are dealt exactly, by chance, and the same again for the same seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from meeting.demo import HETING
from meeting.office.sitting_file import read_sitting
from meeting.order.sitting import MemberNo
from meeting.rehearsal.day import Day
from meeting.rehearsal.deal import Deals
from tests.meeting.order.small_sitting import small_plan
from tests.meeting.rehearsal.paper_sitting import bailu
from voting.paper import (
    Criterion,
    ElectionQuestion,
    GradeQuestion,
    MotionQuestion,
    Paper,
    ScoreQuestion,
    SelectionQuestion,
)
from voting.totals import check

GRADES = GradeQuestion("item-5-grade", ("满意", "基本满意", "不满意"))
SHEET = ScoreQuestion("item-5-score", tuple(Criterion(str(number)) for number in range(1, 7)))
BY_ELECTION = ElectionQuestion("item-11", 1, ("孟银杏", "柳合欢"), write_in=True)


def motion(name: str) -> Paper:
    return Paper((MotionQuestion(name),))


def piles(deals: Deals, ballot: str, paper: Paper) -> list[Mapping[str, Any] | None]:
    """What everybody who is asked does, each paper as the box would take it."""
    found = [deals.marks(member, paper, ballot) for member in deals.seats(ballot).of]
    for pile in found:
        if pile is not None:
            paper.check(pile)
    return found


def marks(deals: Deals, ballot: str, paper: Paper) -> Counter[object]:
    (question,) = paper.questions
    return Counter(
        None if pile is None else repr(pile.get(question.id)) for pile in piles(deals, ballot, paper)
    )


@pytest.mark.parametrize(
    ("ballot", "name", "wanted"),
    [
        ("2-item-1-member", "item-2", {"'for'": 29}),
        ("10-n1-1-member", "N1", {"'for'": 26, "'against'": 2, "'abstain'": 1}),
        ("10-n3-1-member", "N3", {"'for'": 27, "'abstain'": 2, None: 1}),
    ],
)
def test_the_demonstration_sitting_is_dealt_as_it_expects(
    ballot: str, name: str, wanted: dict[str | None, int]
) -> None:
    deals = Deals(bailu())
    assert marks(deals, ballot, motion(name)) == wanted
    assert deals.withheld(ballot) == wanted.get(None, 0)


def test_scores_and_grade_of_one_paper() -> None:
    found = piles(Deals(bailu()), "5-item-1-member", Paper((SHEET, GRADES)))
    assert Counter(pile["item-5-grade"] for pile in found if pile) == {
        "满意": 14,
        "基本满意": 13,
        "不满意": 3,
    }
    sums = [sum(pile["item-5-score"][str(number)] for pile in found if pile) for number in range(1, 7)]
    assert sums == [2652, 2703, 2541, 2469, 2388, 2607]
    assert all(list(pile["item-5-score"]) == ["1", "2", "3", "4", "5", "6"] for pile in found if pile)


def test_every_class_has_its_own_answers() -> None:
    paper = Paper((GradeQuestion("item-6", ("优秀", "称职", "基本称职", "不称职")),))
    deals = Deals(bailu())
    assert marks(deals, "6-item-1-member", paper)["'优秀'"] == 11
    assert marks(deals, "6-item-1-office-head", paper) == {"'优秀'": 2, "'称职'": 2}
    assert marks(deals, "6-item-1-deputy", paper) == {"'优秀'": 3, "'称职'": 4, "'基本称职'": 1}
    assert set(deals.seats("6-item-1-deputy").of) == set(range(36, 44))


def test_the_rounds_of_the_by_election() -> None:
    deals = Deals(bailu())
    first = piles(deals, "11-item-1-member", Paper((BY_ELECTION,)))
    assert sum(pile["item-11"]["write_in"] == ["樊苍兰"] for pile in first if pile) == 1
    assert sum(pile["item-11"]["for"] == ["孟银杏", "柳合欢"] for pile in first if pile) == 1
    second = piles(deals, "11-item-2-member", Paper((BY_ELECTION,)))
    empty: dict[str, list[str]] = {"for": [], "against": [], "write_in": []}
    assert sum(pile["item-11"] == empty for pile in second if pile) == 1
    assert sum(pile["item-11"]["for"] == ["孟银杏"] for pile in second if pile) == 19


def test_a_round_that_came_to_nothing_is_the_same_round_again() -> None:
    void = {"11-item-1-member"}
    deals = Deals(bailu(), is_void=lambda ballot: ballot in void)
    again = piles(deals, "11-item-2-member", Paper((BY_ELECTION,)))
    assert sum(pile["item-11"]["for"] == ["孟银杏"] for pile in again if pile) == 14
    asked = deals.asked("11-item-3-member")
    assert asked is not None
    assert asked.round == 2


def test_a_paper_that_was_not_foreseen_is_filled_in_freely() -> None:
    options = SelectionQuestion("item-12", 1, ("县林业局", "县医疗保障局"))
    found = piles(Deals(bailu()), "12-item-2-member", Paper((options,)))
    assert len(found) == 30
    assert all(pile and len(pile["item-12"]) == 1 for pile in found)


def test_raised_hands_are_counted_as_papers_would_be() -> None:
    file = read_sitting(HETING)
    deals = Deals(Day(file.plan, file.script))
    paper = motion("item-2")
    totals = deals.totals("2-item-1-member", paper.text())
    assert totals == {"item-2": {"for": 57, "against": 0, "abstain": 0}}
    assert check(paper, 57, totals) == totals
    election = Paper((replace(BY_ELECTION, id="e"),))
    choice = Paper((SelectionQuestion("s", 2, ("甲", "乙", "丙")),))
    for free, ballot in ((election, "8-q-1-member"), (choice, "8-q-2-member")):
        totals = deals.totals(ballot, free.text())
        assert check(free, 58, totals) == totals


def test_a_seat_says_nothing_of_its_mark() -> None:
    day, paper = bailu(), motion("N1")
    who_is_against = set()
    for seed in range(20):
        deals = Deals(day, seed)
        seats = deals.seats("10-n1-1-member").of
        against = {one for one in seats if deals.marks(one, paper, "10-n1-1-member") == {"N1": "against"}}
        who_is_against.add(frozenset(against))
    assert len(who_is_against) > 10


def test_another_round_is_dealt_anew_and_comes_out_the_same() -> None:
    deals, paper = Deals(bailu()), motion("N1")
    assert deals.seats("10-n1-1-member") != deals.seats("10-n1-2-member")
    assert marks(deals, "10-n1-1-member", paper) == marks(deals, "10-n1-2-member", paper)


def test_the_same_seed_deals_the_same_again() -> None:
    paper = Paper((SHEET, GRADES))
    assert piles(Deals(bailu(), 7), "5-item-1-member", paper) == piles(
        Deals(bailu(), 7), "5-item-1-member", paper
    )


def test_voters_that_the_script_does_not_know_return_their_papers_too() -> None:
    deals = Deals(bailu())
    assert deals.marks(MemberNo(999), motion("N1"), "10-n1-1-member") is not None


def test_without_a_script_all_are_in_favour_of_the_first() -> None:
    deals = Deals(Day(small_plan()))
    assert marks(deals, "5-n1-1-member", motion("N1")) == {"'for'": 7}
    paper = Paper((SelectionQuestion("item-6", 1, ("甲", "乙", "丙")),))
    assert marks(deals, "6-item-1-member", paper) == {"['甲']": 7}


def test_where_the_figures_do_not_apply_most_are_in_favour() -> None:
    day = bailu()
    assert day.script is not None
    free = Deals(Day(day.plan, day.script.without_expectations()))
    assert marks(free, "2-item-1-member", motion("item-2"))["'for'"] > 15
    found = piles(free, "5-item-1-member", Paper((SHEET, GRADES)))
    assert sum(pile is not None for pile in found) == len(found) - free.withheld("5-item-1-member")


def test_a_ballot_of_another_day_has_no_seats() -> None:
    deals = Deals(bailu())
    assert deals.withheld("99-item-1-member") == 0
    assert deals.asked("nonsense") is None
