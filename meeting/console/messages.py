"""What a console or a tellers' desk sends, parsed once into orders that cannot be malformed.  Pure.

{"type": "command", "id": 7, "expected_seq": 41, "command": {"name": "open_poll", "poll": "10-n1-1-member"}}
{"type": "take_over"}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from pydantic import TypeAdapter, ValidationError

from meeting.console.errors import ConsoleError, MalformedCommand, NotYourOffice, UnknownCommand
from meeting.order.commands import OFFICE_COMMANDS, TELLER_COMMANDS, Command
from voting import strict_json

_ADAPTERS: Mapping[str, TypeAdapter[Command]] = {
    name: TypeAdapter(kind) for name, kind in {**OFFICE_COMMANDS, **TELLER_COMMANDS}.items()
}
LARGEST_ID = 2**53


@dataclass(frozen=True, slots=True)
class Order:
    """A command as the console numbered it; `expected_seq` is what it had seen."""

    id: int
    expected_seq: int
    command: Command


@dataclass(frozen=True, slots=True)
class TakeOver:
    """This console wants to lead the sitting."""


def parse(text: str, known: Mapping[str, type[Command]] = OFFICE_COMMANDS) -> Order | TakeOver:
    """Raises MalformedCommand, UnknownCommand or NotYourOffice; `known` are the commands of this desk."""
    try:
        message = strict_json.read(text)
    except strict_json.Misread as error:
        raise MalformedCommand(where="message") from error
    match message:
        case {"type": "take_over", **rest} if not rest:
            return TakeOver()
        case {
            "type": "command",
            "id": int(number),
            "expected_seq": int(seq),
            "command": dict(body),
            **rest,
        } if not rest:
            if (
                isinstance(number, bool)
                or isinstance(seq, bool)
                or not 0 <= number < LARGEST_ID
                or not 0 <= seq < LARGEST_ID
            ):
                raise MalformedCommand(where="id")
            try:
                return Order(number, seq, _command(body, known))
            except ConsoleError as error:
                error.order = number
                raise
        case _:
            raise MalformedCommand(where="message")


def _command(body: Mapping[str, Any], known: Mapping[str, type[Command]]) -> Command:
    name = body.get("name")
    if not isinstance(name, str) or name not in _ADAPTERS:
        raise UnknownCommand(name=str(name)[:40])
    if name not in known:
        # Who leads confirms nothing in a teller's place, and a teller leads nothing (SCREENS.md N13).
        raise NotYourOffice()
    values = {key: value for key, value in body.items() if key != "name"}
    parts = {field.name: field for field in fields(known[name])}
    for key in values:
        if key not in parts:
            raise MalformedCommand(where=key[:40])
    for key, field in parts.items():
        if field.default is MISSING and key not in values:
            raise MalformedCommand(where=key)
    try:
        # As JSON, where strict means that no text becomes a number; as Python it would want the class itself.
        return _ADAPTERS[name].validate_json(json.dumps(values, default=float), strict=True)
    except ValidationError as error:
        raise MalformedCommand(where=str(error.errors()[0]["loc"][-1])[:40]) from error
