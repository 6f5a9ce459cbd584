"""The day as the script tells it: who should be where, who votes on what, and who asks what.  Pure.

Everything is looked up by a place on the agenda, never by what was played before; without a script everybody is
present all day and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from meeting.office.script import (
    AttendanceEvent,
    CheckedIn,
    Decision,
    Departed,
    ItemScript,
    LeaveRecorded,
    MotionExpect,
    NomineeScript,
    PollScript,
    QuestionAsked,
    RollCalled,
    Script,
)
from meeting.order.sitting import MatterId, MemberNo, Plan, Step, StepKind
from meeting.order.state import Position, Presence

_BALLOT = re.compile(r"(?P<item>[0-9]+)-(?P<name>.+)-(?P<round>[0-9]+)-(?P<voters>[a-z_]+)")


@dataclass(frozen=True)
class Day:
    plan: Plan
    script: Script | None = None

    @cached_property
    def positions(self) -> Mapping[Position, int]:
        """Every step of the day and its place in the order of the day."""
        steps = (Position(item.number, index) for item, index, _ in self.plan.steps())
        return {position: place for place, position in enumerate(steps)}

    def step(self, at: Position) -> Step:
        return self.plan.item(at.item).steps[at.step]

    def item(self, number: int) -> ItemScript:
        return ItemScript(number) if self.script is None else self.script.item(number)

    # --- who is here ---

    def presence(self, at: Position) -> Mapping[MemberNo, Presence]:
        """How every member should stand at this step, before anything else is done in it."""
        wished = {member.number: Presence.PRESENT for member in self.plan.members}
        for event in self._events:
            if self._is_due(event, at):
                wished |= _meant(event)
        return wished

    def by_phone(self) -> frozenset[MemberNo]:
        """The members who sign in on their phones before the roll call."""
        first = next(iter(self.positions))
        return frozenset(
            number for number, presence in self.presence(first).items() if presence is Presence.PRESENT
        )

    def ever_here(self) -> frozenset[MemberNo]:
        """The members who are in the room at any time of the day; the others' phones stay at home."""
        return frozenset(
            number
            for position in self.positions
            for number, presence in self.presence(position).items()
            if presence is Presence.PRESENT
        )

    def leave_reason(self, member: MemberNo) -> str:
        return next(
            (one.reason for one in self._events if isinstance(one, LeaveRecorded) and one.member == member),
            "",
        )

    def approved_by(self, member: MemberNo) -> str:
        """The name of whoever let the member leave early."""
        for event in self._events:
            if isinstance(event, Departed) and event.member == member and event.approved_by is not None:
                return self.plan.member(event.approved_by).name
        return ""

    @property
    def _events(self) -> tuple[AttendanceEvent, ...]:
        return () if self.script is None else self.script.attendance

    def _is_due(self, event: AttendanceEvent, at: Position) -> bool:
        when = event.when
        steps = self.plan.item(when.item).steps
        votes = [index for index, step in enumerate(steps) if step.kind is StepKind.VOTE]
        step = votes[0] if when.before == "vote" and votes else 0
        # Before a step means in the step before it: a ballot that is prepared should find its roll complete.
        early = 0 if when.before is None else 1
        return self.positions[at] >= self.positions[Position(when.item, step)] - early

    # --- votes ---

    def asked(self, ballot: str) -> Position | None:
        """The vote step that a ballot's id belongs to."""
        found = _BALLOT.fullmatch(ballot)
        if found is None:
            return None
        for position in self.positions:
            step = self.step(position)
            name = "item" if step.matter is None else step.matter.lower()
            if step.vote is not None and (position.item, name) == (int(found["item"]), found["name"]):
                return position
        return None

    def voters(self, at: Position) -> tuple[MemberNo, ...]:
        """Who should hold a ballot in the vote at this step, in the order of the roll."""
        matter, present = self.step(at).matter, self.presence(at)
        recused = self.recused(matter)
        return tuple(
            member.number
            for member in self.plan.members
            if present[member.number] is Presence.PRESENT and member.number not in recused
        )

    def recused(self, matter: MatterId | None) -> frozenset[MemberNo]:
        return frozenset(
            recusal.member
            for item in (() if self.script is None else self.script.items)
            for recusal in item.recusals
            if matter is not None and recusal.matter == matter
        )

    def poll(self, at: Position) -> PollScript | None:
        # A motion has one round in any script: one that had to be held again should come out the same.
        return None if self.script is None else self.script.poll(at.item, self.step(at).matter)

    def expect(self, at: Position) -> MotionExpect | None:
        poll = self.poll(at)
        return poll.expect if poll is not None and isinstance(poll.expect, MotionExpect) else None

    # --- what is said ---

    def nominee(self, matter: MatterId | None) -> NomineeScript | None:
        return None if self.script is None or matter is None else self.script.nominee(matter)

    def questions(self, at: Position) -> tuple[QuestionAsked, ...]:
        """What is asked in a step of questions, a follow-up as a question of its own."""
        matter = self.step(at).matter
        nominee = self.nominee(matter)
        asked = (
            nominee.qa if nominee is not None else () if matter is not None else self.item(at.item).questions
        )
        return tuple(each for one in asked for each in _with_follow_up(one))

    def decision(self, matter: MatterId) -> Decision | None:
        """How the assembly or its chairs end the matter without a vote, wherever on the agenda that is."""
        items = () if self.script is None else self.script.items
        return next((one for item in items for one in item.decisions if one.matter == matter), None)


def _meant(event: AttendanceEvent) -> Mapping[MemberNo, Presence]:
    match event:
        case RollCalled():
            return {
                **dict.fromkeys(event.on_leave, Presence.ON_LEAVE),
                **dict.fromkeys(event.late, Presence.EXPECTED),
            }
        case LeaveRecorded():
            return {event.member: Presence.ON_LEAVE}
        case CheckedIn():
            return {event.member: Presence.PRESENT}
        case Departed():
            return {event.member: Presence.LEFT_EARLY}


def _with_follow_up(asked: QuestionAsked) -> Iterator[QuestionAsked]:
    yield asked
    if asked.follow_up:
        yield QuestionAsked(asked.by, asked.follow_up, asked.source, asked.answered)
