"""The ballot box: the only place where a credential and a ballot meet, and neither with a name.

The conductor's steps (`prepare` … `end`) are functions in the caller's transaction, so that the journal and the
box change together or not at all; what they do to files happens after that transaction, by itself.  What voters
do (`issue`, `cast`, `open_vote`, `confirm`) is asynchronous and answered only after it is durable.  The box
decides no order of business, asks no clock, writes no log and no message.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, select, update

from voting import ballots, chain, count_step, prepare_step, rolls, signed, stages
from voting.ballots import (
    BallotNow,
    Facts,
    Leaves,
    NewBallot,
    Receipt,
    Register,
    Rules,
    Turnout,
    Visibility,
)
from voting.batches import after_commit, after_rollback
from voting.board import FORMAT, EffectiveRoll, Entry
from voting.credential import IssuingKey
from voting.database import Writer
from voting.desk import Desk
from voting.errors import WrongStage
from voting.keys import KeyFolder
from voting.sealing import Seal, Sealing
from voting.signed import b64
from voting.slot import Slot
from voting.stages import RUNNING, Stage
from voting.store import BALLOT, CAST, CONFIRMATION, ISSUED, UNUSED, VOTER, of_ballot

__all__ = [
    "Box",
    "Facts",
    "Leaves",
    "NewBallot",
    "Receipt",
    "Rules",
    "Turnout",
    "Visibility",
]


class Box:
    """The box of one sitting.

    `start` once per sitting, `recover` once per process before anything else.  Every refusal is a
    `voting.errors.VotingError` and has changed nothing.
    """

    def __init__(
        self,
        sitting: str,
        writer: Writer,
        folder: KeyFolder,
        *,
        issuing_key: Callable[[], IssuingKey] = IssuingKey.generate,
        sealing: Callable[[bytes], Sealing] = Seal,
    ) -> None:
        """`issuing_key` gives a key that is used for nothing else (`IssuingKeys.take`).

        `sealing` exists for the test that shows that an unsealed box would give voters away.
        """
        self.sitting = sitting
        self._writer = writer
        self._folder = folder
        self._issuing_key = issuing_key
        self._register = Register(sitting, writer.engine, folder, sealing)
        self._desk = Desk(sitting, writer, self._register)
        self._slot = Slot(sitting, writer, self._register)
        self._board_key: Ed25519PrivateKey | None = None
        self._issued: dict[str, Mapping[str, Any]] = {}
        """Figures of the credentials of ballots that this process has closed."""

    def recover(self) -> None:
        """Destroy the keys of whatever ended, even if a crash came between; call it before anything else.

        Blocking.  Keys of a ballot that came to nothing, and what is left of them in the log, go too.
        """
        with self._writer.engine.connect() as conn:
            running = conn.scalars(
                select(BALLOT.c.ballot).where(
                    BALLOT.c.sitting == self.sitting, BALLOT.c.stage.in_([stage.value for stage in RUNNING])
                )
            ).all()
            ended = chain.entry_of(conn, self.sitting, "end") is not None
        for ballot in self._folder.ballots() - set(running):
            self._folder.destroy_ballot(ballot)
        if ended:
            self._folder.destroy_board()
        self._writer.empty_log()

    # The conductor's steps, each in the caller's transaction, which must run in the Writer.

    def start(self, conn: Connection) -> Entry:
        """Make the board's key and entry 0, or do nothing where they are there.  Returns entry 0."""
        if (entry := chain.entry_of(conn, self.sitting, "start")) is not None:
            return entry
        if not signed.ID.fullmatch(self.sitting):
            raise ValueError("this cannot be the id of a sitting")
        key = Ed25519PrivateKey.generate()
        self._folder.destroy_board()  # of a start that came to nothing
        after_rollback(conn, self._folder.destroy_board)
        self._folder.keep_board(key)
        body = {
            "kind": "start",
            "format": FORMAT,
            "sitting": self.sitting,
            "key": b64(key.public_key().public_bytes_raw()),
        }
        return chain.append(conn, self.sitting, body, key)

    def prepare(self, conn: Connection, new: NewBallot) -> Entry:
        """Put a ballot on the board (with its roll, where that changed) and begin to issue.

        Returns the ballot's entry; its hash is B.  Raises TooFewVoters; WrongStage for an id that was used, or a
        `replaces` that is not void; ValueError for an id, roll or paper that no ballot can have.
        """
        return prepare_step.prepare(conn, self.sitting, new, self._folder, self._key(), self._issuing_key)

    def amend_roll(self, conn: Connection, ballot: str, roll: EffectiveRoll) -> Entry | None:
        """Make `roll` the roll of a ballot that is prepared and not open; None where nothing changes.

        A device that was replaced counts from the next ballot: the key that this one saw stays.  Raises
        AlreadyIssued when a member who would be struck has collected his ballot (void it then, and prepare
        another that replaces it); TooFewVoters, WrongStage.
        """
        roll.check()
        now = self._step(conn, ballot, "amend_roll")
        return rolls.amend(conn, self.sitting, now, roll, self._key())

    def open(self, conn: Connection, ballot: str) -> Entry:
        """Freeze the roll and take casts.  Returns the `opened` entry."""
        now = self._step(conn, ballot, "open")
        roll = chain.entry(conn, self.sitting, now.roll_seq)
        return self._append(conn, {"kind": "opened", "ballot": ballot, "roll": b64(roll.hash)})

    def hold(self, conn: Connection, ballot: str) -> None:
        """Interrupt: no casts until `resume`; credentials are still issued."""
        self._step(conn, ballot, "hold")

    def resume(self, conn: Connection, ballot: str) -> None:
        """Take casts again."""
        self._step(conn, ballot, "resume")

    def close(self, conn: Connection, ballot: str) -> None:
        """Issue nothing more.  Casts are taken until `count`, which the caller orders after the grace."""
        facts = self._step(conn, ballot, "close").facts
        if facts.visibility == "secret":
            # Now, because at the count the whole hall waits.
            issued = count_step.issued_figures(conn, self.sitting, facts)
            after_commit(conn, lambda: self._issued.update({ballot: issued}))

    def count(self, conn: Connection, ballot: str) -> dict[str, Any]:
        """Open what is sealed, write the casts and the result entry.  Returns the result (COUNTING.md 4).

        The ballot's keys are destroyed after the commit.
        """
        now = self._step(conn, ballot, "count")
        if now.facts.visibility == "secret":
            figures, result = count_step.count_secret(
                conn, self.sitting, now, self._seal(ballot), self._issued.get(ballot)
            )
            more: Mapping[str, Any] = {}
        else:
            figures, result, names = count_step.count_open(conn, self.sitting, now)
            more = {"names": names} if now.facts.rules.names else {}
        self._append(conn, {"kind": "result", "ballot": ballot, **figures, "result": result, **more})
        self._end_keys(conn, ballot)
        return result

    def void(self, conn: Connection, ballot: str, reason: str, by: int | None) -> Entry:
        """End a ballot without a result and destroy its casts; `by` is the teller's number.

        `by` may be None only while nothing is returned (an abort); else WrongStage.
        """
        facts = ballots.read(conn, self.sitting, ballot).facts
        if by is None and count_step.turnout(conn, self.sitting, facts).returned:
            raise WrongStage
        self._step(conn, ballot, "void")
        figures = count_step.discard(conn, self.sitting, facts, self._seal(ballot))
        entry = self._append(conn, {"kind": "void", "ballot": ballot, "reason": reason, "by": by, **figures})
        self._end_keys(conn, ballot)
        return entry

    def finish_hand_back(self, conn: Connection, ballot: str) -> Entry:
        """End the hand-back of a secret ballot.  Returns the `unused` entry; confirmations follow."""
        self._step(conn, ballot, "finish_hand_back")
        count_step.settle_unused(conn, self.sitting, ballot)
        after_commit(conn, self._writer.empty_log)
        figures = count_step.unused_figures(conn, self.sitting, ballot)
        return self._append(conn, {"kind": "unused", "ballot": ballot, **figures})

    def finish_checks(self, conn: Connection, ballot: str) -> Entry:
        """End the confirmations of a secret ballot.  Returns the `checked` entry."""
        self._step(conn, ballot, "finish_checks")
        found = select(CONFIRMATION.c.member).where(*of_ballot(CONFIRMATION, self.sitting, ballot))
        members = sorted(conn.scalars(found))
        return self._append(conn, {"kind": "checked", "ballot": ballot, "members": members})

    def end(self, conn: Connection) -> Entry:
        """Close the board for good; its key is destroyed after the commit.  WrongStage while a ballot runs."""
        found = select(BALLOT.c.stage, BALLOT.c.visibility).where(BALLOT.c.sitting == self.sitting)
        if not all(stages.is_over(Stage(row.stage), row.visibility) for row in conn.execute(found)):
            raise WrongStage
        if (entry := chain.entry_of(conn, self.sitting, "end")) is not None:
            return entry
        entry = self._append(conn, {"kind": "end"})
        after_commit(conn, self._destroy_board_key)
        return entry

    # What voters do, answered after COMMIT.

    async def issue(self, member: int, ballot: str, blinded: bytes, sig: bytes) -> bytes:
        """Sign `blinded` for a member of the roll.  Returns blind_sig, read back from the committed row.

        May be repeated: the same `blinded` gets the same answer at any later time, another one AlreadyIssued.
        Raises UnknownBallot, NotOnRoll, BadSignature, BlindedOutOfRange, IssuingOver.
        """
        return await self._desk.issue(member, ballot, blinded, sig)

    async def cast(self, raw: bytes) -> Receipt:
        """Take one record `{"body","rsa","sig"}`: a ballot while it is open, a hand-back after its result.

        May be repeated: the same record gets the same receipt.  Raises TooLarge, Malformed, NotCanonical,
        UnknownBallot, BadKey, WrongMarks, BadCredential, BadSignature, BallotNotOpen, AlreadyCast, StaleCast,
        HandBackOver, HandBackOfCast.
        """
        return self._receipt(*await self._slot.cast(raw))

    async def open_vote(self, member: int, ballot: str, body: bytes, sig: bytes) -> Receipt:
        """Take a vote by name; the last one until closing counts.  The same vote gets the same receipt.

        Raises UnknownBallot, TooLarge, NotCanonical, WrongMarks, NotOnRoll, BadSignature, BallotNotOpen.
        """
        return self._receipt(*await self._desk.open_vote(member, ballot, body, sig))

    async def confirm(self, member: int, ballot: str, sig: bytes) -> None:
        """Keep a member's CHECK signature, after the `unused` entry and before the `checked` one.

        May be repeated.  Raises UnknownBallot, NotOnRoll (nothing was issued to him), WrongStage, BadSignature.
        """
        await self._desk.confirm(member, ballot, sig)

    # Reads.  They see what is committed, and none blocks the writer.

    def facts(self, ballot: str) -> Facts:
        """What never changes of a ballot.  Raises UnknownBallot until its `prepare` is committed."""
        return self._register.facts(ballot)

    def stage(self, ballot: str) -> Stage:
        """Where the ballot stands.  Raises UnknownBallot."""
        with self._writer.engine.connect() as conn:
            return ballots.stage(conn, self.sitting, ballot)

    def turnout(self, ballot: str) -> Turnout:
        """Of a secret ballot show it every 2 s, never finer: it would be a clock."""
        facts = self.facts(ballot)
        with self._writer.engine.connect() as conn:
            return count_step.turnout(conn, self.sitting, facts)

    def not_collected(self, ballot: str) -> Sequence[int]:
        """The members on a secret ballot's roll to whom nothing was issued, sorted."""
        collected = select(ISSUED.c.member).where(*of_ballot(ISSUED, self.sitting, ballot))
        found = (
            select(VOTER.c.member)
            .where(*of_ballot(VOTER, self.sitting, ballot), VOTER.c.member.not_in(collected))
            .order_by(VOTER.c.member)
        )
        with self._writer.engine.connect() as conn:
            return conn.scalars(found).all()

    def board(self, since: int = 0) -> Sequence[Entry]:
        """The entries from `since` on."""
        with self._writer.engine.connect() as conn:
            return chain.entries(conn, self.sitting, since)

    def leaves(self, ballot: str) -> Leaves | None:
        """The published lists of a secret ballot; None before its result, and when it is void or unknown."""
        with self._writer.engine.connect() as conn:
            if chain.entry_of(conn, self.sitting, "result", ballot) is None:
                return None
            casts = tuple(count_step.leaves(conn, self.sitting, ballot, CAST))
            if chain.entry_of(conn, self.sitting, "unused", ballot) is None:
                return Leaves(casts, None)
            return Leaves(casts, tuple(count_step.leaves(conn, self.sitting, ballot, UNUSED)))

    # How it is done.

    def _step(self, conn: Connection, ballot: str, step: str) -> BallotNow:
        """Take a step of the table, or refuse; returns the ballot as it was."""
        now = ballots.read(conn, self.sitting, ballot)
        stage = stages.after(step, now.stage, now.facts.visibility)
        conn.execute(update(BALLOT).where(*of_ballot(BALLOT, self.sitting, ballot)).values(stage=stage.value))
        return now

    def _append(self, conn: Connection, body: Mapping[str, Any]) -> Entry:
        return chain.append(conn, self.sitting, body, self._key())

    def _key(self) -> Ed25519PrivateKey:
        if self._board_key is None:
            self._board_key = self._folder.board()
        return self._board_key

    def _destroy_board_key(self) -> None:
        self._board_key = None
        self._folder.destroy_board()

    def _end_keys(self, conn: Connection, ballot: str) -> None:
        def destroy() -> None:
            self._register.destroy_keys(ballot)
            self._writer.empty_log()

        after_commit(conn, destroy)

    def _seal(self, ballot: str) -> Sealing | None:
        keys = self._register.keys(ballot)
        return None if keys is None else keys[0]

    def _receipt(self, facts: Facts, leaf: bytes) -> Receipt:
        return Receipt(leaf, self._key().sign(signed.receipt_text(facts.B, leaf)))
