"""What comes after a round: run-off, further election, show of hands in place of a system that fails."""

from __future__ import annotations

import pytest

from meeting.order import commands as c
from meeting.order.asking import RoundKind, Visibility
from meeting.order.errors import (
    HandsUseless,
    NoRoundToCall,
    NotATeller,
    OrderError,
    OutOfOrder,
    SecretByLaw,
    TotalsWrong,
)
from meeting.order.paper_of import paper_of
from meeting.order.sitting import MemberNo
from meeting.order.state import MatterStatus, PollStage
from tests.meeting.order.full_sitting import X1, Full


def refused(sitting: Full, command: c.Command, error: type[OrderError]) -> None:
    before = sitting.state
    with pytest.raises(error):
        sitting.obey(command)
    assert sitting.state == before


MENG = {"item-6": {"for": ["孟"], "against": ["柳"], "write_in": []}}
LIU = {"item-6": {"for": ["柳"], "against": ["孟"], "write_in": []}}


def test_v12_without_a_majority_a_further_election_follows() -> None:
    sitting = Full().begin().to(6).open().cast([MENG] * 4 + [LIU] * 4)
    first = sitting.poll
    assert first.outcome == "no_majority"
    sitting.obey(c.CallRound(first.id))
    second = sitting.poll
    assert (second.id, second.round, second.replaces) == ("6-item-2-member", 2, None)
    assert second.contest is not None
    assert (second.contest.kind, second.contest.places) == (RoundKind.FURTHER, 1)
    assert sitting.state.polls[first.id].result == first.result, "a round is never overwritten"
    sitting.open().cast([MENG] * 5 + [LIU] * 3)
    assert sitting.poll.outcome == "elected"
    refused(sitting, c.CallRound(sitting.poll.id), NoRoundToCall)


def test_v24_a_tie_at_the_last_place_is_run_off_among_the_tied() -> None:
    sitting = Full().begin().to(7).open()
    ballots = [{"item-7": ["农业", "水利"]}] * 4 + [{"item-7": ["农业", "教育"]}] * 4
    sitting.cast(ballots)
    assert sitting.poll.outcome == "tied"
    # Called from the declaration the chair goes back to the vote by the same press.
    sitting.obey(c.GoTo(7, 1), c.CallRound(sitting.poll.id))
    assert sitting.state.at == (7, 0)
    [question] = paper_of(sitting.state, sitting.poll).questions
    assert question.kind == "selection"
    assert (question.options, question.choose) == (("水利", "教育"), 1)
    sitting.open().cast([{"item-7": ["水利"]}] * 5 + [{"item-7": ["教育"]}] * 3)
    assert sitting.poll.outcome == "selected"
    sitting.proceed()


def test_the_chair_does_not_go_on_while_a_called_round_waits() -> None:
    sitting = Full().begin().to(6).open().cast([MENG] * 4 + [LIU] * 4)
    sitting.obey(c.CallRound(sitting.poll.id))
    refused(sitting, c.Proceed(), OutOfOrder)


def test_hands_are_counted_once_a_teller_has_confirmed_the_totals() -> None:
    sitting = Full().convene()
    poll = sitting.poll
    assert poll.visibility is Visibility.HANDS
    sitting.obey(c.OpenPoll(poll.id))
    refused(sitting, c.ConfirmTotals(poll.id, MemberNo(3)), OutOfOrder)
    refused(sitting, c.ClosePoll(poll.id), OutOfOrder)
    refused(sitting, c.EnterTotals(poll.id, {"item-2": {"for": 9, "against": 0, "abstain": 0}}), TotalsWrong)
    sitting.obey(c.EnterTotals(poll.id, {"item-2": {"for": 4, "against": 0, "abstain": 0}}))
    sitting.obey(c.EnterTotals(poll.id, {"item-2": {"for": 5, "against": 0, "abstain": 0}}))
    refused(sitting, c.ConfirmTotals(poll.id, MemberNo(4)), NotATeller)
    sitting.obey(c.ConfirmTotals(poll.id, MemberNo(3)))
    assert sitting.poll.stage is PollStage.CLOSING
    assert sitting.poll.totals == {"item-2": {"for": 5, "against": 0, "abstain": 0}}


def test_r23_when_the_system_fails_the_vote_goes_on_by_hands_and_the_round_before_stays() -> None:
    sitting = Full().begin().to(4)
    first = sitting.open().poll
    sitting.obey(c.UseHands("表决系统故障", MemberNo(2)))
    assert sitting.state.polls[first.id].stage is PollStage.VOID
    assert sitting.state.polls[first.id].why_void == "表决系统故障"
    assert (sitting.poll.visibility, sitting.poll.round) == (Visibility.HANDS, 2)
    sitting.raise_hands(6, 1)
    assert sitting.poll.outcome == "carried"
    assert sitting.state.matters[sitting.poll.matter or X1].status is MatterStatus.CARRIED


def test_r24_a_dismissal_is_never_voted_on_by_hands() -> None:
    sitting = Full().begin().to(8)
    refused(sitting, c.UseHands("表决系统故障", MemberNo(2)), SecretByLaw)


def test_scores_are_not_counted_by_hands_but_the_grade_beside_them_is() -> None:
    sitting = Full().begin().to(3)
    assert [poll.voter_class for poll in sitting.state.together(sitting.poll)] == ["member", "deputy"]
    sitting.obey(c.UseHands("表决系统故障", MemberNo(2)))
    assert sitting.poll.questions == ("item-3-grade",)
    assert len(sitting.state.together(sitting.poll)) == 1, "raised hands are the members' alone"
    assert HandsUseless.code == "hands-useless"


def test_v30_a_member_present_by_video_gets_no_paper_and_raises_his_hand() -> None:
    sitting = Full().begin()
    sitting.obey(c.RecordArrival(MemberNo(9), video=True)).to(4)
    assert 9 not in sitting.open().poll.voters
    bases = sitting.poll.bases
    assert bases is not None
    assert bases.present == 9
    sitting.obey(c.UseHands("远程出席", MemberNo(2)))
    sitting.obey(c.OpenPoll(sitting.poll.id))
    assert 9 in sitting.poll.voters
