"""Which material stands on the hall screen after an event: what `evolve` asks, and what is on a page.

Never refuses and reads no clock.
"""

from __future__ import annotations

from dataclasses import replace

from meeting.order import events as e
from meeting.order.material_events import MaterialHidden, MaterialShown, VideoPaused, VideoStarted
from meeting.order.material_pages import Page, pages
from meeting.order.materials import Material, MaterialKind, Showing
from meeting.order.sitting import Plan

_GONE = (
    e.StepEntered,
    e.PollOpened,
    e.MatterTerminated,
    e.MatterDeferred,
    e.MatterWithdrawn,
    e.MatterReturned,
    e.SittingClosed,
)
"""After these the hall must see the business itself."""


def after(showing: Showing | None, event: e.Event, at: int) -> Showing | None:
    """What is shown after `event`, which happened at `at`."""
    match event:
        case MaterialShown(item, number, page):
            return Showing(item, number, page)
        case MaterialHidden():
            return None
        case VideoStarted() if showing is not None:
            return replace(showing, started_at=at)
        case VideoPaused() | e.HallCovered() if showing is not None and showing.started_at is not None:
            played = showing.played_ms + max(0, at - showing.started_at)
            return replace(showing, started_at=None, played_ms=played)
        case _:
            return None if isinstance(event, _GONE) else showing


def materials_of(plan: Plan, item: int | None) -> tuple[Material, ...]:
    """What lies before the members with an item, or with the whole sitting; nothing for an unknown number.

    A survey report that the file names by its title alone is a material, too.
    """
    if item is None:
        return plan.materials
    for one in plan.items:
        if one.number == item:
            own, survey = one.particulars.materials, one.particulars.survey
            named = survey.zh and all(each.title != survey for each in own)
            return (*own, Material(survey, MaterialKind.SURVEY)) if named else own
    return ()


def material_of(plan: Plan, item: int | None, number: int) -> Material | None:
    """The material of that number, from 1."""
    found = materials_of(plan, item)
    return found[number - 1] if 1 <= number <= len(found) else None


def page_of(plan: Plan, showing: Showing) -> tuple[Material, tuple[Page, ...]]:
    """What is shown, and all its pages.  KeyError where the plan has no such material."""
    material = material_of(plan, showing.item, showing.number)
    if material is None:
        raise KeyError(showing.number)
    return material, pages(material)
