"""The console where something is known before members decide, and where a grade concludes: states for the gallery."""

from __future__ import annotations

from collections.abc import Iterator

from meeting.order import commands as c
from tests.meeting.console.played import Played
from tests.meeting.known_before import N2, plan


def recorded() -> Iterator[tuple[str, Played, tuple[str, ...]]]:
    """Name, sitting, and what is pressed before it is looked at."""
    sitting = Played(plan()).begin().to(7, 3)
    yield "record", sitting, ()
    sitting.obey(c.Proceed(), c.TickPledgePoint(N2, 0), c.TickPledgePoint(N2, 2), c.StartTimer())
    yield "points", sitting, ()
    yield "points-again", sitting, ('[data-act="pledge-again"]',)
    sitting.to(7, 7)
    yield "pledge-written", sitting, ()
    sitting.to(6)
    yield "case", sitting, ()
    sitting.to(12)
    yield "reasons", sitting, ()
    sitting.to(4, 3)
    yield "concludes", sitting, ()
    question = sitting.open().poll.question
    marks = ["满意"] * 8 + ["基本满意"] * 7 + ["不满意"] * 15
    sitting.close([{question: mark} for mark in marks])
    yield "not-adopted", sitting, ()
