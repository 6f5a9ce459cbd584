"""Who may answer for a count as things stand: the tellers who act now.  Pure; nothing is decided here.

选举法 43: who is a candidate is no teller of that election; who was voted down is no teller at all.
"""

from __future__ import annotations

from meeting.order.asking import ElectionAsk
from meeting.order.poll import PollStage
from meeting.order.sitting import MemberNo
from meeting.order.state import State


def acting_tellers(state: State) -> frozenset[MemberNo]:
    """The approved tellers who are here; before that those proposed, or else any member here but the chair.

    Never a candidate of the election that is on: then it is another member's word.
    """
    fit = frozenset(state.present) - _candidates(state)
    if state.tellers & fit:
        return state.tellers & fit
    proposed, refused = frozenset[MemberNo](), frozenset[MemberNo]()
    for item in state.plan.items:
        if item.tellers is not None and _voted_down(state, item.number):
            refused |= item.tellers.all
        elif item.tellers is not None:
            proposed |= item.tellers.all
    chair = state.plan.chair
    others = fit - {state.presider, chair.number if chair is not None else None}
    return proposed & fit or others - refused or others


def _voted_down(state: State, item: int) -> bool:
    polls = [one for one in state.polls.values() if one.item == item and one.binding]
    return bool(polls) and polls[-1].stage is PollStage.DECLARED and polls[-1].outcome != "carried"


def _candidates(state: State) -> frozenset[MemberNo]:
    """Members who stand in the election of the current step, or in its further round."""
    at = state.vote_position
    vote = None if at is None else state.step_at(at).vote
    if vote is None:
        return frozenset()
    names = {name for ask in vote.asks if isinstance(ask, ElectionAsk) for name in ask.candidates}
    if names and state.contest is not None:
        names.update(state.contest.names)
    return frozenset(one.number for one in state.plan.members if one.name in names)
