"""What each kind of matter decides, in the words of the law (组织法 50), and how one ends without a vote."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meeting.order import announcement
from meeting.order import commands as c
from meeting.order.evolve import Recorded, evolve
from meeting.order.motions import decided, failed
from meeting.order.sitting import Matter, MatterId, MatterKind, Text
from meeting.order.state import MatterStatus, Position
from meeting.record.codec import decode
from meeting.wording import words
from tests.meeting.order.small_sitting import N1, N2, Sitting, small_plan
from tests.meeting.order.test_decide import at_nominations, at_votes


def matter(kind: MatterKind, verb: str = "", persons: tuple[str, ...] = ()) -> Matter:
    person = "" if persons else "甲"
    return Matter(MatterId("M1"), kind, Text("关于预算的决议"), person, Text("局长"), verb, persons=persons)


@pytest.mark.parametrize(
    ("one", "carried", "lost"),
    [
        (matter(MatterKind.APPOINTMENT, "决定任命"), "决定任命甲为局长", "任命案未获通过"),
        (matter(MatterKind.APPOINTMENT, "任命"), "任命甲为局长", "任命案未获通过"),
        (matter(MatterKind.ACTING), "决定甲代理局长职务", "代理人选未获通过"),
        (matter(MatterKind.REMOVAL, "决定免去"), "决定免去甲的局长职务", "免职案未获通过"),
        (matter(MatterKind.DISMISSAL, "撤销职务"), "决定撤销甲的局长职务", "撤职案未获通过"),
        (matter(MatterKind.RESIGNATION), "决定接受甲辞去局长职务的请求", "接受辞职的决定未获通过"),
        (matter(MatterKind.RECALL), "决定罢免甲的局长职务", "罢免案未获通过"),
        (matter(MatterKind.RESOLUTION), "通过关于预算的决议", "关于预算的决议未获通过"),
        (
            matter(MatterKind.APPOINTMENT, "任命", persons=("甲", "乙", "丙")),
            "任命甲、乙、丙为局长",
            "任命案未获通过",
        ),
    ],
)
def test_every_kind_of_matter_has_its_legal_words(one: Matter, carried: str, lost: str) -> None:
    assert (words(decided(one))["zh"], words(failed(one))["zh"]) == (carried, lost)


@pytest.mark.parametrize(
    ("order", "status", "said"),
    [
        (
            c.WithdrawMatter(N1, "chairs_meeting"),
            MatterStatus.WITHDRAWN,
            "提请机关要求撤回，经主任会议同意，甲任免案的审议即行终止。",
        ),
        (
            c.WithdrawMatter(N1, "plenary", "县人民政府"),
            MatterStatus.WITHDRAWN,
            "县人民政府要求撤回，经全体会议同意，甲任免案的审议即行终止。",
        ),
        (
            c.WithdrawMatter(N1, "主席团"),
            MatterStatus.WITHDRAWN,
            "提请机关要求撤回，经主席团同意，甲任免案的审议即行终止。",
        ),
        (
            c.ReturnMatter(N1, "考试材料不齐"),
            MatterStatus.RETURNED,
            "任命甲为局长，因材料不齐全或者不符合程序、时间要求，退回提请机关。",
        ),
        (
            c.TerminateMatter(N1, "敷衍塞责"),
            MatterStatus.TERMINATED,
            "经主任会议决定，终止甲的任免程序。",
        ),
        (
            c.TerminateMatter(N1, "敷衍塞责", "plenary"),
            MatterStatus.TERMINATED,
            "经全体会议决定，终止甲的任免程序。",
        ),
        (
            c.DeferMatter(N1, "主任会议", "chairs_meeting", "公示期间有反映"),
            MatterStatus.DEFERRED,
            "经主任会议决定，任命甲为局长暂缓表决。",
        ),
    ],
)
def test_a_matter_that_ends_without_a_vote_is_said_and_never_voted_on(
    order: c.Command, status: MatterStatus, said: str
) -> None:
    sitting = at_nominations().obey(order)
    assert sitting.state.matters[N1].status is status
    notice = announcement.disposal(sitting.state, sitting.state.plan.matter(N1))
    assert notice is not None
    assert words(notice)["zh"] == said
    assert sitting.state.at == Position(3, 3), "on to the next nominee"
    assert sitting.state.passed_over(Position(5, 0))


def english(order: c.Command, proposer: str = "") -> str:
    plan = small_plan()
    filed = tuple(replace(one, proposer=proposer) for one in plan.matters)
    sitting = Sitting(replace(plan, matters=filed)).convene().obey(order)
    notice = announcement.disposal(sitting.state, sitting.state.plan.matter(N1))
    assert notice is not None
    return words(notice)["en"]


def test_who_withdraws_or_ends_a_matter_is_named_in_english_too() -> None:
    assert english(c.WithdrawMatter(N1, "")) == (
        "At the request of the proposing body and with the consent of the Chairs' meeting the motion on 甲 is"
        " withdrawn; its deliberation ends here."
    )
    assert english(c.WithdrawMatter(N1, "plenary"), "主任").startswith(
        "At the request of 主任 and with the consent of"
    )
    assert english(c.TerminateMatter(N1, "敷衍塞责", "plenary")) == (
        "By decision of the plenary the procedure on 甲 is terminated."
    )


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ('{"event":"MatterTerminated","matter":"N1","reason":"敷衍塞责"}', "经主任会议决定"),
        (
            '{"event":"MatterWithdrawn","matter":"N1","consent":"chairs_meeting"}',
            "提请机关要求撤回，经主任会议同意",
        ),
    ],
)
def test_an_old_record_says_what_it_said(old: str, said: str) -> None:
    state = at_nominations().state
    state = evolve(state, Recorded(state.seq + 1, 0, decode(old)))
    notice = announcement.disposal(state, state.plan.matter(N1))
    assert notice is not None
    assert words(notice)["zh"].startswith(said)


def test_a_pledge_given_again_is_heard_as_such() -> None:
    sitting = at_nominations().proceed(1)
    label = words(announcement.script(sitting.state)[0])["zh"]
    assert label == "请甲作供职发言，时间不超过5分钟。"
    sitting.proceed().obey(c.PledgeAgain(N1, "对如何接受监督未作表态"))
    assert words(announcement.script(sitting.state)[0])["zh"] == "请甲重新作表态发言。"


def test_a_nominee_who_was_not_carried_is_closed() -> None:
    sitting = at_votes()
    poll = sitting.poll.id
    sitting.obey(c.OpenPoll(poll), c.ClosePoll(poll)).count("not_carried", yes=3, no=2)
    assert sitting.state.matters[N1].status is MatterStatus.NOT_CARRIED
    assert sitting.state.matters[N2].status is MatterStatus.FILED
