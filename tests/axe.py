"""axe-core, kept in the repository for tests alone: what it finds wrong on a page of a browser.

`tests/vendor/axe-core/lock.json` names the npm package it was taken from and the hash of every file.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Page

FOLDER: Final = Path(__file__).parent / "vendor" / "axe-core"
TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
_RUN: Final = """async (tags) => {
  const runOnly = { type: 'tag', values: tags };
  const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, html, any, all, none }) =>
    ({ target, html, why: [...any, ...all, ...none].map((one) => one.message) })) }));
}"""


@cache
def program() -> str:
    """The text of axe.min.js.  Raises AssertionError when it is not the file that was locked."""
    locked = json.loads((FOLDER / "lock.json").read_text("utf-8"))["files"]
    for name, digest in locked.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest, name
    return (FOLDER / "axe.min.js").read_text("utf-8")


async def violations(page: Page) -> list[dict[str, Any]]:
    """Every violation of WCAG 2.2 AA and of good practice that axe finds."""
    if not await page.evaluate("typeof axe === 'object'"):
        # Text, not a script element: the page's own policy forbids those.
        await page.evaluate(program())
    found: list[dict[str, Any]] = await page.evaluate(_RUN, list(TAGS))
    return found
