"""What items of supervision are about: deputies' proposals in figures, an interpellation, a committee of inquiry.

Immutable and pure; the sitting file's own facts.  Rates are exact and rounded only where they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from meeting.order.text import Text


@dataclass(frozen=True, slots=True)
class ProposalFigures:
    """How the deputies' proposals (代表建议、批评和意见) were handled since the last report."""

    received: int
    answered: int
    solved: int
    """已解决, 已办结."""
    being_solved: int
    """正在解决, or planned."""
    supervised: int | None = None
    """主任会议督办件: those that the chairs' meeting presses for itself."""
    satisfied: int = 0
    basically_satisfied: int = 0
    not_satisfied: int = 0

    @property
    def asked(self) -> int:
        """So many deputies' opinions of the handling have come in."""
        return self.satisfied + self.basically_satisfied + self.not_satisfied

    @property
    def answer_rate(self) -> Fraction | None:
        """办复率."""
        return _share(self.answered, self.received)

    @property
    def completion_rate(self) -> Fraction | None:
        """办结率: solved, of those received."""
        return _share(self.solved, self.received)

    @property
    def satisfaction_rate(self) -> Fraction | None:
        """满意率: satisfied or basically satisfied, of the opinions that have come in."""
        return _share(self.satisfied + self.basically_satisfied, self.asked)


def _share(part: int, whole: int) -> Fraction | None:
    return None if whole == 0 else Fraction(part, whole)


class Manner(StrEnum):
    """How the organ answers, as the chairs' meeting has decided (监督法 53)."""

    ORAL = "oral"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Interpellation:
    """质询案: members jointly in writing, to an organ that has to answer (监督法 51-54; PROCEDURE.md R57)."""

    movers: tuple[str, ...]
    addressed: Text
    manner: Manner
    text: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class InquiryCommittee:
    """特定问题调查委员会, as it is proposed (监督法 55-57; PROCEDURE.md R58)."""

    chair: str
    vice_chairs: tuple[str, ...]
    members: tuple[str, ...]
    movers: tuple[str, ...] = ()
    """Members who propose it jointly; empty: the chairs' meeting does."""
