"""The member's personal socket, ``WS /m``: who he is, what he is shown, and what he may do by name.

Signing in, collecting a ballot, voting by name, confirming a line in the published list, and what he says to the
chair: that he wants to speak, a question, a comment.  A secret ballot is never cast here: what lies in the box must not
have passed a socket that knows whose it is.  No line is logged about any single member or message.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol, assert_never

from starlette.responses import JSONResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from display.frames import canonical
from display.hub import Hub, Seat
from display.live import Line, line_to, push_until_gone
from kiosk.box_routes import Receipt
from kiosk.errors import BadHello, OpenedElsewhere, TooSlow, Unavailable, UnknownMessage, WrongOrigin
from kiosk.messages import AskToSpeak, Check, CheckIn, Hello, Issue, OpenVote, ReadPledges, Sent, What, parse
from kiosk.pace import Pace
from kiosk.refusal import Refused, refusal, status
from voting.signed import b64, hello_text, verify

_log: Final = logging.getLogger("kiosk")

CLOSE_REFUSED: Final = 1008
CLOSE_ELSEWHERE: Final = 4001
"""The page that gets this close code stays closed: two pages of one phone would push each other out for ever."""

_GOODBYE: Final = 1.0
"""Seconds for the last word to a socket that may be dead."""


class Desk(Protocol):
    """What a phone needs of the meeting."""

    def device_key(self, member: int) -> bytes | None:
        """The public key of the device that speaks for the member now; None for whoever has none."""
        ...

    def me(self, member: int) -> Mapping[str, object]:
        """What is the member's own and not in the shared view: his ``me`` message without its type."""
        ...

    def audience(self, member: int) -> str:
        """Which views he is shown: ``member``, or his part of the attendees."""
        ...

    async def check_in(self, member: int) -> None:
        """The member pressed sign-in.  May be repeated.  Raises a KioskError to refuse."""
        ...

    async def ask_to_speak(self, member: int, wanted: bool) -> None:
        """He asks for the floor, or takes that back.  Raises a KioskError to refuse."""
        ...

    def pledges(self, member: int, ballot: str) -> Sequence[Mapping[str, object]]:
        """The texts that one who is asked may read beside his paper.  Raises a KioskError to refuse."""
        ...

    async def send(self, member: int, what: What, text: str, item: int | None = None) -> None:
        """A text for the chair, about the current item or the one named.  Raises a KioskError to refuse."""
        ...


class Voters(Protocol):
    """What a phone needs of the box by name; `voting.box.Box` is one."""

    async def issue(self, member: int, ballot: str, blinded: bytes, sig: bytes) -> bytes: ...
    async def open_vote(self, member: int, ballot: str, body: bytes, sig: bytes) -> Receipt: ...
    async def confirm(self, member: int, ballot: str, sig: bytes) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class _Here:
    """A member's open socket."""

    seat: Seat
    leave: asyncio.Timeout


class Sessions:
    """The personal sockets of one sitting, at most one for each member."""

    def __init__(
        self,
        *,
        sitting: str,
        desk: Desk,
        box: Voters,
        hub: Hub,
        origins: Collection[str] = (),
        patience: float = 5.0,
        nonce: Callable[[], bytes] = lambda: secrets.token_bytes(32),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``origins`` are allowed beside the address under which the page itself was asked for."""
        self._sitting = sitting
        self._desk = desk
        self._box = box
        self._hub = hub
        self._origins = frozenset(origins)
        self._patience = patience
        self._nonce = nonce
        self._pace = Pace(clock)
        self._here: dict[int, _Here] = {}

    @property
    def connected(self) -> frozenset[int]:
        """The members whose phones are connected now."""
        return frozenset(self._here)

    def refresh(self, members: Iterable[int]) -> None:
        """Send those of them who are connected their ``me`` again.  Returns at once."""
        for member in members:
            if member in self._here:
                self._here[member].seat.tell(self._me(member))

    async def serve(self, websocket: WebSocket) -> None:
        """The endpoint: returns when the socket has ended."""
        if not same_origin(websocket.headers.get("origin"), websocket.headers.get("host"), self._origins):
            error = WrongOrigin()
            await websocket.send_denial_response(JSONResponse(refusal(error), status(error)))
            return
        try:
            await websocket.accept()
            member = await self._greet(websocket)
        except WebSocketDisconnect:
            return
        except Refused as error:
            await _end(websocket, refusal(error, "hello"), CLOSE_REFUSED)
            return
        await self._attend(websocket, line_to(websocket), member)

    async def _greet(self, websocket: WebSocket) -> int:
        """The member whose device answered the nonce.  Raises WebSocketDisconnect when it left instead."""
        nonce = self._nonce()
        await websocket.send_text(canonical({"type": "nonce", "nonce": b64(nonce), "sitting": self._sitting}))
        try:
            async with asyncio.timeout(self._patience):
                message = await websocket.receive()
        except TimeoutError:
            raise TooSlow from None
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect
        hello = parse(message.get("text") or message.get("bytes") or b"")
        if not isinstance(hello, Hello):
            raise UnknownMessage
        key = self._desk.device_key(hello.member)
        if key is None or not verify(key, hello_text(self._sitting, hello.member, nonce), hello.sig):
            raise BadHello
        return hello.member

    async def _attend(self, websocket: WebSocket, line: Line, member: int) -> None:
        try:
            async with (
                asyncio.timeout(None) as leave,
                self._hub.join(self._desk.audience(member), line, self._me(member)) as seat,
            ):
                here = _Here(seat, leave)
                before = self._here.get(member)
                self._here[member] = here
                if before is not None and not before.leave.expired():
                    before.leave.reschedule(asyncio.get_running_loop().time())
                try:
                    await push_until_gone(websocket, line, lambda text: self._hear(member, seat, text))
                finally:
                    if self._here.get(member) is here:
                        del self._here[member]
        except TimeoutError:
            try:
                async with asyncio.timeout(_GOODBYE):
                    await _end(websocket, refusal(OpenedElsewhere()), CLOSE_ELSEWHERE)
            except TimeoutError:
                line.abort()  # the phone changed networks, and the old connection is dead

    def _taken(self, member: int, seat: Seat, what: str) -> None:
        """What he said to the chair is durable; first what has become of it, so that his page knows when it hears."""
        seat.tell(self._me(member))
        seat.tell({"type": "sent", "what": what})

    async def _hear(self, member: int, seat: Seat, text: str) -> None:
        asked: str | None = None
        try:
            message = parse(text)
            match message:
                case CheckIn():
                    asked = "check_in"
                    await self._desk.check_in(member)
                    seat.tell(self._me(member))
                case Issue(ballot, blinded, sig):
                    asked = "issue"
                    blind_sig = await self._box.issue(member, ballot, blinded, sig)
                    seat.tell({"type": "issued", "ballot": ballot, "blind_sig": b64(blind_sig)})
                case OpenVote(ballot, body, sig):
                    asked = "open_vote"
                    receipt = await self._box.open_vote(member, ballot, body, sig)
                    signed = {"leaf": b64(receipt.leaf), "sig": b64(receipt.sig)}
                    seat.tell({"type": "receipt", "ballot": ballot, **signed})
                case Check(ballot, sig):
                    asked = "check"
                    await self._box.confirm(member, ballot, sig)
                    seat.tell({"type": "checked", "ballot": ballot})
                case AskToSpeak(wanted):
                    asked = "ask_to_speak" if wanted else "withdraw_request"
                    self._pace.admit(member)
                    await self._desk.ask_to_speak(member, wanted)
                    self._taken(member, seat, asked)
                case Sent(what, text, item):
                    asked = what
                    self._pace.admit(member)
                    await self._desk.send(member, what, text, item)
                    self._taken(member, seat, what)
                case ReadPledges(ballot):
                    asked = "pledges"
                    self._pace.admit(member)
                    texts = self._desk.pledges(member, ballot)
                    seat.tell({"type": "pledges", "ballot": ballot, "texts": texts})
                case Hello():
                    raise UnknownMessage  # once is enough
                case _:
                    assert_never(message)
        except Refused as error:
            seat.tell(refusal(error, asked))
        except Exception as error:
            # No traceback: it would carry the time at which this member collected a ballot, and his key.
            _log.error("unexpected: %s", type(error).__name__)
            seat.tell(refusal(Unavailable(), asked))

    def _me(self, member: int) -> dict[str, object]:
        return {"type": "me", **self._desk.me(member)}


async def beat_for_ever(hub: Hub, pause: Callable[[], Awaitable[None]] = lambda: asyncio.sleep(10)) -> None:
    """Let every screen hear that the house is alive.  Runs in the lifespan until it is cancelled."""
    while True:
        await pause()
        hub.beat()


def same_origin(origin: str | None, host: str | None, allowed: Collection[str]) -> bool:
    """Whether a page of ours opens the socket: one from the address it asks, or from an address we are known by.

    Browsers always say where a page is from, so a request without it is not taken for one of ours.
    """
    if origin is None:
        return False
    # Compared as text: an origin is written in one way only, and a parser would have to be trusted.
    return origin in allowed or (host is not None and origin in (f"http://{host}", f"https://{host}"))


async def _end(websocket: WebSocket, last_word: Mapping[str, object], code: int) -> None:
    with suppress(WebSocketDisconnect):  # it has gone already
        await websocket.send_text(canonical(last_word))
        await websocket.close(code)
