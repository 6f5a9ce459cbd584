"""Every state of the desks in a real browser: nothing that axe objects to, nothing cut off, and what they order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ViewportSize, async_playwright, expect

from meeting.console.access import Office
from meeting.order import commands as c
from meeting.order.rules import Announce
from meeting.order.sitting import MemberNo
from tests.axe import violations
from tests.meeting.console.browser.desk import ARGUMENTS, EXECUTABLE, SMALL, WIDE
from tests.meeting.console.browser.gallery import Shot, shots
from tests.meeting.console.browser.staged import StagedDesk, staged
from tests.meeting.console.played import Played, bailu

pytestmark = pytest.mark.asyncio(loop_scope="module")
OUTSIDE = """() => {
  const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
  const found = [];
  if (scrollWidth > clientWidth || scrollHeight > clientHeight) found.push("the page scrolls");
  for (const one of document.querySelectorAll("#primary, .sec button, .press, dialog[open] .answers button")) {
    const box = one.getBoundingClientRect();
    const inside = one.closest("dialog") ? true : box.bottom <= innerHeight && box.top >= 0;
    if (!inside || box.right > innerWidth || one.scrollWidth > one.clientWidth + 1) found.push(one.outerHTML);
  }
  for (const one of document.querySelectorAll("#console *, #teller *, dialog *")) {
    const text = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const small = parseFloat(getComputedStyle(one).fontSize) < 18;
    if (text && one.getClientRects().length && small) found.push(one.outerHTML);
  }
  const keys = [...document.body.innerText.matchAll(/\\b(console|hall)\\.[a-z_.-]+/g)].map((match) => match[0]);
  return [...found, ...keys];
}"""
CUT = """() => [...document.querySelectorAll(".script")].filter(
  (one) => one.scrollHeight > one.clientHeight + 4).map((one) => one.innerText)"""
UNCUT_AT_LEAST = {"blocked", "long-blocked", "earlier-blocked"}
"""What stands against a vote is seen before what is read out; the script scrolls there."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


@pytest.fixture(scope="module")
def made() -> list[Shot]:
    return list(shots())


@pytest.mark.parametrize("office", [Office.CHAIR, Office.TELLER])
@pytest.mark.parametrize(("lang", "size"), [("zh", WIDE), ("en", SMALL), ("zh", SMALL)])
async def test_every_state_is_legible_and_accessible(
    browser: Browser, made: list[Shot], office: Office, lang: str, size: ViewportSize
) -> None:
    wrong: dict[str, Any] = {}
    async with staged(browser, office, lang=lang, size=size) as desk:
        for shot in made:
            if shot.office is not office:
                continue
            desk.complaints.clear()
            await desk.look(shot.view, shot.act)
            found = await desk.page.evaluate(OUTSIDE)
            if size is WIDE and shot.name not in UNCUT_AT_LEAST:
                found += await desk.page.evaluate(CUT)
            found += [
                one for one in desk.complaints if "404" not in one
            ]  # the hall's QR code is not served here
            if lang == "zh":
                found += await violations(desk.page)
            if found:
                wrong[shot.name] = found
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)


async def given(desk: StagedDesk, count: int = 1) -> list[dict[str, Any]]:
    """The orders that the desk has given, once there are so many."""
    async with asyncio.timeout(5):
        while len(desk.orders) < count:
            await desk.page.wait_for_timeout(20)
    return desk.orders


async def sure(desk: StagedDesk) -> None:
    """Confirm what the dialog asks."""
    await desk.page.locator("dialog[open] [data-sure]").wait_for()
    await desk.page.keyboard.press("Control+Enter")


# --- the chair ---


async def test_totals_are_typed_checked_and_handed_in(browser: Browser) -> None:
    sitting = Played().begin().to(9).obey(c.UseHands("故障", MemberNo(19))).open()
    async with staged(browser) as desk:
        await desk.show(sitting.console())
        page = desk.page
        await page.locator("#primary").click()
        assert desk.orders == [], "a number is missing"
        await expect(page.locator("#totals .number").first).to_be_focused()
        for index, typed in enumerate(("27", "2 人", "２")):
            await page.locator("#totals .number").nth(index).fill(typed)
        await expect(page.locator(".sum.wrong")).to_contain_text("多出1")
        await page.locator("#totals .number").nth(2).fill("1")
        await expect(page.locator(".sum")).to_contain_text("未举手0人")
        # Views come all the time; what is typed stays.
        await desk.show(sitting.console())
        await expect(page.locator("#totals .number").first).to_have_value("27")
        await page.keyboard.press("PageDown")
        await page.locator(".work h1").click()
        await page.keyboard.press("PageDown")
        assert desk.orders == [], "a clicker hands nothing in"
        await page.locator("#primary").click()
        totals = {"R1": {"for": 27, "against": 2, "abstain": 1}}
        assert await given(desk) == [{"name": "enter_totals", "poll": sitting.poll.id, "totals": totals}]


async def test_totals_of_an_election_have_names_and_papers(browser: Browser) -> None:
    sitting = Played().begin().to(11).obey(c.UseHands("故障", MemberNo(19))).open()
    async with staged(browser) as desk:
        await desk.show(sitting.console())
        page = desk.page
        for label, number in (
            ("孟银杏 赞成", 19),
            ("孟银杏 反对", 5),
            ("柳合欢 赞成", 9),
            ("柳合欢 反对", 0),
            ("参加表决", 30),
            ("无效", 1),
        ):
            await page.get_by_label(label, exact=True).fill(str(number))
        await page.get_by_label("另选的姓名").first.fill("樊苍兰")
        await page.get_by_label("樊苍兰 赞成").fill("1")
        await page.locator("#primary").click()
        [order] = await given(desk)
        assert order["totals"] == {
            "item-11": {
                "for": {"孟银杏": 19, "柳合欢": 9, "樊苍兰": 1},
                "against": {"孟银杏": 5, "柳合欢": 0},
                "returned": 30,
                "invalid": 1,
            }
        }
        sitting.obey(c.EnterTotals(sitting.poll.id, order["totals"]))
        await desk.show(sitting.console())
        await page.locator('[data-act="correct"]').click()
        await expect(page.get_by_label("孟银杏 赞成", exact=True)).to_have_value("19")
        await expect(page.get_by_label("另选的姓名").first).to_have_value("樊苍兰")


async def test_hands_are_one_press_and_a_confirmation_away(browser: Browser) -> None:
    sitting = Played().begin().to(9).open()
    async with staged(browser) as desk:
        await desk.show(sitting.console())
        await desk.page.locator('[data-act="hands"]').click()
        await expect(desk.page.locator("dialog textarea")).to_have_value("表决系统故障")
        await sure(desk)
        assert await given(desk) == [{"name": "use_hands", "reason": "表决系统故障", "teller": 19}]
    async with staged(browser) as desk:
        await desk.show(Played().begin().to(13, 2).console())
        await desk.page.locator('[data-act="hands"]').click()
        await expect(desk.page.locator("dialog")).to_contain_text("不能改用举手")
        assert await desk.page.locator("dialog [data-sure]").count() == 0


async def test_a_declared_result_takes_one_press(browser: Browser) -> None:
    sitting = Played().begin().to(3).open()
    sitting.close([{"item-3": "for"}] * 30)
    async with staged(browser) as desk:
        desk.moves = True
        await desk.show(sitting.console())
        await desk.page.locator("#primary").click()
        assert await given(desk) == [{"name": "proceed"}]
        await desk.show(sitting.obey(c.Proceed()).console())
        assert sitting.state.at == (4, 0)
        await desk.page.locator("#undo button").click()
        assert (await given(desk, 2))[1] == {"name": "go_to", "item": 3, "step": 0}


async def test_a_clicker_declares_and_calls_nothing(browser: Browser) -> None:
    sitting = Played(bailu(announce=Announce.CHAIR_REVEALS)).begin().to(3).open()
    sitting.close([{"item-3": "for"}] * 30)
    async with staged(browser) as desk:
        await desk.show(sitting.console())
        await desk.page.keyboard.press("PageDown")
        await expect(desk.page.locator("#notice")).to_contain_text("公布表决结果")
        assert desk.orders == []
        await desk.page.locator("#primary").click()
        await sure(desk)
        assert await given(desk) == [{"name": "reveal_result", "poll": sitting.poll.id}]


async def test_an_objection_leads_to_a_new_vote_with_a_reason(browser: Browser) -> None:
    sitting = Played(bailu(announce=Announce.TELLERS_CONFIRM)).begin().to(3).open()
    sitting.close([{"item-3": "for"}] * 30)
    sitting.obey(c.ObjectToCount(sitting.poll.id, sitting.teller, "少一张"))
    async with staged(browser) as desk:
        await desk.show(sitting.console())
        await desk.page.locator("#primary").click()
        await expect(desk.page.locator("dialog .warning")).to_contain_text("少一张")
        await desk.page.fill("dialog textarea", "重新计票")
        await sure(desk)
        assert await given(desk) == [{"name": "reject_count", "poll": sitting.poll.id, "reason": "重新计票"}]


async def test_a_question_and_its_answer_have_times_of_their_own(browser: Browser) -> None:
    sitting = Played().begin().to(4, 1)
    sitting.obey(c.PutQuestion("田雨水", "何时？"))
    rules = sitting.plan.rules
    async with staged(browser) as desk:
        await desk.show(sitting.console())
        await desk.page.locator('[data-act="time-question"]').click()
        await desk.page.locator('[data-act="time-answer"]').click()
        assert await given(desk, 2) == [
            {"name": "start_timer", "seconds": rules.question_limit_s},
            {"name": "start_timer", "seconds": rules.answer_limit_s},
        ]


async def test_the_chair_admits_questions_and_calls_speakers(browser: Browser) -> None:
    sitting = Played().begin().to(4, 1)
    sitting.obey(c.PutQuestion("田雨水", "何时？"), c.SendQuestion(MemberNo(12), "何地？"))
    async with staged(browser) as desk:
        await desk.show(sitting.console())
        await desk.page.locator("[data-admit]").click()
        await given(desk)
        await desk.page.locator(".asked button", has_text="追问").click()
        await desk.page.fill("#text", "何人？")
        await desk.page.keyboard.press("Enter")
        await given(desk, 2)
        await desk.page.locator(".asked button", has_text="请谁答复").click()
        await desk.page.fill('dialog [name="to"]', "骆水杉")
        await desk.page.keyboard.press("Control+Enter")
        assert await given(desk, 3) == [
            {"name": "admit_question", "question": 1},
            {"name": "put_question", "by": "田雨水", "text": "何人？", "source": "member", "follows": 0},
            {"name": "assign_respondent", "question": 0, "to": "骆水杉"},
        ]
    sitting.to(8).obey(c.AskToSpeak(MemberNo(5)), c.AskToSpeak(MemberNo(6)))
    async with staged(browser) as desk:
        await desk.show(sitting.console())
        await desk.page.locator('[data-call="6"]').click()
        await given(desk)
        await desk.page.locator('[data-group="1"]').click()
        await desk.page.fill("dialog textarea", "同意")
        await desk.page.keyboard.press("Control+Enter")
        assert await given(desk, 2) == [
            {"name": "call_speaker", "member": 6},
            {"name": "record_summary", "item": 8, "group": 1, "text": "同意"},
        ]


# --- the tellers ---


async def test_a_teller_says_once_who_he_is(browser: Browser) -> None:
    sitting = Played().begin().to(6, 2)
    async with staged(browser, Office.TELLER) as desk:
        await desk.show(sitting.desk(), leads=False)
        page = desk.page
        await expect(page.locator(".zero")).to_have_text("0 张")
        await page.locator('[data-duty="confirm_empty_box"]').click()
        await page.locator('[data-me="9"]').click()
        assert await given(desk) == [{"name": "confirm_empty_box", "poll": sitting.poll.id, "teller": 9}]
        await expect(page.locator("#me")).to_have_text("叶清明")
        await page.locator('[data-duty="confirm_empty_box"]').click()
        assert (await given(desk, 2))[1]["teller"] == 9, "he is not asked again"
        # Whoever leaves is asked for anew.
        sitting.obey(c.RecordDeparture(MemberNo(9), "江立春"))
        await desk.show(sitting.desk(), leads=False)
        await expect(page.locator("#me")).to_have_text("我是哪一位？")


async def test_a_teller_rules_on_names_and_confirms(browser: Browser) -> None:
    sitting = Played().begin().to(11).open()
    question = sitting.poll.question

    def written(*names: str) -> dict[str, Any]:
        return {question: {"for": [], "against": ["孟银杏"], "write_in": list(names)}}

    sitting.close([written("樊苍兰")] * 16 + [written("范苍兰")] * 14)
    async with staged(browser, Office.TELLER) as desk:
        await desk.show(sitting.desk(), leads=False)
        page = desk.page
        await page.locator(".names-written li", has_text="樊苍兰").locator("input").check()
        await page.locator(".names-written li", has_text="范苍兰").locator("input").check()
        await expect(page.locator("#ruled")).to_have_value("樊苍兰")
        await page.locator('[data-duty="rule_write_ins"]').click()
        await page.locator('[data-me="19"]').click()
        same = ["樊苍兰", "范苍兰"]
        ruling = {"name": "rule_write_ins", "poll": sitting.poll.id, "question": question}
        assert await given(desk) == [{**ruling, "same": same, "person": "樊苍兰", "teller": 19}]
        said = c.RuleWriteIns(sitting.poll.id, question, tuple(same), "樊苍兰", MemberNo(19))
        sitting.obey(c.RecordRuling(said, dict(sitting.poll.result or {})))
        await desk.show(sitting.desk(), leads=False)
        await page.locator('[data-duty="take_back"]', has_text="范苍兰").click()
        undone = {**ruling, "same": ["范苍兰"], "person": "范苍兰", "teller": 19}
        assert (await given(desk, 2))[1] == undone, "a slip can be taken back"
        await page.locator('[data-duty="confirm_count"]').click()
        assert (await given(desk, 3))[2] == {"name": "confirm_count", "poll": sitting.poll.id, "teller": 19}
        await page.locator('[data-duty="object_to_count"]').click()
        await page.fill("dialog textarea", "不符")
        await sure(desk)
        assert (await given(desk, 4))[3]["reason"] == "不符"


async def test_a_void_wants_a_teller_and_a_second(browser: Browser) -> None:
    sitting = Played().begin().to(9).open().obey()
    sitting.obey(c.VoidPoll(sitting.poll.id, "手机拿错"))
    async with staged(browser, Office.TELLER) as desk:
        await desk.show(sitting.desk(), leads=False)
        page = desk.page
        await expect(page.locator(".panel.danger")).to_contain_text("手机拿错")
        await page.locator('[data-duty="countersign_void"]').click()
        await page.locator('[data-me="19"]').click()
        await page.locator("dialog [data-sure]").click()
        assert desk.orders == [], "a short press is not enough"
        await sure(desk)
        assert await given(desk) == [{"name": "countersign_void", "poll": sitting.poll.id, "teller": 19}]


async def test_the_count_report_goes_on_paper(browser: Browser) -> None:
    sitting = Played().begin().to(3).open()
    sitting.close([{"item-3": "for"}] * 28 + [{"item-3": "against"}])
    async with staged(browser, Office.TELLER) as desk:
        await desk.show(sitting.desk(), leads=False)
        page = desk.page
        await page.evaluate("window.print = () => undefined")
        await page.locator("[data-print]").first.click()
        await page.emulate_media(media="print")
        await expect(page.locator("#sheet h1")).to_have_text("计票结果报告单")
        assert await page.locator("#sheet .figures td").all_inner_texts() == [
            "31",
            "31",
            "30",
            "0",
            "30",
            "29",
        ]
        assert not await page.locator("#teller").is_visible()
        await page.emulate_media(media="screen")
        assert not await page.locator("#sheet").is_visible()
