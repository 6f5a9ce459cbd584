"""JSON that is read one way only."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting import strict_json
from voting.strict_json import Misread, at, integer, shown

whole_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | whole_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(whole_text, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_what_is_written_is_read_back(value: object) -> None:
    assert strict_json.read(strict_json.write(value)) == value


def test_numbers_are_read_exactly() -> None:
    assert strict_json.read("[80.15, 0.1, 12345678901234567890]") == [
        Decimal("80.15"),
        Decimal("0.1"),
        Decimal(12345678901234567890),
    ]


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("", "line 1, column 1", "this is not JSON"),
        ('{"a": 1\n "b": 2}', "line 2, column 2", "this is not JSON"),
        ("{'a': 1}", "line 1, column 2", "this is not JSON"),
        ("[1] [2]", "line 1, column 5", "this is not JSON"),
        ('{"a": {"b": 1, "b": 1}}', "a.b", "this key stands here twice"),
        ('{"a": [1, NaN]}', "a[1]", "NaN is not a number"),
        ('{"a": [1, -Infinity]}', "a[1]", "-Infinity is not a number"),
        (r'{"a": ["\ud83d"]}', "a[0]", "half a character"),
        ('{"a": ["\udc00"]}', "a[0]", "half a character"),
        (r'{"a": {"\ud83d": 1}}', r'a["\ud83d"]', "half a character"),
        ("[" * 17 + "]" * 17, "[0]" * 16, "brackets are nested too deeply"),
        ("[" * 1_000_000, "", "brackets are nested too deeply"),
        ('{"a":' * 1_000_000, "", "brackets are nested too deeply"),
        ("[" + "9" * 1_000_000 + "]", "[0]", "plain digits"),
        ("[0." + "9" * 1_000_000 + "]", "[0]", "plain digits"),
        ("[1e999999999999999999999]", "[0]", "plain digits"),
        ("[1E5]", "[0]", "plain digits"),
    ],
    ids=range(17),
)
def test_what_two_programs_could_read_differently_is_refused_with_its_place(
    text: str, place: str, problem: str
) -> None:
    with pytest.raises(Misread) as refusal:
        strict_json.read(text)
    assert refusal.value.place == place
    assert problem in refusal.value.problem
    assert len(refusal.value.problem) < 150


def test_the_place_can_be_named_from_outside() -> None:
    with pytest.raises(Misread) as refusal:
        strict_json.read("[NaN]", "paper")
    assert refusal.value.place == "paper[0]"


@pytest.mark.parametrize(
    ("place", "step", "further"),
    [
        ("", "ballots", "ballots"),
        ("ballots", 3, "ballots[3]"),
        ("ballots[3]", "q1", "ballots[3].q1"),
        ("ballots[3]", "by-election", "ballots[3].by-election"),
        ("ballots[3]", "任命", "ballots[3].任命"),
        ("ballots[3]", "a b", 'ballots[3]["a b"]'),
        ("ballots[3]", "", 'ballots[3][""]'),
        ("ballots[3]", "a\nb", r'ballots[3]["a\nb"]'),
    ],
)
def test_a_place_reads_as_one_would_write_it(place: str, step: str | int, further: str) -> None:
    assert at(place, step) == further


@given(values | st.text(max_size=400) | st.decimals(allow_nan=False, allow_infinity=False))
def test_whatever_is_quoted_stays_short_and_on_one_line(value: object) -> None:
    assert shown(value).isprintable()
    assert len(shown(value)) <= 6 * 65


@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20))
def test_plain_words_are_quoted_as_they_are(value: str) -> None:
    assert shown(value) == json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize("value", [True, False, None, "1", Decimal("1.0"), -1, 2**53, [], {}])
def test_what_is_no_whole_number(value: strict_json.Value) -> None:
    with pytest.raises(Misread, match="expected a whole number"):
        integer(value, "issued")
