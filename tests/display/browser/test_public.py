"""The public page and the front door in a browser: news come by themselves, nobody is shut out, nothing is injected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.axe import TAGS, program
from tests.display.browser.hall_page import chromium, open_page
from tests.display.gallery import BAILU, LONGEST, Cast, public_results, public_view


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def test_news_come_by_themselves_and_are_asked_for_by_etag(browser: Browser) -> None:
    news = public_view()
    asked: list[Request] = []
    with open_page(browser, "/public", lambda: news, clock=True, asked=asked) as (page, troubles):
        page.wait_for_selector(".res time")
        assert page.locator(".res").count() == 2
        news = {**news, "position": 3, "decided": [*news["decided"], {**news["decided"][0], "item": 9}]}
        page.clock.run_for(5_000)
        page.wait_for_function("() => document.querySelectorAll('.res').length === 3")
        assert str(page.locator(".res .k span").first.text_content()).startswith("第9项")
        page.clock.run_for(5_000)
        assert "if-none-match" in asked[-1].headers
        assert "cookie" not in asked[-1].headers
        assert troubles == []
        assert page.evaluate("violations") == []


def test_a_page_whose_line_is_gone_says_from_when_it_is(browser: Browser) -> None:
    with open_page(browser, "/public", public_view, clock=True) as (page, _):
        page.wait_for_selector(".res time")
        page.route("**/public.json", lambda route: route.abort())
        page.clock.run_for(26_000)
        page.wait_for_selector(".stale")
        assert page.locator(".res").count() == 2, "what was announced stays"


def test_script_and_template_draw_the_same(browser: Browser) -> None:
    texts = []
    for scripts in (True, False):
        with open_page(browser, "/public?lang=en", public_results, scripts=scripts) as (page, _):
            if scripts:
                page.wait_for_selector(".res time")
                page.evaluate("() => document.querySelectorAll('.res time').forEach((time) => time.remove())")
            texts.append("".join(str(page.locator("#page .cols").text_content()).split()))
    assert texts[0] == texts[1]


def _violations(page: Page) -> list[dict[str, Any]]:
    page.evaluate(program())
    found: list[dict[str, Any]] = page.evaluate(
        "async (tags) => (await axe.run(document, { runOnly: { type: 'tag', values: tags } })).violations"
        ".map((one) => [one.id, one.nodes.map((node) => node.html)])",
        list(TAGS),
    )
    return found


@pytest.mark.parametrize("path", ["/public", "/", "/hall/enter", "/hall/enter/abc"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("cast", [BAILU, LONGEST], ids=["bailu", "longest"])
def test_the_pages_are_for_everybody(browser: Browser, path: str, lang: str, cast: Cast) -> None:
    with open_page(browser, f"{path}?lang={lang}", lambda: public_results(cast), width=320, height=640) as (
        page,
        troubles,
    ):
        page.wait_for_load_state("networkidle")
        assert _violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert troubles == []
        assert page.evaluate("violations") == []
