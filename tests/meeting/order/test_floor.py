"""Questions, who asks to speak and who speaks, what groups report, comments."""

from __future__ import annotations

import pytest

from meeting.order import commands as c
from meeting.order.errors import OrderError, OutOfOrder, TooMany, UnknownGroup, UnknownQuestion
from meeting.order.particulars import Source
from meeting.order.sitting import MemberNo
from tests.meeting.order.full_sitting import Full

FIVE, SIX, DEPUTY = MemberNo(5), MemberNo(6), MemberNo(12)


def at_questions() -> Full:
    sitting = Full().begin()
    sitting.proceed()
    return sitting


def refused(sitting: Full, command: c.Command, error: type[OrderError]) -> None:
    with pytest.raises(error):
        sitting.obey(command)


def test_a_question_from_a_phone_waits_until_the_chair_admits_it() -> None:
    sitting = at_questions()
    seq = sitting.state.order_seq
    sitting.obey(c.SendQuestion(FIVE, "管护经费到位了吗？"), c.SendQuestion(DEPUTY, "村里怎么办？"))
    assert sitting.state.order_seq == seq, "a phone must not make the chair's button stale"
    assert sitting.state.queue == ()
    assert [q.source for q in sitting.state.questions] == [Source.SPONTANEOUS, Source.DEPUTY]
    sitting.obey(c.DeclineQuestion(0), c.AdmitQuestion(1))
    assert sitting.state.question is not None
    assert sitting.state.question.text == "村里怎么办？"
    refused(sitting, c.AdmitQuestion(1), OutOfOrder)
    refused(sitting, c.AdmitQuestion(7), UnknownQuestion)


def test_a_follow_up_is_linked_to_its_question_and_has_a_respondent() -> None:
    sitting = at_questions()
    sitting.obey(c.PutQuestion("成员5", "何时建成？", Source.PLANNED, "水利局局长"))
    sitting.obey(c.PutQuestion("成员5", "哪一个月？", follows=0), c.AssignRespondent(1, "副县长"))
    assert (sitting.state.questions[1].follows, sitting.state.questions[1].to) == (0, "副县长")
    sitting.obey(c.CloseQuestion(True), c.CloseQuestion(False))
    assert [q.answered for q in sitting.state.questions] == [True, False]
    refused(sitting, c.CloseQuestion(True), OutOfOrder)
    refused(sitting, c.AssignRespondent(1, "县长"), OutOfOrder)
    refused(sitting, c.PutQuestion("成员5", "再问", follows=9), UnknownQuestion)


def test_one_member_cannot_flood_the_chair() -> None:
    sitting = at_questions()
    for number in range(3):
        sitting.obey(c.SendQuestion(FIVE, f"问题{number}"))
    refused(sitting, c.SendQuestion(FIVE, "又一个"), TooMany)
    sitting.obey(c.SendQuestion(SIX, "我也问"))


def test_who_asks_to_speak_is_called_in_the_chairs_order() -> None:
    sitting = at_questions().proceed()
    assert sitting.obey(c.AskToSpeak(FIVE), c.AskToSpeak(SIX)).state.requests == (FIVE, SIX)
    refused(sitting, c.AskToSpeak(FIVE), OutOfOrder)
    called = sitting.obey(c.CallSpeaker(SIX)).state
    assert called.speaker == SIX
    assert list(called.requests) == [FIVE]
    assert called.timer is not None
    assert sitting.obey(c.CallSpeaker(FIVE), c.EndSpeech()).state.speaker is None
    refused(sitting, c.EndSpeech(), OutOfOrder)
    refused(sitting, c.WithdrawRequest(FIVE), OutOfOrder)
    refused(sitting, c.CallSpeaker(MemberNo(9)), OutOfOrder)


def test_groups_report_and_members_comment() -> None:
    sitting = at_questions().proceed()
    sitting.obey(c.RecordSummary(3, 1, "初稿"), c.RecordSummary(3, 1, "建议加大投入"))
    assert sitting.state.summaries == {(3, 1): "建议加大投入"}
    refused(sitting, c.RecordSummary(3, 2, "没有这个组"), UnknownGroup)
    sitting.obey(c.SendComment(FIVE, "请公开水质"))
    assert [one.text for one in sitting.state.comments] == ["请公开水质"]
    refused(sitting, c.SendComment(MemberNo(9), "不在场"), OutOfOrder)
