"""The gates before a vote on a person: examination, publicity, filing, materials; each from the file's own dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from meeting.order import commands as c
from meeting.order.preconditions import exam_passed, preconditions
from meeting.order.sitting import Exam, Matter, Plan, Publicity
from meeting.order.state import Position
from tests.meeting.order.small_sitting import N1, Sitting, small_plan


def gates(matter: Matter, **rules: int | None) -> dict[str, bool]:
    """The conditions of the vote on N1, with this on its record."""
    plan = small_plan()
    others = tuple(one for one in plan.matters if one.id != N1)
    changed: Plan = replace(
        plan,
        matters=(matter, *others),
        rules=replace(plan.rules, **rules),  # type: ignore[arg-type]
        materials_sent=date(2026, 3, 19),
    )
    state = Sitting(changed).state
    return {one.name.value: one.met for one in preconditions(state, Position(5, 0))}


MATTER = small_plan().matter(N1)
FAILED, PASSED = Exam(date(2026, 1, 15), 76, False), Exam(date(2026, 3, 12), 86, True, makeup=True)


@pytest.mark.parametrize(
    ("exams", "passed"),
    [
        ((), False),
        ((FAILED,), False),
        ((FAILED, PASSED), True),
        ((PASSED, FAILED), True),
        ((Exam(date(2026, 3, 1), 79, True),), False),
        ((Exam(date(2026, 3, 1), 80, True),), True),
    ],
)
def test_the_last_examination_counts_and_a_missing_one_is_not_passed(
    exams: tuple[Exam, ...], passed: bool
) -> None:
    assert exam_passed(replace(MATTER, exams=exams), 80) is passed
    assert gates(replace(MATTER, exams=exams))["exam"] is passed


def test_where_no_examination_is_asked_for_there_is_no_such_gate() -> None:
    assert "exam" not in gates(replace(MATTER, exams=()), exam_pass_mark=None)


@pytest.mark.parametrize(("end", "over"), [(date(2026, 3, 25), True), (date(2026, 3, 26), False)])
def test_the_public_notice_has_to_be_over(end: date, over: bool) -> None:
    notice = Publicity(date(2026, 3, 5), end, objections=1)
    assert gates(replace(MATTER, publicity=notice))["publicity"] is over


@pytest.mark.parametrize(("filed", "days", "met"), [(11, 15, True), (12, 15, False), (12, 10, True)])
def test_a_motion_is_filed_so_many_days_before(filed: int, days: int, met: bool) -> None:
    on_file = replace(MATTER, filed_on=date(2026, 3, filed))
    assert gates(on_file, filing_days=days)["filed"] is met
    assert "filed" not in gates(on_file)


@pytest.mark.parametrize(("days", "met"), [(7, True), (8, False)])
def test_materials_go_out_so_many_days_before(days: int, met: bool) -> None:
    assert gates(MATTER, materials_days=days)["materials"] is met
    assert "materials" not in gates(MATTER)


def test_a_gate_that_is_set_aside_keeps_its_reason_on_the_record() -> None:
    plan = small_plan()
    matters = tuple(replace(one, exams=()) for one in plan.matters)
    sitting = Sitting(replace(plan, matters=matters)).convene().obey(c.GoTo(5, 0))
    sitting.obey(c.OverridePrecondition("exam", "主任会议决定免考"))
    [exam] = [one for one in preconditions(sitting.state, Position(5, 0)) if one.name.value == "exam"]
    assert (exam.met, exam.overridden, exam.holds) == (False, "主任会议决定免考", True)


@pytest.mark.parametrize("done", [True, False])
def test_the_vetting_has_to_be_done_where_the_file_tells_of_it(done: bool) -> None:
    assert gates(replace(MATTER, vetted=done))["vetting"] is done
    assert "vetting" not in gates(MATTER)


@pytest.mark.parametrize(("before", "met"), [(1, True), (2, False)])
def test_r45_twice_not_carried_is_not_put_again_this_term(before: int, met: bool) -> None:
    assert gates(replace(MATTER, not_carried_before=before))["not_twice"] is met
    assert "not_twice" not in gates(MATTER)
