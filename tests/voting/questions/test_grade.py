"""Grades: the scale, the rules by which the whole is graded, the mark."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.errors import BadPaper
from voting.paper import GradeQuestion, ShareBands, parse_paper
from voting.strict_json import Misread, Value

QUESTION = GradeQuestion("g", ("满意", "基本满意", "不满意"))


def test_a_mark_is_a_word_of_the_scale() -> None:
    for grade in QUESTION.scale:
        assert QUESTION.check_mark(grade) == QUESTION.read_mark(grade, "g") == grade


@pytest.mark.parametrize("value", ["优秀", "满意 ", "", "for", None, True, 1, ["满意"], {"满意": 1}])
def test_everything_else_is_none(value: Value) -> None:
    assert QUESTION.check_mark(value) is None
    with pytest.raises(Misread, match="unknown mark"):
        QUESTION.read_mark(value, "g")


BANDS = ShareBands("称职", ((Fraction(1, 2), "基本称职"), (Fraction(4, 5), "称职")), "不称职")


@pytest.mark.parametrize(
    ("share", "grade"),
    [
        (Fraction(1), "称职"),
        (Fraction(4, 5), "称职"),
        (Fraction(799, 1000), "基本称职"),
        (Fraction(1, 2), "基本称职"),
        (Fraction(499, 1000), "不称职"),
        (Fraction(0), "不称职"),
    ],
)
def test_the_highest_band_that_is_reached_gives_the_grade(share: Fraction, grade: str) -> None:
    assert BANDS.grade_of(share) == grade
    assert ShareBands("称职", BANDS.bands[::-1], "不称职").grade_of(share) == grade


@given(st.fractions(0, 1), st.fractions(0, 1))
def test_a_larger_share_never_gives_a_lower_band(one: Fraction, other: Fraction) -> None:
    order = ["不称职", "基本称职", "称职"]
    less, more = sorted([one, other])
    assert order.index(BANDS.grade_of(less)) <= order.index(BANDS.grade_of(more))


def paper(more: str = "", scale: str = '["a", "b"]') -> str:
    return f'[{{"id": "g", "kind": "grade", "scale": {scale}{more}}}]'


def bands(text: str) -> str:
    return paper(', "rule": {"share_bands": ' + text + "}")


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ('[{"id": "g", "kind": "grade"}]', "scale", "this key is missing"),
        (paper(scale='"a"'), "scale", "expected a list"),
        (paper(scale='["a"]'), "scale", "at least two grades"),
        (paper(scale='["a", "b", "a"]'), "scale[2]", '"a" stands here twice'),
        (paper(scale='["a", ""]'), "scale[1]", "expected a text"),
        (paper(', "blank": null'), "blank", "found null"),
        (paper(', "seats": 1'), "seats", "unknown key"),
        (
            paper(', "rule": "majority"'),
            "rule",
            'unknown rule "majority", known are "cumulative_majority" and ',
        ),
        (paper(', "rule": null'), "rule", "expected an object"),
        (paper(', "rule": {}'), "rule.share_bands", "this key is missing"),
        (bands("{}"), "rule.share_bands.key", "this key is missing"),
        (bands('{"key": "c", "bands": [], "else": "a"}'), "rule.share_bands.key", 'found "c"'),
        (bands('{"key": "a", "bands": [], "else": "c"}'), "rule.share_bands.else", 'found "c"'),
        (
            bands('{"key": "a", "bands": ["1/2"], "else": "a"}'),
            "rule.share_bands.bands[0]",
            "expected a pair",
        ),
        (
            bands('{"key": "a", "bands": [["1/2", "b", "a"]], "else": "a"}'),
            "rule.share_bands.bands[0]",
            "expected a pair",
        ),
        (
            bands('{"key": "a", "bands": [["1/2", "c"]], "else": "a"}'),
            "rule.share_bands.bands[0][1]",
            'found "c"',
        ),
        (
            bands('{"key": "a", "bands": [[0.5, "b"]], "else": "a"}'),
            "rule.share_bands.bands[0][0]",
            "a fraction",
        ),
        (
            bands('{"key": "a", "bands": [["0/1", "b"]], "else": "a"}'),
            "rule.share_bands.bands[0][0]",
            "no share",
        ),
        (
            bands('{"key": "a", "bands": [["1/2", "b"], ["2/4", "a"]], "else": "a"}'),
            "rule.share_bands.bands",
            "two bands begin at the same share",
        ),
    ],
)
def test_a_bad_paper_is_refused_with_its_place(text: str, place: str, problem: str) -> None:
    with pytest.raises(BadPaper) as refusal:
        parse_paper(text)
    assert refusal.value.place == f"paper[0].{place}"
    assert problem in refusal.value.problem
