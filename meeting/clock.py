"""The only place that reads the time.  Everything else takes the time as an argument or a `Clock`."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Wall time for the record, and waiting for the service; tests use one that they turn by hand."""

    def now(self) -> int:
        """Milliseconds since 1970, UTC."""

    async def wait(self, seconds: float) -> None:
        """Return after `seconds`."""


class SystemClock:
    def now(self) -> int:
        return time.time_ns() // 1_000_000

    async def wait(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
