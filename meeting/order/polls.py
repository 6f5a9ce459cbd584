"""Orders about a poll, from its preparation to its result, and the closing of the sitting.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from meeting.order import commands as c
from meeting.order import events as e
from meeting.order.errors import (
    CannotOverride,
    NotATeller,
    NotQuorate,
    OutOfOrder,
    PreconditionUnmet,
    UnknownPoll,
    VoteNotThere,
)
from meeting.order.preconditions import LAW, Name, preconditions
from meeting.order.require import Events, current, drop_prepared, reason_of
from meeting.order.state import Poll, PollStage, Position, State

POLL_IN_ORDER: Mapping[PollStage, frozenset[type[c.Command]]] = {
    PollStage.PREPARED: frozenset({c.OpenPoll, c.AbortPoll}),
    PollStage.OPEN: frozenset({c.HoldPoll, c.ClosePoll, c.AbortPoll, c.VoidPoll}),
    PollStage.HELD: frozenset({c.ResumePoll, c.ClosePoll, c.AbortPoll, c.VoidPoll}),
    PollStage.CLOSING: frozenset({c.RecordCount, c.VoidPoll}),
    PollStage.DECLARED: frozenset(),
    PollStage.VOID: frozenset(),
}
"""What may be ordered at each stage of a poll."""


def prepare_poll(state: State, command: c.PreparePoll, at: int) -> Events:
    step = current(state)
    if step.vote is not None and not step.vote.can_be_held:
        raise VoteNotThere(question=step.vote.question)
    if not state.wants_poll or step.vote is None or state.at is None:
        raise OutOfOrder(command="PreparePoll", stage=step.kind.value)
    rounds = state.rounds(state.at)
    # Not len(rounds): going through the step again later must never use an id twice.
    number = len(rounds) + 1
    name = "item" if step.matter is None else step.matter.lower()
    question = f"item-{state.at.item}" if step.matter is None else step.matter
    return (
        e.PollPrepared(
            poll=e.PollId(f"{state.at.item}-{name}-{number}-member"),
            item=state.at.item,
            step=state.at.step,
            matter=step.matter,
            round=number,
            voter_class="member",
            visibility=step.vote.visibility,
            question=question,
            replaces=rounds[-1].id if rounds else None,
        ),
    )


def open_poll(state: State, command: c.OpenPoll, at: int) -> Events:
    poll = _poll(state, command, command.poll)
    unmet = [p.name.value for p in preconditions(state, Position(poll.item, poll.step)) if not p.holds]
    if Name.QUORUM.value in unmet:
        raise NotQuorate(present=len(state.present), needed=state.plan.rules.quorum)
    if unmet:
        raise PreconditionUnmet(names=unmet)
    opened = e.PollOpened(poll.id, state.bases(poll.matter), state.entitled(poll.matter))
    timer = state.plan.rules.ballot_timer_s
    return (opened,) if timer is None else (opened, e.TimerStarted(at + timer * 1000))


def hold_poll(state: State, command: c.HoldPoll, at: int) -> Events:
    return (e.PollHeld(_poll(state, command, command.poll).id),)


def resume_poll(state: State, command: c.ResumePoll, at: int) -> Events:
    return (e.PollResumed(_poll(state, command, command.poll).id),)


def close_poll(state: State, command: c.ClosePoll, at: int) -> Events:
    return (e.PollClosing(_poll(state, command, command.poll).id),)


def record_count(state: State, command: c.RecordCount, at: int) -> Events:
    poll = _poll(state, command, command.poll)
    return (e.PollCounted(poll.id, command.result), e.ResultDeclared(poll.id, _outcome(poll, command.result)))


def _outcome(poll: Poll, result: Mapping[str, Any]) -> str:
    if result["vote"] == "void":
        return "void"
    return str(result["questions"][poll.question]["outcome"])


def abort_poll(state: State, command: c.AbortPoll, at: int) -> Events:
    return (e.PollAborted(_poll(state, command, command.poll).id, reason_of(command.reason)),)


def void_poll(state: State, command: c.VoidPoll, at: int) -> Events:
    poll = _poll(state, command, command.poll)
    if command.teller not in state.tellers:
        raise NotATeller(member=command.teller)
    return (e.PollVoided(poll.id, reason_of(command.reason), command.teller),)


def override(state: State, command: c.OverridePrecondition, at: int) -> Events:
    step = current(state)
    if step.vote is None or state.at is None:
        raise OutOfOrder(command="OverridePrecondition", stage=step.kind.value)
    if command.precondition in LAW:
        raise CannotOverride(name=command.precondition)
    if not any(p.name == command.precondition and not p.holds for p in preconditions(state, state.at)):
        raise OutOfOrder(command="OverridePrecondition", stage=step.kind.value)
    return (e.PreconditionOverridden(*state.at, command.precondition, reason_of(command.reason)),)


def close_sitting(state: State, command: c.CloseSitting, at: int) -> Events:
    return (*drop_prepared(state, "sitting-closed"), e.SittingClosed())


def _poll(state: State, command: c.Command, poll_id: e.PollId) -> Poll:
    """The poll, if `command` is in order at its stage."""
    poll = state.polls.get(poll_id)
    if poll is None:
        raise UnknownPoll(poll=poll_id)
    if type(command) not in POLL_IN_ORDER[poll.stage]:
        raise OutOfOrder(command=type(command).__name__, stage=poll.stage.value)
    return poll
