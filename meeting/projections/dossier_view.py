"""The record of a motion as screens are given it, and what of it is the chair's alone.  Pure.

`record` is for whoever is shown the nominee; everything else here goes to the console and to no other screen, ever.
"""

from __future__ import annotations

from collections.abc import Iterator

from display.slides_of_records import Attempt, Badge, Record
from meeting.order.dossier import Audit, Dossier
from meeting.order.pledge import by_text
from meeting.order.sentence import Sentence, sentence
from meeting.order.sitting import Item, Matter, StepKind, Text
from meeting.order.state import State
from meeting.projections.frame import View
from meeting.wording import say, words

_POINTS = ("time", "qualification", "documents")
"""The three points of 资格审查, in their order."""


def record(matter: Matter) -> Record:
    dossier = matter.dossier
    attempts = sorted(matter.exams, key=lambda exam: exam.on)
    return Record(
        attempts=tuple(
            Attempt(one.on.isoformat(), one.score, one.passed, one.makeup, one.paper) for one in attempts
        ),
        badges=tuple(_badges(dossier)),
        syllabus=dossier.syllabus,
        audit=words(_audit(dossier.audit)),
        signed=len(dossier.signed_by(matter.proposer)) if dossier.cosigners else 0,
    )


def _badges(dossier: Dossier) -> Iterator[Badge]:
    if dossier.review is not None:
        yield Badge(say("record.review"), dossier.review.passed)
    for name in _POINTS:
        met = getattr(dossier.eligibility, name)
        if met is not None:
            yield Badge(say(f"record.{name}"), met)
    if dossier.educated is not None:
        yield Badge(say("record.education"), dossier.educated)


def _audit(audit: Audit | None) -> Text | Sentence:
    """Note and title of the report, as far as the file has them."""
    if audit is None:
        return Text("")
    if audit.note.zh and audit.report.zh:
        return sentence("record.audit", note=audit.note, report=audit.report)
    return audit.note if audit.note.zh else audit.report


# --- the console ---


def for_console(matter: Matter) -> View:
    """Everything that is on the record, for the desk that leads; `chair` is for it alone."""
    dossier, review = matter.dossier, matter.dossier.review
    shown = record(matter)
    return {
        "attempts": [
            {
                "on": one.on,
                "score": one.score,
                "passed": one.passed,
                "makeup": one.makeup,
                "paper": one.paper,
            }
            for one in shown.attempts
        ],
        "badges": [{"label": one.label, "met": one.met} for one in shown.badges],
        "syllabus": list(shown.syllabus),
        "audit": shown.audit,
        "review_on": None if review is None or review.on is None else review.on.isoformat(),
        "signed": list(dossier.signed_by(matter.proposer)) if dossier.cosigners else [],
        "pledge_mode": dossier.pledge_mode.value,
        "verification": dossier.verification,
        "chair_note": dossier.chair_note,
    }


def points(state: State) -> list[View]:
    """The points of the pledge that is being heard, with those ticked off; none where none is heard."""
    step = state.step
    if step is None or step.kind is not StepKind.PLEDGE or step.matter is None or by_text(state, step.matter):
        return []
    ticked = state.matters[step.matter].points
    return [
        {"point": number, "text": words(one), "ticked": number in ticked}
        for number, one in enumerate(state.plan.rules.pledge_points)
    ]


def case_of(item: Item | None) -> str:
    """The case for which a judge or procurator is evaluated: confidential, and for the console alone."""
    subject = None if item is None else item.particulars.subject
    return "" if subject is None else subject.case
