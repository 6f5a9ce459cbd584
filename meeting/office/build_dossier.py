"""From the forms of a motion's record to the record.  It checks nothing: what does not fit has been refused before."""

from __future__ import annotations

from meeting.office.dossier_schema import AuditForm, ReviewedForm, ReviewForm
from meeting.office.matter_schema import NomineeForm
from meeting.order.dossier import Audit, Dossier, Eligibility, PledgeMode, Review
from meeting.order.text import Text


def dossier(form: ReviewedForm) -> Dossier:
    review = _review(form.initial_review)
    if not isinstance(form, NomineeForm):
        return Dossier(review=review)
    found, notice = form.eligibility, form.publicity
    return Dossier(
        review=review,
        eligibility=Eligibility()
        if found is None
        else Eligibility(found.time, found.qualification, found.documents),
        syllabus=tuple(form.syllabus_zh),
        audit=_audit(form.audit),
        educated=form.education,
        cosigners=tuple(form.cosigners),
        pledge_mode=PledgeMode(form.pledge_mode),
        verification="" if notice is None else notice.verification_zh or "",
        chair_note="" if notice is None else notice.note_zh or "",
    )


def _review(form: ReviewForm | None) -> Review | None:
    return None if form is None else Review(form.passed, form.date)


def _audit(form: AuditForm | None) -> Audit | None:
    if form is None:
        return None
    return Audit(
        Text(form.note_zh or "", form.note_en or ""), Text(form.report_zh or "", form.report_en or "")
    )
