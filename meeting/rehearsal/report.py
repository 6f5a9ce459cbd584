"""What a rehearsal comes to: results, latencies, what was expected and what was not so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from meeting.order.sitting import MemberNo
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

    def checks_of(self, poll: Mapping[str, Any]) -> Sequence[Check]:
        """What the script foretold of one of `results`."""
        asked = (poll["item"], poll["matter"], poll["round"], poll["voter_class"])
        return [
            check
            for check in self.checks
            if (check.item, check.matter, check.round, check.voter_class) == asked
        ]

    @property
    def as_expected(self) -> bool:
        return self.ended and not self.differences and not self.alarms and not self.contradictions

    def data(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {"results": list(self.results), "latencies": dict(self.latencies)}
