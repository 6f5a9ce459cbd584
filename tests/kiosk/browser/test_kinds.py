"""Papers of every kind on real phones against the real server: filled in, cast, counted, and read again as a result."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from meeting.order import commands as c
from meeting.order.asking import (
    Criterion,
    ElectionAsk,
    GradeAsk,
    ScoreAsk,
    SelectionAsk,
    Visibility,
    VotePlan,
)
from meeting.order.sitting import Item, ItemKind, MemberNo, Plan, Step, StepKind, Text
from tests.kiosk.browser.members import Member, chromium
from tests.kiosk.browser.papers import CHECK, NEXT, mark, row, scores
from tests.kiosk.browser.state import Press
from tests.meeting.order.small_sitting import small_plan
from tests.session_day.served_sitting import ServedSitting, serving
from tests.voting.voter import Voter

pytestmark = pytest.mark.asyncio(loop_scope="module")

SCALE = (Text("满意", "Satisfied"), Text("基本满意", "Basically satisfied"), Text("不满意", "Not satisfied"))
SHEET = ScoreAsk((Criterion("1", Text("依法履职")), Criterion("2", Text("办理建议"))))
CANDIDATES = ("孟银杏", "柳合欢")
OPTIONS = (Text("县林业局"), Text("县自然资源局"), Text("县应急管理局"))
ASKED = {
    "评议县农业农村局工作": (SHEET, GradeAsk(SCALE)),
    "补选代表": (ElectionAsk(1, CANDIDATES, write_in=True),),
    "票决评议对象": (SelectionAsk(2, OPTIONS),),
}
KINDS = (ItemKind.WORK_EVALUATION, ItemKind.ELECTION, ItemKind.SELECTION)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture(autouse=True)
def memory_as_before() -> Iterator[None]:
    """The server tunes the collector for itself; the next test is another process's work."""
    limits = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*limits)


def plan() -> Plan:
    """Tellers are approved; then seven members at the votes of three items, one of each kind that is no motion."""
    small = small_plan()
    votes = [
        Item(
            number,
            kind,
            Text(title),
            "09:10",
            (Step(StepKind.VOTE, vote=VotePlan(Visibility.SECRET, asks)), Step(StepKind.DECLARATION)),
        )
        for number, kind, (title, asks) in zip((3, 4, 5), KINDS, ASKED.items(), strict=True)
    ]
    return replace(small, matters=(), items=(*small.items[:2], *votes, replace(small.items[-1], number=6)))


async def cast_by(served: ServedSitting, marks: Mapping[str, Any]) -> None:
    """The members whose phones are ours all vote so."""
    box, poll = served.house.box, served.poll
    for voter in served.voters.values():
        paper = box.facts(poll.id).paper
        credential = await voter.collect(box, poll.id)
        await box.cast(credential.ballot(dict(paper.check(marks))))


async def close(served: ServedSitting) -> Mapping[str, Any]:
    """The result by question; where names were written in, a teller confirms the count first."""
    poll = served.poll
    await served.obey(c.ClosePoll(poll.id))
    async with asyncio.timeout(30):
        while served.poll.stage.value not in {"counted", "declared"}:
            await served.house.writer.run(lambda conn: None)
    if served.poll.stage.value == "counted":
        await served.obey(c.ConfirmCount(poll.id, MemberNo(2)))
    ended = await served.ended(poll.id)
    assert ended.result is not None
    questions: Mapping[str, Any] = ended.result["questions"]
    return questions


async def fill(phone: Member, *presses: Press) -> None:
    for press in presses:
        if isinstance(press, tuple):
            await phone.page.fill(*press)
        else:
            await phone.page.click(press)
    await phone.page.click(CHECK)
    await phone.tap("确认提交")
    await phone.sees("已收到您的表决票")


async def test_a_paper_of_every_kind_from_the_phone_to_the_result(tmp_path: Path, browser: Browser) -> None:
    async with (
        serving(tmp_path, plan(), [Voter(n) for n in (1, 2, 3, 4)]) as served,
        AsyncExitStack() as stack,
    ):
        phones = [await Member.arrive(browser, number) for number in (5, 6, 7)]
        for phone in phones:
            stack.push_async_callback(phone.context.close)
            await phone.sign_in(served)
        present = set(served.house.service.state.present)
        missing = [m.number for m in served.house.service.state.plan.members if m.number not in present]
        await served.obey(*(c.RecordArrival(n) for n in missing), c.ConfirmRoll())
        await served.obey(c.OpenPoll(served.poll.id))
        await served.vote("for")
        await close(served)
        await served.obey(c.Proceed())

        async def votes(*ways: tuple[Press, ...], ours: Mapping[str, Any]) -> Mapping[str, Any]:
            """Three phones fill in one paper each, the other four members vote like `ours`."""
            poll = served.poll.id
            for phone in phones:
                await phone.reads("您的表决票已备好")
            await served.obey(c.OpenPoll(poll))
            await asyncio.gather(*(fill(phone, *way) for phone, way in zip(phones, ways, strict=True)))
            assert len({len(phone.boxed[-1].encode()) for phone in phones}) == 1
            for phone in phones:
                kept = await phone.kept()
                assert '"marks"' not in kept
                assert '\\"marks' not in kept
                assert "draft" not in kept
            await cast_by(served, ours)
            found = await close(served)
            for phone in phones:
                await phone.reads("已核对：您的票在公示册中")
            return found

        sheet, grade = served.poll.questions
        found = await votes(
            (*scores("90", "80"), NEXT, row(1)),
            (*scores("85", "0"), NEXT, row(2)),
            (*scores("100", "70"), NEXT, row(3)),
            ours={sheet: {"1": 88, "2": 60}, grade: "基本满意"},
        )
        assert found[grade]["counts"] == {"满意": 1, "基本满意": 5, "不满意": 1}
        assert found[sheet]["means"] == {"1": 89.6, "2": 55.7}
        shown = phones[0].page
        await expect(shown.locator(".verdict b").last).to_have_text("基本满意")
        await expect(shown.locator(".tally").first.locator("b")).to_have_text(["89.6", "55.7"])

        await served.obey(c.Proceed())
        (election,) = served.poll.questions
        found = await votes(
            (mark(1, 1), mark(2, 2)),
            (mark(1, 2), mark(2, 3), (".others input", "樊 苍兰")),
            (mark(1, 3), mark(2, 1)),
            ours={election: {"for": ["孟银杏"], "against": ["柳合欢"], "write_in": []}},
        )
        assert found[election]["votes"] == {"孟银杏": 5, "柳合欢": 1, "樊苍兰": 1}
        await expect(shown.locator(".tally .who .word")).to_have_text(["孟银杏 当选", "柳合欢", "樊苍兰"])

        await served.obey(c.Proceed())
        (selection,) = served.poll.questions
        found = await votes(
            (row(1), row(2)),
            (row(3),),
            (),
            ours={selection: ["县林业局", "县应急管理局"]},
        )
        assert found[selection]["votes"] == {"县林业局": 5, "县自然资源局": 1, "县应急管理局": 5}
        await expect(shown.locator(".tally .who b")).to_have_text(["5", "5", "1"])
        for phone in phones:
            assert phone.said == []
