"""Score sheets: criteria, ranges and steps, the mark."""

from decimal import Decimal
from typing import Any

import pytest

from voting.errors import BadPaper
from voting.paper import Criterion, Grid, ScoreQuestion, parse_paper
from voting.strict_json import Misread

QUESTION = ScoreQuestion("s", (Criterion("2"), Criterion("10"), Criterion("1")))


@pytest.mark.parametrize(
    "sheet",
    [
        {"2": 85, "10": 90, "1": 0},
        {"10": 7},
        {"2": Decimal("80.15"), "1": 999_999_999},
        {"2": -1, "10": 101, "1": Decimal("0.0001")},
    ],
)
def test_a_sheet_may_be_incomplete_and_out_of_range(sheet: dict[str, Any]) -> None:
    """It is a mark; that it is invalid, the count finds."""
    assert QUESTION.check_mark(sheet) == QUESTION.read_mark(sheet, "s") == sheet


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"10": 1, "2": 1},
        {"3": 1},
        {"2": 1, "3": 1},
        {"2": "85"},
        {"2": None},
        {"2": True},
        {"2": 85.0},
        {"2": [85]},
        {"2": 10**9},
        {"2": Decimal("85.10")},
        {"2": Decimal("0.00001")},
        {"2": Decimal("NaN")},
        {2: 85},
        [85, 90, 0],
        85,
        None,
        "85",
    ],
)
def test_what_is_no_mark_for_the_box(value: object) -> None:
    assert QUESTION.check_mark(value) is None


@pytest.mark.parametrize(
    "sheet", [{}, {"1": 0, "10": 90, "2": 85}, {"2": Decimal("85.10"), "1": Decimal("0." + "0" * 37 + "1")}]
)
def test_a_count_file_may_say_more_ways(sheet: dict[str, Any]) -> None:
    assert QUESTION.read_mark(sheet, "s") == sheet


@pytest.mark.parametrize(
    ("value", "place", "problem"),
    [
        ({"3": 1}, "s.3", "no such criterion"),
        ({"2": "85"}, "s.2", 'expected a number, found "85"'),
        ({"2": True}, "s.2", "expected a number, found true"),
        ({"2": None}, "s.2", "expected a number, found null"),
        ([85], "s", "expected an object"),
        (85, "s", "expected an object"),
    ],
)
def test_what_a_count_file_may_not_say(value: Any, place: str, problem: str) -> None:
    with pytest.raises(Misread, match=problem) as found:
        QUESTION.read_mark(value, "s")
    assert found.value.place == place


@pytest.mark.parametrize(
    ("grid", "good", "bad"),
    [
        (Grid(), [0, 100, 50, Decimal("7.0")], [-1, 101, Decimal("7.5")]),
        (Grid(0, 10, Decimal("0.5")), [0, Decimal("9.5")], [Decimal("9.25"), Decimal("10.5")]),
        (Grid(1, 10, 4), [1, 5, 9], [0, 4, 10, 13]),
        (Grid(-10, -4, 3), [-10, -7, -4], [-9, -1, 0]),
        (Grid(0, 1, Decimal("0.0001")), [Decimal("0.0001")], [Decimal("0.00005"), Decimal("0." + "9" * 38)]),
        (Grid(5, 5, 1), [5], [4, 6]),
    ],
)
def test_steps_are_counted_from_the_least(grid: Grid, good: list[Any], bad: list[Any]) -> None:
    measure = grid.measure()
    assert [measure(score) for score in good] == [int(score * 10_000) for score in good]
    assert [measure(score) for score in bad] == [None] * len(bad)


def test_a_range_of_its_own_holds_for_a_criterion() -> None:
    (question,) = parse_paper(
        '[{"id": "s", "kind": "score", "min": 10, "max": 20, "step": 5, "criteria": ["a", {"id": "b", "max": 30}]}]'
    ).questions
    assert isinstance(question, ScoreQuestion)
    assert [question.grid_of(criterion) for criterion in question.criteria] == [
        Grid(10, 20, 5),
        Grid(10, 30, 5),
    ]


def paper(more: str = "", criteria: str = '["a"]') -> str:
    return f'[{{"id": "s", "kind": "score", "criteria": {criteria}{more}}}]'


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ('[{"id": "s", "kind": "score"}]', "criteria", "this key is missing"),
        (paper(criteria="[]"), "criteria", "at least one criterion"),
        (paper(criteria="[1]"), "criteria[0]", "expected an object"),
        (paper(criteria='[""]'), "criteria[0]", "expected a text"),
        (paper(criteria='["a", {"id": "a"}]'), "criteria[1]", '"a" stands here twice'),
        (paper(criteria='[{"title": "a"}]'), "criteria[0].id", "this key is missing"),
        (paper(criteria='[{"id": "a", "weight": 0}]'), "criteria[0].weight", "more than 0"),
        (paper(criteria='[{"id": "a", "weight": -1}]'), "criteria[0].weight", "more than 0"),
        (paper(criteria='[{"id": "a", "weight": "1"}]'), "criteria[0].weight", "expected a number"),
        (paper(criteria='[{"id": "a", "mean": 1}]'), "criteria[0].mean", "unknown key"),
        (paper(criteria='[{"id": "a", "min": 101}]'), "criteria[0]", "min 101 is more than max 100"),
        (paper(', "min": 2, "max": 1'), "", "min 2 is more than max 1"),
        (paper(', "step": 0'), "step", "more than 0"),
        (paper(', "step": 0.00001'), "step", "at most 9 digits and 4 decimals"),
        (paper(', "max": 1000000000'), "max", "at most 9 digits and 4 decimals"),
        (paper(', "trim": -1'), "trim", "whole number"),
        (paper(', "trim": 0.5'), "trim", "whole number"),
        (paper(', "pass": "60"'), "pass", "expected a number"),
        (paper(', "majority": {}'), "majority", "unknown key"),
    ],
)
def test_a_bad_paper_is_refused_with_its_place(text: str, place: str, problem: str) -> None:
    with pytest.raises(BadPaper) as refusal:
        parse_paper(text)
    assert refusal.value.place == f"paper[0].{place}".rstrip(".")
    assert problem in refusal.value.problem
