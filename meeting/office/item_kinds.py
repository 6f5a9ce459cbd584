"""How an item of each kind runs: named step lists, as data that a county can put in another order.

The lists say what comes after what; whose turn it is and how long is filled in from the item.  An item with matters
(nominees, ballots) runs its list once for each, any other item once.  Nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from display import i18n
from meeting.order.asking import VotePlan
from meeting.order.rules import Rules
from meeting.order.sitting import ItemKind, MatterId, Step, StepKind
from meeting.order.text import Text


class Speaker(StrEnum):
    """Whose turn a step is; the item says who that is."""

    CHAIR = "chair"
    MOVER = "mover"
    OATH_LEADER = "oath_leader"
    PERSON = "person"
    """Whom the matter or the evaluation is about."""
    PRESENTER = "presenter"
    READER = "reader"
    """Who moved what is read out."""
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
    defence: bool = False
    name: str = ""
    """In a step profile (`step_profile`); empty: its kind's."""

    @property
    def called(self) -> str:
        return self.name or self.kind.value


@dataclass(frozen=True, slots=True)
class Turn:
    """One run of the list: the matter, who speaks, how it votes, and times the file gives in place of the rules'."""

    matter: MatterId | None = None
    speakers: Mapping[Speaker, str] = field(default_factory=dict)
    seconds: Mapping[str, int] = field(default_factory=dict)
    """By the key of the step's title."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Another title for the step of this one, both by their keys."""
    vote: VotePlan | None = None
    """None: this turn runs without a vote and its declaration."""
    leave_out: frozenset[StepKind] = frozenset()
    """Steps of the list that are not for this turn."""
    silent: frozenset[StepKind] = frozenset()
    """Steps at which nobody speaks: without a speaker and without a limit."""


REPORT = "office.step.report"
DUTY_REPORT = "office.step.duty-report"
EXPLANATION = "office.step.explanation"
DEFENCE = "office.step.defence"
DEFENCE_READ = "office.step.defence-read"
SUMMARY = "office.step.summary"
REPLY = "office.step.reply"
REPLY_WRITTEN = "office.step.reply-written"


def _statement(title: str, speaker: Speaker) -> StepForm:
    name = title.removeprefix("office.step.").replace("-", "_")
    return StepForm(StepKind.STATEMENT, speaker, Limit.SPEECH, title, name=name)


# A vote is always declared on the spot (组织法; PROCEDURE.md R22).
_VOTE = (StepForm(StepKind.VOTE, None, Limit.BALLOT), StepForm(StepKind.DECLARATION))
_READING = StepForm(StepKind.READING, Speaker.READER)
_QUESTIONS = StepForm(StepKind.QUESTIONS, None, Limit.QUESTION)
_PLEDGE = StepForm(StepKind.PLEDGE, Speaker.PERSON, Limit.PLEDGE)
# a deliberation goes on while members ask to speak; the timer is for each speech, set at the console
_DELIBERATION = StepForm(StepKind.DELIBERATION)

STEPS: Mapping[ItemKind, tuple[StepForm, ...]] = {
    ItemKind.ROLL_CALL: (StepForm(StepKind.ROLL_CALL),),
    ItemKind.PUBLIC_VOTE: (_READING, *_VOTE),
    ItemKind.REPORT_WITH_SPECIAL_INQUIRY: (
        _statement(REPORT, Speaker.REPORTER),
        _QUESTIONS,
        _DELIBERATION,
        *_VOTE,
    ),
    ItemKind.DEPUTIES_PROPOSALS: (
        _statement(REPORT, Speaker.REPORTER),
        _QUESTIONS,
        _DELIBERATION,
        *_VOTE,
    ),
    ItemKind.INTERPELLATION: (_READING, StepForm(StepKind.REPLY, Speaker.PERSON, Limit.SPEECH, REPLY)),
    # set up: read out, deliberated, voted on; later its report is heard
    ItemKind.INQUIRY_COMMITTEE: (
        _READING,
        _statement(REPORT, Speaker.REPORTER),
        _DELIBERATION,
        *_VOTE,
    ),
    ItemKind.WORK_EVALUATION: (_statement(REPORT, Speaker.PERSON), _DELIBERATION, *_VOTE),
    ItemKind.PERFORMANCE_EVALUATION: (_statement(DUTY_REPORT, Speaker.PERSON), _QUESTIONS, *_VOTE),
    # the pledge has two places: before the vote, or after it where the rules say so (000g)
    ItemKind.NOMINATIONS: (
        _READING,
        StepForm(StepKind.INTRODUCTION, Speaker.PRESENTER, Limit.SPEECH),
        _PLEDGE,
        _QUESTIONS,
    ),
    ItemKind.SECRET_VOTES: (_READING, *_VOTE, _PLEDGE),
    ItemKind.DELIBERATION: (_READING, _DELIBERATION),
    ItemKind.ELECTION: _VOTE,
    ItemKind.SELECTION: _VOTE,
    ItemKind.DISMISSAL: (
        _READING,
        _statement(EXPLANATION, Speaker.MOVER),
        StepForm(StepKind.STATEMENT, Speaker.PERSON, Limit.SPEECH, DEFENCE, True, "defence"),
        *_VOTE,
    ),
    ItemKind.CEREMONY: (StepForm(StepKind.CERTIFICATES), StepForm(StepKind.OATH, Speaker.OATH_LEADER)),
    ItemKind.CLOSING: (
        _statement(SUMMARY, Speaker.CHAIR),
        StepForm(StepKind.REMARKS, Speaker.CHAIR, Limit.SPEECH),
        StepForm(StepKind.CLOSING, Speaker.CHAIR),
    ),
}


def steps(
    kind: ItemKind, rules: Rules, turns: Sequence[Turn], forms: Sequence[StepForm] | None = None
) -> tuple[Step, ...]:
    """The steps of an item: its kind's list, or these `forms` in its place, once for each turn."""
    limits = {
        Limit.SPEECH: rules.speech_limit_s,
        Limit.PLEDGE: rules.pledge_limit_s,
        Limit.QUESTION: rules.question_limit_s,
        Limit.BALLOT: rules.ballot_timer_s,
    }
    return tuple(
        _step(form, turn, limits, rules.pledge_label)
        for turn in turns
        for form in (STEPS[kind] if forms is None else forms)
        if not _is_left_out(form, turn)
    )


_OF_A_VOTE = frozenset({StepKind.VOTE, StepKind.DECLARATION})


def _is_left_out(form: StepForm, turn: Turn) -> bool:
    return form.kind in turn.leave_out or (turn.vote is None and form.kind in _OF_A_VOTE)


def _step(form: StepForm, turn: Turn, limits: Mapping[Limit, int | None], pledge: Text) -> Step:
    silent = form.kind in turn.silent
    title = Text(**i18n.both(turn.titles.get(form.title, form.title))) if form.title else Text("")
    return Step(
        kind=form.kind,
        matter=turn.matter,
        limit_s=None if silent else turn.seconds.get(form.title, limits[form.limit] if form.limit else None),
        vote=turn.vote if form.kind is StepKind.VOTE else None,
        speaker=turn.speakers.get(form.speaker, "") if form.speaker and not silent else "",
        title=pledge if form.kind is StepKind.PLEDGE else title,
        defence=form.defence,
    )
