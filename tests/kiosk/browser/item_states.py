"""States of the phone at single items: a motion that is read out, and proposals in figures."""

from __future__ import annotations

from typing import Any, Final

from tests.display.gallery import view
from tests.display.longest import LONGEST
from tests.display.slides_of_items import items_slides
from tests.kiosk.browser.state import Room, State

_SLIDES: Final[dict[str, Any]] = {
    name: {**view(slide)["slide"], "timer": None} for name, slide in items_slides(LONGEST).items()
}
ITEM_STATES: Final = tuple(
    State(f"follow-{name}", Room(_SLIDES[name]).knows(), shows="follow")
    for name in ("reading-long", "reading-title", "figures", "reply")
)
