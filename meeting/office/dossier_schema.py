"""The YAML form of what stands on the record of a motion before the day: review, eligibility, audit, co-signers.

Only the form; what must fit the rest of the file is in `dossier_check`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from meeting.office.form_types import Day, Form, Line, Name


class ReviewForm(Form):
    """初审: what the chairs' meeting found."""

    passed: bool
    date: Day | None = None


class ReviewedForm(Form):
    """What every motion may have on its record."""

    initial_review: ReviewForm | None = None


class EligibilityForm(Form):
    """任职时间关、任职资格关、文字材料关; left out or null: nothing is said of it."""

    time: bool | None = None
    qualification: bool | None = None
    documents: bool | None = None


class AuditForm(Form):
    note_zh: Line | None = None
    note_en: Line | None = None
    report_zh: Line | None = None
    """Title of the audit report."""
    report_en: Line | None = None


class DossierForm(Form):
    """What a nominee may have on the record, beside examination and public notice."""

    eligibility: EligibilityForm | None = None
    syllabus_zh: list[Line] = Field(default_factory=list)
    audit: AuditForm | None = None
    education: bool | None = None
    """Whether the education before appointment is done (任前教育)."""
    cosigners: list[Name] = Field(default_factory=list)
    """Members who have signed the nomination beside whoever moves it."""
    pledge_mode: Literal["oral", "written"] = "oral"
