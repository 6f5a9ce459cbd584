"""The slides of every kind of result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from display.slides import Advice, Place, Result, Slide, Words
from tests.display.casts import AGENDA, BY_ELECTION, OFFICER, REPORT, TARGETS, WORK, Cast, both, on
from tests.display.slides_of_asking import CODE, COMPETENCE, HALF, SCALE, THIRDS


def _labels(labels: Sequence[Words]) -> dict[str, Words]:
    return {f"{number}": label for number, label in enumerate(labels)}


def _grades(scale: Sequence[Words], counts: Sequence[int], grade: int, rate: float) -> dict[str, Any]:
    return {
        "id": "g",
        "kind": "grade",
        "title": both("", ""),
        "valid": sum(counts),
        "invalid": 0,
        "needed": 16,
        "counts": {f"{number}": count for number, count in enumerate(counts)},
        "grade": f"{grade}",
        "rate": rate,
        "outcome": "graded",
        "rate_label": both("满意率", "Satisfaction rate"),
        "because": _because(counts, scale),
        "rule": "cumulative_majority",
        "labels": _labels(scale),
    }


def _because(counts: Sequence[int], scale: Sequence[Words]) -> Words:
    """Which grades together do not reach the majority, and what follows; nothing where the best one does."""
    short = [number for number in range(len(counts)) if sum(counts[: number + 1]) <= 15]
    if not short:
        return both("", "")
    together = sum(counts[: short[-1] + 1])
    zh, en = ("、".join(scale[n]["zh"] for n in short), ", ".join(scale[n]["en"] for n in short))
    return both(
        f"{zh}{'合计' if len(short) > 1 else ''}{together}票，未超过全体组成人员的半数",
        f"{en}{' together' if len(short) > 1 else ''} {together}, not more than half of all members",
    )


def _score(cast: Cast, passed: bool | None = None) -> dict[str, Any]:
    means = (88.4, 90.1, 84.7, 82.3, 79.6, 86.9, 80.0, 90.0, 75.5, 60.2)[: len(cast.criteria)]
    own = {} if passed is None else {"passed": passed}
    return {
        "id": "s",
        "kind": "score",
        "title": cast.items[WORK - 1],
        "valid": 30,
        "invalid": 0,
        "needed": None,
        "means": {f"{number}": mean for number, mean in enumerate(means)},
        "overall": 85.3,
        "outcome": "scored",
        "max": 100,
        "pass": None if passed is None else 60,
        "labels": _labels(cast.criteria),
        **own,
    }


def _election(cast: Cast, votes: Sequence[int], elected: Sequence[int], **more: Any) -> dict[str, Any]:
    names = [*cast.candidates, cast.written]
    given = [*votes, *[0] * len(cast.candidates)][: len(cast.candidates)]
    against = {f"{number}": 29 - count - 1 for number, count in enumerate(given)}
    won = [f"{number}" for number in elected]
    return {
        "id": "e",
        "kind": "election",
        "title": cast.items[BY_ELECTION - 1],
        "valid": 29,
        "invalid": 1,
        "needed": 16,
        "votes": {**{f"{number}": count for number, count in enumerate(given)}, f"{len(given)}": 1},
        "against": against,
        "abstain": dict.fromkeys(against, 1),
        "elected": won,
        "tied": [],
        "seats_left": 1 - len(won),
        "next_candidates": [],
        "outcome": "elected" if won else "no_majority",
        "seats": 1,
        "labels": _labels([both(name, name) for name in names]),
        **more,
    }


def _selection(cast: Cast, selected: int, tied: int) -> dict[str, Any]:
    counts = (26, 22, 13, 13, 9, 7, 6, 5, 4, 3)[: len(cast.options)]
    keys = [f"{number}" for number in range(len(cast.options))]
    return {
        "id": "c",
        "kind": "selection",
        "title": cast.items[TARGETS - 1],
        "valid": 30,
        "invalid": 0,
        "needed": None,
        "votes": dict(zip(keys, counts, strict=True)),
        "selected": keys[:selected],
        "tied": keys[selected : selected + tied],
        "places_left": 3 - selected,
        "outcome": "tied" if tied else "selected",
        "choose": 3,
        "labels": _labels(cast.options),
    }


def result_slides(cast: Cast) -> Mapping[str, Slide]:
    head, place = cast.head, Place(10, 1, 2)
    counts = {"for": 26, "against": 2, "abstain": 1}
    motion = Result(
        title=cast.title,
        outcome="carried",
        counts=counts,
        not_returned=0,
        needed=16,
        all_members=31,
        sentences=(cast.sentence,),
        code=CODE,
        checked=None,
        said=cast.sentence,
        present=30,
        recused=1,
        issued=29,
        returned=29,
        valid=29,
        invalid=0,
        line=HALF,
        whole=31,
        questions=({"id": "N1", "kind": "motion", "labels": {}},),
        place=place,
        head=head,
    )
    failing = both(
        "满意8票，基本满意7票，不满意15票。测评结果为不满意。",
        "Satisfied 8, Basically satisfied 7, Not satisfied 15. Result: Not satisfied.",
    )
    middling = both(
        "满意14票，基本满意13票，不满意3票。测评结果为基本满意。",
        "Satisfied 14, Basically satisfied 13, Not satisfied 3. Result: Basically satisfied.",
    )
    evaluation = replace(
        motion,
        outcome="graded",
        said=failing,
        sentences=(failing,),
        recused=0,
        issued=30,
        returned=30,
        valid=30,
        **on(cast, REPORT),
    )
    officer, work = replace(evaluation, **on(cast, OFFICER)), replace(evaluation, **on(cast, WORK))
    none = both(
        "没有候选人获得全体组成人员过半数的选票，不足的名额另行选举。",
        "No candidate has the votes of more than half of all members. A further election follows.",
    )
    elected = both(
        f"{cast.candidates[0]}得19票，超过全体组成人员的半数，当选。",
        f"{cast.candidates[0]}, 19 votes, more than half of all members, is elected.",
    )
    tie = both(
        f"已经确定：{cast.options[0]['zh']}、{cast.options[1]['zh']}。{cast.options[2]['zh']}、{cast.options[3]['zh']}得票相等，"
        "就票数相等的对象再次投票。",
        f"Selected so far: {cast.options[0]['en']}, {cast.options[1]['en']}. {cast.options[2]['en']}, "
        f"{cast.options[3]['en']} have equal votes. A run-off is held between them.",
    )
    chosen = both(
        "经无记名投票，确定" + "、".join(one["zh"] for one in cast.options[:3]) + "为下一年度工作评议对象。",
        "Selected for next year's evaluation: " + ", ".join(one["en"] for one in cast.options[:3]) + ".",
    )
    ballot = replace(
        evaluation,
        said=none,
        sentences=(none,),
        outcome="no_majority",
        valid=29,
        invalid=1,
        **on(cast, BY_ELECTION),
    )
    targets = replace(ballot, needed=None, line=both("", ""), **on(cast, TARGETS))
    adopted = both("赞成28票，反对1票，弃权1票，通过。", "28 for, 1 against, 1 abstained. Carried.")
    competence = _grades(COMPETENCE, (11, 14, 4, 1), 1, 96.7)
    advice = tuple(
        Advice(f"c{n}", label, 8, 8, (_grades(COMPETENCE, (3, 4, 1, 0), 1, 100.0),))
        for n, label in enumerate(cast.classes)
    )
    open_vote = replace(
        motion,
        visibility="open",
        said=adopted,
        sentences=(adopted,),
        **on(cast, AGENDA),
        recused=0,
        counts={"for": len(cast.members) - 2, "against": 1, "abstain": 1},
        issued=len(cast.members),
        returned=len(cast.members),
    )
    names = {"for": cast.members[:-2], "against": cast.members[-2:-1], "abstain": cast.members[-1:]}
    return {
        "result": motion,
        "result-not-carried": replace(
            motion,
            outcome="not_carried",
            counts={"for": 14, "against": 12, "abstain": 2},
            not_returned=1,
            returned=28,
            valid=28,
            checked=27,
        ),
        "result-thirds": replace(motion, needed=20, base="present", line=THIRDS, whole=30),
        "result-thousands": replace(
            motion,
            counts={"for": 2903, "against": 42, "abstain": 31},
            not_returned=14,
            issued=2990,
            returned=2976,
            valid=2976,
            checked=2951,
            needed=1501,
            all_members=3000,
            present=2991,
            whole=3000,
        ),
        "result-open-vote": open_vote,
        "result-names": replace(open_vote, names={"N1": names}),
        "result-hands": replace(
            motion, visibility="hands", recused=0, not_returned=2, issued=31, returned=29, code=""
        ),
        "result-grade": replace(evaluation, questions=(_grades(SCALE, (8, 7, 15), 2, 50.0),)),
        "result-four-grades": replace(
            officer,
            said=both(
                "优秀11票，称职14票，基本称职4票，不称职1票，评议等次为称职。",
                "Excellent 11, Competent 14, Basically competent 4, Not competent 1. Overall grade: Competent.",
            ),
            questions=(
                {**competence, "rate_label": both("“基本称职”以上占比", "“Basically competent” or better")},
            ),
            advisory=advice,
        ),
        "result-share-bands": replace(
            officer, questions=({**competence, "rule": "share_bands", "because": both("", "")},)
        ),
        "result-score": replace(
            work, said=middling, questions=(_score(cast), _grades(SCALE, (14, 13, 3), 1, 90.0))
        ),
        "result-score-alone": replace(work, outcome="scored", needed=None, questions=(_score(cast, True),)),
        "result-election": replace(
            ballot,
            questions=(_election(cast, (14, 14), ()),),
            next="further",
            next_names=cast.candidates[:2],
        ),
        "result-elected": replace(
            ballot,
            said=elected,
            outcome="elected",
            contest="further",
            round=2,
            questions=(_election(cast, (19, 10), (0,)),),
        ),
        "result-selection": replace(
            targets, said=tie, outcome="tied", questions=(_selection(cast, 2, 2),), next="runoff"
        ),
        "result-selected": replace(
            targets, said=chosen, outcome="selected", questions=(_selection(cast, 3, 0),)
        ),
    }
