"""The rules that govern the vote that is current, as the chair is shown them before it (rules are data).  Pure.

Each rule is a label and what it says here, read from the plan and the sitting's rules; nothing is decided by them here.
"""

from __future__ import annotations

from collections.abc import Iterator

from display.slides import Words
from meeting.order import conclusion
from meeting.order.asking import (
    Ask,
    ElectionAsk,
    GradeAsk,
    Majority,
    MotionAsk,
    RoundKind,
    ScoreAsk,
    SelectionAsk,
    Visibility,
)
from meeting.order.declaration import label_of
from meeting.order.paper_of import asks_at, majority_at
from meeting.order.pass_line import line
from meeting.order.poll import Poll
from meeting.order.progress import Position
from meeting.order.put import needed_of
from meeting.order.rules import Rules
from meeting.order.sentence import Sentence, Value, names, sentence
from meeting.order.state import State
from meeting.projections.frame import View
from meeting.wording import say, words

Rule = tuple[str, Sentence]


def governing(state: State) -> list[View]:
    """The rules of the current vote step, the weightiest first; empty where nothing is put to the vote."""
    position = state.vote_position
    if position is None or state.step is None or state.step.vote is None:
        return []
    return [
        {"name": name, "label": _label(name), "value": words(value)}
        for name, value in _rules(state, position)
    ]


def _label(name: str) -> Words:
    return say(f"console.rule.{name}")


def _rules(state: State, position: Position) -> Iterator[Rule]:
    vote = state.step_at(position).vote
    assert vote is not None, "only vote steps have rules of a vote"
    rules, visibility, poll = state.plan.rules, state.visibility_at(position), state.poll
    manner = "secret-by-law" if vote.by_law_secret else visibility.value
    yield "manner", sentence(f"console.rule.manner.{manner}")
    for ask in asks_at(state, position):
        yield "majority", _majority(state, position, poll, ask)
    for ask in asks_at(state, position):
        concludes = conclusion.rule(ask) if isinstance(ask, GradeAsk) else None
        if concludes is not None:
            yield "concludes", concludes
    yield from _places(state, position)
    advising = [one.voter_class for one in vote.electorates if not one.binding]
    if advising and visibility is not Visibility.HANDS:
        who = names(_class(state, one) for one in advising)
        yield "advice", sentence("console.rule.advice.beside", who=who)
    if visibility is Visibility.SECRET:
        yield "changes", sentence(f"console.rule.changes.{'last' if rules.change_of_mind else 'first'}")
    if visibility is not Visibility.HANDS:
        yield "blank", sentence(f"console.rule.blank.{_blank(asks_at(state, position)[-1])}")
    yield "names", sentence(f"console.rule.names.{_names(rules, visibility)}")
    yield "announce", sentence(f"console.rule.announce.{_announce(rules, visibility)}")
    if rules.ballot_timer_s is not None and visibility is not Visibility.HANDS:
        yield "time", sentence("console.rule.time.asked", seconds=rules.ballot_timer_s)
    if rules.not_pressed_label:
        yield "not-returned", sentence("console.rule.not-returned.called", label=rules.not_pressed_label)


# --- what it takes ---


def _majority(state: State, position: Position, poll: Poll | None, ask: Ask) -> Sentence:
    majority = majority_at(state, position)
    contest = state.contest
    match ask:
        case ScoreAsk(_, _, _, _, trim, pass_mark):
            return _score(trim, pass_mark)
        case SelectionAsk(majority=False):
            return sentence("console.rule.majority.most")
        case ElectionAsk() | SelectionAsk() if contest is not None and contest.kind is RoundKind.RUN_OFF:
            return sentence("console.rule.majority.most")
        case GradeAsk(bands=bands) if bands is not None:
            return sentence("console.rule.majority.bands", grade=bands.key)
        case GradeAsk():
            return sentence("console.rule.majority.grade", line=_needed(state, majority, poll))
        case _:
            return _needed(state, majority, poll)


def _score(trim: int, pass_mark: int | None) -> Sentence:
    trimmed: Value = sentence("console.rule.majority.trim", count=trim) if trim else ""
    if pass_mark is None:
        return sentence("console.rule.majority.mean", trim=trimmed)
    return sentence("console.rule.majority.pass-mark", mark=pass_mark, trim=trimmed)


def _needed(state: State, majority: Majority, poll: Poll | None) -> Sentence:
    needed = needed_of(state, majority, poll)
    if needed is None:
        return sentence("console.rule.majority.line", line=line(majority))
    bases = (None if poll is None else poll.bases) or state.bases(None if poll is None else poll.matter)
    whole = bases.all_members if majority.base.value == "all_members" else bases.present
    return sentence("console.rule.majority.votes", line=line(majority), needed=needed, whole=whole)


def _places(state: State, position: Position) -> Iterator[Rule]:
    contest = state.contest
    for ask in asks_at(state, position):
        match ask:
            case ElectionAsk(seats):
                runoff = contest is not None and contest.kind is RoundKind.RUN_OFF
                others = "with" if ask.write_in and not runoff else "without"
                if ask.write_in and ask.write_in_needs_opposition and not runoff:
                    others = "instead"
                places = seats if contest is None else contest.places
                yield "places", sentence(f"console.rule.places.seats-{others}", places=places)
            case SelectionAsk(choose):
                places = choose if contest is None else contest.places
                yield "places", sentence("console.rule.places.options", places=places)
            case _:
                pass


def _class(state: State, voter_class: str) -> Sentence:
    count = len(state.present_of(voter_class))
    return sentence("console.rule.advice.class", label=label_of(state, voter_class), count=count)


# --- how it is done ---


def _blank(ask: Ask) -> str:
    match ask:
        case GradeAsk() | ScoreAsk():
            return "invalid"
        case MotionAsk() | ElectionAsk():
            return "abstain"
        case SelectionAsk():
            return "nobody"


def _names(rules: Rules, visibility: Visibility) -> str:
    match visibility:
        case Visibility.SECRET:
            return "nobody"
        case Visibility.HANDS:
            return "room"
        case Visibility.OPEN:
            if rules.names_on_hall:
                return "hall"
            return "record" if rules.names_recorded else "office"


def _announce(rules: Rules, visibility: Visibility) -> str:
    return "hands" if visibility is Visibility.HANDS else rules.announce.value
