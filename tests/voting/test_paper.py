"""Papers: what may be asked and what may be answered.  The kinds of question have their own tests in `questions`."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting import papers
from voting.body import LARGEST_SEQ, cast_body, hand_back_body, open_body, parse_open
from voting.errors import BadPaper, WrongMarks, WrongRuling
from voting.paper import (
    ElectionQuestion,
    GradeQuestion,
    Marks,
    MotionQuestion,
    Paper,
    Ruling,
    SelectionQuestion,
    check_rulings,
    parse_paper,
)

TWO = Paper((MotionQuestion("N1"), MotionQuestion("N2")))


@given(papers.papers)
def test_a_paper_survives_its_text(paper: Paper) -> None:
    assert parse_paper(paper.text()) == paper
    assert parse_paper(paper.text()).text() == paper.text()


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        (
            '{"kind": "motion", "id": "N1"}',
            '{"id":"N1","kind":"motion","title":"","majority":{"base":"all_members","over":"1/2"},"blank":"abstain"}',
        ),
        (
            '{"kind": "grade", "id": "g", "scale": ["满意", "基本满意", "不满意"]}',
            '{"id":"g","kind":"grade","title":"","scale":["满意","基本满意","不满意"],"rule":"cumulative_majority",'
            '"majority":{"base":"all_members","over":"1/2"},"blank":"invalid"}',
        ),
        (
            '{"kind": "grade", "id": "g", "scale": ["a", "b"], "blank": "abstain", "majority": {"at_least": "2/4"},'
            '"rule": {"share_bands": {"else": "b", "bands": [["1/2", "b"], ["4/5", "a"]], "key": "a"}}}',
            '{"id":"g","kind":"grade","title":"","scale":["a","b"],"rule":{"share_bands":{"key":"a","bands":'
            '[["1/2","b"],["4/5","a"]],"else":"b"}},"majority":{"base":"all_members","at_least":"1/2"},'
            '"blank":"abstain"}',
        ),
        (
            '{"kind": "score", "id": "s", "criteria": ["法制", {"id": "2", "weight": 1.50, "max": 10}]}',
            '{"id":"s","kind":"score","title":"","criteria":[{"id":"法制","title":"法制","weight":1},'
            '{"id":"2","title":"","weight":1.5,"min":0,"max":10,"step":1}],"min":0,"max":100,"step":1,"trim":0,'
            '"pass":null}',
        ),
        (
            '{"kind": "election", "id": "e", "seats": 1, "candidates": ["孟银杏"]}',
            '{"id":"e","kind":"election","title":"","seats":1,"candidates":["孟银杏"],"write_in":false,'
            '"write_in_needs_opposition":true,"majority":{"base":"all_members","over":"1/2"},"decide":"majority"}',
        ),
        (
            '{"kind": "selection", "id": "s", "choose": 1, "options": ["县林业局", "县水利局"]}',
            '{"id":"s","kind":"selection","title":"","choose":1,"options":["县林业局","县水利局"],"majority":null}',
        ),
    ],
)
def test_the_text_of_a_paper_names_everything_in_one_order(short: str, whole: str) -> None:
    assert parse_paper(f"[{short}]").text() == f"[{whole}]"


@given(st.data())
def test_every_marking_that_the_paper_offers_is_accepted(data: st.DataObject) -> None:
    paper = data.draw(papers.papers)
    marks = data.draw(papers.marks_of(paper, some=True))
    assert paper.check(marks) == marks
    # As it comes out of a body, where numbers are decimals.
    assert paper.check(parse_open(open_body("b", marks)).marks) == marks


@given(st.data())
def test_what_the_box_takes_a_count_file_may_say(data: st.DataObject) -> None:
    paper = data.draw(papers.papers)
    marks = data.draw(papers.marks_of(paper, some=True))
    read = {
        question.id: question.read_mark(marks[question.id], "ballots[0]")
        for question in paper.questions
        if question.id in marks
    }
    assert json.dumps(read, default=float) == json.dumps(marks, default=float)


@pytest.mark.parametrize(
    ("marks", "problem"),
    [
        ({}, "no mark at all"),
        ({"N1": "yes"}, "none of its question's"),
        ({"N1": "For"}, "none of its question's"),
        ({"N1": ""}, "none of its question's"),
        ({"N1": None}, "none of its question's"),
        ({"N1": True}, "none of its question's"),
        ({"N1": 1}, "none of its question's"),
        ({"N1": ["for"]}, "none of its question's"),
        ({"N1": {"for": []}}, "none of its question's"),
        ({"N9": "for"}, "names no question"),
        ({"N1": "for", "N9": "for"}, "names no question"),
        ({"N2": "for", "N1": "for"}, "paper's order"),
    ],
)
def test_what_the_box_refuses(marks: dict[str, object], problem: str) -> None:
    with pytest.raises(WrongMarks, match=problem):
        TWO.check(marks)


def test_a_refusal_tells_no_mark() -> None:
    with pytest.raises(WrongMarks) as refusal:
        TWO.check({"N1": "against", "N2": "secret words"})
    assert "secret" not in repr((str(refusal.value), refusal.value.data, refusal.value.args))
    assert refusal.value.__context__ is None


ballot_ids = st.from_regex(r"[a-z0-9-]{1,32}", fullmatch=True)


@given(st.data(), ballot_ids)
def test_every_body_of_a_paper_has_the_same_size(data: st.DataObject, ballot: str) -> None:
    paper = data.draw(papers.papers)
    marks: Marks = data.draw(papers.marks_of(paper, some=True))
    size = paper.size(ballot)
    assert size % 256 == 0
    assert len(cast_body(ballot, bytes(32), LARGEST_SEQ, marks, size)) == size
    assert len(hand_back_body(ballot, bytes(32), size)) == size


def test_the_size_is_counted_in_bytes() -> None:
    paper = Paper(tuple(MotionQuestion(f"{number}号事项任免职务表决") for number in range(20)))
    marks: Marks = {question.id: "abstain" for question in paper.questions}
    size = paper.size("2-item-1-member")
    assert len(cast_body("2-item-1-member", bytes(32), LARGEST_SEQ, marks, size)) == size


def test_the_size_is_no_larger_than_it_must_be() -> None:
    assert papers.of().size("10-n1-1-member") == 256
    assert papers.of(papers.ELECTION).size("11-item-1-member") == 512


def test_a_hand_back_of_the_shortest_paper_fits_too() -> None:
    for question in (GradeQuestion("q", ("a", "b")), SelectionQuestion("q", 1, ("a",))):
        for length in range(1, 33):
            size = papers.of(question).size("b" * length)
            assert len(hand_back_body("b" * length, bytes(32), size)) == size


BAD = [
    ("", "line 1, column 1", "not JSON"),
    ("null", "paper", "expected a list […], found null"),
    ("[]", "paper", "at least one question"),
    ("[3]", "paper[0]", "expected an object {…}, found 3"),
    ("[{}]", "paper[0].id", "this key is missing"),
    ('[{"id": "N1"}]', "paper[0].kind", "this key is missing"),
    (
        '[{"id": "N1", "kind": "poll"}]',
        "paper[0].kind",
        'one of "motion", "grade", "score", "election", "selection"; found "poll"',
    ),
    ('[{"id": "N1", "kind": 3}]', "paper[0].kind", "found 3"),
    ('[{"id": "N1", "kind": ["motion"]}]', "paper[0].kind", "found […]"),
    ('[{"id": "", "kind": "motion"}]', "paper[0].id", 'expected a text, found ""'),
    ('[{"id": 1, "kind": "motion"}]', "paper[0].id", "expected a text, found 1"),
    ('[{"id": "N1", "kind": "motion", "title": 1}]', "paper[0].title", "expected a text, found 1"),
    ('[{"id": "N1", "kind": "motion", "blank": "no"}]', "paper[0].blank", '"abstain", "invalid"; found "no"'),
    ('[{"id": "N1", "kind": "motion", "scale": []}]', "paper[0].scale", "unknown key"),
    ('[{"id": "N1", "kind": "motion", "kind": "motion"}]', "paper[0].kind", "twice"),
    ('[{"id": "N1", "kind": "motion"}, {"id": "N1", "kind": "motion"}]', "paper[1].id", "another question"),
]


@pytest.mark.parametrize(("text", "place", "problem"), BAD)
def test_a_bad_paper_is_refused_with_its_place(text: str, place: str, problem: str) -> None:
    with pytest.raises(BadPaper) as refusal:
        parse_paper(text)
    assert refusal.value.place == place
    assert problem in refusal.value.problem


ELECTIONS = Paper((MotionQuestion("N1"), papers.ELECTION, ElectionQuestion("other", 1, ("樊苍兰",))))


def test_rulings_on_different_elections_do_not_touch_each_other() -> None:
    check_rulings(
        ELECTIONS,
        [
            Ruling("by-election", ("樊苍兰",), "范苍兰"),
            Ruling("other", ("范苍兰",), "樊苍兰"),
        ],
    )


@pytest.mark.parametrize(
    ("ruling", "problem"),
    [
        (Ruling("N1", ("樊苍兰",), "范苍兰"), '"N1" is a motion; a ruling on write-ins needs an election'),
        (Ruling("N9", ("樊苍兰",), "范苍兰"), 'the paper has no question "N9"'),
        (Ruling("other", ("樊 苍兰",), "范苍兰"), "this name stands for somebody else already"),
    ],
)
def test_a_ruling_that_does_not_fit_the_paper_is_refused(ruling: Ruling, problem: str) -> None:
    with pytest.raises(WrongRuling) as refusal:
        check_rulings(ELECTIONS, [Ruling("by-election", ("樊",), "范"), ruling])
    assert refusal.value.data == {"question": ruling.question, "problem": problem}
