"""The chair puts the question: what he says before, while and after members vote, for every kind of vote.  Pure."""

from __future__ import annotations

from meeting.order import conclusion, winners
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
from meeting.order.declaration import asks_of, label_of, paper, void, vote
from meeting.order.paper_of import asks_at, majority_at, title_at, title_of
from meeting.order.pass_line import USUAL, line, met
from meeting.order.poll import Poll, PollStage
from meeting.order.polls import written_in
from meeting.order.progress import Position
from meeting.order.rules import Announce
from meeting.order.sentence import Sentence, Value, names, sentence
from meeting.order.state import State


def words(state: State, position: Position, issued: int | None = None) -> tuple[Sentence, ...]:
    """What the chair says at the vote step `position` until its result is declared.

    `issued` is how many papers have gone out, where the box has told.
    """
    poll = state.poll
    if poll is None:
        return (*_fault(state, position), *_opening(state, position), sentence("say.wait-paper"))
    match poll.stage:
        case PollStage.PREPARED:
            return _prepared(state, position, poll, issued)
        case PollStage.OPEN:
            return _open(state, position, poll, issued)
        case PollStage.HELD:
            return (*_void_to_confirm(poll), sentence("say.held"))
        case PollStage.CLOSING:
            return (*_void_to_confirm(poll), sentence("say.counting"))
        case PollStage.COUNTED:
            return _counted(state, poll)
        case PollStage.DECLARED:
            # Another round was called, and its paper is not made yet.
            return (*_opening(state, position), sentence("say.wait-paper"))
        case PollStage.VOID if poll.opened_at is None:
            # Nobody has voted on it: there is nothing to hold again.
            return (*_fault(state, position), *_opening(state, position), sentence("say.wait-paper"))
        case PollStage.VOID:
            return (*_fault(state, position), sentence("say.again", title=title_at(state, position)))


# --- before ---


def _prepared(state: State, position: Position, poll: Poll, issued: int | None) -> tuple[Sentence, ...]:
    said = [*_fault(state, position), *_held_again(state, position, poll), *_opening(state, position)]
    said += _who_advises(state, poll)
    if poll.visibility is Visibility.HANDS:
        said.append(sentence("say.ready-hands"))
        return tuple(said)
    said.append(sentence("say.ready"))
    if poll.visibility is Visibility.SECRET:
        if state.plan.rules.zero_check and state.box_seen_by is None:
            said.append(sentence("say.zero-check"))
        said += _issued(issued, asks_at(state, position)[-1])
    return tuple(said)


def _issued(issued: int | None, ask: Ask) -> tuple[Sentence, ...]:
    return (sentence("announce.issued", paper=paper(ask), issued=issued),) if issued else ()


def _fault(state: State, position: Position) -> tuple[Sentence, ...]:
    """因表决系统故障，改用举手方式表决."""
    return (sentence("say.fault"),) if position in state.by_hands else ()


def _held_again(state: State, position: Position, poll: Poll) -> tuple[Sentence, ...]:
    """A round that came to nothing is named before the next one."""
    before = next((one for one in state.rounds(position) if one.round == poll.round - 1), None)
    if before is None or before.stage is not PollStage.VOID or before.opened_at is None:
        return ()
    if before.result is not None and before.result["vote"] == "void":
        return (void(state, before),)
    if position in state.by_hands and before.visibility is not Visibility.HANDS:
        return ()
    return (sentence("say.again", title=title_at(state, position)),)


def _opening(state: State, position: Position) -> tuple[Sentence, ...]:
    title, asks = title_at(state, position), asks_at(state, position)
    contest, last = state.contest, asks[-1]
    if contest is not None and isinstance(last, ElectionAsk | SelectionAsk):
        return (winners.call(contest, last),)
    match last:
        case MotionAsk():
            matter = state.step_at(position).matter
            said = sentence("say.prepare", title=title)
            if matter is None or title != state.plan.matter(matter).title:
                return (said,)  # the title of what is left of a bloc names them already
            among = names(state.plan.matter(one).title for one in state.plan.matter(matter).bloc)
            return (said, sentence("say.bloc", titles=among)) if among.parts else (said,)
        case GradeAsk() | ScoreAsk():
            return (sentence("say.prepare-evaluation", title=title),)
        case ElectionAsk(seats, candidates):
            who = names(candidates)
            return (sentence("say.prepare-election", title=title, seats=seats, names=who),)
        case SelectionAsk(choose, options):
            return (sentence("say.prepare-selection", title=title, choose=choose, count=len(options)),)


def _who_advises(state: State, poll: Poll) -> tuple[Sentence, ...]:
    classes = [label_of(state, one.voter_class) for one in state.together(poll) if not one.binding]
    return (sentence("say.advising", who=names(classes)),) if classes else ()


# --- the question is put ---


def _open(state: State, position: Position, poll: Poll, issued: int | None) -> tuple[Sentence, ...]:
    waiting = _void_to_confirm(poll)
    if poll.visibility is Visibility.HANDS:
        if poll.totals is not None:
            return (*waiting, sentence("say.hands-counted"))
        return (*waiting, *_hands(state, position, poll))
    secret = poll.visibility is Visibility.SECRET
    asks = asks_of(state, poll)
    said = [*waiting, *_issued(issued if secret else None, asks[-1]), _put(state, position, poll, secret)]
    said += (one for ask in asks for one in _how(state, position, poll, ask))
    if not secret and state.plan.rules.names_on_hall:
        said.append(sentence("say.names-shown"))
    said.append(sentence("say.on-your-phone"))
    return tuple(said)


def _put(state: State, position: Position, poll: Poll, secret: bool) -> Sentence:
    key = "say.put-secret" if secret else "say.put-open"
    title, ask = title_of(state, poll), asks_of(state, poll)[-1]
    if not isinstance(ask, MotionAsk):
        return sentence(f"{key}-only", vote=vote(ask), title=title)
    return sentence(key, title=title, need=_need(state, position, poll))


def _need(state: State, position: Position, poll: Poll) -> Sentence:
    """How many votes in favour it takes: the figure, and the share where it is not the usual one."""
    majority = majority_at(state, position)
    needed = needed_of(state, majority, poll)
    if needed is None:
        return sentence("need.line", line=met(majority, True))
    if majority == USUAL:
        return sentence("need.votes", needed=needed)
    return sentence("need.line-votes", line=met(majority, True), needed=needed)


def needed_of(state: State, majority: Majority, poll: Poll | None) -> int | None:
    """The votes needed as far as the roll alone tells; None where it depends on the ballots."""
    matter = None if poll is None else poll.matter
    bases = (None if poll is None else poll.bases) or state.bases(matter)
    return majority.needed(bases.all_members, bases.present)


def _how(state: State, position: Position, poll: Poll, ask: Ask) -> tuple[Sentence, ...]:
    """How this question is answered, and which majority is in."""
    match ask:
        case MotionAsk():
            return ()
        case GradeAsk(scale):
            rule = conclusion.rule(ask)
            told = () if rule is None else (sentence("say.rule", rule=rule),)
            return (sentence("say.how-grade", scale=names(scale)), *told)
        case ScoreAsk(criteria, lowest, highest):
            return (sentence("say.how-score", count=len(criteria), lowest=lowest, highest=highest),)
        case SelectionAsk(choose, options):
            choose = choose if poll.contest is None else poll.contest.places
            many = len(options) if poll.contest is None else len(poll.contest.names)
            return (sentence("say.how-selection", count=many, choose=choose),)
        case ElectionAsk():
            return _how_election(state, position, poll, ask)


def _how_election(state: State, position: Position, poll: Poll, ask: ElectionAsk) -> tuple[Sentence, ...]:
    runoff = is_runoff(poll)
    seats = ask.seats if poll.contest is None else poll.contest.places
    said = [sentence("say.how-election", seats=seats)]
    if ask.write_in and not runoff:
        key = "say.how-write-in-opposed" if ask.write_in_needs_opposition else "say.how-write-in"
        said.append(sentence(key))
    if runoff:
        said.append(sentence("say.most-votes"))
    else:
        said.append(sentence("say.over-line", line=line(majority_at(state, position))))
    return tuple(said)


def is_runoff(poll: Poll) -> bool:
    return poll.contest is not None and poll.contest.kind.value == "runoff"


def line_decides(asks: tuple[Ask, ...], contest: Contest | None) -> bool:
    """Whether a line has to be reached; where most votes win, a mean or a share decides there is none."""
    match asks[-1]:
        case ScoreAsk() | SelectionAsk(majority=False):
            return False
        case GradeAsk(bands=bands) if bands is not None:
            return False
        case _:
            return contest is None or contest.kind is not RoundKind.RUN_OFF


def _hands(state: State, position: Position, poll: Poll) -> tuple[Sentence, ...]:
    """同意的请举手。请放下.  Every answer is called by itself."""
    last = asks_of(state, poll)[-1]
    key = "say.put-hands" if isinstance(last, MotionAsk) else "say.put-hands-only"
    calls: list[Sentence] = [sentence(key, vote=vote(last), title=title_of(state, poll))]
    contest = None if poll.contest is None else poll.contest.names
    for ask in asks_of(state, poll):
        match ask:
            case MotionAsk():
                calls += (sentence(f"say.hands-{one}") for one in ("for", "against", "abstain"))
            case GradeAsk(scale):
                rule = conclusion.rule(ask)
                if rule is not None:
                    calls.append(sentence("say.rule", rule=rule))
                calls += (sentence("say.hands-grade", grade=grade) for grade in scale)
            case ElectionAsk():
                for name in contest or ask.candidates:
                    calls += (sentence("say.hands-candidate", name=name),)
                if ask.write_in and not is_runoff(poll):
                    calls.append(sentence("say.hands-write-in"))
            case SelectionAsk():
                options: list[Value] = [winners.label(ask, one) for one in contest or ()] or list(ask.options)
                calls += (sentence("say.hands-option", name=option) for option in options)
            case ScoreAsk():
                pass
    return tuple(calls)


# --- after ---


def _void_to_confirm(poll: Poll) -> tuple[Sentence, ...]:
    return (sentence("say.void-proposed"),) if poll.void_proposed else ()


def _counted(state: State, poll: Poll) -> tuple[Sentence, ...]:
    """Counted and not declared: whoever has to look at it is asked to."""
    assert poll.result is not None, "it is counted"
    if poll.objection:
        return (sentence("say.objection"),)
    if poll.confirmed_by is None:
        if written_in(poll, poll.result):
            return (sentence("say.write-ins"),)
        if state.plan.rules.announce is Announce.TELLERS_CONFIRM:
            return (sentence("say.tellers-confirm"),)
    return (sentence("say.reveal"),)
