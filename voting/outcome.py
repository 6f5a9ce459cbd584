"""The outcome: what the ballots of one vote decide.  Pure.

The same paper and the same ballots always give the same result, in whatever order the ballots lie.
"""

from collections.abc import Iterable
from typing import Any, assert_never

from voting.paper import Bases, Majority, Marks, MotionQuestion, Paper, Question
from voting.tally import MotionTally, tally


def result(paper: Paper, bases: Bases, issued: int, ballots: Iterable[Marks]) -> dict[str, Any]:
    """The result as the board, the count command and the screens show it; ready to be written as JSON.

    `ballots` must bear only marks of `paper` (``paper.check``).  When more ballots came back than were issued
    the whole vote is void, and nothing else is concluded from it.
    """
    returned = list(ballots)
    void = len(returned) > issued
    return {
        "issued": issued,
        "returned": len(returned),
        # Of a void vote no ballot is missing, there are too many.
        "not_returned": max(0, issued - len(returned)),
        "vote": "void" if void else "valid",
        "questions": {
            question.id: {"kind": question.kind, "outcome": "void"}
            if void
            else _decide(question, bases, issued, returned)
            for question in paper.questions
        },
    }


def _decide(question: Question, bases: Bases, issued: int, returned: list[Marks]) -> dict[str, Any]:
    counted = tally(question, (marks.get(question.id) for marks in returned))
    needed = question.majority.needed_of(
        _whole(question.majority, bases, issued=issued, returned=len(returned), valid=counted.valid)
    )
    match question:
        case MotionQuestion():
            return _decide_motion(question, counted, needed)
        case _:
            assert_never(question)


def _decide_motion(question: MotionQuestion, counted: MotionTally, needed: int) -> dict[str, Any]:
    """There is no casting vote: a tie is simply not carried."""
    return {
        "kind": question.kind,
        "valid": counted.valid,
        "invalid": counted.invalid,
        "needed": needed,
        "counts": dict(counted.counts),
        "outcome": "carried" if counted.counts["for"] >= needed else "not_carried",
    }


def _whole(majority: Majority, bases: Bases, *, issued: int, returned: int, valid: int) -> int:
    """The number of which a majority is asked."""
    match majority.base:
        case "all_members":
            return bases.all_members
        case "present":
            return bases.present
        case "issued":
            return issued
        case "returned":
            return returned
        case "valid":
            return valid
