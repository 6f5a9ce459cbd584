"""A sitting played on paper to any moment, with the views of its desks: rules and projections are the real ones.

What the box would tell is made up from the roll; results are counted by `voting.outcome` from ballots that a test
names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

from meeting import projections
from meeting.demo import BAILU
from meeting.office.sitting_file import read_sitting
from meeting.order import commands as c
from meeting.order.acting import acting_tellers
from meeting.order.asking import Visibility
from meeting.order.paper_of import paper_of
from meeting.order.poll import LIVE, Poll, PollStage
from meeting.order.rules import Rules
from meeting.order.sitting import MemberNo, Plan
from meeting.order.state import Position
from meeting.polling import FEW, VOTING
from meeting.projections import Count, Watching
from tests.meeting.order.full_sitting import counted
from tests.meeting.order.small_sitting import Sitting

HERE = tuple(number for number in range(1, 32) if number != 29)
ATTENDEES = tuple(range(32, 44))
AT = 1_774_486_800_000
Ballots = Sequence[Mapping[str, Any]]


def bailu(**rules: Any) -> Plan:
    """The Bailu sitting, with some of its rules changed."""
    plan = read_sitting(BAILU).plan
    return replace(plan, rules=replace(plan.rules, **rules))


class Played(Sitting):
    """Orders as they are given, polls prepared by themselves, and the views of console and tellers' desk."""

    def __init__(self, plan: Plan | None = None) -> None:
        super().__init__(plan or bailu())
        self.now = AT
        self.issued: int | None = None
        """How many have collected; None: everybody."""
        self.returned = 0
        self.trouble: dict[str, Any] | None = None

    def begin(self, away: Sequence[int] = (29,)) -> Self:
        here = [one.number for one in self.plan.members if one.number not in away]
        beside = [one.number for one in self.plan.attendees]
        self.obey(c.RecordLeave(MemberNo(29), "病假", True)) if 29 in away else None
        return self.convene([*here, *beside])

    def approve_tellers(self) -> Self:
        """Item 3 of Bailu, held as it is in the file."""
        return self.to(3).vote([{}] * len(self.poll.voters or HERE), "for")

    def to(self, item: int, step: int = 0) -> Self:
        """Go to a step; what is before it in the item is done."""
        steps = self.plan.item(item).steps
        for index in range(step + 1):
            if self.state.passed_over(Position(item, index)):
                continue
            if self.state.at != (item, index):
                self.obey(c.GoTo(item, index))
            if index < step and steps[index].vote is None:
                self.obey(c.Proceed())
        return self

    def overridden(self) -> Self:
        """Whatever stands against the vote is set aside."""
        from meeting.order.preconditions import preconditions

        assert self.state.at is not None
        for one in preconditions(self.state, self.state.at):
            if one.name == "empty_box" and not one.holds:
                self.obey(c.ConfirmEmptyBox(self.poll.id, self.teller))
            elif not one.holds:
                self.obey(c.OverridePrecondition(one.name, "主任会议决定"))
        return self

    @property
    def teller(self) -> MemberNo:
        return min(acting_tellers(self.state))

    def open(self) -> Self:
        self.overridden()
        self.returned = 0
        return self.obey(c.OpenPoll(self.poll.id))

    def vote(self, ballots: Ballots, mark: str = "", advice: Mapping[str, Ballots] | None = None) -> Self:
        """Open, vote, close and count; `mark` is everybody's where the ballots are empty."""
        self.open()
        if self.poll.visibility is Visibility.HANDS:
            raise AssertionError("hands are typed in")
        if mark:
            ballots = [{self.poll.question: mark}] * len(self.poll.voters)
        return self.close(ballots, advice)

    def close(self, ballots: Ballots, advice: Mapping[str, Ballots] | None = None) -> Self:
        self.obey(c.ClosePoll(self.poll.id))
        for poll in reversed(self.state.together(self.poll)):
            marked = ballots if poll.binding else (advice or {}).get(poll.voter_class, [])
            self.obey(c.RecordCount(poll.id, counted(self.state, poll, marked)))
        return self

    # --- what the desks show ---

    def told(self) -> Count | None:
        poll = self.state.poll
        if poll is None:
            return None
        beside = [one for one in self.state.together(poll) if not one.binding]
        return self._count(poll, tuple((one.voter_class, self._count(one)) for one in beside))

    def _count(self, poll: Poll, advisory: tuple[tuple[str, Count], ...] = ()) -> Count:
        voters = self.state.voters_of(poll)
        secret = poll.visibility is Visibility.SECRET
        issued = len(voters) if self.issued is None or not poll.binding else self.issued
        done = poll.result is not None
        returned = int(poll.result["returned"]) if poll.result is not None else min(issued, self.returned)
        told: int | None = returned if poll.stage in LIVE or done else 0
        if secret and len(voters) < FEW and poll.stage in VOTING and returned < issued:
            told = None
        running = poll.stage in LIVE or poll.stage is PollStage.PREPARED
        return Count(
            paper=paper_of(self.state, poll).text(),
            salt="",
            code="K7QM-3FTT-2XWA-5HRN",
            visibility=poll.visibility.value,
            entitled=len(voters),
            issued=issued if secret else len(voters),
            returned=told,
            not_collected=tuple(int(one) for one in voters[issued:]) if secret and running else (),
            checked=27 if poll.stage is PollStage.DECLARED and secret else None,
            advisory=advisory,
        )

    def console(self) -> dict[str, Any]:
        online = frozenset(int(one.number) for one in self.plan.everybody if one.number not in {7, 29})
        view = projections.console(self.state, self.told(), Watching(30, 1, 1, online), self.now)
        if self.trouble is not None:
            view["trouble"] = self.trouble
        return _sent(view)

    def desk(self) -> dict[str, Any]:
        """The tellers' view."""
        return _sent(projections.teller(self.state, self.told(), self.now))


def _sent(view: dict[str, Any]) -> dict[str, Any]:
    """As it comes over the wire."""
    return json.loads(json.dumps(view))  # type: ignore[no-any-return]


def strict(**rules: Any) -> Rules:
    return replace(bailu().rules, **rules)
