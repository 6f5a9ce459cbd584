"""A county's own order of steps: in the rules for a kind, or at one item; and what a ballot then waits for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from meeting.demo import BAILU
from meeting.office.item_kinds import STEPS
from meeting.office.problems import Code
from meeting.office.sitting_file import check_sitting, read_sitting
from meeting.office.step_profile import ALWAYS, ANYWHERE, ORDERED, faults, forms, names
from meeting.order import commands as c
from meeting.order.preconditions import Name, preconditions
from meeting.order.sitting import ItemKind, MemberNo, Plan
from tests.meeting.order.small_sitting import Sitting

DEMO = BAILU.read_text(encoding="utf-8")
RULES = "    total_members: 31"
KINDS = [kind for kind in ItemKind if kind not in {ItemKind.ROLL_CALL, ItemKind.CEREMONY}]


def with_steps(steps: str) -> Plan:
    return read_sitting(DEMO.replace(RULES, f"{RULES}\n    steps: {{{steps}}}", 1)).plan


def kinds(plan: Plan, item: int) -> list[str]:
    return [step.kind.value for step in plan.item(item).steps]


def codes(kind: ItemKind, profile: Sequence[str], *, after: bool = False) -> set[Code]:
    return {fault.code for fault in faults(kind, profile, pledge_after_vote=after)}


@pytest.mark.parametrize("kind", KINDS)
def test_the_usual_order_of_every_kind_is_a_profile_too(kind: ItemKind) -> None:
    usual = [form.called for form in STEPS[kind]]
    assert not codes(kind, usual, after=kind is ItemKind.SECRET_VOTES)
    assert forms(kind, usual) == STEPS[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_every_name_that_a_rule_speaks_of_is_known(kind: ItemKind) -> None:
    assert ALWAYS.get(kind, frozenset()) <= set(names(kind))
    everything = {name for each in KINDS for name in names(each)}
    assert {name for pair in ORDERED for name in pair} <= everything


def test_the_readme_tells_the_steps_of_every_kind() -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    for kind in ItemKind:
        assert f"| `{kind.value}` | {', '.join(f'`{form.called}`' for form in STEPS[kind])} |" in readme, kind


def test_the_rules_put_a_kind_in_another_order() -> None:
    order = "performance_evaluation: [duty_report, questions, deliberation, vote, declaration]"
    plan = with_steps(order)
    assert kinds(plan, 6) == ["statement", "questions", "deliberation", "vote", "declaration"]
    assert kinds(plan, 5) == kinds(read_sitting(BAILU).plan, 5)
    assert plan.item(6).steps[0].speaker == "薛丹桂"


def test_an_item_has_an_order_of_its_own_before_that_of_the_rules() -> None:
    text = DEMO.replace(RULES, f"{RULES}\n    steps: {{work_evaluation: [report, vote, declaration]}}", 1)
    own = "    kind: work_evaluation\n"
    assert kinds(read_sitting(text).plan, 5) == ["statement", "vote", "declaration"]
    text = text.replace(
        own, f"{own}    steps: [report, deliberation, recess, questions, vote, declaration]\n"
    )
    assert kinds(read_sitting(text).plan, 5) == [
        "statement",
        "deliberation",
        "recess",
        "questions",
        "vote",
        "declaration",
    ]


def test_a_step_may_stand_twice_only_where_that_makes_sense() -> None:
    kind = ItemKind.WORK_EVALUATION
    assert not codes(kind, ["report", "deliberation", "deliberation", "vote", "declaration"])
    assert codes(kind, ["report", "vote", "declaration", "vote", "declaration"]) == {Code.STEP_TWICE}
    assert set(ANYWHERE) == {"questions", "deliberation", "recess"}


def test_a_vote_is_declared_and_a_dismissal_heard_in_defence_before_it() -> None:
    kind = ItemKind.DISMISSAL
    assert codes(kind, ["explanation", "defence", "vote"]) == {Code.STEP_NOT_DECLARED}
    assert codes(kind, ["defence", "declaration", "vote", "declaration"]) >= {Code.STEP_NOT_DECLARED}
    assert codes(kind, ["explanation", "vote", "declaration"]) == {Code.STEP_MISSING}
    assert codes(kind, ["vote", "declaration", "defence"]) == {Code.STEP_ORDER}
    assert not codes(kind, ["defence", "explanation", "deliberation", "vote", "declaration"])


def test_the_pledge_stands_where_the_rules_want_it() -> None:
    before, after = ["introduction", "pledge"], ["vote", "declaration", "pledge"]
    assert not codes(ItemKind.NOMINATIONS, before)
    assert codes(ItemKind.NOMINATIONS, before, after=True) == {Code.PLEDGE_PLACE}
    assert not codes(ItemKind.SECRET_VOTES, after, after=True)
    assert codes(ItemKind.SECRET_VOTES, after) == {Code.PLEDGE_PLACE}
    assert codes(ItemKind.SECRET_VOTES, ["pledge", "vote", "declaration"], after=True) == {Code.STEP_ORDER}


def test_an_unknown_step_is_refused_with_the_known_ones() -> None:
    text = DEMO.replace(RULES, f"{RULES}\n    steps: {{dismissal: [singing, defence, vote, declaration]}}", 1)
    (problem,) = check_sitting(text)
    for language in ("zh", "en"):
        said = problem.sentence(language)
        assert "singing" in said
        assert "explanation, defence" in said


def test_a_file_that_votes_needs_the_vote_among_its_steps() -> None:
    own = "    kind: report_with_special_inquiry\n"
    (problem,) = check_sitting(DEMO.replace(own, f"{own}    steps: [report, questions]\n", 1))
    assert (problem.code, problem.data["step"]) == (Code.STEP_MISSING, "vote")


def test_a_ballot_waits_for_what_stands_before_it() -> None:
    """The deliberation that the county has put before the vote has to be held; one after it does not count."""
    for order, waits in (
        ("duty_report, deliberation, vote, declaration", True),
        ("duty_report, vote, declaration, deliberation", False),
    ):
        plan = with_steps(f"performance_evaluation: [{order}]")
        sitting = Sitting(plan).convene([one.number for one in plan.members if one.number != 29])
        sitting.obey(c.GoTo(6, 0), c.Proceed())
        if waits:
            sitting.obey(c.SkipStep("时间不够"))
        assert sitting.state.at is not None
        assert sitting.state.step is not None
        assert sitting.state.step.kind.value == "vote"
        held = {one.name: one.met for one in preconditions(sitting.state, sitting.state.at)}
        assert held[Name.STEPS_DONE] is not waits
    assert MemberNo(29) not in sitting.state.present
