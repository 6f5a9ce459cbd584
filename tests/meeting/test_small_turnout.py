"""Where fewer than five vote in secret, no screen counts their ballots one by one: a turnout would be a clock."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest

from meeting import projections
from meeting.order import commands as c
from meeting.order.sitting import MemberNo
from meeting.order.state import State
from meeting.polling import FEW, Polling
from meeting.projections import Count, Watching
from meeting.projections.primary import primary
from tests.meeting.order.full_sitting import Full
from voting.ballots import Turnout
from voting.box import Box
from voting.figures import Figures


class Papers:
    """A box that says how many ballots it has, and nothing else."""

    def __init__(self) -> None:
        self.returned: dict[str, int] = {}
        self.issued: dict[str, int] = {}

    def facts(self, ballot: str) -> Any:
        return SimpleNamespace(B=b"\0" * 32, paper_text="{}", salt=b"", visibility="secret")

    def turnout(self, ballot: str) -> Turnout:
        return Turnout(self.issued.get(ballot, 0), self.returned.get(ballot, 0))

    def not_collected(self, ballot: str) -> tuple[int, ...]:
        return ()


class Room:
    def __init__(self, sitting: Full) -> None:
        self.sitting = sitting
        self.papers = Papers()
        self.polling = Polling(
            cast(Box, self.papers), cast(Figures, SimpleNamespace(is_checked=lambda ballot: False))
        )
        self.polls = sitting.state.together(sitting.poll)
        self.papers.issued = {poll.id: len(sitting.state.voters_of(poll)) for poll in self.polls}

    async def told(self, *returned: int) -> Count:
        """With so many ballots in the box: the members', then the deputies'."""
        self.papers.returned = {poll.id: number for poll, number in zip(self.polls, returned, strict=True)}
        await self.polling.follow(self.sitting.state)
        self.polling.count_again(self.sitting.state)
        count = self.polling.count(self.sitting.state)
        assert count is not None
        return count

    async def views(self, *returned: int) -> Mapping[str, str]:
        shown = everybodys(self.sitting.state, await self.told(*returned))
        return {audience: json.dumps(view, sort_keys=True) for audience, view in shown.items()}


def everybodys(state: State, count: Count) -> Mapping[str, projections.View]:
    return {
        "hall": projections.hall(state, count, 0),
        "member": projections.member(state, count, 0),
        "attendee": projections.attendee(state, "deputy", count, 0),
        "teller": projections.teller(state, count, 0),
        "console": projections.console(state, count, Watching(), 0),
        "public": projections.public(state, count, 0),
    }


def evaluating(deputies: int) -> Room:
    """Eight members evaluate, and so many deputies beside them."""
    return Room(Full().begin(present=(*range(1, 9), *range(10, 10 + deputies))).to(3).open())


@pytest.mark.parametrize("stage", ["open", "held", "closing"])
async def test_no_screen_of_anybody_moves_while_a_small_class_votes(stage: str) -> None:
    room = evaluating(3)
    poll = room.sitting.poll.id
    if stage != "open":
        room.sitting.obey(c.HoldPoll(poll) if stage == "held" else c.ClosePoll(poll))
    assert room.sitting.poll.stage.value == stage
    first, *later = [await room.views(5, deputies) for deputies in range(3)]
    for views in later:
        for audience in first:
            assert views[audience] == first[audience], audience


async def test_that_all_are_in_is_told() -> None:
    room = evaluating(3)
    assert dict((await room.told(5, 2)).advisory)["deputy"].returned is None
    assert dict((await room.told(5, 3)).advisory)["deputy"].returned == 3
    views = await room.views(5, 3)
    assert len({views["hall"], (await room.views(5, 2))["hall"]}) == 2


async def test_the_members_are_counted_as_ever() -> None:
    room = evaluating(3)
    assert [(await room.told(number, 0)).returned for number in (1, 2, 3)] == [1, 2, 3]


async def test_five_are_enough_to_be_counted() -> None:
    room = evaluating(FEW)
    assert dict((await room.told(5, 2)).advisory)["deputy"].returned == 2


async def test_whoever_closes_is_told_that_some_are_missing_and_not_how_many() -> None:
    room = evaluating(3)
    warned = [primary(room.sitting.state, await room.told(8, deputies)).warning for deputies in range(4)]
    assert [None if each is None else each["zh"] for each in warned] == ["还没有全部收回。"] * 3 + [None]


async def test_a_small_roll_of_members_is_told_no_finer() -> None:
    sitting = Full().begin(present=range(1, 9)).to(5)
    matter = sitting.poll.matter
    assert matter is not None
    sitting.obey(*(c.Recuse(MemberNo(number), matter, "近姻亲") for number in range(3, 8)))
    sitting.obey(c.OverridePrecondition("removal_first", "职务空缺"))
    room = Room(sitting.open())
    views = [await room.views(number) for number in range(4)]
    assert views[0] == views[1] == views[2]
    assert all(views[3][audience] != views[2][audience] for audience in ("hall", "teller", "console"))
