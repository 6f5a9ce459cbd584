"""The public board: ``GET /board`` and ``GET /board/ID``, one text for everybody, asked for without a name.

Nothing here knows a member.  What is handed out was published by the box, is serialised once, and is the same
bytes for whoever asks; the entries are not even read again.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kiosk.errors import NotYet
from kiosk.refusal import refusal, status
from voting import strict_json
from voting.board import Entry
from voting.errors import Malformed
from voting.signed import b64

_FROM: Final = re.compile(r"0|[1-9][0-9]{0,8}")


class Lists(Protocol):
    """The published lists of a ballot, sorted; ``unused`` is None until the hand-back is over."""

    @property
    def casts(self) -> Sequence[bytes]: ...
    @property
    def unused(self) -> Sequence[bytes] | None: ...


class Publisher(Protocol):
    """What the box publishes; `voting.box.Box` is one."""

    def board(self, since: int = 0) -> Sequence[Entry]: ...
    def leaves(self, ballot: str) -> Lists | None: ...


@dataclass(frozen=True, slots=True)
class _Page:
    body: bytes
    etag: str
    final: bool


class Board:
    """What was published, kept as bytes.  Entries are append-only and a list changes once, at its ``unused``."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._lines: list[bytes] = []
        self._pages: dict[str, _Page] = {}
        # By ballot: whether its hand-back is over.  A ballot that is not in here has no lists to ask for.
        self._ended: dict[str, bool] = {}

    def routes(self) -> list[BaseRoute]:
        return [Route("/board", self._entries), Route("/board/{ballot}", self._leaves)]

    def _catch_up(self) -> None:
        for entry in self._publisher.board(len(self._lines)):
            match entry.body:
                case {"kind": "result", "ballot": str(ballot), "cast_root": str()}:
                    self._ended[ballot] = False
                case {"kind": "unused", "ballot": str(ballot)}:
                    self._ended[ballot] = True
                    self._pages.pop(ballot, None)
            self._lines.append(entry.line().encode() + b"\n")

    async def _entries(self, request: Request) -> Response:
        since = request.query_params.get("from", "0")
        if not _FROM.fullmatch(since):
            return _refused(Malformed())
        self._catch_up()
        return Response(
            b"".join(self._lines[int(since) :]),
            media_type="application/x-ndjson",
            headers={"cache-control": "no-cache"},
        )

    async def _leaves(self, request: Request) -> Response:
        self._catch_up()
        page = self._page(request.path_params["ballot"])
        if page is None:
            return _refused(NotYet())
        headers = {
            "etag": page.etag,
            # The first list is asked for again when the second is out; that one stays for ever.
            "cache-control": "public, max-age=31536000, immutable" if page.final else "no-cache",
        }
        if page.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(page.body, media_type="application/json", headers=headers)

    def _page(self, ballot: str) -> _Page | None:
        if ballot not in self._ended:
            return None
        if ballot not in self._pages:
            lists = self._publisher.leaves(ballot)
            if lists is None:
                return None
            body = strict_json.write(
                {
                    "ballot": ballot,
                    "casts": [b64(leaf) for leaf in lists.casts],
                    "unused": None if lists.unused is None else [b64(leaf) for leaf in lists.unused],
                }
            ).encode()
            etag = f'"{b64(hashlib.sha256(body).digest()[:15])}"'
            self._pages[ballot] = _Page(body, etag, lists.unused is not None)
        return self._pages[ballot]


def _refused(error: NotYet | Malformed) -> Response:
    return JSONResponse(refusal(error), status(error), headers={"cache-control": "no-store"})
