"""What the day's outcomes give rise to: tasks with deadlines, by the rules of the sitting.  Pure.

Reads the finished state and decides nothing.  What has become of a task since then is `meeting.record.task_log`.
A task's id stays the same however often it is asked for: it names the item and what the task is.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from meeting.order import conclusion
from meeting.order.asking import GradeAsk
from meeting.order.means import row_of
from meeting.order.particulars import Particulars, SubjectKind
from meeting.order.preconditions import TWICE
from meeting.order.sentence import Sentence, Value, sentence
from meeting.order.sitting import Item, Matter, MatterKind, Text
from meeting.order.state import MatterStatus, Poll, PollStage, State, StepMark
from meeting.order.winners import failed_today


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
    concluded: Sentence | None = None
    """What the grade that it comes from has concluded (报告未获通过), where grades conclude something."""
    kind: str = ""
    """What sort of task it is, e.g. `opinion`, `report`, `tracked`; the file's own that say nothing: `plan`."""
    deputies: tuple[str, ...] = ()
    """Who is invited to follow it up (row 177)."""


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
    if _asked(item) is None and _was_dealt_with(state, item):
        yield from _of_file(state, item)
    yield from _questions(state, item)
    if item.particulars.report_to_congress and _was_dealt_with(state, item):
        yield _due(state, item, "congress", _subject(item), "reported", "follow.congress")
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
            grade, asked = str(answer["grade"]), _asked(item)
            concluded = None if asked is None else conclusion.verdict(asked, grade)
            for task in _of_grade(state, item, grade):
                yield replace(task, concluded=concluded)
        case "election":
            for name in _chosen(state, poll, "elected"):
                yield _due(
                    state, item, f"elected-{name}", Text(name), "elected", "follow.credentials", name=name
                )
        case "selection":
            names = _chosen(state, poll, "selected")
            listed = item.particulars.auto_listed
            if listed is not None and failed_today(state, listed):
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
    yield from _of_file(state, item, grade)
    worst = worst_grade(item)
    for kind, key, days, months in (
        ("opinion", "follow.opinion", rules.opinion_days, None),
        ("report", "follow.report", None, rules.report_months),
    ):
        if _left_to_the_rules(item, kind):
            yield _due(state, item, kind, subject, grade, key, days=days, months=months)
    if grade == worst:
        if _left_to_the_rules(item, "again"):
            yield _due(state, item, "again", subject, grade, "follow.again", months=rules.failing_months)
        if rules.list_failing and _left_to_the_rules(item, "listed"):
            yield _due(state, item, "listed", subject, grade, "follow.listed", year=state.plan.on.year + 1)
        yield from _failed(state, item, grade)
    if rules.distribution:
        to = "、".join(rules.distribution)
        yield _due(state, item, "send", subject, grade, "follow.send", days=rules.opinion_days, to=to)


def _of_file(state: State, item: Item, grade: str = "") -> Iterator[Task]:
    """The tasks that the file gives the item; of those that belong to a grade, the ones of this grade."""
    for number, line in enumerate(item.particulars.follow_up, 1):
        if line.grade not in {"", grade}:
            continue
        yield Task(
            f"{item.number}-plan-{number}",
            item.number,
            _subject(item),
            line.task,
            _after(state.plan.on, line.due_days, line.due_months),
            grade or "done",
            approved_by=line.approved_by,
            kind=line.kind or "plan",
            deputies=line.deputies,
        )


def _left_to_the_rules(item: Item, kind: str) -> bool:
    """The file's tasks stand for those of the rules: for all of them, unless each says for which one it stands."""
    lines = item.particulars.follow_up
    return all(line.kind not in {"", kind} for line in lines)


def _failed(state: State, item: Item, grade: str) -> Iterator[Task]:
    """What the worst grade may lead to: the second time, and of an officer where local rules have it at once."""
    rules, about, subject = state.plan.rules, item.particulars, _subject(item)
    officer = about.subject is not None and about.subject.kind is SubjectKind.OFFICER
    if about.earlier is not None and about.earlier.grade == grade:
        means = row_of(rules.escalation, officer=officer)
        if means.parts:
            yield _due(state, item, "escalate", subject, grade, "follow.escalate", means=means)
    if officer and rules.officer_proposal:
        means = row_of(rules.officer_proposal, officer=True)
        yield _due(state, item, "proposal", subject, grade, "follow.proposal", means=means)


def _was_dealt_with(state: State, item: Item) -> bool:
    return any(at.item == item.number and mark is StepMark.DONE for at, mark in state.marks.items())


def _asked(item: Item) -> GradeAsk | None:
    for step in item.steps:
        for ask in step.vote.asks if step.vote is not None else ():
            if isinstance(ask, GradeAsk):
                return ask
    return None


def worst_grade(item: Item) -> str:
    """The last grade of the scale that the item asks for; empty where it asks for none."""
    asked = _asked(item)
    return "" if asked is None else asked.scale[-1].zh


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
    yield from _of_persons(state, item, matter)


LEAVING = frozenset({MatterKind.REMOVAL, MatterKind.DISMISSAL, MatterKind.RESIGNATION, MatterKind.RECALL})


def _of_persons(state: State, item: Item, matter: Matter) -> Iterator[Task]:
    """One for each person whom a carried matter names: his duty report, or the audit after he has left."""
    rules, cause = state.plan.rules, MatterStatus.CARRIED.value
    persons = matter.persons or ((matter.person,) if matter.person else ())
    for number, name in enumerate(persons, 1):
        mark = "" if len(persons) == 1 else f"-{number}"
        if matter.is_nomination and rules.duty_report_months is not None:
            months = rules.duty_report_months
            id_ = f"{matter.id}-duty{mark}"
            yield _due(state, item, id_, Text(name), cause, "follow.duty-report", months=months)
        if matter.kind in LEAVING and rules.leaving_audit_months is not None:
            months = rules.leaving_audit_months
            yield _due(
                state, item, f"{matter.id}-audit{mark}", Text(name), cause, "follow.audit", months=months
            )


def _questions(state: State, item: Item) -> Iterator[Task]:
    """An unanswered question is answered in writing; a tracked one is followed up until it is solved (督办)."""
    rules = state.plan.rules
    days = rules.opinion_days if rules.question_days is None else rules.question_days
    for number, question in enumerate(state.questions, 1):
        if question.item != item.number or not question.admitted:
            continue
        subject = Text(question.to or question.by)
        causes = {"answer": question.answered is False, "tracked": question.tracked}
        for kind in (name for name, holds in causes.items() if holds):
            cause = "unanswered" if kind == "answer" else kind
            yield _due(
                state,
                item,
                f"{kind}-{number}",
                subject,
                cause,
                f"follow.{kind}",
                days=days,
                question=question.text,
                by=question.by,
            )


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
    **data: Value,
) -> Task:
    due = _after(state.plan.on, days, months)
    what = sentence(key, **data)
    kind = key.removeprefix("follow.")
    return Task(f"{item.number}-{id_.lower()}", item.number, subject, what, due, cause, kind=kind)


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
