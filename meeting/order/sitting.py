"""The sitting as it is planned: body, rules, members, matters and agenda, as the sitting file gives them.

Immutable and pure.  What has happened so far is `meeting.order.state`; how a rehearsal plays the day is
`meeting.office.script`.  Nothing here may know of files, sockets or clocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NewType

from meeting.order.asking import MEMBER_CLASS, VotePlan
from meeting.order.asking import Base as Base
from meeting.order.asking import Visibility as Visibility
from meeting.order.dossier import Dossier
from meeting.order.materials import Material
from meeting.order.particulars import Particulars
from meeting.order.rules import Rules as Rules
from meeting.order.text import Text as Text

SittingId = NewType("SittingId", str)
"""`[a-z0-9-]{1,32}`."""
MatterId = NewType("MatterId", str)
"""As the file writes it, e.g. `N1`; unique in a sitting without regard to case."""
MemberNo = NewType("MemberNo", int)
"""A member's number on the roll, from 1."""


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


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody without a vote on motions (列席); of an evaluator class, he is asked for an advisory vote."""

    number: MemberNo
    """Follows the members' numbers: a number stands for one person in the whole sitting."""
    name: str
    kind: Text
    voter_class: str = ""
    """Empty: he may speak, and gets no paper at all."""
    group: int | None = None
    gallery: bool = False
    """He sits in the public gallery (旁听): neither voice nor paper (PROCEDURE.md R11)."""


class MatterKind(StrEnum):
    APPOINTMENT = "appointment"
    ACTING = "acting"
    """决定代理."""
    REMOVAL = "removal"
    DISMISSAL = "dismissal"
    RESIGNATION = "resignation"
    RECALL = "recall"
    RESOLUTION = "resolution"


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
    text: tuple[Text, ...] = ()
    """What is read out of the motion (宣读议案); empty: its title is all there is."""
    bloc: tuple[MatterId, ...] = ()
    """The matters that are put to one vote together (合并表决); this one stands for them."""
    persons: tuple[str, ...] = ()
    """Everybody whom a batch names (任命人民陪审员13人); empty: `person` alone."""
    filed_on: date | None = None
    vetted: bool | None = None
    """Whether the vetting before the motion is done (任前综合考察); None: the file says nothing of it."""
    not_carried_before: int = 0
    """How often this term the same appointment was not carried (PROCEDURE.md R45)."""
    certificate: str = ""
    """Number of the certificate (任命书) that is handed over when it is carried."""
    dossier: Dossier = field(default_factory=Dossier)

    @property
    def is_nomination(self) -> bool:
        return self.kind in {MatterKind.APPOINTMENT, MatterKind.ACTING}


class StepKind(StrEnum):
    """The small set of steps that every item is made of (DESIGN.md 3)."""

    ROLL_CALL = "roll_call"
    READING = "reading"
    """A motion is read out, its text on the screen (宣读议案)."""
    STATEMENT = "statement"
    REPLY = "reply"
    """The organ that an interpellation is addressed to answers; its movers say whether they are satisfied."""
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
    defence: bool = False
    """This statement is the person's own in defence (申辩, 监督法 62)."""


class ItemKind(StrEnum):
    ROLL_CALL = "roll_call"
    PUBLIC_VOTE = "public_vote"
    REPORT_WITH_SPECIAL_INQUIRY = "report_with_special_inquiry"
    WORK_EVALUATION = "work_evaluation"
    PERFORMANCE_EVALUATION = "performance_evaluation"
    NOMINATIONS = "nominations"
    DELIBERATION = "deliberation"
    SECRET_VOTES = "secret_votes"
    DEPUTIES_PROPOSALS = "deputies_proposals"
    INTERPELLATION = "interpellation"
    INQUIRY_COMMITTEE = "inquiry_committee"
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
    counters: tuple[str, ...] = ()
    """计票人: staff who count beside them, by name; they confirm nothing."""

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
    particulars: Particulars = field(default_factory=Particulars)


@dataclass(frozen=True)
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
    attendees: tuple[Attendee, ...] = ()
    """Those who are asked for advisory votes, then the others; the numbers run in this order."""
    gallery: tuple[Attendee, ...] = ()
    written_comments: bool = False
    """The gallery may say what it thinks of an item in writing."""
    presider: MemberNo | None = None
    """Who presides from the beginning, where that is not the chair (PROCEDURE.md R3)."""
    materials_sent: date | None = None
    motions_deadline: date | None = None
    session_type: Text = field(default_factory=lambda: Text(""))
    """What kind of sitting it is, e.g. 专题评议会议; empty: the file says nothing of it."""
    materials: tuple[Material, ...] = ()
    """What lies before the members with the whole sitting, e.g. rule documents."""
    summoned: date | None = None
    """The day on which the notice of this sitting was signed."""

    @cached_property
    def everybody(self) -> tuple[Member | Attendee, ...]:
        return (*self.members, *self.attendees, *self.gallery)

    @cached_property
    def _by_number(self) -> Mapping[MemberNo, Member | Attendee]:
        """Views of three thousand members ask for each of them by his number."""
        return {one.number: one for one in self.everybody}

    def people(self, voter_class: str = MEMBER_CLASS) -> tuple[Member | Attendee, ...]:
        """Everybody of a voter class, in the order of the roll."""
        if voter_class == MEMBER_CLASS:
            return self.members
        return tuple(one for one in self.attendees if one.voter_class == voter_class)

    def person(self, number: MemberNo) -> Member | Attendee:
        """Raises KeyError for a number that nobody has."""
        return self._by_number[number]

    def name_of(self, number: MemberNo) -> str:
        """Raises KeyError for a number that nobody has."""
        return self.person(number).name

    def in_gallery(self, number: MemberNo) -> bool:
        """Raises KeyError for a number that nobody has."""
        one = self.person(number)
        return isinstance(one, Attendee) and one.gallery

    def class_of(self, number: MemberNo) -> str:
        """The voter class of whoever it is; empty where he is asked nothing.  Raises KeyError for nobody's number."""
        one = self.person(number)
        return one.voter_class if isinstance(one, Attendee) else MEMBER_CLASS

    def member(self, number: MemberNo) -> Member:
        """Raises KeyError for a number that is not on the roll of members."""
        one = self.person(number)
        if isinstance(one, Attendee):
            raise KeyError(number)
        return one

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
