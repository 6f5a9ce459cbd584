"""The count: what is in the box is opened, listed, written for good and counted, in one transaction.

It puts nothing on the board and destroys no key; the box does both with what it returns.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from voting import chain, outcome, records, signed
from voting.ballots import BallotNow, Facts, Turnout
from voting.body import cut, parse_open, read_marks
from voting.paper import MOTION_MARKS, Bases, Marks
from voting.records import Record
from voting.sealing import Sealing
from voting.signed import b64
from voting.store import BOX, CAST, ISSUED, OPEN_VOTE, UNUSED, VOTER, of_ballot

_CAST_COLUMNS = ("sitting", "ballot", "pk", "seq", "body", "rsa", "sig")


class LostKeys(Exception):
    """Casts lie in the box and the key that sealed them is gone: they can be neither counted nor listed."""

    def __str__(self) -> str:
        return "the key file of a running ballot is gone; restore the keys folder as it was"


def count_secret(
    conn: Connection, sitting: str, now: BallotNow, seal: Sealing | None, issued: Mapping[str, Any] | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Move the casts from under their seals into the published table.

    `issued` is what `issued_figures` said when the ballot closed, where that is known.  Returns the figures of the
    result entry and the result.
    """
    facts = now.facts
    casts = _opened(conn, sitting, facts, seal)
    rows, marks = [], []
    for record in casts:
        pk, seq, text = cut(record.body)
        rows.append((sitting, facts.ballot, pk, seq, record.body, record.rsa, record.sig))
        marks.append(text)
    if rows:
        # In the order of the keys: every other order would be that of arrival, or hide one.
        conn.execute(insert(CAST), [dict(zip(_CAST_COLUMNS, row, strict=True)) for row in sorted(rows)])
    conn.execute(delete(BOX).where(*of_ballot(BOX, sitting, facts.ballot)))
    figures = {**(issued or issued_figures(conn, sitting, facts)), **_cast_figures(casts)}
    # Few papers differ: each way of marking one is read once.
    read = {text: facts.paper.check(read_marks(text)) for text in set(marks)}
    bases = _bases(conn, sitting, now)
    return figures, outcome.result(facts.paper, bases, figures["issued"], [read[text] for text in marks])


def count_open(
    conn: Connection, sitting: str, now: BallotNow
) -> tuple[dict[str, Any], dict[str, Any], dict[str, dict[str, list[int]]]]:
    """The figures of an open vote's result entry, the result, and who voted how, by question."""
    facts = now.facts
    votes = _open_votes(conn, sitting, facts.ballot)
    said: dict[int, Marks] = {vote.member: facts.paper.check(parse_open(vote.body).marks) for vote in votes}
    figures = _open_figures(conn, sitting, facts, votes)
    bases = _bases(conn, sitting, now)
    result = outcome.result(facts.paper, bases, figures["issued"], said.values())
    return figures, result, _names(facts, said)


def discard(conn: Connection, sitting: str, facts: Facts, seal: Sealing | None) -> dict[str, Any]:
    """Destroy what was cast.  Returns the figures of the void entry."""
    if facts.visibility == "open":
        figures = _open_figures(conn, sitting, facts, _open_votes(conn, sitting, facts.ballot))
        conn.execute(delete(OPEN_VOTE).where(*of_ballot(OPEN_VOTE, sitting, facts.ballot)))
    else:
        casts = _opened(conn, sitting, facts, seal)
        figures = {**issued_figures(conn, sitting, facts), **_cast_figures(casts)}
        conn.execute(delete(BOX).where(*of_ballot(BOX, sitting, facts.ballot)))
    return figures


def turnout(conn: Connection, sitting: str, facts: Facts) -> Turnout:
    """How many ballots are out and how many are in, at any stage."""

    def rows(table: Any) -> int:
        found = select(func.count()).select_from(table).where(*of_ballot(table, sitting, facts.ballot))
        return conn.scalar(found) or 0

    if facts.visibility == "open":
        return Turnout(rows(VOTER), rows(OPEN_VOTE))
    return Turnout(rows(ISSUED), rows(BOX) + rows(CAST))


def leaves(conn: Connection, sitting: str, ballot: str, table: Any) -> list[bytes]:
    """The leaves of the published casts or hand-backs, sorted."""
    found = select(table.c.body, table.c.rsa, table.c.sig).where(*of_ballot(table, sitting, ballot))
    return sorted(signed.cast_leaf(*row) for row in conn.execute(found))


def settle_unused(conn: Connection, sitting: str, ballot: str) -> None:
    """Write the hand-backs anew in the order of their keys: where they lie no longer tells when they came."""
    where = of_ballot(UNUSED, sitting, ballot)
    rows = [dict(row) for row in conn.execute(select(UNUSED).where(*where).order_by(UNUSED.c.pk)).mappings()]
    conn.execute(delete(UNUSED).where(*where))
    if rows:
        conn.execute(insert(UNUSED), rows)


def unused_figures(conn: Connection, sitting: str, ballot: str) -> dict[str, Any]:
    """The figures of the `unused` entry, once the hand-back is over."""
    result = chain.entry_of(conn, sitting, "result", ballot)
    assert result is not None
    handed_back = leaves(conn, sitting, ballot, UNUSED)
    return {
        "unused": len(handed_back),
        "unused_root": b64(signed.root(handed_back)),
        "missing": result.body["issued"] - result.body["returned"] - len(handed_back),
    }


def _bases(conn: Connection, sitting: str, now: BallotNow) -> Bases:
    """The roll in numbers; who is recused and not here takes nothing from the present."""
    # Every roll entry says these in whole; only its lines build on the entries before.
    roll = chain.entry(conn, sitting, now.roll_seq).body
    present = frozenset(roll["present"])
    return Bases(roll["all_members"], len(present), len(present.intersection(roll["recused"])))


def _opened(conn: Connection, sitting: str, facts: Facts, seal: Sealing | None) -> list[Record]:
    found = select(BOX.c.tag, BOX.c.sealed).where(*of_ballot(BOX, sitting, facts.ballot))
    sealed = conn.execute(found).all()
    if sealed and seal is None:
        raise LostKeys
    return [records.unpack(seal.open(tag, row)) for tag, row in sealed] if seal is not None else []


def issued_figures(conn: Connection, sitting: str, facts: Facts) -> dict[str, Any]:
    """What the result entry says of the credentials; from the closing on it stands still."""
    found = select(ISSUED.c.member, ISSUED.c.blinded, ISSUED.c.sig, ISSUED.c.blind_sig).where(
        *of_ballot(ISSUED, sitting, facts.ballot)
    )
    leaves = [
        signed.issue_leaf(signed.issue_text(facts.B, member, blinded), sig, blind_sig)
        for member, blinded, sig, blind_sig in conn.execute(found)
    ]
    return {"issued": len(leaves), "issued_root": b64(signed.root(leaves))}


def _cast_figures(casts: Sequence[Record]) -> dict[str, Any]:
    return {"returned": len(casts), "cast_root": b64(signed.root(record.leaf for record in casts))}


def _open_votes(conn: Connection, sitting: str, ballot: str) -> Sequence[Any]:
    found = select(OPEN_VOTE).where(*of_ballot(OPEN_VOTE, sitting, ballot)).order_by(OPEN_VOTE.c.member)
    return conn.execute(found).all()


def _open_figures(conn: Connection, sitting: str, facts: Facts, votes: Sequence[Any]) -> dict[str, Any]:
    leaves = [signed.open_leaf(signed.open_text(facts.B, v.member, v.body), v.sig) for v in votes]
    return {
        "issued": turnout(conn, sitting, facts).issued,
        "returned": len(votes),
        "open_root": b64(signed.root(leaves)),
    }


def _names(facts: Facts, said: Mapping[int, Marks]) -> dict[str, dict[str, list[int]]]:
    """Members by question and mark; who left a question blank stands where the paper counts him, if anywhere."""
    return {
        question.id: {
            mark: sorted(
                member for member, marks in said.items() if marks.get(question.id, question.blank) == mark
            )
            for mark in MOTION_MARKS
        }
        for question in facts.paper.questions
    }
