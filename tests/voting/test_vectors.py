"""The counting vectors of PROCEDURE.md 2.B by their numbers, as far as they are counts.

V6, V7, V29 and V30 are about the roll and the meeting; V29 has its half here.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

from tests.voting import papers
from tests.voting.papers import motion_ballots, named
from voting.outcome import result
from voting.paper import (
    Bases,
    Criterion,
    ElectionQuestion,
    GradeQuestion,
    Mark,
    Marks,
    MotionQuestion,
    Paper,
    Question,
    Ruling,
    ScoreQuestion,
    SelectionQuestion,
)

ALL = Bases(31, 31, 0)


def decided(
    question: Question, marks: Sequence[Mark | None], bases: Bases = ALL, rulings: Sequence[Ruling] = ()
) -> dict[str, Any]:
    """What these marks on one question decide."""
    ballots: list[Marks] = [{} if mark is None else {question.id: mark} for mark in marks]
    counted = result(Paper((question,)), bases, bases.entitled, ballots, rulings)
    assert counted["vote"] == "valid"
    found: dict[str, Any] = counted["questions"][question.id]
    return found


def motion(bases: Bases, issued: int, split: tuple[int, int, int]) -> dict[str, Any]:
    counted = result(papers.of(), bases, issued, motion_ballots(*split))
    found: dict[str, Any] = counted["questions"]["N1"]
    assert found["counts"] == dict(zip(("for", "against", "abstain"), split, strict=True))
    assert (counted["returned"], counted["not_returned"]) == (sum(split), issued - sum(split))
    return found


def test_v01_plain_pass() -> None:
    found = motion(Bases(31, 29, 0), 29, (16, 10, 3))
    assert (found["outcome"], found["needed"]) == ("carried", 16)


def test_v02_one_short_though_nobody_is_against() -> None:
    assert motion(Bases(31, 29, 0), 29, (15, 0, 14))["outcome"] == "not_carried"


def test_v03_exactly_half_of_an_even_body() -> None:
    found = motion(Bases(30, 15, 0), 15, (15, 0, 0))
    assert (found["outcome"], found["needed"]) == ("not_carried", 16)


def test_v04_the_law_of_1999() -> None:
    found = motion(Bases(154, 125, 0), 125, (77, 6, 42))
    assert (found["outcome"], found["needed"]) == ("not_carried", 78)


def test_v05_recusal_leaves_the_base() -> None:
    found = motion(Bases(31, 30, 1), 29, (16, 13, 0))
    assert (found["outcome"], found["needed"]) == ("carried", 16)


def test_v08_one_not_returned() -> None:
    assert motion(Bases(31, 30, 0), 30, (27, 0, 2))["outcome"] == "carried"


def test_v09_more_returned_than_issued_is_void_and_concludes_nothing() -> None:
    both = Paper((papers.MOTION, papers.ELECTION))
    ballots: list[Marks] = [{"N1": "for", "by-election": named(["孟银杏"])}] * 30
    assert result(both, Bases(31, 30, 1), 29, ballots) == {
        "issued": 29,
        "returned": 30,
        "not_returned": 0,
        "vote": "void",
        "questions": {
            "N1": {"kind": "motion", "outcome": "void"},
            "by-election": {"kind": "election", "outcome": "void"},
        },
    }


def test_v10_an_over_vote_voids_the_ballot_and_not_the_vote() -> None:
    marks = [named(["孟银杏"])] * 16 + [named(["孟银杏", "柳合欢"])]
    found = decided(papers.ELECTION, marks)
    assert (found["valid"], found["invalid"], found["elected"]) == (16, 1, ["孟银杏"])
    assert found["votes"] == {"孟银杏": 16, "柳合欢": 0}


def test_v11_an_under_vote_is_valid() -> None:
    question = ElectionQuestion("e", 3, ("甲", "乙", "丙", "丁"))
    found = decided(question, [named(["甲", "乙"], [], None)] * 20)
    assert (found["valid"], found["invalid"]) == (20, 0)
    assert found["abstain"] == {"甲": 0, "乙": 0, "丙": 20, "丁": 20}
    assert (found["elected"], found["seats_left"], found["outcome"]) == (["甲", "乙"], 1, "partly_elected")
    assert found["next_candidates"] == []


def test_v12_nobody_over_half_is_a_further_election() -> None:
    marks = [
        *[named(["孟银杏"], ["柳合欢"])] * 14,
        *[named(["柳合欢"], ["孟银杏"])] * 14,
        named([], ["孟银杏", "柳合欢"], ["樊苍兰"]),
        named(["孟银杏", "柳合欢"]),
    ]
    assert decided(papers.ELECTION, marks, Bases(31, 30, 0)) == {
        "kind": "election",
        "valid": 29,
        "invalid": 1,
        "needed": 16,
        "votes": {"孟银杏": 14, "柳合欢": 14, "樊苍兰": 1},
        "against": {"孟银杏": 15, "柳合欢": 15},
        "abstain": {"孟银杏": 0, "柳合欢": 0},
        "elected": [],
        "tied": [],
        "seats_left": 1,
        "next_candidates": ["孟银杏", "柳合欢"],
        "outcome": "no_majority",
    }


def spread(votes: Mapping[str, int], ballots: int) -> list[list[str]]:
    """Ballots that give so many votes, each naming about as many as the others: the votes go round and round."""
    named_by: list[list[str]] = [[] for _ in range(ballots)]
    turn = 0
    for name, many in votes.items():
        for _ in range(many):
            named_by[turn % ballots].append(name)
            turn += 1
    return named_by


def two_seats(votes: Mapping[str, int], voters: int = 31) -> dict[str, Any]:
    """Two seats, and candidates with so many votes; the line is that of 31."""
    question = ElectionQuestion("e", 2, tuple(votes))
    ballots: list[Marks] = [{"e": named(names, [], None)} for names in spread(votes, voters)]
    found: dict[str, Any] = result(papers.of(question), ALL, voters, ballots)["questions"]["e"]
    assert (found["votes"], found["needed"], found["invalid"]) == (votes, 16, 0)
    return found


def test_v13_more_over_the_line_than_seats() -> None:
    # 65 votes for two seats take 33 voters, two more than the vector's body has; 24/21/17 is what 31 can give.
    for found in (
        two_seats({"甲": 25, "乙": 22, "丙": 18}, voters=33),
        two_seats({"甲": 24, "乙": 21, "丙": 17}),
    ):
        assert (found["elected"], found["tied"], found["outcome"]) == (["甲", "乙"], [], "elected")
        assert (found["seats_left"], found["next_candidates"]) == (0, [])


def test_v14_a_tie_that_decides_the_last_seat() -> None:
    found = two_seats({"甲": 25, "乙": 18, "丙": 18})
    assert (found["elected"], found["tied"], found["seats_left"]) == (["甲"], ["乙", "丙"], 1)
    assert (found["outcome"], found["next_candidates"]) == ("tied", [])
    run_off = ElectionQuestion("e", 1, ("乙", "丙"), decide="plurality")
    found = decided(run_off, [named(["乙"], [], None)] * 2 + [named(["丙"], [], None)])
    assert (found["elected"], found["needed"], found["outcome"]) == (["乙"], None, "elected")


def test_v15_a_tie_above_the_line_elects_both() -> None:
    found = two_seats({"甲": 20, "乙": 20, "丙": 17})
    assert (found["elected"], found["tied"], found["outcome"]) == (["甲", "乙"], [], "elected")


def test_v16_a_name_that_is_written_in_wins() -> None:
    marks = [named(["孟银杏"])] * 12 + [named([], ["孟银杏"], ["樊苍兰"])] * 17
    found = decided(papers.ELECTION, marks)
    assert (found["elected"], found["outcome"]) == (["樊苍兰"], "elected")
    assert found["votes"] == {"孟银杏": 12, "柳合欢": 0, "樊苍兰": 17}


WRITTEN = [named([], ["孟银杏"], [name]) for name in ("樊苍兰", "樊 苍兰", "范苍兰")]


def test_v17_spellings_are_merged_by_white_space_and_by_rulings() -> None:
    assert decided(papers.ELECTION, WRITTEN)["votes"] == {"孟银杏": 0, "柳合欢": 0, "樊苍兰": 2, "范苍兰": 1}
    ruling = Ruling("by-election", ("樊苍兰", "范苍兰"), "樊苍兰")
    found = decided(papers.ELECTION, WRITTEN, rulings=[ruling])
    assert found["votes"] == {"孟银杏": 0, "柳合欢": 0, "樊苍兰": 3}
    elsewhere = Ruling("other", ("樊苍兰", "范苍兰"), "樊苍兰")
    assert decided(papers.ELECTION, WRITTEN, rulings=[elsewhere]) == decided(papers.ELECTION, WRITTEN)


def test_v18_a_candidate_who_is_written_in_counts_as_himself() -> None:
    found = decided(papers.ELECTION, [named(["孟银杏"]), named([], ["柳合欢"], ["孟 银杏"])])
    assert found["votes"] == {"孟银杏": 2, "柳合欢": 0}
    assert (found["against"]["柳合欢"], found["abstain"]["孟银杏"]) == (1, 0)


THREE = GradeQuestion("g", ("满意", "基本满意", "不满意"))


@pytest.mark.parametrize(
    ("counts", "grade", "rate"),
    [
        pytest.param((16, 10, 4), "满意", 86.7, id="v19_the_best_alone"),
        pytest.param((14, 13, 3), "基本满意", 90.0, id="v20_cumulated"),
        pytest.param((8, 7, 15), "不满意", 50.0, id="v21_cumulated_one_short"),
    ],
)
def test_v19_v20_v21_three_grades(counts: tuple[int, int, int], grade: str, rate: float) -> None:
    marks = [mark for mark, many in zip(THREE.scale, counts, strict=True) for _ in range(many)]
    assert decided(THREE, marks) == {
        "kind": "grade",
        "valid": 30,
        "invalid": 0,
        "needed": 16,
        "counts": dict(zip(THREE.scale, counts, strict=True)),
        "grade": grade,
        "rate": rate,
        "outcome": "graded",
    }


FOUR = GradeQuestion("g", ("优秀", "称职", "基本称职", "不称职"))


def test_v22_four_grades() -> None:
    marks = ["优秀"] * 11 + ["称职"] * 14 + ["基本称职"] * 4 + ["不称职"]
    found = decided(FOUR, marks)
    assert (found["grade"], found["rate"]) == ("称职", 96.7)


def test_v23_a_blank_grade_is_invalid_and_not_counted() -> None:
    found = decided(THREE, ["满意"] * 16 + [None] * 2)
    assert (found["valid"], found["invalid"], found["rate"], found["grade"]) == (16, 2, 100.0, "满意")


TARGETS = SelectionQuestion(
    "targets",
    3,
    ("县林业局", "县自然资源局", "县市场监督管理局", "县文化和旅游局", "县应急管理局", "县医疗保障局"),
)


def test_v24_a_tie_across_the_last_place() -> None:
    votes = dict(zip(TARGETS.options, (26, 13, 22, 7, 9, 13), strict=True))
    assert decided(TARGETS, spread(votes, 30), Bases(31, 30, 0)) == {
        "kind": "selection",
        "valid": 30,
        "invalid": 0,
        "votes": votes,
        "selected": ["县林业局", "县市场监督管理局"],
        "tied": ["县自然资源局", "县医疗保障局"],
        "places_left": 1,
        "outcome": "tied",
    }


def test_v25_four_boxes_ticked_of_three() -> None:
    found = decided(TARGETS, [list(TARGETS.options[:4]), list(TARGETS.options[:3])])
    assert (found["valid"], found["invalid"]) == (1, 1)
    assert (found["selected"], found["outcome"]) == (list(TARGETS.options[:3]), "selected")


def test_v26_one_combined_ballot_decides_on_all_it_names() -> None:
    five = Paper(tuple(MotionQuestion(f"N{number}") for number in range(1, 6)))
    ballots: list[Marks] = [{question.id: "for" for question in five.questions} for _ in range(30)]
    counted = result(five, Bases(31, 30, 0), 30, ballots)
    assert list(counted["questions"]) == ["N1", "N2", "N3", "N4", "N5"]
    assert all(question["outcome"] == "carried" for question in counted["questions"].values())
    assert all(question["counts"]["for"] == 30 for question in counted["questions"].values())


SIX = ScoreQuestion("scores", tuple(Criterion(str(number)) for number in range(1, 7)))
MEANS = {"1": Decimal("88.4"), "2": Decimal("90.1"), "3": Decimal("84.7"), "4": Decimal("82.3"),
         "5": Decimal("79.6"), "6": Decimal("86.9")}  # fmt: skip


def sheets(many: int) -> list[dict[str, int]]:
    """Whole numbers that have exactly those means."""
    rest = {one: int(mean * many) for one, mean in MEANS.items()}
    return [{one: (total + voter) // many for one, total in rest.items()} for voter in range(many)]


def test_v27_a_sheet_with_a_missing_value_is_invalid() -> None:
    found = decided(SIX, [*sheets(30), {one: 100 for one in list(MEANS)[:5]}])
    assert found == {
        "kind": "score",
        "valid": 30,
        "invalid": 1,
        "means": {one: float(mean) for one, mean in MEANS.items()},
        "overall": 85.3,
        "outcome": "scored",
    }


def test_v28_an_advisory_class_is_a_count_of_its_own() -> None:
    question = GradeQuestion("g", ("优秀", "称职", "基本称职"))
    own: list[Marks] = [{"g": "基本称职"} for _ in range(31)]
    members = result(papers.of(question), ALL, 31, own)
    split = {"优秀": 5, "称职": 6, "基本称职": 1}
    deputies: list[Marks] = [{"g": grade} for grade, many in split.items() for _ in range(many)]
    advice = result(papers.of(question), Bases(12, 12, 0), 12, deputies)
    assert members["questions"]["g"]["grade"] == "基本称职"
    assert advice["questions"]["g"]["counts"] == split
    assert (advice["questions"]["g"]["grade"], advice["questions"]["g"]["needed"]) == ("称职", 7)


def test_v29_each_ballot_is_counted_on_its_own_roll() -> None:
    before = result(papers.of(), Bases(31, 29, 0), 29, motion_ballots(29, 0, 0))
    after = result(papers.of(), Bases(31, 30, 0), 30, motion_ballots(29, 0, 0))
    assert (before["not_returned"], after["not_returned"]) == (0, 1)
    assert before["questions"]["N1"]["needed"] == after["questions"]["N1"]["needed"] == 16
