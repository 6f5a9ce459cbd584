"""Who has the floor: reports, questions, deliberation in plenary and in groups, a nominee before the members.  Pure."""

from __future__ import annotations

from display import pictures
from display.slides import (
    NOTHING,
    Business,
    Group,
    Groups,
    Inquiry,
    Nominee,
    Pledge,
    Publicity,
    Slide,
    Words,
)
from meeting.order import room
from meeting.order.earlier import in_short
from meeting.order.particulars import Source, SubjectKind
from meeting.order.pledge import by_text
from meeting.order.progress import Question
from meeting.order.sentence import sentence
from meeting.order.sitting import Attendee, Item, Matter, Member, Step, StepKind
from meeting.order.state import State
from meeting.projections.dossier_view import record
from meeting.projections.item_slides import attached
from meeting.projections.standing import countdown, head, place_of
from meeting.projections.strips import of_appointment, of_evaluation
from meeting.wording import say, words


def business(state: State, item: Item, step: Step) -> Slide:
    """An item or a matter at a step: whoever speaks, what is asked, or the thing itself."""
    matter = None if step.matter is None else state.plan.matter(step.matter)
    question = asked(state)
    speaker = speaker_of(state, item, step)
    return Business(
        step=step.kind.value,
        number=item.number,
        title=words(item.title if matter is None else matter.title),
        detail=words(step.title),
        timer=countdown(state.timer),
        speaker=speaker,
        role=role_of(state, item, speaker),
        attached=_attached(state, item, step) if state.speaker is None else (),
        earlier=_earlier(item, step) if state.speaker is None else (),
        limit_s=step.limit_s if state.speaker is None else state.plan.rules.speech_limit_s,
        question=question,
        asker=_title_of(state, question),
        inquiry=_inquiry(state),
        waiting=_waiting(state),
        requests=tuple(state.plan.name_of(number) for number in state.requests),
        strip=of_evaluation(state, item),
        place=place_of(state, item, step.matter),
        head=head(state),
    )


def groups(state: State, item: Item, step: Step, *, summaries: bool = True) -> Groups:
    """The groups of a deliberation; `summaries` are what their conveners have reported."""
    members = {
        group.number: tuple(one.name for one in _grouped(state) if one.group == group.number)
        for group in item.particulars.groups
    }
    return Groups(
        step=step.kind.value,
        number=item.number,
        title=words(item.title),
        groups=tuple(
            Group(
                one.number,
                one.convener,
                members[one.number],
                state.summaries.get((item.number, one.number), "") if summaries else "",
            )
            for one in item.particulars.groups
        ),
        timer=countdown(state.timer),
        place=place_of(state, item, None),
        head=head(state),
    )


def _grouped(state: State) -> tuple[Member | Attendee, ...]:
    """Attendees deliberate with their group (PROCEDURE.md row 29)."""
    return (*state.plan.members, *state.plan.attendees)


def nominee(state: State, item: Item, step: Step, matter: Matter) -> Slide:
    timer = countdown(state.timer)
    place = place_of(state, item, matter.id)
    if step.kind is StepKind.PLEDGE:
        attempt = state.matters[matter.id].pledges + 1
        return Pledge(
            matter.person,
            words(matter.post),
            matter.pledge,
            attempt,
            timer,
            limit_s=step.limit_s,
            label=words(state.plan.rules.pledge_label),
            written=by_text(state, matter.id),
            place=place,
            head=head(state),
        )
    question = asked(state)
    exam = matter.exams[-1] if matter.exams else None
    notice = matter.publicity
    return Nominee(
        step=step.kind.value,
        name=matter.person,
        post=words(matter.post),
        profile=matter.profile,
        exam=None if exam is None else exam.score,
        passed=None if exam is None else exam.passed,
        publicity=None
        if notice is None
        else Publicity((notice.end - notice.begin).days + 1, notice.objections),
        proposer=matter.proposer,
        verb=matter.verb,
        question=question,
        asker=_title_of(state, question),
        inquiry=_inquiry(state),
        waiting=_waiting(state),
        timer=timer,
        limit_s=step.limit_s,
        record=record(matter),
        photo="" if matter.photo is None else pictures.path(matter.photo.token),
        strip=of_appointment(state, matter),
        place=place,
        head=head(state),
    )


# --- who speaks ---


def speaker_of(state: State, item: Item, step: Step) -> str:
    """Whom the chair has called, else whose step it is."""
    return room.speaker(state, item, step) if state.speaker is None else state.plan.name_of(state.speaker)


def role_of(state: State, item: Item, name: str) -> Words:
    """The office of whoever speaks, as far as the sitting file tells."""
    if not name:
        return NOTHING
    for one in _grouped(state):
        if one.name == name:
            return words(one.kind if isinstance(one, Attendee) else one.title)
    report, subject = item.particulars.report, item.particulars.subject
    if report is not None and report.by == name:
        return words(report.title)
    if subject is not None and subject.kind is SubjectKind.OFFICER and subject.name.zh == name:
        return words(subject.post)
    if subject is not None and subject.head == name:
        return words(sentence("slide.head-of", unit=subject.name))
    return NOTHING


def _attached(state: State, item: Item, step: Step) -> tuple[Words, ...]:
    """What lies before the members beside a report: the survey, the topic that was assigned, pictures."""
    if step.kind is StepKind.REPLY:
        return attached(state, item)
    if step.kind is not StepKind.STATEMENT:
        return ()
    found = []
    subject = item.particulars.subject
    if subject is not None and subject.topic.zh:
        found.append(words(sentence("slide.topic", topic=subject.topic)))
    if item.particulars.survey.zh:
        found.append(words(item.particulars.survey))
    return tuple(found)


def _earlier(item: Item, step: Step) -> tuple[Words, ...]:
    """The grade of the last time, before those who are evaluated again are heard."""
    if step.kind is not StepKind.STATEMENT:
        return ()
    return tuple(words(one) for one in in_short(item))


# --- questions ---


def asked(state: State) -> tuple[str, str] | None:
    """Who asks now, and what."""
    return None if state.question is None else (state.question.by, state.question.text)


def _waiting(state: State) -> tuple[tuple[str, str], ...]:
    return tuple((one.by, one.text) for one in state.queue[1:])


def _title_of(state: State, question: tuple[str, str] | None) -> Words:
    titles = [one.title for one in state.plan.members if question is not None and one.name == question[0]]
    return words(titles[0]) if titles else NOTHING


def _inquiry(state: State) -> Inquiry | None:
    """In which capacity the question is asked, of whom, and what it follows up (PROCEDURE.md rows 105, 107, 110)."""
    question = state.question
    if question is None:
        return None
    before: Question | None = None if question.follows is None else state.questions[question.follows]
    return Inquiry(
        source=NOTHING if question.source is Source.MEMBER else say(f"slide.source.{question.source.value}"),
        respondent=question.to,
        follows=None if before is None else (before.by, before.text),
    )
