"""What a console may say: parsed once, or refused with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from meeting.console.errors import ConsoleError, MalformedCommand, NotYourOffice, UnknownCommand
from meeting.console.messages import Order, TakeOver, parse
from meeting.order.commands import (
    OFFICE_COMMANDS,
    TELLER_COMMANDS,
    ConfirmCount,
    DeferMatter,
    EnterTotals,
    OpenPoll,
    Proceed,
    RecordLeave,
    RuleWriteIns,
    UseHands,
)
from meeting.order.events import PollId
from meeting.order.sitting import MemberNo


def order(command: dict[str, Any], **changes: Any) -> str:
    return json.dumps({"type": "command", "id": 1, "expected_seq": 5, "command": command, **changes})


def test_orders() -> None:
    poll = PollId("2-item-1-member")
    assert parse(order({"name": "open_poll", "poll": poll})) == Order(1, 5, OpenPoll(poll))
    assert parse(order({"name": "proceed"})) == Order(1, 5, Proceed())
    assert parse('{"type":"take_over"}') == TakeOver()
    leave = parse(order({"name": "record_leave", "member": 29, "reason": "病假"}))
    assert leave == Order(1, 5, RecordLeave(MemberNo(29), "病假", False))
    deferred = {
        "name": "defer_matter",
        "matter": "N2",
        "moved_by": "主任会议",
        "consent": "plenary",
        "reason": "不明",
    }
    assert isinstance(parse(order(deferred)), Order)
    assert DeferMatter in OFFICE_COMMANDS.values()


def test_orders_about_hands_and_counts() -> None:
    poll = PollId("11-item-1-member")
    totals = {"item-11": {"for": {"甲": 5}, "against": {"甲": 0}, "returned": 5, "invalid": 0}}
    parsed = parse(order({"name": "enter_totals", "poll": poll, "totals": totals}))
    assert parsed == Order(1, 5, EnterTotals(poll, totals))
    assert isinstance(parsed, Order)
    assert isinstance(parsed.command, EnterTotals)
    assert type(parsed.command.totals["item-11"]["returned"]) is int, "a whole number stays one"
    assert parse(order({"name": "use_hands", "reason": "故障", "teller": 19})) == Order(
        1, 5, UseHands("故障", MemberNo(19))
    )


def test_each_desk_has_its_own_orders() -> None:
    poll = PollId("11-item-1-member")
    confirm = order({"name": "confirm_count", "poll": poll, "teller": 9})
    assert parse(confirm, TELLER_COMMANDS) == Order(1, 5, ConfirmCount(poll, MemberNo(9)))
    ruling = {"name": "rule_write_ins", "poll": poll, "question": "q", "same": ["樊", "范"], "teller": 9}
    ruled = RuleWriteIns(poll, "q", ("樊", "范"), "樊", MemberNo(9))
    assert parse(order({**ruling, "person": "樊"}), TELLER_COMMANDS) == Order(1, 5, ruled)
    with pytest.raises(MalformedCommand):
        parse(order(ruling), TELLER_COMMANDS)
    with pytest.raises(NotYourOffice) as refused:
        parse(confirm)
    assert refused.value.order == 1, "the desk must know which order it was"
    with pytest.raises(NotYourOffice):
        parse(order({"name": "open_poll", "poll": poll}), TELLER_COMMANDS)
    with pytest.raises(UnknownCommand):
        parse(order({"name": "record_ruling"}), TELLER_COMMANDS)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", MalformedCommand),
        ("[]", MalformedCommand),
        ("nonsense", MalformedCommand),
        ('{"type":"take_over","really":true}', MalformedCommand),
        ('{"type":"take_over","type":"take_over"}', MalformedCommand),
        (
            '{"type":"command","id":1,"expected_seq":5,"command":{"name":"open_poll","poll":"\\ud800"}}',
            MalformedCommand,
        ),
        (order({"name": "proceed"}, id=True), MalformedCommand),
        (order({"name": "proceed"}, id=-1), MalformedCommand),
        (order({"name": "proceed"}, id=2**60), MalformedCommand),
        (order({"name": "proceed"}, expected_seq="5"), MalformedCommand),
        (order({"name": "proceed"}, expected_seq=1e400), MalformedCommand),
        (order({"name": "proceed"}, more=1), MalformedCommand),
        (order({"name": "proceed", "more": 1}), MalformedCommand),
        (order({"name": "open_poll"}), MalformedCommand),
        (order({"name": "open_poll", "poll": 7}), MalformedCommand),
        (order({"name": "record_arrival", "member": "7"}), MalformedCommand),
        (order({"name": "record_arrival", "member": True}), MalformedCommand),
        (order({"name": "record_arrival", "member": 7.5}), MalformedCommand),
        (order({"name": "destroy"}), UnknownCommand),
        (order({"name": "prepare_poll"}), UnknownCommand),
        (order({"name": "record_count", "poll": "x", "result": {}}), UnknownCommand),
        (order({"name": ["proceed"]}), UnknownCommand),
        ("[" * 100_000, MalformedCommand),
    ],
)
def test_refusals(text: str, error: type[ConsoleError]) -> None:
    with pytest.raises(error):
        parse(text)
