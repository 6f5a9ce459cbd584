"""What the hall shows now, and that the public page never gets a name out of it."""

from __future__ import annotations

import json
from dataclasses import replace

from display.slides import as_json
from meeting import projections
from meeting.order import commands as c
from meeting.order.events import Cover
from meeting.order.sitting import MemberNo
from meeting.projections.frame import Count
from meeting.projections.hall_slide import slide
from meeting.projections.standing import mark
from tests.meeting.order.small_sitting import N1, Sitting, loaded
from tests.meeting.order.test_decide import at_nominations, at_votes

COUNT = Count(
    paper="[…]", salt="s", code="ABCD-EFGH-IJKL-MNOP", visibility="secret", entitled=5, issued=5, returned=2
)


def test_members_gather_before_a_count_of_them() -> None:
    shown = as_json(slide(loaded(), None))
    assert (shown["kind"], shown["due"], shown["present"], shown["absent"]) == ("roll_call", 7, 0, 7)
    assert shown["begins"] == "09:00"
    assert shown["head"]["meeting"]["zh"] == "第一次会议"


def test_a_vote_tells_its_bases_and_its_place() -> None:
    sitting = at_votes().obey(c.Recuse(MemberNo(4), N1, "近姻亲"))
    shown = as_json(slide(sitting.state, COUNT))
    assert (shown["all_members"], shown["present"], shown["recused"], shown["needed"]) == (7, 5, 1, 4)
    assert shown["place"] == {"number": 5, "nth": 1, "of": 2}
    assert shown["again"] is False


def test_a_vote_held_again_says_so() -> None:
    sitting = at_votes()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.AbortPoll(sitting.poll.id, "错"))
    assert as_json(slide(sitting.state, COUNT))["again"] is True


def test_a_result_tells_its_papers() -> None:
    sitting = at_votes()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count()
    shown = as_json(slide(sitting.state, COUNT))
    assert [shown[key] for key in ("present", "recused", "issued", "returned", "valid", "invalid")] == [
        5, 0, 5, 5, 5, 0,
    ]  # fmt: skip


def test_the_agenda_stands_where_nobody_has_the_floor() -> None:
    sitting = at_nominations().obey(c.GoTo(4, 0))
    shown = as_json(slide(sitting.state, None))
    assert shown["kind"] == "agenda"
    assert [line["mark"] for line in shown["items"]][:4] == ["done", "carried", "ahead", "now"]
    assert mark(sitting.state, sitting.plan.item(7)) == "ahead"


def test_the_hall_alone_is_covered() -> None:
    sitting = at_votes().obey(c.CoverHall(Cover.BLANK))
    assert projections.hall(sitting.state, COUNT, 0)["slide"]["kind"] == "blank"
    assert projections.member(sitting.state, COUNT, 0)["slide"]["kind"] == "asking"
    sitting.obey(c.CoverHall(Cover.SLATE))
    assert projections.hall(sitting.state, COUNT, 0)["slide"]["kind"] == "slate"


def test_a_recess_is_everybodys_until_the_sitting_goes_on() -> None:
    sitting = at_nominations().obey(c.CoverHall(Cover.RECESS))
    shown = [view(sitting.state, None, 0)["slide"] for view in (projections.hall, projections.member)]
    assert [(one["kind"], one["step"]) for one in shown] == [("business", "recess")] * 2
    assert "甲" not in json.dumps(shown, ensure_ascii=False)
    assert "甲" not in json.dumps(projections.public(sitting.state, None, 0), ensure_ascii=False)
    sitting.proceed()
    assert projections.member(sitting.state, None, 0)["slide"]["kind"] == "pledge"
    sitting.obey(c.CoverHall(Cover.RECESS), c.ShowHall())
    assert projections.hall(sitting.state, None, 0)["slide"]["kind"] == "pledge"


def test_a_recess_takes_no_ballot_from_a_phone() -> None:
    sitting = at_votes()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.CoverHall(Cover.RECESS))
    assert projections.member(sitting.state, COUNT, 0)["slide"]["kind"] == "asking"


def test_the_public_agenda_names_nobody_who_is_not_carried() -> None:
    sitting = at_nominations().obey(c.GoTo(4, 0))
    named = replace(
        sitting.plan,
        items=tuple(
            replace(item, title=replace(item.title, zh="任命甲为局长")) if item.number == 5 else item
            for item in sitting.plan.items
        ),
    )
    state = replace(sitting.state, plan=named)
    view = projections.public(state, None, 0)
    assert view["slide"]["kind"] == "agenda"
    assert "甲" not in json.dumps(view, ensure_ascii=False)
    assert "甲" in json.dumps(projections.hall(state, None, 0), ensure_ascii=False)


def test_a_sitting_that_is_over_shows_its_name() -> None:
    sitting = Sitting().convene().obey(c.CloseSitting())
    shown = as_json(slide(sitting.state, None))
    assert (shown["kind"], shown["closed"]) == ("slate", True)
