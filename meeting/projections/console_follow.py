"""The console beside the business: what an evaluation repeats, what the day leaves to do, the recording.  Pure.

Tasks follow from the state; what has been done about them since is not known here.
"""

from __future__ import annotations

from meeting.order.earlier import as_said, last_grade, still_open
from meeting.order.follow_up import Task, tasks
from meeting.order.progress import Stage
from meeting.order.sitting import StepKind
from meeting.order.state import State
from meeting.projections.frame import View
from meeting.wording import words


def follow_view(state: State) -> View:
    """Keys of the console's view."""
    return {
        "recording": None if state.recording_since is None else {"since": state.recording_since},
        "earlier": _earlier(state),
        "tasks": [_task(one) for one in tasks(state)] if _is_ending(state) else [],
    }


def _earlier(state: State) -> View | None:
    """Of the current item, for the chair before its vote."""
    item = state.item
    grade = None if item is None else last_grade(item)
    if item is None or grade is None:
        return None
    return {"grade": words(grade), "tasks": [words(as_said(one)) for one in still_open(item)]}


def _is_ending(state: State) -> bool:
    """At the closing and after it: before, nobody needs the list."""
    return state.stage is Stage.CLOSED or (state.step is not None and state.step.kind is StepKind.CLOSING)


def _task(task: Task) -> View:
    return {
        "id": task.id,
        "item": task.item,
        "subject": words(task.subject),
        "what": words(task.what),
        "due": None if task.due is None else task.due.isoformat(),
        "deputies": list(task.deputies),
    }
