"""The order of business, step by step and refusal by refusal."""

from __future__ import annotations

from typing import get_args

import pytest

from meeting.order import commands as c
from meeting.order.commands import Command
from meeting.order.decide import IN_ORDER, decide
from meeting.order.errors import (
    AlreadyPresent,
    AlreadyRecused,
    CannotOverride,
    CheckInAtDesk,
    MatterClosed,
    NotATeller,
    NotPresent,
    NotQuorate,
    OrderError,
    OutOfOrder,
    PollRunning,
    PreconditionUnmet,
    ReasonMissing,
    Stale,
    UnknownMatter,
    UnknownMember,
    UnknownPoll,
    UnknownStep,
)
from meeting.order.events import Cover, PollId
from meeting.order.polls import POLL_IN_ORDER
from meeting.order.sitting import MatterId, MemberNo
from meeting.order.state import MatterStatus, PollStage, Position, Stage, StepMark, Timer
from tests.meeting.order.small_sitting import N1, N2, Sitting, small_plan


def refused(sitting: Sitting, command: Command, error: type[OrderError]) -> OrderError:
    before = sitting.state
    with pytest.raises(error) as caught:
        sitting.obey(command)
    assert sitting.state == before, "a refusal changes nothing"
    return caught.value


def at_nominations() -> Sitting:
    """Tellers approved, N1 about to be introduced."""
    sitting = Sitting().convene()
    poll = sitting.poll.id
    return sitting.obey(c.OpenPoll(poll), c.ClosePoll(poll)).count().proceed()


def at_votes() -> Sitting:
    """Both pledges heard, deliberation done, the ballot on N1 prepared."""
    return at_nominations().proceed(7)


def test_the_roll_call_convenes_the_sitting() -> None:
    sitting = Sitting().convene()
    assert sitting.state.stage is Stage.SITTING
    assert sitting.state.at == Position(2, 0)
    assert sitting.state.marks[Position(1, 0)] is StepMark.DONE


def test_v6_no_sitting_without_a_quorum() -> None:
    sitting = Sitting().obey(*(c.RecordArrival(MemberNo(n)) for n in (1, 2, 3)))
    error = refused(sitting, c.ConfirmRoll(), NotQuorate)
    assert error.data == {"present": 3, "needed": 4}


def test_v7_a_quorum_lost_blocks_the_next_ballot() -> None:
    sitting = Sitting().convene((1, 2, 3, 4))
    sitting.obey(c.RecordDeparture(MemberNo(4), "主任"))
    refused(sitting, c.OpenPoll(sitting.poll.id), NotQuorate)
    refused(sitting, c.OverridePrecondition("quorum", "没有人了"), CannotOverride)


def test_v29_each_poll_freezes_its_own_roll() -> None:
    sitting = Sitting().convene((1, 2, 3, 4))
    first = sitting.poll.id
    sitting.obey(c.OpenPoll(first), c.RecordArrival(MemberNo(5)), c.ClosePoll(first)).count(issued=5)
    assert len(sitting.state.polls[first].voters) == 4
    assert len(sitting.state.entitled(None)) == 5


def test_presence() -> None:
    sitting = Sitting()
    sitting.obey(c.CheckIn(MemberNo(1)))
    refused(sitting, c.CheckIn(MemberNo(1)), AlreadyPresent)
    refused(sitting, c.RecordLeave(MemberNo(1), "病假"), AlreadyPresent)
    refused(sitting, c.CheckIn(MemberNo(99)), UnknownMember)
    refused(sitting, c.RecordDeparture(MemberNo(2), "主任"), NotPresent)
    refused(sitting, c.RecordLeave(MemberNo(2), "  "), ReasonMissing)
    refused(sitting, c.RecordLeave(MemberNo(2), "\ud800"), ReasonMissing)
    sitting.obey(c.RecordLeave(MemberNo(2), "病假", written=True))
    sitting.convene((3, 4, 5))
    refused(sitting, c.CheckIn(MemberNo(6)), CheckInAtDesk)
    sitting.obey(c.RecordArrival(MemberNo(6)))
    assert sitting.state.present == (1, 3, 4, 5, 6)


def test_arrivals_do_not_make_the_console_stale() -> None:
    sitting = Sitting().convene()
    seen = sitting.state.order_seq
    sitting.obey(c.RecordArrival(MemberNo(7)))
    assert decide(sitting.state, c.OpenPoll(sitting.poll.id), 0, expected_seq=seen)
    sitting.obey(c.OpenPoll(sitting.poll.id))
    with pytest.raises(Stale):
        decide(sitting.state, c.ClosePoll(sitting.poll.id), 0, expected_seq=seen)


def test_a_vote_step_cannot_be_passed_without_a_result() -> None:
    sitting = Sitting().convene()
    refused(sitting, c.Proceed(), OutOfOrder)
    sitting.obey(c.OpenPoll(sitting.poll.id))
    refused(sitting, c.Proceed(), PollRunning)
    refused(sitting, c.GoTo(3, 0), PollRunning)
    refused(sitting, c.SkipStep("不表决"), PollRunning)


def test_a_result_is_always_declared() -> None:
    sitting = Sitting().convene()
    poll = sitting.poll.id
    sitting.obey(c.OpenPoll(poll), c.ClosePoll(poll)).count()
    assert sitting.state.at is not None
    sitting.obey(c.GoTo(sitting.state.at.item, sitting.state.at.step + 1))
    refused(sitting, c.SkipStep("不宣布"), OutOfOrder)


def test_tellers_are_those_whom_the_assembly_approved() -> None:
    sitting = Sitting().convene()
    poll = sitting.poll.id
    sitting.obey(c.OpenPoll(poll))
    sitting.obey(c.VoidPoll(poll, "系统故障"))
    refused(sitting, c.CountersignVoid(poll, MemberNo(4)), NotATeller)
    sitting.obey(c.ClosePoll(poll)).count("not_carried", yes=1, no=4)
    assert sitting.state.tellers == frozenset()


def test_preconditions_of_an_appointment() -> None:
    sitting = at_votes()
    assert sitting.state.at == Position(5, 0)
    sitting.obey(c.OpenPoll(sitting.poll.id))
    assert sitting.poll.stage is PollStage.OPEN


def test_no_vote_before_its_steps_are_done_unless_set_aside_with_a_reason() -> None:
    sitting = at_nominations().obey(c.GoTo(5, 0))
    error = refused(sitting, c.OpenPoll(sitting.poll.id), PreconditionUnmet)
    assert error.data["names"] == ["steps_done", "nominee_present"]
    refused(sitting, c.OverridePrecondition("steps_done", ""), ReasonMissing)
    refused(sitting, c.OverridePrecondition("exam", "合格"), OutOfOrder)
    sitting.obey(
        c.OverridePrecondition("steps_done", "主任会议决定"),
        c.OverridePrecondition("nominee_present", "书面供职发言"),
        c.OpenPoll(sitting.poll.id),
    )
    assert sitting.poll.stage is PollStage.OPEN


def test_a_skipped_step_is_not_done() -> None:
    sitting = at_nominations().obey(c.SkipStep("时间不够")).proceed(6)
    error = refused(sitting, c.OpenPoll(sitting.poll.id), PreconditionUnmet)
    assert error.data["names"] == ["steps_done"]


def test_a_failed_or_missing_exam_blocks() -> None:
    from dataclasses import replace

    plan = small_plan()
    n1 = replace(plan.matters[0], exams=(replace(plan.matters[0].exams[0], score=79),))
    sitting = Sitting(replace(plan, matters=(n1, plan.matters[1]))).convene()
    poll = sitting.poll.id
    sitting.obey(c.OpenPoll(poll), c.ClosePoll(poll)).count().proceed(8)
    error = refused(sitting, c.OpenPoll(sitting.poll.id), PreconditionUnmet)
    assert error.data["names"] == ["exam"]


def test_pledge_again_and_terminate() -> None:
    sitting = at_nominations().proceed(2)
    sitting.obey(c.PledgeAgain(N1, "对如何接受监督未作表态"))
    assert sitting.state.at == Position(3, 1)
    assert sitting.state.matters[N1].pledges == 1
    assert not sitting.state.matters[N1].pledged
    refused(sitting, c.PledgeAgain(N2, "还没有发言"), OutOfOrder)
    refused(sitting, c.PledgeAgain(MatterId("N9"), "不存在"), UnknownMatter)
    sitting.obey(c.TerminateMatter(N1, "敷衍塞责"))
    assert sitting.state.at == Position(3, 3), "on to the next nominee"
    assert sitting.state.notice == N1
    refused(sitting, c.DeferMatter(N1, "主任会议", "plenary", "不明"), MatterClosed)
    refused(sitting, c.GoTo(3, 1), MatterClosed)


def test_a_deferred_matter_is_passed_over() -> None:
    sitting = at_nominations().proceed(6).obey(c.DeferMatter(N2, "主任会议", "plenary", "不能明确答复"))
    assert sitting.state.at == Position(4, 0)
    sitting.proceed()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count().proceed()
    assert sitting.state.at == Position(6, 0), "the vote and the declaration on N2 are left out"
    assert sitting.state.matters[N1].status is MatterStatus.CARRIED


def test_deferral_at_its_own_vote_drops_the_prepared_poll() -> None:
    sitting = at_votes()
    poll = sitting.poll.id
    sitting.obey(c.DeferMatter(N1, "主任会议", "plenary", "有新情况"))
    assert sitting.state.polls[poll].stage is PollStage.VOID
    assert sitting.state.at == Position(5, 2)


def test_recusal_leaves_the_base_alone() -> None:
    sitting = at_votes().obey(c.Recuse(MemberNo(4), N1, "近姻亲"))
    refused(sitting, c.Recuse(MemberNo(4), N1, "近姻亲"), AlreadyRecused)
    sitting.obey(c.OpenPoll(sitting.poll.id))
    bases = sitting.poll.bases
    assert bases is not None
    assert (bases.all_members, bases.present, bases.recused) == (7, 5, 1)
    assert sitting.poll.voters == (1, 2, 3, 5)


def test_a_void_poll_is_asked_again_and_never_overwritten() -> None:
    sitting = at_votes()
    first = sitting.poll.id
    sitting.obey(c.OpenPoll(first), c.VoidPoll(first, "系统故障"))
    assert sitting.poll.stage is PollStage.OPEN, "the chair alone destroys no ballots"
    sitting.obey(c.CountersignVoid(first, MemberNo(2)))
    second = sitting.poll
    assert (second.id, second.round, second.replaces) == ("5-n1-2-member", 2, first)
    assert sitting.state.polls[first].stage is PollStage.VOID
    refused(sitting, c.OpenPoll(first), OutOfOrder)
    refused(sitting, c.OpenPoll(PollId("5-n1-9-member")), UnknownPoll)


def test_more_returned_than_issued_is_void_and_held_again() -> None:
    sitting = at_votes()
    poll = sitting.poll.id
    sitting.obey(c.OpenPoll(poll), c.ClosePoll(poll)).count(yes=5, no=1, issued=5)
    assert sitting.state.polls[poll].outcome == "void"
    assert sitting.poll.round == 2
    assert sitting.state.matters[N1].status is MatterStatus.FILED


def test_the_day_ends_with_its_closing_step() -> None:
    sitting = at_votes()
    for _ in (N1, N2):
        sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count().proceed()
    assert sitting.state.at == Position(6, 0)
    refused(sitting, c.Proceed(), OutOfOrder)
    sitting.obey(c.SkipStep("留待下次")).proceed(2)
    assert sitting.state.stage is Stage.CLOSED
    refused(sitting, c.Proceed(), OutOfOrder)


def test_timers() -> None:
    sitting = at_nominations().obey(c.StartTimer())
    started = sitting.state.timer
    assert started is not None
    assert started.ends_at == sitting.now + 300_000
    sitting.obey(c.StopTimer())
    assert sitting.state.timer is not None
    assert sitting.state.timer.remaining_ms == 299_000
    refused(sitting, c.StopTimer(), OutOfOrder)
    sitting.obey(c.StartTimer())
    assert sitting.state.timer.ends_at is None or sitting.state.timer.ends_at == sitting.now + 299_000
    refused(sitting, c.StartTimer(0), OutOfOrder)
    refused(sitting, c.StartTimer(10**12), OutOfOrder)


def test_a_timer_is_extended_whether_it_runs_or_stands() -> None:
    sitting = at_nominations()
    refused(sitting, c.ExtendTimer(30), OutOfOrder)
    sitting.obey(c.StartTimer(60))
    ends = sitting.now + 60_000
    sitting.obey(c.ExtendTimer(30))
    assert sitting.state.timer == Timer(ends_at=ends + 30_000)
    refused(sitting, c.ExtendTimer(0), OutOfOrder)
    sitting.now = ends + 90_000
    sitting.obey(c.ExtendTimer(30))
    assert sitting.state.timer == Timer(ends_at=sitting.now + 30_000), (
        "who is over time gets them from now on"
    )
    sitting.obey(c.StopTimer(), c.ExtendTimer(-30))
    assert sitting.state.timer == Timer(remaining_ms=-1_000)


def test_the_cover_comes_off_with_the_next_step_vote_or_result() -> None:
    sitting = Sitting().obey(c.CoverHall(Cover.SLATE))
    refused(sitting, c.CoverHall(Cover.SLATE), OutOfOrder)
    sitting.obey(c.CoverHall(Cover.BLANK), c.ShowHall())
    refused(sitting, c.ShowHall(), OutOfOrder)
    sitting.convene()
    covers = []
    for orders in (
        (c.CoverHall(Cover.BLANK), c.OpenPoll(sitting.poll.id)),
        (c.CoverHall(Cover.BLANK), c.ClosePoll(sitting.poll.id)),
    ):
        covers.append(sitting.obey(*orders).state.cover)
    covers.append(sitting.count().state.cover)
    covers.append(sitting.obey(c.CoverHall(Cover.BLANK), c.Proceed()).state.cover)
    assert covers == [None, Cover.BLANK, None, None]


def test_questions_are_a_queue() -> None:
    sitting = at_nominations().proceed(2)
    refused(sitting, c.CloseQuestion(True), OutOfOrder)
    sitting.obey(c.PutQuestion("成员5", "资金缺口怎么解决？"), c.PutQuestion("成员6", "什么时候？"))
    assert sitting.state.question is sitting.state.questions[0]
    sitting.obey(c.CloseQuestion(False))
    assert [q.answered for q in sitting.state.questions] == [False, None]
    assert sitting.state.question is sitting.state.questions[1]
    sitting.proceed()
    refused(sitting, c.CloseQuestion(True), OutOfOrder)
    sitting.obey(c.GoTo(3, 2), c.CloseQuestion(True))
    assert [q.answered for q in sitting.state.questions] == [False, True]


def test_go_to_knows_its_steps() -> None:
    sitting = Sitting().convene()
    refused(sitting, c.GoTo(99, 0), UnknownStep)
    refused(sitting, c.GoTo(2, 7), UnknownStep)
    refused(sitting, c.GoTo(2, 0), OutOfOrder)


def test_every_command_is_in_the_table_of_some_stage() -> None:
    everywhere = frozenset().union(*IN_ORDER.values())
    named = frozenset(c.OFFICE_COMMANDS.values()) | frozenset(c.TELLER_COMMANDS.values())
    assert everywhere == named | c.PHONE_COMMANDS | c.SERVICE_COMMANDS == frozenset(get_args(c.Command))
    assert set(POLL_IN_ORDER) == set(PollStage)
