"""People lead, watch and vote in real browsers through a part of the Bailu sitting, among robots.

Items 1 to 3, and the appointments in 7 to 10: two are carried, one is deferred.  What lies between is gone past as the
chair would.  At every step hall, phones, console and public page show what each of them may, and nothing else.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

import voting.verify
from meeting.office import library
from meeting.record.results import results
from meeting.settings import PUBLIC_DELAY_VARIABLE
from tests.kiosk.browser.members import chromium
from tests.session_day.open_house import PHONES, OpenHouse, open_house
from voting.database import open_engine
from voting.record import write_record
from voting.signed import unb64

N1, N2, N3 = NOMINEES = ("方青松", "顾海棠", "程修竹")
REMOVED = "曾木槿"
DEFERRED = "决定任命顾海棠为白鹭县卫生健康局局长"


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


async def test_people_lead_watch_and_vote(
    tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The public page is read right after a result; how far it is behind is tests/meeting/test_public_delay's.
    monkeypatch.setenv(PUBLIC_DELAY_VARIABLE, "0")
    async with open_house(browser, tmp_path) as house:
        await _roll_call(house)
        await _open_vote(house, "2-item-1-member", 29, "通过会议议程")
        await _open_vote(house, "3-item-1-member", 29, "总监票人")
        await _past_what_is_between(house)
        await _nominations(house)
        await _deliberation(house)
        await _removal(house)
        heads = [await _first_appointment(house), await _second_appointment(house)]
        await _the_end(house)
        await house.ended()
        assert house.desk.complaints == house.complaints == []
        assert {number: phone.said for number, phone in house.phones.items()} == {n: [] for n in PHONES}
        for phone in house.phones.values():
            assert [cast["ballot"] for cast in phone.casts] == ["10-n1-1-member", "10-n3-1-member"]
        receipts = [line for phone in house.phones.values() for line in receipts_in(await phone.kept())]
    _one_counted_ballot_per_voter(tmp_path, house, heads, receipts)


def receipts_in(kept: str) -> list[str]:
    """What a phone keeps of its own secret ballots, as the verifier reads it."""
    records = [json.loads(line) for line in kept.splitlines()]
    return [
        json.dumps({"ballot": one["ballot"], "leaf": unb64(one["sent"][0]["leaf"]).hex()})
        for one in records
        if one.get("sent")
    ]


async def _roll_call(house: OpenHouse) -> None:
    desk = house.desk
    await house.sees_in_hall(".stat >> nth=0 >> .n", "31")
    for phone in house.phones.values():
        await phone.enter(house.host)
    for number, name in (
        (28, "陆大寒"),
        (31, "梁除夕"),
    ):  # number 30 has come into the page, and not to the sitting
        await house.phones[number].tap(f"我是{name}，签到")
        await house.phones[number].reads("您已签到")
    await house.sees_in_hall(".stat >> nth=1 >> .n", "29")
    await desk.page.locator("#roll-tab").click()
    await desk.member(29, "record_leave")
    await desk.record(reason="病假")
    await house.sees_in_hall(".stat >> nth=2 >> .n", "1")
    await desk.press()
    await desk.until("即将表决")
    await house.phones[30].sees("本次表决没有您的表决票")


async def _open_vote(house: OpenHouse, ballot: str, voters: int, title: str) -> None:
    desk, here = house.desk, [number for number in PHONES if voters == 30 or number != 30]
    await house.sees_in_hall(".kicker .state", "即将表决")
    for number in here:
        await house.phones[number].reads("即将表决，请准备")
    await desk.press()
    await desk.until("正在表决")
    await house.sees_in_hall(".kicker .state", "正在表决")
    await house.received(voters - len(here), voters)
    await house.vote(ballot, *here)
    for number in here:
        await house.phones[number].sees("已收到您的表决")
    await house.received(voters, voters)
    await desk.press()
    sentence = f"赞成{voters}票，反对0票，弃权0票"
    meaning = f"，超过全体组成人员的半数，{title}。" if REMOVED in title else "。通过。"
    await house.declared((voters, 0, 0), 0, sentence + meaning)
    await expect(house.stage.locator("h1.title")).to_contain_text(title)
    await desk.press()


async def _past_what_is_between(house: OpenHouse) -> None:
    """Items 4 to 6: the chair goes to item 7, and number 30 comes in."""
    desk = house.desk
    await desk.page.locator("#run > ol > li >> nth=6 >> button.line").click()
    await desk.page.locator("dialog .go").click()
    await expect(desk.page.locator(".work h1")).to_contain_text(N1)
    await desk.page.locator("#roll-tab").click()
    await desk.member(30, "record_arrival")
    await expect(desk.page.locator("#roll-tab")).to_contain_text("30")
    await desk.page.locator("#roll-tab").click()
    await house.published(of=(*NOMINEES, REMOVED))


async def _nominations(house: OpenHouse) -> None:
    desk = house.desk
    for name, asks, text in (
        (N1, "关小暑", "乡村公路养护资金缺口怎么解决？"),
        (N2, "邢上元", "核实结果是什么？"),
        (N3, "余冬至", "如何解决执行难？"),
    ):
        await house.sees_in_hall("h1.name", name)
        for phone in house.phones.values():
            await phone.sees(name)
        await house.published(of=(*NOMINEES, REMOVED))
        await desk.press()
        await house.sees_in_hall(".kicker .state", "供职发言")
        await desk.press()
        if name == N2:
            await desk.act("pledge-again")
            await desk.record(reason="对如何接受人大监督未作表态")
            await desk.until("重新表态")
            await desk.press()
        for phone in house.phones.values():
            await expect(phone.page.locator("[role=timer]")).to_be_visible()
        await desk.press()
        await house.sees_in_hall(".kicker .state", "回答提问")
        await desk.page.fill("#by", asks)
        await desk.page.fill("#text", text)
        await desk.page.keyboard.press("Enter")
        await expect(house.stage).to_contain_text(text)
        for phone in house.phones.values():
            await phone.reads(text)
        if name == N2:
            await desk.act("unanswered")
        else:
            await desk.press()
        await expect(desk.page.locator(".questions.closed li")).to_have_count(1)
        await desk.press()


async def _deliberation(house: OpenHouse) -> None:
    """Number 26 is recused from N1, and N2 is deferred: hall and phones say so, the public page does not."""
    desk, page = house.desk, house.desk.page
    await page.locator("#roll-tab").click()
    await desk.member(26, "recuse")
    await page.select_option('dialog [name="matter"]', "N1")
    await desk.record(reason="与拟任人员有近姻亲关系")
    await page.locator("#roll-tab").click()
    await desk.act("more")
    await page.locator('dialog [data-act="defer_matter"]').click()
    await page.select_option('dialog [name="matter"]', "N2")
    await desk.record(reason="提请机关对审议中反映的问题不能明确答复")
    await house.sees_in_hall(".kicker .state", "事项说明")
    await house.sees_in_hall(".notice .verdict", "暂缓表决")
    await house.sees_in_hall("h1.title", DEFERRED)
    for phone in house.phones.values():
        await phone.reads("暂缓表决")
        await phone.sees(DEFERRED)
    await expect(page.locator("#run li").filter(has_text=N2)).to_have_count(0)
    await house.published(of=(*NOMINEES, REMOVED))
    await desk.press()


async def _removal(house: OpenHouse) -> None:
    await _open_vote(house, "9-r1-1-member", 30, f"决定免去{REMOVED}的白鹭县交通运输局局长职务")
    await house.published(REMOVED, of=(*NOMINEES, REMOVED))


async def _first_appointment(house: OpenHouse) -> str:
    desk = house.desk
    for phone in house.phones.values():
        await phone.reads("您的表决票已备好")
    await house.sees_in_hall(".kicker .state", "即将表决")
    code = await house.code()
    await desk.press()
    await house.received(26, 29)
    await house.published(REMOVED, of=(*NOMINEES, REMOVED))
    await house.vote("10-n1-1-member", *PHONES)
    for phone in house.phones.values():
        await phone.sees("已收到您的表决票")
    await house.received(29, 29)
    await house.published(REMOVED, of=(*NOMINEES, REMOVED))
    await desk.press()
    carried = "超过全体组成人员的半数，决定任命方青松为白鹭县交通运输局局长。"
    await house.declared((26, 2, 1), 0, f"{N1}，赞成26票，反对2票，弃权1票，{carried}")
    await house.published(REMOVED, N1, of=(*NOMINEES, REMOVED))
    await house.checked(*PHONES)
    await desk.press()
    return code


async def _second_appointment(house: OpenHouse) -> str:
    desk = house.desk
    for phone in house.phones.values():
        await phone.reads("您的表决票已备好")
    await house.sees_in_hall(".kicker .state", "即将表决")
    code = await house.code()
    await desk.press()
    await house.vote("10-n3-1-member", *PHONES)
    for phone in house.phones.values():
        await phone.sees("已收到您的表决票")
    await house.received(29, 30)
    await house.published(REMOVED, N1, of=(*NOMINEES, REMOVED))
    await desk.primary.click()
    await expect(desk.page.locator("dialog .warning")).to_have_text("还有1张没有收回。")
    await desk.page.keyboard.press("Escape")
    await desk.press()
    post = "白鹭县人民法院副院长、审判委员会委员、审判员"
    carried = f"超过全体组成人员的半数，任命程修竹为{post}。"
    await house.declared((27, 0, 2), 1, f"{N3}，赞成27票，反对0票，弃权2票，{carried}")
    await house.published(REMOVED, N1, N3, of=(*NOMINEES, REMOVED))
    await house.checked(*PHONES)
    await desk.press()
    # N2 was deferred: his vote is passed over.
    await expect(desk.page.locator(".work h1")).not_to_contain_text(N2)
    return code


async def _the_end(house: OpenHouse) -> None:
    """Nothing more is held: the chair goes to the last item and closes."""
    desk = house.desk
    await desk.page.locator("#run > ol > li >> nth=14 >> button.line").click()
    await desk.page.locator("dialog .go").click()
    await expect(desk.page.locator(".work h1")).to_contain_text("闭会")
    while await desk.word() != "已散会":
        await desk.press()
    await house.sees_in_hall(".adjourned", "会议闭会")
    for phone in house.phones.values():
        await phone.sees("会议已结束")
    await house.published(REMOVED, N1, N3, of=(*NOMINEES, REMOVED))


def _one_counted_ballot_per_voter(
    data: Path, house: OpenHouse, heads: list[str], receipts: list[str]
) -> None:
    engine = open_engine(data)
    try:
        with engine.connect() as conn:
            state, _ = library.read(conn, house.sitting)
        write_record(engine, house.sitting, data / "record.zip")
    finally:
        engine.dispose()
    held = {(one["item"], one["matter"]): one["result"] for one in results(state)}
    assert {key: (one["issued"], one["returned"]) for key, one in held.items()} == {
        (2, None): (29, 29),
        (3, None): (29, 29),
        (9, "R1"): (30, 30),
        (10, "N1"): (29, 29),
        (10, "N3"): (30, 29),
    }
    for one in held.values():
        (answer,) = one["questions"].values()
        assert sum(answer["counts"].values()) == one["returned"], "every ballot is counted once"
    assert len(set(receipts)) == 2 * len(PHONES)
    mine = data / "receipts.jsonl"
    mine.write_text("\n".join(receipts) + "\n")
    verify = [sys.executable, str(voting.verify.__file__), str(data / "record.zip"), "--mine", str(mine)]
    for head in heads:
        command = [*verify, "--head", head]
        verified = subprocess.run(command, capture_output=True, text=True, check=False)
        assert verified.returncode == 0, verified.stdout
    assert "29 returned, 1 handed back unused" in verified.stdout
