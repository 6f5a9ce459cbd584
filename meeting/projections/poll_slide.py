"""A vote on the hall screen: about to be put, under way, declared.  Pure; no split exists before a result."""

from __future__ import annotations

from display.slides import Asking, NotHeld, Result, Slide, Words
from meeting.order import announcement
from meeting.order.sitting import Item, Step
from meeting.order.state import Poll, PollStage, State
from meeting.projections.frame import Count
from meeting.projections.standing import countdown, head, place_of
from meeting.wording import words


def poll_title(state: State, poll: Poll) -> Words:
    title = state.plan.item(poll.item).title if poll.matter is None else state.plan.matter(poll.matter).title
    return words(title)


def poll_slide(state: State, poll: Poll, count: Count) -> Slide:
    title = poll_title(state, poll)
    bases = poll.bases or state.bases(poll.matter)
    place = place_of(state, state.plan.item(poll.item), poll.matter)
    if poll.stage is PollStage.DECLARED and poll.result is not None:
        answer = poll.result["questions"][poll.question]
        return Result(
            title=title,
            outcome=poll.outcome,
            counts=answer["counts"],
            not_returned=int(poll.result["not_returned"]),
            needed=int(answer["needed"]),
            all_members=bases.all_members,
            sentences=tuple(words(each) for each in announcement.result(state, poll)),
            code=count.code,
            checked=count.checked,
            visibility=poll.visibility.value,
            present=bases.present,
            recused=bases.recused,
            issued=int(poll.result["issued"]),
            returned=int(poll.result["returned"]),
            valid=int(answer["valid"]),
            invalid=int(answer["invalid"]),
            base=state.plan.rules.majority_base.value,
            place=place,
            head=head(state),
        )
    before = None if poll.replaces is None else state.polls.get(poll.replaces)
    return Asking(
        stage=poll.stage.value,
        title=title,
        visibility=poll.visibility.value,
        needed=announcement.needed(state, bases.present),
        entitled=count.entitled,
        issued=count.issued,
        returned=count.returned,
        code=count.code,
        timer=countdown(state.timer),
        all_members=bases.all_members,
        present=bases.present,
        recused=bases.recused,
        base=state.plan.rules.majority_base.value,
        again=before is not None and before.opened_at is not None,
        place=place,
        head=head(state),
    )


def vote_to_come(state: State, item: Item, step: Step) -> Slide:
    """A vote whose paper is not made yet, or that cannot be held."""
    assert step.vote is not None
    title = words(item.title if step.matter is None else state.plan.matter(step.matter).title)
    place = place_of(state, item, step.matter)
    if not step.vote.can_be_held:
        said = announcement.sentence(
            "say.vote-not-there",
            title=item.title if step.matter is None else state.plan.matter(step.matter).title,
        )
        return NotHeld(item.number, words(item.title), words(said), place, head(state))
    bases = state.bases(step.matter)
    return Asking(
        stage="prepared",
        title=title,
        visibility=step.vote.visibility.value,
        needed=announcement.needed(state, bases.present),
        entitled=len(state.entitled(step.matter)),
        issued=0,
        returned=0,
        code="",
        all_members=bases.all_members,
        present=bases.present,
        recused=bases.recused,
        base=state.plan.rules.majority_base.value,
        place=place,
        head=head(state),
    )
