"""What has happened while a pledge was heard.  Facts, never changed."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.order.sitting import MatterId


@dataclass(frozen=True, slots=True)
class PledgePointTicked:
    matter: MatterId
    point: int
    """Its place in the rules, from 0."""
    done: bool = True
