"""Orders about what comes after a round or in place of it: run-off, further election, show of hands.  Pure."""

from __future__ import annotations

from meeting.order import commands as c
from meeting.order import events as e
from meeting.order.asking import Contest, RoundKind, ScoreAsk, Visibility
from meeting.order.errors import (
    HandsUseless,
    NoRoundToCall,
    OutOfOrder,
    SecretByLaw,
    TotalsWrong,
)
from meeting.order.paper_of import paper_of
from meeting.order.require import Events, current, drop_prepared, poll_of, reason_of, teller_of, unruly
from meeting.order.state import LIVE, Poll, PollStage, State
from voting import totals
from voting.errors import VotingError


def next_contest(poll: Poll) -> Contest | None:
    """The round that a declared result asks for (选举法 45; COUNTING.md 3), or None where everything is decided."""
    if poll.stage is not PollStage.DECLARED or poll.result is None:
        return None
    answer = poll.result["questions"][poll.question]
    left = int(answer.get("seats_left", answer.get("places_left", 0)))
    if left < 1:
        return None
    if answer.get("tied"):
        return Contest(RoundKind.RUN_OFF, left, tuple(answer["tied"]), poll.id)
    if answer.get("next_candidates"):
        return Contest(RoundKind.FURTHER, left, tuple(answer["next_candidates"]), poll.id)
    return None


def call_round(state: State, command: c.CallRound, at: int) -> Events:
    poll = poll_of(state, command.poll)
    contest = next_contest(poll)
    position = state.vote_position
    if contest is None or position is None or state.poll is None or state.poll.id != poll.id:
        raise NoRoundToCall(poll=poll.id)
    if state.wants_poll:
        raise OutOfOrder(command="CallRound", stage="vote")
    back = () if state.at == position else (e.StepEntered(*position),)
    return (*back, e.RoundCalled(*position, contest))


def use_hands(state: State, command: c.UseHands, at: int) -> Events:
    step = current(state)
    if step.vote is None or state.at is None or state.visibility_at(state.at) is Visibility.HANDS:
        raise OutOfOrder(command="UseHands", stage=step.kind.value)
    decided = state.poll is not None and state.poll.stage in {PollStage.DECLARED, PollStage.COUNTED}
    # A round that was called waits for its paper: where none can be made, hands go up instead.
    if state.poll is not None and decided and not state.wants_poll:
        raise OutOfOrder(command="UseHands", stage=state.poll.stage.value)
    if step.vote.by_law_secret:
        raise SecretByLaw(matter=step.matter)
    if all(isinstance(ask, ScoreAsk) for ask in step.vote.asks):
        raise HandsUseless()
    reason, teller = reason_of(command.reason), teller_of(state, command.teller)
    running = () if state.poll is None else state.together(state.poll)
    voided = tuple(e.PollVoided(poll.id, reason, teller) for poll in running if poll.stage in LIVE)
    return (*drop_prepared(state, reason), *voided, e.HandsOrdered(*state.at, reason, teller))


def enter_totals(state: State, command: c.EnterTotals, at: int) -> Events:
    poll = poll_of(state, command.poll)
    if (
        poll.visibility is not Visibility.HANDS
        or poll.stage is not PollStage.OPEN
        or poll.totals_by is not None
    ):
        raise unruly(command, poll)
    try:
        totals.check(paper_of(state, poll), len(poll.voters), command.totals)
    except VotingError as wrong:
        raise TotalsWrong(**dict(wrong.data)) from wrong
    return (e.TotalsEntered(poll.id, command.totals),)


def confirm_totals(state: State, command: c.ConfirmTotals, at: int) -> Events:
    """The second pair of eyes; the count follows by itself."""
    poll = poll_of(state, command.poll)
    if poll.totals is None or poll.stage is not PollStage.OPEN:
        raise unruly(command, poll)
    return (e.TotalsConfirmed(poll.id, teller_of(state, command.teller)), e.PollClosing(poll.id))
