"""What the demonstration sitting's file says is what hall and chair are given at the step it belongs to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from display.slides import as_json
from meeting.demo import BAILU
from meeting.office.sitting_file import read_sitting
from meeting.order import announcement
from meeting.order.particulars import Source
from meeting.order.progress import MatterState, MatterStatus, Question, Stage
from meeting.order.sitting import MatterId, MemberNo
from meeting.order.state import Position, State
from meeting.projections.hall_slide import slide
from meeting.wording import words
from tests.meeting.order.small_sitting import loaded

PLAN = read_sitting(BAILU).plan
N1, N3 = MatterId("N1"), MatterId("N3")


def at(item: int, step: int, **more: Any) -> State:
    return replace(loaded(PLAN), stage=Stage.SITTING, at=Position(item, step), **more)


def shown(state: State) -> dict[str, Any]:
    return as_json(slide(state, None))


def said(state: State) -> list[str]:
    return [words(one)["zh"] for one in announcement.script(state)]


def test_body_term_and_meeting_stand_over_everything() -> None:
    head = shown(at(4, 0))["head"]
    assert head["body"]["zh"] == "白鹭县第十八届人民代表大会常务委员会"
    assert (head["meeting"]["zh"], head["on"]) == ("第二十六次会议", "2026-03-26")


def test_a_nominee_is_introduced_with_record_and_presenter() -> None:
    slide = shown(at(7, 0))
    assert (slide["kind"], slide["name"], slide["verb"]) == ("nominee", "方青松", "决定任命")
    assert (slide["exam"], slide["passed"], slide["proposer"]) == (92, True, "陶红枫")
    assert slide["publicity"] == {"days": 7, "objections": 0}
    profile = dict(slide["profile"])
    assert {"优点", "不足", "民主推荐", "民主测评", "主要工作实绩"} <= set(profile)
    assert said(at(7, 0)) == ["请谭白桦介绍拟任人员方青松的情况，提请任命其为白鹭县交通运输局局长。"]
    assert "潘青冈" in said(at(7, 6))[0], "the head of his own organ may present him"


def test_a_make_up_examination_is_the_one_that_is_shown() -> None:
    assert (shown(at(7, 3))["exam"], shown(at(7, 3))["publicity"]["objections"]) == (86, 1)


def test_the_pledge_is_on_the_hall_by_its_headings() -> None:
    slide = shown(at(7, 1))
    assert slide["kind"] == "pledge"
    assert [heading for heading, _ in slide["text"]] == ["目标任务", "依法行政", "勤政廉政", "接受监督"]
    assert slide["limit_s"] == 300


def test_a_report_shows_reporter_office_and_survey() -> None:
    slide = shown(at(4, 0))
    assert (slide["speaker"], slide["limit_s"]) == ("骆水杉", 720)
    assert slide["role"]["zh"] == "县水利局局长（受县人民政府委托）"
    assert [one["zh"] for one in slide["attached"]] == [
        "县人大常委会农业农村工作委员会关于农村饮水安全情况的调研报告"
    ]


def test_units_and_officers_are_evaluated_under_their_own_names() -> None:
    assert shown(at(5, 0))["role"]["zh"] == "县农业农村局负责人"
    officer = shown(at(6, 0))
    assert (officer["speaker"], officer["role"]["zh"]) == ("薛丹桂", "县教育局局长")
    assert officer["attached"][0]["zh"] == "述职专题：乡村学校撤并后的上学交通与寄宿保障"


def test_an_inquiry_names_its_respondents_and_whoever_asks() -> None:
    assert said(at(4, 1))[0].endswith("应询人：骆水杉、蒋云杉。请各位组成人员提问。")
    first = Question(4, 1, "田雨水", "何时建成？", answered=True, source=Source.PLANNED)
    second = Question(4, 1, "县人大代表", "哪个月？", source=Source.DEPUTY, to="蒋云杉", follows=0)
    asked = shown(at(4, 1, questions=(first, second)))
    assert asked["question"] == ["县人大代表", "哪个月？"]
    assert asked["inquiry"] == {
        "source": {"zh": "列席代表", "en": asked["inquiry"]["source"]["en"]},
        "respondent": "蒋云杉",
        "follows": ["田雨水", "何时建成？"],
    }
    assert said(at(4, 1, questions=(first, second))) == ["请县人大代表追问。", "请蒋云杉回答。"]


@pytest.mark.parametrize("source", [Source.PLANNED, Source.SPONTANEOUS, Source.DEPUTY, Source.PUBLIC])
def test_every_source_of_a_question_has_a_label(source: Source) -> None:
    asked = shown(at(4, 1, questions=(Question(4, 1, "某人", "何时？", source=source),)))
    assert asked["inquiry"]["source"]["zh"]


def test_nominees_leave_while_members_deliberate_in_groups() -> None:
    slide = shown(at(8, 0))
    assert slide["kind"] == "groups"
    assert [(one["number"], one["convener"]) for one in slide["groups"]] == [
        (1, "周夏至"),
        (2, "石惊蛰"),
        (3, "苏白露"),
    ]
    assert "周夏至" in slide["groups"][0]["members"]
    assert "请方青松、顾海棠、程修竹暂时回避。" in said(at(8, 0))
    reported = shown(at(8, 0, summaries={(8, 1): "建议加大投入"}))
    assert reported["groups"][0]["summary"] == "建议加大投入"


def test_the_queue_of_speakers_is_on_the_hall_and_in_the_chairs_words() -> None:
    state = at(4, 2, requests=(MemberNo(10), MemberNo(12)), speaker=MemberNo(20))
    assert (shown(state)["speaker"], shown(state)["requests"]) == ("严处暑", ["田雨水", "冯七夕"])
    assert said(state)[-2:] == ["请严处暑发言。", "请田雨水准备。"]


def carried() -> dict[MatterId, MatterState]:
    matters = dict(loaded(PLAN).matters)
    return matters | {one: MatterState(MatterStatus.CARRIED) for one in (N1, N3)}


def test_a_certificate_reads_as_it_is_handed_over() -> None:
    slide = shown(at(14, 0, matters=carried()))
    assert (slide["kind"], slide["number"]) == ("certificate", "白人常任〔2026〕3号")
    assert slide["says"]["zh"] == (
        "根据白鹭县第十八届人民代表大会常务委员会第二十六次会议决定，任命方青松为白鹭县交通运输局局长。"
    )
    assert ("".join(slide["signed_by"]["zh"].split()), slide["on"]) == ("主任江立春", "2026-03-26")


OATH = (
    "我宣誓：忠于中华人民共和国宪法，维护宪法权威，履行法定职责，忠于祖国、忠于人民，恪尽职守、廉洁奉公，"
    "接受人民监督，为建设富强民主文明和谐美丽的社会主义现代化强国努力奋斗！"
)


def test_the_oath_is_the_text_of_the_law_and_has_a_leader() -> None:
    state = at(14, 2, matters=carried())
    slide = shown(state)
    assert "".join(line["zh"] for line in slide["lines"]) == OATH
    assert (slide["leader"], slide["takers"]) == ("方青松", ["方青松", "程修竹"])
    assert said(state) == [
        "现在举行宪法宣誓仪式。",
        "宣誓仪式由主任江立春主持。",
        "全体起立，奏唱国歌。",
        "由方青松领誓，程修竹跟诵誓词。",
        "誓词诵读完毕，请宣誓人报出自己的姓名。",
    ]


def test_the_chair_speaks_after_the_ceremony() -> None:
    assert said(at(15, 1)) == ["请主任江立春讲话。"]
