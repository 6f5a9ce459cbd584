"""Pictures of the console and the tellers' desk at work: the Bailu sitting on a real server with robots, led as far as
the first secret ballot.  Every other state is in `gallery`, without a server."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import async_playwright, expect

from kiosk.personal import Pace
from meeting.demo.people import Opening, opened
from tests.meeting.console.browser.desk import ARGUMENTS, EXECUTABLE, SMALL, WIDE, Desk

SIZES = {"1440": WIDE, "1280": SMALL}
SETTLED_MS = 300
"""Until fonts and the hall's pictures are drawn."""


@dataclass
class Camera:
    folder: Path
    written: list[Path] = field(default_factory=list)

    async def take(self, desk: Desk, name: str) -> None:
        """`console-LANGUAGE-SIZE-NAME.png`; a dialog is taken in the language that it was opened in."""
        dialog = await desk.page.locator("dialog[open]").count() > 0
        for lang in ("zh",) if dialog else ("zh", "en"):
            for size, viewport in SIZES.items():
                await desk.page.set_viewport_size(viewport)
                await desk.page.wait_for_timeout(SETTLED_MS)
                path = self.folder / f"console-{lang}-{size}-{name}.png"
                await desk.page.screenshot(path=path)
                self.written.append(path)
            if not dialog:
                await desk.page.locator("#language").click()
        await desk.page.set_viewport_size(WIDE)


async def pictures(folder: Path) -> list[Path]:
    """Write the pictures into the folder; which files they are."""
    camera = Camera(folder)
    opening = Opening(
        robots=31,
        host="127.0.0.1",
        port=0,
        coming_in_s=0.5,
        person=None,
        pace=lambda chance: Pace(chance, 0.1),
    )
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
        with tempfile.TemporaryDirectory() as data:
            async with opened(opening, Path(data)) as links:
                page = await browser.new_page(viewport=WIDE, locale="zh-CN")
                await page.goto(links.console)
                door = folder / "console-zh-1440-door.png"
                await page.screenshot(path=door)
                camera.written.append(door)
                await page.close()
                desk = await Desk.enter(browser, links.console)
                teller = await Desk.enter(browser, links.teller)
                hall = await browser.new_page(viewport={"width": 960, "height": 540}, locale="zh-CN")
                await hall.goto(links.hall)
                await hall.get_by_role("button").click()
                await _lead(desk, teller, camera)
        await browser.close()
    return camera.written


async def _lead(desk: Desk, teller: Desk, camera: Camera) -> None:
    """From the roll to the first secret ballot and its result, with robots in the hall and a teller at his desk."""
    page = desk.page
    await expect(page.locator("#roll-tab")).to_contain_text("29/31", timeout=20_000)
    await page.locator("#roll-tab").click()
    await camera.take(desk, "roll")
    await desk.member(29, "record_leave")
    await camera.take(desk, "leave")
    await desk.record(reason="病假")
    await page.locator("#roll-tab").click()
    await camera.take(desk, "gathering")
    await page.locator("#primary").click()
    await camera.take(desk, "convene")
    await page.keyboard.press("Escape")
    for _ in range(3):
        await desk.press()
    await desk.until("结果已出")
    await camera.take(desk, "open-vote-result")
    while await desk.word() != "听取报告":
        await desk.press()
        if await desk.word() == "正在计票":
            await desk.until("结果已出")
    await camera.take(desk, "report")
    while await desk.word() != "即将表决":
        await desk.press()
    await expect(page.locator("#conditions")).to_contain_text("票箱为空")
    await camera.take(teller, "teller-empty-box")
    await teller.page.locator('[data-duty="confirm_empty_box"]').click()
    await teller.page.locator("[data-me]").first.click()
    await expect(page.locator(".figs .n").nth(1)).to_have_text("29", timeout=10_000)
    await camera.take(desk, "prepared")
    await page.locator("#primary").click()
    await camera.take(desk, "open")
    await page.keyboard.press("Escape")
    await desk.press()
    await camera.take(desk, "voting")
    await page.locator("#primary").click()
    await camera.take(desk, "close")
    await page.keyboard.press("Escape")
    await camera.take(teller, "teller-voting")
    await desk.press()
    await desk.until("结果已出")
    await camera.take(desk, "result")
    await camera.take(teller, "teller-result")
    await page.keyboard.press("b")
    await camera.take(desk, "blank")
    await page.keyboard.press("?")
    await camera.take(desk, "keys")
    await page.keyboard.press("Escape")
