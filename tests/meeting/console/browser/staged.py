"""The real pages of the desks in a real browser, without a server: requests are answered by the routes in this process,
and the views come through a socket that the test holds the other end of."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, ConsoleMessage, Page, Route, ViewportSize, WebSocketRoute
from starlette.applications import Starlette
from starlette.testclient import TestClient

from display.pages import Pages
from meeting.console.access import Office
from meeting.console.pages import ConsolePages
from tests.display import enclosed
from tests.meeting.console.browser.desk import WIDE
from tests.meeting.console.played import AT
from tests.meeting.order.small_sitting import loaded

ROOT = Path(__file__).resolve().parents[4]
HOST = "http://localhost:9"


class StagedDesk:
    """One open desk: it is shown views, and what it orders is kept."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.orders: list[dict[str, Any]] = []
        self.complaints: list[str] = []
        """What the browser complained of: errors of scripts, and whatever the page's policy refused."""
        self.moves = False
        """Whether an order that was carried out shows in a later view, for which the desk has to wait."""
        self._socket: WebSocketRoute | None = None
        self._seq = 0

    def connected(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        socket.on_message(self._hear)

    def _hear(self, text: str | bytes) -> None:
        message = json.loads(text)
        self.orders.append(message["command"])
        assert self._socket is not None
        seq = self._seq + 1 if self.moves else 0
        self._socket.send(json.dumps({"type": "done", "id": message["id"], "seq": seq}))

    async def begin(self, link: str = "/console") -> None:
        """Open the page anew, and wait for its socket."""
        self._socket = None
        await self.page.goto(f"{HOST}{link}")
        await self.page.wait_for_function("document.readyState === 'complete'")
        while self._socket is None:
            await self.page.wait_for_timeout(20)

    async def show(self, view: dict[str, Any], *, leads: bool = True) -> None:
        """Push a view, and wait until it is drawn."""
        assert self._socket is not None, "the page has opened its socket"
        self._seq = int(view["seq"])
        self._socket.send(json.dumps({"type": "lead", "leading": leads}))
        self._socket.send(json.dumps({**view, "at": AT}))
        await self.page.locator("#console .work, #teller .rec").wait_for()
        await self.page.evaluate(
            "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"
        )

    async def look(
        self, view: dict[str, Any], act: Callable[[StagedDesk], Awaitable[None]] | None = None
    ) -> None:
        """A view on a fresh page, and what is done there."""
        await self.begin()
        await self.show(view)
        await self.page.evaluate("document.fonts.ready")
        if act is not None:
            await act(self)

    def heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


@asynccontextmanager
async def staged(
    browser: Browser, office: Office = Office.CHAIR, *, lang: str = "zh", size: ViewportSize = WIDE
) -> AsyncIterator[StagedDesk]:
    pages = Pages(
        {"display": ROOT / "display", "kiosk": ROOT / "kiosk", "console": ROOT / "meeting" / "console"}
    )
    desks = ConsolePages(pages, office_of=lambda token: office, now=lambda: AT, state=loaded)
    context = await browser.new_context(
        viewport=size, locale="zh-CN" if lang == "zh" else "en-GB", timezone_id="Asia/Shanghai"
    )
    with TestClient(
        Starlette(routes=[*desks.routes(), *enclosed.routes(), *pages.mounts()]), base_url=HOST
    ) as client:

        async def answer(route: Route) -> None:
            headers = {"accept-language": "zh" if lang == "zh" else "en", "cookie": "office=any"}
            got = client.get(route.request.url.removeprefix(HOST), headers=headers)
            kept = {name: value for name, value in got.headers.items() if name != "content-length"}
            await route.fulfill(status=got.status_code, headers=kept, body=got.content)

        page = await context.new_page()
        desk = StagedDesk(page)
        await page.route(f"{HOST}/**", answer)
        await page.route_web_socket("**/console/live", desk.connected)
        page.on("console", desk.heard)
        page.on("pageerror", lambda error: desk.complaints.append(str(error)))
        await desk.begin()
        try:
            yield desk
        finally:
            await context.close()
