"""The count of a secret ballot: what is in the box is opened, listed, written for good and counted, in one transaction.

It puts nothing on the board and destroys no key; the steps do both with what it returns.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from voting import chain, outcome, records, rolls, signed
from voting.ballots import BallotNow, Facts, Turnout
from voting.body import cut, read_marks
from voting.errors import LostKeys
from voting.paper import Marks, Paper
from voting.records import Record
from voting.sealing import Sealing
from voting.signed import b64
from voting.store import BOX, CAST, ISSUED, OPEN_VOTE, UNUSED, VOTER, of_ballot

_CAST_COLUMNS = ("sitting", "ballot", "pk", "seq", "body", "rsa", "sig")


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
    bases = rolls.bases(conn, sitting, now)
    return figures, outcome.result(facts.paper, bases, figures["issued"], read_marked(facts.paper, marks))


def read_marked(paper: Paper, texts: Sequence[str]) -> list[Marks]:
    """The marks that these texts are, which were taken before; each way of marking a paper is read once."""
    read = {text: paper.check(read_marks(text)) for text in set(texts)}
    return [read[text] for text in texts]


def discard(conn: Connection, sitting: str, facts: Facts, seal: Sealing | None) -> dict[str, Any]:
    """Destroy what was cast.  Returns the figures of the void entry.

    Where the key is lost nothing can be opened any more: then it is said how many casts there were, and nothing of
    what they were (`cast_root` null).
    """
    figures = issued_figures(conn, sitting, facts)
    try:
        figures |= _cast_figures(_opened(conn, sitting, facts, seal))
    except LostKeys:
        figures |= {"returned": turnout(conn, sitting, facts).returned, "cast_root": None}
    conn.execute(delete(BOX).where(*of_ballot(BOX, sitting, facts.ballot)))
    return figures


def turnout(conn: Connection, sitting: str, facts: Facts) -> Turnout:
    """How many ballots are out and how many are in, at any stage."""

    def rows(table: Any) -> int:
        found = select(func.count()).select_from(table).where(*of_ballot(table, sitting, facts.ballot))
        return conn.scalar(found) or 0

    match facts.visibility:
        case "secret":
            return Turnout(rows(ISSUED), rows(BOX) + rows(CAST))
        case "open" | "hands":
            return Turnout(rows(VOTER), rows(OPEN_VOTE))


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
