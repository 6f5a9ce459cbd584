"""What an item is about beside its steps: who reports, who is evaluated, what is asked, what follows.

Immutable and pure; the sitting file's own facts, shown on the day and never decided upon here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from meeting.order.materials import Material
from meeting.order.supervision import InquiryCommittee, Interpellation, ProposalFigures
from meeting.order.text import Text


@dataclass(frozen=True, slots=True)
class Report:
    by: str
    title: Text
    minutes: int | None = None
    sent_days_before: int | None = None


class SubjectKind(StrEnum):
    UNIT = "unit"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an evaluation is about: a unit (`name`) with its head, or an officer with his post."""

    kind: SubjectKind
    name: Text
    head: str = ""
    post: Text = field(default_factory=lambda: Text(""))
    topic: Text = field(default_factory=lambda: Text(""))
    """Assigned for the duty report (点题述职)."""
    case: str = ""
    """The case for which a judge or procurator is evaluated.  For the console alone: it is confidential."""


class Source(StrEnum):
    """Who asks, as the label beside a question says (PROCEDURE.md row 110)."""

    MEMBER = "member"
    PLANNED = "planned"
    SPONTANEOUS = "spontaneous"
    DEPUTY = "deputy"
    ATTENDEE = "attendee"
    """Whoever attends without a vote and is no deputy: the head of an organ, a department, a court."""
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    by: str
    source: Source
    text: Text
    follow_up: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class Group:
    """A group of members for deliberation, with its convener (召集人)."""

    number: int
    convener: str


class OathForm(StrEnum):
    SINGLE = "individual"
    COLLECTIVE = "collective"


@dataclass(frozen=True, slots=True)
class Oath:
    """宪法宣誓 (宣誓决定 8): one alone, or together after a leader."""

    form: OathForm
    leader: str
    takers: tuple[str, ...]
    anthem_first: bool = True
    presider: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpPlan:
    """A task that the item's outcome gives rise to; its deadline counts from the day of the sitting."""

    task: Text
    due_days: int | None = None
    due_months: int | None = None
    approved_by: str = ""
    kind: str = ""
    """`opinion`, `report`, `again`, `listed` or `audit`, where it stands for such a task of the rules; else empty."""
    deputies: tuple[str, ...] = ()
    """Who follows it up as invited (row 177)."""
    grade: str = ""
    """Only where the evaluation ends with this grade; empty: whatever the grade is, or where none is asked for."""


@dataclass(frozen=True, slots=True)
class OpenTask:
    what: Text
    due: date | None = None


@dataclass(frozen=True, slots=True)
class EarlierFound:
    """Taken from the earlier sitting's journal and tasks once, at loading; later changes there do not reach here."""

    meeting: Text
    grade: str
    tasks: tuple[OpenTask, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """The evaluation that this one repeats, in an earlier sitting ("回头看")."""

    sitting: str
    item: int
    grade: str
    meeting: Text = field(default_factory=lambda: Text(""))
    """What that sitting was called, as the file has it."""
    tasks: tuple[Text, ...] = ()
    """What is still open of it, as the file has it."""
    found: EarlierFound | None = None
    """What the database knew of that sitting when this one was loaded; it goes before the file's own."""


@dataclass(frozen=True, slots=True)
class AutoListed:
    """On next year's list without a vote, beside those selected."""

    unit: Text
    reason: Text
    item: int | None = None
    """The evaluation of the day that it is listed for, should that fail; None: the one of the unit itself."""


@dataclass(frozen=True, slots=True)
class Particulars:
    report: Report | None = None
    survey: Text = field(default_factory=lambda: Text(""))
    """The survey report attached (调研报告)."""
    media: tuple[str, ...] = ()
    """Kinds of media that the report announces; the files themselves are `materials`."""
    materials: tuple[Material, ...] = ()
    respondents: tuple[str, ...] = ()
    questions: tuple[PlannedQuestion, ...] = ()
    subject: Subject | None = None
    groups: tuple[Group, ...] = ()
    oath: Oath | None = None
    follow_up: tuple[FollowUpPlan, ...] = ()
    earlier: Earlier | None = None
    auto_listed: AutoListed | None = None
    proposals: ProposalFigures | None = None
    interpellation: Interpellation | None = None
    inquiry: InquiryCommittee | None = None
    outputs: tuple[Text, ...] = ()
    """The papers that the item leaves."""
    note: str = ""
    """The office's word to the chair."""
    announcement: Text = field(default_factory=lambda: Text(""))
    """What the office has written for the chair to say; our own sentence has the figures of the moment."""
    report_to_congress: bool = False
    """What became of it is reported to the next congress (row 38)."""
    moved_by: str = ""
