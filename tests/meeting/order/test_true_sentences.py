"""What the chair is given to say is so: how it was voted on, what follows, whose failure it is, what is left to do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from display.i18n import Language
from meeting.order import announcement, rounds, speaking
from meeting.order import commands as c
from meeting.order.asking import Ask, ElectionAsk, Visibility, VotePlan
from meeting.order.decide import decide
from meeting.order.errors import NoRoundToCall
from meeting.order.evolve import Recorded, evolve
from meeting.order.paper_of import paper_of
from meeting.order.particulars import AutoListed, Particulars, Report, Subject, SubjectKind
from meeting.order.preconditions import Name, preconditions
from meeting.order.rules import Announce, Rules
from meeting.order.sitting import Item, ItemKind, MatterId, MatterKind, MemberNo, Plan, Step, StepKind, Text
from meeting.order.state import PollStage, Position, State
from meeting.projections.poll_slide import advice
from meeting.projections.teller_view import teller
from meeting.wording import words
from tests.meeting.order.full_sitting import B1, N1, N2, R1, SELECTION, Full, full_plan
from tests.meeting.order.small_sitting import Sitting
from voting.outcome import result_of_totals
from voting.paper import Bases

FAILED = Text("本次测评不满意，直接列入")


def changed(item: int, **of_item: Any) -> Plan:
    plan = full_plan()
    return replace(
        plan, items=tuple(replace(one, **of_item) if one.number == item else one for one in plan.items)
    )


def voting(item: int, ask: Ask, visibility: Visibility = Visibility.SECRET) -> Plan:
    vote = Step(StepKind.VOTE, vote=VotePlan(visibility, (ask,)))
    return changed(item, steps=(vote, Step(StepKind.DECLARATION)))


def with_matter(plan: Plan, matter: MatterId, **of_matter: Any) -> Plan:
    return replace(
        plan, matters=tuple(replace(one, **of_matter) if one.id == matter else one for one in plan.matters)
    )


class Played(Full):
    def __init__(self, plan: Plan) -> None:
        Sitting.__init__(self, plan)

    def said(self, language: Language = "zh") -> list[str]:
        return said(self.state, language)


def said(state: State, language: Language = "zh") -> list[str]:
    return [words(one)[language] for one in announcement.script(state)]


# --- a selection ---


@pytest.mark.parametrize(
    ("visibility", "how", "english"),
    [
        (Visibility.SECRET, "经无记名投票，", "Selected for next year's evaluation: "),
        (Visibility.OPEN, "经记名投票，", "Selected by open vote for next year's evaluation: "),
        (Visibility.HANDS, "经举手表决，", "Selected by show of hands for next year's evaluation: "),
    ],
)
def test_a_selection_is_said_as_it_was_made(visibility: Visibility, how: str, english: str) -> None:
    plan = voting(7, SELECTION, visibility)
    listed = AutoListed(Text("教育局"), FAILED)
    items = tuple(
        replace(one, particulars=Particulars(auto_listed=listed)) if one.number == 7 else one
        for one in plan.items
    )
    for auto, ends in ((True, "为下一年度工作评议对象。"), (False, "农业、水利。")):
        sitting = Played(replace(plan, items=items) if auto else plan).begin().to(7).open()
        if visibility is Visibility.HANDS:
            votes = {"农业": 8, "水利": 7, "教育": 1, "卫生": 0}
            totals = {"item-7": {"votes": votes, "returned": 8, "invalid": 0}}
            poll = sitting.poll
            sitting.obey(c.EnterTotals(poll.id, totals), c.ConfirmTotals(poll.id, MemberNo(3)))
            counted = result_of_totals(paper_of(sitting.state, poll), Bases(9, 8, 0), 8, totals)
            sitting.obey(c.RecordCount(poll.id, counted))
        else:
            sitting.cast([{"item-7": ["农业", "水利"]}] * 8)
        key = how if auto or visibility is not Visibility.SECRET else "经投票，"
        assert sitting.said()[-1].startswith(f"{key}确定农业、水利")
        assert sitting.said()[-1].endswith(ends)
        if auto:
            assert sitting.said("en")[-1].startswith(english)


UNIT = Particulars(subject=Subject(SubjectKind.UNIT, Text("水利局"), head="某"))
OFFICER = Particulars(subject=Subject(SubjectKind.OFFICER, Text("水利局")))
REPORT = Particulars(report=Report("某", Text("水利局局长（受县人民政府委托）")))


@pytest.mark.parametrize(
    ("about", "listed", "item", "is_said"),
    [
        (UNIT, "水利局", None, True),
        (UNIT, "教育局", None, False),
        (OFFICER, "水利局", None, False),
        (REPORT, "水利局", None, True),
        (REPORT, "教育局", None, False),
        (REPORT, "教育局", 3, True),
        (UNIT, "水利局", 4, False),
    ],
)
def test_a_unit_is_listed_for_its_own_failure(
    about: Particulars, listed: str, item: int | None, is_said: bool
) -> None:
    plan = changed(3, particulars=about)
    auto = Particulars(auto_listed=AutoListed(Text(listed), FAILED, item))
    items = tuple(replace(one, particulars=auto) if one.number == 7 else one for one in plan.items)
    sitting = Played(replace(plan, items=items)).begin().to(3).open()
    sheet, grade = sitting.poll.questions
    failing = {sheet: {"1": 50, "2": 50}, grade: "不满意"}
    sitting.cast([failing] * 8, [failing] * 2)
    sitting.to(7).open().cast([{"item-7": ["农业", "卫生"]}] * 8)
    assert any(one.startswith(f"另外，{listed}：") for one in sitting.said()) is is_said


# --- an election that leaves seats open ---


def ballot(supported: list[str], against: list[str]) -> dict[str, Any]:
    return {"item-6": {"for": supported, "against": against}}


@pytest.mark.parametrize(
    ("votes", "ends", "english"),
    [
        (0, "的选票，不足的名额暂缺。", "The seats that are left stay vacant."),
        (3, "的选票，不足的名额另行选举。", "A further election follows."),
        (8, "还缺1名，不足的名额暂缺。", "1 seats are left and stay vacant."),
    ],
)
def test_a_further_election_is_promised_only_where_there_is_one(votes: int, ends: str, english: str) -> None:
    sitting = Played(voting(6, ElectionAsk(2, ("孟", "柳")))).begin().to(6).open()
    sitting.cast([ballot(["孟"], ["柳"])] * votes + [ballot([], ["孟", "柳"])] * (8 - votes))
    assert sitting.said()[-1].endswith(ends)
    assert sitting.said("en")[-1].endswith(english)
    assert (rounds.next_contest(sitting.poll) is not None) == (votes == 3)
    if votes != 3:
        with pytest.raises(NoRoundToCall):
            sitting.obey(c.CallRound(sitting.poll.id))


def test_a_run_off_in_which_nobody_has_a_vote_leaves_the_seat_vacant() -> None:
    sitting = Played(voting(6, ElectionAsk(2, ("孟", "柳", "樊")))).begin(range(1, 10)).to(6).open()
    pairs = [["孟", "柳"]] * 4 + [["孟", "樊"]] * 4 + [["柳", "樊"]]
    sitting.cast([ballot(pair, []) for pair in pairs])
    sitting.obey(c.CallRound(sitting.poll.id))
    sitting.open().cast([ballot([], [])] * 9)
    assert sitting.said()[-1] == "没有人得票，不足的名额暂缺。"


# --- a matter that ends without a vote; the end of the day ---


@pytest.mark.parametrize("reason", ["有新的举报", "资料不全"])
def test_a_deferral_gives_no_cause_that_nobody_entered(reason: str) -> None:
    sitting = Full().begin().obey(c.GoTo(4, 0), c.DeferMatter(R1, "主任会议", "plenary", reason))
    assert said(sitting.state)[0] == "经主任会议提出、全体会议同意，免去曾的局长职务暂缓表决。"


def test_the_chair_says_that_all_is_done_only_when_it_is() -> None:
    early = Full().begin().obey(c.CloseSitting())
    assert said(early.state) == ["本次会议到此结束，现在散会。"]
    assert said(early.state, "en") == ["The meeting ends here and is adjourned."]
    jumped = Full().begin().obey(c.GoTo(10, 0))
    assert said(jumped.state) == ["本次会议到此结束，现在散会。"]
    vote = Step(StepKind.VOTE, vote=VotePlan(Visibility.OPEN))
    plan = full_plan()
    talk = Item(3, ItemKind.DELIBERATION, Text("审议"), "09:10", (Step(StepKind.DELIBERATION),))
    last = Item(5, ItemKind.CLOSING, Text("闭会"), "11:00", (Step(StepKind.CLOSING),))
    motion = Item(4, ItemKind.PUBLIC_VOTE, Text("决议"), "10:00", (vote, Step(StepKind.DECLARATION)))
    short = replace(plan, matters=(), items=(*plan.items[:2], talk, motion, last))
    for skipped in (False, True):
        sitting = Played(short).begin()
        sitting.obey(c.Proceed(), c.SkipStep("没有人发言"))
        if skipped:
            sitting.obey(c.SkipStep("改日再议"))
        else:
            sitting.open().cast([{"item-4": "for"}] * 8).obey(c.Proceed())
        assert sitting.state.at == Position(5, 0)
        ended = (
            "本次会议到此结束，现在散会。" if skipped else "本次会议的各项议程已经全部进行完毕，现在散会。"
        )
        assert sitting.said() == [ended]
        assert sitting.obey(c.Proceed()).said() == [ended]


# --- 决定代理 ---


def test_who_acts_in_a_post_is_not_appointed_to_it() -> None:
    plan = with_matter(full_plan(), N1, kind=MatterKind.ACTING, post=Text("县长", "Governor"), proposer="某")
    items = tuple(
        replace(one, steps=(Step(StepKind.INTRODUCTION, N1),)) if one.number == 4 else one
        for one in plan.items
    )
    sitting = Played(replace(plan, items=items)).begin().obey(c.GoTo(4, 0))
    assert sitting.said() == ["请某介绍拟代理人选甲的情况，提请决定其代理县长职务。"]
    assert sitting.said("en") == ["某 introduces 甲, proposed to act as Governor."]
    text = words(speaking.certificate(sitting.state, sitting.plan.matter(N1)))
    assert text["zh"].endswith("决定，由甲代理县长职务。")
    assert text["en"].endswith("甲 acts as Governor.")
    assert words(speaking.certificate(sitting.state, sitting.plan.matter(N2)))["zh"].endswith(
        "任命乙为法官。"
    )


# --- votes that are put again; what is left of a bloc ---


def test_a_paper_that_was_never_voted_on_is_not_held_again() -> None:
    sitting = Full().begin().obey(c.GoTo(7, 0))
    dropped, opened = sitting.state, sitting.open().state
    for state, again in ((dropped, False), (opened, True)):
        assert state.poll is not None
        for event in decide(state, c.AbortPoll(state.poll.id, "roll-changed"), 1):
            state = evolve(state, Recorded(state.seq + 1, 1, event))
        assert state.poll is not None
        assert state.poll.stage is PollStage.VOID
        assert any(one.startswith("上次表决无效") for one in said(state)) is again


def test_what_is_left_of_a_bloc_is_put_by_its_own_names() -> None:
    titled = with_matter(full_plan(), B1, title=Text("合并任命甲、乙", "Appoint both"))
    sitting = Played(titled).begin().obey(c.GoTo(5, 0))
    assert "合并任命甲、乙" in paper_of(sitting.state, sitting.poll).text()
    assert sitting.said()[:2] == [
        "下面对合并任命甲、乙进行表决。",
        "下列事项合并表决：决定任命甲为局长、决定任命乙为法官。",
    ]
    sitting.obey(c.WithdrawMatter(N2, "主任会议"))
    assert "乙" not in paper_of(sitting.state, sitting.poll).text()
    assert "下面对决定任命甲为局长进行表决。" in sitting.said()
    assert not any("合并" in one for one in sitting.said())


# --- gates of a bloc; advice that came to nothing ---


def gates(plan: Plan) -> dict[Name, bool]:
    return {one.name: one.met for one in preconditions(Played(plan).state, Position(5, 0))}


def test_a_bloc_with_an_appointment_in_it_waits_for_the_common_deliberation() -> None:
    talk = {"kind": ItemKind.DELIBERATION, "steps": (Step(StepKind.DELIBERATION),)}
    mixed = with_matter(changed(4, **talk), B1, kind=MatterKind.RESOLUTION, bloc=(R1, N2))
    assert not gates(mixed)[Name.STEPS_DONE]
    removals = with_matter(mixed, N2, kind=MatterKind.REMOVAL)
    assert gates(removals)[Name.STEPS_DONE], "nobody is to be appointed"


def test_a_removal_in_the_same_bloc_counts_as_before_it() -> None:
    together = with_matter(full_plan(), B1, kind=MatterKind.RESOLUTION, bloc=(R1, N1))
    assert gates(together).get(Name.REMOVAL_FIRST, True)
    assert not gates(full_plan())[Name.REMOVAL_FIRST]


@pytest.mark.parametrize("announce", Announce)
def test_advice_that_came_to_nothing_is_shown_nowhere(announce: Announce) -> None:
    """Also while the count waits for a teller or the chair: the desks have the figures of both classes then."""
    sitting = Full(Rules(total_members=9, plain_http=True, announce=announce)).begin().to(3).open()
    sheet, grade = sitting.poll.questions
    good = {sheet: {"1": 90, "2": 90}, grade: "满意"}
    sitting.cast([good] * 8, [good] * 6)
    others = [one for one in sitting.state.together(sitting.poll) if not one.binding]
    assert [one.result and one.result["vote"] for one in others] == ["void"], "five were asked, six came back"
    assert advice(sitting.state, sitting.poll) == ()
    view = teller(sitting.state, None, 1)
    assert view["slide"].get("advisory", []) == []
    assert [one["result"] for one in view["advisory"]] == [None]
    [came] = view["reconciliation"]["advisory"]
    assert came["equations"][1]["holds"] is False, "six of five"
    assert len(came["equations"]) == 3, "what was on them is not looked at"
