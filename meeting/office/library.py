"""The sittings of a data folder: loading one, finding one, and what stands in its journal so far.

Works in the caller's transaction or on a reading connection.  Never serves and never decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import ClassVar

from sqlalchemy import Connection

from display.pictures import Picture
from kiosk.join import make_cards
from meeting.order.events import SittingLoaded
from meeting.order.evolve import Recorded, replay
from meeting.order.sitting import MatterId, Plan, SittingId
from meeting.order.state import State
from meeting.record import journal, photos


class LibraryError(Exception):
    """`data` fills the sentence of `error.CODE` in `meeting.po`."""

    code: ClassVar[str] = "unknown-sitting"

    def __init__(self, **data: object) -> None:
        super().__init__(data)
        self.data: Mapping[str, object] = data

    def __str__(self) -> str:
        return f"{self.code} {dict(self.data)}"


class UnknownSitting(LibraryError):
    code = "unknown-sitting"


class NoSitting(LibraryError):
    code = "no-sitting"


class WhichSitting(LibraryError):
    code = "which-sitting"


class AlreadyLoaded(LibraryError):
    """Another plan stands under this id."""

    code = "already-loaded"


class AlreadyBegun(LibraryError):
    code = "already-begun"


def load(
    conn: Connection,
    plan: Plan,
    at: int,
    pictures: Mapping[MatterId, Picture] = MappingProxyType({}),
    token: Callable[[], str] = photos.token,
) -> None:
    """Put a checked sitting into the folder, with a card for everybody who is asked, and its photos.

    May be repeated with the same plan.  Raises AlreadyLoaded when another one has its id; nothing is changed then.
    """
    entries = journal.read(conn, plan.id)
    if entries:
        first = entries[0].event
        if not isinstance(first, SittingLoaded) or photos.without_tokens(first.plan) != plan:
            raise AlreadyLoaded(sitting=plan.id)
    else:
        shown = photos.with_tokens(plan, token)
        photos.keep(conn, shown, pictures)
        journal.append(conn, plan.id, 0, at, [SittingLoaded(shown)])
    make_cards(conn, plan.id, [one.number for one in plan.everybody])


def find(conn: Connection, wanted: str | None) -> SittingId:
    """The id of the sitting meant: `wanted`, or the only one.  Raises UnknownSitting, NoSitting or WhichSitting."""
    there = journal.sittings(conn)
    if wanted is not None:
        if wanted not in there:
            raise UnknownSitting(sitting=wanted)
        return SittingId(wanted)
    if not there:
        raise NoSitting()
    if len(there) > 1:
        raise WhichSitting(sittings=", ".join(there))
    return there[0]


def read(conn: Connection, sitting: SittingId) -> tuple[State, list[Recorded]]:
    """The state of a loaded sitting and the journal that it is the fold of.  Raises BrokenJournal, UnknownSitting."""
    entries = journal.read(conn, sitting)
    if not entries:
        raise UnknownSitting(sitting=sitting)
    return replay(entries), entries
