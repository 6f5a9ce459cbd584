"""The tellers' equations (SCREENS.md N3): people and papers accounted for, or a break that is seen.  Pure.

It compares what the order of business knows with what the box says, for every class that is asked; of a secret ballot
it knows totals only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from display.slides import Words
from meeting.order import acting
from meeting.order.asking import Visibility
from meeting.order.declaration import label_of
from meeting.order.poll import Poll, PollStage
from meeting.order.progress import Presence
from meeting.order.sitting import MemberNo
from meeting.order.state import State
from meeting.projections.frame import Count, View
from meeting.projections.poll_slide import poll_title
from meeting.projections.questions import answered
from meeting.wording import say, words

_WHOLE = {
    Visibility.SECRET: ("issued", "returned", "not_returned"),
    Visibility.OPEN: ("entitled", "voted", "not_voted"),
    Visibility.HANDS: ("entitled", "raised", "not_raised"),
}
"""What a vote's papers are called: of a secret ballot they are issued and returned, raised hands are neither."""
_SUMMED = {"motion", "grade"}
"""Kinds of question whose answers come to the valid papers: everybody gives one."""


def reconciliation(state: State, count: Count | None) -> View | None:
    """The equations of the current poll, or of the last one; None before the first."""
    poll = state.poll or next((one for one in reversed(list(state.polls.values())) if one.binding), None)
    if poll is None:
        return None
    own = count if poll is state.poll else None
    return {
        "ballot": poll.id,
        "item": poll.item,
        "title": poll_title(state, poll),
        "visibility": poll.visibility.value,
        "stage": poll.stage.value,
        "round": poll.round,
        "contest": "" if poll.contest is None else poll.contest.kind.value,
        "outcome": poll.outcome,
        "why_void": poll.why_void,
        "equations": [_members(state), *_ballots(state, poll, own)],
        "advisory": [
            {
                "voter_class": one.voter_class,
                "label": words(label_of(state, one.voter_class)),
                "equations": list(_ballots(state, one, _of_class(own, one.voter_class))),
            }
            for one in state.together(poll)
            if not one.binding
        ],
    }


def _of_class(count: Count | None, voter_class: str) -> Count | None:
    return None if count is None else dict(count.advisory).get(voter_class)


def _equation(whole: str, sum_of: int, parts: Mapping[str, int | None], label: Words | None = None) -> View:
    return _sum(whole, sum_of, [(name, None, number) for name, number in parts.items()], label)


def _sum(
    whole: str, sum_of: int, parts: list[tuple[str, Words | None, int | None]], label: Words | None = None
) -> View:
    """`parts` must come to `sum_of`; a part that is None is not known yet, and then nothing is claimed."""
    known = [part for _, _, part in parts if part is not None]
    holds = sum(known) == sum_of and min(known, default=0) >= 0 if len(known) == len(parts) else None
    return {
        "whole": {"name": whole, "number": sum_of},
        "parts": [
            {"name": name, "number": number} | ({} if text is None else {"label": text})
            for name, text, number in parts
        ],
        "holds": holds,
        "of": label,
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
        {
            "present": everybody[Presence.PRESENT],
            "on_leave": everybody[Presence.ON_LEAVE],
            **shown,
        },
    )


# --- the papers of one class ---


def _ballots(state: State, poll: Poll, count: Count | None) -> Iterator[View]:
    bases = poll.bases or state.bases(poll.matter, poll.voter_class)
    voters = len(state.voters_of(poll))
    result = poll.result
    returned: int | None
    if result is not None:
        issued, returned = int(result["issued"]), int(result["returned"])
    elif poll.visibility is Visibility.HANDS:
        issued, returned = voters, None
    elif count is not None:
        issued, returned = count.issued, count.returned
    else:
        return
    whole, came, missing = _WHOLE[poll.visibility]
    if poll.visibility is not Visibility.SECRET:
        issued = voters  # nothing is handed out: whoever may vote is counted on
    parts: dict[str, int | None] = {whole: issued}
    if poll.binding:
        parts["recused"] = bases.recused
    if video := _by_video(state, poll, bases.present - bases.recused - voters):
        parts["by_video"] = video
    if poll.visibility is Visibility.SECRET:
        parts["not_issued"] = voters - issued
    yield _equation("present", bases.present, parts)
    out = None if returned is None else issued - returned
    yield _equation(whole, issued, {came: returned, missing: out})
    if returned is not None:
        yield from _papers(state, poll, came, returned)


def _by_video(state: State, poll: Poll, rest: int) -> int:
    """Present without a vote on a device; whoever came by video after the roll was frozen is not in its figures."""
    if not poll.binding or poll.visibility is Visibility.HANDS:
        return 0
    recused = state.recused(poll.matter)
    away = [number for number in state.present if number in state.by_video and number not in recused]
    return min(len(away), max(0, rest))


def _papers(state: State, poll: Poll, came: str, returned: int) -> Iterator[View]:
    counted = poll.stage in {PollStage.COUNTED, PollStage.DECLARED}
    if poll.result is None or not counted or poll.result["vote"] == "void":
        yield _equation(came, returned, {"valid": None, "invalid": None})
        return
    several = len(poll.questions) > 1
    for question in answered(state, poll):
        label = say(f"console.kind.{question['kind']}") if several else None
        valid = int(question["valid"])
        yield _equation(came, returned, {"valid": valid, "invalid": int(question["invalid"])}, label)
        if question["kind"] in _SUMMED:
            yield _sum("valid", valid, _answers(question), label)


def _answers(question: Mapping[str, Any]) -> list[tuple[str, Words | None, int | None]]:
    labels = question["labels"]
    return [(name, labels.get(name), int(number)) for name, number in question["counts"].items()]


# --- who answers for it ---


def tellers(state: State) -> list[View]:
    """The approved tellers with their names, the chief first."""
    return _people(state, state.tellers)


def counters(state: State) -> list[str]:
    """计票人: the staff who count beside the approved tellers."""
    return [
        name
        for item in state.plan.items
        if item.tellers is not None and item.tellers.all & state.tellers
        for name in item.tellers.counters
    ]


def acting_tellers(state: State) -> list[View]:
    """Who may answer for a count now, the chief first."""
    return _people(state, acting.acting_tellers(state))


def _people(state: State, numbers: frozenset[MemberNo]) -> list[View]:
    chiefs = {item.tellers.chief for item in state.plan.items if item.tellers is not None}
    return [
        {"number": number, "name": state.plan.name_of(MemberNo(number)), "chief": number in chiefs}
        for number in sorted(numbers, key=lambda number: (number not in chiefs, number))
    ]
