"""What the conductor does with a ballot box, step by step, from the start of a sitting to its end.

Each step is a function in the caller's transaction, which must run in the Writer, so that the journal and the box
change together or not at all; what a step does to files happens after that transaction, by itself.  It decides no order
of business, asks no clock, writes no log and no message.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, select, update

from voting import ballots, chain, count_step, open_step, prepare_step, rolls, ruling_step, signed, stages
from voting.ballots import BallotNow, NewBallot, Register
from voting.batches import after_commit, after_rollback
from voting.board import FORMAT, EffectiveRoll, Entry
from voting.credential import IssuingKey
from voting.database import Writer
from voting.errors import WrongStage
from voting.keys import KeyFolder
from voting.sealing import Sealing
from voting.signed import b64
from voting.stages import Stage
from voting.store import BALLOT, CONFIRMATION, of_ballot
from voting.write_ins import Ruling


class Steps:
    """The steps of one sitting's box.  Every refusal is a `voting.errors.VotingError` and has changed nothing."""

    def __init__(
        self,
        sitting: str,
        writer: Writer,
        folder: KeyFolder,
        register: Register,
        issuing_key: Callable[[], IssuingKey],
    ) -> None:
        self.sitting = sitting
        self._writer = writer
        self._folder = folder
        self._register = register
        self._issuing_key = issuing_key
        self._board_key: Ed25519PrivateKey | None = None
        self._issued: dict[str, Mapping[str, Any]] = {}
        """Figures of the credentials of ballots that this process has closed."""

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
            figures, result, names = open_step.count(conn, self.sitting, now)
            more = {"names": names} if now.facts.rules.names else {}
        self._append(conn, {"kind": "result", "ballot": ballot, **figures, "result": result, **more})
        self._end_keys(conn, ballot)
        return result

    def count_hands(
        self, conn: Connection, ballot: str, totals: Mapping[str, object], by: Sequence[int]
    ) -> dict[str, Any]:
        """Write down what a show of hands gave, by question, and its result; `by` are the tellers' numbers.

        From open, held or closing.  Returns the result.  Raises WrongTotals for what no room can give, WrongStage.
        """
        now = ballots.read(conn, self.sitting, ballot)
        stages.after("count_hands", now.stage, now.facts.visibility)
        checked, figures, result = open_step.count_hands(conn, self.sitting, now, totals)
        self._step(conn, ballot, "count_hands")
        self._append(conn, {"kind": "hands", "ballot": ballot, "totals": checked, "by": _tellers(by)})
        self._append(conn, {"kind": "result", "ballot": ballot, **figures, "result": result})
        return result

    def rule(
        self, conn: Connection, ballot: str, rulings: Sequence[Ruling], by: Sequence[int]
    ) -> dict[str, Any]:
        """Merge written-in names of an election, after its result; these rulings replace all before.

        `by` are the tellers' numbers.  Returns the result as it now is.  Raises WrongStage before the result, after
        the end, and for a show of hands; WrongRuling.
        """
        result = ruling_step.rule(conn, self.sitting, ballots.read(conn, self.sitting, ballot), rulings)
        said = [ruling.as_json() for ruling in rulings]
        body = {"kind": "ruling", "ballot": ballot, "rulings": said, "by": _tellers(by), "result": result}
        self._append(conn, body)
        return result

    def void(self, conn: Connection, ballot: str, reason: str, by: int | None) -> Entry:
        """End a ballot without a result and destroy its casts; `by` is the teller's number.

        `by` may be None only while nothing is returned (an abort); else WrongStage.  The way out, too, for a ballot
        whose keys are lost, which `count` refuses with LostKeys.
        """
        facts = ballots.read(conn, self.sitting, ballot).facts
        if by is None and count_step.turnout(conn, self.sitting, facts).returned:
            raise WrongStage
        self._step(conn, ballot, "void")
        if facts.visibility == "secret":
            figures = count_step.discard(conn, self.sitting, facts, self._seal(ballot))
        else:
            figures = open_step.discard(conn, self.sitting, facts)
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


def _tellers(by: Sequence[int]) -> list[int]:
    if not by or len(set(by)) < len(by):
        raise ValueError("at least one teller stands for this, each once")
    return sorted(by)
