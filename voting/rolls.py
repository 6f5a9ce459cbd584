"""Rolls on the board and in the box: who may vote on a ballot, and with which device, until it opens.

Roll entries that stand for every later ballot of a class of voters build on each other; those that amend one
ballot's roll build on that ballot's own, so that nothing that happened to a device meanwhile slips into it.
"""

from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, delete, func, insert, select, update

from voting import chain
from voting.ballots import BallotNow
from voting.board import EffectiveRoll, Entry, class_of, roll_body
from voting.errors import AlreadyIssued, TooFewVoters
from voting.paper import Bases
from voting.store import BALLOT, ISSUED, VOTER, of_ballot, row_of


def enter(
    conn: Connection, sitting: str, roll: EffectiveRoll, voter_class: str, key: Ed25519PrivateKey
) -> Entry:
    """The entry that says `roll`: the last one of its class where it still does, else a new one."""
    last = chain.common_roll(conn, sitting, voter_class)
    if last is not None and _same(last[1], roll):
        return chain.entry(conn, sitting, last[0])
    return chain.append(conn, sitting, roll_body(roll, since=last, voter_class=voter_class), key)


def amend(
    conn: Connection, sitting: str, now: BallotNow, roll: EffectiveRoll, key: Ed25519PrivateKey
) -> Entry | None:
    """Put on the board what changes in the roll of a ballot, and its voters with it; None where nothing does."""
    ballot = now.facts.ballot
    before = chain.roll(conn, sitting, now.roll_seq)
    voter_class = class_of(chain.entry(conn, sitting, now.roll_seq).body)
    kept = {
        number: line
        for number, line in before.lines.items()
        # A key that this ballot has seen stays for this ballot, whoever holds the phone now.
        if number in before.entitled and line.dev_pk is not None
    }
    roll = replace(roll, lines={**roll.lines, **kept})
    if _same(before, roll):
        return None
    check_size(roll, now.facts.visibility, now.facts.fewest)
    struck = before.entitled - roll.entitled
    collected = conn.scalars(select(ISSUED.c.member).where(*of_ballot(ISSUED, sitting, ballot)))
    if struck & set(collected):
        raise AlreadyIssued
    check_class(conn, sitting, roll, voter_class)
    body = roll_body(roll, ballot=ballot, since=(now.roll_seq, before), voter_class=voter_class)
    entry = chain.append(conn, sitting, body, key)
    conn.execute(delete(VOTER).where(*of_ballot(VOTER, sitting, ballot)))
    put_voters(conn, sitting, ballot, roll)
    conn.execute(update(BALLOT).where(*of_ballot(BALLOT, sitting, ballot)).values(roll_seq=entry.seq))
    return entry


def bases(conn: Connection, sitting: str, now: BallotNow) -> Bases:
    """The roll of a ballot in numbers; who is recused and not here takes nothing from the present."""
    # Every roll entry says these in whole; only its lines build on the entries before.
    roll = chain.entry(conn, sitting, now.roll_seq).body
    present = frozenset(roll["present"])
    return Bases(roll["all_members"], len(present), len(present.intersection(roll["recused"])))


def entitled(conn: Connection, sitting: str, ballot: str) -> int:
    """How many may vote on a ballot."""
    found = select(func.count()).select_from(VOTER).where(*of_ballot(VOTER, sitting, ballot))
    return conn.execute(found).scalar_one()


def put_voters(conn: Connection, sitting: str, ballot: str, roll: EffectiveRoll) -> None:
    """Write down who may vote."""
    rows = [row_of(sitting, ballot, member=m, dev_pk=roll.line(m).dev_pk) for m in sorted(roll.entitled)]
    if rows:
        conn.execute(insert(VOTER), rows)


def check_size(roll: EffectiveRoll, visibility: str, fewest: int) -> None:
    """Raise TooFewVoters for a secret roll so small that the result gives its voters away."""
    if visibility == "secret" and len(roll.entitled) < fewest:
        raise TooFewVoters(voters=len(roll.entitled), least=fewest)


def check_class(conn: Connection, sitting: str, roll: EffectiveRoll, voter_class: str) -> None:
    """Raise ValueError where a number has voted in another class: one number is one person, on every roll."""
    theirs = select(BALLOT.c.ballot).where(BALLOT.c.sitting == sitting, BALLOT.c.voter_class != voter_class)
    others = select(VOTER.c.member).where(VOTER.c.sitting == sitting, VOTER.c.ballot.in_(theirs))
    if not roll.entitled.isdisjoint(conn.scalars(others)):
        raise ValueError("a number on this roll is another class's")


def _same(one: EffectiveRoll, other: EffectiveRoll) -> bool:
    return (one.all_members, one.present, one.recused) == (
        other.all_members,
        other.present,
        other.recused,
    ) and all(one.lines.get(number) == other.lines[number] for number in other.entitled)
