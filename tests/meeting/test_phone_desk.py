"""What a phone may ask of the meeting by name, and what its member is told of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal, cast

import pytest

from kiosk.errors import KioskError
from meeting import projections
from meeting.order import commands as c
from meeting.order.floor import convened
from meeting.order.sitting import MemberNo
from meeting.order.state import State
from meeting.phone_desk import CheckInRefused, EnoughSent, NotNow, PhoneDesk
from tests.meeting.order.full_sitting import Full, full_plan
from tests.meeting.order.small_sitting import loaded

FIVE, SIX, ABSENT, DEPUTY = 5, 6, 9, 12


class Conductor:
    """The order of business without its journal and screens."""

    def __init__(self, sitting: Full) -> None:
        self.sitting = sitting

    @property
    def state(self) -> State:
        return self.sitting.state

    async def obey(self, command: c.Command) -> None:
        self.sitting.obey(command)


def desk_at(sitting: Full) -> PhoneDesk:
    return PhoneDesk(cast(Any, Conductor(sitting)), {})


@pytest.fixture
def sitting() -> Full:
    """At the questions of item 3."""
    return Full().begin().proceed()


async def test_asking_for_the_floor_and_taking_it_back_may_be_repeated(sitting: Full) -> None:
    desk = desk_at(sitting)
    for wanted, requests, floor in ((True, (FIVE,), "asked"), (False, (), "")):
        for _ in range(2):
            await desk.ask_to_speak(FIVE, wanted)
            assert (sitting.state.requests, desk.me(FIVE)["floor"]) == (requests, floor)
    sitting.obey(c.CallSpeaker(MemberNo(FIVE)))
    assert desk.me(FIVE)["floor"] == "speaking"
    for wanted in (True, False):
        await desk.ask_to_speak(FIVE, wanted)
        assert sitting.state.speaker == FIVE, "a late press of his changes nothing"


async def test_a_text_whose_answer_was_lost_is_recorded_once(sitting: Full) -> None:
    desk = desk_at(sitting)
    for _ in range(2):
        await desk.send(FIVE, "question", "何时建成？")
        await desk.send(FIVE, "comment", "列入预算。")
    await desk.send(SIX, "question", "何时建成？")
    assert [(q.member, q.text) for q in sitting.state.questions] == [(5, "何时建成？"), (6, "何时建成？")]
    assert [(one.member, one.item) for one in sitting.state.comments] == [(5, 3)]
    assert desk.me(FIVE)["sent"] == [{"text": "何时建成？", "admitted": None, "answered": None}]
    sitting.proceed()
    await desk.send(FIVE, "comment", "列入预算。")
    assert len(sitting.state.comments) == 1, "the item is the same"


async def test_what_cannot_be_done_now_is_refused_in_words_for_a_phone(sitting: Full) -> None:
    desk = desk_at(sitting)

    async def refused(error: type[KioskError], member: int, what: Literal["question", "comment"]) -> None:
        with pytest.raises(error):
            await desk.send(member, what, "?")

    for number in range(3):
        await desk.send(FIVE, "question", f"问题{number}")
    await refused(EnoughSent, FIVE, "question")
    await refused(NotNow, ABSENT, "comment")
    with pytest.raises(NotNow):
        await desk.ask_to_speak(ABSENT, True)
    with pytest.raises(CheckInRefused):
        await desk.check_in(ABSENT)
    sitting.proceed(2)
    await refused(NotNow, SIX, "question")


async def test_an_attendee_has_his_own_screen_and_signs_in_at_any_time() -> None:
    sitting = Full().begin(present=range(1, 9)).proceed()
    desk = desk_at(sitting)
    assert (desk.audience(FIVE), desk.audience(DEPUTY)) == ("member", "attendee:deputy")
    assert desk.me(DEPUTY)["present"] is False
    for _ in range(2):
        await desk.check_in(DEPUTY)
    mine = desk.me(DEPUTY)
    assert (mine["present"], mine["voter_class"], mine["attends_as"]) == (
        True,
        "deputy",
        {"zh": "代表", "en": "代表"},
    )
    assert (desk.me(FIVE)["voter_class"], desk.me(FIVE)["attends_as"]) == ("member", None)


def test_a_member_is_told_his_group_and_an_attendee_none() -> None:
    plan = full_plan()
    state = loaded(replace(plan, members=tuple(replace(one, group=2) for one in plan.members)))
    assert projections.me(state, FIVE)["group"] == 2
    assert projections.me(state, DEPUTY)["group"] is None


def test_whoever_stands_otherwise_is_told_and_nobody_else(sitting: Full) -> None:
    def told(*commands: c.Command) -> set[int]:
        before = sitting.state
        sitting.obey(*commands)
        return set(projections.heard_anew(before, sitting.state))

    five, six = MemberNo(FIVE), MemberNo(SIX)
    assert told(c.AskToSpeak(five)) == {5}
    assert told(c.AskToSpeak(six)) == {6}
    assert told(c.CallSpeaker(five)) == {5}
    assert told(c.CallSpeaker(six)) == {5, 6}
    assert told(c.SendQuestion(five, "何时？")) == {5}
    assert told(c.AdmitQuestion(0)) == {5}
    assert told(c.PutQuestion("成员7", "几时？")) == set()
    assert told(c.AskToSpeak(five)) == {5}
    assert told(c.CloseQuestion(True)) == {5}
    assert told(c.CloseQuestion(True)) == set()
    assert told(c.SendComment(six, "好。")) == set()
    assert told(c.GoTo(4, 0)) == {5, 6}, (
        "the request of one, the questions of the other, the floor of the third"
    )


async def test_the_convener_of_a_group_writes_its_summary_and_nobody_else(sitting: Full) -> None:
    """PROCEDURE.md row 30."""
    desk, convener = desk_at(sitting), 2
    with pytest.raises(NotNow):
        await desk.send(convener, "summary", "还没有分组")
    sitting.proceed()
    for text in ("初稿", "建议加大投入", "建议加大投入"):
        await desk.send(convener, "summary", text)
    assert sitting.state.summaries == {(3, 1): "建议加大投入"}
    for other in (FIVE, DEPUTY):
        with pytest.raises(NotNow):
            await desk.send(other, "summary", "不是召集人")
    sitting.proceed()
    with pytest.raises(NotNow):
        await desk.send(convener, "summary", "表决时不行")


def test_a_namesake_of_another_group_convenes_nothing() -> None:
    plan = full_plan()
    members = tuple(
        replace(one, name="成员2" if one.number == FIVE else one.name, group=2 if one.number == FIVE else 1)
        for one in plan.members
    )
    item = plan.item(3)
    namesakes = replace(plan, members=members)
    assert convened(namesakes, item, MemberNo(2)) == item.particulars.groups[0]
    assert convened(namesakes, item, MemberNo(FIVE)) is None
