"""What has happened to polls.  None tells of a single issue or cast of a secret ballot (BALLOT.md 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NewType

from meeting.order.asking import Contest, Visibility
from meeting.order.sitting import MatterId, MemberNo

PollId = NewType("PollId", str)
"""`ITEM-MATTER-ROUND-CLASS` in lower case; on the wire and in the record its key is `ballot`."""


@dataclass(frozen=True, slots=True)
class Bases:
    """The figures that a poll freezes when it opens."""

    all_members: int
    present: int
    recused: int


@dataclass(frozen=True, slots=True)
class RoundCalled:
    """A run-off or a further election is to be held at this vote step."""

    item: int
    step: int
    contest: Contest


@dataclass(frozen=True, slots=True)
class HandsOrdered:
    """因表决系统故障，改用举手方式表决: from here on this step votes by show of hands."""

    item: int
    step: int
    reason: str
    teller: MemberNo


@dataclass(frozen=True, slots=True)
class PreconditionOverridden:
    item: int
    step: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class PollPrepared:
    poll: PollId
    item: int
    step: int
    matter: MatterId | None
    round: int
    voter_class: str
    binding: bool
    visibility: Visibility
    questions: tuple[str, ...]
    """The ids of the questions on the paper; the last one decides."""
    replaces: PollId | None
    contest: Contest | None = None
    """What a run-off or a further election is about; None in the first round."""


@dataclass(frozen=True, slots=True)
class EmptyBoxConfirmed:
    """零票确认: a teller has seen that the box holds nothing."""

    poll: PollId
    teller: MemberNo


@dataclass(frozen=True, slots=True)
class PollOpened:
    """From here on the roll of this poll stands still."""

    poll: PollId
    bases: Bases
    voters: tuple[MemberNo, ...]


@dataclass(frozen=True, slots=True)
class PollHeld:
    poll: PollId


@dataclass(frozen=True, slots=True)
class PollResumed:
    poll: PollId


@dataclass(frozen=True, slots=True)
class PollClosing:
    """No more issues; ballots on their way are taken until the grace is over."""

    poll: PollId


@dataclass(frozen=True, slots=True)
class TotalsEntered:
    """Of raised hands, as counted in the hall; nothing counts before a teller has confirmed them."""

    poll: PollId
    totals: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class TotalsConfirmed:
    poll: PollId
    teller: MemberNo


@dataclass(frozen=True, slots=True)
class PollCounted:
    poll: PollId
    result: Mapping[str, Any]
    names: Mapping[str, Mapping[str, tuple[MemberNo, ...]]] | None = None
    """Of an open vote: who voted how, by question and answer."""


@dataclass(frozen=True, slots=True)
class WriteInsRuled:
    """Spellings that the tellers hold for the same person; the result is the count with this ruling."""

    poll: PollId
    question: str
    same: tuple[str, ...]
    person: str
    teller: MemberNo
    result: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CountConfirmed:
    poll: PollId
    teller: MemberNo


@dataclass(frozen=True, slots=True)
class CountObjected:
    poll: PollId
    teller: MemberNo
    reason: str


@dataclass(frozen=True, slots=True)
class CountRejected:
    """After an objection: this count means nothing, the vote is held again; its record stays."""

    poll: PollId
    reason: str


@dataclass(frozen=True, slots=True)
class ResultDeclared:
    poll: PollId
    outcome: str
    """COUNTING.md 4, of the question that decides; or `void`."""


@dataclass(frozen=True, slots=True)
class VoidProposed:
    """The chair wants the poll void; it takes a teller's countersignature."""

    poll: PollId
    reason: str


@dataclass(frozen=True, slots=True)
class PollAborted:
    poll: PollId
    reason: str


@dataclass(frozen=True, slots=True)
class PollVoided:
    poll: PollId
    reason: str
    teller: MemberNo
