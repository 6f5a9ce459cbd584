"""A member's phone in Python: what the page on a real phone does, for rehearsals and tests.

It joins, signs in and follows the sitting.  `kiosk.part` takes part in the ballots, `kiosk.slip` decides what is due
there, `kiosk.board_follower` checks what the board says; a ballot is never cast over the member's own socket.  One
check of a real phone is left out: that the board's key is free of torsion.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from kiosk.anonymous import GONE, Anonymous, TurnedAway
from kiosk.board_follower import BoardFollower, BrokenBoard
from kiosk.part import AGAIN, Decision, Part, Pocket, Receipt
from kiosk.personal import Pace, Personal
from kiosk.slip import Poll
from voting.signed import b64, hello_text, join_text, unb64

__all__ = ["Decision", "Pace", "Phone", "Pocket", "Receipt"]


def _ignore(*_: object) -> None:
    """For those who do not want to be told."""


class Phone:
    """One simulated phone.  ``await join()`` once, then ``await run()`` until the sitting ends or `stop`."""

    def __init__(
        self,
        member: int,
        code: str,
        url: str,
        board_key: bytes | None,
        decide: Decision,
        *,
        pace: Pace,
        pocket: Pocket | None = None,
        follower: BoardFollower | None = None,
        anonymous: Anonymous | None = None,
        on_receipt: Callable[[Receipt], None] = _ignore,
        on_latency: Callable[[str, float], None] = _ignore,
        on_alarm: Callable[[str], None] = _ignore,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """``on_latency`` is told the seconds of a ``join``, ``hello``, ``issue``, ``cast``, ``hand-back``,
        ``open_vote`` or ``check``; ``on_alarm`` the code of whatever a member would be shown in amber.
        """
        self.member = member
        self.pocket = pocket if pocket is not None else Pocket()
        self.me: Mapping[str, Any] = {}
        """The last ``me`` message."""
        self.view: Mapping[str, Any] = {}
        """The last ``view`` message."""
        self._code = code
        self._pace = pace
        self._anonymous = anonymous if anonymous is not None else Anonymous(url)
        self._follower = follower if follower is not None else BoardFollower(self._anonymous, board_key)
        self._board = self._follower.board
        self._on_latency = on_latency
        self._on_alarm = on_alarm
        self._sleep = sleep
        self._clock = clock
        self._personal = Personal(
            self._anonymous,
            member,
            self._hello,
            self._hear,
            self._connected,
            pace=pace,
            on_latency=on_latency,
            on_alarm=on_alarm,
            sleep=sleep,
            clock=clock,
        )
        self._part = Part(
            member,
            self.pocket,
            decide,
            follower=self._follower,
            anonymous=self._anonymous,
            personal=self._personal,
            pace=pace,
            on_receipt=on_receipt,
            on_latency=on_latency,
            on_alarm=on_alarm,
            sleep=sleep,
            clock=clock,
        )
        self._over = asyncio.Event()
        self._catch_up = False
        self._announced = 0
        self._more = asyncio.Event()
        self._tasks: dict[str, asyncio.Task[None]] = {}

    # --- what the member does ------------------------------------------------------------------------------

    async def join(self) -> None:
        """Bind this phone to the card, however often it takes.

        Raises TurnedAway when the card is refused, BrokenBoard when the board is not the one of the card.
        """
        pk = self.pocket.dev_pk
        attempt = 0
        while True:
            try:
                await self._follower.reach(1)
                sig = self.pocket.key.sign(join_text(self._board.sitting, self._code, pk))
                message = {"code": self._code, "dev_pk": b64(pk), "sig": b64(sig)}
                start = self._clock()
                answer = await self._anonymous.join(self._code, message)
                break
            except TurnedAway as refused:
                if refused.code not in AGAIN:
                    raise
            except GONE:
                pass
            await self._rest(attempt)
            attempt += 1
        self._on_latency("join", self._clock() - start)
        if answer.get("member") != self.member or answer.get("board_key") != b64(self._board.key):
            raise TurnedAway("wrong-card")

    async def check_in(self) -> None:
        """Sign in, however often it takes.  Needs `run` beside it.  Raises TurnedAway."""
        attempt = 0
        while True:
            try:
                await self._personal.ask({"type": "check_in"})
                return
            except TurnedAway as refused:
                if refused.code not in AGAIN:
                    raise
            except GONE:
                pass
            await self._rest(attempt)
            attempt += 1

    def stop(self) -> None:
        """Make `run` return soon.  What is stored stays."""
        self._over.set()

    async def run(self) -> None:
        """Follow the sitting: collect, cast, look, hand back, confirm; come back whenever the server does.

        Returns when the sitting has ended, the page was opened elsewhere, or after `stop`.
        """
        self._over.clear()
        async with asyncio.TaskGroup() as group:
            lasting = [
                group.create_task(self._stay_connected()),
                group.create_task(self._follow_board(group)),
            ]
            await self._over.wait()
            for task in (*lasting, *self._tasks.values()):
                task.cancel()
        self._tasks.clear()
        self._part.finished.clear()

    async def _stay_connected(self) -> None:
        attempt = 0
        while not len(self._board):  # whoever knows no sitting cannot say hello in it
            try:
                await self._follower.reach(1)
            except BrokenBoard:
                self._on_alarm("broken-board")
                self.stop()
                return
            except (*GONE, TurnedAway):
                await self._rest(attempt)
                attempt += 1
        await self._personal.stay_connected()

    # --- what is heard ---------------------------------------------------------------------------------------

    def _hello(self, sitting: str, nonce: bytes) -> bytes:
        if sitting != self._board.sitting:
            raise TurnedAway("wrong-sitting")
        return self.pocket.key.sign(hello_text(sitting, self.member, nonce))

    def _connected(self) -> None:
        self._catch_up = True  # nobody told us what came onto the board meanwhile
        self._more.set()

    def _hear(self, message: Mapping[str, Any]) -> None:
        match message:
            case {"type": "me"}:
                self.me = message
            case {"type": "view", "poll": poll}:
                self.view = message
                shown = None if poll is None else _poll(poll)
                if shown != self._part.poll:
                    self._part.poll = shown
                    self._part.tell_all()
            case {"type": "board", "entries": int(entries)}:
                self._announced = entries
                self._more.set()
            case {"type": "error", "code": "opened-elsewhere"}:
                self._on_alarm("opened-elsewhere")
                self.stop()

    async def _follow_board(self, group: asyncio.TaskGroup) -> None:
        attempt = 0
        while True:
            await self._more.wait()
            self._more.clear()
            try:
                if self._catch_up:
                    self._catch_up = False  # before asking: a connection that comes meanwhile asks once more
                    await self._follower.refresh()
                await self._follower.reach(self._announced)
                attempt = 0
            except BrokenBoard:
                self._on_alarm("broken-board")
                self.stop()
                return
            except (*GONE, TurnedAway):
                self._catch_up = True
                self._more.set()
                await self._rest(attempt)
                attempt += 1
                continue
            for ballot in self._board.ballots:
                if ballot not in self._tasks:
                    self._tasks[ballot] = group.create_task(self._take_part(ballot))
            self._part.tell_all()
            self._stop_at_the_end()

    async def _take_part(self, ballot: str) -> None:
        await self._part.take(ballot)
        self._stop_at_the_end()

    def _stop_at_the_end(self) -> None:
        if self._board.ended and self._part.finished.issuperset(self._board.ballots):
            self.stop()

    async def _rest(self, attempt: int) -> None:
        await self._sleep(self._pace.before_trying_again(attempt))


def _poll(poll: Mapping[str, Any]) -> Poll:
    return Poll(poll["ballot"], poll["stage"], poll["paper"], unb64(poll["salt"]), poll["window_ms"])
