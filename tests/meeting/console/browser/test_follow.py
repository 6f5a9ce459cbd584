"""The console's own buttons beside the business: a question is tracked, the recording begins and ends."""

from __future__ import annotations

import pytest
from playwright.async_api import async_playwright, expect

from meeting.console.access import Office
from meeting.order import commands as c
from tests.meeting.console.browser.desk import ARGUMENTS, EXECUTABLE
from tests.meeting.console.browser.staged import staged
from tests.meeting.console.played import Played


@pytest.mark.asyncio
async def test_a_question_is_tracked_and_the_recording_is_begun_and_ended_at_the_console() -> None:
    sitting = Played()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
        async with staged(browser, Office.CHAIR) as desk:
            await desk.show(sitting.console())
            await desk.page.locator('[data-act="start_recording"]').click()
            sitting.obey(c.StartRecording()).begin().to(4, 1)
            sitting.obey(c.PutQuestion("田雨水", "何时建成？"), c.CloseQuestion(True))
            await desk.show(sitting.console())
            await expect(desk.page.locator("#recording")).to_contain_text("正在录像")
            await desk.page.locator('[data-track="0"]').click()
            await desk.show(sitting.obey(c.TrackQuestion(0)).console())
            await desk.page.locator('[data-track="0"][aria-pressed="true"]').click()
            await desk.page.locator('[data-act="more"]').click()
            await desk.page.locator('[data-act="stop_recording"]').click()
            assert desk.orders == [
                {"name": "start_recording"},
                {"name": "track_question", "question": 0},
                {"name": "untrack_question", "question": 0},
                {"name": "stop_recording"},
            ]
        await browser.close()
