"""Whether rules and votes of a sitting file fit each other: scales, shares, classes, score sheets, raised hands.

It looks at parts that are in form already, and counts nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from meeting.office import plan_check
from meeting.office.ballot_schema import ElectorateForm, GradeBallotForm, ScoreSheetForm
from meeting.office.draft import Draft
from meeting.office.form_problems import Path
from meeting.office.item_schema import PerformanceItem, ReportItem, SelectionItem, WorkEvaluationItem
from meeting.office.problems import Code, Problem
from meeting.office.rules_schema import GradeRuleForm
from meeting.order.asking import MEMBER_CLASS

RULES: Path = ("assembly", "rules")


def check(draft: Draft) -> Iterator[Problem]:
    yield from _rules(draft)
    for path, item in draft.items:
        match item:
            case ReportItem() | WorkEvaluationItem() | PerformanceItem():
                yield from _evaluation(draft, path, item)
            case SelectionItem() if item.options_en and len(item.options_en) != len(item.options):
                yield draft.problem(Code.GRADES_DIFFER, (*path, "options_en"))
            case _:
                pass


def _rules(draft: Draft) -> Iterator[Problem]:
    rules = draft.rules
    if rules is None or draft.assembly is None:
        return
    if rules.names_on_hall and not rules.names_recorded:
        yield draft.problem(Code.NAMES_NOT_RECORDED, (*RULES, "names_on_hall"))
    if rules.materials_days is not None and draft.assembly.materials_sent is None:
        at = (*RULES, "materials_days")
        yield draft.problem(Code.MATERIALS_DATE, at, days=rules.materials_days)
    yield from _bands(draft, (*RULES, "grade_rule"), rules.grade_rule)


def _evaluation(
    draft: Draft, path: Path, item: ReportItem | WorkEvaluationItem | PerformanceItem
) -> Iterator[Problem]:
    sheet = item.score_sheet if isinstance(item, WorkEvaluationItem) else None
    if item.ballot is not None:
        yield from _grades(draft, path, item.ballot)
    elif isinstance(item, WorkEvaluationItem) and sheet is None:
        yield draft.problem(Code.MISSING_KEY, path, part="ballot")
    if item.earlier is not None and item.ballot is not None and item.earlier.grade not in item.ballot.grades:
        at = (*path, "earlier", "grade")
        yield draft.problem(Code.UNKNOWN_GRADE, at, grade=item.earlier.grade)
    grades = () if item.ballot is None else item.ballot.grades
    for number, line in enumerate(item.follow_up):
        if line.grade is not None and line.grade not in grades:
            yield draft.problem(Code.UNKNOWN_GRADE, (*path, "follow_up", number, "grade"), grade=line.grade)
    if sheet is not None:
        yield from _sheet(draft, (*path, "score_sheet"), sheet)
    by_hands = item.ballot is not None and item.ballot.mode == "hands"
    if by_hands and sheet is not None:
        yield draft.problem(Code.NOT_BY_HANDS, (*path, "ballot", "mode"), part="score_sheet")
    if by_hands and any(one.voter_class != MEMBER_CLASS for one in item.electorates):
        yield draft.problem(Code.NOT_BY_HANDS, (*path, "ballot", "mode"), part="electorates")
    yield from _classes(draft, (*path, "electorates"), item.electorates)


def _grades(draft: Draft, path: Path, ballot: GradeBallotForm) -> Iterator[Problem]:
    repeated = len(set(ballot.grades)) != len(ballot.grades)
    if repeated or (ballot.grades_en is not None and len(ballot.grades_en) != len(ballot.grades)):
        yield draft.problem(Code.GRADES_DIFFER, (*path, "ballot", "grades"))
    if ballot.grade_rule is not None:
        yield from _bands(draft, (*path, "ballot", "grade_rule"), ballot.grade_rule)
    rule = ballot.grade_rule or (draft.rules.grade_rule if draft.rules else None)
    if rule is None or rule.share_bands is None:
        return
    at = (*path, "ballot", "grades" if ballot.grade_rule is None else "grade_rule")
    for grade in dict.fromkeys(rule.share_bands.grades):
        if grade not in ballot.grades:
            yield draft.problem(Code.GRADE_NOT_ON_SCALE, at, grade=grade)


def _bands(draft: Draft, at: Path, rule: GradeRuleForm) -> Iterator[Problem]:
    """No two bands begin at the same share."""
    if rule.share_bands is None:
        return
    seen: set[Fraction] = set()
    for index, (share, _) in enumerate(rule.share_bands.bands):
        if Fraction(share) in seen:
            here = (*at, "share_bands", "bands", index)
            yield draft.problem(Code.BAND_TWICE, here, share=share)
        seen.add(Fraction(share))


def _sheet(draft: Draft, path: Path, sheet: ScoreSheetForm) -> Iterator[Problem]:
    at = (*path, "criteria")
    yield from plan_check.in_sequence(
        draft, (((*at, index, "num"), one.num) for index, one in enumerate(sheet.criteria))
    )
    scale = sheet.scale
    if scale.max <= scale.min:
        here, least = (*path, "scale", "max"), scale.min + 1
        yield draft.problem(Code.TOO_SMALL, here, part="max", value=scale.max, least=least)
    elif (scale.max - scale.min) % scale.step:
        here = (*path, "scale", "step")
        yield draft.problem(
            Code.STEP_DOES_NOT_FIT, here, step=scale.step, lowest=scale.min, highest=scale.max
        )
    if sheet.pass_mark is not None and sheet.pass_mark > scale.max:
        here = (*path, "pass_mark")
        yield draft.problem(Code.TOO_GREAT, here, part="pass_mark", value=sheet.pass_mark, most=scale.max)
    most = (draft.roll_size - 1) // 2
    if sheet.trim > most:
        yield draft.problem(Code.TOO_GREAT, (*path, "trim"), part="trim", value=sheet.trim, most=most)


def _classes(draft: Draft, path: Path, electorates: list[ElectorateForm]) -> Iterator[Problem]:
    """The members decide and everybody else advises; who is not named is not asked."""
    attendees = draft.outline.non_voting_attendees if draft.outline else None
    sizes = Counter({MEMBER_CLASS: draft.roll_size})
    for one in attendees or ():
        sizes[one.evaluator_class or ""] += one.size
    fewest = draft.rules.fewest_advisory_voters if draft.rules else 0
    seen: set[str] = set()
    for index, electorate in enumerate(electorates):
        at, voters = (*path, index, "class"), electorate.voter_class
        if attendees is not None and voters not in sizes:
            yield draft.problem(Code.UNKNOWN_CLASS, at, voters=voters)
        elif attendees is not None and voters != MEMBER_CLASS and sizes[voters] < fewest:
            size = sizes[voters]
            yield draft.problem(Code.CLASS_TOO_SMALL, at, voters=voters, size=size, fewest=fewest)
        if voters in seen:
            yield draft.problem(Code.CANDIDATE_TWICE, at, name=voters)
        seen.add(voters)
        if electorate.binding != (voters == MEMBER_CLASS):
            yield draft.problem(Code.WHO_BINDS, (*path, index, "binding"), voters=voters)
    if electorates and MEMBER_CLASS not in seen:
        yield draft.problem(Code.WHO_BINDS, path, voters=MEMBER_CLASS)
