"""`make pictures`: every state of every screen as a PNG in `build/pictures/`, for people to look at.

A module with `pictures(folder) -> list[Path]`, plain or async, takes part when it is named here.  Nothing is checked.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import sys
from pathlib import Path

SETS = {
    "console": "tests.meeting.console.browser.pictures",
    "desks": "tests.meeting.console.browser.gallery",
    "hall": "tests.display.browser.pictures",
    "phone": "tests.kiosk.browser.pictures",
}
FOLDER = Path(__file__).resolve().parent.parent / "build" / "pictures"


def write(name: str, folder: Path = FOLDER) -> list[Path]:
    """Write one set.  Returns the files."""
    made = importlib.import_module(SETS[name]).pictures(folder)
    files: list[Path] = asyncio.run(made) if inspect.iscoroutine(made) else made
    return files


def main(names: list[str]) -> None:
    for name in names or list(SETS):
        print(f"{name}: {len(write(name))} pictures in {FOLDER}")


if __name__ == "__main__":
    main(sys.argv[1:])
