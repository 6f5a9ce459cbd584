"""Pictures of the hall screen, the public page and the doors, for people to look at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.display.browser.hall_page import HallPage, chromium, hall_page, open_page
from tests.display.gallery import AT, BAILU, LONGEST, View, gallery, public_results

SHAPES = {"": (1920, 1080), "-4x3": (1440, 1080)}
CASTS = {"": BAILU, "-longest": LONGEST}


def _further_pages(hall: HallPage, slides: Mapping[str, View], folder: Path, prefix: str) -> list[Path]:
    """The pages after the first of every slide that has several, as `PREFIX-NAME-page-2.png`."""
    written = []
    at = AT + 600_000
    for slide, view in slides.items():
        if view["slide"].get("timer"):
            continue
        for page, until in hall.pages(view, at):
            at = until + 60_000
            if page > 1:
                written.append(folder / f"{prefix}-{slide}-page-{page}.png")
                hall.page.screenshot(path=written[-1])
    return written


def pictures(folder: Path) -> list[Path]:
    """Write `hall-LANG[-longest][-4x3]-NAME.png` and `public-LANG-PAGE.png` into the folder; which files they are."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    with chromium() as browser:
        for lang in ("zh", "en"):
            for name, cast in CASTS.items():
                slides = gallery(cast)
                for shape, (width, height) in SHAPES.items():
                    with hall_page(browser, slides["blank"], lang=lang, width=width, height=height) as hall:
                        for slide, view in slides.items():
                            hall.show(view)
                            written.append(folder / f"hall-{lang}{name}{shape}-{slide}.png")
                            hall.page.screenshot(path=written[-1])
                        written += _further_pages(hall, slides, folder, f"hall-{lang}{name}{shape}")
            for page_name, path in (("page", "/public"), ("front", "/"), ("hall-door", "/hall/enter/abc")):
                for device, width in (("desktop", 1280), ("phone", 390)):
                    with open_page(browser, f"{path}?lang={lang}", public_results, width=width) as (page, _):
                        page.wait_for_load_state("networkidle")
                        written.append(folder / f"public-{lang}-{page_name}-{device}.png")
                        page.screenshot(path=written[-1], full_page=True)
    return written
