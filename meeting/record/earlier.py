"""Looks up, at loading, the earlier evaluations that a sitting repeats, and writes them into its plan.

The plan goes into the journal with them, so that a replay needs no other sitting; what happens there afterwards does
not reach this one.  Reads in the caller's transaction and decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection

from meeting.order.evolve import replay
from meeting.order.follow_up import Task, tasks
from meeting.order.particulars import Earlier, EarlierFound, OpenTask
from meeting.order.poll import PollStage
from meeting.order.sitting import Item, Plan, SittingId
from meeting.order.state import State
from meeting.order.text import Text
from meeting.record import journal, task_log
from meeting.record.task_log import is_done
from meeting.wording import words


def look_up(conn: Connection, plan: Plan) -> Plan:
    """The plan with what this database knows of every evaluation that it repeats."""

    def found(earlier: Earlier) -> Earlier:
        return replace(earlier, found=_found(conn, earlier))

    return _with_earlier(plan, found)


def as_in_file(plan: Plan) -> Plan:
    """The plan without what was looked up: for asking whether two files are the same."""
    return _with_earlier(plan, lambda earlier: replace(earlier, found=None))


def _with_earlier(plan: Plan, change: Callable[[Earlier], Earlier]) -> Plan:
    if all(item.particulars.earlier is None for item in plan.items):
        return plan
    return replace(plan, items=tuple(_item(item, change) for item in plan.items))


def _item(item: Item, change: Callable[[Earlier], Earlier]) -> Item:
    earlier = item.particulars.earlier
    if earlier is None:
        return item
    return replace(item, particulars=replace(item.particulars, earlier=change(earlier)))


def _found(conn: Connection, earlier: Earlier) -> EarlierFound | None:
    """None where the sitting is not in this database, or its item was not evaluated there."""
    sitting = SittingId(earlier.sitting)
    entries = journal.read(conn, sitting)
    if not entries:
        return None
    state = replay(entries)
    grade = grade_of(state, earlier.item)
    if grade is None:
        return None
    log = task_log.read(conn, sitting)
    still = [task for task in tasks(state) if task.item == earlier.item and not is_done(log.last(task.id))]
    return EarlierFound(state.plan.meeting, grade, tuple(_open(task) for task in still))


def grade_of(state: State, item: int) -> str | None:
    """The grade that was declared of an item, by those whose votes bind; None where there is none."""
    for poll in reversed(list(state.polls.values())):
        if (
            poll.item != item
            or not poll.binding
            or poll.stage is not PollStage.DECLARED
            or poll.result is None
        ):
            continue
        answer = poll.result["questions"][poll.question]
        if answer["kind"] == "grade":
            return str(answer["grade"])
    return None


def _open(task: Task) -> OpenTask:
    said = words(task.what)
    return OpenTask(Text(said["zh"], said["en"]), task.due)
