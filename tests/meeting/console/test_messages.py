"""What a console may say: parsed once, or refused with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from meeting.console.errors import ConsoleError, MalformedCommand, UnknownCommand
from meeting.console.messages import Order, TakeOver, parse
from meeting.order.commands import OFFICE_COMMANDS, DeferMatter, OpenPoll, Proceed, RecordLeave
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
