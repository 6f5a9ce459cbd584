"""What came out is held against the script, figure by figure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from meeting.office.script import AdvisoryExpect, MotionExpect, RollCallExpect, Script
from meeting.rehearsal.comparison import Check, compare
from meeting.rehearsal.day import Day
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


@pytest.mark.parametrize(
    ("item", "round", "voters", "expected"),
    [
        (4, 1, "member", {"grade": "不满意", "counts": {"满意": 8, "基本满意": 7, "不满意": 15}}),
        (5, 1, "member", {"overall_mean": 85.3, "sheets": 30, "grade": "基本满意"}),
        (6, 1, "office_head", {"issued": 4, "returned": 4}),
        (11, 1, "member", {"outcome": "no_majority", "invalid": 1, "elected": []}),
        (11, 2, "member", {"outcome": "elected", "abstain": {"孟银杏": 1, "柳合欢": 1}}),
        (12, 1, "member", {"tied": ["县自然资源局", "县医疗保障局"]}),
        (12, 2, "member", {"selected": ["县自然资源局"], "kind": "runoff"}),
        (13, 1, "member", {"for": 23, "outcome": "carried"}),
    ],
)
def test_votes_of_every_kind_are_compared(
    played: PaperSitting, item: int, round: int, voters: str, expected: dict[str, object]
) -> None:
    asked = (item, round, voters)
    (check,) = (
        one for one in compare(played.day, played.journal) if (one.item, one.round, one.voter_class) == asked
    )
    assert expected.items() <= check.expected.items()
    assert check.holds


def test_the_ceremony_is_compared(played: PaperSitting) -> None:
    (check,) = (one for one in compare(played.day, played.journal) if one.item == 14)
    assert check.expected == {"certificates": ["N1", "N3"], "oath": ["方青松", "程修竹"]}
    assert check.holds


@pytest.mark.parametrize(
    ("item", "changes"),
    [
        (1, {"roll_call": RollCallExpect(31, 29, 17, quorate=True)}),
        (4, {"grade": "满意"}),
        (5, {"overall_mean": Decimal("85.4")}),
        (5, {"means": ((1, Decimal("88.5")),)}),
        (6, {"advisory": (AdvisoryExpect("deputy", 8, 8, (("优秀", 4), ("称职", 3), ("基本称职", 1))),)}),
        (11, {"elected": ("柳合欢",)}),
        (11, {"abstain": (("孟银杏", 2),)}),
        (12, {"tied": ()}),
        (12, {"selected": ("县林业局",)}),
        (13, {"outcome": "not_carried"}),
    ],
)
def test_whatever_differs_is_named(played: PaperSitting, item: int, changes: dict[str, Any]) -> None:
    assert played.day.script is not None
    wrong = Day(played.day.plan, _with_other(played.day.script, item, changes))
    differences = [check for check in compare(wrong, played.journal) if not check.holds]
    # of a dismissal that should fail nothing else follows, of a nomination the ceremony would
    assert {check.item for check in differences} == {item}


def test_a_round_that_was_not_foretold_is_a_difference(played: PaperSitting) -> None:
    assert played.day.script is not None
    items = tuple(
        replace(item, polls=item.polls[:1]) if item.number == 12 else item for item in played.day.script.items
    )
    day = Day(played.day.plan, replace(played.day.script, items=items))
    (difference,) = (check for check in compare(day, played.journal) if not check.holds)
    assert (difference.item, difference.expected, difference.got) == (12, {"rounds": 1}, {"rounds": 2})


def test_a_nominee_who_should_have_failed_gets_no_certificate(played: PaperSitting) -> None:
    assert played.day.script is not None
    day = Day(played.day.plan, _with_other(played.day.script, 10, {"outcome": "not_carried"}, matter="N1"))
    differences = {check.item: check for check in compare(day, played.journal) if not check.holds}
    assert set(differences) == {10, 14}
    assert differences[14].expected == {"certificates": ["N3"], "oath": ["程修竹"]}


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


def _with_other(script: Script, item: int, changes: dict[str, Any], matter: str | None = None) -> Script:
    """The script with something else expected of one item: of its roll call, or of its votes."""
    items = []
    for one in script.items:
        changed = one
        if one.number == item and "roll_call" in changes:
            changed = replace(one, **changes)
        elif one.number == item:
            polls = tuple(
                replace(poll, expect=replace(poll.expect, **changes))
                if poll.expect is not None and (matter is None or poll.matter == matter)
                else poll
                for poll in one.polls
            )
            changed = replace(one, polls=polls)
        items.append(changed)
    return replace(script, items=tuple(items))
