"""Every poll that was held, as data."""

from __future__ import annotations

from dataclasses import replace

from meeting.order.events import PollId
from meeting.order.state import PollStage, State
from meeting.record.results import results
from tests.meeting.order.small_sitting import loaded
from tests.meeting.rehearsal.paper_sitting import PaperSitting, bailu


def test_results_are_those_of_the_box_in_the_order_of_the_day() -> None:
    sitting = PaperSitting(bailu())
    sitting.play()
    found = results(sitting.state)
    assert [(one["item"], one["matter"], one["round"], one["voter_class"]) for one in found] == [
        (2, None, 1, "member"),
        (3, None, 1, "member"),
        (9, "R1", 1, "member"),
        (10, "N1", 1, "member"),
        (10, "N3", 1, "member"),
    ]
    assert found[3]["result"]["issued"] == 29
    assert found[3]["result"]["questions"]["N1"]["counts"] == {"for": 26, "against": 2, "abstain": 1}


def test_a_round_that_was_voided_stays_in_the_list_without_figures() -> None:
    found = results(with_stage("10-n1-1-member", PollStage.VOID, opened=True))
    assert found[3]["result"] == {
        "issued": None,
        "returned": None,
        "not_returned": None,
        "vote": "void",
        "questions": {"N1": {"kind": "motion", "outcome": "void"}},
    }


def test_what_was_dropped_before_it_opened_was_never_held() -> None:
    assert len(results(with_stage("10-n1-1-member", PollStage.VOID, opened=False))) == 4


def test_what_still_runs_has_no_result() -> None:
    assert len(results(with_stage("10-n1-1-member", PollStage.OPEN, opened=True))) == 4
    assert results(loaded()) == []


def with_stage(ballot: str, stage: PollStage, *, opened: bool) -> State:
    sitting = PaperSitting(bailu())
    sitting.play()
    state = sitting.state
    poll = replace(
        state.polls[PollId(ballot)], stage=stage, result=None, opened_at=1 if opened else None, outcome=""
    )
    return replace(state, polls={**state.polls, poll.id: poll})
