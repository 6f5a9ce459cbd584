"""From an item's form to the item: its turns, whose they are, and what it is about.  Checks nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from meeting.office import build_supervision, build_votes, item_kinds, readings, step_profile
from meeting.office.agenda_schema import AnyItem
from meeting.office.build_matters import people_of
from meeting.office.item_kinds import Speaker, Turn
from meeting.office.item_schema import (
    CeremonyItem,
    ClosingItem,
    DeliberationItem,
    DismissalItem,
    EarlierForm,
    ElectionItem,
    NominationsItem,
    PerformanceItem,
    PublicVoteItem,
    ReportItem,
    SecretVotesItem,
    SelectionItem,
    WorkEvaluationItem,
)
from meeting.office.item_schema import OathForm as OathOfTheFile
from meeting.office.matter_schema import MatterForm, NomineeForm
from meeting.office.rules_schema import RulesForm
from meeting.office.supervision_check import profile_of
from meeting.office.supervision_schema import InquiryItem, InterpellationItem
from meeting.order.particulars import (
    AutoListed,
    Earlier,
    FollowUpPlan,
    Group,
    Oath,
    OathForm,
    Particulars,
    PlannedQuestion,
    Report,
    Source,
    Subject,
    SubjectKind,
)
from meeting.order.rules import Rules
from meeting.order.sitting import Item, ItemKind, MatterId, MemberNo, StepKind, Tellers
from meeting.order.text import Text

Matters = Mapping[str, MatterForm]


def item(
    form: AnyItem, forms: Matters, said: RulesForm, rules: Rules, numbers: Mapping[str, MemberNo], chair: str
) -> Item:
    """`said` are the rules as the file has them, `rules` what was made of them; `numbers` are the members'."""
    kind = ItemKind(form.kind)
    turns = tuple(readings.with_readings(form, tuple(_turns(form, forms, said, chair)), said))
    profile = form.steps if form.steps is not None else profile_of(kind, said)
    return Item(
        number=form.num,
        kind=kind,
        title=_text(form.title_zh, form.title_en),
        start=form.start,
        steps=item_kinds.steps(kind, rules, turns, step_profile.forms(kind, profile)),
        tellers=_tellers(form, numbers),
        particulars=_particulars(form),
    )


def _text(zh: str | None, en: str | None = None) -> Text:
    return Text(zh or "", en or "")


# --- turns -----------------------------------------------------------------------------------------------------------


def _turns(item: AnyItem, forms: Matters, rules: RulesForm, chair: str) -> Iterator[Turn]:
    """For which matters the item's steps are run, who speaks, how it votes, and for how long."""
    match item:
        case NominationsItem():
            later = frozenset({StepKind.PLEDGE}) if rules.pledge_after_vote else frozenset[StepKind]()
            for one in item.nominees:
                speakers = {Speaker.PRESENTER: one.presented_by, Speaker.PERSON: people_of(one).zh}
                yield Turn(MatterId(one.id), speakers, leave_out=later, silent=_shown(one))
        case SecretVotesItem():
            for ballot in item.ballots:
                speakers = {Speaker.PERSON: people_of(forms[ballot.matter]).zh}
                vote = build_votes.matter_vote(ballot, rules)
                yield Turn(
                    MatterId(ballot.matter),
                    speakers,
                    vote=vote,
                    leave_out=_no_pledge(forms[ballot.matter], rules),
                    silent=_shown(forms[ballot.matter]),
                )
        case PublicVoteItem():
            vote = build_votes.public_vote(item, rules)
            yield Turn(MatterId(item.matter.id) if item.matter else None, vote=vote)
        case DismissalItem():
            yield _dismissal(item, rules)
        case ReportItem():
            minutes = item.report.minutes
            yield Turn(
                speakers={Speaker.REPORTER: item.report.by},
                seconds={item_kinds.REPORT: minutes * 60} if minutes else {},
                vote=build_votes.evaluation(item, rules),
            )
        case InterpellationItem():
            yield build_supervision.interpellation_turn(item)
        case InquiryItem():
            yield build_supervision.inquiry_turn(item, rules)
        case WorkEvaluationItem():
            speakers = {Speaker.PERSON: item.subject.head}
            yield Turn(speakers=speakers, vote=build_votes.evaluation(item, rules))
        case PerformanceItem():
            speakers = {Speaker.PERSON: item.subject.name}
            yield Turn(speakers=speakers, vote=build_votes.evaluation(item, rules))
        case ElectionItem():
            yield Turn(vote=build_votes.election(item, rules))
        case SelectionItem():
            yield Turn(vote=build_votes.selection(item, rules))
        case CeremonyItem():
            yield from _ceremony(item)
        case ClosingItem():
            yield Turn(speakers={Speaker.CHAIR: chair})
        case _:
            yield Turn()


def _no_pledge(matter: MatterForm, rules: RulesForm) -> frozenset[StepKind]:
    """A pledge after the vote is a nominee's alone, and only where the rules want it there."""
    after = rules.pledge_after_vote and matter.kind in {"appointment", "acting"}
    return frozenset() if after else frozenset({StepKind.PLEDGE})


def _shown(matter: MatterForm) -> frozenset[StepKind]:
    """A written pledge is shown: nobody speaks, and no time is set."""
    written = isinstance(matter, NomineeForm) and matter.pledge_mode == "written"
    return frozenset({StepKind.PLEDGE}) if written else frozenset()


def _dismissal(item: DismissalItem, rules: RulesForm) -> Turn:
    defence = item.defence_statement
    by = defence.by if defence else people_of(item.matter).zh
    return Turn(
        MatterId(item.matter.id),
        {Speaker.MOVER: item.moved_by, Speaker.PERSON: by},
        seconds={item_kinds.DEFENCE: defence.allowed_s} if defence and defence.allowed_s else {},
        titles={item_kinds.DEFENCE: item_kinds.DEFENCE_READ} if defence and defence.mode == "written" else {},
        vote=build_votes.dismissal(item, rules),
    )


def _ceremony(item: CeremonyItem) -> Iterator[Turn]:
    """One step for each certificate, then the oath."""
    for certificate in item.certificates:
        yield Turn(MatterId(certificate.matter), leave_out=frozenset({StepKind.OATH}))
    if item.oath is not None:
        leader = item.oath.lead or item.oath.takers[0]
        yield Turn(speakers={Speaker.OATH_LEADER: leader}, leave_out=frozenset({StepKind.CERTIFICATES}))


def _tellers(item: AnyItem, numbers: Mapping[str, MemberNo]) -> Tellers | None:
    if not isinstance(item, PublicVoteItem) or item.tellers is None:
        return None
    others = tuple(numbers[name] for name in item.tellers.tellers)
    return Tellers(numbers[item.tellers.chief], others, tuple(item.tellers.counters_zh))


# --- particulars -----------------------------------------------------------------------------------------------------


def _particulars(item: AnyItem) -> Particulars:
    """What the item is about beside its steps."""
    follow_up = tuple(
        FollowUpPlan(
            _text(one.task_zh, one.task_en),
            one.due_days,
            one.due_months,
            one.approved_by or "",
            one.kind or "",
            tuple(one.deputies),
            one.grade or "",
        )
        for one in item.follow_up
    )
    outputs = tuple(_text(one) for one in item.outputs_zh)
    return replace(
        build_supervision.particulars(item, _about(item)),
        follow_up=follow_up,
        outputs=outputs,
        report_to_congress=item.report_to_congress,
        note=item.note or "",
        announcement=_text(item.announce_zh, item.announce_en),
    )


def _about(item: AnyItem) -> Particulars:
    """What only items of this kind have."""
    match item:
        case ReportItem():
            return Particulars(
                report=_report(item),
                survey=_text(item.survey_report_zh, item.survey_report_en),
                media=tuple(item.media),
                respondents=tuple(item.respondents),
                questions=_questions(item),
                earlier=_earlier(item.earlier),
            )
        case WorkEvaluationItem():
            unit = _text(item.subject.unit_zh, item.subject.unit_en)
            subject = Subject(SubjectKind.UNIT, unit, head=item.subject.head)
            return Particulars(subject=subject, earlier=_earlier(item.earlier))
        case PerformanceItem():
            officer = item.subject
            subject = Subject(
                SubjectKind.OFFICER,
                _text(officer.name),
                post=_text(officer.post_zh, officer.post_en),
                topic=_text(officer.assigned_topic_zh, officer.assigned_topic_en),
                case=officer.case_zh or "",
            )
            return Particulars(subject=subject, earlier=_earlier(item.earlier))
        case DeliberationItem():
            groups = tuple(Group(one.num, one.convener) for one in item.groups)
            return Particulars(groups=groups)
        case SelectionItem() if item.auto_listed is not None:
            listed = item.auto_listed
            auto = AutoListed(
                _text(listed.unit_zh, listed.unit_en),
                _text(listed.reason_zh, listed.reason_en),
                listed.item,
            )
            return Particulars(auto_listed=auto)
        case DismissalItem():
            return Particulars(moved_by=item.moved_by)
        case CeremonyItem() if item.oath is not None:
            return Particulars(oath=_oath(item.oath))
        case _:
            return Particulars()


def _earlier(form: EarlierForm | None) -> Earlier | None:
    if form is None:
        return None
    english = form.tasks_en or [""] * len(form.tasks_zh)
    tasks = tuple(_text(*both) for both in zip(form.tasks_zh, english, strict=True))
    return Earlier(form.sitting, form.item, form.grade, _text(form.meeting_zh, form.meeting_en), tasks)


def _report(item: ReportItem) -> Report:
    form = item.report
    return Report(form.by, _text(form.title_zh, form.title_en), form.minutes, form.sent_days_before)


def _questions(item: ReportItem) -> tuple[PlannedQuestion, ...]:
    return tuple(
        PlannedQuestion(
            one.by, Source(one.source), _text(one.q_zh, one.q_en), _text(one.follow_up_zh, one.follow_up_en)
        )
        for one in item.questions
    )


def _oath(form: OathOfTheFile) -> Oath:
    return Oath(
        form=OathForm(form.form),
        leader=form.lead or "",
        takers=tuple(form.takers),
        anthem_first=form.anthem_first,
        presider=form.presider or "",
    )
