"""Who sees what.  The public sees nothing of a personnel matter before it is carried (PROCEDURE.md R47)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from meeting import projections
from meeting.order import commands as c
from meeting.order.asking import Base, Majority
from meeting.order.rules import Rules
from meeting.order.sitting import MatterId, MemberNo
from meeting.projections import Count, View, Watching
from tests.meeting.order.bailu_day import COMPETENT, MEANS, SATISFIED, Bailu, sheets, spread
from tests.meeting.order.full_sitting import Full
from tests.meeting.order.small_sitting import N1, N2, Sitting, small_plan
from tests.meeting.order.test_decide import at_nominations, at_votes
from tests.meeting.order.test_declaration import LIU, MENG

COUNT = Count(
    paper="[…]", salt="s", code="ABCD-EFGH-IJKL-MNOP", visibility="secret", entitled=5, issued=5, returned=2
)
WRITTEN = {"for": [], "against": ["孟银杏"], "write_in": ["樊苍兰"]}


def public(sitting: Sitting) -> str:
    return json.dumps(projections.public(sitting.state, COUNT, 0), ensure_ascii=False)


def console(sitting: Sitting) -> projections.View:
    return projections.console(sitting.state, COUNT, Watching(5, 1, 1), 0)


def test_the_public_hears_of_a_nominee_only_when_he_is_carried() -> None:
    sitting = at_nominations()
    for _ in range(7):
        assert "甲" not in public(sitting)
        sitting.proceed()
    poll = sitting.poll.id
    sitting.obey(c.OpenPoll(poll))
    assert "甲" not in public(sitting)
    sitting.obey(c.ClosePoll(poll)).count()
    assert "任命甲为局长" in public(sitting)
    sitting.proceed()
    assert "乙" not in public(sitting), "the next one is not carried yet"


def test_the_public_never_hears_of_one_who_was_not_carried_or_was_deferred() -> None:
    sitting = at_votes()
    poll = sitting.poll.id
    sitting.obey(c.OpenPoll(poll), c.ClosePoll(poll)).count("not_carried", yes=3, no=2)
    assert "甲" not in public(sitting)
    sitting.proceed().obey(c.DeferMatter(N2, "主任会议", "plenary", "不明"))
    assert "乙" not in public(sitting)


def test_no_view_has_a_split_while_members_vote() -> None:
    sitting = at_votes()
    sitting.obey(c.OpenPoll(sitting.poll.id))
    state = sitting.state
    views = [
        projections.hall(state, COUNT, 0),
        projections.member(state, COUNT, 0),
        projections.teller(state, COUNT, 0),
        projections.public(state, COUNT, 0),
        console(sitting),
    ]
    for view in views:
        now = json.dumps([view["slide"], view.get("poll")])
        assert '"against"' not in now, view["audience"]
        assert '"counts"' not in now, view["audience"]


def test_the_console_lists_preconditions() -> None:
    sitting = at_nominations().obey(c.GoTo(5, 0))
    listed = {one["name"]: one["met"] for one in console(sitting)["preconditions"]}
    assert listed == {
        "quorum": True,
        "steps_done": False,
        "exam": True,
        "nominee_present": False,
        "tellers_approved": True,
    }


@pytest.mark.parametrize(("base", "needed"), [(Base.ALL_MEMBERS, 4), (Base.PRESENT, 3)])
def test_everybody_is_told_the_same_pass_line(base: Base, needed: int) -> None:
    plan = small_plan()
    sitting = Sitting(replace(plan, rules=replace(plan.rules, majority=Majority(base)))).convene()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count().proceed(8)
    sitting.obey(c.OpenPoll(sitting.poll.id))
    shown = console(sitting)
    assert shown["poll"]["needed"] == needed
    assert shown["programme"]["slide"]["needed"] == needed
    assert any(f"{needed}票" in said["zh"] for said in shown["script"])


def test_the_declaration_names_what_the_majority_is_taken_of() -> None:
    plan = small_plan()
    sitting = Sitting(replace(plan, rules=replace(plan.rules, majority=Majority(Base.PRESENT)))).convene()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count().proceed(8)
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count()
    said = console(sitting)["script"][-1]
    assert "超过出席人员的半数" in said["zh"]
    assert "more than half of the members present" in said["en"]


def test_me_is_the_members_own() -> None:
    sitting = at_votes().obey(c.Recuse(MemberNo(4), N1, "近姻亲"))
    mine = projections.me(sitting.state, 4)
    assert mine["recused"] == ["N1"]
    assert mine["checked_in"] is True
    assert projections.me(sitting.state, 7)["checked_in"] is False
    assert projections.me(sitting.state, 5)["recused"] == []


def test_a_deferral_stands_on_the_hall_screen() -> None:
    sitting = at_nominations().proceed(6).obey(c.DeferMatter(N2, "主任会议", "plenary", "不明"))
    slide = projections.hall(sitting.state, None, 0)["slide"]
    assert (slide["kind"], slide["outcome"]) == ("disposal", "deferred")
    assert slide["notice"]["zh"].endswith("任命乙为局长暂缓表决。")


# --- what the public is told of the other kinds of vote ---

EVALUATED = spread("item-6", COMPETENT, (11, 14, 4, 1))


def told(sitting: Sitting) -> list[View]:
    decided: list[View] = projections.public(sitting.state, COUNT, 0)["decided"]
    return decided


def test_the_public_hears_of_an_evaluated_official_only_by_the_result() -> None:
    sitting = Bailu().at(6, 0)
    for step in (0, 1, 2):
        assert "薛丹桂" not in public(sitting.at(6, step))
        assert "评议任命干部" in public(sitting)
    sitting.open()
    assert "薛丹桂" not in public(sitting)
    sitting.cast(EVALUATED, {"office_head": [], "deputy": spread("item-6", COMPETENT, (3, 4, 1, 0))})
    [one] = told(sitting)
    assert one["verdict"]["zh"] == "称职"
    assert [row["figure"] for row in one["tables"][0]["rows"]] == ["11", "14", "4", "1"]
    assert one["tables"][0]["rows"][1]["mark"]["zh"] == "测评结果"
    assert [each["label"]["zh"] for each in one["advisory"]] == [
        "县人大常委会工作机构负责人",
        "部分县人大代表",
    ]


def test_candidates_are_not_public_before_the_election_is_declared() -> None:
    sitting = Bailu().at(11)
    assert "孟银杏" not in public(sitting)
    sitting.open()
    assert "孟银杏" not in public(sitting)
    marks = [MENG] * 14 + [LIU] * 14 + [WRITTEN]
    sitting.cast([{"item-11": mark} for mark in marks])
    assert "孟银杏" not in public(sitting), "counted, and not declared"
    sitting.obey(c.ConfirmCount(sitting.poll.id, MemberNo(19)))
    [one] = told(sitting)
    assert one["verdict"]["zh"] == "另行选举"
    assert [(row["label"]["zh"], row["figure"]) for row in one["tables"][0]["rows"]] == [
        ("孟银杏", "14"),
        ("柳合欢", "14"),
        ("另选他人", "1"),
    ]
    assert "樊苍兰" not in public(sitting), "who was written in is a number"
    sitting.obey(c.CallRound(sitting.poll.id))
    slide = projections.public(sitting.state, COUNT, 0)["slide"]
    assert slide["kind"] == "withheld"
    sitting.open().cast([{"item-11": mark} for mark in [MENG] * 19 + [LIU] * 10])
    assert [each["verdict"]["zh"] for each in told(sitting)] == ["另行选举", "孟银杏当选"]
    assert told(sitting)[1]["round"]["zh"] == "第2次投票"


def test_somebody_written_in_who_is_elected_is_public() -> None:
    sitting = Bailu().at(11).open()
    sitting.cast([{"item-11": WRITTEN}] * 20).obey(c.ConfirmCount(sitting.poll.id, MemberNo(19)))
    assert told(sitting)[0]["verdict"]["zh"] == "樊苍兰当选"


def test_a_dismissal_is_public_when_it_is_carried_and_never_else() -> None:
    sitting = Bailu()
    for step in (0, 1, 2):
        assert "贺荆条" not in public(sitting.at(13, step))
    sitting.carry(13, 23, 3, 3)
    assert "贺荆条" in public(sitting)
    lost = Bailu().carry(13, 15, 3, 3)
    assert "贺荆条" not in public(lost)
    assert "贺荆条" not in public(lost.at(15, 0)), "nor in the summary of the day"


def test_what_groups_say_of_nominees_stays_in_the_room() -> None:
    sitting = Bailu().at(8).obey(c.RecordSummary(8, 1, "建议暂缓方青松。"))
    assert "方青松" not in public(sitting)
    assert "建议暂缓方青松" in json.dumps(projections.hall(sitting.state, None, 0), ensure_ascii=False)


def test_the_publics_summary_has_what_was_carried_and_declared() -> None:
    sitting = Bailu().carry(9, 30).carry(10, 15, 14, 1).at(15, 0)
    lines = projections.public(sitting.state, None, 0)["slide"]["lines"]
    assert [line["number"] for line in lines] == [9]
    whole = projections.hall(sitting.state, None, 0)["slide"]["lines"]
    assert [line["outcome"]["zh"] for line in whole] == ["通过", "未通过"]


def test_a_bloc_is_public_by_those_of_it_that_are_carried() -> None:
    sitting = Full().begin().to(5)
    sitting.obey(c.DeferMatter(MatterId("N2"), "主任会议", "plenary", "有新情况"))
    sitting.obey(c.OverridePrecondition("removal_first", "已免职"))
    sitting.open().cast([{"B1": "for"}] * 8)
    one = told(sitting)[-1]
    assert one["title"]["zh"] == "合并表决的人事任免事项"
    assert [title["zh"] for title in one["titles"]] == ["决定任命甲为局长"]


def test_what_a_majority_is_taken_of_is_told_to_the_public() -> None:
    sitting = Full(
        Rules(total_members=9, plain_http=True, majority=Majority(Base.PRESENT, "2/3", True))
    ).begin()
    assert told(sitting)[0]["figures"]["zh"] == "出席8，出席人员的三分之二以上6票"


def test_a_grade_of_a_unit_is_public_with_its_scores_once_it_is_declared() -> None:
    sitting = Bailu().at(5).open()
    assert "88.4" not in public(sitting)
    grades = spread("item-5-grade", SATISFIED, (14, 13, 3))
    sitting.cast([{"item-5-score": s, **g} for s, g in zip(sheets(MEANS, 30), grades, strict=True)])
    score, grade = told(sitting)[0]["tables"]
    assert score["caption"]["zh"] == "综合得分85.3分，有效评分表30张"
    assert [row["figure"] for row in score["rows"]] == [str(mean) for mean in MEANS]
    assert grade["caption"]["zh"] == "满意率90.0%"
