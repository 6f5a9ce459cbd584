"""Rates of follow-up: exact fractions, shown with one decimal, and none where nothing was due."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from meeting.cli import app
from meeting.order.follow_up import Task
from meeting.order.particulars import Earlier, Particulars
from meeting.order.sitting import Text
from meeting.record.indicators import Followed, Rate, indicators, repeated
from tests.meeting.order.full_sitting import Full
from tests.meeting.order.small_sitting import Sitting
from tests.meeting.order.test_follow_up import BEST, RULES, UNIT, WORST
from tests.meeting.record.shelf import shelf

TODAY = date(2026, 9, 1)
EARLY, LATE = date(2026, 8, 1), date(2026, 10, 1)


def followed(due: date | None, done_on: date | None, kind: str = "report") -> Followed:
    return Followed(Task("1-x", 1, Text("局"), Text("报告"), due, "x", kind=kind), done_on)


def test_on_time_counts_what_is_done_or_over() -> None:
    found = indicators(
        [
            followed(EARLY, date(2026, 8, 1)),  # on its last day
            followed(EARLY, date(2026, 8, 2)),  # late
            followed(EARLY, None),  # its day is over
            followed(LATE, date(2026, 8, 5)),  # before its day
            followed(LATE, None),  # still has time
            followed(None, None),  # no deadline
            followed(None, date(2026, 8, 9)),
        ],
        [],
        TODAY,
    )
    assert found.on_time == Rate(2, 4)
    assert found.solved == Rate(4, 5)


def test_the_last_day_is_not_over_before_its_end() -> None:
    assert indicators([followed(TODAY, None)], [], TODAY).on_time == Rate(0, 0)


def test_opinions_are_counted_where_they_are_delivered() -> None:
    tasks = [followed(EARLY, EARLY, "opinion"), followed(LATE, None, "opinion"), followed(EARLY, EARLY)]
    assert indicators(tasks, [], TODAY).opinions == Rate(1, 2)


@pytest.mark.parametrize(
    ("met", "of", "percent"),
    [(0, 0, None), (0, 7, "0.0"), (2, 3, "66.7"), (1, 8, "12.5"), (1, 16, "6.3"), (7, 7, "100.0")],
)
def test_a_rate_has_one_decimal_and_none_where_nothing_was_due(
    met: int, of: int, percent: str | None
) -> None:
    assert Rate(met, of).percent == percent


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_rate_is_the_fraction_to_half_a_tenth(rate: tuple[int, int]) -> None:
    shown = Rate(*rate).percent
    assert shown is not None
    assert abs(Fraction(shown) - Fraction(100 * rate[0], rate[1])) <= Fraction(1, 20)


def again(grade: str, earlier: Earlier | None) -> Full:
    """Item 3 is evaluated; it repeats an earlier evaluation or not."""
    sitting = Full(RULES)
    about = Particulars(subject=UNIT, earlier=earlier)
    items = tuple(replace(one, particulars=about) if one.number == 3 else one for one in sitting.plan.items)
    Sitting.__init__(sitting, replace(sitting.plan, items=items))
    sheet = {"item-3-score": {"1": 60, "2": 60}, "item-3-grade": grade}
    return sitting.begin().to(3).open().cast([sheet] * 8)


def test_satisfaction_is_that_of_repeated_evaluations_alone() -> None:
    before = Earlier("full-0", 3, WORST)
    assert repeated(again(BEST, before).state) == [True]
    assert repeated(again(WORST, before).state) == [False]
    assert repeated(again(BEST, None).state) == []


def test_the_figures_of_a_database_are_printed_and_given_as_data(tmp_path: Path) -> None:
    shelf(tmp_path, again(BEST, Earlier("elsewhere", 3, WORST)))

    def run(*words: str, lang: str = "C") -> str:
        command = ["tasks", *words, "--figures", "--data", str(tmp_path)]
        result = CliRunner(env={"LC_ALL": lang}).invoke(app, command, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    figures = json.loads(run("--json"))
    assert figures["satisfied"] == {"met": 1, "of": 1, "percent": "100.0"}
    assert figures["opinions_delivered"] == {"met": 0, "of": 1, "percent": "0.0"}
    CliRunner().invoke(app, ["task", "full-1", "3-opinion", "--note", "已送达", "--data", str(tmp_path)])
    assert json.loads(run("full-1", "--json"))["opinions_delivered"]["met"] == 1
    assert "送达审议意见（评议意见）\t1件，共1件" in run()
    assert "Satisfied when evaluated again\t100.0%\t1/1" in run(lang="en_GB.UTF-8")


def test_where_nothing_was_due_there_is_a_dash(tmp_path: Path) -> None:
    shelf(tmp_path, Full(RULES).begin())
    command = ["tasks", "--figures", "--data", str(tmp_path)]
    result = CliRunner(env={"LC_ALL": "C"}).invoke(app, command, catch_exceptions=False)
    assert "按期办结率\t—\n到期任务办结率\t—\n再次测评满意率\t—\n" in result.output
