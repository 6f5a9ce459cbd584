"""The texts of pledge speeches after they were given: who may read them, and when.  Pure.

Members read them beside the paper (PROCEDURE.md row 73), and the public once the nominee is carried and not before
(row 74, R47).  What is shown while a pledge is given is `floor_slide`'s affair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from display.slides import Words
from meeting.order.poll import Poll, PollStage
from meeting.order.progress import MatterStatus, Position
from meeting.order.sentence import sentence
from meeting.order.sitting import Matter, MatterId, MemberNo, StepKind
from meeting.order.speaking import pledge_label
from meeting.order.state import State
from meeting.projections.frame import View
from meeting.projections.primary import matter_name
from meeting.wording import words

_READ = frozenset({PollStage.PREPARED, PollStage.OPEN, PollStage.HELD})
"""While a voter may still have his paper before him."""


@dataclass(frozen=True, slots=True)
class Pledged:
    """The text of one pledge, with whose it is."""

    matter: MatterId
    name: Words
    post: Words
    label: Words
    """What the text is called here: 供职发言全文."""
    text: tuple[tuple[str, str], ...]
    """Headings and what stands beneath them."""

    def as_json(self) -> View:
        return {
            "name": self.name,
            "post": self.post,
            "label": self.label,
            "text": [list(part) for part in self.text],
        }


def beside(state: State, poll: Poll) -> tuple[Pledged, ...]:
    """What may be read while this poll is put: the pledges of its nominees, as far as they were given."""
    return tuple(_pledged(state, one) for one in matters_of(state, poll) if _is_given(state, one))


def for_voter(state: State, number: MemberNo, ballot: str) -> tuple[Pledged, ...]:
    """The same for one who is asked now; nothing for anybody else, and for no other ballot."""
    polls: Mapping[str, Poll] = {str(one): poll for one, poll in state.polls.items()}
    poll = polls.get(ballot)
    if poll is None or poll.stage not in _READ or number not in state.voters_of(poll):
        return ()
    return beside(state, poll)


def published(state: State, matter: str) -> Pledged | None:
    """For the public: the pledge of somebody who is carried.  None for everybody else, whoever he is."""
    for one in state.plan.matters:
        if one.id == matter and _is_given(state, one):
            carried = state.matters[one.id].status is MatterStatus.CARRIED
            return _pledged(state, one) if carried else None
    return None


def label(state: State) -> Words:
    """What such a text is called here."""
    return words(sentence("pledge.text", pledge=pledge_label(state)))


def matters_of(state: State, poll: Poll) -> tuple[Matter, ...]:
    """What the poll decides: its matter, or of a bloc those that have not ended without a vote."""
    if poll.matter is None:
        return ()
    matter = state.plan.matter(poll.matter)
    parts = (one for one in matter.bloc if not state.disposed(one))
    return tuple(state.plan.matter(one) for one in parts) if matter.bloc else (matter,)


def _is_given(state: State, matter: Matter) -> bool:
    """There is a text, and nobody is still to hear it first: where it comes after the vote it waits (000g)."""
    return bool(matter.pledge) and matter.is_nomination and not _is_to_come(state, matter.id)


def _is_to_come(state: State, matter: MatterId) -> bool:
    if state.at is None:
        return False
    order = {position: place for place, position in enumerate(state.positions())}
    speeches = (
        Position(item.number, index)
        for item, index, step in state.plan.steps()
        if step.kind is StepKind.PLEDGE and step.matter == matter
    )
    return any(one not in state.marks and order[one] >= order[state.at] for one in speeches)


def _pledged(state: State, matter: Matter) -> Pledged:
    return Pledged(
        matter.id,
        words(sentence("console.fact.name", name=matter_name(matter))),
        words(matter.post),
        label(state),
        matter.pledge,
    )
