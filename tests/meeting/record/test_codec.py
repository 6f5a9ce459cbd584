"""Events through the journal's text and back; the first of them carries the whole plan."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meeting.demo import BAILU
from meeting.office.sitting_file import read_sitting
from meeting.order.events import SittingLoaded
from meeting.order.sitting import Plan
from meeting.record.codec import decode, encode


def test_demo() -> None:
    loaded = SittingLoaded(read_sitting(BAILU).plan)
    assert decode(encode(loaded)) == loaded


@settings(max_examples=50, deadline=None)
@given(st.from_type(Plan))
def test_any_plan(plan: Plan) -> None:
    text = encode(SittingLoaded(plan))
    back = decode(text)
    assert back == SittingLoaded(plan)
    assert encode(back) == text


def test_field_that_an_old_journal_lacks_takes_its_default() -> None:
    loaded = SittingLoaded(read_sitting(BAILU).plan)
    data = json.loads(encode(loaded))
    del data["plan"]["rules"]["hand_back_s"]
    assert decode(json.dumps(data)) == loaded


def test_what_is_no_plan() -> None:
    with pytest.raises(ValueError, match="members"):
        decode('{"event":"SittingLoaded","plan":{"id":"x"}}')
