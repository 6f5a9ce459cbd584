"""The order about a pledge that is being heard.  Data without methods."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.order.sitting import MatterId


@dataclass(frozen=True, slots=True)
class TickPledgePoint:
    """The pledge has spoken of a point, or (`done` false) the tick is taken back; `point` counts from 0."""

    matter: MatterId
    point: int
    done: bool = True
