"""The sittings of a data folder: loading one, finding one, and what stands in its journal so far.

Works in the caller's transaction or on a reading connection.  Never serves and never decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

from sqlalchemy import Connection

from display.pictures import Picture
from kiosk.join import make_cards
from meeting.office.attendees import card_holders
from meeting.order.events import SittingLoaded
from meeting.order.evolve import Recorded, replay
from meeting.order.sitting import MatterId, Plan, SittingId
from meeting.order.state import State
from meeting.record import earlier, enclosures, journal, photos
from meeting.record.enclosures import Enclosures


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


class EarlierDiffers(LibraryError):
    """The file says another grade of an earlier evaluation than that sitting's own journal."""

    code = "earlier-differs"


class AlreadyBegun(LibraryError):
    code = "already-begun"


class VideoNotKept(LibraryError):
    """The data folder takes no copy of a video: it is full, or nobody may write there."""

    code = "video-not-kept"


def load(
    conn: Connection,
    plan: Plan,
    at: int,
    pictures: Mapping[MatterId, Picture] = MappingProxyType({}),
    token: Callable[[], str] = photos.token,
    enclosed: Enclosures | None = None,
    data: Path | None = None,
) -> None:
    """Put a checked sitting into the folder, with a card for everybody whose phone has something to do, and its files.

    The earlier evaluations that it repeats are looked up once, here; `data` is the folder, for videos.  May be repeated
    with the same plan.  Raises AlreadyLoaded when another one has its id, EarlierDiffers and VideoNotKept; nothing is
    changed then.
    """
    entries = journal.read(conn, plan.id)
    if entries:
        first = entries[0].event
        if not isinstance(first, SittingLoaded) or _as_filed(first.plan) != plan:
            raise AlreadyLoaded(sitting=plan.id)
    else:
        found = enclosed or Enclosures()
        shown = photos.with_tokens(_with_earlier(conn, plan), token)
        shown = enclosures.with_tokens(shown, token)
        photos.keep(conn, shown, pictures)
        enclosures.keep_pictures(conn, shown, found)
        if data is not None:
            _keep_videos(data, shown, found)
        journal.append(conn, plan.id, 0, at, [SittingLoaded(shown)])
    make_cards(conn, plan.id, [one.number for one in card_holders(plan)])


def _as_filed(plan: Plan) -> Plan:
    return earlier.as_in_file(enclosures.without_tokens(photos.without_tokens(plan)))


def _keep_videos(data: Path, plan: Plan, found: Enclosures) -> None:
    try:
        enclosures.keep_videos(data, plan, found)
    except OSError as error:
        raise VideoNotKept(folder=data) from error


def _with_earlier(conn: Connection, plan: Plan) -> Plan:
    known = earlier.look_up(conn, plan)
    for item in known.items:
        before = item.particulars.earlier
        if before is not None and before.found is not None and before.found.grade != before.grade:
            raise EarlierDiffers(
                item=item.number, said=before.grade, found=before.found.grade, sitting=before.sitting
            )
    return known


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
