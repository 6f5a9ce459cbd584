"""Orders about who leads the sitting, and what is entered in somebody's place.  Data without methods."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.order.sitting import MemberNo


@dataclass(frozen=True, slots=True)
class HandOver:
    """From now on the chair or a vice-chair presides (主持; PROCEDURE.md R3)."""

    to: MemberNo


@dataclass(frozen=True, slots=True)
class RecordComment:
    """The office enters an opinion that somebody gave by word of mouth or on paper, for an item's opinion document."""

    member: MemberNo
    text: str
    item: int | None = None
    """Left out: the current one."""
    by: str = ""
    """The office that enters it; said by the house, not by the console."""
