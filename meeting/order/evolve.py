"""One event more: the state after it.  Never refuses, reads no clock, and knows every event there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar, assert_never

from meeting.order.events import (
    ROLL_EVENTS,
    Event,
    HallCovered,
    HallUncovered,
    LeaveRecorded,
    MatterDeferred,
    MatterTerminated,
    MatterWithdrawn,
    MemberArrived,
    MemberDeparted,
    MemberRecused,
    PledgeAccepted,
    PledgeOrderedAgain,
    PollAborted,
    PollClosing,
    PollCounted,
    PollHeld,
    PollId,
    PollOpened,
    PollPrepared,
    PollResumed,
    PollVoided,
    PreconditionOverridden,
    QuestionClosed,
    QuestionPut,
    ResultDeclared,
    RollConfirmed,
    SittingClosed,
    SittingLoaded,
    StepCompleted,
    StepEntered,
    StepSkipped,
    TimerStarted,
    TimerStopped,
    VoteNotHeld,
)
from meeting.order.sitting import MatterId
from meeting.order.state import (
    MatterState,
    MatterStatus,
    Poll,
    PollStage,
    Position,
    Presence,
    Question,
    Stage,
    State,
    StepMark,
    Timer,
)

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event in its place in the journal: `seq` from 1, `at` in milliseconds since 1970, UTC."""

    seq: int
    at: int
    event: Event


def replay(journal: Iterable[Recorded]) -> State:
    """The state after a whole journal, whose first event must be `SittingLoaded`.

    Raises ValueError when there is no event at all.
    """
    state: State | None = None
    for entry in journal:
        state = evolve(state, entry)
    if state is None:
        raise ValueError("an empty journal has no state")
    return state


def evolve(state: State | None, entry: Recorded) -> State:
    """The state after `entry`.  `state` is None only before `SittingLoaded`."""
    if isinstance(entry.event, SittingLoaded):
        return _loaded(entry.event, entry.seq)
    assert state is not None, "the first event of a journal is SittingLoaded"
    after = _apply(state, entry.event, entry.at)
    order_seq = state.order_seq if isinstance(entry.event, ROLL_EVENTS) else entry.seq
    return replace(after, seq=entry.seq, order_seq=order_seq)


def _loaded(event: SittingLoaded, seq: int) -> State:
    plan = event.plan
    return State(
        plan=plan,
        seq=seq,
        order_seq=seq,
        presence={member.number: Presence.EXPECTED for member in plan.members},
        matters={matter.id: MatterState() for matter in plan.matters},
        at=Position(plan.items[0].number, 0),
    )


def _apply(state: State, event: Event, at: int) -> State:
    match event:
        case SittingLoaded():
            return _loaded(event, state.seq)
        case MemberArrived(member):
            return replace(state, presence=_with(state.presence, member, Presence.PRESENT))
        case LeaveRecorded(member, reason):
            return replace(
                state,
                presence=_with(state.presence, member, Presence.ON_LEAVE),
                leave_reasons=_with(state.leave_reasons, member, reason),
            )
        case MemberDeparted(member):
            return replace(state, presence=_with(state.presence, member, Presence.LEFT_EARLY))
        case RollConfirmed():
            return replace(state, stage=Stage.SITTING)
        case MemberRecused(member, matter, reason):
            return replace(state, recusals=_with(state.recusals, (member, matter), reason))
        case StepEntered(item, step):
            return replace(state, at=Position(item, step), timer=None, notice=None, cover=None)
        case StepCompleted(item, step):
            return _marked(state, item, step, StepMark.DONE)
        case StepSkipped(item, step):
            return _marked(state, item, step, StepMark.SKIPPED)
        case VoteNotHeld(item, step):
            return _marked(state, item, step, StepMark.NOT_HELD)
        case TimerStarted(ends_at):
            return replace(state, timer=Timer(ends_at=ends_at))
        case TimerStopped(remaining_ms):
            return replace(state, timer=Timer(remaining_ms=remaining_ms))
        case HallCovered(cover):
            return replace(state, cover=cover)
        case HallUncovered():
            return replace(state, cover=None)
        case PledgeAccepted(matter):
            return _matter(state, matter, pledged=True)
        case PledgeOrderedAgain(matter, reason):
            pledges = state.matters[matter].pledges + 1
            return _matter(state, matter, pledges=pledges, pledged=False, reason=reason)
        case MatterTerminated(matter, reason):
            return replace(
                _matter(state, matter, status=MatterStatus.TERMINATED, reason=reason), notice=matter
            )
        case MatterDeferred(matter, moved_by, consent, reason):
            deferred = _matter(
                state, matter, status=MatterStatus.DEFERRED, moved_by=moved_by, consent=consent, reason=reason
            )
            return replace(deferred, notice=matter)
        case MatterWithdrawn(matter):
            return replace(_matter(state, matter, status=MatterStatus.WITHDRAWN), notice=matter)
        case QuestionPut(by, text):
            assert state.at is not None
            return replace(state, questions=(*state.questions, Question(*state.at, by, text)))
        case QuestionClosed(answered):
            return _question_closed(state, answered)
        case PreconditionOverridden(item, step, name, reason):
            return replace(state, overrides=_with(state.overrides, (Position(item, step), name), reason))
        case PollPrepared():
            poll = Poll(
                id=event.poll,
                item=event.item,
                step=event.step,
                matter=event.matter,
                round=event.round,
                voter_class=event.voter_class,
                visibility=event.visibility,
                question=event.question,
                replaces=event.replaces,
            )
            return replace(state, polls=_with(state.polls, poll.id, poll))
        case PollOpened(poll_id, bases, voters):
            opened = replace(state, cover=None)
            return _poll(opened, poll_id, stage=PollStage.OPEN, bases=bases, voters=voters, opened_at=at)
        case PollHeld(poll_id):
            return _poll(state, poll_id, stage=PollStage.HELD)
        case PollResumed(poll_id):
            return _poll(state, poll_id, stage=PollStage.OPEN)
        case PollClosing(poll_id):
            return _poll(state, poll_id, stage=PollStage.CLOSING)
        case PollCounted(poll_id, result):
            return _poll(state, poll_id, result=result, counted_at=at)
        case ResultDeclared(poll_id, outcome):
            return _declared(replace(state, cover=None), poll_id, outcome)
        case PollAborted(poll_id, reason) | PollVoided(poll_id, reason):
            return _poll(state, poll_id, stage=PollStage.VOID, why_void=reason)
        case SittingClosed():
            return replace(state, stage=Stage.CLOSED, at=None, timer=None, cover=None)
        case _:
            assert_never(event)


def _declared(state: State, poll_id: PollId, outcome: str) -> State:
    poll = state.polls[poll_id]
    if outcome == "void":
        return _poll(
            state, poll_id, stage=PollStage.VOID, outcome=outcome, why_void="more-returned-than-issued"
        )
    after = _poll(state, poll_id, stage=PollStage.DECLARED, outcome=outcome)
    if poll.matter is not None:
        return _matter(after, poll.matter, status=MatterStatus(outcome))
    tellers = state.plan.item(poll.item).tellers
    if tellers is not None and outcome == "carried":
        return replace(after, tellers=tellers.all)
    return after


def _question_closed(state: State, answered: bool) -> State:
    # Journals of the first release close the last question of all, wherever it was put; it is the only open one.
    asked = state.question or state.questions[-1]
    closed = replace(asked, answered=answered)
    return replace(state, questions=tuple(closed if q is asked else q for q in state.questions))


def _with(mapping: Mapping[K, V], key: K, value: V) -> dict[K, V]:
    return {**mapping, key: value}


def _marked(state: State, item: int, step: int, mark: StepMark) -> State:
    return replace(state, marks=_with(state.marks, Position(item, step), mark))


def _matter(state: State, matter: MatterId, **changes: object) -> State:
    changed = replace(state.matters[matter], **changes)  # type: ignore[arg-type]  # names are fields
    return replace(state, matters=_with(state.matters, matter, changed))


def _poll(state: State, poll: PollId, **changes: object) -> State:
    changed = replace(state.polls[poll], **changes)  # type: ignore[arg-type]  # names are fields
    return replace(state, polls=_with(state.polls, poll, changed))
