"""Videos that stand on slides, each under a name that nobody can guess; a browser asks for them piece by piece.

As with pictures: what is no video of ours is the same 404, whatever was asked.  Where they lie is the caller's affair.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from display.pictures import HEADERS

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def path(token: str) -> str:
    """Where the video of a token is served."""
    return f"/video/{token}"


class Videos:
    def __init__(self, find: Callable[[str], tuple[Path, str] | None]) -> None:
        """`find` knows the file and the media type of a well-formed token."""
        self._find = find

    def routes(self) -> list[BaseRoute]:
        return [Route(path("{token}"), self._video)]

    async def _video(self, request: Request) -> Response:
        token = request.path_params["token"]
        found = self._find(token) if _TOKEN.fullmatch(token) else None
        if found is None or not await asyncio.to_thread(found[0].is_file):
            return PlainTextResponse("Not Found", 404, headers={**HEADERS, "cache-control": "no-store"})
        headers = {**HEADERS, "cache-control": "private, max-age=3600, immutable"}
        return FileResponse(found[0], media_type=found[1], headers=headers)
