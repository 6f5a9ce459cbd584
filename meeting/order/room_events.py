"""What has happened about who leads the sitting."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.order.sitting import MemberNo


@dataclass(frozen=True, slots=True)
class ChairHandedOver:
    to: MemberNo
