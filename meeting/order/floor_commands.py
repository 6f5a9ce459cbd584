"""Orders about the floor: questions, speeches, what groups report, comments.  Data without methods."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.order.particulars import Source
from meeting.order.sitting import MemberNo


@dataclass(frozen=True, slots=True)
class PutQuestion:
    """Questions are a queue: the first one that is not closed is being asked, the others wait."""

    by: str
    text: str
    source: Source = Source.MEMBER
    to: str = ""
    follows: int | None = None


@dataclass(frozen=True, slots=True)
class SendQuestion:
    """From a member's phone; it waits until the chair admits it."""

    member: MemberNo
    text: str


@dataclass(frozen=True, slots=True)
class AdmitQuestion:
    """`question` is its place in the sitting's list, from 0."""

    question: int


@dataclass(frozen=True, slots=True)
class DeclineQuestion:
    question: int


@dataclass(frozen=True, slots=True)
class AssignRespondent:
    question: int
    to: str


@dataclass(frozen=True, slots=True)
class CloseQuestion:
    """The question that is being asked is done with."""

    answered: bool


@dataclass(frozen=True, slots=True)
class AskToSpeak:
    """From a phone: the member joins the queue of the current item."""

    member: MemberNo


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    member: MemberNo


@dataclass(frozen=True, slots=True)
class CallSpeaker:
    """The chair gives somebody the floor; he need not have asked for it."""

    member: MemberNo


@dataclass(frozen=True, slots=True)
class EndSpeech:
    pass


@dataclass(frozen=True, slots=True)
class RecordSummary:
    """What a group's convener reports (各组审议意见汇总); entered again, it replaces the former."""

    item: int
    group: int
    text: str


@dataclass(frozen=True, slots=True)
class SendComment:
    """From a phone: an opinion for the opinion document of an item, of the current one where none is named.

    The gallery names it: its phones are behind the sitting, like the public page.
    """

    member: MemberNo
    text: str
    item: int | None = None
