"""Slides of motions that are read out, of deputies' proposals in figures, of an organ's reply.  Pure."""

from __future__ import annotations

from fractions import Fraction

from display.slides import Words
from display.slides_of_items import Figure, Figures, Reading
from meeting.order.declaration import percent
from meeting.order.interpellation import judgement
from meeting.order.sentence import names, sentence
from meeting.order.sitting import Item, Step, StepKind
from meeting.order.state import State
from meeting.order.supervision import InquiryCommittee, ProposalFigures
from meeting.projections.standing import countdown, head, place_of
from meeting.wording import say, words

IN_FIGURES = frozenset({StepKind.STATEMENT, StepKind.QUESTIONS, StepKind.DELIBERATION})
"""Steps at which deputies' proposals are before the members; a question or a speaker goes before the figures."""
_COUNTED = ("received", "answered", "solved", "being_solved", "supervised")
_RATES = ("answer_rate", "completion_rate", "satisfaction_rate")


def reading(state: State, item: Item, step: Step) -> Reading:
    """A matter's text, or that of an interpellation."""
    matter = None if step.matter is None else state.plan.matter(step.matter)
    about = item.particulars.interpellation
    text = matter.text if matter is not None else about.text if about is not None else ()
    return Reading(
        step=step.kind.value,
        number=item.number,
        title=words(item.title if matter is None else matter.title),
        text=tuple(words(one) for one in text),
        reader=step.speaker,
        attached=attached(state, item),
        place=place_of(state, item, step.matter),
        head=head(state),
    )


def figures(state: State, item: Item, step: Step, role: Words) -> Figures | None:
    """None where the item has none; `role` is the reporter's office."""
    handled = item.particulars.proposals
    if handled is None:
        return None
    return Figures(
        step=step.kind.value,
        number=item.number,
        title=words(item.title),
        detail=words(step.title),
        rates=rates(handled),
        figures=counted(handled),
        speaker=step.speaker,
        role=role,
        timer=countdown(state.timer),
        place=place_of(state, item, None),
        head=head(state),
    )


def counted(handled: ProposalFigures) -> tuple[Figure, ...]:
    known = ((name, getattr(handled, name)) for name in _COUNTED)
    return tuple(Figure(say(f"proposals.{name}"), str(value)) for name, value in known if value is not None)


def rates(handled: ProposalFigures) -> tuple[Figure, ...]:
    """To one decimal, half up; a rate of nothing is not shown."""
    known = ((name, getattr(handled, name)) for name in _RATES)
    return tuple(
        Figure(say(f"proposals.{name}"), f"{percent(share.numerator, share.denominator)}%")
        for name, share in known
        if isinstance(share, Fraction)
    )


def attached(state: State, item: Item) -> tuple[Words, ...]:
    """Who moves an interpellation, then what its movers said of the reply; who is proposed for a committee."""
    about, inquiry = item.particulars.interpellation, item.particulars.inquiry
    found = []
    if about is not None:
        said = judgement(state)
        found.append(words(said or sentence("interpellation.movers", names=names(about.movers))))
    if inquiry is not None:
        found += committee(inquiry)
    return tuple(found)


def committee(inquiry: InquiryCommittee) -> list[Words]:
    lines = [sentence("inquiry.chair", name=inquiry.chair)]
    if inquiry.vice_chairs:
        lines.append(sentence("inquiry.vice-chairs", names=names(inquiry.vice_chairs)))
    lines.append(sentence("inquiry.members", names=names(inquiry.members)))
    return [words(one) for one in lines]
