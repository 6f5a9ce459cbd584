"""States of the phone of whoever is in the room without a vote: an attendee who is never asked, and the gallery."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tests.kiosk.browser.state import AT, Room, State

_NONE: Final = {"zh": "", "en": ""}
_REPORT: Final = {
    "zh": "听取和审议县人民政府关于农村饮水安全工作情况的报告并开展专题询问、满意度测评",
    "en": "County Government report on rural drinking-water safety, with special inquiry and evaluation",
}
_PLACE: Final = {"number": 4, "nth": 0, "of": 0}
_SPEECH: Final = {
    "kind": "business",
    "step": "deliberation",
    "number": 4,
    "title": _REPORT,
    "detail": _NONE,
    "timer": {"ends_at": AT + 95_000, "remaining_ms": None},
    "notice": None,
    "speaker": "骆水杉",
    "role": {"zh": "县水利局局长（受县人民政府委托）", "en": "Director of Water Resources"},
    "attached": [],
    "limit_s": None,
    "question": None,
    "asker": _NONE,
    "inquiry": None,
    "waiting": [],
    "requests": [],
    "place": _PLACE,
}
_ASKING: Final = {
    "kind": "asking",
    "stage": "open",
    "title": _REPORT,
    "visibility": "secret",
    "needed": 16,
    "place": _PLACE,
}
_WITHHELD: Final = {
    "kind": "withheld",
    "sentence": {
        "zh": "正在审议人事事项，结果公布后在此显示。",
        "en": "An appointment is being dealt with. It is shown here once it is decided.",
    },
}
_HEAD: Final = {
    "member": 49,
    "name": "一府一委两院负责人6",
    "voter_class": "",
    "gallery": False,
    "attends_as": {"zh": "一府一委两院负责人", "en": "government / supervisory / court / procuratorate"},
}
_LISTENER: Final = {
    "member": 54,
    "name": "公民旁听5",
    "voter_class": "",
    "gallery": True,
    "attends_as": {"zh": "公民旁听", "en": "public gallery"},
    "commented": [],
}
_COMING: Final[dict[str, Any]] = {"present": False, "checked_in": False, "presence": "expected"}
_LONG: Final = "水质检测结果只贴在镇上，村里看不到。建议按月公示到村，水费收支一并公开。" * 5
_TOO_LATE: Final = {
    "code": "one-is-enough",
    "say": {
        "zh": "这一项的书面意见已经收到，每项写一次。",
        "en": "Your comment on this item has been received. One for each item.",
    },
}


def _attends(slide: Mapping[str, Any], **me: Any) -> dict[str, Any]:
    who = {"who": {"member": 49, "name": _HEAD["name"]}}
    return {**Room(slide, me={**_HEAD, **me}).knows(), **who}


def _listens(
    slide: Mapping[str, Any], item: int | None, more: Mapping[str, Any] | None = None, **me: Any
) -> dict[str, Any]:
    known = Room(slide, me={**_LISTENER, **me}).knows()
    view = {**known["view"], "audience": "gallery", "item": item}
    return {**known, "view": view, "who": {"member": 54, "name": _LISTENER["name"]}, **(more or {})}


def _writing(text: str, **more: Any) -> dict[str, Any]:
    writing = {"what": "comment", "at": "4/deliberation/", "text": text, "length": len(text)}
    return {"writing": writing, "kept": ["comment"] if text else [], **more}


_REFUSED: Final = {"said": {"busy": False, "refused": _TOO_LATE, "taken": None}}

ROOM_STATES: Final = (
    State("present-check-in", _attends(_SPEECH, **_COMING), shows="check-in"),
    State("present-follow", _attends(_SPEECH), shows="follow"),
    State("present-others", _attends(_ASKING), shows="follow"),
    State("gallery-check-in", _listens(_SPEECH, 4, **_COMING), shows="check-in"),
    State("gallery-follow", _listens(_SPEECH, 4), shows="follow"),
    State("gallery-written", _listens(_SPEECH, 4, commented=[4]), shows="follow"),
    State("gallery-withheld", _listens(_WITHHELD, 7), shows="follow"),
    State("gallery-others", _listens(_ASKING, None), shows="follow"),
    State("gallery-write", _listens(_SPEECH, 4, _writing("")), shows="write"),
    State("gallery-write-filled", _listens(_SPEECH, 4, _writing(_LONG)), shows="write"),
    State("gallery-write-refused", _listens(_SPEECH, 4, _writing(_LONG, **_REFUSED)), shows="write"),
)
