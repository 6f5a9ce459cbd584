"""计票结果报告单: the figures of a counted poll, as the tellers sign them (PROCEDURE.md 2.E).  Pure.

For paper: everything that a signature stands for is in it, and nothing else.  Signature lines are the page's affair.
"""

from __future__ import annotations

from meeting.order import decisions
from meeting.order.asking import Majority
from meeting.order.paper_of import majority_at
from meeting.order.pass_line import line
from meeting.order.poll import Poll, PollStage
from meeting.order.progress import Position
from meeting.order.put import is_runoff
from meeting.order.state import State
from meeting.projections.console_poll import name_of
from meeting.projections.frame import View
from meeting.projections.poll_slide import advice, poll_title
from meeting.projections.questions import answered
from meeting.wording import words

REPORTED = frozenset({PollStage.COUNTED, PollStage.DECLARED})


def reports(state: State) -> list[View]:
    """Of every poll that has been counted, oldest first."""
    return [report(state, poll) for poll in state.polls.values() if is_reported(poll)]


def is_reported(poll: Poll) -> bool:
    """Whether there is something to sign; a void vote is in the minutes and on no such sheet."""
    return (
        poll.binding
        and poll.stage in REPORTED
        and poll.result is not None
        and poll.result["vote"] != "void"
        and poll.bases is not None
    )


def report(state: State, poll: Poll) -> View:
    """Of a poll that `is_reported`."""
    assert poll.bases is not None, "a counted poll was opened"
    assert poll.result is not None, "a counted poll has a result"
    return {
        "ballot": poll.id,
        "body": words(state.plan.body),
        "meeting": words(state.plan.meeting),
        "date": state.plan.on.isoformat(),
        "item": poll.item,
        "title": poll_title(state, poll),
        "visibility": poll.visibility.value,
        "round": poll.round,
        "contest": "" if poll.contest is None else poll.contest.kind.value,
        "declared": poll.stage is PollStage.DECLARED,
        "opened_at": poll.opened_at,
        "counted_at": poll.counted_at,
        "all_members": poll.bases.all_members,
        "due": len(state.plan.members),
        "present": poll.bases.present,
        "recused": poll.bases.recused,
        "issued": int(poll.result["issued"]),
        "returned": int(poll.result["returned"]),
        "not_returned": int(poll.result["not_returned"]),
        "line": _line(majority_at(state, Position(poll.item, poll.step)), poll),
        "questions": list(answered(state, poll)),
        "verdict": words(decisions.outcome(state, poll)),
        "advisory": [
            {
                "label": one.label,
                "issued": one.issued,
                "returned": one.returned,
                "questions": list(one.questions),
            }
            for one in advice(state, poll)
        ],
        "rulings": [{"same": list(same), "name": name} for _, same, name in poll.rulings],
        "confirmed_by": name_of(state, poll.confirmed_by or poll.totals_by),
    }


def _line(majority: Majority, poll: Poll) -> View | None:
    return None if is_runoff(poll) else dict(words(line(majority)))
