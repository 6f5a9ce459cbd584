"""Where the sitting stands: the fold of the journal, and the questions that everybody asks of it.

Pure and immutable.  `meeting.order.evolve` makes the next state; nothing here decides or refuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from meeting.order.asking import MEMBER_CLASS, Contest, Visibility
from meeting.order.events import Bases, Cover, PollId
from meeting.order.materials import Showing
from meeting.order.poll import LIVE, Poll, PollStage
from meeting.order.progress import (
    DISPOSED,
    Comment,
    MatterState,
    MatterStatus,
    Position,
    Presence,
    Question,
    Stage,
    StepMark,
    Timer,
)
from meeting.order.replies import Reply
from meeting.order.sitting import Item, MatterId, MemberNo, Plan, Step, StepKind


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
    polls: Mapping[PollId, Poll] = field(default_factory=dict)  # in the order in which they were prepared
    tellers: frozenset[MemberNo] = frozenset()
    """Approved by the assembly."""
    timer: Timer | None = None
    questions: tuple[Question, ...] = ()
    """Of the whole sitting, in the order in which they came."""
    requests: tuple[MemberNo, ...] = ()
    """Who has asked to speak at the current item, first come first."""
    speaker: MemberNo | None = None
    """Who was called to speak and has not ended."""
    summaries: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(item, group) to what its convener reported."""
    comments: tuple[Comment, ...] = ()
    replies: Mapping[int, tuple[Reply, ...]] = field(default_factory=dict)
    """By the item of an interpellation: what its movers said of each reply."""
    contests: Mapping[Position, Contest] = field(default_factory=dict)
    """The run-off or further election that was called last at a vote step."""
    by_hands: frozenset[Position] = frozenset()
    """Vote steps that go on by show of hands."""
    box_seen_by: MemberNo | None = None
    """The teller who has seen that the box was empty before the first secret ballot."""
    by_video: frozenset[MemberNo] = frozenset()
    """Members present by video: no device votes for them."""
    notice: MatterId | None = None
    """The matter that ended without a vote since the current step began: hall and chair say so."""
    presided: tuple[MemberNo, ...] = ()
    """Who has presided, one after the other; the last one does now."""
    recording_since: int | None = None
    """When the cameras began, ms since 1970; None: the sitting is not recorded now."""
    cover: Cover | None = None
    """What the hall screen shows in place of the business; the next step, vote or result takes it away."""
    showing: Showing | None = None
    """The material that the hall screen shows over the business; the next step or vote takes it away."""

    # --- presence ---

    def who(self, presence: Presence) -> tuple[MemberNo, ...]:
        return tuple(one.number for one in self.plan.members if self.presence[one.number] is presence)

    @property
    def present(self) -> tuple[MemberNo, ...]:
        return self.who(Presence.PRESENT)

    @property
    def quorate(self) -> bool:
        return len(self.present) >= self.plan.rules.quorum

    def recused(self, matter: MatterId | None) -> tuple[MemberNo, ...]:
        """Members present who take no part in the vote on this matter, or on one that is put together with it."""
        if matter is None:
            return ()
        bloc = (one for one in self.plan.matter(matter).bloc if not self.disposed(one))
        about = (matter, *bloc)
        return tuple(
            number for number in self.present if any((number, one) in self.recusals for one in about)
        )

    def present_of(self, voter_class: str) -> tuple[MemberNo, ...]:
        """Those present of a voter class."""
        people = self.plan.people(voter_class)
        return tuple(one.number for one in people if self.presence[one.number] is Presence.PRESENT)

    def entitled(
        self,
        matter: MatterId | None,
        voter_class: str = MEMBER_CLASS,
        visibility: Visibility = Visibility.SECRET,
    ) -> tuple[MemberNo, ...]:
        """Who of a class may vote on this matter now: those present without those recused.

        Who is present by video raises his hand, and gets no paper on a device (PROCEDURE.md R12).
        """
        away = frozenset(self.recused(matter))
        if visibility is not Visibility.HANDS:
            away |= self.by_video
        return tuple(number for number in self.present_of(voter_class) if number not in away)

    def bases(self, matter: MatterId | None, voter_class: str = MEMBER_CLASS) -> Bases:
        if voter_class != MEMBER_CLASS:
            return Bases(len(self.plan.people(voter_class)), len(self.present_of(voter_class)), 0)
        return Bases(self.plan.rules.total_members, len(self.present), len(self.recused(matter)))

    def voters_of(self, poll: Poll) -> tuple[MemberNo, ...]:
        """Who may vote in this poll: frozen once it has opened."""
        if poll.bases is not None:
            return poll.voters
        return self.entitled(poll.matter, poll.voter_class, poll.visibility)

    @property
    def presider(self) -> MemberNo | None:
        return self.presided[-1] if self.presided else None

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
        """Nothing more happens to it today; a bloc, when nothing is left in it."""
        if matter is None:
            return False
        bloc = self.plan.matter(matter).bloc
        if bloc and all(self.matters[one].status in DISPOSED for one in bloc):
            return True
        return self.matters[matter].status in DISPOSED

    def passed_over(self, position: Position) -> bool:
        """There is nothing to do at this step: its matter has ended, or what it follows from has not come about."""
        step = self.step_at(position)
        if self.disposed(step.matter):
            return True
        match step.kind:
            case StepKind.DECLARATION if position.step > 0:
                return self.disposed(self.step_at(Position(position.item, position.step - 1)).matter)
            case StepKind.CERTIFICATES if step.matter is not None:
                return self.matters[step.matter].status is not MatterStatus.CARRIED
            case StepKind.OATH:
                return not self.oath_takers(position)
            case StepKind.PLEDGE if step.matter is not None:
                # where the pledge comes after the vote, who is not appointed has nothing to pledge (000g)
                return self.matters[step.matter].status is MatterStatus.NOT_CARRIED
            case _:
                return False

    def oath_takers(self, position: Position) -> tuple[str, ...]:
        """Who takes the oath at this step: of those planned, whoever was appointed to anything, or need not be."""
        oath = self.plan.item(position.item).particulars.oath
        if oath is None:
            return ()
        named: dict[str, bool] = {}
        for matter in self.plan.matters:
            if matter.is_nomination:
                carried = self.matters[matter.id].status is MatterStatus.CARRIED
                for name in matter.persons or (matter.person,):
                    named[name] = named.get(name, False) or carried
        return tuple(name for name in oath.takers if named.get(name, True))

    def following(self, position: Position) -> Position | None:
        """The next step that there is something to do in, or None at the end of the agenda."""
        positions = self.positions()
        later = positions[positions.index(position) + 1 :]
        return next((candidate for candidate in later if not self.passed_over(candidate)), None)

    @property
    def queue(self) -> tuple[Question, ...]:
        """The questions of the current step that are admitted and not done with, first come first."""
        return tuple(q for q in self.questions if (q.item, q.step) == self.at and q.waits)

    @property
    def question(self) -> Question | None:
        """The question that is being asked at the current step: the first of its queue."""
        return next(iter(self.queue), None)

    # --- polls ---

    def rounds(self, position: Position) -> tuple[Poll, ...]:
        """Every binding poll of this vote step, oldest first."""
        return tuple(
            poll for poll in self.polls.values() if (poll.item, poll.step) == position and poll.binding
        )

    def together(self, poll: Poll) -> tuple[Poll, ...]:
        """The polls of the same asking, one for each electorate, the binding one first."""
        at = (poll.item, poll.step, poll.round)
        found = [one for one in self.polls.values() if (one.item, one.step, one.round) == at]
        return tuple(sorted(found, key=lambda one: not one.binding))

    def poll_of(self, voter_class: str) -> Poll | None:
        """The current poll as far as it concerns this voter class; None: this class is not asked."""
        if self.poll is None:
            return None
        return next((one for one in self.together(self.poll) if one.voter_class == voter_class), None)

    @property
    def vote_position(self) -> Position | None:
        """The current vote step, or the one that the current step declares."""
        if self.at is None or self.step is None:
            return None
        if self.step.kind is StepKind.DECLARATION and self.at.step > 0:
            return Position(self.at.item, self.at.step - 1)
        return self.at

    @property
    def poll(self) -> Poll | None:
        """The newest binding poll of the current vote step, or of the vote that the current step declares."""
        if self.vote_position is None:
            return None
        rounds = self.rounds(self.vote_position)
        return rounds[-1] if rounds else None

    @property
    def live_poll(self) -> Poll | None:
        """The binding poll that is under way now, if there is one."""
        return next((poll for poll in self.polls.values() if poll.stage in LIVE and poll.binding), None)

    @property
    def prepared_polls(self) -> tuple[Poll, ...]:
        return tuple(poll for poll in self.polls.values() if poll.stage is PollStage.PREPARED)

    @property
    def prepared_poll(self) -> Poll | None:
        return next((poll for poll in self.prepared_polls if poll.binding), None)

    @property
    def contest(self) -> Contest | None:
        """The run-off or further election that the current vote step is about, once it was called."""
        at = self.vote_position
        return None if at is None else self.contests.get(at)

    @property
    def wants_poll(self) -> bool:
        """The current step is a vote and has no poll that counts: the service prepares one."""
        step = self.step
        if self.at is None or step is None or step.vote is None:
            return False
        if self.stage is not Stage.SITTING or self.disposed(step.matter):
            return False
        poll = self.poll
        if poll is None or poll.stage is PollStage.VOID:
            return True
        return poll.stage is PollStage.DECLARED and self.contest is not None and self.contest.after == poll.id

    def visibility_at(self, position: Position) -> Visibility:
        """How the vote at this step is held: as planned, or by hands since the system failed."""
        plan = self.step_at(position).vote
        assert plan is not None, "only vote steps are votes"
        return Visibility.HANDS if position in self.by_hands else plan.visibility


__all__ = [
    "DISPOSED",
    "LIVE",
    "Comment",
    "MatterState",
    "MatterStatus",
    "Poll",
    "PollStage",
    "Position",
    "Presence",
    "Question",
    "Stage",
    "State",
    "StepMark",
    "Timer",
]
