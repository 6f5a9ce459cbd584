"""The pledge of a nominee: whether it is spoken or shown, and the points that the chair ticks off while he listens.

Pure.  What is ticked never stands in the way of anything; it is a help for the chair (PROCEDURE.md row 67).
"""

from __future__ import annotations

from meeting.order.dossier import PledgeMode
from meeting.order.errors import OutOfOrder, UnknownPoint
from meeting.order.pledge_commands import TickPledgePoint
from meeting.order.pledge_events import PledgePointTicked
from meeting.order.require import current, matter_of
from meeting.order.sitting import MatterId, StepKind
from meeting.order.state import State


def by_text(state: State, matter: MatterId) -> bool:
    """Whether the pledge is shown and not spoken; one that the chair orders again is spoken."""
    written = state.plan.matter(matter).dossier.pledge_mode is PledgeMode.WRITTEN
    return written and not state.matters[matter].pledges


def tick(state: State, command: TickPledgePoint, at: int) -> tuple[PledgePointTicked, ...]:
    matter, step = matter_of(state, command.matter), current(state)
    if not 0 <= command.point < len(state.plan.rules.pledge_points):
        raise UnknownPoint(point=command.point + 1)
    ticked = command.point in state.matters[matter].points
    if step.kind is not StepKind.PLEDGE or step.matter != matter or ticked == command.done:
        raise OutOfOrder(command="TickPledgePoint", stage=step.kind.value)
    return (PledgePointTicked(matter, command.point, command.done),)
