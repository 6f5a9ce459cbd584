"""The phone's own program against the real server: stopped between every two steps, and still one counted ballot."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from meeting.order import commands as c
from tests.meeting.order.small_sitting import N1, small_plan
from tests.session_day.served_sitting import ServedSitting, serving
from tests.voting.voter import Voter

DRIVE = Path(__file__).resolve().parent.parent / "kiosk" / "js" / "drive.mjs"
STEPS = ["keyed", "joined", "stored", "issued", "finalized", "pressed", "sent", "receipt", "erased"]
MINE = 7


async def drive(
    served: ServedSitting, state: Path, *options: str, choice: str = "against"
) -> list[dict[str, Any]]:
    """One life of the phone's program; what it said."""
    process = await asyncio.create_subprocess_exec(
        "node",
        str(DRIVE),
        *("--url", served.url, "--code", served.card(MINE), "--board-key", served.board_key),
        *("--choice", choice, "--state", str(state), "--hurry", *options),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, (out.decode()[-2000:], err.decode()[-2000:])
    return [json.loads(line) for line in out.decode().splitlines()]


async def to_the_appointment(served: ServedSitting) -> None:
    """Until the secret ballot on N1 is prepared; the open vote before it without the phone of this test."""
    await served.convene()
    poll = served.poll.id
    await served.obey(c.OpenPoll(poll))
    await served.vote("for")
    await served.obey(c.ClosePoll(poll))
    await served.ended(poll)
    await served.obey(*[c.Proceed()] * 8)
    assert served.poll.matter == N1


def voters() -> list[Voter]:
    return [Voter(number) for number in range(1, 7)]


@pytest.mark.parametrize("subtle", [True, False], ids=["subtle", "no-subtle"])
async def test_a_phone_stopped_between_every_two_steps_ends_in_one_counted_ballot(
    tmp_path: Path, subtle: bool
) -> None:
    state = tmp_path / "phone.json"
    flags = () if subtle else ("--no-subtle",)
    async with serving(tmp_path / "data", small_plan(), voters()) as served:
        # The card first: who has no phone yet is on no roll with one.
        for step in ("keyed", "joined"):
            await drive(served, state, *flags, "--stop-after", step)
        await to_the_appointment(served)
        poll = served.poll.id
        await served.obey(c.OpenPoll(poll))
        await served.vote("for")
        for step in STEPS[2:]:
            said = await drive(served, state, *flags, "--stop-after", step)
            assert said[-1] == {"event": "done", "stopped": step}
        last = asyncio.create_task(drive(served, state, *flags))
        await served.obey(c.ClosePoll(poll))
        ended = await served.ended(poll)
        assert ended.result is not None
        assert ended.result["questions"]["N1"]["counts"] == {"for": 6, "against": 1, "abstain": 0}
        assert (ended.result["issued"], ended.result["returned"]) == (7, 7)
        assert "against" not in state.read_text(), "the choice is nowhere on the phone any more"
        # The others have no program that confirms: the window runs its time, this phone's line is in it.
        last.cancel()
        await asyncio.wait([last])


async def test_a_phone_that_never_votes_hands_its_paper_back_and_confirms(tmp_path: Path) -> None:
    from dataclasses import replace

    plan = small_plan()
    plan = replace(plan, rules=replace(plan.rules, hand_back_s=3))
    async with serving(tmp_path / "data", plan, voters()) as served:
        state = tmp_path / "phone.json"
        await drive(served, state, "--stop-after", "joined")
        await to_the_appointment(served)
        poll = served.poll.id
        phone = asyncio.create_task(drive(served, state, choice="none"))
        await served.obey(c.OpenPoll(poll))
        async with asyncio.timeout(20):
            while MINE in served.house.box.not_collected(poll):
                await served.house.writer.run(lambda conn: None)
        await served.vote("for")
        await served.obey(c.ClosePoll(poll))
        ended = await served.ended(poll)
        assert ended.result is not None
        assert ended.result["not_returned"] == 1
        said = await phone
        steps = [one["step"] for one in said if one["event"] == "step"]
        assert "returned" in steps
        assert said[-1]["event"] == "done"
        entries = [entry.body for entry in served.house.box.board()]
        assert [e["unused"] for e in entries if e["kind"] == "unused"] == [1]
