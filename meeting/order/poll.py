"""A poll as it stands: the voting of one paper by one voter class, one round.  Immutable and pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from meeting.order.asking import Contest, Visibility
from meeting.order.events import Bases, PollId
from meeting.order.sitting import MatterId, MemberNo


class PollStage(StrEnum):
    PREPARED = "prepared"
    OPEN = "open"
    HELD = "held"
    CLOSING = "closing"
    COUNTED = "counted"
    """Counted, and not declared: a teller has to confirm, or the chair to reveal it."""
    DECLARED = "declared"
    VOID = "void"


LIVE = frozenset({PollStage.OPEN, PollStage.HELD, PollStage.CLOSING, PollStage.COUNTED})
"""The vote is under way and not declared: nothing else may happen to the agenda meanwhile."""


@dataclass(frozen=True, slots=True)
class Poll:
    """The voting of one paper by one voter class, one round."""

    id: PollId
    item: int
    step: int
    matter: MatterId | None
    round: int
    voter_class: str
    binding: bool
    visibility: Visibility
    questions: tuple[str, ...]
    replaces: PollId | None
    contest: Contest | None = None
    stage: PollStage = PollStage.PREPARED
    bases: Bases | None = None
    voters: tuple[MemberNo, ...] = ()
    """Frozen when the poll opens; before that, ask `State.entitled`."""
    opened_at: int | None = None
    counted_at: int | None = None
    """When the box was opened, ms since 1970, UTC."""
    result: Mapping[str, Any] | None = None
    names: Mapping[str, Mapping[str, tuple[MemberNo, ...]]] | None = None
    """Of an open vote, once counted: who voted how, by question and answer."""
    outcome: str = ""
    why_void: str = ""
    totals: Mapping[str, Mapping[str, Any]] | None = None
    """Of raised hands, as typed in."""
    totals_by: MemberNo | None = None
    """The teller who has confirmed them."""
    rulings: tuple[tuple[str, tuple[str, ...], str], ...] = ()
    """On write-ins: question, spellings, the name that they stand for."""
    confirmed_by: MemberNo | None = None
    """The teller who has confirmed the count."""
    objection: str = ""
    objected_by: MemberNo | None = None
    void_proposed: str = ""
    """The reason for which the chair wants it void; a teller has still to countersign."""

    @property
    def question(self) -> str:
        """The id of the question that decides: the last one on the paper."""
        return self.questions[-1]
