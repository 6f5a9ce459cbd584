"""What the day's outcomes give rise to: tasks with deadlines, by the rules of the sitting.  Pure.

Reads the finished state and decides nothing.  What has become of a task since then is `meeting.record.task_log`.
A task's id stays the same however often it is asked for: it names the item and what the task is.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from meeting.order.announcement import Sentence, sentence
from meeting.order.asking import GradeAsk
from meeting.order.particulars import Particulars
from meeting.order.preconditions import TWICE
from meeting.order.sitting import Item, Matter, MatterKind, Text
from meeting.order.state import MatterStatus, Poll, PollStage, State


@dataclass(frozen=True, slots=True)
class Task:
    id: str
    item: int
    subject: Text
    """Of whom or what: a unit, an officer, a matter."""
    what: Text | Sentence
    due: date | None
    cause: str
    """The outcome that it comes from, e.g. a grade, or what became of a matter."""
    approved_by: str = ""


def tasks(state: State) -> tuple[Task, ...]:
    """Every task of the sitting so far, in the order of the agenda."""
    return tuple(task for item in state.plan.items for task in _of_item(state, item))


def _of_item(state: State, item: Item) -> Iterator[Task]:
    declared = [
        poll
        for poll in state.polls.values()
        if poll.item == item.number and poll.binding and poll.stage is PollStage.DECLARED
    ]
    if declared and declared[-1].matter is None and declared[-1].result is not None:
        yield from _of_result(state, item, declared[-1])
    yield from _unanswered(state, item)
    for matter in state.plan.matters:
        if not matter.bloc and _home(state, matter) == item.number:
            yield from _of_matter(state, item, matter)


def _home(state: State, matter: Matter) -> int | None:
    """The item at which the matter is voted on, or else the first that is about it."""
    about = [
        (item.number, step.vote is not None)
        for item, _, step in state.plan.steps()
        if step.matter is not None and matter.id in (step.matter, *state.plan.matter(step.matter).bloc)
    ]
    voted = [number for number, votes in about if votes]
    return next(iter(voted or [number for number, _ in about]), None)


# --- evaluations, elections, selections ---


def _of_result(state: State, item: Item, poll: Poll) -> Iterator[Task]:
    assert poll.result is not None
    answer = poll.result["questions"][poll.question]
    match answer["kind"]:
        case "grade":
            yield from _of_grade(state, item, str(answer["grade"]))
        case "election":
            for name in _chosen(state, poll, "elected"):
                yield _due(
                    state, item, f"elected-{name}", Text(name), "elected", "follow.credentials", name=name
                )
        case "selection":
            names = _chosen(state, poll, "selected")
            listed = item.particulars.auto_listed
            if listed is not None:
                names = (*names, listed.unit.zh)
            if names:
                subject = Text("、".join(names), ", ".join(names))
                yield _due(
                    state, item, "plan", subject, "selected", "follow.next-year", year=state.plan.on.year + 1
                )


def _chosen(state: State, poll: Poll, key: str) -> tuple[str, ...]:
    """Over all rounds of this vote."""
    rounds = [
        one for one in state.polls.values() if (one.item, one.step) == (poll.item, poll.step) and one.binding
    ]
    return tuple(
        name
        for one in rounds
        if one.stage is PollStage.DECLARED and one.result is not None
        for name in one.result["questions"][one.question].get(key, ())
    )


def _of_grade(state: State, item: Item, grade: str) -> Iterator[Task]:
    rules, subject = state.plan.rules, _subject(item)
    for number, line in enumerate(item.particulars.follow_up, 1):
        due = _after(state.plan.on, line.due_days, line.due_months)
        yield Task(
            f"{item.number}-plan-{number}", item.number, subject, line.task, due, grade, line.approved_by
        )
    worst = _worst(item)
    if not item.particulars.follow_up:
        yield _due(state, item, "opinion", subject, grade, "follow.opinion", days=rules.opinion_days)
        yield _due(state, item, "report", subject, grade, "follow.report", months=rules.report_months)
        if grade == worst:
            yield _due(state, item, "again", subject, grade, "follow.again", months=rules.failing_months)
            if rules.list_failing:
                yield _due(
                    state, item, "listed", subject, grade, "follow.listed", year=state.plan.on.year + 1
                )
    earlier = item.particulars.earlier
    if earlier is not None and grade == worst == earlier.grade:
        yield _due(state, item, "escalate", subject, grade, "follow.escalate")
    if rules.distribution:
        to = "、".join(rules.distribution)
        yield _due(state, item, "send", subject, grade, "follow.send", days=rules.opinion_days, to=to)


def _worst(item: Item) -> str:
    for step in item.steps:
        for ask in step.vote.asks if step.vote is not None else ():
            if isinstance(ask, GradeAsk):
                return ask.scale[-1].zh
    return ""


def _subject(item: Item) -> Text:
    about: Particulars = item.particulars
    if about.subject is not None:
        return about.subject.name
    return about.report.title if about.report is not None else item.title


# --- matters, questions ---


def _of_matter(state: State, item: Item, matter: Matter) -> Iterator[Task]:
    subject = Text(matter.person or matter.title.zh, matter.person or matter.title.en)
    status = state.matters[matter.id].status
    cause = status.value
    if status is MatterStatus.DEFERRED:
        task = _due(state, item, f"{matter.id}-deferred", subject, cause, "follow.deferred")
        yield replace(task, due=_last_day(state.matters[matter.id].until))
    if status is MatterStatus.NOT_CARRIED and matter.is_nomination:
        times = matter.not_carried_before + 1
        key = "follow.not-again" if times >= TWICE else "follow.not-carried"
        yield _due(state, item, f"{matter.id}-not-carried", subject, cause, key, times=times)
    if status is not MatterStatus.CARRIED:
        return
    if matter.kind in {MatterKind.APPOINTMENT, MatterKind.ACTING, MatterKind.REMOVAL, MatterKind.DISMISSAL}:
        days = state.plan.rules.notice_days
        yield _due(state, item, f"{matter.id}-notice", subject, cause, "follow.notice", days=days)
    if matter.is_nomination and matter.pledge:
        yield _due(state, item, f"{matter.id}-pledge", subject, cause, "follow.pledge")


def _unanswered(state: State, item: Item) -> Iterator[Task]:
    for number, question in enumerate(state.questions):
        if question.item == item.number and question.admitted and question.answered is False:
            subject = Text(question.to or question.by)
            what = sentence("follow.answer", question=question.text, by=question.by)
            due = _after(state.plan.on, state.plan.rules.opinion_days, None)
            yield Task(f"{item.number}-answer-{number + 1}", item.number, subject, what, due, "unanswered")


# --- deadlines ---


def _due(
    state: State,
    item: Item,
    id_: str,
    subject: Text,
    cause: str,
    key: str,
    *,
    days: int | None = None,
    months: int | None = None,
    **data: str | int,
) -> Task:
    due = _after(state.plan.on, days, months)
    what = sentence(key, **data)
    return Task(f"{item.number}-{id_.lower()}", item.number, subject, what, due, cause)


def _last_day(month: str) -> date | None:
    """The last day of a month `YYYY-MM`; None where none is set."""
    if not month:
        return None
    first = date.fromisoformat(f"{month}-01")
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _after(day: date, days: int | None, months: int | None) -> date | None:
    """A day so much later; the last of a month that is too short for it.  None: no deadline is set."""
    if days is None and months is None:
        return None
    later = day + timedelta(days=days or 0)
    index = later.year * 12 + later.month - 1 + (months or 0)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(later.day, calendar.monthrange(year, month + 1)[1]))
