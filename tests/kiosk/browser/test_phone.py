"""The phone in a real browser against the real server: one day of a member, and what may go wrong in it."""

from __future__ import annotations

import asyncio
import gc
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from meeting.order import commands as c
from meeting.order.events import PollId
from meeting.order.sitting import MemberNo
from tests.kiosk.browser.members import NO_SUBTLE, Member, chromium
from tests.meeting.order.small_sitting import N1, small_plan
from tests.session_day.served_sitting import ServedSitting, serving
from tests.voting.voter import Voter

pytestmark = pytest.mark.asyncio(loop_scope="module")

TITLE = "任命甲为局长"
ACCEPTED = ("正在送达您的表决票", "已收到您的表决票")
WORDS = {"for": "赞成", "against": "反对", "abstain": "弃权"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture(autouse=True)
def memory_as_before() -> Iterator[None]:
    """The server tunes the collector for itself; the next test is another process's work."""
    limits = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*limits)


def voters(but: int) -> list[Voter]:
    """Everybody but the last members, whose phones are in a browser."""
    return [Voter(number) for number in range(1, 8 - but)]


async def convene(served: ServedSitting, *others: int) -> None:
    """Everybody who has not signed in by phone comes to the desk; the roll is confirmed."""
    present = set(served.house.service.state.present)
    missing = [
        m.number for m in served.house.service.state.plan.members if m.number not in present | set(others)
    ]
    await served.obey(*(c.RecordArrival(MemberNo(n)) for n in missing), c.ConfirmRoll())


async def to_the_appointment(served: ServedSitting) -> PollId:
    """Past the open vote, without the phones, to the secret ballot on N1; its id."""
    poll = served.poll.id
    await served.obey(c.OpenPoll(poll))
    await served.vote("for")
    await served.obey(c.ClosePoll(poll))
    await served.ended(poll)
    await served.obey(*[c.Proceed()] * 8)
    assert served.poll.matter == N1
    return served.poll.id


async def close(served: ServedSitting) -> dict[str, int]:
    poll = served.poll.id
    await served.obey(c.ClosePoll(poll))
    ended = await served.ended(poll)
    assert ended.result is not None
    counts: dict[str, int] = ended.result["questions"][ended.question]["counts"]
    return counts


async def test_a_day_from_the_card_to_the_public_list(tmp_path: Path, browser: Browser) -> None:
    """Three members, three choices: the same taps, the same bytes, and afterwards the same page."""
    async with serving(tmp_path, small_plan(), voters(3)) as served, AsyncExitStack() as stack:
        phones = []
        for number, script in ((5, ""), (6, NO_SUBTLE), (7, "")):
            phones.append(await Member.arrive(browser, number, script=script))
            stack.push_async_callback(phones[-1].context.close)
        first, _, plain = phones

        await first.scan(served)
        assert "成员" not in await first.page.content()  # nobody's name before he has joined
        assert served.house.service.state.present == ()
        for phone in phones:
            await phone.enter(served, host="hall.test" if phone is plain else "")
            await phone.reads(f"{phone.number} 号")
            assert phone.page.url.endswith("/phone")
            await phone.tap(f"我是成员{phone.number}，签到")
            await phone.reads("您已签到")

        assert not await plain.page.evaluate("isSecureContext || crypto.subtle")
        await plain.reads("本次会议未使用加密连接")

        await convene(served)
        for phone in phones:
            await phone.reads("即将表决，请准备")
        await served.obey(c.OpenPoll(served.poll.id))
        for phone, word in zip(phones, WORDS.values(), strict=True):
            await phone.vote(word)
            await phone.sees("已收到您的表决")
        await first.tap("重新填写")
        assert await first.page.locator("input:checked").count() == 0
        await first.vote("反对")
        await first.sees("已收到您的表决")
        await served.vote("for")
        assert await close(served) == {"for": 4, "against": 2, "abstain": 1}
        await first.reads("表决结果")

        await served.obey(*[c.Proceed()] * 8)
        for phone in phones:
            await phone.reads("您的表决票已备好")
            await phone.reads(served.code())
        await served.obey(c.OpenPoll(served.poll.id))
        for phone in phones:
            phone.taps = 0
        await asyncio.gather(*(p.vote(word) for p, word in zip(phones, WORDS.values(), strict=True)))
        for phone in phones:
            await phone.sees("已收到您的表决票")
        await _all_alike(phones)

        await served.vote("for")
        assert await close(served) == {"for": 5, "against": 1, "abstain": 1}
        for phone in phones:
            await phone.reads("通过")
            await expect(phone.page.locator(".cell.for dd")).to_have_text("5")
            await phone.reads("已核对：您的票在公示册中")
            assert phone.said == []


async def _all_alike(phones: list[Member]) -> None:
    choices = [phone.casts[-1]["marks"]["N1"] for phone in phones]
    assert choices == list(WORDS)
    assert {phone.taps for phone in phones} == {3}
    assert len({len(phone.boxed[-1].encode()) for phone in phones}) == 1
    parts = "['head', 'stage', 'paper', 'status'].map((id) => document.getElementById(id).outerHTML).join()"
    bodies = {re.sub(r"lit\$\d+\$", "", await phone.page.evaluate(parts)) for phone in phones}
    assert len(bodies) == 1
    (body,) = bodies
    for word in (*WORDS, *WORDS.values()):
        assert not re.search(rf"(?<![\w-]){word}(?![\w-])", body), word
    for phone in phones:
        kept = await phone.kept()
        for secret in ('"marks"', '\\"marks', "draft", *(f'"{mark}"' for mark in WORDS)):
            # The open vote before is no secret, and kept with its name.
            assert secret not in re.sub(r'\{"ballot":"2-item.*', "", kept), (secret, kept)


async def test_a_reload_between_any_two_steps_ends_in_one_counted_ballot(
    tmp_path: Path, browser: Browser
) -> None:
    async with serving(tmp_path, small_plan(), voters(1)) as served:
        phone = await Member.arrive(browser, 7)
        await phone.scan(served)
        await phone.reload()
        async with phone.page.expect_request(lambda request: request.method == "POST"):
            await phone.tap("进入会议")
        await phone.reload()  # he has pressed: the phone goes on by itself
        await phone.tap("我是成员7，签到")
        await phone.reload()
        await phone.reads("您已签到")
        await convene(served)
        ballot = await to_the_appointment(served)
        await phone.sees(TITLE)
        await phone.reload()  # while the ballot is collected, or just before
        await phone.reads("您的表决票已备好")
        await phone.reload()
        await phone.reads("您的表决票已备好")
        await served.obey(c.OpenPoll(ballot))
        await phone.reads("请先选一项")
        await phone.reload()
        await phone.reads("请先选一项")
        await phone.choose("反对")
        await phone.reload()
        await expect(phone.page.get_by_role("radio", name="反对")).to_be_checked()
        await phone.tap("核对")
        await phone.reload()
        await phone.tap("核对")
        await phone.page.evaluate(_KEEP_NOTHING)
        await phone.tap("确认提交")
        await phone.reads("正在保存您填写的内容")
        assert await phone.sees(*ACCEPTED, "请核对") == "请核对", "nothing is stored yet"
        await phone.reload()  # pressed, and not stored: the paper lies there as it was, and he presses again
        await phone.sees(TITLE)
        assert phone.boxed == [], "a paper that may be pressed again has not left the phone"
        await phone.tap("核对")
        await phone.page.evaluate(_RELOAD_AT_THE_FIRST_WORD, ACCEPTED)
        async with phone.page.expect_navigation():
            await phone.tap("确认提交")
        await phone.sees(*ACCEPTED)  # what has once been said to be on its way is on its way
        assert "draft" not in await phone.kept()
        assert await phone.page.locator("#paper input").count() == 0
        await phone.reload()
        await phone.sees("已收到您的表决票")
        await phone.reload()
        await phone.sees("已收到您的表决票")
        await served.vote("for")
        assert served.house.box.turnout(ballot).returned == 7
        assert await close(served) == {"for": 6, "against": 1, "abstain": 0}
        await phone.reads("表决结果")
        await phone.reload()
        await phone.reads("已核对：您的票在公示册中")
        await phone.reload()
        await phone.reads("已核对：您的票在公示册中")
        assert phone.said == []
        await phone.context.close()


# The phone's database takes its time over a paper that was pressed: for ever, until the page is gone.
_KEEP_NOTHING = """() => {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (record, key) {
    if (record.stage !== 'pressed') return put.call(this, record, key);
    const wait = () => (this.get(key).onsuccess = wait);
    return wait();
  };
}"""

# The page goes the very moment that it says anything of the paper being on its way, and does nothing more.
_RELOAD_AT_THE_FIRST_WORD = """(words) => {
  Storage.prototype.removeItem = Storage.prototype.setItem = () => undefined;
  const read = () => {
    const heading = [...document.querySelectorAll('h1')].find((one) => one.offsetParent !== null);
    if (heading && words.includes(heading.textContent.trim())) location.reload();
  };
  new MutationObserver(read).observe(document.body, { subtree: true, childList: true, attributes: true });
}"""


async def test_a_draft_outlives_pushes_and_the_server(tmp_path: Path, browser: Browser) -> None:
    plan, everybody = small_plan(), voters(1)
    async with serving(tmp_path, plan, everybody) as served:
        phone = await Member.arrive(browser, 7)
        await phone.page.clock.install()
        await phone.sign_in(served)
        await convene(served)
        ballot = await to_the_appointment(served)
        await phone.reads("您的表决票已备好")
        await served.obey(c.OpenPoll(ballot))
        await phone.reads("请先选一项")
        assert await phone.focus() == "H1"
        await phone.choose("弃权")
        await phone.page.evaluate(_WATCH_THE_PAPER)
        for voter in everybody:
            await voter.cast(served.house.box, ballot, "for")
            served.house.service.show()
        await served.obey(c.HoldPoll(ballot))
        await phone.reads("表决暂停，您的草稿保留")
        await served.obey(c.ResumePoll(ballot))
        await phone.may("核对")
        port = int(served.url.rpartition(":")[2])
    await expect(phone.page.get_by_text("正在重新连接")).to_have_count(0)
    await phone.page.clock.fast_forward(3_500)
    await expect(phone.page.locator(".strip")).to_have_text("正在重新连接……")
    await phone.page.clock.fast_forward(7_000)
    await phone.reads("网络断开，您填写的内容还在")
    async with serving(tmp_path, plan, everybody, port) as served:
        await phone.reads("已连接")
        await expect(phone.page.locator("#notices *")).to_have_count(0)
        await expect(phone.page.get_by_role("radio", name="弃权")).to_be_checked()
        assert await phone.page.evaluate("window.touched") == []
        assert await phone.focus() == "INPUT"

        await phone.hide(True)
        assert not await phone.page.locator("label.option").first.is_visible()
        await phone.hide(False)
        await phone.tap("核对")
        await phone.reads("您选择")
        await phone.hide(True)
        assert not await phone.page.get_by_text("弃权").first.is_visible()
        await phone.hide(False)
        await phone.tap("确认提交")
        await phone.sees("已收到您的表决票")
        assert await phone.focus() == "H1"
        assert await phone.page.locator("#status").inner_text() == "已收到。"
        assert await close(served) == {"for": 6, "against": 0, "abstain": 1}
        await phone.context.close()


# What changes in the form while others vote, the poll is held, and the server goes and comes.
_WATCH_THE_PAPER = """() => {
  window.touched = [];
  const note = ({ type, target }) => window.touched.push(`${type} ${target.nodeName}`);
  const everything = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver((changes) => changes.forEach(note)).observe(document.querySelector('#paper form'), everything);
}"""


async def test_a_card_is_one_phones_and_a_phone_is_one_members(tmp_path: Path, browser: Browser) -> None:
    async with serving(tmp_path, small_plan(), voters(2)) as served, AsyncExitStack() as stack:
        first, second = await Member.arrive(browser, 7), await Member.arrive(browser, 7)
        for phone in (first, second):
            stack.push_async_callback(phone.context.close)
        await first.scan(served)
        await second.scan(served)  # a preview, or a curious neighbour: nothing has happened yet
        await first.sign_in(served)
        await second.tap("进入会议")
        await second.sees("此链接已在另一台设备启用")
        assert "成员7" not in await second.body()

        await first.scan(served, card=6)
        await first.sees("这部手机已登记给另一位成员")
        await first.tap("我是成员7，回到会议")
        await first.reads("您已签到")

        another = await first.context.new_page()
        await another.goto(f"{served.url}/phone")
        await first.sees("会议页面已在这部手机的另一处打开")
        await first.tap("在这里继续")
        await first.reads("您已签到")

        third = await Member.arrive(browser, 6)
        stack.push_async_callback(third.context.close)
        await third.page.goto(f"{served.url}/phone")
        await third.page.get_by_label("席卡编码").fill("wrong-code")
        await third.tap("进入会议")
        await third.reads("没有找到这张席卡")
        code = served.card(6).lower()
        await third.page.get_by_label("席卡编码").fill(f" {code[:4]}-{code[4:8]} {code[8:]}")
        await third.page.keyboard.press("Enter")
        await third.tap("我是成员6，签到")
        await third.reads("您已签到")


async def test_who_is_recused_or_absent_gets_no_paper(tmp_path: Path, browser: Browser) -> None:
    async with serving(tmp_path, small_plan(), voters(2)) as served, AsyncExitStack() as stack:
        recused, absent = await Member.arrive(browser, 7), await Member.arrive(browser, 6)
        for phone in (recused, absent):
            stack.push_async_callback(phone.context.close)
        await recused.sign_in(served)
        await absent.enter(served)
        await convene(served, 6)
        await absent.sees("本次表决没有您的表决票")
        await served.obey(c.Recuse(MemberNo(7), N1, "亲属"))
        ballot = await to_the_appointment(served)
        await recused.sees("您本项回避，不参加表决")
        await served.obey(c.OpenPoll(ballot))
        await absent.sees("本次表决没有您的表决票")
        await served.vote("for")
        assert await close(served) == {"for": 5, "against": 0, "abstain": 0}
        for phone in (recused, absent):
            await phone.reads("表决结果")
            assert await phone.page.locator("input").count() == 0
            assert "公示册" not in await phone.page.locator("#stage").inner_text()
            assert phone.boxed == []


async def test_without_tls_only_where_the_assembly_has_said_so(tmp_path: Path, browser: Browser) -> None:
    plan = small_plan()
    strict = replace(plan, rules=replace(plan.rules, plain_http=False))
    async with serving(tmp_path, strict, voters(1)) as served:
        phone = await Member.arrive(browser, 7)
        await phone.scan(served, host="hall.test")
        await phone.sees("这个连接没有加密，不能进入会议")
        assert await phone.page.get_by_role("button", name="进入会议").count() == 0
        await phone.context.close()


async def test_a_browser_that_is_too_old_is_told_so(tmp_path: Path, browser: Browser) -> None:
    async with serving(tmp_path, small_plan(), voters(1)) as served:
        phone = await Member.arrive(browser, 7, script="delete window.BigInt;")
        await phone.scan(served)
        await phone.sees("这部手机的浏览器太旧，不能表决")
        await phone.context.close()


async def test_a_reader_keeps_his_size_colours_and_language(tmp_path: Path, browser: Browser) -> None:
    async with serving(tmp_path, small_plan(), voters(1)) as served:
        phone = await Member.arrive(browser, 7)
        await phone.scan(served)
        await phone.tap("字号、颜色和语言")
        for name in ("特大", "黑底白字", "English"):
            await phone.choose(name)
        await phone.tap("Done")
        await phone.tap("Enter the meeting")
        await phone.tap("I am 成员7: sign in")
        await phone.reload()
        await phone.reads("You are signed in")
        assert await phone.page.evaluate("getComputedStyle(document.body).fontSize") == "30px"
        assert await phone.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
        assert await phone.page.evaluate("document.documentElement.lang") == "en"
        assert phone.said == []
        await phone.context.close()
