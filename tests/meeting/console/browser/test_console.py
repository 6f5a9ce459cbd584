"""The console in a real browser against the real server: led from the door to a result, and what may go wrong."""

from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, WebSocketRoute, async_playwright, expect

from meeting.console.access import Office, make_link
from meeting.order import commands as c
from meeting.order.rules import Announce
from meeting.order.sitting import MemberNo
from meeting.order.state import Position
from tests.axe import violations
from tests.meeting.console.browser.desk import ARGUMENTS, EXECUTABLE, SMALL, Desk
from tests.meeting.order.small_sitting import small_plan
from tests.session_day.served_sitting import ServedSitting, serving
from tests.voting.voter import Voter

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


@pytest.fixture(autouse=True)
def memory_as_before() -> Iterator[None]:
    """The server tunes the collector for itself; the next test is another process's work."""
    limits = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*limits)


async def link(served: ServedSitting, office: Office = Office.CHAIR) -> str:
    sitting = served.house.service.sitting
    code = await served.house.writer.run(lambda conn: make_link(conn, sitting, office))
    return f"{served.url}/console/enter/{code}"


async def enter(browser: Browser, served: ServedSitting, office: Office = Office.CHAIR, **more: Any) -> Desk:
    return await Desk.enter(browser, await link(served, office), **more)


async def accessible(desk: Desk) -> None:
    before = list(desk.complaints)
    found = await violations(desk.page)
    desk.complaints[:] = before  # axe tries on styles of its own
    assert not found, json.dumps(found, ensure_ascii=False, indent=1)


async def fits(desk: Desk) -> None:
    """Nothing but the columns that are made for it scrolls, and the primary button is always in sight."""
    outside = await desk.page.evaluate(
        """() => {
          const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
          const box = document.getElementById("primary").getBoundingClientRect();
          const small = [...document.querySelectorAll("#console *")].filter((one) =>
            [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) &&
            one.getClientRects().length && parseFloat(getComputedStyle(one).fontSize) < 18);
          return [scrollWidth > clientWidth, scrollHeight > clientHeight, box.bottom > innerHeight,
            ...small.map((one) => one.outerHTML)];
        }"""
    )
    assert outside == [False, False, False]


async def whole(desk: Desk) -> None:
    """The open dialog needs no scrolling, on the smallest screen that a console has."""
    size = desk.page.viewport_size
    await desk.page.set_viewport_size({"width": 1280, "height": 720})
    height, shown = await desk.page.evaluate(
        "() => { const d = document.querySelector('dialog[open]'); return [d.scrollHeight, d.clientHeight]; }"
    )
    assert height <= shown
    if size is not None:
        await desk.page.set_viewport_size(size)


async def test_a_chair_leads_from_the_door_to_the_result(browser: Browser, tmp_path: Path) -> None:
    voters = [Voter(number) for number in range(1, 7)]
    async with serving(tmp_path, small_plan(), voters) as served:
        desk = await enter(browser, served)
        teller = await enter(browser, served, Office.TELLER)
        page, service = desk.page, served.house.service
        await expect(page.locator("#primary")).to_be_disabled()
        await expect(page.locator("#reasons")).to_contain_text("还不能开会")
        await accessible(desk)
        # The roll: one arrival and one leave by hand, the others by phone.
        await served.obey(*(c.CheckIn(MemberNo(number)) for number in range(1, 6)))
        await page.locator("#roll-tab").click()
        await desk.member(6, "record_arrival")
        await desk.member(7, "record_leave")
        await desk.record(reason="病假")
        await expect(page.locator('[data-member="7"]')).to_contain_text("请假")
        await accessible(desk)
        await fits(desk)
        await desk.press()
        assert service.state.present == (1, 2, 3, 4, 5, 6)
        # An open vote: tellers are approved.
        await desk.until("即将表决")
        await desk.press()
        await served.vote("for")
        await expect(page.locator(".figs.big .n").first).to_have_text("6")
        await desk.press()
        await desk.until("结果已出")
        await expect(page.locator(".votes .vd")).to_have_text("通过")
        await desk.press()
        # The nominee: introduced, pledges against the clock, is asked.
        await expect(page.locator("h1").first).to_have_text("甲　拟任局长")
        # A recess, and on again.
        await desk.act("more")
        await whole(desk)
        await page.locator('dialog [data-act="recess"]').click()
        await expect(page.locator(".strip")).to_contain_text("大屏显示休会")
        await desk.act("show")
        await expect(page.locator(".strip")).not_to_contain_text("大屏显示休会")
        await desk.press()
        await desk.press()
        assert service.state.timer is not None
        await desk.act("extend")
        await desk.act("pledge-again")
        await desk.record(reason="未就接受监督表态")
        await desk.until("重新表态")
        await desk.press()
        await desk.press()
        await page.fill("#by", "成员5")
        await page.fill("#text", "资金缺口怎么解决？")
        await page.keyboard.press("Enter")
        await expect(page.locator(".asked")).to_contain_text("资金缺口")
        await page.fill("#by", "成员6")
        await page.fill("#text", "什么时候？")
        await page.keyboard.press("Enter")
        await expect(page.locator("#question input").first).to_have_value("")
        await accessible(desk)
        await fits(desk)
        await page.locator("#now").click()
        await desk.press()
        await desk.act("unanswered")
        await expect(page.locator(".questions.closed li")).to_have_count(2)
        assert [q.answered for q in service.state.questions] == [True, False]
        # The vote: a condition is not met, and is set aside with a reason.
        await served.obey(c.GoTo(3, 3), c.Proceed(), c.Proceed(), c.Proceed())
        await served.obey(c.GoTo(5, 0))
        await desk.until("即将表决")
        await expect(page.locator("#primary")).to_be_disabled()
        await page.locator('[data-condition="steps_done"]').click()
        await desk.record(reason="主任会议决定")
        await expect(page.locator("#primary")).to_be_enabled()
        for voter in voters[:5]:
            await voter.collect(served.house.box, served.poll.id)
        await expect(page.locator(".missing")).to_contain_text("成员6")
        await desk.press()
        await desk.until("正在表决")
        for voter in voters[:4]:
            await voter.cast(served.house.box, served.poll.id, "for")
        await expect(page.locator(".figs.big .n").first).to_have_text("4", timeout=10_000)
        await accessible(desk)
        await fits(desk)
        await page.locator("#primary").click()
        await expect(page.locator("dialog .warning")).to_have_text("还有1张没有收回。")
        await expect(page.locator("dialog .safe")).to_be_focused()
        await accessible(desk)
        await page.keyboard.press("Escape")
        assert await desk.word() == "正在表决"
        await desk.press()
        await desk.until("结果已出")
        assert await page.locator(".votes .n").all_inner_texts() == ["4", "0", "0", "1"]
        await accessible(desk)
        await page.set_viewport_size(SMALL)
        await fits(desk)
        await expect(teller.page.locator(".eqs .ok")).to_have_text(["相符"] * 5)
        assert await teller.page.locator("#primary").count() == 0, "a teller leads nothing"
        await accessible(teller)
        await page.locator("#language").click()
        await expect(page.locator("#now")).to_have_text("Result")
        await fits(desk)
        assert desk.complaints == []
        assert teller.complaints == []


async def test_a_teller_confirms_before_the_hall_knows(browser: Browser, tmp_path: Path) -> None:
    """The whole way: closed at the console, objected to and confirmed at the tellers' desk, declared everywhere."""
    plan = replace(small_plan(), rules=replace(small_plan().rules, announce=Announce.TELLERS_CONFIRM))
    voters = [Voter(number) for number in range(1, 7)]
    async with serving(tmp_path, plan, voters) as served:
        desk = await enter(browser, served)
        teller = await enter(browser, served, Office.TELLER)
        await served.obey(*(c.CheckIn(MemberNo(number)) for number in range(1, 7)))
        await desk.press()
        await desk.until("即将表决")
        await desk.press()
        await served.vote("for", but=[6])
        await desk.press()
        await desk.until("待公布")
        await expect(desk.page.locator(".votes .n").first).to_have_text("5")
        await expect(desk.primary).to_be_disabled()
        assert served.house.service.hall_view()["slide"]["kind"] == "asking"
        await expect(teller.page.locator(".votes .n").first).to_have_text("5")
        await accessible(teller)
        await teller.page.locator('[data-duty="object_to_count"]').click()
        await teller.page.locator('[data-me="2"]').click()
        await teller.record(reason="请再核对一次")
        await desk.until("监票人有异议")
        await expect(desk.page.locator(".content")).to_contain_text("请再核对一次")
        await teller.page.locator('[data-duty="confirm_count"]').click()
        await desk.until("结果已出")
        assert served.house.service.hall_view()["slide"]["kind"] == "result"
        await expect(teller.page.locator("[data-print]")).to_have_count(1)
        assert desk.complaints == []
        assert teller.complaints == []


async def test_holding_for_a_second_is_needed_and_enough(browser: Browser, tmp_path: Path) -> None:
    async with serving(tmp_path, small_plan(), []) as served:
        desk = await enter(browser, served)
        await served.obey(*(c.CheckIn(MemberNo(number)) for number in range(1, 6)))
        await expect(desk.primary).to_be_enabled()
        await desk.primary.click()
        sure = desk.page.locator("dialog .sure")
        await sure.click()
        await expect(desk.page.locator("dialog")).to_have_attribute("open", "")
        assert served.house.service.state.at == Position(1, 0)
        await sure.hover()
        await desk.page.mouse.down()
        await desk.until("即将表决")
        await desk.page.mouse.up()


async def test_one_console_leads_and_the_other_takes_over(browser: Browser, tmp_path: Path) -> None:
    async with serving(tmp_path, small_plan(), []) as served:
        first = await enter(browser, served)
        await served.obey(*(c.CheckIn(MemberNo(number)) for number in range(1, 6)))
        await expect(first.primary).to_be_enabled()
        second = await enter(browser, served, lang="en")
        await expect(second.page.locator("#watching")).to_be_visible()
        await expect(second.primary).to_be_disabled()
        await accessible(second)
        await second.page.keyboard.press("b")
        await second.page.locator("#take-over").click()
        await second.page.locator("dialog .go").click()
        await expect(second.primary).to_be_enabled()
        await expect(first.primary).to_be_disabled()
        await expect(first.page.locator("#watching")).to_be_visible()
        await expect(first.page.locator("#notice")).to_contain_text("接管")
        assert served.house.service.state.cover is None, "who only watches covers nothing"
        await second.press()
        await first.until("即将表决")
        assert first.complaints == second.complaints == []


async def test_a_clicker_opens_and_closes_nothing_unless_it_is_armed(
    browser: Browser, tmp_path: Path
) -> None:
    async with serving(tmp_path, small_plan(), []) as served:
        desk = await enter(browser, served)
        page, service = desk.page, served.house.service
        await served.obey(*(c.CheckIn(MemberNo(number)) for number in range(1, 6)))
        await expect(desk.primary).to_be_enabled()
        keys = ("PageDown", "ArrowRight", "Escape", "F5", "F5", ".", "b")

        async def click_everything(*more: str) -> None:
            for key in (*keys, *more):
                await page.keyboard.press(key)
                await expect(page.locator("#primary:not(:disabled)")).to_be_visible()

        await page.keyboard.press("PageDown")
        await expect(page.locator("#notice")).to_contain_text("宣布开会")
        await click_everything("PageUp", "ArrowLeft")
        assert service.state.stage.value == "gathering"
        await desk.press()
        await expect(desk.primary).to_have_attribute("data-confirm", "open")
        await click_everything()
        await expect(desk.primary).to_have_attribute("data-confirm", "open")
        assert served.poll.stage.value == "prepared"
        await desk.press()
        await desk.until("正在表决")
        await click_everything("PageUp", "ArrowLeft")
        assert served.poll.stage.value == "open"
        # The hall goes dark and comes back; the slate does not reload the page.
        await page.keyboard.press(".")
        await expect(page.locator(".strip")).to_contain_text("大屏已黑场")
        await page.keyboard.press("F5")
        await expect(page.locator(".strip")).not_to_contain_text("大屏已黑场")
        await desk.act("more")
        await page.locator('dialog [data-act="arm"]').click()
        await page.keyboard.press("PageDown")
        await desk.until("结果已出")
        assert desk.complaints == []


class Line:
    """The console's socket in our hands: views can be kept back, and the line cut."""

    def __init__(self) -> None:
        self.keeps_views = False
        self.cut = False
        self.kept: list[str] = []
        self.here: WebSocketRoute | None = None
        self.closing: list[asyncio.Future[None]] = []

    def take(self, here: WebSocketRoute) -> None:
        self.here = here
        if self.cut:
            self.closing.append(asyncio.ensure_future(here.close()))
            return
        server = here.connect_to_server()
        here.on_message(lambda message: server.send(message))
        server.on_message(lambda message: self.pass_on(here, message))

    def pass_on(self, here: WebSocketRoute, message: str | bytes) -> None:
        if self.keeps_views and json.loads(message)["type"] == "view":
            self.kept.append(str(message))
        elif not self.cut:
            here.send(message)


async def test_a_stale_order_is_refused_and_a_lost_line_is_said(browser: Browser, tmp_path: Path) -> None:
    plan = replace(small_plan(), rules=replace(small_plan().rules, ballot_timer_s=None))
    async with serving(tmp_path, plan, []) as served:
        desk = await enter(browser, served)
        page, line = desk.page, Line()
        await page.route_web_socket("**/console/live", line.take)
        await page.reload()
        await served.obey(*(c.CheckIn(MemberNo(number)) for number in range(1, 6)))
        await expect(desk.primary).to_be_enabled()
        await desk.press()
        await expect(desk.primary).to_have_attribute("data-confirm", "open")
        # A question that was asked of the chair is withdrawn when the sitting moves on meanwhile.
        await desk.primary.click()
        await expect(page.locator("dialog")).to_have_attribute("open", "")
        await served.obey(c.SkipStep("改期"), c.GoTo(2, 0))
        await expect(page.locator("dialog")).not_to_have_attribute("open", "")
        await expect(page.locator("#notice")).to_contain_text("状态已变化")
        # What this console has not seen yet, it cannot order.
        await served.obey(c.GoTo(3, 0))
        await expect(desk.primary).to_have_attribute("data-name", "proceed")
        line.keeps_views = True
        await served.obey(c.StartTimer(60))
        await desk.primary.click()
        await expect(page.locator("#notice")).to_have_attribute("data-code", "stale")
        assert served.house.service.state.at == Position(3, 0)
        line.keeps_views = False
        await served.obey(c.StopTimer())
        await desk.press()
        assert served.house.service.state.at == Position(3, 1)
        # Taken back within five seconds.
        await page.locator("#undo button").click()
        await expect(page.locator("#now")).to_have_text("介绍情况")
        assert served.house.service.state.at == Position(3, 0)
        # The line goes and comes back; meanwhile nothing can be pressed.
        line.cut = True
        assert line.here is not None
        await line.here.close()
        await expect(page.locator(".banner.lost")).to_be_visible(timeout=8_000)
        await expect(desk.primary).to_be_disabled()
        line.cut = False
        await expect(desk.primary).to_be_enabled(timeout=10_000)
        await expect(page.locator(".banner.lost")).to_have_count(0)
