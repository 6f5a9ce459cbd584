"""Where the sitting stands: the fold of the journal, and the questions that everybody asks of it.

Pure and immutable.  `meeting.order.evolve` makes the next state; nothing here decides or refuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from meeting.order.events import Bases, Cover, PollId
from meeting.order.sitting import Item, MatterId, MemberNo, Plan, Step, StepKind, Visibility


class Stage(StrEnum):
    GATHERING = "gathering"
    """Members check in; nothing is decided before the roll call is confirmed."""
    SITTING = "sitting"
    CLOSED = "closed"


class Presence(StrEnum):
    EXPECTED = "expected"
    PRESENT = "present"
    ON_LEAVE = "on_leave"
    LEFT_EARLY = "left_early"


class PollStage(StrEnum):
    PREPARED = "prepared"
    OPEN = "open"
    HELD = "held"
    CLOSING = "closing"
    DECLARED = "declared"
    VOID = "void"


LIVE = frozenset({PollStage.OPEN, PollStage.HELD, PollStage.CLOSING})
"""Members have ballots in their hands: nothing else may happen to the agenda meanwhile."""


@dataclass(frozen=True, slots=True)
class Poll:
    """The voting of one paper by one voter class, one round."""

    id: PollId
    item: int
    step: int
    matter: MatterId | None
    round: int
    voter_class: str
    visibility: Visibility
    question: str
    replaces: PollId | None
    stage: PollStage = PollStage.PREPARED
    bases: Bases | None = None
    voters: tuple[MemberNo, ...] = ()
    """Frozen when the poll opens; before that, ask `State.entitled`."""
    opened_at: int | None = None
    counted_at: int | None = None
    """When the box was opened, ms since 1970, UTC."""
    result: Mapping[str, Any] | None = None
    outcome: str = ""
    why_void: str = ""


class MatterStatus(StrEnum):
    FILED = "filed"
    DEFERRED = "deferred"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"
    CARRIED = "carried"
    NOT_CARRIED = "not_carried"


DISPOSED = frozenset({MatterStatus.DEFERRED, MatterStatus.TERMINATED, MatterStatus.WITHDRAWN})
"""Nothing more happens to such a matter today: its steps are passed over."""


@dataclass(frozen=True, slots=True)
class MatterState:
    status: MatterStatus = MatterStatus.FILED
    pledges: int = 0
    """How often the pledge speech was ordered again."""
    pledged: bool = False
    """The pledge was heard to its end: the nominee was present (PROCEDURE.md row 64)."""
    reason: str = ""
    moved_by: str = ""
    consent: str = ""
    """Who agreed to the deferral: `plenary`, or whatever the record says instead."""


class StepMark(StrEnum):
    DONE = "done"
    SKIPPED = "skipped"
    NOT_HELD = "not_held"


@dataclass(frozen=True, slots=True)
class Timer:
    """Running when `ends_at` is set, else stopped with `remaining_ms` (negative: over time)."""

    ends_at: int | None = None
    remaining_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    item: int
    step: int
    by: str
    text: str
    answered: bool | None = None


class Position(NamedTuple):
    item: int
    step: int
    """Counted from 0 within the item."""


@dataclass(frozen=True, slots=True)
class State:
    plan: Plan
    seq: int
    """Of the last event."""
    order_seq: int
    """Of the last event that is not about the roll: what a console's command is compared with."""
    presence: Mapping[MemberNo, Presence]
    matters: Mapping[MatterId, MatterState]
    stage: Stage = Stage.GATHERING
    at: Position | None = None
    """None once the sitting is closed."""
    marks: Mapping[Position, StepMark] = field(default_factory=dict)
    leave_reasons: Mapping[MemberNo, str] = field(default_factory=dict)
    recusals: Mapping[tuple[MemberNo, MatterId], str] = field(default_factory=dict)
    overrides: Mapping[tuple[Position, str], str] = field(default_factory=dict)
    """(step, name of the precondition) to the reason."""
    polls: Mapping[PollId, Poll] = field(default_factory=dict)
    """In the order in which they were prepared."""
    tellers: frozenset[MemberNo] = frozenset()
    """Approved by the assembly."""
    timer: Timer | None = None
    questions: tuple[Question, ...] = ()
    notice: MatterId | None = None
    """The matter that ended without a vote since the current step began: hall and chair say so."""
    cover: Cover | None = None
    """What the hall screen shows in place of the business; the next step, vote or result takes it away."""

    # --- presence ---

    def who(self, presence: Presence) -> tuple[MemberNo, ...]:
        return tuple(
            member.number for member in self.plan.members if self.presence[member.number] is presence
        )

    @property
    def present(self) -> tuple[MemberNo, ...]:
        return self.who(Presence.PRESENT)

    @property
    def quorate(self) -> bool:
        return len(self.present) >= self.plan.rules.quorum

    def recused(self, matter: MatterId | None) -> tuple[MemberNo, ...]:
        """Members present who take no part in the vote on this matter."""
        if matter is None:
            return ()
        return tuple(number for number in self.present if (number, matter) in self.recusals)

    def entitled(self, matter: MatterId | None) -> tuple[MemberNo, ...]:
        """Who may vote on this matter now: the members present without those recused."""
        recused = frozenset(self.recused(matter))
        return tuple(number for number in self.present if number not in recused)

    def bases(self, matter: MatterId | None) -> Bases:
        return Bases(self.plan.rules.total_members, len(self.present), len(self.recused(matter)))

    # --- agenda ---

    @property
    def item(self) -> Item | None:
        return None if self.at is None else self.plan.item(self.at.item)

    @property
    def step(self) -> Step | None:
        return None if self.at is None else self.plan.item(self.at.item).steps[self.at.step]

    def positions(self) -> tuple[Position, ...]:
        return tuple(Position(item.number, index) for item, index, _ in self.plan.steps())

    def step_at(self, position: Position) -> Step:
        return self.plan.item(position.item).steps[position.step]

    def disposed(self, matter: MatterId | None) -> bool:
        return matter is not None and self.matters[matter].status in DISPOSED

    def following(self, position: Position) -> Position | None:
        """The next step that there is something to do in, or None at the end of the agenda.

        Steps of a matter that was deferred, terminated or withdrawn are passed over, and so is the declaration of
        a vote that was not held.
        """
        positions = self.positions()
        for candidate in positions[positions.index(position) + 1 :]:
            step = self.step_at(candidate)
            if self.disposed(step.matter):
                continue
            before = Position(candidate.item, candidate.step - 1)
            if step.kind is StepKind.DECLARATION and (
                self.marks.get(before) is StepMark.NOT_HELD or self.disposed(self.step_at(before).matter)
            ):
                continue
            return candidate
        return None

    @property
    def question(self) -> Question | None:
        """The question that is being asked at the current step: the first of its queue."""
        return next((q for q in self.questions if (q.item, q.step) == self.at and q.answered is None), None)

    # --- polls ---

    def rounds(self, position: Position) -> tuple[Poll, ...]:
        """Every poll of this vote step, oldest first."""
        return tuple(poll for poll in self.polls.values() if (poll.item, poll.step) == position)

    @property
    def poll(self) -> Poll | None:
        """The newest poll of the current vote step, or of the vote that the current step declares."""
        if self.at is None or self.step is None:
            return None
        at = self.at
        if self.step.kind is StepKind.DECLARATION and at.step > 0:
            at = Position(at.item, at.step - 1)
        rounds = self.rounds(at)
        return rounds[-1] if rounds else None

    @property
    def live_poll(self) -> Poll | None:
        """The poll in which members hold ballots now, if there is one."""
        return next((poll for poll in self.polls.values() if poll.stage in LIVE), None)

    @property
    def prepared_poll(self) -> Poll | None:
        return next((poll for poll in self.polls.values() if poll.stage is PollStage.PREPARED), None)

    @property
    def wants_poll(self) -> bool:
        """The current step is a vote that can be held and has no poll that counts: the service prepares one."""
        step = self.step
        if self.at is None or step is None or step.vote is None or not step.vote.can_be_held:
            return False
        if self.stage is not Stage.SITTING or self.disposed(step.matter):
            return False
        poll = self.poll
        return poll is None or poll.stage is PollStage.VOID
