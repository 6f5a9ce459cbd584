"""How an item of each kind runs: named step lists, as data that a county can put in another order.

The lists say what comes after what; whose turn it is and how long is filled in from the item.  An item with matters
(nominees, ballots) runs its list once for each, any other item once.  Nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from display import i18n
from meeting.order.sitting import ItemKind, MatterId, Rules, Step, StepKind, Text, Visibility, VotePlan


class Speaker(StrEnum):
    """Whose turn a step is; the item says who that is."""

    CHAIR = "chair"
    MOVER = "mover"
    OATH_LEADER = "oath_leader"
    PERSON = "person"
    """Whom the matter or the evaluation is about."""
    PRESENTER = "presenter"
    REPORTER = "reporter"


class Limit(StrEnum):
    """Which rule gives the time for a step."""

    SPEECH = "speech"
    PLEDGE = "pledge"
    QUESTION = "question"
    BALLOT = "ballot"


@dataclass(frozen=True, slots=True)
class StepForm:
    kind: StepKind
    speaker: Speaker | None = None
    limit: Limit | None = None
    title: str = ""
    """Key of the step's own title in the catalogue, where its kind does not say enough."""
    vote: VotePlan | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One run of the list: the matter, who speaks, and times the file gives in place of the rules'."""

    matter: MatterId | None = None
    speakers: Mapping[Speaker, str] = field(default_factory=dict)
    seconds: Mapping[str, int] = field(default_factory=dict)
    """By the key of the step's title."""


REPORT = "office.step.report"
DUTY_REPORT = "office.step.duty-report"
EXPLANATION = "office.step.explanation"
DEFENCE = "office.step.defence"
SUMMARY = "office.step.summary"


def _statement(title: str, speaker: Speaker) -> StepForm:
    return StepForm(StepKind.STATEMENT, speaker, Limit.SPEECH, title)


def _vote(
    question: Literal["motion", "grade", "election", "selection"],
    visibility: Visibility = Visibility.SECRET,
    *,
    held: bool = True,
) -> tuple[StepForm, StepForm]:
    """A vote is always declared on the spot (组织法; PROCEDURE.md R22)."""
    plan = VotePlan(visibility, question, held=held)
    return StepForm(StepKind.VOTE, None, Limit.BALLOT, vote=plan), StepForm(StepKind.DECLARATION)


_QUESTIONS = StepForm(StepKind.QUESTIONS, None, Limit.QUESTION)
# a deliberation goes on while members ask to speak; the timer is for each speech, set at the console
_DELIBERATION = StepForm(StepKind.DELIBERATION)

STEPS: Mapping[ItemKind, tuple[StepForm, ...]] = {
    ItemKind.ROLL_CALL: (StepForm(StepKind.ROLL_CALL),),
    ItemKind.PUBLIC_VOTE: _vote("motion", Visibility.OPEN),
    ItemKind.REPORT_WITH_SPECIAL_INQUIRY: (
        _statement(REPORT, Speaker.REPORTER),
        _QUESTIONS,
        _DELIBERATION,
        *_vote("grade"),
    ),
    ItemKind.WORK_EVALUATION: (_statement(REPORT, Speaker.PERSON), _DELIBERATION, *_vote("grade")),
    ItemKind.PERFORMANCE_EVALUATION: (
        _statement(DUTY_REPORT, Speaker.PERSON),
        _QUESTIONS,
        *_vote("grade"),
    ),
    ItemKind.NOMINATIONS: (
        StepForm(StepKind.INTRODUCTION, Speaker.PRESENTER, Limit.SPEECH),
        StepForm(StepKind.PLEDGE, Speaker.PERSON, Limit.PLEDGE),
        _QUESTIONS,
    ),
    ItemKind.DELIBERATION: (_DELIBERATION,),
    ItemKind.SECRET_VOTES: _vote("motion"),
    ItemKind.ELECTION: _vote("election"),
    ItemKind.SELECTION: _vote("selection"),
    ItemKind.DISMISSAL: (
        _statement(EXPLANATION, Speaker.MOVER),
        _statement(DEFENCE, Speaker.PERSON),
        # counted like any motion, but its preconditions (reasons, defence) are not built yet
        *_vote("motion", held=False),
    ),
    ItemKind.CEREMONY: (StepForm(StepKind.CERTIFICATES), StepForm(StepKind.OATH, Speaker.OATH_LEADER)),
    ItemKind.CLOSING: (
        _statement(SUMMARY, Speaker.CHAIR),
        StepForm(StepKind.REMARKS, Speaker.CHAIR, Limit.SPEECH),
        StepForm(StepKind.CLOSING, Speaker.CHAIR),
    ),
}


def steps(kind: ItemKind, rules: Rules, turns: Sequence[Turn]) -> tuple[Step, ...]:
    """The steps of an item: its kind's list once for each turn."""
    limits = {
        Limit.SPEECH: rules.speech_limit_s,
        Limit.PLEDGE: rules.pledge_limit_s,
        Limit.QUESTION: rules.question_limit_s,
        Limit.BALLOT: rules.ballot_timer_s,
    }
    return tuple(_step(form, turn, limits) for turn in turns for form in STEPS[kind])


def _step(form: StepForm, turn: Turn, limits: Mapping[Limit, int | None]) -> Step:
    return Step(
        kind=form.kind,
        matter=turn.matter,
        limit_s=turn.seconds.get(form.title, limits[form.limit] if form.limit else None),
        vote=form.vote,
        speaker=turn.speakers.get(form.speaker, "") if form.speaker else "",
        title=Text(**i18n.both(form.title)) if form.title else Text(""),
    )
