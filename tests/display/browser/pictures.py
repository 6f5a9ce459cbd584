"""Pictures of the hall screen, the public page and the doors, for people to look at."""

from __future__ import annotations

from pathlib import Path

from tests.display.browser.hall_page import chromium, hall_page, open_page
from tests.display.gallery import BAILU, LONGEST, gallery, public_view

SHAPES = {"": (1920, 1080), "-4x3": (1440, 1080)}
CASTS = {"": BAILU, "-longest": LONGEST}


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
            for page_name, path in (("page", "/public"), ("front", "/"), ("hall-door", "/hall/enter/abc")):
                for device, width in (("desktop", 1280), ("phone", 390)):
                    with open_page(browser, f"{path}?lang={lang}", public_view, width=width) as (page, _):
                        page.wait_for_load_state("networkidle")
                        written.append(folder / f"public-{lang}-{page_name}-{device}.png")
                        page.screenshot(path=written[-1], full_page=True)
    return written
