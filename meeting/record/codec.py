"""Events as JSON and back.  Every form that was ever written stays readable through `upcast`.

Pure.  The text of an event is canonical (no white space, keys in the order of the class), since the journal's hash
chain covers it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import TypeAdapter

from meeting.order.events import Event

_CLASSES: Mapping[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
_ADAPTERS: Mapping[str, TypeAdapter[Event]] = {name: TypeAdapter(kind) for name, kind in _CLASSES.items()}


class UnknownEvent(ValueError):
    """The journal holds an event that this release does not know: it was written by a newer one."""


def encode(event: Event) -> str:
    """The event's text, canonical JSON: `{"event": name, …}`."""
    name = type(event).__name__
    body = _ADAPTERS[name].dump_python(event, mode="json")
    return json.dumps({"event": name, **body}, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def decode(text: str) -> Event:
    """The event that `text` tells of.  Raises UnknownEvent, or pydantic's ValidationError for a damaged text."""
    body = upcast(json.loads(text))
    name = body.pop("event", None)
    if name not in _ADAPTERS:
        raise UnknownEvent(f"unknown event {name!r}: this journal was written by a newer release")
    return _ADAPTERS[name].validate_python(body)


def upcast(body: dict[str, Any]) -> dict[str, Any]:
    """Bring an event of an earlier release into today's form.  So far there is one form only."""
    return body
