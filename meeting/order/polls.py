"""Orders about a poll, from its preparation to its result, and the closing of the sitting.  Pure.

Where several electorates are asked at once their polls go together: what is ordered of the binding one holds for all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from meeting.order import commands as c
from meeting.order import events as e
from meeting.order.asking import Electorate, Visibility
from meeting.order.errors import (
    CannotOverride,
    NotQuorate,
    OutOfOrder,
    PreconditionUnmet,
)
from meeting.order.paper_of import question_ids
from meeting.order.preconditions import LAW, Name, preconditions
from meeting.order.require import Events, current, drop_prepared, poll_of, reason_of, unruly
from meeting.order.rules import Announce
from meeting.order.state import Poll, PollStage, Position, State

POLL_IN_ORDER: Mapping[PollStage, frozenset[type[c.Command]]] = {
    PollStage.PREPARED: frozenset({c.OpenPoll, c.AbortPoll, c.ConfirmEmptyBox}),
    PollStage.OPEN: frozenset(
        {c.HoldPoll, c.ClosePoll, c.AbortPoll, c.VoidPoll, c.CountersignVoid, c.EnterTotals, c.ConfirmTotals}
    ),
    PollStage.HELD: frozenset({c.ResumePoll, c.ClosePoll, c.AbortPoll, c.VoidPoll, c.CountersignVoid}),
    PollStage.CLOSING: frozenset({c.RecordCount, c.VoidPoll, c.CountersignVoid}),
    PollStage.COUNTED: frozenset(
        {c.ConfirmCount, c.ObjectToCount, c.RuleWriteIns, c.RecordRuling, c.RevealResult, c.RejectCount}
    ),
    PollStage.DECLARED: frozenset({c.CallRound}),
    PollStage.VOID: frozenset(),
}
"""What may be ordered at each stage of a poll."""


def prepare_poll(state: State, command: c.PreparePoll, at: int) -> Events:
    step = current(state)
    if not state.wants_poll or step.vote is None or state.at is None:
        raise OutOfOrder(command="PreparePoll", stage=step.kind.value)
    rounds = state.rounds(state.at)
    # Not len(rounds): going through the step again later must never use an id twice.
    number = len(rounds) + 1
    name = "item" if step.matter is None else step.matter.lower()
    visibility = state.visibility_at(state.at)
    # The box knows of a void round only what was voided in it; one whose count was rejected has its result there.
    before = rounds[-1] if rounds and rounds[-1].stage is PollStage.VOID else None
    replaced = before is not None and before.result is None and before.visibility is visibility
    return tuple(
        e.PollPrepared(
            poll=_id(state.at.item, name, number, electorate.voter_class),
            item=state.at.item,
            step=state.at.step,
            matter=step.matter,
            round=number,
            voter_class=electorate.voter_class,
            binding=electorate.binding,
            visibility=visibility,
            questions=question_ids(state, state.at),
            replaces=_id(state.at.item, name, number - 1, electorate.voter_class) if replaced else None,
            contest=state.contest,
        )
        for electorate in step.vote.electorates
        if _is_asked(state, electorate, visibility)
    )


def _is_asked(state: State, electorate: Electorate, visibility: Visibility) -> bool:
    """Raised hands are the members' alone; a class of which hardly anybody is here is not asked."""
    if electorate.binding:
        return True
    here = len(state.entitled(None, electorate.voter_class))
    return visibility is not Visibility.HANDS and here >= state.plan.rules.fewest_advisory_voters


def _id(item: int, name: str, number: int, voter_class: str) -> e.PollId:
    return e.PollId(f"{item}-{name}-{number}-{voter_class.replace('_', '-')}")


def open_poll(state: State, command: c.OpenPoll, at: int) -> Events:
    poll = _poll(state, command, command.poll)
    unmet = [p.name.value for p in preconditions(state, Position(poll.item, poll.step)) if not p.holds]
    if Name.QUORUM.value in unmet:
        raise NotQuorate(present=len(state.present), needed=state.plan.rules.quorum)
    if unmet:
        raise PreconditionUnmet(names=unmet)
    opened = tuple(
        e.PollOpened(one.id, state.bases(one.matter, one.voter_class), state.voters_of(one))
        for one in state.together(poll)
    )
    timer = state.plan.rules.ballot_timer_s
    timed = timer is not None and poll.visibility is not Visibility.HANDS
    return (*opened, e.TimerStarted(at + timer * 1000)) if timed and timer is not None else opened


def hold_poll(state: State, command: c.HoldPoll, at: int) -> Events:
    poll = _poll(state, command, command.poll)
    return tuple(e.PollHeld(one.id) for one in state.together(poll))


def resume_poll(state: State, command: c.ResumePoll, at: int) -> Events:
    poll = _poll(state, command, command.poll)
    return tuple(e.PollResumed(one.id) for one in state.together(poll))


def close_poll(state: State, command: c.ClosePoll, at: int) -> Events:
    poll = _poll(state, command, command.poll)
    if poll.visibility is Visibility.HANDS:
        # Its end is the teller's confirmation of what was counted.
        raise unruly(command, poll)
    return tuple(e.PollClosing(one.id) for one in state.together(poll))


def record_count(state: State, command: c.RecordCount, at: int) -> Events:
    """Of one poll.  The advisory ones come before the binding one, which is declared with them."""
    poll = poll_of(state, command.poll)
    if c.RecordCount not in POLL_IN_ORDER[poll.stage]:
        raise unruly(command, poll)
    counted = e.PollCounted(poll.id, command.result, command.names)
    if not poll.binding:
        return (counted,)
    if _waits(state, poll, command.result):
        return (counted,)
    return (counted, *declare(state, poll, command.result))


def _waits(state: State, poll: Poll, result: Mapping[str, Any]) -> bool:
    """Whether somebody has to look at the count before it is declared."""
    if result["vote"] == "void" or poll.visibility is Visibility.HANDS:
        return False
    return state.plan.rules.announce is not Announce.IMMEDIATE or bool(written_in(poll, result))


def written_in(poll: Poll, result: Mapping[str, Any]) -> tuple[str, ...]:
    """Names written in: whose spelling is whose the tellers say before anything is declared (row 88)."""
    answer = result["questions"][poll.question]
    if answer["kind"] != "election":
        return ()
    return tuple(name for name in answer["votes"] if name not in answer["against"])


def declare(state: State, poll: Poll, result: Mapping[str, Any] | None = None) -> Events:
    """The result of a binding poll, with those of the classes that advise."""
    own = poll.result if result is None else result
    assert own is not None, "only a counted poll is declared"
    others = tuple(
        e.ResultDeclared(one.id, _outcome(one, one.result))
        for one in state.together(poll)
        if not one.binding and one.result is not None
    )
    return (*others, e.ResultDeclared(poll.id, _outcome(poll, own)))


def _outcome(poll: Poll, result: Mapping[str, Any]) -> str:
    if result["vote"] == "void":
        return "void"
    return str(result["questions"][poll.question]["outcome"])


def reveal_result(state: State, command: c.RevealResult, at: int) -> Events:
    poll = _poll(state, command, command.poll)
    wants_teller = state.plan.rules.announce is Announce.TELLERS_CONFIRM or (
        poll.result is not None and bool(written_in(poll, poll.result))
    )
    if (wants_teller and poll.confirmed_by is None) or poll.objection:
        raise PreconditionUnmet(names=["count_confirmed"])
    return declare(state, poll)


def reject_count(state: State, command: c.RejectCount, at: int) -> Events:
    poll = _poll(state, command, command.poll)
    if not poll.objection:
        raise unruly(command, poll)
    reason = reason_of(command.reason)
    return tuple(e.CountRejected(one.id, reason) for one in state.together(poll))


def abort_poll(state: State, command: c.AbortPoll, at: int) -> Events:
    poll = _poll(state, command, command.poll)
    if poll.totals is not None:
        # raised hands have been counted: a result that has been seen takes a teller's word to undo (VoidPoll)
        raise unruly(command, poll)
    reason = reason_of(command.reason)
    return tuple(e.PollAborted(one.id, reason) for one in state.together(poll))


def void_poll(state: State, command: c.VoidPoll, at: int) -> Events:
    poll = _poll(state, command, command.poll)
    return (e.VoidProposed(poll.id, reason_of(command.reason)),)


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
    """The poll, if `command` is in order at its stage; only of a binding one anything is ordered."""
    poll = poll_of(state, poll_id)
    if type(command) not in POLL_IN_ORDER[poll.stage] or not poll.binding:
        raise unruly(command, poll)
    return poll
