"""What the screens may know of a poll from the box: its paper, its code, and counts that are no clock.

Keeps the turnout of a running secret ballot as it was at the last tick, so that no command or arrival shows it
finer (BALLOT.md 3).  Reads the box only; it decides nothing and writes nothing.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from meeting.order.events import PollId
from meeting.order.sitting import Visibility
from meeting.order.state import LIVE, Poll, PollStage, State
from meeting.projections import Count
from voting.board import code
from voting.box import Box, Turnout
from voting.figures import Figures
from voting.signed import b64

RUNNING = LIVE | {PollStage.PREPARED}


class Polling:
    def __init__(self, box: Box, figures: Figures) -> None:
        self._box = box
        self._figures = figures
        self._counts: dict[PollId, Count] = {}
        self._lasts: dict[PollId, Turnout] = {}

    def count(self, state: State) -> Count | None:
        """Of `state.poll`, as last refreshed."""
        return None if state.poll is None else self._counts.get(state.poll.id)

    async def follow(self, state: State) -> None:
        """Take up the current poll: its paper and code when it is new, its last figures when it is over."""
        poll = state.poll
        if poll is None:
            return
        if poll.id not in self._counts:
            facts = self._box.facts(poll.id)
            # Slow on purpose (some 70 ms), hence not in the loop's own time.
            text = await asyncio.to_thread(code, facts.B)
            self._counts[poll.id] = Count(
                paper=facts.paper_text,
                salt=b64(facts.salt),
                code=text,
                visibility=facts.visibility,
                entitled=0,
                issued=0,
                returned=0,
                # 2 s for 30 phones, 20 s for 3,000 (BALLOT.md 2.2)
                window_ms=max(2000, min(20_000, len(state.plan.members) * 7)),
            )
            self._take(state, poll)
        elif poll.stage not in RUNNING:
            self._take(state, poll)
        else:
            self._counts[poll.id] = replace(self._counts[poll.id], entitled=_entitled(state, poll))
            if poll.visibility is Visibility.OPEN:
                self._take(state, poll)

    def count_again(self, state: State) -> bool:
        """The tick: read the turnout anew.  Whether anything has changed."""
        poll = state.poll
        if poll is None or poll.id not in self._counts:
            return False
        before = self._counts[poll.id]
        self._take(state, poll)
        return self._counts[poll.id] != before

    def _take(self, state: State, poll: Poll) -> None:
        turnout = self._box.turnout(poll.id)
        missing = (
            tuple(self._box.not_collected(poll.id))
            if poll.visibility is Visibility.SECRET and poll.stage in RUNNING
            else ()
        )
        self._counts[poll.id] = replace(
            self._counts[poll.id],
            entitled=_entitled(state, poll),
            issued=turnout.issued,
            returned=turnout.returned,
            not_collected=missing,
            checked=self._figures.confirmed(poll.id) if self._figures.is_checked(poll.id) else None,
        )

    def all_accounted(self, poll: PollId) -> bool:
        """Every issued ballot is returned or handed back: nobody has to be waited for."""
        turnout = self._last(poll)
        return turnout.returned + self._figures.handed_back(poll) >= turnout.issued

    def all_confirmed(self, poll: PollId) -> bool:
        """Every phone that collected has confirmed its line."""
        return self._figures.confirmed(poll) >= self._last(poll).issued

    def _last(self, poll: PollId) -> Turnout:
        """The turnout of a counted poll, which stands still; asked for many times a second while phones look."""
        if poll not in self._lasts:
            self._lasts[poll] = self._box.turnout(poll)
        return self._lasts[poll]


def _entitled(state: State, poll: Poll) -> int:
    return len(poll.voters) if poll.voters else len(state.entitled(poll.matter))
