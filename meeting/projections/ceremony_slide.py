"""Certificates, oath, and the summary of what the day decided.  Pure."""

from __future__ import annotations

from collections.abc import Iterable

from display.slides import NOTHING, Certificate, Oath, Slide, Summary, SummaryLine
from meeting.order import decisions, speaking
from meeting.order.progress import Position
from meeting.order.sentence import sentence
from meeting.order.sitting import Item, Matter, Step
from meeting.order.state import State
from meeting.projections.standing import countdown, head, place_of
from meeting.wording import say, words

_OATH_LINES = 6
"""Lines of the oath in the catalogue (宣誓决定 2): `oath.1` and so on."""


def certificate(state: State, item: Item, matter: Matter) -> Slide:
    """任命书, as it reads: number, decision, signature, day of the vote (PROCEDURE.md 2.E)."""
    chair = state.plan.chair
    return Certificate(
        names=matter.persons or (matter.person,),
        post=words(matter.post),
        says=words(speaking.certificate(state, matter)),
        number=matter.certificate,
        signed_by=NOTHING
        if chair is None
        else words(sentence("certificate.signed", office=chair.title, name=chair.name)),
        on=state.plan.on.isoformat(),
        place=place_of(state, item, matter.id),
        head=head(state),
    )


def oath(state: State, item: Item) -> Slide | None:
    """The text of the law with those who take it; None where nobody does."""
    planned = item.particulars.oath
    if planned is None or state.at is None:
        return None
    takers = state.oath_takers(Position(*state.at))
    if not takers:
        return None
    return Oath(
        lines=tuple(say(f"oath.{number}") for number in range(1, _OATH_LINES + 1)),
        takers=takers,
        leader=speaking.leader_of(planned, takers),
        place=place_of(state, item, None),
        head=head(state),
    )


def summary(state: State, item: Item, step: Step) -> Slide:
    return Summary(
        number=item.number,
        title=words(step.title if step.title.zh else item.title),
        lines=summary_lines(decisions.of_the_day(state)),
        timer=countdown(state.timer),
        head=head(state),
    )


def summary_lines(decided: Iterable[decisions.Decision]) -> tuple[SummaryLine, ...]:
    return tuple(SummaryLine(one.item, words(one.title), words(one.outcome)) for one in decided)
