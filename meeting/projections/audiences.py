"""The views of hall, members and tellers, and what is one member's own.  Pure."""

from __future__ import annotations

from display.slides import (
    as_json,
)
from meeting.order.sitting import MemberNo
from meeting.order.state import PollStage, Presence, State
from meeting.projections.frame import Count, View, view_of
from meeting.projections.hall_slide import for_everybody, on_screen, slide
from meeting.projections.reconciliation import reconciliation, tellers
from meeting.wording import words


def hall(state: State, count: Count | None, at: int) -> View:
    return view_of(state, "hall", at, slide=as_json(on_screen(state, count)))


def member(state: State, count: Count | None, at: int) -> View:
    """One view for all phones; what is a member's own comes as `me`."""
    return view_of(
        state, "member", at, slide=as_json(for_everybody(state, count)), poll=asked_of(state, count)
    )


def asked_of(state: State, count: Count | None) -> View | None:
    poll = state.poll
    if poll is None or count is None:
        return None
    stage = "counted" if poll.stage is PollStage.DECLARED else poll.stage.value
    return {
        "ballot": poll.id,
        "stage": stage,
        "visibility": poll.visibility.value,
        "paper": count.paper,
        "salt": count.salt,
        "window_ms": count.window_ms,
        "issued": count.issued,
        "returned": count.returned,
        "sealed_at": poll.counted_at,
    }


def me(state: State, number: int) -> View:
    """What is one member's own: nothing of a ballot is in it.  KeyError for a number that is not on the roll."""
    one = state.plan.member(MemberNo(number))
    recused = sorted(matter for who, matter in state.recusals if who == number)
    present = state.presence[one.number]
    return {
        "type": "me",
        "member": number,
        "name": one.name,
        "present": present is Presence.PRESENT,
        "checked_in": present is Presence.PRESENT,
        "presence": present.value,
        "recused": recused,
    }


def teller(state: State, count: Count | None, at: int) -> View:
    return view_of(
        state,
        "teller",
        at,
        slide=as_json(slide(state, count)),
        poll=asked_of(state, count),
        tellers=sorted(state.tellers),
        teller_names=tellers(state),
        code=None if count is None else count.code,
        body=words(state.plan.body),
        meeting=words(state.plan.meeting),
        reconciliation=reconciliation(state, count),
    )
