"""The composition root: the one place that knows every real class, and the application that they make.

Builds a house for one sitting of a data folder and takes it down again.  Tests call `compose` with a clock of their
own.  No rule and no route is written here.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from display.frames import canonical
from display.hub import Hub
from display.live import tune_memory
from display.pages import Pages
from display.pictures import Picture, Pictures
from display.routes import OpenPages
from display.videos import Videos
from kiosk.board_routes import Board
from kiosk.box_routes import Slot
from kiosk.join import Attempts, Door, devices
from kiosk.material_routes import material_routes
from kiosk.pages import phone_pages
from kiosk.routes import kiosk_routes
from kiosk.session import Sessions, beat_for_ever
from meeting.clock import Clock, SystemClock
from meeting.console import access
from meeting.console.live import Access, Offices
from meeting.console.pages import ConsolePages
from meeting.office import library
from meeting.office.library import LibraryError
from meeting.order.sitting import SittingId
from meeting.phone_desk import PhoneDesk, occasion
from meeting.plain_http import TlsOnly
from meeting.projections.material_view import readings
from meeting.record import enclosures, photos
from meeting.service import Service
from meeting.settings import Settings
from meeting.windows import GRACE_S
from voting.box import Box
from voting.database import Writer, open_engine
from voting.figures import Figures
from voting.keys import IssuingKeys, KeyFolder
from voting.signed import unb64

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"display": ROOT / "display", "kiosk": ROOT / "kiosk", "console": ROOT / "meeting" / "console"}
SECURITY_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class AlreadyServed(LibraryError):
    """Another process holds this data folder."""

    code = "already-served"


@dataclass(frozen=True, slots=True)
class House:
    """Everything that serves one sitting."""

    settings: Settings
    engine: Engine
    writer: Writer
    box: Box
    hub: Hub
    service: Service
    app: Starlette

    def close(self) -> None:
        """After the application has ended."""
        self.writer.stop()
        self.engine.dispose()


def claim(data: Path) -> IO[bytes]:
    """Hold the data folder until the file is closed.  Raises AlreadyServed: two servers would part the journal."""
    data.mkdir(parents=True, exist_ok=True)
    lock = (data / "serve.lock").open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise AlreadyServed() from error
    return lock


def compose(
    settings: Settings, sitting: SittingId, *, clock: Clock | None = None, grace_s: float = GRACE_S
) -> House:
    """A house for a loaded sitting: its state rebuilt, the box brought to where a crash may have left it.

    Raises UnknownSitting, BrokenJournal, OtherSchema.  The caller holds the folder (`claim`).
    """
    clock = clock or SystemClock()
    engine = open_engine(settings.data)
    writer = Writer(engine)
    try:
        with engine.connect() as conn:
            state, _ = library.read(conn, sitting)
            keys = {member: key for member, (key, _) in devices(conn, sitting).items()}
        pool = IssuingKeys()
        box = Box(sitting, writer, KeyFolder(settings.data, sitting), issuing_key=pool.take)
        box.recover()
        board_key = unb64(writer.run_now(box.start).body["key"])
        hub = Hub()
        figures = Figures(sitting, engine)
        service = Service(
            state,
            writer=writer,
            box=box,
            figures=figures,
            hub=hub,
            clock=clock,
            grace_s=grace_s,
            public_delay_s=settings.public_delay_s,
        )
        app = _application(settings, engine, writer, box, hub, service, keys, board_key, pool)
    except BaseException:
        writer.stop()
        engine.dispose()
        raise
    return House(settings, engine, writer, box, hub, service, app)


def _application(
    settings: Settings,
    engine: Engine,
    writer: Writer,
    box: Box,
    hub: Hub,
    service: Service,
    keys: Mapping[int, bytes],
    board_key: bytes,
    pool: IssuingKeys,
) -> Starlette:
    sitting = service.sitting
    pages = Pages(PAGES)
    desk = PhoneDesk(service, keys)
    origins = [settings.public_url.rstrip("/")] if settings.public_url else []
    sessions = Sessions(sitting=sitting, desk=desk, box=box, hub=hub, origins=origins)
    service.tell_member = lambda member: sessions.refresh([member])
    service.know_phones(lambda: sessions.connected)
    door = Door(
        sitting=sitting,
        board_key=board_key,
        writer=writer,
        attempts=Attempts(asyncio_time),
        name=desk.name,
        bound=desk.bound,
    )
    doors = _access(engine, writer, sitting)
    desks = ConsolePages(pages, office_of=doors.office_of, now=service.now, state=lambda: service.state)
    screens = OpenPages(
        pages,
        admitted=lambda token: doors.office_of(token) is access.Office.HALL,
        hall_view=service.hall_view,
        public_view=service.public_view,
        public_pledge=lambda matter: service.shown.public_pledge(service.state, matter),
        url=settings.url,
    )
    offices = Offices(
        conductor=service,
        access=doors,
        hub=hub,
        origins=origins,
        secure=settings.url.startswith("https:"),
        shut=lambda request, error: (screens if request.url.path == "/hall/sign-in" else desks).refused(
            request, error
        ),
    )
    phone_routes = kiosk_routes(
        door=door,
        sessions=sessions,
        slot=Slot(box.cast, roll=lambda: len(service.state.plan.everybody)),
        board=Board(box),
    )
    routes = [
        *TlsOnly.around(
            [*phone_routes, *material_routes(readings(service.state.plan).get)],
            allowed=service.state.plan.rules.plain_http,
        ),
        *phone_pages(pages, occasion(service.state.plan)),
        *offices.routes(),
        *desks.routes(),
        *screens.routes(),
        *Pictures(_photos(engine, sitting)).routes(),
        *Videos(enclosures.videos(settings.data, service.state.plan).get).routes(),
        Route("/public.json", _public(service)),
        *pages.mounts(),
    ]

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            tasks = await stack.enter_async_context(asyncio.TaskGroup())
            running = [
                tasks.create_task(service.run()),
                tasks.create_task(beat_for_ever(hub)),
                tasks.create_task(_keep_keys_ready(pool)),
            ]
            await service.ready.wait()
            tune_memory()
            yield
            for task in running:
                task.cancel()

    return Starlette(routes=routes, lifespan=lifespan)


async def _keep_keys_ready(pool: IssuingKeys) -> None:
    """A key takes 55 ms to some 200 ms to make: not while the chair waits for the ballots to be issued."""
    while True:
        await asyncio.to_thread(pool.fill)
        await asyncio.sleep(2)


def asyncio_time() -> float:
    return asyncio.get_running_loop().time()


def _access(engine: Engine, writer: Writer, sitting: SittingId) -> Access:
    async def redeem(code: str) -> tuple[access.Office, str] | None:
        return await writer.run(lambda conn: access.redeem(conn, sitting, code))

    def office_of(token: str) -> access.Office | None:
        with engine.connect() as conn:
            return access.office_of(conn, sitting, token)

    return Access(redeem, office_of)


def _photos(engine: Engine, sitting: SittingId) -> Callable[[str], Picture | None]:
    def find(token: str) -> Picture | None:
        with engine.connect() as conn:
            return photos.find(conn, sitting, token)

    return find


def _public(service: Service) -> Any:
    async def public(request: Request) -> Response:
        """The public page's data: one small document for everybody, so that any cache can carry it."""
        text = canonical(service.public_view())
        etag = '"' + hashlib.sha256(text.encode()).hexdigest()[:24] + '"'
        headers = {"etag": etag, "cache-control": "public, max-age=1", **SECURITY_HEADERS}
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers=headers)
        return Response(text, media_type="application/json", headers=headers)

    return public
