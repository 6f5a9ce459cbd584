"""A plan is the same after a journey through JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meeting.demo import BAILU
from meeting.office.sitting_file import read_sitting
from meeting.order.plan_codec import plan_from_json, plan_to_json
from meeting.order.sitting import Plan


def test_demo() -> None:
    plan = read_sitting(BAILU).plan
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan)))) == plan


@settings(max_examples=50, deadline=None)
@given(st.from_type(Plan))
def test_any_plan(plan: Plan) -> None:
    text = json.dumps(plan_to_json(plan), ensure_ascii=False, allow_nan=False)
    back = plan_from_json(json.loads(text))
    assert back == plan
    assert json.dumps(plan_to_json(back), ensure_ascii=False) == text


def test_field_that_an_old_journal_lacks_takes_its_default() -> None:
    plan = read_sitting(BAILU).plan
    data = plan_to_json(plan)
    del data["rules"]["hand_back_s"]
    assert plan_from_json(data) == plan


def test_what_is_no_plan() -> None:
    with pytest.raises(ValueError, match="members"):
        plan_from_json({"id": "x"})
