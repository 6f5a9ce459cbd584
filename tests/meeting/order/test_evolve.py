"""A chaotic chair: any command at any time.  Nothing breaks, and the journal alone rebuilds the state."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from meeting.order import commands as c
from meeting.order.decide import decide
from meeting.order.errors import OrderError
from meeting.order.events import Cover, PollId
from meeting.order.evolve import Recorded, evolve, replay
from meeting.order.sitting import MatterId, MemberNo
from meeting.order.state import LIVE, Stage
from meeting.record.codec import decode, encode
from tests.meeting.order.small_sitting import Sitting, motion_result

numbers = st.integers(min_value=0, max_value=9).map(MemberNo)
matters = st.sampled_from([MatterId("N1"), MatterId("N2"), MatterId("N9")])
reasons = st.sampled_from(["理由", "", "x"])
polls = st.sampled_from(
    [PollId(f"{name}-{n}-member") for name in ("2-item", "5-n1", "5-n2") for n in (1, 2, 3)]
)

commands: st.SearchStrategy[c.Command] = st.one_of(
    st.builds(c.CheckIn, numbers),
    st.builds(c.RecordArrival, numbers),
    st.builds(c.RecordLeave, numbers, reasons, st.booleans()),
    st.builds(c.RecordDeparture, numbers, reasons),
    st.builds(c.ConfirmRoll),
    st.builds(c.Recuse, numbers, matters, reasons),
    st.builds(c.Proceed),
    st.builds(c.Proceed),
    st.builds(c.SkipStep, reasons),
    st.builds(c.GoTo, st.integers(0, 8), st.integers(0, 6)),
    st.builds(c.StartTimer, st.none() | st.integers(-1, 90_000)),
    st.builds(c.StopTimer),
    st.builds(c.ExtendTimer, st.integers(-90, 90)),
    st.builds(c.CoverHall, st.sampled_from(Cover)),
    st.builds(c.ShowHall),
    st.builds(c.PledgeAgain, matters, reasons),
    st.builds(c.TerminateMatter, matters, reasons),
    st.builds(c.DeferMatter, matters, st.just("主任会议"), st.just("plenary"), reasons),
    st.builds(c.WithdrawMatter, matters, reasons),
    st.builds(c.PutQuestion, reasons, reasons),
    st.builds(c.CloseQuestion, st.booleans()),
    st.builds(c.PreparePoll),
    st.builds(c.OpenPoll, polls),
    st.builds(c.HoldPoll, polls),
    st.builds(c.ResumePoll, polls),
    st.builds(c.ClosePoll, polls),
    st.builds(c.AbortPoll, polls, reasons),
    st.builds(c.VoidPoll, polls, reasons, numbers),
    st.builds(
        c.OverridePrecondition, st.sampled_from(["quorum", "exam", "steps_done", "nominee_present"]), reasons
    ),
    st.builds(c.CloseSitting),
)


class ChaoticChair(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.sitting = Sitting()

    @rule(command=commands)
    def order(self, command: c.Command) -> None:
        before = self.sitting.state
        try:
            decided = decide(before, command, 5_000)
        except OrderError:
            return
        state = before
        for event in decided:
            entry = Recorded(state.seq + 1, 5_000, event)
            # What the journal keeps is what was decided.
            assert decode(encode(event)) == event
            state = evolve(state, entry)
            self.sitting.journal.append(entry)
        self.sitting.state = state

    @rule()
    def convene(self) -> None:
        if self.sitting.state.stage is Stage.GATHERING:
            for number in (1, 2, 3, 4, 5):
                self.order(c.RecordArrival(MemberNo(number)))
            self.order(c.ConfirmRoll())

    @rule(yes=st.integers(0, 5), no=st.integers(0, 2))
    def hold_the_vote(self, yes: int, no: int) -> None:
        """Get through the current vote, so that the chaos reaches the end of the day as well."""
        self.order(c.PreparePoll())
        poll = self.sitting.state.poll
        if poll is not None:
            self.order(c.OpenPoll(poll.id))
            self.order(c.ClosePoll(poll.id))
            outcome = "carried" if yes >= 4 else "not_carried"
            self.order(c.RecordCount(poll.id, motion_result(poll, outcome, yes, no, 5)))

    @invariant()
    def replay_is_the_state(self) -> None:
        assert replay(self.sitting.journal) == self.sitting.state

    @invariant()
    def one_poll_at_most_is_live(self) -> None:
        assert sum(poll.stage in LIVE for poll in self.sitting.state.polls.values()) <= 1

    @invariant()
    def nobody_votes_who_is_not_there(self) -> None:
        state = self.sitting.state
        for poll in state.polls.values():
            if poll.bases is not None:
                assert len(poll.voters) == poll.bases.present - poll.bases.recused
                assert poll.bases.all_members == state.plan.rules.total_members
                assert poll.bases.present >= state.plan.rules.quorum


TestChaoticChair = ChaoticChair.TestCase
TestChaoticChair.settings = settings(max_examples=60, stateful_step_count=60, deadline=None)
