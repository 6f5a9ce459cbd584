"""What the ballots decide: the laws of counting, and the rules the vectors (`test_vectors`) do not show."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting import papers
from tests.voting.papers import motion_ballots, named
from voting.outcome import result
from voting.paper import (
    BASES,
    Base,
    Bases,
    Criterion,
    ElectionQuestion,
    GradeQuestion,
    Grid,
    Majority,
    Marks,
    MotionQuestion,
    Paper,
    Question,
    ScoreQuestion,
    SelectionQuestion,
    ShareBands,
)

Vote = tuple[Paper, Bases, int, list[Marks]]

# ---- Laws -----------------------------------------------------------------------------------------------------


@given(papers.votes(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_marks_is_nothing(vote: Vote, chance: Any) -> None:
    paper, bases, issued, ballots = vote
    shuffled: list[Marks] = [dict(chance.sample(list(marks.items()), len(marks))) for marks in ballots]
    chance.shuffle(shuffled)
    first, second = result(paper, bases, issued, ballots), result(paper, bases, issued, shuffled)
    # Compared as text: the order of the keys is what the board hashes.
    assert json.dumps(first) == json.dumps(second)


def sums_of(question: Question, found: dict[str, Any]) -> None:
    """What must sum to what, by kind of question."""
    valid = found["valid"]
    match question:
        case MotionQuestion():
            assert sum(found["counts"].values()) == valid
            assert (found["outcome"] == "carried") == (found["counts"]["for"] >= found["needed"])
        case GradeQuestion():
            assert sum(found["counts"].values()) + (question.blank == "abstain") * valid >= valid
            assert found["grade"] in question.scale
            assert found["rate"] is None if valid == 0 else 0 <= found["rate"] <= 100
        case ScoreQuestion():
            assert (found["means"] is None) == (found["overall"] is None) == (valid <= 2 * question.trim)
            if found["means"]:
                assert min(found["means"].values()) <= found["overall"] <= max(found["means"].values())
            assert ("passed" in found) == (question.passing is not None)
        case ElectionQuestion():
            for candidate in question.candidates:
                votes = found["votes"][candidate] + found["against"][candidate] + found["abstain"][candidate]
                assert votes == valid
                assert found["abstain"][candidate] >= 0
        case SelectionQuestion():
            assert all(votes <= valid for votes in found["votes"].values())


@given(papers.votes())
def test_the_parts_sum_to_wholes(vote: Vote) -> None:
    paper, bases, issued, ballots = vote
    decided = result(paper, bases, issued, ballots)
    assert list(decided["questions"]) == [question.id for question in paper.questions]
    if decided["vote"] == "void":
        assert decided["returned"] > decided["issued"]
        assert all(set(question) == {"kind", "outcome"} for question in decided["questions"].values())
        return
    assert decided["issued"] == decided["returned"] + decided["not_returned"]
    for question in paper.questions:
        found = decided["questions"][question.id]
        assert found["kind"] == question.kind
        assert decided["returned"] == found["valid"] + found["invalid"]
        sums_of(question, found)


def places_of(
    question: ElectionQuestion | SelectionQuestion, found: dict[str, Any]
) -> tuple[int, list[str], int]:
    """How many places there are, who has one, and how many are left."""
    if isinstance(question, ElectionQuestion):
        return question.seats, found["elected"], found["seats_left"]
    return question.choose, found["selected"], found["places_left"]


contests: st.SearchStrategy[Question] = st.one_of(papers.elections(), papers.selections())


@given(papers.votes(papers.papers_of(contests), void=False))
def test_a_tie_never_elects_beyond_the_seats(vote: Vote) -> None:
    paper, bases, issued, ballots = vote
    for question in paper.questions:
        assert isinstance(question, ElectionQuestion | SelectionQuestion)
        found = result(paper, bases, issued, ballots)["questions"][question.id]
        places, winners, left = places_of(question, found)
        votes, tied = found["votes"], found["tied"]
        assert len(winners) == places - left <= places
        assert not set(winners) & set(tied)
        assert [votes[name] for name in winners] == sorted((votes[name] for name in winners), reverse=True)
        assert all(votes[name] >= max(1, found.get("needed") or 1) for name in [*winners, *tied])
        # Who is tied has equal votes, fewer than every winner, and there are more of them than places left.
        assert len({votes[name] for name in tied}) <= 1
        assert not tied or 0 < left < len(tied)
        assert all(votes[winner] > votes[name] for winner in winners for name in tied)
        others = [name for name in votes if name not in winners and name not in tied]
        assert all(votes[winner] >= votes[name] for winner in winners for name in others)
        assert (found["outcome"] == "tied") == bool(tied)
        assert (found["outcome"] in ("elected", "selected")) == (left == 0)


@given(papers.votes(papers.papers_of(papers.elections()), void=False))
def test_who_stands_in_a_further_election(vote: Vote) -> None:
    paper, bases, issued, ballots = vote
    for question in paper.questions:
        found = result(paper, bases, issued, ballots)["questions"][question.id]
        following, votes = found["next_candidates"], found["votes"]
        if found["tied"] or not found["seats_left"]:
            assert following == []
            continue
        others = [name for name in votes if name not in found["elected"] and votes[name] > 0]
        assert set(following) <= set(others)
        assert len(following) >= min(found["seats_left"] + 1, len(others))
        least = min((votes[name] for name in following), default=1)
        # All who equal the last one; and without them there would be too few.
        assert all(votes[name] < least for name in set(others) - set(following))
        assert sum(votes[name] > least for name in following) <= found["seats_left"]


@given(papers.votes(papers.papers_of(papers.motions), void=False), st.data())
def test_one_more_in_favour_never_turns_carried_into_not_carried(vote: Vote, data: st.DataObject) -> None:
    paper, bases, issued, ballots = vote
    issued = max(issued, len(ballots) + 1)
    question = data.draw(st.sampled_from(paper.questions))
    convinced = data.draw(st.integers(0, len(ballots)))
    more = [dict(marks) for marks in ballots]
    if convinced == len(ballots):
        more.append({})
    more[convinced][question.id] = "for"
    before = result(paper, bases, issued, ballots)["questions"][question.id]
    after = result(paper, bases, issued, more)["questions"][question.id]
    assert before["outcome"] != "carried" or after["outcome"] == "carried"


@given(papers.grades(), papers.bases(), st.data())
def test_a_better_grade_on_one_paper_never_lowers_the_cumulated_grade(
    question: GradeQuestion, bases: Bases, data: st.DataObject
) -> None:
    question = replace(question, rule="cumulative_majority")
    marks = data.draw(st.lists(papers.mark_of(question), min_size=1, max_size=30))
    raised = data.draw(st.integers(0, len(marks) - 1))
    better = question.scale[data.draw(st.integers(0, question.scale.index(marks[raised])))]
    before, after = (
        question.scale.index(decide(question, cast, bases)["grade"])
        for cast in (marks, [*marks[:raised], better, *marks[raised + 1 :]])
    )
    assert after <= before


@given(papers.votes(papers.papers_of(papers.elections()), void=False), st.data())
def test_splitting_a_written_in_name_never_elects_it(vote: Vote, data: st.DataObject) -> None:
    """Some who wrote one name write another spelling instead: neither spelling wins what the one name did not."""
    paper, bases, issued, ballots = vote
    (asked,) = paper.questions[:1]
    assert isinstance(asked, ElectionQuestion)
    question = replace(asked, write_in=True, write_in_needs_opposition=False)
    cast: list[Any] = [marks.get(question.id) or named() for marks in ballots]
    wrote = data.draw(
        st.lists(st.sampled_from(["one", "other", "both", "none"]), min_size=len(cast), max_size=len(cast))
    )

    def written(split: bool) -> list[Marks]:
        names = {"one": ["樊"], "other": ["范" if split else "樊"], "both": ["樊", "x"], "none": []}
        return [
            {question.id: {**mark, "write_in": names[who]}} for mark, who in zip(cast, wrote, strict=True)
        ]

    whole, split = (
        result(Paper((question,)), bases, issued, written(is_split))["questions"][question.id]["elected"]
        for is_split in (False, True)
    )
    assert "樊" in whole or not {"樊", "范"} & set(split)


@given(papers.votes(void=False), st.data())
def test_the_base_never_moves_with_turnout(vote: Vote, data: st.DataObject) -> None:
    paper, bases, issued, ballots = vote
    stayed = data.draw(st.lists(st.sampled_from(ballots), max_size=len(ballots))) if ballots else []
    all_came = result(paper, bases, issued, ballots)["questions"]
    few_came = result(paper, bases, issued, stayed)["questions"]
    for question in paper.questions:
        majority = None if isinstance(question, ScoreQuestion) else question.majority
        if majority is None or majority.base not in ("all_members", "present", "issued"):
            continue
        assert all_came[question.id].get("needed") == few_came[question.id].get("needed")
        if majority.base != "issued" and all_came[question.id].get("needed") is not None:
            assert all_came[question.id]["needed"] == majority.needed(bases)


@given(papers.votes())
def test_questions_of_one_paper_do_not_touch_each_other(vote: Vote) -> None:
    paper, bases, issued, ballots = vote
    together = result(paper, bases, issued, ballots)
    for question in paper.questions:
        alone: list[Marks] = [{k: v for k, v in marks.items() if k == question.id} for marks in ballots]
        decided = result(replace(paper, questions=(question,)), bases, issued, alone)
        assert decided["questions"][question.id] == together["questions"][question.id]


# ---- Majorities -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "needed"),
    [("all_members", 51), ("present", 41), ("issued", 36), ("returned", 26), ("valid", 21)],
)
def test_a_majority_is_asked_of_the_base_that_it_names(base: Base, needed: int) -> None:
    question = MotionQuestion("N1", majority=Majority(base), blank="invalid")
    ballots = motion_ballots(20, 10, 10) + [{} for _ in range(10)]
    decided = result(papers.of(question), Bases(100, 80, 10), 70, ballots)
    assert decided["questions"]["N1"]["needed"] == needed


def test_two_thirds_of_all_members() -> None:
    two_thirds = papers.of(MotionQuestion("N1", majority=Majority("all_members", Fraction(2, 3), True)))
    for split, outcome in (((20, 10, 0), "carried"), ((19, 11, 0), "not_carried")):
        found = result(two_thirds, Bases(30, 30, 0), 30, motion_ballots(*split))["questions"]["N1"]
        assert found["outcome"] == outcome


def test_nothing_at_all_carries_nothing_and_elects_nobody() -> None:
    for base in BASES:
        least = Majority(base, Fraction(0))
        paper = Paper(
            (
                MotionQuestion("m", majority=least),
                ElectionQuestion("e", 1, ("甲", "乙"), majority=least),
                ElectionQuestion("p", 1, ("甲", "乙"), decide="plurality"),
                SelectionQuestion("s", 1, ("甲", "乙"), majority=least),
                GradeQuestion("g", ("a", "b", "c"), majority=least),
            )
        )
        found = result(paper, Bases(0, 0, 0), 0, [])["questions"]
        assert (found["m"]["outcome"], found["m"]["needed"]) == ("not_carried", 1)
        assert (found["e"]["outcome"], found["e"]["tied"], found["e"]["next_candidates"]) == (
            "no_majority",
            [],
            [],
        )
        assert (found["p"]["outcome"], found["p"]["tied"]) == ("no_majority", [])
        assert (found["s"]["outcome"], found["s"]["selected"]) == ("partly_selected", [])
        assert (found["g"]["grade"], found["g"]["rate"]) == ("c", None)


# ---- Each kind ------------------------------------------------------------------------------------------------


def decide(question: Question, marks: list[Any], bases: Bases | None = None) -> dict[str, Any]:
    """What these marks decide, on a roll of as many as there are."""
    bases = bases or Bases(len(marks), len(marks), 0)
    ballots: list[Marks] = [{} if mark is None else {question.id: mark} for mark in marks]
    found: dict[str, Any] = result(Paper((question,)), bases, len(marks), ballots)["questions"][question.id]
    return found


BANDS = GradeQuestion(
    "g",
    ("优秀", "称职", "基本称职", "不称职"),
    rule=ShareBands("称职", ((Fraction(1, 2), "基本称职"), (Fraction(4, 5), "称职")), "不称职"),
)


@pytest.mark.parametrize(
    ("marks", "grade"),
    [
        (["称职"] * 8 + ["优秀"] * 2, "称职"),
        (["称职"] * 7 + ["优秀"] * 3, "基本称职"),
        (["称职"] * 5 + ["优秀"] * 5, "基本称职"),
        (["称职"] * 4 + ["优秀"] * 5, "不称职"),
        # Of the valid ones: blanks are no part of the share.
        (["称职"] * 4 + ["优秀"] + [None] * 5, "称职"),
        ([None] * 3, "不称职"),
        ([], "不称职"),
    ],
)
def test_share_bands_ask_for_exactly_their_key(marks: list[Any], grade: str) -> None:
    assert decide(BANDS, marks)["grade"] == grade


def test_a_blank_grade_that_abstains_weighs_on_share_and_rate() -> None:
    marks = ["称职"] * 4 + ["优秀"] + [None] * 5
    found = decide(replace(BANDS, blank="abstain"), marks)
    assert (found["valid"], found["invalid"], found["grade"], found["rate"]) == (10, 0, "不称职", 50.0)


def test_no_valid_grade_gives_the_worst_and_no_rate() -> None:
    found = decide(GradeQuestion("g", ("a", "b", "c")), [None, None])
    assert (found["grade"], found["rate"], found["valid"], found["invalid"]) == ("c", None, 0, 2)


def score(marks: list[Any], **settings: Any) -> dict[str, Any]:
    question = ScoreQuestion("s", (Criterion("a", weight=3), Criterion("b")), grid=Grid(0, 100, 1))
    return decide(replace(question, **settings), marks)


def test_the_overall_mean_is_weighted_and_of_exact_means() -> None:
    # a = 2 and b = 4, three to one.
    found = score([{"a": 1, "b": 4}, {"a": 3, "b": 4}])
    assert (found["means"], found["overall"]) == ({"a": 2.0, "b": 4.0}, 2.5)
    # a = 0.05 and b = 0: the overall 0.0375 is shown 0.0; of rounded means it would be 0.075, shown 0.1.
    found = score([{"a": 1, "b": 0}] + [{"a": 0, "b": 0}] * 19)
    assert (found["means"], found["overall"]) == ({"a": 0.1, "b": 0.0}, 0.0)


def test_trimming_drops_the_ends_of_each_criterion_apart() -> None:
    marks = [{"a": 0, "b": 50}, {"a": 100, "b": 0}, {"a": 60, "b": 100}, {"a": 70, "b": 60}]
    assert score(marks)["means"] == {"a": 57.5, "b": 52.5}
    assert score(marks, trim=1)["means"] == {"a": 65.0, "b": 55.0}


@pytest.mark.parametrize("trim", [2, 3, 1000])
def test_a_trim_that_leaves_nothing_leaves_no_mean(trim: int) -> None:
    found = score([{"a": 1, "b": 1}] * 4, trim=trim, passing=0)
    assert (found["valid"], found["means"], found["overall"], found["passed"]) == (4, None, None, False)


def test_no_valid_sheet_has_no_mean_and_passes_nothing() -> None:
    found = score([None, {"a": 1}], passing=0)
    assert found == {
        "kind": "score", "valid": 0, "invalid": 2, "means": None, "overall": None, "passed": False,
        "outcome": "scored",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("passing", "passed"), [(Decimal("59.9"), True), (Decimal("59.95"), True), (60, False)]
)
def test_what_is_shown_as_the_pass_mark_may_still_lie_below_it(passing: Any, passed: bool) -> None:
    marks = [{"a": 60, "b": 60}] * 19 + [{"a": 59, "b": 59}]
    found = score(marks, passing=passing)
    assert (found["overall"], found["passed"]) == (60.0, passed)


def test_a_score_without_a_pass_mark_says_nothing_of_passing() -> None:
    assert list(score([{"a": 1, "b": 1}])) == ["kind", "valid", "invalid", "means", "overall", "outcome"]


def election(votes: dict[str, int], seats: int = 1, **settings: Any) -> dict[str, Any]:
    """One name on each ballot; the line is more than half of all ballots unless said otherwise."""
    question = ElectionQuestion("e", seats, tuple(votes), **settings)
    return decide(question, [named([name], [], None) for name, many in votes.items() for _ in range(many)])


LOW = Majority("valid", Fraction(1, 5))


@pytest.mark.parametrize(
    ("votes", "seats", "elected", "tied", "following", "outcome"),
    [
        ({"甲": 5, "乙": 3, "丙": 2}, 1, [], [], ["甲", "乙"], "no_majority"),
        ({"甲": 4, "乙": 3, "丙": 3}, 1, [], [], ["甲", "乙", "丙"], "no_majority"),
        ({"甲": 5, "乙": 0, "丙": 5}, 2, [], [], ["甲", "丙"], "no_majority"),
        ({"甲": 6, "乙": 2, "丙": 1, "丁": 1}, 2, ["甲"], [], ["乙", "丙", "丁"], "partly_elected"),
        ({"甲": 10, "乙": 0}, 2, ["甲"], [], [], "partly_elected"),
        ({"乙": 1, "甲": 9}, 1, ["甲"], [], [], "elected"),
    ],
)
def test_elections_by_more_than_half(
    votes: dict[str, int], seats: int, elected: list[str], tied: list[str], following: list[str], outcome: str
) -> None:
    found = election(votes, seats)
    assert (found["elected"], found["tied"], found["next_candidates"]) == (elected, tied, following)
    assert (found["outcome"], found["seats_left"]) == (outcome, seats - len(elected))


@pytest.mark.parametrize(
    ("votes", "seats", "elected", "tied", "outcome"),
    [
        ({"甲": 3, "乙": 4, "丙": 3}, 2, ["乙"], ["甲", "丙"], "tied"),
        ({"甲": 3, "乙": 3, "丙": 3}, 1, [], ["甲", "乙", "丙"], "tied"),
        ({"甲": 3, "乙": 3, "丙": 4}, 3, ["丙", "甲", "乙"], [], "elected"),
        ({"甲": 5, "乙": 5, "丙": 2}, 2, ["甲", "乙"], [], "elected"),
        # Over the line only one; those below it are never tied, whatever they have.
        ({"甲": 8, "乙": 1, "丙": 1}, 2, ["甲"], [], "partly_elected"),
    ],
)
def test_elections_with_a_low_line(
    votes: dict[str, int], seats: int, elected: list[str], tied: list[str], outcome: str
) -> None:
    found = election(votes, seats, majority=LOW)
    assert (found["elected"], found["tied"], found["outcome"]) == (elected, tied, outcome)


@pytest.mark.parametrize(
    ("votes", "elected", "tied", "outcome"),
    [
        ({"甲": 1, "乙": 0}, ["甲"], [], "elected"),
        ({"甲": 4, "乙": 5, "丙": 1}, ["乙"], [], "elected"),
        ({"甲": 5, "乙": 5, "丙": 1}, [], ["甲", "乙"], "tied"),
        ({"甲": 0, "乙": 0}, [], [], "no_majority"),
    ],
)
def test_a_run_off_asks_for_no_majority(
    votes: dict[str, int], elected: list[str], tied: list[str], outcome: str
) -> None:
    found = election(votes, decide="plurality")
    assert (found["elected"], found["tied"], found["outcome"], found["needed"]) == (
        elected,
        tied,
        outcome,
        None,
    )


def test_winners_stand_by_votes_and_then_in_the_papers_order() -> None:
    marks = [named(["甲", "乙", "丙"], [], None)] * 3 + [named(["丙"], [], None)]
    found = decide(ElectionQuestion("e", 3, ("乙", "甲", "丙")), marks)
    assert found["elected"] == ["丙", "乙", "甲"]


def select(votes: dict[str, int], choose: int, majority: Majority | None = None) -> dict[str, Any]:
    question = SelectionQuestion("s", choose, tuple(votes), majority=majority)
    return decide(question, [[name] for name, many in votes.items() for _ in range(many)])


@pytest.mark.parametrize(
    ("votes", "choose", "majority", "selected", "tied", "outcome"),
    [
        ({"a": 1, "b": 3, "c": 2}, 2, None, ["b", "c"], [], "selected"),
        ({"a": 1, "b": 3, "c": 1}, 2, None, ["b"], ["a", "c"], "tied"),
        ({"a": 1, "b": 3, "c": 0}, 3, None, ["b", "a"], [], "partly_selected"),
        ({"a": 2, "b": 2, "c": 0}, 2, None, ["a", "b"], [], "selected"),
        ({"a": 3, "b": 7}, 2, Majority("valid"), ["b"], [], "partly_selected"),
        ({"a": 5, "b": 5}, 1, Majority("valid"), [], [], "partly_selected"),
        ({"a": 5, "b": 5}, 1, Majority("valid", at_least=True), [], ["a", "b"], "tied"),
    ],
)
def test_selections(
    votes: dict[str, int],
    choose: int,
    majority: Majority | None,
    selected: list[str],
    tied: list[str],
    outcome: str,
) -> None:
    found = select(votes, choose, majority)
    assert (found["selected"], found["tied"], found["outcome"]) == (selected, tied, outcome)
    assert found["places_left"] == choose - len(selected)
    assert list(found) == [
        "kind", "valid", "invalid", "votes", "selected", "tied", "places_left", "outcome",
    ]  # fmt: skip
