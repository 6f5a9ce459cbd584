"""The Bailu sitting with people in it: a console, the hall screen, three phones and the public page in a real browser,
and every other member's phone a robot.  What each of them shows is asked of its page, never of the server.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Locator, Page, expect

from kiosk.anonymous import Anonymous
from kiosk.board_follower import BoardFollower
from kiosk.join import cards
from kiosk.personal import Pace
from meeting.demo import BAILU
from meeting.demo.people import Links, Opening, opened
from meeting.office.sitting_file import read_sitting
from meeting.order.sitting import MemberNo, SittingId
from meeting.rehearsal.day import Day
from meeting.rehearsal.deal import Deals
from tests.kiosk.browser.members import Member
from tests.meeting.console.browser.desk import Desk
from voting.database import open_engine
from voting.paper import MotionQuestion, Paper

PHONES: Final = (28, 30, 31)
"""The last who are ever here; the robots are everybody before them.  Number 30 comes late."""
SEED: Final = 193
"""A deal in which the three phones mark the three choices in the first secret ballot."""
WORDS: Final = {"for": "赞成", "against": "反对", "abstain": "弃权"}
PATIENT_MS: Final = 25_000


def day() -> Day:
    file = read_sitting(BAILU)
    return Day(file.plan, file.script)


@dataclass(frozen=True)
class Hosting:
    """Where the cards lead: what a phone is told of the server."""

    url: str
    board_key: str
    codes: dict[int, str]

    def card(self, member: int) -> str:
        return self.codes[member]


@dataclass(frozen=True)
class OpenHouse:
    """Everything that can be seen of the sitting."""

    sitting: SittingId
    host: Hosting
    desk: Desk
    hall: Page
    public: Page
    phones: dict[int, Member]
    deals: Deals
    complaints: list[str]
    """What the hall screen and the public page complained of."""

    # --- while members vote ---

    async def received(self, returned: int, of: int) -> None:
        """Hall and console show how many have come in, and nobody shows more."""
        await self.sees_in_hall(".turnout > div:first-child > .n", str(returned))
        await self.sees_in_hall(".turnout .n.of", str(of))
        await expect(self.desk.page.locator(".figs.big .n").first).to_have_text(str(returned))
        await self.no_split()

    async def no_split(self) -> None:
        assert await self.stage.locator(".tile, .choice").count() == 0
        assert await self.desk.page.locator(".votes").count() == 0
        shown = [
            await self.stage.inner_text(),
            await self.desk.page.locator(".content").inner_text(),
            await self.desk.page.locator("#programme").get_attribute("aria-label") or "",
        ]
        for phone in self.phones.values():
            assert await phone.page.locator(".cell").count() == 0
            if await phone.page.locator("#paper input").count() == 0:
                shown.append(await phone.page.locator("#stage").inner_text())
        for text in shown:
            assert not [word for word in WORDS.values() if word in text], text

    async def vote(self, ballot: str, *members: int) -> None:
        """These phones vote as the deal has it."""
        for member in members:
            question = ballot.split("-")[1].upper()
            marks = self.deals.marks(MemberNo(member), Paper((MotionQuestion(id=question),)), ballot)
            assert marks is not None, "the robots withhold, people do not"
            mark = str(marks[question])
            phone = self.phones[member]
            await phone.choose(WORDS[mark])
            await phone.tap("核对")
            await phone.tap("确认提交")

    # --- the result ---

    async def declared(self, counts: tuple[int, int, int], not_returned: int, sentence: str) -> None:
        """The same figures and the same sentence in the hall, at the console and on every phone."""
        await self.desk.until("结果已出")
        figures = [*map(str, counts), str(not_returned)]
        for kind, figure in zip((*WORDS, "novote"), figures, strict=True):
            await self.sees_in_hall(f".tile.{kind} .n", figure)
        await self.sees_in_hall(".band .verdict", "通过")
        await self.sees_in_hall(".band .said", sentence)
        assert await self.desk.page.locator(".votes .n").all_inner_texts() == figures
        await expect(self.desk.page.locator(".script")).to_contain_text(sentence)
        for phone in self.phones.values():
            await phone.reads(sentence)
            assert await phone.page.locator(".cell dd").all_inner_texts() == figures
            await expect(phone.page.locator(".verdict b")).to_have_text("通过")

    async def checked(self, *members: int) -> None:
        """Each of these phones has found its ballot on the public list."""
        for member in members:
            await self.phones[member].reads("已核对：您的票在公示册中")

    async def code(self) -> str:
        """The ballot's code, the same in the hall, at the console and on every phone."""
        code = (await self.stage.locator(".code").inner_text()).replace(" ", "-")
        await expect(self.desk.page.locator("#ballot-code")).to_contain_text(code.replace("-", " "))
        for phone in self.phones.values():
            await phone.reads(code)
        return code

    # --- everybody else ---

    @property
    def stage(self) -> Locator:
        """The slide in the hall; the one before it is still there while it fades."""
        return self.hall.locator(".hall-stage").last

    async def sees_in_hall(self, selector: str, text: str) -> None:
        await expect(self.stage.locator(selector)).to_have_text(text, timeout=PATIENT_MS)

    async def published(self, *names: str, of: tuple[str, ...]) -> None:
        """Of all the names in `of`, the public page and its news tell these and no other, anywhere in them."""
        await self.public.reload()
        news = await (await self.public.request.get(f"{self.host.url}/public.json")).text()
        page = await self.public.content()
        for name in of:
            assert (name in page, name in news) == (name in names,) * 2, name
        titles = " ".join(await self.public.locator("article.res h3").all_inner_texts())
        assert all(name in titles for name in names), titles

    async def ended(self) -> None:
        """Until the board has its last entry: every hand-back and every check is on it."""
        follower = BoardFollower(Anonymous(self.host.url))
        async with asyncio.timeout(60):
            while not follower.board.ended:
                await follower.refresh()


@asynccontextmanager
async def open_house(browser: Browser, data: Path) -> AsyncIterator[OpenHouse]:
    """Everybody at his place; nobody has signed in but the robots, who are coming."""
    plan = day().plan
    opening = Opening(
        robots=sum(one.number in day().ever_here() for one in plan.members) - len(PHONES),
        host="127.0.0.1",
        port=0,
        seed=SEED,
        coming_in_s=1,
        pace=lambda chance: Pace(chance, 0.1),
        person=None,
    )
    async with opened(opening, data) as links, AsyncExitStack() as stack:
        host = await asyncio.to_thread(_hosting, links, data, plan.id)
        complaints: list[str] = []
        pages = []
        for path in (links.hall, f"{host.url}/public"):
            context = await browser.new_context(locale="zh-CN", viewport={"width": 1920, "height": 1080})
            stack.push_async_callback(context.close)
            page = await context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            await page.goto(path)
            pages.append(page)
        hall, public = pages
        await hall.get_by_role("button").click()
        await hall.locator(".hall-stage").wait_for()
        phones = {number: await Member.arrive(browser, number) for number in PHONES}
        for phone in phones.values():
            stack.push_async_callback(phone.context.close)
        desk = await Desk.enter(browser, links.console)
        stack.push_async_callback(desk.page.context.close)
        yield OpenHouse(plan.id, host, desk, hall, public, phones, Deals(day(), SEED), complaints)


def _hosting(links: Links, data: Path, sitting: SittingId) -> Hosting:
    engine = open_engine(data)
    try:
        with engine.connect() as conn:
            codes = cards(conn, sitting)
    finally:
        engine.dispose()
    url, _, rest = links.phone.partition("/j/")
    return Hosting(url, rest.partition("#k=")[2], codes)
