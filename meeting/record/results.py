"""Every poll of a sitting as data: what `session-day results` prints and a rehearsal reports.  Pure.

Reads the state only and counts nothing: a result is what the box counted, in the form of COUNTING.md 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from meeting.order.asking import ScoreAsk, Visibility
from meeting.order.state import Poll, PollStage, State

ENDED = frozenset({PollStage.DECLARED, PollStage.VOID})


def results(state: State) -> list[dict[str, Any]]:
    """The polls that have ended, in the order in which they were held; rounds that were void stand among them.

    A poll that was dropped before it opened was never held, and is not listed.
    """
    return [
        {
            "item": poll.item,
            "matter": poll.matter,
            "round": poll.round,
            "voter_class": poll.voter_class,
            "result": _result(state, poll),
        }
        for poll in state.polls.values()
        if poll.stage in ENDED and (poll.opened_at is not None or poll.result is not None)
    ]


def _result(state: State, poll: Poll) -> Mapping[str, Any]:
    result = poll.result
    if result is not None and (poll.stage is not PollStage.VOID or result["vote"] == "void"):
        return dict(result)
    # Ended by a teller or aborted: its ballots were destroyed, so there are no figures, and none are made up.
    # A count that was rejected has its figures, and nothing is concluded from them.
    figures = {} if result is None else result
    return {
        "issued": figures.get("issued"),
        "returned": figures.get("returned"),
        "not_returned": figures.get("not_returned"),
        "vote": "void",
        "questions": {
            name: {"kind": kind, "outcome": "void"}
            for name, kind in zip(poll.questions, _kinds(state, poll), strict=True)
        },
    }


def _kinds(state: State, poll: Poll) -> list[str]:
    """The kinds of the poll's questions, in the order of its paper, as they were when it was prepared."""
    vote = state.plan.item(poll.item).steps[poll.step].vote
    assert vote is not None, "a poll belongs to a vote step"
    asks = [
        ask for ask in vote.asks if poll.visibility is not Visibility.HANDS or not isinstance(ask, ScoreAsk)
    ]
    return [ask.kind for ask in asks]
