"""Papers of every kind of question, a phone that is filling one in, and what a finger does on it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tests.kiosk.browser.state import Press, Room

HALF: Final = {"base": "all_members", "over": "1/2"}
THREE: Final = ["满意", "基本满意", "不满意"]
FOUR: Final = ["优秀", "称职", "基本称职", "不称职"]
CRITERIA: Final = [
    "贯彻执行国家法律法规情况",
    "贯彻执行县委重大决策部署情况",
    "执行县人大及其常委会决议决定和办理审议意见情况",
    "办理人大代表议案、建议、批评和意见情况",
    "解决人民群众普遍关心的重大问题情况",
    "勤政廉政和作风建设情况",
]
OPTIONS: Final = [
    "县林业局",
    "县自然资源局",
    "县市场监督管理局",
    "县文化和旅游局",
    "县应急管理局",
    "县医疗保障局",
]
LONG_NAMES: Final = ["买买提·艾力", "阿不都热合曼·吐尔逊·买合木提", "柳欢", "欧阳海棠"]
REPORT: Final = "县人民政府关于农村饮水安全工作情况的报告"
BUREAU: Final = "评议县农业农村局工作"
DIRECTOR: Final = "评议县教育局局长薛丹桂述职报告"
DEPUTY: Final = "补选澜川市人民代表大会代表"
TARGETS: Final = "票决下一年度工作评议对象"
ENGLISH: Final[Mapping[str, str]] = {
    "满意": "Satisfied",
    "基本满意": "Basically satisfied",
    "不满意": "Not satisfied",
    "优秀": "Excellent",
    "称职": "Competent",
    "基本称职": "Basically competent",
    "不称职": "Not competent",
    REPORT: "County Government report on rural drinking-water safety",
    BUREAU: "Work evaluation of the County Bureau of Agriculture and Rural Affairs",
    DIRECTOR: "Performance evaluation of Xue Dangui, Director of Education",
    DEPUTY: "By-election of one deputy to the Lanchuan City People's Congress",
    TARGETS: "Selection of next year's evaluation targets",
    CRITERIA[0]: "Implementing state laws and regulations",
    CRITERIA[1]: "Carrying out the county Party committee's major decisions",
    CRITERIA[2]: "Carrying out congress resolutions and deliberation opinions",
    CRITERIA[3]: "Handling deputies' motions and suggestions",
    CRITERIA[4]: "Solving issues of wide public concern",
    CRITERIA[5]: "Diligence, integrity and conduct",
    "县林业局": "Forestry Bureau",
    "县自然资源局": "Natural Resources Bureau",
    "县市场监督管理局": "Administration for Market Regulation",
    "县文化和旅游局": "Culture and Tourism Bureau",
    "县应急管理局": "Emergency Management Bureau",
    "县医疗保障局": "Healthcare Security Administration",
}
LABELS: Final = {text: {"zh": text, "en": english} for text, english in ENGLISH.items()}
CODE: Final = "7KQ4-MZ2D-VXR5-B3TN"


def words(text: str) -> dict[str, str]:
    return {"zh": text, "en": ENGLISH.get(text, text)}


def motion(id_: str, title: str) -> dict[str, Any]:
    return {"id": id_, "kind": "motion", "title": title, "majority": HALF, "blank": "abstain"}


def grade(title: str, scale: Sequence[str]) -> dict[str, Any]:
    question = {"id": "grade", "kind": "grade", "title": title, "scale": list(scale)}
    return {**question, "rule": "cumulative_majority", "majority": HALF, "blank": "invalid"}


def election(seats: int, candidates: Sequence[str], **more: Any) -> dict[str, Any]:
    question = {"id": "by-election", "kind": "election", "title": DEPUTY, "seats": seats}
    rules = {"write_in": True, "write_in_needs_opposition": True, "majority": HALF, "decide": "majority"}
    return {**question, "candidates": list(candidates), **rules, **more}


SCORES: Final = {
    "id": "scores",
    "kind": "score",
    "title": BUREAU,
    "criteria": [{"id": str(i), "title": title, "weight": 1} for i, title in enumerate(CRITERIA, 1)],
    "min": 0,
    "max": 100,
    "step": 1,
    "trim": 0,
    "pass": None,
}
SELECTION: Final = {
    "id": "targets",
    "kind": "selection",
    "title": TARGETS,
    "choose": 3,
    "options": OPTIONS,
    "majority": None,
}
PERSONS: Final = [
    motion(f"J{i}", f"任命{name}为白鹭县人民法院人民陪审员")
    for i, name in enumerate(["连翘", "佩兰", "半夏", "南烛", "白芷"], 1)
]

GRADE: Final = [grade(REPORT, THREE)]
FOUR_GRADES: Final = [grade(DIRECTOR, FOUR)]
BOTH: Final = [SCORES, grade(BUREAU, THREE)]
BY_ELECTION: Final = [election(1, ["孟银杏", "柳合欢"])]
LONG_ELECTION: Final = [election(2, LONG_NAMES, write_in_needs_opposition=False)]
SELECT: Final = [SELECTION]


def poll(ballot: str, paper: Sequence[Mapping[str, Any]], **more: Any) -> dict[str, Any]:
    asked = {
        "ballot": ballot,
        "stage": "open",
        "visibility": "secret",
        "paper": json.dumps(paper, ensure_ascii=False, separators=(",", ":")),
        "salt": "",
        "window_ms": 2000,
        "issued": 30,
        "returned": 12,
        "labels": LABELS,
    }
    return {**asked, **more}


def asking(title: str, stage: str = "open", **more: Any) -> dict[str, Any]:
    slide = {"kind": "asking", "stage": stage, "title": words(title), "visibility": "secret", "needed": 16}
    bases = {"entitled": 30, "issued": 30, "returned": 12, "all_members": 31, "present": 30}
    return {**slide, **bases, "code": "", "timer": None, "notice": None, **more}


def filling(
    ballot: str,
    paper: Sequence[Mapping[str, Any]],
    title: str,
    me: Mapping[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A member with this paper in his hand."""
    known = {"id": ballot, "phase": "opened", "changes": False, "standing": "entitled"}
    slips = {ballot: {"stage": "ready", "alarms": []}}
    room = Room(asking(title), poll(ballot, paper, **more), me or {})
    return room.knows(slips=slips, ballot=known, codes={ballot: CODE})


def hands(stage: str) -> dict[str, Any]:
    ballot, paper = "2-item-1-member", [motion("agenda", "通过白鹭县人大常委会第二十六次会议议程")]
    room = Room(
        asking("通过白鹭县人大常委会第二十六次会议议程", stage, visibility="hands"),
        poll(ballot, paper, stage=stage, visibility="hands", issued=29, returned=0),
    )
    known = {"id": ballot, "phase": "opened", "changes": False, "standing": "entitled"}
    return room.knows(ballot=known, codes={ballot: CODE})


CHECK: Final = "#paper .bar .button:last-child"
NEXT: Final = "#paper .pair .button:last-child"
FIELD: Final = ".question-card:not([hidden]) li:nth-child({}) input"


def row(number: int) -> str:
    """A row to tick, on the card that is open."""
    return f".question-card:not([hidden]) label.option:nth-child({number})"


def mark(candidate: int, choice: int) -> str:
    return (
        f".question-card:not([hidden]) .candidate:nth-of-type({candidate}) label.option:nth-child({choice})"
    )


def scores(*given: str) -> tuple[Press, ...]:
    return tuple((FIELD.format(i), text) for i, text in enumerate(given, 1))
