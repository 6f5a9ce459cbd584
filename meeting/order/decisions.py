"""What the day decided, in the order of the agenda: for the closing summary and the chair's words.  Pure.

Only what was declared, or ended without a vote in front of everybody; what the public may know of it is
`meeting.projections.public_view`'s affair.
"""

from __future__ import annotations

from dataclasses import dataclass

from meeting.order import conclusion, interpellation, winners
from meeting.order.asking import ElectionAsk, GradeAsk, MotionAsk, ScoreAsk, SelectionAsk
from meeting.order.declaration import answers, deciding
from meeting.order.poll import Poll, PollStage
from meeting.order.progress import DISPOSED, Position
from meeting.order.sentence import Sentence, names, sentence
from meeting.order.sitting import MatterId, StepKind, Text
from meeting.order.state import State


@dataclass(frozen=True, slots=True)
class Decision:
    item: int
    title: Text
    outcome: Sentence
    matter: MatterId | None = None
    poll: Poll | None = None
    """The round that decided; None where nothing was voted on."""


def of_the_day(state: State) -> tuple[Decision, ...]:
    found: list[Decision] = []
    for item, index, step in state.plan.steps():
        replies = state.replies.get(item.number, ())
        if step.kind is StepKind.REPLY and replies:
            found.append(Decision(item.number, item.title, interpellation.outcome(replies)))
        if step.kind is not StepKind.VOTE:
            continue
        matters = () if step.matter is None else (step.matter, *state.plan.matter(step.matter).bloc)
        for matter in matters:
            if state.matters[matter].status in DISPOSED:
                ended = sentence(f"outcome.{state.matters[matter].status.value}")
                found.append(Decision(item.number, state.plan.matter(matter).title, ended, matter))
        declared = [
            poll for poll in state.rounds(Position(item.number, index)) if poll.stage is PollStage.DECLARED
        ]
        if not declared:
            continue
        last = declared[-1]
        if step.matter is None:
            found.append(Decision(item.number, item.title, outcome(state, last), None, last))
            continue
        for matter in matters[1:] or matters:
            if state.matters[matter].status not in DISPOSED:
                title = state.plan.matter(matter).title
                found.append(Decision(item.number, title, outcome(state, last), matter, last))
    return tuple(found)


def outcome(state: State, poll: Poll) -> Sentence:
    """What came of a declared poll, in a few words."""
    ask, answer = deciding(state, poll)
    match ask:
        case MotionAsk():
            return sentence(f"outcome.{answer['outcome']}")
        case GradeAsk(scale):
            grade = next(one for one in scale if one.zh == answer["grade"])
            overall = next(
                (one["overall"] for _, asked, one in answers(state, poll) if isinstance(asked, ScoreAsk)),
                None,
            )
            said = (
                sentence("outcome.graded", grade=grade)
                if overall is None
                else sentence("outcome.graded-scored", grade=grade, overall=overall)
            )
            concluded = conclusion.verdict(ask, grade.zh) if poll.binding else None
            return (
                said if concluded is None else sentence("outcome.concluded", graded=said, concluded=concluded)
            )
        case ScoreAsk():
            overall = answer["overall"]
            return (
                sentence("outcome.no-scores")
                if overall is None
                else sentence("outcome.scored", overall=overall)
            )
        case ElectionAsk():
            elected = winners.chosen(state, poll)
            return (
                sentence("outcome.elected", names=names(elected)) if elected else sentence("outcome.nobody")
            )
        case SelectionAsk():
            selected = names(winners.label(ask, one) for one in winners.chosen(state, poll))
            return (
                sentence("outcome.selected", names=selected) if selected.parts else sentence("outcome.nobody")
            )
