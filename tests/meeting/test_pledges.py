"""Who may read a pledge after it was given: members beside their paper, the public once the nominee is carried.

No public view ever holds the pledge of somebody who is not carried (PROCEDURE.md R47), whatever the chair does.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from display.frames import canonical
from display.slides import as_json
from meeting import projections
from meeting.order import commands as c
from meeting.order.sitting import MatterId, MemberNo, Plan, Step, StepKind, Text
from meeting.order.state import MatterStatus
from meeting.phone_desk import NotNow, PhoneDesk
from meeting.projections import pledges
from meeting.projections.hall_slide import slide
from tests.meeting.held_sitting import TurnedClock, running
from tests.meeting.order.full_sitting import Full, full_plan
from tests.meeting.order.small_sitting import N1, N2, Sitting, small_plan
from tests.meeting.order.test_evolve import ChaoticChair
from tests.meeting.test_projections import COUNT
from tests.voting.voter import Voter

SAID = {N1: "甲的承诺：修好六条路。", N2: "乙的承诺：公正司法。"}


def with_pledges(plan: Plan) -> Plan:
    return replace(
        plan,
        matters=tuple(
            replace(one, pledge=(("依法履职", SAID[one.id]),)) if one.id in SAID else one
            for one in plan.matters
        ),
    )


def at_the_vote() -> Sitting:
    sitting = Sitting(with_pledges(small_plan())).convene()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count()
    return sitting.proceed(8)


def spoken_after_the_vote() -> Plan:
    """000g: who is appointed speaks only then."""
    plan = with_pledges(small_plan())
    pledge = Step(StepKind.PLEDGE, N1)
    items = {item.number: item for item in plan.items}
    first = replace(
        items[3], steps=tuple(step for step in items[3].steps if step.kind is not StepKind.PLEDGE)
    )
    voted = replace(items[5], steps=(*items[5].steps[:2], pledge, *items[5].steps[2:]))
    return replace(plan, items=tuple({**items, 3: first, 5: voted}.values()))


def public(sitting: Sitting) -> str:
    return json.dumps(projections.public(sitting.state, COUNT, 0), ensure_ascii=False)


# --- beside the paper ---


def test_who_is_asked_may_read_what_the_nominee_has_pledged() -> None:
    sitting = at_the_vote()
    for order in (None, c.OpenPoll(sitting.poll.id), c.HoldPoll(sitting.poll.id)):
        if order is not None:
            sitting.obey(order)
        [one] = pledges.for_voter(sitting.state, MemberNo(2), sitting.poll.id)
        assert (one.name["zh"], one.post["zh"], one.label["zh"]) == ("甲", "局长", "供职发言全文")
        assert one.as_json()["text"] == [["依法履职", SAID[N1]]]
    sitting.obey(c.ClosePoll(sitting.poll.id))
    assert not pledges.for_voter(sitting.state, MemberNo(2), sitting.poll.id)


def test_nobody_else_may_and_no_other_ballot() -> None:
    sitting = at_the_vote().obey(c.Recuse(MemberNo(4), N1, "近姻亲"))
    ballot = sitting.poll.id
    assert pledges.for_voter(sitting.state, MemberNo(2), ballot)
    assert not pledges.for_voter(sitting.state, MemberNo(4), ballot), "recused"
    assert not pledges.for_voter(sitting.state, MemberNo(7), ballot), "not here"
    assert not pledges.for_voter(sitting.state, MemberNo(2), "5-n2-1-member")


def test_the_local_name_of_the_speech_stands_over_it() -> None:
    plan = with_pledges(small_plan())
    named = replace(plan, rules=replace(plan.rules, pledge_label=Text("任前承诺", "commitment")))
    label = pledges.label(Sitting(named).state)
    assert label == {"zh": "任前承诺全文", "en": "Full text of the commitment"}


def test_a_bloc_has_the_pledges_of_everybody_who_is_still_in_it() -> None:
    sitting = full().begin().to(5)
    ballot = sitting.poll.id
    assert [one.matter for one in pledges.for_voter(sitting.state, MemberNo(2), ballot)] == [N1, N2]
    sitting.obey(c.DeferMatter(MatterId("N2"), "主任会议", "plenary", "有新情况"))
    assert [one.matter for one in pledges.beside(sitting.state, sitting.poll)] == [N1]


def test_what_is_still_to_be_spoken_is_not_read_before() -> None:
    sitting = Sitting(spoken_after_the_vote()).convene()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count().proceed(6)
    assert sitting.poll.matter == N1
    assert not pledges.beside(sitting.state, sitting.poll)
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count()
    assert pledges.published(sitting.state, N1) is None, "carried, and not yet spoken"
    sitting.proceed()
    assert as_json(slide(sitting.state, None))["kind"] == "pledge"
    assert pledges.published(sitting.state, N1) is None, "being spoken"
    sitting.proceed()
    assert pledges.published(sitting.state, N1) is not None


def test_the_text_makes_no_frame_bigger_but_by_the_name_of_the_link() -> None:
    long = "我将依法履职，接受监督。" * 200
    plan = with_pledges(small_plan())
    pledge = tuple((f"第{n}项", long) for n in range(4))
    plan = replace(plan, matters=tuple(replace(one, pledge=pledge) for one in plan.matters))
    sitting = Sitting(plan).convene()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count().proceed(8)
    sitting.obey(c.OpenPoll(sitting.poll.id))
    view = projections.member(sitting.state, COUNT, 0)
    bare = {**view, "poll": {**view["poll"], "pledges": None}}
    assert len(canonical(view).encode()) - len(canonical(bare).encode()) < 80
    assert "依法履职" not in canonical(view)


class Conductor:
    def __init__(self, sitting: Sitting) -> None:
        self.state = sitting.state


def test_the_desk_gives_a_phone_the_texts_or_says_not_now() -> None:
    sitting = at_the_vote()
    desk = PhoneDesk(cast(Any, Conductor(sitting)), {})
    [one] = desk.pledges(2, sitting.poll.id)
    assert one["text"] == [["依法履职", SAID[N1]]]
    for member, ballot in ((7, sitting.poll.id), (2, "9-x-1-member")):
        with pytest.raises(NotNow):
            desk.pledges(member, ballot)


# --- for the public ---


def test_a_pledge_is_public_once_he_is_carried_and_not_before() -> None:
    sitting = at_the_vote()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id))
    assert pledges.published(sitting.state, N1) is None
    sitting.count()
    found = pledges.published(sitting.state, N1)
    assert found is not None
    assert found.text == (("依法履职", SAID[N1]),)
    [_, one] = projections.public(sitting.state, COUNT, 0)["decided"]
    assert [link["matter"] for link in one["pledges"]] == ["N1"]
    assert SAID[N1] not in public(sitting), "the page that is asked for all day has the link alone"
    assert pledges.published(sitting.state, N2) is None
    assert pledges.published(sitting.state, "N9") is None


def test_a_pledge_of_who_was_not_carried_stays_in_the_room() -> None:
    sitting = at_the_vote()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count("not_carried", yes=3, no=2)
    assert pledges.published(sitting.state, N1) is None
    sitting.obey(c.GoTo(7, 0))
    assert pledges.published(sitting.state, N1) is None


async def test_the_text_is_as_late_as_the_public_page(tmp_path: Path) -> None:
    clock = TurnedClock()
    voters = [Voter(number) for number in range(1, 8)]
    async with running(tmp_path, clock, voters, plan=with_pledges(small_plan())) as held:
        await held.convene()
        await held.hold_vote(["for"] * 7)
        await held.obey(c.GoTo(3, 1), c.Proceed(), c.GoTo(5, 0), c.OverridePrecondition("steps_done", "已办"))
        await held.hold_vote(["for"] * 7)
        shown, state = held.service.shown, held.service.state
        assert state.matters[N1].status is MatterStatus.CARRIED
        assert shown.public_pledge(state, "N1") is None
        clock.turn(10)
        assert shown.public_pledge(state, "N1") is not None


def full() -> Full:
    sitting = Full()
    Sitting.__init__(sitting, with_pledges(full_plan()))
    return sitting


class NothingLeaks(ChaoticChair):
    """Any order at any time; what the public may fetch is looked at after each."""

    def __init__(self) -> None:
        super().__init__()
        self.sitting = full()

    @invariant()
    def no_public_view_holds_a_pledge_of_somebody_not_carried(self) -> None:
        state = self.sitting.state
        page = canonical(projections.public(state, None if state.poll is None else COUNT, 0))
        for matter, said in SAID.items():
            published = projections.public_pledge(state, matter)
            if state.matters[matter].status is not MatterStatus.CARRIED:
                assert said not in page
                assert published is None
                assert f'"matter":"{matter}"' not in page
            else:
                assert published is not None, "nothing in this sitting is spoken after the vote"


def test_no_public_view_holds_a_pledge_of_somebody_not_carried() -> None:
    chaos = settings(max_examples=15, stateful_step_count=50, deadline=None)
    run_state_machine_as_test(NothingLeaks, settings=chaos)
