"""What an item is about beside its steps: who reports, who is evaluated, what is asked, what follows.

Immutable and pure; the sitting file's own facts, shown on the day and never decided upon here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

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


class Source(StrEnum):
    """Who asks, as the label beside a question says (PROCEDURE.md row 110)."""

    MEMBER = "member"
    PLANNED = "planned"
    SPONTANEOUS = "spontaneous"
    DEPUTY = "deputy"
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


@dataclass(frozen=True, slots=True)
class Earlier:
    """The evaluation that this one repeats, in an earlier sitting ("回头看")."""

    sitting: str
    item: int
    grade: str


@dataclass(frozen=True, slots=True)
class AutoListed:
    """On next year's list without a vote, beside those selected."""

    unit: Text
    reason: Text


@dataclass(frozen=True, slots=True)
class Particulars:
    report: Report | None = None
    survey: Text = field(default_factory=lambda: Text(""))
    """The survey report attached (调研报告)."""
    media: tuple[str, ...] = ()
    respondents: tuple[str, ...] = ()
    questions: tuple[PlannedQuestion, ...] = ()
    subject: Subject | None = None
    groups: tuple[Group, ...] = ()
    oath: Oath | None = None
    follow_up: tuple[FollowUpPlan, ...] = ()
    earlier: Earlier | None = None
    auto_listed: AutoListed | None = None
    outputs: tuple[Text, ...] = ()
    moved_by: str = ""
