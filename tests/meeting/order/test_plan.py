"""Whom a number stands for: members and attendees of one sitting, each with a number of his own."""

from __future__ import annotations

import pytest

from meeting.order.sitting import MemberNo
from tests.meeting.order.full_sitting import full_plan

PLAN = full_plan()


def test_a_number_stands_for_one_person() -> None:
    for one in PLAN.everybody:
        assert PLAN.person(one.number) is one
        assert PLAN.name_of(one.number) == one.name
        assert one in PLAN.people(PLAN.class_of(one.number))
    assert len({one.number for one in PLAN.everybody}) == len(PLAN.everybody)


def test_who_only_advises_is_no_member() -> None:
    assert PLAN.member(MemberNo(9)).name == "成员9"
    with pytest.raises(KeyError):
        PLAN.member(MemberNo(10))


@pytest.mark.parametrize("number", [0, 15])
def test_nobody_has_another_number(number: int) -> None:
    for ask in (PLAN.person, PLAN.name_of, PLAN.class_of, PLAN.member):
        with pytest.raises(KeyError):
            ask(MemberNo(number))
