"""What an event of the order of business means for the box, in the same transaction.

The other half of `meeting.service`: it knows which box step follows from which event, and nothing of screens,
windows or clocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from kiosk.join import devices
from meeting.order import commands as c
from meeting.order import events as e
from meeting.order.asking import Visibility
from meeting.order.rulings import with_ruling
from meeting.order.sitting import MemberNo
from meeting.order.state import Poll, State
from meeting.papers import new_ballot, roll
from voting.box import Box
from voting.paper import Ruling

Names = Mapping[str, Mapping[str, tuple[MemberNo, ...]]]


def carry_out(box: Box, conn: Connection, state: State, event: e.Event) -> None:
    """The box's own step for `event`; `state` is the one after it.  Raises VotingError; nothing stands then."""
    match event:
        case e.PollPrepared():
            box.prepare(conn, new_ballot(state, event, devices(conn, state.plan.id)))
        case e.PollOpened(poll):
            box.open(conn, poll)
        case e.PollHeld(poll):
            box.hold(conn, poll)
        case e.PollResumed(poll):
            box.resume(conn, poll)
        case e.PollClosing(poll):
            box.close(conn, poll)
        case e.PollAborted(poll, reason):
            box.void(conn, poll, reason, None)
        case e.PollVoided(poll, reason, teller):
            box.void(conn, poll, reason, teller)
        case e.MemberArrived() | e.MemberDeparted() | e.MemberRecused():
            amend_rolls(box, conn, state)
        case _:
            pass


def amend_rolls(box: Box, conn: Connection, state: State) -> None:
    """Bring the rolls of the polls that are prepared and not open up to date."""
    for poll in state.prepared_polls:
        box.amend_roll(conn, poll.id, roll(state, poll, devices(conn, state.plan.id)))


def count(box: Box, conn: Connection, poll: Poll) -> c.RecordCount:
    """Open the box, or take the totals that a teller has confirmed."""
    if poll.visibility is Visibility.HANDS:
        assert poll.totals is not None, "raised hands close with their totals"
        by = () if poll.totals_by is None else (int(poll.totals_by),)
        return c.RecordCount(poll.id, box.count_hands(conn, poll.id, poll.totals, by))
    result = box.count(conn, poll.id)
    return c.RecordCount(
        poll.id, result, _names(box, conn, poll) if poll.visibility is Visibility.OPEN else None
    )


def _names(box: Box, conn: Connection, poll: Poll) -> Names:
    """Who said what in an open vote, by question; a question with more than one answer has no such list."""
    said: dict[str, dict[str, list[MemberNo]]] = {question: {} for question in poll.questions}
    for member, marks in sorted(box.open_votes(poll.id, conn).items()):
        for question in poll.questions:
            mark = marks.get(question)
            if isinstance(mark, str):
                said[question].setdefault(mark, []).append(MemberNo(member))
    return {
        question: {mark: tuple(who) for mark, who in answers.items()} for question, answers in said.items()
    }


def rule(box: Box, conn: Connection, poll: Poll, ruling: c.RuleWriteIns) -> Mapping[str, Any]:
    """Count anew with this ruling and those before it that it leaves standing."""
    said = with_ruling(poll.rulings, ruling.question, ruling.same, ruling.person)
    return box.rule(conn, poll.id, [Ruling(*one) for one in said], [int(ruling.teller)])
