"""States of the phone between votes: the floor, texts for the chair, groups and ceremonies, and attendees."""

from __future__ import annotations

from typing import Any, Final

from tests.kiosk.browser.state import AT, NAME, Room, State

_NONE: Final = {"zh": "", "en": ""}
_REPORT: Final = {
    "zh": "听取和审议县人民政府关于农村饮水安全工作情况的报告并开展专题询问、满意度测评",
    "en": "County Government report on rural drinking-water safety, with special inquiry and evaluation",
}
_ASKED: Final = "村级管水员待遇低、流动性大，“一名管水员管三个村”的情况还很普遍，县里有什么打算？"
_LONG: Final = (
    "建议把农村饮水工程的管护经费列入县级财政预算，按受益人口逐年核定；同时把管水员的培训和待遇一并落实。\n"
    "三个试点镇的做法可以先行推广，年底前向常委会报告进展。"
)


def _business(step: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": "business",
        "step": step,
        "number": 4,
        "title": _REPORT,
        "detail": _NONE,
        "timer": None,
        "notice": None,
        "speaker": "",
        "role": _NONE,
        "attached": [],
        "limit_s": None,
        "question": None,
        "asker": _NONE,
        "inquiry": None,
        "waiting": [],
        "requests": [],
        "place": {"number": 4, "nth": 0, "of": 0},
        **more,
    }


_INQUIRY: Final = _business(
    "questions",
    question=["段朔望", "去年水质抽检不合格的三处供水点，整改到哪一步了？"],
    inquiry={
        "source": {"zh": "现场提出", "en": "on the spot"},
        "respondent": "县水利局局长骆水杉",
        "follows": None,
    },
    timer={"ends_at": AT + 95_000, "remaining_ms": None},
)
_SPEECH: Final = _business(
    "deliberation",
    speaker=NAME,
    role={"zh": "县人大常委会委员", "en": "Member of the Standing Committee"},
    timer={"ends_at": AT + 288_000, "remaining_ms": None},
)
_AGAIN: Final = _business(
    "statement",
    speaker="骆水杉",
    earlier=[
        {
            "zh": "上次测评：不满意（白鹭县第十八届人民代表大会常务委员会第二十次会议）",
            "en": "Last evaluation: Not satisfied (20th Meeting of the Standing Committee)",
        },
        {
            "zh": "未办结3项：整改情况书面报告（期限2026-04-30）、不满意等次再次报告并再次测评（期限2026-06-26）等",
            "en": "Still open, 3 in all: Written rectification report (due 2026-04-30), Report again and "
            "evaluate again (due 2026-06-26), …",
        },
    ],
)
_QUEUE: Final = _business("deliberation", requests=["苏白露", "石惊蛰", NAME])
_STANDINGS: Final = [
    {"text": "管护经费到位了吗？", "admitted": None, "answered": None},
    {"text": _ASKED, "admitted": True, "answered": None},
    {"text": "何时建成？", "admitted": True, "answered": True},
    {"text": "水价怎么定？", "admitted": True, "answered": False},
    {"text": "同上。", "admitted": False, "answered": None},
]
_NOT_NOW: Final = {
    "code": "not-now",
    "say": {
        "zh": "现在还不能这样做。请看大屏幕，或等主持人安排。",
        "en": "This cannot be done at the moment. Please look at the screen, or wait for the chair.",
    },
}
_WITH: Final = [
    "石惊蛰",
    "郑春分",
    "卫谷雨",
    "白秋分",
    "阿不都热合曼·吐尔逊",
    "任腊八",
    "罗重阳",
    "潘青冈",
    NAME,
]
_GROUPS: Final = {
    "kind": "groups",
    "step": "deliberation",
    "number": 8,
    "title": {"zh": "分组审议人事任免议案", "en": "Deliberation of the appointments in groups"},
    "groups": [
        {"number": 1, "convener": "周夏至", "members": [], "summary": ""},
        {
            "number": 2,
            "convener": "石惊蛰",
            "members": _WITH,
            "summary": "同意提请的任命，建议任后两年内述职。",
        },
        {"number": 3, "convener": "阿不都热合曼·吐尔逊", "members": [], "summary": ""},
    ],
    "timer": {"ends_at": AT + 1_800_000, "remaining_ms": None},
    "place": {"number": 8, "nth": 0, "of": 0},
}
_CERTIFICATE: Final = {
    "kind": "certificate",
    "names": ["方青松"],
    "post": {"zh": "白鹭县交通运输局局长", "en": "Director of the County Bureau of Transport"},
    "text": {
        "zh": "白鹭县第十八届人民代表大会常务委员会第二十六次会议决定任命方青松为白鹭县交通运输局局长。",
        "en": "The Standing Committee, at its 26th meeting, appointed Fang Qingsong Director of Transport.",
    },
    "number": "白人任〔2026〕3号",
    "signed_by": _NONE,
    "on": "2026-03-26",
    "place": {"number": 14, "nth": 1, "of": 2},
}
_OATH: Final = {
    "kind": "oath",
    "lines": [
        {"zh": "我宣誓：", "en": "I swear:"},
        {"zh": "忠于中华人民共和国宪法，维护宪法权威，", "en": "to be loyal to the Constitution,"},
        {"zh": "履行法定职责，忠于祖国、忠于人民，", "en": "to perform the duties of my office,"},
    ],
    "takers": ["方青松", "童翠竹", "樊苍兰"],
    "leader": "方青松",
    "place": {"number": 14, "nth": 0, "of": 0},
}
_SUMMARY: Final = {
    "kind": "summary",
    "number": 15,
    "title": {"zh": "会议小结", "en": "Summary"},
    "lines": [
        {
            "number": 2,
            "title": {"zh": "会议议程", "en": "Agenda"},
            "outcome": {"zh": "通过", "en": "carried"},
        },
        {"number": 4, "title": _REPORT, "outcome": {"zh": "不满意", "en": "Not satisfied"}},
    ],
    "timer": None,
}
_RETURNED: Final = {
    "kind": "disposal",
    "outcome": "returned",
    "title": {"zh": "决定任命柏舟为白鹭县水利局局长", "en": "Appoint Bai Zhou Director of Water Resources"},
    "notice": {
        "zh": "经主任会议研究，决定将关于柏舟的任命议案退回提请机关。",
        "en": "The proposal on Bai Zhou is returned to its proposer.",
    },
    "place": {"number": 10, "nth": 2, "of": 3},
}
_ASKING: Final = {
    "kind": "asking",
    "stage": "open",
    "title": _REPORT,
    "visibility": "secret",
    "needed": 16,
    "place": {"number": 4, "nth": 0, "of": 0},
}


def _writing(what: str, at: str, text: str, **more: Any) -> dict[str, Any]:
    writing = {"what": what, "at": at, "text": text, "length": len(text)}
    return {"writing": writing, "kept": [what] if text else [], **more}


def _said(**more: Any) -> dict[str, Any]:
    return {"said": {"busy": False, "refused": None, "taken": None, **more}}


_DEPUTY: Final = {
    "member": 36,
    "name": "县人大常委会工作机构负责人1",
    "voter_class": "office_head",
    "attends_as": {"zh": "县人大常委会工作机构负责人", "en": "heads of working offices"},
}
_WHO: Final = {"who": {"member": 36, "name": _DEPUTY["name"]}}
_COMING: Final = {**_DEPUTY, "present": False, "checked_in": False, "presence": "expected"}

FLOOR_STATES: Final = (
    State("floor", Room(_business("statement", speaker="骆水杉")).knows(), shows="follow"),
    State("floor-again", Room(_AGAIN).knows(), shows="follow"),
    State("floor-queued", Room(_QUEUE, me={"floor": "asked"}).knows(), shows="follow"),
    State("floor-speaking", Room(_SPEECH, me={"floor": "speaking"}).knows(), shows="follow"),
    State("floor-refused", Room(_QUEUE).knows(**_said(refused=_NOT_NOW)), shows="follow"),
    State("floor-questions", Room(_INQUIRY).knows(), shows="follow"),
    State(
        "floor-sent",
        Room(_INQUIRY, me={"sent": _STANDINGS, "floor": "asked"}).knows(kept=["question", "comment"]),
        shows="follow",
    ),
    State("write-question", Room(_INQUIRY).knows(**_writing("question", "4/questions/", "")), shows="write"),
    State(
        "write-question-filled",
        Room(_INQUIRY).knows(**_writing("question", "4/questions/", _ASKED)),
        shows="write",
    ),
    State(
        "write-question-over",
        Room(_QUEUE).knows(**_writing("question", "4/questions/", _ASKED), link="banner", lastUp=AT),
        shows="write",
    ),
    State(
        "write-comment-earlier",
        Room(_QUEUE, me={"floor": "speaking"}).knows(**_writing("comment", "3/questions/", _LONG)),
        shows="write",
    ),
    State(
        "write-refused",
        Room(_INQUIRY).knows(**_writing("question", "4/questions/", _ASKED), **_said(refused=_NOT_NOW)),
        shows="write",
    ),
    State("comment-taken", Room(_QUEUE).knows(**_said(taken="comment")), shows="follow"),
    State("follow-groups", Room(_GROUPS, me={"group": 2}).knows(), shows="follow"),
    State("follow-convener", Room(_GROUPS, me={"group": 2, "name": "石惊蛰"}).knows(), shows="follow"),
    State(
        "write-summary",
        Room(_GROUPS, me={"group": 2, "name": "石惊蛰"}).knows(
            **_writing("summary", "8/deliberation/", _LONG)
        ),
        shows="write",
    ),
    State("follow-certificate", Room(_CERTIFICATE).knows(), shows="follow"),
    State("follow-oath", Room(_OATH).knows(), shows="follow"),
    State("follow-summary", Room(_SUMMARY).knows(), shows="follow"),
    State("follow-returned", Room(_RETURNED).knows(), shows="follow"),
    State("attendee-check-in", {**Room(_INQUIRY, me=_COMING).knows(), **_WHO}, shows="check-in"),
    State("attendee-follow", {**Room(_INQUIRY, me=_DEPUTY).knows(), **_WHO}, shows="follow"),
    State("attendee-others", {**Room(_ASKING, me=_DEPUTY).knows(), **_WHO}, shows="follow"),
)
