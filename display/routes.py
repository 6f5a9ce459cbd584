"""The pages that everybody may open: the hall screen, the public page, the front door, the QR code to it.

A GET changes nothing: the code in a hall screen's link is used by the button that posts it.  What is on the screens
comes in as views; nothing is decided here.
"""

from __future__ import annotations

import asyncio
import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from display import first_paint, i18n, qr
from display.i18n import Said
from display.pages import HEADERS, Pages, language

View = Mapping[str, Any]
LARGEST_FORM = 1024
LONGEST_CODE = 64


class OpenPages:
    """The hall screen and what everybody may open, of one sitting."""

    def __init__(
        self,
        pages: Pages,
        *,
        admitted: Callable[[str], bool],
        hall_view: Callable[[], View],
        public_view: Callable[[], View],
        public_pledge: Callable[[str], View | None],
        url: str,
    ) -> None:
        """`admitted` tells whether a hall cookie's token is good (it may read a row); `url` is where members enter."""
        self._pages = pages
        self._admitted = admitted
        self._hall_view = hall_view
        self._public_view = public_view
        self._public_pledge = public_pledge
        self._code = qr.svg(qr.address(url))

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self._front),
            Route("/", self._with_card, methods=["POST"]),
            Route("/public", self._public),
            Route("/public/pledge/{matter}", self._pledge),
            Route("/join.svg", self._join),
            Route("/hall", self._hall),
            Route("/hall/enter", self._enter),
            Route("/hall/enter/{code}", self._enter),
        ]

    # --- hall ---

    async def _hall(self, request: Request) -> Response:
        token = request.cookies.get("hall")
        if token is None or not await asyncio.to_thread(self._admitted, token):
            return RedirectResponse("/hall/enter", 303, headers=HEADERS)
        view = self._hall_view()
        text = first_paint.lines(view["slide"], language(request))
        return self._pages.render(request, "display/hall.html", words=("hall.",), view=view, text=text)

    async def _enter(self, request: Request) -> Response:
        return self._door(request, code=request.path_params.get("code", ""))

    def refused(self, request: Request, error: Said) -> Response:
        """The hall's door again, with the sentence that says why it stayed shut."""
        said = i18n.text(language(request), f"error.{error.code}", **error.data)
        return self._door(request, refusal=said, status=403)

    def _door(self, request: Request, *, code: str = "", refusal: str = "", status: int = 200) -> Response:
        page = self._pages.render(
            request, "display/hall_enter.html", status=status, code=code, refusal=refusal
        )
        # Without it browsers call the form's origin "null", and over plain http say nothing else of where it is from.
        page.headers["referrer-policy"] = "same-origin"
        return page

    # --- everybody ---

    async def _front(self, request: Request) -> Response:
        return self._door_for_all(request)

    def _door_for_all(self, request: Request, *, refusal: str = "", status: int = 200) -> Response:
        view = self._public_view()
        return self._pages.render(
            request, "display/front.html", status=status, view=view, refusal=refusal, other=_other(request)
        )

    async def _with_card(self, request: Request) -> Response:
        """The code of a card, typed: to the page that its QR code opens.  Whether it is good is asked there."""
        code = await _typed(request)
        lang = language(request)
        if not code:
            return self._door_for_all(request, refusal=i18n.text(lang, "public.code-missing"), status=400)
        return RedirectResponse(f"/j/{quote(code, safe='')}?lang={lang}", 303, headers=HEADERS)

    async def _public(self, request: Request) -> Response:
        return self._pages.render(
            request,
            "display/public.html",
            words=("public.",),
            view=self._public_view(),
            other=_other(request),
        )

    async def _pledge(self, request: Request) -> Response:
        """What somebody who is carried has pledged; of anybody else not even that there is something."""
        pledge = self._public_pledge(request.path_params["matter"])
        page = self._pages.render(
            request,
            "display/public_pledge.html",
            status=404 if pledge is None else 200,
            view=self._public_view(),
            pledge=pledge,
            other=_other(request),
        )
        return page if pledge is None else _kept(request, page)

    async def _join(self, request: Request) -> Response:
        return Response(
            self._code,
            media_type="image/svg+xml",
            headers={"cache-control": "public, max-age=60", "x-content-type-options": "nosniff"},
        )


async def _typed(request: Request) -> str:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_FORM:
            return ""
    typed = parse_qs(body.decode("utf-8", "replace")).get("code", [""])[0]
    text = unicodedata.normalize("NFKC", typed).upper()
    return "".join(c for c in text if c.isalnum())[:LONGEST_CODE]


def _kept(request: Request, page: Response) -> Response:
    """A page that any cache may keep for a moment: the same text has the same name, and is not sent twice."""
    tag = '"' + hashlib.sha256(bytes(page.body)).hexdigest()[:24] + '"'
    page.headers.update({"etag": tag, "cache-control": "public, max-age=1", "vary": "accept-language"})
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"etag": tag, "cache-control": "public, max-age=1"})
    return page


def _other(request: Request) -> str:
    return "en" if language(request) == "zh" else "zh"
