"""The public page is some seconds behind the hall, so that those who sit in it hear a result first (SCREENS.md b.8).

Keeps what was shown lately and when, and says what the public may see now.  It reads no clock and knows no sitting.
"""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Behind(Generic[T]):
    """What was shown, `delay_ms` later."""

    def __init__(self, delay_ms: int) -> None:
        self._delay_ms = delay_ms
        self._kept: deque[tuple[int, T]] = deque()

    def put(self, at: int, shown: T) -> None:
        """`shown` holds from `at` on, in ms; times never run back."""
        self._kept.append((at, shown))
        self._forget(at)

    def get(self, at: int) -> T | None:
        """What held `delay_ms` before `at`, or the first there was; None: there was nothing yet.

        After a restart the first is what holds now: a page that is empty for some seconds would help nobody.
        """
        self._forget(at)
        return self._kept[0][1] if self._kept else None

    def _forget(self, at: int) -> None:
        while len(self._kept) > 1 and self._kept[1][0] <= at - self._delay_ms:
            self._kept.popleft()
