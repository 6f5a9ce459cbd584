"""How long things took, as those in the hall would feel it: in milliseconds, with the slowest of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from math import ceil
from typing import TypedDict

ORDER = ("issue", "cast", "open_vote", "turnout", "result", "hand-back", "check", "join", "hello", "check_in")
"""What is measured, the most interesting first.

`issue`, `cast`, `open_vote`, `hand-back`, `check`, `join`, `hello`, `check_in`: a phone asks, and has its answer.
`turnout`: a phone has its receipt, and a screen shows a number that counts it (2 s at most in a secret ballot).
`result`: the box was opened on the server's clock, and a phone has the result.
"""


class Spread(TypedDict):
    count: int
    p50_ms: float
    p99_ms: float
    max_ms: float


class Latencies:
    def __init__(self) -> None:
        self._seconds: dict[str, array[float]] = {}

    def add(self, what: str, seconds: float) -> None:
        self._seconds.setdefault(what, array("d")).append(seconds)

    def spreads(self) -> dict[str, Spread]:
        known = {what: place for place, what in enumerate(ORDER)}
        found = sorted(self._seconds, key=lambda what: (known.get(what, len(known)), what))
        return {what: spread(self._seconds[what]) for what in found}


def spread(seconds: Sequence[float]) -> Spread:
    """Percentiles by nearest rank: each is a value that was measured."""
    sorted_ms = sorted(1000 * value for value in seconds)

    def at(share: float) -> float:
        return round(sorted_ms[ceil(share * len(sorted_ms)) - 1], 1)

    return Spread(count=len(sorted_ms), p50_ms=at(0.5), p99_ms=at(0.99), max_ms=at(1.0))


class Turnout:
    """From each receipt to the first number on a screen that counts it, ballot by ballot."""

    def __init__(self) -> None:
        self._receipts: dict[str, list[float]] = {}
        self._shown: dict[str, int] = {}

    def receipt(self, ballot: str, at: float) -> None:
        self._receipts.setdefault(ballot, []).append(at)

    def received(self, ballot: str) -> int:
        """How many receipts there are."""
        return len(self._receipts.get(ballot, ()))

    def shows(self, ballot: str, returned: int, at: float) -> Iterator[float]:
        """The seconds of the receipts that this number counts and none before did."""
        receipts, shown = self._receipts.get(ballot, []), self._shown.get(ballot, 0)
        counted = min(returned, len(receipts))
        yield from (at - receipts[index] for index in range(shown, counted))
        self._shown[ballot] = max(shown, counted)
