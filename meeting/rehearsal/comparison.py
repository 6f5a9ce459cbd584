"""What came out against what the script expects: roll call, presence, every vote in every round, disposals, ceremony.

Pure: reads the journal of the finished day.  Figures that the script does not name are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from meeting.office.script import CheckedIn, Departed, Disposal, MotionExpect
from meeting.order.events import MemberArrived, MemberDeparted, RollConfirmed
from meeting.order.evolve import Recorded, evolve
from meeting.order.sitting import MatterId, StepKind
from meeting.order.state import MatterStatus, Poll, PollStage, Position, State, StepMark
from meeting.rehearsal import figures
from meeting.rehearsal.day import Asked, Day

Figures = Mapping[str, object]

STATUS: Mapping[Disposal, MatterStatus] = {
    "deferred": MatterStatus.DEFERRED,
    "terminated": MatterStatus.TERMINATED,
    "withdrawn": MatterStatus.WITHDRAWN,
    "returned": MatterStatus.RETURNED,
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that the script foretells; `expected` and `got` have the same keys."""

    item: int
    matter: MatterId | None
    expected: Figures
    got: Figures = field(default_factory=dict)
    round: int | None = None
    """Of a vote that was held: the number of its poll, with the class that was asked."""
    voter_class: str = ""

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
    last = states[-1]
    checks = [
        *_attendance(day, entries, states),
        *_replies(day, last),
        *_votes(day, last),
        *_ceremony(day, last),
    ]
    return tuple(sorted(checks, key=lambda check: check.item))


# --- who was here ----------------------------------------------------------------------------------------------------


def _attendance(day: Day, entries: Sequence[Recorded], states: Sequence[State]) -> Iterator[Check]:
    assert day.script is not None
    for item in day.script.items:
        if item.roll_call is not None:
            said = item.roll_call
            expected = {
                "due": said.due,
                "present": said.present,
                "quorum_needed": said.quorum_needed,
                "quorate": said.quorate,
            }
            called = next((one.event for one in entries if isinstance(one.event, RollConfirmed)), None)
            quorum = states[-1].plan.rules.quorum
            got = (
                {}
                if called is None
                # A roll is only ever confirmed when there is a quorum.
                else {
                    "due": called.due,
                    "present": called.present,
                    "quorum_needed": quorum,
                    "quorate": called.present >= quorum,
                }
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


# --- votes -----------------------------------------------------------------------------------------------------------


def _votes(day: Day, state: State) -> Iterator[Check]:
    assert day.script is not None
    for at in day.positions:
        step = day.step(at)
        if step.vote is None:
            continue
        first = day.poll(at)
        if first is not None and first.status is not None and step.matter is not None:
            got = {"status": state.matters[step.matter].status.value}
            yield Check(at.item, step.matter, {"status": STATUS[first.status].value}, got)
            continue
        declared = [poll for poll in state.rounds(at) if poll.stage is PollStage.DECLARED]
        wanted = range(1, day.rounds(at) + 1) if first is not None and first.expect is not None else range(0)
        if not day.is_contest(at):
            # Held again, it should come out the same: what was declared last is what counts.
            declared = declared[-1:]
        for number in wanted:
            binding = declared[number - 1] if number <= len(declared) else None
            yield from _round(day, state, at, number, binding)
        if wanted and len(declared) > len(wanted):
            rounds = {"rounds": len(declared)}
            yield Check(at.item, step.matter, {"rounds": len(wanted)}, rounds)


def _round(day: Day, state: State, at: Position, number: int, binding: Poll | None) -> Iterator[Check]:
    """The members' poll of a round, and those of the classes that advise."""
    matter, script = day.step(at).matter, day.poll(at, number)
    vote = day.step(at).vote
    assert vote is not None, "a vote step has its plan"
    for electorate in vote.electorates:
        expect = day.expect(Asked(at, "", number, electorate.voter_class))
        if expect is None:
            continue
        expected = dict(figures.expected(expect))
        got: Mapping[str, Any] = {}
        poll = None
        if binding is not None:
            together = state.together(binding)
            poll = next((one for one in together if one.voter_class == electorate.voter_class), None)
        if poll is not None and poll.result is not None:
            got = figures.got(poll, expect)
        if script is not None and script.kind is not None:
            expected["kind"] = script.kind
            if poll is not None and poll.contest is not None:
                got = {**got, "kind": poll.contest.kind.value}
        held = None if poll is None else poll.round
        yield Check(at.item, matter, expected, got, held, electorate.voter_class)


def _replies(day: Day, state: State) -> Iterator[Check]:
    """What the movers of an interpellation said of each reply."""
    assert day.script is not None
    for item in day.script.items:
        if item.dissatisfied:
            got = [one.dissatisfied for one in state.replies.get(item.number, ())]
            yield Check(item.number, None, {"dissatisfied": list(item.dissatisfied)}, {"dissatisfied": got})


# --- the ceremony ----------------------------------------------------------------------------------------------------


def _ceremony(day: Day, state: State) -> Iterator[Check]:
    """Whoever should be appointed gets his certificate and takes the oath, and nobody else."""
    foretold = _foretold(day)
    for item in day.plan.items:
        planned = [step.matter for step in item.steps if step.kind is StepKind.CERTIFICATES]
        oath = item.particulars.oath
        takers = () if oath is None else oath.takers
        matters = {
            matter.id: matter for matter in day.plan.matters if matter.is_nomination and not matter.bloc
        }
        concerned = {
            one.id
            for one in matters.values()
            if one.id in planned or set(one.persons or (one.person,)) & set(takers)
        }
        if not concerned or not concerned <= set(foretold):
            continue
        lost = {
            name
            for one in concerned
            if not foretold[one]
            for name in matters[one].persons or (matters[one].person,)
        }
        expected = {
            "certificates": [matter for matter in planned if matter is not None and foretold[matter]],
            "oath": [name for name in takers if name not in lost],
        }
        yield Check(item.number, None, expected, _handed_over(state, item.number))


def _foretold(day: Day) -> Mapping[MatterId, bool]:
    """Of matters whose vote the script foretells: whether it is carried."""
    found: dict[MatterId, bool] = {}
    for at in day.positions:
        matter, script = day.step(at).matter, day.poll(at)
        if matter is None or day.step(at).vote is None or script is None:
            continue
        for one in day.plan.matter(matter).bloc or (matter,):
            if script.status is not None:
                found[one] = False
            elif isinstance(script.expect, MotionExpect):
                found[one] = script.expect.outcome == "carried"
    return found


def _handed_over(state: State, item: int) -> Figures:
    certificates: list[MatterId] = []
    oath: list[str] = []
    for index, step in enumerate(state.plan.item(item).steps):
        at = Position(item, index)
        if state.marks.get(at) is not StepMark.DONE:
            continue
        if step.kind is StepKind.CERTIFICATES and step.matter is not None:
            certificates.append(step.matter)
        elif step.kind is StepKind.OATH:
            oath += state.oath_takers(at)
    return {"certificates": certificates, "oath": oath}
