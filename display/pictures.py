"""Pictures that stand on slides, each under a name that nobody can guess.

Whoever was shown a slide may fetch its picture; nobody else can find it, or learn that there is one: what is no
picture of ours is the same 404, whatever was asked.  Where pictures are kept is the caller's affair.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
"""256 random bits in base64url."""
HEADERS: Final = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}


@dataclass(frozen=True, slots=True)
class Picture:
    media_type: str
    content: bytes = field(repr=False)


def path(token: str) -> str:
    """Where the picture of a token is served."""
    return f"/photo/{token}"


class Pictures:
    def __init__(self, find: Callable[[str], Picture | None]) -> None:
        """`find` looks a well-formed token up; it may read a row, and is not called in the loop."""
        self._find = find

    def routes(self) -> list[BaseRoute]:
        return [Route(path("{token}"), self._picture)]

    async def _picture(self, request: Request) -> Response:
        token = request.path_params["token"]
        found = await asyncio.to_thread(self._find, token) if _TOKEN.fullmatch(token) else None
        if found is None:
            return PlainTextResponse("Not Found", 404, headers={**HEADERS, "cache-control": "no-store"})
        headers = {**HEADERS, "cache-control": "private, max-age=3600, immutable"}
        return Response(found.content, media_type=found.media_type, headers=headers)
