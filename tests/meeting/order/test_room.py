"""Everybody in the room: who attends without a vote, who listens in the gallery, and who presides."""

from __future__ import annotations

import pytest

from meeting.order import announcement, room
from meeting.order import commands as c
from meeting.order.acting import acting_tellers
from meeting.order.errors import (
    CannotPreside,
    NotPresent,
    NoVoice,
    OneIsEnough,
    OrderError,
    OutOfOrder,
    TooLong,
    UnknownMember,
)
from meeting.order.particulars import Source
from meeting.order.sitting import MemberNo
from meeting.wording import words
from tests.meeting.order.crowd import (
    CHAIR,
    DEPUTY,
    FIVE,
    HEAD,
    LISTENER,
    SECOND_LISTENER,
    VICE,
    Crowded,
)

EVERYBODY = (*range(1, 9), 10, 11, 12, 13, 14, 15, 16)


def convened() -> Crowded:
    sitting = Crowded()
    sitting.begin(present=EVERYBODY)
    return sitting


def refused(sitting: Crowded, command: c.Command, error: type[OrderError]) -> None:
    before = sitting.state
    with pytest.raises(error):
        sitting.obey(command)
    assert sitting.state == before


# --- attendees (rows 5, 6, 29) ---


def test_who_attends_without_a_class_signs_in_speaks_and_asks() -> None:
    sitting = Crowded()
    sitting.obey(c.CheckIn(HEAD))
    sitting.begin().proceed()
    sitting.obey(c.SendQuestion(HEAD, "何时立案？"), c.AskToSpeak(HEAD), c.CallSpeaker(HEAD))
    assert sitting.state.speaker == HEAD
    assert [one.source for one in sitting.state.questions] == [Source.ATTENDEE]
    sitting.obey(c.SendComment(HEAD, "建议公开裁判文书。"))
    assert [(one.item, one.member) for one in sitting.state.comments] == [(3, HEAD)]


def test_an_attendee_may_come_late_and_the_clerk_may_enter_him() -> None:
    sitting = Crowded()
    sitting.begin(present=range(1, 9))
    assert sitting.obey(c.CheckIn(HEAD)).state.presence[HEAD].value == "present"
    assert sitting.obey(c.RecordArrival(LISTENER)).state.presence[LISTENER].value == "present"


def test_nobody_without_a_class_is_on_any_roll() -> None:
    sitting = convened().proceed().proceed(2)
    voters = {number for poll in sitting.state.polls.values() for number in sitting.state.voters_of(poll)}
    assert voters == {1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14}
    assert sitting.state.poll_of("") is None
    assert sitting.state.plan.people("") == (sitting.state.plan.person(HEAD),)


def test_how_many_of_each_kind_are_here() -> None:
    state = convened().state
    kinds = [(one.label.zh, one.present, one.all) for one in room.kinds(state, state.plan.attendees)]
    assert kinds == [("代表", 5, 5), ("一府一委两院负责人", 1, 1)]
    assert [(one.present, one.all) for one in room.kinds(state, state.plan.gallery)] == [(1, 2)]


@pytest.mark.parametrize(
    ("here", "said"),
    [
        ((15, 16, 17), "列席会议1人，旁听2人。"),
        ((15,), "列席会议1人。"),
        ((17,), "旁听1人。"),
        ((), None),
    ],
)
def test_the_chair_says_who_else_is_here_after_the_members(here: tuple[int, ...], said: str | None) -> None:
    sitting = Crowded()
    sitting.obey(*(c.RecordArrival(MemberNo(number)) for number in (*range(1, 9), *here)))
    lines = [words(one)["zh"] for one in announcement.script(sitting.state)]
    assert lines[0].startswith("本次会议应到")
    assert lines[1:] == ([said] if said else []) + ["现在开会。"]


# --- the gallery (row 7) ---


def test_the_gallery_neither_speaks_nor_asks() -> None:
    sitting = convened().proceed()
    for command in (c.AskToSpeak(LISTENER), c.CallSpeaker(LISTENER), c.SendQuestion(LISTENER, "为什么？")):
        refused(sitting, command, NoVoice)


def test_the_gallery_writes_once_about_each_item_and_briefly() -> None:
    sitting = convened().proceed()
    refused(sitting, c.SendComment(LISTENER, "长" * 201, 3), TooLong)
    sitting.obey(c.SendComment(LISTENER, "长" * 200, 3))
    refused(sitting, c.SendComment(LISTENER, "再说一句", 3), OneIsEnough)
    sitting.obey(c.SendComment(LISTENER, "关于监票人", 2))
    refused(sitting, c.SendComment(LISTENER, "还没有到", 4), OutOfOrder)
    refused(sitting, c.SendComment(SECOND_LISTENER, "没有签到"), NoVoice)
    assert [(one.item, one.recorded_by) for one in sitting.state.comments] == [(3, ""), (2, "")]


# --- opinions that the office enters (row 33) ---


def test_the_office_enters_an_opinion_and_the_record_says_who_did() -> None:
    sitting = convened().proceed()
    seq = sitting.state.order_seq
    sitting.obey(
        c.RecordComment(FIVE, "建议增加投入", by="clerk"),
        c.RecordComment(MemberNo(9), "书面意见，请假前提交", 2, by="chair"),
        c.RecordComment(HEAD, "同意", 3, by="clerk"),
    )
    kept = [(one.item, one.member, one.recorded_by) for one in sitting.state.comments]
    assert kept == [(3, FIVE, "clerk"), (2, 9, "chair"), (3, HEAD, "clerk")]
    assert sitting.state.order_seq == seq
    refused(sitting, c.RecordComment(MemberNo(99), "谁？"), UnknownMember)
    refused(sitting, c.RecordComment(FIVE, "还没有到", 9), OutOfOrder)


# --- who presides (row 3) ---


def test_the_chair_hands_over_to_a_vice_chair_and_takes_the_chair_again() -> None:
    sitting = convened()
    assert sitting.state.presider == CHAIR
    assert [one.number for one in room.may_preside(sitting.state)] == [VICE]
    sitting.obey(c.HandOver(VICE))
    assert sitting.state.presider == VICE
    sitting.obey(c.HandOver(CHAIR))
    assert sitting.state.presided == (CHAIR, VICE, CHAIR)


def test_only_chair_and_vice_chairs_who_are_here_preside() -> None:
    sitting = Crowded()
    refused(sitting, c.HandOver(VICE), NotPresent)
    sitting = convened()
    refused(sitting, c.HandOver(FIVE), CannotPreside)
    refused(sitting, c.HandOver(DEPUTY), CannotPreside)
    refused(sitting, c.HandOver(LISTENER), CannotPreside)
    refused(sitting, c.HandOver(CHAIR), OutOfOrder)
    refused(sitting, c.HandOver(MemberNo(99)), UnknownMember)


def test_who_presides_does_not_answer_for_the_count() -> None:
    sitting = Crowded()
    plan = sitting.state.plan
    assert plan.item(2).tellers is not None
    sitting.obey(*(c.RecordArrival(MemberNo(number)) for number in (1, 4, 5, 6, 7, 8)), c.ConfirmRoll())
    assert CHAIR not in acting_tellers(sitting.state)
