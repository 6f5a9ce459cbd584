"""What holds of every screen of the phone: whoever reads it, at any size, in any colours, in either language."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.axe import violations
from tests.kiosk.browser.gallery import STATES, TEXT, Gallery
from tests.kiosk.browser.members import PHONE, chromium
from tests.meeting.order.small_sitting import small_plan
from tests.session_day.served_sitting import serving

in_one_loop = pytest.mark.asyncio(loop_scope="module")

SIZES = ("standard", "large", "largest")
THEMES = ("standard", "dark", "ink")
CODE = Path(__file__).resolve().parents[3] / "kiosk" / "static" / "phone"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def url(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    async with serving(tmp_path_factory.mktemp("house"), small_plan(), []) as served:
        yield served.url


async def gallery(
    browser: Browser, url: str, width: int = PHONE["width"], height: int = PHONE["height"]
) -> Gallery:
    return await Gallery.open(await browser.new_page(viewport={"width": width, "height": height}), url)


@in_one_loop
async def test_axe_finds_nothing_in_any_state_theme_and_size(browser: Browser, url: str) -> None:
    async def in_theme(theme: str) -> list[Any]:
        found: list[Any] = []
        shown = await gallery(browser, url)
        for size in SIZES:
            # The languages take turns: sizes and themes are what axe can see.
            await shown.wear(theme=theme, size=size, language="en" if size == "large" else "zh")
            for state in STATES:
                await shown.show(state)
                found += [(theme, size, state.name, one) for one in await violations(shown.page)]
        await shown.page.close()
        return found

    assert [one for found in await asyncio.gather(*map(in_theme, THEMES)) for one in found] == []


# What reaches beyond the screen, or does not fit where it stands.
_CUT = """() => {
  const wide = document.documentElement.clientWidth;
  const seen = [...document.querySelectorAll('body *')].filter((one) =>
    one.getClientRects().length > 0 && !one.closest('.unseen') && !one.closest('svg'));
  const cut = seen.filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left < -0.5 || right > wide + 0.5 || (one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1);
  });
  const touched = seen.filter((one) => one.matches('button, label:not(.ask), input') && !one.closest('.inline'));
  const small = touched.filter((one) => {
    const { height, width } = one.getBoundingClientRect();
    return height < 44 || width < 44;
  });
  if (document.documentElement.scrollWidth > wide) cut.push(document.documentElement);
  return [...cut, ...small].map((one) => one.outerHTML.slice(0, 160));
}"""


@in_one_loop
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_nothing_is_cut_on_a_narrow_phone_with_large_text(
    browser: Browser, url: str, language: str
) -> None:
    shown = await gallery(browser, url, 320, 568)
    await shown.wear(language=language)
    for pixels in (20, 30, 35):
        await shown.page.evaluate(TEXT, f"{pixels}px")
        for state in STATES:
            await shown.show(state)
            assert await shown.page.evaluate(_CUT) == [], (pixels, state.name)
    await shown.page.close()


_ROWS = """() => [...document.querySelectorAll('label.option')].map((one) => {
  const { top, bottom, width } = one.getBoundingClientRect();
  return { top, bottom, width, weight: getComputedStyle(one).fontWeight, edge: getComputedStyle(one).borderTopWidth };
})"""


@in_one_loop
async def test_the_choices_are_equal_and_large(browser: Browser, url: str) -> None:
    shown = await gallery(browser, url)
    (ballot,) = [state for state in STATES if state.name == "ballot"]
    for size in SIZES:
        await shown.wear(size=size, theme="standard", language="zh")
        await shown.show(ballot)
        rows = await shown.page.evaluate(_ROWS)
        assert len(rows) == 3
        assert (
            len({(row["bottom"] - row["top"], row["width"], row["weight"], row["edge"]) for row in rows}) == 1
        )
        assert all(row["bottom"] - row["top"] >= 80 for row in rows)
        gaps = [below["top"] - above["bottom"] for above, below in pairwise(rows)]
        assert min(gaps) >= 16
        assert await shown.page.locator("input:checked").count() == 0
        bar = await shown.page.locator("#paper .bar").bounding_box()
        assert bar is not None
        assert bar["height"] >= 88
        assert rows[-1]["bottom"] <= bar["y"], "all three choices are in view together"
    await shown.page.close()


def test_the_code_keeps_to_what_chromium_86_knows_and_to_the_policy() -> None:
    late = re.compile(
        r"\.at\(|structuredClone|hasOwn\(|\.inert|replaceAll|\(\?<[=!]|^await |\bstatic \{"
        r"|innerHTML|unsafeHTML|styleMap| style=|setAttribute\(.style|[\u4e00-\u9fff]",
        re.M,
    )
    sheets = re.compile(r":has\(|@layer|@container|aspect-ratio|color-mix|inset:|&[ :.]")
    for path in CODE.iterdir():
        pattern = late if path.suffix == ".js" else sheets
        assert not pattern.search(path.read_text("utf-8")), path.name
    page = (CODE.parents[1] / "templates" / "phone.html").read_text("utf-8")
    assert not re.search(r" style=| on[a-z]+=|<script>|[\u4e00-\u9fff]", page)


def test_every_screen_is_in_the_gallery() -> None:
    views = "".join(path.read_text("utf-8") for path in CODE.glob("views_*.js"))
    tables = re.findall(r"^export const \w+ = \{(.*?)\}", views, re.M | re.S)
    named = {entry.split(":")[0].strip(' \n"') for table in tables for entry in table.split(",")} - {""}
    assert "received" in named
    assert named - {state.shows or state.name for state in STATES} == set()
