"""From the forms of items of supervision to their turns and to what they are about.  It checks nothing."""

from __future__ import annotations

from dataclasses import replace

from meeting.office import build_votes, item_kinds
from meeting.office.agenda_schema import AnyItem
from meeting.office.build_matters import texts
from meeting.office.item_kinds import Speaker, Turn
from meeting.office.item_schema import ReportForm
from meeting.office.rules_schema import RulesForm
from meeting.office.supervision_schema import InquiryItem, InterpellationItem, ProposalsItem
from meeting.order.particulars import Particulars, Report, Subject, SubjectKind
from meeting.order.sitting import MatterId, StepKind
from meeting.order.supervision import InquiryCommittee, Interpellation, Manner, ProposalFigures
from meeting.order.text import Text


def interpellation_turn(item: InterpellationItem) -> Turn:
    """Its movers have it read out; then the organ's head answers, or its written answer is there."""
    written = item.answer == "written"
    return Turn(
        speakers={Speaker.READER: item.movers[0], Speaker.PERSON: item.addressed.head},
        seconds={item_kinds.REPLY: item.minutes * 60} if item.minutes else {},
        titles={item_kinds.REPLY: item_kinds.REPLY_WRITTEN} if written else {},
    )


def inquiry_turn(item: InquiryItem, rules: RulesForm) -> Turn:
    """A committee that is set up makes no report, and one that reports is not set up again."""
    if item.report is not None:
        minutes = item.report.minutes
        return Turn(
            speakers={Speaker.REPORTER: item.report.by},
            seconds={item_kinds.REPORT: minutes * 60} if minutes else {},
        )
    return Turn(
        MatterId(item.matter.id) if item.matter else None,
        vote=build_votes.inquiry(item.ballot, rules) if item.ballot else None,
        leave_out=frozenset({StepKind.STATEMENT}),
    )


def particulars(item: AnyItem, about: Particulars) -> Particulars:
    """What is known of the item already, with what only items of supervision have."""
    match item:
        case ProposalsItem():
            return replace(about, proposals=ProposalFigures(**item.figures.model_dump()))
        case InterpellationItem():
            organ = Text(item.addressed.organ_zh, item.addressed.organ_en or "")
            return replace(
                about,
                subject=Subject(SubjectKind.UNIT, organ, head=item.addressed.head),
                interpellation=Interpellation(
                    tuple(item.movers), organ, Manner(item.answer), texts(item.text_zh, item.text_en)
                ),
            )
        case InquiryItem():
            body = item.committee
            inquiry = None
            if body is not None:
                inquiry = InquiryCommittee(
                    body.chair, tuple(body.vice_chairs), tuple(body.members), tuple(item.movers)
                )
            return replace(about, inquiry=inquiry, report=_report(item.report) if item.report else None)
        case _:
            return about


def _report(form: ReportForm) -> Report:
    return Report(
        form.by, Text(form.title_zh or "", form.title_en or ""), form.minutes, form.sent_days_before
    )
