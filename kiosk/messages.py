"""What a phone may say, parsed once at the edge into values that cannot be wrong.  Pure.

It knows the shape of a message and nothing of its meaning: no roll, no stage, no key is looked at here, and a
ballot's body passes through as bytes that only the box reads.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kiosk.errors import UnknownMessage
from voting import strict_json
from voting.errors import Malformed, TooLarge
from voting.records import LARGEST
from voting.signed import unb64
from voting.strict_json import Misread, Value

MAX_BYTES: Final = LARGEST
"""The longest message, in UTF-8: the box's longest record, so that whatever paper can be put can be answered."""

_BALLOT: Final = re.compile(r"[a-z0-9-]{1,32}\Z")
_TYPES: Final = frozenset(
    {
        "hello",
        "check_in",
        "issue",
        "open_vote",
        "check",
        "ask_to_speak",
        "withdraw_request",
        "question",
        "comment",
        "summary",
        "pledges",
    }
)
LONGEST_TEXT: Final = 500
"""Characters of a question, a comment or a summary from a phone."""
_UNREADABLE: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
"""Control characters but for the line break, and marks that turn the direction of whatever stands after them."""


What = Literal["question", "comment", "summary"]
"""A question, a comment on the current item, or what a group has come to, from its convener."""


@dataclass(frozen=True, slots=True)
class Hello:
    """The answer to the nonce: this is the device of ``member``."""

    member: int
    sig: bytes


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The member pressed sign-in in the room."""


@dataclass(frozen=True, slots=True)
class Issue:
    """The phone collects its credential for ``ballot``."""

    ballot: str
    blinded: bytes
    sig: bytes


@dataclass(frozen=True, slots=True)
class OpenVote:
    """A named vote, signed by the member's device."""

    ballot: str
    body: bytes
    sig: bytes


@dataclass(frozen=True, slots=True)
class Check:
    """The phone found its line.  It says neither which nor what."""

    ballot: str
    sig: bytes


@dataclass(frozen=True, slots=True)
class ReadPledges:
    """The voter wants to read, beside his paper, what the nominees have pledged."""

    ballot: str


@dataclass(frozen=True, slots=True)
class AskToSpeak:
    """The member asks for the floor, or takes his request back."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """A text for the chair."""

    what: What
    text: str
    item: int | None = None
    """The item that a comment is about; None: the current one."""


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """The button behind the link on a card was pressed."""

    code: str
    dev_pk: bytes
    sig: bytes


Message = Hello | CheckIn | Issue | OpenVote | Check | AskToSpeak | Sent | ReadPledges


def parse(raw: str | bytes) -> Message:
    """One message of the member's socket.

    Raises TooLarge, UnknownMessage or Malformed; what it returns has every field in range and of its length.
    """
    match _object(raw):
        case {"type": "hello", "member": member, "sig": sig, **rest} if not rest:
            return Hello(_member(member), _bytes(sig, 64))
        case {"type": "check_in", **rest} if not rest:
            return CheckIn()
        case {"type": "issue", "ballot": ballot, "blinded": blinded, "sig": sig, **rest} if not rest:
            return Issue(_ballot(ballot), _bytes(blinded, 256), _bytes(sig, 64))
        case {"type": "open_vote", "ballot": ballot, "body": str(body), "sig": sig, **rest} if not rest:
            return OpenVote(_ballot(ballot), body.encode(), _bytes(sig, 64))
        case {"type": "check", "ballot": ballot, "sig": sig, **rest} if not rest:
            return Check(_ballot(ballot), _bytes(sig, 64))
        case {"type": "pledges", "ballot": ballot, **rest} if not rest:
            return ReadPledges(_ballot(ballot))
        case {"type": "ask_to_speak" | "withdraw_request" as kind, **rest} if not rest:
            return AskToSpeak(kind == "ask_to_speak")
        case {"type": "question", "text": str(text), **rest} if not rest:
            return Sent("question", _text(text))
        case {"type": "comment", "text": str(text), **rest} if not rest:
            return Sent("comment", _text(text))
        case {"type": "summary", "text": str(text), **rest} if not rest:
            return Sent("summary", _text(text))
        case {"type": "comment", "text": str(text), "item": item, **rest} if not rest:
            return Sent("comment", _text(text), _member(item))
        case {"type": str(kind)} if kind not in _TYPES:
            raise UnknownMessage
        case _:
            raise Malformed


def parse_join(raw: bytes) -> JoinRequest:
    """The body of ``POST /j/CODE``.  The code is taken as typed; `kiosk.join` knows how codes are written."""
    match _object(raw):
        case {"code": str(code), "dev_pk": dev_pk, "sig": sig, **rest} if not rest and len(code) <= 64:
            return JoinRequest(code, _bytes(dev_pk, 32), _bytes(sig, 64))
        case _:
            raise Malformed


def _object(raw: str | bytes) -> Mapping[str, Value]:
    """The JSON object in ``raw``: no key twice, no NaN, nothing that is not Unicode text."""
    if len(raw) > MAX_BYTES:  # a character is a byte at least: no need to encode a flood to refuse it
        raise TooLarge
    try:
        data = raw if isinstance(raw, bytes) else raw.encode()
        if len(data) > MAX_BYTES:
            raise TooLarge
        value = strict_json.read(data.decode())
    except (UnicodeError, Misread):
        raise Malformed from None
    if not isinstance(value, Mapping):
        raise Malformed
    return value


def _member(value: Value) -> int:
    # bool is an int to isinstance and to a class pattern: `true` is not member 1.
    if type(value) is not int or not 0 < value < 1_000_000:
        raise Malformed
    return value


def _ballot(value: Value) -> str:
    if not isinstance(value, str) or not _BALLOT.match(value):
        raise Malformed
    return value


def _text(text: str) -> str:
    """As the hall may read it: a question stands on the screen, before everybody."""
    text = _UNREADABLE.sub(" ", text).strip()
    if not 0 < len(text) <= LONGEST_TEXT:
        raise Malformed
    return text


def _bytes(value: Value, length: int) -> bytes:
    if not isinstance(value, str):
        raise Malformed
    try:
        data = unb64(value)
    except ValueError:
        raise Malformed from None
    if len(data) != length:
        raise Malformed
    return data
