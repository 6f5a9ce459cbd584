"""A teller at his own desk: sees that the box is empty, and confirms counts, typed totals and voids when they wait.

What is due is seen from the newest view alone, as with the chair's autopilot; nothing is remembered, so a duty that is
done is not in the next view.  He never objects: a rehearsal's counts are right, or the comparison says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from meeting.office.script import Ruling
from meeting.rehearsal.autopilot import Order, View, order
from meeting.rehearsal.chair import LOOK_AGAIN_S, PATIENCE_S, Console
from meeting.rehearsal.day import Asked, Day
from meeting.rehearsal.office_line import Done

DUTIES: Mapping[str, str] = {
    "empty_box": "confirm_empty_box",
    "totals": "confirm_totals",
    "count": "confirm_count",
    "void": "countersign_void",
}
"""What the desk's one button orders, by what it is about."""


def next_duty(view: View, rulings: Sequence[Ruling] = ()) -> Order | None:
    """What the teller does now; None: nothing waits for him.  The chief does it if he is here.

    `rulings` are those that the script has for the vote: they come before the count is confirmed.
    """
    if view["duty"] not in DUTIES or view["reconciliation"] is None or not view["acting"]:
        return None
    ballot, teller = view["reconciliation"]["ballot"], view["acting"][0]["number"]
    if view["duty"] == "count":
        ruled = {tuple(one["same"]) for one in view["rulings"]}
        written = {one["name"] for one in view["write_ins"]}
        for ruling in rulings:
            if ruling.same not in ruled and written.issuperset(ruling.same):
                return order(
                    "rule_write_ins",
                    poll=ballot,
                    question=view["questions"][-1]["id"],
                    same=list(ruling.same),
                    person=ruling.person,
                    teller=teller,
                )
    return order(DUTIES[view["duty"]], poll=ballot, teller=teller)


def rulings_of(day: Day, asked: Asked | None) -> Sequence[Ruling]:
    """What the script says of the spellings in a round."""
    script = None if asked is None else day.poll(asked.at, asked.round)
    return () if script is None else script.rulings


class TellerDesk:
    """Gives the orders that are due at a teller's console."""

    def __init__(
        self,
        line: Console,
        day: Day,
        asked: Callable[[str], Asked | None],
        *,
        on_order: Callable[[Order], None] = lambda order: None,
    ) -> None:
        """`asked` says where and in which round a ballot is asked; `on_order` is told what was carried out."""
        self._line = line
        self._day = day
        self._asked = asked
        self._on_order = on_order

    async def stand_by(self) -> None:
        """Do what is due, until cancelled.  A refusal means that things have changed: the next view says how."""
        seen, within = -1, PATIENCE_S
        while True:
            await self._line.look(seen, within)
            view = self._line.view
            if view is None:
                continue  # the server is away
            seen, within = self._line.views, PATIENCE_S
            duty = next_duty(view, self._rulings(view))
            if duty is None:
                continue
            answer = await self._line.order(duty.message(), view["expected_seq"])
            if isinstance(answer, Done):
                self._on_order(duty)
            else:
                within = LOOK_AGAIN_S

    def _rulings(self, view: View) -> Sequence[Ruling]:
        sheet = view["reconciliation"]
        return () if sheet is None else rulings_of(self._day, self._asked(sheet["ballot"]))
