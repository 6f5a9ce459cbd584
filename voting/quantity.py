"""The numbers that stand on papers: decimals of one written form, taken exactly, rounded only to be shown.  Pure.

A float never comes in.  It goes out where JSON must carry a decimal: a number of this form has thirteen digits at
most, which a float gives back as they were written, in Python and in a browser alike.
"""

import re
from decimal import Context, Decimal
from fractions import Fraction
from typing import Final, TypeAlias, TypeGuard

from voting.strict_json import Misread, Value, shown

Number: TypeAlias = int | Decimal

UNIT: Final = 10_000
"""Parts of 1 in which the smallest step can be counted: a number has four places at most."""
LONGEST: Final = -999_999_999.9999
"""The number that takes the most characters."""

_FORM: Final = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{0,3}[1-9])?")
_PLACES: Final = 4
# A number of a count file has up to 40 digits; the usual context would round it to 28.
_EXACT: Final = Context(prec=60)


def is_written(text: str) -> bool:
    """Whether `text` is a number in its one form (BALLOT.md 2.3)."""
    # JSON.stringify writes -0 as 0, whatever the pattern says.
    return text != "-0" and _FORM.fullmatch(text) is not None


def is_number(value: object) -> TypeGuard[Number]:
    """Whether `value` is a number that can be written in that form.  A boolean is none, nor is a float."""
    # type() and not isinstance: True is an int in Python.
    if type(value) is int:
        return -1_000_000_000 < value < 1_000_000_000
    return type(value) is Decimal and is_written(str(value))


def in_units(number: Number) -> int | None:
    """`number` counted in parts of `UNIT`; None for one with more than four places."""
    if isinstance(number, int):
        return number * UNIT
    scaled = number.scaleb(_PLACES, _EXACT)
    whole = int(scaled)
    return whole if whole == scaled else None


def exactly_in_units(number: Number) -> int:
    """`number` of a paper, which has four places at most, counted in parts of `UNIT`."""
    units = in_units(number)
    if units is None:
        raise ValueError("a number of a paper has at most four places")
    return units


def read_number(value: Value, place: str) -> Number:
    """A number of a paper; a zero at its end makes no difference."""
    if type(value) is int or type(value) is Decimal:
        units = in_units(value)
        if units is not None and abs(units) < 1_000_000_000 * UNIT:
            return from_units(units)
    raise Misread(place, f"expected a number of at most 9 digits and 4 decimals, found {shown(value)}")


def from_units(units: int) -> Number:
    """The number that `units` are, without zeros at its end."""
    whole, rest = divmod(units, UNIT)
    return whole if rest == 0 else Decimal(units).scaleb(-_PLACES).normalize()


def plain(number: Number) -> int | float:
    """`number` as JSON carries it; `strict_json.write` gives its one form."""
    return int(number) if number == int(number) else float(number)


def rounded(exact: Fraction) -> float:
    """`exact` with one decimal, half up, to be shown."""
    return (exact * 10 + Fraction(1, 2)).__floor__() / 10
