"""The demonstration sitting, played to any of its votes with ballots that a test makes up: 30 of 31 members present."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from meeting.demo import BAILU
from meeting.office.sitting_file import read_sitting
from meeting.order import announcement
from meeting.order import commands as c
from meeting.order.preconditions import LAW, preconditions
from meeting.order.progress import Position
from meeting.order.sitting import MemberNo, Plan
from meeting.wording import words
from tests.meeting.order.full_sitting import counted
from tests.meeting.order.small_sitting import Sitting

PLAN: Plan = read_sitting(BAILU).plan
ON_LEAVE = MemberNo(29)
SATISFIED = ("满意", "基本满意", "不满意")
COMPETENT = ("优秀", "称职", "基本称职", "不称职")
MEANS = (88.4, 90.1, 84.7, 82.3, 79.6, 86.9)


def spread(question: str, marks: Sequence[Any], counts: Sequence[int]) -> list[dict[str, Any]]:
    """So many ballots with each mark."""
    return [{question: mark} for mark, count in zip(marks, counts, strict=True) for _ in range(count)]


def sheets(means: Sequence[float], papers: int) -> list[dict[str, int]]:
    """Score sheets whose means are exactly these, to one decimal."""
    found: list[dict[str, int]] = [{} for _ in range(papers)]
    for number, mean in enumerate(means, 1):
        whole, more = divmod(round(mean * papers), papers)
        for index, sheet in enumerate(found):
            sheet[str(number)] = whole + (index < more)
    return found


class Bailu(Sitting):
    def __init__(self) -> None:
        super().__init__(PLAN)
        here = [one.number for one in PLAN.everybody if one.number != ON_LEAVE]
        self.convene(here)

    def at(self, item: int, step: int | None = None) -> Bailu:
        """Go to a step of the item, or to its first vote, whatever was left out before it."""
        steps = PLAN.item(item).steps
        wanted = (
            step if step is not None else next((i for i, one in enumerate(steps) if one.vote is not None), 0)
        )
        if self.state.at != Position(item, wanted):
            self.obey(c.GoTo(item, wanted))
        return self

    def open(self) -> Bailu:
        assert self.state.at is not None
        for unmet in (one for one in preconditions(self.state, self.state.at) if not one.holds):
            assert unmet.name not in LAW
            self.obey(c.OverridePrecondition(unmet.name, "试验"))
        self.obey(c.OpenPoll(self.poll.id))
        return self

    def cast(
        self,
        ballots: Sequence[Mapping[str, Any]],
        advice: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    ) -> Bailu:
        """Close the vote and count these ballots; `advice` are those of the other classes."""
        self.obey(c.ClosePoll(self.poll.id))
        for poll in reversed(self.state.together(self.poll)):
            marked = ballots if poll.binding else (advice or {}).get(poll.voter_class, ())
            self.obey(c.RecordCount(poll.id, counted(self.state, poll, marked)))
        return self

    def carry(self, item: int, *counts: int, step: int | None = None) -> Bailu:
        """Hold a motion of the item: so many for, against, abstaining."""
        self.at(item, step).open()
        marks = ("for", "against", "abstain")[: len(counts)]
        return self.cast(spread(self.poll.question, marks, counts))

    def said(self) -> list[str]:
        """What the chair has to say now."""
        return [words(one)["zh"] for one in announcement.script(self.state)]
