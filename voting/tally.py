"""The tally: how many papers say what to one question.  Pure; it draws no conclusion (see `outcome`).

A paper is valid or invalid for each question apart (COUNTING.md 2).  Three thousand papers are counted while the hall
waits, so what is the same for all of them is worked out before the loop.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, assert_never, cast

from voting.paper import (
    MOTION_MARKS,
    ElectionMark,
    ElectionQuestion,
    GradeMark,
    GradeQuestion,
    Mark,
    MotionMark,
    MotionQuestion,
    Question,
    Ruling,
    ScoreMark,
    ScoreQuestion,
    SelectionMark,
    SelectionQuestion,
)
from voting.write_ins import compared, people


@dataclass(frozen=True, slots=True)
class MotionTally:
    """`valid` papers spread over `counts`, which names every mark, and `invalid` ones."""

    counts: Mapping[MotionMark, int]
    invalid: int

    @property
    def valid(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class GradeTally:
    """`counts` names every grade; where a blank paper abstains, it is valid and stands in none of them."""

    counts: Mapping[str, int]
    valid: int
    invalid: int


@dataclass(frozen=True, slots=True)
class ScoreTally:
    """What the valid sheets give, by criterion, ascending and in units (`numbers.UNIT`)."""

    scores: Mapping[str, Sequence[int]]
    valid: int
    invalid: int


@dataclass(frozen=True, slots=True)
class ElectionTally:
    """`votes` names the candidates in their order, then the written-in by votes and name; `against` the candidates."""

    votes: Mapping[str, int]
    against: Mapping[str, int]
    valid: int
    invalid: int


@dataclass(frozen=True, slots=True)
class SelectionTally:
    """`votes` names every option in its order."""

    votes: Mapping[str, int]
    valid: int
    invalid: int


Tally: TypeAlias = MotionTally | GradeTally | ScoreTally | ElectionTally | SelectionTally
"""A union over the kinds of question."""


def tally(question: Question, marks: Iterable[Mark | None], rulings: Iterable[Ruling] = ()) -> Tally:
    """Count the marks that all papers bear on `question`; None stands for a paper that leaves it blank.

    The marks must be marks of this question (``check_mark``, ``read_mark``) and the rulings fit its paper
    (`paper.check_rulings`); those on other questions are left alone.
    """
    match question:
        case MotionQuestion():
            return _tally_motion(question, cast("Iterable[MotionMark | None]", marks))
        case GradeQuestion():
            return _tally_grade(question, cast("Iterable[GradeMark | None]", marks))
        case ScoreQuestion():
            return _tally_score(question, cast("Iterable[ScoreMark | None]", marks))
        case ElectionQuestion():
            return _tally_election(question, cast("Iterable[ElectionMark | None]", marks), rulings)
        case SelectionQuestion():
            return _tally_selection(question, cast("Iterable[SelectionMark | None]", marks))
        case _:
            assert_never(question)


def _tally_motion(question: MotionQuestion, marks: Iterable[MotionMark | None]) -> MotionTally:
    counted = Counter(marks)
    blank = counted.pop(None, 0)
    counts = {mark: counted[mark] for mark in MOTION_MARKS}
    match question.blank:
        case "abstain":
            counts["abstain"] += blank
            return MotionTally(counts, invalid=0)
        case "invalid":
            return MotionTally(counts, invalid=blank)


def _tally_grade(question: GradeQuestion, marks: Iterable[GradeMark | None]) -> GradeTally:
    counted = Counter(marks)
    blank = counted.pop(None, 0)
    counts = {grade: counted[grade] for grade in question.scale}
    graded = sum(counts.values())
    match question.blank:
        case "abstain":
            return GradeTally(counts, valid=graded + blank, invalid=0)
        case "invalid":
            return GradeTally(counts, valid=graded, invalid=blank)


def _tally_score(question: ScoreQuestion, marks: Iterable[ScoreMark | None]) -> ScoreTally:
    """A blank sheet is invalid, and so is one that lacks a score or bears one that may not be given."""
    # Few scores differ, so each is measured once.
    measures = {criterion.id: cache(question.grid_of(criterion).measure()) for criterion in question.criteria}

    def sheet_of(mark: ScoreMark) -> list[int] | None:
        sheet = []
        for criterion, measure in measures.items():
            score = mark.get(criterion)
            units = None if score is None else measure(score)
            if units is None:
                return None
            sheet.append(units)
        return sheet

    read = [None if mark is None else sheet_of(mark) for mark in marks]
    sheets = [sheet for sheet in read if sheet is not None]
    columns = zip(*sheets, strict=True) if sheets else ((),) * len(measures)
    scores = {criterion: sorted(column) for criterion, column in zip(measures, columns, strict=True)}
    return ScoreTally(scores, valid=len(sheets), invalid=len(read) - len(sheets))


def _tally_election(
    question: ElectionQuestion, marks: Iterable[ElectionMark | None], rulings: Iterable[Ruling]
) -> ElectionTally:
    """A blank paper names nobody and is valid."""
    meant = people(question.candidates, [ruling for ruling in rulings if ruling.question == question.id])

    def supported_by(mark: ElectionMark) -> list[str] | None:
        """Whom a valid paper supports; None for one that says more than it may."""
        opposed, written = mark.get("against", ()), mark.get("write_in", ())
        supported = [*mark.get("for", ()), *(meant.get(form, form) for form in map(compared, written))]
        if len(supported) > question.seats or len({*supported, *opposed}) < len(supported) + len(opposed):
            return None
        if question.write_in_needs_opposition and len(written) > len(opposed):
            return None
        return supported

    votes: Counter[str] = Counter()
    against: Counter[str] = Counter()
    valid = invalid = 0
    for mark in marks:
        supported = [] if mark is None else supported_by(mark)
        if supported is None:
            invalid += 1
            continue
        valid += 1
        votes.update(supported)
        if mark is not None:
            against.update(mark.get("against", ()))
    return ElectionTally(
        votes=listed(question, votes),
        against={candidate: against[candidate] for candidate in question.candidates},
        valid=valid,
        invalid=invalid,
    )


def listed(question: ElectionQuestion, votes: Mapping[str, int]) -> dict[str, int]:
    """`votes` with every candidate in his place, then the written-in by votes and name."""
    others = sorted(votes.keys() - set(question.candidates), key=lambda name: (-votes[name], name))
    return {name: votes.get(name, 0) for name in (*question.candidates, *others)}


def _tally_selection(question: SelectionQuestion, marks: Iterable[SelectionMark | None]) -> SelectionTally:
    """A blank paper chooses nothing and is valid."""
    votes: Counter[str] = Counter()
    valid = invalid = 0
    for mark in marks:
        if mark is not None and len(mark) > question.choose:
            invalid += 1
            continue
        valid += 1
        votes.update(mark or ())
    return SelectionTally({option: votes[option] for option in question.options}, valid, invalid)
