"""The desk: what voters do under their own names.  It issues, takes open votes and confirmations.

It knows members and devices and never sees a credential, a one-time key or a secret ballot: those go through the
slot, and no call leads from one to the other.  What can be checked without the database is checked first; the
rest happens in the transaction that writes.  Nothing here is logged.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select

from voting import ballots, chain, signed
from voting.ballots import Facts, Register
from voting.batches import by_key
from voting.body import parse_open
from voting.database import Writer
from voting.errors import (
    AlreadyIssued,
    BadSignature,
    BallotNotOpen,
    BlindedOutOfRange,
    IssuingOver,
    NotCanonical,
    NotOnRoll,
    TooLarge,
    WrongStage,
)
from voting.stages import CASTING, ISSUING, Stage
from voting.store import BALLOT, CONFIRMATION, ISSUED, OPEN_VOTE, VOTER, of_ballot, put_last, put_new, row_of

# How a member stands to a ballot: his device on its roll, and what was issued to him.
_STANDING = (
    select(VOTER.c.dev_pk, BALLOT.c.stage, ISSUED.c.blinded, ISSUED.c.blind_sig)
    .join_from(VOTER, BALLOT, and_(BALLOT.c.sitting == VOTER.c.sitting, BALLOT.c.ballot == VOTER.c.ballot))
    .outerjoin(
        ISSUED,
        and_(
            ISSUED.c.sitting == VOTER.c.sitting,
            ISSUED.c.ballot == VOTER.c.ballot,
            ISSUED.c.member == VOTER.c.member,
        ),
    )
    .where(
        VOTER.c.sitting == bindparam("sitting_"),
        VOTER.c.ballot == bindparam("ballot_"),
        VOTER.c.member == bindparam("member_"),
    )
)


@dataclass(frozen=True, slots=True)
class _Issue:
    ballot: str
    member: int
    dev_pk: bytes
    blinded: bytes
    sig: bytes
    blind_sig: bytes


@dataclass(frozen=True, slots=True)
class _OpenVote:
    ballot: str
    member: int
    dev_pk: bytes
    body: bytes
    sig: bytes


@dataclass(frozen=True, slots=True)
class _Confirmation:
    ballot: str
    member: int
    sig: bytes


class Desk:
    """Every method answers after COMMIT, and may be repeated."""

    def __init__(self, sitting: str, writer: Writer, register: Register) -> None:
        self._sitting = sitting
        self._writer = writer
        self._register = register

    async def issue(self, member: int, ballot: str, blinded: bytes, sig: bytes) -> bytes:
        facts = self._register.facts_of(ballot, "secret")
        with self._writer.engine.connect() as conn:
            row: Any = conn.execute(
                _STANDING, {"sitting_": self._sitting, "ballot_": ballot, "member_": member}
            ).one_or_none()
        if row is None or row.dev_pk is None:
            raise NotOnRoll
        if not signed.verify(row.dev_pk, signed.issue_text(facts.B, member, blinded), sig):
            raise BadSignature
        # Looked up before signing: a repeat costs nothing, and is answered even when issuing is over.
        if row.blinded is not None:
            if row.blinded != blinded:
                raise AlreadyIssued
            return bytes(row.blind_sig)
        keys = self._register.keys(ballot) if Stage(row.stage) in ISSUING else None
        if keys is None:
            raise IssuingOver
        _, issuing = keys
        try:
            blind_sig = issuing.blind_sign(blinded)
        except ValueError:
            raise BlindedOutOfRange from None
        issue = _Issue(ballot, member, row.dev_pk, blinded, sig, blind_sig)
        return await self._writer.run_row(self._store_issues, issue)

    def _store_issues(self, conn: Connection, issues: Sequence[_Issue]) -> list[bytes | Exception]:
        return by_key(
            issues, lambda row: row.ballot, lambda ballot, some: self._issue_some(conn, ballot, some)
        )

    def _issue_some(self, conn: Connection, ballot: str, issues: Sequence[_Issue]) -> list[bytes | Exception]:
        open_ = ballots.stage(conn, self._sitting, ballot) in ISSUING
        voters = self._voters(conn, ballot, (issue.member for issue in issues))
        fit = [issue for issue in issues if open_ and voters.get(issue.member) == issue.dev_pk]
        if fit:
            conn.execute(
                put_new(conn, ISSUED),
                [
                    row_of(
                        self._sitting,
                        ballot,
                        member=i.member,
                        blinded=i.blinded,
                        sig=i.sig,
                        blind_sig=i.blind_sig,
                    )
                    for i in fit
                ],
            )
        # What is answered is what is stored: of two requests at once one is refused.
        found = select(ISSUED.c.member, ISSUED.c.blinded, ISSUED.c.blind_sig).where(
            *of_ballot(ISSUED, self._sitting, ballot), ISSUED.c.member.in_([issue.member for issue in issues])
        )
        stored = {row.member: row for row in conn.execute(found)}
        answers: list[bytes | Exception] = []
        for issue in issues:
            row = stored.get(issue.member)
            if row is not None:
                answers.append(row.blind_sig if row.blinded == issue.blinded else AlreadyIssued())
            elif not open_:
                answers.append(IssuingOver())
            elif voters.get(issue.member) != issue.dev_pk:
                answers.append(NotOnRoll())
            else:
                answers.append(AlreadyIssued())  # this very one, to another member
        return answers

    async def open_vote(self, member: int, ballot: str, body: bytes, sig: bytes) -> tuple[Facts, bytes]:
        facts = self._register.facts_of(ballot, "open")
        if len(body) > facts.size:
            raise TooLarge
        vote = parse_open(body)
        if vote.ballot != ballot:
            raise NotCanonical
        facts.paper.check(vote.marks)
        with self._writer.engine.connect() as conn:
            dev_pk = self._voters(conn, ballot, [member]).get(member)
        if dev_pk is None:
            raise NotOnRoll
        text = signed.open_text(facts.B, member, body)
        if not signed.verify(dev_pk, text, sig):
            raise BadSignature
        await self._writer.run_row(self._store_open_votes, _OpenVote(ballot, member, dev_pk, body, sig))
        return facts, signed.open_leaf(text, sig)

    def _store_open_votes(self, conn: Connection, votes: Sequence[_OpenVote]) -> list[Exception | None]:
        return by_key(votes, lambda row: row.ballot, lambda ballot, some: self._open_some(conn, ballot, some))

    def _open_some(self, conn: Connection, ballot: str, votes: Sequence[_OpenVote]) -> list[Exception | None]:
        if ballots.stage(conn, self._sitting, ballot) not in CASTING:
            return [BallotNotOpen() for _ in votes]
        voters = self._voters(conn, ballot, (vote.member for vote in votes))
        fit = [vote for vote in votes if voters.get(vote.member) == vote.dev_pk]
        if fit:
            conn.execute(
                put_last(conn, OPEN_VOTE, "body", "sig"),
                [
                    row_of(self._sitting, ballot, member=vote.member, body=vote.body, sig=vote.sig)
                    for vote in fit
                ],
            )
        return [None if voters.get(vote.member) == vote.dev_pk else NotOnRoll() for vote in votes]

    async def confirm(self, member: int, ballot: str, sig: bytes) -> None:
        facts = self._register.facts_of(ballot, "secret")
        with self._writer.engine.connect() as conn:
            collected = conn.scalar(
                select(ISSUED.c.member).where(
                    *of_ballot(ISSUED, self._sitting, ballot), ISSUED.c.member == member
                )
            )
            dev_pk = self._voters(conn, ballot, [member]).get(member)
            result = chain.entry_of(conn, self._sitting, "result", ballot)
            unused = chain.entry_of(conn, self._sitting, "unused", ballot)
        # Without a ballot of his own he has no line to find, and would hide one that is too many.
        if collected is None or dev_pk is None:
            raise NotOnRoll
        if result is None or unused is None:
            raise WrongStage
        roots = signed.unb64(result.body["cast_root"]), signed.unb64(unused.body["unused_root"])
        if not signed.verify(dev_pk, signed.check_text(facts.B, *roots), sig):
            raise BadSignature
        await self._writer.run_row(self._store_confirmations, _Confirmation(ballot, member, sig))

    def _store_confirmations(
        self, conn: Connection, confirmations: Sequence[_Confirmation]
    ) -> list[Exception | None]:
        return by_key(
            confirmations, lambda row: row.ballot, lambda ballot, some: self._confirm_some(conn, ballot, some)
        )

    def _confirm_some(
        self, conn: Connection, ballot: str, confirmations: Sequence[_Confirmation]
    ) -> list[Exception | None]:
        members = [confirmation.member for confirmation in confirmations]
        if ballots.stage(conn, self._sitting, ballot) is Stage.HANDED_BACK:
            rows = [row_of(self._sitting, ballot, member=c.member, sig=c.sig) for c in confirmations]
            conn.execute(put_new(conn, CONFIRMATION), rows)
            return [None] * len(confirmations)
        found = select(CONFIRMATION.c.member).where(
            *of_ballot(CONFIRMATION, self._sitting, ballot), CONFIRMATION.c.member.in_(members)
        )
        stored = set(conn.scalars(found))
        return [None if member in stored else WrongStage() for member in members]

    def _voters(self, conn: Connection, ballot: str, members: Iterable[int]) -> dict[int, bytes | None]:
        """Those of the members who are on the ballot's roll, with their devices."""
        found = select(VOTER.c.member, VOTER.c.dev_pk).where(
            *of_ballot(VOTER, self._sitting, ballot), VOTER.c.member.in_(list(members))
        )
        return {row.member: row.dev_pk for row in conn.execute(found)}
