"""The tellers' four equations (SCREENS.md N3): members and ballots accounted for, or a break that is seen.  Pure.

It compares what the order of business knows with what the box says; of a secret ballot it knows totals only.
"""

from __future__ import annotations

from meeting.order.sitting import MemberNo
from meeting.order.state import Poll, PollStage, Presence, State
from meeting.projections.frame import Count, View
from meeting.projections.poll_slide import poll_title


def reconciliation(state: State, count: Count | None) -> View | None:
    """The equations of the current poll, or of the last one; None before the first."""
    poll = state.poll or next(reversed(list(state.polls.values())), None)
    if poll is None:
        return None
    return {
        "ballot": poll.id,
        "item": poll.item,
        "title": poll_title(state, poll),
        "visibility": poll.visibility.value,
        "stage": poll.stage.value,
        "round": poll.round,
        "outcome": poll.outcome,
        "why_void": poll.why_void,
        "equations": [_members(state), *_ballots(state, poll, count if poll is state.poll else None)],
    }


def _equation(whole: str, sum_of: int, **parts: int | None) -> View:
    """`parts` must come to `sum_of`; a part that is None is not known yet, and then nothing is claimed."""
    known = [part for part in parts.values() if part is not None]
    holds = sum(known) == sum_of and min(known, default=0) >= 0 if len(known) == len(parts) else None
    return {
        "whole": {"name": whole, "number": sum_of},
        "parts": [{"name": name, "number": number} for name, number in parts.items()],
        "holds": holds,
    }


def _members(state: State) -> View:
    everybody = {presence: len(state.who(presence)) for presence in Presence}
    others = {
        "absent": everybody[Presence.EXPECTED],
        "left_early": everybody[Presence.LEFT_EARLY],
        "vacant": state.plan.rules.total_members - len(state.plan.members),
    }
    shown = {name: number for name, number in others.items() if number}
    return _equation(
        "all_members",
        state.plan.rules.total_members,
        present=everybody[Presence.PRESENT],
        on_leave=everybody[Presence.ON_LEAVE],
        **shown,
    )


def _ballots(state: State, poll: Poll, count: Count | None) -> list[View]:
    bases = poll.bases or state.bases(poll.matter)
    result = poll.result
    if result is not None:
        issued, returned = int(result["issued"]), int(result["returned"])
    elif count is not None:
        issued, returned = count.issued, count.returned
    else:
        return []
    voters = len(poll.voters) if poll.bases is not None else len(state.entitled(poll.matter))
    return [
        _equation("present", bases.present, issued=issued, recused=bases.recused, not_issued=voters - issued),
        _equation("issued", issued, returned=returned, not_returned=issued - returned),
        _equation("returned", returned, **_papers(poll)),
    ]


def _papers(poll: Poll) -> dict[str, int | None]:
    if poll.result is None or poll.stage is not PollStage.DECLARED:
        return {"valid": None, "invalid": None}
    answer = poll.result["questions"][poll.question]
    return {"valid": int(answer["valid"]), "invalid": int(answer["invalid"])}


def tellers(state: State) -> list[View]:
    """The approved tellers with their names, the chief first."""
    approved = [item.tellers for item in state.plan.items if item.tellers is not None]
    chiefs = {each.chief for each in approved}
    return [
        {"number": number, "name": state.plan.member(MemberNo(number)).name, "chief": number in chiefs}
        for number in sorted(state.tellers, key=lambda number: (number not in chiefs, number))
    ]
