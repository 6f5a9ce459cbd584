"""The paper: the questions that one voter answers together, and what may stand on it as a mark.  Pure.

A paper knows no ballots and counts nothing.  Every kind of question is a class of its own; `Question` lists
the kinds, and each `match` over them ends in ``assert_never``, so that the type checker finds what a new kind
needs.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Final, Literal, TypeAlias, get_args

from voting import strict_json
from voting.errors import BadPaper, WrongMarks
from voting.strict_json import Misread, Value, at, shown

Base: TypeAlias = Literal["all_members", "present", "issued", "returned", "valid"]
Blank: TypeAlias = Literal["abstain", "invalid"]
MotionMark: TypeAlias = Literal["for", "against", "abstain"]
Mark: TypeAlias = MotionMark
"""What one voter says to one question; a union over the kinds of question."""
Marks: TypeAlias = Mapping[str, Mark]
"""What one voter says to the whole paper, by question.  A question that he left blank is not in it."""

MOTION_MARKS: Final[tuple[MotionMark, ...]] = get_args(MotionMark)
BLANKS: Final[tuple[Blank, ...]] = get_args(Blank)
BASES: Final[tuple[Base, ...]] = get_args(Base)

SIZE_STEP: Final = 256
_PK_CHARACTERS: Final = 43
_SEQ_CHARACTERS: Final = 16


@dataclass(frozen=True, slots=True)
class Bases:
    """The roll in numbers, frozen when the ballot opened."""

    all_members: int
    present: int
    recused: int

    @property
    def entitled(self) -> int:
        """How many may vote: a recused member is present and gets no ballot."""
        return self.present - self.recused


@dataclass(frozen=True, slots=True)
class Majority:
    """What must be reached: more than `share` of the base, or (`at_least`) that share itself."""

    base: Base = "all_members"
    share: Fraction = Fraction(1, 2)
    at_least: bool = False

    def needed_of(self, whole: int) -> int:
        """The smallest whole number that satisfies this majority of `whole`, and at least 1."""
        line = self.share * whole
        reached = (
            -(-line.numerator // line.denominator)
            if self.at_least
            else line.numerator // line.denominator + 1
        )
        return max(1, reached)

    def needed(self, bases: Bases) -> int | None:
        """What is needed, as far as the roll alone tells: None where it depends on the ballots."""
        match self.base:
            case "all_members":
                return self.needed_of(bases.all_members)
            case "present":
                return self.needed_of(bases.present)
            case "issued" | "returned" | "valid":
                return None

    def as_json(self) -> dict[str, str]:
        share = f"{self.share.numerator}/{self.share.denominator}"
        return {"base": self.base, "at_least" if self.at_least else "over": share}


@dataclass(frozen=True, slots=True)
class MotionQuestion:
    """Carried or not: for, against or abstain."""

    id: str
    title: str = ""
    majority: Majority = Majority()
    blank: Blank = "abstain"

    kind: ClassVar[Literal["motion"]] = "motion"

    def read_mark(self, value: object) -> MotionMark | None:
        """`value` as a mark on this question, or None where it is none."""
        return next((mark for mark in MOTION_MARKS if mark == value), None)

    def longest_mark(self) -> object:
        return max(MOTION_MARKS, key=len)

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "majority": self.majority.as_json(),
            "blank": self.blank,
        }


Question: TypeAlias = MotionQuestion
"""A union over the kinds of question."""


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
                mark = question.read_mark(marks[question.id])
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


def _read_question(value: Value, place: str) -> Question:
    match strict_json.fields_of(value, place).get("kind"):
        case "motion" | None:
            return _read_motion(value, place)
        case other:
            raise Misread(
                at(place, "kind"), f'cannot count the kind of question {shown(other)}, only "motion"'
            )


def _read_motion(value: Value, place: str) -> MotionQuestion:
    fields = strict_json.known_keys(value, place, ("id", "kind"), ("title", "majority", "blank"))
    title = fields.get("title", "")
    if not isinstance(title, str):
        raise Misread(at(place, "title"), f"expected a text, found {shown(title)}")
    return MotionQuestion(
        id=strict_json.string(fields["id"], at(place, "id")),
        title=title,
        majority=_read_majority(fields["majority"], at(place, "majority"))
        if "majority" in fields
        else Majority(),
        blank=strict_json.one_of(fields.get("blank", "abstain"), at(place, "blank"), BLANKS),
    )


def _read_majority(value: Value, place: str) -> Majority:
    fields = strict_json.known_keys(value, place, (), ("base", "over", "at_least"))
    base = strict_json.one_of(fields.get("base", "all_members"), at(place, "base"), BASES)
    if ("over" in fields) == ("at_least" in fields):
        raise Misread(place, 'expected either "over" or "at_least"')
    at_least = "at_least" in fields
    key = "at_least" if at_least else "over"
    return Majority(base, _read_share(fields[key], at(place, key), at_least), at_least)


def _read_share(value: Value, place: str, at_least: bool) -> Fraction:
    written = re.fullmatch(r"([0-9]{1,4})/([1-9][0-9]{0,3})", value) if isinstance(value, str) else None
    if written is None:
        raise Misread(place, f'expected a fraction such as "1/2", found {shown(value)}')
    share = Fraction(int(written[1]), int(written[2]))
    # More than the whole, or at least nothing, would be a majority that nobody or everybody reaches.
    if not (0 < share <= 1 if at_least else 0 <= share < 1):
        raise Misread(place, f"{value} is no share that a majority can be reached by")
    return share
