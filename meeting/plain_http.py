"""Who may join and sign in without TLS: only phones of a sitting whose rules allow it, and whoever is on this machine.

A neighbour on plain http reads everything (BALLOT.md 6).  A proxy that ends TLS runs on this machine or forwards to a
server that has a certificate of its own.  The box's own routes are never wrapped: they read nothing of a connection.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from display import i18n
from kiosk.errors import KioskError

GUARDED = ("/j/", "/J/", "/m", "/material/")


class NeedsTls(KioskError):
    """This connection is not private."""

    code = "needs-tls"


class TlsOnly:
    """An application that is served over a private connection, or on this machine, and else explains itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _private(scope):
            await self._app(scope, receive, send)
            return
        error = NeedsTls()
        refusal = {"type": "error", "code": error.code, "say": i18n.say(error)}
        answer = JSONResponse(refusal, 403, headers={"cache-control": "no-store"})
        if scope["type"] == "websocket":
            await WebSocket(scope, receive, send).send_denial_response(answer)
        else:
            await answer(scope, receive, send)

    @classmethod
    def around(cls, routes: Sequence[BaseRoute], *, allowed: bool) -> list[BaseRoute]:
        """`routes`, with joining and signing in guarded unless the rules of the sitting allow plain http."""
        if not allowed:
            for route in routes:
                if isinstance(route, Route | WebSocketRoute) and route.path.startswith(GUARDED):
                    route.app = cls(route.app)
        return list(routes)


def _private(scope: Scope) -> bool:
    if scope["scheme"] in {"https", "wss"}:
        return True
    client: tuple[str, int] | None = scope.get("client")
    if client is None:
        return True  # a Unix socket: only a proxy on this machine can be there
    try:
        return ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return client[0] == "testclient"
