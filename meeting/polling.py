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
FEW = 5
"""With fewer voters a secret answer may be guessed, and they are told so (BALLOT.md 5).

A turnout every 2 s would then be nearly a clock of each of them: while they vote nobody is told how many ballots are
in, only, once it is so, that all are.
"""
VOTING = frozenset({PollStage.OPEN, PollStage.HELD, PollStage.CLOSING})


class Polling:
    def __init__(self, box: Box, figures: Figures) -> None:
        self._box = box
        self._figures = figures
        self._counts: dict[PollId, Count] = {}
        self._lasts: dict[PollId, Turnout] = {}

    def count(self, state: State) -> Count | None:
        """Of `state.poll`, as last refreshed, with those of the classes that are asked with it."""
        poll = state.poll
        if poll is None or poll.id not in self._counts:
            return None
        others = (one for one in state.together(poll) if not one.binding and one.id in self._counts)
        return replace(
            self._counts[poll.id],
            advisory=tuple((one.voter_class, self._counts[one.id]) for one in others),
        )

    async def follow(self, state: State) -> None:
        """Take up the current polls: their papers and codes when new, their last figures when over."""
        if state.poll is not None:
            for poll in state.together(state.poll):
                await self._follow(state, poll)

    async def _follow(self, state: State, poll: Poll) -> None:
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
            entitled = len(state.voters_of(poll))
            self._counts[poll.id] = replace(
                self._counts[poll.id], entitled=entitled, few=_few(poll, entitled)
            )
            if poll.visibility is not Visibility.SECRET:
                self._take(state, poll)

    def count_again(self, state: State) -> bool:
        """The tick: read the turnout anew.  Whether anything has changed."""
        if state.poll is None:
            return False
        changed = False
        for poll in state.together(state.poll):
            if poll.id in self._counts:
                before = self._counts[poll.id]
                self._take(state, poll)
                changed |= self._counts[poll.id] != before
        return changed

    def _take(self, state: State, poll: Poll) -> None:
        turnout = self._box.turnout(poll.id)
        missing = (
            tuple(self._box.not_collected(poll.id))
            if poll.visibility is Visibility.SECRET and poll.stage in RUNNING
            else ()
        )
        entitled = len(state.voters_of(poll))
        self._counts[poll.id] = replace(
            self._counts[poll.id],
            entitled=entitled,
            few=_few(poll, entitled),
            issued=turnout.issued,
            returned=_told(poll, turnout, entitled),
            not_collected=missing,
            checked=self._figures.confirmed(poll.id) if self._figures.is_checked(poll.id) else None,
        )

    def all_in(self, poll: Poll) -> bool:
        """Every issued ballot is in; of raised hands nothing is on its way."""
        if poll.visibility is Visibility.HANDS:
            return True
        turnout = self._box.turnout(poll.id)
        return turnout.returned >= turnout.issued

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


def _few(poll: Poll, entitled: int) -> bool:
    return poll.visibility is Visibility.SECRET and entitled < FEW


def _told(poll: Poll, turnout: Turnout, entitled: int) -> int | None:
    """How many ballots are in, as far as anybody may know it."""
    if poll.stage in VOTING and _few(poll, entitled) and turnout.returned < turnout.issued:
        return None
    return turnout.returned
