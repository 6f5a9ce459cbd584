"""A sitting with every kind of vote, for the tests of the order of business: nine members, five invited deputies.

Its papers are counted by `voting.outcome`, from ballots that a test makes up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Self

from meeting.order import commands as c
from meeting.order.asking import (
    Criterion,
    ElectionAsk,
    Electorate,
    GradeAsk,
    ScoreAsk,
    SelectionAsk,
    Visibility,
    VotePlan,
)
from meeting.order.materials import Enclosure, Material, MaterialKind
from meeting.order.paper_of import paper_of
from meeting.order.particulars import Group, Oath, OathForm, Particulars, Subject, SubjectKind
from meeting.order.rules import Rules
from meeting.order.sitting import (
    Attendee,
    Exam,
    Item,
    ItemKind,
    Matter,
    MatterId,
    MatterKind,
    Member,
    MemberNo,
    Plan,
    Role,
    SittingId,
    Step,
    StepKind,
    Tellers,
    Text,
)
from meeting.order.state import Poll, State
from meeting.order.supervision import Interpellation, Manner
from tests.meeting.order.small_sitting import Sitting
from voting.outcome import result
from voting.paper import Bases

SCALE = (Text("满意", "Satisfied"), Text("基本满意"), Text("不满意"))
GRADE, SHEET = GradeAsk(SCALE), ScoreAsk((Criterion("1", Text("守法")), Criterion("2", Text("实绩"), 2)))
ELECTION = ElectionAsk(seats=1, candidates=("孟", "柳"), write_in=True)
SELECTION = SelectionAsk(choose=2, options=(Text("农业"), Text("水利"), Text("教育"), Text("卫生")))
SURVEY = Material(
    Text("调研报告", "Survey report"),
    MaterialKind.SURVEY,
    text=(Text("情况" * 200),),
    proposals=(Text("建议", "Proposal"),),
)
FILM = Material(Text("短片"), video=Enclosure("0" * 64, "video/mp4", "v" * 43))
DEPUTIES = Electorate("deputy", binding=False)
R1, N1, N2, B1, X1 = (MatterId(name) for name in ("R1", "N1", "N2", "B1", "X1"))


def _vote(plan: VotePlan, matter: MatterId | None = None) -> tuple[Step, Step]:
    return Step(StepKind.VOTE, matter, vote=plan), Step(StepKind.DECLARATION, matter)


def _nominee(matter: MatterId, name: str, post: str) -> Matter:
    return Matter(
        matter,
        MatterKind.APPOINTMENT,
        Text(f"决定任命{name}为{post}"),
        name,
        Text(post),
        "决定任命",
        exams=(Exam(date(2026, 3, 1), 90, True),),
        certificate=f"{matter}号",
    )


def full_plan(rules: Rules | None = None) -> Plan:
    secret, hands = VotePlan(Visibility.SECRET), VotePlan(Visibility.HANDS)
    return Plan(
        id=SittingId("full-1"),
        body=Text("小县人大常委会"),
        meeting=Text("第二次会议"),
        on=date(2026, 3, 26),
        venue=Text("会议厅"),
        rules=rules
        or Rules(
            total_members=9, plain_http=True, zero_check=True, pledge_points=(Text("守法"), Text("监督"))
        ),
        members=tuple(
            Member(MemberNo(n), f"成员{n}", Role.CHAIR if n == 1 else Role.MEMBER, Text("委员"))
            for n in range(1, 10)
        ),
        attendees=tuple(Attendee(MemberNo(n), f"代表{n}", Text("代表"), "deputy") for n in range(10, 15)),
        matters=(
            Matter(R1, MatterKind.REMOVAL, Text("免去曾的局长职务"), "曾", Text("局长"), "决定免去"),
            _nominee(N1, "甲", "局长"),
            _nominee(N2, "乙", "法官"),
            Matter(B1, MatterKind.APPOINTMENT, Text("合并表决"), bloc=(N1, N2)),
            Matter(X1, MatterKind.DISMISSAL, Text("撤销贺的职务"), "贺", Text("主任"), "撤销职务"),
        ),
        items=(
            Item(1, ItemKind.ROLL_CALL, Text("签到"), "09:00", (Step(StepKind.ROLL_CALL),)),
            Item(
                2,
                ItemKind.PUBLIC_VOTE,
                Text("通过监票人名单"),
                "09:05",
                _vote(hands),
                tellers=Tellers(MemberNo(2), (MemberNo(3),)),
            ),
            Item(
                3,
                ItemKind.WORK_EVALUATION,
                Text("工作评议"),
                "09:10",
                (
                    Step(StepKind.QUESTIONS),
                    Step(StepKind.DELIBERATION),
                    *_vote(VotePlan(Visibility.SECRET, (SHEET, GRADE), (Electorate(), DEPUTIES))),
                ),
                particulars=Particulars(groups=(Group(1, "成员2"),), materials=(SURVEY, FILM)),
            ),
            Item(
                11,
                ItemKind.INTERPELLATION,
                Text("质询"),
                "10:50",
                (
                    Step(StepKind.READING, speaker="成员4"),
                    Step(StepKind.REPLY, speaker="局长丙", limit_s=600),
                ),
                particulars=Particulars(
                    subject=Subject(SubjectKind.UNIT, Text("县某局"), head="局长丙"),
                    interpellation=Interpellation(
                        ("成员4", "成员5", "成员6"), Text("县某局"), Manner.ORAL, (Text("请说明。"),)
                    ),
                ),
            ),
            Item(
                4,
                ItemKind.PUBLIC_VOTE,
                Text("免职"),
                "09:30",
                (*_vote(VotePlan(Visibility.OPEN), R1), Step(StepKind.PLEDGE, R1)),
            ),
            Item(5, ItemKind.SECRET_VOTES, Text("合并表决"), "09:40", _vote(secret, B1)),
            Item(
                6,
                ItemKind.ELECTION,
                Text("补选"),
                "09:50",
                _vote(VotePlan(Visibility.SECRET, (ELECTION,))),
            ),
            Item(
                7,
                ItemKind.SELECTION,
                Text("票决"),
                "10:00",
                _vote(VotePlan(Visibility.SECRET, (SELECTION,))),
            ),
            Item(
                8,
                ItemKind.DISMISSAL,
                Text("撤职"),
                "10:10",
                (
                    Step(StepKind.STATEMENT, X1),
                    Step(StepKind.STATEMENT, X1, defence=True),
                    *_vote(VotePlan(Visibility.SECRET, by_law_secret=True), X1),
                ),
            ),
            Item(
                9,
                ItemKind.CEREMONY,
                Text("颁发任命书、宪法宣誓"),
                "10:30",
                (
                    Step(StepKind.CERTIFICATES, N1),
                    Step(StepKind.CERTIFICATES, N2),
                    Step(StepKind.OATH),
                ),
                particulars=Particulars(oath=Oath(OathForm.COLLECTIVE, "甲", ("甲", "乙"))),
            ),
            Item(10, ItemKind.CLOSING, Text("闭会"), "11:00", (Step(StepKind.CLOSING),)),
        ),
        materials=(Material(Text("工作方案"), MaterialKind.RULES, text=(Text("第一条"),)),),
    )


def counted(state: State, poll: Poll, ballots: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The result of these ballots, as the box would count them."""
    assert poll.bases is not None
    bases = Bases(poll.bases.all_members, poll.bases.present, poll.bases.recused)
    paper = paper_of(state, poll)
    marked = [paper.check(ballot) for ballot in ballots]
    return dict(result(paper, bases, len(poll.voters), marked))


class Full(Sitting):
    """The full sitting, played to any of its votes."""

    def __init__(self, rules: Rules | None = None) -> None:
        super().__init__(full_plan(rules))

    def begin(self, present: Sequence[int] = (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14)) -> Self:
        self.convene(present)
        return self.raise_hands(8)

    def raise_hands(self, yes: int, no: int = 0) -> Self:
        """Hold the current vote by hands, with typed totals that teller 3 confirms."""
        poll = self.poll
        totals = {poll.question: {"for": yes, "against": no, "abstain": 0}}
        self.obey(c.OpenPoll(poll.id), c.EnterTotals(poll.id, totals), c.ConfirmTotals(poll.id, MemberNo(3)))
        return self.cast([{poll.question: "for"}] * yes + [{poll.question: "against"}] * no)

    def open(self) -> Self:
        poll = self.poll
        unseen = self.state.plan.rules.zero_check and self.state.box_seen_by is None
        if poll.visibility is Visibility.SECRET and unseen:
            self.obey(c.ConfirmEmptyBox(poll.id, MemberNo(2)))
        self.obey(c.OpenPoll(poll.id))
        return self

    def cast(self, ballots: Sequence[Mapping[str, Any]], advice: Sequence[Mapping[str, Any]] = ()) -> Self:
        """Close the vote where it is open, and count these ballots; `advice` are those of the other classes."""
        if self.poll.stage.value == "open":
            self.obey(c.ClosePoll(self.poll.id))
        for poll in reversed(self.state.together(self.poll)):
            marked = ballots if poll.binding else advice
            self.obey(c.RecordCount(poll.id, counted(self.state, poll, marked)))
        return self

    def to(self, item: int) -> Self:
        """Go to the item's vote, its earlier steps done."""
        for index, step in enumerate(self.plan.item(item).steps):
            if self.state.at != (item, index):
                self.obey(c.GoTo(item, index))
            if step.vote is not None:
                return self
            self.obey(c.Proceed())
        return self
