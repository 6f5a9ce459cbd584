"""Orders of the tellers: the empty box, the count, write-ins, a void.  Pure.

A teller confirms with his own desk what others did; what he may never do alone is decide anything (SCREENS.md N13).
"""

from __future__ import annotations

from meeting.order import commands as c
from meeting.order import events as e
from meeting.order.asking import Visibility
from meeting.order.errors import NotAWriteIn, OutOfOrder
from meeting.order.polls import declare
from meeting.order.require import Events, poll_of, reason_of, teller_of, unruly
from meeting.order.rules import Announce
from meeting.order.rulings import ruled_names
from meeting.order.state import Poll, PollStage, State
from voting.write_ins import compared


def confirm_empty_box(state: State, command: c.ConfirmEmptyBox, at: int) -> Events:
    poll = poll_of(state, command.poll)
    if poll.stage is not PollStage.PREPARED or poll.visibility is not Visibility.SECRET:
        raise unruly(command, poll)
    if state.box_seen_by is not None:
        raise OutOfOrder(command="ConfirmEmptyBox", stage="confirmed")
    return (e.EmptyBoxConfirmed(poll.id, teller_of(state, command.teller)),)


def confirm_count(state: State, command: c.ConfirmCount, at: int) -> Events:
    poll = _counted(state, command.poll, command)
    confirmed = e.CountConfirmed(poll.id, teller_of(state, command.teller))
    if state.plan.rules.announce is Announce.CHAIR_REVEALS:
        return (confirmed,)
    return (confirmed, *declare(state, poll))


def object_to_count(state: State, command: c.ObjectToCount, at: int) -> Events:
    poll = _counted(state, command.poll, command)
    return (e.CountObjected(poll.id, teller_of(state, command.teller), reason_of(command.reason)),)


def rule_write_ins(state: State, command: c.RuleWriteIns, at: int) -> Events:
    """Checks only; the service counts anew and comes back with `RecordRuling`."""
    poll = _counted(state, command.poll, command)
    teller_of(state, command.teller)
    votes = (poll.result or {}).get("questions", {}).get(command.question, {}).get("votes", {})
    ruled = ruled_names(poll.rulings, command.question)
    unknown = [name for name in command.same if name not in votes and compared(name) not in ruled]
    if unknown or not command.same or not reason_of(command.person):
        raise NotAWriteIn(names=unknown)
    return ()


def record_ruling(state: State, command: c.RecordRuling, at: int) -> Events:
    ruling = command.ruling
    rule_write_ins(state, ruling, at)
    return (
        e.WriteInsRuled(
            ruling.poll, ruling.question, ruling.same, ruling.person, ruling.teller, command.result
        ),
    )


def countersign_void(state: State, command: c.CountersignVoid, at: int) -> Events:
    poll = poll_of(state, command.poll)
    if not poll.void_proposed or poll.stage not in {PollStage.OPEN, PollStage.HELD, PollStage.CLOSING}:
        raise unruly(command, poll)
    teller = teller_of(state, command.teller)
    return tuple(e.PollVoided(one.id, poll.void_proposed, teller) for one in state.together(poll))


def _counted(state: State, poll_id: e.PollId, command: object) -> Poll:
    poll = poll_of(state, poll_id)
    if poll.stage is not PollStage.COUNTED or not poll.binding:
        raise unruly(command, poll)
    return poll
