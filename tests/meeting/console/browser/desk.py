"""A console in Chromium, as a person uses it: presses what it shows, and waits until it shows something else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, ConsoleMessage, Page, ViewportSize, expect

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
EXECUTABLE = "/usr/bin/chromium"
WIDE: ViewportSize = {"width": 1440, "height": 900}
SMALL: ViewportSize = {"width": 1280, "height": 720}


@dataclass
class Desk:
    page: Page
    complaints: list[str] = field(default_factory=list)
    """What the browser complained of: errors of scripts, and whatever the page's policy refused."""

    @classmethod
    async def enter(cls, browser: Browser, link: str, *, lang: str = "zh", size: ViewportSize = WIDE) -> Desk:
        context = await browser.new_context(
            viewport=size, locale="zh-CN" if lang == "zh" else "en-GB", timezone_id="Asia/Shanghai"
        )
        desk = cls(await context.new_page())
        desk.page.on("console", desk._heard)
        desk.page.on("pageerror", lambda error: desk.complaints.append(str(error)))
        await desk.page.goto(link)
        await desk.page.get_by_role("button").click()
        await desk.page.locator("#now, .rec").first.wait_for()
        return desk

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    @property
    def primary(self) -> Any:
        return self.page.locator("#primary")

    async def word(self) -> str:
        """The state, as the pill says it."""
        return await self.page.locator("#now").inner_text()

    async def heading(self) -> str:
        return await self.page.locator(".work h1").inner_text()

    async def where(self) -> str:
        """What tells one moment of the sitting from another."""
        name = await self.primary.get_attribute("data-name")
        label = await self.primary.inner_text()
        return f"{await self.heading()}/{await self.word()}/{name}/{label.splitlines()[0]}"

    async def press(self) -> None:
        """Press the primary button; what cannot be taken back is confirmed with Ctrl and Enter."""
        await expect(self.primary).to_be_enabled(timeout=20_000)
        before = await self.where()
        # Asked before the click: after it the button may already be the next one.
        confirm = await self.primary.get_attribute("data-confirm")
        await self.primary.click()
        if confirm:
            await self.page.locator("dialog[open] [data-sure]").wait_for()
            await self.page.keyboard.press("Control+Enter")
        await self.until_not(before)

    async def until_not(self, before: str) -> None:
        await self.page.wait_for_function(
            """before => {
                const text = (id) => document.querySelector(id).innerText;
                const primary = document.getElementById("primary");
                const label = primary.innerText.split("\\n")[0];
                const now = `${text(".work h1")}/${text("#now")}/${primary.dataset.name}/${label}`;
                return now !== before && !document.querySelector("dialog[open]");
            }""",
            arg=before,
            timeout=20_000,
        )

    async def until(self, word: str) -> None:
        """Wait until the pill says `word`."""
        await expect(self.page.locator("#now")).to_have_text(word, timeout=25_000)

    async def act(self, name: str) -> None:
        """Press one of the buttons beside the primary one."""
        await self.page.locator(f'.sec [data-act="{name}"]').click()

    async def member(self, number: int, act: str) -> None:
        """Record something of a member; the roll has to be shown."""
        await self.page.locator(f'[data-member="{number}"]').click()
        await self.page.locator(f'dialog [data-act="{act}"]').click()

    async def record(self, **fields: str) -> None:
        """Fill the form in the dialog and hand it in."""
        for name, value in fields.items():
            await self.page.locator(f'dialog [name="{name}"]').fill(value)
        await self.page.keyboard.press("Control+Enter")
        await expect(self.page.locator("dialog")).not_to_have_attribute("open", "", timeout=5_000)
