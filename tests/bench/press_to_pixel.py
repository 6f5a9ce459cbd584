"""From the chair's press to the last pixel: console, hall screen and a phone, each in a browser of its own.

A sitting of 300 members of nothing but secret votes, on the product's own server in a process of its own; this process
is the other 299 phones, at the pace of real ones.  The press is the time stamp of the key that confirms in the console;
a screen is done at the second animation frame after its page has the new slide.  The hall fades a slide in over 200 ms,
which is not counted: it is there from the first of them.  All pages read one machine's clock.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from playwright.async_api import Page, expect

from kiosk.anonymous import Anonymous
from kiosk.board_follower import BoardFollower
from kiosk.join import cards
from kiosk.personal import Pace
from meeting.console.access import Office, make_link
from meeting.office import library
from meeting.order.sitting import MemberNo, Plan
from meeting.rehearsal.day import Day
from meeting.rehearsal.deal import Deals
from meeting.rehearsal.latency import Latencies, Turnout
from meeting.rehearsal.own_server import own_server
from meeting.rehearsal.robots import Robots
from tests.bench.figure import CannotMeasure, Figure
from tests.bench.full_sitting import many_files, plan_of
from tests.kiosk.browser.members import Member, chromium
from tests.meeting.console.browser.desk import EXECUTABLE, Desk
from voting.database import open_engine
from voting.signed import b64

MEMBERS: Final = 300
POLLS: Final = 8
WINDOW_S: Final = MEMBERS * 0.007
"""Within this real phones look at the list and confirm (`meeting.polling`)."""
SOON_MS: Final = 60_000

_NOTE_THE_PRESS: Final = """() => addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey) window.pressed = performance.timeOrigin + event.timeStamp;
}, { capture: true })"""

_NOTE_THE_PIXEL: Final = """(selector) => {
  window.painted = new Promise((done) => {
    const look = () => {
      if (!document.querySelector(selector)) return;
      observer.disconnect();
      const now = () => done(performance.timeOrigin + performance.now());
      requestAnimationFrame(() => requestAnimationFrame(now));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  });
}"""

_CLOCKS_APART: Final = "Math.abs(performance.timeOrigin + performance.now() - Date.now())"

OPENED: Final = {"hall": ".turnout", "phone": "#paper:not([hidden]) input", "console": ".figs.big"}
DECLARED: Final = {"hall": ".tile", "phone": "#stage:not([hidden]) .verdict", "console": ".votes"}


@dataclass(frozen=True)
class Room:
    desk: Desk
    hall: Page
    phone: Member

    @property
    def pages(self) -> Mapping[str, Page]:
        return {"hall": self.hall, "phone": self.phone.page, "console": self.desk.page}

    async def press(self, seen: Mapping[str, str]) -> Mapping[str, float]:
        """Press the primary button; milliseconds from there until each screen shows what is `seen` on it."""
        for name, selector in seen.items():
            if await self.pages[name].locator(selector).count():
                raise CannotMeasure(f"{name} shows {selector} before it is pressed")
            await self.pages[name].evaluate(_NOTE_THE_PIXEL, selector)
        await self.desk.press()
        painted = {name: await self.pages[name].evaluate("window.painted") for name in seen}
        pressed = await self.desk.page.evaluate("window.pressed")
        for name, page in self.pages.items():
            if await page.evaluate(_CLOCKS_APART) > 2:
                raise CannotMeasure(f"the clock of {name} has drifted")
        return {name: at - pressed for name, at in painted.items()}


async def one_poll(room: Room) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Opened, voted, closed: how long the screens took after the first and after the second press."""
    desk, hall = room.desk, room.hall.locator(".hall-stage").last  # the slide before it fades
    await expect(hall.locator(".rules dd").last).to_have_text(f"{MEMBERS} / {MEMBERS}", timeout=SOON_MS)
    await desk.page.locator('[data-condition="tellers_approved"]').click()
    await desk.record(reason="bench")
    opened = await room.press(OPENED)
    await room.phone.page.locator("#paper input").first.click()
    await room.phone.page.locator("#paper button").last.click()
    await room.phone.page.locator("#paper .pick").wait_for()
    await room.phone.page.locator("#paper button").last.click()
    await expect(hall.locator(".turnout .n").first).to_have_text(str(MEMBERS), timeout=SOON_MS)
    declared = await room.press(DECLARED)
    # The phones look and confirm; the next poll begins in a quiet hall, as it would.
    await expect(hall.locator(".kicker .aside")).to_contain_text(str(MEMBERS), timeout=SOON_MS)
    await desk.press()
    return opened, declared


def _prepared(data: Path, plan: Plan) -> tuple[Mapping[MemberNo, str], Callable[[Office], str]]:
    """The folder, the codes of the cards, and one-time links by office."""
    engine = open_engine(data)
    try:
        with engine.connect() as conn, conn.execution_options(immediate=True).begin():
            library.load(conn, plan, time.time_ns() // 1_000_000)
            codes = {MemberNo(member): code for member, code in cards(conn, plan.id).items()}
            links = {office: make_link(conn, plan.id, office) for office in (Office.CHAIR, Office.HALL)}
    finally:
        engine.dispose()
    return codes, links.__getitem__


@dataclass(frozen=True)
class _Host:
    url: str
    board_key: str
    codes: Mapping[MemberNo, str]

    def card(self, member: int) -> str:
        return self.codes[MemberNo(member)]


@asynccontextmanager
async def _room(data: Path) -> AsyncIterator[Room]:
    plan = plan_of(POLLS, MEMBERS)
    day = Day(plan)
    codes, link = await asyncio.to_thread(_prepared, data, plan)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(own_server(plan.id, data))
        follower = BoardFollower(Anonymous(server.url))
        await follower.reach(1)
        robots = Robots(
            day,
            Deals(day),
            codes,
            Anonymous(server.url),
            follower,
            latencies=Latencies(),
            turnout=Turnout(),
            seed=0,
            scale=1.0,
            only=[number for number in codes if number != MEMBERS],
            pace=_pace,
        )
        others = await stack.enter_async_context(asyncio.TaskGroup())
        running = [others.create_task(robots.run()), others.create_task(server.watch())]
        for task in running:
            stack.callback(task.cancel)
        browsers = [await stack.enter_async_context(chromium()) for _ in range(3)]
        hall = await (await browsers[0].new_context(viewport={"width": 1920, "height": 1080})).new_page()
        await hall.goto(f"{server.url}/hall/enter/{link(Office.HALL)}")
        await hall.get_by_role("button").click()
        phone = await Member.arrive(browsers[1], MEMBERS)
        await phone.scan(_Host(server.url, b64(follower.board.key), codes))
        for _ in ("enter", "sign in"):
            await phone.page.locator("#stage button:enabled").last.click()
        desk = await Desk.enter(browsers[2], f"{server.url}/console/enter/{link(Office.CHAIR)}")
        await desk.page.evaluate(_NOTE_THE_PRESS)
        yield Room(desk, hall, phone)


def _pace(chance: Random) -> Pace:
    return Pace(chance, look_within=WINDOW_S, confirm_within=WINDOW_S)


async def measured() -> list[tuple[Mapping[str, float], Mapping[str, float]]]:
    with tempfile.TemporaryDirectory() as folder:
        async with _room(Path(folder)) as room:
            await expect(room.hall.locator(".stat .n").nth(1)).to_have_text(str(MEMBERS), timeout=SOON_MS)
            await room.desk.press()
            return [await one_poll(room) for _ in range(POLLS)]


def run() -> list[Figure]:
    if many_files() < MEMBERS + 200:
        raise CannotMeasure(f"a process must be able to open {MEMBERS + 200} files (ulimit -Hn)")
    if not Path(EXECUTABLE).exists():
        raise CannotMeasure("chromium is not there: make browser")
    try:
        opened, declared = zip(*asyncio.run(measured()), strict=True)
    except ExceptionGroup as failures:
        raise _first(failures) from failures
    return [
        figure
        for press, rounds in (("open", opened), ("close", declared))
        for screen in ("hall", "phone", "console")
        for figure in _figures(press, screen, [each[screen] for each in rounds])
    ]


def _first(failures: BaseExceptionGroup[Exception]) -> Exception:
    """What went wrong in the room, without the group around it."""
    first = failures.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


def _figures(press: str, screen: str, milliseconds: list[float]) -> list[Figure]:
    what = f"{press} pressed → seen on the {screen}"
    return [
        Figure(f"{what}, median of {len(milliseconds)}", statistics.median(milliseconds), "ms"),
        Figure(f"{what}, longest", max(milliseconds), "ms"),
    ]
