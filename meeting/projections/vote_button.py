"""The primary button while a vote is on: from its preparation to its result, and the round that this calls for.  Pure.

Whether an order is in order only `decide` says; here stands which one is due, and what he who gives it has to know.
"""

from __future__ import annotations

from display.slides import Words
from meeting.order.asking import Contest, RoundKind, Visibility
from meeting.order.declaration import label_of
from meeting.order.poll import Poll, PollStage
from meeting.order.polls import written_in
from meeting.order.preconditions import preconditions
from meeting.order.progress import Position
from meeting.order.rounds import next_contest
from meeting.order.rules import Announce
from meeting.order.sentence import names, sentence
from meeting.order.state import State
from meeting.projections.button import Primary
from meeting.projections.frame import Count
from meeting.wording import say, words


def vote_button(state: State, poll: Poll | None, count: Count | None) -> Primary:
    """Until the result is declared.  `count` is that of `poll`."""
    if poll is None or poll.stage is PollStage.VOID or state.wants_poll:
        return Primary(say("console.do.open_poll"), reasons=(say("console.why.preparing"),))
    here = {"poll": poll.id}
    match poll.stage:
        case PollStage.PREPARED:
            return _to_open(state, poll, count)
        case PollStage.OPEN if poll.visibility is Visibility.HANDS:
            return _hands(poll)
        case PollStage.OPEN:
            return Primary(
                say("console.do.close_poll"),
                "close_poll",
                here,
                confirm="close",
                effect=say(f"console.effect.close-{_who_declares(state, poll)}"),
                warning=_to_know(poll, count),
            )
        case PollStage.HELD:
            return Primary(say("console.do.resume_poll"), "resume_poll", here)
        case PollStage.COUNTED:
            return _counted(state, poll)
        case _:
            return Primary(say("console.do.counting"), reasons=(say("console.why.counting"),))


def round_button(state: State, poll: Poll) -> Primary | None:
    """再次投票, 另行选举: what a declared result asks for; None where it asks for nothing."""
    contest = next_contest(poll)
    if contest is None or state.wants_poll:
        return None
    return Primary(
        say(f"console.do.{contest.kind.value}"),
        "call_round",
        {"poll": poll.id},
        confirm="round",
        effect=_round(contest),
    )


def _round(contest: Contest) -> Words:
    key = "console.effect.runoff" if contest.kind is RoundKind.RUN_OFF else "console.effect.further"
    return words(sentence(key, names=names(contest.names), places=contest.places))


# --- before ---


def _to_open(state: State, poll: Poll, count: Count | None) -> Primary:
    return Primary(
        say("console.do.open_poll"),
        "open_poll",
        {"poll": poll.id},
        confirm="open",
        effect=_opening(state, poll),
        warning=_uncollected(count),
        reasons=tuple(
            say(f"precondition-do.{one.name.value}")
            for one in preconditions(state, Position(poll.item, poll.step))
            if not one.holds
        ),
    )


def _opening(state: State, poll: Poll) -> Words:
    voters, recused = len(state.voters_of(poll)), len(state.recused(poll.matter))
    beside = [one.voter_class for one in state.together(poll) if not one.binding]
    advising = (
        sentence("console.effect.advising", who=names(label_of(state, one) for one in beside))
        if beside
        else ""
    )
    key = f"console.effect.open-{poll.visibility.value}"
    return words(sentence(key, voters=voters, recused=recused, advising=advising))


def _uncollected(count: Count | None) -> Words | None:
    missing = 0 if count is None else sum(len(one.not_collected) for one in _all(count))
    return say("console.warn.not-collected", count=missing) if missing else None


def _all(count: Count) -> tuple[Count, ...]:
    return (count, *(one for _, one in count.advisory))


# --- while members vote ---


def _hands(poll: Poll) -> Primary:
    if poll.totals is None:
        return Primary(say("console.do.enter_totals"), "enter_totals", {"poll": poll.id}, form="totals")
    return Primary(say("console.do.wait-totals"), reasons=(say("console.why.totals"),))


def _who_declares(state: State, poll: Poll) -> str:
    if poll.visibility is Visibility.HANDS:
        return Announce.IMMEDIATE.value
    return state.plan.rules.announce.value


def _to_know(poll: Poll, count: Count | None) -> Words | None:
    """That papers are still out; or that a void which nobody has countersigned comes to nothing."""
    if poll.void_proposed:
        return say("console.warn.void-dropped")
    known = () if count is None else tuple((one.issued, one.returned) for one in _all(count))
    if any(returned is None for _, returned in known):
        return say("console.warn.not-all-in")
    missing = sum(max(0, issued - returned) for issued, returned in known if returned is not None)
    return say("console.warn.not-returned", count=missing) if missing else None


# --- counted, and not declared ---


def _counted(state: State, poll: Poll) -> Primary:
    assert poll.result is not None, "it is counted"
    if poll.objection:
        return Primary(
            say("console.do.reject_count"),
            "reject_count",
            {"poll": poll.id},
            form="reason",
            effect=say("console.effect.reject"),
            warning=say("console.warn.objection", reason=poll.objection),
        )
    if poll.confirmed_by is None:
        if written_in(poll, poll.result):
            return Primary(say("console.do.wait-count"), reasons=(say("console.why.write-ins"),))
        if state.plan.rules.announce is Announce.TELLERS_CONFIRM:
            return Primary(say("console.do.wait-count"), reasons=(say("console.why.tellers"),))
    return Primary(
        say("console.do.reveal_result"),
        "reveal_result",
        {"poll": poll.id},
        confirm="reveal",
        effect=say("console.effect.reveal"),
    )
