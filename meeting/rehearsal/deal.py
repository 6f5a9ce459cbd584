"""How the robots mark their papers: exactly as the script wants it, on whichever seats chance puts them.

Pure.  Chance is the seed and the ballot's id, so the same rehearsal comes out the same again; a seat says nothing of
its marks, and the same member marks differently from ballot to ballot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, assert_never

from meeting.office.marking import NoSuchPapers
from meeting.order.sitting import MemberNo
from meeting.rehearsal import marks
from meeting.rehearsal.day import Asked, Day
from voting.paper import Mark, Paper, Question, parse_paper
from voting.tally import ElectionTally, GradeTally, MotionTally, ScoreTally, SelectionTally, tally

NOT_RETURNED = 0.01
"""Where nothing is expected so many voters, on an average, collect a ballot and do not return it."""

IsVoid = Callable[[str], bool]
"""Whether a ballot came to nothing: then the next one is the same round again."""


@dataclass(frozen=True, slots=True)
class Seats:
    """Who has which place in the pile: those below `returned` hand in a paper, those below `issued` got one."""

    of: Mapping[MemberNo, int]
    issued: int
    returned: int

    def returns(self, member: MemberNo) -> bool:
        """Whoever the script does not know returns his paper too."""
        place = self.of.get(member)
        return place is None or place < self.returned or place >= self.issued


class Deals:
    """The marks of every ballot of the day, each dealt once."""

    def __init__(
        self,
        day: Day,
        seed: int = 0,
        is_void: IsVoid = lambda ballot: False,
        received: Callable[[str], int] = lambda ballot: 0,
    ) -> None:
        """`received` tells how many receipts the robots have for a ballot."""
        self._day = day
        self.received = received
        self._seed = seed
        self._is_void = is_void
        self._seats: dict[str, Seats] = {}
        self._columns: dict[str, Mapping[str, Sequence[Mark | None]]] = {}

    def seats(self, ballot: str) -> Seats:
        if ballot not in self._seats:
            self._seats[ballot] = self._seat(ballot)
        return self._seats[ballot]

    def marks(self, member: MemberNo, paper: Paper, ballot: str) -> Mapping[str, object] | None:
        """How the voter marks the paper; None: he returns no ballot."""
        seats = self.seats(ballot)
        if not seats.returns(member):
            return None
        columns = self._of(ballot, paper)
        place = seats.of.get(member)
        filled: dict[str, Mark | None] = {}
        for question in paper.questions:
            column = columns.get(question.id)
            if column is not None and place is not None and place < len(column):
                filled[question.id] = column[place]
            else:
                filled[question.id] = self._free(question, ballot, member)
        return {name: mark for name, mark in filled.items() if mark is not None}

    def withheld(self, ballot: str) -> int:
        """How many voters collect a ballot and do not return it."""
        seats = self.seats(ballot)
        return max(0, min(len(seats.of), seats.issued) - seats.returned)

    def totals(self, ballot: str, paper: str) -> Mapping[str, Mapping[str, Any]]:
        """What is counted of raised hands, in the form of `voting.totals`; `paper` is its text."""
        questions = parse_paper(paper).questions
        piles = [
            self.marks(member, Paper(questions), ballot)
            for member in self.seats(ballot).of
            if self.seats(ballot).returns(member)
        ]
        return {
            question.id: _total(question, [None if pile is None else pile.get(question.id) for pile in piles])
            for question in questions
        }

    # --- how it is dealt ---

    def _seat(self, ballot: str) -> Seats:
        asked = self.asked(ballot)
        if asked is None:
            return Seats({}, 0, 0)
        voters, chance = list(self._day.voters(asked)), Random(f"{self._seed}/{ballot}")
        chance.shuffle(voters)
        places = {voter: place for place, voter in enumerate(voters)}
        expect = self._day.expect(asked)
        if expect is not None:
            return Seats(places, expect.issued, expect.returned)
        if self._day.script is None or self._day.by_hands(asked):
            return Seats(places, len(voters), len(voters))
        kept = sum(chance.random() < NOT_RETURNED for _ in voters)
        return Seats(places, len(voters), len(voters) - kept)

    def _of(self, ballot: str, paper: Paper) -> Mapping[str, Sequence[Mark | None]]:
        if ballot not in self._columns:
            self._columns[ballot] = self._deal(ballot, paper)
        return self._columns[ballot]

    def _deal(self, ballot: str, paper: Paper) -> Mapping[str, Sequence[Mark | None]]:
        asked = self.asked(ballot)
        expect = None if asked is None else self._day.expect(asked)
        if expect is None:
            return {}
        columns: dict[str, Sequence[Mark | None]] = {}
        for question in paper.questions:
            chance = Random(f"{self._seed}/{ballot}/{question.id}")
            try:
                dealt = marks.column(question, expect, expect.returned, chance)
            except NoSuchPapers:
                # The paper is not the one that was foreseen: they vote freely, and the comparison will tell.
                continue
            if dealt is not None:
                columns[question.id] = dealt
        return columns

    def _free(self, question: Question, ballot: str, member: MemberNo) -> Mark:
        chance = Random(f"{self._seed}/{ballot}/{question.id}/{member}")
        return marks.free(question, chance, agree=1.0 if self._day.script is None else marks.AGREE)

    def asked(self, ballot: str) -> Asked | None:
        """Where and in which round the ballot is asked, rounds that came to nothing not counted."""
        asked = self._day.asked(ballot)
        if asked is None:
            return None
        earlier = (asked.ballot(number) for number in range(1, asked.round))
        return asked.in_round(asked.round - sum(self._is_void(one) for one in earlier))


def _total(question: Question, pile: Sequence[Any]) -> Mapping[str, Any]:
    """What a show of hands comes to, if everybody raises his hand as he would mark the paper."""
    counted = tally(question, pile)
    match counted:
        case MotionTally() | GradeTally():
            return {str(mark): number for mark, number in counted.counts.items()}
        case ElectionTally():
            head = {"returned": len(pile), "invalid": counted.invalid}
            return {"for": dict(counted.votes), "against": dict(counted.against), **head}
        case SelectionTally():
            return {"votes": dict(counted.votes), "returned": len(pile), "invalid": counted.invalid}
        case ScoreTally():
            raise AssertionError("scores are not asked for by hands")
        case _:
            assert_never(counted)
