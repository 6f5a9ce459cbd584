"""The count of what is no secret: votes by name, and hands that were shown in the hall and typed in.

It puts nothing on the board; the steps do that with what it returns.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from sqlalchemy import Connection, delete, select

from voting import outcome, rolls, signed
from voting.ballots import BallotNow, Facts
from voting.body import parse_open
from voting.paper import (
    MOTION_MARKS,
    ElectionQuestion,
    GradeQuestion,
    Marks,
    MotionQuestion,
    Question,
    ScoreQuestion,
    SelectionQuestion,
)
from voting.signed import b64
from voting.store import OPEN_VOTE, of_ballot
from voting.totals import Totals, check


def count(
    conn: Connection, sitting: str, now: BallotNow
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The figures of an open vote's result entry, the result, and who voted how, by question."""
    facts = now.facts
    votes = _votes(conn, sitting, facts.ballot)
    figures = _figures(conn, sitting, facts, votes)
    bases = rolls.bases(conn, sitting, now)
    result = outcome.result(facts.paper, bases, figures["issued"], _read(facts, votes).values())
    written = {vote.member: json.loads(vote.body)["marks"] for vote in votes}
    return figures, result, {question.id: _names(question, written) for question in facts.paper.questions}


def count_hands(
    conn: Connection, sitting: str, now: BallotNow, totals: Mapping[str, object]
) -> tuple[Totals, dict[str, Any], dict[str, Any]]:
    """The totals of a show of hands as they go on the board, the figures of the result entry, and the result.

    Raises WrongTotals.
    """
    paper, issued = now.facts.paper, rolls.entitled(conn, sitting, now.facts.ballot)
    checked = check(paper, issued, totals)
    result = outcome.result_of_totals(paper, rolls.bases(conn, sitting, now), issued, checked)
    return checked, {"issued": issued, "returned": result["returned"]}, result


def votes(conn: Connection, sitting: str, facts: Facts) -> dict[int, Marks]:
    """Who voted how, in the order of their numbers."""
    return _read(facts, _votes(conn, sitting, facts.ballot))


def discard(conn: Connection, sitting: str, facts: Facts) -> dict[str, Any]:
    """Destroy the votes.  Returns the figures of the void entry."""
    if facts.visibility == "hands":
        return {"issued": rolls.entitled(conn, sitting, facts.ballot), "returned": 0}
    figures = _figures(conn, sitting, facts, _votes(conn, sitting, facts.ballot))
    conn.execute(delete(OPEN_VOTE).where(*of_ballot(OPEN_VOTE, sitting, facts.ballot)))
    return figures


def _votes(conn: Connection, sitting: str, ballot: str) -> Sequence[Any]:
    found = select(OPEN_VOTE).where(*of_ballot(OPEN_VOTE, sitting, ballot)).order_by(OPEN_VOTE.c.member)
    return conn.execute(found).all()


def _read(facts: Facts, votes: Sequence[Any]) -> dict[int, Marks]:
    return {vote.member: facts.paper.check(parse_open(vote.body).marks) for vote in votes}


def _figures(conn: Connection, sitting: str, facts: Facts, votes: Sequence[Any]) -> dict[str, Any]:
    leaves = [signed.open_leaf(signed.open_text(facts.B, v.member, v.body), v.sig) for v in votes]
    return {
        "issued": rolls.entitled(conn, sitting, facts.ballot),
        "returned": len(votes),
        "open_root": b64(signed.root(leaves)),
    }


def _names(question: Question, written: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    """The members by what they said, where that is one word; else what each has marked, by his number.

    `written` are the marks as they are written, by member.  Who left the question blank stands where the paper
    counts him, if anywhere.
    """
    match question:
        case MotionQuestion(blank=blank):
            said = {member: marks.get(question.id, blank) for member, marks in written.items()}
            words: Sequence[str] = MOTION_MARKS
        case GradeQuestion(scale=scale):
            said = {member: marks.get(question.id) for member, marks in written.items()}
            words = scale
        case ScoreQuestion() | ElectionQuestion() | SelectionQuestion():
            return {
                str(member): marks[question.id] for member, marks in written.items() if question.id in marks
            }
        case _:
            assert_never(question)
    return {word: [member for member in said if said[member] == word] for word in words}
