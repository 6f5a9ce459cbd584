"""The chair at the console: looks at the newest view, gives the order that is due, and looks again.

What is due is `autopilot.next_order`'s word; this half only waits, asks and narrates.  A refusal is answered by
looking again: things had changed.  Refused too often while nothing moves, the rehearsal is stuck and says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Protocol

from meeting.rehearsal.autopilot import Hands, Order, Over, View, Wait, next_order
from meeting.rehearsal.day import Day
from meeting.rehearsal.failures import OrderRefused
from meeting.rehearsal.office_line import Done, Lost, Refused

PATIENCE_S = 15.0
"""How long the chair waits for phones while nothing moves."""
LOOK_AGAIN_S = 0.5
MOST_REFUSALS = 20


class Console(Protocol):
    """What the chair needs of his desk; `office_line.OfficeLine` is one."""

    @property
    def view(self) -> View | None: ...
    @property
    def views(self) -> int: ...
    @property
    def viewed_at(self) -> float: ...
    @property
    def leading(self) -> bool: ...
    async def look(self, after: int, within: float) -> bool: ...
    async def order(self, command: Mapping[str, object], expected_seq: int) -> Done | Refused | Lost: ...
    async def take_over(self) -> None: ...


class Chair:
    def __init__(
        self,
        line: Console,
        day: Day,
        hands: Hands,
        *,
        on_view: Callable[[View], None] = lambda view: None,
        on_order: Callable[[Order], None] = lambda order: None,
        patience: float = PATIENCE_S,
    ) -> None:
        """`on_order` is told what was ordered and carried out."""
        self._line = line
        self._day = day
        self._hands = hands
        self._on_view = on_view
        self._on_order = on_order
        self._patience = patience
        self._refused: tuple[Order, int] | None = None
        self._refusals = 0

    async def lead(self) -> None:
        """Lead the sitting to its end.  Raises OrderRefused."""
        seen, within = -1, self._patience
        while True:
            await self._line.look(seen, within)
            view = self._line.view
            if view is None:
                continue  # the server is away
            if not self._line.leading:
                await self._line.take_over()
            seen, within = self._line.views, self._patience
            self._on_view(view)
            impatient = asyncio.get_running_loop().time() - self._line.viewed_at >= self._patience
            match next_order(self._day, self._hands, view, impatient=impatient):
                case Over():
                    return
                case Wait():
                    pass
                case Order() as order if not await self._give(order, view):
                    within = LOOK_AGAIN_S

    async def _give(self, order: Order, view: View) -> bool:
        """Give an order; True once it is carried out and the screen shows it."""
        answer = await self._line.order(order.message(), view["expected_seq"])
        match answer:
            case Done(seq):
                self._refusals = 0
                self._on_order(order)
                await self._see(seq)
                return True
            case Refused(code):
                self._count(order, view["seq"], code)
                return False
            case Lost():
                return False

    async def _see(self, seq: int) -> None:
        """Wait until the screen shows the order carried out, or the connection is gone."""
        while (view := self._line.view) is not None and view["seq"] < seq:
            await self._line.look(self._line.views, LOOK_AGAIN_S)

    def _count(self, order: Order, seq: int, code: str) -> None:
        self._refusals = self._refusals + 1 if self._refused == (order, seq) else 1
        self._refused = (order, seq)
        if self._refusals > MOST_REFUSALS:
            raise OrderRefused(order=order.name, refusal=code)
