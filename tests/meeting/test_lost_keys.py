"""The keys of a running ballot are gone after a restart: nothing is claimed for it, and the sitting can end."""

from __future__ import annotations

from pathlib import Path

import pytest

from meeting.order import commands as c
from meeting.order.events import PollId
from meeting.order.sitting import MemberNo
from meeting.order.state import PollStage, Stage
from tests.meeting.held_sitting import ALL_FOR, HeldSitting, TurnedClock, running, to_the_appointments
from tests.voting.voter import Voter
from voting.errors import LostKeys


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def voters() -> list[Voter]:
    return [Voter(number) for number in range(1, 8)]


def trouble(held: HeldSitting) -> object:
    return held.service.trouble


def lose(held: HeldSitting, data: Path) -> PollId:
    poll = held.poll
    (data / "keys" / held.service.sitting / f"{poll.id}.key").unlink()
    return poll.id


@pytest.mark.parametrize("closed", [False, True])
async def test_a_ballot_that_lost_its_keys_is_void_and_never_counted(
    tmp_path: Path, clock: TurnedClock, voters: list[Voter], closed: bool
) -> None:
    async with running(tmp_path, clock, voters) as held:
        await to_the_appointments(held)
        await held.obey(c.OpenPoll(held.poll.id))
        await held.vote(["for", "against"])
        await held.voters[7].collect(held.house.box, held.poll.id)
        if closed:
            await held.obey(c.ClosePoll(held.poll.id))
        lost = lose(held, tmp_path)
    async with running(tmp_path, clock, voters) as held:
        assert isinstance(trouble(held), LostKeys)
        if not closed:
            await held.obey(c.ClosePoll(lost))
        for _ in range(20):
            clock.turn(1)
            await held.house.writer.run(lambda conn: None)
        waiting = held.service.state.polls[lost]
        assert waiting.stage is PollStage.CLOSING
        assert waiting.result is None, "no result is claimed"
        assert isinstance(trouble(held), LostKeys), "the console goes on saying why"
        await held.obey(c.VoidPoll(lost, "密钥遗失"), c.CountersignVoid(lost, MemberNo(2)))
        assert held.service.state.polls[lost].stage is PollStage.VOID
        assert trouble(held) is None
        assert (held.poll.round, held.poll.stage) == (2, PollStage.PREPARED), "it is held again"
        [void] = [one.body for one in held.house.box.board() if one.body["kind"] == "void"]
        assert (void["returned"], void["cast_root"], void["by"]) == (2, None, 2)
        assert (await held.hold_vote(ALL_FOR)).outcome == "carried"
        await held.obey(c.Proceed())
        await held.hold_vote(ALL_FOR)
        await held.obey(c.Proceed(), c.SkipStep("留待下次"), c.Proceed(), c.Proceed())
        assert held.service.state.stage is Stage.CLOSED
        await held.until(held.service.ended.is_set)


async def test_a_ballot_that_nobody_has_voted_in_is_prepared_anew(
    tmp_path: Path, clock: TurnedClock, voters: list[Voter]
) -> None:
    async with running(tmp_path, clock, voters) as held:
        await to_the_appointments(held)
        lost = lose(held, tmp_path)
    async with running(tmp_path, clock, voters) as held:
        assert trouble(held) is None
        assert held.service.state.polls[lost].why_void == "keys-lost"
        assert held.poll.id != lost
        assert (await held.hold_vote(ALL_FOR)).outcome == "carried"


async def test_with_its_keys_back_it_is_counted_after_all(
    tmp_path: Path, clock: TurnedClock, voters: list[Voter]
) -> None:
    async with running(tmp_path, clock, voters) as held:
        await to_the_appointments(held)
        poll = held.poll.id
        await held.obey(c.OpenPoll(poll))
        await held.vote(ALL_FOR[:6])
        await held.voters[7].collect(held.house.box, poll)
        key = tmp_path / "keys" / held.service.sitting / f"{poll}.key"
        kept = key.read_bytes()
        await held.obey(c.ClosePoll(poll))
        key.unlink()
    async with running(tmp_path, clock, voters) as held:
        assert isinstance(trouble(held), LostKeys)
    key.write_bytes(kept)
    async with running(tmp_path, clock, voters) as held:
        await held.until(lambda: held.service.state.polls[poll].stage is PollStage.DECLARED)
        assert held.service.state.polls[poll].outcome == "carried"
