"""The verifier's count and the server's are two programs: held against each other on all that may be asked."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting import papers
from voting import body, outcome, strict_json, totals, verify
from voting.body import OpenBody
from voting.errors import NotCanonical, WrongMarks, WrongRuling, WrongTotals
from voting.paper import MOTION_MARKS, Bases, ElectionQuestion, Marks, Paper, Ruling, check_rulings

BALLOT = "1-item-1-member"


def as_published(paper: Paper, marks: Marks) -> dict[str, Any]:
    """Marks as the verifier reads them: out of a body, in its own form."""
    text = body.open_body(BALLOT, marks).decode()
    found: dict[str, Any] = verify.some_of(
        {one["id"]: verify.mark(one) for one in verify.read_paper(paper.text(), "paper")}
    )(verify.canonical(text)["marks"])
    return found


def as_json(value: object) -> Any:
    return json.loads(json.dumps(value))


def rulings_on(paper: Paper) -> st.SearchStrategy[list[Ruling]]:
    elections = [question.id for question in paper.questions if isinstance(question, ElectionQuestion)]
    if not elections:
        return st.just([])
    names = [*papers.WRITTEN, *papers.CANDIDATES]
    spellings = st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True).map(tuple)
    return st.lists(
        st.builds(Ruling, st.sampled_from(elections), spellings, st.sampled_from(names)), max_size=3
    )


def recounted(
    paper: Paper, bases: Bases, issued: int, marked: Sequence[Any], rulings: Sequence[Ruling]
) -> Any:
    read = verify.read_paper(paper.text(), "paper")
    roll = {"all_members": bases.all_members, "present": list(range(bases.present))}
    return verify.count(read, roll, issued, marked, [ruling.as_json() for ruling in rulings])


@given(data=st.data(), vote=papers.votes(void=False))
def test_the_two_counts_agree(data: st.DataObject, vote: tuple[Paper, Bases, int, list[Marks]]) -> None:
    paper, bases, issued, ballots = vote
    marked = [marks for marks in ballots if marks]  # a body has one mark at least
    rulings = data.draw(rulings_on(paper))
    published = [as_published(paper, marks) for marks in marked]
    try:
        check_rulings(paper, rulings)
    except WrongRuling:
        with pytest.raises(ValueError):  # noqa: PT011  # check_count gives it its words
            recounted(paper, bases, issued, published, rulings)
    else:
        found = recounted(paper, bases, issued, published, rulings)
        expected = outcome.result(paper, bases, issued, marked, rulings)
        assert verify.same(found, as_json(expected))


TOTAL = st.integers(0, 6)


def typed(question: Any) -> st.SearchStrategy[Any]:
    """Whatever tellers might type, most of it possible or nearly."""
    turnout = {"returned": st.integers(0, 12), "invalid": st.integers(0, 3)}
    match question.kind:
        case "motion":
            return st.fixed_dictionaries(dict.fromkeys(MOTION_MARKS, TOTAL))
        case "grade":
            return st.fixed_dictionaries(dict.fromkeys(question.scale, TOTAL))
        case "selection":
            votes = st.fixed_dictionaries(dict.fromkeys(question.options, TOTAL))
            return st.fixed_dictionaries({"votes": votes, **turnout})
        case _:
            names = dict.fromkeys(question.candidates, TOTAL)
            written = dict.fromkeys(papers.WRITTEN if question.write_in else [], TOTAL)
            lists = {
                "for": st.fixed_dictionaries(names, optional=written),
                "against": st.fixed_dictionaries(names),
            }
            return st.fixed_dictionaries(lists | turnout)


@given(data=st.data(), paper=papers.papers_of(papers.by_hands), bases=papers.bases())
def test_the_two_counts_of_hands_agree(data: st.DataObject, paper: Paper, bases: Bases) -> None:
    issued = data.draw(st.integers(0, 20))
    given = {question.id: data.draw(typed(question)) for question in paper.questions}
    read = verify.read_paper(paper.text(), "paper")
    roll = {"all_members": bases.all_members, "present": list(range(bases.present))}
    try:
        checked = as_json(totals.check(paper, issued, given))
    except WrongTotals as wrong:
        impossible = next(one for one in read if one["id"] == wrong.data["question"])
        with pytest.raises(ValueError):  # noqa: PT011  # count_hands gives it its words
            verify.read_totals(impossible, as_json(given[impossible["id"]]), issued)
        return
    expected = outcome.result_of_totals(paper, bases, issued, given)
    tallies = {one["id"]: verify.read_totals(one, checked[one["id"]], issued) for one in read}
    returned = max(one.valid + one.invalid for one in tallies.values())
    assert verify.same(verify.conclude(read, roll, issued, returned, tallies), as_json(expected))


VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "marks_vectors.json").read_text("utf-8"))[
    "papers"
]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["name"]))
def test_the_verifier_takes_the_marks_that_phone_and_server_take(vector: dict[str, Any]) -> None:
    read = verify.read_paper(verify.write(vector["paper"]), "paper")
    form = verify.some_of({one["id"]: verify.mark(one) for one in read})
    for text in vector["canonical"]:
        assert verify.write(form(verify.canonical(text))) == text
    for one in vector["reordered"]:
        form(verify.canonical(one["canonical"]))
        with pytest.raises(ValueError):  # noqa: PT011  # the record's form
            form(one["marks"])
    for marks in vector["refused"]:
        with pytest.raises(ValueError):  # noqa: PT011
            form(marks)


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=4)
    | st.sampled_from(papers.WRITTEN),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=6,
)


@given(data=st.data(), paper=papers.papers)
def test_what_is_a_mark_for_the_box_is_one_for_the_verifier(data: st.DataObject, paper: Paper) -> None:
    """And nothing else is: a body that only one of them takes would fail a true record."""
    marks: dict[str, Any] = dict(data.draw(papers.marks_of(paper, some=True)))
    if data.draw(st.booleans()):
        spoilt = data.draw(st.sampled_from(sorted(marks)))
        mark = marks[spoilt]
        if isinstance(mark, dict) and data.draw(st.booleans()):
            marks[spoilt] = mark | {data.draw(st.sampled_from(sorted(mark))): data.draw(ANY)}
        elif isinstance(mark, list) and data.draw(st.booleans()):
            marks[spoilt] = data.draw(st.permutations([*mark, data.draw(ANY)]))
        else:
            marks[spoilt] = data.draw(ANY)
    try:
        text = strict_json.write({"ballot": BALLOT, "marks": plain(marks)})
        read = body.parse_open(text.encode())
        assert isinstance(read, OpenBody)
        paper.check(read.marks)
        taken = True
    except (WrongMarks, NotCanonical, ValueError):
        taken = False
    asked = verify.read_paper(paper.text(), "paper")
    form = verify.of(
        {
            "ballot": verify.one_of(BALLOT),
            "marks": verify.some_of({one["id"]: verify.mark(one) for one in asked}),
        }
    )
    try:
        verify.read(text, form, "body")
        verified = True
    except (verify.Broken, UnboundLocalError):
        verified = False
    assert taken == verified


def plain(value: Any) -> Any:
    """Decimals as JSON carries them."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return float(value) if type(value).__name__ == "Decimal" else value
