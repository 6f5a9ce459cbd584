"""What a phone does about a ballot, step by step, and what it must have stored before each step.  Pure.

A `Slip` is all that the phone keeps about one secret ballot; every change makes a new one, which is stored before
anything that depends on it is sent.  So a phone may die between any two lines and go on where it was: `next_step`
looks at nothing but the slip, the verified board and the poll on the screen.  Nothing here sends, waits or asks
for the time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.board_follower import Lists, OnBoard
from voting import strict_json
from voting.body import cast_body, hand_back_body, open_body
from voting.credential import Blinding, blind, finalize
from voting.paper import Paper
from voting.records import Record
from voting.signed import b64, cast_text, check_text, credential_text, issue_text, open_text


class Fate(StrEnum):
    """What the phone knows of its record from the published lists."""

    PENDING = "pending"
    """It has not looked yet."""
    COUNTED = "counted"
    ABSENT = "absent"
    """It looked, and there was nothing of it: the credential is to be handed back."""
    HANDED_BACK = "handed-back"
    """It stands in the list of unused credentials."""
    LOST = "lost"
    """The hand-back came too late, or there is no credential."""
    ALARM = "alarm"
    """There is a receipt for it, and it is in no list."""


@dataclass(frozen=True, slots=True)
class Slip:
    """All that the phone keeps about one secret ballot."""

    ballot: str
    pk: bytes = field(repr=False)
    blinded: bytes = field(repr=False)
    one: bytes | None = field(default=None, repr=False)
    """The private half of K_one, until the receipt is in."""
    blinding: Blinding | None = field(default=None, repr=False)
    rsa: bytes | None = field(default=None, repr=False)
    """The credential."""
    late: bool = False
    """It was collected after the opening, so that the cast must keep its distance."""
    stopped: bool = False
    """Something was refused that must not be refused; nothing more is sent until the lists are out."""
    declined: bool = False
    """The member returns no ballot."""
    record: Record | None = field(default=None, repr=False)
    leaf: bytes | None = None
    receipt: bytes | None = None
    back: Record | None = field(default=None, repr=False)
    back_leaf: bytes | None = None
    back_receipt: bytes | None = None
    fate: Fate = Fate.PENDING
    confirmed: bool | None = None
    """Whether CHECK was taken; False when it came too late."""


@dataclass(frozen=True, slots=True)
class NamedVote:
    """What the phone keeps about one open vote."""

    ballot: str
    body: bytes
    receipt: bytes | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Poll:
    """The poll on the phone's screen."""

    ballot: str
    stage: str
    paper: str
    salt: bytes
    window_ms: int


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do until the board or the screen changes."""


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing will ever be to do for this ballot again."""


@dataclass(frozen=True, slots=True)
class Collect:
    """Make a slip if there is none, store it, send its ISSUE."""


@dataclass(frozen=True, slots=True)
class Decide:
    """Ask the member.  ``paper`` is the text to show, not yet compared with the board."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class Cast:
    """Bring the record to the box."""

    record: Record


@dataclass(frozen=True, slots=True)
class Look:
    """Fetch the lists and look for the own line."""


@dataclass(frozen=True, slots=True)
class HandBack:
    """Make the hand-back if there is none, store it, bring it to the box."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """Send CHECK."""


@dataclass(frozen=True, slots=True)
class VoteByName:
    """Send the open vote."""

    vote: NamedVote


Step = Wait | Done | Collect | Decide | Cast | Look | HandBack | Confirm | VoteByName

_ISSUING: Final = ("prepared", "open", "held")
_CASTING: Final = ("open", "closing")


def next_step(on: OnBoard, slip: Slip | None, poll: Poll | None) -> Step:
    """What to do now about a secret ballot, for a phone whose key is on its roll."""
    if on.void:
        return Done()
    if slip is None:
        if on.ended:
            return Done()
        return Collect() if poll is not None and poll.stage in _ISSUING else Wait()
    if slip.rsa is None:
        # The same request gets the same answer at any later time, so a lost reply is fetched even after closing.
        return (Done() if on.ended else Wait()) if slip.stopped else Collect()
    if not on.ended:
        if slip.receipt is not None or slip.declined or slip.stopped or poll is None:
            return Wait()
        if slip.record is not None:
            return Cast(slip.record) if poll.stage in _CASTING else Wait()
        return Decide(poll) if poll.stage == "open" else Wait()
    return _after_the_result(on, slip)


def _after_the_result(on: OnBoard, slip: Slip) -> Step:
    match slip.fate:
        case Fate.PENDING:
            return Look()
        case Fate.ABSENT if on.unused_root is None:
            return HandBack() if slip.back_receipt is None else Wait()
        case Fate.ABSENT:
            return Look()
        case Fate.COUNTED | Fate.HANDED_BACK if slip.confirmed is None and not on.checked:
            return Wait() if on.unused_root is None else Confirm()
        case _:
            return Done()


def next_step_by_name(on: OnBoard, vote: NamedVote | None, poll: Poll | None) -> Step:
    """What to do now about an open vote."""
    if on.ended:
        return Done()
    if poll is None:
        return Wait()
    if vote is None:
        return Decide(poll) if poll.stage == "open" else Wait()
    if vote.receipt is not None or vote.stopped or poll.stage not in _CASTING:
        return Wait()
    return VoteByName(vote)


def new_slip(on: OnBoard) -> Slip:
    """A fresh one-time key and its blinding; to be stored before its ISSUE is sent.

    Raises ValueError for an n that no phone may use.
    """
    if on.n is None:
        raise ValueError("an open vote has no credential")
    one = Ed25519PrivateKey.generate()
    pk = one.public_key().public_bytes_raw()
    blinded, blinding = blind(on.n, credential_text(on.B, pk))
    return Slip(on.ballot, pk, blinded, one.private_bytes_raw(), blinding)


def ask(on: OnBoard, slip: Slip, member: int, device: Ed25519PrivateKey) -> dict[str, object]:
    """The ``issue`` message of a slip; the same every time."""
    sig = device.sign(issue_text(on.B, member, slip.blinded))
    return {"type": "issue", "ballot": on.ballot, "blinded": b64(slip.blinded), "sig": b64(sig)}


def collected(on: OnBoard, slip: Slip, blind_sig: bytes) -> Slip:
    """The slip with its credential.  Raises ValueError when the answer is wrong: an alarm, never a second ask."""
    if on.n is None or slip.blinding is None:
        raise ValueError("nothing was asked for")
    rsa = finalize(on.n, credential_text(on.B, slip.pk), blind_sig, slip.blinding)
    return replace(slip, rsa=rsa, blinding=None, late=on.opened)


def marked(on: OnBoard, slip: Slip, paper: Paper, marks: Mapping[str, object] | None, seq: int = 0) -> Slip:
    """The slip with the marked paper in it; to be stored before it is brought to the box.

    None returns no ballot.  Raises WrongMarks.  ``seq`` is 0 unless the rules let a voter change his mind.
    """
    if marks is None:
        return replace(slip, declined=True)
    body = cast_body(on.ballot, slip.pk, seq, paper.check(marks), on.size)
    record = _signed(on, slip, body)
    return replace(slip, record=record, leaf=record.leaf)


def record_text(record: Record) -> str:
    """The record as it goes into the box.

    Bodies of a ballot are equally long, but each quotation mark in one costs a backslash here, and more marks have
    more of them: white space at the end makes all equal again to who counts bytes.  The page on a real phone does the
    same (`static/ballot/delivery.js`).
    """
    body = record.body.decode()
    text = strict_json.write({"body": body, "rsa": b64(record.rsa), "sig": b64(record.sig)})
    escapes = len(strict_json.quoted(body)) - len(body)
    return text + " " * (-(-len(record.body) // 2) - escapes)


def received(slip: Slip, sig: bytes) -> Slip:
    """The slip once the box has the ballot: key and choice are erased, leaf and receipt stay."""
    return replace(slip, one=None, record=None, receipt=sig)


def handing_back(on: OnBoard, slip: Slip) -> Slip:
    """The slip with its hand-back in it; the same one every time."""
    if slip.back is not None:
        return slip
    back = _signed(on, slip, hand_back_body(on.ballot, slip.pk, on.size))
    return replace(slip, back=back, back_leaf=back.leaf)


def looked(slip: Slip, lists: Lists) -> Slip:
    """The slip after its line was looked for in the published lists."""
    if slip.leaf is not None and slip.leaf in lists.casts:
        fate = Fate.COUNTED
    elif slip.receipt is not None:
        fate = Fate.ALARM
    elif lists.unused is None:
        fate = Fate.ABSENT
    elif slip.back_leaf is not None and slip.back_leaf in lists.unused:
        fate = Fate.HANDED_BACK
    else:
        fate = Fate.ALARM if slip.back_receipt is not None else Fate.LOST
    # The key is needed to hand back and for nothing else; the choice for nothing at all.
    return replace(slip, fate=fate, one=slip.one if fate is Fate.ABSENT else None, record=None)


def confirmation(on: OnBoard, ballot: str, device: Ed25519PrivateKey) -> dict[str, object]:
    """The ``check`` message: that the own line is there, and not which."""
    if on.cast_root is None or on.unused_root is None:
        raise ValueError("the lists are not out")
    sig = device.sign(check_text(on.B, on.cast_root, on.unused_root))
    return {"type": "check", "ballot": ballot, "sig": b64(sig)}


def named(on: OnBoard, paper: Paper, marks: Mapping[str, object] | None) -> NamedVote:
    """An open vote, to be stored before it is sent; None gives none, and stays so."""
    if marks is None:
        return NamedVote(on.ballot, b"", stopped=True)
    return NamedVote(on.ballot, open_body(on.ballot, paper.check(marks)))


def by_name(on: OnBoard, vote: NamedVote, member: int, device: Ed25519PrivateKey) -> dict[str, object]:
    """The ``open_vote`` message; the same every time."""
    sig = device.sign(open_text(on.B, member, vote.body))
    return {"type": "open_vote", "ballot": on.ballot, "body": vote.body.decode(), "sig": b64(sig)}


def _signed(on: OnBoard, slip: Slip, body: bytes) -> Record:
    if slip.one is None or slip.rsa is None:
        raise ValueError("there is no key to sign with")
    sig = Ed25519PrivateKey.from_private_bytes(slip.one).sign(cast_text(on.B, body))
    return Record(body, slip.rsa, sig)
