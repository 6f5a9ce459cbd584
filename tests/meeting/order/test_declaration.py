"""Every sentence of PROCEDURE.md 2.D on a result, as the demonstration sitting gives cause for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meeting.order import announcement, pass_line
from meeting.order import commands as c
from meeting.order.asking import Ask, Base, ElectionAsk, GradeAsk, Majority, ShareBands, Visibility, VotePlan
from meeting.order.rules import Rules
from meeting.order.sitting import MemberNo, Plan, Text
from meeting.wording import words
from tests.meeting.order.bailu_day import COMPETENT, MEANS, SATISFIED, Bailu, sheets, spread
from tests.meeting.order.full_sitting import Full, full_plan
from tests.meeting.order.small_sitting import Sitting


def english(sitting: Bailu) -> list[str]:
    return [words(one)["en"] for one in announcement.result(sitting.state, sitting.poll)]


def supports(name: str, other: str) -> dict[str, list[str]]:
    return {"for": [name], "against": [other], "write_in": []}


MENG, LIU = supports("孟银杏", "柳合欢"), supports("柳合欢", "孟银杏")
FAN = {"for": [], "against": ["孟银杏"], "write_in": ["樊苍兰"]}
BOTH = {"for": ["孟银杏", "柳合欢"], "against": [], "write_in": []}


def test_an_evaluation_says_papers_grades_and_result() -> None:
    sitting = Bailu().at(4).open().cast(spread("item-4", SATISFIED, (8, 7, 15)))
    assert sitting.said() == [
        "发出测评票30张，收回30张，其中有效票30张。收回的测评票等于发出的测评票，测评有效。",
        "满意率50.0%。",
        "满意8票，基本满意7票，不满意15票。测评结果为不满意。",
    ]
    assert english(sitting)[-1] == (
        "Satisfied 8, Basically satisfied 7, Not satisfied 15. Result: Not satisfied."
    )


def test_fewer_papers_than_were_issued_are_valid_and_what_is_missing_is_said() -> None:
    sitting = Bailu().at(4).open().cast(spread("item-4", SATISFIED, (10, 10, 8)))
    assert sitting.said()[:2] == [
        "发出测评票30张，收回28张，其中有效票28张。收回的测评票少于发出的测评票，测评有效。",
        "未按2人。",
    ]


def test_more_papers_than_were_issued_are_void_and_the_vote_is_held_again() -> None:
    sitting = Bailu().at(4).open().cast(spread("item-4", SATISFIED, (31, 0, 0)))
    assert sitting.poll.round == 2
    assert sitting.said()[0] == (
        "发出测评票30张，收回测评票31张，收回的测评票多于发出的测评票，测评无效，重新进行测评。"
    )


def test_score_sheets_say_their_means_and_the_grade_of_the_same_paper() -> None:
    sitting = Bailu().at(5).open()
    grades = spread("item-5-grade", SATISFIED, (14, 13, 3))
    sitting.cast([{"item-5-score": s, **g} for s, g in zip(sheets(MEANS, 30), grades, strict=True)])
    scores, overall, rate, meaning = sitting.said()[1:]
    assert scores.startswith("各项平均得分：贯彻执行国家法律法规情况88.4分，")
    assert overall == "有效评分表30张，综合得分85.3分。"
    assert (rate, meaning) == (
        "满意率90.0%。",
        "满意14票，基本满意13票，不满意3票。测评结果为基本满意。",
    )


def test_a_performance_evaluation_has_four_grades_and_says_advice_apart() -> None:
    sitting = Bailu().at(6).open()
    advice = {
        "office_head": spread("item-6", COMPETENT, (2, 2, 0, 0)),
        "deputy": spread("item-6", COMPETENT, (3, 4, 1, 0)),
    }
    sitting.cast(spread("item-6", COMPETENT, (11, 14, 4, 1)), advice)
    assert sitting.said()[1:] == [
        "“基本称职”以上占有效票的96.7%。",
        "优秀11票，称职14票，基本称职4票，不称职1票，评议等次为称职。",
        "县人大常委会工作机构负责人测评情况（供参考，不计入结果）：发出4张，收回4张，优秀2票，称职2票，基本称职0票，不称职0票。",
        "部分县人大代表测评情况（供参考，不计入结果）：发出8张，收回8张，优秀3票，称职4票，基本称职1票，不称职0票。",
    ]


def test_an_election_without_a_majority_then_a_further_one() -> None:
    sitting = Bailu().at(11).open()
    sitting.cast([{"item-11": mark} for mark in [MENG] * 14 + [LIU] * 14 + [FAN, BOTH]])
    assert sitting.said() == ["计票完毕，有另选他人的票，请监票人认定并确认。"], "nothing is declared yet"
    sitting.obey(c.ConfirmCount(sitting.poll.id, MemberNo(19)))
    assert sitting.said() == [
        "发出选票30张，收回选票30张，收回的选票等于发出的选票，选举有效。",
        "有效票29张，无效票1张。",
        "候选人得票情况（按姓名笔画为序）：孟银杏14票，柳合欢14票。",
        "另选他人得票情况：樊苍兰1票。",
        "没有候选人获得全体组成人员过半数的选票，不足的名额另行选举。",
    ]
    sitting.obey(c.CallRound(sitting.poll.id))
    assert sitting.said()[0] == "下面另行选举，应选1名。候选人：孟银杏、柳合欢。"
    nobody: dict[str, list[str]] = {"for": [], "against": [], "write_in": []}
    sitting.open().cast([{"item-11": mark} for mark in [MENG] * 19 + [LIU] * 10 + [nobody]])
    assert sitting.said()[-2:] == [
        "候选人得票情况：孟银杏19票，柳合欢10票。",
        "孟银杏得19票，超过全体组成人员的半数，当选。",
    ]
    assert english(sitting)[-1] == "孟银杏, 19 votes, more than half of all members, is elected."


OPTIONS = ("县林业局", "县自然资源局", "县市场监督管理局", "县文化和旅游局", "县应急管理局", "县医疗保障局")


def _selection(votes: dict[str, int]) -> list[dict[str, list[str]]]:
    """Thirty ballots of three names each that give these votes."""
    chosen: list[list[str]] = [[] for _ in range(30)]
    slot = 0
    for name in OPTIONS:
        for _ in range(votes.get(name, 0)):
            chosen[slot % 30].append(name)
            slot += 1
    return [{"item-12": names} for names in chosen]


def test_a_selection_with_a_tie_and_its_run_off() -> None:
    sitting = Bailu()
    sitting.at(4).open().cast(spread("item-4", SATISFIED, (8, 7, 15)))
    sitting.at(12).open()
    votes = dict(zip(OPTIONS, (26, 13, 22, 7, 9, 13), strict=True))
    sitting.cast(_selection(votes))
    assert sitting.said()[1:] == [
        "得票情况：县林业局26票，县市场监督管理局22票，县自然资源局13票，县医疗保障局13票，县应急管理局9票，县文化和旅游局7票。",
        "已经确定：县林业局、县市场监督管理局。",
        "县自然资源局、县医疗保障局得票相等，就票数相等的对象再次投票。",
    ]
    sitting.obey(c.CallRound(sitting.poll.id))
    assert sitting.said()[0] == "下面就得票相等的县自然资源局、县医疗保障局再次投票，选1个，得票多的确定。"
    sitting.open().cast(spread("item-12", (["县自然资源局"], ["县医疗保障局"]), (17, 13)))
    assert sitting.said()[-2:] == [
        "经无记名投票，确定县林业局、县市场监督管理局、县自然资源局为下一年度工作评议对象。",
        "另外，县水利局：本次测评不满意，直接列入，不占三个名额。",
    ]


def test_nobody_is_listed_for_a_failure_that_did_not_happen() -> None:
    sitting = Bailu().at(12).open()
    sitting.cast([{"item-12": list(OPTIONS[:3])}] * 30)
    assert sitting.said()[-1].startswith("经无记名投票，确定")


def test_a_tie_for_the_last_seat_is_run_off_between_the_tied() -> None:
    ask = ElectionAsk(seats=2, candidates=("孟", "柳", "樊"))
    sitting = Changed(6, ask).begin(range(1, 10)).to(6).open()
    pairs = [["孟", "柳"]] * 4 + [["孟", "樊"]] * 4 + [["柳", "樊"]]
    sitting.cast([{"item-6": {"for": names, "against": []}} for names in pairs])
    assert chinese(sitting)[-2:] == [
        "孟得8票，超过全体组成人员的半数，当选。",
        "柳、樊得票相等，就票数相等的人再次投票。",
    ]
    sitting.obey(c.CallRound(sitting.poll.id))
    assert chinese(sitting)[0] == "下面就得票相等的柳、樊再次投票，应选1名，得票多的当选。"
    sitting.open()
    assert "得票多的当选。" in chinese(sitting)
    sitting.cast([{"item-6": {"for": [name], "against": []}} for name in ["柳"] * 5 + ["樊"] * 3])
    assert chinese(sitting)[-2:] == ["柳得5票，得票较多，当选。", "孟、柳当选。"]


def test_some_seats_stay_open() -> None:
    ask = ElectionAsk(seats=2, candidates=("孟", "柳"))
    sitting = Changed(6, ask).begin().to(6).open()
    both, one = {"for": ["孟", "柳"], "against": []}, {"for": ["孟"], "against": ["柳"]}
    sitting.cast([{"item-6": both}] * 3 + [{"item-6": one}] * 5)
    assert chinese(sitting)[-2:] == [
        "孟得8票，超过全体组成人员的半数，当选。",
        "还缺1名，不足的名额另行选举。",
    ]


def test_a_majority_other_than_the_usual_one_is_said_as_it_is() -> None:
    thirds = Majority(Base.PRESENT, "2/3", at_least=True)
    sitting = Full(Rules(total_members=9, plain_http=True, majority=thirds)).begin()
    assert chinese(sitting)[-1] == "赞成8票，反对0票，弃权0票，达到出席人员的三分之二。通过。"
    sitting.to(4).open()
    assert chinese(sitting)[0] == "现在对免去曾的局长职务付表决，赞成票须达到出席人员的三分之二，即6票。"
    sitting.cast([{"R1": "for"}] * 5 + [{"R1": "against"}] * 3)
    assert chinese(sitting)[-1] == "赞成5票，反对3票，弃权0票，未达到出席人员的三分之二，免职案未获通过。"
    english = [words(one)["en"] for one in announcement.result(sitting.state, sitting.poll)]
    assert english[-1].endswith("less than two thirds of the members present. The removal is not carried.")


@pytest.mark.parametrize(
    ("majority", "noun", "reached", "missed"),
    [
        (Majority(), "全体组成人员过半数", "超过全体组成人员的半数", "未超过全体组成人员的半数"),
        (
            Majority(Base.ALL_MEMBERS, "2/3"),
            "超过全体组成人员的三分之二",
            "超过全体组成人员的三分之二",
            "未超过全体组成人员的三分之二",
        ),
        (
            Majority(Base.VALID, "3/4", at_least=True),
            "有效票数的四分之三以上",
            "达到有效票数的四分之三",
            "未达到有效票数的四分之三",
        ),
        (
            Majority(Base.RETURNED, "7/10", at_least=True),
            "收回票数的10分之7以上",
            "达到收回票数的10分之7",
            "未达到收回票数的10分之7",
        ),
    ],
)
def test_every_majority_has_its_words(majority: Majority, noun: str, reached: str, missed: str) -> None:
    assert words(pass_line.line(majority))["zh"] == noun
    assert words(pass_line.met(majority, True))["zh"] == reached
    assert words(pass_line.met(majority, False))["zh"] == missed


def test_shares_of_the_valid_papers_decide_where_the_rules_say_so() -> None:
    bands = ShareBands("称职", (("1/2", "基本称职"), ("4/5", "称职")), "不称职")
    scale = tuple(Text(grade) for grade in COMPETENT)
    sitting = Changed(6, GradeAsk(scale, bands)).begin().to(6).open()
    sitting.cast(spread("item-6", COMPETENT, (1, 5, 1, 1)))
    assert "“称职”占有效票的62.5%。" in chinese(sitting)
    assert chinese(sitting)[-1].endswith("测评结果为基本称职。")


def test_one_vote_on_several_matters_says_each_of_them() -> None:
    sitting = Full().begin().to(5)
    assert "下列事项合并表决：决定任命甲为局长、决定任命乙为法官。" in chinese(sitting)
    sitting.obey(c.OverridePrecondition("removal_first", "已免职"))
    sitting.open().cast([{"B1": "for"}] * 8)
    assert chinese(sitting)[-3:] == [
        "以上2项合并表决，赞成8票，反对0票，弃权0票，超过全体组成人员的半数，获得通过。",
        "决定任命甲为局长。",
        "决定任命乙为法官。",
    ]


def chinese(sitting: Sitting) -> list[str]:
    return [words(one)["zh"] for one in announcement.script(sitting.state)]


class Changed(Full):
    """The full sitting with another question at an item's vote."""

    def __init__(self, item: int, ask: Ask) -> None:
        Sitting.__init__(self, _with_ask(item, ask))


def _with_ask(item: int, ask: Ask) -> Plan:
    plan = full_plan()
    changed = tuple(
        replace(step, vote=VotePlan(Visibility.SECRET, (ask,))) if step.vote is not None else step
        for step in plan.item(item).steps
    )
    items = tuple(replace(one, steps=changed) if one.number == item else one for one in plan.items)
    return replace(plan, items=items)


def test_removal_appointment_and_dismissal_in_the_words_of_the_law() -> None:
    sitting = Bailu().carry(9, 30)
    assert sitting.said() == [
        "赞成30票，反对0票，弃权0票，超过全体组成人员的半数，决定免去曾木槿的白鹭县交通运输局局长职务。"
    ]
    sitting.carry(10, 26, 2, 1)
    assert sitting.said() == [
        "发出表决票30张，收回表决票29张，收回的表决票少于发出的表决票，表决有效。",
        "未按1人。",
        "方青松，赞成26票，反对2票，弃权1票，超过全体组成人员的半数，决定任命方青松为白鹭县交通运输局局长。",
    ]
    sitting.carry(13, 23, 3, 3)
    assert sitting.said()[-1].endswith("决定撤销贺荆条的白鹭县城市管理局局长职务。")


def test_one_vote_short_is_not_passed() -> None:
    sitting = Bailu().carry(10, 15, 14, 1)
    assert sitting.said()[-1] == (
        "方青松，赞成15票，反对14票，弃权1票，未超过全体组成人员的半数，任命案未获通过。"
    )
