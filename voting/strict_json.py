"""JSON that two programs cannot read differently, and the place of whatever is wrong in it.  Pure.

Standard JSON parsers take a key twice, ``NaN``, half of a surrogate pair, a thousand brackets, and read 80.15
as something near it.  `read` refuses the first four by their place and reads numbers exactly.  `write` gives the
one form that JSON.stringify gives in a browser.  This module knows no ballot, no paper and no file.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring as quoted
from typing import Final, TypeAlias, TypeVar

__all__ = [
    "Misread",
    "Value",
    "at",
    "each",
    "fields_of",
    "integer",
    "known_keys",
    "one_of",
    "quoted",
    "read",
    "shown",
    "shown_text",
    "string",
    "write",
]

Value: TypeAlias = "bool | int | Decimal | str | Sequence[Value] | Mapping[str, Value] | None"
"""What `read` returns.  An integer of up to 16 digits is an int, any other number a Decimal."""

T = TypeVar("T")
Word = TypeVar("Word", bound=str)

DEEPEST: Final = 16
LONGEST_NUMBER: Final = 40
LONGEST_QUOTE: Final = 60


class Misread(Exception):
    """Something is wrong at `place`; callers word it as an error of their own."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(place, problem)
        self.place = place
        self.problem = problem


class _Unusable:
    """Stands where the parser met something that may not be there, until `read` finds the place."""

    def __init__(self, problem: str) -> None:
        self.problem = problem


class _Repeated(dict[str, object]):
    """An object in which `key` stands twice."""

    key: str


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    repeated = _Repeated(found)
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            repeated.key = key
            break
        seen.add(key)
    return repeated


def _number(text: str) -> object:
    # Python turns a long run of digits into an int in quadratic time, and 1e999999999 into a hang later on.
    if len(text) > LONGEST_NUMBER or "e" in text or "E" in text:
        return _Unusable(f"write the number {shown_text(text)} out in plain digits, at most {LONGEST_NUMBER}")
    return Decimal(text)


def _integer(text: str) -> object:
    return int(text) if len(text) <= 16 else _number(text)


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=_number,
    parse_constant=lambda name: _Unusable(f"{name} is not a number"),
)


def read(text: str, place: str = "") -> Value:
    """The value that `text` is.  Raises Misread with the place of the first thing wrong in it.

    `place` is what the text as a whole is called there.
    """
    try:
        tree: object = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise Misread(
            f"line {error.lineno}, column {error.colno}", f"this is not JSON ({error.msg})"
        ) from None
    except RecursionError:
        raise Misread(place, "brackets are nested too deeply") from None
    return _sound(tree, place, 1)


def _sound(value: object, place: str, depth: int) -> Value:
    """`value` unchanged, now known to hold nothing unusable."""
    if depth > DEEPEST:
        raise Misread(place, "brackets are nested too deeply")
    match value:
        case str():
            if not value.isascii() and _has_surrogate(value):
                raise Misread(place, "the text holds half a character; write it again")
        case dict():
            if isinstance(value, _Repeated):
                raise Misread(at(place, value.key), "this key stands here twice")
            for key, child in value.items():
                if not key.isascii() and _has_surrogate(key):
                    raise Misread(at(place, key), "the key holds half a character; write it again")
                _sound(child, at(place, key), depth + 1)
        case list():
            for index, child in enumerate(value):
                _sound(child, at(place, index), depth + 1)
        case _Unusable():
            raise Misread(place, value.problem)
    return value  # type: ignore[return-value]  # the decoder gives nothing else


def _has_surrogate(text: str) -> bool:
    return re.search("[\ud800-\udfff]", text) is not None


def at(place: str, step: str | int) -> str:
    """The place one step further in: ``ballots`` and 3 make ``ballots[3]``, and that and "q1" ``ballots[3].q1``."""
    if isinstance(step, int):
        return f"{place}[{step}]"
    if re.fullmatch(r"[\w-]{1,64}", step) and step.isprintable():
        return f"{place}.{step}" if place else step
    return f"{place}[{shown(step)}]"


def shown(value: object) -> str:
    """`value` as it may stand in a message: short, on one line, and nothing a terminal would act on."""
    match value:
        case dict():
            return "{…}" if value else "{}"
        case list():
            return "[…]" if value else "[]"
        case Decimal():
            return str(value)
        case str():
            cut = value if len(value) <= LONGEST_QUOTE else value[: LONGEST_QUOTE - 1] + "…"
            return shown_text(quoted(cut))
        case _:
            return json.dumps(value)


def shown_text(text: str) -> str:
    """`text` cut short, with every character that does not print written as its number."""
    cut = text if len(text) <= LONGEST_QUOTE + 2 else text[: LONGEST_QUOTE - 1] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)


def fields_of(value: Value, place: str) -> Mapping[str, Value]:
    """`value` as an object."""
    if not isinstance(value, Mapping):
        raise Misread(place, f"expected an object {{…}}, found {shown(value)}")
    return value


def known_keys(
    value: Value, place: str, required: Sequence[str], optional: Sequence[str] = ()
) -> Mapping[str, Value]:
    """`value` as an object that has all `required` keys, and none but those and the `optional` ones."""
    fields = fields_of(value, place)
    for key in fields:
        if key not in required and key not in optional:
            raise Misread(at(place, key), f"unknown key; known here: {', '.join([*required, *optional])}")
    for key in required:
        if key not in fields:
            raise Misread(at(place, key), "this key is missing")
    return fields


def one_of(value: Value, place: str, known: Sequence[Word]) -> Word:
    """`value` as one of the `known` words."""
    for word in known:
        if value == word:
            return word
    raise Misread(place, f"expected one of {', '.join(map(shown, known))}; found {shown(value)}")


def each(value: Value, place: str, read_one: Callable[[Value, str], T]) -> list[T]:
    """`value` as a list, every element read by `read_one` with its place."""
    if not isinstance(value, list):
        raise Misread(place, f"expected a list […], found {shown(value)}")
    return [read_one(child, at(place, index)) for index, child in enumerate(value)]


def integer(value: Value, place: str) -> int:
    """`value` as a whole number from 0 to 2^53 - 1, which all programs read alike.  A boolean is no number."""
    # type() and not isinstance: True is an int in Python.
    if type(value) is not int or not 0 <= value < 2**53:
        raise Misread(place, f"expected a whole number, 0 or more, found {shown(value)}")
    return value


def string(value: Value, place: str) -> str:
    """`value` as a text that is not empty."""
    if not isinstance(value, str) or not value:
        raise Misread(place, f"expected a text, found {shown(value)}")
    return value


def write(value: object) -> str:
    """`value` as JSON.stringify writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
