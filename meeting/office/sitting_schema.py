"""The YAML form of a sitting file: which keys there are and what may stand in them.

Checked by pydantic, strictly: no text is taken for a number, no number for a date.  What one part says about another
(names, sums, order) is not checked here but in `plan_check` and `script_check`.  The items of the agenda are in
`item_schema`, the rules in `rules_schema`, the parts that only a rehearsal plays in `script_schema`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from meeting.office.form_types import Count, Day, Form, Line, Name, Number, SittingIdText, VoterClass
from meeting.office.material_schema import MaterialForm
from meeting.office.rules_schema import RulesForm

# --- the assembly and its people -------------------------------------------------------------------------------


class PlaceForm(Form):
    province: Line | None = None
    city: Line | None = None
    county: Line | None = None
    township: Line | None = None


class AssemblyForm(Form):
    id: SittingIdText
    body_zh: Line
    body_en: Line | None = None
    parent: PlaceForm | None = None
    meeting_zh: Line
    meeting_en: Line | None = None
    session_type: Literal["regular", "special", "special_evaluation"] | None = None
    """Shown beside the meeting: 例会, 临时会议, 专题评议会议."""
    date: Day
    venue_zh: Line
    venue_en: Line | None = None
    signed_notice_date: Day | None = None
    materials_sent: Day | None = None
    motions_deadline: Day | None = None
    presider: Name | None = None
    """Who presides where the chair has asked a vice-chair to; the chair can hand over on the day, too."""
    rules: RulesForm


class MemberForm(Form):
    num: Number
    name: Name
    role: Literal["chair", "vice_chair", "member"]
    role_zh: Line
    role_en: Line | None = None
    group: Number | None = None


class OfficialForm(Form):
    name: Name
    title_zh: Line
    title_en: Line | None = None


class AttendeesForm(Form):
    """One attendee by `name`, or `count` of them."""

    count: Count | None = None
    name: Name | None = None
    kind_zh: Line
    kind_en: Line | None = None
    evaluator_class: VoterClass | None = None
    group: Number | None = None
    names: list[Name] = Field(default_factory=list)
    """Left out: they are called by their kind and a number."""

    @property
    def called(self) -> list[str]:
        """The names that the file gives."""
        return [*([self.name] if self.name else []), *self.names]

    @property
    def size(self) -> int:
        return len(self.called) if self.count is None else self.count


class GalleryForm(Form):
    count: Count
    kind_zh: Line
    kind_en: Line | None = None
    may_speak: Literal[False] = False
    may_vote: Literal[False] = False
    written_comments: bool = False


class Outline(Form):
    """The whole file, its larger parts still unread: they are checked one by one, so that one bad part hides none."""

    assembly: dict[str, Any]
    members: Annotated[list[Any], Field(min_length=1)]
    officials: dict[str, OfficialForm] = Field(default_factory=dict)
    non_voting_attendees: list[AttendeesForm] = Field(default_factory=list)
    gallery: GalleryForm | None = None
    materials: list[MaterialForm] = Field(default_factory=list)
    """Of the whole sitting, e.g. rule documents."""
    attendance_events: list[Any] = Field(default_factory=list)
    agenda: Annotated[list[Any], Field(min_length=1)]
