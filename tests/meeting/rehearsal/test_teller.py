"""A teller's desk in a rehearsal: what is due is seen from the newest view, and only once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from meeting.order import commands as c
from meeting.order.errors import OrderError
from meeting.order.events import PollId
from meeting.order.sitting import MemberNo
from meeting.order.state import Position
from meeting.rehearsal.autopilot import Order, View
from meeting.rehearsal.office_line import Done, Lost, Refused
from meeting.rehearsal.teller import TellerDesk, next_duty
from tests.meeting.rehearsal.paper_sitting import PaperSitting, bailu


class PaperDesk:
    """A teller's console of a sitting on paper."""

    def __init__(self, sitting: PaperSitting) -> None:
        self.sitting = sitting
        self.views = 0
        self.viewed_at = 0.0
        self.leading = False
        self.view: View | None = None
        self.refuse_first = False
        self.given: list[str] = []
        self.idle = asyncio.Event()

    def show(self) -> None:
        self.view = self.sitting.teller_view()
        self.views += 1

    async def look(self, after: int, within: float) -> bool:
        if self.view is None or self.views <= after:
            if within > 1:
                self.idle.set()
                await asyncio.Event().wait()
            self.show()
        return True

    async def order(self, command: Mapping[str, object], expected_seq: int) -> Done | Refused | Lost:
        body = dict(command)
        name = str(body.pop("name"))
        self.given.append(name)
        if self.refuse_first:
            self.refuse_first = False
            return Refused("stale")
        try:
            self.sitting.carry_out(Order(name, body), expected_seq, c.TELLER_COMMANDS)
        except OrderError as refused:
            return Refused(refused.code)
        self.show()
        return Done(self.sitting.state.seq)

    async def take_over(self) -> None:
        raise AssertionError("a teller leads nothing")


def at_the_first_secret_vote() -> PaperSitting:
    sitting = PaperSitting(bailu())
    sitting.teller_here = False
    sitting.everybody_comes()
    while sitting.state.at != Position(4, 3):
        sitting.follow()
        order = sitting.next()
        assert isinstance(order, Order)
        sitting.carry_out(order, sitting.state.order_seq)
    sitting.follow()
    return sitting


@pytest.mark.parametrize("refused", [False, True])
async def test_the_empty_box_is_confirmed_once_also_after_a_refusal(refused: bool) -> None:
    desk = PaperDesk(at_the_first_secret_vote())
    desk.refuse_first = refused
    desk.show()
    standing = asyncio.create_task(TellerDesk(desk, desk.sitting.day, desk.sitting.deals.asked).stand_by())
    async with asyncio.timeout(5):
        await desk.idle.wait()
    standing.cancel()
    assert desk.given == ["confirm_empty_box"] * (2 if refused else 1)
    assert desk.sitting.state.box_seen_by == 19


def test_a_void_that_the_chair_proposes_is_countersigned() -> None:
    sitting = at_the_first_secret_vote()
    sitting.teller_here = True
    sitting.follow()
    poll = PollId("4-item-1-member")
    sitting.obey(c.OpenPoll(poll))
    assert next_duty(sitting.teller_view()) is None
    sitting.obey(c.VoidPoll(poll, "a guest was handed a phone"))
    duty = next_duty(sitting.teller_view())
    assert duty == Order("countersign_void", {"poll": poll, "teller": 19})


def test_nothing_waits_for_a_teller_before_the_first_vote() -> None:
    sitting = PaperSitting(bailu())
    assert next_duty(sitting.teller_view()) is None


def test_before_tellers_are_approved_those_proposed_act_the_chief_first() -> None:
    sitting = PaperSitting(bailu())
    sitting.everybody_comes()
    sitting.obey(c.RecordLeave(MemberNo(29), "ill"))
    sitting.obey(c.ConfirmRoll())
    sitting.obey(c.PreparePoll())
    poll = PollId("2-item-1-member")
    sitting.obey(c.OpenPoll(poll))
    sitting.obey(c.VoidPoll(poll, "by mistake"))
    assert next_duty(sitting.teller_view()) == Order("countersign_void", {"poll": poll, "teller": 19})
