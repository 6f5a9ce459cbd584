"""The paper of a poll: from what a vote step asks to the questions that voters answer.  Pure.

A question's id is its matter's, else its item's, with what it asks where the paper has several (DESIGN.md 7).
"""

from __future__ import annotations

from fractions import Fraction

from meeting.order.asking import (
    Ask,
    Contest,
    ElectionAsk,
    GradeAsk,
    Majority,
    MotionAsk,
    RoundKind,
    ScoreAsk,
    SelectionAsk,
    Visibility,
)
from meeting.order.sitting import Text
from meeting.order.state import Poll, Position, State
from voting import paper as v


def asks_at(state: State, position: Position) -> tuple[Ask, ...]:
    """What the vote step at `position` asks: raised hands can be counted, but not scores."""
    step = state.step_at(position)
    assert step.vote is not None, "only vote steps ask"
    if state.visibility_at(position) is not Visibility.HANDS:
        return step.vote.asks
    return tuple(ask for ask in step.vote.asks if not isinstance(ask, ScoreAsk))


def question_ids(state: State, position: Position) -> tuple[str, ...]:
    """The ids of the questions, in the order of the paper."""
    step = state.step_at(position)
    assert step.vote is not None, "only vote steps ask"
    if step.matter is not None:
        return (step.matter,)
    item = f"item-{position.item}"
    if len(step.vote.asks) == 1:
        return (item,)
    return tuple(f"{item}-{ask.kind}" for ask in asks_at(state, position))


def title_of(state: State, poll: Poll) -> Text:
    """What the poll is about: its matter, else its item."""
    return title_at(state, Position(poll.item, poll.step))


def title_at(state: State, position: Position) -> Text:
    """What the vote step at `position` is about; a bloc that a matter has left, by the matters that are left."""
    matter = state.step_at(position).matter
    if matter is None:
        return state.plan.item(position.item).title
    bloc = state.plan.matter(matter).bloc
    left = [state.plan.matter(one).title for one in bloc if not state.disposed(one)]
    if not left or len(left) == len(bloc):
        return state.plan.matter(matter).title
    english = "; ".join(one.en or one.zh for one in left)
    return Text("、".join(one.zh for one in left), english if any(one.en for one in left) else "")


def majority_at(state: State, position: Position) -> Majority:
    step = state.step_at(position)
    own = None if step.vote is None else step.vote.majority
    return own or state.plan.rules.majority


def paper_of(state: State, poll: Poll) -> v.Paper:
    """The paper that `poll` puts."""
    position = Position(poll.item, poll.step)
    majority = majority_at(state, position)
    title = title_of(state, poll).zh
    asks = asks_at(state, position)
    return v.Paper(
        tuple(
            _question(name, title, ask, majority, poll.contest)
            for name, ask in zip(poll.questions, asks, strict=True)
        )
    )


def _question(name: str, title: str, ask: Ask, majority: Majority, contest: Contest | None) -> v.Question:
    needed = v.Majority(majority.base.value, Fraction(majority.share), majority.at_least)
    match ask:
        case MotionAsk():
            return v.MotionQuestion(id=name, title=title, majority=needed)
        case GradeAsk():
            return v.GradeQuestion(
                id=name,
                title=title,
                scale=tuple(grade.zh for grade in ask.scale),
                rule="cumulative_majority"
                if ask.bands is None
                else v.ShareBands(
                    ask.bands.key,
                    tuple((Fraction(share), grade) for share, grade in ask.bands.bands),
                    ask.bands.otherwise,
                ),
                majority=needed,
            )
        case ScoreAsk():
            return v.ScoreQuestion(
                id=name,
                title=title,
                criteria=tuple(v.Criterion(one.id, one.title.zh, one.weight) for one in ask.criteria),
                grid=v.Grid(ask.lowest, ask.highest, ask.step),
                trim=ask.trim,
                passing=ask.pass_mark,
            )
        case ElectionAsk():
            run_off = contest is not None and contest.kind is RoundKind.RUN_OFF
            return v.ElectionQuestion(
                id=name,
                title=title,
                seats=ask.seats if contest is None else contest.places,
                candidates=ask.candidates if contest is None else contest.names,
                write_in=ask.write_in and not run_off,
                write_in_needs_opposition=ask.write_in_needs_opposition,
                majority=needed,
                decide="plurality" if run_off else "majority",
            )
        case SelectionAsk():
            return v.SelectionQuestion(
                id=name,
                title=title,
                choose=ask.choose if contest is None else contest.places,
                options=tuple(one.zh for one in ask.options) if contest is None else contest.names,
                majority=needed if ask.majority and contest is None else None,
            )
