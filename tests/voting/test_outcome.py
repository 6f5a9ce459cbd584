"""What the ballots decide.  V1, V2, … are the counting vectors by their numbers; V6 and V7 are no counts."""

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting import papers
from tests.voting.papers import motion_ballots
from voting.outcome import result
from voting.paper import Bases, Majority, Marks, MotionQuestion, Paper


def decide(bases: Bases, issued: int, in_favour: int, against: int, abstain: int) -> dict[str, Any]:
    return result(papers.of(), bases, issued, motion_ballots(in_favour, against, abstain))


@pytest.mark.parametrize(
    ("roll", "issued", "ballots", "outcome", "needed"),
    [
        pytest.param(Bases(31, 29, 0), 29, (16, 10, 3), "carried", 16, id="V1 plain pass"),
        pytest.param(Bases(31, 29, 0), 29, (15, 0, 14), "not_carried", 16, id="V2 one short"),
        pytest.param(
            Bases(30, 15, 0), 15, (15, 0, 0), "not_carried", 16, id="V3 exactly half of an even body"
        ),
        pytest.param(Bases(154, 125, 0), 125, (77, 6, 42), "not_carried", 78, id="V4 the law of 1999"),
        pytest.param(Bases(31, 30, 1), 29, (16, 13, 0), "carried", 16, id="V5 recusal leaves the base"),
        pytest.param(Bases(31, 30, 0), 30, (27, 0, 2), "carried", 16, id="V8 one not returned"),
    ],
)
def test_vectors_of_motions(
    roll: Bases, issued: int, ballots: tuple[int, int, int], outcome: str, needed: int
) -> None:
    decided = decide(roll, issued, *ballots)
    assert decided["vote"] == "valid"
    assert decided["returned"] == sum(ballots)
    assert decided["not_returned"] == issued - sum(ballots)
    assert decided["questions"]["N1"] == {
        "kind": "motion",
        "valid": sum(ballots),
        "invalid": 0,
        "needed": needed,
        "counts": dict(zip(("for", "against", "abstain"), ballots, strict=True)),
        "outcome": outcome,
    }


def test_v9_more_returned_than_issued_is_void_and_concludes_nothing() -> None:
    assert decide(Bases(31, 30, 1), 29, 30, 0, 0) == {
        "issued": 29,
        "returned": 30,
        "not_returned": 0,
        "vote": "void",
        "questions": {"N1": {"kind": "motion", "outcome": "void"}},
    }


def test_v26_one_combined_ballot_decides_on_all_it_names() -> None:
    five = Paper(tuple(MotionQuestion(f"N{number}") for number in range(1, 6)))
    ballots: list[Marks] = [{question.id: "for" for question in five.questions} for _ in range(30)]
    decided = result(five, Bases(31, 30, 0), 30, ballots)
    assert list(decided["questions"]) == ["N1", "N2", "N3", "N4", "N5"]
    assert all(question["outcome"] == "carried" for question in decided["questions"].values())
    assert all(question["counts"]["for"] == 30 for question in decided["questions"].values())


def test_v29_each_ballot_is_counted_on_its_own_roll() -> None:
    before = result(papers.of(), Bases(31, 29, 0), 29, motion_ballots(29, 0, 0))
    after = result(papers.of(), Bases(31, 30, 0), 30, motion_ballots(29, 0, 0))
    assert (before["not_returned"], after["not_returned"]) == (0, 1)
    assert before["questions"]["N1"]["needed"] == after["questions"]["N1"]["needed"] == 16


@pytest.mark.parametrize(
    ("base", "needed"),
    [("all_members", 51), ("present", 41), ("issued", 36), ("returned", 26), ("valid", 21)],
)
def test_a_majority_is_asked_of_the_base_that_it_names(base: Any, needed: int) -> None:
    question = MotionQuestion("N1", majority=Majority(base), blank="invalid")
    ballots = motion_ballots(20, 10, 10) + [{} for _ in range(10)]
    decided = result(papers.of(question), Bases(100, 80, 10), 70, ballots)
    assert decided["questions"]["N1"]["needed"] == needed


def test_two_thirds_of_all_members() -> None:
    two_thirds = papers.of(MotionQuestion("N1", majority=Majority("all_members", Fraction(2, 3), True)))
    assert result(two_thirds, Bases(30, 30, 0), 30, motion_ballots(20, 10, 0))["questions"]["N1"][
        "outcome"
    ] == ("carried")
    assert result(two_thirds, Bases(30, 30, 0), 30, motion_ballots(19, 11, 0))["questions"]["N1"][
        "outcome"
    ] == ("not_carried")


def test_nothing_at_all_carries_nothing() -> None:
    for base in ("all_members", "present", "issued", "returned", "valid"):
        question = MotionQuestion("N1", majority=Majority(base, Fraction(0)))
        decided = result(papers.of(question), Bases(0, 0, 0), 0, [])
        assert decided["questions"]["N1"]["outcome"] == "not_carried"
        assert decided["questions"]["N1"]["needed"] == 1


@st.composite
def votes(draw: st.DrawFn) -> tuple[Paper, Bases, int, list[Marks]]:
    """A vote that may also be void."""
    paper = draw(papers.papers)
    ballots = draw(st.lists(papers.marks_of(paper), max_size=30))
    issued = draw(st.integers(max(0, len(ballots) - 1), len(ballots) + 5))
    return paper, draw(papers.bases()), issued, ballots


@given(votes(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_marks_is_nothing(
    vote: tuple[Paper, Bases, int, list[Marks]], chance: Any
) -> None:
    paper, bases, issued, ballots = vote
    shuffled = [dict(chance.sample(list(marks.items()), len(marks))) for marks in ballots]
    chance.shuffle(shuffled)
    first, second = result(paper, bases, issued, ballots), result(paper, bases, issued, shuffled)
    # Compared as text: the order of the keys is what the board hashes.
    assert json.dumps(first) == json.dumps(second)


@given(votes())
def test_the_sums_agree(vote: tuple[Paper, Bases, int, list[Marks]]) -> None:
    paper, bases, issued, ballots = vote
    decided = result(paper, bases, issued, ballots)
    assert list(decided["questions"]) == [question.id for question in paper.questions]
    if decided["vote"] == "void":
        assert decided["returned"] > decided["issued"]
        assert all(set(question) == {"kind", "outcome"} for question in decided["questions"].values())
        return
    assert decided["issued"] == decided["returned"] + decided["not_returned"]
    for question in decided["questions"].values():
        assert decided["returned"] == question["valid"] + question["invalid"]
        assert question["valid"] == sum(question["counts"].values())
        assert (question["outcome"] == "carried") == (question["counts"]["for"] >= question["needed"])


@given(votes(), st.data())
def test_one_more_in_favour_never_turns_carried_into_not_carried(
    vote: tuple[Paper, Bases, int, list[Marks]], data: st.DataObject
) -> None:
    paper, bases, issued, ballots = vote
    issued = max(issued, len(ballots) + 1)
    question = data.draw(st.sampled_from(paper.questions))
    convinced = data.draw(st.integers(0, len(ballots)))
    more = [dict(marks) for marks in ballots]
    if convinced == len(ballots):
        more.append({})
    more[convinced][question.id] = "for"
    before = result(paper, bases, issued, ballots)["questions"][question.id]
    after = result(paper, bases, issued, more)["questions"][question.id]
    assert before["outcome"] != "carried" or after["outcome"] == "carried"


@given(votes())
def test_questions_of_one_paper_do_not_touch_each_other(vote: tuple[Paper, Bases, int, list[Marks]]) -> None:
    paper, bases, issued, ballots = vote
    together = result(paper, bases, issued, ballots)
    for question in paper.questions:
        alone: list[Marks] = [{k: v for k, v in marks.items() if k == question.id} for marks in ballots]
        decided = result(replace(paper, questions=(question,)), bases, issued, alone)
        assert decided["questions"][question.id] == together["questions"][question.id]
