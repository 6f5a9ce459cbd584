"""The tellers: empty box, confirmation, objection, write-ins, countersigned void; and who may not act as one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meeting.order import commands as c
from meeting.order.decide import decide
from meeting.order.errors import NotATeller, NotAWriteIn, OrderError, OutOfOrder, PreconditionUnmet
from meeting.order.rules import Announce, Rules
from meeting.order.sitting import MemberNo
from meeting.order.state import PollStage
from tests.meeting.order.full_sitting import Full

RULES = Rules(total_members=9, plain_http=True)
TWO, FOUR = MemberNo(2), MemberNo(4)


def refused(sitting: Full, command: c.Command, error: type[OrderError]) -> None:
    before = sitting.state
    with pytest.raises(error):
        sitting.obey(command)
    assert sitting.state == before


def written(name: str) -> dict[str, object]:
    return {"item-6": {"for": [], "against": ["孟", "柳"], "write_in": [name]}}


def test_the_first_secret_ballot_of_the_day_waits_for_a_teller_to_see_the_empty_box() -> None:
    sitting = Full().begin().to(6)
    poll = sitting.poll.id
    refused(sitting, c.OpenPoll(poll), PreconditionUnmet)
    refused(sitting, c.ConfirmEmptyBox(poll, FOUR), NotATeller)
    sitting.obey(c.ConfirmEmptyBox(poll, TWO))
    refused(sitting, c.ConfirmEmptyBox(poll, TWO), OutOfOrder)
    sitting.obey(c.OpenPoll(poll))
    assert sitting.state.box_seen_by == TWO


def test_the_result_waits_for_a_teller_where_the_rules_ask_for_it() -> None:
    sitting = Full(replace(RULES, announce=Announce.TELLERS_CONFIRM)).begin()
    sitting.to(4).open().cast([{"R1": "for"}] * 8)
    poll = sitting.poll
    assert poll.stage is PollStage.COUNTED
    refused(sitting, c.RevealResult(poll.id), PreconditionUnmet)
    refused(sitting, c.Proceed(), OrderError)
    sitting.obey(c.ConfirmCount(poll.id, TWO))
    assert sitting.poll.stage is PollStage.DECLARED
    assert sitting.poll.confirmed_by == TWO


def test_the_chair_reveals_where_the_rules_say_so() -> None:
    sitting = Full(replace(RULES, announce=Announce.CHAIR_REVEALS)).begin()
    sitting.to(4).open().cast([{"R1": "for"}] * 8)
    sitting.obey(c.RevealResult(sitting.poll.id))
    assert sitting.poll.outcome == "carried"


def test_an_objection_ends_in_a_confirmation_or_in_another_vote() -> None:
    sitting = Full(replace(RULES, announce=Announce.TELLERS_CONFIRM)).begin()
    sitting.to(4).open().cast([{"R1": "for"}] * 8)
    first = sitting.poll
    refused(sitting, c.RejectCount(first.id, "再数一次"), OutOfOrder)
    sitting.obey(c.ObjectToCount(first.id, TWO, "发出数不对"))
    assert sitting.poll.objection == "发出数不对"
    sitting.obey(c.RejectCount(first.id, "再次表决"))
    assert sitting.state.polls[first.id].stage is PollStage.VOID
    assert sitting.state.polls[first.id].result is not None, "its count stays on the record"
    assert (sitting.poll.round, sitting.poll.replaces) == (2, None)


def test_v17_spellings_of_a_write_in_are_merged_before_anything_is_declared() -> None:
    sitting = Full(RULES).begin().to(6).open()
    sitting.cast([written("樊苍兰")] * 3 + [written("范苍兰")] * 3)
    poll = sitting.poll
    assert poll.stage is PollStage.COUNTED, "names were written in: the tellers say first whose they are"
    ruling = c.RuleWriteIns(poll.id, "item-6", ("樊苍兰", "范苍兰"), "樊苍兰", TWO)
    assert decide(sitting.state, ruling, 1) == (), "it is the service that counts anew"
    merged = {**(poll.result or {})}
    sitting.obey(c.RecordRuling(ruling, merged))
    assert sitting.poll.rulings == (("item-6", ("樊苍兰", "范苍兰"), "樊苍兰"),)
    wrong = c.RuleWriteIns(poll.id, "item-6", ("无名氏",), "樊苍兰", TWO)
    refused(sitting, wrong, NotAWriteIn)
    sitting.obey(c.ConfirmCount(poll.id, TWO))
    assert sitting.poll.stage is PollStage.DECLARED


def test_two_persons_make_a_vote_void() -> None:
    sitting = Full().begin().to(4).open()
    poll = sitting.poll.id
    refused(sitting, c.CountersignVoid(poll, TWO), OutOfOrder)
    sitting.obey(c.VoidPoll(poll, "发错表决票"))
    refused(sitting, c.CountersignVoid(poll, FOUR), NotATeller)
    sitting.obey(c.CountersignVoid(poll, TWO))
    assert sitting.state.polls[poll].stage is PollStage.VOID
