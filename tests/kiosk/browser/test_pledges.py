"""What nominees have pledged, read over a paper that is being filled in: the paper stays as it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.kiosk.browser.gallery import OCCASION, Gallery
from tests.kiosk.browser.members import PHONE, chromium
from tests.kiosk.browser.pledge_states import BALLOT, PLEDGE_STATES, SEVERAL
from tests.meeting.order.small_sitting import small_plan
from tests.session_day.served_sitting import serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

LIVE: Final = """({ occasion, knows, texts }) => {
  const { page, knowing } = window.gallery;
  const knowledge = { ...knowing(occasion), ...knows };
  window.asked = [];
  const phone = {
    knows: knowledge,
    learn: (changes) => page.show(Object.assign(knowledge, changes)),
    failed: (error) => { throw error; },
    client: { pledges: async (ballot) => { window.asked.push(ballot); return texts; } },
  };
  page.pledges.phone = phone;
  window.phone = phone;
  page.show(knowledge);
}"""
"""The gallery's page with a client that has the texts."""
PUSH: Final = """(stage) => {
  const { view } = window.phone.knows;
  window.phone.learn({ view: { ...view, seq: view.seq + 1, poll: { ...view.poll, stage } } });
}"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Page]:
    async with serving(tmp_path_factory.mktemp("house"), small_plan(), []) as served:
        page = await browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
        opened = await Gallery.open(page, served.url)
        await opened.wear(language="zh")
        (state,) = [one for one in PLEDGE_STATES if one.name == "pledge-paper"]
        given: dict[str, Any] = {"occasion": OCCASION, "knows": state.knows, "texts": SEVERAL}
        await page.evaluate(LIVE, given)
        yield page
        await page.close()


async def test_a_paper_stays_as_it_is_while_its_voter_reads(page: Page) -> None:
    link = page.get_by_role("button", name="供职发言全文")
    await page.check("#paper label.option:nth-child(2) input")
    await link.click()
    assert await page.evaluate("window.asked") == [BALLOT], "fetched when it is asked for"
    await expect(page.locator("#paper")).to_be_hidden()
    await page.get_by_role("button", name="关小暑").click()
    await expect(page.locator("#stage h1")).to_have_text("关小暑")
    await page.evaluate(PUSH, "held")
    await page.evaluate(PUSH, "open")
    await expect(page.locator(".pledged")).to_be_visible()
    await page.get_by_role("button", name="返回名单").click()
    await page.get_by_role("button", name="回到表决票").click()
    await expect(page.locator("#paper label.option:nth-child(2) input")).to_be_checked()
    await expect(link).to_be_focused()
    await link.click()
    await expect(page.get_by_role("button", name="方青松")).to_be_visible()
    assert await page.evaluate("window.asked") == [BALLOT], "and only once"


async def test_reading_gives_way_when_the_vote_is_over(page: Page) -> None:
    await page.get_by_role("button", name="供职发言全文").click()
    await page.evaluate(PUSH, "closing")
    await expect(page.locator(".whose-pledge")).to_have_count(0)
    await expect(page.locator("#stage h1")).to_contain_text("表决已截止")
