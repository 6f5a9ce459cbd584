"""How the robots mark their ballots: exactly as many of each as the script wants, on whichever seats chance puts them.

Pure.  Chance is the seed and the ballot's id, so the same rehearsal comes out the same again; a seat says nothing of
its mark, and the same member marks differently from ballot to ballot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from meeting.office.script import Mark
from meeting.order.sitting import MemberNo
from meeting.rehearsal.day import Day
from voting.paper import Paper

MOSTLY_IN_FAVOUR: Sequence[tuple[Mark | None, int]] = (("for", 91), ("against", 5), ("abstain", 3), (None, 1))
"""Marks and their weights where the script's figures do not apply."""


def deal(
    marks: Sequence[Mark | None], voters: Sequence[MemberNo], chance: Random
) -> Mapping[MemberNo, Mark | None]:
    """One of `marks` for every voter; None returns no ballot.  Voters beyond the marks are in favour."""
    shuffled = list(marks)
    chance.shuffle(shuffled)
    dealt = dict(zip(voters, shuffled, strict=False))
    return {voter: dealt.get(voter, "for") for voter in voters}


class Deals:
    """The marks of every ballot of the day, each dealt once."""

    def __init__(self, day: Day, seed: int = 0) -> None:
        self._day = day
        self._seed = seed
        self._dealt: dict[str, Mapping[MemberNo, Mark | None]] = {}

    def of(self, ballot: str) -> Mapping[MemberNo, Mark | None]:
        if ballot not in self._dealt:
            self._dealt[ballot] = self._deal(ballot)
        return self._dealt[ballot]

    def marks(self, member: MemberNo, paper: Paper, ballot: str) -> Mapping[str, object] | None:
        """How the member marks the paper; None: he returns no ballot."""
        mark = self.of(ballot).get(member, "for")
        return None if mark is None else {question.id: mark for question in paper.questions}

    def withheld(self, ballot: str) -> int:
        """How many voters collect a ballot and do not return it."""
        return sum(mark is None for mark in self.of(ballot).values())

    def _deal(self, ballot: str) -> Mapping[MemberNo, Mark | None]:
        at = self._day.asked(ballot)
        if at is None:
            return {}
        voters, chance = self._day.voters(at), Random(f"{self._seed}/{ballot}")
        expect = self._day.expect(at)
        if expect is not None:
            return deal(expect.marks(), voters, chance)
        if self._day.script is None:
            return dict.fromkeys(voters, "for")
        marks, weights = zip(*MOSTLY_IN_FAVOUR, strict=True)
        return dict(zip(voters, chance.choices(marks, weights, k=len(voters)), strict=True))
