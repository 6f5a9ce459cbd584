"""What the desks are shown: the rules of a vote, the floor, a count before its declaration, and who may see that."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from meeting import projections
from meeting.order import commands as c
from meeting.order.particulars import Source
from meeting.order.rules import Announce
from meeting.order.sitting import MemberNo
from tests.meeting.console.played import Played, bailu
from tests.meeting.order.full_sitting import Full, full_plan

ELECTION = "item-11"


def for_(name: str, *others: str) -> dict[str, Any]:
    against = ["孟银杏"] if others else []
    return {ELECTION: {"for": [name] if name else [], "against": against, "write_in": list(others)}}


def said(view: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["value"]["zh"] for one in view["rules"]}


# --- the rules ---


def test_the_rules_that_govern_a_vote_are_shown_before_it() -> None:
    sitting = Played().begin().to(6, 2)
    rules = said(sitting.console())
    assert rules["manner"] == "无记名"
    assert "16票（31人）" in rules["majority"]
    assert "负责人4人" in rules["advice"]
    assert "代表8人" in rules["advice"]
    assert rules["changes"] == "提交后不能改"
    assert rules["names"] == "谁也看不到谁怎么投"
    assert rules["announce"] == "计票后立即显示"
    sitting.to(13, 2)
    assert said(sitting.console())["manner"] == "无记名（法律规定）"
    sitting.to(4, 1)
    assert sitting.console()["rules"] == [], "nothing is put to the vote"


def test_rules_that_the_file_sets_are_those_that_are_shown() -> None:
    sitting = Played(
        bailu(
            announce=Announce.TELLERS_CONFIRM,
            change_of_mind=True,
            names_on_hall=True,
            ballot_timer_s=None,
            not_pressed_label="",
        )
    ).begin()
    sitting.to(2)
    rules = said(sitting.console())
    assert rules["names"] == "姓名随结果显示在大屏上"
    assert "time" not in rules
    assert "not-returned" not in rules
    sitting.to(12)
    rules = said(sitting.console())
    assert (rules["announce"], rules["places"]) == ("监票人确认后显示", "最多选3项")
    assert rules["changes"] == "截止前可以重投，最后一次有效"
    assert sitting.console()["poll"]["needed"] is None, "most votes win: there is no line"


# --- a count before its declaration ---


def test_a_count_that_is_not_declared_is_for_the_desks_alone() -> None:
    sitting = Played(bailu(announce=Announce.TELLERS_CONFIRM)).begin().to(11).open()
    sitting.close([for_("孟银杏")] * 14 + [for_("柳合欢")] * 15 + [for_("", "樊苍兰")])
    assert sitting.poll.stage.value == "counted"
    for desk in (sitting.console(), sitting.desk()):
        found = desk["poll"]["result"] if desk["audience"] == "console" else desk["result"]
        assert found["questions"][0]["votes"] == {"孟银杏": 14, "柳合欢": 15, "樊苍兰": 1}
    told = sitting.told()
    for view in (
        projections.hall(sitting.state, told, 0),
        projections.member(sitting.state, told, 0),
        projections.attendee(sitting.state, "deputy", told, 0),
        projections.public(sitting.state, told, 0),
    ):
        text = json.dumps(view, ensure_ascii=False)
        assert "樊苍兰" not in text, view["audience"]
        assert '"votes"' not in text


def test_before_the_count_no_desk_knows_any_answer() -> None:
    sitting = Played().begin().to(6, 2).open()
    sitting.returned = 20
    assert sitting.console()["poll"]["result"] is None
    assert [one["result"] for one in sitting.console()["poll"]["advisory"]] == [None, None]
    assert sitting.desk()["result"] is None


def test_classes_that_advise_have_their_own_papers() -> None:
    sitting = Played().begin().to(6, 2).open()
    shown = sitting.console()["poll"]["advisory"]
    assert [(one["voter_class"], one["entitled"], one["issued"]) for one in shown] == [
        ("office_head", 4, 4),
        ("deputy", 8, 8),
    ]
    question = sitting.poll.question
    sitting.close(
        [{question: "称职"}] * 30,
        {"office_head": [{question: "优秀"}] * 4, "deputy": [{question: "称职"}] * 7},
    )
    poll = sitting.console()["poll"]
    assert poll["result"]["verdict"]["zh"] == "称职"
    assert poll["advisory"][0]["result"]["questions"][0]["counts"]["优秀"] == 4
    sheet = sitting.desk()["reconciliation"]
    assert [one["voter_class"] for one in sheet["advisory"]] == ["office_head", "deputy"]
    assert all(each["holds"] for part in (sheet, *sheet["advisory"]) for each in part["equations"]), (
        "every equation of every class"
    )


# --- in place of the system ---


def test_a_show_of_hands_is_within_reach_until_the_count() -> None:
    sitting = Played().begin().to(9)
    assert sitting.console()["by_hands"] == {"why_not": None, "running": False}
    sitting.open()
    assert sitting.console()["by_hands"]["running"] is True
    sitting.close([{"R1": "for"}] * 30)
    assert sitting.console()["by_hands"] is None
    sitting.to(13, 2)
    assert "无记名" in sitting.console()["by_hands"]["why_not"]["zh"]
    sitting.to(4, 1)
    assert sitting.console()["by_hands"] is None


def test_it_is_offered_while_no_paper_can_be_prepared() -> None:
    sitting = Played().begin().to(9)
    state = replace(sitting.state, polls={})
    view = projections.console(state, None, projections.Watching(), 0)
    assert view["poll"] is None
    assert view["by_hands"] == {"why_not": None, "running": False}


# --- the floor ---


def test_questions_from_phones_wait_apart_until_the_chair_admits_them() -> None:
    sitting = Played().begin().to(4, 1)
    planned = sitting.console()["planned"]
    assert [one["by"] for one in planned] == ["田雨水", "冯七夕", "杨立冬", "宋小寒", "县人大代表（列席）"]
    first = planned[0]
    sitting.obey(c.PutQuestion(first["by"], first["text"]["zh"], Source(first["source"])))
    sitting.obey(c.SendQuestion(MemberNo(12), "何时通水？"))
    view = sitting.console()
    assert [one["text"] for one in view["questions"]] == [first["text"]["zh"]]
    assert [(one["number"], one["by"], one["source"]) for one in view["sent"]] == [
        (1, "冯七夕", "spontaneous")
    ]
    follow_up = next(one for one in view["planned"] if one["follows"] is not None)
    assert (follow_up["by"], follow_up["follows"]) == ("田雨水", 0)
    sitting.obey(c.AdmitQuestion(1), c.AssignRespondent(0, "骆水杉"))
    sitting.obey(c.PutQuestion("田雨水", follow_up["text"]["zh"], Source.PLANNED, follows=0))
    view = sitting.console()
    assert [(one["to"], one["follows"]) for one in view["questions"]] == [
        ("骆水杉", None),
        ("", None),
        ("", {"by": "田雨水", "text": first["text"]["zh"]}),
    ]
    assert view["sent"] == []
    assert view["respondents"] == ["骆水杉", "蒋云杉"]
    sitting.obey(c.SendQuestion(MemberNo(12), "还有呢？"), c.DeclineQuestion(3))
    assert sitting.console()["sent"] == []


def test_who_asks_to_speak_and_what_groups_report() -> None:
    sitting = Played().begin().to(8)
    sitting.obey(c.AskToSpeak(MemberNo(7)), c.CallSpeaker(MemberNo(8)), c.RecordSummary(8, 2, "同意"))
    sitting.obey(c.SendComment(MemberNo(12), "抓紧办理"))
    view = sitting.console()
    assert view["speaking"]["speaker"]["name"] == "卫谷雨"
    assert [one["name"] for one in view["speaking"]["requests"]] == ["丁小满"]
    assert [(one["number"], one["summary"]) for one in view["groups"]] == [(1, ""), (2, "同意"), (3, "")]
    assert view["comments"] == [{"by": "冯七夕", "text": "抓紧办理", "gallery": False, "recorded_by": ""}]


def test_attendees_have_a_roll_of_their_own_and_video_is_seen() -> None:
    sitting = Played().begin()
    sitting.obey(c.RecordDeparture(MemberNo(31), "江立春"), c.RecordArrival(MemberNo(31), video=True))
    view = sitting.console()
    assert len(view["roll"]) == 31
    assert {one["voter_class"] for one in view["attendees"]} == {"office_head", "deputy", ""}
    assert view["attendees"][0]["number"] == 32
    assert [one["number"] for one in view["roll"] if one["video"]] == [31]
    assert view["attendance"]["by_video"] == 1
    sitting.to(2).open()
    parts = sitting.desk()["reconciliation"]["equations"][1]
    assert {one["name"]: one["number"] for one in parts["parts"]} == {
        "entitled": 29,
        "recused": 0,
        "by_video": 1,
    }
    assert parts["holds"]


def test_ceremony_stays_on_the_agenda_until_it_is_known_for_whom() -> None:
    sitting = Played().begin()
    ceremony = sitting.console()["agenda"][13]["steps"]
    assert [one["open"] for one in ceremony] == [True, True, True]
    sitting.obey(c.TerminateMatter("N3", "撤回"))  # type: ignore[arg-type]  # as the file writes it
    assert [one["open"] for one in sitting.console()["agenda"][13]["steps"]] == [True, False, True]


# --- the tellers' desk ---


@pytest.mark.parametrize("zero_check", [True, False])
def test_the_box_is_seen_empty_before_the_first_secret_ballot(zero_check: bool) -> None:
    sitting = Full(replace(full_plan().rules, zero_check=zero_check)).begin().obey(c.GoTo(5, 0))
    desk = projections.teller(sitting.state, None, 0)
    assert desk["duty"] == ("empty_box" if zero_check else "")
    assert desk["box"] == {"wanted": zero_check, "seen_by": None}
    if zero_check:
        sitting.obey(c.ConfirmEmptyBox(sitting.poll.id, MemberNo(2)))
        desk = projections.teller(sitting.state, None, 0)
        assert (desk["duty"], desk["box"]["seen_by"]) == ("", "成员2")


def test_what_waits_for_a_teller_is_one_thing_at_a_time() -> None:
    sitting = Full(replace(full_plan().rules, announce=Announce.TELLERS_CONFIRM))

    def duty() -> str:
        return str(projections.teller(sitting.state, None, 0)["duty"])

    assert duty() == ""
    sitting.convene((1, 2, 3, 4, 5, 6, 7, 8))
    poll = sitting.poll.id
    sitting.obey(c.OpenPoll(poll))
    assert duty() == "", "hands are still being counted"
    sitting.obey(c.EnterTotals(poll, {"item-2": {"for": 8, "against": 0, "abstain": 0}}))
    assert duty() == "totals"
    sitting.obey(c.VoidPoll(poll, "数错了"))
    assert duty() == "void"
    sitting.obey(c.ConfirmTotals(poll, MemberNo(3)))
    sitting.cast([{"item-2": "for"}] * 8).to(4).open()
    sitting.cast([{"R1": "for"}] * 8)
    assert duty() == "count"
    sitting.obey(c.ObjectToCount(sitting.poll.id, MemberNo(2), "不符"))
    assert duty() == "objected"
    sitting.obey(c.RejectCount(sitting.poll.id, "重来"))
    assert duty() == ""


def test_a_teller_sees_every_spelling_and_what_was_ruled() -> None:
    sitting = Played().begin().to(11).open()
    sitting.close([for_("孟银杏")] * 14 + [for_("", "樊苍兰")] * 9 + [for_("", "范苍兰")] * 7)
    shown = sitting.desk()["write_ins"]
    assert [(one["name"], one["votes"], one["candidate"]) for one in shown] == [
        ("孟银杏", 14, True),
        ("柳合欢", 0, True),
        ("樊苍兰", 9, False),
        ("范苍兰", 7, False),
    ]
    ruling = c.RuleWriteIns(sitting.poll.id, ELECTION, ("樊苍兰", "范苍兰"), "樊苍兰", sitting.teller)
    merged = json.loads(json.dumps(sitting.poll.result))
    merged["questions"][ELECTION]["votes"] = {"孟银杏": 14, "柳合欢": 0, "樊苍兰": 16}
    sitting.obey(c.RecordRuling(ruling, merged))
    desk = sitting.desk()
    assert [one["name"] for one in desk["write_ins"]] == ["孟银杏", "柳合欢", "樊苍兰"]
    assert desk["rulings"] == [{"question": ELECTION, "same": ["樊苍兰", "范苍兰"], "name": "樊苍兰"}]


def test_the_sheet_that_tellers_sign_has_every_figure() -> None:
    sitting = Played().begin().to(3).open()
    sitting.close([{"item-3": "for"}] * 28 + [{"item-3": "against"}])
    sheet = sitting.desk()["reports"][-1]
    assert {
        key: sheet[key] for key in ("due", "present", "recused", "issued", "returned", "not_returned")
    } == {
        "due": 31,
        "present": 30,
        "recused": 0,
        "issued": 30,
        "returned": 29,
        "not_returned": 1,
    }
    assert sheet["questions"][0]["counts"] == {"for": 28, "against": 1, "abstain": 0}
    assert sheet["verdict"]["zh"] == "通过"
    sitting.to(4, 3).open()
    assert sitting.desk()["reports"] == [], "while members vote nobody signs"
