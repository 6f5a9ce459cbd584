"""The public page: where the sitting is and what was decided.  Pure.

Nobody's name stands here before he is carried (PROCEDURE.md R47), and nothing before it is announced.
"""

from __future__ import annotations

from dataclasses import replace

from display.slides import (
    Agenda,
    AgendaLine,
    Slide,
    Withheld,
    Words,
    as_json,
)
from meeting.order import announcement
from meeting.order.sitting import Item, MatterId, Text
from meeting.order.state import MatterStatus, PollStage, Presence, State
from meeting.projections.frame import Count, View, view_of
from meeting.projections.hall_slide import for_everybody
from meeting.projections.poll_slide import poll_title
from meeting.projections.standing import head, mark
from meeting.wording import say, words


def public(state: State, count: Count | None, at: int) -> View:
    """The public page: position, what was decided, and nothing on a person before it is carried."""
    return view_of(
        state,
        "public",
        at,
        body=words(state.plan.body),
        meeting=words(state.plan.meeting),
        venue=words(state.plan.venue),
        date=state.plan.on.isoformat(),
        stage=state.stage.value,
        position=None if state.at is None else state.at.item,
        attendance={
            "due": len(state.plan.members),
            "present": len(state.present),
            "on_leave": len(state.who(Presence.ON_LEAVE)),
        },
        agenda=[
            {"number": item.number, "title": _public_title(state, item), "mark": _public_mark(state, item)}
            for item in state.plan.items
        ],
        decided=_decided(state),
        slide=as_json(_public_slide(state, count)),
    )


def _public_slide(state: State, count: Count | None) -> Slide:
    if state.item is not None and _names_somebody(state, state.item) and not _carried_now(state):
        return Withheld(say("public.withheld"), head(state))
    # Of a matter that ended without a vote nothing is said here.
    shown = for_everybody(replace(state, notice=None), count)
    if isinstance(shown, Agenda):
        items = tuple(
            AgendaLine(item.number, _public_title(state, item), _public_mark(state, item))
            for item in state.plan.items
        )
        return replace(shown, items=items)
    return shown


def _carried_now(state: State) -> bool:
    """The current step is about a matter that is carried already: it may be shown."""
    step = state.step
    return step is not None and step.matter is not None and _is_carried(state, step.matter)


def _is_carried(state: State, matter: MatterId) -> bool:
    return state.matters[matter].status is MatterStatus.CARRIED


def _names_somebody(state: State, item: Item) -> bool:
    """Whether a personnel matter that is not carried stands in the item."""
    return any(step.matter is not None and not _is_carried(state, step.matter) for step in item.steps)


def _public_title(state: State, item: Item) -> Words:
    return say("public.personnel-item") if _title_names(state, item) else words(item.title)


def _title_names(state: State, item: Item) -> bool:
    title: Text = item.title
    for matter in state.plan.matters:
        if (
            matter.person
            and not _is_carried(state, matter.id)
            and (matter.person in title.zh or matter.person in title.en)
        ):
            return True
    return False


def _public_mark(state: State, item: Item) -> str:
    """How far the item is; what came of a personnel matter is not told unless it is carried."""
    found = mark(state, item)
    return "done" if found == "not_carried" and _names_somebody(state, item) else found


def _decided(state: State) -> list[View]:
    decided = []
    for poll in state.polls.values():
        if poll.stage is not PollStage.DECLARED or poll.result is None or poll.bases is None:
            continue
        if poll.matter is not None and not _is_carried(state, poll.matter):
            continue
        answer = poll.result["questions"][poll.question]
        decided.append(
            {
                "item": poll.item,
                "title": poll_title(state, poll),
                "outcome": poll.outcome,
                "visibility": poll.visibility.value,
                "counts": answer["counts"],
                "needed": int(answer["needed"]),
                "present": poll.bases.present,
                "issued": int(poll.result["issued"]),
                "returned": int(poll.result["returned"]),
                "not_returned": int(poll.result["not_returned"]),
                "at": poll.counted_at,
                "sentences": [words(each) for each in announcement.result(state, poll)],
            }
        )
    return decided
