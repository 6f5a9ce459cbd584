"""Who is in the room without being a member: attendees by class, other attendees, the gallery; numbered in this order.

The file may give only how many there are; then each is called by the kind and a number.  It checks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from meeting.office.sitting_schema import AttendeesForm, GalleryForm
from meeting.order.sitting import Attendee, Member, MemberNo, Plan
from meeting.order.text import Text


def attendees(
    forms: Sequence[AttendeesForm], last_member: int, members: Iterable[str]
) -> tuple[Attendee, ...]:
    """Those of an evaluator class in the file's order, then the others; a number stands for one person in the sitting.

    The classes come first, so that nobody's number depends on who else attends.
    """
    taken = set(members) | {name for form in forms for name in form.called}
    found: list[Attendee] = []
    for form in sorted(forms, key=lambda form: form.evaluator_class is None):
        for name in form.called or _called(form.kind_zh, form.size, taken):
            number = MemberNo(last_member + len(found) + 1)
            kind = Text(form.kind_zh, form.kind_en or "")
            found.append(Attendee(number, name, kind, form.evaluator_class or "", form.group))
    return tuple(found)


def gallery(form: GalleryForm | None, last: int, taken: Iterable[str]) -> tuple[Attendee, ...]:
    """The places of the gallery; their numbers follow `last`, the last attendee's."""
    if form is None:
        return ()
    names = _called(form.kind_zh, form.count, set(taken))
    kind = Text(form.kind_zh, form.kind_en or "")
    return tuple(
        Attendee(MemberNo(last + place), name, kind, gallery=True)
        for place, name in enumerate(names, start=1)
    )


def renumbered(plan: Plan, last_member: int) -> Plan:
    """The plan with attendees and gallery numbered after another last member."""
    last = last_member + len(plan.attendees)
    return replace(plan, attendees=_from(plan.attendees, last_member), gallery=_from(plan.gallery, last))


def card_holders(plan: Plan) -> tuple[Member | Attendee, ...]:
    """Whoever's phone has something to do in the sitting: everybody, but a gallery that may not write."""
    return plan.everybody if plan.written_comments else (*plan.members, *plan.attendees)


def _from(people: Sequence[Attendee], last: int) -> tuple[Attendee, ...]:
    return tuple(replace(one, number=MemberNo(last + place)) for place, one in enumerate(people, start=1))


def _called(kind: str, count: int, taken: set[str]) -> Iterator[str]:
    number = 0
    for _ in range(count):
        number += 1
        while f"{kind}{number}" in taken:
            number += 1
        taken.add(f"{kind}{number}")
        yield f"{kind}{number}"
