"""What every order must have: a member, a matter, a reason that exist.  Pure; raises the refusals."""

from __future__ import annotations

from meeting.order import events as e
from meeting.order.acting import acting_tellers
from meeting.order.errors import (
    MatterClosed,
    NotATeller,
    OutOfOrder,
    ReasonMissing,
    UnknownMatter,
    UnknownMember,
    UnknownPoll,
)
from meeting.order.sitting import MatterId, MemberNo, Step
from meeting.order.state import MatterStatus, Poll, State

Events = tuple[e.Event, ...]


def current(state: State) -> Step:
    assert state.step is not None, "an open sitting is always at a step"
    return state.step


def member_of(state: State, number: MemberNo) -> MemberNo:
    if number not in state.presence:
        raise UnknownMember(member=number)
    return number


def matter_of(state: State, matter: MatterId | None) -> MatterId:
    if matter is None or matter not in state.matters:
        raise UnknownMatter(matter=matter)
    return matter


def still_filed(state: State, matter: MatterId) -> None:
    status = state.matters[matter].status
    if status is not MatterStatus.FILED:
        raise MatterClosed(matter=matter, status=status.value)


def reason_of(text: str) -> str:
    """What goes on the record must say something, and must be writable (no lone surrogate)."""
    text = text.strip()
    if not text or len(text) > 2000 or any(0xD800 <= ord(char) <= 0xDFFF for char in text):
        raise ReasonMissing()
    return text


def drop_prepared(state: State, reason: str) -> Events:
    """A poll that was prepared and not opened ends with the step that it belonged to."""
    return tuple(e.PollAborted(poll.id, reason) for poll in state.prepared_polls)


def teller_of(state: State, number: MemberNo) -> MemberNo:
    if number not in acting_tellers(state):
        raise NotATeller(member=number)
    return number


def poll_of(state: State, poll_id: e.PollId) -> Poll:
    poll = state.polls.get(poll_id)
    if poll is None:
        raise UnknownPoll(poll=poll_id)
    return poll


def unruly(command: object, poll: Poll) -> OutOfOrder:
    """What is raised when a command is not in order at the poll's stage."""
    return OutOfOrder(command=type(command).__name__, stage=poll.stage.value)
