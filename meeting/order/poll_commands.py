"""Orders about polls: the chair's, the tellers', and those that only the service gives.  Data without methods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from meeting.order.events import PollId
from meeting.order.sitting import MemberNo


@dataclass(frozen=True, slots=True)
class PreparePoll:
    """From the service alone, when a vote step becomes current: phones may collect their papers."""


@dataclass(frozen=True, slots=True)
class OpenPoll:
    poll: PollId


@dataclass(frozen=True, slots=True)
class HoldPoll:
    poll: PollId


@dataclass(frozen=True, slots=True)
class ResumePoll:
    poll: PollId


@dataclass(frozen=True, slots=True)
class ClosePoll:
    poll: PollId


@dataclass(frozen=True, slots=True)
class RecordCount:
    """From the service alone: the sealed box was opened and counted.  `result` is COUNTING.md 4."""

    poll: PollId
    result: Mapping[str, Any]
    names: Mapping[str, Mapping[str, tuple[MemberNo, ...]]] | None = None


@dataclass(frozen=True, slots=True)
class CallRound:
    """A run-off or further election after the result of `poll`, as that result asks for it."""

    poll: PollId


@dataclass(frozen=True, slots=True)
class UseHands:
    """因表决系统故障，改用举手方式表决.  A running round is void and stays on the record; a teller answers for it."""

    reason: str
    teller: MemberNo


@dataclass(frozen=True, slots=True)
class EnterTotals:
    """What was counted of raised hands; may be entered again until a teller confirms it (`voting.totals`)."""

    poll: PollId
    totals: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class RevealResult:
    """公布结果: the chair declares a count that waits for it."""

    poll: PollId


@dataclass(frozen=True, slots=True)
class RejectCount:
    """After a teller's objection the chair holds the vote again; the count stays on the record."""

    poll: PollId
    reason: str


@dataclass(frozen=True, slots=True)
class ConfirmEmptyBox:
    """零票确认, before the first secret ballot of the day."""

    poll: PollId
    teller: MemberNo


@dataclass(frozen=True, slots=True)
class ConfirmTotals:
    """A teller has counted the same hands."""

    poll: PollId
    teller: MemberNo


@dataclass(frozen=True, slots=True)
class ConfirmCount:
    poll: PollId
    teller: MemberNo


@dataclass(frozen=True, slots=True)
class ObjectToCount:
    poll: PollId
    teller: MemberNo
    reason: str


@dataclass(frozen=True, slots=True)
class RuleWriteIns:
    """These spellings are the same person (另选他人)."""

    poll: PollId
    question: str
    same: tuple[str, ...]
    person: str
    teller: MemberNo


@dataclass(frozen=True, slots=True)
class RecordRuling:
    """From the service alone: the count with a teller's ruling."""

    ruling: RuleWriteIns
    result: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CountersignVoid:
    """The ballots are destroyed and the vote is held again; this teller answers for it."""

    poll: PollId
    teller: MemberNo


@dataclass(frozen=True, slots=True)
class AbortPoll:
    """A poll prepared or opened by mistake, while nothing is returned (the box refuses otherwise)."""

    poll: PollId
    reason: str


@dataclass(frozen=True, slots=True)
class VoidPoll:
    """The chair wants the ballots destroyed and the vote held again; it happens once a teller countersigns."""

    poll: PollId
    reason: str


@dataclass(frozen=True, slots=True)
class OverridePrecondition:
    """Set a precondition of the current vote aside, with a reason on the record."""

    precondition: str
    reason: str
