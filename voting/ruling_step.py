"""A ruling of the tellers: spellings that voters wrote in are one person, and the result is counted again.

The ballots stay what they are.  A ruling replaces the one before; it puts nothing on the board itself.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from voting import chain, count_step, open_step, outcome, rolls
from voting.ballots import BallotNow
from voting.body import cut
from voting.errors import WrongStage
from voting.paper import Ruling, check_rulings
from voting.stages import RULED
from voting.store import CAST, of_ballot


def rule(conn: Connection, sitting: str, now: BallotNow, rulings: Sequence[Ruling]) -> dict[str, Any]:
    """The result under these rulings.

    Raises WrongStage while there is no result, after the end of the sitting, and for a show of hands, of which there
    is nothing that could be counted again; WrongRuling.
    """
    facts = now.facts
    check_rulings(facts.paper, rulings)
    result = chain.entry_of(conn, sitting, "result", facts.ballot)
    over = chain.entry_of(conn, sitting, "end") is not None
    if result is None or over or now.stage not in RULED or facts.visibility == "hands":
        raise WrongStage
    if facts.visibility == "open":
        marks = list(open_step.votes(conn, sitting, facts).values())
    else:
        bodies = conn.scalars(select(CAST.c.body).where(*of_ballot(CAST, sitting, facts.ballot)))
        marks = count_step.read_marked(facts.paper, [cut(body)[2] for body in bodies])
    bases = rolls.bases(conn, sitting, now)
    return outcome.result(facts.paper, bases, result.body["issued"], marks, rulings)
