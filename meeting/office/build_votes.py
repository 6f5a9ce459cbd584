"""From an item to how its vote is held: what the paper asks, of whom, by which majority.  It checks nothing."""

from __future__ import annotations

from collections.abc import Sequence

from meeting.office import build_rules
from meeting.office.ballot_schema import BallotForm, ElectorateForm, GradeBallotForm, ScoreSheetForm
from meeting.office.item_schema import (
    DismissalItem,
    ElectionItem,
    MatterVoteForm,
    PerformanceItem,
    PublicVoteItem,
    ReportItem,
    SelectionItem,
    WorkEvaluationItem,
)
from meeting.office.rules_schema import RulesForm
from meeting.office.supervision_schema import InquiryBallotForm
from meeting.order.asking import (
    MEMBER_CLASS,
    Ask,
    Criterion,
    ElectionAsk,
    Electorate,
    GradeAsk,
    Majority,
    MotionAsk,
    ScoreAsk,
    SelectionAsk,
    Visibility,
    VotePlan,
)
from meeting.order.text import Text


def public_vote(item: PublicVoteItem, rules: RulesForm) -> VotePlan:
    return _plan(item.ballot.mode, (MotionAsk(),), item.ballot, rules)


def matter_vote(form: MatterVoteForm, rules: RulesForm) -> VotePlan:
    mode = form.ballot.mode if form.ballot else Visibility.SECRET.value
    return _plan(mode, (MotionAsk(),), form.ballot, rules)


def dismissal(item: DismissalItem, rules: RulesForm) -> VotePlan:
    """Nothing but a secret ballot will do (监督法 62)."""
    majority = build_rules.own_majority(item.ballot.majority, rules.majority)
    return VotePlan(Visibility.SECRET, (MotionAsk(),), majority=majority, by_law_secret=True)


def inquiry(form: InquiryBallotForm, rules: RulesForm) -> VotePlan:
    """More than half of all members, whatever the rules say of other votes."""
    majority = build_rules.own_majority(form.majority, rules.majority)
    return VotePlan(Visibility(form.mode), (MotionAsk(),), majority=majority)


def evaluation(item: ReportItem | WorkEvaluationItem | PerformanceItem, rules: RulesForm) -> VotePlan | None:
    """None: nothing is asked.  The grade comes last, since the last question decides."""
    sheet = item.score_sheet if isinstance(item, WorkEvaluationItem) else None
    asks: list[Ask] = [] if sheet is None else [_score(sheet)]
    mode, majority = Visibility.SECRET.value, None
    if item.ballot is not None:
        asks.append(_grade(item.ballot, rules))
        mode, majority = item.ballot.mode, _majority_of_grades(item.ballot, rules)
    if not asks:
        return None
    return VotePlan(Visibility(mode), tuple(asks), _electorates(item.electorates), majority)


def election(item: ElectionItem, rules: RulesForm) -> VotePlan:
    ask = ElectionAsk(
        seats=item.seats,
        candidates=tuple(one.name for one in item.candidates),
        write_in=item.write_in,
        write_in_needs_opposition=item.write_in_needs_opposition,
    )
    return _plan(item.ballot.mode, (ask,), item.ballot, rules)


def selection(item: SelectionItem, rules: RulesForm) -> VotePlan:
    options = build_rules.texts(item.options, item.options_en)
    reasons = build_rules.texts(item.reasons_zh or [], item.reasons_en)
    ask = SelectionAsk(item.choose, options, majority=item.rule == "majority", reasons=reasons)
    return _plan(item.ballot.mode, (ask,), item.ballot, rules)


def _plan(mode: str, asks: tuple[Ask, ...], form: BallotForm | None, rules: RulesForm) -> VotePlan:
    majority = build_rules.own_majority(form.majority if form else None, rules.majority)
    return VotePlan(Visibility(mode), asks, majority=majority)


def _score(sheet: ScoreSheetForm) -> ScoreAsk:
    return ScoreAsk(
        criteria=tuple(
            Criterion(str(one.num), Text(one.zh, one.en or ""), one.weight) for one in sheet.criteria
        ),
        lowest=sheet.scale.min,
        highest=sheet.scale.max,
        step=sheet.scale.step,
        trim=sheet.trim,
        pass_mark=sheet.pass_mark,
    )


def _grade(form: GradeBallotForm, rules: RulesForm) -> GradeAsk:
    passes = form.grades[: rules.grade_passes or 0] if form.passes is None else form.passes
    return GradeAsk(
        build_rules.texts(form.grades, form.grades_en),
        build_rules.bands(form.grade_rule or rules.grade_rule),
        passes=tuple(passes),
        decides=form.decides is not None,
    )


def _majority_of_grades(form: GradeBallotForm, rules: RulesForm) -> Majority | None:
    """The ballot's own; else that of the rule for grades; else that of the rules."""
    rule = form.grade_rule or rules.grade_rule
    return build_rules.own_majority(form.majority or rule.majority, rules.majority)


def _electorates(forms: Sequence[ElectorateForm]) -> tuple[Electorate, ...]:
    """The members first, who decide."""
    others = tuple(
        Electorate(one.voter_class, binding=False) for one in forms if one.voter_class != MEMBER_CLASS
    )
    return (Electorate(), *others)
