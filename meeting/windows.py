"""The windows of a poll: the grace after its closing, then hand-backs, then confirmations (BALLOT.md 2.4, 2.6).

Each ends when nobody has to be waited for, at the latest after its time.  Decides nothing; what happens at the end
of a window is the box's step.
"""

from __future__ import annotations

from collections.abc import Callable

from meeting.clock import Clock
from meeting.order.events import PollId
from meeting.polling import Polling
from voting.box import Box
from voting.database import Writer
from voting.stages import Stage

GRACE_S = 3.0
"""After closing, ballots on their way are taken so long."""
GRACE_LOOK_S = 0.05
"""How often it is asked whether every ballot is in; the hall waits for it."""
WINDOW_LOOK_S = 0.25
"""The same of hand-backs and confirmations, for which nobody waits, while the next ballot may be running."""

RUNNING = frozenset({Stage.COUNTED, Stage.HANDED_BACK})
"""Stages of a secret ballot whose windows are not over."""


class Windows:
    def __init__(self, box: Box, writer: Writer, polling: Polling, clock: Clock, grace_s: float) -> None:
        self._box = box
        self._writer = writer
        self._polling = polling
        self._clock = clock
        self._grace_s = grace_s

    def are_running(self, poll: PollId) -> bool:
        return self._box.stage(poll) in RUNNING

    async def grace(self, all_in: Callable[[], bool]) -> None:
        """Wait until every issued ballot is in, or the grace is over."""
        await self._until(all_in, self._grace_s, GRACE_LOOK_S)

    async def run(self, poll: PollId, seconds: float, moved: Callable[[], None]) -> None:
        """Phones hand back what was not used, then confirm that their line is in.  `moved` after each."""
        if self._box.stage(poll) is Stage.COUNTED:
            await self._until(lambda: self._polling.all_accounted(poll), seconds, WINDOW_LOOK_S)
            await self._writer.run(lambda conn: self._box.finish_hand_back(conn, poll))
            moved()
        if self._box.stage(poll) is Stage.HANDED_BACK:
            await self._until(lambda: self._polling.all_confirmed(poll), seconds, WINDOW_LOOK_S)
            await self._writer.run(lambda conn: self._box.finish_checks(conn, poll))
            moved()

    async def _until(self, done: Callable[[], bool], seconds: float, every: float) -> None:
        deadline = self._clock.now() + seconds * 1000
        while not done() and self._clock.now() < deadline:
            await self._clock.wait(every)
