"""States of the phone in which a voter may read, or reads, what the nominees have pledged."""

from __future__ import annotations

from typing import Any, Final

from tests.kiosk.browser.papers import motion, words
from tests.kiosk.browser.papers import poll as asked
from tests.kiosk.browser.state import Room, State

BALLOT: Final = "10-n1-1-member"
LABEL: Final = {"zh": "供职发言全文", "en": "Full text of the pledge speech"}
_TITLE: Final = "决定任命阿不都热合曼·吐尔逊·买合木提为白鹭县经济技术开发区管理委员会主任"
_POST: Final = {
    "zh": "白鹭县经济技术开发区管理委员会主任",
    "en": "Director, Administrative Committee of the County Economic and Technological Development Zone",
}
_TEXT: Final = [
    [
        "依法履职",
        "我将忠于宪法，严格依照法定权限和程序办事，自觉接受县人大常委会的监督，认真办理代表建议。",
    ],
    [
        "今年要办的事",
        "一是完成六条农村公路的改造，九月底前通车；二是把公交末班车延到晚上八点半；\n三是每季度向社会公布一次工程进度。",
    ],
    ["廉洁自律", "不插手工程招标，不为亲友谋利，家庭财产如实报告，请各位组成人员和全县人民监督。"],
]


def _given(name: str, post: dict[str, str] = _POST) -> dict[str, Any]:
    return {"name": {"zh": name, "en": name}, "post": post, "label": LABEL, "text": _TEXT}


ONE: Final = [_given("阿不都热合曼·吐尔逊·买合木提")]
SEVERAL: Final = [
    _given("方青松", {"zh": "白鹭县交通运输局局长", "en": "Director, County Bureau of Transport"}),
    *ONE,
    _given("关小暑", {"zh": "白鹭县水利局局长", "en": "Director, County Bureau of Water Resources"}),
]


def _room(stage: str, slip: str, **more: Any) -> dict[str, Any]:
    slide = {"kind": "asking", "stage": stage, "title": words(_TITLE), "needed": 16, "timer": None}
    poll = {**asked(BALLOT, [motion("N1", _TITLE)], stage=stage), "pledges": LABEL}
    return Room(slide, poll).knows(
        slips={BALLOT: {"stage": slip, "alarms": []}},
        ballot={"id": BALLOT, "phase": "opened", "changes": False, "standing": "entitled"},
        **more,
    )


def _reading(texts: list[dict[str, Any]] | None, at: int | None = None, away: bool = False) -> dict[str, Any]:
    return {"ballot": BALLOT, "texts": texts, "at": at, "away": away}


PLEDGE_STATES: Final = (
    State("pledge-prepared", _room("prepared", "ready"), shows="prepared"),
    State("pledge-paper", _room("open", "ready"), shows="paper"),
    State("pledge-reading", _room("open", "ready", pledged=_reading(ONE)), shows="paper"),
    State("pledge-reading-early", _room("prepared", "ready", pledged=_reading(ONE)), shows="prepared"),
    State("pledge-list", _room("open", "ready", pledged=_reading(SEVERAL)), shows="paper"),
    State("pledge-of-several", _room("open", "ready", pledged=_reading(SEVERAL, 1)), shows="paper"),
    State("pledge-fetching", _room("open", "ready", pledged=_reading(None)), shows="paper"),
    State("pledge-away", _room("open", "ready", pledged=_reading(None, away=True)), shows="paper"),
)
