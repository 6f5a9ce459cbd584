"""The full sitting with everybody in the room: a vice-chair, the head of an organ, two in the gallery."""

from __future__ import annotations

from dataclasses import replace

from meeting.order.rules import Rules
from meeting.order.sitting import Attendee, MemberNo, Plan, Role, Text
from tests.meeting.order.full_sitting import Full, full_plan
from tests.meeting.order.small_sitting import Sitting

CHAIR, VICE, FIVE, DEPUTY = MemberNo(1), MemberNo(2), MemberNo(5), MemberNo(12)
HEAD, LISTENER, SECOND_LISTENER = MemberNo(15), MemberNo(16), MemberNo(17)


def crowded_plan(rules: Rules | None = None) -> Plan:
    plan = full_plan(rules)
    return replace(
        plan,
        members=tuple(
            replace(one, role=Role.VICE_CHAIR, title=Text("副主任")) if one.number == VICE else one
            for one in plan.members
        ),
        attendees=(
            *plan.attendees,
            Attendee(HEAD, "法院院长", Text("一府一委两院负责人", "heads of organs"), group=1),
        ),
        gallery=tuple(
            Attendee(number, f"旁听{place}", Text("公民旁听", "public gallery"), gallery=True)
            for place, number in enumerate((LISTENER, SECOND_LISTENER), start=1)
        ),
        written_comments=True,
    )


class Crowded(Full):
    def __init__(self, rules: Rules | None = None) -> None:
        Sitting.__init__(self, crowded_plan(rules))
