"""The slides that a hall screen can show: what is on each, as data.  How they look is `static/hall/slide.js`'s affair.

Pure.  A slide is the whole picture, never a change to one; a phone shows the same slide in its own way.  Here are those
of the sitting as such; `slides_of_people` and `slides_of_votes` have the others.  Nothing here knows what a sitting is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, ClassVar

from display.slide_parts import NOTHING, Choice, Countdown, Head, Inquiry, Place, Strip, Words
from display.slides_of_items import Figure, Figures, Reading
from display.slides_of_materials import Material
from display.slides_of_people import Certificate, Nominee, Oath, Pledge, Publicity
from display.slides_of_votes import Advice, Advising, Asking, Result, Summary, SummaryLine

__all__ = [
    "NOTHING",
    "Advice",
    "Advising",
    "Agenda",
    "AgendaLine",
    "Asking",
    "Blank",
    "Business",
    "Certificate",
    "Choice",
    "Countdown",
    "Disposal",
    "Figure",
    "Figures",
    "Group",
    "Groups",
    "Head",
    "Inquiry",
    "Material",
    "Nominee",
    "Oath",
    "Place",
    "Pledge",
    "Publicity",
    "Reading",
    "Result",
    "RollCall",
    "Slate",
    "Slide",
    "Strip",
    "Summary",
    "SummaryLine",
    "Withheld",
    "Words",
    "as_json",
]


@dataclass(frozen=True, slots=True)
class Slate:
    """After the sitting, and whenever there is nothing else to show: who meets, where, when."""

    kind: ClassVar[str] = "slate"
    title: Words
    subtitle: Words
    venue: Words
    closed: bool = False
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class Blank:
    """The emblem and the name of the body: nothing is shown on purpose."""

    kind: ClassVar[str] = "blank"
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class RollCall:
    """Members gather: how many are here, and how to come in."""

    kind: ClassVar[str] = "roll_call"
    due: int
    present: int
    on_leave: int
    needed: int
    sentence: Words
    absent: int = 0
    venue: Words = field(default_factory=lambda: NOTHING)
    begins: str = ""
    """Planned time of day, `HH:MM`."""
    others: Words = field(default_factory=lambda: NOTHING)
    """How many are here without a vote."""
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class AgendaLine:
    number: int
    title: Words
    mark: str
    """`done`, `now`, `ahead`, or what came of it: `carried`, `not_carried`."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """The day's items and how far they are."""

    kind: ClassVar[str] = "agenda"
    step: str
    number: int
    """Of the current item."""
    title: Words
    items: tuple[AgendaLine, ...]
    detail: Words = field(default_factory=lambda: NOTHING)
    timer: Countdown | None = None
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class Business:
    """An item at a step without a form of its own: report, inquiry, deliberation, remarks, recess."""

    kind: ClassVar[str] = "business"
    step: str
    number: int
    title: Words
    detail: Words
    timer: Countdown | None = None
    notice: Words | None = None
    speaker: str = ""
    role: Words = field(default_factory=lambda: NOTHING)
    """The speaker's office."""
    attached: tuple[Words, ...] = ()
    """What lies before the members: survey report, pictures, the topic that was assigned."""
    earlier: tuple[Words, ...] = ()
    """The last evaluation that this one repeats, and what is open of it."""
    limit_s: int | None = None
    question: tuple[str, str] | None = None
    """Who asks, and what."""
    asker: Words = field(default_factory=lambda: NOTHING)
    """His title, where he is on the roll."""
    inquiry: Inquiry | None = None
    waiting: tuple[tuple[str, str], ...] = ()
    """The questions after this one."""
    requests: tuple[str, ...] = ()
    """Who has asked to speak, first come first."""
    strip: Strip | None = None
    """Of an evaluation."""
    place: Place | None = None
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class Group:
    number: int
    convener: str
    members: tuple[str, ...] = ()
    summary: str = ""
    """What its convener has reported."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Members deliberate in groups, or their conveners report."""

    kind: ClassVar[str] = "groups"
    step: str
    number: int
    title: Words
    groups: tuple[Group, ...]
    timer: Countdown | None = None
    place: Place | None = None
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class Disposal:
    """A matter has ended without a vote: deferred, terminated, withdrawn or returned."""

    kind: ClassVar[str] = "disposal"
    outcome: str
    title: Words
    notice: Words
    place: Place | None = None
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class Withheld:
    """For the public: something goes on that is not public yet (PROCEDURE.md R47)."""

    kind: ClassVar[str] = "withheld"
    sentence: Words = field(default_factory=lambda: NOTHING)
    head: Head = field(default_factory=Head)


Slide = (
    Slate
    | Blank
    | RollCall
    | Agenda
    | Business
    | Reading
    | Figures
    | Groups
    | Nominee
    | Pledge
    | Certificate
    | Oath
    | Disposal
    | Material
    | Asking
    | Result
    | Summary
    | Withheld
)


def as_json(slide: Slide) -> dict[str, Any]:
    """The slide as a JSON object with its `kind`."""
    return {"kind": slide.kind, **{f.name: _plain(getattr(slide, f.name)) for f in fields(slide)}}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value
