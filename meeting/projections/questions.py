"""The questions of a vote as screens take them: what is asked, and with a result what came of it.  Pure.

An answer is known by its key on the paper, which is Chinese; how it is called in both languages is its label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from display.slides import NOTHING, Choice, Words
from meeting.order import conclusion, declaration, winners
from meeting.order.asking import Ask, Contest, ElectionAsk, GradeAsk, MotionAsk, ScoreAsk, SelectionAsk
from meeting.order.paper_of import title_of
from meeting.order.poll import Poll
from meeting.order.put import is_runoff
from meeting.order.sitting import Text
from meeting.order.state import State
from meeting.wording import words

_MOTION = ("for", "against", "abstain")


def asked(
    names: Iterable[str], asks: Iterable[Ask], title: Words, contest: Contest | None
) -> tuple[Mapping[str, Any], ...]:
    """What is put, question by question."""
    return tuple(
        {"id": name, "kind": ask.kind, "title": title, **_offer(ask, contest)}
        for name, ask in zip(names, asks, strict=True)
    )


def asked_by(state: State, poll: Poll) -> tuple[Mapping[str, Any], ...]:
    title = words(title_of(state, poll))
    return asked(poll.questions, declaration.asks_of(state, poll), title, poll.contest)


def _offer(ask: Ask, contest: Contest | None) -> Mapping[str, Any]:
    match ask:
        case MotionAsk():
            return {}
        case GradeAsk(scale):
            rule = conclusion.rule(ask)
            return {
                "scale": [_choice(grade.zh, grade) for grade in scale],
                "concludes": NOTHING if rule is None else words(rule),
            }
        case ScoreAsk():
            return {
                "criteria": [_choice(one.id, one.title) for one in ask.criteria],
                "min": ask.lowest,
                "max": ask.highest,
                "step": ask.step,
            }
        case ElectionAsk():
            runoff = contest is not None and contest.kind.value == "runoff"
            names = ask.candidates if contest is None else contest.names
            return {
                "seats": ask.seats if contest is None else contest.places,
                "candidates": [_choice(name, Text(name)) for name in names],
                "write_in": ask.write_in and not runoff,
            }
        case SelectionAsk():
            names = tuple(one.zh for one in ask.options) if contest is None else contest.names
            return {
                "choose": ask.choose if contest is None else contest.places,
                "options": [_choice(name, winners.label(ask, name)) for name in names],
                "reasons": _reasons(ask),
            }


def _reasons(ask: SelectionAsk) -> Mapping[str, Words]:
    """Why each option is on the list, by its key; empty where no reasons are given."""
    return {option.zh: words(reason) for option, reason in zip(ask.options, ask.reasons or (), strict=False)}


def _choice(key: str, label: Text) -> Choice:
    return Choice(key=key, label=words(label))


def answered(state: State, poll: Poll) -> tuple[Mapping[str, Any], ...]:
    """The questions of a declared poll, each with its result and the labels of its answers."""
    title = words(title_of(state, poll))
    return tuple(
        {
            "id": name,
            "title": title,
            **answer,
            "needed": answer.get("needed"),
            **_offered(poll, ask),
            **_said(state, poll, ask, answer),
            "labels": _labels(ask, answer),
        }
        for name, ask, answer in declaration.answers(state, poll)
    )


def _offered(poll: Poll, ask: Ask) -> Mapping[str, Any]:
    """How many places there were, and how high a score may be."""
    match ask:
        case ScoreAsk():
            return {"max": ask.highest, "pass": ask.pass_mark}
        case ElectionAsk(seats):
            return {
                "seats": seats if poll.contest is None else poll.contest.places,
                "decide": "plurality" if is_runoff(poll) else "majority",
            }
        case SelectionAsk(choose):
            return {"choose": choose if poll.contest is None else poll.contest.places}
        case _:
            return {}


def _said(state: State, poll: Poll, ask: Ask, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    if not isinstance(ask, GradeAsk):
        return {}
    concluded = conclusion.verdict(ask, str(answer["grade"])) if poll.binding else None
    because = declaration.because(state, poll, ask, answer)
    return {
        "rate_label": words(declaration.rate_label(state, poll, ask)),
        "because": NOTHING if because is None else words(because),
        "concluded": NOTHING if concluded is None else words(concluded),
        "rule": "cumulative_majority" if ask.bands is None else "share_bands",
    }


def _labels(ask: Ask, answer: Mapping[str, Any]) -> Mapping[str, Words]:
    match ask:
        case GradeAsk(scale):
            return {grade.zh: words(grade) for grade in scale}
        case ScoreAsk(criteria):
            return {one.id: words(one.title) for one in criteria}
        case ElectionAsk():
            return {name: words(Text(name)) for name in answer["votes"]}
        case SelectionAsk():
            return {name: words(winners.label(ask, name)) for name in answer["votes"]}
        case MotionAsk():
            return {}
