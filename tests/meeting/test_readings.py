"""Motions that are read out: where, by whom, with which text; and that a vote waits for it."""

from __future__ import annotations

from typing import Any

import pytest

from display.slides import Reading, as_json
from meeting.demo import BAILU, JIANJIA
from meeting.office.sitting_file import read_sitting
from meeting.order import announcement
from meeting.order import commands as c
from meeting.order.preconditions import Name, preconditions
from meeting.order.sitting import Plan, StepKind
from meeting.order.text import Text
from meeting.projections import public
from meeting.projections.hall_slide import slide
from meeting.wording import words
from tests.meeting.order.small_sitting import Sitting

DEMO = BAILU.read_text(encoding="utf-8")
REMOVAL = "verb: 决定免去}"
TEXT = "免去曾木槿的职务，自通过之日起生效。"


def kinds(plan: Plan, item: int) -> list[str]:
    return [step.kind.value for step in plan.item(item).steps]


def removal(more: str) -> Plan:
    return read_sitting(DEMO.replace(REMOVAL, f"verb: 决定免去, {more}}}", 1)).plan


def at_the_reading(plan: Plan, item: int) -> Sitting:
    sitting = Sitting(plan).convene([one.number for one in plan.members])
    return sitting.obey(c.GoTo(item, 0))


def test_a_file_that_gives_no_text_and_asks_for_nothing_reads_nothing_out() -> None:
    for _, _, step in read_sitting(BAILU).plan.steps():
        assert step.kind is not StepKind.READING


@pytest.mark.parametrize("more", [f"text_zh: [{TEXT}]", "read_out: true"])
def test_a_text_is_read_out_and_so_is_what_asks_for_it(more: str) -> None:
    assert kinds(removal(more), 9) == ["reading", "vote", "declaration"]


def test_a_text_that_is_not_to_be_read_out_is_not() -> None:
    assert kinds(removal(f"text_zh: [{TEXT}], read_out: false"), 9) == ["vote", "declaration"]


def test_the_rules_may_have_every_motion_read_out_where_it_is_introduced() -> None:
    text = DEMO.replace("    total_members: 31", "    total_members: 31\n    read_out_motions: true", 1)
    plan = read_sitting(text).plan
    assert kinds(plan, 7) == ["reading", "introduction", "pledge", "questions"] * 3
    assert kinds(plan, 9) == ["reading", "vote", "declaration"]
    # introduced at item 7, voted on at item 10
    assert kinds(plan, 10) == ["vote", "declaration"] * 3
    assert kinds(plan, 13) == ["reading", "statement", "statement", "vote", "declaration"]
    assert [step.speaker for step in plan.item(13).steps[:2]] == ["县人民政府"] * 2
    # nothing is moved about the agenda or the tellers
    assert kinds(plan, 2) == kinds(plan, 3) == ["vote", "declaration"]


BLOC = """    matters:
      - {id: R1, kind: resignation, name: 曾木槿, post_zh: 甲局局长, text_zh: [辞职书。], moved_by: 主任会议}
      - {id: R2, kind: recall, name: 路木樨, post_zh: 乙局局长, read_out: true}
    matter: {id: B2, kind: bloc, title_zh: 两人职务, matters: [R1, R2]}
"""


def test_what_is_voted_on_together_is_read_out_one_by_one_first() -> None:
    start = DEMO.index("    matter: {id: R1,")
    text = DEMO[:start] + BLOC + DEMO[DEMO.index("\n", start) + 1 :]
    steps = read_sitting(text).plan.item(9).steps
    assert [(step.kind.value, step.matter) for step in steps] == [
        ("reading", "R1"),
        ("reading", "R2"),
        ("vote", "B2"),
        ("declaration", "B2"),
    ]
    assert [step.speaker for step in steps[:2]] == ["主任会议", ""]


def test_the_hall_shows_the_text_and_else_the_title() -> None:
    shown = slide(at_the_reading(removal(f"text_zh: [{TEXT}]"), 9).state, None)
    assert isinstance(shown, Reading)
    assert [one["zh"] for one in shown.text] == [TEXT]
    assert shown.title["zh"] == "决定免去曾木槿的白鹭县交通运输局局长职务"
    bare = slide(at_the_reading(removal("read_out: true"), 9).state, None)
    assert isinstance(bare, Reading)
    assert (bare.text, bare.title) == ((), shown.title)


def test_the_chair_calls_for_it() -> None:
    sitting = at_the_reading(removal("read_out: true, moved_by: 县人民政府"), 9)
    said = [words(one) for one in announcement.script(sitting.state)]
    assert said[0]["zh"] == "请县人民政府宣读决定免去曾木槿的白鹭县交通运输局局长职务。"


def test_a_vote_waits_for_the_reading() -> None:
    sitting = at_the_reading(removal("read_out: true"), 9).obey(c.SkipStep("时间不够"))
    assert Name.STEPS_DONE in _unmet(sitting)
    sitting.obey(c.GoTo(9, 0), c.Proceed())
    assert Name.STEPS_DONE not in _unmet(sitting)


def _unmet(sitting: Sitting) -> set[Name]:
    assert sitting.state.at is not None
    return {one.name for one in preconditions(sitting.state, sitting.state.at) if not one.met}


def test_a_motion_read_out_at_the_deliberation_belongs_to_it() -> None:
    """The deliberation of nominees is still one when something is read out before it."""
    own = "    kind: deliberation\n"
    matters = "    matters: [{id: R9, kind: resolution, title_zh: 决议, read_out: true}]\n"
    plan = read_sitting(DEMO.replace(own, own + matters, 1)).plan
    assert kinds(plan, 8) == ["reading", "deliberation"]
    sitting = Sitting(plan).convene([one.number for one in plan.members])
    sitting.obey(c.GoTo(7, 0)).proceed(9)
    assert sitting.state.at == (8, 0)
    sitting.obey(c.GoTo(10, 0))
    assert Name.STEPS_DONE in _unmet(sitting)
    sitting.obey(c.GoTo(8, 1), c.Proceed(), c.GoTo(10, 0))
    assert Name.STEPS_DONE not in _unmet(sitting)


def test_the_public_sees_no_motion_before_it_is_carried() -> None:
    view: dict[str, Any] = public(at_the_reading(removal(f"text_zh: [{TEXT}]"), 9).state, None, 0)
    assert view["slide"]["kind"] == "withheld"
    assert TEXT not in str(view)


def test_both_languages_have_their_text() -> None:
    plan = read_sitting(JIANJIA).plan
    resolution = next(one for one in plan.matters if one.id == "V1")
    assert all(isinstance(one, Text) and one.zh and one.en for one in resolution.text)
    shown = slide(at_the_reading(plan, 7).state, None)
    assert isinstance(shown, Reading)
    assert [one["zh"] for one in shown.attached] == [
        "主任委员：柏霜降",
        "副主任委员：葛秋分",
        "委员：松小寒、甘棠梨、石菖蒲、白茅根",
    ]
    assert as_json(shown)["reader"] == "许青芜等5名常委会组成人员"
