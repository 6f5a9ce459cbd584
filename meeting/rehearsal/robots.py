"""A roomful of simulated phones, each doing what a member's phone does, marked as the deal says.

They share one checked copy of the board, which real phones do not.  What is acknowledged is written down at once;
what a member would see in amber is kept for the report.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, Self

from kiosk.anonymous import Anonymous, TurnedAway
from kiosk.ballot_client import Phone, Receipt
from kiosk.board_follower import BoardFollower
from kiosk.personal import Pace
from meeting.order.sitting import MemberNo
from meeting.rehearsal.day import Day
from meeting.rehearsal.deal import Deals
from meeting.rehearsal.failures import CardRefused
from meeting.rehearsal.latency import Latencies, Turnout
from voting.strict_json import write

Entering = Callable[[MemberNo], Awaitable[None]]
"""Returns when the member is in the room and takes out his phone."""

AT_ONCE = 64
"""Phones that join, and members that sign in, at the same time."""


class ReceiptFile:
    """Every receipt as a line `{"ballot","leaf"}`, written the moment it is there; in the order of the phones'
    luck, which is why only a rehearsal keeps such a thing."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def add(self, receipt: Receipt) -> None:
        os.write(self._file, (write({"ballot": receipt.ballot, "leaf": receipt.leaf.hex()}) + "\n").encode())
        os.fsync(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)


class _WatchedPhone(Phone):
    """A phone over whose shoulder the rehearsal looks."""

    on_view: Callable[[Mapping[str, Any], Mapping[str, Any]], None]
    """Told the view before and the new one."""

    def _hear(self, message: Mapping[str, Any]) -> None:
        before = self.view
        super()._hear(message)
        if message["type"] == "view":
            self.on_view(before, message)


class Robots:
    """The members of a day with their phones.  `run` them until the sitting has ended."""

    def __init__(
        self,
        day: Day,
        deals: Deals,
        cards: Mapping[MemberNo, str],
        server: Anonymous,
        board: BoardFollower,
        *,
        latencies: Latencies,
        turnout: Turnout,
        seed: int,
        scale: float,
        on_receipt: Callable[[Receipt], None] = lambda receipt: None,
        on_joined: Callable[[int, int], None] = lambda joined, all_phones: None,
        only: Collection[MemberNo] | None = None,
        entering: Entering | None = None,
        pace: Callable[[Random], Pace] | None = None,
    ) -> None:
        """`cards`: the codes by member.  `on_joined` is told how many of the phones have joined so far.

        `only` leaves the other members' phones to people; without `entering` everybody is there from the beginning;
        `pace` makes a phone's pace in place of the one that `scale` gives.
        """
        self.alarms: list[tuple[MemberNo, str]] = []
        """Whatever a member would have been shown in amber."""
        self._day = day
        self._deals = deals
        self._cards = cards
        self._server = server
        self._board = board
        self._latencies = latencies
        self._turnout = turnout
        self._seed = seed
        self._on_receipt = on_receipt
        self._on_joined = on_joined
        self._door = asyncio.Semaphore(AT_ONCE)
        self._desk = asyncio.Semaphore(AT_ONCE)
        self._only = only
        self._entering = entering
        self._pace = pace or (lambda chance: Pace(chance, scale))
        self._joined = 0
        self._by_phone = day.by_phone()

    async def run(self) -> None:
        """Join, sign in, take part; returns when every phone has done all it will ever have to do.

        Raises CardRefused.
        """
        here = self._day.ever_here()
        members = sorted(here if self._only is None else here & frozenset(self._only))
        # Not by seat: else the first numbers would always be the first at the door.
        Random(f"{self._seed}/door").shuffle(members)
        async with asyncio.TaskGroup() as phones:
            for member in members:
                phones.create_task(self._take_part(member, len(members)))

    async def _take_part(self, member: MemberNo, all_phones: int) -> None:
        if self._entering is not None:
            await self._entering(member)
        phone = self._phone(member)
        async with self._door:
            try:
                await phone.join()
            except TurnedAway as refused:
                raise CardRefused(member=member, refusal=refused.code) from refused
        self._joined += 1
        self._on_joined(self._joined, all_phones)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(phone.run())
            if member in self._by_phone:
                async with self._desk:
                    await self._sign_in(phone, member)

    async def _sign_in(self, phone: Phone, member: MemberNo) -> None:
        try:
            await phone.check_in()
        except TurnedAway as refused:
            # The roll call is over: the chair will enter him.
            self.alarms.append((member, refused.code))

    def _phone(self, member: MemberNo) -> Phone:
        phone = _WatchedPhone(
            member,
            self._cards[member],
            self._server.origin,
            None,
            lambda paper, ballot: self._deals.marks(member, paper, ballot),
            pace=self._pace(Random(f"{self._seed}/pace/{member}")),
            follower=self._board,
            anonymous=self._server,
            on_receipt=self._receipt,
            on_latency=self._latencies.add,
            on_alarm=lambda code: self.alarms.append((member, code)),
        )
        phone.on_view = self._result_shown
        return phone

    def _receipt(self, receipt: Receipt) -> None:
        self._turnout.receipt(receipt.ballot, time.perf_counter())
        self._on_receipt(receipt)

    def _result_shown(self, before: Mapping[str, Any], view: Mapping[str, Any]) -> None:
        poll, earlier = view["poll"], before.get("poll")
        if (
            poll is not None
            and earlier is not None
            and poll["stage"] == "counted"
            and earlier["stage"] != "counted"
            and earlier["ballot"] == poll["ballot"]
            and poll["sealed_at"] is not None
        ):
            self._latencies.add("result", time.time_ns() / 1e9 - poll["sealed_at"] / 1000)
