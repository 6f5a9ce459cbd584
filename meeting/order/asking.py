"""What a vote asks, of whom, and by which majority: the plan of a paper, in the words of the sitting.

Immutable and pure.  `meeting.order.paper_of` makes the paper of it; counting is `voting`'s affair.  A key of an answer
(a grade, an option, a candidate) is its Chinese text, since that is what stands on the paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from meeting.order.text import Text

MEMBER_CLASS = "member"
"""The voter class of the members: theirs alone are votes that decide."""


class Visibility(StrEnum):
    SECRET = "secret"
    OPEN = "open"
    """By name, on the own device."""
    HANDS = "hands"
    """举手: totals are counted in the hall, typed in, and confirmed by a teller."""


class Base(StrEnum):
    """What a share is taken of (COUNTING.md 1)."""

    ALL_MEMBERS = "all_members"
    PRESENT = "present"
    ISSUED = "issued"
    RETURNED = "returned"
    VALID = "valid"


@dataclass(frozen=True, slots=True)
class Majority:
    """More than `share` of the base, or (`at_least`) that share itself; `share` is a fraction such as `1/2`."""

    base: Base = Base.ALL_MEMBERS
    share: str = "1/2"
    at_least: bool = False

    def needed(self, all_members: int, present: int) -> int | None:
        """The votes needed, as far as the roll alone tells; None where it depends on the ballots."""
        match self.base:
            case Base.ALL_MEMBERS:
                whole = all_members
            case Base.PRESENT:
                whole = present
            case _:
                return None
        line = Fraction(self.share) * whole
        reached = -(-line.numerator // line.denominator) if self.at_least else int(line) + 1
        return max(1, reached)


@dataclass(frozen=True, slots=True)
class MotionAsk:
    """Carried or not: for, against or abstain."""

    kind: Literal["motion"] = "motion"


@dataclass(frozen=True, slots=True)
class ShareBands:
    """The grade by the share of valid papers for `key` alone (PROCEDURE.md R60, 大悟 2005)."""

    key: str
    bands: tuple[tuple[str, str], ...]
    """Share at least, and the grade that it gives."""
    otherwise: str


@dataclass(frozen=True, slots=True)
class GradeAsk:
    """One grade of a scale, best first."""

    scale: tuple[Text, ...]
    bands: ShareBands | None = None
    """None: the first grade at which it and all better ones reach the majority."""
    kind: Literal["grade"] = "grade"
    passes: tuple[str, ...] = ()
    """The grades that pass, from the best on; empty: a grade concludes nothing (`meeting.order.conclusion`)."""
    decides: bool = False
    """Whether passing adopts the report."""


@dataclass(frozen=True, slots=True)
class Criterion:
    id: str
    title: Text
    weight: int = 1


@dataclass(frozen=True, slots=True)
class ScoreAsk:
    """A score sheet over criteria."""

    criteria: tuple[Criterion, ...]
    lowest: int = 0
    highest: int = 100
    step: int = 1
    trim: int = 0
    """So many of the highest and of the lowest scores of every criterion are left out."""
    pass_mark: int | None = None
    kind: Literal["score"] = "score"


@dataclass(frozen=True, slots=True)
class ElectionAsk:
    """Candidates for seats, in the order that the office has fixed (姓名笔画; never computed)."""

    seats: int
    candidates: tuple[str, ...]
    write_in: bool = False
    write_in_needs_opposition: bool = True
    kind: Literal["election"] = "election"


@dataclass(frozen=True, slots=True)
class SelectionAsk:
    """Choose so many of the options."""

    choose: int
    options: tuple[Text, ...]
    majority: bool = False
    """Whether an option must reach the majority as well."""
    kind: Literal["selection"] = "selection"
    reasons: tuple[Text, ...] = ()
    """Why each option is on the list, in their order; empty: no reasons are given."""


Ask = MotionAsk | GradeAsk | ScoreAsk | ElectionAsk | SelectionAsk


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who is asked: the members decide, every other class advises (PROCEDURE.md rows 9 to 11)."""

    voter_class: str = MEMBER_CLASS
    binding: bool = True


@dataclass(frozen=True, slots=True)
class VotePlan:
    """How a vote step asks: one paper with one or more questions, put to one or more electorates at once."""

    visibility: Visibility
    asks: tuple[Ask, ...] = (MotionAsk(),)
    electorates: tuple[Electorate, ...] = (Electorate(),)
    """The binding one first."""
    majority: Majority | None = None
    """None: that of the sitting's rules."""
    by_law_secret: bool = False
    """Nothing but a secret ballot will do (撤职, 监督法 62)."""


class RoundKind(StrEnum):
    RUN_OFF = "runoff"
    """再次投票: among the tied for what is left, most votes win (选举法 45)."""
    FURTHER = "further"
    """另行选举: for the seats left, again by majority (选举法 45)."""


@dataclass(frozen=True, slots=True)
class Contest:
    """What a later round of an election or selection is about."""

    kind: RoundKind
    places: int
    names: tuple[str, ...]
    after: str = ""
    """The poll whose result calls for this round."""
