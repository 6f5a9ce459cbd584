"""What a majority needs."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting import papers
from voting.errors import BadPaper
from voting.majority import Bases, Majority
from voting.paper import MotionQuestion, parse_paper

ROLL = Bases(all_members=31, present=20, recused=1)


@pytest.mark.parametrize(
    ("all_members", "needed"), [(31, 16), (30, 16), (154, 78), (1, 1), (0, 1), (2, 2), (3000, 1501)]
)
def test_more_than_half_of_all_members(all_members: int, needed: int) -> None:
    assert Majority().needed(Bases(all_members, all_members, 0)) == needed


@pytest.mark.parametrize(
    ("whole", "over", "at_least"), [(30, 21, 20), (31, 21, 21), (3, 3, 2), (0, 1, 1), (1, 1, 1)]
)
def test_two_thirds_or_more_is_not_more_than_two_thirds(whole: int, over: int, at_least: int) -> None:
    assert Majority("present", Fraction(2, 3)).needed_of(whole) == over
    assert Majority("present", Fraction(2, 3), at_least=True).needed_of(whole) == at_least


@given(papers.majorities(), st.integers(0, 5000))
def test_needed_is_the_smallest_number_that_satisfies_the_majority(majority: Majority, whole: int) -> None:
    needed = majority.needed_of(whole)

    def satisfied(votes: int) -> bool:
        line = majority.share * whole
        return votes >= line if majority.at_least else votes > line

    assert needed >= 1
    assert satisfied(needed)
    assert needed == 1 or not satisfied(needed - 1)


def test_what_is_needed_is_known_beforehand_only_where_the_roll_tells_it() -> None:
    assert Majority("all_members").needed(ROLL) == 16
    assert Majority("present").needed(ROLL) == 11
    assert Majority("issued").needed(ROLL) is None
    assert Majority("returned").needed(ROLL) is None
    assert Majority("valid").needed(ROLL) is None


def test_a_recused_member_is_present_and_may_not_vote() -> None:
    assert ROLL.entitled == 19


def asked(majority: str) -> Majority:
    (question,) = parse_paper('[{"id": "N1", "kind": "motion", "majority": ' + majority + "}]").questions
    assert isinstance(question, MotionQuestion)
    return question.majority


def test_a_majority_of_all_members_is_meant_where_no_base_is_named() -> None:
    assert asked('{"at_least": "2/3"}') == Majority("all_members", Fraction(2, 3), at_least=True)


@pytest.mark.parametrize(
    ("majority", "place", "problem"),
    [
        ("null", "majority", "expected an object"),
        ("{}", "majority", 'either "over" or "at_least"'),
        ('{"base": "present"}', "majority", 'either "over" or "at_least"'),
        ('{"over": "1/2", "at_least": "1/2"}', "majority", 'either "over" or "at_least"'),
        ('{"base": "seats", "over": "1/2"}', "majority.base", 'found "seats"'),
        ('{"over": 0.5}', "majority.over", 'such as "1/2", found 0.5'),
        ('{"over": "0.5"}', "majority.over", 'such as "1/2", found "0.5"'),
        ('{"over": "1/0"}', "majority.over", 'found "1/0"'),
        ('{"over": "-1/2"}', "majority.over", 'found "-1/2"'),
        ('{"over": "½"}', "majority.over", 'found "½"'),
        ('{"over": "１/２"}', "majority.over", 'found "１/２"'),
        ('{"over": "1/1"}', "majority.over", "no share that a majority can be reached by"),
        ('{"over": "3/2"}', "majority.over", "no share that a majority can be reached by"),
        ('{"at_least": "0/1"}', "majority.at_least", "no share that a majority can be reached by"),
        ('{"at_least": "3/2"}', "majority.at_least", "no share that a majority can be reached by"),
        ('{"half": "1/2"}', "majority.half", "unknown key"),
    ],
)
def test_a_bad_majority_is_refused_with_its_place(majority: str, place: str, problem: str) -> None:
    with pytest.raises(BadPaper) as refusal:
        asked(majority)
    assert refusal.value.place == f"paper[0].{place}"
    assert problem in refusal.value.problem
