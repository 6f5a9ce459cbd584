"""One state of the phone: a screen by name, and the knowledge that leads to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

Press: TypeAlias = str | tuple[str, str]
"""What a reader presses, or a field and what he types into it."""

NAME: Final = "田雨水"
AT: Final = 1_774_488_600_000


@dataclass(frozen=True, slots=True)
class State:
    """A screen by name, and the knowledge that leads to it."""

    name: str
    knows: Mapping[str, Any]
    press: tuple[Press, ...] = ()
    """What the reader does then."""
    shows: str = ""
    """The screen that it must be, where it is not the name."""


@dataclass(frozen=True, slots=True)
class Room:
    """What the hall is doing, as a phone is told."""

    slide: Mapping[str, Any]
    poll: Mapping[str, Any] | None = None
    me: Mapping[str, Any] = field(default_factory=dict)

    def knows(self, **more: Any) -> dict[str, Any]:
        me = {
            "member": 10,
            "name": NAME,
            "present": True,
            "checked_in": True,
            "presence": "present",
            "recused": [],
            "floor": "",
            "sent": [],
        }
        view = {"audience": "member", "seq": 9, "at": AT, "slide": self.slide, "poll": self.poll}
        return {
            "who": {"member": 10, "name": NAME},
            "me": {**me, **self.me},
            "view": view,
            "remembered": True,
            "now": AT,
            **more,
        }
