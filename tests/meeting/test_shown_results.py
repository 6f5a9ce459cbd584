"""Declared results as hall, teller and public get them: who advised stands apart, names only where the rules say so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from display.slides import as_json
from meeting import projections
from meeting.order import announcement
from meeting.order import commands as c
from meeting.order.rules import Rules
from meeting.order.sitting import MemberNo
from meeting.projections.frame import Count
from meeting.projections.hall_slide import slide
from meeting.wording import words
from tests.meeting.order.full_sitting import Full, counted

RULES = Rules(total_members=9, plain_http=True)
COUNT = Count(paper="", salt="", code="", visibility="secret", entitled=8, issued=8, returned=8)
SHEET = {"item-3-score": {"1": 80, "2": 90}, "item-3-grade": "满意"}
MENG = {"item-6": {"for": ["孟"], "against": ["柳"], "write_in": []}}
LIU = {"item-6": {"for": ["柳"], "against": ["孟"], "write_in": []}}


def shown(sitting: Full) -> dict[str, Any]:
    return as_json(slide(sitting.state, COUNT))


def said(sitting: Full) -> str:
    return "".join(words(one)["zh"] for one in announcement.result(sitting.state, sitting.poll))


def test_scores_and_grade_are_shown_together_and_advice_apart() -> None:
    sitting = Full(RULES).begin().to(3).open()
    sitting.cast([SHEET] * 8, [{**SHEET, "item-3-grade": "不满意"}] * 5)
    result = shown(sitting)
    score, grade = result["questions"]
    assert (score["kind"], score["overall"]) == ("score", 86.7)
    assert (grade["grade"], grade["rate"]) == ("满意", 100.0)
    [advice] = result["advisory"]
    assert (advice["voter_class"], advice["label"]["zh"], advice["returned"]) == ("deputy", "代表", 5)
    assert advice["questions"][-1]["counts"] == {"满意": 0, "基本满意": 0, "不满意": 5}
    assert "测评结果为满意" in said(sitting)
    assert "供参考，不计入结果" in said(sitting)


@pytest.mark.parametrize("on_hall", [True, False])
def test_names_of_an_open_vote_stand_on_the_hall_only_where_the_rules_say_so(on_hall: bool) -> None:
    sitting = Full(replace(RULES, names_recorded=True, names_on_hall=on_hall)).begin().to(4).open()
    sitting.obey(c.ClosePoll(sitting.poll.id))
    ballots = [{"R1": "for"}] * 7 + [{"R1": "against"}]
    names = {"R1": {"for": tuple(MemberNo(n) for n in range(1, 8)), "against": (MemberNo(8),)}}
    sitting.obey(c.RecordCount(sitting.poll.id, counted(sitting.state, sitting.poll, ballots), names))
    on_screen = shown(sitting)["names"]
    if on_hall:
        assert on_screen["R1"]["against"] == ["成员8"]
    else:
        assert on_screen is None
    assert sitting.poll.names is not None, "they are on the record"


def test_a_result_that_decides_nothing_says_what_comes_next() -> None:
    sitting = Full(RULES).begin().to(6).open().cast([MENG] * 4 + [LIU] * 4)
    result = shown(sitting)
    assert (result["outcome"], result["next"], result["next_names"]) == (
        "no_majority",
        "further",
        ["孟", "柳"],
    )
    assert "没有候选人获得全体组成人员过半数的选票，不足的名额另行选举。" in said(sitting)
    sitting.obey(c.CallRound(sitting.poll.id))
    asking = shown(sitting)
    assert (asking["kind"], asking["contest"], asking["round"]) == ("asking", "further", 2)


def test_every_figure_of_a_count_is_there_to_be_added_up() -> None:
    sitting = Full(RULES).begin().to(4).open().cast([{"R1": "for"}] * 6 + [{"R1": "abstain"}])
    view = projections.teller(sitting.state, replace(COUNT, issued=8, returned=7), 0)
    assert all(one["holds"] for one in view["reconciliation"]["equations"])
    result = shown(sitting)
    figures = {
        key: result[key] for key in ("issued", "returned", "not_returned", "valid", "invalid", "needed")
    }
    assert figures == {"issued": 8, "returned": 7, "not_returned": 1, "valid": 7, "invalid": 0, "needed": 5}
    assert sitting.poll.counted_at == sitting.now


def test_the_count_of_raised_hands_is_a_result_like_any_other() -> None:
    sitting = Full(RULES).convene(range(1, 9)).raise_hands(7, 1)
    result = shown(sitting)
    assert (result["visibility"], result["outcome"]) == ("hands", "carried")
    assert result["counts"] == {"for": 7, "against": 1, "abstain": 0}


def test_a_member_and_an_attendee_are_told_who_they_are() -> None:
    state = Full(RULES).begin().state
    assert projections.me(state, 10)["voter_class"] == "deputy"
    assert projections.me(state, 10)["attends_as"]["zh"] == "代表"
    assert projections.me(state, 2)["attends_as"] is None


def test_an_attendee_asks_and_speaks_but_has_no_paper_where_only_members_vote() -> None:
    sitting = Full(RULES).begin().proceed()
    sitting.obey(c.SendQuestion(MemberNo(12), "村级管水员待遇如何保障？"), c.AskToSpeak(MemberNo(11)))
    assert sitting.state.questions[-1].source.value == "deputy"
    assert sitting.state.requests == (11,)
    sitting.to(4)
    assert sitting.state.poll_of("deputy") is None
    assert 12 not in sitting.state.voters_of(sitting.poll)
