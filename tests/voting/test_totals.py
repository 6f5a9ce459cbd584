"""Totals of a show of hands."""

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting import papers
from tests.voting.papers import motion_ballots
from voting.errors import NotByHands, WrongTotals
from voting.outcome import result, result_of_totals
from voting.paper import (
    Bases,
    Criterion,
    ElectionQuestion,
    GradeQuestion,
    Marks,
    MotionQuestion,
    Paper,
    Question,
    ScoreQuestion,
    SelectionQuestion,
)
from voting.tally import ElectionTally, GradeTally, MotionTally, SelectionTally, tally
from voting.totals import check

ROLL = Bases(31, 30, 1)
GRADE = GradeQuestion("g", ("满意", "基本满意", "不满意"))
ELECTION = ElectionQuestion("e", 2, ("甲", "乙 丙"), write_in=True)
SELECTION = SelectionQuestion("s", 2, ("a", "b", "c"))
ALL = Paper((papers.MOTION, GRADE, ELECTION, SELECTION))
GOOD: dict[str, Any] = {
    "N1": {"for": 16, "against": 10, "abstain": 3},
    "g": {"满意": 14, "基本满意": 13, "不满意": 0},
    "e": {
        "for": {"甲": 17, "乙 丙": 12, "樊苍兰": 4},
        "against": {"甲": 3, "乙 丙": 9},
        "returned": 29,
        "invalid": 1,
    },
    "s": {"votes": {"a": 20, "b": 20, "c": 3}, "returned": 28, "invalid": 0},
}


def put(value: object, *path: str) -> dict[str, Any]:
    """The good totals with `value` at `path`."""
    totals = json.loads(json.dumps(GOOD))
    node = totals
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return totals  # type: ignore[no-any-return]


def drop(*path: str) -> dict[str, Any]:
    totals = put(None, *path)
    node: Any = totals
    for step in path[:-1]:
        node = node[step]
    del node[path[-1]]
    return totals


def test_totals_of_every_kind_are_concluded_as_ballots_are() -> None:
    decided = result_of_totals(ALL, ROLL, 29, GOOD)
    assert {key: value for key, value in decided.items() if key != "questions"} == {
        "issued": 29,
        "returned": 29,
        "not_returned": 0,
        "vote": "valid",
    }
    found = decided["questions"]
    assert (found["N1"]["outcome"], found["N1"]["valid"], found["N1"]["invalid"]) == ("carried", 29, 0)
    assert (found["g"]["grade"], found["g"]["valid"], found["g"]["rate"]) == ("基本满意", 27, 100.0)
    assert found["e"] == {
        "kind": "election",
        "valid": 28,
        "invalid": 1,
        "needed": 16,
        "votes": {"甲": 17, "乙 丙": 12, "樊苍兰": 4},
        "against": {"甲": 3, "乙 丙": 9},
        "abstain": {"甲": 8, "乙 丙": 7},
        "elected": ["甲"],
        "tied": [],
        "seats_left": 1,
        "next_candidates": ["乙 丙", "樊苍兰"],
        "outcome": "partly_elected",
    }
    assert (found["s"]["selected"], found["s"]["outcome"], found["s"]["valid"]) == (
        ["a", "b"],
        "selected",
        28,
    )


def test_returned_is_the_largest_number_of_voices_that_a_question_shows() -> None:
    two = Paper((MotionQuestion("a"), MotionQuestion("b")))
    totals = {"a": {"for": 5, "against": 0, "abstain": 0}, "b": {"for": 4, "against": 4, "abstain": 4}}
    decided = result_of_totals(two, ROLL, 29, totals)
    assert (decided["returned"], decided["not_returned"]) == (12, 17)
    assert (decided["questions"]["a"]["valid"], decided["questions"]["b"]["valid"]) == (5, 12)


def test_checked_totals_have_one_form() -> None:
    jumbled = {
        "s": {"invalid": 0, "returned": 28, "votes": {"c": 3, "b": 20, "a": 20}},
        "e": {
            "against": {"乙 丙": 9, "甲": 3},
            "for": {"樊 苍兰": 4, "范苍兰": 0, "乙 丙": 12, "甲": 17},
            "invalid": 1,
            "returned": 29,
        },
        "g": {"不满意": 0, "满意": 14, "基本满意": 13},
        "N1": {"abstain": 3, "for": 16, "against": 10},
    }
    checked = check(ALL, 29, jumbled)
    one = put({"甲": 17, "乙 丙": 12, "樊苍兰": 4, "范苍兰": 0}, "e", "for")
    assert json.dumps(checked) == json.dumps(one)
    assert json.dumps(check(ALL, 29, checked)) == json.dumps(checked)


@pytest.mark.parametrize(
    ("totals", "question", "problem"),
    [
        (drop("N1"), "N1", "a number is missing"),
        (drop("N1", "abstain"), "N1", "a number is missing"),
        (put(0, "N1", "invalid"), "N1", "not on the paper"),
        (put([16, 10, 3], "N1"), "N1", "a number is missing"),
        (put(-1, "N1", "for"), "N1", "0 or more"),
        (put(True, "N1", "for"), "N1", "whole number"),
        (put(16.0, "N1", "for"), "N1", "whole number"),
        (put("16", "N1", "for"), "N1", "whole number"),
        (put(None, "N1", "for"), "N1", "whole number"),
        (put(17, "N1", "for"), "N1", "more voices than people"),
        (put({}, "N9"), "N9", "no such question"),
        (drop("g", "不满意"), "g", "a number is missing"),
        (put(3, "g", "不满意"), "g", "more voices than people"),
        (put(1, "g", "优秀"), "g", "not on the paper"),
        (drop("e", "returned"), "e", "a number is missing"),
        (put(30, "e", "returned"), "e", "more votes than people"),
        (put(30, "e", "invalid"), "e", "more invalid votes than votes"),
        (put(12, "e", "invalid"), "e", "more voices on one candidate"),
        (put(26, "e", "against", "甲"), "e", "more voices on one candidate"),
        (drop("e", "for", "甲"), "e", "a number is missing"),
        (drop("e", "against", "甲"), "e", "a number is missing"),
        (put(1, "e", "against", "樊苍兰"), "e", "not on the paper"),
        (put(None, "e", "for"), "e", "the numbers are missing"),
        (put(-1, "e", "for", "樊苍兰"), "e", "0 or more"),
        (put(1, "e", "for", "乙丙"), "e", "a name stands there twice"),
        (put(1, "e", "for", "樊 苍兰"), "e", "a name stands there twice"),
        (put(1, "e", "for", "<b>"), "e", "cannot be written in"),
        (put(29, "e", "for", "樊苍兰"), "e", "more voices for one name"),
        (put(28, "e", "for", "樊苍兰"), "e", "can give to the seats"),
        (put(13, "e", "for", "樊苍兰"), "e", "than candidates were opposed"),
        (put(29, "s", "votes", "a"), "s", "more voices for one option"),
        (put(18, "s", "votes", "c"), "s", "can give"),
        (put(1, "s", "votes", "d"), "s", "not on the paper"),
        (drop("s", "votes"), "s", "a number is missing"),
        (put(30, "s", "returned"), "s", "more votes than people"),
    ],
)
def test_what_no_room_can_give_is_refused(totals: Any, question: str, problem: str) -> None:
    with pytest.raises(WrongTotals, match=problem) as refusal:
        result_of_totals(ALL, ROLL, 29, totals)
    assert refusal.value.data["question"] == question


def test_other_names_need_a_paper_that_lets_them_be_written_in() -> None:
    closed = papers.of(ElectionQuestion("e", 1, ("甲",)))
    totals = {"e": {"for": {"甲": 1, "樊苍兰": 1}, "against": {"甲": 1}, "returned": 3, "invalid": 0}}
    with pytest.raises(WrongTotals, match="no candidate's"):
        result_of_totals(closed, ROLL, 29, totals)


def test_scores_cannot_be_shown_by_hands() -> None:
    both = Paper((papers.MOTION, ScoreQuestion("scores", (Criterion("1"),))))
    with pytest.raises(NotByHands) as refusal:
        result_of_totals(both, ROLL, 29, {"N1": GOOD["N1"], "scores": {}})
    assert refusal.value.data == {"question": "scores"}


def shown_by_hands(question: Question, marks: list[Any]) -> dict[str, Any]:
    """The totals that tellers would type for these marks."""
    counted = tally(question, marks)
    match counted:
        case MotionTally() | GradeTally():
            return {str(choice): many for choice, many in counted.counts.items()}
        case ElectionTally():
            head = {"returned": len(marks), "invalid": counted.invalid}
            return {"for": counted.votes, "against": counted.against, **head}
        case SelectionTally():
            return {"votes": counted.votes, "returned": len(marks), "invalid": counted.invalid}
        case _:
            raise AssertionError


@given(papers.votes(papers.papers_of(papers.by_hands), void=False))
def test_hands_decide_what_the_same_ballots_decide(vote: tuple[Paper, Bases, int, list[Marks]]) -> None:
    """Where everybody answers everything: a hand that stays down is no blank paper."""
    paper, bases, issued, ballots = vote
    for question in paper.questions:
        answered: list[Marks] = [ballot for ballot in ballots if question.id in ballot]
        alone = Paper((question,))
        totals = {question.id: shown_by_hands(question, [ballot[question.id] for ballot in answered])}
        by_ballots = result(alone, bases, issued, answered)
        by_hands = result_of_totals(alone, bases, issued, totals)
        assert by_hands == by_ballots


def test_v05_by_hands() -> None:
    ballots = motion_ballots(16, 13, 0)
    totals = {
        "N1": {mark: count for mark, count in Counter(str(b["N1"]) for b in ballots).items()} | {"abstain": 0}
    }
    assert result_of_totals(papers.of(), ROLL, 29, totals) == result(papers.of(), ROLL, 29, ballots)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=3),
        lambda inner: st.dictionaries(st.text(max_size=3) | st.sampled_from(["N1", "e", "for"]), inner),
    )
)
def test_what_nobody_can_mean_is_refused_in_one_line(typed: Any) -> None:
    with pytest.raises(WrongTotals) as refusal:
        result_of_totals(ALL, ROLL, 29, typed if isinstance(typed, dict) else {"N1": typed})
    assert str(refusal.value).isprintable()
