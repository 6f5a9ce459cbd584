"""Members with real browsers in their hands, and what can be seen over their shoulders and on their lines."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, Protocol

from playwright.async_api import Browser, BrowserContext, Page, WebSocket, async_playwright, expect

ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A name that is not this machine's own, without any name server.
    "--host-resolver-rules=MAP hall.test 127.0.0.1",
)
PHONE: Final = {"width": 390, "height": 844}
NO_SUBTLE: Final = "Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });"

# What a page keeps: both storages of the tab and every record of its databases.
_KEPT: Final = """async () => {
  const kept = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  const asked = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  for (const { name } of await indexedDB.databases()) {
    const database = await asked(indexedDB.open(name));
    const all = await asked(database.transaction('records').objectStore('records').getAll());
    kept.push(...all.map((one) => JSON.stringify(one)));
    database.close();
  }
  return kept.join('\\n');
}"""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


class Hosted(Protocol):
    """A sitting that is served somewhere, as far as a card leads to it."""

    @property
    def url(self) -> str: ...
    @property
    def board_key(self) -> str: ...
    def card(self, member: int) -> str: ...


class Member:
    """One member's phone."""

    def __init__(self, number: int, context: BrowserContext, page: Page) -> None:
        self.number = number
        self.context = context
        self.page = page
        self.said: list[str] = []
        """What the page wrote into its console; it has nothing to say."""
        self.boxed: list[str] = []
        """Every text that went to the ballot box."""
        self.taps = 0
        page.on("console", lambda message: self._hear(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("websocket", self._listen)

    def _hear(self, text: str) -> None:
        # What every browser says of a page without TLS.
        if not text.startswith("The Cross-Origin-Opener-Policy header has been ignored"):
            self.said.append(text)

    def _listen(self, socket: WebSocket) -> None:
        if socket.url.endswith("/box"):
            socket.on("framesent", lambda text: self.boxed.append(str(text)))

    @classmethod
    async def arrive(
        cls, browser: Browser, number: int, *, script: str = "", locale: str = "zh-CN", **options: Any
    ) -> Member:
        context = await browser.new_context(locale=locale, viewport=PHONE, has_touch=True, **options)  # type: ignore[arg-type]
        if script:
            await context.add_init_script(script)
        return cls(number, context, await context.new_page())

    async def scan(self, served: Hosted, *, card: int | None = None, host: str = "") -> None:
        """Open the link on a card: his own, unless another is given."""
        url = served.url.replace("127.0.0.1", host) if host else served.url
        code = served.card(card or self.number)
        await self.page.goto(f"{url}/j/{code}#k={served.board_key}")

    async def enter(self, served: Hosted, host: str = "") -> None:
        await self.scan(served, host=host)
        await self.tap("进入会议")

    async def sign_in(self, served: Hosted) -> None:
        await self.enter(served)
        await self.tap(f"我是成员{self.number}，签到")
        await self.reads("您已签到")

    async def tap(self, words: str) -> None:
        """A button, by its words."""
        await self.page.get_by_role("button", name=words, exact=True).click()
        self.taps += 1

    async def choose(self, word: str) -> None:
        await self.page.get_by_role("radio", name=word, exact=True).click()
        self.taps += 1

    async def vote(self, word: str) -> None:
        await self.sees("决定任命甲", "任命甲为局长", "通过监票人名单")
        await self.choose(word)
        await self.tap("核对")
        await self.tap("确认提交")

    async def sees(self, *headings: str) -> str:
        """Wait until the heading is one of these; which."""
        heading = self.page.locator("h1:visible")
        await expect(heading).to_have_text(_any(headings), timeout=25_000)
        return await heading.inner_text()

    async def reads(self, text: str) -> None:
        """Wait until it can be seen."""
        await expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible(timeout=25_000)

    async def may(self, words: str) -> None:
        """Wait until this button can be pressed."""
        await expect(self.page.get_by_role("button", name=words, exact=True)).to_be_enabled(timeout=25_000)

    async def reload(self) -> None:
        await self.page.reload()

    async def focus(self) -> str:
        focus: str = await self.page.evaluate("document.activeElement.tagName")
        return focus

    async def hide(self, hidden: bool) -> None:
        """Another application is in front, as the page is told of it."""
        await self.page.evaluate(
            """(hidden) => {
              Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true });
              document.dispatchEvent(new Event('visibilitychange'));
            }""",
            hidden,
        )

    async def kept(self) -> str:
        kept: str = await self.page.evaluate(_KEPT)
        return kept

    async def body(self) -> str:
        body: str = await self.page.evaluate("document.body.outerHTML")
        return body

    @property
    def casts(self) -> list[dict[str, Any]]:
        return [json.loads(json.loads(text)["body"]) for text in self.boxed]


def _any(headings: tuple[str, ...]) -> Any:
    import re

    return re.compile("|".join(f"^{re.escape(heading)}$" for heading in headings))
