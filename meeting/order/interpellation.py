"""Interpellation: the organ answers, its movers say whether they are satisfied, and if not it answers again.  Pure."""

from __future__ import annotations

from meeting.order.errors import MoversWrong, NoSecondReply, OutOfOrder, ReplyNotJudged
from meeting.order.replies import RecordReply, Reply, ReplyJudged
from meeting.order.require import Events, current
from meeting.order.sentence import Sentence, sentence
from meeting.order.sitting import StepKind
from meeting.order.state import State


def record_reply(state: State, command: RecordReply, at: int) -> Events:
    step, item = current(state), state.item
    about = None if item is None else item.particulars.interpellation
    if step.kind is not StepKind.REPLY or item is None or about is None:
        raise OutOfOrder(command="RecordReply", stage=step.kind.value)
    movers = len(about.movers)
    if not 0 <= command.dissatisfied <= movers:
        raise MoversWrong(movers=movers)
    # 监督法 54: 过半数 of the movers may want a further reply, and the chairs' meeting decides on it.
    if command.again and 2 * command.dissatisfied <= movers:
        raise NoSecondReply(movers=movers, needed=movers // 2 + 1)
    return (ReplyJudged(item.number, command.dissatisfied, command.again),)


def must_be_judged(state: State) -> None:
    """Raises ReplyNotJudged where a reply has been given and nothing is recorded of it, or another one is due."""
    if current(state).kind is StepKind.REPLY and not is_settled(state):
        raise ReplyNotJudged()


def is_settled(state: State) -> bool:
    """Whether the current item's last reply stands."""
    replies = _replies(state)
    return bool(replies) and not replies[-1].again


def _replies(state: State) -> tuple[Reply, ...]:
    return () if state.item is None else state.replies.get(state.item.number, ())


def outcome(replies: tuple[Reply, ...]) -> Sentence:
    """What came of an interpellation, in a few words."""
    last = replies[-1]
    key = "again" if last.again else "satisfied" if not last.dissatisfied else "heard"
    return sentence(f"outcome.reply-{key}", dissatisfied=last.dissatisfied, count=len(replies))


def judgement(state: State) -> Sentence | None:
    """What the movers have said of the newest reply at the current item; None while they have said nothing."""
    replies, item = _replies(state), state.item
    about = None if item is None else item.particulars.interpellation
    if not replies or about is None or current(state).kind is not StepKind.REPLY:
        return None
    last = replies[-1]
    key = "again-due" if last.again else "satisfied" if not last.dissatisfied else "heard"
    return sentence(
        f"say.reply-{key}", movers=len(about.movers), dissatisfied=last.dissatisfied, organ=about.addressed
    )
