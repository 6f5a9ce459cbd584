"""The public page: where the sitting is and what was decided.  Pure.

Nobody's name stands here before he is carried (PROCEDURE.md R47), evaluated or elected, and nothing before it is
announced.  Who was written in and not elected is a number here, not a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from display.slides import (
    NOTHING,
    Agenda,
    AgendaLine,
    Asking,
    Business,
    Groups,
    Result,
    Slide,
    Summary,
    Withheld,
    Words,
    as_json,
)
from meeting.order import decisions
from meeting.order.asking import ElectionAsk
from meeting.order.particulars import SubjectKind
from meeting.order.poll import Poll, PollStage
from meeting.order.progress import MatterStatus, Position, Presence, Stage
from meeting.order.sitting import Item, MatterId
from meeting.order.state import State
from meeting.projections.ceremony_slide import summary_lines
from meeting.projections.frame import Count, View, view_of
from meeting.projections.hall_slide import for_everybody
from meeting.projections.public_results import decided, public_title_of, without_write_ins
from meeting.projections.room import counted
from meeting.projections.standing import head, mark, meeting_of
from meeting.wording import say, words


def public(state: State, count: Count | None, at: int) -> View:
    """The public page: position, what was decided, and nothing on a person before it is decided."""
    return view_of(
        state,
        "public",
        at,
        body=words(state.plan.body),
        meeting=meeting_of(state),
        venue=words(state.plan.venue),
        date=state.plan.on.isoformat(),
        stage=state.stage.value,
        position=None if state.at is None else state.at.item,
        attendance={
            "due": len(state.plan.members),
            "present": len(state.present),
            "on_leave": len(state.who(Presence.ON_LEAVE)),
            **counted(state),
        },
        agenda=[
            {"number": item.number, "title": _public_title(state, item), "mark": _public_mark(state, item)}
            for item in state.plan.items
        ],
        decided=[decided(state, poll) for poll in state.polls.values() if _is_public(state, poll)],
        slide=as_json(_public_slide(state, count)),
    )


def gallery(state: State, count: Count | None, at: int) -> View:
    """The phones of the gallery: what the public may see, and on which item they may write now.

    `state` is that of the public page: a phone in the gallery is no way to hear something sooner.
    """
    writes = state.plan.written_comments and state.stage is Stage.SITTING and state.live_poll is None
    return view_of(
        state,
        "gallery",
        at,
        slide=as_json(_public_slide(state, count)),
        poll=None,
        item=state.at.item if state.at is not None and writes else None,
    )


# --- the slide ---


def _public_slide(state: State, count: Count | None) -> Slide:
    withheld = _withheld(state)
    if withheld is not None:
        return Withheld(withheld, head(state))
    # Of a matter that ended without a vote nothing is said here.
    shown = for_everybody(replace(state, notice=None), count)
    match shown:
        case Agenda():
            items = tuple(
                AgendaLine(item.number, _public_title(state, item), _public_mark(state, item))
                for item in state.plan.items
            )
            return replace(shown, items=items)
        case Business():
            return replace(shown, earlier=())
        case Groups():
            return replace(shown, groups=tuple(replace(group, summary="") for group in shown.groups))
        case Summary():
            told = (one for one in decisions.of_the_day(state) if one.poll and _is_public(state, one.poll))
            known = (one for one in told if one.matter is None or _is_carried(state, one.matter))
            return replace(shown, lines=summary_lines(known))
        case Asking():
            # Why somebody is proposed for a list is the members' to weigh, before they have.
            return replace(shown, ask=tuple(_without_reasons(one) for one in shown.ask))
        case Result():
            return _public_result(state, shown)
        case _:
            return shown


def _without_reasons(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in asked.items() if key != "reasons"}


def _public_result(state: State, shown: Result) -> Result:
    """Names and figures as the page itself tells them."""
    title = shown.title if state.poll is None else public_title_of(state, state.poll)
    return replace(
        shown,
        title=title,
        questions=tuple({**without_write_ins(one), "title": title} for one in shown.questions),
        advisory=(),
        sentences=(),
        said=NOTHING,
        names=None,
        next_names=(),
    )


def _withheld(state: State) -> Words | None:
    """Why nothing of what goes on is shown; None where it may be."""
    item, step = state.item, state.step
    if item is None or step is None:
        return None
    carried = step.matter is not None and _is_carried(state, step.matter)
    if _names_somebody(state, item) and not carried:
        return say("public.withheld")
    declared = state.poll is not None and state.poll.stage is PollStage.DECLARED and not state.wants_poll
    subject = item.particulars.subject
    if subject is not None and subject.kind is SubjectKind.OFFICER and not declared:
        return say("public.withheld-person")
    elects = any(step.vote is not None and _elects(step.vote.asks) for step in item.steps)
    return say("public.withheld-election") if elects and not declared else None


def _elects(asks: tuple[object, ...]) -> bool:
    return any(isinstance(ask, ElectionAsk) for ask in asks)


def _is_carried(state: State, matter: MatterId) -> bool:
    return state.matters[matter].status is MatterStatus.CARRIED


def _names_somebody(state: State, item: Item) -> bool:
    """Whether a matter that is not carried is still to be dealt with in the item."""
    steps = ((Position(item.number, index), step) for index, step in enumerate(item.steps))
    return any(
        step.matter is not None and not state.passed_over(at) and not _is_carried(state, step.matter)
        for at, step in steps
    )


# --- the agenda ---


def _public_title(state: State, item: Item) -> Words:
    return say("public.personnel-item") if _title_names(state, item) else words(item.title)


def _title_names(state: State, item: Item) -> bool:
    title = item.title
    return any(
        name in title.zh or name in title.en
        for matter in state.plan.matters
        if not _is_carried(state, matter.id)
        for name in (matter.person, *matter.persons)
        if name
    )


def _public_mark(state: State, item: Item) -> str:
    """How far the item is; what came of a personnel matter is not told unless it is carried."""
    found = mark(state, item)
    return "done" if found == "not_carried" and any(step.matter for step in item.steps) else found


# --- what was decided ---


def _is_public(state: State, poll: Poll) -> bool:
    """Declared, and no matter that was lost; a bloc is public as soon as something in it is carried."""
    if poll.stage is not PollStage.DECLARED or not poll.binding or poll.result is None or poll.bases is None:
        return False
    return poll.matter is None or _is_carried(state, poll.matter)
