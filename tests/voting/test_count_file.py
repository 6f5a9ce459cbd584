"""``session-day count FILE``, without the command around it."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting import papers
from voting.count_file import count, read_count_file
from voting.errors import CountFileError
from voting.outcome import result
from voting.paper import Bases, Marks, Paper


def good() -> dict[str, Any]:
    """The example of the format's description, with a second question."""
    return {
        "format": "session-day-count/1",
        "roll": {"all_members": 31, "present": 30, "recused": 1},
        "issued": 29,
        "paper": [
            {"id": "N1", "kind": "motion", "title": "决定任命……"},
            {"id": "q1", "kind": "motion", "title": "决定免去……", "blank": "invalid"},
        ],
        "ballots": [{"N1": "for", "q1": "against"}, {"N1": "abstain"}, {}, {"q1": "for", "N1": "against"}],
    }


def changed(change: Callable[[Any], object]) -> str:
    file = good()
    change(file)
    return json.dumps(file, ensure_ascii=False)


def put(value: object, *path: str | int) -> str:
    """The good file with `value` at `path`."""
    return changed(lambda file: place(file, value, path))


def place(file: Any, value: object, path: Sequence[str | int]) -> None:
    for step in path[:-1]:
        file = file[step]
    file[path[-1]] = value


def kinds() -> dict[str, Any]:
    """A file with every other kind of question, in the loosest way to write it."""
    return {
        "format": "session-day-count/1",
        "roll": {"all_members": 5, "present": 4},
        "issued": 4,
        "paper": [
            {"id": "g", "kind": "grade", "scale": ["满意", "基本满意", "不满意"]},
            {
                "id": "s",
                "kind": "score",
                "criteria": ["1", {"id": "2", "max": 10, "step": 0.5, "weight": 2}],
                "trim": 1,
                "pass": 30,
            },
            {"id": "e", "kind": "election", "seats": 1, "candidates": ["孟银杏", "柳合欢"], "write_in": True},
            {"id": "t", "kind": "selection", "choose": 1, "options": ["县林业局", "县水利局"]},
        ],
        "ballots": [
            {"g": "满意", "s": {"2": 9.5, "1": 80.0}, "e": {"against": ["孟银杏"], "write_in": ["范　苍兰"]}},
            {"g": "基本满意", "s": {"1": 100, "2": 0}, "e": {"for": ["柳合欢"]}, "t": ["县水利局"]},
            {
                "g": "满意",
                "s": {"1": 0, "2": 0.5},
                "e": {"write_in": ["樊苍兰"], "against": ["柳合欢"]},
                "t": [],
            },
            {"s": {"1": 80.15, "2": 1}, "t": ["县水利局", "县林业局"]},
        ],
        "rulings": [{"question": "e", "same": ["范苍兰"], "as": "樊苍兰"}],
    }


def put_kinds(value: object, *path: str | int) -> str:
    """That file with `value` at `path`."""
    file = kinds()
    place(file, value, path)
    return json.dumps(file, ensure_ascii=False)


def test_a_file_with_every_other_kind_of_question() -> None:
    assert json.loads(count(json.dumps(kinds()))) == {
        "issued": 4,
        "returned": 4,
        "not_returned": 0,
        "vote": "valid",
        "questions": {
            "g": {
                "kind": "grade",
                "valid": 3,
                "invalid": 1,
                "needed": 3,
                "counts": {"满意": 2, "基本满意": 1, "不满意": 0},
                "grade": "基本满意",
                "rate": 100.0,
                "outcome": "graded",
            },
            "s": {
                "kind": "score",
                "valid": 3,
                "invalid": 1,
                "means": {"1": 80.0, "2": 0.5},
                "overall": 27.0,
                "passed": False,
                "outcome": "scored",
            },
            "e": {
                "kind": "election",
                "valid": 4,
                "invalid": 0,
                "needed": 3,
                "votes": {"孟银杏": 0, "柳合欢": 1, "樊苍兰": 2},
                "against": {"孟银杏": 1, "柳合欢": 1},
                "abstain": {"孟银杏": 3, "柳合欢": 2},
                "elected": [],
                "tied": [],
                "seats_left": 1,
                "next_candidates": ["樊苍兰", "柳合欢"],
                "outcome": "no_majority",
            },
            "t": {
                "kind": "selection",
                "valid": 3,
                "invalid": 1,
                "votes": {"县林业局": 0, "县水利局": 1},
                "selected": ["县水利局"],
                "tied": [],
                "places_left": 0,
                "outcome": "selected",
            },
        },
    }


def test_no_valid_sheet_is_no_error_of_the_trim() -> None:
    text = put_kinds([{}], "ballots")
    assert json.loads(count(text))["questions"]["s"]["means"] is None


def drop(*path: str | int) -> str:
    def change(file: Any) -> None:
        for step in path[:-1]:
            file = file[step]
        del file[path[-1]]

    return changed(change)


RULING = {"question": "N1", "same": ["樊苍兰", "范苍兰"], "as": "樊苍兰"}


def test_the_example_of_the_format() -> None:
    text = """{"format": "session-day-count/1",
     "roll": {"all_members": 31, "present": 30, "recused": 1},
     "issued": 29,
     "paper": [{"id": "N1", "kind": "motion", "title": "决定任命……"}],
     "ballots": [{"N1": "for"}, {"N1": "abstain"}, {}]}"""
    assert json.loads(count(text)) == {
        "issued": 29,
        "returned": 3,
        "not_returned": 26,
        "vote": "valid",
        "questions": {
            "N1": {
                "kind": "motion",
                "valid": 3,
                "invalid": 0,
                "needed": 16,
                "counts": {"for": 1, "against": 0, "abstain": 2},
                "outcome": "not_carried",
            }
        },
    }


def test_a_blank_question_counts_as_its_paper_says() -> None:
    questions = json.loads(count(json.dumps(good())))["questions"]
    assert questions["N1"]["counts"] == {"for": 1, "against": 1, "abstain": 2}
    assert (questions["N1"]["valid"], questions["N1"]["invalid"]) == (4, 0)
    assert questions["q1"]["counts"] == {"for": 1, "against": 1, "abstain": 0}
    assert (questions["q1"]["valid"], questions["q1"]["invalid"]) == (2, 2)


@given(st.data())
def test_the_file_says_what_the_server_says(data: st.DataObject) -> None:
    paper: Paper = data.draw(papers.papers)
    bases: Bases = data.draw(papers.bases())
    ballots: list[Marks] = data.draw(st.lists(papers.marks_of(paper), max_size=10))
    issued = data.draw(st.integers(0, bases.entitled))
    text = json.dumps(
        {
            "format": "session-day-count/1",
            "roll": {"all_members": bases.all_members, "present": bases.present, "recused": bases.recused},
            "issued": issued,
            "paper": json.loads(paper.text()),
            "ballots": ballots,
        },
        default=float,
    )
    try:
        counted = count(text)
    except CountFileError as refusal:
        # The one thing that a file may not ask and a ballot may: nobody is to blame for it in the hall.
        assert refusal.place.endswith(".trim")  # noqa: PT017
    else:
        assert json.loads(counted) == result(paper, bases, issued, ballots)


def test_v9_a_void_vote_is_a_result_and_no_error() -> None:
    text = put([{"N1": "for", "q1": "for"}] * 30, "ballots")
    assert json.loads(count(text))["vote"] == "void"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + json.dumps(good()),
        json.dumps(good(), indent=4).replace("\n", "\r\n"),
        put([], "rulings"),
        drop("roll", "recused"),
        drop("paper", 0, "title"),
        put({"over": "1/2"}, "paper", 0, "majority"),
    ],
    ids=[
        "byte order mark",
        "Windows lines",
        "no rulings",
        "nobody recused",
        "no title",
        "majority without base",
    ],
)
def test_what_makes_no_difference(text: str) -> None:
    assert count(text) == count(json.dumps(good()))


BAD = [
    # the file
    ("", "line 1, column 1: this is not JSON (Expecting value)"),
    ("format: session-day-count/1", "line 1, column 1: this is not JSON (Expecting value)"),
    ("{'format'", "line 1, column 2: this is not JSON (Expecting property name enclosed in double quotes)"),
    (json.dumps(good())[:-1], "line 1, column "),
    ("[]", "file: expected an object {…}, found []"),
    ("null", "file: expected an object {…}, found null"),
    ("[" * 100_000, "file: brackets are nested too deeply"),
    ('{"format":' * 100_000, "file: brackets are nested too deeply"),
    ("{}", 'format: the file does not say "format": "session-day-count/1"'),
    (
        put("session-day-count/2", "format"),
        'format: unknown format "session-day-count/2", this program reads ',
    ),
    (put(1, "format"), "format: unknown format 1, this program reads "),
    (drop("issued"), "issued: this key is missing"),
    (drop("ballots"), "ballots: this key is missing"),
    (put([], "ruling"), "ruling: unknown key; known here: format, roll, issued, paper, ballots, rulings"),
    (put(1, "a\x1b[31mb"), r'["a\u001b[31mb"]: unknown key; '),
    (
        json.dumps(good()).replace('"issued": 29', '"issued": 29, "issued": 30'),
        "issued: this key stands here twice",
    ),
    # numbers
    (put(True, "issued"), "issued: expected a whole number, 0 or more, found true"),
    (put(-1, "issued"), "issued: expected a whole number, 0 or more, found -1"),
    (put(29.0, "issued"), "issued: expected a whole number, 0 or more, found 29.0"),
    (put("29", "issued"), 'issued: expected a whole number, 0 or more, found "29"'),
    (put(None, "issued"), "issued: expected a whole number, 0 or more, found null"),
    (put(2**53, "issued"), "issued: expected a whole number, 0 or more, found 9007199254740992"),
    (put(float("nan"), "issued"), "issued: NaN is not a number"),
    (put(float("inf"), "roll", "present"), "roll.present: Infinity is not a number"),
    (
        json.dumps(good()).replace("29", "29e0"),
        "issued: write the number 29e0 out in plain digits, at most 40",
    ),
    (
        json.dumps(good()).replace("29", "9" * 100_000),
        f"issued: write the number {'9' * 59}… out in plain digits, at most 40",
    ),
    # the roll
    (put([31, 30, 1], "roll"), "roll: expected an object {…}, found […]"),
    (drop("roll", "all_members"), "roll.all_members: this key is missing"),
    (drop("roll", "present"), "roll.present: this key is missing"),
    (put(1, "roll", "absent"), "roll.absent: unknown key; known here: all_members, present, recused"),
    (put(False, "roll", "recused"), "roll.recused: expected a whole number, 0 or more, found false"),
    (put(32, "roll", "present"), "roll.present: 32 present, but there are only 31 members"),
    (put(31, "roll", "recused"), "roll.recused: 31 recused, but only 30 are present"),
    (put(30, "issued"), "issued: 30 issued, but only 29 may vote (present less recused)"),
    # the paper
    (put({}, "paper"), "paper: expected a list […], found {}"),
    (put([], "paper"), "paper: a paper needs at least one question"),
    (put("N1", "paper", 1, "id"), 'paper[1].id: another question has the id "N1"'),
    (
        put("poll", "paper", 1, "kind"),
        'paper[1].kind: expected one of "motion", "grade", "score", "election", "selection"; found "poll"',
    ),
    (drop("paper", 1, "kind"), "paper[1].kind: this key is missing"),
    (put("0", "paper", 1, "blank"), 'paper[1].blank: expected one of "abstain", "invalid"; found "0"'),
    (
        put({"over": "2/1"}, "paper", 1, "majority"),
        "paper[1].majority.over: 2/1 is no share that a majority ",
    ),
    (
        put({"base": "votes", "over": "1/2"}, "paper", 1, "majority"),
        'paper[1].majority.base: expected one of "all_members", "present", "issued", "returned", "valid"; '
        'found "votes"',
    ),
    # the ballots
    (put({}, "ballots"), "ballots: expected a list […], found {}"),
    (put("for", "ballots", 3), 'ballots[3]: expected an object {…}, found "for"'),
    (put(None, "ballots", 3), "ballots[3]: expected an object {…}, found null"),
    (put("yes", "ballots", 3, "q1"), 'ballots[3].q1: unknown mark "yes"'),
    (put("", "ballots", 3, "q1"), 'ballots[3].q1: unknown mark ""'),
    (put("FOR", "ballots", 3, "q1"), 'ballots[3].q1: unknown mark "FOR"'),
    (put(" for", "ballots", 3, "q1"), 'ballots[3].q1: unknown mark " for"'),
    (put("赞成", "ballots", 3, "q1"), 'ballots[3].q1: unknown mark "赞成"'),
    (put(None, "ballots", 3, "q1"), "ballots[3].q1: unknown mark null"),
    (put(True, "ballots", 3, "q1"), "ballots[3].q1: unknown mark true"),
    (put(80.15, "ballots", 3, "q1"), "ballots[3].q1: unknown mark 80.15"),
    (put(["for"], "ballots", 3, "q1"), "ballots[3].q1: unknown mark […]"),
    (put({"for": []}, "ballots", 3, "q1"), "ballots[3].q1: unknown mark {…}"),
    (put("a\nb\u2028c", "ballots", 3, "q1"), r'ballots[3].q1: unknown mark "a\nb\u2028c"'),
    (put("x" * 100_000, "ballots", 3, "q1"), f'ballots[3].q1: unknown mark "{"x" * 59}…"'),
    (put("for", "ballots", 0, "N9"), "ballots[0].N9: the paper has no such question"),
    (put("for", "ballots", 0, "n1"), "ballots[0].n1: the paper has no such question"),
    (put("\ud83d", "ballots", 0, "N1"), "ballots[0].N1: the text holds half a character; write it again"),
    (
        json.dumps(good()).replace('{"N1": "abstain"}', '{"N1": "for", "N1": "against"}'),
        "ballots[1].N1: this key stands here twice",
    ),
    # the rulings
    (put({}, "rulings"), "rulings: expected a list […], found {}"),
    (put(None, "rulings"), "rulings: expected a list […], found null"),
    (put([1], "rulings"), "rulings[0]: expected an object {…}, found 1"),
    (put([{"question": "N1", "same": []}], "rulings"), "rulings[0].as: this key is missing"),
    (put([RULING | {"same": ["樊苍兰", 1]}], "rulings"), "rulings[0].same[1]: expected a text, found 1"),
    (put([RULING | {"as": ""}], "rulings"), 'rulings[0].as: expected a text, found ""'),
    (put([RULING | {"by": "x"}], "rulings"), "rulings[0].by: unknown key; known here: question, same, as"),
    (put([RULING | {"question": "N9"}], "rulings"), 'rulings[0].question: the paper has no question "N9"'),
    (
        put([RULING], "rulings"),
        'rulings[0].question: "N1" is a motion; a ruling on write-ins needs an election',
    ),
    # the other kinds of question
    (put_kinds("优", "ballots", 1, "g"), 'ballots[1].g: unknown mark "优"'),
    (put_kinds(["满意"], "ballots", 1, "g"), "ballots[1].g: unknown mark […]"),
    (put_kinds("100", "ballots", 1, "s", "1"), 'ballots[1].s.1: expected a number, found "100"'),
    (put_kinds(None, "ballots", 1, "s", "1"), "ballots[1].s.1: expected a number, found null"),
    (put_kinds(80, "ballots", 1, "s", "3"), "ballots[1].s.3: the sheet has no such criterion"),
    (put_kinds([80, 90], "ballots", 1, "s"), "ballots[1].s: expected an object {…}, found […]"),
    (put_kinds(["樊苍兰"], "ballots", 1, "e", "for"), 'ballots[1].e.for[0]: "樊苍兰" is no candidate'),
    (put_kinds(["柳合欢"] * 2, "ballots", 1, "e", "for"), 'ballots[1].e.for[1]: "柳合欢" stands here twice'),
    (put_kinds("柳合欢", "ballots", 1, "e", "for"), 'ballots[1].e.for: expected a list […], found "柳合欢"'),
    (
        put_kinds([], "ballots", 1, "e", "abstain"),
        "ballots[1].e.abstain: unknown key; known here: for, against, write_in",
    ),
    (
        put_kinds(["?"], "ballots", 1, "e", "write_in"),
        'ballots[1].e.write_in[0]: "?" is no name of 1 to 30 letters',
    ),
    (put_kinds(["县教育局"], "ballots", 1, "t"), 'ballots[1].t[0]: "县教育局" is no option'),
    (put_kinds([1], "ballots", 1, "t"), "ballots[1].t[0]: expected a text, found 1"),
    (put_kinds("县水利局", "ballots", 1, "t"), 'ballots[1].t: expected a list […], found "县水利局"'),
    (
        put_kinds(2, "paper", 1, "trim"),
        "paper[1].trim: leaves nothing of 3 valid sheets, 2 dropped at each end",
    ),
    (put_kinds([], "paper", 1, "criteria"), "paper[1].criteria: a score sheet needs at least one criterion"),
    (put_kinds(0, "paper", 2, "seats"), "paper[2].seats: expected 1 to 1000 seats, found 0"),
    (put_kinds(3, "paper", 3, "choose"), "paper[3].choose: cannot choose 3 of 2 options"),
    (put_kinds([], "rulings", 0, "same"), "rulings[0].same: a ruling needs at least one spelling"),
    (
        put_kinds(["孟银杏"], "rulings", 0, "same"),
        "rulings[0].same[0]: this name stands for somebody else already",
    ),
    (put_kinds("t", "rulings", 0, "question"), 'rulings[0].question: "t" is a selection; a ruling '),
    (put_kinds("?", "rulings", 0, "as"), "rulings[0].as: this is no name that can be written in"),
]


@pytest.mark.parametrize(("text", "message"), BAD, ids=[message[:40] for _, message in BAD])
def test_a_bad_file_is_refused_in_one_line_that_names_the_place(text: str, message: str) -> None:
    with pytest.raises(CountFileError) as refusal:
        count(text)
    said = str(refusal.value)
    assert said == message or (message.endswith(" ") and said.startswith(message))
    assert said.isprintable()


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A good file with something else in one place of it."""
    file = draw(st.sampled_from([good, kinds]))()
    node: Any = file
    while True:
        step = (
            draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
            if node
            else None
        )
        if step is None or not isinstance(node[step], dict | list) or draw(st.integers(0, 2)) == 0:
            break
        node = node[step]
    anything = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
        max_leaves=3,
    )
    if step is not None:
        node[step] = draw(anything)
    return json.dumps(file)


@given(damaged() | st.text(max_size=50))
def test_any_file_is_counted_or_refused_in_one_line(text: str) -> None:
    try:
        counted = count(text)
    except CountFileError as refusal:
        said = str(refusal)
    else:
        said = json.loads(counted)["vote"]
    assert said.isprintable()
    assert len(said) < 500


def test_three_thousand_ballots_are_no_burden() -> None:
    file = read_count_file(
        json.dumps(
            good()
            | {
                "roll": {"all_members": 3000, "present": 3000},
                "issued": 3000,
                "ballots": [{"N1": "for", "q1": "for"}] * 3000,
            }
        )
    )
    assert len(file.ballots) == 3000
