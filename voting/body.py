"""The body of a record: the one byte form that a marked paper has.  Pure.

Were two forms of the same ballot accepted, the choice between them could mark the paper, and two programs
could read it differently.  So a body is parsed strictly, written again, and refused unless the bytes are the
same.  Whether the marks fit the paper, and the number of bytes the ballot, is the caller's to check.
"""

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NoReturn

from voting.errors import NotCanonical
from voting.quantity import is_written
from voting.signed import ID, b64, unb64
from voting.strict_json import quoted

DEEPEST: Final = 6
LARGEST_SEQ: Final = 2**53 - 1
_PK: Final = 43
"""Characters of a one-time key."""


@dataclass(frozen=True, slots=True)
class CastBody:
    """One marked paper.  It has no voter and no time; `pk` was never seen before it was cast."""

    ballot: str
    pk: bytes
    seq: int
    marks: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class HandBack:
    """A credential that is given back unused."""

    ballot: str
    pk: bytes


@dataclass(frozen=True, slots=True)
class OpenBody:
    """A marked paper that is published with its voter's name, who signs it."""

    ballot: str
    marks: Mapping[str, object]


def parse_body(raw: bytes) -> CastBody | HandBack:
    """The secret ballot or hand-back that `raw` is.  Raises NotCanonical for every other byte string.

    Look at ``len(raw)`` first: the caller compares it with the ballot's size.
    """
    fields = _read(raw)
    match fields:
        case {"ballot": str(ballot), "pk": str(pk), "seq": int(seq), "marks": dict(marks), "pad": str(pad)}:
            if not 0 <= seq <= LARGEST_SEQ:
                raise NotCanonical
            body: CastBody | HandBack = CastBody(ballot, _key(pk), seq, marks)
            again = _cast_text(ballot, pk, seq, _written(marks, 2), len(pad))
        case {"ballot": str(ballot), "pk": str(pk), "seq": int(), "unused": True, "pad": str(pad)}:
            body = HandBack(ballot, _key(pk))
            again = _hand_back_text(ballot, pk, len(pad))
        case _:
            raise NotCanonical
    _compare(ballot, again, raw)
    return body


def cut(raw: bytes) -> tuple[bytes, int, str]:
    """pk, seq and the text of the marks of a ballot that `parse_body` has taken before.

    Nothing is checked again: the one byte form has these three in known places, so that the count, for which the
    hall waits, need not parse thousands of ballots a second time.
    """
    head, _, rest = raw.partition(b'","seq":')
    seq, _, tail = rest.partition(b',"marks":')
    return urlsafe_b64decode(head[-_PK:] + b"="), int(seq), tail[: tail.rindex(b',"pad":"')].decode()


def read_marks(text: str) -> Mapping[str, object]:
    """The marks whose text `cut` has found."""
    marks: Mapping[str, object] = _DECODER.decode(text)
    return marks


def parse_open(raw: bytes) -> OpenBody:
    """The open vote that `raw` is.  Raises NotCanonical for every other byte string."""
    match _read(raw):
        case {"ballot": str(ballot), "marks": dict(marks)}:
            _compare(ballot, _open_text(ballot, _written(marks, 2)), raw)
            return OpenBody(ballot, marks)
        case _:
            raise NotCanonical


def cast_body(ballot: str, pk: bytes, seq: int, marks: Mapping[str, object], size: int) -> bytes:
    """The body of `size` bytes in which these marks travel.  Raises ValueError where they do not fit in."""
    if not 0 <= seq <= LARGEST_SEQ:
        raise ValueError("seq is out of range")
    return _padded(_cast_text(ballot, b64(pk), seq, _written(marks, 2), 0), size)


def hand_back_body(ballot: str, pk: bytes, size: int) -> bytes:
    """The body of `size` bytes that hands an unused credential back."""
    return _padded(_hand_back_text(ballot, b64(pk), 0), size)


def open_body(ballot: str, marks: Mapping[str, object]) -> bytes:
    """The body of an open vote."""
    return _open_text(ballot, _written(marks, 2)).encode()


def _cast_text(ballot: str, pk: str, seq: int, marks: str, pad: int) -> str:
    return f'{{"ballot":"{ballot}","pk":"{pk}","seq":{seq:d},"marks":{marks},"pad":"{"0" * pad}"}}'


def _hand_back_text(ballot: str, pk: str, pad: int) -> str:
    return f'{{"ballot":"{ballot}","pk":"{pk}","seq":0,"unused":true,"pad":"{"0" * pad}"}}'


def _open_text(ballot: str, marks: str) -> str:
    return f'{{"ballot":"{ballot}","marks":{marks}}}'


def _padded(text: str, size: int) -> bytes:
    body = text.encode()
    missing = size - len(body)
    if missing < 0:
        raise ValueError(f"the body has {len(body)} bytes and must have {size}")
    return body[:-2] + b"0" * missing + body[-2:]


def _integer(text: str) -> int:
    if len(text) > 16:
        raise ValueError("a number is too long")
    return int(text)


def _decimal(text: str) -> Decimal:
    if not is_written(text):
        raise ValueError("a number is not in its one form")
    return Decimal(text)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


_DECODER: Final = json.JSONDecoder(parse_int=_integer, parse_float=_decimal, parse_constant=_no_constant)


def _read(raw: bytes) -> object:
    try:
        value: object = _DECODER.decode(raw.decode())
        return value
    except (ValueError, RecursionError):
        pass
    # Raised out here so that the parser's error, which holds the whole text, does not hang on as its context.
    raise NotCanonical


def _key(text: str) -> bytes:
    try:
        pk = unb64(text)
    except ValueError:
        pk = b""
    if len(pk) != 32:
        raise NotCanonical
    return pk


def _compare(ballot: str, again: str, raw: bytes) -> None:
    """The heart of it: repeated keys, their order, spaces, escapes, pad and numbers are checked by writing again."""
    # surrogatepass: half a pair becomes bytes that are no UTF-8, and `raw` is known to be UTF-8.
    if again.encode("utf-8", "surrogatepass") != raw or not ID.fullmatch(ballot):
        raise NotCanonical


def _written(value: object, depth: int) -> str:
    """`value` as JSON.stringify writes it.  Raises NotCanonical for what cannot stand in marks."""
    match value:
        case str():
            return quoted(value)
        case dict() | list() if depth > DEEPEST:
            raise NotCanonical
        case dict():
            return "{" + ",".join(f"{quoted(k)}:{_written(v, depth + 1)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ",".join(_written(v, depth + 1) for v in value) + "]"
        case True:
            return "true"
        case False:
            return "false"
        case None:
            return "null"
        case int() | Decimal():
            text = str(value)
            if is_written(text):
                return text
    raise NotCanonical
