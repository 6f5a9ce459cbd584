"""Every state of the console and of the tellers' desk that the Bailu sitting comes to, as views: for looking at them,
and for what must hold of them all.  Played on paper, so that no server is needed; the pages are the product's own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright

from meeting.console.access import Office
from meeting.demo import JIANJIA
from meeting.office.sitting_file import read_sitting
from meeting.order import commands as c
from meeting.order.particulars import Source
from meeting.order.rules import Announce
from meeting.order.sitting import MemberNo, Plan, Text
from meeting.wording import say
from tests.meeting.console.browser.desk import ARGUMENTS, EXECUTABLE, SMALL, WIDE
from tests.meeting.console.browser.record_shots import recorded
from tests.meeting.console.browser.staged import StagedDesk, staged
from tests.meeting.console.played import Played, bailu
from tests.meeting.console.test_follow_views import repeating
from tests.meeting.laid_before import laid_before
from voting.errors import LostKeys

Act = Callable[[StagedDesk], Awaitable[None]]
SETTLED_MS = 700
"""Until the hall's pictures, which measure themselves, are drawn."""
LONG_NAME = "欧阳阿卜杜拉·买买提明"
LONG_TITLE = Text(
    "关于提请审议决定任命白鹭县第十八届人民代表大会常务委员会农业与农村工作委员会副主任委员兼办公室主任的议案",
    "Decide on the appointment of the Deputy Chair of the Agriculture and Rural Affairs Working Committee of the "
    "Standing Committee, concurrently head of its office",
)


@dataclass(frozen=True, slots=True)
class Shot:
    name: str
    office: Office
    view: dict[str, Any]
    act: Act | None = None
    """What is done before it is looked at, as opening a dialog."""


def press(*selectors: str) -> Act:
    async def act(desk: StagedDesk) -> None:
        for selector in selectors:
            await desk.page.locator(selector).first.click()

    return act


def chair(name: str, sitting: Played, act: Act | None = None) -> Shot:
    return Shot(name, Office.CHAIR, sitting.console(), act)


def teller(name: str, sitting: Played, act: Act | None = None) -> Shot:
    return Shot(name, Office.TELLER, sitting.desk(), act)


LOST = {"code": LostKeys.code, "say": dict(say("error.keys-lost"))}


def few(view: dict[str, Any]) -> dict[str, Any]:
    """As if four members were asked: how many are in is not told."""
    primary = {**view["primary"], "warning": dict(say("console.warn.not-all-in"))}
    poll = {**view["poll"], "entitled": 4, "issued": 4, "returned": None, "few": True}
    return {**view, "poll": poll, "primary": primary}


def shots() -> Iterator[Shot]:
    yield from floor()
    yield from materials()
    yield from questions()
    yield from evaluations()
    yield from elections()
    yield from hands()
    yield from voids()
    yield from supervision()
    yield from ceremony()
    yield from (chair(name, sitting, press(*presses)) for name, sitting, presses in recorded())
    yield from in_the_room()
    yield from longest()
    yield from follow_up()


def floor() -> Iterator[Shot]:
    sitting = Played()
    yield chair("gathering", sitting)
    sitting.begin().obey(c.RecordDeparture(MemberNo(31), "江立春"), c.RecordArrival(MemberNo(31), video=True))
    yield chair("roll", sitting, press("#roll-tab"))
    yield chair("member", sitting, press("#roll-tab", '[data-member="29"]'))
    sitting.to(2)
    yield chair("ready", sitting, press("#primary"))
    yield chair("tellers-proposed", sitting.to(3))
    yield chair("note", sitting.to(9))
    yield chair("withdraw", sitting, press('[data-act="more"]', 'dialog [data-act="withdraw_matter"]'))
    yield chair("terminate", sitting, press('[data-act="more"]', 'dialog [data-act="terminate_matter"]'))
    sitting.to(2)
    yield chair("more", sitting, press('[data-act="more"]'))
    sitting.to(8).obey(
        c.RecordSummary(8, 1, "同意提请。建议新任局长尽快提出农村公路养护资金方案，健全管护机制。")
    )
    yield chair("groups", sitting)
    yield chair("group", sitting, press('[data-group="2"]'))
    sitting.obey(*(c.AskToSpeak(MemberNo(number)) for number in (5, 9, 7)), c.CallSpeaker(MemberNo(8)))
    sitting.obey(c.SendComment(MemberNo(12), "建议把高坪片区备用水源列入今年民生实事。"))
    yield chair("speaking", sitting)


def materials() -> Iterator[Shot]:
    sitting = Played(laid_before(bailu(), 4)).begin().to(4)
    yield chair("materials", sitting, press("#materials-tab"))
    yield chair("material-shown", sitting.obey(c.ShowMaterial(4, 1, 2)))
    yield chair("material-video", sitting.obey(c.ShowMaterial(4, 2), c.PlayVideo()))


def questions() -> Iterator[Shot]:
    sitting = Played().begin().to(4)
    yield chair("report", sitting)
    sitting.obey(c.StartTimer(), c.Proceed())
    yield chair("questions-planned", sitting)
    first, *_, fourth, _ = sitting.plan.item(4).particulars.questions
    sitting.obey(c.PutQuestion(first.by, first.text.zh, Source.PLANNED), c.AssignRespondent(0, "骆水杉"))
    sitting.obey(c.PutQuestion(fourth.by, fourth.text.zh, Source.SPONTANEOUS, follows=0), c.StartTimer(180))
    sitting.obey(
        c.SendQuestion(MemberNo(12), "上年度水质抽检不合格的7处供水点，整改到哪一步？何时能向群众公布？")
    )
    sitting.obey(c.SendQuestion(MemberNo(37), "村级管水员待遇如何保障？"))
    yield chair("questions", sitting)


def evaluations() -> Iterator[Shot]:
    sitting = Played().begin().to(6, 2)
    sitting.issued = 27
    yield chair("blocked", sitting)
    yield teller("empty-box", sitting)
    sitting.issued = None
    sitting.open().returned = 21
    yield chair("open-with-classes", sitting)
    yield Shot("open-few", Office.CHAIR, few(sitting.console()))
    yield Shot("keys-lost", Office.CHAIR, {**sitting.console(), "trouble": LOST})
    yield teller("open-with-classes", sitting)
    question = sitting.poll.question
    marks = ["优秀"] * 11 + ["称职"] * 14 + ["基本称职"] * 4 + ["不称职"]
    beside = {"office_head": [{question: "优秀"}] * 4, "deputy": [{question: "称职"}] * 7}
    sitting.close([{question: mark} for mark in marks], beside)
    yield chair("grades", sitting)
    yield teller("grades", sitting)
    sitting.to(5, 1).to(5, 2).open()
    sheet, grade = sitting.poll.questions
    scores = {str(number): 79 + number for number in range(1, 7)}
    sitting.close(
        [{sheet: scores, grade: "满意"}] * 14
        + [{sheet: scores, grade: "基本满意"}] * 13
        + [{sheet: {"1": 90}, grade: "不满意"}] * 3
    )
    yield chair("scores", sitting)
    yield teller("scores", sitting)


def elections() -> Iterator[Shot]:
    sitting = Played().begin().to(11).open()
    question = sitting.poll.question

    def for_(name: str, *others: str) -> dict[str, Any]:
        against = ["孟银杏", "柳合欢"] if others else ["柳合欢" if name == "孟银杏" else "孟银杏"]
        return {question: {"for": [name] if name else [], "against": against, "write_in": list(others)}}

    both = {question: {"for": ["孟银杏", "柳合欢"], "against": [], "write_in": []}}
    sitting.close(
        [for_("孟银杏")] * 14 + [for_("柳合欢")] * 13 + [for_("", "樊苍兰"), for_("", "范苍兰"), both]
    )
    yield chair("counted", sitting)
    yield teller("counted", sitting, press('.names-written [type="checkbox"] >> nth=2'))
    yield teller("object", sitting, press("#me", "[data-me]", '[data-duty="object_to_count"]'))
    sitting.obey(
        c.ObjectToCount(sitting.poll.id, sitting.teller, "收回的票数与我的记录不一致，请核对后再公布。")
    )
    yield chair("objected", sitting)
    yield chair("reject", sitting, press("#primary"))
    yield teller("objected", sitting)
    sitting.obey(c.ConfirmCount(sitting.poll.id, sitting.teller))
    yield chair("further", sitting, press("#primary"))
    sitting.to(12).open()
    options = [one.zh for one in sitting.plan.item(12).steps[0].vote.asks[0].options]  # type: ignore[union-attr]
    question = sitting.poll.question
    sitting.close(
        [{question: options[:3]}] * 13
        + [{question: [*options[:1], options[2], options[5]]}] * 13
        + [{question: options[3:5]}] * 4
    )
    yield chair("tied", sitting)
    sitting.obey(c.CallRound(sitting.poll.id))
    yield chair("run-off", sitting)


def hands() -> Iterator[Shot]:
    sitting = Played().begin().to(9).open()
    yield chair("use-hands", sitting, press('[data-act="hands"]'))
    sitting.obey(c.UseHands("表决系统故障", sitting.teller)).open()

    async def typing(desk: StagedDesk) -> None:
        for index, number in enumerate(("27", "2", "2")):
            await desk.page.locator("#totals .number").nth(index).fill(number)

    yield chair("hands-open", sitting, typing)
    sitting.obey(
        c.EnterTotals(sitting.poll.id, {sitting.poll.question: {"for": 27, "against": 1, "abstain": 1}})
    )
    yield chair("hands-typed", sitting)
    yield teller("hands-typed", sitting)
    sitting = Played().begin().to(11).obey(c.UseHands("表决系统故障", MemberNo(19))).open()
    yield chair("hands-election", sitting)
    sitting = Played().begin().to(2)
    sitting.trouble = {
        "code": "too-few-voters",
        "say": {
            "zh": "可以投票的只有4人，少于5人，不能无记名表决。",
            "en": "Only 4 may vote: fewer than 5 cannot vote in secret.",
        },
    }
    yield chair("trouble", sitting)


def voids() -> Iterator[Shot]:
    sitting = Played().begin().to(10).open()
    sitting.returned = 20
    sitting.obey(c.VoidPoll(sitting.poll.id, "发现有两位组成人员的手机拿错。"))
    yield chair("void", sitting)
    yield teller("void", sitting)
    yield teller("void-confirm", sitting, press("#me", "[data-me]", '[data-duty="countersign_void"]'))
    sitting.obey(c.CountersignVoid(sitting.poll.id, sitting.teller))
    yield chair("again", sitting)


def supervision() -> Iterator[Shot]:
    """The special evaluation sitting: figures, a text that is read, a reply that its movers judge."""
    sitting = Played(read_sitting(JIANJIA).plan).begin(away=()).to(4).obey(c.StartTimer())
    yield chair("proposals", sitting)
    yield chair("interpellation", sitting.to(6))
    sitting.obey(c.Proceed(), c.StartTimer())
    yield chair("reply", sitting, press("#primary"))
    sitting.obey(c.RecordReply(4, again=True), c.StartTimer())
    yield chair("reply-again", sitting)
    yield chair("reply-settled", sitting.obey(c.RecordReply(1)))
    yield chair("committee", sitting.to(7))


def ceremony() -> Iterator[Shot]:
    sitting = Played(bailu(announce=Announce.CHAIR_REVEALS)).begin()
    for step in (0, 2):
        sitting.to(10, step).open()
        sitting.close([{sitting.poll.question: "for"}] * 28 + [{sitting.poll.question: "against"}] * 2)
        yield chair("reveal", sitting) if step else chair("reveal-confirm", sitting, press("#primary"))
        sitting.obey(c.RevealResult(sitting.poll.id))
    yield chair("motion", sitting)
    yield chair("certificate", sitting.to(14))
    yield chair("oath", sitting.obey(c.Proceed(), c.Proceed()))
    yield chair("summary", sitting.to(15))


def in_the_room() -> Iterator[Shot]:
    """Everybody who is here, what the office enters for them, and who presides."""
    sitting = Played(long_plan()).begin()
    sitting.obey(*(c.CheckIn(MemberNo(number)) for number in (50, 51, 53)))
    yield chair("roll-of-everybody", sitting, press("#roll-tab"))
    sitting.to(8)
    sitting.obey(
        c.SendComment(MemberNo(7), "同意提请的任命，建议任后两年内述职。"),
        c.SendComment(MemberNo(51), "水质检测结果只贴在镇上，建议按月公示到村，水费收支一并公开。"),
        c.RecordComment(MemberNo(45), "请在任前谈话中提出依法行政的要求。", by="clerk"),
    )
    yield chair("comments", sitting)
    yield chair("record-comment", sitting, press('[data-act="more"]', '[data-act="record_comment"]'))
    yield chair("hand-over", sitting, press('[data-act="more"]', '[data-act="hand_over"]'))
    sitting.obey(c.RecordDeparture(MemberNo(1), "周夏至"))
    yield chair("presider-away", sitting)
    sitting.obey(c.HandOver(MemberNo(2)))
    yield chair("handed-over", sitting)


def long_plan() -> Plan:
    """The longest names and titles that people have."""
    plan = bailu(announce=Announce.TELLERS_CONFIRM)
    members = tuple(
        replace(one, name=f"{LONG_NAME}{one.number}"[:12]) if one.number in {2, 9, 19, 24} else one
        for one in plan.members
    )
    post = Text(
        "县人大常委会农业与农村工作委员会副主任委员兼办公室主任",
        "Deputy Chair of the Working Committee on Agriculture",
    )
    matters = tuple(
        replace(one, title=LONG_TITLE, person=LONG_NAME, post=post) if one.id == "N1" else one
        for one in plan.matters
    )
    return replace(plan, members=members, matters=matters)


def longest() -> Iterator[Shot]:
    sitting = Played(long_plan()).begin().to(7)
    yield chair("long-introduction", sitting)
    sitting.to(10)
    sitting.issued = 24
    yield chair("long-blocked", sitting)
    sitting.issued = None
    sitting.open()
    sitting.close([{sitting.poll.question: "for"}] * 26 + [{sitting.poll.question: "against"}] * 3)
    yield chair("long-counted", sitting)
    yield teller("long-counted", sitting)
    yield teller("long-who", sitting, press("#me"))


def follow_up() -> Iterator[Shot]:
    """An evaluation that repeats one, tracked questions while the cameras run, and the tasks of the day."""
    sitting = Played(repeating(("县人大代表甲", LONG_NAME)))
    yield chair("gathering-recorded", sitting.obey(c.StartRecording()))
    sitting.now += 754_000
    sitting.begin().to(4, 1)
    sitting.obey(c.PutQuestion("田雨水", "备用水源何时建成？", to="骆水杉"), c.CloseQuestion(True))
    sitting.obey(
        c.PutQuestion("冯七夕", "上年度水质抽检不合格的7处供水点，整改到哪一步？何时能向群众公布？"),
        c.PutQuestion("杨立冬", "管护经费县级配套到位率为什么只有六成？"),
        c.TrackQuestion(0),
    )
    yield chair("tracked", sitting.obey(c.TrackQuestion(1)))
    yield chair("recording-more", sitting, press('[data-act="more"]'))
    yield chair("earlier", sitting.to(5))
    yield chair("earlier-blocked", sitting.to(5, 2))
    yield chair("earlier-vote", sitting.overridden())
    sheet, grade = sitting.open().poll.questions
    scores = {str(number): 80 for number in range(1, 7)}
    sitting.close([{sheet: scores, grade: "不满意"}] * 30)
    for step in (0, 2):
        sitting.to(10, step).open()
        sitting.close([{sitting.poll.question: "for"}] * 28 + [{sitting.poll.question: "against"}] * 2)
    kinds = [step.kind.value for step in sitting.plan.item(15).steps]
    yield chair("tasks", sitting.to(15, kinds.index("closing")))
    yield chair("tasks-closed", sitting.obey(c.CloseSitting()))


async def pictures(folder: Path) -> list[Path]:
    """Write every state in both languages and at both sizes; which files they are."""
    written: list[Path] = []
    made = list(shots())
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
        for office in (Office.CHAIR, Office.TELLER):
            for lang in ("zh", "en"):
                for size in (WIDE, SMALL):
                    async with staged(browser, office, lang=lang, size=size) as desk:
                        for shot in made:
                            if shot.office is not office:
                                continue
                            await desk.look(shot.view, shot.act)
                            await desk.page.wait_for_timeout(SETTLED_MS)
                            path = folder / f"{office.value}-{lang}-{size['width']}-{shot.name}.png"
                            await desk.page.screenshot(path=path)
                            written.append(path)
        await browser.close()
    return written
