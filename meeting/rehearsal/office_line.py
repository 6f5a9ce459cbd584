"""An office's end of its socket: it signs in with a one-time link, hears the views, gives orders, and comes back.

For the chair, the tellers and the hall screen of a rehearsal.  It understands no view; after a break it shows none
until the server has sent a new one, so that nobody acts on a picture of the past.
"""

from __future__ import annotations

import asyncio
import http.client
import itertools
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from kiosk.anonymous import GONE, Anonymous
from meeting.console.access import Office
from meeting.rehearsal.failures import NoSignIn

SILENCE_S = 25.0
"""Without a word, not even a beat, a connection is dead."""
ANSWER_S = 15.0
LARGEST_VIEW = 64 * 1024 * 1024

View = Mapping[str, Any]
NewLink = Callable[[Office], Awaitable[str]]
"""Makes a one-time code for an office."""


@dataclass(frozen=True, slots=True)
class Done:
    seq: int


@dataclass(frozen=True, slots=True)
class Refused:
    code: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection went before the answer: whether the order was carried out the next view will say."""


class OfficeLine:
    """One desk's connection.  Run `stay_connected` beside whatever uses it."""

    def __init__(
        self,
        server: Anonymous,
        office: Office,
        new_link: NewLink,
        *,
        hear: Callable[[View], None] = lambda view: None,
    ) -> None:
        """`hear` is called with every view as it comes in."""
        self.view: View | None = None
        """The newest view of the present connection."""
        self.views = 0
        """How many views have come in so far."""
        self.viewed_at = asyncio.get_running_loop().time()
        """When the newest view came in, in the loop's time."""
        self.leading = False
        self.heard_at = asyncio.get_running_loop().time()
        """When the server was last heard of, in the loop's time."""
        self._server = server
        self._office = office
        self._path = "/hall" if office is Office.HALL else "/console"
        self._cookie = "hall" if office is Office.HALL else "office"
        self._new_link = new_link
        self._hear_view = hear
        self._token: str | None = None
        self._socket: ClientConnection | None = None
        self._changed = asyncio.Event()
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Done | Refused | Lost]] = {}

    async def stay_connected(self) -> None:
        """Be connected, and connect again whenever that ends, until cancelled.  Raises NoSignIn."""
        attempt = 0
        while True:
            try:
                if self._token is None:
                    self._token = await self._sign_in()
                async with self._connect(self._token) as socket:
                    attempt = 0
                    await self._listen(socket)
            except InvalidStatus as refused:
                if refused.response.status_code == 403:
                    self._token = None  # the session is not known: a new one is needed
            except (*GONE, TimeoutError, http.client.HTTPException, ValueError, KeyError):
                pass  # gone, or no server of ours for the moment: both may pass
            await asyncio.sleep(min(2.0, 0.1 * 2 ** min(attempt, 5)))
            attempt += 1

    # --- what the desk does ---

    async def look(self, after: int, within: float) -> bool:
        """Wait until more than `after` views have come in and the newest is of this connection; False: too long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self.views <= after or self.view is None:
                    await self._changed.wait()
                return True
        return False

    async def order(self, command: Mapping[str, object], expected_seq: int) -> Done | Refused | Lost:
        """Give an order that was decided on a view with `expected_seq`."""
        number = next(self._numbers)
        answer: asyncio.Future[Done | Refused | Lost] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        try:
            await self._say(
                {"type": "command", "id": number, "expected_seq": expected_seq, "command": command}
            )
            async with asyncio.timeout(ANSWER_S):
                return await answer
        except (*GONE, TimeoutError):
            return Lost()
        finally:
            del self._answers[number]

    async def take_over(self) -> None:
        """Lead the sitting from this desk."""
        with suppress(*GONE):
            await self._say({"type": "take_over"})

    async def _say(self, message: Mapping[str, object]) -> None:
        if self._socket is None:
            raise ConnectionResetError
        await self._socket.send(json.dumps(message, ensure_ascii=False))

    # --- the connection ---

    async def _sign_in(self) -> str:
        code = await self._new_link(self._office)
        origin = self._server.origin
        token = await asyncio.to_thread(_post_code, origin, f"{self._path}/sign-in", code, self._cookie)
        if token is None:
            raise NoSignIn(office=self._office.value)
        return token

    def _connect(self, token: str) -> connect:
        return connect(
            f"{self._server.sockets}{self._path}/live",
            origin=self._server.origin,  # type: ignore[arg-type]  # a NewType of str
            additional_headers={"Cookie": f"{self._cookie}={token}"},
            ssl=self._server.tls,
            compression=None,
            user_agent_header=None,
            proxy=None,
            ping_interval=None,
            open_timeout=ANSWER_S,
            close_timeout=1,
            max_size=LARGEST_VIEW,
        )

    async def _listen(self, socket: ClientConnection) -> None:
        self._socket = socket
        try:
            while True:
                async with asyncio.timeout(SILENCE_S):
                    message = json.loads(await socket.recv())
                self.heard_at = asyncio.get_running_loop().time()
                self._hear(message)
        finally:
            self._socket, self.view, self.leading = None, None, False
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_result(Lost())

    def _hear(self, message: dict[str, Any]) -> None:
        match message:
            case {"type": "view"}:
                self.view = message
                self.views += 1
                self.viewed_at = self.heard_at
                self._hear_view(message)
                self._tell_all()
            case {"type": "lead", "leading": bool(leading)}:
                self.leading = leading
                self._tell_all()
            case {"type": "done", "id": int(number), "seq": int(seq)}:
                self._answer(number, Done(seq))
            case {"type": "error", "id": int(number), "code": str(code)}:
                self._answer(number, Refused(code))
            case {"type": "error", "code": str(code)}:
                for waiting in self._answers:  # an order that could not even be read has no number
                    self._answer(waiting, Refused(code))
            case _:
                pass  # a beat

    def _answer(self, number: int, answer: Done | Refused) -> None:
        waiting = self._answers.get(number)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    def _tell_all(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


def _post_code(origin: str, path: str, code: str, cookie: str) -> str | None:
    """The token of a new session, or None where the code was refused."""
    parts = urlsplit(origin)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=ANSWER_S)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin}
        connection.request("POST", path, urlencode({"code": code}), headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status >= 500:
            raise http.client.HTTPException(answer.status)
        jar = SimpleCookie(answer.headers.get("set-cookie", ""))
        return jar[cookie].value if cookie in jar else None
    finally:
        connection.close()
