"""The chair at a console that refuses, loses answers and goes away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

import pytest

from meeting.order.errors import OrderError
from meeting.order.state import Stage
from meeting.rehearsal.autopilot import Order, View
from meeting.rehearsal.chair import MOST_REFUSALS, Chair
from meeting.rehearsal.day import Day
from meeting.rehearsal.failures import OrderRefused
from meeting.rehearsal.office_line import Done, Lost, Refused
from tests.meeting.order.small_sitting import small_plan
from tests.meeting.rehearsal.paper_sitting import PaperSitting


class PaperConsole:
    """The console of a sitting on paper, with the troubles that a test gives it."""

    def __init__(self, sitting: PaperSitting) -> None:
        self.sitting = sitting
        self.views = 0
        self.viewed_at = 0.0
        self.leading = False
        self.view: View | None = None
        self.lose_every = 0
        """Every so many-th answer is lost, though the order was carried out, and the connection with it."""
        self.refuse_with = ""
        self.given = 0

    def show(self) -> None:
        self.sitting.follow()
        self.view = self.sitting.view()
        self.views += 1
        self.viewed_at = asyncio.get_running_loop().time()

    async def look(self, after: int, within: float) -> bool:
        await asyncio.sleep(0)
        if self.view is None or self.views <= after:
            self.show()
        return True

    async def order(self, command: Mapping[str, object], expected_seq: int) -> Done | Refused | Lost:
        self.given += 1
        if self.refuse_with:
            return Refused(self.refuse_with)
        body = dict(command)
        try:
            self.sitting.carry_out(Order(str(body.pop("name")), body), expected_seq)
        except OrderError as refused:
            return Refused(refused.code)
        if self.lose_every and self.given % self.lose_every == 0:
            self.view = None
            return Lost()
        self.show()
        return Done(self.sitting.state.seq)

    async def take_over(self) -> None:
        self.leading = True


@pytest.fixture
def console() -> PaperConsole:
    sitting = PaperSitting(Day(small_plan()))
    sitting.everybody_comes()
    return PaperConsole(sitting)


def chair(console: PaperConsole) -> Chair:
    return Chair(console, console.sitting.day, console.sitting.deals)


async def test_the_chair_takes_the_lead_and_leads_to_the_end(console: PaperConsole) -> None:
    await chair(console).lead()
    assert console.leading
    assert console.sitting.state.stage is Stage.CLOSED


@pytest.mark.parametrize("every", [1, 2, 3, 7])
async def test_a_lost_answer_changes_nothing(console: PaperConsole, every: int) -> None:
    undisturbed = PaperSitting(console.sitting.day)
    undisturbed.play()
    console.lose_every = every
    await chair(console).lead()
    assert console.sitting.orders == undisturbed.orders


async def test_an_order_on_an_old_view_is_refused_and_given_again(console: PaperConsole) -> None:
    console.show()
    assert console.view is not None
    console.view = json.loads(json.dumps({**console.view, "expected_seq": 999}))
    await chair(console).lead()
    assert console.sitting.state.stage is Stage.CLOSED


async def test_what_is_refused_again_and_again_ends_the_rehearsal(console: PaperConsole) -> None:
    console.refuse_with = "not-quorate"
    with pytest.raises(OrderRefused) as failed:
        await chair(console).lead()
    assert failed.value.data == {"order": "confirm_roll", "refusal": "not-quorate"}
    assert console.given == MOST_REFUSALS + 1


async def test_the_narrator_hears_what_was_carried_out(console: PaperConsole) -> None:
    told: list[Order] = []
    leading = Chair(console, console.sitting.day, console.sitting.deals, on_order=told.append)
    await leading.lead()
    assert told == console.sitting.orders
