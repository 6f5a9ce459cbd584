"""The chair's words: the right sentence at the right moment, in both languages."""

from __future__ import annotations

from meeting.order import announcement
from meeting.order import commands as c
from meeting.order.sitting import MemberNo
from meeting.wording import words
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
    assert said(sitting) == ["现在对任命甲为局长付表决，以无记名方式进行，赞成票须达到4票。请在手机上表决。"]
    sitting.obey(c.ClosePoll(poll)).count(yes=4, no=0).proceed()
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


def test_every_step_of_a_whole_sitting_has_its_sentence() -> None:
    sitting = Sitting()
    sitting.convene()
    heard = 0
    while sitting.state.at is not None:
        assert all(text for text in said(sitting)), sitting.state.at
        heard += 1
        if sitting.state.wants_poll or (sitting.state.poll and sitting.state.poll.stage.value == "prepared"):
            poll = sitting.poll.id
            sitting.obey(c.OpenPoll(poll), c.ClosePoll(poll)).count()
        sitting.proceed()
    assert heard > 15
    assert said(sitting) == ["本次会议的各项议程已经全部进行完毕，现在散会。"]
