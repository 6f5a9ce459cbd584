"""The chair shows a material: what is in order, what it changes, and what takes it away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from meeting.order import commands as c
from meeting.order.errors import (
    NotAVideo,
    NothingShown,
    OrderError,
    OutOfOrder,
    PollRunning,
    UnknownMaterial,
    UnknownPage,
)
from meeting.order.events import Cover
from meeting.order.materials import Material, MaterialKind, Showing, sent_before
from meeting.order.particulars import Particulars
from meeting.order.shown import materials_of
from meeting.order.sitting import MemberNo
from meeting.order.text import Text
from tests.meeting.laid_before import MATERIALS, RULES, laid_before
from tests.meeting.order.small_sitting import N1, Sitting, small_plan


def sitting() -> Sitting:
    """At the deliberation of a sitting with materials."""
    begun = Sitting(laid_before(small_plan(), 4)).convene()
    return begun.obey(c.GoTo(4, 0))


def test_a_material_is_shown_page_by_page_and_taken_down() -> None:
    shown = sitting().obey(c.ShowMaterial(4, 1))
    assert shown.state.showing == Showing(4, 1)
    assert shown.obey(c.ShowMaterial(4, 1, 2)).state.showing == Showing(4, 1, 2)
    assert shown.obey(c.ShowMaterial(None, 1)).state.showing == Showing(None, 1)
    assert shown.obey(c.HideMaterial()).state.showing is None


@pytest.mark.parametrize(
    "away",
    [
        c.Proceed(),
        c.GoTo(3, 0),
        c.SkipStep("无"),
        c.DeferMatter(N1, "主任会议", "plenary", "情况待查"),
        c.WithdrawMatter(N1, "主任会议"),
        c.ReturnMatter(N1, "材料不全"),
        c.TerminateMatter(N1, "辞去"),
        c.CloseSitting(),
    ],
    ids=lambda command: type(command).__name__,
)
def test_the_business_takes_it_away(away: Any) -> None:
    shown = sitting().obey(c.ShowMaterial(4, 1))
    assert shown.obey(away).state.showing is None


def test_a_vote_takes_it_away_and_lets_none_be_shown() -> None:
    voting = sitting().obey(c.GoTo(2, 0), c.ShowMaterial(4, 1))
    assert voting.state.showing == Showing(4, 1), "the vote is prepared and not open"
    assert voting.obey(c.OpenPoll(voting.poll.id)).state.showing is None
    with pytest.raises(PollRunning):
        voting.obey(c.ShowMaterial(4, 1))


def test_what_is_no_matter_of_the_hall_leaves_it() -> None:
    shown = sitting().obey(c.ShowMaterial(4, 1), c.StartTimer(), c.RecordArrival(MemberNo(6)))
    assert shown.state.showing == Showing(4, 1)


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (c.ShowMaterial(4, 0), UnknownMaterial),
        (c.ShowMaterial(4, len(MATERIALS) + 1), UnknownMaterial),
        (c.ShowMaterial(5, 1), UnknownMaterial),
        (c.ShowMaterial(99, 1), UnknownMaterial),
        (c.ShowMaterial(None, 2), UnknownMaterial),
        (c.ShowMaterial(4, 1, 0), UnknownPage),
        (c.ShowMaterial(4, 1, 99), UnknownPage),
        (c.HideMaterial(), NothingShown),
        (c.PlayVideo(), NothingShown),
    ],
)
def test_what_is_refused(command: Any, error: type[OrderError]) -> None:
    with pytest.raises(error):
        sitting().obey(command)


def test_before_the_roll_is_confirmed_nothing_is_shown() -> None:
    with pytest.raises(OutOfOrder):
        Sitting(laid_before(small_plan(), 4)).obey(c.ShowMaterial(4, 1))


def test_only_a_video_is_played() -> None:
    with pytest.raises(NotAVideo):
        sitting().obey(c.ShowMaterial(4, 1), c.PlayVideo())


def test_a_video_goes_on_from_where_it_stood() -> None:
    film = sitting().obey(c.ShowMaterial(4, 2))
    begun = film.now + 1_000
    assert film.obey(c.PlayVideo()).state.showing == Showing(4, 2, started_at=begun)
    assert film.obey(c.PlayVideo()).state.showing == Showing(4, 2, started_at=begun), "it runs already"
    film.now += 4_000
    played = film.obey(c.PauseVideo()).now - begun
    assert film.state.showing == Showing(4, 2, played_ms=played)
    assert film.obey(c.PauseVideo()).state.showing == Showing(4, 2, played_ms=played), "it stands already"
    film.obey(c.PlayVideo())
    assert film.obey(c.ShowMaterial(4, 2)).state.showing == Showing(4, 2), "shown anew it begins anew"


def test_a_covered_hall_hears_no_film() -> None:
    film = sitting().obey(c.ShowMaterial(4, 2), c.PlayVideo(), c.CoverHall(Cover.BLANK))
    showing = film.state.showing
    assert showing is not None
    assert showing.started_at is None
    assert showing.played_ms > 0


def test_the_survey_of_older_files_is_a_material_by_its_title() -> None:
    survey = Text("调研报告", "Survey report")
    plan = laid_before(small_plan(), 4)
    items = tuple(
        replace(one, particulars=replace(one.particulars, survey=survey)) if one.number == 4 else one
        for one in plan.items
    )
    found = materials_of(replace(plan, items=items), 4)
    assert found == (*MATERIALS, Material(survey, MaterialKind.SURVEY))
    told = Material(survey, MaterialKind.SURVEY, text=(Text("文"),))
    items = tuple(
        replace(one, particulars=Particulars(survey=survey, materials=(told,))) if one.number == 4 else one
        for one in plan.items
    )
    assert materials_of(replace(plan, items=items), 4) == (told,), "not twice"
    assert materials_of(plan, None) == (RULES,)


@pytest.mark.parametrize(
    ("days", "wanted", "late"),
    [(7, None, False), (6, None, True), (9, 10, True), (0, 1, True), (5, 5, False)],
)
def test_less_than_a_week_is_late_or_what_the_rules_say(days: int, wanted: int | None, late: bool) -> None:
    assert sent_before(days, wanted).late is late
