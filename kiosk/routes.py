"""The addresses that phones know: joining, the personal socket, the box and the board.

Everything comes in as an argument and nothing is kept in the module, so two sittings may be served side by side.
The box's two routes must stay outside anything that reads a cookie, checks an origin or logs a request.
"""

import asyncio
import logging

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from kiosk.board_routes import Board
from kiosk.box_routes import Slot
from kiosk.errors import TooSlow, Unavailable
from kiosk.join import Door, printed
from kiosk.messages import MAX_BYTES, parse_join
from kiosk.refusal import Refused, refusal, status
from kiosk.session import Sessions
from voting.errors import Malformed, TooLarge
from voting.signed import b64

_PATIENCE = 10.0
_log = logging.getLogger("kiosk")


def kiosk_routes(*, door: Door, sessions: Sessions, slot: Slot, board: Board) -> list[BaseRoute]:
    """The routes of one sitting, for the application's list."""

    async def join(request: Request) -> Response:
        try:
            asked = parse_join(await _body(request))
            if printed(asked.code) != printed(request.path_params["code"]):
                raise Malformed  # the phone means one card and says two
            joined = await door.join(asked)
        except Refused as error:
            return JSONResponse(refusal(error), status(error), headers={"cache-control": "no-store"})
        except Exception as error:
            _log.error("unexpected: %s", type(error).__name__)
            answer = Unavailable()
            return JSONResponse(refusal(answer), status(answer), headers={"cache-control": "no-store"})
        return JSONResponse(
            {
                "sitting": joined.sitting,
                "member": joined.member,
                "name": joined.name,
                "board_key": b64(joined.board_key),
            },
            headers={"cache-control": "no-store"},
        )

    return [
        # A QR code that is all capitals holds more and prints larger: so the path may be capital too.
        Route("/j/{code}", join, methods=["POST"]),
        Route("/J/{code}", join, methods=["POST"]),
        WebSocketRoute("/m", sessions.serve),
        *slot.routes(),
        *board.routes(),
    ]


async def _body(request: Request) -> bytes:
    body = b""
    try:
        async with asyncio.timeout(_PATIENCE):
            async for part in request.stream():
                body += part
                if len(body) > MAX_BYTES:
                    raise TooLarge
    except TimeoutError:
        raise TooSlow from None
    except ClientDisconnect:
        raise Malformed from None  # nobody is there to read the answer
    return body
