"""Orders that walk the agenda: proceed, skip, go to, timers, questions, a matter that ends without a vote.  Pure."""

from __future__ import annotations

import re

from meeting.order import commands as c
from meeting.order import events as e
from meeting.order.errors import (
    MatterClosed,
    NoMonth,
    OutOfOrder,
    UnknownStep,
)
from meeting.order.interpellation import must_be_judged
from meeting.order.require import Events, current, drop_prepared, matter_of, reason_of, still_filed
from meeting.order.sitting import MatterId, StepKind
from meeting.order.state import PollStage, Position, State


def proceed(state: State, command: c.Proceed, at: int) -> Events:
    step = current(state)
    if step.kind is StepKind.VOTE and not state.disposed(step.matter):
        poll = state.poll
        if poll is None or poll.stage is not PollStage.DECLARED or state.wants_poll:
            raise OutOfOrder(command="Proceed", stage="vote")
    must_be_judged(state)
    declaring = read_out(state)
    if declaring is None:
        return on_from_here(state)
    assert state.at is not None, "a declared vote is a step of the agenda"
    passed = (e.StepCompleted(*state.at), e.StepEntered(*declaring), e.StepCompleted(*declaring))
    return (*passed, *_enter_next(state, declaring))


def read_out(state: State) -> Position | None:
    """The step that declares the result of the vote that is current: its result has been read out here already.

    The result stands on every screen while the vote is the current step, so one order passes both (宣布完毕).
    """
    at, poll = state.at, state.poll
    if at is None or state.step is None or state.step.vote is None or state.disposed(state.step.matter):
        return None
    if poll is None or poll.stage is not PollStage.DECLARED or state.wants_poll:
        return None
    following = state.following(at)
    if following != (at.item, at.step + 1) or state.step_at(following).kind is not StepKind.DECLARATION:
        return None
    return following


def on_from_here(state: State) -> Events:
    step = current(state)
    assert state.at is not None
    done: list[e.Event] = [e.StepCompleted(*state.at)]
    if step.kind is StepKind.PLEDGE and step.matter is not None and not state.disposed(step.matter):
        done.append(e.PledgeAccepted(step.matter))
    if step.kind is StepKind.CLOSING:
        return (*done, e.SittingClosed())
    return (*done, *_enter_next(state, state.at))


def _enter_next(state: State, after: Position, *, skip_declaration: bool = False) -> Events:
    upcoming = state.following(after)
    if skip_declaration and upcoming is not None and state.step_at(upcoming).kind is StepKind.DECLARATION:
        upcoming = state.following(upcoming)
    if upcoming is None:
        # The agenda's end without a closing step: the chair closes the sitting by a command of its own.
        return ()
    return (e.StepEntered(*upcoming),)


def skip_step(state: State, command: c.SkipStep, at: int) -> Events:
    step = current(state)
    assert state.at is not None
    if step.kind in {StepKind.ROLL_CALL, StepKind.CLOSING}:
        raise OutOfOrder(command="SkipStep", stage=step.kind.value)
    poll = state.poll
    if step.kind is StepKind.DECLARATION and poll is not None and poll.stage is PollStage.DECLARED:
        # 当场宣布 (组织法 51, NPCSC规则 45): a result is always declared.
        raise OutOfOrder(command="SkipStep", stage=step.kind.value)
    skip_declaration = step.kind is StepKind.VOTE and (poll is None or poll.stage is not PollStage.DECLARED)
    return (
        *drop_prepared(state, "step-skipped"),
        e.StepSkipped(*state.at, reason_of(command.reason)),
        *_enter_next(state, state.at, skip_declaration=skip_declaration),
    )


def go_to(state: State, command: c.GoTo, at: int) -> Events:
    target = Position(command.item, command.step)
    if target not in state.positions():
        raise UnknownStep(item=command.item, step=command.step)
    step = state.step_at(target)
    if state.disposed(step.matter):
        raise MatterClosed(
            matter=step.matter, status=state.matters[matter_of(state, step.matter)].status.value
        )
    if target == state.at or state.passed_over(target):
        raise OutOfOrder(command="GoTo", stage=step.kind.value)
    return (*drop_prepared(state, "step-left"), e.StepEntered(*target))


def start_timer(state: State, command: c.StartTimer, at: int) -> Events:
    limit = command.seconds if command.seconds is not None else current(state).limit_s
    if limit is None or not 0 < limit <= 24 * 3600:
        raise OutOfOrder(command="StartTimer", stage=current(state).kind.value)
    if command.seconds is None and state.timer is not None and state.timer.remaining_ms is not None:
        return (e.TimerStarted(at + state.timer.remaining_ms),)
    return (e.TimerStarted(at + limit * 1000),)


def stop_timer(state: State, command: c.StopTimer, at: int) -> Events:
    if state.timer is None or state.timer.ends_at is None:
        raise OutOfOrder(command="StopTimer", stage=current(state).kind.value)
    return (e.TimerStopped(state.timer.ends_at - at),)


def extend_timer(state: State, command: c.ExtendTimer, at: int) -> Events:
    timer = state.timer
    if timer is None or command.seconds == 0 or abs(command.seconds) > 24 * 3600:
        raise OutOfOrder(command="ExtendTimer", stage=current(state).kind.value)
    if timer.ends_at is not None:
        # A speaker who is over time gets the seconds from now on, not from when his time was up.
        return (e.TimerStarted(max(timer.ends_at, at) + command.seconds * 1000),)
    return (e.TimerStopped((timer.remaining_ms or 0) + command.seconds * 1000),)


def cover_hall(state: State, command: c.CoverHall, at: int) -> Events:
    if state.cover is command.cover:
        raise OutOfOrder(command="CoverHall", stage=command.cover.value)
    return (e.HallCovered(command.cover),)


def show_hall(state: State, command: c.ShowHall, at: int) -> Events:
    if state.cover is None:
        raise OutOfOrder(command="ShowHall", stage="shown")
    return (e.HallUncovered(),)


def pledge_again(state: State, command: c.PledgeAgain, at: int) -> Events:
    """000h: 一律重新作表态发言.  From the pledge itself or anything after it, until the vote."""
    matter = matter_of(state, command.matter)
    still_filed(state, matter)
    pledge = next(
        (
            p
            for p in state.positions()
            if state.step_at(p).kind is StepKind.PLEDGE and state.step_at(p).matter == matter
        ),
        None,
    )
    if (
        pledge is None
        or state.at is None
        or state.positions().index(state.at) < state.positions().index(pledge)
    ):
        raise OutOfOrder(command="PledgeAgain", stage=current(state).kind.value)
    again = e.PledgeOrderedAgain(matter, reason_of(command.reason))
    return (*drop_prepared(state, "pledge-again"), again, e.StepEntered(*pledge))


def terminate(state: State, command: c.TerminateMatter, at: int) -> Events:
    matter = matter_of(state, command.matter)
    return _dispose(state, matter, e.MatterTerminated(matter, reason_of(command.reason), _named(command.by)))


def defer(state: State, command: c.DeferMatter, at: int) -> Events:
    matter = matter_of(state, command.matter)
    until = command.until.strip()
    if until and not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", until):
        raise NoMonth(until=until[:20])
    reason = reason_of(command.reason)
    deferred = e.MatterDeferred(matter, command.moved_by, command.consent, reason, until)
    return _dispose(state, matter, deferred)


def withdraw(state: State, command: c.WithdrawMatter, at: int) -> Events:
    matter = matter_of(state, command.matter)
    return _dispose(state, matter, e.MatterWithdrawn(matter, _named(command.consent), _named(command.by)))


def _named(who: str) -> str:
    """Whoever acted, as the record is to name him; empty: whom the rules name."""
    return reason_of(who) if who.strip() else ""


def return_matter(state: State, command: c.ReturnMatter, at: int) -> Events:
    matter = matter_of(state, command.matter)
    return _dispose(state, matter, e.MatterReturned(matter, reason_of(command.reason)))


def _dispose(state: State, matter: MatterId, event: e.Event) -> Events:
    """The matter ends without a vote; if its step is the current one, the sitting goes on to the next."""
    still_filed(state, matter)
    if state.step is None or state.at is None:
        return (event,)
    bloc = () if state.step.matter is None else state.plan.matter(state.step.matter).bloc
    if state.step.matter != matter and matter not in bloc:
        return (event,)
    if state.step.matter != matter and not all(one == matter or state.disposed(one) for one in bloc):
        # The others of the bloc stay to be voted on; a paper that names this one is not theirs any more.
        return (*drop_prepared(state, "matter-ended"), event)
    rest = (p for p in state.positions()[state.positions().index(state.at) + 1 :])
    over = {matter, state.step.matter}
    upcoming = next(
        (p for p in rest if state.step_at(p).matter not in over and not state.passed_over(p)), None
    )
    onward: Events = () if upcoming is None else (e.StepEntered(*upcoming),)
    # The event comes last, so that the notice of it stands at the step where the sitting goes on.
    return (*drop_prepared(state, "matter-ended"), *onward, event)
