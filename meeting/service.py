"""The service: takes an order, makes it durable, then visible.  One sitting, one process, one lock.

The only place that joins the order of business, the journal, the box and the hub.  A command becomes events and the
box's own steps in one transaction; only after COMMIT does the state change and do the screens hear of it.  It reads
the clock and starts the windows (grace, hand-back, confirmations); it decides no rule and counts nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence

from sqlalchemy import Connection

from display.hub import Hub
from meeting import box_steps
from meeting.clock import Clock
from meeting.lost_keys import lost, replacing
from meeting.order import commands as c
from meeting.order import events as e
from meeting.order.decide import decide
from meeting.order.errors import OrderError
from meeting.order.evolve import Recorded, evolve, replay
from meeting.order.sitting import MemberNo, Visibility
from meeting.order.state import LIVE, PollStage, Stage, State
from meeting.polling import Polling
from meeting.projections import View, heard_anew
from meeting.record import journal
from meeting.screens import Screens
from meeting.windows import GRACE_S, Windows
from voting.box import Box
from voting.database import Writer
from voting.errors import AlreadyIssued, TooFewVoters, VotingError
from voting.figures import Figures

_log = logging.getLogger(__name__)

SECRET_TURNOUT_S = 2.0
"""The turnout of a secret ballot is never finer: it would be a clock (BALLOT.md 3)."""
OPEN_TURNOUT_S = 0.2

PersonalNews = Callable[[MemberNo], None]


class Service:
    """The sitting that is being served.

    `run` it in the lifespan and wait until it is `ready`; then `obey` every command.
    """

    def __init__(
        self,
        state: State,
        *,
        writer: Writer,
        box: Box,
        figures: Figures,
        hub: Hub,
        clock: Clock,
        grace_s: float = GRACE_S,
        public_delay_s: float = 0,
        tell_member: PersonalNews = lambda member: None,
    ) -> None:
        self.sitting = state.plan.id
        self.state = state
        self.trouble: VotingError | None = None
        """Why the poll of the current step could not be prepared; the console shows it."""
        self._writer = writer
        self._box = box
        self._clock = clock
        self._lock = asyncio.Lock()
        self._polling = Polling(box, figures)
        self._open_windows = Windows(box, writer, self._polling, clock, grace_s)
        self.shown = self._screens = Screens(
            hub, self._polling, figures, clock, public_delay_s=public_delay_s
        )
        self._tasks: asyncio.TaskGroup | None = None
        self._windows: set[e.PollId] = set()
        self._roll_changed = False
        """Arrivals and departures that the screens have not been shown yet."""
        self.tell_member = tell_member
        self.ready = asyncio.Event()
        """What a restart interrupted is taken up again, and the screens have their first view."""
        self.ended = asyncio.Event()
        """The board has its `end` entry and its key is destroyed."""

    # --- life ---

    async def run(self) -> None:
        """Serve until cancelled: take up what a restart interrupted, then the turnout, for ever."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            async with self._lock:
                self._resume(tasks)
                await self._prepare_wanted(replacing(self._box, self.state))
                await self._refresh()
                self.show()
            self.ready.set()
            await self._turnout()

    def _resume(self, tasks: asyncio.TaskGroup) -> None:
        for poll in self.state.polls.values():
            if poll.stage is PollStage.CLOSING and poll.binding:
                # A restart while closing starts a new grace.
                tasks.create_task(self._grace(poll.id))
            elif (
                poll.result is not None
                and poll.visibility is Visibility.SECRET
                and self._open_windows.are_running(poll.id)
            ):
                self._begin_windows(poll.id)
        self._end_if_over()

    # --- commands ---

    async def obey(self, command: c.Command, expected_seq: int | None = None) -> int:
        """Carry out a command: durable, then visible.  Returns the seq of the last event.

        Raises OrderError or VotingError; nothing has changed then.  A caller that goes away meanwhile changes
        nothing: what was begun is finished, or the journal and the state would part.
        """
        assert self._tasks is not None, "the service is running"
        refused = await asyncio.shield(self._tasks.create_task(self._carry_out(command, expected_seq)))
        if refused is not None:
            raise refused
        return self.state.seq

    async def _carry_out(self, command: c.Command, expected_seq: int | None) -> Exception | None:
        async with self._lock:
            try:
                await self._obey([command], expected_seq)
            except (OrderError, VotingError) as refused:
                return refused
            except Exception as failed:
                # Whether the transaction is in or not only the journal can say (a commit may fail half-way).
                _log.error("a command failed: %s", type(failed).__name__)
                self.state = replay(await self._writer.run(lambda conn: journal.read(conn, self.sitting)))
                return failed
        return None

    async def _obey(self, commands: Sequence[c.Command], expected_seq: int | None = None) -> None:
        try:
            recorded = await self._write(commands, expected_seq)
        except (AlreadyIssued, TooFewVoters):
            # He has collected already, or too few are left for a secret ballot.  That he is gone is a fact all the
            # same: the paper is made anew without him, or cannot be made, and the console says why.
            poll = self.state.prepared_poll
            if poll is None or not isinstance(commands[0], c.Recuse | c.RecordDeparture):
                raise
            recorded = await self._write([c.AbortPoll(poll.id, "roll-changed"), *commands], expected_seq)
        await self._after(recorded)

    async def _write(self, commands: Sequence[c.Command], expected_seq: int | None) -> list[Recorded]:
        at, before = self._clock.now(), self.state

        def work(conn: Connection) -> list[Recorded]:
            state, expected = before, expected_seq
            events: list[e.Event] = []
            for command in commands:
                decided = decide(state, command, at, expected)
                expected = None
                if isinstance(command, c.RuleWriteIns):
                    result = box_steps.rule(self._box, conn, state.polls[command.poll], command)
                    decided = decide(state, c.RecordRuling(command, result), at)
                for event in decided:
                    state = evolve(state, Recorded(state.seq + 1, at, event))
                    box_steps.carry_out(self._box, conn, state, event)
                events.extend(decided)
            return journal.append(conn, self.sitting, before.seq, at, events)

        return await self._writer.run(work)

    async def device_bound(self, member: MemberNo) -> None:
        """A phone has joined: until the poll opens its line is put on the roll."""
        async with self._lock:
            state = self.state
            if any(member in state.voters_of(poll) for poll in state.prepared_polls):
                await self._writer.run(lambda conn: box_steps.amend_rolls(self._box, conn, state))
                self._screens.announce_board()

    async def _after(self, recorded: Sequence[Recorded]) -> None:
        """Everything is durable: now the state, what follows by itself, and the screens."""
        before = self.state
        for entry in recorded:
            self.state = evolve(self.state, entry)
        self._follow(recorded)
        for member in heard_anew(before, self.state):
            self.tell_member(member)
        if not self.state.wants_poll and all(isinstance(entry.event, e.UNNOTICED) for entry in recorded):
            # Three thousand check-ins in a minute must not become three thousand views of everybody.
            self._roll_changed = True
        else:
            await self._prepare_wanted()
            await self._refresh()
            self.show()
        self._screens.announce_board()

    def _follow(self, recorded: Sequence[Recorded]) -> None:
        for entry in recorded:
            match entry.event:
                case e.PollClosing(poll) if self.state.polls[poll].binding:
                    self._task(self._grace(poll))
                case e.PollCounted(poll) if self.state.polls[poll].visibility is Visibility.SECRET:
                    self._begin_windows(poll)
                case e.MemberArrived(member) | e.MemberDeparted(member) | e.MemberRecused(member):
                    self.tell_member(member)
                case e.SittingClosed():
                    self._end_if_over()
                case _:
                    pass

    async def _prepare_wanted(self, before: Sequence[c.Command] = ()) -> None:
        """When a vote step is current and has no poll that counts, prepare one; else say why not."""
        self.trouble = None if before else lost(self._box, self.state)
        if not (before or self.state.wants_poll):
            return
        try:
            recorded = await self._write([*before, c.PreparePoll()], None)
        except VotingError as error:
            self.trouble = error
            _log.warning("the poll could not be prepared: %s", error.code)
            return
        for entry in recorded:
            self.state = evolve(self.state, entry)

    # --- windows ---

    def _task(self, work: Coroutine[None, None, None]) -> None:
        assert self._tasks is not None, "the service is running"
        self._tasks.create_task(work)

    async def _grace(self, poll: e.PollId) -> None:
        """Wait until every issued ballot is in, or the grace is over; then count."""
        asked = self.state.together(self.state.polls[poll])
        await self._open_windows.grace(lambda: all(self._polling.all_in(one) for one in asked))
        async with self._lock:
            # Without its keys nothing is counted or claimed: it waits to be void.
            if self.state.polls[poll].stage is PollStage.CLOSING and lost(self._box, self.state) is None:
                await self._count(poll)

    async def _count(self, poll: e.PollId) -> None:
        """Boxes opened, counted, declared: one transaction, so that a restart at any point ends the same."""
        at, before = self._clock.now(), self.state
        # The binding poll comes last: with it the others are declared.
        asked = reversed(before.together(before.polls[poll]))
        closing = [one for one in asked if one.stage is PollStage.CLOSING]

        def work(conn: Connection) -> list[Recorded]:
            state = before
            events: list[e.Event] = []
            for one in closing:
                counted = box_steps.count(self._box, conn, one)
                for event in decide(state, counted, at):
                    state = evolve(state, Recorded(state.seq + 1, at, event))
                    events.append(event)
            return journal.append(conn, self.sitting, before.seq, at, events)

        await self._after(await self._writer.run(work))

    def _begin_windows(self, poll: e.PollId) -> None:
        self._windows.add(poll)
        self._task(self._run_windows(poll))

    async def _run_windows(self, poll: e.PollId) -> None:
        await self._open_windows.run(
            poll, self.state.plan.rules.hand_back_s, moved=self._screens.announce_board
        )
        async with self._lock:
            self._windows.discard(poll)
            await self._refresh()
            self.show()
        self._end_if_over()

    def _end_if_over(self) -> None:
        if self.state.stage is Stage.CLOSED and not self._windows and not self.ended.is_set():
            self._task(self._end())

    async def _end(self) -> None:
        """The board's last entry; its key is destroyed with it."""
        await self._writer.run(self._box.end)
        self.ended.set()
        self._screens.announce_board()

    # --- screens ---

    async def _turnout(self) -> None:
        """Show how many members and ballots are in: five times a second in the hall, of a secret ballot every 2 s.

        Phones hear of it every 2 s: each of them in the hall five times a second would be the load of the evening.
        """
        last = shown = self._clock.now()
        while True:
            await self._clock.wait(OPEN_TURNOUT_S)
            async with self._lock:
                changed, self._roll_changed = self._roll_changed, False
                if self._may_count(last):
                    last = self._clock.now()
                    changed |= self._polling.count_again(self.state)
                if changed:
                    await self._refresh()
                    self._screens.show_offices(self.state, self.trouble)
                elif self._screens.others_watch:
                    # Who comes and goes on the line is the desks' news alone.
                    self._screens.show_desks(self.state, self.trouble)
                self._screens.show_gallery(self.state)
                if self._screens.phones_behind and self._clock.now() - shown >= SECRET_TURNOUT_S * 1000:
                    shown = self._clock.now()
                    self._screens.show_phones(self.state)

    def _may_count(self, last: int) -> bool:
        poll = self.state.poll
        if poll is None or poll.stage not in LIVE | {PollStage.PREPARED}:
            return False
        return poll.visibility is not Visibility.SECRET or self._clock.now() - last >= SECRET_TURNOUT_S * 1000

    async def _refresh(self) -> None:
        await self._polling.follow(self.state)

    def show(self) -> None:
        """Everybody's view, now."""
        self._screens.show(self.state, self.trouble)

    def now(self) -> int:
        """The sitting's clock, ms since 1970, UTC."""
        return self._clock.now()

    def know_phones(self, connected: Callable[[], frozenset[int]]) -> None:
        """From now on the consoles are shown whose phones are `connected`."""
        self._screens.connected = connected

    def hall_view(self) -> View:
        """What the hall screen shows now."""
        return self._screens.hall_view(self.state)

    def public_view(self) -> View:
        """What the public page shows now."""
        return self._screens.public_view(self.state)
