"""What came out is held against the script, figure by figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meeting.office.script import MotionExpect, Script
from meeting.rehearsal.comparison import Check, compare, not_held
from meeting.rehearsal.day import Day
from tests.meeting.order.small_sitting import small_plan
from tests.meeting.rehearsal.paper_sitting import PaperSitting, bailu


@pytest.fixture(scope="module")
def played() -> PaperSitting:
    sitting = PaperSitting(bailu())
    sitting.play()
    return sitting


def test_a_vote_is_compared_in_every_figure_that_the_script_names(played: PaperSitting) -> None:
    check = next(check for check in compare(played.day, played.journal) if check.matter == "N1")
    assert check.expected == {
        "issued": 29,
        "returned": 29,
        "not_returned": 0,
        "for": 26,
        "against": 2,
        "abstain": 1,
        "outcome": "carried",
        "present": 30,
        "recused": 1,
    }
    assert check.holds


def test_a_difference_is_named(played: PaperSitting) -> None:
    wrong = Day(played.day.plan, _with_one_more_against(played.day.script))
    differences = [check for check in compare(wrong, played.journal) if not check.holds]
    assert [(check.item, check.matter) for check in differences] == [(10, "N1")]
    assert differences[0].expected["against"] == 3
    assert differences[0].got["against"] == 2


def test_a_day_that_was_not_played_holds_nothing(played: PaperSitting) -> None:
    checks = compare(played.day, played.journal[:1])
    assert checks
    assert not any(check.holds for check in checks)


def test_without_a_script_there_is_nothing_to_compare(played: PaperSitting) -> None:
    assert compare(Day(played.day.plan), played.journal) == ()


def test_a_roll_that_is_not_the_files_leaves_the_disposals_to_compare(played: PaperSitting) -> None:
    assert played.day.script is not None
    day = Day(played.day.plan, played.day.script.without_expectations())
    assert [(check.item, check.matter) for check in compare(day, played.journal)] == [(10, "N2")]


def test_the_votes_that_are_walked_through_are_told() -> None:
    assert [item for item, _ in not_held(bailu())] == [4, 5, 6, 11, 12, 13]
    assert [item for item, _ in not_held(Day(small_plan()))] == [6]


def test_a_check_holds_when_its_figures_are_the_same() -> None:
    assert Check(1, None, {"present": 29}, {"present": 29}).holds
    assert not Check(1, None, {"present": 29}).holds


def _with_one_more_against(script: Script | None) -> Script:
    assert script is not None
    items = []
    for item in script.items:
        polls = tuple(
            replace(poll, expect=replace(poll.expect, against=3))
            if poll.matter == "N1" and isinstance(poll.expect, MotionExpect)
            else poll
            for poll in item.polls
        )
        items.append(replace(item, polls=polls))
    return replace(script, items=tuple(items))
