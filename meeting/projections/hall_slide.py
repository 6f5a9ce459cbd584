"""What the hall screen shows now: the state as a slide.  Pure; no split exists before a result.

Which slide is decided here; what is on it by the modules of its subject.
"""

from __future__ import annotations

from display.slides import NOTHING, Agenda, AgendaLine, Blank, Business, Disposal, RollCall, Slate, Slide
from meeting.order import announcement, room, speaking
from meeting.order.events import Cover
from meeting.order.poll import LIVE, PollStage
from meeting.order.progress import Presence
from meeting.order.sitting import Item, Step, StepKind
from meeting.order.state import State
from meeting.projections.ceremony_slide import certificate, oath, summary
from meeting.projections.floor_slide import asked, business, groups, nominee, role_of, speaker_of
from meeting.projections.frame import Count
from meeting.projections.item_slides import IN_FIGURES, figures, reading
from meeting.projections.material_view import slide as material
from meeting.projections.poll_slide import poll_slide, vote_to_come
from meeting.projections.standing import countdown, head, mark, meeting_of, place_of
from meeting.wording import words

_AGENDA_STEPS = frozenset({StepKind.DELIBERATION, StepKind.REMARKS, StepKind.CLOSING, StepKind.STATEMENT})
"""Where nobody in particular has the floor the hall sees how far the day is."""
_PERSONAL = frozenset({StepKind.INTRODUCTION, StepKind.PLEDGE, StepKind.QUESTIONS, StepKind.DELIBERATION})
"""Steps at which a nominee stands before the members."""


def slide(state: State, count: Count | None) -> Slide:
    """What the hall screen shows now.  `count` is that of `state.poll`."""
    step, item = state.step, state.item
    if step is None or item is None:
        return _slate(state, closed=True)
    if step.kind is StepKind.ROLL_CALL:
        return _roll_call(state)
    return _disposal(state, item) or _voting(state, item, step, count) or _step(state, item, step)


def _voting(state: State, item: Item, step: Step, count: Count | None) -> Slide | None:
    if step.kind not in {StepKind.VOTE, StepKind.DECLARATION}:
        return None
    poll, position = state.poll, state.vote_position
    called = poll is not None and poll.stage is PollStage.DECLARED and state.wants_poll
    if poll is not None and count is not None and not called:
        return poll_slide(state, poll, count)
    if step.vote is not None and position is not None:
        return vote_to_come(state, item, step, position)
    return None


def _step(state: State, item: Item, step: Step) -> Slide:
    matter = None if step.matter is None else state.plan.matter(step.matter)
    calm = state.speaker is None and asked(state) is None
    if step.kind is StepKind.READING and state.speaker is None:
        return reading(state, item, step)
    if step.kind in IN_FIGURES and calm and item.particulars.proposals is not None:
        return figures(state, item, step, role_of(state, item, step.speaker)) or business(state, item, step)
    if step.kind is StepKind.CERTIFICATES and matter is not None:
        return certificate(state, item, matter)
    if step.kind is StepKind.OATH:
        return oath(state, item) or business(state, item, step)
    if speaking.is_summary(item, step) and calm:
        return summary(state, item, step)
    if matter is not None and matter.is_nomination and matter.person and step.kind in _PERSONAL:
        return nominee(state, item, step, matter) if state.speaker is None else business(state, item, step)
    if step.kind is StepKind.DELIBERATION and item.particulars.groups and calm:
        return groups(state, item, step)
    waiting = bool(speaker_of(state, item, step)) or state.timer is not None or bool(state.requests)
    if matter is None and step.kind in _AGENDA_STEPS and calm and not waiting:
        return _agenda(state, item, step)
    return business(state, item, step)


def on_screen(state: State, count: Count | None) -> Slide:
    """What stands on the hall screen: the business, or what the chair has covered it with, or shows over it."""
    match state.cover:
        case None:
            return material(state) or slide(state, count)
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
    return Slate(words(plan.body), meeting_of(state), words(plan.venue), closed=closed, head=head(state))


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
        others=NOTHING if (others := room.others_here(state, "slide")) is None else words(others),
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


def _disposal(state: State, item: Item) -> Slide | None:
    """The notice of a matter that ended without a vote, until the sitting goes on or the next vote is put."""
    if state.notice is None or (state.poll is not None and state.poll.stage in LIVE | {PollStage.DECLARED}):
        return None
    matter = state.plan.matter(state.notice)
    said = announcement.disposal(state, matter)
    if said is None:
        return None
    status = state.matters[matter.id].status.value
    return Disposal(status, words(matter.title), words(said), place_of(state, item, None), head(state))
