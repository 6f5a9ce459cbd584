"""The phone's end of the member's own socket: it connects, says who it is, asks and hears, and comes back.

For the simulated phones of `kiosk.ballot_client`.  It understands no ballot, and no ballot passes through it.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from websockets.asyncio.client import ClientConnection

from kiosk.anonymous import GONE, Anonymous, TurnedAway
from voting.signed import b64, unb64

SILENCE: Final = 25.0
"""Seconds without a word, not even a beat, after which a connection is dead."""

_ANSWERS: Final = {"check_in": "me", "issue": "issued", "open_vote": "receipt", "check": "checked"}


@dataclass(frozen=True, slots=True)
class Pace:
    """How long phones wait, in seconds; all of it times ``scale``."""

    random: Random
    scale: float = 1.0
    look_within: float = 40.0
    """The hand-back window is 60 s, and a hand-back takes a moment."""
    confirm_within: float = 10.0

    def before_collecting(self, window_ms: int) -> float:
        return self._up_to(window_ms / 1000)

    def before_casting(self, late: bool) -> float:
        return self.scale * self.random.uniform(5, 15) if late else self._up_to(2)

    def before_looking(self) -> float:
        return self._up_to(self.look_within)

    def before_confirming(self) -> float:
        return self._up_to(self.confirm_within)

    def before_trying_again(self, attempt: int) -> float:
        return self._up_to(min(3.0, 0.5 * 2 ** min(attempt, 6)))

    def _up_to(self, most: float) -> float:
        return self.scale * self.random.uniform(0, most)


class Personal:
    """The member's own socket, seen from the phone."""

    def __init__(
        self,
        anonymous: Anonymous,
        member: int,
        hello: Callable[[str, bytes], bytes],
        hear: Callable[[dict[str, Any]], None],
        connected: Callable[[], None],
        *,
        pace: Pace,
        on_latency: Callable[[str, float], None],
        on_alarm: Callable[[str], None],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """``hello(sitting, nonce)`` signs, or raises TurnedAway; ``connected`` is called on every new connection,
        and then ``hear`` with every message that comes in, a ``me`` first.
        """
        self._anonymous = anonymous
        self._member = member
        self._hello = hello
        self._heard = hear
        self._on_connected = connected
        self._pace = pace
        self._on_latency = on_latency
        self._on_alarm = on_alarm
        self._sleep = sleep
        self._clock = clock
        self._socket: ClientConnection | None = None
        self._connected = asyncio.Event()
        self._asking = asyncio.Lock()
        self._asked = ""
        self._answer: asyncio.Future[dict[str, Any]] | None = None

    async def stay_connected(self) -> None:
        """Be connected, and connect again whenever that ends, until cancelled."""
        attempt = 0
        while True:
            start = self._clock()
            try:
                async with self._anonymous.socket("/m", origin=self._anonymous.origin) as socket:
                    me = await self._greet(socket)
                    self._on_latency("hello", self._clock() - start)
                    attempt = 0
                    await self._listen(socket, me)
            except TurnedAway as refused:
                self._on_alarm(refused.code)
            except (*GONE, ValueError, KeyError, TypeError):
                pass  # it has gone, or talks like no server of ours: both may pass
            await self._sleep(self._pace.before_trying_again(attempt))
            attempt += 1

    async def ask(self, message: Mapping[str, object]) -> dict[str, Any]:
        """The answer to a message, sent as soon as there is a connection.

        Raises TurnedAway; or one of GONE when the connection ended before the answer: then ask again.
        """
        async with self._asking:  # one at a time: an error says only which type of message it answers
            await self._connected.wait()
            if self._socket is None:
                raise ConnectionResetError
            self._asked = str(message["type"])
            self._answer = asyncio.get_running_loop().create_future()
            start = self._clock()
            try:
                await self._socket.send(json.dumps(message, ensure_ascii=False))
                answer = await self._answer
            finally:
                self._answer = None
            self._on_latency(self._asked, self._clock() - start)
            return answer

    async def _greet(self, socket: ClientConnection) -> dict[str, Any]:
        nonce = await _receive(socket)
        if nonce["type"] == "nonce":
            sig = self._hello(nonce["sitting"], unb64(nonce["nonce"]))
            await socket.send(json.dumps({"type": "hello", "member": self._member, "sig": b64(sig)}))
            me = await _receive(socket)
            if me["type"] == "me":
                return me
            if me["type"] == "error":
                raise TurnedAway(me["code"])
        raise ValueError("not the order of our messages")

    async def _listen(self, socket: ClientConnection, me: dict[str, Any]) -> None:
        self._socket = socket
        self._connected.set()
        try:
            self._on_connected()
            self._heard(me)
            while True:
                self._hear(await _receive(socket))
        finally:
            self._socket = None
            self._connected.clear()
            if self._answer is not None and not self._answer.done():
                self._answer.set_exception(ConnectionResetError())

    def _hear(self, message: dict[str, Any]) -> None:
        self._heard(message)
        if self._answer is None or self._answer.done():
            return
        if message["type"] == _ANSWERS[self._asked]:
            self._answer.set_result(message)
        elif message["type"] == "error" and message.get("re") == self._asked:
            self._answer.set_exception(TurnedAway(message["code"]))


async def _receive(socket: ClientConnection) -> dict[str, Any]:
    async with asyncio.timeout(SILENCE):
        message = json.loads(await socket.recv())
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise ValueError("not one of our messages")
    return message
