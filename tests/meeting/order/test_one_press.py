"""One press after a declared result: vote and declaration are done with one order, and none is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meeting.order import commands as c
from meeting.order import events as e
from meeting.order.decide import decide
from meeting.order.errors import Stale
from meeting.order.state import Position, Stage, StepMark
from tests.meeting.order.small_sitting import Sitting, small_plan


def test_one_order_passes_a_declared_vote_with_its_declaration() -> None:
    sitting = Sitting().convene()
    vote, poll = sitting.state.at, sitting.poll.id
    assert vote is not None
    declaration = Position(vote.item, vote.step + 1)
    sitting.obey(c.OpenPoll(poll), c.ClosePoll(poll)).count()
    seen, before = sitting.state.order_seq, len(sitting.journal)
    sitting.proceed()
    # What is written down is what two presses wrote: old journals and new ones tell the same day.
    assert [entry.event for entry in sitting.journal[before:]] == [
        e.StepCompleted(*vote),
        e.StepEntered(*declaration),
        e.StepCompleted(*declaration),
        e.StepEntered(3, 0),
    ]
    assert {vote, declaration} <= {at for at, mark in sitting.state.marks.items() if mark is StepMark.DONE}
    # A second console that pressed at the same result has seen what is not there any more: no step is lost.
    with pytest.raises(Stale):
        decide(sitting.state, c.Proceed(), 1, seen)


def test_a_declaration_is_a_step_of_its_own_for_whoever_goes_to_it() -> None:
    sitting = Sitting().convene()
    vote, poll = sitting.state.at, sitting.poll.id
    assert vote is not None
    sitting.obey(c.OpenPoll(poll), c.ClosePoll(poll)).count().obey(c.GoTo(vote.item, vote.step + 1))
    assert sitting.proceed().state.at == Position(3, 0)


def test_a_declaration_at_the_end_of_the_agenda_is_done_with_its_vote() -> None:
    plan = small_plan()
    sitting = Sitting(replace(plan, items=plan.items[:2])).convene()
    poll = sitting.poll.id
    sitting.obey(c.OpenPoll(poll), c.ClosePoll(poll)).count().proceed()
    assert sitting.state.at == Position(2, 1)
    assert sitting.state.marks[Position(2, 1)] is StepMark.DONE
    assert sitting.obey(c.CloseSitting()).state.stage is Stage.CLOSED
