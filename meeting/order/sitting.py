"""The sitting as it is planned: body, rules, members, matters and agenda, as the sitting file gives them.

Immutable and pure.  What has happened so far is `meeting.order.state`; how a rehearsal plays the day is
`meeting.office.script`.  Nothing here may know of files, sockets or clocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal, NewType

SittingId = NewType("SittingId", str)
"""`[a-z0-9-]{1,32}`."""
MatterId = NewType("MatterId", str)
"""As the file writes it, e.g. `N1`; unique in a sitting without regard to case."""
MemberNo = NewType("MemberNo", int)
"""A member's number on the roll, from 1."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages; `en` is empty where the file gives none, and then `zh` is shown."""

    zh: str
    en: str = ""


class Base(StrEnum):
    """What a share is taken of (COUNTING.md 1)."""

    ALL_MEMBERS = "all_members"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of this sitting.  Times in seconds.  Defaults are those of a county standing committee."""

    total_members: int
    """Base of every majority: all members, whoever is present (组织法 51)."""
    quorum_base: Base = Base.ALL_MEMBERS
    majority_base: Base = Base.ALL_MEMBERS
    exam_pass_mark: int | None = 80
    """Law examination before appointment; None: no examination is asked for."""
    speech_limit_s: int = 600
    pledge_limit_s: int = 300
    question_limit_s: int = 180
    answer_limit_s: int = 300
    ballot_timer_s: int | None = 60
    not_pressed_label: str = ""
    """How ballots not returned are called when the result is declared; empty: they are not mentioned (R28)."""
    plain_http: bool = False
    """Secret ballots without TLS: only in a rehearsal or where the assembly has said so (BALLOT.md 6)."""
    fewest_secret_voters: int = 5
    """A secret ballot with fewer on its roll is refused."""
    hand_back_s: int = 60
    """How long phones may hand back unused credentials after a result, and then how long they may confirm."""

    @property
    def quorum(self) -> int:
        """Members that must be present: more than half of all (组织法 51)."""
        return self.total_members // 2 + 1


class Role(StrEnum):
    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Member:
    number: MemberNo
    name: str
    role: Role
    title: Text
    group: int | None = None


class MatterKind(StrEnum):
    APPOINTMENT = "appointment"
    REMOVAL = "removal"
    DISMISSAL = "dismissal"


@dataclass(frozen=True, slots=True)
class Exam:
    """One sitting of the law examination before appointment (PROCEDURE.md rows 39 to 45)."""

    on: date
    score: int
    passed: bool
    makeup: bool = False
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Publicity:
    """The public notice before appointment."""

    begin: date
    end: date
    objections: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A nominee's picture: which bytes, and under which name they are served."""

    sha256: str
    """Of the file, in hexadecimal."""
    token: str = ""
    """Drawn when the sitting is loaded, so that nobody finds the picture by knowing it; empty before."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A 事项 that is decided by itself: an appointment, a removal, the agenda.

    `person`, `post` and `verb` belong to personnel matters; `verb` is the legal verb, e.g. 决定任命 (组织法 50).
    """

    id: MatterId
    kind: MatterKind
    title: Text
    """What the paper asks, e.g. 决定任命方青松为白鹭县交通运输局局长."""
    person: str = ""
    post: Text = field(default_factory=lambda: Text(""))
    verb: str = ""
    proposer: str = ""
    presenter: str = ""
    exams: tuple[Exam, ...] = ()
    publicity: Publicity | None = None
    profile: tuple[tuple[str, str], ...] = ()
    pledge: tuple[tuple[str, str], ...] = ()
    """Headings and texts of the pledge speech, in order."""
    photo: Photo | None = None

    @property
    def is_nomination(self) -> bool:
        return self.kind is MatterKind.APPOINTMENT


class StepKind(StrEnum):
    """The small set of steps that every item is made of (DESIGN.md 3)."""

    ROLL_CALL = "roll_call"
    STATEMENT = "statement"
    INTRODUCTION = "introduction"
    PLEDGE = "pledge"
    QUESTIONS = "questions"
    DELIBERATION = "deliberation"
    VOTE = "vote"
    DECLARATION = "declaration"
    CERTIFICATES = "certificates"
    OATH = "oath"
    REMARKS = "remarks"
    RECESS = "recess"
    CLOSING = "closing"


class Visibility(StrEnum):
    SECRET = "secret"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class VotePlan:
    """How a vote step asks.  `question` names the kind of COUNTING.md 1; this release counts `motion`."""

    visibility: Visibility
    question: Literal["motion", "grade", "score", "election", "selection"] = "motion"
    held: bool = True
    """False where the vote itself could be counted but what goes before it is not built yet, e.g. a dismissal."""

    @property
    def can_be_held(self) -> bool:
        """Whether this release can hold the vote; if not, the console says so and the sitting goes on."""
        return self.held and self.question == "motion"


@dataclass(frozen=True, slots=True)
class Step:
    kind: StepKind
    matter: MatterId | None = None
    limit_s: int | None = None
    """Time allowed, for the timer; None: no timer."""
    vote: VotePlan | None = None
    """Set on vote steps only."""
    speaker: str = ""
    title: Text = field(default_factory=lambda: Text(""))


class ItemKind(StrEnum):
    ROLL_CALL = "roll_call"
    PUBLIC_VOTE = "public_vote"
    REPORT_WITH_SPECIAL_INQUIRY = "report_with_special_inquiry"
    WORK_EVALUATION = "work_evaluation"
    PERFORMANCE_EVALUATION = "performance_evaluation"
    NOMINATIONS = "nominations"
    DELIBERATION = "deliberation"
    SECRET_VOTES = "secret_votes"
    ELECTION = "election"
    SELECTION = "selection"
    DISMISSAL = "dismissal"
    CEREMONY = "ceremony"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Tellers:
    """Proposed in the file; they act once the assembly has approved them (选举法 43)."""

    chief: MemberNo
    others: tuple[MemberNo, ...]

    @property
    def all(self) -> frozenset[MemberNo]:
        return frozenset({self.chief, *self.others})


@dataclass(frozen=True, slots=True)
class Item:
    number: int
    kind: ItemKind
    title: Text
    start: str
    """Planned time of day, `HH:MM`."""
    steps: tuple[Step, ...]
    tellers: Tellers | None = None
    """The tellers that this item puts to the vote."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A checked sitting file: every name in it resolves, no number or id occurs twice."""

    id: SittingId
    body: Text
    meeting: Text
    on: date
    venue: Text
    rules: Rules
    members: tuple[Member, ...]
    matters: tuple[Matter, ...]
    items: tuple[Item, ...]

    def member(self, number: MemberNo) -> Member:
        """Raises KeyError for a number that is not on the roll."""
        for member in self.members:
            if member.number == number:
                return member
        raise KeyError(number)

    def matter(self, matter: MatterId) -> Matter:
        """Raises KeyError for an unknown id."""
        for one in self.matters:
            if one.id == matter:
                return one
        raise KeyError(matter)

    def item(self, number: int) -> Item:
        """Raises KeyError for a number that is not on the agenda."""
        for item in self.items:
            if item.number == number:
                return item
        raise KeyError(number)

    @property
    def chair(self) -> Member | None:
        return next((member for member in self.members if member.role is Role.CHAIR), None)

    def steps(self) -> Iterator[tuple[Item, int, Step]]:
        """Every step of the day in its order: item, index within the item, step."""
        for item in self.items:
            for index, step in enumerate(item.steps):
                yield item, index, step
