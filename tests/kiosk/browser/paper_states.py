"""Papers of every kind as a phone shows, checks and counts them out: the gallery's states of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tests.kiosk.browser.papers import (
    BOTH,
    BUREAU,
    BY_ELECTION,
    CHECK,
    CODE,
    CRITERIA,
    DEPUTY,
    DIRECTOR,
    FOUR,
    FOUR_GRADES,
    GRADE,
    LABELS,
    LONG_ELECTION,
    NEXT,
    OPTIONS,
    PERSONS,
    REPORT,
    SCORES,
    SELECT,
    TARGETS,
    THREE,
    filling,
    hands,
    mark,
    poll,
    row,
    scores,
    words,
)
from tests.kiosk.browser.state import Room, State


def result(
    ballot: str,
    paper: Sequence[Mapping[str, Any]],
    title: str,
    questions: Sequence[Mapping[str, Any]],
    sentence: Mapping[str, str],
    **more: Any,
) -> dict[str, Any]:
    slide = {
        "kind": "result",
        "title": words(title),
        "questions": questions,
        "outcome": questions[0]["outcome"],
        "needed": questions[0].get("needed"),
        "not_returned": 0,
        "all_members": 31,
        "present": 30,
        "issued": 30,
        "returned": 30,
        "sentences": [sentence],
        "code": "",
        "checked": None,
        "visibility": "secret",
        "line": {"zh": "全体组成人员过半数", "en": "more than half of all members"},
        "whole": 31,
        "advisory": [],
        "contest": "",
        **more,
    }
    asked = poll(ballot, paper, stage="counted", returned=30)
    return Room(slide, asked).knows(
        slips={ballot: {"stage": "confirmed", "alarms": []}},
        ballot={"id": ballot, "phase": "checked", "changes": False, "standing": "entitled"},
        codes={ballot: CODE},
    )


def graded(
    title: str,
    counts: Mapping[str, int],
    grade_: str,
    rate: float,
    because: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    return {
        "id": "grade",
        "kind": "grade",
        "title": words(title),
        "valid": sum(counts.values()),
        "invalid": 0,
        "needed": 16,
        "counts": counts,
        "grade": grade_,
        "rate": rate,
        "rate_label": {"zh": "满意率", "en": "Satisfaction rate"},
        "because": because or {"zh": "", "en": ""},
        "rule": "cumulative_majority",
        "outcome": "graded",
        "labels": {text: LABELS[text] for text in counts},
    }


def elected(votes: Mapping[str, int], **more: Any) -> dict[str, Any]:
    found = {
        "id": "by-election",
        "kind": "election",
        "title": words(DEPUTY),
        "valid": 29,
        "invalid": 1,
        "needed": 16,
        "votes": votes,
        "against": {"孟银杏": 13, "柳合欢": 12},
        "abstain": {"孟银杏": 2, "柳合欢": 3},
        "elected": [],
        "tied": [],
        "seats_left": 1,
        "next_candidates": [],
        "outcome": "no_majority",
        "labels": {},
    }
    return {**found, **more}


SCORED: Final = {
    "id": "scores",
    "kind": "score",
    "title": words(BUREAU),
    "valid": 30,
    "invalid": 0,
    "needed": None,
    "means": {"1": 88.4, "2": 90.1, "3": 84.7, "4": 82.3, "5": 79.6, "6": 86.9},
    "overall": 85.3,
    "max": 100,
    "outcome": "scored",
    "labels": {str(i): words(title) for i, title in enumerate(CRITERIA, 1)},
}
SELECTED: Final = {
    "id": "targets",
    "kind": "selection",
    "title": words(TARGETS),
    "valid": 30,
    "invalid": 0,
    "needed": None,
    "votes": dict(zip(OPTIONS, (26, 13, 22, 7, 9, 13), strict=True)),
    "selected": ["县林业局", "县市场监督管理局"],
    "tied": ["县自然资源局", "县医疗保障局"],
    "places_left": 1,
    "outcome": "tied",
    "labels": LABELS,
}

_FIRST: Final = filling("4-item-1-member", GRADE, REPORT)
_FOUR: Final = filling("6-item-1-member", FOUR_GRADES, DIRECTOR)
_BOTH: Final = filling("5-item-1-member", BOTH, BUREAU)
_SHEET: Final = filling("5-item-1-member", [SCORES], BUREAU)
_ELECTION: Final = filling("11-item-1-member", BY_ELECTION, DEPUTY)
_LONG: Final = filling("11-item-1-member", LONG_ELECTION, DEPUTY)
_SELECT: Final = filling("12-item-1-member", SELECT, TARGETS)
_LIST: Final = filling("10-list-1-member", PERSONS, "任命人民陪审员")
_FEW: Final = filling(
    "6-item-1-office-head",
    FOUR_GRADES,
    DIRECTOR,
    {"voter_class": "office_head"},
    advisory=True,
    few=True,
    voter_class="office_head",
)
_OTHERS: Final = filling("6-item-1-deputy", FOUR_GRADES, DIRECTOR, advisory=True, voter_class="deputy")
_COMING: Final = {**_FEW, "view": {**_FEW["view"], "poll": {**_FEW["view"]["poll"], "stage": "prepared"}}}
_GRADED: Final = {
    "zh": "满意8票，基本满意7票，不满意15票，测评等次为不满意。",
    "en": "Satisfied 8, basically satisfied 7, not satisfied 15. Overall grade: not satisfied.",
}
_NOBODY: Final = {
    "zh": "没有候选人获得全体组成人员过半数的选票，不足的名额另行选举。",
    "en": "No candidate has the votes of more than half of all members; a further election is held.",
}
_WINNER: Final = {"zh": "孟银杏当选为澜川市人民代表大会代表。", "en": "Meng Yinxing is elected."}
_TIE: Final = {
    "zh": "县自然资源局、县医疗保障局票数相等，再次投票。",
    "en": "Two bureaus are tied; there is a run-off between them.",
}
_OVERALL: Final = {
    "zh": "综合得分85.3分，评议等次为基本满意。",
    "en": "Overall mean 85.3. Grade: basically satisfied.",
}
_ADVICE: Final = {
    "zh": "以上为列席人员的评议，仅作参考。",
    "en": "These are attendees' answers, for reference only.",
}
_NONE: Final = {
    "zh": "收回票数多于发出票数，表决无效。",
    "en": "More ballots were returned than issued; the vote is void.",
}

_FILLED: Final = scores("88", "90", "85", "82", "79", "86")
_MISSED: Final = {
    "zh": "满意、基本满意共15票，未超过全体组成人员的半数",
    "en": "Satisfied and basically satisfied: 15 in all, not more than half of all members",
}
_WATER: Final = graded(REPORT, dict(zip(THREE, (8, 7, 15), strict=True)), "不满意", 50.0, _MISSED)
_OWN: Final = graded(DIRECTOR, dict(zip(FOUR, (11, 14, 4, 1), strict=True)), "称职", 96.7)
_BUREAU: Final = graded(BUREAU, dict(zip(THREE, (14, 13, 3), strict=True)), "基本满意", 90.0)
ADVICE: Final = [
    {
        "voter_class": voter_class,
        "label": {"zh": zh, "en": en},
        "issued": sum(counts),
        "returned": sum(counts),
        "questions": [
            {**graded(DIRECTOR, dict(zip(FOUR, counts, strict=True)), grade_, 100.0), "needed": None}
        ],
    }
    for voter_class, zh, en, counts, grade_ in (
        ("office_head", "常委会工作机构负责人", "Heads of working offices", (2, 2, 0, 0), "称职"),
        ("deputy", "列席的县人大代表", "Invited deputies", (3, 4, 1, 0), "称职"),
    )
]

PAPER_STATES: Final = (
    State("grade", _FIRST, shows="paper"),
    State("grade-chosen", _FIRST, (row(2),), shows="paper"),
    State("grade-check", _FIRST, (row(2), CHECK), shows="paper"),
    State("grade-four", _FOUR, (row(3),), shows="paper"),
    State("score-sheet", _BOTH, shows="paper"),
    State("score-sheet-filling", _SHEET, scores("88", "90"), shows="paper"),
    State("score-sheet-wrong", _SHEET, scores("88", "101"), shows="paper"),
    State("score-sheet-check", _SHEET, (*_FILLED, CHECK), shows="paper"),
    State("several-second", _BOTH, (*_FILLED, NEXT, row(2)), shows="paper"),
    State("several-check", _BOTH, (*_FILLED, NEXT, row(2), CHECK), shows="paper"),
    State("several-open", _BOTH, (*scores("88", "90"), NEXT, CHECK), shows="paper"),
    State("list-of-persons", _LIST, (row(1), NEXT), shows="paper"),
    State("list-check", _LIST, (row(1), NEXT, NEXT, row(3), "#paper .progress .inline"), shows="paper"),
    State("election", _ELECTION, shows="paper"),
    State("election-other", _ELECTION, (mark(1, 2), (".others input", "樊苍兰")), shows="paper"),
    State(
        "election-too-many",
        _ELECTION,
        (mark(1, 2), mark(2, 1), (".others input", "樊苍兰")),
        shows="paper",
    ),
    State("election-check", _ELECTION, (mark(1, 2), (".others input", "樊苍兰"), CHECK), shows="paper"),
    State(
        "election-long-names", _LONG, (mark(2, 1), (".others input", "阿不都热合曼·吐尔逊")), shows="paper"
    ),
    State(
        "election-long-check",
        _LONG,
        (mark(1, 2), mark(2, 1), mark(3, 3), (".others input", "阿不都热合曼·吐尔逊"), CHECK),
        shows="paper",
    ),
    State("selection", _SELECT, (row(1), row(3)), shows="paper"),
    State("selection-too-many", _SELECT, tuple(row(i) for i in (1, 2, 3, 6)), shows="paper"),
    State("selection-check", _SELECT, (row(1), row(3), row(6), CHECK), shows="paper"),
    State("selection-none", _SELECT, (CHECK,), shows="paper"),
    State("advisory-prepared", _COMING, shows="prepared"),
    State("advisory-few", _FEW, shows="paper"),
    State("not-on-roll-others", _OTHERS, shows="not-on-roll"),
    State("hands-prepared", hands("prepared"), shows="hands"),
    State("hands", hands("open")),
    State("hands-held", hands("held"), shows="hands"),
    State("result-grade", result("4-item-1-member", GRADE, REPORT, [_WATER], _GRADED), shows="result"),
    State(
        "result-several", result("5-item-1-member", BOTH, BUREAU, [SCORED, _BUREAU], _OVERALL), shows="result"
    ),
    State(
        "result-advisory",
        result("6-item-1-member", FOUR_GRADES, DIRECTOR, [_OWN], _ADVICE, advisory=ADVICE),
        shows="result",
    ),
    State(
        "result-no-majority",
        result(
            "11-item-1-member",
            BY_ELECTION,
            DEPUTY,
            [
                elected(
                    {"孟银杏": 14, "柳合欢": 14, "樊苍兰": 1},
                    next_candidates=["孟银杏", "柳合欢"],
                )
            ],
            _NOBODY,
        ),
        shows="result",
    ),
    State(
        "result-elected",
        result(
            "11-item-2-member",
            BY_ELECTION,
            DEPUTY,
            [elected({"孟银杏": 19, "柳合欢": 10}, elected=["孟银杏"], seats_left=0, outcome="elected")],
            _WINNER,
            contest="further",
        ),
        shows="result",
    ),
    State("result-selection", result("12-item-1-member", SELECT, TARGETS, [SELECTED], _TIE), shows="result"),
    State(
        "result-void",
        result(
            "4-item-1-member",
            GRADE,
            REPORT,
            [{"kind": "grade", "outcome": "void", "title": words(REPORT)}],
            _NONE,
        ),
        shows="result",
    ),
)
