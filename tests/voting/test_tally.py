"""The tally of one question."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting import papers
from tests.voting.papers import named
from voting.paper import (
    BLANKS,
    MOTION_MARKS,
    Blank,
    Criterion,
    ElectionQuestion,
    GradeQuestion,
    Grid,
    MotionMark,
    MotionQuestion,
    Question,
    Ruling,
    ScoreQuestion,
    SelectionQuestion,
)
from voting.quantity import Number
from voting.tally import ElectionTally, GradeTally, MotionTally, ScoreTally, SelectionTally, tally

sheets = st.lists(st.sampled_from([None, *MOTION_MARKS]), max_size=80)


@given(st.data(), papers.questions)
def test_every_paper_is_valid_or_invalid(data: st.DataObject, question: Question) -> None:
    marks = data.draw(st.lists(st.none() | papers.mark_of(question), max_size=20))
    counted = tally(question, marks)
    assert counted.valid + counted.invalid == len(marks)
    match counted:
        case MotionTally():
            assert list(counted.counts) == ["for", "against", "abstain"]
            assert sum(counted.counts.values()) == counted.valid
        case GradeTally():
            blank = (
                counted.valid if isinstance(question, GradeQuestion) and question.blank == "abstain" else 0
            )
            assert sum(counted.counts.values()) <= counted.valid
            assert sum(counted.counts.values()) == counted.valid or blank
        case ScoreTally():
            assert all(len(scores) == counted.valid for scores in counted.scores.values())
            assert all(list(scores) == sorted(scores) for scores in counted.scores.values())
        case ElectionTally():
            assert isinstance(question, ElectionQuestion)
            assert list(counted.votes)[: len(question.candidates)] == list(counted.against)
            assert sum(counted.votes.values()) <= counted.valid * question.seats
            for candidate, against in counted.against.items():
                assert counted.votes[candidate] + against <= counted.valid
        case SelectionTally():
            assert isinstance(question, SelectionQuestion)
            assert list(counted.votes) == list(question.options)
            assert sum(counted.votes.values()) <= counted.valid * question.choose


@given(sheets)
def test_blank_papers_move_between_abstention_and_invalid_and_nowhere_else(
    marks: list[MotionMark | None],
) -> None:
    lenient = tally(MotionQuestion("N1", blank="abstain"), marks)
    strict = tally(MotionQuestion("N1", blank="invalid"), marks)
    assert isinstance(lenient, MotionTally)
    assert isinstance(strict, MotionTally)
    assert lenient.invalid == 0
    assert strict.invalid == marks.count(None)
    assert lenient.counts["abstain"] == strict.counts["abstain"] + marks.count(None)
    assert lenient.counts["for"] == strict.counts["for"] == marks.count("for")
    assert lenient.counts["against"] == strict.counts["against"] == marks.count("against")


def test_a_mark_that_nobody_made_is_counted_as_none() -> None:
    assert tally(MotionQuestion("N1"), []) == MotionTally({"for": 0, "against": 0, "abstain": 0}, invalid=0)


@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_grade_is_in_no_count(blank: Blank) -> None:
    counted = tally(GradeQuestion("g", ("a", "b"), blank=blank), ["a", None, "b", "a"])
    valid = {"abstain": 4, "invalid": 3}[blank]
    assert counted == GradeTally({"a": 2, "b": 1}, valid=valid, invalid=4 - valid)


SHEET = ScoreQuestion(
    "s", (Criterion("a"), Criterion("b", grid=Grid(-1, 1, Decimal("0.5")))), grid=Grid(0, 10, 5)
)


@pytest.mark.parametrize(
    "mark",
    [
        None,
        {},
        {"a": 5},
        {"b": 1},
        {"a": 11, "b": 1},
        {"a": -5, "b": 1},
        {"a": 4, "b": 1},
        {"a": 5, "b": Decimal("0.25")},
        {"a": 5, "b": 2},
        {"a": Decimal("5." + "0" * 37 + "1"), "b": 1},
    ],
)
def test_a_sheet_that_lacks_a_score_or_has_a_wrong_one_is_invalid_as_a_whole(mark: Any) -> None:
    good: dict[str, Number] = {"b": Decimal("-0.5"), "a": 10}
    assert tally(SHEET, [good, mark]) == ScoreTally({"a": [100_000], "b": [-5_000]}, valid=1, invalid=1)


def test_scores_lie_in_ascending_order() -> None:
    counted = tally(ScoreQuestion("s", (Criterion("a"),)), [{"a": 7}, {"a": 100}, {"a": 0}])
    assert counted == ScoreTally({"a": [0, 70_000, 1_000_000]}, valid=3, invalid=0)
    assert tally(ScoreQuestion("s", (Criterion("a"),)), []) == ScoreTally({"a": []}, valid=0, invalid=0)


def election(
    mark: Any, *, seats: int = 2, needs_opposition: bool = False, rulings: Any = ()
) -> ElectionTally:
    question = ElectionQuestion(
        "e", seats, ("甲", "乙", "丙 丁"), write_in=True, write_in_needs_opposition=needs_opposition
    )
    counted = tally(question, [mark], rulings)
    assert isinstance(counted, ElectionTally)
    return counted


@pytest.mark.parametrize(
    "mark",
    [
        named(["甲", "乙", "丙 丁"]),
        named(["甲", "乙"], [], ["戊"]),
        named([], [], ["戊", "己", "庚"]),
        named(["甲"], ["甲"]),
        named(["甲"], [], ["甲"]),
        named([], ["甲"], ["甲"]),
        named(["丙 丁"], [], ["丙丁"]),
        named([], [], ["戊 己", "戊己"]),
    ],
)
def test_an_election_paper_that_says_more_than_it_may_is_invalid(mark: Any) -> None:
    assert election(mark) == ElectionTally(
        {"甲": 0, "乙": 0, "丙 丁": 0}, {"甲": 0, "乙": 0, "丙 丁": 0}, 0, 1
    )


@pytest.mark.parametrize(
    "mark",
    [
        None,
        named(),
        named([], ["甲", "乙", "丙 丁"]),
        named(["甲"], ["乙"]),
        named(["甲"], [], ["戊"]),
        {"for": ["甲"]},
        {},
    ],
)
def test_one_that_says_less_is_valid(mark: Any) -> None:
    assert election(mark).valid == 1


@pytest.mark.parametrize(
    ("mark", "valid"),
    [
        (named([], [], ["戊"]), False),
        (named([], ["甲"], ["戊"]), True),
        (named([], ["甲"], ["戊", "己"]), False),
        (named([], ["甲", "乙"], ["戊", "己"]), True),
        (named(["甲"], ["乙"], ["戊"]), True),
        (named(["甲"], [], ["戊"]), False),
        (named([], [], ["甲"]), False),
        (named([], ["乙"], ["甲"]), True),
    ],
)
def test_a_name_may_be_written_in_only_against_a_candidate_who_is_opposed(mark: Any, valid: bool) -> None:
    assert election(mark, needs_opposition=True).valid == valid
    assert election(mark, needs_opposition=False).valid == 1


def test_a_ruling_may_show_that_one_person_was_named_twice() -> None:
    ruling = Ruling("e", ("戊", "己"), "戊")
    assert election(named([], [], ["戊", "己"])).valid == 1
    assert election(named([], [], ["戊", "己"]), rulings=[ruling]).invalid == 1
    assert election(named(["甲"], [], ["申"]), rulings=[Ruling("e", ("申",), "甲")]).invalid == 1
    assert election(named(["乙"], [], ["申"]), rulings=[Ruling("e", ("申",), "甲")]).votes["甲"] == 1


def test_the_written_in_stand_after_the_candidates_by_votes_and_name() -> None:
    question = ElectionQuestion("e", 1, ("乙", "甲"), write_in=True, write_in_needs_opposition=False)
    marks = [named([], [], [name]) for name in ("丁", "丙", "戊", "戊", "己")] + [named(["甲"])]
    counted = tally(question, marks)
    assert isinstance(counted, ElectionTally)
    assert list(counted.votes.items()) == [("乙", 0), ("甲", 1), ("戊", 2), ("丁", 1), ("丙", 1), ("己", 1)]


def test_more_options_than_may_be_chosen_are_invalid() -> None:
    question = SelectionQuestion("s", 2, ("a", "b", "c"))
    counted = tally(question, [["a", "b"], ["a", "b", "c"], [], None, ["c"]])
    assert counted == SelectionTally({"a": 1, "b": 1, "c": 1}, valid=4, invalid=1)


def test_what_a_unit_is() -> None:
    """One ten-thousandth, so that sums of scores are sums of whole numbers."""
    counted = tally(
        ScoreQuestion("s", (Criterion("a"),), grid=Grid(0, 1, Decimal("0.0001"))), [{"a": Decimal("0.1")}]
    )
    assert isinstance(counted, ScoreTally)
    assert Fraction(counted.scores["a"][0], 10_000) == Fraction(1, 10)
