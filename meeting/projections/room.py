"""Who is in the room beside the members, and who presides: for the desks, the hall and the public.  Pure."""

from __future__ import annotations

from collections.abc import Iterable

from meeting.order import room
from meeting.order.sitting import Attendee, Member
from meeting.order.state import Presence, State
from meeting.projections.console_day import roll_line
from meeting.projections.frame import View, Watching
from meeting.wording import words


def presides(state: State) -> View:
    """Keys of the console's view: who presides, and to whom the chair can be handed over."""
    presider = room.presider(state)
    return {
        "chair": None
        if presider is None
        else {**_officer(presider), "here": state.presence[presider.number] is Presence.PRESENT},
        "presided": [state.plan.name_of(number) for number in state.presided],
        "may_preside": [_officer(one) for one in room.may_preside(state)],
    }


def _officer(one: Member) -> View:
    return {"number": int(one.number), "name": one.name, "title": words(one.title)}


def without_vote(state: State, watching: Watching) -> View:
    """Keys of the console's view: everybody here who is no member, line by line."""
    return {
        "attendees": [_line(state, one, watching) for one in state.plan.attendees],
        "gallery": [_line(state, one, watching) for one in state.plan.gallery],
    }


def _line(state: State, one: Attendee, watching: Watching) -> View:
    return {**roll_line(state, one, watching), "voter_class": one.voter_class, "label": words(one.kind)}


def counted(state: State) -> View:
    """How many of each kind are here, for the public page: numbers alone."""
    return {"attending": _kinds(state, state.plan.attendees), "listening": _kinds(state, state.plan.gallery)}


def _kinds(state: State, people: Iterable[Attendee]) -> list[View]:
    return [
        {"label": words(one.label), "present": one.present, "all": one.all}
        for one in room.kinds(state, people)
    ]
