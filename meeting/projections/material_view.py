"""What is seen of the materials: the slide that the chair shows, the lists of console and phones, a text to read.

Pure.  The public is shown none of it: what lies before the members may name whom they have not appointed yet
(PROCEDURE.md R47).
"""

from __future__ import annotations

from collections.abc import Mapping

from display import pictures, videos
from display.slides import Place, Words
from display.slides_of_materials import Material as Slide
from display.slides_of_materials import Passage, Video
from kiosk.material_routes import path as reading_path
from meeting.order.material_pages import PageKind, pages
from meeting.order.materials import Material, Sent, Showing, sent_before
from meeting.order.shown import materials_of, page_of
from meeting.order.sitting import Plan
from meeting.order.state import State
from meeting.projections.frame import View
from meeting.projections.standing import head
from meeting.wording import say, words


def slide(state: State) -> Slide | None:
    """The page that the chair shows; None: he shows the business."""
    showing = state.showing
    if showing is None:
        return None
    material, found = page_of(state.plan, showing)
    page = found[showing.page - 1]
    name = "" if page.enclosure is None else page.enclosure.token
    return Slide(
        title=words(material.title),
        sort=_sort(material),
        page=showing.page,
        pages=len(found),
        what=page.kind.value,
        passages=tuple(Passage(words(one.text), one.number) for one in page.passages),
        picture=pictures.path(name) if page.kind is PageKind.PICTURE else "",
        video=Video(videos.path(name), showing.started_at, showing.played_ms)
        if page.kind is PageKind.VIDEO
        else None,
        place=None if showing.item is None else Place(showing.item),
        head=head(state),
    )


def for_console(state: State) -> View:
    """What can be shown now, what is shown, and when the report of the item went out."""
    return {
        "list": [_line(state, number, at, one) for number, at, one in _here(state)],
        "shown": None if state.showing is None else _shown(state, state.showing),
        "report": report_sent(state),
    }


def for_members(state: State) -> list[View]:
    """Titles for the phones; what there is to read is fetched under its path when it is opened."""
    return [
        {
            "of": "sitting" if number is None else "item",
            "title": words(one.title),
            "sort": _sort(one),
            "sent": _sent(state.plan, one),
            "path": reading_path(one.token) if one.token else "",
        }
        for number, _, one in _here(state)
    ]


def report_sent(state: State) -> View | None:
    """How many days before the sitting the report of the current item went out; None where nobody has said."""
    report = None if state.item is None else state.item.particulars.report
    days = None if report is None else report.sent_days_before
    return None if days is None else _sent_view(sent_before(days, state.plan.rules.materials_days))


def readings(plan: Plan) -> Mapping[str, View]:
    """What phones read, by token."""
    every = [
        one for number in (None, *(item.number for item in plan.items)) for one in materials_of(plan, number)
    ]
    return {one.token: _reading(plan, one) for one in every if one.token}


def _reading(plan: Plan, one: Material) -> View:
    return {
        "title": words(one.title),
        "sort": _sort(one),
        "sent": _sent(plan, one),
        "text": [words(each) for each in one.text],
        "proposals": [words(each) for each in one.proposals],
        "pictures": [pictures.path(each.token) for each in one.pictures],
        "video": one.video is not None,
    }


def _here(state: State) -> list[tuple[int | None, int, Material]]:
    """The materials of the current item, then the sitting's own: whose, which number, what."""
    if state.at is None:
        return []
    return [
        (number, at, one)
        for number in (state.at.item, None)
        for at, one in enumerate(materials_of(state.plan, number), 1)
    ]


def _line(state: State, number: int | None, at: int, one: Material) -> View:
    return {
        "item": number,
        "number": at,
        "title": words(one.title),
        "sort": _sort(one),
        "sent": _sent(state.plan, one),
        "pages": len(pages(one)),
    }


def _shown(state: State, showing: Showing) -> View:
    material, found = page_of(state.plan, showing)
    return {
        "item": showing.item,
        "number": showing.number,
        "page": showing.page,
        "pages": len(found),
        "title": words(material.title),
        "video": found[showing.page - 1].kind is PageKind.VIDEO,
        "playing": showing.started_at is not None,
    }


def _sort(one: Material) -> Words:
    return say(f"material.{one.kind.value}")


def _sent(plan: Plan, one: Material) -> View | None:
    """How many days before the sitting it went out; None where nobody has said."""
    on = one.sent or plan.materials_sent
    return None if on is None else _sent_view(sent_before((plan.on - on).days, plan.rules.materials_days))


def _sent_view(sent: Sent) -> View:
    return {"days": sent.days, "wanted": sent.wanted, "late": sent.late}
