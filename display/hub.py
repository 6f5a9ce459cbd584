"""The hub: who is watching, and the one act of showing them something.

A view is serialised and framed once per audience and handed to every connection in the same turn of the loop.
Nothing here waits for a client: a connection that cannot take a frame keeps only the newest one of each kind and
gets it when it can; one that stays stuck is dropped, and comes back by itself.  The hub decides nothing about what
an audience may see (that is the projections' work) and knows no server: a connection is the small Protocol below.
"""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Protocol

from display.frames import Frame, prepare

PATIENCE_S = 10.0
"""How long a connection may refuse frames before it is aborted."""
MOST_WAITING = 64
"""Frames kept for one slow connection; only personal messages can ever add up to so many."""

_log = logging.getLogger(__name__)


class Audience(StrEnum):
    """Who looks at a screen.  Everybody in one audience gets the very same bytes.

    An audience may have parts that are shown different things; such a part is named `attendee:deputy`.
    """

    HALL = "hall"
    PODIUM = "podium"
    MEMBER = "member"
    ATTENDEE = "attendee"
    GALLERY = "gallery"
    KIOSK = "kiosk"
    CONSOLE = "console"
    DESK = "desk"
    TELLER = "teller"
    PUBLIC = "public"


class Connection(Protocol):
    """What the hub needs of a socket.  Every call returns at once."""

    resumed: Callable[[], None] | None
    """Set by the hub; to be called after a refused frame, as soon as the next would be taken."""

    def take(self, frame: Frame) -> bool:
        """Send the frame now, or refuse it with False: never wait, never pile up."""
        ...

    def abort(self) -> None:
        """Cut the connection without goodbye.  May be repeated."""
        ...


class Seat:
    """One connection's place in an audience, from joining to leaving."""

    # Slotted, and without a dictionary while nothing waits: a fan-out fetches every seat's memory anew.
    __slots__ = ("_clock", "_connection", "_dropped", "_stuck_since", "_told", "_waiting", "audience")

    def __init__(self, audience: str, connection: Connection, clock: Callable[[], float]) -> None:
        self.audience = audience
        self._connection = connection
        self._clock = clock
        # Kept in the order of arrival.  The key is the kind of a message that replaces its predecessor, or a
        # number of its own for a personal one, of which none may be lost.
        self._waiting: dict[str | int, Frame] | None = None
        self._told = 0
        self._stuck_since = 0.0
        self._dropped = False
        connection.resumed = self._resume

    @property
    def behind(self) -> bool:
        """Whether the connection still has to be given something."""
        return self._waiting is not None

    def tell(self, message: Mapping[str, object]) -> None:
        """Send a message to this connection alone.  Messages told arrive in order and none is left out, or the
        connection is cut: whoever must know for certain waits for the other side's answer."""
        self._told += 1
        self._offer(self._told, prepare(message))

    def _offer(self, kind: str | int, frame: Frame) -> None:
        if self._dropped:
            return
        if self._waiting is not None:
            self._waiting.pop(kind, None)
            self._waiting[kind] = frame
            if self._clock() - self._stuck_since > PATIENCE_S or len(self._waiting) > MOST_WAITING:
                self._drop()
            return
        try:
            taken = self._connection.take(frame)
        except Exception as error:  # one broken connection is no reason to fail the others
            _log.warning("dropped a broken connection of the %s: %s", self.audience, type(error).__name__)
            self._drop()
            return
        if not taken:
            self._waiting = {kind: frame}
            self._stuck_since = self._clock()

    def _resume(self) -> None:
        waiting, self._waiting = self._waiting, None
        for kind, frame in (waiting or {}).items():
            self._offer(kind, frame)  # keeps it, and everything after it, when it is refused again

    def _drop(self) -> None:
        self._dropped, self._waiting = True, None
        try:
            self._connection.abort()
        except Exception as error:
            _log.warning("could not cut a connection of the %s: %s", self.audience, type(error).__name__)

    def _leave(self) -> None:
        self._dropped, self._waiting = True, None
        self._connection.resumed = None


class Hub:
    """All seats of one sitting, in one event loop.  Not for use from other threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # Dictionaries for their order: who came first is served first.
        self._seats: dict[str, dict[Seat, None]] = {audience: {} for audience in Audience}
        self._latest: dict[str, tuple[int, Frame]] = {}
        self._beat = prepare({"type": "beat"})

    @asynccontextmanager
    async def join(
        self, audience: str, connection: Connection, greeting: Mapping[str, object] | None = None
    ) -> AsyncIterator[Seat]:
        """Take a seat until the block ends.  The newcomer gets the greeting and then the latest view at once, and
        misses nothing shown afterwards.  A connection holds one seat at a time."""
        if connection.resumed is not None:
            raise RuntimeError("this connection has a seat already")
        seat = Seat(audience, connection, self._clock)
        if greeting is not None:
            seat.tell(greeting)
        if audience in self._latest:
            seat._offer("view", self._latest[audience][1])
        self._seats.setdefault(audience, {})[seat] = None
        try:
            yield seat
        finally:
            del self._seats[audience][seat]
            seat._leave()

    def show(self, audience: str, view: Mapping[str, object]) -> None:
        """Show everybody in the audience the whole view, now, and every newcomer from now on.

        The view carries `seq`; one older than what is shown is left alone (events may arrive twice or late), one
        of the same seq replaces it (turnout).  Raises before anybody has got anything, or not at all.
        """
        seq = view["seq"]
        if not isinstance(seq, int):
            raise TypeError(f"seq is a number, not {seq!r}")
        if audience in self._latest and seq < self._latest[audience][0]:
            return
        frame = prepare(view)
        self._latest[audience] = seq, frame
        self._send(audience, "view", frame)

    def tell(self, audience: str, message: Mapping[str, object]) -> None:
        """Send a message of passing interest to everybody in the audience.  A newcomer does not get it, and a slow
        connection only the newest of each `type`."""
        self._send(audience, str(message["type"]), prepare(message))

    def beat(self) -> None:
        """Tell every connection that the house is alive, and drop those that have been stuck for too long.  To be
        called every 10 s."""
        for audience in tuple(self._seats):
            self._send(audience, "beat", self._beat)

    def count(self, audience: str) -> int:
        """How many have a seat in the audience."""
        return len(self._seats.get(audience, ()))

    def behind(self, audience: str) -> int:
        """How many of them are slower than what is shown."""
        return sum(seat.behind for seat in self._seats.get(audience, ()))

    def _send(self, audience: str, kind: str, frame: Frame) -> None:
        for seat in tuple(self._seats.get(audience, ())):
            seat._offer(kind, frame)
