"""Figures of follow-up (PROCEDURE.md rows 169 to 171): exact fractions of the tasks of one or many sittings.  Pure.

on time      of the tasks with a deadline that are done or whose day is over: done by the end of that day (按期办结率)
solved       of all tasks that are done or whose day is over: done now, however late (办结率)
satisfied    of the evaluations that repeat an earlier one: better than the worst grade of their scale (满意率)
opinions     of the opinions that evaluations give rise to: delivered, that is, their task is done

A task that was opened again counts as not done; one that is open and has no deadline counts nowhere.  Where nothing
counts there is no rate.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from meeting.order.follow_up import Task, worst_grade
from meeting.order.state import State
from meeting.record.earlier import grade_of

OPINION = "opinion"


@dataclass(frozen=True, slots=True)
class Rate:
    met: int
    of: int

    @property
    def percent(self) -> str | None:
        """With one decimal, halves upwards; None where nothing was due."""
        if self.of == 0:
            return None
        tenths = (2_000 * self.met + self.of) // (2 * self.of)
        return f"{tenths // 10}.{tenths % 10}"


@dataclass(frozen=True, slots=True)
class Followed:
    """A task, and the day on which it was done; None: it is open."""

    task: Task
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Indicators:
    on_time: Rate
    solved: Rate
    satisfied: Rate
    opinions: Rate


def indicators(followed: Iterable[Followed], repeated: Iterable[bool], today: date) -> Indicators:
    """`repeated` tells of every repeated evaluation whether it came out better than the worst grade."""
    known, again = list(followed), list(repeated)
    due = [one for one in known if one.done_on is not None or _is_over(one.task, today)]
    dated = [one for one in due if one.task.due is not None]
    opinions = [one for one in known if one.task.kind == OPINION]
    return Indicators(
        on_time=Rate(sum(_on_time(one) for one in dated), len(dated)),
        solved=_done(due),
        satisfied=Rate(sum(again), len(again)),
        opinions=_done(opinions),
    )


def repeated(state: State) -> list[bool]:
    """Of every evaluation of the sitting that repeats one and was declared: whether it is above the worst grade."""
    again = [item for item in state.plan.items if item.particulars.earlier is not None]
    graded = [(item, grade_of(state, item.number)) for item in again]
    return [grade != worst_grade(item) for item, grade in graded if grade is not None]


def as_json(found: Indicators) -> dict[str, Any]:
    return {
        name: {"met": rate.met, "of": rate.of, "percent": rate.percent}
        for name, rate in (
            ("on_time", found.on_time),
            ("solved", found.solved),
            ("satisfied", found.satisfied),
            ("opinions_delivered", found.opinions),
        )
    }


def _is_over(task: Task, today: date) -> bool:
    return task.due is not None and task.due < today


def _on_time(one: Followed) -> bool:
    return one.done_on is not None and one.task.due is not None and one.done_on <= one.task.due


def _done(tasks: list[Followed]) -> Rate:
    return Rate(sum(one.done_on is not None for one in tasks), len(tasks))
