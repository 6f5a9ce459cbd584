"""Whether what members know before they decide fits the rest of the file: co-signers, pledges, grades that conclude.

It looks at parts that are in form already, and counts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from meeting.office import plan_check
from meeting.office.ballot_schema import GradeBallotForm
from meeting.office.draft import Draft
from meeting.office.form_problems import Path
from meeting.office.item_schema import PerformanceItem, ReportItem, SelectionItem, WorkEvaluationItem
from meeting.office.matter_schema import NomineeForm
from meeting.office.problems import Code, Problem

RULES: Path = ("assembly", "rules")


def check(draft: Draft) -> Iterator[Problem]:
    rules = draft.rules
    if rules is not None and rules.pledge_points_en is not None:
        yield from _as_many(
            draft, (*RULES, "pledge_points_en"), rules.pledge_points_zh, rules.pledge_points_en
        )
    for path, _, one in draft.matters():
        if isinstance(one, NomineeForm):
            yield from _nominee(draft, path, one)
    for path, item in draft.items:
        match item:
            case ReportItem() | WorkEvaluationItem() | PerformanceItem() if item.ballot is not None:
                yield from _grades(draft, (*path, "ballot"), item.ballot)
            case SelectionItem():
                yield from _reasons(draft, path, item)
            case _:
                pass


def _nominee(draft: Draft, path: Path, one: NomineeForm) -> Iterator[Problem]:
    if one.pledge_mode == "written" and not one.pledge_zh:
        yield draft.problem(Code.MISSING_KEY, (*path, "pledge_mode"), part="pledge_zh")
    if not one.cosigners:
        return
    yield from plan_check.member(draft, one.nominated_by, (*path, "nominated_by"))
    yield from plan_check.once(draft, (*path, "cosigners"), [one.nominated_by, *one.cosigners])
    for index, name in enumerate(one.cosigners):
        yield from plan_check.member(draft, name, (*path, "cosigners", index))


def _grades(draft: Draft, at: Path, ballot: GradeBallotForm) -> Iterator[Problem]:
    """The grades that pass are the best ones, and not all of them: the worst always concludes something else."""
    most = len(ballot.grades) - 1
    ruled = None if draft.rules is None else draft.rules.grade_passes
    if ballot.passes is not None:
        if ballot.passes != ballot.grades[: len(ballot.passes)] or len(ballot.passes) > most:
            yield draft.problem(Code.PASSES_NOT_FROM_THE_TOP, (*at, "passes"), best=ballot.grades[0])
    elif ruled is not None and ruled > most:
        yield draft.problem(Code.TOO_GREAT, (*at, "grades"), part="grade_passes", value=ruled, most=most)
    elif ruled is None and ballot.decides is not None:
        yield draft.problem(Code.MISSING_KEY, (*at, "decides"), part="passes")


def _reasons(draft: Draft, path: Path, item: SelectionItem) -> Iterator[Problem]:
    for part, reasons in (("reasons_zh", item.reasons_zh), ("reasons_en", item.reasons_en)):
        if reasons is not None:
            yield from _as_many(draft, (*path, part), item.options, reasons)
    if item.reasons_en is not None and item.reasons_zh is None:
        yield draft.problem(Code.MISSING_KEY, (*path, "reasons_en"), part="reasons_zh")


def _as_many(draft: Draft, at: Path, first: list[str], second: list[str]) -> Iterator[Problem]:
    if len(first) != len(second):
        yield draft.problem(Code.NOT_AS_MANY, at, part=str(at[-1]), count=len(second), wanted=len(first))
