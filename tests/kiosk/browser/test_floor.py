"""What members and attendees say from their phones, in a real browser against the real server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from meeting.order import commands as c
from meeting.order.sitting import MemberNo, Plan
from meeting.order.state import State
from tests.kiosk.browser.members import Member, chromium
from tests.meeting.order.full_sitting import full_plan
from tests.session_day.served_sitting import ServedSitting, serving
from tests.voting.voter import Voter

pytestmark = pytest.mark.asyncio(loop_scope="module")

NINE, DEPUTY = MemberNo(9), MemberNo(10)
COMMENT = "管护经费应当列入预算，"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


def plan() -> Plan:
    full = full_plan()
    members = tuple(replace(one, group=1) for one in full.members)
    return replace(full, members=members, rules=replace(full.rules, zero_check=False))


async def to_the_questions(served: ServedSitting) -> None:
    """Everybody is here, the tellers are approved by hands, and item 3 begins."""
    present = served.house.service.state.present
    others = [one.number for one in plan().everybody if one.number not in (*present, DEPUTY)]
    await served.obey(*(c.RecordArrival(number) for number in others), c.ConfirmRoll())
    poll = served.poll
    totals = {poll.question: {"for": 9, "against": 0, "abstain": 0}}
    await served.obey(c.OpenPoll(poll.id), c.EnterTotals(poll.id, totals))
    await served.obey(c.ConfirmTotals(poll.id, MemberNo(3)))
    await served.ended(poll.id)
    await served.obey(c.Proceed())


async def write(phone: Member, text: str) -> None:
    await phone.page.locator("#text").press_sequentially(text)


async def test_a_member_speaks_asks_and_comments_and_votes_undisturbed(
    tmp_path: Path, browser: Browser
) -> None:
    voters = [Voter(number) for number in range(1, 15) if number not in (NINE, DEPUTY)]
    async with serving(tmp_path, plan(), voters) as served, AsyncExitStack() as stack:
        phone, deputy = await Member.arrive(browser, NINE), await Member.arrive(browser, DEPUTY)
        for one in (phone, deputy):
            stack.push_async_callback(one.context.close)
        await phone.sign_in(served)
        await to_the_questions(served)

        def state() -> State:
            return served.house.service.state

        # An attendee comes late, and signs in by himself.
        await deputy.enter(served)
        await deputy.reads("列席：代表")
        await deputy.tap("我是代表10，签到")
        await deputy.reads("列席，评议参考")
        assert DEPUTY in state().present_of("deputy")

        # The floor.
        await phone.tap("申请发言")
        await phone.reads("您已申请发言")
        await deputy.tap("申请发言")
        await deputy.reads("您排在第 2 位")
        await phone.tap("取消申请")
        await phone.may("申请发言")
        await deputy.reads("您排在第 1 位")
        assert state().requests == (DEPUTY,)
        await served.obey(c.CallSpeaker(DEPUTY))
        await deputy.reads("请您发言")
        assert await deputy.page.locator("#status").inner_text() == "请您发言。"
        await served.obey(c.EndSpeech())
        await deputy.may("申请发言")

        # A question, over a reload.
        await phone.tap("书面提问")
        await phone.sees("写给主持人")
        await write(phone, "何时")
        await phone.reload()
        await phone.sees("写给主持人")
        await expect(phone.page.locator("#text")).to_have_value("何时")
        await phone.page.locator("#text").press("End")
        await write(phone, "建成？")
        await phone.tap("提交")
        await phone.reads("已提交，等主持人安排")
        assert [(q.member, q.text) for q in state().questions] == [(NINE, "何时建成？")]
        await served.obey(c.AdmitQuestion(0))
        await phone.reads("正在提问")
        await served.obey(c.CloseQuestion(True))
        await phone.reads("已答复")

        # A comment: the step goes on beneath it, and a vote closes it.
        await phone.tap("对本项写意见")
        await write(phone, COMMENT)
        await served.obey(c.Proceed())
        await expect(phone.page.locator("#text")).to_have_value(COMMENT)
        await write(phone, "按受益人口核定。")
        await served.obey(c.Proceed())
        await phone.reads("您的表决票已备好")
        assert await phone.page.locator("#text").count() == 0
        await vote(served, phone, deputy)

        # It was kept, and says where it was written.
        await served.obey(
            c.VoidPoll(served.poll.id, "系统故障"), c.CountersignVoid(served.poll.id, MemberNo(3))
        )
        await served.obey(c.GoTo(8, 0))
        await phone.tap("继续写意见")
        await expect(phone.page.locator("#text")).to_have_value(COMMENT + "按受益人口核定。")
        await phone.reads("这是您在前一环节写的")
        await phone.tap("提交")
        await phone.reads("意见已提交")
        assert [(one.item, one.member, one.text) for one in state().comments] == [
            (8, NINE, COMMENT + "按受益人口核定。")
        ]
        await phone.tap("对本项写意见")
        await expect(phone.page.locator("#text")).to_have_value("")

        assert phone.said == deputy.said == []


async def vote(served: ServedSitting, phone: Member, deputy: Member) -> None:
    """Members and deputies get their papers; nothing that is said meanwhile touches one that is being filled in."""
    for one in (phone, deputy):
        await one.reads("您的表决票已备好")
    await served.obey(c.OpenPoll(served.poll.id))
    await phone.reads("无记名测评")
    await deputy.reads("评议参考")
    for one in (phone, deputy):
        await one.page.locator("input.score").first.fill("90")
        await one.page.evaluate(WATCH_THE_PAPER)
    for number in (NINE, DEPUTY):
        served.house.service.tell_member(number)
    await served.obey(c.HoldPoll(served.poll.id))
    for one in (phone, deputy):
        await one.reads("表决暂停，您的草稿保留")
        assert await one.page.evaluate("window.touched") == []
        assert await one.page.locator("input.score").first.input_value() == "90"
        assert await one.page.locator("#text").count() == 0


WATCH_THE_PAPER = """() => {
  window.touched = [];
  const note = ({ type, target }) => window.touched.push(`${type} ${target.nodeName}`);
  const everything = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver((changes) => changes.forEach(note)).observe(document.querySelector('#paper form'), everything);
}"""
