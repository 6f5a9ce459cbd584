"""Whether every paper that is known before the day can be cast: one with all its marks must go into the box.

Only a checked plan has papers, so this comes last.  What a further election asks is not known before: it is refused on
the day, calmly (`voting.errors.PaperTooLong`), and goes on by hands.  It counts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from meeting.office.draft import Draft
from meeting.office.form_problems import Path
from meeting.office.matter_check import LONGEST_BALLOT_ID
from meeting.office.problems import Code, Problem
from meeting.order.asking import Ask, ElectionAsk, ScoreAsk, SelectionAsk, Visibility, VotePlan
from meeting.order.events import PollId, SittingLoaded
from meeting.order.evolve import Recorded, replay
from meeting.order.paper_of import paper_of, question_ids
from meeting.order.poll import Poll
from meeting.order.progress import Position
from meeting.order.sitting import Plan
from voting import records

_LONGEST_ID: Final = "x" * LONGEST_BALLOT_ID
"""However often the vote is repeated, and whichever class is asked."""


def check(draft: Draft, plan: Plan) -> Iterator[Problem]:
    state = replay([Recorded(1, 0, SittingLoaded(plan))])
    places = {item.num: path for path, item in draft.items}
    for item, index, step in plan.steps():
        if step.vote is None or step.vote.visibility is Visibility.HANDS:
            continue
        at = Position(item.number, index)
        poll = Poll(
            id=PollId(_LONGEST_ID),
            item=item.number,
            step=index,
            matter=step.matter,
            round=1,
            voter_class="",
            binding=True,
            visibility=step.vote.visibility,
            questions=question_ids(state, at),
            replaces=None,
        )
        length = records.longest(paper_of(state, poll), _LONGEST_ID)
        if length > records.LARGEST:
            place = (*places[item.number], *_place(step.vote))
            yield draft.problem(Code.PAPER_TOO_LONG, place, bytes=length, most=records.LARGEST)


def _place(vote: VotePlan) -> Path:
    """What makes the paper long, within its item."""
    return max((_part(ask) for ask in vote.asks), key=lambda one: one[0])[1]


def _part(ask: Ask) -> tuple[int, Path]:
    match ask:
        case ElectionAsk(seats, candidates):
            return len(candidates) + seats, ("candidates",)
        case SelectionAsk(_, options):
            return len(options), ("options",)
        case ScoreAsk(criteria):
            return len(criteria), ("score_sheet", "criteria")
        case _:
            return 0, ()
