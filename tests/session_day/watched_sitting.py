"""A whole sitting without sockets, watched: a known order, known choices, and everything that an attacker could keep.

The house is the real one, or one that a `Build` weakens where it is put together (tests/session_day/weak_build.py).
"""

from __future__ import annotations

import asyncio
import json
import random
import time
import zipfile
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key
from sqlalchemy import MetaData
from sqlmodel import SQLModel
from starlette.applications import Starlette
from starlette.testclient import TestClient

from display.frames import Frame, canonical
from display.hub import Audience
from kiosk.board_routes import Board
from meeting.order import commands as c
from meeting.order.sitting import Plan, Visibility
from meeting.order.state import PollStage
from tests.meeting.held_sitting import HeldSitting, Screen, TurnedClock, running
from tests.meeting.order.small_sitting import small_plan, without_the_selection
from tests.session_day.attacks import Published, Shown
from tests.session_day.copied_folder import Copy
from tests.voting.voter import Credential, Voter
from voting import database, record, signed
from voting.sealing import Seal
from voting.stages import Stage

MEMBERS: Final = 24
CASTS: Final = 21
"""So many that no order of them is met by chance; the other members hand their ballots back."""


class _Watcher(Screen):
    """A screen that notes how many ballots were in when it got something."""

    def __init__(self, audience: str, watched: Watched) -> None:
        super().__init__()
        self._audience, self._watched = audience, watched

    def take(self, frame: Frame) -> bool:
        self._watched.shown.append(Shown(self._audience, len(self._watched.arrived), frame.text))
        return True


@dataclass(frozen=True, slots=True)
class Build:
    """How a house is put together; what is left out is as in the product."""

    replaced: Mapping[str, Any] = field(default_factory=dict)
    """What stands instead of a name in the composition root."""
    schema: Callable[[], MetaData] = lambda: SQLModel.metadata
    voter: Callable[[int], Voter] = Voter
    when_it_stands: Callable[[HeldSitting], None] = lambda held: None
    """Called before anybody votes."""


@dataclass(slots=True)
class Watched:
    """The truth about one secret ballot, and what could be captured of it."""

    ballot: str = ""
    # The truth
    collected: list[int] = field(default_factory=list)
    """Members in the order in which they collected; they cast in the same order, the worst that can be."""
    arrived: list[bytes] = field(default_factory=list)
    """The one-time keys in the order in which their ballots came."""
    handed_back: list[bytes] = field(default_factory=list)
    owner: dict[bytes, int] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    secrets: dict[str, bytes] = field(default_factory=dict)
    """What must be destroyed with the result."""
    wall: tuple[float, float] = (0.0, 0.0)
    clock: tuple[float, float] = (0.0, 0.0)
    """Seconds between which all but the first and the last ballot came, by the real clock and by the sitting's."""
    # What was captured
    while_issued: list[Copy] = field(default_factory=list)
    """The folder as each member had collected, from none on."""
    while_open: list[Copy] = field(default_factory=list)
    """The folder as each ballot was in, from none on."""
    counted: Copy = field(default_factory=lambda: Copy({}))
    backs: list[Copy] = field(default_factory=list)
    """The folder as each hand-back was in, from none on."""
    ended: Copy = field(default_factory=lambda: Copy({}))
    left: Copy = field(default_factory=lambda: Copy({}))
    """After the process has ended."""
    shown: list[Shown] = field(default_factory=list)
    """To every audience, from the opening to the end."""
    shown_while_open: list[Shown] = field(default_factory=list)
    shown_at_once: list[Shown] = field(default_factory=list)
    """After a ballot and before any time had passed."""
    record: dict[str, bytes] = field(default_factory=dict)
    board: dict[str, bytes] = field(default_factory=dict)
    """What the anonymous board answered, head and body, when all was over."""
    receipts: list[tuple[bytes, bytes]] = field(default_factory=list)

    @property
    def split(self) -> list[int]:
        return sorted(self.marks.count(mark) for mark in set(self.marks))

    def running(self, mark: str) -> list[int]:
        """How many ballots bore the mark when so many were in."""
        return [self.marks[:n].count(mark) for n in range(CASTS + 1)]

    def published(self) -> Published:
        return Published.read(self.record, self.ballot)

    def after(self) -> dict[str, Copy]:
        """Every copy that was taken when the keys were gone."""
        return {
            "counted": self.counted,
            "handed back": self.backs[-1],
            "ended": self.ended,
            "stopped": self.left,
        }


def plan() -> Plan:
    """Nobody is waited for long after a result."""
    small = without_the_selection(small_plan(MEMBERS))
    return replace(small, rules=replace(small.rules, hand_back_s=5))


def watch(folder: Path, build: Build | None = None) -> Watched:
    """Play a sitting on an empty folder and capture what there is to capture."""
    build = build or Build()
    watched = Watched()
    schema = build.schema()
    with pytest.MonkeyPatch.context() as patch:
        for name, thing in build.replaced.items():
            patch.setattr(f"meeting.app.{name}", thing)
        patch.setattr(
            "tests.meeting.held_sitting.open_engine", lambda data: database.open_engine(data, schema=schema)
        )
        asyncio.run(_play(folder / "data", watched, build))
    return watched


async def _play(data: Path, watched: Watched, build: Build) -> None:
    voters = [build.voter(number) for number in range(1, MEMBERS + 1)]
    clock = TurnedClock()
    async with AsyncExitStack() as stack:
        held = await stack.enter_async_context(running(data, clock, voters, plan()))
        for audience in (Audience.HALL, Audience.MEMBER, Audience.CONSOLE, Audience.TELLER, Audience.PODIUM):
            await stack.enter_async_context(held.house.hub.join(audience, _Watcher(audience.value, watched)))
        await held.convene()
        await _all_in_favour(held)
        await held.obey(*[c.Proceed()] * 8)
        build.when_it_stands(held)
        await _the_secret_ballot(data, held, watched)
        await _hand_backs(data, held, watched)
        # The next ballot writes over what the first one left.
        await held.obey(c.Proceed())
        await _all_in_favour(held)
        await held.obey(*[c.Proceed()] * 3)
        await held.until(held.service.ended.is_set)
        watched.ended = Copy.of(data)
        watched.record = _record(held, data.parent / "record.zip")
        watched.board = await asyncio.to_thread(_board, held, watched.ballot)
    watched.left = Copy.of(data)


async def _the_secret_ballot(data: Path, held: HeldSitting, watched: Watched) -> None:
    chance = random.Random(20260326)
    box, poll = held.house.box, held.poll.id
    watched.ballot = poll
    watched.collected = chance.sample(range(1, MEMBERS + 1), MEMBERS)
    watched.marks = ["for"] * 11 + ["against"] * 7 + ["abstain"] * 3
    chance.shuffle(watched.marks)
    watched.while_issued.append(Copy.of(data))
    for number in watched.collected:
        credential = await held.voters[number].collect(box, poll)
        watched.owner[credential.pk] = number
        watched.while_issued.append(Copy.of(data))
    await _pass(held, 2.5)
    await held.obey(c.OpenPoll(poll))
    await _pass(held, 2.5)
    watched.secrets = _secrets(data / "keys" / held.service.sitting / f"{poll}.key")
    (data.parent / "linked.key").hardlink_to(data / "keys" / held.service.sitting / f"{poll}.key")
    watched.while_open.append(Copy.of(data))
    watched.shown.clear()
    times: list[tuple[float, float]] = []
    for number, mark in zip(watched.collected, watched.marks, strict=False):
        await _cast(held, watched, held.voters[number].credential, mark)
        times.append((time.time(), held.clock.now() / 1000))
        watched.while_open.append(Copy.of(data))
        watched.shown.append(Shown("public", len(watched.arrived), canonical(held.service.public_view())))
        await _pass(held, 0.5)
    (watched.wall, watched.clock) = zip(times[0], times[-1], strict=True)
    watched.shown_while_open = list(watched.shown)
    await _close(held)
    await _pass(held, 0.5)  # the log is emptied a moment after the result, as soon as nobody reads it
    watched.counted = _with_link(data)


async def _all_in_favour(held: HeldSitting) -> None:
    """A vote of which nothing is watched, all at once."""
    await held.obey(c.OpenPoll(held.poll.id))
    box, poll = held.house.box, held.poll
    if poll.visibility is Visibility.SECRET:
        await asyncio.gather(*(voter.cast(box, poll.id, "for") for voter in held.voters.values()))
    else:
        mark = {poll.question: "for"}
        await asyncio.gather(*(voter.vote_openly(box, poll.id, mark) for voter in held.voters.values()))
    await _close(held)


async def _close(held: HeldSitting) -> None:
    poll = held.poll.id
    await held.obey(c.ClosePoll(poll))
    await held.until(lambda: held.service.state.polls[poll].stage is PollStage.DECLARED)


async def _cast(held: HeldSitting, watched: Watched, credential: Credential, mark: str) -> None:
    """One ballot, and whatever it sets off before any time has passed."""
    raw, before = credential.ballot({"N1": mark}), len(watched.shown)
    watched.arrived.append(credential.pk)
    receipt = await held.house.box.cast(raw)
    watched.receipts.append((receipt.leaf, receipt.sig))
    await _pass(held, 0)
    watched.shown_at_once += watched.shown[before:]


async def _hand_backs(data: Path, held: HeldSitting, watched: Watched) -> None:
    box, poll = held.house.box, watched.ballot
    watched.backs.append(Copy.of(data))
    for number in watched.collected[CASTS:]:
        credential = held.voters[number].credential
        await box.cast(credential.hand_back())
        watched.handed_back.append(credential.pk)
        watched.backs.append(Copy.of(data))
    await held.until(lambda: held.stage(poll) is Stage.HANDED_BACK)
    entries = {e.body["kind"]: e.body for e in box.board() if e.body.get("ballot") == poll}
    roots = [
        signed.unb64(entries[kind][name])
        for kind, name in (("result", "cast_root"), ("unused", "unused_root"))
    ]
    facts = box.facts(poll)
    await asyncio.gather(*(box.confirm(v.number, poll, v.check(facts, *roots)) for v in held.voters.values()))
    await held.until(lambda: held.stage(poll) is Stage.CHECKED)


async def _pass(held: HeldSitting, seconds: float) -> None:
    """Let so much of the sitting's time pass, and everything that waits for nothing else happen."""
    for _ in range(max(1, round(seconds / 0.25))):
        held.clock.turn(0.25 if seconds else 0)
        for _ in range(2):
            await held.house.writer.run(lambda conn: None)
            for _ in range(20):
                await asyncio.sleep(0)


def _secrets(file: Path) -> dict[str, bytes]:
    """Every form of the ballot's two keys that might be left somewhere."""
    raw = file.read_bytes()
    k_box, der = raw[:32], raw[32:]
    key = load_der_private_key(der, None)
    assert isinstance(key, RSAPrivateKey)
    numbers = key.private_numbers()
    parts = {name: getattr(numbers, name) for name in ("p", "q", "d", "dmp1", "dmq1", "iqmp")}
    return {
        "K_box": k_box,
        "k1": Seal(k_box)._tag_key,
        **{
            f"K_iss {name}": part.to_bytes((part.bit_length() + 7) // 8, "big")
            for name, part in parts.items()
        },
    }


def _with_link(data: Path) -> Copy:
    """The folder, and the key file's own blocks under the name that somebody else gave them while it was there."""
    return Copy({**Copy.of(data).files, "linked.key": (data.parent / "linked.key").read_bytes()})


def _record(held: HeldSitting, path: Path) -> dict[str, bytes]:
    record.write_record(held.house.engine, held.service.sitting, path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _board(held: HeldSitting, ballot: str) -> dict[str, bytes]:
    with TestClient(Starlette(routes=Board(held.house.box).routes())) as client:
        answers = {path: client.get(path) for path in ("/board", f"/board/{ballot}")}
    return {path: json.dumps(dict(a.headers)).encode() + a.content for path, a in answers.items()}
