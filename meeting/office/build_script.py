"""From a checked draft to the rehearsal's script.  It checks nothing: what does not fit has been refused before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import assert_never

from meeting.office.agenda_schema import AnyItem
from meeting.office.draft import Draft
from meeting.office.item_schema import (
    DeliberationItem,
    DismissalItem,
    ElectionItem,
    NominationsItem,
    PerformanceItem,
    PublicVoteItem,
    ReportItem,
    RollCallItem,
    SecretVotesItem,
    SelectionItem,
    WorkEvaluationItem,
)
from meeting.office.matter_schema import NomineeForm
from meeting.office.script import (
    AdvisoryExpect,
    AttendanceEvent,
    CheckedIn,
    Decision,
    Departed,
    Disposition,
    ElectionExpect,
    GradeExpect,
    ItemScript,
    LeaveRecorded,
    MotionExpect,
    NomineeScript,
    PledgeAttempt,
    PollScript,
    QuestionAsked,
    Recusal,
    RollCalled,
    RollCallExpect,
    Ruling,
    Script,
    SelectionExpect,
    When,
)
from meeting.office.script_schema import (
    AnyEvent,
    CheckInEvent,
    ConflictForm,
    DepartureEvent,
    ElectionRoundForm,
    GradeExpectForm,
    LeaveEvent,
    MotionExpectForm,
    NomineesWithdrawForm,
    RollCallEvent,
    SelectionExpectForm,
)
from meeting.office.supervision_schema import InquiryItem, InterpellationItem
from meeting.order.sitting import MatterId, MemberNo

Numbers = Mapping[str, MemberNo]


def script(draft: Draft) -> Script:
    numbers = {member.name: MemberNo(member.num) for _, member in draft.members}
    return Script(
        attendance=tuple(_attendance(event, numbers) for _, event in draft.events),
        items=tuple(_item(item, numbers) for _, item in draft.items),
    )


def _attendance(event: AnyEvent, numbers: Numbers) -> AttendanceEvent:
    when = When(event.when.item, event.when.before)
    match event:
        case RollCallEvent():
            on_leave = tuple(numbers[name] for name in event.leave)
            late = tuple(numbers[name] for name in event.absent_yet)
            return RollCalled(when, on_leave, late, event.due, event.present)
        case LeaveEvent():
            return LeaveRecorded(when, numbers[event.member], event.reason_zh or "")
        case CheckInEvent():
            return CheckedIn(when, numbers[event.member], event.present)
        case DepartureEvent():
            approved = numbers[event.approved_by] if event.approved_by else None
            return Departed(when, numbers[event.member], approved, event.present)
        case _:
            assert_never(event)


def _item(item: AnyItem, numbers: Numbers) -> ItemScript:
    polls = tuple(_polls(item))
    match item:
        case RollCallItem() if item.expect:
            said = item.expect
            expect = RollCallExpect(said.due, said.present, said.quorum_needed, said.quorate)
            return ItemScript(item.num, roll_call=expect)
        case NominationsItem():
            return ItemScript(item.num, nominees=tuple(_nominee(one) for one in item.nominees))
        case ReportItem():
            questions = tuple(
                QuestionAsked(one.by, one.q_zh, one.source, follow_up=one.follow_up_zh or "")
                for one in item.questions
            )
            return ItemScript(item.num, questions=questions, polls=polls)
        case DeliberationItem():
            return _deliberation(item, numbers)
        case InterpellationItem() if item.expect:
            return ItemScript(item.num, dissatisfied=tuple(item.expect.dissatisfied))
        case _:
            return ItemScript(item.num, polls=polls)


def _nominee(form: NomineeForm) -> NomineeScript:
    return NomineeScript(
        matter=MatterId(form.id),
        pledge_attempts=tuple(
            PledgeAttempt(one.result, one.seconds, one.reason_zh or "") for one in form.pledge_attempts
        ),
        qa=tuple(QuestionAsked(one.by, one.q_zh, answered=one.answered) for one in form.qa),
        disposition=(
            Disposition(form.disposition.kind, form.disposition.reason_zh) if form.disposition else None
        ),
    )


def _deliberation(item: DeliberationItem, numbers: Numbers) -> ItemScript:
    return ItemScript(
        number=item.num,
        withdrawing=tuple(
            name for one in item.recusals if isinstance(one, NomineesWithdrawForm) for name in one.names
        ),
        recusals=tuple(
            Recusal(numbers[one.member], MatterId(one.matter), one.reason_zh or "")
            for one in item.recusals
            if isinstance(one, ConflictForm)
        ),
        decisions=tuple(
            Decision(MatterId(one.matter), one.decision, one.moved_by, one.consent) for one in item.decisions
        ),
    )


def _polls(item: AnyItem) -> Iterator[PollScript]:
    match item:
        case InquiryItem() if item.report is not None:
            pass
        case PublicVoteItem() | DismissalItem() | InquiryItem():
            matter = MatterId(item.matter.id) if item.matter else None
            yield PollScript(matter, 1, _motion(item.expect) if item.expect else None)
        case SecretVotesItem():
            for one in item.ballots:
                expect = _motion(one.expect) if one.expect else None
                yield PollScript(MatterId(one.matter), 1, expect, one.status)
        case WorkEvaluationItem():
            criteria = item.score_sheet.criteria if item.score_sheet else []
            means = tuple((one.num, one.mean) for one in criteria if one.mean is not None)
            yield PollScript(None, 1, _grade(item.expect, means) if item.expect else None)
        case ReportItem() | PerformanceItem():
            yield PollScript(None, 1, _grade(item.expect) if item.expect else None)
        case ElectionItem():
            for election in item.rounds:
                rulings = tuple(Ruling(tuple(one.same), one.person) for one in election.rulings)
                yield PollScript(None, election.num, _election(election), None, election.kind, rulings)
        case SelectionItem():
            for selection in item.rounds:
                yield PollScript(None, selection.num, _selection(selection.expect), kind=selection.kind)
        case _:
            pass


def _motion(form: MotionExpectForm) -> MotionExpect:
    return MotionExpect(
        issued=form.issued,
        returned=form.returned,
        votes_for=form.votes_for,
        against=form.against,
        abstain=form.abstain,
        outcome=form.outcome,
        present=form.present,
        recused=form.recused,
    )


def _grade(form: GradeExpectForm, means: tuple[tuple[int, Decimal], ...] = ()) -> GradeExpect:
    return GradeExpect(
        issued=form.issued,
        returned=form.returned,
        valid=form.valid,
        counts=tuple(form.counts.items()),
        grade=form.grade or "",
        means=means,
        overall_mean=form.overall_mean,
        passed=form.passed,
        advisory=tuple(
            AdvisoryExpect(voters, one.issued, one.returned, tuple(one.counts.items()))
            for voters, one in form.advisory.items()
        ),
    )


def _election(round: ElectionRoundForm) -> ElectionExpect:
    form = round.expect
    return ElectionExpect(
        issued=form.issued,
        returned=form.returned,
        valid=form.valid,
        votes=tuple(form.votes.items()),
        abstain=tuple(form.abstain.items()),
        outcome=form.outcome,
        elected=tuple(form.elected),
        tied=tuple(form.tied),
        written=tuple(round.written.items()),
    )


def _selection(form: SelectionExpectForm) -> SelectionExpect:
    return SelectionExpect(
        issued=form.issued,
        returned=form.returned,
        valid=form.valid,
        votes=tuple(form.votes.items()),
        selected=tuple(form.selected),
        tied=tuple(form.tied),
        outcome=form.outcome,
    )
