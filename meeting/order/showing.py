"""May this material be shown now?  Orders about what stands on the hall screen of the materials; `decide` asks.

Pure; raises the refusals.
"""

from __future__ import annotations

from meeting.order import material_commands as c
from meeting.order import material_events as e
from meeting.order.errors import NotAVideo, NothingShown, UnknownMaterial, UnknownPage
from meeting.order.material_pages import PageKind, pages
from meeting.order.materials import Showing
from meeting.order.require import Events
from meeting.order.shown import material_of, page_of
from meeting.order.state import State


def show(state: State, command: c.ShowMaterial, at: int) -> Events:
    material = material_of(state.plan, command.item, command.number)
    if material is None:
        raise UnknownMaterial(number=command.number)
    count = len(pages(material))
    if not 1 <= command.page <= count:
        raise UnknownPage(page=command.page, pages=count)
    return (e.MaterialShown(command.item, command.number, command.page),)


def hide(state: State, command: c.HideMaterial, at: int) -> Events:
    _shown(state)
    return (e.MaterialHidden(),)


def play(state: State, command: c.PlayVideo, at: int) -> Events:
    showing = _video(state)
    return () if showing.started_at is not None else (e.VideoStarted(),)


def pause(state: State, command: c.PauseVideo, at: int) -> Events:
    showing = _video(state)
    return () if showing.started_at is None else (e.VideoPaused(),)


def _shown(state: State) -> Showing:
    if state.showing is None:
        raise NothingShown()
    return state.showing


def _video(state: State) -> Showing:
    showing = _shown(state)
    _, found = page_of(state.plan, showing)
    if found[showing.page - 1].kind is not PageKind.VIDEO:
        raise NotAVideo()
    return showing
