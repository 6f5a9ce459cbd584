"""The paper: the questions that one voter answers together, and what may stand on it as a mark.  Pure.

A paper knows no ballots and counts nothing.  Every kind of question is a class of its own in `voting.questions`;
`Question` lists the kinds, and each `match` over them ends in ``assert_never``, so that the type checker finds what
a new kind needs.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from voting import strict_json
from voting.errors import BadPaper, WrongMarks, WrongRuling
from voting.majority import BASES, Base, Bases, Majority
from voting.questions.election import ElectionMark, ElectionQuestion, read_election
from voting.questions.grade import GradeMark, GradeQuestion, ShareBands, read_grade
from voting.questions.motion import BLANKS, MOTION_MARKS, Blank, MotionMark, MotionQuestion, read_motion
from voting.questions.score import Criterion, Grid, ScoreMark, ScoreQuestion, read_score
from voting.questions.selection import SelectionMark, SelectionQuestion, read_selection
from voting.strict_json import Misread, Value, at, shown, shown_text
from voting.write_ins import Contradiction, Ruling, people

__all__ = [
    "BASES",
    "BLANKS",
    "MOTION_MARKS",
    "Base",
    "Bases",
    "Blank",
    "Criterion",
    "ElectionMark",
    "ElectionQuestion",
    "GradeMark",
    "GradeQuestion",
    "Grid",
    "Majority",
    "Mark",
    "Marks",
    "MotionMark",
    "MotionQuestion",
    "Paper",
    "Question",
    "Ruling",
    "ScoreMark",
    "ScoreQuestion",
    "SelectionMark",
    "SelectionQuestion",
    "ShareBands",
    "check_rulings",
    "parse_paper",
    "read_paper",
]

Question: TypeAlias = MotionQuestion | GradeQuestion | ScoreQuestion | ElectionQuestion | SelectionQuestion
"""A union over the kinds of question."""
Mark: TypeAlias = MotionMark | GradeMark | ScoreMark | ElectionMark | SelectionMark
"""What one voter says to one question, as JSON has it; a union over the kinds of question."""
Marks: TypeAlias = Mapping[str, Mark]
"""What one voter says to the whole paper, by question.  A question that he left blank is not in it."""

SIZE_STEP: Final = 256
_PK_CHARACTERS: Final = 43
_SEQ_CHARACTERS: Final = 16
_READERS: Final[Mapping[str, Callable[[Value, str], Question]]] = {
    "motion": read_motion,
    "grade": read_grade,
    "score": read_score,
    "election": read_election,
    "selection": read_selection,
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, one credential, one ballot; at least one question, and no id twice."""

    questions: tuple[Question, ...]

    def text(self) -> str:
        """The paper as the board's hash covers it and the phone receives it; `parse_paper` reads it back."""
        return strict_json.write([question.as_json() for question in self.questions])

    def check(self, marks: Mapping[str, object]) -> Marks:
        """`marks` as marks of this paper.

        Raises WrongMarks where there is none at all, where one is no mark of its question, or where they do
        not stand in the paper's order.  One that says more than it may is not refused: it counts as invalid.
        """
        if not marks:
            raise WrongMarks(problem="there is no mark at all")
        checked: dict[str, Mark] = {}
        for question in self.questions:
            if question.id in marks:
                mark = question.check_mark(marks[question.id])
                if mark is None:
                    raise WrongMarks(problem="a mark is none of its question's")
                checked[question.id] = mark
        if len(checked) != len(marks):
            raise WrongMarks(problem="a mark names no question of the paper")
        if list(checked) != list(marks):
            raise WrongMarks(problem="the marks are not in the paper's order")
        return checked

    def size(self, ballot: str) -> int:
        """The bytes of every body of this paper: a whole multiple of 256 into which the longest one fits."""
        marks = {question.id: question.longest_mark() for question in self.questions}
        head = strict_json.write({"ballot": ballot, "pk": "", "seq": 0, "marks": marks, "pad": ""})
        # The same head serves a hand-back, whose "unused":true is shorter than the marks of any paper.
        longest = len(head.encode()) - 1 + _PK_CHARACTERS + _SEQ_CHARACTERS
        return -(-longest // SIZE_STEP) * SIZE_STEP


def parse_paper(text: str) -> Paper:
    """The paper that `text` is.  Raises BadPaper with the place of the first thing that is wrong in it."""
    try:
        return read_paper(strict_json.read(text, "paper"), "paper")
    except Misread as wrong:
        raise BadPaper(place=wrong.place, problem=wrong.problem) from None


def read_paper(value: Value, place: str) -> Paper:
    """The paper that lies at `place` of a larger text.  Raises Misread."""
    questions = strict_json.each(value, place, _read_question)
    if not questions:
        raise Misread(place, "a paper needs at least one question")
    seen: set[str] = set()
    for index, question in enumerate(questions):
        if question.id in seen:
            raise Misread(at(at(place, index), "id"), f"another question has the id {shown(question.id)}")
        seen.add(question.id)
    return Paper(tuple(questions))


def check_rulings(paper: Paper, rulings: Iterable[Ruling]) -> None:
    """Raises WrongRuling unless all of these rulings can hold together on this paper."""
    ruled = list(rulings)
    try:
        find_contradiction(paper, ruled)
    except Contradiction as found:
        question = shown_text(ruled[found.index].question)
        raise WrongRuling(question=question, problem=found.problem) from None


def find_contradiction(paper: Paper, rulings: Iterable[Ruling]) -> None:
    """Raises Contradiction, which names its place, unless all of these rulings can hold together on this paper."""
    ruled = list(rulings)
    questions = {question.id: question for question in paper.questions}
    for index, ruling in enumerate(ruled):
        match questions.get(ruling.question):
            case None:
                problem = f"the paper has no question {shown(ruling.question)}"
                raise Contradiction(index, ("question",), problem)
            case ElectionQuestion():
                pass
            case other:
                problem = f"{shown(other.id)} is a {other.kind}; a ruling on write-ins needs an election"
                raise Contradiction(index, ("question",), problem)
    for question in paper.questions:
        if isinstance(question, ElectionQuestion):
            own = [index for index, ruling in enumerate(ruled) if ruling.question == question.id]
            try:
                people(question.candidates, [ruled[index] for index in own])
            except Contradiction as found:
                raise Contradiction(own[found.index], found.step, found.problem) from None


def _read_question(value: Value, place: str) -> Question:
    fields = strict_json.fields_of(value, place)
    for key in ("id", "kind"):
        if key not in fields:
            raise Misread(at(place, key), "this key is missing")
    kind = strict_json.one_of(fields["kind"], at(place, "kind"), list(_READERS))
    return _READERS[kind](value, place)
