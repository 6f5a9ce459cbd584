"""Voter classes, blocs and what an item's later steps depend on."""

from __future__ import annotations

import pytest

from meeting.order import commands as c
from meeting.order.errors import MatterClosed, PreconditionUnmet
from meeting.order.sitting import MemberNo
from meeting.order.state import MatterStatus, PollStage, Position
from tests.meeting.order.full_sitting import B1, N1, N2, Full

SHEET = {"item-3-score": {"1": 80, "2": 90}, "item-3-grade": "满意"}


def test_v28_a_class_that_advises_has_its_own_paper_roll_and_count_and_decides_nothing() -> None:
    sitting = Full().begin().to(3)
    main, advice = sitting.state.together(sitting.poll)
    assert (main.id, advice.id) == ("3-item-1-member", "3-item-1-deputy")
    assert (main.binding, advice.binding) == (True, False)
    sitting.open()
    main, advice = sitting.state.together(sitting.poll)
    assert advice.voters == (10, 11, 12, 13, 14)
    assert advice.bases is not None
    assert advice.bases.all_members == 5
    sitting.cast([SHEET] * 8, [{**SHEET, "item-3-grade": "不满意"}] * 5)
    main, advice = sitting.state.together(sitting.poll)
    assert main.result is not None
    assert advice.result is not None
    assert main.result["questions"]["item-3-grade"]["grade"] == "满意"
    assert advice.result["questions"]["item-3-grade"]["grade"] == "不满意"
    assert {main.stage, advice.stage} == {PollStage.DECLARED}


def test_a_class_of_which_hardly_anybody_is_here_is_not_asked() -> None:
    sitting = Full().begin(present=(1, 2, 3, 4, 5, 6, 7, 8, 10)).to(3)
    assert [poll.voter_class for poll in sitting.state.together(sitting.poll)] == ["member"]


def test_v26_a_bloc_is_carried_for_all_that_are_in_it() -> None:
    sitting = Full().begin().to(5)
    sitting.obey(c.OverridePrecondition("removal_first", "已免职"))
    sitting.open().cast([{"B1": "for"}] * 8)
    assert {sitting.state.matters[one].status for one in (B1, N1, N2)} == {MatterStatus.CARRIED}


def test_a_matter_deferred_out_of_a_bloc_leaves_the_others_to_be_voted_on() -> None:
    sitting = Full().begin().to(5)
    before = sitting.poll.id
    sitting.obey(c.DeferMatter(N2, "主任会议", "plenary", "有新情况"))
    assert sitting.state.polls[before].stage is PollStage.VOID, "the paper named both"
    sitting.obey(c.OverridePrecondition("removal_first", "已免职"))
    sitting.open().cast([{"B1": "for"}] * 8)
    assert sitting.state.matters[N1].status is MatterStatus.CARRIED
    assert sitting.state.matters[N2].status is MatterStatus.DEFERRED


def test_r26_who_holds_the_post_is_removed_first() -> None:
    sitting = Full().begin().to(5)
    with pytest.raises(PreconditionUnmet):
        sitting.open()
    assert sitting.state.box_seen_by is not None


def test_r24_a_dismissal_waits_for_the_defence() -> None:
    sitting = Full().begin().obey(c.GoTo(8, 0)).proceed().obey(c.SkipStep("本人不到会"))
    sitting.obey(c.ConfirmEmptyBox(sitting.poll.id, MemberNo(2)))
    with pytest.raises(PreconditionUnmet) as unmet:
        sitting.obey(c.OpenPoll(sitting.poll.id))
    assert unmet.value.data["names"] == ["defence"]
    sitting.obey(c.OverridePrecondition("defence", "本人书面放弃申辩"), c.OpenPoll(sitting.poll.id))


def test_r53_no_certificate_and_no_oath_for_whoever_is_not_appointed() -> None:
    sitting = Full().begin().obey(c.DeferMatter(N2, "主任会议", "plenary", "有新情况"))
    sitting.to(4).open().cast([{"R1": "for"}] * 8)
    sitting.to(5).open().cast([{"B1": "for"}] * 8)
    assert sitting.state.oath_takers(Position(9, 2)) == ("甲",)
    with pytest.raises(MatterClosed):
        sitting.obey(c.GoTo(9, 1))
    sitting.obey(c.GoTo(9, 0)).proceed()
    assert sitting.state.at == Position(9, 2)


def test_without_an_appointment_the_ceremony_is_passed_over() -> None:
    sitting = Full().begin().to(8).obey(c.SkipStep("延期"))
    assert sitting.state.at == Position(10, 0)
