"""A chaotic chair: any command at any time.  No stated rule breaks, and the journal alone rebuilds the state.

The orders are made from the commands' own fields, so that a new one is tried without anybody thinking of it; names,
numbers and ids are drawn from those of the sitting and from a few that are wrong.
"""

from __future__ import annotations

import random
from dataclasses import MISSING, fields
from typing import Any, get_args, get_type_hints

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from display import i18n
from meeting.order import commands as c
from meeting.order.asking import Visibility
from meeting.order.decide import decide
from meeting.order.errors import OrderError
from meeting.order.events import Cover, Event, PollId
from meeting.order.evolve import Recorded, evolve, replay
from meeting.order.paper_of import paper_of
from meeting.order.particulars import Source
from meeting.order.preconditions import LAW, Name
from meeting.order.room import MAY_PRESIDE
from meeting.order.sitting import MatterId, MemberNo, StepKind
from meeting.order.state import DISPOSED, LIVE, MatterStatus, Poll, PollStage, Stage, State
from meeting.record.codec import decode, encode
from tests.meeting.order.crowd import Crowded
from tests.meeting.order.full_sitting import Full, counted
from voting.paper import Paper

numbers = st.integers(min_value=0, max_value=17).map(MemberNo)
matters = st.sampled_from([MatterId(name) for name in ("R1", "N1", "N2", "B1", "X1", "N9")])
words = st.sampled_from(["理由", "", "x", "孟", "柳", "樊"])
places = st.integers(-1, 4)
polls = st.sampled_from(
    [
        PollId(f"{name}-{round_}-member")
        for name in ("2-item", "3-item", "4-r1", "5-b1", "6-item", "7-item", "8-x1")
        for round_ in (1, 2, 3)
    ]
    + [PollId("3-item-1-deputy")]
)
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "member": numbers,
    "teller": numbers,
    "matter": matters,
    "poll": polls,
    "item": st.integers(0, 11),
    "step": st.integers(0, 5),
    "group": st.integers(0, 2),
    "question": places,
    "dissatisfied": st.integers(-1, 4),
    "follows": st.none() | places,
    "point": places,
    "seconds": st.none() | st.integers(-1, 90_000),
    "cover": st.sampled_from(Cover),
    "source": st.sampled_from(Source),
    "precondition": st.sampled_from(Name),
    "totals": st.dictionaries(
        st.sampled_from(["item-2", "R1", "item-3-grade"]),
        st.dictionaries(st.sampled_from(["for", "against", "abstain", "满意"]), st.integers(-1, 10)),
        max_size=2,
    ),
    "number": st.integers(0, 3),
    "page": st.integers(0, 4),
    "same": st.lists(words, max_size=2).map(tuple),
}
FROM_THE_SERVICE = c.SERVICE_COMMANDS - {c.PreparePoll}
"""Only the service can order these, with what the box has counted: `cast` below does."""


def _made(kind: type[c.Command]) -> st.SearchStrategy[c.Command]:
    hints = get_type_hints(kind)
    values: dict[str, st.SearchStrategy[Any]] = {}
    for one in fields(kind):
        if one.name == "question" and hints[one.name] is str:
            values[one.name] = st.sampled_from(["item-6", "item-7", ""])
        elif one.name == "item" and kind is c.ShowMaterial:
            values[one.name] = st.none() | BY_NAME["item"]
        elif one.name == "seconds" and kind is c.ExtendTimer:
            values[one.name] = st.integers(-90, 90)
        elif one.name == "to" and kind is c.HandOver:
            values[one.name] = numbers
        elif one.name in BY_NAME:
            values[one.name] = BY_NAME[one.name]
        elif hints[one.name] is bool:
            values[one.name] = st.booleans()
        elif hints[one.name] is str:
            values[one.name] = words
        else:
            assert one.default is not MISSING, f"{kind.__name__}.{one.name} needs a strategy"
    return st.builds(kind, **values)


KINDS = [kind for kind in get_args(c.Command) if kind not in FROM_THE_SERVICE]
ENDING = st.integers(0, 15).flatmap(lambda n: st.just(c.Proceed() if n else c.CloseSitting()))
"""散会 ends the chaos, so it is ordered seldom."""
commands: st.SearchStrategy[c.Command] = st.one_of(
    *(_made(kind) for kind in KINDS if kind is not c.CloseSitting), ENDING
)


def some_marks(paper: Paper, dice: random.Random) -> dict[str, Any]:
    """A paper filled in by somebody who knows what he wants, if nothing else."""
    marks: dict[str, Any] = {}
    for question in paper.questions:
        match question.kind:
            case "motion":
                marks[question.id] = dice.choice(["for", "for", "for", "against", "abstain"])
            case "grade":
                marks[question.id] = dice.choice(question.scale)
            case "score":
                marks[question.id] = {one.id: dice.randrange(0, 101) for one in question.criteria}
            case "election":
                wanted = dice.choice(question.candidates)
                others = [name for name in question.candidates if name != wanted]
                marks[question.id] = {"for": [wanted], "against": others}
                if question.write_in:
                    marks[question.id]["write_in"] = []
            case "selection":
                names = dice.sample(question.options, min(question.choose, len(question.options)))
                marks[question.id] = [name for name in question.options if name in names]
    return marks


class ChaoticChair(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.sitting: Full = Crowded()
        self.votes: dict[PollId, int] = {}

    @initialize(gathered=st.booleans())
    def begin(self, gathered: bool) -> None:
        if gathered:
            self._convene()

    @rule(wild=st.lists(commands, min_size=1, max_size=4))
    def disorder(self, wild: list[c.Command]) -> None:
        for command in wild:
            self.order(command)

    @rule(seed=st.integers(0, 2**16), wild=st.lists(commands, max_size=2))
    def lead(self, seed: int, wild: list[c.Command]) -> None:
        """What an orderly chair does next, and then something wild."""
        state = self.sitting.state
        if state.stage is Stage.GATHERING:
            self._convene()
        elif state.step is not None and state.step.vote is not None:
            self._hold_the_vote(seed)
        else:
            if state.step is not None and state.step.kind is StepKind.REPLY:
                self.order(c.RecordReply(seed % 4, again=seed % 4 > 1))
            self.order(c.Proceed())
        for command in wild:
            self.order(command)

    def order(self, command: c.Command) -> None:
        """Try one order; what is refused has a code and a sentence in both languages."""
        before = self.sitting.state
        try:
            decided = decide(before, command, 5_000)
        except OrderError as error:
            self._refused(error, before)
        else:
            self._record(decided)

    def _refused(self, error: OrderError, before: State) -> None:
        said = i18n.say(error)
        assert said["zh"].strip()
        assert said["en"].strip()
        assert self.sitting.state == before

    def _record(self, decided: tuple[Event, ...]) -> None:
        state = self.sitting.state
        for event in decided:
            entry = Recorded(state.seq + 1, 5_000, event)
            # What the journal keeps is what was decided.
            assert decode(encode(event)) == event
            state = evolve(state, entry)
            self.sitting.journal.append(entry)
        self.sitting.state = state

    def _convene(self) -> None:
        for number in (1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 15, 16):
            self.order(c.RecordArrival(MemberNo(number)))
        self.order(c.ConfirmRoll())

    def _hold_the_vote(self, seed: int) -> None:
        """Get through the current vote, so that the chaos reaches the end of the day as well."""
        self.order(c.PreparePoll())
        poll = self.sitting.state.poll
        if poll is None:
            return
        self.order(c.ConfirmEmptyBox(poll.id, MemberNo(2)))
        for name in Name:
            if name not in LAW:
                self.order(c.OverridePrecondition(name, "理由"))
        self.order(c.OpenPoll(poll.id))
        if poll.visibility is Visibility.HANDS:
            self.order(c.EnterTotals(poll.id, {poll.question: {"for": 5, "against": 1, "abstain": 0}}))
            self.order(c.ConfirmTotals(poll.id, MemberNo(2)))
        else:
            self.order(c.ClosePoll(poll.id))
        self._count(seed)
        self.order(c.ConfirmCount(poll.id, MemberNo(2)))
        if seed % 3:
            self.order(c.CallRound(poll.id))
        self.order(c.Proceed())

    def _count(self, seed: int) -> None:
        """The service's part: what is closing is counted, the binding poll last."""
        dice = random.Random(seed)
        state = self.sitting.state
        closing = [poll for poll in state.polls.values() if poll.stage is PollStage.CLOSING]
        for poll in sorted(closing, key=lambda poll: poll.binding):
            paper = paper_of(self.sitting.state, poll)
            ballots = [some_marks(paper, dice) for _ in poll.voters if dice.random() < 0.95]
            result = counted(self.sitting.state, poll, ballots)
            self.order(c.RecordCount(poll.id, result))

    # --- what must hold whatever the chair does ---

    @invariant()
    def replay_is_the_state(self) -> None:
        assert replay(self.sitting.journal) == self.sitting.state

    @invariant()
    def one_asking_at_most_is_live(self) -> None:
        live = {(p.item, p.step, p.round) for p in self.sitting.state.polls.values() if p.stage in LIVE}
        assert len(live) <= 1

    @invariant()
    def nobody_votes_who_is_not_there(self) -> None:
        state = self.sitting.state
        for poll in state.polls.values():
            if poll.bases is None:
                continue
            assert len(poll.voters) <= poll.bases.present - poll.bases.recused
            assert all(state.plan.class_of(number) == poll.voter_class for number in poll.voters)
            if poll.binding:
                assert poll.bases.all_members == state.plan.rules.total_members
                assert poll.bases.present >= state.plan.rules.quorum

    @invariant()
    def nothing_is_declared_that_was_not_counted(self) -> None:
        for poll in self.sitting.state.polls.values():
            if poll.stage is PollStage.DECLARED:
                assert poll.result is not None
                assert poll.outcome

    @invariant()
    def no_material_stands_over_a_vote_or_after_the_end(self) -> None:
        state = self.sitting.state
        assert state.showing is None or (state.stage is Stage.SITTING and state.live_poll is None)

    @invariant()
    def a_dismissal_is_only_ever_secret(self) -> None:
        for poll in self.sitting.state.polls.values():
            assert poll.matter != "X1" or poll.visibility is Visibility.SECRET

    @invariant()
    def a_matter_is_carried_by_more_than_half_of_all_or_not_at_all(self) -> None:
        state = self.sitting.state
        for matter, at in state.matters.items():
            if at.status is not MatterStatus.CARRIED:
                continue
            [poll] = [
                p for p in state.polls.values() if p.stage is PollStage.DECLARED and _decides(p, matter)
            ]
            assert poll.result is not None
            assert poll.result["questions"][poll.question]["counts"]["for"] >= 5

    @invariant()
    def a_later_round_is_about_what_the_one_before_left_open(self) -> None:
        state = self.sitting.state
        for poll in state.polls.values():
            if poll.contest is None:
                continue
            before = state.polls[PollId(poll.contest.after)]
            assert before.result is not None
            assert poll.contest.places >= 1
            assert not set(poll.contest.names) & set(_chosen(before))

    @invariant()
    def who_is_not_appointed_gets_no_certificate(self) -> None:
        state = self.sitting.state
        step = state.step
        if step is not None and step.kind.value == "certificates" and step.matter is not None:
            assert state.matters[step.matter].status is MatterStatus.CARRIED

    @invariant()
    def the_gallery_has_no_voice(self) -> None:
        state = self.sitting.state
        heard = {state.speaker, *state.requests, *(one.member for one in state.questions)}
        assert not heard & {one.number for one in state.plan.gallery}

    @invariant()
    def only_chair_and_vice_chairs_preside(self) -> None:
        state = self.sitting.state
        assert state.presider is not None
        assert all(state.plan.member(one).role in MAY_PRESIDE for one in state.presided)

    @invariant()
    def what_has_ended_without_a_vote_is_not_put_to_one(self) -> None:
        state = self.sitting.state
        poll = state.live_poll
        if poll is not None and poll.matter is not None:
            assert state.matters[poll.matter].status not in DISPOSED

    @invariant()
    def an_organ_answers_again_only_where_most_movers_want_it(self) -> None:
        for replies in self.sitting.state.replies.values():
            assert all(one.again for one in replies[:-1])
            assert all(2 * one.dissatisfied > 3 for one in replies if one.again)


def _decides(poll: Poll, matter: MatterId) -> bool:
    return poll.matter == matter or (poll.matter == "B1" and matter in {"N1", "N2"})


def _chosen(poll: Poll) -> tuple[str, ...]:
    assert poll.result is not None
    answer = poll.result["questions"][poll.question]
    return (*answer.get("elected", ()), *answer.get("selected", ()))


TestChaoticChair = ChaoticChair.TestCase
TestChaoticChair.settings = settings(max_examples=50, stateful_step_count=80, deadline=None)
