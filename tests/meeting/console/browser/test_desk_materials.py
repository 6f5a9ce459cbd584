"""The chair's desk and the materials: the list with its days, showing one, turning pages, letting a film run."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from meeting.order import commands as c
from tests.meeting.console.browser.desk import ARGUMENTS, EXECUTABLE
from tests.meeting.console.browser.staged import staged
from tests.meeting.console.played import Played, bailu
from tests.meeting.laid_before import laid_before


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
        yield started
        await started.close()


async def test_the_chair_shows_turns_plays_and_takes_down(browser: Browser) -> None:
    sitting = Played(laid_before(bailu(), 4)).begin().to(4)
    async with staged(browser) as desk:
        await desk.show(sitting.console())
        page = desk.page
        await expect(page.locator("#materials-tab")).to_have_class("tab late")
        await page.locator("#materials-tab").click()
        await expect(page.locator(".materials li")).to_have_count(5)
        await expect(page.locator(".materials .badge.late")).to_have_text("会前4天送达，不足7天")
        await expect(page.locator(".materials .report .badge")).to_have_text("会前7天送达")
        await page.locator('[data-show="4-1"]').click()
        await expect(page.locator(".materials")).to_have_count(0)
        await desk.show(sitting.obey(c.ShowMaterial(4, 1)).console())
        await expect(page.locator('[data-material="previous"]')).to_be_disabled()
        await page.locator('[data-material="next"]').click()
        await desk.show(sitting.obey(c.ShowMaterial(4, 2)).console())
        await page.locator('[data-material="video"]').click()
        await desk.show(sitting.obey(c.PlayVideo()).console())
        await expect(page.locator('[data-material="video"]')).to_have_text("暂停")
        await page.locator('[data-material="video"]').click()
        await page.locator('[data-material="hide"]').click()
        await desk.show(sitting.obey(c.HideMaterial()).console())
        await expect(page.locator(".shown")).to_have_count(0)
        await page.locator("#materials-tab").click()
        await page.locator('[data-show="sitting-1"]').click()
        assert desk.orders == [
            {"name": "show_material", "item": 4, "number": 1, "page": 1},
            {"name": "show_material", "item": 4, "number": 1, "page": 2},
            {"name": "play_video"},
            {"name": "pause_video"},
            {"name": "hide_material"},
            {"name": "show_material", "item": None, "number": 1, "page": 1},
        ]
        assert desk.complaints == []


async def test_while_members_vote_there_is_no_list(browser: Browser) -> None:
    sitting = Played(laid_before(bailu(), 2)).begin().to(2)
    async with staged(browser) as desk:
        await desk.show(sitting.console())
        await expect(desk.page.locator("#materials-tab")).to_be_visible()
        await desk.show(sitting.obey(c.OpenPoll(sitting.poll.id)).console())
        await expect(desk.page.locator("#materials-tab")).to_have_count(0)
