"""What came out against what the script expects: the roll call, who was there when, every vote, every disposal.

Pure: reads the journal of the finished day.  Figures that the script does not name are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from meeting.office.script import CheckedIn, Departed, Disposal, MotionExpect
from meeting.order.events import MemberArrived, MemberDeparted, RollConfirmed
from meeting.order.evolve import Recorded, evolve
from meeting.order.sitting import MatterId, Text
from meeting.order.state import MatterStatus, Poll, PollStage, State
from meeting.rehearsal.day import Day

Figures = Mapping[str, object]

STATUS: Mapping[Disposal, MatterStatus] = {
    "deferred": MatterStatus.DEFERRED,
    "terminated": MatterStatus.TERMINATED,
    "withdrawn": MatterStatus.WITHDRAWN,
    # There is no order of its own for it: at the console a matter that goes back is withdrawn.
    "returned": MatterStatus.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that the script foretells; `expected` and `got` have the same keys."""

    item: int
    matter: MatterId | None
    expected: Figures
    got: Figures = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        return self.expected == self.got


def compare(day: Day, entries: Sequence[Recorded]) -> tuple[Check, ...]:
    """Everything that the script foretells of this journal's day, held against it, in the order of the agenda."""
    if day.script is None or not entries:
        return ()
    states, state = [], None
    for entry in entries:
        state = evolve(state, entry)
        states.append(state)
    checks = [*_attendance(day, entries, states), *_votes(day, states[-1])]
    return tuple(sorted(checks, key=lambda check: check.item))


def not_held(day: Day) -> tuple[tuple[int, Text], ...]:
    """Item and title of the votes that this release walks through, because it cannot hold them yet."""
    return tuple(
        (item.number, item.title if step.matter is None else day.plan.matter(step.matter).title)
        for item, _, step in day.plan.steps()
        if step.vote is not None and not step.vote.can_be_held
    )


def _attendance(day: Day, entries: Sequence[Recorded], states: Sequence[State]) -> Iterator[Check]:
    assert day.script is not None
    for item in day.script.items:
        if item.roll_call is not None:
            said = item.roll_call
            expected = {"due": said.due, "present": said.present, "quorate": said.quorate}
            called = next((one.event for one in entries if isinstance(one.event, RollConfirmed)), None)
            got = (
                {}
                if called is None
                # A roll is only ever confirmed when there is a quorum.
                else {"due": called.due, "present": called.present, "quorate": True}
            )
            yield Check(item.number, None, expected, got)
    for event in day.script.attendance:
        match event:
            case CheckedIn(when, member, int(present)):
                there = _present_after(entries, states, MemberArrived, member)
            case Departed(when, member, _, int(present)):
                there = _present_after(entries, states, MemberDeparted, member)
            case _:
                continue
        yield Check(when.item, None, {"present": present}, {"present": there})


def _present_after(
    entries: Sequence[Recorded],
    states: Sequence[State],
    kind: type[MemberArrived] | type[MemberDeparted],
    member: int,
) -> int | None:
    """How many were present once this member had come or gone."""
    for entry, state in zip(entries, states, strict=True):
        if isinstance(entry.event, kind) and entry.event.member == member:
            return len(state.present)
    return None


def _votes(day: Day, state: State) -> Iterator[Check]:
    for at in day.positions:
        step, script = day.step(at), day.poll(at)
        if step.vote is None or not step.vote.can_be_held or script is None:
            continue
        if script.status is not None and step.matter is not None:
            got = {"status": state.matters[step.matter].status.value}
            yield Check(at.item, step.matter, {"status": STATUS[script.status].value}, got)
        elif isinstance(script.expect, MotionExpect):
            expected = _expected(script.expect)
            declared = [poll for poll in state.rounds(at) if poll.stage is PollStage.DECLARED]
            got_all = _got(declared[-1]) if declared else {}
            yield Check(
                at.item, step.matter, expected, {key: got_all[key] for key in expected if key in got_all}
            )


def _expected(expect: MotionExpect) -> Figures:
    bases = {"present": expect.present, "recused": expect.recused}
    return {
        "issued": expect.issued,
        "returned": expect.returned,
        "not_returned": expect.not_returned,
        **expect.counts(),
        "outcome": expect.outcome,
        **{key: value for key, value in bases.items() if value is not None},
    }


def _got(poll: Poll) -> Figures:
    assert poll.result is not None, "a declared poll has its result"
    assert poll.bases is not None, "a declared poll has been opened"
    return {
        "issued": poll.result["issued"],
        "returned": poll.result["returned"],
        "not_returned": poll.result["not_returned"],
        **poll.result["questions"][poll.question]["counts"],
        "outcome": poll.outcome,
        "present": poll.bases.present,
        "recused": poll.bases.recused,
    }
