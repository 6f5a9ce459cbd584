"""The slot: where a ballot falls into the box, or an unused credential comes back.

It takes bytes and knows nobody: no member, no address, no time.  Members are the desk's, and no call leads from
one to the other.  What can be checked without the database is checked first; the rest happens in the transaction
that writes.  Nothing here is logged.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from voting import ballots, credential, records, signed
from voting.ballots import Facts, Register
from voting.batches import by_key
from voting.body import CastBody, HandBack, parse_body
from voting.database import Writer
from voting.errors import (
    AlreadyCast,
    BadCredential,
    BadKey,
    BadSignature,
    BallotNotOpen,
    HandBackOfCast,
    HandBackOver,
    NotCanonical,
    StaleCast,
)
from voting.records import Record
from voting.sealing import Sealing
from voting.stages import CASTING, Stage
from voting.store import BOX, CAST, UNUSED, of_ballot, put_new, row_of


@dataclass(frozen=True, slots=True)
class _Cast:
    ballot: str
    pk: bytes
    tag: bytes
    sealed: bytes
    seal: Sealing
    record: Record
    seq: int
    changes: bool


@dataclass(frozen=True, slots=True)
class _HandBack:
    ballot: str
    pk: bytes
    record: Record


class Slot:
    """Both kinds of record go in by the same way; the answer comes after COMMIT."""

    def __init__(self, sitting: str, writer: Writer, register: Register) -> None:
        self._sitting = sitting
        self._writer = writer
        self._register = register

    async def cast(self, raw: bytes) -> tuple[Facts, bytes]:
        record = records.parse(raw)
        body = parse_body(record.body)
        facts = self._register.facts_of(body.ballot, "secret")
        self._check(facts, record, body)
        if isinstance(body, HandBack):
            await self._writer.run_row(self._store_hand_backs, _HandBack(body.ballot, body.pk, record))
        else:
            keys = self._register.keys(body.ballot)
            if keys is not None:
                seal, _ = keys
                tag = seal.tag(body.pk)
                sealed = seal.seal(tag, record.pack())
                changes = facts.rules.changes
                await self._writer.run_row(
                    self._store_casts,
                    _Cast(body.ballot, body.pk, tag, sealed, seal, record, body.seq, changes),
                )
            else:
                with self._writer.engine.connect() as conn:
                    if record not in self._counted(conn, body.ballot, [body.pk]):
                        raise BallotNotOpen
        return facts, record.leaf

    def _check(self, facts: Facts, record: Record, body: CastBody | HandBack) -> None:
        """Everything that can be said of a record without the box.  The cheap questions come first."""
        if len(record.body) != facts.size:
            raise NotCanonical
        if isinstance(body, CastBody):
            # A count of presses would be a mark on the paper.
            if body.seq and not facts.rules.changes:
                raise NotCanonical
            facts.paper.check(body.marks)
        try:
            signed.check_public_key(body.pk)
        except ValueError:
            raise BadKey from None
        assert facts.n is not None
        if not credential.verify_credential(facts.n, signed.credential_text(facts.B, body.pk), record.rsa):
            raise BadCredential
        if not signed.verify(body.pk, signed.cast_text(facts.B, record.body), record.sig):
            raise BadSignature

    def _store_casts(self, conn: Connection, casts: Sequence[_Cast]) -> list[Exception | None]:
        return by_key(casts, lambda row: row.ballot, lambda ballot, some: self._cast_some(conn, ballot, some))

    def _cast_some(self, conn: Connection, ballot: str, casts: Sequence[_Cast]) -> list[Exception | None]:
        open_ = ballots.stage(conn, self._sitting, ballot) in CASTING
        if open_:
            done = conn.execute(
                put_new(conn, BOX), [row_of(self._sitting, ballot, tag=c.tag, sealed=c.sealed) for c in casts]
            )
            if done.rowcount == len(casts):
                return [None] * len(casts)
        found = select(BOX.c.tag, BOX.c.sealed).where(
            *of_ballot(BOX, self._sitting, ballot), BOX.c.tag.in_([cast.tag for cast in casts])
        )
        stored: dict[bytes, bytes] = {row.tag: row.sealed for row in conn.execute(found)}
        # Where the result came in between, it lies there; while the ballot is open nothing does.
        counted = set() if open_ else self._counted(conn, ballot, [cast.pk for cast in casts])
        return [None if cast.record in counted else self._settle(conn, cast, stored, open_) for cast in casts]

    def _counted(self, conn: Connection, ballot: str, pks: Sequence[bytes]) -> set[Record]:
        """The records of these keys that the result counts: whoever lost his receipt may ask for it again."""
        found = select(CAST.c.body, CAST.c.rsa, CAST.c.sig).where(
            *of_ballot(CAST, self._sitting, ballot), CAST.c.pk.in_(pks)
        )
        return {Record(*row) for row in conn.execute(found)}

    def _settle(
        self, conn: Connection, cast: _Cast, stored: dict[bytes, bytes], open_: bool
    ) -> Exception | None:
        """The answer to one cast among some that were, perhaps, not all new."""
        lies = stored.get(cast.tag)
        if lies is None:
            return BallotNotOpen()
        if lies == cast.sealed:  # sealed anew each time: this very row
            return None
        before = records.unpack(cast.seal.open(cast.tag, lies))
        if before == cast.record:
            return None
        if not open_:
            return BallotNotOpen()
        body = parse_body(before.body)
        assert isinstance(body, CastBody)
        if not cast.changes or body.seq == cast.seq:
            return AlreadyCast()
        if body.seq > cast.seq:
            return StaleCast()
        conn.execute(
            update(BOX)
            .where(*of_ballot(BOX, self._sitting, cast.ballot), BOX.c.tag == cast.tag)
            .values(sealed=cast.sealed)
        )
        stored[cast.tag] = cast.sealed
        return None

    def _store_hand_backs(self, conn: Connection, backs: Sequence[_HandBack]) -> list[Exception | None]:
        return by_key(
            backs, lambda row: row.ballot, lambda ballot, some: self._hand_back_some(conn, ballot, some)
        )

    def _hand_back_some(
        self, conn: Connection, ballot: str, backs: Sequence[_HandBack]
    ) -> list[Exception | None]:
        open_ = ballots.stage(conn, self._sitting, ballot) is Stage.COUNTED
        pks = [back.pk for back in backs]
        was_cast = set(
            conn.scalars(select(CAST.c.pk).where(*of_ballot(CAST, self._sitting, ballot), CAST.c.pk.in_(pks)))
        )
        fit = {back.pk: back.record for back in reversed(backs) if open_ and back.pk not in was_cast}
        if fit:
            conn.execute(
                put_new(conn, UNUSED),
                [
                    row_of(self._sitting, ballot, pk=pk, body=r.body, rsa=r.rsa, sig=r.sig)
                    for pk, r in fit.items()
                ],
            )
        found = select(UNUSED).where(*of_ballot(UNUSED, self._sitting, ballot), UNUSED.c.pk.in_(pks))
        stored = {row.pk: Record(row.body, row.rsa, row.sig) for row in conn.execute(found)}
        answers: list[Exception | None] = []
        for back in backs:
            if back.pk in was_cast:
                answers.append(HandBackOfCast())
            elif back.pk in stored:
                answers.append(None if stored[back.pk] == back.record else AlreadyCast())
            else:
                answers.append(HandBackOver())
        return answers
