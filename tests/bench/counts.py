"""Counting 3,000 papers of every kind of question, no two of them alike where that can be.

The whole of what the hall waits for beside the database: marks are read from their text, checked and counted.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.bench.figure import Figure
from voting.body import read_marks
from voting.outcome import result
from voting.paper import (
    MOTION_MARKS,
    Bases,
    Criterion,
    ElectionQuestion,
    GradeQuestion,
    Grid,
    MotionQuestion,
    Paper,
    Question,
    ScoreQuestion,
    SelectionQuestion,
)
from voting.quantity import from_units, plain
from voting.strict_json import write

PAPERS = 3000
ROUNDS = 5
NAMES = tuple(f"候选人{chr(0x4E00 + number)}" for number in range(20))
CRITERIA = tuple(Criterion(str(number)) for number in range(1, 7))


def run() -> list[Figure]:
    chance = random.Random(1)
    scale = ("优秀", "称职", "基本称职", "不称职")
    fine = Grid(0, 100, Decimal("0.0001"))
    return [
        measured("motion", MotionQuestion("q"), lambda: chance.choice(MOTION_MARKS)),
        measured("grade", GradeQuestion("q", scale), lambda: chance.choice(scale)),
        measured(
            "six scores, whole numbers",
            ScoreQuestion("q", CRITERIA),
            lambda: {criterion.id: chance.randint(0, 100) for criterion in CRITERIA},
        ),
        measured(
            "six scores, no two alike",
            ScoreQuestion("q", CRITERIA, grid=fine, trim=3),
            lambda: {criterion.id: plain(from_units(chance.randint(0, 1_000_000))) for criterion in CRITERIA},
        ),
        measured(
            "election, 5 of 20, others written in",
            ElectionQuestion("q", 5, NAMES, write_in=True),
            lambda: elected(chance),
        ),
        measured(
            "selection, 5 of 20",
            SelectionQuestion("q", 5, NAMES),
            lambda: some(chance, 5),
        ),
    ]


def some(chance: random.Random, many: int) -> list[str]:
    return [NAMES[index] for index in sorted(chance.sample(range(len(NAMES)), many))]


def elected(chance: random.Random) -> dict[str, list[str]]:
    supported = some(chance, chance.randint(0, 5))
    against = [name for name in NAMES if name not in supported and chance.random() < 0.5]
    written = {"樊" + chr(0x5000 + chance.randint(0, 500)) for _ in range(chance.randint(0, 2))}
    return {"for": supported, "against": against, "write_in": sorted(written)}


def measured(what: str, question: Question, mark: Callable[[], Any]) -> Figure:
    """The fastest of some rounds: what else the machine does is not the count's."""
    paper = Paper((question,))
    texts = [write({question.id: mark()}) for _ in range(PAPERS)]
    bases = Bases(PAPERS, PAPERS, 0)
    fastest = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        read = {text: paper.check(read_marks(text)) for text in set(texts)}
        result(paper, bases, PAPERS, [read[text] for text in texts])
        fastest = min(fastest, time.perf_counter() - began)
    return Figure(f"3,000 papers read and counted: {what}", fastest * 1000, "ms", at_most=100)
