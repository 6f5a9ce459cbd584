"""What the hall screen shows now: the state as a slide.  Pure; no split exists before a result."""

from __future__ import annotations

from display import pictures
from display.slides import (
    NOTHING,
    Agenda,
    AgendaLine,
    Blank,
    Business,
    Disposal,
    Nominee,
    Pledge,
    Publicity,
    RollCall,
    Slate,
    Slide,
    Words,
)
from meeting.order import announcement
from meeting.order.events import Cover
from meeting.order.sitting import Item, Matter, Step, StepKind
from meeting.order.state import (
    LIVE,
    MatterStatus,
    PollStage,
    Presence,
    State,
)
from meeting.projections.frame import Count
from meeting.projections.poll_slide import poll_slide, vote_to_come
from meeting.projections.standing import countdown, head, mark, place_of
from meeting.wording import words

_AGENDA_STEPS = frozenset({StepKind.DELIBERATION, StepKind.REMARKS, StepKind.CLOSING, StepKind.STATEMENT})
"""Where nobody in particular has the floor the hall sees how far the day is."""


def slide(state: State, count: Count | None) -> Slide:
    """What the hall screen shows now.  `count` is that of `state.poll`."""
    step, item = state.step, state.item
    if step is None or item is None:
        return _slate(state, closed=True)
    if step.kind is StepKind.ROLL_CALL:
        return _roll_call(state)
    disposal = _disposal(state, item)
    if disposal is not None:
        return disposal
    voting = step.kind in {StepKind.VOTE, StepKind.DECLARATION}
    if voting and state.poll is not None and count is not None:
        return poll_slide(state, state.poll, count)
    if step.vote is not None:
        return vote_to_come(state, item, step)
    if step.matter is not None:
        return _nominee_slide(state, item, step, state.plan.matter(step.matter))
    speaking = step.speaker or state.timer is not None or _asked(state) is not None
    if step.kind in _AGENDA_STEPS and not speaking:
        return _agenda(state, item, step)
    question = _asked(state)
    return Business(
        step=step.kind.value,
        number=item.number,
        title=words(item.title),
        detail=words(step.title),
        timer=countdown(state.timer),
        speaker=step.speaker,
        limit_s=step.limit_s,
        question=question,
        asker=_title_of(state, question),
        waiting=_waiting(state),
        place=place_of(state, item, None),
        head=head(state),
    )


def on_screen(state: State, count: Count | None) -> Slide:
    """What stands on the hall screen: the business, or what the chair has covered it with."""
    match state.cover:
        case None:
            return slide(state, count)
        case Cover.BLANK:
            return Blank(head(state))
        case Cover.SLATE:
            return _slate(state, closed=False)
        case Cover.RECESS:
            return _recess(state) or slide(state, count)


def for_everybody(state: State, count: Count | None) -> Slide:
    """What phones and public page follow: the business, whatever covers the hall screen, or that there is none now."""
    resting = _recess(state) if state.cover is Cover.RECESS and state.live_poll is None else None
    return resting or slide(state, count)


def _recess(state: State) -> Slide | None:
    item = state.item
    if item is None:
        return None
    return Business(
        step=StepKind.RECESS.value,
        number=item.number,
        title=words(item.title),
        detail=NOTHING,
        place=place_of(state, item, None),
        head=head(state),
    )


def _slate(state: State, *, closed: bool) -> Slide:
    plan = state.plan
    return Slate(words(plan.body), words(plan.meeting), words(plan.venue), closed=closed, head=head(state))


def _roll_call(state: State) -> Slide:
    return RollCall(
        due=len(state.plan.members),
        present=len(state.present),
        on_leave=len(state.who(Presence.ON_LEAVE)),
        absent=len(state.who(Presence.EXPECTED)),
        needed=state.plan.rules.quorum,
        sentence=words(announcement.attendance(state)),
        venue=words(state.plan.venue),
        begins=state.plan.items[0].start,
        head=head(state),
    )


# --- the agenda ---


def _agenda(state: State, item: Item, step: Step) -> Slide:
    return Agenda(
        step=step.kind.value,
        number=item.number,
        title=words(item.title),
        detail=words(step.title),
        items=tuple(AgendaLine(one.number, words(one.title), mark(state, one)) for one in state.plan.items),
        timer=countdown(state.timer),
        head=head(state),
    )


# --- matters ---


def _nominee_slide(state: State, item: Item, step: Step, matter: Matter) -> Slide:
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
            place=place,
            head=head(state),
        )
    question = _asked(state)
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
        waiting=_waiting(state),
        timer=timer,
        limit_s=step.limit_s,
        photo="" if matter.photo is None else pictures.path(matter.photo.token),
        place=place,
        head=head(state),
    )


def _asked(state: State) -> tuple[str, str] | None:
    """Who asks now, and what."""
    return None if state.question is None else (state.question.by, state.question.text)


def _waiting(state: State) -> tuple[tuple[str, str], ...]:
    queue = [(q.by, q.text) for q in state.questions if (q.item, q.step) == state.at and q.answered is None]
    return tuple(queue[1:])


def _title_of(state: State, question: tuple[str, str] | None) -> Words:
    titles = [one.title for one in state.plan.members if question is not None and one.name == question[0]]
    return words(titles[0]) if titles else NOTHING


def _disposal(state: State, item: Item) -> Slide | None:
    """The notice of a matter that ended without a vote, until the sitting goes on or the next vote is put."""
    if state.notice is None or (state.poll is not None and state.poll.stage in LIVE | {PollStage.DECLARED}):
        return None
    matter = state.plan.matter(state.notice)
    said = announcement.disposal(state, matter)
    if said is None:
        return None
    status: MatterStatus = state.matters[matter.id].status
    return Disposal(status.value, words(matter.title), words(said), place_of(state, item, None), head(state))
