"""A sitting on paper: the real rules and views without server, box or phone, for an autopilot to lead.

Every order goes through the console's own parser and `decide`; members come, collect and vote at once, and a teller
does what waits for him.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from meeting import projections
from meeting.console.messages import Order as Parsed
from meeting.console.messages import parse
from meeting.demo import BAILU
from meeting.office.sitting_file import read_sitting
from meeting.order import commands as c
from meeting.order import events as e
from meeting.order.asking import Visibility
from meeting.order.decide import decide
from meeting.order.evolve import Recorded, replay
from meeting.order.paper_of import paper_of
from meeting.order.poll import LIVE, Poll, PollStage
from meeting.order.state import State
from meeting.projections import Count, Watching
from meeting.rehearsal.autopilot import Order, Over, Wait, next_order
from meeting.rehearsal.day import Day
from meeting.rehearsal.deal import Deals
from meeting.rehearsal.teller import next_duty, rulings_of
from voting import paper as papers
from voting.outcome import result, result_of_totals

AT = 1_774_486_800_000


def bailu() -> Day:
    file = read_sitting(BAILU)
    return Day(file.plan, file.script)


class PaperSitting:
    def __init__(self, day: Day, *, seed: int = 0) -> None:
        self.day = day
        self.deals = Deals(day, seed, self._is_void)
        self.journal = [Recorded(1, AT, e.SittingLoaded(day.plan))]
        self.orders: list[Order] = []
        self.duties: list[Order] = []
        self.collected = True
        """Whether phones collect their ballots as soon as they are prepared."""
        self.teller_here = True

    @property
    def state(self) -> State:
        return replay(self.journal)

    def obey(self, command: c.Command, expected_seq: int | None = None) -> None:
        state = self.state
        for event in decide(state, command, AT, expected_seq):
            self.journal.append(Recorded(len(self.journal) + 1, AT, event))

    def view(self) -> dict[str, Any]:
        state = self.state
        return _sent(projections.console(state, self._count(state), Watching(), AT))

    def teller_view(self) -> dict[str, Any]:
        state = self.state
        return _sent(projections.teller(state, self._count(state), AT))

    def everybody_comes(self) -> None:
        for member in sorted(self.day.by_phone()):
            self.obey(c.CheckIn(member))

    def follow(self) -> None:
        """What the service does by itself, and the tellers."""
        state = self.state
        if state.wants_poll:
            self.obey(c.PreparePoll())
        elif state.live_poll is not None and state.live_poll.stage is PollStage.CLOSING:
            # those that advise come first: they are declared with the one that binds
            for poll in reversed(state.together(state.live_poll)):
                self.obey(c.RecordCount(poll.id, self._counted(state, poll)))
        view = self.teller_view()
        sheet = view["reconciliation"]
        asked = None if sheet is None else self.deals.asked(sheet["ballot"])
        duty = next_duty(view, rulings_of(self.day, asked))
        if duty is not None and self.teller_here:
            command = self._parsed(duty, self.state.order_seq, c.TELLER_COMMANDS).command
            if isinstance(command, c.RuleWriteIns):
                self._rule(command)
            else:
                self.obey(command)
            self.duties.append(duty)
            self.follow()

    def _rule(self, command: c.RuleWriteIns) -> None:
        """Count anew, as the service does, with every ruling so far and this one."""
        state = self.state
        poll = state.polls[command.poll]
        rulings = [*poll.rulings, (command.question, command.same, command.person)]
        self.obey(command)
        self.obey(
            c.RecordRuling(command, self._counted(state, poll, [papers.Ruling(*one) for one in rulings]))
        )

    def _counted(self, state: State, poll: Poll, rulings: Sequence[papers.Ruling] = ()) -> dict[str, Any]:
        """The result of everybody's papers, or of the totals that were typed in."""
        assert poll.bases is not None
        paper, voters = paper_of(state, poll), len(poll.voters)
        bases = papers.Bases(poll.bases.all_members, poll.bases.present, poll.bases.recused)
        if poll.visibility is Visibility.HANDS:
            assert poll.totals is not None
            return result_of_totals(paper, bases, voters, poll.totals)
        piles = [self.deals.marks(member, paper, poll.id) for member in poll.voters]
        marks = [paper.check(pile) for pile in piles if pile is not None]
        return result(paper, bases, voters, marks, rulings)

    def carry_out(
        self, order: Order, expected_seq: int, known: Mapping[str, type[c.Command]] = c.OFFICE_COMMANDS
    ) -> None:
        parsed = self._parsed(order, expected_seq, known)
        self.obey(parsed.command, parsed.expected_seq)
        self.orders.append(order)

    def _parsed(self, order: Order, expected_seq: int, known: Mapping[str, type[c.Command]]) -> Parsed:
        """The order as a desk sends it and the server reads it."""
        message = {"type": "command", "id": 1, "expected_seq": expected_seq, "command": order.message()}
        parsed = parse(json.dumps(message), known)
        assert isinstance(parsed, Parsed)
        return parsed

    def next(self, *, impatient: bool = False) -> Order | Wait | Over:
        return next_order(self.day, self.deals, self.view(), impatient=impatient)

    def play(self, most: int = 1000) -> None:
        """Let the autopilot lead to the end."""
        self.everybody_comes()
        for _ in range(most):
            self.follow()
            match self.next():
                case Over():
                    return
                case Wait(on):
                    raise AssertionError(f"waits for {on} at {self.state.at}")
                case Order() as order:
                    self.carry_out(order, self.state.order_seq)
        raise AssertionError(f"no end after {most} orders; at {self.state.at}")

    def _is_void(self, ballot: str) -> bool:
        poll = self.state.polls.get(e.PollId(ballot))
        return poll is not None and poll.stage is PollStage.VOID

    def _count(self, state: State) -> Count | None:
        poll = state.poll
        if poll is None:
            return None
        beside = [one for one in state.together(poll) if not one.binding]
        return self._of(state, poll, tuple((one.voter_class, self._of(state, one)) for one in beside))

    def _of(self, state: State, poll: Poll, advisory: tuple[tuple[str, Count], ...] = ()) -> Count:
        voters = state.voters_of(poll)
        secret, in_hand = poll.visibility is Visibility.SECRET, poll.stage in LIVE
        collected = not secret or self.collected or in_hand
        return Count(
            paper=paper_of(state, poll).text(),
            salt="",
            code="AAAA-BBBB-CCCC-DDDD",
            visibility=poll.visibility.value,
            entitled=len(voters),
            issued=len(voters) if collected else 0,
            returned=len(voters) - self.deals.withheld(poll.id) if in_hand else 0,
            not_collected=() if collected else tuple(voters),
            advisory=advisory,
        )


def _sent(view: dict[str, Any]) -> dict[str, Any]:
    """As it comes over the wire."""
    return json.loads(json.dumps(view))  # type: ignore[no-any-return]
