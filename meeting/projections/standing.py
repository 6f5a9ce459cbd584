"""Where a slide stands in the sitting: its head, its place on the agenda, how far each item is.  Pure."""

from __future__ import annotations

from display.slides import Countdown, Head, Place, Words
from meeting.order.poll import PollStage
from meeting.order.progress import Position, Timer
from meeting.order.sentence import sentence
from meeting.order.sitting import Item, MatterId, StepKind
from meeting.order.state import State
from meeting.wording import words

_TOLD = frozenset({"carried", "not_carried"})


def head(state: State) -> Head:
    return Head(
        words(state.plan.body),
        meeting_of(state),
        state.plan.on.isoformat(),
        recording=state.recording_since is not None,
    )


def meeting_of(state: State) -> Words:
    """第三次会议, with the kind of sitting where the file gives one."""
    kind, meeting = state.plan.session_type, state.plan.meeting
    return words(sentence("meeting.with-type", meeting=meeting, kind=kind) if kind.zh else meeting)


def mark(state: State, item: Item) -> str:
    """How far an item is: `done`, `now`, `ahead`; or its outcome, where one vote on one motion was all of it."""
    positions = [Position(item.number, index) for index in range(len(item.steps))]
    if state.at is not None and state.at.item == item.number:
        return "now"
    declared = [
        poll
        for poll in state.polls.values()
        if poll.item == item.number and poll.stage is PollStage.DECLARED and poll.binding
    ]
    decides = [step for step in item.steps if step.kind is not StepKind.READING]
    if len(declared) == 1 and len(decides) == 2 and declared[0].outcome in _TOLD:
        return declared[0].outcome
    return "done" if any(p in state.marks for p in positions) else "ahead"


def place_of(state: State, item: Item, matter: MatterId | None) -> Place:
    """`nth` of `of` among the matters of the item that are still on the table."""
    matters: list[MatterId] = []
    for step in item.steps:
        if step.matter is None or step.matter in matters:
            continue
        if step.matter == matter or not state.disposed(step.matter):
            matters.append(step.matter)
    if matter is None or len(matters) < 2 or matter not in matters:
        return Place(item.number)
    return Place(item.number, matters.index(matter) + 1, len(matters))


def countdown(timer: Timer | None) -> Countdown | None:
    return None if timer is None else Countdown(timer.ends_at, timer.remaining_ms)
