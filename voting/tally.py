"""The tally: how many papers say what to one question.  Pure; it draws no conclusion (see `outcome`)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from voting.paper import MOTION_MARKS, Mark, MotionMark, MotionQuestion, Question


@dataclass(frozen=True, slots=True)
class MotionTally:
    """`valid` papers spread over `counts`, which names every mark, and `invalid` ones."""

    counts: Mapping[MotionMark, int]
    invalid: int

    @property
    def valid(self) -> int:
        return sum(self.counts.values())


Tally: TypeAlias = MotionTally
"""A union over the kinds of question."""


def tally(question: Question, marks: Iterable[Mark | None]) -> Tally:
    """Count the marks that all papers bear on `question`; None stands for a paper that leaves it blank."""
    match question:
        case MotionQuestion():
            return _tally_motion(question, marks)
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
