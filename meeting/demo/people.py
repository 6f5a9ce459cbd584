"""The demonstration for people: a server, the links to its desks and screens, and a hall full of robots.

A person leads at the console, in a browser, and votes as member 2 on a phone; the others' phones are robots that vote
as the script says, at a person's pace.  Nothing is compared at the end: people may decide differently.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import uvloop
from qrcode.constants import ERROR_CORRECT_L  # type: ignore[import-untyped]
from qrcode.main import QRCode  # type: ignore[import-untyped]
from sqlalchemy import Engine

from display import i18n
from kiosk.anonymous import Anonymous
from kiosk.board_follower import BoardFollower
from kiosk.join import cards
from kiosk.personal import Pace
from meeting.clock import SystemClock
from meeting.console.access import Office, make_link
from meeting.demo import BAILU
from meeting.office import library
from meeting.office.sitting_file import read_sitting
from meeting.order.sitting import MemberNo
from meeting.order.state import Presence, Stage
from meeting.rehearsal.day import Day
from meeting.rehearsal.deal import Deals
from meeting.rehearsal.failures import RehearsalFailed
from meeting.rehearsal.latency import Latencies, Turnout
from meeting.rehearsal.office_line import OfficeLine
from meeting.rehearsal.own_server import own_server
from meeting.rehearsal.robots import Robots
from meeting.rehearsal.teller import TellerDesk
from voting.database import open_engine
from voting.signed import b64

PERSON = MemberNo(2)
"""The member whose phone a person holds."""
PORT = 8000
EVERYWHERE = "0.0.0.0"
COMING_IN_S = 12.0
"""Within this time the robots come in and sign in, one after the other."""


class Unhurried(Pace):
    """People read, think and press; they do not all do it in the same two seconds."""

    def before_casting(self, late: bool) -> float:
        return self.random.triangular(2, 20, 6)


@dataclass(frozen=True, slots=True)
class Links:
    """Where everybody finds his page."""

    console: str
    teller: str
    hall: str
    phone: str
    data: Path
    online: bool
    """Other machines of the network reach the server: the phone may be a real one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    robots: int = 0
    host: str = EVERYWHERE
    port: int = PORT
    seed: int = 0
    coming_in_s: float = COMING_IN_S
    pace: Callable[[Random], Pace] = Unhurried
    person: MemberNo | None = PERSON
    """None: robots hold every phone, and only the console is a person's."""


def robots_of(day: Day, opening: Opening) -> Sequence[MemberNo]:
    """Whose phones are robots: as many members as were asked for, but never the person, and the attendees."""
    here = day.ever_here()
    members = [one.number for one in day.plan.members if one.number in here and one.number != opening.person]
    attending = [one.number for one in day.plan.attendees if one.number in here]
    return [*members[: opening.robots], *(attending if opening.robots else ())]


@asynccontextmanager
async def opened(opening: Opening, data: Path) -> AsyncIterator[Links]:
    """The sitting served on `data`, its links made, its robots coming in; ends both when the block ends.

    Raises RehearsalFailed, LibraryError, OtherSchema.
    """
    file = read_sitting(BAILU)
    lan = _address() if opening.host == EVERYWHERE else None
    # A fictional sitting on a stranger's network has no certificate; the pages say that it is not encrypted.
    plan = replace(file.plan, rules=replace(file.plan.rules, plain_http=lan is not None))
    day = Day(plan, file.script)
    engine = open_engine(data)
    try:
        with engine.connect() as conn, conn.execution_options(immediate=True).begin():
            library.load(conn, plan, SystemClock().now(), file.photos)
            codes = {MemberNo(member): code for member, code in cards(conn, plan.id).items()}
        port = opening.port if opening.port and _free(opening.port) else None
        async with own_server(plan.id, data, host=opening.host, port=port) as server:
            follower = BoardFollower(Anonymous(server.url))
            await follower.reach(1)
            fragment = f"#k={b64(follower.board.key)}"
            outside = server.url if lan is None else server.url.replace("127.0.0.1", lan)
            phone = f"{outside}/j/{codes[opening.person or PERSON]}{fragment}"
            async with asyncio.TaskGroup() as room:
                beside = [
                    room.create_task(server.watch()),
                    room.create_task(_robots(opening, day, codes, engine, follower, server.url).run()),
                ]
                if opening.robots:
                    beside += _tellers(room, day, opening, engine, server.url)
                yield Links(
                    console=f"{server.url}/console/enter/{_link(engine, day, Office.CHAIR)}",
                    teller=f"{server.url}/console/enter/{_link(engine, day, Office.TELLER)}",
                    hall=f"{server.url}/hall/enter/{_link(engine, day, Office.HALL)}",
                    phone=phone,
                    data=data,
                    online=lan is not None,
                )
                for task in beside:
                    task.cancel()
    finally:
        engine.dispose()


def _link(engine: Engine, day: Day, office: Office) -> str:
    with engine.connect() as conn, conn.execution_options(immediate=True).begin():
        return make_link(conn, day.plan.id, office)


def _tellers(
    room: asyncio.TaskGroup, day: Day, opening: Opening, engine: Engine, url: str
) -> list[asyncio.Task[None]]:
    """A teller who confirms what waits for him, so that one person can lead; the teller's link works beside him."""

    async def link(office: Office) -> str:
        return await asyncio.to_thread(_link, engine, day, office)

    line = OfficeLine(Anonymous(url), Office.TELLER, link)
    desk = TellerDesk(line, day, Deals(day, opening.seed).asked)
    return [room.create_task(line.stay_connected()), room.create_task(desk.stand_by())]


def _robots(
    opening: Opening,
    day: Day,
    codes: Mapping[MemberNo, str],
    engine: Engine,
    follower: BoardFollower,
    url: str,
) -> Robots:
    chance = Random(f"{opening.seed}/coming-in")
    here = day.by_phone()

    async def entering(member: MemberNo) -> None:
        if member in here:
            await asyncio.sleep(chance.uniform(0, opening.coming_in_s))
            return
        # Whoever is late takes out his phone once the clerk has entered him.
        while True:
            if await asyncio.to_thread(_has_come, engine, day, member):
                return
            await asyncio.sleep(1)

    return Robots(
        day,
        Deals(day, opening.seed),
        codes,
        Anonymous(url),
        follower,
        latencies=Latencies(),
        turnout=Turnout(),
        seed=opening.seed,
        scale=1.0,
        only=robots_of(day, opening),
        entering=entering,
        pace=opening.pace,
    )


def _has_come(engine: Engine, day: Day, member: MemberNo) -> bool:
    with engine.connect() as conn:
        state, _ = library.read(conn, day.plan.id)
    return state.stage is Stage.CLOSED or state.presence[member] is Presence.PRESENT


def _address() -> str | None:
    """This machine's address in its own network, or None where there is none.  Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # an address for documentation: only the route is looked up
            found = str(asking.getsockname()[0])
        except OSError:
            return None
    return None if found.startswith("127.") else found


def _free(port: int) -> bool:
    with socket.socket() as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


# --- the command -----------------------------------------------------------------------------------------------------


def run(opening: Opening, language: i18n.Language) -> int:
    """Open, print the links, and stay until Ctrl-C or SIGTERM.  Returns the exit code."""
    code = 0
    try:
        with tempfile.TemporaryDirectory(prefix="session-day-demo-") as folder:
            uvloop.run(_stay(opening, Path(folder), language))
    except* RehearsalFailed as failed:
        for error in failed.exceptions:
            if isinstance(error, RehearsalFailed):
                sentence = i18n.text(language, f"error.{error.code}", **error.data)
                print(f"session-day: {error.code}: {sentence}", file=sys.stderr)
        code = 1
    return code


async def _stay(opening: Opening, data: Path, language: i18n.Language) -> None:
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, over.set)
    async with opened(opening, data) as links:
        print(told(links, opening, language), flush=True)
        await over.wait()


def told(links: Links, opening: Opening, language: i18n.Language) -> str:
    """The links, the phone's as a QR code too, and what to do first."""

    def say(key: str, **data: object) -> str:
        return i18n.text(language, f"console.demo.{key}", **data)

    lines = [say("title"), ""]
    for key in ("console", "hall", "phone", "teller"):
        lines += [say(key), f"    {getattr(links, key)}", ""]
    lines += [_drawn(links.phone), ""]
    lines.append(say("robots", robots=opening.robots) if opening.robots else say("no-robots"))
    lines.append(say("plain" if links.online else "local"))
    lines.append(say("again", data=links.data))
    lines.append(say("end"))
    return "\n".join(lines)


def _drawn(text: str) -> str:
    """A QR code for the terminal, two modules a character high."""
    code = QRCode(error_correction=ERROR_CORRECT_L, border=2)
    code.add_data(text)
    rows = [[False, *row, False] for row in code.get_matrix()]
    rows += [[False] * len(rows[0])] * (len(rows) % 2)
    halves = {(True, True): " ", (True, False): "\u2584", (False, True): "\u2580", (False, False): "\u2588"}
    return "\n".join(
        "".join(halves[above, below] for above, below in zip(*pair, strict=True))
        for pair in zip(rows[::2], rows[1::2], strict=True)
    )
