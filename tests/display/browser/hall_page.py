"""The real hall page in a real browser, without a server: its requests are answered by the routes in this process,
and the views come through a socket that the test holds the other end of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request, Route, WebSocketRoute, sync_playwright
from starlette.applications import Starlette
from starlette.testclient import TestClient

from display.pages import Pages
from display.routes import OpenPages
from tests.display import enclosed
from tests.display.gallery import pledge_text

ROOT = Path(__file__).resolve().parents[3]
HOST = "http://localhost:9"
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
]
PAGE_MS = 12_000
"""How long a page stands: paging.js's own figure."""
WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", (e) => violations.push(`${e.violatedDirective} ${e.blockedURI}`));
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield browser
        browser.close()


class HallPage:
    """One open hall screen."""

    def __init__(self, page: Page, troubles: list[str]) -> None:
        self.page = page
        self.troubles = troubles
        """What the browser complained of: console errors and exceptions."""
        self._socket: WebSocketRoute | None = None
        self._refusing = False
        self._seq = 100

    def connected(self, socket: WebSocketRoute) -> None:
        if self._refusing:
            socket.close()
        else:
            self._socket = socket

    def show(self, view: dict[str, Any]) -> None:
        """Push a view and wait until it stands there alone."""
        assert self._socket is not None, "the page has opened its socket"
        self._seq += 1
        self._socket.send(json.dumps({**view, "seq": self._seq}))
        self.page.wait_for_selector(f"#hall[data-seq='{self._seq}']")

    def pages(self, view: dict[str, Any], at: int) -> Iterator[tuple[int, int]]:
        """Show every page of the view, the first one at `at`: which it is, and when the next one would be due."""
        self.show({**view, "slide": {**view["slide"], "kind": "blank"}, "at": at})
        number, last = 0, 1
        while number < last:
            self.show({**view, "at": at})
            shown = self.page.get_attribute(".hall-stage:last-child", "data-page") or "1/1"
            number, last = map(int, shown.split("/"))
            at += PAGE_MS
            yield number, at

    def cut(self) -> None:
        assert self._socket is not None
        self._socket.close()

    def refuse(self) -> None:
        """Cut the line and let nobody in."""
        self._refusing = True
        self.cut()

    def accept(self) -> None:
        self._refusing = False

    @property
    def violations(self) -> list[str]:
        found: list[str] = self.page.evaluate("violations")
        return found


@contextmanager
def answering(
    views: Callable[[], dict[str, Any]], public: Callable[[], dict[str, Any]]
) -> Iterator[TestClient]:
    """The display package's own routes over views that are made up."""
    pages = Pages({"display": ROOT / "display"})
    routes = OpenPages(
        pages,
        admitted=lambda token: token == "good",
        hall_view=views,
        public_view=public,
        public_pledge=lambda matter: pledge_text() if matter == "N1" else None,
        url="https://vote.bailu.test",
    )
    app = Starlette(routes=[*routes.routes(), *enclosed.routes(), *pages.mounts()])
    with TestClient(app, base_url=HOST, follow_redirects=False) as client:
        client.cookies.set("hall", "good")
        yield client


@contextmanager
def open_page(
    browser: Browser,
    path: str,
    public: Callable[[], dict[str, Any]],
    *,
    width: int = 1280,
    height: int = 900,
    clock: bool = False,
    scripts: bool = True,
    asked: list[Request] | None = None,
) -> Iterator[tuple[Page, list[str]]]:
    """A page for everybody, and what its browser complained of.  `asked` gets the requests for the news."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        timezone_id="Asia/Shanghai",
        locale="zh-CN",
        java_script_enabled=scripts,
    )
    context.add_init_script(WATCH)
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    with answering(lambda: {}, public) as client:

        def answer(route: Route) -> None:
            local = route.request.url.removeprefix(HOST)
            if local == "/public.json":
                if asked is not None:
                    asked.append(route.request)
                text = json.dumps(public())
                etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:8]}"'
                if route.request.headers.get("if-none-match") == etag:
                    route.fulfill(status=304, headers={"etag": etag})
                else:
                    route.fulfill(body=text, headers={"etag": etag}, content_type="application/json")
                return
            response = client.get(local)
            route.fulfill(status=response.status_code, headers=dict(response.headers), body=response.content)

        page.route(f"{HOST}/**", answer)
        if clock:
            page.clock.install()
        page.goto(f"{HOST}{path}")
        yield page, troubles
    context.close()


@contextmanager
def hall_page(
    browser: Browser,
    first: dict[str, Any],
    *,
    lang: str = "zh",
    width: int = 1920,
    height: int = 1080,
    clock: bool = False,
    scripts: bool = True,
) -> Iterator[HallPage]:
    """`clock`: the page's time passes when the test says so.  The first view has been shown when the page is given."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        timezone_id="Asia/Shanghai",
        locale="zh-CN",
        reduced_motion="reduce",
        java_script_enabled=scripts,
    )
    context.add_init_script(WATCH)
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    hall = HallPage(page, troubles)
    with answering(lambda: first, lambda: {}) as client:

        def answer(route: Route) -> None:
            response = client.get(route.request.url.removeprefix(HOST))
            route.fulfill(status=response.status_code, headers=dict(response.headers), body=response.content)

        page.route(f"{HOST}/**", answer)
        page.route_web_socket("**/hall/live", hall.connected)
        if clock:
            page.clock.install()
        page.goto(f"{HOST}/hall?lang={lang}")
        if scripts:
            page.wait_for_selector(".hall-stage")
        yield hall
    context.close()
