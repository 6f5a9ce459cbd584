"""What the sitting's file tells the chair beside his script: notice and deadlines, notes, papers it leaves.  Pure.

For the console alone.  Nothing here stands against an order: a sitting that was called late is the chair's to judge,
and special sessions need no notice of so many days (PROCEDURE.md R5).
"""

from __future__ import annotations

from collections.abc import Iterator

from display.slides import Words
from meeting.order import announcement
from meeting.order.sentence import Value, names, sentence
from meeting.order.sitting import Item, Matter, MatterId, Step, StepKind, Text
from meeting.order.state import State
from meeting.projections.frame import View
from meeting.wording import say, words


def remarks(state: State) -> list[View]:
    """Each with a `label`, a `text`, and whether it is a `warning`."""
    step, item = state.step, state.item
    if step is None or item is None:
        return []
    return [
        {"name": name, "label": say(f"console.remark.{name}"), "text": text, "warning": warning}
        for name, text, warning in _remarks(state, item, step)
    ]


def _remarks(state: State, item: Item, step: Step) -> Iterator[tuple[str, Words, bool]]:
    if step.kind is StepKind.ROLL_CALL:
        yield from _summons(state)
        yield from _deadline(state)
    if step.matter is not None:
        yield from _filed_late(state, step.matter)
    if item.tellers is not None:
        yield "tellers", _proposed(state, item), False
    if state.at is not None and state.at.step == 0:
        yield from _written(state, item)
    if item.particulars.note:
        yield "note", words(Text(item.particulars.note)), False
    if step.kind is StepKind.CLOSING:
        papers = tuple(one for each in state.plan.items for one in each.particulars.outputs)
        if papers:
            yield "outputs", words(sentence("console.fact.name", name=names(papers))), False


# --- before the day ---


def _summons(state: State) -> Iterator[tuple[str, Words, bool]]:
    on, wanted = state.plan.summoned, state.plan.rules.summons_days
    if on is None:
        return
    days = (state.plan.on - on).days
    late = wanted is not None and days < wanted
    key = "console.remark.summons-late" if late else "console.remark.summons-on"
    yield "summons", say(key, on=on.isoformat(), days=days, wanted=wanted or 0), late


def _deadline(state: State) -> Iterator[tuple[str, Words, bool]]:
    deadline = state.plan.motions_deadline
    if deadline is None:
        return
    late = tuple(one for one in state.plan.matters if _is_late(state, one))
    key = "console.remark.deadline-late" if late else "console.remark.deadline-kept"
    titles = names(one.title for one in late)
    yield "deadline", words(sentence(key, on=deadline.isoformat(), titles=titles)), bool(late)


def _filed_late(state: State, matter: MatterId) -> Iterator[tuple[str, Words, bool]]:
    one, deadline = state.plan.matter(matter), state.plan.motions_deadline
    if deadline is None or one.filed_on is None or not _is_late(state, one):
        return
    yield (
        "filed",
        say("console.remark.filed-late", on=one.filed_on.isoformat(), deadline=deadline.isoformat()),
        True,
    )


def _is_late(state: State, matter: Matter) -> bool:
    deadline = state.plan.motions_deadline
    return deadline is not None and matter.filed_on is not None and matter.filed_on > deadline


# --- at its item ---


def _proposed(state: State, item: Item) -> Words:
    """Whom this item proposes, as the chair reads it: tellers are members, counters are staff."""
    assert item.tellers is not None, "an item that proposes tellers"
    others: Value = names(state.plan.name_of(one) for one in item.tellers.others)
    figures = {"chief": state.plan.name_of(item.tellers.chief), "others": others}
    if not item.tellers.counters:
        return words(sentence("console.remark.tellers-only", **figures))
    counters = names(item.tellers.counters)
    return words(sentence("console.remark.tellers-and-counters", counters=counters, **figures))


def _written(state: State, item: Item) -> Iterator[tuple[str, Words, bool]]:
    """The sentence that the office has written for this item, beside ours: its figures are those of the day before."""
    ours = [words(one) for one in announcement.script(state)]
    written = words(item.particulars.announcement)
    if written["zh"] and written["zh"] not in {one["zh"] for one in ours}:
        yield "announcement", written, False
