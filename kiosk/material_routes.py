"""What a phone reads of the materials: a text under a name that only members' phones are told.

It is fetched when a member opens it and is in no view, so that three thousand phones are not sent what few of them
read.  What is no material of ours is the same 404, whatever was asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from display.frames import canonical
from display.pictures import HEADERS

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def path(token: str) -> str:
    """Where a phone reads the material of a token."""
    return f"/material/{token}"


def material_routes(find: Callable[[str], Mapping[str, object] | None]) -> list[BaseRoute]:
    """The route; `find` makes the document of a well-formed token, None where there is none."""

    async def material(request: Request) -> Response:
        token = request.path_params["token"]
        found = find(token) if _TOKEN.fullmatch(token) else None
        if found is None:
            return PlainTextResponse("Not Found", 404, headers={**HEADERS, "cache-control": "no-store"})
        headers = {**HEADERS, "cache-control": "private, max-age=3600, immutable"}
        return Response(canonical(found), media_type="application/json", headers=headers)

    return [Route(path("{token}"), material)]
