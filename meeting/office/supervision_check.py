"""Whether items of supervision and lists of steps hold together: figures, movers, committees, the order of steps.

It looks at parts that are in form already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil

from meeting.office import plan_check, readings, step_profile
from meeting.office.agenda_schema import AnyItem
from meeting.office.draft import Draft
from meeting.office.form_problems import Path
from meeting.office.item_schema import ReportItem, WorkEvaluationItem
from meeting.office.problems import Code, Problem
from meeting.office.rules_schema import RulesForm
from meeting.office.supervision_schema import InquiryItem, InterpellationItem, ProposalsItem
from meeting.order.sitting import ItemKind

FIXED = frozenset({ItemKind.ROLL_CALL, ItemKind.CEREMONY})


def check(draft: Draft) -> Iterator[Problem]:
    rules = draft.rules
    for kind, profile in rules.steps.items() if rules else ():
        yield from _profile(draft, ("assembly", "rules", "steps", kind), ItemKind(kind), profile)
    for path, item in draft.items:
        match item:
            case ProposalsItem():
                yield from _figures(draft, (*path, "figures"), item)
            case InterpellationItem():
                yield from _interpellation(draft, path, item)
            case InquiryItem():
                yield from _inquiry(draft, path, item)
            case _:
                pass
        if rules is not None:
            yield from _steps(draft, path, item, rules)


# --- the order of steps ----------------------------------------------------------------------------------------------


def _profile(draft: Draft, at: Path, kind: ItemKind, profile: Sequence[str]) -> Iterator[Problem]:
    after = draft.rules is not None and draft.rules.pledge_after_vote
    for fault in step_profile.faults(kind, profile, pledge_after_vote=after):
        here = at if fault.at is None else (*at, fault.at)
        yield draft.problem(fault.code, here, **fault.data)


def _steps(draft: Draft, path: Path, item: AnyItem, rules: RulesForm) -> Iterator[Problem]:
    kind = ItemKind(item.kind)
    if item.steps is not None and kind in FIXED:
        yield draft.problem(Code.UNKNOWN_KEY, (*path, "steps"), part="steps")
        return
    if item.steps is not None:
        yield from _profile(draft, (*path, "steps"), kind, item.steps)
    profile = item.steps if item.steps is not None else profile_of(kind, rules)
    if profile is None:
        return
    at = (*path, "steps") if item.steps is not None else (*path, "kind")
    always = step_profile.ALWAYS.get(kind, frozenset())
    for name in _needed(item, rules):
        if name not in profile and name not in always:
            yield draft.problem(Code.STEP_MISSING, at, step=name)


def profile_of(kind: ItemKind, rules: RulesForm) -> Sequence[str] | None:
    """The order that the rules give a kind of item; None: they give none."""
    return next((steps for name, steps in rules.steps.items() if name == kind.value), None)


def _needed(item: AnyItem, rules: RulesForm) -> Iterator[str]:
    """Steps that what the item says of itself makes necessary."""
    if readings.read_out(item, rules):
        yield "reading"
    if isinstance(item, InquiryItem) and item.report is not None:
        yield "report"
    if isinstance(item, ReportItem | WorkEvaluationItem | InquiryItem) and item.ballot is not None:
        yield "vote"


# --- items -----------------------------------------------------------------------------------------------------------


def _figures(draft: Draft, at: Path, item: ProposalsItem) -> Iterator[Problem]:
    """What is solved or being solved was answered, and what was answered had been received."""
    said = item.figures
    asked = said.satisfied + said.basically_satisfied + said.not_satisfied
    for part, value, most in (
        ("answered", said.answered, said.received),
        ("solved", said.solved, said.answered),
        ("being_solved", said.being_solved, max(0, said.answered - said.solved)),
        ("supervised", said.supervised or 0, said.received),
        ("satisfied", asked, said.received),
    ):
        if value > most:
            yield draft.problem(Code.TOO_GREAT, (*at, part), part=part, value=value, most=most)


def _interpellation(draft: Draft, path: Path, item: InterpellationItem) -> Iterator[Problem]:
    least = draft.rules.interpellation_movers if draft.rules else 0
    yield from _movers(draft, (*path, "movers"), item.movers, least)
    for index, count in enumerate(item.expect.dissatisfied if item.expect else ()):
        at, movers = (*path, "expect", "dissatisfied", index), len(item.movers)
        again = item.expect is not None and index < len(item.expect.dissatisfied) - 1
        if count > movers:
            yield draft.problem(Code.TOO_GREAT, at, part="dissatisfied", value=count, most=movers)
        elif again and 2 * count <= movers:
            needed = movers // 2 + 1
            yield draft.problem(Code.TOO_SMALL, at, part="dissatisfied", value=count, least=needed)


def _movers(draft: Draft, at: Path, movers: Sequence[str], least: int) -> Iterator[Problem]:
    yield from plan_check.once(draft, at, movers)
    for index, name in enumerate(movers):
        yield from plan_check.member(draft, name, (*at, index))
    if len(movers) < least:
        yield draft.problem(Code.FEW_MOVERS, at, movers=len(movers), least=least)


def _inquiry(draft: Draft, path: Path, item: InquiryItem) -> Iterator[Problem]:
    if item.movers and draft.rules is not None:
        least = ceil(Fraction(draft.rules.inquiry_share) * draft.roll_size)
        yield from _movers(draft, (*path, "movers"), item.movers, least)
    if item.report is not None:
        if item.matter or item.committee or item.ballot:
            yield draft.problem(Code.INQUIRY_EITHER, path)
        return
    for part in ("matter", "committee", "ballot"):
        if getattr(item, part) is None:
            yield draft.problem(Code.MISSING_KEY, path, part=part)
    if item.committee is not None:
        body = item.committee
        names = [body.chair, *body.vice_chairs, *body.members]
        if len(set(names)) != len(names):
            twice = next(name for name in names if names.count(name) > 1)
            yield draft.problem(Code.CANDIDATE_TWICE, (*path, "committee"), name=twice)
