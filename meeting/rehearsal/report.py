"""What a rehearsal comes to: results, latencies, what was expected and what was not so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from meeting.order.sitting import MemberNo, Text
from meeting.rehearsal.comparison import Check
from meeting.rehearsal.latency import Spread
from meeting.rehearsal.watchers import Slide


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    sitting: str
    members: int
    seconds: float
    ended: bool
    """The board has its `end` entry, and the phones have seen it."""
    results: Sequence[Mapping[str, Any]]
    """As `session-day results` prints them."""
    latencies: Mapping[str, Spread]
    checks: Sequence[Check] = ()
    """What the script foretold; nothing where it does not apply."""
    not_held: Sequence[tuple[int, Text]] = ()
    """Item and title of the votes that were walked through."""
    alarms: Sequence[tuple[MemberNo, str]] = ()
    contradictions: Sequence[str] = ()
    """Codes of ballots that hall and teller showed differently."""
    codes: Sequence[str] = ()
    """The ballots' codes as the hall showed them."""
    hall: Sequence[Slide] = field(default_factory=tuple, repr=False)
    """Every result as the hall showed it last."""

    @property
    def differences(self) -> Sequence[Check]:
        return [check for check in self.checks if not check.holds]

    @property
    def as_expected(self) -> bool:
        return self.ended and not self.differences and not self.alarms and not self.contradictions

    def data(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {"results": list(self.results), "latencies": dict(self.latencies)}
