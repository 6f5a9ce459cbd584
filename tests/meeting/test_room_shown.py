"""Everybody in the room as the screens show it: counts, groups, who presides, and what the gallery may see."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

import pytest

from display.slides import as_json
from meeting import projections
from meeting.demo import BAILU
from meeting.office.sitting_file import check_sitting, read_sitting
from meeting.order import announcement
from meeting.order import commands as c
from meeting.order.sitting import MemberNo, Plan
from meeting.order.state import Position, State
from meeting.phone_desk import AlreadyWritten, NotNow, PhoneDesk, TooMuchText
from meeting.projections.hall_slide import slide
from meeting.wording import words
from tests.meeting.order.crowd import CHAIR, DEPUTY, FIVE, HEAD, LISTENER, VICE, Crowded
from tests.meeting.order.small_sitting import Sitting

DEMO = BAILU.read_text(encoding="utf-8")
EVERYBODY = (*range(1, 9), 10, 11, 12, 13, 14, 15, 16)


def convened() -> Crowded:
    sitting = Crowded()
    sitting.begin(present=EVERYBODY)
    return sitting


def console(state: State) -> Mapping[str, Any]:
    return projections.console(state, None, projections.Watching(), 0)


# --- in the file ---


def test_the_file_gives_attendees_by_count_or_by_name_and_a_group() -> None:
    text = DEMO.replace(
        "  - {count: 6, kind_zh: 一府一委两院负责人,",
        "  - {name: 潘青冈, kind_zh: 县人民法院院长, group: 2}\n  - {count: 6, kind_zh: 一府一委两院负责人,",
    )
    plan = read_sitting(text).plan
    assert [one.number for one in plan.people("office_head")] == [32, 33, 34, 35]
    named = plan.person(MemberNo(44))
    assert (named.name, named.group, plan.class_of(named.number)) == ("潘青冈", 2, "")
    assert plan.name_of(MemberNo(45)) == "一府一委两院负责人1"
    assert [one.number for one in plan.gallery] == list(range(51, 56))
    assert {one.code for one in check_sitting(text.replace("{name: 潘青冈, ", "{"))} == {"missing-key"}
    twice = text.replace("{name: 潘青冈, ", "{name: 丁小满, ")
    assert {one.code for one in check_sitting(twice)} == {"duplicate-member-name"}


def test_the_file_may_say_who_presides_and_the_gallery_never_speaks() -> None:
    text = DEMO.replace("  venue_en: S", "  presider: 周夏至\n  venue_en: S")
    assert Sitting(read_sitting(text).plan).state.presider == 2
    unknown = text.replace("presider: 周夏至", "presider: 无名氏")
    assert {one.code for one in check_sitting(unknown)} == {"unknown-member"}
    assert {one.code for one in check_sitting(DEMO.replace("may_speak: false", "may_speak: true"))}


# --- counted and shown (row 6) ---


def test_attendees_and_gallery_are_counted_for_desks_hall_and_public() -> None:
    sitting = Crowded()
    sitting.obey(*(c.RecordArrival(MemberNo(number)) for number in EVERYBODY))
    view = console(sitting.state)
    assert [one["number"] for one in view["attendees"]] == [10, 11, 12, 13, 14, 15]
    assert [(one["number"], one["presence"]) for one in view["gallery"]] == [
        (16, "present"),
        (17, "expected"),
    ]
    assert as_json(slide(sitting.state, None))["others"]["zh"] == "列席6人，旁听1人"
    attendance = projections.public(sitting.state, None, 0)["attendance"]
    assert [(one["label"]["zh"], one["present"]) for one in attendance["attending"]] == [
        ("代表", 5),
        ("一府一委两院负责人", 1),
    ]
    assert [(one["label"]["zh"], one["present"]) for one in attendance["listening"]] == [("公民旁听", 1)]


def test_attendees_are_listed_with_their_group() -> None:
    sitting = convened().proceed().proceed()
    assert as_json(slide(sitting.state, None))["groups"][0]["members"] == ["法院院长"]
    assert [one["attendees"] for one in console(sitting.state)["groups"]] == [1]
    assert projections.me(sitting.state, HEAD)["group"] == 1


# --- phones ---


def test_who_is_never_asked_sees_what_members_see_but_papers() -> None:
    sitting = convened().proceed(3)
    assert sitting.state.poll is not None
    told = projections.Count("[]", "salt", "", "secret", 8, 8, 0)
    member = projections.member(sitting.state, told, 0)
    seen = projections.attendee(sitting.state, "", told, 0)
    assert member["poll"] is not None
    assert (seen["audience"], seen["poll"], seen["slide"]) == ("attendee", None, member["slide"])
    mine = projections.me(sitting.state, HEAD)
    assert (mine["voter_class"], mine["gallery"], mine["attends_as"]["en"]) == ("", False, "heads of organs")


def test_the_gallery_sees_what_the_public_may_see_and_nothing_else() -> None:
    """At no step of the day does a phone in the gallery know what the public page does not show."""
    sitting = convened()
    for position in sitting.state.positions():
        state = replace(sitting.state, at=position)
        told = projections.Count("[]", "salt", "", "secret", 8, 8, 0)
        view = projections.gallery(state, told, 0)
        assert view["slide"] == projections.public(state, told, 0)["slide"]
        assert set(view) == {"type", "audience", "seq", "at", "slide", "poll", "item"}
        assert (view["audience"], view["poll"]) == ("gallery", None)
    assert "乙" not in json.dumps(
        projections.gallery(replace(sitting.state, at=Position(5, 0)), None, 0), ensure_ascii=False
    )


def test_the_gallery_may_write_while_nobody_votes() -> None:
    sitting = convened().proceed()
    assert projections.gallery(sitting.state, None, 0)["item"] == 3
    sitting.proceed(2).open()
    assert projections.gallery(sitting.state, None, 0)["item"] is None
    silent = replace(sitting.state, plan=replace(sitting.state.plan, written_comments=False))
    assert projections.gallery(silent, None, 0)["item"] is None


class Conductor:
    """The order of business without its journal and screens."""

    def __init__(self, sitting: Crowded) -> None:
        self.sitting = sitting

    @property
    def state(self) -> State:
        return self.sitting.state

    async def obey(self, command: c.Command) -> None:
        self.sitting.obey(command)


async def test_a_comment_from_the_gallery_reaches_the_desks_and_never_the_hall() -> None:
    sitting = convened().proceed()
    desk = PhoneDesk(cast(Any, Conductor(sitting)), {})
    assert (desk.audience(LISTENER), desk.audience(HEAD), desk.audience(DEPUTY)) == (
        "gallery",
        "attendee",
        "attendee:deputy",
    )
    before = projections.hall(sitting.state, None, 0)["slide"]
    for _ in range(2):
        await desk.send(LISTENER, "comment", "水质公示要到村。", 3)
    assert [one["gallery"] for one in console(sitting.state)["comments"]] == [True]
    assert projections.hall(sitting.state, None, 0)["slide"] == before
    assert "水质公示" not in json.dumps(projections.public(sitting.state, None, 0), ensure_ascii=False)
    assert desk.me(LISTENER)["commented"] == [3]
    with pytest.raises(AlreadyWritten):
        await desk.send(LISTENER, "comment", "再说一句。", 3)
    with pytest.raises(TooMuchText):
        await desk.send(LISTENER, "comment", "长" * 201, 2)
    with pytest.raises(NotNow):
        await desk.send(LISTENER, "question", "为什么？")
    with pytest.raises(NotNow):
        await desk.ask_to_speak(LISTENER, True)


# --- who presides (row 3) ---


def closing(plan: Plan) -> tuple[int, int]:
    return plan.items[-1].number, 0


def test_desk_and_hall_name_whoever_presides() -> None:
    sitting = Sitting(read_sitting(DEMO).plan)
    sitting.convene([one.number for one in sitting.state.plan.members])
    assert console(sitting.state)["chair"]["name"] == "江立春"
    sitting.obey(c.HandOver(VICE), c.GoTo(*closing(sitting.state.plan)))
    view = console(sitting.state)
    assert (view["chair"]["name"], view["chair"]["here"]) == ("周夏至", True)
    assert view["presided"] == ["江立春", "周夏至"]
    assert CHAIR in {one["number"] for one in view["may_preside"]}
    assert FIVE in {one["number"] for one in view["may_preside"]}, "a vice-chair, too"
    assert view["step"]["speaker"] == "周夏至"
    sitting.obey(c.Proceed())
    assert as_json(slide(sitting.state, None))["speaker"] == "周夏至"
    assert "周夏至" in "".join(words(one)["zh"] for one in announcement.script(sitting.state))
    sitting.obey(c.RecordDeparture(VICE, "江立春"))
    assert console(sitting.state)["chair"]["here"] is False
