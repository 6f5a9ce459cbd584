"""Orders about who is here.  Data without methods; `decide` says when each is in order."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.order.sitting import MatterId, MemberNo


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A member presses 签到 on the phone; until the roll call is confirmed."""

    member: MemberNo


@dataclass(frozen=True, slots=True)
class RecordArrival:
    """The clerk enters an arrival at the console (补签到), at any time of the sitting."""

    member: MemberNo
    video: bool = False
    """Present by video: counted, but no device votes for him (PROCEDURE.md R12)."""


@dataclass(frozen=True, slots=True)
class RecordLeave:
    member: MemberNo
    reason: str
    written: bool = False


@dataclass(frozen=True, slots=True)
class RecordDeparture:
    """A member leaves early (早退) with somebody's consent."""

    member: MemberNo
    approved_by: str


@dataclass(frozen=True, slots=True)
class ConfirmRoll:
    """The chair confirms the roll call: the sitting is convened if it is quorate (组织法 51)."""


@dataclass(frozen=True, slots=True)
class Recuse:
    """The member takes no part in the vote on this matter; the base stays (PROCEDURE.md R63)."""

    member: MemberNo
    matter: MatterId
    reason: str
