"""The roll in numbers, and what share of it a majority asks for.  Pure; exact fractions, nothing is rounded.

A majority knows no ballots: `Majority.needed_of` is told the number of which it is a share.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, TypeAlias, get_args

from voting import strict_json
from voting.strict_json import Misread, Value, at, shown

Base: TypeAlias = Literal["all_members", "present", "issued", "returned", "valid"]
BASES: Final[tuple[Base, ...]] = get_args(Base)


@dataclass(frozen=True, slots=True)
class Bases:
    """The roll in numbers, frozen when the ballot opened."""

    all_members: int
    present: int
    recused: int

    @property
    def entitled(self) -> int:
        """How many may vote: a recused member is present and gets no ballot."""
        return self.present - self.recused


@dataclass(frozen=True, slots=True)
class Majority:
    """What must be reached: more than `share` of the base, or (`at_least`) that share itself."""

    base: Base = "all_members"
    share: Fraction = Fraction(1, 2)
    at_least: bool = False

    def needed_of(self, whole: int) -> int:
        """The smallest whole number that satisfies this majority of `whole`, and at least 1."""
        line = self.share * whole
        reached = (
            -(-line.numerator // line.denominator)
            if self.at_least
            else line.numerator // line.denominator + 1
        )
        return max(1, reached)

    def needed(self, bases: Bases) -> int | None:
        """What is needed, as far as the roll alone tells: None where it depends on the ballots."""
        match self.base:
            case "all_members":
                return self.needed_of(bases.all_members)
            case "present":
                return self.needed_of(bases.present)
            case "issued" | "returned" | "valid":
                return None

    def as_json(self) -> dict[str, str]:
        return {"base": self.base, "at_least" if self.at_least else "over": share_text(self.share)}


MORE_THAN_HALF_OF_ALL: Final = Majority()
"""What is meant where a question names no majority (PROCEDURE.md R20)."""


def read_majority(fields: Mapping[str, Value], place: str) -> Majority:
    """The majority that the question at `place` asks for."""
    return _read(fields["majority"], at(place, "majority")) if "majority" in fields else MORE_THAN_HALF_OF_ALL


def _read(value: Value, place: str) -> Majority:
    fields = strict_json.known_keys(value, place, (), ("base", "over", "at_least"))
    base = strict_json.one_of(fields.get("base", "all_members"), at(place, "base"), BASES)
    if ("over" in fields) == ("at_least" in fields):
        raise Misread(place, 'expected either "over" or "at_least"')
    at_least = "at_least" in fields
    key = "at_least" if at_least else "over"
    return Majority(base, read_share(fields[key], at(place, key), at_least=at_least), at_least)


def read_share(value: Value, place: str, *, at_least: bool) -> Fraction:
    """A share such as "1/2", of which more (or, `at_least`, no less) is asked."""
    written = re.fullmatch(r"([0-9]{1,4})/([1-9][0-9]{0,3})", value) if isinstance(value, str) else None
    if written is None:
        raise Misread(place, f'expected a fraction such as "1/2", found {shown(value)}')
    share = Fraction(int(written[1]), int(written[2]))
    # More than the whole, or at least nothing, would be a majority that nobody or everybody reaches.
    if not (0 < share <= 1 if at_least else 0 <= share < 1):
        raise Misread(place, f"{value} is no share that a majority can be reached by")
    return share


def share_text(share: Fraction) -> str:
    """`share` as `read_share` reads it."""
    return f"{share.numerator}/{share.denominator}"
