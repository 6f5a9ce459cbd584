"""The plan as JSON and back, exactly: the sitting's first event carries it.  Pure.

A field that an old journal does not have takes its default, so a plan may grow fields but not change their meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from meeting.order.sitting import Plan


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Plain lists, texts, numbers and dictionaries; dates as YYYY-MM-DD."""
    data: dict[str, Any] = _adapter().dump_python(plan, mode="json")
    return data


def plan_from_json(data: Mapping[str, Any]) -> Plan:
    """Raises ValueError for what is no plan."""
    return _adapter().validate_python(dict(data))


@cache
def _adapter() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)
