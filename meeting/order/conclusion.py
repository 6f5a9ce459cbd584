"""What a grade concludes: that the report is adopted, or whoever is evaluated has passed (PROCEDURE.md rows 119, 120).

A meaning at the meeting's level: derived from the declared grade and the plan alone, never stored, and no part of the
paper or of its tally (COUNTING.md).  Whoever wants it asks here.  Pure.
"""

from __future__ import annotations

from meeting.order.asking import GradeAsk
from meeting.order.sentence import Sentence, names, sentence
from meeting.order.text import Text


def passed(ask: GradeAsk, grade: str) -> bool | None:
    """Whether this grade passes; None where the plan lets grades conclude nothing."""
    return grade in ask.passes if ask.passes else None


def key(ask: GradeAsk, grade: str) -> str:
    """`adopted`, `not-adopted`, `passed` or `failed`; empty where nothing is concluded."""
    match passed(ask, grade):
        case None:
            return ""
        case True:
            return "adopted" if ask.decides else "passed"
        case False:
            return "not-adopted" if ask.decides else "failed"


def verdict(ask: GradeAsk, grade: str) -> Sentence | None:
    """报告通过, 报告未获通过, 表示通过, 未表示通过: in a few words, to stand beside the grade."""
    found = key(ask, grade)
    return sentence(f"concluded.{found}") if found else None


def tail(ask: GradeAsk, grade: str) -> Sentence | str:
    """The same as the end of the sentence that declares the grade, said in one breath with it; empty for nothing."""
    found = key(ask, grade)
    return sentence(f"announce.concluded.{found}") if found else ""


def passing(ask: GradeAsk) -> tuple[Text, ...]:
    """The grades that pass, best first."""
    return tuple(grade for grade in ask.scale if grade.zh in ask.passes)


def rule(ask: GradeAsk) -> Sentence | None:
    """What grades conclude here, as it is told before the vote; None where they conclude nothing."""
    if not ask.passes:
        return None
    grades = names(passing(ask))
    return sentence("concluded.rule-decides" if ask.decides else "concluded.rule", grades=grades)
