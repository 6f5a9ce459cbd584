"""What has happened on the floor: questions, speeches, reports of groups, comments."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.order.particulars import Source
from meeting.order.sitting import MemberNo


@dataclass(frozen=True, slots=True)
class QuestionPut:
    """`admitted` is False for one that came from a phone and waits for the chair."""

    by: str
    text: str
    source: Source = Source.MEMBER
    to: str = ""
    """Who is to answer; empty: whoever has the floor."""
    follows: int | None = None
    """The question, by its place in the sitting's list, that this one follows up (追问)."""
    admitted: bool = True
    member: MemberNo | None = None
    """Who sent it from his phone."""


@dataclass(frozen=True, slots=True)
class QuestionAdmitted:
    question: int


@dataclass(frozen=True, slots=True)
class QuestionDeclined:
    question: int


@dataclass(frozen=True, slots=True)
class RespondentAssigned:
    question: int
    to: str


@dataclass(frozen=True, slots=True)
class QuestionClosed:
    answered: bool


@dataclass(frozen=True, slots=True)
class SpeechRequested:
    member: MemberNo


@dataclass(frozen=True, slots=True)
class SpeechRequestWithdrawn:
    member: MemberNo


@dataclass(frozen=True, slots=True)
class SpeakerCalled:
    member: MemberNo


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    member: MemberNo


@dataclass(frozen=True, slots=True)
class SummaryRecorded:
    """What a group's convener reports of its deliberation."""

    item: int
    group: int
    text: str


@dataclass(frozen=True, slots=True)
class CommentRecorded:
    """An opinion for the opinion document (审议意见), from a phone or the clerk."""

    item: int
    member: MemberNo
    text: str
    recorded_by: str = ""
    """The office that has entered it in his place, `chair` or `clerk`; empty: it came from his own phone."""
