"""Pictures of every screen of the phone, for people to look at: Chinese, English, white on black, and 175 % text."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from tests.kiosk.browser.gallery import STATES, TEXT, Gallery
from tests.kiosk.browser.members import PHONE, chromium
from tests.meeting.order.small_sitting import small_plan
from tests.session_day.served_sitting import serving

LOOKS: Final = {
    "zh": {"language": "zh", "theme": "standard"},
    "en": {"language": "en", "theme": "standard"},
    "dark": {"language": "zh", "theme": "dark"},
    "ink": {"language": "zh", "theme": "ink"},
    "175": {"language": "zh", "theme": "standard"},
}


async def pictures(folder: Path) -> list[Path]:
    """Write `phone-LOOK-STATE.png` into the folder, 390 by 844 at double resolution; which files they are."""
    written = []
    with tempfile.TemporaryDirectory() as data:
        async with serving(Path(data), small_plan(), []) as served, chromium() as browser:
            page = await browser.new_page(viewport=PHONE, device_scale_factor=2)  # type: ignore[arg-type]
            gallery = await Gallery.open(page, served.url)
            for look, wears in LOOKS.items():
                await gallery.wear(**wears)
                size = "35px" if look == "175" else ""
                await page.evaluate(TEXT, size)
                for state in STATES:
                    await gallery.show(state)
                    path = folder / f"phone-{look}-{state.name}.png"
                    await page.screenshot(path=path)
                    written.append(path)
    return written
