"""The day as the script tells it: who should be where, who votes on what, and who asks what.  Pure.

Everything is looked up by a place on the agenda, never by what was played before; without a script everybody is
present all day and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from meeting.office.script import (
    AttendanceEvent,
    CheckedIn,
    Decision,
    Departed,
    Expect,
    GradeExpect,
    ItemScript,
    LeaveRecorded,
    NomineeScript,
    PollScript,
    QuestionAsked,
    RollCalled,
    Script,
)
from meeting.order.asking import MEMBER_CLASS, ElectionAsk, SelectionAsk, Visibility
from meeting.order.sitting import MatterId, MemberNo, Plan, Step, StepKind
from meeting.order.state import Position, Presence

_BALLOT = re.compile(r"(?P<item>[0-9]+)-(?P<name>.+)-(?P<round>[0-9]+)-(?P<voters>[a-z-]+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a ballot's id says: the vote step, the round, and who is asked."""

    at: Position
    name: str
    """Of the matter, or `item`, as it stands in the id."""
    round: int
    voter_class: str

    def ballot(self, round: int) -> str:
        """The id of the same asking in another round."""
        return f"{self.at.item}-{self.name}-{round}-{self.voter_class.replace('_', '-')}"

    def in_round(self, round: int) -> Asked:
        return replace(self, round=round)


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
        """How members and attendees should stand at this step, before anything else is done in it.

        The gallery is nobody's part: whoever comes to listen comes by himself.
        """
        wished = {
            one.number: Presence.PRESENT
            for one in self.plan.everybody
            if not self.plan.in_gallery(one.number)
        }
        for event in self._events:
            if self._is_due(event, at):
                wished |= _meant(event)
        return wished

    def by_phone(self) -> frozenset[MemberNo]:
        """Who signs in on his phone before the roll call."""
        first = next(iter(self.positions))
        return frozenset(
            number for number, presence in self.presence(first).items() if presence is Presence.PRESENT
        )

    def ever_here(self) -> frozenset[MemberNo]:
        """Who is in the room at any time of the day; the others' phones stay at home."""
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

    def asked(self, ballot: str) -> Asked | None:
        """What a ballot's id says; None for one that belongs to no vote of the day."""
        found = _BALLOT.fullmatch(ballot)
        if found is None:
            return None
        for position in self.positions:
            step = self.step(position)
            name = "item" if step.matter is None else step.matter.lower()
            if step.vote is None or (position.item, name) != (int(found["item"]), found["name"]):
                continue
            for electorate in step.vote.electorates:
                if electorate.voter_class.replace("_", "-") == found["voters"]:
                    return Asked(position, name, int(found["round"]), electorate.voter_class)
        return None

    def voters(self, asked: Asked) -> tuple[MemberNo, ...]:
        """Who should hold a ballot, in the order of the roll."""
        present, recused = self.presence(asked.at), self.recused(self.step(asked.at).matter)
        return tuple(
            one.number
            for one in self.plan.people(asked.voter_class)
            if present[one.number] is Presence.PRESENT and one.number not in recused
        )

    def by_hands(self, asked: Asked) -> bool:
        vote = self.step(asked.at).vote
        return vote is not None and vote.visibility is Visibility.HANDS

    def recused(self, matter: MatterId | None) -> frozenset[MemberNo]:
        return frozenset(
            recusal.member
            for item in (() if self.script is None else self.script.items)
            for recusal in item.recusals
            if matter is not None and recusal.matter == matter
        )

    def poll(self, at: Position, round: int = 1) -> PollScript | None:
        """The script of a round.  Only elections and selections have several; other votes are held again as before."""
        if self.script is None:
            return None
        number = round if self.is_contest(at) else 1
        return self.script.poll(at.item, self.step(at).matter, number)

    def is_contest(self, at: Position) -> bool:
        """Whether the vote at this step may go on in a run-off or a further election."""
        vote = self.step(at).vote
        return vote is not None and isinstance(vote.asks[-1], ElectionAsk | SelectionAsk)

    def rounds(self, at: Position) -> int:
        """So many rounds the script has of this vote."""
        if self.script is None:
            return 0
        return sum(poll.matter == self.step(at).matter for poll in self.script.item(at.item).polls)

    def expect(self, asked: Asked) -> Expect | None:
        """What the script expects of a round, of the voters who are asked."""
        poll = self.poll(asked.at, asked.round)
        if poll is None or poll.expect is None or asked.voter_class == MEMBER_CLASS:
            return None if poll is None else poll.expect
        if isinstance(poll.expect, GradeExpect):
            return poll.expect.of_class(asked.voter_class)
        return None

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
        yield QuestionAsked(asked.by, asked.follow_up, asked.source, asked.answered, is_follow_up=True)
