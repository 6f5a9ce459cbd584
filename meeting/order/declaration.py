"""What the chair declares of a counted poll: its papers, its figures, what they mean (PROCEDURE.md 2.D).  Pure.

A result is declared as it was counted; nothing is concluded here that `voting.outcome` has not concluded.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from meeting.order import conclusion, winners
from meeting.order.asking import (
    Ask,
    ElectionAsk,
    GradeAsk,
    MotionAsk,
    ScoreAsk,
    SelectionAsk,
    ShareBands,
    Visibility,
)
from meeting.order.motions import motion
from meeting.order.paper_of import majority_at
from meeting.order.particulars import SubjectKind
from meeting.order.pass_line import met
from meeting.order.poll import Poll
from meeting.order.progress import Position
from meeting.order.sentence import Sentence, Value, figures, names, sentence
from meeting.order.sitting import Text
from meeting.order.state import State

Answer = Mapping[str, Any]
_CALLED = {"grade": "evaluation", "score": "evaluation", "election": "election"}
"""What a vote with a kind of question is called, and its papers: 测评票, 选票; else 表决票."""


def result(state: State, poll: Poll) -> tuple[Sentence, ...]:
    """Everything to declare of a counted poll: validity, figures, meaning, then what was advised."""
    assert poll.result is not None, "only a counted poll is declared"
    if poll.result["vote"] == "void":
        return (void(state, poll),)
    advice = tuple(
        _advice(state, one)
        for one in state.together(poll)
        if not one.binding and one.result is not None and one.result["vote"] != "void"
    )
    return (*_papers(state, poll), *_shown(state, poll), *meaning(state, poll), *advice)


def void(state: State, poll: Poll) -> Sentence:
    """More papers came back than were issued (R30)."""
    assert poll.result is not None, "the box has said so"
    issued, returned = int(poll.result["issued"]), int(poll.result["returned"])
    ask = asks_of(state, poll)[-1]
    return sentence("announce.void", paper=paper(ask), vote=vote(ask), issued=issued, returned=returned)


def answers(state: State, poll: Poll) -> tuple[tuple[str, Ask, Answer], ...]:
    """The questions of a counted poll with what was asked and what came of it, in the order of the paper."""
    assert poll.result is not None, "only a counted poll has answers"
    asked = zip(poll.questions, asks_of(state, poll), strict=True)
    return tuple((name, ask, poll.result["questions"][name]) for name, ask in asked)


def asks_of(state: State, poll: Poll) -> tuple[Ask, ...]:
    """What the poll asks, question by question: also of one that was held before its step went on by hands."""
    plan = state.step_at(Position(poll.item, poll.step)).vote
    assert plan is not None, "only vote steps have polls"
    by_hands = poll.visibility is Visibility.HANDS
    return tuple(ask for ask in plan.asks if not (by_hands and isinstance(ask, ScoreAsk)))


def deciding(state: State, poll: Poll) -> tuple[Ask, Answer]:
    """The question that decides: the last one on the paper."""
    _, ask, answer = answers(state, poll)[-1]
    return ask, answer


def label_of(state: State, voter_class: str) -> Text:
    """How a class of attendees is called."""
    return next(
        (one.kind for one in state.plan.attendees if one.voter_class == voter_class), Text(voter_class)
    )


# --- the papers ---


def paper(ask: Ask) -> Sentence:
    """表决票, 测评票, 选票."""
    return sentence(f"paper.{_CALLED.get(ask.kind, 'motion')}")


def vote(ask: Ask) -> Sentence:
    """表决, 测评, 选举."""
    return sentence(f"vote.{_CALLED.get(ask.kind, 'motion')}")


def _papers(state: State, poll: Poll) -> tuple[Sentence, ...]:
    """发出…张，收回…张，…表决有效.  An open vote and raised hands have no papers to issue and collect."""
    assert poll.result is not None, "only a counted poll is declared"
    issued, returned = int(poll.result["issued"]), int(poll.result["returned"])
    answer = poll.result["questions"][poll.question]
    valid, invalid = int(answer["valid"]), int(answer["invalid"])
    said = []
    ask = asks_of(state, poll)[-1]
    evaluation = isinstance(ask, GradeAsk | ScoreAsk)
    if poll.visibility is Visibility.SECRET:
        words: dict[str, Value] = {
            "issued": issued,
            "returned": returned,
            "paper": paper(ask),
            "vote": vote(ask),
        }
        if evaluation:
            words["valid"] = valid
        how = "all" if returned == issued else "fewer"
        said.append(Sentence(f"announce.{'papers' if evaluation else 'valid'}-{how}", words))
    if invalid:
        secret = evaluation and poll.visibility is Visibility.SECRET
        said.append(
            sentence("announce.invalid-papers", invalid=invalid)
            if secret
            else sentence("announce.papers", valid=valid, invalid=invalid)
        )
    label = state.plan.rules.not_pressed_label
    if label and issued > returned and poll.visibility is not Visibility.HANDS:
        said.append(
            sentence("announce.not-returned", label=Text(label, "not returned"), count=issued - returned)
        )
    return tuple(said)


# --- figures that decide nothing by themselves, or come before what they mean ---


def _shown(state: State, poll: Poll) -> tuple[Sentence, ...]:
    said: list[Sentence] = []
    for _, ask, answer in answers(state, poll):
        match ask:
            case ScoreAsk():
                said += _scores(ask, answer)
            case GradeAsk():
                said += _beside_grades(state, poll, ask, answer)
            case ElectionAsk() | SelectionAsk():
                said += winners.votes(poll, ask, answer)
            case MotionAsk():
                pass
    return tuple(said)


def _scores(ask: ScoreAsk, answer: Answer) -> tuple[Sentence, ...]:
    if answer["overall"] is None:
        return (sentence("announce.no-scores"),)
    means = figures(
        sentence("figure.mean", title=one.title, mean=answer["means"][one.id]) for one in ask.criteria
    )
    said = [
        sentence("announce.scores", means=means),
        sentence("announce.overall", overall=answer["overall"], valid=int(answer["valid"])),
    ]
    if ask.pass_mark is not None:
        key = "announce.score-passed" if answer["passed"] else "announce.score-failed"
        said.append(sentence(key, mark=ask.pass_mark))
    return tuple(said)


def _beside_grades(state: State, poll: Poll, ask: GradeAsk, answer: Answer) -> tuple[Sentence, ...]:
    """The rate, and the share that decides where shares do."""
    said = []
    if answer["rate"] is not None:
        rate = float(answer["rate"])
        said.append(
            sentence("announce.rate-of", grade=ask.scale[-2], rate=rate)
            if is_of_a_person(state, poll)
            else sentence("announce.rate", rate=rate)
        )
    share = None if ask.bands is None else _share(ask, ask.bands, answer, "announce.share")
    return (*said, share) if share is not None else tuple(said)


def _share(ask: GradeAsk, bands: ShareBands, answer: Answer, key: str) -> Sentence | None:
    """The share of the valid papers that decides; None where there is no valid one."""
    if not answer["valid"]:
        return None
    grade = next(one for one in ask.scale if one.zh == bands.key)
    return sentence(key, grade=grade, percent=percent(int(answer["counts"][bands.key]), int(answer["valid"])))


def is_of_a_person(state: State, poll: Poll) -> bool:
    """An evaluation of an officer, not of a unit or a report."""
    subject = state.plan.item(poll.item).particulars.subject
    return subject is not None and subject.kind is SubjectKind.OFFICER


def rate_label(state: State, poll: Poll, ask: GradeAsk) -> Sentence:
    """What the rate is of: satisfaction; of a person, the worst grade but one and better."""
    if is_of_a_person(state, poll) and len(ask.scale) > 1:
        return sentence("rate.and-better", grade=ask.scale[-2])
    return sentence("rate.satisfaction")


def percent(part: int, whole: int) -> float:
    """Half up, to one decimal, as COUNTING.md shows every rate."""
    return int(Fraction(part * 1000, whole) + Fraction(1, 2)) / 10


# --- what it means ---


def meaning(state: State, poll: Poll) -> tuple[Sentence, ...]:
    """The sentences that say what the poll has decided: the ones that the hall shows beside the verdict."""
    ask, answer = deciding(state, poll)
    match ask:
        case MotionAsk():
            return motion(state, poll, answer)
        case GradeAsk(scale):
            counts = figures(
                sentence("figure.votes", name=grade, votes=int(answer["counts"][grade.zh])) for grade in scale
            )
            grade = next(one for one in scale if one.zh == answer["grade"])
            concluded = conclusion.tail(ask, grade.zh) if poll.binding else ""
            key = "announce.performance" if is_of_a_person(state, poll) else "announce.grades"
            return (sentence(key, counts=counts, grade=grade, concluded=concluded),)
        case ScoreAsk():
            return ()
        case ElectionAsk() | SelectionAsk():
            return winners.meaning(state, poll, ask, answer)


def because(state: State, poll: Poll, ask: GradeAsk, answer: Answer) -> Sentence | None:
    """Why it is this grade: the votes that reached the majority, or did not; the share where shares decide."""
    if ask.bands is not None:
        return _share(ask, ask.bands, answer, "because.share")
    scale, counts = ask.scale, answer["counts"]
    place = [grade.zh for grade in scale].index(answer["grade"])
    worst = place == len(scale) - 1
    among = scale[: place if worst else place + 1]
    reached = met(majority_at(state, Position(poll.item, poll.step)), not worst)
    votes = sum(int(counts[grade.zh]) for grade in among)
    if len(among) == 1:
        return sentence("because.one", grade=among[0], votes=votes, line=reached)
    return sentence("because.together", grades=names(among), votes=votes, line=reached)


# --- what was advised ---


def _advice(state: State, poll: Poll) -> Sentence:
    """A class that decides nothing is said apart, with its figures (PROCEDURE.md row 9)."""
    assert poll.result is not None, "only of a counted poll"
    parts: list[Sentence] = []
    for _, ask, answer in answers(state, poll):
        match ask:
            case GradeAsk(scale):
                parts += (
                    sentence("figure.votes", name=grade, votes=int(answer["counts"][grade.zh]))
                    for grade in scale
                )
            case ScoreAsk() if answer["overall"] is not None:
                parts.append(sentence("figure.overall", overall=answer["overall"]))
            case MotionAsk():
                parts += (
                    sentence(f"figure.{vote}", votes=int(answer["counts"][vote]))
                    for vote in ("for", "against", "abstain")
                )
            case ElectionAsk() | SelectionAsk():
                parts += (
                    sentence("figure.votes", name=name, votes=int(votes))
                    for name, votes in answer["votes"].items()
                )
            case _:
                pass
    return sentence(
        "announce.advice",
        who=label_of(state, poll.voter_class),
        issued=int(poll.result["issued"]),
        returned=int(poll.result["returned"]),
        counts=figures(parts),
    )
