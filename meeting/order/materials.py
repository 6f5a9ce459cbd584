"""What is put before the members with an item, or with the sitting as a whole (会议材料).

Immutable and pure: the sitting file's own texts and the names of the files that lie with it, never decided upon here.
Which pages a material has on the hall screen is `material_pages`; whether it may be shown is `showing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meeting.order.text import Text

DAYS_BEFORE = 7
"""Where the rules name no number: a week (PROCEDURE.md row 22)."""


class MaterialKind(StrEnum):
    REPORT = "report"
    SURVEY = "survey"
    """调研报告: a survey report."""
    INSPECTION = "inspection"
    """视察报告, with numbered proposals."""
    PLAN = "plan"
    """A plan of a survey or inspection: its time limit, scope and contents."""
    REVIEW = "review"
    """审查报告 on written duty reports."""
    WRITTEN_REPORT = "written_report"
    """The written report behind one that is given orally."""
    RULES = "rules"
    """A rule document that may be quoted: 工作方案, 暂行办法."""
    TOPICS = "topics"
    """Questions that were collected, with where they came from."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A picture or a video: which bytes, what they are, and under which name they are served."""

    sha256: str
    """Of the file, in hexadecimal."""
    media_type: str
    token: str = ""
    """Drawn when the sitting is loaded, so that nobody finds it by knowing it; empty before."""


@dataclass(frozen=True, slots=True)
class Material:
    title: Text
    kind: MaterialKind = MaterialKind.OTHER
    sent: date | None = None
    text: tuple[Text, ...] = ()
    """Paragraph by paragraph."""
    proposals: tuple[Text, ...] = ()
    """建议, numbered from 1."""
    picture: Enclosure | None = None
    slides: tuple[Enclosure, ...] = ()
    video: Enclosure | None = None
    token: str = ""
    """The name under which phones read it; empty while the sitting is not loaded, or where there is nothing to read."""

    @property
    def pictures(self) -> tuple[Enclosure, ...]:
        return (*((self.picture,) if self.picture is not None else ()), *self.slides)

    @property
    def enclosures(self) -> tuple[Enclosure, ...]:
        return (*self.pictures, *((self.video,) if self.video is not None else ()))


@dataclass(frozen=True, slots=True)
class Sent:
    """How long before the sitting something went out, and whether that was later than it should."""

    days: int
    wanted: int

    @property
    def late(self) -> bool:
        return self.days < self.wanted


def sent_before(days: int, wanted: int | None) -> Sent:
    """`wanted` days are asked for by the rules of the sitting; None: a week."""
    return Sent(days, DAYS_BEFORE if wanted is None else wanted)


@dataclass(frozen=True, slots=True)
class Showing:
    """The material that stands on the hall screen: of an item, or of the whole sitting where `item` is None."""

    item: int | None
    number: int
    """From 1."""
    page: int = 1
    started_at: int | None = None
    """Of its video, ms since 1970: it runs since then; None: it stands."""
    played_ms: int = 0
    """Of the video, before it was started last."""
