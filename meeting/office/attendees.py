"""Who is asked for an advisory vote without being a member: by class, numbered after the members.

The file may give only how many there are; then each is called by the kind and a number.  It checks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from meeting.office.sitting_schema import AttendeesForm
from meeting.order.sitting import Attendee, MemberNo, Plan
from meeting.order.text import Text


def attendees(
    forms: Iterable[AttendeesForm], last_member: int, members: Iterable[str]
) -> tuple[Attendee, ...]:
    """Those of an evaluator class, in the file's order; a number stands for one person in the whole sitting."""
    taken = set(members) | {name for form in forms for name in form.names}
    found: list[Attendee] = []
    for form in forms:
        if form.evaluator_class is None:
            continue
        for name in form.names or _called(form, taken):
            number = MemberNo(last_member + len(found) + 1)
            found.append(Attendee(number, name, Text(form.kind_zh, form.kind_en or ""), form.evaluator_class))
    return tuple(found)


def after_members(plan: Plan, last_member: int) -> Sequence[Attendee]:
    """The plan's attendees with numbers after another last member."""
    return [
        replace(one, number=MemberNo(last_member + place))
        for place, one in enumerate(plan.attendees, start=1)
    ]


def _called(form: AttendeesForm, taken: set[str]) -> Iterator[str]:
    number = 0
    for _ in range(form.count):
        number += 1
        while f"{form.kind_zh}{number}" in taken:
            number += 1
        taken.add(f"{form.kind_zh}{number}")
        yield f"{form.kind_zh}{number}"
