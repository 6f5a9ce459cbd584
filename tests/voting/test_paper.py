"""Papers: what may be asked and what may be answered."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting import papers
from voting.body import LARGEST_SEQ, cast_body, hand_back_body
from voting.errors import BadPaper, WrongMarks
from voting.paper import Bases, Majority, Marks, MotionQuestion, Paper, parse_paper

ROLL = Bases(all_members=31, present=20, recused=1)
TWO = Paper((MotionQuestion("N1"), MotionQuestion("N2")))


@given(papers.papers)
def test_a_paper_survives_its_text(paper: Paper) -> None:
    assert parse_paper(paper.text()) == paper
    assert parse_paper(paper.text()).text() == paper.text()


def test_the_text_of_a_paper_names_everything_in_one_order() -> None:
    assert parse_paper('[{"kind": "motion", "id": "N1"}]').text() == (
        '[{"id":"N1","kind":"motion","title":"",'
        '"majority":{"base":"all_members","over":"1/2"},"blank":"abstain"}]'
    )


@pytest.mark.parametrize(
    ("all_members", "needed"), [(31, 16), (30, 16), (154, 78), (1, 1), (0, 1), (2, 2), (3000, 1501)]
)
def test_more_than_half_of_all_members(all_members: int, needed: int) -> None:
    assert Majority().needed(Bases(all_members, all_members, 0)) == needed


@pytest.mark.parametrize(
    ("whole", "over", "at_least"), [(30, 21, 20), (31, 21, 21), (3, 3, 2), (0, 1, 1), (1, 1, 1)]
)
def test_two_thirds_or_more_is_not_more_than_two_thirds(whole: int, over: int, at_least: int) -> None:
    assert Majority("present", Fraction(2, 3)).needed_of(whole) == over
    assert Majority("present", Fraction(2, 3), at_least=True).needed_of(whole) == at_least


@given(papers.majorities(), st.integers(0, 5000))
def test_needed_is_the_smallest_number_that_satisfies_the_majority(majority: Majority, whole: int) -> None:
    needed = majority.needed_of(whole)

    def satisfied(votes: int) -> bool:
        line = majority.share * whole
        return votes >= line if majority.at_least else votes > line

    assert needed >= 1
    assert satisfied(needed)
    assert needed == 1 or not satisfied(needed - 1)


def test_what_is_needed_is_known_beforehand_only_where_the_roll_tells_it() -> None:
    assert Majority("all_members").needed(ROLL) == 16
    assert Majority("present").needed(ROLL) == 11
    assert Majority("issued").needed(ROLL) is None
    assert Majority("returned").needed(ROLL) is None
    assert Majority("valid").needed(ROLL) is None


def test_a_recused_member_is_present_and_may_not_vote() -> None:
    assert ROLL.entitled == 19


@given(st.data())
def test_every_marking_that_the_paper_offers_is_accepted(data: st.DataObject) -> None:
    paper = data.draw(papers.papers)
    marks = data.draw(papers.marks_of(paper, some=True))
    assert paper.check(marks) == marks


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


BAD = [
    ("", "line 1, column 1", "not JSON"),
    ("null", "paper", "expected a list […], found null"),
    ("[]", "paper", "at least one question"),
    ("[3]", "paper[0]", "expected an object {…}, found 3"),
    ("[{}]", "paper[0].id", "this key is missing"),
    ('[{"id": "N1"}]', "paper[0].kind", "this key is missing"),
    ('[{"id": "N1", "kind": "grade"}]', "paper[0].kind", 'question "grade", only "motion"'),
    ('[{"id": "N1", "kind": 3}]', "paper[0].kind", 'question 3, only "motion"'),
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


@pytest.mark.parametrize(
    ("majority", "place", "problem"),
    [
        ("null", "majority", "expected an object"),
        ("{}", "majority", 'either "over" or "at_least"'),
        ('{"base": "present"}', "majority", 'either "over" or "at_least"'),
        ('{"over": "1/2", "at_least": "1/2"}', "majority", 'either "over" or "at_least"'),
        ('{"base": "seats", "over": "1/2"}', "majority.base", 'found "seats"'),
        ('{"over": 0.5}', "majority.over", 'such as "1/2", found 0.5'),
        ('{"over": "0.5"}', "majority.over", 'such as "1/2", found "0.5"'),
        ('{"over": "1/0"}', "majority.over", 'found "1/0"'),
        ('{"over": "-1/2"}', "majority.over", 'found "-1/2"'),
        ('{"over": "½"}', "majority.over", 'found "½"'),
        ('{"over": "１/２"}', "majority.over", 'found "１/２"'),
        ('{"over": "1/1"}', "majority.over", "no share that a majority can be reached by"),
        ('{"over": "3/2"}', "majority.over", "no share that a majority can be reached by"),
        ('{"at_least": "0/1"}', "majority.at_least", "no share that a majority can be reached by"),
        ('{"at_least": "3/2"}', "majority.at_least", "no share that a majority can be reached by"),
        ('{"half": "1/2"}', "majority.half", "unknown key"),
    ],
)
def test_a_bad_majority_is_refused_with_its_place(majority: str, place: str, problem: str) -> None:
    with pytest.raises(BadPaper) as refusal:
        parse_paper('[{"id": "N1", "kind": "motion", "majority": ' + majority + "}]")
    assert refusal.value.place == f"paper[0].{place}"
    assert problem in refusal.value.problem


def test_a_majority_of_all_members_is_meant_where_no_base_is_named() -> None:
    (question,) = parse_paper('[{"id": "N1", "kind": "motion", "majority": {"at_least": "2/3"}}]').questions
    assert question.majority == Majority("all_members", Fraction(2, 3), at_least=True)
