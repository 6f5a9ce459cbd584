"""Percentiles that were measured, and the turnout from receipt to screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from meeting.rehearsal.latency import Latencies, Turnout, spread


def test_a_spread_is_in_milliseconds() -> None:
    assert spread([0.001 * value for value in range(1, 101)]) == {
        "count": 100,
        "p50_ms": 50.0,
        "p99_ms": 99.0,
        "max_ms": 100.0,
    }


@given(st.lists(st.floats(0, 60), min_size=1, max_size=50))
def test_every_percentile_is_a_value_that_was_measured(seconds: list[float]) -> None:
    found = spread(seconds)
    measured = {round(1000 * value, 1) for value in seconds}
    assert {found["p50_ms"], found["p99_ms"], found["max_ms"]} <= measured
    assert found["p50_ms"] <= found["p99_ms"] <= found["max_ms"]


def test_what_matters_most_comes_first() -> None:
    latencies = Latencies()
    for what in ("hello", "something-new", "cast", "issue"):
        latencies.add(what, 0.1)
    assert list(latencies.spreads()) == ["issue", "cast", "hello", "something-new"]


def test_the_turnout_counts_every_receipt_once() -> None:
    turnout = Turnout()
    for at in (1.0, 2.0, 3.0):
        turnout.receipt("2-item-1-member", at)
    assert list(turnout.shows("2-item-1-member", 2, 4.0)) == [3.0, 2.0]
    assert list(turnout.shows("2-item-1-member", 2, 5.0)) == []
    assert list(turnout.shows("2-item-1-member", 3, 5.0)) == [2.0]
    assert list(turnout.shows("9-r1-1-member", 3, 5.0)) == []


def test_a_number_may_be_on_the_screen_before_the_receipt_is_in() -> None:
    turnout = Turnout()
    assert list(turnout.shows("2-item-1-member", 1, 4.0)) == []
    turnout.receipt("2-item-1-member", 4.1)
    assert list(turnout.shows("2-item-1-member", 1, 4.2)) == [4.2 - 4.1]
