"""What the ballot can refuse, each refusal with a stable code.  Pure.

VotingError
├── UnknownBallot · NotOnRoll · BadKey · BadSignature              who asks, and about what
├── WrongStage · TooFewVoters · PaperTooLong                       an order that does not fit the ballot
├── AlreadyIssued · IssuingOver · BlindedOutOfRange                issuing
├── BallotNotOpen · BadCredential · AlreadyCast · StaleCast        casting
├── HandBackOver · HandBackOfCast                                  handing an unused credential back
├── Malformed · TooLarge · NotCanonical · WrongMarks               what was sent
├── NotByHands · WrongTotals · WrongRuling                         what tellers type
└── Misplaced                                                      a text that is wrong at a place
    ├── BadPaper
    └── CountFileError

The code travels to the phone and picks the sentence in the catalogue (``error.already-cast``); ``str()`` goes
to the log.  No error of this tree may word a mark, a key or a member: on the way of a ballot even the log
must not learn them.  `Misplaced` quotes what it read, and is therefore never raised on that way.
"""

from collections.abc import Mapping
from typing import ClassVar


class VotingError(Exception):
    """A refusal.  Nothing was changed; `code` says why, `data` fills the sentence of the catalogue."""

    code: ClassVar[str]
    words: ClassVar[str]
    """For the log, in English; `{name}` is filled from `data`."""

    data: Mapping[str, object]

    def __init__(self, **data: object) -> None:
        super().__init__()
        self.data = data

    def __str__(self) -> str:
        return self.words.format_map(self.data)


class UnknownBallot(VotingError):
    code = "unknown-ballot"
    words = "there is no ballot of this id"


class NotOnRoll(VotingError):
    code = "not-on-roll"
    words = "the sender is not on the roll of this ballot"


class BadKey(VotingError):
    code = "bad-key"
    words = "the public key is none that may be used"


class BadSignature(VotingError):
    code = "bad-signature"
    words = "the signature does not fit what was sent"


class WrongStage(VotingError):
    """The order does not fit the stage of the ballot: opening one that is open, counting one still open."""

    code = "wrong-stage"
    words = "the ballot is not at a stage for this"


class TooFewVoters(VotingError):
    """So few voters would read each other's choices off the result."""

    code = "too-few-voters"
    words = "{voters} voters are too few for a secret ballot, which needs {least}"

    def __init__(self, *, voters: int, least: int) -> None:
        super().__init__(voters=voters, least=least)


class LostKeys(VotingError):
    """The key file of a running ballot is gone: its casts can be neither counted nor listed, only be void."""

    code = "keys-lost"
    words = "the key file of a running ballot is gone; restore the keys folder as it was, or void the ballot"


class PaperTooLong(VotingError):
    """A ballot of this paper with every mark that it has room for would be longer than the box takes."""

    code = "paper-too-long"
    words = "a ballot of this paper may have {bytes} bytes, and the box takes {most}"

    def __init__(self, *, length: int, most: int) -> None:
        super().__init__(bytes=length, most=most)


class AlreadyIssued(VotingError):
    """Another credential was issued to this member, or this one to another member."""

    code = "already-issued"
    words = "another credential was issued to this member, or this one to another"


class IssuingOver(VotingError):
    code = "issuing-over"
    words = "no more credentials are issued for this ballot"


class BlindedOutOfRange(VotingError):
    code = "blinded-out-of-range"
    words = "the blinded message is not a number above 0 and below n"


class BallotNotOpen(VotingError):
    code = "ballot-not-open"
    words = "the ballot is not open"


class BadCredential(VotingError):
    code = "bad-credential"
    words = "the credential is none of this ballot's"


class AlreadyCast(VotingError):
    code = "already-cast"
    words = "another record was cast with this credential"


class StaleCast(VotingError):
    """Where a voter may change his mind: a record that is not newer than the one that lies in the box."""

    code = "stale-cast"
    words = "a newer record was cast with this credential"


class HandBackOver(VotingError):
    code = "hand-back-over"
    words = "the time for handing back is over or has not begun"


class HandBackOfCast(VotingError):
    code = "hand-back-of-cast"
    words = "a credential that was cast cannot be handed back"


class Malformed(VotingError):
    code = "malformed"
    words = "the message is not of the form it must have"


class TooLarge(VotingError):
    code = "too-large"
    words = "the message is larger than it may be"


class NotCanonical(VotingError):
    """The body is not the one byte form that a ballot has."""

    code = "not-canonical"
    words = "the body is not in its one allowed form"


class WrongMarks(VotingError):
    """The marks are none that this paper can carry.  `problem` is a fixed phrase and quotes no mark."""

    code = "wrong-marks"
    words = "the marks do not fit the paper: {problem}"

    def __init__(self, *, problem: str) -> None:
        super().__init__(problem=problem)


class NotByHands(VotingError):
    """A show of hands was asked for on a question that needs a paper."""

    code = "not-by-hands"
    words = "question {question} cannot be counted by hands"

    def __init__(self, *, question: str) -> None:
        super().__init__(question=question)


class WrongTotals(VotingError):
    """Typed totals that no room can give, or that leave something out."""

    code = "wrong-totals"
    words = "the totals of question {question} cannot be right: {problem}"

    def __init__(self, *, question: str, problem: str) -> None:
        super().__init__(question=question, problem=problem)


class WrongRuling(VotingError):
    """The rulings on written-in names cannot all hold."""

    code = "wrong-ruling"
    words = "a ruling on question {question} cannot hold: {problem}"

    def __init__(self, *, question: str, problem: str) -> None:
        super().__init__(question=question, problem=problem)


class Misplaced(VotingError):
    """A text is wrong at `place` (``ballots[3].q1``); `problem` says in one line what is wrong there."""

    words = "{place}: {problem}"

    def __init__(self, *, place: str, problem: str) -> None:
        super().__init__(place=place, problem=problem)
        self.place = place
        self.problem = problem


class BadPaper(Misplaced):
    code = "bad-paper"


class CountFileError(Misplaced):
    code = "bad-count-file"
