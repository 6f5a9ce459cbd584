"""A sitting with every kind of question, a show of hands, a ruling and a class of voters who are no members.

What its questions give was counted by hand, from COUNTING.md.
"""

from typing import Any

from tests.voting.record_maker import MOTION, Did, Fields, Marks, Record, Sitting

HALF = {"base": "all_members", "over": "1/2"}
GRADE: Fields = {
    "id": "grade",
    "kind": "grade",
    "title": "评议县农业农村局工作",
    "scale": ["满意", "基本满意", "不满意"],
    "rule": "cumulative_majority",
    "majority": HALF,
    "blank": "invalid",
}
BANDS: Fields = GRADE | {
    "scale": ["优秀", "称职", "基本称职", "不称职"],
    "rule": {
        "share_bands": {"key": "称职", "bands": [["1/2", "基本称职"], ["4/5", "称职"]], "else": "不称职"}
    },
}
SCORE: Fields = {
    "id": "sheet",
    "kind": "score",
    "title": "分项评分",
    "criteria": [
        {"id": "2", "title": "执行决议", "weight": 2},
        {"id": "1", "title": "联系代表", "weight": 1, "min": 10, "max": 90.5, "step": 0.5},
    ],
    "min": 0,
    "max": 100,
    "step": 1,
    "trim": 0,
    "pass": 80,
}
ELECTION: Fields = {
    "id": "by-election",
    "kind": "election",
    "title": "补选市人大代表",
    "seats": 1,
    "candidates": ["孟银杏", "柳合欢"],
    "write_in": True,
    "write_in_needs_opposition": True,
    "majority": HALF,
    "decide": "majority",
}
SELECTION: Fields = {
    "id": "targets",
    "kind": "selection",
    "title": "明年评议对象",
    "choose": 2,
    "options": ["甲局", "乙局", "丙局"],
    "majority": None,
}
SHEETS, ADVICE, ELECTED, NAMED, SHOWN = (
    "6-item-1-member",
    "6-item-1-office-head",
    "7-item-1-member",
    "8-item-1-member",
    "9-item-1-member",
)
HEADS = [11, 12, 13]
"""The numbers of the heads of offices."""


def marks_of_sheets() -> dict[int, Did]:
    return {
        1: {"grade": "满意", "sheet": {"2": 90, "1": 80.5}},
        2: {"grade": "满意", "sheet": {"2": 90, "1": 70}},
        3: {"grade": "基本满意", "sheet": {"2": 80, "1": 60}},
        4: {"grade": "基本满意", "sheet": {"2": 100}},
        5: {"grade": "不满意"},
        6: {"sheet": {"2": 100, "1": 80.75}},
    }


GRADED: Fields = {
    "kind": "grade",
    "valid": 5,
    "invalid": 1,
    "needed": 5,
    "counts": {"满意": 2, "基本满意": 2, "不满意": 1},
    "grade": "不满意",
    "rate": 80.0,
    "outcome": "graded",
}
SCORED: Fields = {
    "kind": "score",
    "valid": 3,
    "invalid": 3,
    "means": {"2": 86.7, "1": 70.2},
    "overall": 81.2,
    "passed": True,
    "outcome": "scored",
}
ADVISED: Fields = {
    "kind": "grade",
    "valid": 3,
    "invalid": 0,
    "needed": 2,
    "counts": {"优秀": 1, "称职": 2, "基本称职": 0, "不称职": 0},
    "grade": "基本称职",
    "rate": 100.0,
    "outcome": "graded",
}


def named(supported: list[str], against: list[str], *written: str) -> Marks:
    return {"by-election": {"for": supported, "against": against, "write_in": list(written)}}


def marks_of_election() -> dict[int, Did]:
    return {
        1: named(["孟银杏"], []),
        2: named(["孟银杏"], []),
        3: named([], ["孟银杏"], "樊 苍兰"),
        4: named([], ["孟银杏"], "樊苍兰"),
        5: named([], ["孟银杏"], "范苍兰"),
        6: named(["孟银杏", "柳合欢"], []),
        7: named([], []),
    }


RETURNED: Fields = {
    "kind": "election",
    "valid": 6,
    "invalid": 1,
    "needed": 5,
    "votes": {"孟银杏": 2, "柳合欢": 0, "樊苍兰": 2, "范苍兰": 1},
    "against": {"孟银杏": 3, "柳合欢": 0},
    "abstain": {"孟银杏": 1, "柳合欢": 6},
    "elected": [],
    "tied": [],
    "seats_left": 1,
    "next_candidates": ["孟银杏", "樊苍兰"],
    "outcome": "no_majority",
}
RULED: Fields = RETURNED | {
    "votes": {"孟银杏": 2, "柳合欢": 0, "樊苍兰": 3},
    "next_candidates": ["樊苍兰", "孟银杏"],
}
RULING: Fields = {"question": "by-election", "same": ["樊苍兰", "范苍兰"], "as": "樊苍兰"}
VOTES: dict[int, Marks] = {
    1: {"targets": ["甲局", "乙局"], "grade": "满意"},
    2: {"targets": ["甲局"]},
    3: {"targets": ["甲局", "乙局", "丙局"]},
    4: {"targets": ["丙局"], "grade": "不满意"},
}
CHOSEN: Fields = {
    "targets": {
        "kind": "selection",
        "valid": 3,
        "invalid": 1,
        "votes": {"甲局": 2, "乙局": 1, "丙局": 1},
        "selected": ["甲局"],
        "tied": ["乙局", "丙局"],
        "places_left": 1,
        "outcome": "tied",
    },
    "grade": GRADED
    | {"valid": 2, "invalid": 2, "counts": {"满意": 1, "基本满意": 0, "不满意": 1}, "rate": 50.0},
}
NAMES: Fields = {
    "targets": {str(member): marks["targets"] for member, marks in VOTES.items()},
    "grade": {"满意": [1], "基本满意": [], "不满意": [4]},
}
TOTALS: Fields = {
    "N1": {"for": 5, "against": 1, "abstain": 0},
    "by-election": {
        "for": {"孟银杏": 3, "柳合欢": 0, "樊苍兰": 1},
        "against": {"孟银杏": 1, "柳合欢": 3},
        "returned": 6,
        "invalid": 1,
    },
}
COUNTED: Fields = {
    "N1": {
        "kind": "motion",
        "valid": 6,
        "invalid": 0,
        "needed": 5,
        "counts": TOTALS["N1"],
        "outcome": "carried",
    },
    "by-election": RETURNED
    | {
        "valid": 5,
        "votes": {"孟银杏": 3, "柳合欢": 0, "樊苍兰": 1},
        "against": {"孟银杏": 1, "柳合欢": 3},
        "abstain": {"孟银杏": 1, "柳合欢": 2},
    },
}


def a_sitting(**how: Any) -> tuple[Sitting, int]:
    """Nine members of whom seven are present, three heads of offices, and the seq of the members' roll."""
    sitting = Sitting(classes={"office_head": HEADS}, **how)
    return sitting, sitting.roll([1, 2, 3, 4, 5, 6, 7])


def sheets(sitting: Sitting, roll: int, **how: Any) -> None:
    sitting.secret_ballot(
        SHEETS,
        roll,
        marks_of_sheets(),
        paper=[GRADE, SCORE],
        questions={"grade": GRADED, "sheet": SCORED},
        **how,
    )


def advice(sitting: Sitting, roll: int, **how: Any) -> None:
    marks: dict[int, Did] = {11: {"grade": "称职"}, 12: {"grade": "称职"}, 13: {"grade": "优秀"}}
    sitting.secret_ballot(ADVICE, roll, marks, paper=[BANDS], questions={"grade": ADVISED}, **how)


def election(sitting: Sitting, roll: int, **how: Any) -> None:
    given: Fields = {"paper": [ELECTION], "questions": {"by-election": RETURNED}, "size": 512}
    sitting.secret_ballot(ELECTED, roll, marks_of_election(), **given | how)


def choice(sitting: Sitting, roll: int, **how: Any) -> None:
    given: Fields = {"paper": [SELECTION, GRADE], "questions": CHOSEN, "voted": NAMES}
    sitting.open_ballot(NAMED, roll, VOTES, **given | how)


def hands(sitting: Sitting, roll: int, **how: Any) -> None:
    given: Fields = {"totals": TOTALS, "returned": 6, "questions": COUNTED, "paper": [MOTION, ELECTION]}
    sitting.hands_ballot(SHOWN, roll, **given | how)


def every_kind(**rules: bool) -> Record:
    """All of them; the members' second roll builds on their first, past the one of the heads of offices."""
    sitting, roll = a_sitting()
    sheets(sitting, roll, **rules)
    advice(sitting, sitting.roll(HEADS, voter_class="office_head"))
    roll = sitting.roll([1, 2, 3, 4, 5, 6, 7], since=roll, lines=[])
    election(sitting, roll)
    sitting.ruling(ELECTED, [RULING | {"as": "范苍兰"}], {"by-election": RULED | vote_as("范苍兰")})
    sitting.ruling(ELECTED, [RULING], {"by-election": RULED})
    choice(sitting, roll, names=True)
    hands(sitting, roll)
    return sitting.end()


def vote_as(name: str) -> Fields:
    return {"votes": {"孟银杏": 2, "柳合欢": 0, name: 3}, "next_candidates": [name, "孟银杏"]}
