"""What a phone shows before its reader decides, and what a grade has concluded: the gallery's states of it."""

from __future__ import annotations

from typing import Any, Final

from display.slides import as_json
from meeting.wording import say
from tests.display.longest import LONGEST
from tests.display.slides_of_records import REASONS, record_slides
from tests.kiosk.browser.paper_states import _GRADED, _SELECT, _WATER, result
from tests.kiosk.browser.papers import GRADE, OPTIONS, REPORT, row
from tests.kiosk.browser.state import Room, State

_LONGEST: Final = record_slides(LONGEST)
_REASONS: Final = {option: REASONS[number % len(REASONS)] for number, option in enumerate(OPTIONS)}
_WITH_REASONS: Final[dict[str, Any]] = {
    **_SELECT,
    "view": {**_SELECT["view"], "poll": {**_SELECT["view"]["poll"], "reasons": _REASONS}},
}
_NOT_ADOPTED: Final = {**_WATER, "concluded": say("concluded.not-adopted")}
_SAID: Final = {
    "zh": _GRADED["zh"][:-1] + "，报告未获通过。",
    "en": _GRADED["en"][:-1] + "; the report is not adopted.",
}

RECORD_STATES: Final = (
    State("follow-record", Room(as_json(_LONGEST["nominee-record"])).knows(), shows="follow"),
    State("follow-pledge-written", Room(as_json(_LONGEST["pledge-written"])).knows(), shows="follow"),
    State("selection-reasons", _WITH_REASONS, (row(1), row(3)), shows="paper"),
    State(
        "result-not-adopted",
        result("4-item-1-member", GRADE, REPORT, [_NOT_ADOPTED], _SAID),
        shows="result",
    ),
)
