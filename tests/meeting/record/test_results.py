"""Every poll that was held, as data."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from meeting.order.events import PollId
from meeting.order.state import PollStage, State
from meeting.record.results import results
from tests.meeting.order.small_sitting import loaded
from tests.meeting.rehearsal.paper_sitting import PaperSitting, bailu

NOTHING = {"issued": None, "returned": None, "not_returned": None}


@cache
def played() -> State:
    sitting = PaperSitting(bailu())
    sitting.play()
    return sitting.state


def test_results_are_those_of_the_box_in_the_order_of_the_day() -> None:
    found = results(played())
    assert [(one["item"], one["matter"], one["round"], one["voter_class"]) for one in found] == [
        (2, None, 1, "member"),
        (3, None, 1, "member"),
        (4, None, 1, "member"),
        (5, None, 1, "member"),
        (6, None, 1, "member"),
        (6, None, 1, "office_head"),
        (6, None, 1, "deputy"),
        (9, "R1", 1, "member"),
        (10, "N1", 1, "member"),
        (10, "N3", 1, "member"),
        (11, None, 1, "member"),
        (11, None, 2, "member"),
        (12, None, 1, "member"),
        (12, None, 2, "member"),
        (13, "X1", 1, "member"),
    ]
    assert {tuple(one) for one in found} == {("item", "matter", "round", "voter_class", "result")}
    assert _of(found, "N1")["result"]["issued"] == 29
    assert _of(found, "N1")["result"]["questions"]["N1"]["counts"] == {"for": 26, "against": 2, "abstain": 1}
    assert list(found[3]["result"]["questions"]) == ["item-5-score", "item-5-grade"]
    assert found[3]["result"]["questions"]["item-5-score"]["overall"] == 85.3


@pytest.mark.parametrize(
    ("ballot", "questions"),
    [
        ("10-n1-1-member", {"N1": {"kind": "motion", "outcome": "void"}}),
        (
            "5-item-1-member",
            {
                "item-5-score": {"kind": "score", "outcome": "void"},
                "item-5-grade": {"kind": "grade", "outcome": "void"},
            },
        ),
        ("11-item-1-member", {"item-11": {"kind": "election", "outcome": "void"}}),
        ("12-item-2-member", {"item-12": {"kind": "selection", "outcome": "void"}}),
    ],
)
def test_a_round_that_was_voided_stays_in_the_list_without_figures(
    ballot: str, questions: dict[str, Any]
) -> None:
    found = results(with_stage(ballot, PollStage.VOID, opened=True))
    assert len(found) == 15
    void = [one["result"] for one in found if one["result"]["vote"] == "void"]
    assert void == [{**NOTHING, "vote": "void", "questions": questions}]


def test_a_count_that_was_rejected_has_its_figures_and_means_nothing() -> None:
    state = played()
    poll = replace(state.polls[PollId("10-n3-1-member")], stage=PollStage.VOID, why_void="an objection")
    found = results(replace(state, polls={**state.polls, poll.id: poll}))
    assert _of(found, "N3")["result"] == {
        "issued": 30,
        "returned": 29,
        "not_returned": 1,
        "vote": "void",
        "questions": {"N3": {"kind": "motion", "outcome": "void"}},
    }


def test_what_was_dropped_before_it_opened_was_never_held() -> None:
    assert len(results(with_stage("10-n1-1-member", PollStage.VOID, opened=False))) == 14


@pytest.mark.parametrize("stage", [PollStage.OPEN, PollStage.COUNTED])
def test_what_is_not_declared_has_no_result(stage: PollStage) -> None:
    assert len(results(with_stage("10-n1-1-member", stage, opened=True))) == 14
    assert results(loaded()) == []


def _of(found: list[dict[str, Any]], matter: str) -> dict[str, Any]:
    return next(one for one in found if one["matter"] == matter)


def with_stage(ballot: str, stage: PollStage, *, opened: bool) -> State:
    state = played()
    poll = replace(
        state.polls[PollId(ballot)], stage=stage, result=None, opened_at=1 if opened else None, outcome=""
    )
    return replace(state, polls={**state.polls, poll.id: poll})
