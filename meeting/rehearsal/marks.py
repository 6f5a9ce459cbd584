"""What stands on the papers of one ballot, question by question: as the script's figures want it, or freely.  Pure.

One list for each question, with a mark (or a blank, None) for every paper that is returned; whose paper that is, is
`deal`'s business.  Free marks are made so that votes are decided: most voters agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import assert_never

from meeting.office import marking
from meeting.office.script import (
    AdvisoryExpect,
    ElectionExpect,
    Expect,
    GradeExpect,
    MotionExpect,
    SelectionExpect,
)
from voting.paper import (
    ElectionQuestion,
    GradeQuestion,
    Mark,
    MotionQuestion,
    Question,
    ScoreQuestion,
    SelectionQuestion,
)

AGREE = 0.85
"""So many voters, on an average, mark a paper as most do."""


def column(question: Question, expect: Expect, papers: int, chance: Random) -> list[Mark | None] | None:
    """A mark for each of the `papers` that come to what the script expects; None: it says nothing of this question.

    Raises NoSuchPapers where the paper is not the one that the script was written for.
    """
    match question, expect:
        case MotionQuestion(), MotionExpect():
            return [mark for mark in expect.marks() if mark is not None]
        case GradeQuestion(), GradeExpect() | AdvisoryExpect() if expect.counts:
            marks: list[Mark | None] = [grade for grade, count in expect.counts for _ in range(count)]
            # A grade that is left blank is invalid; the scores beside it keep the paper from being none.
            return marks + [None] * (papers - len(marks))
        case ScoreQuestion(), GradeExpect() if len(expect.means) == len(question.criteria):
            return _sheets(question, expect, chance)
        case ElectionQuestion(), ElectionExpect():
            return list(
                marking.election(
                    question.candidates,
                    question.seats,
                    expect.marked(question.candidates),
                    expect.valid,
                    expect.invalid,
                    dict(expect.abstain),
                    write_in=question.write_in,
                    needs_opposition=question.write_in_needs_opposition,
                )
            )
        case SelectionQuestion(), SelectionExpect():
            return list(
                marking.selection(
                    question.options, question.choose, dict(expect.votes), expect.valid, expect.invalid
                )
            )
        case _:
            return None


def free(question: Question, chance: Random, *, agree: float = AGREE) -> Mark:
    """A mark where nothing is expected; with `agree` 1.0 everybody is in favour of the first there is."""
    with_most = chance.random() < agree
    match question:
        case MotionQuestion():
            return "for" if with_most else chance.choice(("against", "abstain"))
        case GradeQuestion():
            return question.scale[0] if with_most else chance.choice(question.scale)
        case ScoreQuestion():
            return {one.id: _score(question, agree, chance) for one in question.criteria}
        case ElectionQuestion():
            names = _some(question.candidates, question.seats, chance, with_most=with_most)
            paper = {"for": names, "against": [name for name in question.candidates if name not in names]}
            return paper | ({"write_in": []} if question.write_in else {})
        case SelectionQuestion():
            return _some(question.options, question.choose, chance, with_most=with_most)
        case _:
            assert_never(question)


def _sheets(question: ScoreQuestion, expect: GradeExpect, chance: Random) -> list[Mark | None]:
    columns: dict[str, Sequence[int]] = {}
    for (number, mean), criterion in zip(expect.means, question.criteria, strict=True):
        grid = question.grid_of(criterion)
        scores = marking.scores(
            mean, expect.valid, int(grid.least), int(grid.most), int(grid.step), question.trim, chance
        )
        chance.shuffle(scores)
        columns[str(number)] = scores
    sheets: list[Mark | None] = [
        {name: scores[sheet] for name, scores in columns.items()} for sheet in range(expect.valid)
    ]
    first = question.criteria[0].id
    incomplete: Mapping[str, int] = {first: int(question.grid_of(question.criteria[0]).most)}
    return sheets + [incomplete] * expect.invalid


def _score(question: ScoreQuestion, agree: float, chance: Random) -> int:
    least, most, step = (int(one) for one in (question.grid.least, question.grid.most, question.grid.step))
    steps = (most - least) // step
    return most if agree == 1.0 else least + step * chance.randint(steps * 3 // 5, steps)


def _some(names: Sequence[str], count: int, chance: Random, *, with_most: bool) -> list[str]:
    """The first so many, or any, in the order of the paper."""
    chosen = set(names[:count] if with_most else chance.sample(list(names), min(count, len(names))))
    return [name for name in names if name in chosen]
