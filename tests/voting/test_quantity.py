"""The numbers that stand on papers."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.quantity import (
    LONGEST,
    UNIT,
    exactly_in_units,
    from_units,
    in_units,
    is_number,
    is_written,
    plain,
    read_number,
    rounded,
)
from voting.strict_json import Misread, Value, read, write

units = st.integers(-1_000_000_000 * UNIT + 1, 1_000_000_000 * UNIT - 1)


@given(units)
def test_a_number_is_its_units_and_its_text(count: int) -> None:
    number = from_units(count)
    assert in_units(number) == exactly_in_units(number) == count
    assert is_number(number)
    text = write(plain(number))
    assert is_written(text)
    assert read_number(read(text), "n") == number
    assert len(text) <= len(write(LONGEST))


@given(units)
def test_a_browser_writes_it_the_same_way(count: int) -> None:
    """A number of thirteen digits comes back from a float as it was written."""
    text = write(plain(from_units(count)))
    assert json.dumps(json.loads(text)) == text


@pytest.mark.parametrize(
    "value", [True, False, None, "1", 1.0, 10**9, -(10**9), Decimal("1.50"), Decimal("-0")]
)
def test_what_is_no_number_of_a_mark(value: object) -> None:
    assert not is_number(value)


@pytest.mark.parametrize(
    ("written", "number"), [("80.50", Decimal("80.5")), ("80.0", 80), ("-0.0", 0), ("7", 7)]
)
def test_a_zero_at_the_end_makes_no_difference_to_a_paper(written: str, number: object) -> None:
    found = read_number(read(written), "n")
    assert found == number
    assert is_number(found)


@pytest.mark.parametrize("value", [True, None, "1", [], 10**9, Decimal("0.00001"), Decimal("1" * 40)])
def test_what_is_no_number_of_a_paper(value: Value) -> None:
    with pytest.raises(Misread, match="at most 9 digits and 4 decimals"):
        read_number(value, "n")


def test_forty_digits_are_not_rounded_to_something_that_fits() -> None:
    assert in_units(Decimal("80." + "0" * 36 + "1")) is None
    assert in_units(Decimal("1" * 40)) == int("1" * 40) * UNIT


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (Fraction(853, 10), 85.3),
        (Fraction(8525, 100), 85.3),
        (Fraction(8524, 100), 85.2),
        (Fraction(85249999999, 10**9), 85.2),
        (Fraction(1, 20), 0.1),
        (Fraction(3, 20), 0.2),
        (Fraction(-1, 20), 0.0),
        (Fraction(-3, 20), -0.1),
        (Fraction(2, 3), 0.7),
        (Fraction(999_999_999_9999, 10_000), 1_000_000_000.0),
    ],
)
def test_half_is_rounded_up(exact: Fraction, shown: float) -> None:
    assert rounded(exact) == shown
    assert str(rounded(exact)) == str(shown)
