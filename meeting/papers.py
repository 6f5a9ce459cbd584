"""From the order of business to the box: which paper a poll puts, to whom, under which rules.  Pure.

The box knows no meeting; this is where a poll becomes a ballot and the roll becomes a list of devices.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from meeting.order.asking import ScoreAsk, Visibility
from meeting.order.events import PollPrepared
from meeting.order.paper_of import paper_of
from meeting.order.state import Poll, State
from voting.board import Bound, EffectiveRoll, Line
from voting.box import NewBallot, Rules

Devices = Mapping[int, tuple[bytes, str]]
"""Device key and manner of binding, by member."""


def new_ballot(state: State, event: PollPrepared, devices: Devices) -> NewBallot:
    """The ballot that a poll asks the box to prepare.  `state` is the one after the event."""
    poll = state.polls[event.poll]
    rules = state.plan.rules
    return NewBallot(
        ballot=poll.id,
        visibility=poll.visibility.value,
        paper=paper_of(state, poll),
        roll=roll(state, poll, devices),
        rules=Rules(
            changes=rules.change_of_mind and poll.visibility is Visibility.SECRET,
            names=rules.names_recorded and poll.visibility is Visibility.OPEN,
            withhold=_is_withheld(state, poll),
        ),
        replaces=poll.replaces,
        fewest=rules.fewest_secret_voters if poll.binding else rules.fewest_advisory_voters,
        voter_class=poll.voter_class,
    )


def _is_withheld(state: State, poll: Poll) -> bool:
    """A personnel matter stays out of the public record unless it is carried (PROCEDURE.md R47).

    A sheet of scores is a pattern that can be recognised (BALLOT.md 6).
    """
    vote = state.plan.item(poll.item).steps[poll.step].vote
    return poll.matter is not None or any(isinstance(ask, ScoreAsk) for ask in (vote.asks if vote else ()))


def roll(state: State, poll: Poll, devices: Devices) -> EffectiveRoll:
    """The roll for a poll as it stands now; a voter without a device is on it, and gets no ballot."""
    bases = state.bases(poll.matter, poll.voter_class)
    lines = {}
    for number in state.entitled(poll.matter, poll.voter_class, poll.visibility):
        key, bound = devices.get(number, (None, None))
        lines[int(number)] = Line(number, state.plan.name_of(number), key, cast("Bound | None", bound))
    present = frozenset(int(number) for number in state.present_of(poll.voter_class))
    return EffectiveRoll(
        all_members=bases.all_members,
        present=present,
        # Who is present by video is here and gets no paper, like one who is recused.
        recused=present - frozenset(lines),
        lines=lines,
    )
