"""A paper that does not go into one record: the office hears of it beforehand, and the house goes on by hands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from meeting.demo import BAILU
from meeting.office.problems import Code
from meeting.office.sitting_file import check_sitting, read_sitting
from meeting.order import commands as c
from meeting.order.acting import acting_tellers
from meeting.order.asking import ElectionAsk, Visibility, VotePlan
from meeting.order.rules import Rules
from meeting.order.sitting import MemberNo, Plan, Step, StepKind
from meeting.order.state import PollStage, Position
from tests.meeting.held_sitting import HeldSitting, TurnedClock, running
from tests.meeting.order.full_sitting import full_plan
from tests.voting.voter import Voter
from voting.errors import PaperTooLong

AT = Position(6, 0)


def electing(ask: ElectionAsk) -> Plan:
    plan = full_plan(Rules(total_members=9, plain_http=True))
    steps = (Step(StepKind.VOTE, vote=VotePlan(Visibility.SECRET, (ask,))), Step(StepKind.DECLARATION))
    return replace(
        plan, items=tuple(replace(one, steps=steps) if one.number == AT.item else one for one in plan.items)
    )


async def goes_on_by_hands(held: HeldSitting) -> None:
    trouble = held.service.trouble
    assert isinstance(trouble, PaperTooLong)
    assert int(str(trouble.data["bytes"])) > int(str(trouble.data["most"]))
    await held.obey(c.UseHands("票面过长", MemberNo(2)))
    after = held.service.trouble
    assert after is None
    assert (held.poll.visibility, held.poll.stage) == (Visibility.HANDS, PollStage.PREPARED)


async def test_a_long_paper_is_trouble_and_the_house_comes_up_again(tmp_path: Path) -> None:
    clock, voters = TurnedClock(), [Voter(number) for number in range(1, 9)]
    plan = electing(ElectionAsk(200, ("孟", "柳"), write_in=True))
    async with running(tmp_path, clock, voters, plan) as held:
        await held.convene()
        await held.obey(c.GoTo(*AT))
        assert held.service.state.at == AT
        assert isinstance(held.service.trouble, PaperTooLong)
        assert held.service.state.poll is None
    async with running(tmp_path, clock, voters, plan) as held:
        await goes_on_by_hands(held)


async def test_names_from_phones_cannot_stop_the_house(tmp_path: Path) -> None:
    """Four hundred equal names are all candidates of the further election: too many for a paper, not for hands."""
    clock, voters = TurnedClock(), [Voter(number) for number in range(1, 9)]
    ask = ElectionAsk(50, ("孟",), write_in=True, write_in_needs_opposition=False)
    async with running(tmp_path, clock, voters, electing(ask)) as held:
        await held.convene()
        await held.obey(c.GoTo(*AT))
        ballot, box = held.poll.id, held.house.box
        for voter in voters:
            await voter.collect(box, ballot)
        await held.obey(c.OverridePrecondition("tellers_approved", "已推选"), c.OpenPoll(ballot))
        for voter in voters:
            names = sorted(
                "\U00020000" * 28 + chr(0x4E00 + voter.number) + chr(0x4E00 + n) for n in range(50)
            )
            marks = {"item-6": {"for": [], "against": [], "write_in": names}}
            await box.cast(voter.credential.ballot(marks))
        await held.obey(c.ClosePoll(ballot))
        await held.until(lambda: held.poll.stage is PollStage.COUNTED)
        teller = min(acting_tellers(held.service.state))
        await held.obey(c.ConfirmCount(ballot, teller))
        if held.poll.stage is PollStage.COUNTED:
            await held.obey(c.RevealResult(ballot))
        await held.obey(c.CallRound(ballot))
        assert isinstance(held.service.trouble, PaperTooLong)
    async with running(tmp_path, clock, voters, electing(ask)) as held:
        await goes_on_by_hands(held)
        assert held.poll.contest is not None
        assert len(held.poll.contest.names) == 400


# --- the office ---

DEMO = BAILU.read_text(encoding="utf-8")
_FIRST, _NEXT = "    seats: 1\n    candidates:", "  - num: 12\n    kind: selection"


def file_electing(seats: int, candidates: int, more: str = "") -> str:
    """The demonstration's file with so many seats and candidates in its election, which nobody plays."""
    names = ", ".join(f"{{order: {n + 1}, name: 候选{chr(0x4E00 + n)}}}" for n in range(candidates))
    begin, end = DEMO.index(_FIRST), DEMO.index(_NEXT)
    return (
        f"{DEMO[:begin]}    seats: {seats}\n    candidates: [{names}]\n    write_in: true\n{more}{DEMO[end:]}"
    )


@pytest.mark.parametrize(("seats", "candidates"), [(40, 45), (100, 120)])
def test_what_a_congress_elects_fits(seats: int, candidates: int) -> None:
    plan = read_sitting(file_electing(seats, candidates)).plan
    vote = plan.item(11).steps[0].vote
    assert vote is not None
    assert isinstance(vote.asks[0], ElectionAsk)
    assert len(vote.asks[0].candidates) == candidates


def test_the_office_hears_of_a_long_paper_beforehand() -> None:
    text = file_electing(150, 170)
    [problem] = check_sitting(text)
    assert problem.code is Code.PAPER_TOO_LONG
    assert text.splitlines()[problem.line - 1].startswith("    candidates:")
    assert "减少候选人" in problem.sentence("zh")
    assert check_sitting(file_electing(150, 170, "    ballot: {mode: hands}\n")) == (), "hands have no paper"
