"""Papers made up so that they come to given figures: counted by the real count, they do."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meeting.office import marking
from meeting.office.marking import NoSuchPapers
from voting.outcome import result
from voting.paper import Bases, ElectionQuestion, Paper, SelectionQuestion
from voting.questions.score import Criterion, ScoreQuestion

CANDIDATES = ("鹤", "鹭", "雁", "莺", "燕")
BASES = Bases(all_members=60, present=60, recused=0)


def counted(question: ElectionQuestion | SelectionQuestion, papers: list[object]) -> dict[str, object]:
    paper = Paper((question,))
    marks = [paper.check({question.id: mark}) for mark in papers]
    answer: dict[str, object] = result(paper, BASES, len(papers), marks)["questions"][question.id]
    return answer


@st.composite
def elections(draw: st.DrawFn) -> tuple[int, int, dict[str, int], int]:
    """Seats, valid papers, votes that so many papers can give, invalid papers."""
    seats, valid = draw(st.integers(1, 4)), draw(st.integers(1, 30))
    left, votes = valid * seats, {}
    for name in (*CANDIDATES, "樊苍兰"):
        votes[name] = draw(st.integers(0, min(valid, left)))
        left -= votes[name]
    return seats, valid, votes, draw(st.integers(0, 3))


@settings(deadline=None)
@given(elections())
def test_an_election_comes_to_the_votes_that_were_wanted(drawn: tuple[int, int, dict[str, int], int]) -> None:
    seats, valid, votes, invalid = drawn
    papers = marking.election(CANDIDATES, seats, votes, valid, invalid, write_in=True)
    question = ElectionQuestion("e", seats, CANDIDATES, write_in=True)
    answer = counted(question, list(papers))
    assert (answer["valid"], answer["invalid"]) == (valid, invalid)
    got = answer["votes"]
    assert isinstance(got, dict)
    assert {name: got.get(name, 0) for name in votes} == votes


def test_who_supports_one_is_against_the_others() -> None:
    papers = marking.election(("孟", "柳"), 1, {"孟": 1, "柳": 1, "樊": 1}, 4, 1, write_in=True)
    assert papers == [
        {"for": ["孟"], "against": ["柳"], "write_in": []},
        {"for": ["柳"], "against": ["孟"], "write_in": []},
        {"for": [], "against": ["孟", "柳"], "write_in": ["樊"]},
        {"for": [], "against": [], "write_in": []},
        {"for": ["孟", "柳"], "against": [], "write_in": []},
    ]


@settings(deadline=None)
@given(st.integers(0, 11), st.integers(0, 20))
def test_abstentions_on_one_candidate_are_as_many_as_wanted(one: int, other: int) -> None:
    papers = marking.election(("孟", "柳"), 1, {"孟": 19, "柳": 10}, 30, abstain={"孟": one, "柳": other})
    answer = counted(ElectionQuestion("e", 1, ("孟", "柳")), list(papers))
    assert answer["abstain"] == {"孟": one, "柳": other}
    assert answer["votes"] == {"孟": 19, "柳": 10}


@pytest.mark.parametrize(
    ("votes", "abstain", "write_in"),
    [
        ({"孟": 31}, {}, True),
        ({"孟": 16, "柳": 15}, {}, True),
        ({"孟": 1, "樊": 1}, {}, False),
        ({"孟": 19}, {"孟": 12}, True),
    ],
)
def test_votes_that_no_papers_give_are_refused(
    votes: dict[str, int], abstain: dict[str, int], write_in: bool
) -> None:
    with pytest.raises(NoSuchPapers):
        marking.election(("孟", "柳"), 1, votes, 30, abstain=abstain, write_in=write_in)


@settings(deadline=None)
@given(st.lists(st.integers(0, 20), min_size=5, max_size=5), st.integers(1, 4), st.integers(0, 2))
def test_a_selection_comes_to_the_votes_that_were_wanted(votes: list[int], choose: int, invalid: int) -> None:
    wanted = dict(zip(CANDIDATES, votes, strict=True))
    valid = max(20, -(-sum(votes) // choose))
    papers = marking.selection(CANDIDATES, choose, wanted, valid, invalid)
    answer = counted(SelectionQuestion("s", choose, CANDIDATES), list(papers))
    assert answer["votes"] == wanted
    assert (answer["valid"], answer["invalid"]) == (valid, invalid)


@settings(deadline=None)
@given(
    sheets=st.integers(1, 40),
    trim=st.integers(0, 3),
    step=st.sampled_from([1, 2, 5]),
    seed=st.integers(0, 99),
    part=st.integers(0, 1000),
)
def test_scores_have_exactly_the_mean(sheets: int, trim: int, step: int, seed: int, part: int) -> None:
    counted_sheets = sheets - 2 * trim
    if counted_sheets < 1:
        return
    # a sum that such sheets can have, and the mean that it gives
    total = counted_sheets * 20 + step * (part * (counted_sheets * 80 // step) // 1000)
    mean = Decimal(total) / counted_sheets
    if Fraction(mean) * counted_sheets != total:
        return  # no decimal is this mean
    scores = marking.scores(mean, sheets, 20, 100, step, trim, Random(seed))
    assert len(scores) == sheets
    question = ScoreQuestion("s", (Criterion("1"),), trim=trim)
    marks = [{"s": {"1": score}} for score in scores]
    answer = result(Paper((question,)), BASES, sheets, marks)["questions"]["s"]
    assert answer["means"]["1"] == pytest.approx(float(mean), abs=0.0501)
    within = sorted(scores)[trim : sheets - trim]
    assert sum(within) == total
    assert all(20 <= score <= 100 and (score - 20) % step == 0 for score in scores)


def test_scores_differ_from_sheet_to_sheet() -> None:
    scores = marking.scores(Decimal("88.4"), 30, 0, 100, 1, 0, Random(1))
    assert sum(scores) == 2652
    assert len(Counter(scores)) > 5


@pytest.mark.parametrize(("mean", "sheets", "trim"), [("88.41", 30, 0), ("100.1", 10, 0), ("50", 4, 2)])
def test_a_mean_that_no_sheets_have_is_refused(mean: str, sheets: int, trim: int) -> None:
    with pytest.raises(NoSuchPapers):
        marking.scores(Decimal(mean), sheets, 0, 100, 1, trim, Random(1))
