"""The hall gives a pass line only where one decides: where most votes win there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from display.slides import Asking
from meeting.order import commands as c
from meeting.order.asking import Visibility, VotePlan
from meeting.projections.hall_slide import slide
from tests.meeting.order.small_sitting import CHOOSE, Sitting, small_plan
from tests.meeting.test_projections import COUNT


@pytest.mark.parametrize(("majority", "needed"), [(False, None), (True, 4)])
def test_a_selection_has_a_line_only_where_it_must_be_reached(majority: bool, needed: int | None) -> None:
    plan = small_plan()
    vote = VotePlan(Visibility.SECRET, (replace(CHOOSE, majority=majority),))
    items = tuple(
        replace(item, steps=(replace(item.steps[0], vote=vote), *item.steps[1:]))
        if item.number == 6
        else item
        for item in plan.items
    )
    sitting = Sitting(replace(plan, items=items)).convene().obey(c.GoTo(6, 0))
    to_come = replace(sitting.state, polls={})
    for shown in (slide(sitting.state, COUNT), slide(to_come, None)):
        assert isinstance(shown, Asking)
        assert (shown.needed, bool(shown.line["zh"])) == (needed, majority)
