"""From the order of business to the box: which paper a poll puts, to whom, under which rules.  Pure.

The box knows no meeting; this is where a matter becomes a question and the roll becomes a list of devices.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

from meeting.order.events import PollPrepared
from meeting.order.sitting import Base, MatterId, Visibility
from meeting.order.state import State
from voting.board import Bound, EffectiveRoll, Line
from voting.box import NewBallot, Rules
from voting.paper import Majority, MotionQuestion, Paper

Devices = Mapping[int, tuple[bytes, str]]
"""Device key and manner of binding, by member."""


def new_ballot(state: State, poll: PollPrepared, devices: Devices) -> NewBallot:
    """The ballot that `poll` asks the box to prepare.  `state` is the one after the event."""
    title = state.plan.item(poll.item).title if poll.matter is None else state.plan.matter(poll.matter).title
    base: Literal["all_members", "present"] = (
        "all_members" if state.plan.rules.majority_base is Base.ALL_MEMBERS else "present"
    )
    secret = poll.visibility is Visibility.SECRET
    return NewBallot(
        ballot=poll.poll,
        visibility="secret" if secret else "open",
        paper=Paper((MotionQuestion(id=poll.question, title=title.zh, majority=Majority(base)),)),
        roll=roll(state, poll.matter, devices),
        # A personnel matter stays out of the public record unless it is carried (PROCEDURE.md R47).
        rules=Rules(withhold=poll.matter is not None),
        replaces=poll.replaces,
        fewest=state.plan.rules.fewest_secret_voters,
    )


def roll(state: State, matter: MatterId | None, devices: Devices) -> EffectiveRoll:
    """The roll for a vote on `matter` as it stands now; a member without a device is on it, and gets no ballot."""
    names = {member.number: member.name for member in state.plan.members}
    lines = {}
    for number in state.entitled(matter):
        key, bound = devices.get(number, (None, None))
        lines[int(number)] = Line(number, names[number], key, cast("Bound | None", bound))
    return EffectiveRoll(
        all_members=state.plan.rules.total_members,
        present=frozenset(int(number) for number in state.present),
        recused=frozenset(int(number) for number in state.recused(matter)),
        lines=lines,
    )
