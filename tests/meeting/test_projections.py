"""Who sees what.  The public sees nothing of a personnel matter before it is carried (PROCEDURE.md R47)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from meeting import projections
from meeting.order import commands as c
from meeting.order.sitting import Base, MemberNo
from meeting.projections import Count, Watching
from tests.meeting.order.small_sitting import N1, N2, Sitting, small_plan
from tests.meeting.order.test_decide import at_nominations, at_votes

COUNT = Count(
    paper="[…]", salt="s", code="ABCD-EFGH-IJKL-MNOP", visibility="secret", entitled=5, issued=5, returned=2
)


def public(sitting: Sitting) -> str:
    return json.dumps(projections.public(sitting.state, COUNT, 0), ensure_ascii=False)


def console(sitting: Sitting) -> projections.View:
    return projections.console(sitting.state, COUNT, Watching(5, 1, 1), 0)


def test_the_public_hears_of_a_nominee_only_when_he_is_carried() -> None:
    sitting = at_nominations()
    for _ in range(7):
        assert "甲" not in public(sitting)
        sitting.proceed()
    poll = sitting.poll.id
    sitting.obey(c.OpenPoll(poll))
    assert "甲" not in public(sitting)
    sitting.obey(c.ClosePoll(poll)).count()
    assert "任命甲为局长" in public(sitting)
    sitting.proceed(2)
    assert "乙" not in public(sitting), "the next one is not carried yet"


def test_the_public_never_hears_of_one_who_was_not_carried_or_was_deferred() -> None:
    sitting = at_votes()
    poll = sitting.poll.id
    sitting.obey(c.OpenPoll(poll), c.ClosePoll(poll)).count("not_carried", yes=3, no=2)
    assert "甲" not in public(sitting)
    sitting.proceed(2).obey(c.DeferMatter(N2, "主任会议", "plenary", "不明"))
    assert "乙" not in public(sitting)


def test_no_view_has_a_split_while_members_vote() -> None:
    sitting = at_votes()
    sitting.obey(c.OpenPoll(sitting.poll.id))
    state = sitting.state
    views = [
        projections.hall(state, COUNT, 0),
        projections.member(state, COUNT, 0),
        projections.teller(state, COUNT, 0),
        projections.public(state, COUNT, 0),
        console(sitting),
    ]
    for view in views:
        now = json.dumps([view["slide"], view.get("poll")])
        assert '"against"' not in now, view["audience"]
        assert '"counts"' not in now, view["audience"]


def test_the_console_lists_preconditions() -> None:
    sitting = at_nominations().obey(c.GoTo(5, 0))
    listed = {one["name"]: one["met"] for one in console(sitting)["preconditions"]}
    assert listed == {
        "quorum": True,
        "steps_done": False,
        "exam": True,
        "nominee_present": False,
        "tellers_approved": True,
    }


@pytest.mark.parametrize(("base", "needed"), [(Base.ALL_MEMBERS, 4), (Base.PRESENT, 3)])
def test_everybody_is_told_the_same_pass_line(base: Base, needed: int) -> None:
    plan = small_plan()
    sitting = Sitting(replace(plan, rules=replace(plan.rules, majority_base=base))).convene()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count().proceed(9)
    sitting.obey(c.OpenPoll(sitting.poll.id))
    shown = console(sitting)
    assert shown["poll"]["needed"] == needed
    assert shown["programme"]["slide"]["needed"] == needed
    assert f"{needed}票" in shown["script"][0]["zh"]


def test_the_declaration_names_what_the_majority_is_taken_of() -> None:
    plan = small_plan()
    sitting = Sitting(replace(plan, rules=replace(plan.rules, majority_base=Base.PRESENT))).convene()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count().proceed(9)
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count()
    said = console(sitting)["script"][-1]
    assert "超过出席人员的半数" in said["zh"]
    assert "more than half of those present" in said["en"]


def test_me_is_the_members_own() -> None:
    sitting = at_votes().obey(c.Recuse(MemberNo(4), N1, "近姻亲"))
    mine = projections.me(sitting.state, 4)
    assert mine["recused"] == ["N1"]
    assert mine["checked_in"] is True
    assert projections.me(sitting.state, 7)["checked_in"] is False
    assert projections.me(sitting.state, 5)["recused"] == []


def test_a_deferral_stands_on_the_hall_screen() -> None:
    sitting = at_nominations().proceed(6).obey(c.DeferMatter(N2, "主任会议", "plenary", "不明"))
    slide = projections.hall(sitting.state, None, 0)["slide"]
    assert (slide["kind"], slide["outcome"]) == ("disposal", "deferred")
    assert slide["notice"]["zh"].endswith("任命乙为局长暂缓表决。")


def test_a_vote_that_is_not_there_yet_says_so() -> None:
    sitting = at_votes()
    for _ in range(2):
        poll = sitting.poll.id
        sitting.obey(c.OpenPoll(poll), c.ClosePoll(poll)).count().proceed(2)
    slide = projections.hall(sitting.state, None, 0)["slide"]
    assert slide["kind"] == "not_held"
    assert "不支持" in slide["sentence"]["zh"]
