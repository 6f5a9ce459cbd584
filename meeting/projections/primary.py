"""The console's one primary button: what it will order now, how it is named, and why it may have to wait.  Pure.

Every state of a sitting has exactly one primary action; either the order of business accepts it, or `reasons` says in
words why not.  `confirm` marks what cannot be taken back: the page asks before it orders such a thing.
"""

from __future__ import annotations

from meeting.order import commands as c
from meeting.order.decide import decide
from meeting.order.errors import OrderError
from meeting.order.evolve import Recorded, evolve
from meeting.order.interpellation import is_settled
from meeting.order.poll import PollStage
from meeting.order.progress import Position, Presence, Stage
from meeting.order.rounds import next_contest
from meeting.order.sentence import Sentence, Value, names, sentence
from meeting.order.sitting import Matter, Step, StepKind, Text
from meeting.order.speaking import pledge_label
from meeting.order.state import State
from meeting.order.walk import read_out
from meeting.projections.button import Primary
from meeting.projections.frame import Count
from meeting.projections.vote_button import round_button, vote_button
from meeting.wording import say, words

SPEECHES = frozenset({StepKind.STATEMENT, StepKind.REPLY, StepKind.PLEDGE, StepKind.REMARKS})
"""Steps that begin with the timer: somebody has the floor for a limited time."""
QUEUES = frozenset({StepKind.DELIBERATION, StepKind.QUESTIONS})
"""Steps at which who has asked to speak is called before the sitting goes on."""
MOST_NAMES = 3
"""More names than these do not fit on a button."""


def primary(state: State, count: Count | None) -> Primary:
    """`count` is that of `state.poll`."""
    step, poll = state.step, state.poll
    if state.stage is Stage.CLOSED or step is None or state.at is None:
        return Primary(say("console.do.closed"), reasons=(say("console.why.closed"),))
    if state.stage is Stage.GATHERING:
        return _convene(state)
    voting = step.vote is not None and not state.disposed(step.matter)
    if voting and (poll is None or poll.stage is not PollStage.DECLARED or state.wants_poll):
        return vote_button(state, poll, count)
    if poll is not None and poll.stage is PollStage.DECLARED:
        return round_button(state, poll) or onward(state)
    return _floor(state, step) or onward(state)


def after(state: State, main: Primary, at: int) -> State | None:
    """The state that the button would make, with the poll that the service would prepare; None: it is refused."""
    command = main.command()
    if command is None:
        return None
    try:
        state = _obeyed(state, command, at)
        return _obeyed(state, c.PreparePoll(), at) if state.wants_poll else state
    except OrderError:
        return None


def _obeyed(state: State, command: c.Command, at: int) -> State:
    for event in decide(state, command, at):
        state = evolve(state, Recorded(state.seq + 1, at, event))
    return state


# --- the floor ---


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


def _floor(state: State, step: Step) -> Primary | None:
    """Whoever speaks or asks is heard to the end before the sitting goes on."""
    if state.speaker is not None:
        return _after_a_speech(state)
    settled = step.kind is StepKind.REPLY and is_settled(state)
    if step.kind in SPEECHES and step.limit_s is not None and state.timer is None and not settled:
        return Primary(say("console.do.start_timer", minutes=_minutes(step.limit_s)), "start_timer")
    if step.kind is StepKind.REPLY and not is_settled(state):
        return Primary(say("console.do.record_reply"), "record_reply", form="reply")
    if state.question is not None:
        key = "console.do.next_question" if len(state.queue) > 1 else "console.do.close_question"
        return Primary(say(key), "close_question", {"answered": True})
    if state.requests and step.kind in QUEUES:
        name = state.plan.name_of(state.requests[0])
        return Primary(
            say("console.do.call_speaker", name=name), "call_speaker", {"member": state.requests[0]}
        )
    return None


def _after_a_speech(state: State) -> Primary:
    if not state.requests:
        return Primary(say("console.do.end_speech"), "end_speech")
    name = state.plan.name_of(state.requests[0])
    return Primary(say("console.do.next_speaker", name=name), "call_speaker", {"member": state.requests[0]})


# --- where the sitting goes on ---


def onward(state: State, *, brief: bool = False) -> Primary:
    """The next step, whatever is still going on at this one; `brief` where there is no room for an item's title."""
    assert state.at is not None
    assert state.step is not None
    if state.step.kind is StepKind.CLOSING:
        return Primary(say("console.do.end"), "proceed", confirm="end", effect=say("console.effect.end"))
    declaring = read_out(state)
    upcoming = state.following(state.at if declaring is None else declaring)
    if upcoming is None:
        if declaring is not None or state.marks.get(state.at) is None:
            return Primary(say("console.do.finish"), "proceed")
        return Primary(
            say("console.do.end"), "close_sitting", confirm="end", effect=say("console.effect.end")
        )
    return Primary(words(_label(state, state.at, upcoming, brief)), "proceed")


def _label(state: State, at: Position, to: Position, brief: bool) -> Sentence:
    """宣布完毕: after a vote the press says that its result has been read out, or that no other round is held."""
    towards, poll = _towards(state, at, to), state.poll
    short = sentence("console.do.to-item", number=to.item) if to.item != at.item else towards
    if poll is None or poll.stage is not PollStage.DECLARED:
        return short if brief else towards
    key = "console.do.declared" if next_contest(poll) is None else "console.do.no-round"
    return sentence(key, onward=short)


def _towards(state: State, at: Position, to: Position) -> Sentence:
    """Where the sitting goes on, in as few words as tell it."""
    step = state.step_at(to)
    if to.item != at.item:
        return sentence("console.do.next-item", number=to.item, title=state.plan.item(to.item).title)
    if step.matter is not None and step.matter != state.step_at(at).matter:
        name = matter_name(state.plan.matter(step.matter))
        return sentence("console.do.next-matter", name=name, step=step_name(state, step))
    return sentence("console.do.next-step", step=step_name(state, step))


def step_name(state: State, step: Step) -> Text | Sentence:
    """How a step is called: as the sitting file has it, else by its kind."""
    if step.title.zh:
        return step.title
    if step.kind is StepKind.PLEDGE:
        again = step.matter is not None and state.matters[step.matter].pledges > 0
        label = pledge_label(state, again=again)
        assert isinstance(label, Text | Sentence), "a label, not a figure"
        return label
    return sentence(f"console.step.{step.kind.value}")


def matter_name(matter: Matter) -> Value:
    """Whom a matter is about, or what."""
    if matter.person:
        return matter.person
    if not matter.persons:
        return matter.title
    shown = names(matter.persons[:MOST_NAMES])
    if len(matter.persons) == len(shown.parts):
        return shown
    return sentence("console.fact.many", names=shown, count=len(matter.persons))


def _minutes(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02}"
