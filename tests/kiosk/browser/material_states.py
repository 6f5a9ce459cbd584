"""States of the phone around the materials: the list under what goes on, and one that is read."""

from __future__ import annotations

from typing import Any, Final

from tests.display.slides_of_materials import FULL, PROPOSALS
from tests.kiosk.browser.state import Room, State

_NONE: Final = {"zh": "", "en": ""}
_REPORT: Final = {
    "zh": "听取和审议县人民政府关于农村饮水安全工作情况的报告",
    "en": "County Government report on rural drinking-water safety",
}
_SLIDE: Final = {
    "kind": "business",
    "step": "statement",
    "number": 4,
    "title": _REPORT,
    "detail": _NONE,
    "timer": None,
    "notice": None,
    "speaker": "骆水杉",
    "role": {"zh": "县水利局局长", "en": "Director of Water Resources"},
    "attached": [],
    "limit_s": 720,
    "question": None,
    "asker": _NONE,
    "inquiry": None,
    "waiting": [],
    "requests": [],
    "place": {"number": 4, "nth": 0, "of": 0},
}
_TITLE: Final = {
    "zh": "县人大常委会农业农村工作委员会关于农村饮水安全工作情况的视察报告",
    "en": "Inspection report of the Agriculture Committee on safe drinking water in the villages",
}
_PATH: Final = f"/material/{'i' * 43}"


def _sent(days: int) -> dict[str, Any]:
    return {"days": days, "wanted": 7, "late": days < 7}


_LIST: Final = [
    {
        "of": "item",
        "title": _TITLE,
        "sort": {"zh": "视察报告", "en": "Inspection report"},
        "sent": _sent(4),
        "path": _PATH,
    },
    {
        "of": "item",
        "title": {"zh": "调查组名单", "en": "Members of the survey team"},
        "sort": {"zh": "会议材料", "en": "Material"},
        "sent": None,
        "path": "",
    },
    {
        "of": "sitting",
        "title": {"zh": "述职评议工作暂行办法", "en": "Provisional rules on duty reports"},
        "sort": {"zh": "制度文件", "en": "Rules"},
        "sent": _sent(12),
        "path": f"/material/{'r' * 43}",
    },
]
_FOUND: Final = {
    "title": _TITLE,
    "sort": {"zh": "视察报告", "en": "Inspection report"},
    "sent": _sent(4),
    "text": [{"zh": FULL.zh, "en": FULL.en}],
    "proposals": [{"zh": one.zh, "en": one.en} for one in PROPOSALS],
    "pictures": [f"/photo/{'p' * 43}", f"/photo/{'q' * 43}"],
    "video": True,
}


def _knows(**reading: Any) -> dict[str, Any]:
    known = Room(_SLIDE).knows()
    known["view"]["materials"] = _LIST
    known["view"]["report_sent"] = _sent(8)
    if reading:
        known["reading"] = {
            "path": _PATH,
            "title": _TITLE,
            "pictures": False,
            "found": None,
            "failed": False,
            **reading,
        }
    return known


MATERIAL_STATES: Final = (
    State("materials", _knows(), shows="follow"),
    State("material", _knows(found=_FOUND)),
    State("material-coming", _knows(failed=False), shows="material"),
    State("material-failed", _knows(failed=True), shows="material"),
)
