"""The chair's words: the right sentence at the right moment, in both languages."""

from __future__ import annotations

from display import i18n
from meeting.order import announcement
from meeting.order import commands as c
from meeting.order.particulars import Source
from meeting.order.preconditions import Name
from meeting.order.rules import Announce, Rules
from meeting.order.sitting import MatterId, MemberNo, StepKind
from meeting.wording import words
from tests.meeting.order.bailu_day import SATISFIED, Bailu, spread
from tests.meeting.order.full_sitting import Full
from tests.meeting.order.small_sitting import N1, Sitting
from tests.meeting.order.test_decide import at_votes


def said(sitting: Sitting) -> list[str]:
    return [words(each)["zh"] for each in announcement.script(sitting.state)]


def test_attendance() -> None:
    sitting = Sitting().obey(
        *(c.RecordArrival(MemberNo(n)) for n in (1, 2, 3, 4, 5)), c.RecordLeave(MemberNo(6), "病假")
    )
    assert said(sitting) == [
        "本次会议应到常委会组成人员7人，实到5人，请假1人，另有1人迟到，符合法定人数。",
        "现在开会。",
    ]
    sitting.obey(c.RecordLeave(MemberNo(7), "公务"))
    assert said(sitting) == ["本次会议应到常委会组成人员7人，实到5人，请假2人，符合法定人数。", "现在开会。"]


def test_an_appointment_is_declared_with_its_legal_verb() -> None:
    sitting = at_votes()
    poll = sitting.poll.id
    sitting.obey(c.OpenPoll(poll))
    assert said(sitting) == [
        "现在对任命甲为局长付表决，以无记名方式进行，赞成票须达到4票。",
        "请在手机上表决。",
    ]
    sitting.obey(c.ClosePoll(poll)).count(yes=4, no=0)
    assert said(sitting) == [
        "发出表决票5张，收回表决票4张，收回的表决票少于发出的表决票，表决有效。",
        "未按1人。",
        "甲，赞成4票，反对0票，弃权0票，超过全体组成人员的半数，决定任命甲为局长。",
    ]


def test_one_short_is_not_appointed() -> None:
    sitting = at_votes()
    poll = sitting.poll.id
    sitting.obey(c.OpenPoll(poll), c.ClosePoll(poll)).count("not_carried", yes=3, no=2)
    english = [words(each)["en"] for each in announcement.result(sitting.state, sitting.poll)]
    assert english == [
        "5 of 5 ballots returned. The vote is valid.",
        "甲: 3 for, 2 against, 0 abstained, not more than half of all members. The appointment is not carried.",
    ]


def test_a_deferral_is_said_once() -> None:
    sitting = at_votes().obey(c.DeferMatter(N1, "主任会议", "plenary", "不能明确答复"))
    assert sitting.state.notice == N1
    notice = announcement.disposal(sitting.state, sitting.state.plan.matter(N1))
    assert notice is not None
    assert words(notice)["zh"].endswith("经主任会议提出、全体会议同意，任命甲为局长暂缓表决。")


# --- before and while members vote ---


def test_before_a_vote_the_chair_says_what_comes_and_how_many_papers_are_out() -> None:
    sitting = at_votes()
    assert said(sitting) == ["下面对任命甲为局长进行表决。", "请各位组成人员准备好手机，正在发票。"]
    counted = [words(each)["zh"] for each in announcement.script(sitting.state, issued=5)]
    assert counted[-1] == "发出表决票5张。"


def test_tellers_look_into_the_box_before_the_first_ballot() -> None:
    sitting = Full().begin().to(6)
    assert "请监票人查验票箱。" in said(sitting)
    sitting.obey(c.ConfirmEmptyBox(sitting.poll.id, MemberNo(2)))
    assert "请监票人查验票箱。" not in said(sitting)


def test_an_evaluation_is_put_with_its_sheet_its_grades_and_who_advises() -> None:
    sitting = Full().begin().to(3)
    assert said(sitting)[:2] == ["下面进行测评：工作评议。", "代表同时填写测评票，结果供参考。"]
    sitting.open()
    assert said(sitting) == [
        "现在以无记名方式进行测评：工作评议。",
        "请对2项内容逐项打分，每项0至100分，全部打分才有效。",
        "请从满意、基本满意、不满意中选一项。",
        "请在手机上表决。",
    ]


def test_an_election_and_a_selection_are_put_with_their_rules() -> None:
    sitting = Full().begin().to(6)
    assert said(sitting)[0] == "下面进行选举：补选，应选1名。候选人：孟、柳。"
    sitting.open()
    assert said(sitting) == [
        "现在以无记名方式进行选举：补选。",
        "请对每名候选人表示赞成、反对或者弃权，赞成的人数不得超过1名，超过的无效。",
        "对候选人表示反对的，可以另选他人。",
        "得票全体组成人员过半数的当选。",
        "请在手机上表决。",
    ]
    sitting = Full().begin().to(7)
    assert said(sitting)[0] == "下面进行投票：票决，从4个备选对象中选2个。"
    sitting.open()
    assert "请从4个中选出2个，可以少选，多选无效。" in said(sitting)


def test_hands_are_called_answer_by_answer() -> None:
    sitting = Full().convene()
    assert said(sitting)[-1] == "本次以举手方式表决，请听主持人口令。"
    sitting.obey(c.OpenPoll(sitting.poll.id))
    assert said(sitting) == [
        "现在对通过监票人名单付表决，以举手方式进行。",
        "同意的请举手。请放下。",
        "反对的请举手。请放下。",
        "弃权的请举手。请放下。",
    ]
    totals = {"item-2": {"for": 4, "against": 1, "abstain": 0}}
    sitting.obey(c.EnterTotals(sitting.poll.id, totals))
    assert said(sitting) == ["请监票人核对举手人数。"]


def test_a_fault_is_said_and_hands_are_called_in_its_place() -> None:
    sitting = Full().begin().to(6).open()
    sitting.obey(c.UseHands("断电", MemberNo(2)))
    assert said(sitting)[0] == "因表决系统故障，改用举手方式表决。"
    assert "上次表决无效" not in "".join(said(sitting)), "the fault is reason enough"
    sitting.obey(c.OpenPoll(sitting.poll.id))
    assert said(sitting)[1:] == [
        "同意孟的请举手。请放下。反对的请举手。请放下。",
        "同意柳的请举手。请放下。反对的请举手。请放下。",
        "另选他人的，请举手并说明姓名。",
    ]
    for kind, calls in ((3, 3), (7, 4)):
        other = Full().begin().to(kind).open()
        other.obey(c.UseHands("断电", MemberNo(2)))
        other.obey(c.OpenPoll(other.poll.id))
        assert len(said(other)) == calls + 1


def test_a_vote_that_was_void_is_named_before_it_is_held_again() -> None:
    sitting = at_votes()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.AbortPoll(sitting.poll.id, "错"))
    assert said(sitting)[0] == "上次表决无效，重新对任命甲为局长进行表决。"


def test_while_a_count_waits_the_chair_is_told_for_whom() -> None:
    rules = Rules(total_members=9, plain_http=True, announce=Announce.TELLERS_CONFIRM)
    sitting = Full(rules).begin().to(5)
    sitting.obey(c.OverridePrecondition("removal_first", "已免职"))
    sitting.open().obey(c.HoldPoll(sitting.poll.id))
    assert said(sitting) == ["表决暂停，已收到的票保留，请稍候。"]
    sitting.obey(c.ResumePoll(sitting.poll.id), c.ClosePoll(sitting.poll.id))
    assert said(sitting) == ["表决截止，正在计票。"]
    sitting.cast([{"B1": "for"}] * 8)
    assert said(sitting) == ["计票完毕，请监票人核对并确认。"]
    sitting.obey(c.ObjectToCount(sitting.poll.id, MemberNo(3), "票数不符"))
    assert said(sitting)[0].startswith("监票人对计票提出异议")
    reveals = Full(Rules(total_members=9, plain_http=True, announce=Announce.CHAIR_REVEALS)).begin().to(8)
    reveals.open().cast([{"X1": "for"}] * 8)
    assert said(reveals) == ["计票完毕，现在公布结果。"]


def test_a_void_that_is_proposed_waits_for_a_teller() -> None:
    sitting = Full().begin().to(6).open()
    sitting.obey(c.VoidPoll(sitting.poll.id, "票有误"))
    assert said(sitting)[0] == "主持人提出本次表决作废，请监票人确认。"


# --- everything but votes ---


def test_a_report_its_questions_and_who_speaks() -> None:
    sitting = Bailu().at(4, 0)
    assert said(sitting) == [
        "现在听取报告：听取和审议县人民政府关于农村饮水安全工作情况的报告并开展专题询问、满意度测评。",
        "请县水利局局长（受县人民政府委托）骆水杉发言，时间不超过12分钟。",
        "县人大常委会农业农村工作委员会关于农村饮水安全情况的调研报告已经印发，请审阅。",
    ]
    sitting.at(4, 1)
    assert "应询人：骆水杉、蒋云杉。" in said(sitting)[0]
    sitting.obey(c.PutQuestion("田雨水", "何时建成？", Source.PLANNED, "骆水杉"))
    assert said(sitting) == ["请田雨水提问。", "请骆水杉回答。"]
    sitting.obey(c.CloseQuestion(True), c.PutQuestion("田雨水", "具体月份？", Source.PLANNED, follows=0))
    assert said(sitting) == ["请田雨水追问。"]
    sitting.at(4, 2).obey(c.AskToSpeak(MemberNo(7)), c.AskToSpeak(MemberNo(8)))
    assert said(sitting)[-1] == "下面请丁小满发言。"
    sitting.obey(c.CallSpeaker(MemberNo(7)))
    assert said(sitting)[-2:] == ["请丁小满发言。", "请卫谷雨准备。"]


def test_nominees_withdraw_while_groups_deliberate() -> None:
    sitting = Bailu().at(8)
    assert said(sitting)[1:] == [
        "请方青松、顾海棠、程修竹暂时回避。",
        "分组进行审议，各组召集人：第1组周夏至、第2组石惊蛰、第3组苏白露。",
    ]
    sitting.obey(c.DeferMatter(MatterId("N2"), "主任会议", "plenary", "不明"))
    assert said(sitting)[0].endswith("决定任命顾海棠为白鹭县卫生健康局局长暂缓表决。")
    sitting.obey(c.RecordSummary(8, 2, "同意。"))
    assert said(sitting)[-1] == "已有1组汇报审议意见，共3组。"


def test_before_a_dismissal_the_person_is_heard() -> None:
    assert said(Bailu().at(13, 1)) == ["请贺荆条作申辩，时间不超过10分钟。"]


def test_certificates_and_oath() -> None:
    sitting = Bailu().carry(10, 26, 2, 1).carry(10, 27, 0, 2, step=2)
    assert said(sitting.at(14, 0)) == [
        "现在颁发任命书，请方青松上台。",
        "根据白鹭县第十八届人民代表大会常务委员会第二十六次会议决定，任命方青松为白鹭县交通运输局局长。",
    ]
    assert said(sitting.at(14, 2)) == [
        "现在举行宪法宣誓仪式。",
        "宣誓仪式由主任江立春主持。",
        "全体起立，奏唱国歌。",
        "由方青松领誓，程修竹跟诵誓词。",
        "誓词诵读完毕，请宣誓人报出自己的姓名。",
    ]


def test_the_summary_has_everything_that_the_day_decided() -> None:
    sitting = Bailu().carry(9, 30)
    sitting.at(4).open().cast(spread("item-4", SATISFIED, (8, 7, 15)))
    sitting.obey(c.DeferMatter(MatterId("N2"), "主任会议", "plenary", "不明"))
    sitting.at(15, 0)
    assert said(sitting) == [
        "本次会议的各项议程进行完毕，会议成果如下。",
        f"{sitting.plan.item(4).title.zh}：不满意。",
        "决定免去曾木槿的白鹭县交通运输局局长职务：通过。",
        "决定任命顾海棠为白鹭县卫生健康局局长：暂缓表决。",
    ]
    assert said(sitting.proceed()) == ["请主任江立春讲话。"]


def test_every_step_of_the_day_has_its_sentences_in_both_languages() -> None:
    sitting = Bailu()
    for position in sitting.state.positions()[1:]:
        if sitting.state.passed_over(position):
            continue
        sitting.at(*position)
        for each in announcement.script(sitting.state):
            told = words(each)
            assert told["zh"]
            assert told["en"]
            assert "{" not in told["zh"] + told["en"]
        if sitting.state.step is not None and sitting.state.step.kind is not StepKind.DECLARATION:
            assert said(sitting), position
    sitting.obey(c.CloseSitting())
    assert said(sitting) == ["本次会议到此结束，现在散会。"], "most was passed over"


def test_every_refusal_and_every_condition_has_its_sentence() -> None:
    keys = i18n.keys("zh") & i18n.keys("en")
    for name in Name:
        assert {f"precondition.{name.value}", f"precondition-do.{name.value}"} <= keys
