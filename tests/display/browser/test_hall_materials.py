"""A video on the hall screen follows the chair; a picture is seen whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from display.slides import as_json
from display.slides_of_materials import Material, Video
from tests.display.browser.hall_page import chromium, hall_page
from tests.display.gallery import AT, BAILU, gallery
from tests.display.slides_of_materials import A_VIDEO, material_slides

VIDEO = "document.querySelector('.hall-stage:last-child video')"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def film(started_at: int | None = None, played_ms: int = 0) -> dict[str, Any]:
    slide = material_slides(BAILU)["material-video"]
    assert isinstance(slide, Material)
    video = Video(f"/video/{A_VIDEO}", started_at, played_ms)
    return {**gallery()["blank"], "slide": as_json(replace(slide, video=video))}


def wait(page: Page, what: str) -> None:
    page.wait_for_function(f"() => {VIDEO} && ({what.replace('video', VIDEO)})")


def test_a_video_runs_and_stands_when_the_chair_says_so(browser: Browser) -> None:
    with hall_page(browser, gallery()["blank"]) as hall:
        hall.show(film())
        wait(hall.page, "video.readyState >= 1 && video.paused && video.currentTime === 0")
        hall.show(film(started_at=AT))
        wait(hall.page, "video.currentTime > 0.2")
        hall.show(film(played_ms=500))
        wait(hall.page, "video.paused && Math.abs(video.currentTime - 0.5) < 0.05")
        hall.show(gallery()["blank"])
        hall.page.wait_for_function("() => document.querySelectorAll('video').length === 0")
        assert hall.troubles == []
        assert hall.violations == []


def test_a_hall_that_comes_late_is_where_the_others_are(browser: Browser) -> None:
    with hall_page(browser, film(started_at=AT - 60_000)) as hall:
        wait(hall.page, "video.readyState >= 1 && video.currentTime > 0.9")


def test_without_a_touch_it_runs_silently_and_says_so(browser: Browser) -> None:
    with hall_page(browser, gallery()["blank"]) as hall:
        # What a browser does that has not been touched: headless ones are not as strict.
        hall.page.evaluate(
            """() => {
              const play = HTMLMediaElement.prototype.play;
              HTMLMediaElement.prototype.play = function () {
                if (this.muted || window.touched) return play.call(this);
                return Promise.reject(new DOMException('not yet', 'NotAllowedError'));
              };
              addEventListener('pointerdown', () => (window.touched = true), true);
            }"""
        )
        hall.show(film(started_at=AT))
        hall.page.locator(".hall-stage:last-child .unheard").wait_for()
        wait(hall.page, "video.muted && video.currentTime > 0")
        hall.page.mouse.click(400, 300)
        wait(hall.page, "!video.muted")
        hall.page.locator(".hall-stage:last-child .unheard").wait_for(state="hidden")


def test_a_video_that_cannot_be_played_says_so(browser: Browser) -> None:
    with hall_page(browser, gallery()["blank"]) as hall:
        shown = film()
        shown["slide"]["video"]["path"] = f"/video/{'n' * 43}"
        hall.show(shown)
        hall.page.locator(".hall-stage:last-child .unplayed").wait_for()


def test_a_picture_is_fitted_whole(browser: Browser) -> None:
    with hall_page(browser, gallery()["blank"]) as hall:
        hall.show(gallery()["material-picture"])
        picture = ".hall-stage:last-child .enclosed img"
        hall.page.wait_for_function(f"() => document.querySelector('{picture}').naturalWidth === 4")
        fit, box = hall.page.evaluate(
            f"(() => {{ const one = document.querySelector('{picture}');"
            " return [getComputedStyle(one).objectFit, one.getBoundingClientRect().toJSON()]; })()"
        )
        assert fit == "contain"
        assert box["bottom"] <= 1080 * 0.95 + 1
        assert box["height"] > 500
