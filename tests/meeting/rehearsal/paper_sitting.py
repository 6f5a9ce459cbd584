"""A sitting on paper: the real rules and views without server, box or phone, for an autopilot to lead.

Every order goes through the console's own parser and `decide`; members come, collect and vote at once.
"""

from __future__ import annotations

import json
from typing import Any

from meeting import projections
from meeting.console.messages import Order as Parsed
from meeting.console.messages import parse
from meeting.demo import BAILU
from meeting.office.sitting_file import read_sitting
from meeting.order import commands as c
from meeting.order import events as e
from meeting.order.decide import decide
from meeting.order.evolve import Recorded, replay
from meeting.order.sitting import Visibility
from meeting.order.state import LIVE, PollStage, State
from meeting.projections import Count, Watching
from meeting.rehearsal.autopilot import Order, Over, Wait, next_order
from meeting.rehearsal.day import Day
from meeting.rehearsal.deal import Deals
from voting import paper as papers
from voting.outcome import result

AT = 1_774_486_800_000


def bailu() -> Day:
    file = read_sitting(BAILU)
    return Day(file.plan, file.script)


class PaperSitting:
    def __init__(self, day: Day, *, seed: int = 0) -> None:
        self.day = day
        self.deals = Deals(day, seed)
        self.journal = [Recorded(1, AT, e.SittingLoaded(day.plan))]
        self.orders: list[Order] = []
        self.collected = True
        """Whether phones collect their ballots as soon as they are prepared."""

    @property
    def state(self) -> State:
        return replay(self.journal)

    def obey(self, command: c.Command, expected_seq: int | None = None) -> None:
        state = self.state
        for event in decide(state, command, AT, expected_seq):
            self.journal.append(Recorded(len(self.journal) + 1, AT, event))

    def view(self) -> dict[str, Any]:
        view = projections.console(self.state, self._count(), Watching(), AT)
        return json.loads(json.dumps(view))  # type: ignore[no-any-return]  # as it comes over the wire

    def everybody_comes(self) -> None:
        for member in sorted(self.day.by_phone()):
            self.obey(c.CheckIn(member))

    def follow(self) -> None:
        """What the service does by itself."""
        state = self.state
        if state.wants_poll:
            self.obey(c.PreparePoll())
        elif state.live_poll is not None and state.live_poll.stage is PollStage.CLOSING:
            poll = state.live_poll
            assert poll.bases is not None
            paper = papers.Paper((papers.MotionQuestion(poll.question, "?", papers.Majority("all_members")),))
            dealt = {member: self.deals.of(poll.id).get(member, "for") for member in poll.voters}
            marks = [{poll.question: mark} for mark in dealt.values() if mark is not None]
            bases = papers.Bases(poll.bases.all_members, poll.bases.present, poll.bases.recused)
            self.obey(c.RecordCount(poll.id, result(paper, bases, len(poll.voters), marks)))

    def carry_out(self, order: Order, expected_seq: int) -> None:
        message = {"type": "command", "id": 1, "expected_seq": expected_seq, "command": order.message()}
        parsed = parse(json.dumps(message))
        assert isinstance(parsed, Parsed)
        self.obey(parsed.command, parsed.expected_seq)
        self.orders.append(order)

    def next(self, *, impatient: bool = False) -> Order | Wait | Over:
        return next_order(self.day, self.deals.withheld, self.view(), impatient=impatient)

    def play(self, most: int = 1000) -> None:
        """Let the autopilot lead to the end."""
        self.everybody_comes()
        for _ in range(most):
            self.follow()
            match self.next():
                case Over():
                    return
                case Wait(on):
                    raise AssertionError(f"waits for {on}")
                case Order() as order:
                    self.carry_out(order, self.state.order_seq)
        raise AssertionError(f"no end after {most} orders; at {self.state.at}")

    def _count(self) -> Count | None:
        poll = self.state.poll
        if poll is None:
            return None
        voters = poll.voters or self.state.entitled(poll.matter)
        secret, in_hand = poll.visibility is Visibility.SECRET, poll.stage in LIVE
        collected = not secret or self.collected or in_hand
        returned = len(voters) - self.deals.withheld(poll.id) if in_hand else 0
        return Count(
            paper="[]",
            salt="",
            code="AAAA-BBBB-CCCC-DDDD",
            visibility=poll.visibility.value,
            entitled=len(voters),
            issued=len(voters) if collected else 0,
            returned=returned,
            not_collected=() if collected else tuple(voters),
        )
