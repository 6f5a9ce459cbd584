"""The console's one primary button: what it will order now, how it is named, and why it may have to wait.  Pure.

Every state of a sitting has exactly one primary action; either the order of business accepts it, or `reasons` says in
words why not.  `confirm` marks what cannot be taken back: the page asks before it orders such a thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from display.slides import Words
from meeting.order import commands as c
from meeting.order.decide import decide
from meeting.order.errors import OrderError
from meeting.order.evolve import Recorded, evolve
from meeting.order.preconditions import preconditions
from meeting.order.sitting import StepKind, Visibility
from meeting.order.state import Poll, PollStage, Position, Presence, Stage, State
from meeting.projections.frame import Count
from meeting.wording import say, words

SPEECHES = frozenset({StepKind.STATEMENT, StepKind.PLEDGE, StepKind.REMARKS})
"""Steps that begin with the timer: somebody has the floor for a limited time."""


@dataclass(frozen=True, slots=True)
class Primary:
    label: Words
    name: str | None = None
    """The order by its name on the wire; None: there is nothing to order, only to wait."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    confirm: str | None = None
    """`convene`, `open`, `close` or `end`: the page says what it means and wants a second, deliberate act."""
    effect: Words | None = None
    """What the confirmation says will happen."""
    warning: Words | None = None
    """What he who confirms should know, e.g. that ballots are missing."""
    reasons: tuple[Words, ...] = ()
    """Why it cannot be ordered now; empty: it can."""

    def command(self) -> c.Command | None:
        return None if self.name is None else c.OFFICE_COMMANDS[self.name](**self.fields)


def primary(state: State, count: Count | None) -> Primary:
    """`count` is that of `state.poll`."""
    step = state.step
    if state.stage is Stage.CLOSED or step is None or state.at is None:
        return Primary(say("console.do.closed"), reasons=(say("console.why.closed"),))
    if state.stage is Stage.GATHERING:
        return _convene(state)
    poll = state.poll
    if step.vote is not None and step.vote.can_be_held and not state.disposed(step.matter):
        return _vote(state, poll, count)
    if step.kind in SPEECHES and step.limit_s is not None and state.timer is None:
        return Primary(say("console.do.start_timer", minutes=_minutes(step.limit_s)), "start_timer")
    if state.question is not None:
        waiting = sum((q.item, q.step) == state.at and q.answered is None for q in state.questions) > 1
        return Primary(
            say("console.do.next_question" if waiting else "console.do.close_question"),
            "close_question",
            {"answered": True},
        )
    return _onward(state)


def after(state: State, command: c.Command, at: int) -> State | None:
    """The state that an order would make, with the poll that the service would prepare; None: it is refused."""
    try:
        for each in (command, c.PreparePoll()):
            if each is command or state.wants_poll:
                for event in decide(state, each, at):
                    state = evolve(state, Recorded(state.seq + 1, at, event))
    except OrderError:
        return None
    return state


def _convene(state: State) -> Primary:
    figures = {
        "due": len(state.plan.members),
        "present": len(state.present),
        "on_leave": len(state.who(Presence.ON_LEAVE)),
        "absent": len(state.who(Presence.EXPECTED)),
        "needed": state.plan.rules.quorum,
    }
    return Primary(
        say("console.do.confirm_roll"),
        "confirm_roll",
        confirm="convene",
        effect=say("console.effect.convene", **figures),
        warning=say("console.warn.absent", **figures) if figures["absent"] else None,
        reasons=() if state.quorate else (say("console.why.not-quorate", **figures),),
    )


def _vote(state: State, poll: Poll | None, count: Count | None) -> Primary:
    if poll is None or poll.stage is PollStage.VOID:
        return Primary(say("console.do.open_poll"), reasons=(say("console.why.preparing"),))
    here = {"poll": poll.id}
    match poll.stage:
        case PollStage.PREPARED:
            return Primary(
                say("console.do.open_poll"),
                "open_poll",
                here,
                confirm="open",
                effect=_opening(state, poll),
                warning=_uncollected(count),
                reasons=tuple(
                    say(f"console.why.{p.name.value}")
                    for p in preconditions(state, Position(poll.item, poll.step))
                    if not p.holds
                ),
            )
        case PollStage.OPEN:
            return Primary(
                say("console.do.close_poll"),
                "close_poll",
                here,
                confirm="close",
                effect=say("console.effect.close"),
                warning=_missing(count),
            )
        case PollStage.HELD:
            return Primary(say("console.do.resume_poll"), "resume_poll", here)
        case PollStage.CLOSING:
            return Primary(say("console.do.counting"), reasons=(say("console.why.counting"),))
        case _:
            return Primary(say("console.do.read_result"), "proceed")


def _opening(state: State, poll: Poll) -> Words:
    key = (
        "console.effect.open-secret" if poll.visibility is Visibility.SECRET else "console.effect.open-named"
    )
    return say(key, voters=len(state.entitled(poll.matter)), recused=len(state.recused(poll.matter)))


def _uncollected(count: Count | None) -> Words | None:
    missing = 0 if count is None else len(count.not_collected)
    return say("console.warn.not-collected", count=missing) if missing else None


def _missing(count: Count | None) -> Words | None:
    missing = 0 if count is None else count.issued - count.returned
    return say("console.warn.not-returned", count=missing) if missing > 0 else None


def _onward(state: State) -> Primary:
    assert state.at is not None
    assert state.step is not None
    if state.step.kind is StepKind.CLOSING:
        return Primary(say("console.do.end"), "proceed", confirm="end", effect=say("console.effect.end"))
    upcoming = state.following(state.at)
    held = state.step.vote is None or state.step.vote.can_be_held
    if not held and upcoming is not None and state.step_at(upcoming).kind is StepKind.DECLARATION:
        upcoming = state.following(upcoming)
    if upcoming is None:
        if state.marks.get(state.at) is None:
            return Primary(say("console.do.finish"), "proceed")
        return Primary(
            say("console.do.end"), "close_sitting", confirm="end", effect=say("console.effect.end")
        )
    return Primary(_towards(state, state.at, upcoming), "proceed")


def _towards(state: State, at: Position, to: Position) -> Words:
    """Where the sitting goes on, in as few words as tell it."""
    step = state.step_at(to)
    kind = say(f"console.step.{step.kind.value}")
    if to.item != at.item:
        title = words(state.plan.item(to.item).title)
        return _both("console.do.next-item", number=to.item, title=title)
    if step.matter is not None and step.matter != state.step_at(at).matter:
        return _both("console.do.next-matter", name=state.plan.matter(step.matter).person, step=kind)
    return _both("console.do.next-step", step=kind)


def _both(key: str, **data: Any) -> Words:
    """A sentence some of whose data are in both languages themselves."""
    filled = {
        lang: {name: value[lang] if isinstance(value, dict) else value for name, value in data.items()}
        for lang in ("zh", "en")
    }
    return Words(zh=say(key, **filled["zh"])["zh"], en=say(key, **filled["en"])["en"])


def _minutes(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02}"
