"""The views of hall, members and attendees.  Pure."""

from __future__ import annotations

from typing import assert_never

from display.slides import as_json
from meeting.order.asking import ElectionAsk, GradeAsk, MotionAsk, ScoreAsk, SelectionAsk
from meeting.order.paper_of import asks_at, title_of
from meeting.order.state import Poll, PollStage, Position, State
from meeting.projections import pledges
from meeting.projections.frame import Count, View, view_of
from meeting.projections.hall_slide import for_everybody, on_screen
from meeting.projections.material_view import for_members, report_sent
from meeting.wording import words


def hall(state: State, count: Count | None, at: int) -> View:
    return view_of(state, "hall", at, slide=as_json(on_screen(state, count)))


def member(state: State, count: Count | None, at: int) -> View:
    """One view for all members' phones; what is a member's own comes as `me`."""
    return view_of(
        state,
        "member",
        at,
        slide=as_json(for_everybody(state, count)),
        poll=asked_of(state, count),
        materials=for_members(state),
        report_sent=report_sent(state),
    )


def attendee(state: State, voter_class: str, count: Count | None, at: int) -> View:
    """The view of the phones of one class of attendees: the hall's slide, and the paper that this class is asked.

    Those of no class see the same, and never a paper.
    """
    poll = state.poll_of(voter_class)
    own = None if count is None else dict(count.advisory).get(voter_class)
    asked = None if poll is None or own is None else _asked(state, poll, own)
    return view_of(
        state,
        f"attendee:{voter_class}".rstrip(":"),
        at,
        slide=as_json(for_everybody(state, count)),
        poll=asked,
    )


def asked_of(state: State, count: Count | None) -> View | None:
    """The current binding poll as a voter's phone needs it."""
    return None if state.poll is None or count is None else _asked(state, state.poll, count)


_STAGES = {PollStage.COUNTED: PollStage.CLOSING.value, PollStage.DECLARED: "counted"}
"""Stages by another name on phones: nobody there knows a result before it is declared."""


def _asked(state: State, poll: Poll, count: Count) -> View:
    return {
        "ballot": poll.id,
        "stage": _STAGES.get(poll.stage, poll.stage.value),
        "visibility": poll.visibility.value,
        "paper": count.paper,
        "salt": count.salt,
        "window_ms": count.window_ms,
        "issued": count.issued,
        "returned": count.returned,
        "sealed_at": poll.counted_at if poll.stage is PollStage.DECLARED else None,
        "voter_class": poll.voter_class,
        "advisory": not poll.binding,
        "few": count.few,
        # What the link to them says; the texts themselves are fetched by whoever presses it.
        "pledges": pledges.label(state) if pledges.beside(state, poll) else None,
        "labels": _labels(state, poll),
        "reasons": _reasons(state, poll),
    }


def _reasons(state: State, poll: Poll) -> View:
    """Why each option of a selection is on the list, by its text on the paper; the paper itself says nothing of it."""
    return {
        option.zh: words(reason)
        for ask in asks_at(state, Position(poll.item, poll.step))
        if isinstance(ask, SelectionAsk)
        for option, reason in zip(ask.options, ask.reasons, strict=False)
    }


def _labels(state: State, poll: Poll) -> View:
    """English for the texts of the paper that have some; the paper itself is Chinese, and is what is hashed."""
    texts = [title_of(state, poll)]
    for ask in asks_at(state, Position(poll.item, poll.step)):
        match ask:
            case GradeAsk(scale):
                texts += scale
            case ScoreAsk(criteria):
                texts += [one.title for one in criteria]
            case SelectionAsk(_, options):
                texts += options
            case MotionAsk() | ElectionAsk():
                pass
            case _:
                assert_never(ask)
    return {text.zh: words(text) for text in texts if text.en}
