"""The gates that the record of a motion sets before its vote: review, eligibility, co-signers, written pledge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from meeting.order import commands as c
from meeting.order.dossier import Dossier, Eligibility, Review
from meeting.order.errors import PreconditionUnmet
from meeting.order.preconditions import preconditions
from meeting.order.sitting import MatterKind
from meeting.order.state import Position
from meeting.wording import say
from tests.meeting.order.small_sitting import N1, Sitting, small_plan
from tests.meeting.order.test_gates import gates

MATTER = small_plan().matter(N1)


@pytest.mark.parametrize("passed", [True, False])
def test_a_motion_that_failed_its_initial_review_is_not_put(passed: bool) -> None:
    reviewed = replace(MATTER, dossier=Dossier(review=Review(passed, date(2026, 3, 2))))
    assert gates(reviewed)["review"] is passed
    resolution = replace(reviewed, kind=MatterKind.RESOLUTION)
    assert gates(resolution)["review"] is passed
    assert "review" not in gates(MATTER)


@pytest.mark.parametrize(
    ("points", "met"),
    [
        (Eligibility(True, True, True), True),
        (Eligibility(True, None, None), True),
        (Eligibility(False, True, True), False),
        (Eligibility(True, False, True), False),
        (Eligibility(True, True, False), False),
    ],
)
def test_none_of_the_three_points_of_eligibility_may_be_failed(points: Eligibility, met: bool) -> None:
    assert gates(replace(MATTER, dossier=Dossier(eligibility=points)))["eligibility"] is met
    assert "eligibility" not in gates(MATTER)


@pytest.mark.parametrize(("needed", "met"), [(2, True), (3, True), (4, False)])
def test_a_joint_nomination_needs_so_many_signatures_with_its_movers(needed: int, met: bool) -> None:
    joint = replace(MATTER, proposer="成员2", dossier=Dossier(cosigners=("成员3", "成员4", "成员2")))
    assert gates(joint, joint_nomination=needed)["cosigners"] is met
    assert "cosigners" not in gates(joint)
    assert "cosigners" not in gates(MATTER, joint_nomination=needed)


def test_where_the_rules_ask_for_it_every_nominee_has_handed_in_a_pledge() -> None:
    assert gates(MATTER, written_pledge=True)["written_pledge"] is False
    handed_in = replace(MATTER, pledge=(("廉洁自律", "公开招投标。"),))
    assert gates(handed_in, written_pledge=True)["written_pledge"] is True
    assert "written_pledge" not in gates(MATTER)
    batch = replace(MATTER, persons=("甲", "乙"))
    assert "written_pledge" not in gates(batch, written_pledge=True)


def test_the_vote_does_not_open_past_them_unless_set_aside_with_a_reason() -> None:
    plan = small_plan()
    failed = replace(MATTER, dossier=Dossier(eligibility=Eligibility(documents=False), review=Review(False)))
    sitting = Sitting(replace(plan, matters=(failed, *plan.matters[1:])))
    sitting.convene().obey(c.GoTo(5, 0))
    others = ("steps_done", "nominee_present", "tellers_approved")
    for name in others:
        sitting.obey(c.OverridePrecondition(name, "主任会议决定"))
    with pytest.raises(PreconditionUnmet) as refused:
        sitting.obey(c.OpenPoll(sitting.poll.id))
    assert refused.value.data["names"] == ["review", "eligibility"]
    sitting.obey(
        c.OverridePrecondition("review", "已补正"), c.OverridePrecondition("eligibility", "会后补交")
    )
    sitting.obey(c.OpenPoll(sitting.poll.id))
    kept = {one.name.value: one.overridden for one in preconditions(sitting.state, Position(5, 0))}
    assert (kept["review"], kept["eligibility"]) == ("已补正", "会后补交")


@pytest.mark.parametrize("name", ["review", "eligibility", "cosigners", "written_pledge"])
def test_each_is_told_with_what_to_do(name: str) -> None:
    assert say(f"precondition.{name}")["zh"]
    assert say(f"precondition-do.{name}")["en"]
