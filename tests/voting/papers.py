"""Papers of every kind, rolls and ballots for the tests of counting."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from voting.paper import (
    BASES,
    BLANKS,
    MOTION_MARKS,
    Bases,
    Criterion,
    ElectionQuestion,
    GradeQuestion,
    Grid,
    Majority,
    Mark,
    Marks,
    MotionQuestion,
    Paper,
    Question,
    ScoreQuestion,
    SelectionQuestion,
    ShareBands,
)
from voting.quantity import UNIT, Number, exactly_in_units, from_units
from voting.questions.election import DECIDES
from voting.questions.grade import CUMULATIVE, Rule

MOTION = MotionQuestion(id="N1", title="决定任命……")
ELECTION = ElectionQuestion("by-election", 1, ("孟银杏", "柳合欢"), write_in=True)


def of(question: Question = MOTION) -> Paper:
    """A paper with this one question."""
    return Paper((question,))


def motion_ballots(in_favour: int, against: int, abstain: int, question: str = "N1") -> list[Marks]:
    """Ballots as the vectors give them: 16/10/3."""
    ballots: list[Marks] = [{question: "for"}] * in_favour
    return ballots + [{question: "against"}] * against + [{question: "abstain"}] * abstain


def named(
    supported: Sequence[str] = (), against: Sequence[str] = (), write_in: Sequence[str] | None = ()
) -> dict[str, list[str]]:
    """A mark of an election; with None of one that has no place for other names."""
    written = {} if write_in is None else {"write_in": list(write_in)}
    return {"for": list(supported), "against": list(against), **written}


@st.composite
def majorities(draw: st.DrawFn) -> Majority:
    whole = draw(st.integers(1, 12))
    at_least = draw(st.booleans())
    part = draw(st.integers(1, whole) if at_least else st.integers(0, whole - 1))
    return Majority(draw(st.sampled_from(BASES)), Fraction(part, whole), at_least)


any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ids = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
numbers = st.integers(-999_999_999, 999_999_999) | st.integers(-30 * UNIT, 30 * UNIT).map(from_units)
CANDIDATES = ["孟银杏", "柳合欢", "买买提・艾力", "Jo Smith"]
WRITTEN = sorted(["樊苍兰", "樊 苍兰", "范苍兰", "孟 银杏", "买买提·艾力", "JoSmith", "𠀀", "豈"])

motions = st.builds(
    MotionQuestion, id=ids, title=any_text, majority=majorities(), blank=st.sampled_from(BLANKS)
)


@st.composite
def grades(draw: st.DrawFn) -> GradeQuestion:
    scale = draw(st.lists(words, min_size=2, max_size=4, unique=True))
    shares = st.integers(1, 6).map(lambda part: Fraction(part, 6))
    bands = st.lists(st.tuples(shares, st.sampled_from(scale)), max_size=3, unique_by=lambda band: band[0])
    cumulative: st.SearchStrategy[Rule] = st.just(CUMULATIVE)
    banded = st.builds(ShareBands, st.sampled_from(scale), bands.map(tuple), st.sampled_from(scale))
    return GradeQuestion(
        id=draw(ids),
        scale=tuple(scale),
        title=draw(any_text),
        rule=draw(st.one_of(cumulative, banded)),
        majority=draw(majorities()),
        blank=draw(st.sampled_from(BLANKS)),
    )


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    least, span = draw(st.integers(-3 * UNIT, 3 * UNIT)), draw(st.integers(0, 10 * UNIT))
    step = draw(st.sampled_from([1, 2_500, 5_000, UNIT, 3 * UNIT]))
    return Grid(from_units(least), from_units(least + span), from_units(step))


@st.composite
def scores(draw: st.DrawFn) -> ScoreQuestion:
    criteria = [
        Criterion(
            id=one,
            title=draw(any_text),
            weight=from_units(draw(st.integers(1, 5 * UNIT))),
            grid=draw(st.none() | grids()),
        )
        for one in draw(st.lists(ids, min_size=1, max_size=4, unique=True))
    ]
    return ScoreQuestion(
        id=draw(ids),
        criteria=tuple(criteria),
        title=draw(any_text),
        grid=draw(grids()),
        trim=draw(st.integers(0, 2)),
        passing=draw(st.none() | numbers),
    )


@st.composite
def elections(draw: st.DrawFn) -> ElectionQuestion:
    return ElectionQuestion(
        id=draw(ids),
        seats=draw(st.integers(1, 3)),
        candidates=tuple(draw(st.lists(st.sampled_from(CANDIDATES), min_size=1, unique=True))),
        title=draw(any_text),
        write_in=draw(st.booleans()),
        write_in_needs_opposition=draw(st.booleans()),
        majority=draw(majorities()),
        decide=draw(st.sampled_from(DECIDES)),
    )


@st.composite
def selections(draw: st.DrawFn) -> SelectionQuestion:
    options = draw(st.lists(words, min_size=1, max_size=5, unique=True))
    return SelectionQuestion(
        id=draw(ids),
        choose=draw(st.integers(1, len(options))),
        options=tuple(options),
        title=draw(any_text),
        majority=draw(st.none() | majorities()),
    )


questions: st.SearchStrategy[Question] = st.one_of(motions, grades(), scores(), elections(), selections())
by_hands: st.SearchStrategy[Question] = st.one_of(motions, grades(), elections(), selections())


def papers_of(drawn: st.SearchStrategy[Question]) -> st.SearchStrategy[Paper]:
    return st.lists(drawn, min_size=1, max_size=4, unique_by=lambda question: question.id).map(
        lambda found: Paper(tuple(found))
    )


papers = papers_of(questions)


def some_of(names: Sequence[str], most: int | None = None) -> st.SearchStrategy[list[str]]:
    """Some of these names in their order."""
    return st.lists(st.sampled_from(names), unique=True, max_size=most).map(
        lambda found: [name for name in names if name in found]
    )


def in_this_order(drawn: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """An object with these keys in their order; hypothesis shuffles them."""
    return st.fixed_dictionaries(dict(drawn)).map(lambda found: {key: found[key] for key in drawn})


def on_grid(grid: Grid) -> st.SearchStrategy[Number]:
    """Numbers that may be given, and some just above the most."""
    least, step = exactly_in_units(grid.least), exactly_in_units(grid.step)
    return st.integers(0, (exactly_in_units(grid.most) - least) // step + 1).map(
        lambda steps: from_units(least + steps * step)
    )


def sheets_of(question: ScoreQuestion) -> st.SearchStrategy[Mark]:
    """Sheets, most of them valid."""
    good = {criterion.id: on_grid(question.grid_of(criterion)) for criterion in question.criteria}
    every = [criterion.id for criterion in question.criteria]
    any_sheet = st.tuples(some_of(every).filter(bool), st.lists(numbers, min_size=9, max_size=9)).map(
        lambda drawn: dict(zip(*drawn, strict=False))
    )
    return in_this_order(good) | any_sheet


def mark_of(question: Question) -> st.SearchStrategy[Any]:
    """Whatever one voter may mark on `question`, over-marking too, in the form of phones and box."""
    match question:
        case MotionQuestion():
            return st.sampled_from(MOTION_MARKS)
        case GradeQuestion():
            return st.sampled_from(question.scale)
        case ScoreQuestion():
            return sheets_of(question)
        case ElectionQuestion():
            lists = {"for": some_of(question.candidates), "against": some_of(question.candidates)}
            # No more than surely fit: what a phone offers is its own affair.
            written = {"write_in": some_of(WRITTEN, question.seats + 1)} if question.write_in else {}
            return in_this_order(lists | written)
        case SelectionQuestion():
            return some_of(question.options)


def marks_of(paper: Paper, *, some: bool = False) -> st.SearchStrategy[Marks]:
    """Whatever one voter may put on `paper`; with `some` not nothing."""
    drawn = st.tuples(*(st.none() | mark_of(question) for question in paper.questions)).map(
        lambda chosen: {
            question.id: mark
            for question, mark in zip(paper.questions, chosen, strict=True)
            if mark is not None
        }
    )
    return drawn.filter(bool) if some else drawn


@st.composite
def bases(draw: st.DrawFn) -> Bases:
    all_members = draw(st.integers(0, 60))
    present = draw(st.integers(0, all_members))
    return Bases(all_members, present, draw(st.integers(0, present)))


@st.composite
def votes(
    draw: st.DrawFn, asked: st.SearchStrategy[Paper] = papers, *, void: bool = True
) -> tuple[Paper, Bases, int, list[Marks]]:
    """A vote, which may also be void."""
    paper = draw(asked)
    ballots = draw(st.lists(marks_of(paper), max_size=30))
    issued = draw(st.integers(max(0, len(ballots) - void), len(ballots) + 5))
    return paper, draw(bases()), issued, ballots
