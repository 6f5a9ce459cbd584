"""What the hall shows now, and that the public page never gets a name out of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from display.slides import as_json
from meeting import projections
from meeting.order import commands as c
from meeting.order.events import Cover
from meeting.order.particulars import Source
from meeting.order.rules import Announce, Rules
from meeting.order.sitting import MemberNo, Text
from meeting.projections.frame import Count
from meeting.projections.hall_slide import slide
from meeting.projections.standing import mark
from tests.meeting.order.bailu_day import SATISFIED, Bailu, spread
from tests.meeting.order.full_sitting import Full
from tests.meeting.order.small_sitting import N1, Sitting, loaded
from tests.meeting.order.test_decide import at_nominations, at_votes

OATH = (
    "我宣誓：忠于中华人民共和国宪法，维护宪法权威，履行法定职责，忠于祖国、忠于人民，恪尽职守、廉洁奉公，接受人民监督，"
    "为建设富强民主文明和谐美丽的社会主义现代化强国努力奋斗！"
)
"""宣誓决定 2 (PROCEDURE.md R52), letter by letter."""
COUNT = Count(
    paper="[…]", salt="s", code="ABCD-EFGH-IJKL-MNOP", visibility="secret", entitled=5, issued=5, returned=2
)


def test_members_gather_before_a_count_of_them() -> None:
    shown = as_json(slide(loaded(), None))
    assert (shown["kind"], shown["due"], shown["present"], shown["absent"]) == ("roll_call", 7, 0, 7)
    assert shown["begins"] == "09:00"
    assert shown["head"]["meeting"]["zh"] == "第一次会议"


def test_a_vote_tells_its_bases_and_its_place() -> None:
    sitting = at_votes().obey(c.Recuse(MemberNo(4), N1, "近姻亲"))
    shown = as_json(slide(sitting.state, COUNT))
    assert (shown["all_members"], shown["present"], shown["recused"], shown["needed"]) == (7, 5, 1, 4)
    assert shown["place"] == {"number": 5, "nth": 1, "of": 2}
    assert shown["again"] is False


def test_a_vote_held_again_says_so() -> None:
    sitting = at_votes()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.AbortPoll(sitting.poll.id, "错"))
    assert as_json(slide(sitting.state, COUNT))["again"] is True


def test_a_result_tells_its_papers() -> None:
    sitting = at_votes()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count()
    shown = as_json(slide(sitting.state, COUNT))
    assert [shown[key] for key in ("present", "recused", "issued", "returned", "valid", "invalid")] == [
        5, 0, 5, 5, 5, 0,
    ]  # fmt: skip


def test_the_agenda_stands_where_nobody_has_the_floor() -> None:
    sitting = at_nominations().obey(c.GoTo(4, 0))
    shown = as_json(slide(sitting.state, None))
    assert shown["kind"] == "agenda"
    assert [line["mark"] for line in shown["items"]][:4] == ["done", "carried", "ahead", "now"]
    assert mark(sitting.state, sitting.plan.item(7)) == "ahead"


def test_the_hall_alone_is_covered() -> None:
    sitting = at_votes().obey(c.CoverHall(Cover.BLANK))
    assert projections.hall(sitting.state, COUNT, 0)["slide"]["kind"] == "blank"
    assert projections.member(sitting.state, COUNT, 0)["slide"]["kind"] == "asking"
    sitting.obey(c.CoverHall(Cover.SLATE))
    assert projections.hall(sitting.state, COUNT, 0)["slide"]["kind"] == "slate"


def test_a_recess_is_everybodys_until_the_sitting_goes_on() -> None:
    sitting = at_nominations().obey(c.CoverHall(Cover.RECESS))
    shown = [view(sitting.state, None, 0)["slide"] for view in (projections.hall, projections.member)]
    assert [(one["kind"], one["step"]) for one in shown] == [("business", "recess")] * 2
    assert "甲" not in json.dumps(shown, ensure_ascii=False)
    assert "甲" not in json.dumps(projections.public(sitting.state, None, 0), ensure_ascii=False)
    sitting.proceed()
    assert projections.member(sitting.state, None, 0)["slide"]["kind"] == "pledge"
    sitting.obey(c.CoverHall(Cover.RECESS), c.ShowHall())
    assert projections.hall(sitting.state, None, 0)["slide"]["kind"] == "pledge"


def test_a_recess_takes_no_ballot_from_a_phone() -> None:
    sitting = at_votes()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.CoverHall(Cover.RECESS))
    assert projections.member(sitting.state, COUNT, 0)["slide"]["kind"] == "asking"


def test_the_public_agenda_names_nobody_who_is_not_carried() -> None:
    sitting = at_nominations().obey(c.GoTo(4, 0))
    named = replace(
        sitting.plan,
        items=tuple(
            replace(item, title=replace(item.title, zh="任命甲为局长")) if item.number == 5 else item
            for item in sitting.plan.items
        ),
    )
    state = replace(sitting.state, plan=named)
    view = projections.public(state, None, 0)
    assert view["slide"]["kind"] == "agenda"
    assert "甲" not in json.dumps(view, ensure_ascii=False)
    assert "甲" in json.dumps(projections.hall(state, None, 0), ensure_ascii=False)


def test_a_sitting_that_is_over_shows_its_name() -> None:
    sitting = Sitting().convene().obey(c.CloseSitting())
    shown = as_json(slide(sitting.state, None))
    assert (shown["kind"], shown["closed"]) == ("slate", True)


# --- votes of every kind ---


def asking(sitting: Sitting) -> dict[str, Any]:
    return as_json(slide(sitting.state, replace(COUNT, visibility=sitting.poll.visibility.value)))


def test_a_score_sheet_with_a_grade_is_asked_as_two_questions() -> None:
    score, grade = asking(Bailu().at(5))["ask"]
    assert (score["kind"], score["min"], score["max"], len(score["criteria"])) == ("score", 0, 100, 6)
    assert score["criteria"][0]["label"]["en"] == "Implementing state laws and regulations"
    assert [one["key"] for one in grade["scale"]] == ["满意", "基本满意", "不满意"]


def test_an_election_is_asked_with_its_seats_and_in_the_order_of_the_office() -> None:
    shown = asking(Bailu().at(11))
    [ask] = shown["ask"]
    assert (ask["seats"], ask["write_in"]) == (1, True)
    assert [one["key"] for one in ask["candidates"]] == ["孟银杏", "柳合欢"]
    assert (shown["needed"], shown["line"]["zh"]) == (16, "全体组成人员过半数")


def test_classes_that_advise_are_named_beside_the_vote() -> None:
    advising = asking(Bailu().at(6))["advising"]
    assert [(one["label"]["zh"], one["entitled"]) for one in advising] == [
        ("县人大常委会工作机构负责人", 4),
        ("部分县人大代表", 8),
    ]


def test_a_run_off_has_its_names_and_no_line() -> None:
    sitting = Full().begin().to(7).open()
    sitting.cast([{"item-7": ["农业", "水利"]}] * 4 + [{"item-7": ["农业", "教育"]}] * 4)
    result = as_json(slide(sitting.state, COUNT))
    assert (result["outcome"], result["next"], result["next_names"]) == ("tied", "runoff", ["水利", "教育"])
    assert (result["needed"], result["whole"]) == (None, 8)
    sitting.obey(c.CallRound(sitting.poll.id))
    shown = asking(sitting)
    assert (shown["contest"], shown["round"], shown["contest_names"]) == ("runoff", 2, ["水利", "教育"])
    assert (shown["needed"], shown["line"]["zh"]) == (None, "")
    assert [one["key"] for one in shown["ask"][0]["options"]] == ["水利", "教育"]


def test_what_was_counted_of_hands_is_not_shown_before_it_is_confirmed() -> None:
    sitting = Full().convene()
    assert asking(sitting)["hands"] is True
    totals = {"item-2": {"for": 3, "against": 1, "abstain": 0}}
    sitting.obey(c.OpenPoll(sitting.poll.id))
    before = asking(sitting)
    sitting.obey(c.EnterTotals(sitting.poll.id, totals))
    assert asking(sitting) == before
    sitting.obey(c.ConfirmTotals(sitting.poll.id, MemberNo(3)))
    shown = asking(sitting)
    assert (shown["stage"], shown["kind"]) == ("closing", "asking")
    assert "counts" not in shown


def test_a_failure_of_the_system_is_said_on_the_hall() -> None:
    sitting = Full().begin().to(6).open()
    assert asking(sitting)["fault"] is False
    sitting.obey(c.UseHands("断电", MemberNo(2)))
    shown = asking(sitting)
    assert (shown["fault"], shown["hands"], shown["again"]) == (True, True, True)


def test_a_count_that_waits_looks_like_counting() -> None:
    rules = Rules(total_members=9, plain_http=True, announce=Announce.CHAIR_REVEALS)
    sitting = Full(rules).begin().to(8).open().cast([{"X1": "for"}] * 8)
    shown = asking(sitting)
    assert (shown["kind"], shown["stage"]) == ("asking", "closing")
    assert "carried" not in json.dumps(shown)
    sitting.obey(c.RevealResult(sitting.poll.id))
    assert as_json(slide(sitting.state, COUNT))["kind"] == "result"


def test_a_grade_says_why_it_is_this_one() -> None:
    sitting = Bailu().at(4).open().cast(spread("item-4", SATISFIED, (14, 13, 3)))
    shown = as_json(slide(sitting.state, COUNT))
    [grade] = shown["questions"]
    assert grade["because"]["zh"] == "满意、基本满意合计27票，超过全体组成人员的半数"
    assert (grade["rate"], grade["rate_label"]["en"]) == (90.0, "Satisfaction rate")
    assert shown["said"]["zh"] == "满意14票，基本满意13票，不满意3票。测评结果为基本满意。"
    assert (shown["whole"], shown["needed"]) == (31, 16)
    best = Bailu().at(4).open().cast(spread("item-4", SATISFIED, (16, 0, 14)))
    assert as_json(slide(best.state, COUNT))["questions"][0]["because"]["zh"] == (
        "满意16票，超过全体组成人员的半数"
    )


# --- the floor ---


def test_a_question_stands_with_who_asks_who_answers_and_what_it_follows() -> None:
    sitting = Bailu().at(4, 1)
    sitting.obey(c.PutQuestion("田雨水", "何时建成？", Source.PLANNED, "骆水杉"))
    sitting.obey(c.PutQuestion("县人大代表（列席）", "待遇如何保障？", Source.DEPUTY))
    shown = as_json(slide(sitting.state, None))
    assert shown["question"] == ["田雨水", "何时建成？"]
    assert (shown["inquiry"]["source"]["zh"], shown["inquiry"]["respondent"]) == ("会前准备", "骆水杉")
    assert shown["waiting"] == [["县人大代表（列席）", "待遇如何保障？"]]
    sitting.obey(c.CloseQuestion(True), c.CloseQuestion(True))
    sitting.obey(c.PutQuestion("田雨水", "具体月份？", follows=0))
    again = as_json(slide(sitting.state, None))["inquiry"]
    assert again["follows"] == ["田雨水", "何时建成？"]


def test_a_question_from_a_phone_is_not_shown_before_the_chair_admits_it() -> None:
    sitting = Bailu().at(4, 1).obey(c.SendQuestion(MemberNo(27), "水费为什么没有公开？"))
    assert "水费" not in json.dumps(as_json(slide(sitting.state, None)), ensure_ascii=False)
    sitting.obey(c.AdmitQuestion(0))
    assert as_json(slide(sitting.state, None))["question"] == ["宋小寒", "水费为什么没有公开？"]


def test_who_was_called_has_the_floor_and_the_queue_is_seen() -> None:
    sitting = Bailu().at(4, 2).obey(c.AskToSpeak(MemberNo(8)), c.AskToSpeak(MemberNo(9)))
    assert as_json(slide(sitting.state, None))["requests"] == ["卫谷雨", "叶清明"]
    sitting.obey(c.CallSpeaker(MemberNo(8)))
    shown = as_json(slide(sitting.state, None))
    assert (shown["speaker"], shown["role"]["zh"], shown["requests"]) == ("卫谷雨", "委员", ["叶清明"])
    assert shown["limit_s"] == 600


def test_a_report_has_its_speakers_office_and_the_survey() -> None:
    shown = as_json(slide(Bailu().at(4, 0).state, None))
    assert shown["role"]["zh"] == "县水利局局长（受县人民政府委托）"
    assert shown["attached"][0]["zh"].endswith("调研报告")
    duty = as_json(slide(Bailu().at(6, 0).state, None))
    assert duty["role"]["zh"] == "县教育局局长"
    assert duty["attached"][0]["zh"] == "述职专题：乡村学校撤并后的上学交通与寄宿保障"


def test_groups_stand_with_their_conveners_and_members_and_what_they_report() -> None:
    sitting = Bailu().at(8)
    shown = as_json(slide(sitting.state, None))
    assert (shown["kind"], [one["convener"] for one in shown["groups"]]) == (
        "groups",
        ["周夏至", "石惊蛰", "苏白露"],
    )
    assert "丁小满" in shown["groups"][0]["members"]
    sitting.obey(c.RecordSummary(8, 2, "同意提交表决。"))
    assert [one["summary"] for one in as_json(slide(sitting.state, None))["groups"]] == [
        "",
        "同意提交表决。",
        "",
    ]


def test_before_a_dismissal_the_person_has_the_floor_and_no_nominees_slide() -> None:
    shown = as_json(slide(Bailu().at(13, 1).state, None))
    assert (shown["kind"], shown["speaker"], shown["detail"]["zh"]) == ("business", "贺荆条", "听取申辩")


# --- ceremony ---


def test_a_certificate_reads_as_the_paper() -> None:
    sitting = Bailu().carry(10, 26, 2, 1).at(14, 0)
    shown = as_json(slide(sitting.state, None))
    assert (shown["kind"], shown["names"], shown["number"]) == (
        "certificate",
        ["方青松"],
        "白人常任〔2026〕3号",
    )
    assert shown["says"]["zh"].endswith("第二十六次会议决定，任命方青松为白鹭县交通运输局局长。")
    assert (shown["signed_by"]["zh"], shown["on"]) == ("主任　江立春", "2026-03-26")


def test_the_oath_has_the_text_of_the_law_and_those_who_are_left_to_take_it() -> None:
    sitting = Bailu().carry(10, 26, 2, 1).carry(10, 27, 0, 2, step=2).at(14, 2)
    shown = as_json(slide(sitting.state, None))
    assert "".join(line["zh"] for line in shown["lines"]) == OATH
    assert (shown["leader"], shown["takers"]) == ("方青松", ["方青松", "程修竹"])
    alone = Bailu().carry(10, 15, 14, 1).carry(10, 27, 0, 2, step=2).at(14, 2)
    shown = as_json(slide(alone.state, None))
    assert (shown["leader"], shown["takers"]) == ("", ["程修竹"])


def test_the_day_ends_with_what_it_has_decided() -> None:
    sitting = Bailu().carry(9, 30)
    sitting.at(4).open().cast(spread("item-4", SATISFIED, (8, 7, 15)))
    shown = as_json(slide(sitting.at(15, 0).state, None))
    assert (shown["kind"], shown["title"]["zh"]) == ("summary", "宣布会议成果")
    assert [(line["number"], line["outcome"]["zh"]) for line in shown["lines"]] == [
        (4, "不满意"),
        (9, "通过"),
    ]


def test_a_pledge_is_called_as_it_is_called_here() -> None:
    label = Text("表态发言", "Statement of intent")
    named = replace(Bailu().plan, rules=replace(Bailu().plan.rules, pledge_label=label))
    state = replace(Bailu().at(7, 1).state, plan=named)
    assert as_json(slide(state, None))["label"] == {"zh": "表态发言", "en": "Statement of intent"}
