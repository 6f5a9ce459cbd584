"""The YAML form of what is decided: matters of every kind, whether a person's, a resolution's or several in one vote.

Only the form; what must fit the rest of the file is in `matter_check`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from meeting.office.dossier_schema import DossierForm, ReviewedForm
from meeting.office.form_types import (
    Count,
    Day,
    Form,
    Line,
    MatterIdText,
    Name,
    Prose,
)
from meeting.office.script_schema import AnswerForm, DispositionForm, PledgeAttemptForm


class ExamForm(Form):
    date: Day
    score: Annotated[int, Field(ge=0, le=1000)]
    passed: bool
    makeup: bool = False
    paper_zh: Line | None = None


class PublicityForm(Form):
    begin: Annotated[Day, Field(alias="from")]
    end: Annotated[Day, Field(alias="to")]
    objections: Count = 0
    verification_zh: Prose | None = None
    """What became of the objections; like the note, for the chair alone."""
    note_zh: Prose | None = None


class VettingForm(Form):
    """The vetting before the motion (任前综合考察)."""

    done: bool
    note_zh: Line | None = None


class MotionForm(ReviewedForm):
    """Read out (宣读议案) where it is introduced: if its text is given, or the file or the rules say so."""

    read_out: bool | None = None
    text_zh: list[Prose] = Field(default_factory=list)
    text_en: list[Prose] = Field(default_factory=list)


class PersonForm(MotionForm):
    """A matter about one person (`name`), or about several who are named together (`persons`)."""

    id: MatterIdText
    name: Name | None = None
    persons: list[Name] = Field(default_factory=list)
    """A batch, e.g. of lay judges: one matter, one vote."""
    post_zh: Line
    post_en: Line | None = None
    verb: Name | None = None
    filed_on: Day | None = None

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(self.persons) if self.name is None else (self.name,)


class NomineeForm(PersonForm, DossierForm):
    """Somebody who is presented to the assembly before it votes on him."""

    kind: Literal["appointment", "acting"] = "appointment"
    nominated_by: Line
    presented_by: Line
    exam: list[ExamForm] = Field(default_factory=list)
    publicity: PublicityForm | None = None
    vetting: VettingForm | None = None
    not_carried_before: Count = 0
    """How often this term the same appointment was not carried (重庆任免 21)."""
    photo: Line | None = None
    """A picture file, from the folder of the sitting file on (`photos`)."""
    profile_zh: dict[Line, Prose] = Field(default_factory=dict)
    pledge_zh: dict[Line, Prose] = Field(default_factory=dict)
    pledge_attempts: list[PledgeAttemptForm] = Field(default_factory=list)
    qa: list[AnswerForm] = Field(default_factory=list)
    disposition: DispositionForm | None = None


class PersonnelForm(PersonForm):
    """A personnel matter without a presentation; a dismissal is never one (监督法 62)."""

    kind: Literal["appointment", "acting", "removal", "resignation", "recall"]
    moved_by: Line | None = None


class ResolutionForm(MotionForm):
    id: MatterIdText
    kind: Literal["resolution"]
    title_zh: Line
    title_en: Line | None = None
    moved_by: Line | None = None
    filed_on: Day | None = None


class BlocForm(MotionForm):
    """Several matters that are put to one vote together (合并表决)."""

    id: MatterIdText
    kind: Literal["bloc"]
    title_zh: Line
    title_en: Line | None = None
    matters: Annotated[list[MatterIdText], Field(min_length=2)]


AnyMatterForm = Annotated[PersonnelForm | ResolutionForm | BlocForm, Field(discriminator="kind")]


class DismissalMatterForm(PersonForm):
    kind: Literal["dismissal"]


MatterForm = NomineeForm | PersonnelForm | ResolutionForm | BlocForm | DismissalMatterForm
