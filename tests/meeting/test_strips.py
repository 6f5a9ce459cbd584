"""How far an evaluation or an appointment is in its whole course (PROCEDURE.md rows 172 and 173)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from display import i18n
from display.slides import Business, Nominee
from meeting import projections
from meeting.order import commands as c
from meeting.order.particulars import Earlier
from meeting.order.sitting import Plan, StepKind
from meeting.projections import Watching, strips
from meeting.projections.hall_slide import slide
from tests.meeting.order.bailu_day import SATISFIED, Bailu, spread
from tests.meeting.order.small_sitting import N1, N2, Sitting
from tests.meeting.order.test_decide import at_nominations, at_votes

REPORT = 4


def evaluated() -> Bailu:
    """The report of item 4, heard and graded."""
    sitting = Bailu()
    for index, step in enumerate(sitting.plan.item(REPORT).steps):
        sitting.at(REPORT, index)
        if step.vote is not None:
            return sitting
        sitting.proceed()
    raise AssertionError("item 4 is graded")


def marks(sitting: Sitting) -> tuple[str, ...]:
    found = strips.strip(sitting.state)
    assert found is not None
    return found.marks


def test_an_evaluation_goes_through_its_six_steps() -> None:
    sitting = Bailu().at(REPORT, 0)
    assert marks(sitting) == ("done", "now", "ahead", "ahead", "ahead", "ahead")
    sitting = evaluated()
    assert marks(sitting) == ("done", "done", "done", "now", "ahead", "ahead")
    sitting.open().cast([{sitting.poll.question: "满意"}] * 30)
    assert marks(sitting) == ("done", "done", "done", "now", "ahead", "ahead"), "still being declared"
    sitting.proceed(2)
    of_item = strips.of_evaluation(sitting.state, sitting.plan.item(REPORT))
    assert of_item is not None
    assert of_item.marks == ("done", "done", "done", "done", "now", "ahead"), "its tasks are set"


def test_members_ask_while_they_deliberate_where_no_step_is_for_questions() -> None:
    assert marks(Bailu().at(5, 1))[2] == "now"


def test_what_is_skipped_is_not_gone_through() -> None:
    sitting = Bailu().at(REPORT, 0).obey(c.SkipStep("报告已书面印发"))
    assert marks(sitting)[1] == "ahead"


def test_an_evaluation_that_repeats_an_earlier_one_is_the_look_back() -> None:
    sitting = Bailu()
    plan = with_earlier(sitting.plan)
    sitting.state = replace(sitting.state, plan=plan)
    item = plan.item(REPORT)
    before = strips.of_evaluation(sitting.state, item)
    assert before is not None
    assert before.marks[4:] == ("done", "ahead")


def with_earlier(plan: Plan) -> Plan:
    items = tuple(
        replace(item, particulars=replace(item.particulars, earlier=Earlier("bailu-sc-18-20", 3, "不满意")))
        if item.number == REPORT
        else item
        for item in plan.items
    )
    return replace(plan, items=items)


def test_an_appointment_goes_through_its_three_stages() -> None:
    sitting = at_nominations()
    assert marks(sitting) == ("done", "now", "ahead")
    sitting = at_votes()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count()
    assert marks(sitting) == ("done", "done", "now")


def test_who_is_not_appointed_has_no_stage_after_it() -> None:
    sitting = at_votes()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count("not_carried", yes=3, no=2)
    assert strips.strip(sitting.state) is None
    deferred = at_nominations().obey(c.DeferMatter(N2, "主任会议", "plenary", "不明"))
    assert strips.of_appointment(deferred.state, deferred.plan.matter(N2)) is None


def test_a_review_that_is_not_complete_is_not_shown_as_done() -> None:
    matter = at_nominations().plan.matter(N1)
    state = at_nominations().state
    failed = replace(matter, exams=(replace(matter.exams[0], passed=False),))
    for one in (replace(matter, vetted=False), failed, replace(matter, exams=())):
        found = strips.of_appointment(state, one)
        assert found is not None
        assert found.marks[0] == "ahead"


def test_hall_and_console_show_the_same() -> None:
    for sitting, kind in ((at_nominations(), Nominee), (Bailu().at(REPORT, 0), Business)):
        shown = slide(sitting.state, None)
        assert isinstance(shown, kind)
        told = projections.console(sitting.state, None, Watching(), 0)["strip"]
        assert shown.strip is not None
        assert told == {"kind": shown.strip.kind, "marks": list(shown.strip.marks)}
    gathered = Sitting()
    assert projections.console(gathered.state, None, Watching(), 0)["strip"] is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_step_has_its_word(lang: i18n.Language) -> None:
    for kind, count in (("evaluation", 6), ("appointment", 3)):
        assert all(i18n.text(lang, f"hall.strip.{kind}.{n}") for n in range(1, count + 1))


def positions() -> Iterator[tuple[int, int]]:
    for item, index, step in Bailu().plan.steps():
        if step.kind not in {StepKind.ROLL_CALL, StepKind.CERTIFICATES, StepKind.OATH}:
            yield item.number, index


@given(st.lists(st.sampled_from(list(positions())), max_size=6))
def test_at_most_one_step_is_under_way_wherever_the_chair_goes(way: list[tuple[int, int]]) -> None:
    sitting = Bailu()
    for item, step in way:
        sitting.at(item, step)
        found = strips.strip(sitting.state)
        assert found is None or found.marks.count("now") <= 1


def test_a_graded_report_is_an_evaluation_and_a_motion_is_none() -> None:
    sitting = evaluated().open()
    sitting.cast([spread(sitting.poll.question, SATISFIED, (8, 7, 15))[0]] * 30)
    plan = sitting.plan
    assert {item.number for item in plan.items if strips.of_evaluation(sitting.state, item)} == {4, 5, 6}
