"""The service: durable before visible, and a restart between any two steps ends the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from display.hub import Audience
from meeting.order import commands as c
from meeting.order.errors import OutOfOrder
from meeting.order.sitting import MemberNo
from meeting.order.state import PollStage, Position, Stage
from meeting.record import journal
from meeting.record.comparison import differences
from tests.meeting.held_sitting import ALL_FOR, HeldSitting, TurnedClock, running, to_the_appointments
from tests.meeting.order.small_sitting import N1
from tests.voting.voter import Voter
from voting.errors import TooFewVoters, WrongStage
from voting.stages import Stage as BoxStage


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def voters() -> list[Voter]:
    return [Voter(number) for number in range(1, 8)]


def agreed(held: HeldSitting) -> None:
    with held.house.engine.connect() as conn:
        entries = journal.read(conn, held.service.sitting)
        assert differences(conn, held.service.state) == []
    from meeting.order.evolve import replay

    assert replay(entries) == held.service.state


async def test_an_open_vote_is_prepared_by_itself_and_counted(
    tmp_path: Path, clock: TurnedClock, voters: list[Voter]
) -> None:
    async with running(tmp_path, clock, voters) as held:
        await held.convene()
        assert held.poll.id == "2-item-1-member"
        ended = await held.hold_vote(["for", "for", "for", "for", "against"])
        assert ended.result is not None
        assert ended.result["questions"]["item-2"]["counts"] == {"for": 4, "against": 1, "abstain": 0}
        assert ended.result["issued"] == 7, "an open vote is issued to the whole roll"
        assert ended.outcome == "carried"
        assert held.service.state.tellers == {2, 3}
        agreed(held)


async def test_a_secret_vote_with_its_windows(
    tmp_path: Path, clock: TurnedClock, voters: list[Voter]
) -> None:
    async with running(tmp_path, clock, voters) as held:
        await to_the_appointments(held)
        poll = held.poll.id
        ended = await held.hold_vote(["for", "for", "for", "for", "abstain", "against"])
        assert ended.outcome == "carried"
        # Everything is accounted for, but nobody confirms: that window runs its time.
        await held.until(lambda: held.stage(poll) is BoxStage.HANDED_BACK)
        await held.until(lambda: held.stage(poll) is BoxStage.CHECKED)
        agreed(held)


async def test_a_vote_is_shown_with_counts_only_until_its_result(
    tmp_path: Path, clock: TurnedClock, voters: list[Voter]
) -> None:
    async with running(tmp_path, clock, voters) as held:
        await to_the_appointments(held)
        await held.hold_vote(["for", "for", "for", "for", "abstain", "against"])
        slides = [
            json.loads(frame)["slide"] for frame in held.screens[Audience.HALL].frames if '"view"' in frame
        ]
        asking = [slide for slide in slides if slide["kind"] == "asking" and slide["visibility"] == "secret"]
        assert {slide["stage"] for slide in asking} >= {"prepared", "open", "closing"}
        assert all("counts" not in slide for slide in asking)
        result = slides[-1]
        assert result["kind"] == "result"
        assert result["counts"] == {"for": 4, "against": 1, "abstain": 1}
        assert result["code"] == asking[-1]["code"]
        assert [words["zh"] for words in result["sentences"]][-1].endswith("决定任命甲为局长。")


async def test_the_turnout_of_a_secret_ballot_is_no_clock(
    tmp_path: Path, clock: TurnedClock, voters: list[Voter]
) -> None:
    async with running(tmp_path, clock, voters) as held:
        await to_the_appointments(held)
        await held.obey(c.OpenPoll(held.poll.id))
        frames = held.screens[Audience.HALL].frames
        await held.vote(["for"])
        await held.obey(c.HoldPoll(held.poll.id), c.ResumePoll(held.poll.id))
        assert [json.loads(frame)["slide"]["returned"] for frame in frames[-2:]] == [0, 0], (
            "not before the tick"
        )
        await held.until(lambda: json.loads(frames[-1])["slide"]["returned"] == 1)


async def test_the_grace_ends_when_everything_is_in_or_after_three_seconds(
    tmp_path: Path, clock: TurnedClock, voters: list[Voter]
) -> None:
    async with running(tmp_path, clock, voters) as held:
        await to_the_appointments(held)
        poll = held.poll.id
        await held.obey(c.OpenPoll(poll))
        late = held.voters[6]
        await late.collect(held.house.box, poll)
        await held.vote(["for"] * 5)
        await held.obey(c.ClosePoll(poll))
        before = clock.now()
        # It was on its way when the chair closed.
        await held.house.box.cast(late.credential.ballot({"N1": "against"}))
        await held.until(lambda: held.service.state.polls[poll].stage is PollStage.DECLARED)
        assert clock.now() - before < 3000
        assert held.service.state.polls[poll].result["returned"] == 6


async def test_a_missing_ballot_is_handed_back(
    tmp_path: Path, clock: TurnedClock, voters: list[Voter]
) -> None:
    async with running(tmp_path, clock, voters) as held:
        await to_the_appointments(held)
        poll = held.poll.id
        await held.voters[6].collect(held.house.box, poll)
        ended = await held.hold_vote(["for"] * 5)
        assert ended.result is not None
        assert (ended.result["issued"], ended.result["returned"]) == (6, 5)
        await held.house.box.cast(held.voters[6].credential.hand_back())
        await held.until(lambda: held.stage(poll) is BoxStage.HANDED_BACK)
        unused = [entry.body for entry in held.house.box.board() if entry.body["kind"] == "unused"]
        assert [(body["unused"], body["missing"]) for body in unused] == [(1, 0)]


async def test_who_leaves_after_collecting_makes_a_new_poll(
    tmp_path: Path, clock: TurnedClock, voters: list[Voter]
) -> None:
    async with running(tmp_path, clock, voters) as held:
        await to_the_appointments(held)
        first = held.poll.id
        await held.obey(c.RecordDeparture(MemberNo(6), "主任"))
        assert held.poll.id == first, "he had collected nothing: his line is struck"
        await held.voters[5].collect(held.house.box, first)
        await held.obey(c.Recuse(MemberNo(5), N1, "近姻亲"))
        assert held.poll.id == "5-n1-2-member"
        assert held.stage(first) is BoxStage.VOID
        refused = held.house.service.state
        with pytest.raises(OutOfOrder):
            await held.obey(c.OpenPoll(first))
        assert held.house.service.state is refused
        agreed(held)


async def test_an_open_ballot_with_something_in_it_cannot_be_aborted(
    tmp_path: Path, clock: TurnedClock, voters: list[Voter]
) -> None:
    async with running(tmp_path, clock, voters) as held:
        await to_the_appointments(held)
        await held.obey(c.OpenPoll(held.poll.id))
        await held.vote(["for"])
        before = held.service.state
        with pytest.raises(WrongStage):
            await held.obey(c.AbortPoll(held.poll.id, "开错了"))
        assert held.service.state is before
        await held.obey(c.VoidPoll(held.poll.id, "系统故障"))
        await held.obey(c.CountersignVoid(held.poll.id, MemberNo(2)))
        assert held.poll.round == 2
        agreed(held)


async def test_too_few_voters_is_said_and_heals(
    tmp_path: Path, clock: TurnedClock, voters: list[Voter]
) -> None:
    async with running(tmp_path, clock, voters) as held:
        await to_the_appointments(held)
        poll = held.poll.id
        await held.obey(*(c.RecordDeparture(MemberNo(n), "主任") for n in (7, 6)))
        assert held.poll.id == poll
        await held.obey(c.RecordDeparture(MemberNo(5), "主任"))
        assert held.stage(poll) is BoxStage.VOID, "four voters would be too few for a secret"
        assert held.poll.stage is PollStage.VOID
        assert held.house.service.trouble is not None
        assert held.house.service.trouble.code == TooFewVoters.code
        await held.obey(c.RecordArrival(MemberNo(5)))
        assert held.poll.id == "5-n1-2-member"
        assert not held.house.service.trouble
        agreed(held)


async def test_a_restart_between_any_two_steps_ends_the_same(
    tmp_path: Path, clock: TurnedClock, voters: list[Voter]
) -> None:
    async with running(tmp_path, clock, voters) as held:
        await to_the_appointments(held)
        poll = held.poll.id
    async with running(tmp_path, clock, voters) as held:
        assert held.poll.id == poll, "prepared"
        for voter in voters:
            await voter.collect(held.house.box, poll)
        await held.obey(c.OpenPoll(poll))
    async with running(tmp_path, clock, voters) as held:
        await held.vote(["for", "for", "for"])
    async with running(tmp_path, clock, voters) as held:
        await held.vote(["for", "for", "for", "for", "abstain"])
        await held.obey(c.HoldPoll(poll))
    async with running(tmp_path, clock, voters) as held:
        await held.obey(c.ResumePoll(poll), c.ClosePoll(poll))
    async with running(tmp_path, clock, voters) as held:
        assert held.poll.stage is PollStage.CLOSING
        await held.until(lambda: held.service.state.polls[poll].stage is PollStage.DECLARED)
        counts = held.service.state.polls[poll].result["questions"]["N1"]["counts"]
        assert counts == {"for": 4, "against": 0, "abstain": 1}
    async with running(tmp_path, clock, voters) as held:
        await held.until(lambda: held.stage(poll) is BoxStage.HANDED_BACK)
    async with running(tmp_path, clock, voters) as held:
        await held.until(lambda: held.stage(poll) is BoxStage.CHECKED)
        agreed(held)


async def test_the_end_of_the_sitting_destroys_the_boards_key(
    tmp_path: Path, clock: TurnedClock, voters: list[Voter]
) -> None:
    async with running(tmp_path, clock, voters) as held:
        await to_the_appointments(held)
        for _ in range(2):
            await held.hold_vote(ALL_FOR)
            await held.obey(c.Proceed())
        assert held.service.state.at == Position(6, 0)
        await held.obey(c.SkipStep("留待下次"), c.Proceed(), c.Proceed())
        assert held.service.state.stage is Stage.CLOSED
        assert not held.service.ended.is_set(), "the phones still confirm"
        await held.until(held.service.ended.is_set)
        assert held.house.box.board()[-1].body == {"kind": "end"}
        assert not list((tmp_path / "keys").rglob("*.key"))
    async with running(tmp_path, clock, voters) as held:
        assert held.service.state.stage is Stage.CLOSED
