"""Elections and selections in the chair's words: votes, who is in, what is still open (选举法 45).  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from meeting.order.asking import Contest, ElectionAsk, GradeAsk, RoundKind, SelectionAsk, Visibility
from meeting.order.paper_of import majority_at
from meeting.order.particulars import AutoListed, SubjectKind
from meeting.order.pass_line import line, met
from meeting.order.poll import Poll, PollStage
from meeting.order.polls import written_in
from meeting.order.progress import Position
from meeting.order.sentence import Sentence, Value, figures, names, sentence
from meeting.order.sitting import Text
from meeting.order.state import State

Answer = Mapping[str, Any]


def label(ask: SelectionAsk, option: str) -> Text:
    """The option in both languages."""
    return next((one for one in ask.options if one.zh == option), Text(option))


def ranked(answer: Answer) -> tuple[tuple[str, int], ...]:
    """Options and their votes, most votes first; equal ones in the order of the paper."""
    return tuple(sorted(answer["votes"].items(), key=lambda one: -int(one[1])))


_HOW = {Visibility.SECRET: "", Visibility.OPEN: "-open", Visibility.HANDS: "-hands"}
"""How it was voted on, in the key of a sentence that says it."""

# --- votes ---


def votes(poll: Poll, ask: ElectionAsk | SelectionAsk, answer: Answer) -> tuple[Sentence, ...]:
    """候选人得票情况, in the order that the office has fixed (2.G); of options, most votes first."""
    if isinstance(ask, SelectionAsk):
        parts = (sentence("figure.votes", name=label(ask, key), votes=n) for key, n in ranked(answer))
        return (sentence("announce.option-votes", votes=figures(parts)),)
    assert poll.result is not None, "only of a counted poll"
    others = written_in(poll, poll.result)
    # A later round has its candidates by their votes in the first: nothing is said of strokes then.
    key = "announce.votes-by-strokes" if poll.contest is None else "announce.votes"
    of_candidates = [_figure(answer, name) for name in answer["votes"] if name not in others]
    said = [sentence(key, votes=figures(of_candidates))] if of_candidates else []
    if others:
        said.append(sentence("announce.write-ins", votes=figures(_figure(answer, name) for name in others)))
    return tuple(said)


def _figure(answer: Answer, name: str) -> Sentence:
    return sentence("figure.votes", name=name, votes=int(answer["votes"][name]))


# --- meaning ---


def meaning(
    state: State, poll: Poll, ask: ElectionAsk | SelectionAsk, answer: Answer
) -> tuple[Sentence, ...]:
    """Who is elected or selected, and what follows for the places that are left."""
    if isinstance(ask, SelectionAsk):
        return _selection(state, poll, ask, answer)
    return _election(state, poll, answer)


def _election(state: State, poll: Poll, answer: Answer) -> tuple[Sentence, ...]:
    majority = majority_at(state, Position(poll.item, poll.step))
    plurality = answer["needed"] is None
    elected = tuple(str(name) for name in answer["elected"])
    said = []
    for name in elected:
        won: dict[str, Value] = {"name": name, "votes": int(answer["votes"][name])}
        said.append(
            Sentence("announce.elected-most", won)
            if plurality
            else Sentence("announce.elected", {**won, "line": met(majority, True)})
        )
    left = int(answer["seats_left"])
    if answer["tied"]:
        said.append(sentence("announce.tied", names=names(answer["tied"])))
    elif left and not elected and plurality:
        said.append(sentence("announce.nobody"))
    elif left:
        # Without a vote for anybody else there is nobody who could stand in a further election.
        vacant = "" if answer["next_candidates"] else "-vacant"
        if elected:
            said.append(sentence(f"announce.seats-left{vacant}", left=left))
        else:
            said.append(sentence(f"announce.no-majority{vacant}", line=line(majority)))
    else:
        everybody = chosen(state, poll)
        if len(everybody) > len(elected):
            said.append(sentence("announce.elected-all", names=names(everybody)))
    return tuple(said)


def _selection(state: State, poll: Poll, ask: SelectionAsk, answer: Answer) -> tuple[Sentence, ...]:
    so_far = names(label(ask, one) for one in chosen(state, poll))
    said = []
    if answer["tied"] or answer["places_left"]:
        if so_far.parts:
            said.append(sentence("announce.selected-so-far", names=so_far))
        if answer["tied"]:
            tied = names(label(ask, one) for one in answer["tied"])
            said.append(sentence("announce.options-tied", names=tied))
        else:
            said.append(sentence("announce.places-left", left=int(answer["places_left"])))
        return tuple(said)
    listed = state.plan.item(poll.item).particulars.auto_listed
    # Whoever is listed beside those selected is listed for next year's evaluation (PROCEDURE.md row 151).
    key = "announce.selected" if listed is None else "announce.selected-targets"
    said.append(sentence(f"{key}{_HOW[poll.visibility]}", names=so_far))
    if listed is not None and failed_today(state, listed):
        said.append(sentence("announce.auto-listed", unit=listed.unit, reason=listed.reason))
    return tuple(said)


def chosen(state: State, poll: Poll) -> tuple[str, ...]:
    """Who is in after this round, those of the rounds before first."""
    found: list[str] = []
    for one in state.rounds(Position(poll.item, poll.step)):
        if one.round > poll.round or one.result is None or one.result["vote"] == "void":
            continue
        if one.stage is PollStage.VOID:
            continue
        answer = one.result["questions"][one.question]
        found += [
            str(name) for name in answer.get("elected", answer.get("selected", ())) if name not in found
        ]
    return tuple(found)


def failed_today(state: State, listed: AutoListed) -> bool:
    """The evaluation that the unit is listed for ended with the worst grade: it is not listed for another's failure."""
    for poll in state.polls.values():
        if poll.stage is not PollStage.DECLARED or not poll.binding or poll.result is None:
            continue
        plan = state.step_at(Position(poll.item, poll.step)).vote
        ask = None if plan is None else plan.asks[-1]
        answer = poll.result["questions"][poll.question]
        failed = isinstance(ask, GradeAsk) and answer["grade"] == ask.scale[-1].zh
        if failed and _is_about(state, listed, poll.item):
            return True
    return False


def _is_about(state: State, listed: AutoListed, number: int) -> bool:
    """The item that the file names; else the unit's own evaluation, or the report of an officer of it."""
    if listed.item is not None:
        return listed.item == number
    about = state.plan.item(number).particulars
    if about.subject is not None:
        return about.subject.kind is SubjectKind.UNIT and about.subject.name.zh == listed.unit.zh
    return about.report is not None and about.report.title.zh.startswith(listed.unit.zh)


def call(contest: Contest, ask: ElectionAsk | SelectionAsk | None) -> Sentence:
    """The call of a later round: 再次投票 among the tied, or 另行选举 for the seats left."""
    people = [label(ask, name) if isinstance(ask, SelectionAsk) else name for name in contest.names]
    key = "say.runoff" if contest.kind is RoundKind.RUN_OFF else "say.further"
    if isinstance(ask, SelectionAsk):
        key = "say.runoff-options"
    return sentence(key, names=names(people), places=contest.places)
