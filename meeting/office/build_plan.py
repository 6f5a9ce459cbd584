"""From a checked draft to the plan.  It checks nothing: what does not fit has been refused before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from display import i18n
from meeting.office import item_kinds
from meeting.office.draft import Draft, MatterForm
from meeting.office.item_kinds import Speaker, Turn
from meeting.office.item_schema import (
    AnyItem,
    CeremonyItem,
    ClosingItem,
    DismissalItem,
    NominationsItem,
    PerformanceItem,
    PublicVoteItem,
    ReportItem,
    SecretVotesItem,
    WorkEvaluationItem,
)
from meeting.office.matter_schema import NomineeForm
from meeting.office.sitting_schema import AssemblyForm, RulesForm
from meeting.order.sitting import (
    Base,
    Exam,
    Item,
    ItemKind,
    Matter,
    MatterId,
    MatterKind,
    Member,
    MemberNo,
    Plan,
    Publicity,
    Role,
    Rules,
    SittingId,
    Tellers,
    Text,
)


def plan(draft: Draft, assembly: AssemblyForm) -> Plan:
    rules = _rules(assembly.rules)
    numbers = {member.name: MemberNo(member.num) for _, member in draft.members}
    chair = next((member.name for _, member in draft.members if member.role == "chair"), "")
    forms = [form for _, _, form in draft.matters()]
    posts = _posts(forms)
    persons = {form.id: form for form in forms}
    return Plan(
        id=SittingId(assembly.id),
        body=_text(assembly.body_zh, assembly.body_en),
        meeting=_text(assembly.meeting_zh, assembly.meeting_en),
        on=assembly.date,
        venue=_text(assembly.venue_zh, assembly.venue_en),
        rules=rules,
        members=tuple(
            Member(
                number=MemberNo(member.num),
                name=member.name,
                role=Role(member.role),
                title=_text(member.role_zh, member.role_en),
                group=member.group,
            )
            for _, member in draft.members
        ),
        matters=tuple(_matter(form, posts) for form in forms),
        items=tuple(
            Item(
                number=item.num,
                kind=ItemKind(item.kind),
                title=_text(item.title_zh, item.title_en),
                start=item.start,
                steps=item_kinds.steps(ItemKind(item.kind), rules, tuple(_turns(item, persons, chair))),
                tellers=_tellers(item, numbers),
            )
            for _, item in draft.items
        ),
    )


def _text(zh: str, en: str | None) -> Text:
    return Text(zh, en or "")


def _rules(form: RulesForm) -> Rules:
    return Rules(
        total_members=form.total_members,
        quorum_base=Base.ALL_MEMBERS,
        majority_base=Base.PRESENT if form.majority == "more_than_half_of_present" else Base.ALL_MEMBERS,
        exam_pass_mark=form.exam_pass_mark,
        speech_limit_s=form.speech_limit_plenary_s,
        pledge_limit_s=form.pledge_limit_s,
        question_limit_s=form.question_limit_s,
        answer_limit_s=form.answer_limit_s,
        ballot_timer_s=form.ballot_timer_s,
        not_pressed_label=form.not_pressed_label or Rules(0).not_pressed_label,
        plain_http=form.plain_http,
        fewest_secret_voters=form.fewest_secret_voters,
        hand_back_s=form.hand_back_s,
    )


def _posts(forms: list[MatterForm]) -> Mapping[str, str]:
    """English names of posts: given once in a file, one holds for every mention of the post."""
    return {form.post_zh: form.post_en for form in forms if form.post_en}


def _matter(form: MatterForm, posts: Mapping[str, str]) -> Matter:
    kind = MatterKind.APPOINTMENT if isinstance(form, NomineeForm) else MatterKind(form.kind)
    post = Text(form.post_zh, posts.get(form.post_zh, ""))
    title = Text(
        zh=i18n.text("zh", f"office.title.{kind}", verb=form.verb, person=form.name, post=post.zh),
        en=i18n.text("en", f"office.title.{kind}", verb=form.verb, person=form.name, post=post.en or post.zh),
    )
    if not isinstance(form, NomineeForm):
        return Matter(MatterId(form.id), kind, title, form.name, post, form.verb)
    return Matter(
        id=MatterId(form.id),
        kind=kind,
        title=title,
        person=form.name,
        post=post,
        verb=form.verb,
        proposer=form.nominated_by,
        presenter=form.presented_by,
        exams=tuple(
            Exam(exam.date, exam.score, exam.passed, exam.makeup, exam.paper_zh or "") for exam in form.exam
        ),
        publicity=(
            Publicity(form.publicity.begin, form.publicity.end, form.publicity.objections)
            if form.publicity
            else None
        ),
        profile=tuple(form.profile_zh.items()),
        pledge=tuple(form.pledge_zh.items()),
    )


def _turns(item: AnyItem, persons: Mapping[str, MatterForm], chair: str) -> Iterator[Turn]:
    """For which matters the item's steps are run, who speaks, and for how long."""
    match item:
        case NominationsItem():
            for one in item.nominees:
                speakers = {Speaker.PRESENTER: one.presented_by, Speaker.PERSON: one.name}
                yield Turn(MatterId(one.id), speakers)
        case SecretVotesItem():
            for ballot in item.ballots:
                yield Turn(MatterId(ballot.matter), {Speaker.PERSON: persons[ballot.matter].name})
        case PublicVoteItem() if item.matter:
            yield Turn(MatterId(item.matter.id), {Speaker.PERSON: item.matter.name})
        case DismissalItem():
            defence = item.defence_statement
            allowed = {item_kinds.DEFENCE: defence.allowed_s} if defence and defence.allowed_s else {}
            by = defence.by if defence else item.matter.name
            yield Turn(MatterId(item.matter.id), {Speaker.MOVER: item.moved_by, Speaker.PERSON: by}, allowed)
        case ReportItem():
            minutes = item.report.minutes
            allowed = {item_kinds.REPORT: minutes * 60} if minutes else {}
            yield Turn(None, {Speaker.REPORTER: item.report.by}, allowed)
        case WorkEvaluationItem():
            yield Turn(None, {Speaker.PERSON: item.subject.head})
        case PerformanceItem():
            yield Turn(None, {Speaker.PERSON: item.subject.name})
        case CeremonyItem():
            leader = item.oath.lead if item.oath else None
            yield Turn(None, {Speaker.OATH_LEADER: leader or ""})
        case ClosingItem():
            yield Turn(None, {Speaker.CHAIR: chair})
        case _:
            yield Turn()


def _tellers(item: AnyItem, numbers: Mapping[str, MemberNo]) -> Tellers | None:
    if not isinstance(item, PublicVoteItem) or item.tellers is None:
        return None
    return Tellers(numbers[item.tellers.chief], tuple(numbers[name] for name in item.tellers.tellers))
