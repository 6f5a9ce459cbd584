"""The pages of the offices: the console, the tellers' page, and the door before them.

Which page an address shows is the session's affair: chair and clerk get the console, tellers their page, everybody
else the door.  A GET changes nothing: a link's code is used up only by the button that posts it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from display import i18n
from display.pages import Pages, language
from meeting.console.access import Office
from meeting.console.certificates import certificates, particulars
from meeting.console.errors import ConsoleError
from meeting.order.state import State


class ConsolePages:
    def __init__(
        self,
        pages: Pages,
        *,
        office_of: Callable[[str], Office | None],
        now: Callable[[], int],
        state: Callable[[], State],
    ) -> None:
        """`office_of` reads a session's row; `now` is the sitting's clock, ms since 1970, UTC; `state` is as of now."""
        self._pages = pages
        self._office_of = office_of
        self._now = now
        self._state = state

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/console", self._console),
            Route("/console/certificates", self._certificates),
            Route("/console/enter/{code}", self._enter),
        ]

    async def _office(self, request: Request) -> Office | None:
        token = request.cookies.get("office")
        return None if token is None else await asyncio.to_thread(self._office_of, token)

    async def _certificates(self, request: Request) -> Response:
        """For the printer beside the chair or the clerk; where there is nothing to print, the sentence that says so."""
        if await self._office(request) not in {Office.CHAIR, Office.CLERK}:
            return self._door(request, status=403)
        state = self._state()
        return self._pages.render(
            request,
            "console/certificates.html",
            sheets=certificates(state),
            paper=particulars(state.plan),
            sheet=f"{self._pages.static}/console/certificates.css",
        )

    async def _console(self, request: Request) -> Response:
        office = await self._office(request)
        if office is None or office is Office.HALL:
            return self._door(request)
        page = "teller" if office is Office.TELLER else "console"
        return self._pages.render(
            request, f"console/{page}.html", words=("console.", "hall."), office=office.value, now=self._now()
        )

    async def _enter(self, request: Request) -> Response:
        """The page behind a link: it shows a button, and the button uses the link up."""
        return self._door(request, code=request.path_params["code"])

    def refused(self, request: Request, error: ConsoleError) -> Response:
        """The door again, with the sentence that says why it stayed shut."""
        said = i18n.text(language(request), f"error.{error.code}", **error.data)
        return self._door(request, refusal=said, status=403)

    def _door(self, request: Request, *, code: str = "", refusal: str = "", status: int = 200) -> Response:
        other = "en" if language(request) == "zh" else "zh"
        path = f"/console/enter/{quote(code)}" if code else "/console"
        page = self._pages.render(
            request,
            "console/door.html",
            status=status,
            code=code,
            refusal=refusal,
            other=f"{path}?lang={other}",
        )
        # With no-referrer a browser posts the form with the origin "null", and over plain http says nothing else
        # of where it comes from.
        page.headers["referrer-policy"] = "same-origin"
        return page
