"""A poll as the console sees it: who has collected, what came back, and, once it is counted, the result.  Pure.

Of a secret ballot there is no split before the count.  A count that is not declared is for the console and the
tellers alone; nothing here goes to any other screen.
"""

from __future__ import annotations

from collections.abc import Sequence

from meeting.order import decisions
from meeting.order.asking import ScoreAsk, Visibility
from meeting.order.commands import OFFICE_COMMANDS, UseHands
from meeting.order.declaration import asks_of, label_of
from meeting.order.paper_of import majority_at
from meeting.order.pass_line import line
from meeting.order.poll import Poll, PollStage
from meeting.order.polls import written_in
from meeting.order.progress import Position
from meeting.order.put import line_decides, needed_of
from meeting.order.sitting import MemberNo
from meeting.order.state import State
from meeting.projections.audiences import asked_of
from meeting.projections.frame import Count, View
from meeting.projections.poll_slide import poll_title
from meeting.projections.questions import answered, asked_by
from meeting.wording import say, words

KNOWN = frozenset({PollStage.COUNTED, PollStage.DECLARED})
"""Stages at which there is a result."""


def poll_view(state: State, count: Count | None) -> View | None:
    """The current poll, with those of the classes that advise; None before the service has prepared one."""
    asked, poll = asked_of(state, count), state.poll
    if asked is None or poll is None or count is None:
        return None
    bases = poll.bases or state.bases(poll.matter)
    majority = majority_at(state, Position(poll.item, poll.step))
    majority_decides = line_decides(asks_of(state, poll), poll.contest)
    return asked | {
        "stage": poll.stage.value,
        "code": count.code,
        "title": poll_title(state, poll),
        "round": poll.round,
        "contest": "" if poll.contest is None else poll.contest.kind.value,
        "entitled": count.entitled,
        "not_collected": list(count.not_collected),
        "present": bases.present,
        "recused": [int(number) for number in state.recused(poll.matter)],
        "needed": needed_of(state, majority, poll) if majority_decides else None,
        "line": words(line(majority)) if majority_decides else None,
        "why_void": poll.why_void,
        "questions": list(asked_by(state, poll)),
        "advisory": [_beside(state, one, count) for one in state.together(poll) if one.id != poll.id],
        **counted(state, poll),
        **checked(state, poll),
    }


def _beside(state: State, poll: Poll, count: Count) -> View:
    """A class that advises: its papers counted like the members', its result apart."""
    own = dict(count.advisory).get(poll.voter_class)
    return {
        "ballot": poll.id,
        "stage": poll.stage.value,
        "voter_class": poll.voter_class,
        "label": words(label_of(state, poll.voter_class)),
        "entitled": len(state.voters_of(poll)),
        "issued": 0 if own is None else own.issued,
        "returned": 0 if own is None else own.returned,
        "not_collected": [] if own is None else list(own.not_collected),
        **counted(state, poll),
    }


def counted(state: State, poll: Poll) -> View:
    """What came of it, question by question; `result` is None until it is counted, and where it came to nothing."""
    result = poll.result
    if poll.stage not in KNOWN or result is None or result["vote"] == "void":
        return {"result": None}
    return {
        "result": {
            "issued": int(result["issued"]),
            "returned": int(result["returned"]),
            "not_returned": int(result["not_returned"]),
            "questions": list(answered(state, poll)),
            "verdict": words(decisions.outcome(state, poll)),
            "written_in": list(written_in(poll, result)),
        }
    }


def checked(state: State, poll: Poll) -> View:
    """What people have to do with it beside voting: totals, confirmations, objections, rulings, a void proposed."""
    return {
        "totals": poll.totals,
        "totals_by": name_of(state, poll.totals_by),
        "confirmed_by": name_of(state, poll.confirmed_by),
        "objection": poll.objection,
        "objected_by": name_of(state, poll.objected_by),
        "void_proposed": poll.void_proposed,
        "rulings": [
            {"question": question, "same": list(same), "name": name} for question, same, name in poll.rulings
        ],
    }


def name_of(state: State, number: MemberNo | None) -> str | None:
    return None if number is None else state.plan.name_of(number)


# --- show of hands in place of the system ---


def fallback(state: State, orders: Sequence[str]) -> View | None:
    """Whether the current vote can go on by show of hands (故障 → 举手), or why not; None where nothing is voted on."""
    step, at = state.step, state.at
    if step is None or at is None or step.vote is None or state.disposed(step.matter):
        return None
    if state.visibility_at(at) is Visibility.HANDS or _name_of(UseHands) not in orders:
        return None
    if state.poll is not None and state.poll.stage in KNOWN:
        return None
    why = None
    if step.vote.by_law_secret:
        why = say("error.secret-by-law", matter=step.matter)
    elif all(isinstance(ask, ScoreAsk) for ask in step.vote.asks):
        why = say("error.hands-useless")
    running = state.poll is not None and state.poll.opened_at is not None
    return {
        "why_not": why,
        "running": running and state.poll is not None and state.poll.stage is not PollStage.VOID,
    }


def _name_of(kind: type) -> str:
    return next(name for name, one in OFFICE_COMMANDS.items() if one is kind)
