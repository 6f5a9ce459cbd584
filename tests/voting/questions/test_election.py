"""Elections: candidates, settings, the mark."""

from typing import Any

import pytest

from tests.voting.papers import named
from voting.body import LARGEST_SEQ, cast_body
from voting.errors import BadPaper
from voting.paper import ElectionQuestion, Paper, parse_paper
from voting.strict_json import Misread
from voting.write_ins import LONGEST_NAME

OPEN = ElectionQuestion("e", 1, ("孟银杏", "柳合欢"), write_in=True)
CLOSED = ElectionQuestion("e", 1, ("孟银杏", "柳合欢"))


@pytest.mark.parametrize(
    "mark",
    [
        named(["孟银杏"], ["柳合欢"]),
        named(),
        named(["孟银杏", "柳合欢"], [], ["樊苍兰"]),
        named(["孟银杏"], ["孟银杏"], ["孟银杏"]),
        named([], [], ["樊 苍兰", "樊苍兰"]),
        named([], [], ["豈", "𠀀"]),
    ],
)
def test_saying_too_much_is_a_mark(mark: dict[str, Any]) -> None:
    assert OPEN.check_mark(mark) == mark
    assert OPEN.read_mark(mark, "e") == {key: tuple(names) for key, names in mark.items()}


def test_a_paper_without_other_names_has_no_place_for_them() -> None:
    mark = named(["孟银杏"], [], None)
    assert CLOSED.check_mark(mark) == mark
    assert CLOSED.check_mark(named(["孟银杏"])) is None
    assert OPEN.check_mark(mark) is None
    assert list(CLOSED.read_mark({"for": ["孟银杏"], "write_in": []}, "e")) == ["for", "against"]


@pytest.mark.parametrize(
    "value",
    [
        named(["柳合欢", "孟银杏"]),
        named(["孟银杏", "孟银杏"]),
        named(["樊苍兰"]),
        named([], ["樊苍兰"]),
        named([], [], ["樊苍兰", "樊苍兰"]),
        named([], [], ["樊苍兰", "樊 苍兰"]),
        named([], [], ["𠀀", "豈"]),
        named([], [], [" "]),
        named([], [], ["樊\u3000苍兰"]),
        named([], [], ["樊" * 31]),
        {"against": [], "for": [], "write_in": []},
        {"for": [], "against": [], "write_in": [], "abstain": []},
        {"for": (), "against": [], "write_in": []},
        {"for": "孟银杏", "against": [], "write_in": []},
        {"for": [1], "against": [], "write_in": []},
        {"for": [], "against": [], "write_in": [1]},
        {"for": [], "against": [], "write_in": "樊"},
        {"for": None, "against": [], "write_in": []},
        {},
        [],
        "孟银杏",
        None,
        True,
    ],
)
def test_what_is_no_mark_for_the_box(value: object) -> None:
    assert OPEN.check_mark(value) is None


@pytest.mark.parametrize(
    ("value", "mark"),
    [
        ({}, ((), (), ())),
        ({"for": ["柳合欢", "孟银杏"]}, (("柳合欢", "孟银杏"), (), ())),
        ({"write_in": ["樊苍兰", "樊\u3000苍兰"], "against": []}, ((), (), ("樊苍兰", "樊\u3000苍兰"))),
        ({"write_in": ["买买提・艾力"]}, ((), (), ("买买提・艾力",))),
    ],
)
def test_a_count_file_may_say_it_in_more_ways(value: Any, mark: tuple[tuple[str, ...], ...]) -> None:
    assert tuple(OPEN.read_mark(value, "e").values()) == mark


@pytest.mark.parametrize(
    ("question", "value", "place", "problem"),
    [
        (OPEN, {"for": ["樊苍兰"]}, "e.for[0]", '"樊苍兰" is no candidate'),
        (OPEN, {"for": ["孟 银杏"]}, "e.for[0]", "is no candidate"),
        (OPEN, {"against": ["孟银杏", "樊苍兰"]}, "e.against[1]", "is no candidate"),
        (OPEN, {"for": ["孟银杏", "孟银杏"]}, "e.for[1]", '"孟银杏" stands here twice'),
        (OPEN, {"write_in": ["樊苍兰", "樊苍兰"]}, "e.write_in[1]", "stands here twice"),
        (OPEN, {"write_in": ["<b>"]}, "e.write_in[0]", "is no name of 1 to 30 letters"),
        (OPEN, {"write_in": [" "]}, "e.write_in[0]", "is no name of 1 to 30 letters"),
        (OPEN, {"write_in": ["樊" * 31]}, "e.write_in[0]", "is no name of 1 to 30 letters"),
        (OPEN, {"write_in": [1]}, "e.write_in[0]", "expected a text"),
        (OPEN, {"for": "孟银杏"}, "e.for", "expected a list"),
        (OPEN, {"for": None}, "e.for", "expected a list"),
        (OPEN, {"abstain": []}, "e.abstain", "unknown key; known here: for, against, write_in"),
        (OPEN, ["孟银杏"], "e", "expected an object"),
        (CLOSED, {"write_in": ["樊苍兰"]}, "e.write_in[0]", "no place for other names"),
    ],
)
def test_what_a_count_file_may_not_say(
    question: ElectionQuestion, value: Any, place: str, problem: str
) -> None:
    with pytest.raises(Misread, match=problem) as found:
        question.read_mark(value, "e")
    assert found.value.place == place


def test_one_name_more_than_there_are_seats_fits_into_a_body() -> None:
    for seats in (1, 2, 5):
        paper = Paper((ElectionQuestion("e", seats, OPEN.candidates, write_in=True),))
        names = sorted(LONGEST_NAME[:-1] + chr(0x20001 + number) for number in range(seats + 1))
        mark = named(OPEN.candidates, OPEN.candidates, names)
        assert paper.check({"e": mark}) == {"e": mark}
        size = paper.size("b" * 32)
        assert len(cast_body("b" * 32, bytes(32), LARGEST_SEQ, {"e": mark}, size)) == size


def test_everybody_both_supported_and_opposed_fits_into_a_body() -> None:
    for many in (2, 20, 100):
        names = tuple(f"候选人{number}" for number in range(many))
        paper, mark = Paper((ElectionQuestion("e", 1, names),)), named(names, names, None)
        size = paper.size("b")
        assert len(cast_body("b", bytes(32), LARGEST_SEQ, paper.check({"e": mark}), size)) == size


def paper(more: str = "", candidates: str = '["孟银杏"]', seats: str = "1") -> str:
    return f'[{{"id": "e", "kind": "election", "seats": {seats}, "candidates": {candidates}{more}}}]'


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ('[{"id": "e", "kind": "election", "candidates": []}]', "seats", "this key is missing"),
        (paper(seats="0"), "seats", "expected 1 to 1000 seats, found 0"),
        (paper(seats="1001"), "seats", "expected 1 to 1000 seats, found 1001"),
        (paper(seats="true"), "seats", "whole number"),
        (paper(candidates='"孟银杏"'), "candidates", "expected a list"),
        (paper(candidates="[]"), "candidates", "nobody could be elected"),
        (paper(', "write_in": true', candidates="[]"), "candidates", "nobody could be elected"),
        (paper(candidates='["孟银杏", "孟银杏"]'), "candidates[1]", "stands here twice"),
        (paper(candidates='["孟银杏", "孟 银杏"]'), "candidates[1]", 'is the same name as "孟银杏"'),
        (paper(candidates='[" "]'), "candidates[0]", '" " is no name'),
        (paper(', "write_in": 1'), "write_in", "expected true or false"),
        (paper(', "write_in_needs_opposition": null'), "write_in_needs_opposition", "expected true or false"),
        (paper(', "decide": "lot"'), "decide", 'found "lot"'),
        (paper(', "blank": "abstain"'), "blank", "unknown key"),
    ],
)
def test_a_bad_paper_is_refused_with_its_place(text: str, place: str, problem: str) -> None:
    with pytest.raises(BadPaper) as refusal:
        parse_paper(text)
    assert refusal.value.place == f"paper[0].{place}"
    assert problem in refusal.value.problem


def test_an_election_by_names_that_are_written_in_alone() -> None:
    (question,) = parse_paper(
        paper(', "write_in": true, "write_in_needs_opposition": false', candidates="[]")
    ).questions
    assert question.check_mark(named([], [], ["樊苍兰"])) is not None
