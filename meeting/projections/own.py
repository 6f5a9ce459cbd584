"""What is one member's or attendee's own: who he is, whether he is here, what has become of what he said.  Pure.

Nothing of a ballot is in it: what a phone knows of its own paper it has from the box.
"""

from __future__ import annotations

from collections.abc import Iterator

from meeting.order.sitting import Attendee, MemberNo
from meeting.order.state import Presence, State
from meeting.projections.frame import View
from meeting.wording import words


def me(state: State, number: int) -> View:
    """KeyError for a number that is not on the roll."""
    who = MemberNo(number)
    present = state.presence[who]
    person = state.plan.person(who)
    return {
        "type": "me",
        "member": number,
        "name": person.name,
        "voter_class": state.plan.class_of(who),
        "attends_as": words(person.kind) if isinstance(person, Attendee) else None,
        "gallery": state.plan.in_gallery(who),
        "group": person.group,
        "present": present is Presence.PRESENT,
        "checked_in": present is Presence.PRESENT,
        "presence": present.value,
        "by_video": who in state.by_video,
        "recused": sorted(matter for one, matter in state.recusals if one == number),
        "floor": "speaking" if state.speaker == who else "asked" if who in state.requests else "",
        "sent": [said for sender, said in _sent(state) if sender == who],
        "commented": sorted(
            {one.item for one in state.comments if one.member == who and not one.recorded_by}
        ),
    }


def heard_anew(before: State, after: State) -> frozenset[MemberNo]:
    """Whose floor or questions stand otherwise now: they are told their own again.

    A step that ends ends requests, too, and nobody but this says so to those who had asked.
    """
    return frozenset(number for number, _ in set(_said(before)) ^ set(_said(after)))


def _said(state: State) -> Iterator[tuple[MemberNo, object]]:
    yield from ((number, "asked") for number in state.requests)
    if state.speaker is not None:
        yield state.speaker, "speaking"
    yield from ((sender, tuple(said.items())) for sender, said in _sent(state))


def _sent(state: State) -> Iterator[tuple[MemberNo, View]]:
    """The questions from phones at the current step, with what has become of them."""
    for question in state.questions:
        if question.member is not None and state.at == (question.item, question.step):
            yield (
                question.member,
                {"text": question.text, "admitted": question.admitted, "answered": question.answered},
            )
