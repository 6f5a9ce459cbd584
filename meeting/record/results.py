"""Every poll of a sitting as data: what `session-day results` prints and a rehearsal reports.  Pure.

Reads the state only and counts nothing: a result is what the box counted, in the form of COUNTING.md 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
            "result": _result(poll),
        }
        for poll in state.polls.values()
        if poll.stage in ENDED and (poll.opened_at is not None or poll.result is not None)
    ]


def _result(poll: Poll) -> Mapping[str, Any]:
    if poll.result is not None:
        return dict(poll.result)
    # Ended by a teller or aborted: its ballots were destroyed, so there are no figures, and none are made up.
    return {
        "issued": None,
        "returned": None,
        "not_returned": None,
        "vote": "void",
        "questions": {poll.question: {"kind": "motion", "outcome": "void"}},
    }
