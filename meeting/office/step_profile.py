"""Step profiles: the steps of each kind of item by name, and the other orders that a county may put them in.

A profile stands in the rules (`steps: {performance_evaluation: [duty_report, deliberation, vote, declaration]}`) or
at one item (`steps: […]`).  What a ballot waits for is what stands before it.  Pure; it knows no file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from meeting.office.item_kinds import STEPS, StepForm
from meeting.office.problems import Code
from meeting.order.sitting import ItemKind, StepKind

ProfiledKind = Literal[
    "public_vote",
    "report_with_special_inquiry",
    "deputies_proposals",
    "interpellation",
    "inquiry_committee",
    "work_evaluation",
    "performance_evaluation",
    "nominations",
    "deliberation",
    "secret_votes",
    "election",
    "selection",
    "dismissal",
    "closing",
]
"""Kinds whose steps have an order that can be changed: a roll call is one step, a ceremony goes by its persons."""

ANYWHERE = {
    kind.value: StepForm(kind) for kind in (StepKind.QUESTIONS, StepKind.DELIBERATION, StepKind.RECESS)
}
"""Steps that may be put into any list, and more than once."""

ALWAYS: Mapping[ItemKind, frozenset[str]] = {
    ItemKind.PUBLIC_VOTE: frozenset({"vote"}),
    ItemKind.REPORT_WITH_SPECIAL_INQUIRY: frozenset({"report"}),
    ItemKind.DEPUTIES_PROPOSALS: frozenset({"report"}),
    ItemKind.INTERPELLATION: frozenset({"reply"}),
    ItemKind.WORK_EVALUATION: frozenset({"report", "vote"}),
    ItemKind.PERFORMANCE_EVALUATION: frozenset({"duty_report", "vote"}),
    ItemKind.NOMINATIONS: frozenset({"introduction"}),
    ItemKind.DELIBERATION: frozenset({"deliberation"}),
    ItemKind.SECRET_VOTES: frozenset({"vote"}),
    ItemKind.ELECTION: frozenset({"vote"}),
    ItemKind.SELECTION: frozenset({"vote"}),
    ItemKind.DISMISSAL: frozenset({"defence", "vote"}),
    ItemKind.CLOSING: frozenset({"closing"}),
}
"""Steps without which an item is not one of its kind.  A dismissal is heard in defence (监督法 62; R24)."""

ORDERED = (
    ("reading", "vote"),
    ("reading", "reply"),
    ("defence", "vote"),
    ("report", "vote"),
    ("duty_report", "vote"),
    ("declaration", "pledge"),
    ("summary", "closing"),
    ("remarks", "closing"),
    ("questions", "closing"),
    ("deliberation", "closing"),
    ("recess", "closing"),
)
"""Where both stand in a list, the first stands before the second."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a list: where in it (None: as a whole), and the sentence's data."""

    code: Code
    at: int | None
    data: Mapping[str, object] = field(default_factory=dict)


def names(kind: ItemKind) -> Mapping[str, StepForm]:
    """The steps that an item of this kind may have, by name: its own in their usual order, then those for anywhere."""
    own = {form.called: form for form in STEPS[kind]}
    return {**own, **{name: form for name, form in ANYWHERE.items() if name not in own}}


def forms(kind: ItemKind, profile: Sequence[str] | None) -> tuple[StepForm, ...]:
    """The list of an item; None: that of its kind."""
    if profile is None:
        return STEPS[kind]
    known = names(kind)
    return tuple(known[name] for name in profile)


def faults(kind: ItemKind, profile: Sequence[str], *, pledge_after_vote: bool) -> Iterator[Fault]:
    """Everything that is wrong with a list, whatever the item is about."""
    known = names(kind)
    seen: set[str] = set()
    for index, name in enumerate(profile):
        if name not in known:
            data = {"value": name, "known": ", ".join(known)}
            yield Fault(Code.UNKNOWN_WORD, index, {"part": "steps", **data})
        elif name in seen and name not in ANYWHERE:
            yield Fault(Code.STEP_TWICE, index, {"step": name})
        seen.add(name)
    for name in sorted(ALWAYS.get(kind, frozenset()) - seen):
        yield Fault(Code.STEP_MISSING, None, {"step": name})
    for index, name in enumerate(profile):
        following = profile[index + 1] if index + 1 < len(profile) else ""
        before = profile[index - 1] if index else ""
        if (name == "vote" and following != "declaration") or (name == "declaration" and before != "vote"):
            yield Fault(Code.STEP_NOT_DECLARED, index)
            break
    for first, then in ORDERED:
        if first in seen and then in seen and _last(profile, first) > profile.index(then):
            yield Fault(Code.STEP_ORDER, profile.index(then), {"first": first, "then": then})
    if "pledge" in seen and "pledge" in known and (kind is ItemKind.SECRET_VOTES) != pledge_after_vote:
        yield Fault(Code.PLEDGE_PLACE, profile.index("pledge"))


def _last(profile: Sequence[str], name: str) -> int:
    return len(profile) - 1 - list(reversed(profile)).index(name)
