"""The office's sockets and its sign-in: chair, clerk, tellers at `/console`, screens at `/hall`.

An order comes in, is parsed once, and is handed to the service with what the console had seen; its answer or its
refusal goes back under the order's number.  One console leads; the others watch until one takes over, explicitly.
Tellers lead nothing: they confirm at a desk of their own, and what they order no console may order in their place.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from display import i18n
from display.hub import Audience, Hub, Seat
from display.live import line_to, push_until_gone
from kiosk.session import same_origin
from meeting.console.access import Office
from meeting.console.errors import (
    ConsoleError,
    Failed,
    ForeignPage,
    MalformedCommand,
    NotActive,
    NotSignedIn,
    NotYourOffice,
)
from meeting.console.messages import Order, TakeOver, parse
from meeting.order.commands import OFFICE_COMMANDS, TELLER_COMMANDS, Command, RecordComment
from meeting.order.errors import OrderError
from voting.errors import VotingError

_log = logging.getLogger(__name__)

Refusal = (ConsoleError, OrderError, VotingError)
LARGEST_FORM = 4096
FORM_PATIENCE_S = 10.0
Shut = Callable[[Request, ConsoleError], Response]


class Conductor(Protocol):
    """What a console needs of the meeting."""

    async def obey(self, command: Command, expected_seq: int | None = None) -> int: ...


@dataclass(frozen=True, slots=True)
class Access:
    """The doors of the offices; each reads or writes rows when it is used."""

    redeem: Callable[[str], Awaitable[tuple[Office, str] | None]]
    office_of: Callable[[str], Office | None]


class Offices:
    """The consoles and hall screens of one sitting."""

    def __init__(
        self,
        *,
        conductor: Conductor,
        access: Access,
        hub: Hub,
        origins: Collection[str] = (),
        secure: bool = False,
        shut: Shut | None = None,
    ) -> None:
        """`origins` are allowed beside the address that was asked; `secure` marks the cookies for TLS only; `shut`
        makes the page that a browser is shown when it may not sign in, at the console or as a hall screen.
        """
        self._conductor = conductor
        self._access = access
        self._hub = hub
        self._origins = frozenset(origins)
        self._secure = secure
        self._shut = shut
        self._lead: Seat | None = None

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/console/sign-in", self._sign_in("/console"), methods=["POST"]),
            Route("/hall/sign-in", self._sign_in("/hall"), methods=["POST"]),
            WebSocketRoute("/console/live", self._console),
            WebSocketRoute("/hall/live", self._hall),
        ]

    def _sign_in(self, path: str) -> Callable[[Request], Awaitable[Response]]:
        async def sign_in(request: Request) -> Response:
            try:
                if not self._is_ours(request):
                    raise ForeignPage
                _, token = await self._redeem(request, path)
            except ConsoleError as error:
                if self._shut is not None and _is_read(request):
                    return self._shut(request, error)
                return JSONResponse(_refusal(error), 403, headers={"cache-control": "no-store"})
            answer = RedirectResponse(path, 303, headers={"cache-control": "no-store"})
            answer.set_cookie(
                "hall" if path == "/hall" else "office",
                token,
                path=path,
                httponly=True,
                samesite="strict",
                secure=self._secure,
            )
            return answer

        return sign_in

    def _is_ours(self, request: Request) -> bool:
        """Whether a page of ours sent the form.  No browser leaves the origin out; a rehearsal's robot may."""
        origin = request.headers.get("origin")
        if origin is None:
            return True
        if origin == "null":
            # So our own pages are announced, since they tell nobody where they are (no-referrer); the browser's
            # other word for it cannot be written by a page.
            return request.headers.get("sec-fetch-site") == "same-origin"
        return same_origin(origin, request.headers.get("host"), self._origins)

    async def _redeem(self, request: Request, path: str) -> tuple[Office, str]:
        body = b""
        try:
            async with asyncio.timeout(FORM_PATIENCE_S):
                async for part in request.stream():
                    body += part
                    if len(body) > LARGEST_FORM:
                        raise MalformedCommand(where="form")
        except (TimeoutError, ClientDisconnect):
            raise MalformedCommand(where="form") from None
        code = parse_qs(body.decode("ascii", "replace")).get("code", [""])[0]
        found = await self._access.redeem(code)
        if found is None or (found[0] is Office.HALL) != (path == "/hall"):
            raise NotSignedIn
        return found

    async def _hall(self, websocket: WebSocket) -> None:
        if await self._admit(websocket, "hall") is None:
            return
        await websocket.accept()
        line = line_to(websocket)
        async with self._hub.join(Audience.HALL, line):
            await push_until_gone(websocket, line)

    async def _console(self, websocket: WebSocket) -> None:
        office = await self._admit(websocket, "office")
        if office is None:
            return
        await websocket.accept()
        line = line_to(websocket)
        leads = office in {Office.CHAIR, Office.CLERK}
        audience = Audience.CONSOLE if leads else Audience.TELLER
        async with self._hub.join(audience, line) as seat:
            if office is Office.CHAIR and self._lead is None:
                self._lead = seat
            self._tell_lead(seat)
            try:
                await push_until_gone(websocket, line, lambda text: self._hear(office, seat, text))
            finally:
                if self._lead is seat:
                    self._lead = None

    async def _admit(self, websocket: WebSocket, cookie: str) -> Office | None:
        """The office of a socket that may be accepted; None when it was refused (and answered)."""
        token = websocket.cookies.get(cookie)
        allowed = same_origin(websocket.headers.get("origin"), websocket.headers.get("host"), self._origins)
        office = None
        if allowed and token is not None:
            office = await asyncio.to_thread(self._access.office_of, token)
        if office is None:
            error = NotSignedIn() if allowed else ForeignPage()
            await websocket.send_denial_response(JSONResponse(_refusal(error), 403))
        return office

    async def _hear(self, office: Office, seat: Seat, text: str) -> None:
        number: int | None = None
        try:
            message = parse(text, TELLER_COMMANDS if office is Office.TELLER else OFFICE_COMMANDS)
            match message:
                case TakeOver() if office is Office.TELLER:
                    raise NotYourOffice
                case TakeOver():
                    before, self._lead = self._lead, seat
                    if before is not None and before is not seat:
                        self._tell_lead(before)
                    self._tell_lead(seat)
                case Order(number, expected_seq, command):
                    # A teller confirms beside the chair; he takes the lead from nobody.
                    if office is not Office.TELLER and self._lead is not seat:
                        raise NotActive
                    seq = await self._conductor.obey(_signed(command, office), expected_seq)
                    seat.tell({"type": "done", "id": number, "seq": seq})
        except Refusal as error:
            if number is None and isinstance(error, ConsoleError):
                number = error.order
            seat.tell({**_refusal(error), "id": number})
        except Exception as error:
            # The service has read its journal again; this console keeps its seat and sees what is the case.
            _log.error("an order failed: %s", type(error).__name__)
            seat.tell({**_refusal(Failed()), "id": number})

    def _tell_lead(self, seat: Seat) -> None:
        seat.tell({"type": "lead", "leading": self._lead is seat})


def _signed(command: Command, office: Office) -> Command:
    """What goes on the record in somebody's place says which office has entered it, whatever the console said."""
    return replace(command, by=office.value) if isinstance(command, RecordComment) else command


def _is_read(request: Request) -> bool:
    """Whether a person reads the answer, in a browser."""
    return "text/html" in request.headers.get("accept", "")


def _refusal(error: ConsoleError | OrderError | VotingError) -> dict[str, object]:
    return {"type": "error", "code": error.code, "say": i18n.say(error)}
