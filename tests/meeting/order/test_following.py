"""Questions that are tracked after the sitting, and the recording: orders beside the business."""

from __future__ import annotations

import pytest

from meeting.order import commands as c
from meeting.order.errors import (
    AlreadyRecording,
    AlreadyTracked,
    NotAdmitted,
    NotRecording,
    NotTracked,
    OrderError,
    OutOfOrder,
    UnknownQuestion,
)
from meeting.order.evolve import replay
from meeting.order.rules import Rules
from meeting.order.sitting import MemberNo
from tests.meeting.order.full_sitting import Full

RULES = Rules(total_members=9, plain_http=True)


def asked() -> Full:
    """At the questions of item 3: one answered, one asked, one from a phone that waits."""
    sitting = Full(RULES).begin().proceed()
    sitting.obey(c.PutQuestion("成员5", "何时建成？", to="水利局局长"), c.CloseQuestion(True))
    return sitting.obey(c.PutQuestion("成员6", "多少钱？"), c.SendQuestion(MemberNo(4), "为什么？"))


def refused(sitting: Full, command: c.Command) -> type[OrderError]:
    before = sitting.state
    with pytest.raises(OrderError) as error:
        sitting.obey(command)
    assert sitting.state == before
    return type(error.value)


def test_any_admitted_question_can_be_tracked_and_let_go_again() -> None:
    sitting = asked().obey(c.TrackQuestion(0), c.TrackQuestion(1))
    assert [one.tracked for one in sitting.state.questions] == [True, True, False]
    sitting.proceed().obey(c.UntrackQuestion(1))
    assert [one.tracked for one in sitting.state.questions] == [True, False, False]
    assert sitting.state.questions[0].answered, "what is answered may still have to be followed up"
    assert replay(sitting.journal) == sitting.state


def test_what_cannot_be_tracked_is_refused() -> None:
    sitting = asked().obey(c.TrackQuestion(0))
    assert refused(sitting, c.TrackQuestion(0)) is AlreadyTracked
    assert refused(sitting, c.UntrackQuestion(1)) is NotTracked
    assert refused(sitting, c.TrackQuestion(2)) is NotAdmitted
    assert refused(sitting, c.TrackQuestion(3)) is UnknownQuestion
    sitting.obey(c.DeclineQuestion(2))
    assert refused(sitting, c.TrackQuestion(2)) is NotAdmitted


def test_the_recording_may_begin_while_members_gather_and_runs_through_votes() -> None:
    sitting = Full(RULES).obey(c.StartRecording())
    since = sitting.now
    assert sitting.state.recording_since == since
    assert refused(sitting, c.StartRecording()) is AlreadyRecording
    sitting.begin().to(4).open()
    assert sitting.state.live_poll is not None
    assert sitting.state.recording_since == since
    stopped = sitting.obey(c.StopRecording()).state
    assert stopped.recording_since is None
    assert refused(sitting, c.StopRecording()) is NotRecording
    sitting.obey(c.StartRecording())
    assert replay(sitting.journal) == sitting.state


def test_the_recording_ends_with_the_sitting() -> None:
    sitting = Full(RULES).begin().obey(c.StartRecording(), c.CloseSitting())
    assert sitting.state.recording_since is None
    assert refused(sitting, c.StartRecording()) is OutOfOrder
