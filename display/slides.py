"""The slides that a hall screen can show: what is on each, as data.  How they look is `static/hall/slide.js`'s affair.

Pure.  A slide is the whole picture, never a change to one; a phone shows the same slide in its own way.  A text is a
`Words`: both languages, already worded.  Nothing here knows what a sitting is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, ClassVar, TypedDict


class Words(TypedDict):
    """One text in both languages; `en` is never empty (it repeats `zh` where there is no English)."""

    zh: str
    en: str


NOTHING = Words(zh="", en="")


@dataclass(frozen=True, slots=True)
class Head:
    """The line over every slide: who sits, and when."""

    body: Words = field(default_factory=lambda: NOTHING)
    meeting: Words = field(default_factory=lambda: NOTHING)
    on: str = ""
    """Day of the sitting, `YYYY-MM-DD`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the agenda: the item's number, and which of its matters (`nth` of `of`) where it has several."""

    number: int
    nth: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Countdown:
    """A running timer has `ends_at` (ms since 1970, UTC), a stopped one `remaining_ms`."""

    ends_at: int | None
    remaining_ms: int | None


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
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class AgendaLine:
    number: int
    title: Words
    mark: str
    """`done`, `now`, `ahead`, or what came of it: `carried`, `not_carried`, `not_held`."""


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
    """An item at a step without a form of its own: report, inquiry, ceremony, remarks, recess."""

    kind: ClassVar[str] = "business"
    step: str
    number: int
    title: Words
    detail: Words
    timer: Countdown | None = None
    notice: Words | None = None
    speaker: str = ""
    limit_s: int | None = None
    question: tuple[str, str] | None = None
    """Who asks, and what."""
    asker: Words = field(default_factory=lambda: NOTHING)
    """His title, where he is on the roll."""
    waiting: tuple[tuple[str, str], ...] = ()
    """The questions after this one."""
    place: Place | None = None
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class Publicity:
    days: int
    objections: int


@dataclass(frozen=True, slots=True)
class Nominee:
    """A nominee is introduced, deliberated on, or members put questions."""

    kind: ClassVar[str] = "nominee"
    step: str
    name: str
    post: Words
    profile: tuple[tuple[str, str], ...]
    exam: int | None
    """Score of the last law examination."""
    question: tuple[str, str] | None = None
    """Who asks, and what."""
    timer: Countdown | None = None
    notice: Words | None = None
    passed: bool | None = None
    publicity: Publicity | None = None
    proposer: str = ""
    verb: str = ""
    asker: Words = field(default_factory=lambda: NOTHING)
    waiting: tuple[tuple[str, str], ...] = ()
    limit_s: int | None = None
    photo: str = ""
    """The path of the nominee's picture; empty: a silhouette."""
    place: Place | None = None
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class Pledge:
    kind: ClassVar[str] = "pledge"
    name: str
    post: Words
    text: tuple[tuple[str, str], ...]
    attempt: int
    timer: Countdown | None = None
    notice: Words | None = None
    limit_s: int | None = None
    place: Place | None = None
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class Disposal:
    """A matter has ended without a vote: deferred, terminated or withdrawn."""

    kind: ClassVar[str] = "disposal"
    outcome: str
    title: Words
    notice: Words
    place: Place | None = None
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class Asking:
    """A poll from its preparation to its counting.  Counts only: no split exists yet."""

    kind: ClassVar[str] = "asking"
    stage: str
    """`prepared`, `open`, `held`, `closing` or `void`."""
    title: Words
    visibility: str
    needed: int
    entitled: int
    issued: int
    returned: int
    code: str
    """The ballot's code: the same on every phone (BALLOT.md 1); empty while it is not known."""
    timer: Countdown | None = None
    notice: Words | None = None
    all_members: int = 0
    present: int = 0
    recused: int = 0
    base: str = "all_members"
    """What `needed` is more than half of: `all_members` or `present`."""
    again: bool = False
    """The vote on this matter was void and is held again."""
    place: Place | None = None
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class NotHeld:
    """A vote that this release cannot hold; said plainly."""

    kind: ClassVar[str] = "not_held"
    number: int
    title: Words
    sentence: Words
    place: Place | None = None
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class Result:
    kind: ClassVar[str] = "result"
    title: Words
    outcome: str
    counts: Mapping[str, int]
    not_returned: int
    needed: int
    all_members: int
    sentences: tuple[Words, ...]
    code: str
    checked: int | None
    """Phones that have found their line in the public list; None while the window runs or for an open vote."""
    visibility: str = "secret"
    present: int = 0
    recused: int = 0
    issued: int = 0
    returned: int = 0
    valid: int = 0
    invalid: int = 0
    base: str = "all_members"
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
    | Nominee
    | Pledge
    | Disposal
    | Asking
    | NotHeld
    | Result
    | Withheld
)


def as_json(slide: Slide) -> dict[str, Any]:
    """The slide as a JSON object with its `kind`."""
    return {"kind": slide.kind, **{f.name: _plain(getattr(slide, f.name)) for f in fields(slide)}}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value
