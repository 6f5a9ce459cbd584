"""How far an evaluation or an appointment is in its whole course, of which the sitting is one part.  Pure.

Six steps of an evaluation (PROCEDURE.md row 172: survey, report, inquiry, findings, rectification, follow-up survey)
and three stages of an appointment (row 173: review, deliberation, supervision), from plan and state alone: nothing is
recorded for them, and nothing hangs on them.  What is done is said only where the sitting knows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from display.slides import Strip
from meeting.order import follow_up
from meeting.order.asking import GradeAsk, ScoreAsk
from meeting.order.poll import PollStage
from meeting.order.progress import MatterStatus, Position, StepMark
from meeting.order.sitting import Item, Matter, StepKind
from meeting.order.state import State

DONE, NOW, AHEAD = "done", "now", "ahead"
_VOTING = frozenset({StepKind.VOTE, StepKind.DECLARATION})


def strip(state: State) -> Strip | None:
    """That of what is on now; None where neither an appointment nor an evaluation is."""
    item, step = state.item, state.step
    if item is None or step is None:
        return None
    if step.matter is not None:
        return of_appointment(state, state.plan.matter(step.matter))
    return of_evaluation(state, item)


# --- an evaluation ---


def of_evaluation(state: State, item: Item) -> Strip | None:
    """None for an item at which nobody is graded."""
    votes = [ask for step in item.steps if step.vote is not None for ask in step.vote.asks]
    if not any(isinstance(ask, GradeAsk | ScoreAsk) for ask in votes):
        return None
    about = item.particulars
    declared = any(
        poll.item == item.number and poll.binding and poll.stage is PollStage.DECLARED
        for poll in state.polls.values()
    )
    # Where nobody is asked at a step of its own, members ask while they deliberate.
    asks = {step.kind for step in item.steps} & {StepKind.QUESTIONS} or {StepKind.DELIBERATION}
    room = (
        DONE if about.survey.zh else AHEAD,
        _through(state, item, {StepKind.STATEMENT}),
        _through(state, item, asks),
        NOW if _is_at(state, item, _VOTING) else DONE if declared else AHEAD,
    )
    # An evaluation that repeats an earlier one is itself the look back (回头看).
    looked_back = DONE if declared and about.earlier is not None else AHEAD
    return Strip("evaluation", (*room, _rectified(state, item, declared and NOW not in room), looked_back))


def _through(state: State, item: Item, kinds: set[StepKind]) -> str:
    """Steps of these kinds: under way, gone through, or not yet; a step that was skipped is not gone through."""
    if _is_at(state, item, kinds):
        return NOW
    marks = [state.marks.get(at) for at in _positions(item, kinds)]
    return DONE if marks and any(mark is StepMark.DONE for mark in marks) else AHEAD


def _rectified(state: State, item: Item, over: bool) -> str:
    """Once all is said here the result has set tasks: their end no sitting sees.  An earlier loop has had its own."""
    if over and any(task.item == item.number for task in follow_up.tasks(state)):
        return NOW
    return DONE if item.particulars.earlier is not None else AHEAD


def _is_at(state: State, item: Item, kinds: Iterable[StepKind]) -> bool:
    return state.at in set(_positions(item, kinds))


def _positions(item: Item, kinds: Iterable[StepKind]) -> Iterator[Position]:
    wanted = frozenset(kinds)
    return (Position(item.number, index) for index, step in enumerate(item.steps) if step.kind in wanted)


# --- an appointment ---


def of_appointment(state: State, matter: Matter) -> Strip | None:
    """None for what is no appointment, and once it has ended without one: nothing follows then."""
    status = state.matters[matter.id].status
    if not matter.is_nomination or matter.bloc or status not in {MatterStatus.FILED, MatterStatus.CARRIED}:
        return None
    carried = status is MatterStatus.CARRIED
    return Strip(
        "appointment",
        (
            DONE if _is_examined(matter) else AHEAD,
            DONE if carried else NOW,
            NOW if carried else AHEAD,
        ),
    )


def _is_examined(matter: Matter) -> bool:
    """As far as the file tells: vetted, examined in law, announced without objection."""
    exam = matter.exams[-1] if matter.exams else None
    return (
        matter.vetted is not False
        and (exam is None or exam.passed)
        and (matter.publicity is None or matter.publicity.objections == 0)
        and (matter.vetted is True or exam is not None or matter.publicity is not None)
    )
