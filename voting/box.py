"""The ballot box: the only place where a credential and a ballot meet, and neither with a name.

The conductor's steps (`prepare` … `end`) are in `steps`.  What voters do (`issue`, `cast`, `open_vote`, `confirm`)
is asynchronous and answered only after it is durable.  The box decides no order of business, asks no clock, writes
no log and no message.
"""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection, select

from voting import ballots, chain, count_step, open_step, signed
from voting.ballots import (
    Facts,
    Leaves,
    NewBallot,
    Receipt,
    Register,
    Rules,
    Turnout,
    Visibility,
)
from voting.board import Entry
from voting.credential import IssuingKey
from voting.database import Writer
from voting.desk import Desk
from voting.errors import BallotNotOpen, WrongStage
from voting.keys import KeyFolder
from voting.paper import Marks
from voting.sealing import Seal, Sealing
from voting.slot import Slot
from voting.stages import RUNNING, Stage
from voting.steps import Steps
from voting.store import BALLOT, CAST, ISSUED, UNUSED, VOTER, of_ballot
from voting.write_ins import Ruling

__all__ = [
    "Box",
    "Facts",
    "Leaves",
    "NewBallot",
    "Receipt",
    "Rules",
    "Ruling",
    "Turnout",
    "Visibility",
]


class Box(Steps):
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
        register = Register(sitting, writer.engine, folder, sealing)
        super().__init__(sitting, writer, folder, register, issuing_key)
        self._desk = Desk(sitting, writer, register)
        self._slot = Slot(sitting, writer, register)

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

    # What voters do, answered after COMMIT.

    async def issue(self, member: int, ballot: str, blinded: bytes, sig: bytes) -> bytes:
        """Sign `blinded` for a member of the roll.  Returns blind_sig, read back from the committed row.

        May be repeated: the same `blinded` gets the same answer at any later time, another one AlreadyIssued.
        Raises UnknownBallot, NotOnRoll, BadSignature, BlindedOutOfRange, IssuingOver.
        """
        return await self._desk.issue(member, ballot, blinded, sig)

    async def cast(self, raw: bytes) -> Receipt:
        """Take one record `{"body","rsa","sig"}`: a ballot while it is open, a hand-back after its result.

        May be repeated, until the end of the sitting: the same record gets the same receipt.  Raises TooLarge,
        Malformed, NotCanonical, UnknownBallot, BadKey, WrongMarks, BadCredential, BadSignature, BallotNotOpen,
        AlreadyCast, StaleCast, HandBackOver, HandBackOfCast.
        """
        facts, leaf = await self._slot.cast(raw)
        try:
            return self._receipt(facts, leaf)
        except FileNotFoundError:  # the sitting has ended, and nobody can sign for it any more
            raise BallotNotOpen from None

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

    def can_open(self, ballot: str) -> bool:
        """Whether the keys of a secret ballot that runs are there.  Without them it can only be void."""
        return self._register.keys(ballot) is not None

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

    def open_votes(self, ballot: str, conn: Connection | None = None) -> Mapping[int, Marks]:
        """Who voted how by name, sorted by number, once that is counted.  Raises WrongStage before; UnknownBallot.

        Give the connection of the transaction that counts in order to read within it.
        """
        if conn is None:
            with self._writer.engine.connect() as conn:
                return self.open_votes(ballot, conn)
        facts = self._register.facts_of(ballot, "open")
        if ballots.stage(conn, self.sitting, ballot) is not Stage.COUNTED:
            raise WrongStage
        return open_step.votes(conn, self.sitting, facts)

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

    def _receipt(self, facts: Facts, leaf: bytes) -> Receipt:
        return Receipt(leaf, self._key().sign(signed.receipt_text(facts.B, leaf)))
