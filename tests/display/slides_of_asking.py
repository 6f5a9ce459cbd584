"""The slides of every kind of vote before its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from display.slides import Advising, Asking, Countdown, Place, Slide, Words
from tests.display.casts import AGENDA, BY_ELECTION, OFFICER, REPORT, TARGETS, WORK, Cast, both, on
from tests.display.slides_of_a_day import AT

CODE = "K7QM-3FTT-2XWA-5HRN"
SCALE = (
    both("满意", "Satisfied"),
    both("基本满意", "Basically satisfied"),
    both("不满意", "Not satisfied"),
)
COMPETENCE = (
    both("优秀", "Excellent"),
    both("称职", "Competent"),
    both("基本称职", "Basically competent"),
    both("不称职", "Not competent"),
)
HALF = both("全体组成人员过半数", "more than half of all members")
THIRDS = both("出席人员的三分之二以上", "at least two thirds of the members present")


def _choices(labels: Sequence[Words]) -> list[dict[str, Any]]:
    return [{"key": f"{number}", "label": label} for number, label in enumerate(labels)]


def _names(cast: Cast) -> list[Words]:
    return [both(name, name) for name in cast.candidates]


def asking_slides(cast: Cast) -> Mapping[str, Slide]:
    head, place, running = cast.head, Place(10, 1, 2), Countdown(AT + 38_000, None)
    motion = Asking(
        stage="prepared",
        title=cast.title,
        visibility="secret",
        needed=16,
        entitled=29,
        issued=27,
        returned=0,
        code=CODE,
        all_members=31,
        present=30,
        recused=1,
        line=HALF,
        ask=({"id": "N1", "kind": "motion", "title": cast.title},),
        place=place,
        head=head,
    )
    advising = tuple(Advising(f"c{n}", label, 8, 8, 6) for n, label in enumerate(cast.classes))
    criteria = {"criteria": _choices(cast.criteria), "min": 0, "max": 100, "step": 1}
    grade = {"id": "g", "kind": "grade", "title": cast.items[REPORT - 1], "scale": _choices(SCALE)}
    competence = {**grade, "scale": _choices(COMPETENCE)}
    score = {"id": "s", "kind": "score", "title": cast.items[WORK - 1], **criteria}
    election = {
        "id": "e",
        "kind": "election",
        "title": cast.items[BY_ELECTION - 1],
        "seats": 1,
        "candidates": _choices(_names(cast)),
        "write_in": True,
    }
    selection = {
        "id": "c",
        "kind": "selection",
        "title": cast.items[TARGETS - 1],
        "choose": 3,
        "options": _choices(cast.options),
    }
    opened = replace(motion, stage="open", issued=29, returned=27, timer=running)
    hands = replace(motion, visibility="hands", hands=True, issued=0, code="")
    most: dict[str, Any] = {"needed": None, "line": both("", ""), **on(cast, TARGETS)}
    runoff: dict[str, Any] = {
        "contest": "runoff",
        "round": 2,
        "contest_names": tuple(one["zh"] for one in cast.options[1:3]),
        **most,
    }
    return {
        "prepared": motion,
        "prepared-again": replace(motion, again=True),
        "prepared-thirds": replace(motion, needed=20, base="present", line=THIRDS, box_seen=True),
        "prepared-open-vote": replace(motion, visibility="open", issued=0, **on(cast, AGENDA)),
        "prepared-hands": hands,
        "prepared-fault": replace(hands, fault=True, again=True),
        "prepared-grade": replace(motion, ask=(grade,), box_seen=True, **on(cast, REPORT)),
        "prepared-four-grades": replace(motion, ask=(competence,), advising=advising, **on(cast, OFFICER)),
        "prepared-score": replace(motion, ask=(score, grade), **on(cast, WORK)),
        "prepared-election": replace(motion, ask=(election,), **on(cast, BY_ELECTION)),
        "prepared-further": replace(
            motion,
            ask=({**election, "write_in": False},),
            contest="further",
            round=2,
            **on(cast, BY_ELECTION),
        ),
        "prepared-selection": replace(motion, ask=(selection,), **most),
        "prepared-runoff": replace(
            motion, ask=({**selection, "choose": 1, "options": _choices(cast.options[1:3])},), **runoff
        ),
        "open": opened,
        "open-over-time": replace(opened, timer=Countdown(AT - 12_000, None)),
        "open-thousands": replace(
            opened,
            issued=2980,
            returned=2911,
            entitled=2990,
            all_members=3000,
            present=2991,
            needed=1501,
        ),
        "open-vote": replace(opened, visibility="open", issued=0, **on(cast, AGENDA)),
        "open-advising": replace(opened, ask=(competence,), advising=advising, **on(cast, OFFICER)),
        "open-few": replace(
            opened,
            issued=4,
            entitled=4,
            returned=None,
            **on(cast, OFFICER),
            advising=tuple(replace(one, entitled=3, issued=3, returned=None) for one in advising),
        ),
        "open-score": replace(opened, ask=(score, grade), **on(cast, WORK)),
        "open-hands": replace(hands, stage="open"),
        "open-hands-fault": replace(hands, stage="open", fault=True, ask=(competence,), **on(cast, OFFICER)),
        "open-hands-election": replace(hands, stage="open", ask=(election,), **on(cast, BY_ELECTION)),
        "counting-hands": replace(hands, stage="closing"),
        "held": replace(opened, stage="held"),
        "counting": replace(opened, stage="closing", returned=29, timer=None),
        "void": replace(opened, stage="void", returned=0, timer=None),
    }
