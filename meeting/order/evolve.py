"""One event more: the state after it.  Never refuses, reads no clock, and knows every event there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar, assert_never

from meeting.order import following, shown
from meeting.order.events import (
    UNNOTICED,
    Arrival,
    ChairHandedOver,
    CommentRecorded,
    CountConfirmed,
    CountObjected,
    CountRejected,
    EmptyBoxConfirmed,
    Event,
    HallCovered,
    HallUncovered,
    HandsOrdered,
    LeaveRecorded,
    MatterDeferred,
    MatterReturned,
    MatterTerminated,
    MatterWithdrawn,
    MemberArrived,
    MemberDeparted,
    MemberRecused,
    PledgeAccepted,
    PledgeOrderedAgain,
    PledgePointTicked,
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
    QuestionAdmitted,
    QuestionClosed,
    QuestionDeclined,
    QuestionPut,
    RespondentAssigned,
    ResultDeclared,
    RollConfirmed,
    RoundCalled,
    SittingClosed,
    SittingLoaded,
    SpeakerCalled,
    SpeechEnded,
    SpeechRequested,
    SpeechRequestWithdrawn,
    StepCompleted,
    StepEntered,
    StepSkipped,
    SummaryRecorded,
    TimerStarted,
    TimerStopped,
    TotalsConfirmed,
    TotalsEntered,
    VoidProposed,
    WriteInsRuled,
)
from meeting.order.follow_events import FollowEvent
from meeting.order.material_events import MaterialHidden, MaterialShown, VideoPaused, VideoStarted
from meeting.order.replies import ReplyJudged, with_reply
from meeting.order.rulings import with_ruling
from meeting.order.sitting import MatterId
from meeting.order.state import (
    Comment,
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
    order_seq = state.order_seq if _unnoticed(entry.event) else entry.seq
    showing = shown.after(state.showing, entry.event, entry.at)
    return replace(after, seq=entry.seq, order_seq=order_seq, showing=showing)


def _unnoticed(event: Event) -> bool:
    return isinstance(event, UNNOTICED) or (isinstance(event, QuestionPut) and not event.admitted)


def _loaded(event: SittingLoaded, seq: int) -> State:
    plan = event.plan
    return State(
        plan=plan,
        seq=seq,
        order_seq=seq,
        presence={one.number: Presence.EXPECTED for one in plan.everybody},
        matters={matter.id: MatterState() for matter in plan.matters},
        at=Position(plan.items[0].number, 0),
        presided=tuple(first for first in [plan.presider or (plan.chair and plan.chair.number)] if first),
    )


def _apply(state: State, event: Event, at: int) -> State:
    if isinstance(event, FollowEvent):
        return following.after(state, event, at)
    match event:
        case SittingLoaded():
            return _loaded(event, state.seq)
        case MemberArrived(member, how):
            by_video = state.by_video | {member} if how is Arrival.VIDEO else state.by_video - {member}
            presence = _with(state.presence, member, Presence.PRESENT)
            return replace(state, presence=presence, by_video=by_video)
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
            return _entered(state, Position(item, step))
        case StepCompleted(item, step):
            return _marked(state, item, step, StepMark.DONE)
        case StepSkipped(item, step):
            return _marked(state, item, step, StepMark.SKIPPED)
        case TimerStarted(ends_at):
            return replace(state, timer=Timer(ends_at=ends_at))
        case TimerStopped(remaining_ms):
            return replace(state, timer=Timer(remaining_ms=remaining_ms))
        case HallCovered(cover):
            return replace(state, cover=cover)
        case HallUncovered():
            return replace(state, cover=None)
        case MaterialShown() | MaterialHidden() | VideoStarted() | VideoPaused():
            return state  # `shown` follows them
        case PledgeAccepted(matter):
            return _matter(state, matter, pledged=True)
        case PledgeOrderedAgain(matter, reason):
            pledges = state.matters[matter].pledges + 1
            return _matter(state, matter, pledges=pledges, pledged=False, reason=reason, points=frozenset())
        case PledgePointTicked(matter, point, done):
            points = state.matters[matter].points
            return _matter(state, matter, points=points | {point} if done else points - {point})
        case MatterTerminated(matter, reason, by):
            return _disposed(state, matter, status=MatterStatus.TERMINATED, reason=reason, moved_by=by)
        case MatterDeferred(matter, moved_by, consent, reason, until):
            return _disposed(
                state,
                matter,
                status=MatterStatus.DEFERRED,
                moved_by=moved_by,
                consent=consent,
                reason=reason,
                until=until,
            )
        case MatterWithdrawn(matter, consent, by):
            return _disposed(state, matter, status=MatterStatus.WITHDRAWN, moved_by=by, consent=consent)
        case MatterReturned(matter, reason):
            return _disposed(state, matter, status=MatterStatus.RETURNED, reason=reason)
        case QuestionPut():
            return _question_put(state, event)
        case QuestionAdmitted(question):
            return _question(state, question, admitted=True)
        case QuestionDeclined(question):
            return _question(state, question, admitted=False)
        case RespondentAssigned(question, to):
            return _question(state, question, to=to)
        case QuestionClosed(answered):
            return _question_closed(state, answered)
        case SpeechRequested(member):
            return replace(state, requests=(*state.requests, member))
        case SpeechRequestWithdrawn(member):
            return replace(state, requests=tuple(one for one in state.requests if one != member))
        case SpeakerCalled(member):
            waiting = tuple(one for one in state.requests if one != member)
            return replace(state, requests=waiting, speaker=member, timer=None)
        case SpeechEnded():
            return replace(state, speaker=None, timer=None)
        case SummaryRecorded(item, group, text):
            return replace(state, summaries=_with(state.summaries, (item, group), text))
        case CommentRecorded():
            return _commented(state, event)
        case ChairHandedOver(to):
            return replace(state, presided=(*state.presided, to))
        case ReplyJudged(item):
            replies = with_reply(state.replies.get(item, ()), event)
            timer = None if event.again else state.timer
            return replace(state, replies=_with(state.replies, item, replies), timer=timer)
        case RoundCalled(item, step, contest):
            return replace(state, contests=_with(state.contests, Position(item, step), contest))
        case HandsOrdered(item, step):
            return replace(state, by_hands=state.by_hands | {Position(item, step)})
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
                binding=event.binding,
                visibility=event.visibility,
                questions=event.questions,
                replaces=event.replaces,
                contest=event.contest,
            )
            return replace(state, polls=_with(state.polls, poll.id, poll))
        case EmptyBoxConfirmed(_, teller):
            return replace(state, box_seen_by=teller)
        case PollOpened(poll_id, bases, voters):
            opened = replace(state, cover=None)
            return _poll(opened, poll_id, stage=PollStage.OPEN, bases=bases, voters=voters, opened_at=at)
        case PollHeld(poll_id):
            return _poll(state, poll_id, stage=PollStage.HELD)
        case PollResumed(poll_id):
            return _poll(state, poll_id, stage=PollStage.OPEN)
        case PollClosing(poll_id):
            return _poll(state, poll_id, stage=PollStage.CLOSING)
        case TotalsEntered(poll_id, totals):
            return _poll(state, poll_id, totals=totals)
        case TotalsConfirmed(poll_id, teller):
            return _poll(state, poll_id, totals_by=teller)
        case PollCounted(poll_id, result, names):
            return _poll(state, poll_id, stage=PollStage.COUNTED, result=result, names=names, counted_at=at)
        case WriteInsRuled(poll_id, question, same, person, _, result):
            rulings = with_ruling(state.polls[poll_id].rulings, question, same, person)
            # who has confirmed the count has not confirmed this one
            return _poll(state, poll_id, rulings=rulings, result=result, confirmed_by=None)
        case CountConfirmed(poll_id, teller):
            return _poll(state, poll_id, confirmed_by=teller, objection="", objected_by=None)
        case CountObjected(poll_id, teller, reason):
            return _poll(state, poll_id, confirmed_by=None, objection=reason, objected_by=teller)
        case VoidProposed(poll_id, reason):
            return _poll(state, poll_id, void_proposed=reason)
        case ResultDeclared(poll_id, outcome):
            return _declared(replace(state, cover=None), poll_id, outcome)
        case PollAborted(poll_id, reason) | PollVoided(poll_id, reason) | CountRejected(poll_id, reason):
            return _poll(state, poll_id, stage=PollStage.VOID, why_void=reason)
        case SittingClosed():
            return replace(state, stage=Stage.CLOSED, at=None, timer=None, cover=None, recording_since=None)
        case _:
            assert_never(event)


def _entered(state: State, at: Position) -> State:
    """Another step: what belonged to the last one is over; who has asked to speak stays while the item is on."""
    requests = state.requests if state.at is not None and state.at.item == at.item else ()
    return replace(state, at=at, timer=None, notice=None, cover=None, speaker=None, requests=requests)


def _declared(state: State, poll_id: PollId, outcome: str) -> State:
    poll = state.polls[poll_id]
    if outcome == "void":
        return _poll(
            state, poll_id, stage=PollStage.VOID, outcome=outcome, why_void="more-returned-than-issued"
        )
    after = _poll(state, poll_id, stage=PollStage.DECLARED, outcome=outcome)
    if not poll.binding:
        return after
    if poll.matter is not None:
        status = MatterStatus(outcome)
        after = _matter(after, poll.matter, status=status)
        for one in state.plan.matter(poll.matter).bloc:
            if not state.disposed(one):
                after = _matter(after, one, status=status)
        return after
    tellers = state.plan.item(poll.item).tellers
    if tellers is not None and outcome == "carried":
        return replace(after, tellers=tellers.all)
    return after


def _commented(state: State, event: CommentRecorded) -> State:
    comment = Comment(event.item, event.member, event.text, event.recorded_by)
    return replace(state, comments=(*state.comments, comment))


def _question_put(state: State, event: QuestionPut) -> State:
    assert state.at is not None, "questions are put at a step"
    put = Question(
        *state.at,
        by=event.by,
        text=event.text,
        source=event.source,
        to=event.to,
        follows=event.follows,
        admitted=True if event.admitted else None,
        member=event.member,
    )
    return replace(state, questions=(*state.questions, put))


def _question(state: State, number: int, **changes: object) -> State:
    changed = replace(state.questions[number], **changes)  # type: ignore[arg-type]  # names are fields
    questions = (*state.questions[:number], changed, *state.questions[number + 1 :])
    return replace(state, questions=questions)


def _question_closed(state: State, answered: bool) -> State:
    asked = state.question
    assert asked is not None, "decide lets nobody close a question that is not being asked"
    return _question(state, state.questions.index(asked), answered=answered)


def _with(mapping: Mapping[K, V], key: K, value: V) -> dict[K, V]:
    return {**mapping, key: value}


def _marked(state: State, item: int, step: int, mark: StepMark) -> State:
    return replace(state, marks=_with(state.marks, Position(item, step), mark))


def _matter(state: State, matter: MatterId, **changes: object) -> State:
    changed = replace(state.matters[matter], **changes)  # type: ignore[arg-type]  # names are fields
    return replace(state, matters=_with(state.matters, matter, changed))


def _disposed(state: State, matter: MatterId, **changes: object) -> State:
    """It ends without a vote, and with it whatever was to be voted on together with it."""
    still = (one for one in state.plan.matter(matter).bloc if not state.disposed(one))
    for one in (matter, *still):
        state = _matter(state, one, **changes)
    return replace(state, notice=matter)


def _poll(state: State, poll: PollId, **changes: object) -> State:
    changed = replace(state.polls[poll], **changes)  # type: ignore[arg-type]  # names are fields
    return replace(state, polls=_with(state.polls, poll, changed))
