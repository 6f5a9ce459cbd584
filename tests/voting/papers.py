"""Papers, rolls and ballots for the tests of counting."""

from fractions import Fraction

from hypothesis import strategies as st

from voting.paper import BASES, BLANKS, MOTION_MARKS, Bases, Majority, Marks, MotionQuestion, Paper

MOTION = MotionQuestion(id="N1", title="决定任命……")


def of(question: MotionQuestion = MOTION) -> Paper:
    """A paper with this one question."""
    return Paper((question,))


def motion_ballots(in_favour: int, against: int, abstain: int, question: str = "N1") -> list[Marks]:
    """Ballots as the vectors give them: 16/10/3."""
    ballots: list[Marks] = [{question: "for"}] * in_favour
    return ballots + [{question: "against"}] * against + [{question: "abstain"}] * abstain


@st.composite
def majorities(draw: st.DrawFn) -> Majority:
    whole = draw(st.integers(1, 12))
    at_least = draw(st.booleans())
    part = draw(st.integers(1, whole) if at_least else st.integers(0, whole - 1))
    return Majority(draw(st.sampled_from(BASES)), Fraction(part, whole), at_least)


ids = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
questions = st.builds(
    MotionQuestion,
    id=ids,
    title=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    majority=majorities(),
    blank=st.sampled_from(BLANKS),
)
papers = st.lists(questions, min_size=1, max_size=4, unique_by=lambda question: question.id).map(
    lambda found: Paper(tuple(found))
)


def marks_of(paper: Paper, *, some: bool = False) -> st.SearchStrategy[Marks]:
    """Whatever one voter may put on `paper`; with `some` not nothing."""
    drawn = st.tuples(*(st.sampled_from([None, *MOTION_MARKS]) for _ in paper.questions)).map(
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
