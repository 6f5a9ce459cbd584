"""Selections: options, how many, the mark."""

import pytest

from voting.errors import BadPaper
from voting.paper import SelectionQuestion, parse_paper
from voting.strict_json import Misread, Value

QUESTION = SelectionQuestion("s", 1, ("县林业局", "县医疗保障局", "县水利局"))


@pytest.mark.parametrize("chosen", [[], ["县林业局"], ["县林业局", "县水利局"], list(QUESTION.options)])
def test_a_mark_names_options_in_their_order_and_may_name_too_many(chosen: list[str]) -> None:
    assert QUESTION.check_mark(chosen) == chosen


@pytest.mark.parametrize(
    "value",
    [
        ["县水利局", "县林业局"],
        ["县林业局", "县林业局"],
        ["县教育局"],
        [1],
        [None],
        ("县林业局",),
        "县林业局",
        {},
        None,
    ],
)
def test_what_is_no_mark_for_the_box(value: object) -> None:
    assert QUESTION.check_mark(value) is None


def test_a_count_file_may_name_them_in_any_order() -> None:
    assert QUESTION.read_mark(["县水利局", "县林业局"], "s") == ("县水利局", "县林业局")


@pytest.mark.parametrize(
    ("value", "place", "problem"),
    [
        (["县林业局", "县教育局"], "s[1]", '"县教育局" is no option'),
        (["县林业局", "县林业局"], "s[1]", '"县林业局" stands here twice'),
        ([1], "s[0]", "expected a text"),
        ("县林业局", "s", "expected a list"),
        ({}, "s", "expected a list"),
        (None, "s", "expected a list"),
    ],
)
def test_what_a_count_file_may_not_say(value: Value, place: str, problem: str) -> None:
    with pytest.raises(Misread, match=problem) as found:
        QUESTION.read_mark(value, "s")
    assert found.value.place == place


def paper(more: str = "", options: str = '["a", "b"]', choose: str = "1") -> str:
    return f'[{{"id": "s", "kind": "selection", "choose": {choose}, "options": {options}{more}}}]'


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ('[{"id": "s", "kind": "selection", "choose": 1}]', "options", "this key is missing"),
        (paper(choose="0"), "choose", "cannot choose 0 of 2 options"),
        (paper(choose="3"), "choose", "cannot choose 3 of 2 options"),
        (paper(choose="1.5"), "choose", "whole number"),
        (paper(options="[]"), "choose", "cannot choose 1 of 0 options"),
        (paper(options='["a", "a"]'), "options[1]", "stands here twice"),
        (paper(options='["a", 1]'), "options[1]", "expected a text"),
        (paper(', "majority": {}'), "majority", 'either "over" or "at_least"'),
        (paper(', "seats": 1'), "seats", "unknown key"),
    ],
)
def test_a_bad_paper_is_refused_with_its_place(text: str, place: str, problem: str) -> None:
    with pytest.raises(BadPaper) as refusal:
        parse_paper(text)
    assert refusal.value.place == f"paper[0].{place}"
    assert problem in refusal.value.problem


def test_no_majority_may_be_written_as_null() -> None:
    assert parse_paper(paper(', "majority": null')) == parse_paper(paper())
