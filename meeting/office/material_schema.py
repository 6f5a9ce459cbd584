"""The YAML form of what is put before the members with an item or with the whole sitting (`materials`).

`kind` says what a material is and nothing else follows from it: `survey` and `inspection` are reports with or without
numbered proposals, `plan` is a survey's time limit, scope and contents, `review` the review report on written duty
reports, `written_report` the text behind an oral one, `rules` a rule document that may be quoted, `topics` collected
questions with where they came from.  Pictures and the video are files beside the sitting file.

A report item's older keys stay: `survey_report_zh` is a material of kind `survey` of which only the title is known;
`media` announces which kinds of media a report brings along, and shows nothing by itself.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from meeting.office.form_types import Day, Form, Line, Prose

Kind = Literal[
    "report", "survey", "inspection", "plan", "review", "written_report", "rules", "topics", "other"
]


class MaterialForm(Form):
    title_zh: Line
    title_en: Line | None = None
    kind: Kind
    sent: Day | None = None
    """Left out: it went out with everything else (`materials_sent`)."""
    text_zh: Annotated[list[Prose], Field(max_length=400)] = Field(default_factory=list)
    """Paragraphs."""
    text_en: list[Prose] | None = None
    proposals_zh: Annotated[list[Prose], Field(max_length=99)] = Field(default_factory=list)
    """Numbered by their order."""
    proposals_en: list[Prose] | None = None
    picture: Line | None = None
    slides: Annotated[list[Line], Field(max_length=99)] = Field(default_factory=list)
    """Pictures that are shown one after the other."""
    video: Line | None = None
