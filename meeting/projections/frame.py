"""What every view has, and what the box lets be known of a poll.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from meeting.order.state import State

View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Count:
    """What the box tells of a poll.  Of a secret one `issued` and `returned` are at least 2 s old while it runs."""

    paper: str
    salt: str
    code: str
    visibility: str
    entitled: int
    issued: int
    returned: int | None
    """None: so few are voting in secret that how many are in is not told before all are."""
    not_collected: tuple[int, ...] = ()
    checked: int | None = None
    window_ms: int = 2000
    few: bool = False
    """So few are asked in secret that their answers may be guessed."""
    advisory: tuple[tuple[str, Count], ...] = ()
    """Of the classes that are asked at the same time, by class."""


@dataclass(frozen=True, slots=True)
class Watching:
    """How many connections each audience has; for the console."""

    members: int = 0
    halls: int = 0
    consoles: int = 0
    online: frozenset[int] = frozenset()
    """The members whose phones are connected now."""


def view_of(state: State, audience: str, at: int, **parts: Any) -> View:
    view: Mapping[str, Any] = {"type": "view", "audience": audience, "seq": state.seq, "at": at}
    return {**view, **parts}
