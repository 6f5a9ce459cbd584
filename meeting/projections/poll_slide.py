"""A vote on the hall screen: about to be put, under way, declared.  Pure; no split exists before a result."""

from __future__ import annotations

from collections.abc import Mapping

from display.slides import NOTHING, Advice, Advising, Asking, Result, Slide, Words
from meeting.order import announcement, declaration, rounds
from meeting.order.asking import Base, Majority, Visibility
from meeting.order.paper_of import asks_at, majority_at, question_ids, title_at, title_of
from meeting.order.pass_line import line
from meeting.order.poll import Poll, PollStage
from meeting.order.progress import Position
from meeting.order.put import line_decides, needed_of
from meeting.order.sitting import Item, Step
from meeting.order.state import State
from meeting.projections.frame import Count
from meeting.projections.questions import answered, asked, asked_by
from meeting.projections.standing import countdown, head, place_of
from meeting.wording import joined, words

_STAGES = {PollStage.COUNTED: PollStage.CLOSING}
"""Nobody in the hall knows a count before it is declared."""


def poll_title(state: State, poll: Poll) -> Words:
    return words(title_of(state, poll))


def poll_slide(state: State, poll: Poll, count: Count) -> Slide:
    if poll.stage is PollStage.DECLARED and poll.result is not None and not state.wants_poll:
        return result_slide(state, poll, count)
    return _asking(state, poll, count)


def _asking(state: State, poll: Poll, count: Count) -> Asking:
    position = Position(poll.item, poll.step)
    majority = majority_at(state, position)
    bases = poll.bases or state.bases(poll.matter)
    decides = line_decides(declaration.asks_of(state, poll), poll.contest)
    before = next((one for one in state.rounds(position) if one.round == poll.round - 1), None)
    return Asking(
        stage=_STAGES.get(poll.stage, poll.stage).value,
        title=poll_title(state, poll),
        visibility=poll.visibility.value,
        needed=needed_of(state, majority, poll) if decides else None,
        entitled=count.entitled,
        issued=count.issued,
        returned=count.returned,
        code=count.code,
        timer=countdown(state.timer),
        all_members=bases.all_members,
        present=bases.present,
        recused=bases.recused,
        base=majority.base.value,
        line=words(line(majority)) if decides else NOTHING,
        again=before is not None and before.stage is PollStage.VOID and before.opened_at is not None,
        ask=asked_by(state, poll),
        contest=_contest(poll),
        round=poll.round,
        contest_names=() if poll.contest is None else poll.contest.names,
        hands=poll.visibility is Visibility.HANDS,
        fault=position in state.by_hands,
        box_seen=state.box_seen_by is not None,
        advising=_advising(state, poll, count),
        place=place_of(state, state.plan.item(poll.item), poll.matter),
        head=head(state),
    )


def _contest(poll: Poll) -> str:
    return "" if poll.contest is None else poll.contest.kind.value


def _advising(state: State, poll: Poll, count: Count) -> tuple[Advising, ...]:
    counts = dict(count.advisory)
    found = []
    for one in state.together(poll):
        if one.binding:
            continue
        own = counts.get(one.voter_class)
        found.append(
            Advising(
                one.voter_class,
                words(declaration.label_of(state, one.voter_class)),
                entitled=len(state.voters_of(one)),
                issued=0 if own is None else own.issued,
                returned=0 if own is None else own.returned,
            )
        )
    return tuple(found)


def vote_to_come(state: State, item: Item, step: Step, position: Position) -> Slide:
    """A vote whose paper is not made yet."""
    title = words(title_at(state, position))
    majority, bases = majority_at(state, position), state.bases(step.matter)
    visibility, contest = state.visibility_at(position), state.contest
    decides = line_decides(asks_at(state, position), contest)
    return Asking(
        stage="prepared",
        title=title,
        visibility=visibility.value,
        needed=needed_of(state, majority, None) if decides else None,
        entitled=len(state.entitled(step.matter, visibility=visibility)),
        issued=0,
        returned=0,
        code="",
        all_members=bases.all_members,
        present=bases.present,
        recused=bases.recused,
        base=majority.base.value,
        line=words(line(majority)) if decides else NOTHING,
        ask=asked(question_ids(state, position), asks_at(state, position), title, contest),
        contest="" if contest is None else contest.kind.value,
        contest_names=() if contest is None else contest.names,
        hands=visibility is Visibility.HANDS,
        fault=position in state.by_hands,
        box_seen=state.box_seen_by is not None,
        place=place_of(state, item, step.matter),
        head=head(state),
    )


# --- the result ---


def result_slide(state: State, poll: Poll, count: Count) -> Result:
    assert poll.result is not None, "only a counted poll has a result"
    majority = majority_at(state, Position(poll.item, poll.step))
    bases = poll.bases or state.bases(poll.matter)
    answer = poll.result["questions"][poll.question]
    needed = answer.get("needed")
    upcoming = rounds.next_contest(poll)
    return Result(
        title=poll_title(state, poll),
        outcome=poll.outcome,
        counts=answer.get("counts", {}),
        not_returned=int(poll.result["not_returned"]),
        needed=needed,
        all_members=bases.all_members,
        sentences=tuple(words(each) for each in announcement.result(state, poll)),
        said=joined(*(words(each) for each in announcement.meaning(state, poll))),
        code=count.code,
        checked=count.checked,
        visibility=poll.visibility.value,
        present=bases.present,
        recused=bases.recused,
        issued=int(poll.result["issued"]),
        returned=int(poll.result["returned"]),
        valid=int(answer["valid"]),
        invalid=int(answer["invalid"]),
        base=majority.base.value,
        line=NOTHING if needed is None else words(line(majority)),
        whole=_whole(poll, majority),
        questions=answered(state, poll),
        advisory=advice(state, poll),
        names=_names(state, poll),
        contest=_contest(poll),
        round=poll.round,
        next="" if upcoming is None else upcoming.kind.value,
        next_names=() if upcoming is None else upcoming.names,
        place=place_of(state, state.plan.item(poll.item), poll.matter),
        head=head(state),
    )


def _whole(poll: Poll, majority: Majority) -> int:
    """What the majority is taken of, in votes; a later round that most votes win is measured by its valid papers."""
    assert poll.result is not None, "only of a counted poll"
    assert poll.bases is not None, "a counted poll was opened"
    answer = poll.result["questions"][poll.question]
    if answer.get("needed") is None:
        return int(answer["valid"])
    match majority.base:
        case Base.ALL_MEMBERS:
            return poll.bases.all_members
        case Base.PRESENT:
            return poll.bases.present
        case Base.ISSUED:
            return int(poll.result["issued"])
        case Base.RETURNED:
            return int(poll.result["returned"])
        case Base.VALID:
            return int(answer["valid"])


def advice(state: State, poll: Poll) -> tuple[Advice, ...]:
    """What the classes of attendees answered that were asked at the same time."""
    return tuple(
        Advice(
            one.voter_class,
            words(declaration.label_of(state, one.voter_class)),
            issued=int(one.result["issued"]),
            returned=int(one.result["returned"]),
            questions=answered(state, one),
        )
        for one in state.together(poll)
        if not one.binding
        and one.stage is PollStage.DECLARED
        and one.result is not None
        and one.result["vote"] != "void"
    )


def _names(state: State, poll: Poll) -> Mapping[str, Mapping[str, tuple[str, ...]]] | None:
    """Who voted how in an open vote, only where the rules of the sitting show it (`names_on_hall`)."""
    if poll.names is None or poll.visibility is not Visibility.OPEN or not state.plan.rules.names_on_hall:
        return None
    return {
        question: {
            answer: tuple(state.plan.name_of(number) for number in numbers)
            for answer, numbers in by_answer.items()
        }
        for question, by_answer in poll.names.items()
    }
