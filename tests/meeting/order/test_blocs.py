"""Matters that are put to one vote together: what befalls one of them befalls the vote, and no more than that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meeting.order import commands as c
from meeting.order.asking import Visibility, VotePlan
from meeting.order.errors import PreconditionUnmet
from meeting.order.follow_up import tasks
from meeting.order.preconditions import Name, preconditions
from meeting.order.sitting import MatterKind, MemberNo, Plan, Step, StepKind, Text
from meeting.order.state import MatterStatus, Position
from tests.meeting.order.full_sitting import B1, N1, N2, R1, Full, full_plan
from tests.meeting.order.small_sitting import Sitting


class Other(Full):
    """The full sitting with another plan."""

    def __init__(self, plan: Plan) -> None:
        Sitting.__init__(self, plan)
        self.begin()


def holds(sitting: Sitting) -> dict[str, bool]:
    assert sitting.state.at is not None
    return {one.name: one.holds for one in preconditions(sitting.state, sitting.state.at)}


def test_r63_who_is_recused_from_one_of_them_has_no_ballot_and_the_base_stays() -> None:
    sitting = Full().begin().obey(c.Recuse(MemberNo(5), N2, "夫妻")).to(5)
    assert 5 not in sitting.state.voters_of(sitting.poll)
    bases = sitting.state.bases(B1)
    assert (bases.all_members, bases.present, bases.recused) == (9, 8, 1)
    sitting.obey(c.DeferMatter(N2, "主任会议", "plenary", "有新情况"))
    assert 5 in sitting.state.voters_of(sitting.poll), "what is left is none of his own"


def test_the_vote_does_not_wait_for_the_steps_of_a_matter_that_was_withdrawn() -> None:
    plan = full_plan()
    introduced = tuple(
        Step(kind, matter) for matter in (N1, N2) for kind in (StepKind.INTRODUCTION, StepKind.PLEDGE)
    )
    vote = VotePlan(Visibility.SECRET)
    steps = (*introduced, Step(StepKind.VOTE, B1, vote=vote), Step(StepKind.DECLARATION, B1))
    items = tuple(replace(one, steps=steps) if one.number == 5 else one for one in plan.items)
    sitting = Other(replace(plan, items=items))
    sitting.obey(c.GoTo(5, 0)).proceed(2).obey(c.WithdrawMatter(N2, "主任会议"))
    assert sitting.state.at == Position(5, 4), "what the matter had before it is passed over"
    assert holds(sitting)[Name.STEPS_DONE]


def test_r16_a_bloc_that_is_deferred_defers_all_that_are_in_it() -> None:
    sitting = Full().begin().to(5).obey(c.DeferMatter(B1, "主任会议", "plenary", "举报未查清", "2026-05"))
    for one in (B1, N1, N2):
        at = sitting.state.matters[one]
        assert (at.status, at.reason, at.until) == (MatterStatus.DEFERRED, "举报未查清", "2026-05")
    assert [task.id for task in tasks(sitting.state)] == ["5-n1-deferred", "5-n2-deferred"]


@pytest.mark.parametrize("against", [True, False])
def test_r26_only_who_has_left_the_post_makes_room_for_another(against: bool) -> None:
    sitting = Full().begin().to(4).open().cast([{"R1": "against" if against else "for"}] * 8).to(5)
    assert holds(sitting)[Name.REMOVAL_FIRST] is not against
    if against:
        with pytest.raises(PreconditionUnmet):
            sitting.open()


@pytest.mark.parametrize("kind", [MatterKind.RESIGNATION, MatterKind.RECALL])
def test_r26_a_resignation_or_recall_comes_first_too(kind: MatterKind) -> None:
    plan = full_plan()
    matters = tuple(replace(one, kind=kind) if one.id == R1 else one for one in plan.matters)
    sitting = Other(replace(plan, matters=matters)).obey(c.GoTo(5, 0))
    assert not holds(sitting)[Name.REMOVAL_FIRST]


def test_who_is_appointed_to_one_post_takes_the_oath_whatever_became_of_another() -> None:
    plan = full_plan()
    lost = replace(plan.matter(N1), id=type(N1)("N3"), post=Text("审判委员会委员"))
    steps = (
        Step(StepKind.VOTE, lost.id, vote=VotePlan(Visibility.OPEN)),
        Step(StepKind.DECLARATION, lost.id),
    )
    items = tuple(replace(one, steps=steps) if one.number == 4 else one for one in plan.items)
    sitting = Other(replace(plan, items=items, matters=(*plan.matters, lost))).obey(c.GoTo(4, 0))
    for one in preconditions(sitting.state, Position(4, 0)):
        if not one.holds:
            sitting.obey(c.OverridePrecondition(one.name, "试验"))
    sitting.open().cast([{"N3": "against"}] * 8).to(5)
    sitting.obey(c.OverridePrecondition("removal_first", "已免职"))
    sitting.open().cast([{"B1": "for"}] * 8)
    assert sitting.state.oath_takers(Position(9, 2)) == ("甲", "乙")
