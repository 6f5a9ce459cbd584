"""A small sitting for the tests of the order of business: five items, seven members, two nominees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Self

from meeting.order.asking import SelectionAsk, Visibility, VotePlan
from meeting.order.commands import Command, ConfirmRoll, PreparePoll, Proceed, RecordArrival, RecordCount
from meeting.order.decide import decide
from meeting.order.events import SittingLoaded
from meeting.order.evolve import Recorded, evolve, replay
from meeting.order.sitting import (
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
    Rules,
    SittingId,
    Step,
    StepKind,
    Tellers,
    Text,
)
from meeting.order.state import Poll, State

N1, N2 = MatterId("N1"), MatterId("N2")
CHOOSE = SelectionAsk(choose=1, options=(Text("农业局"), Text("水利局"), Text("教育局")))
SECRET, OPEN = VotePlan(Visibility.SECRET), VotePlan(Visibility.OPEN)


def nominee(matter: MatterId, name: str) -> Matter:
    return Matter(
        id=matter,
        kind=MatterKind.APPOINTMENT,
        title=Text(f"任命{name}为局长", f"Appoint {name}"),
        person=name,
        post=Text("局长", "Director"),
        verb="决定任命",
        exams=(Exam(date(2026, 3, 1), 92, True),),
    )


def steps_of(matter: MatterId, *kinds: StepKind) -> tuple[Step, ...]:
    return tuple(Step(kind, matter, limit_s=300) for kind in kinds)


def small_plan(members: int = 7) -> Plan:
    return Plan(
        id=SittingId("small-1"),
        body=Text("小县人大常委会", "Standing Committee"),
        meeting=Text("第一次会议", "1st Meeting"),
        on=date(2026, 3, 26),
        venue=Text("会议厅", "Chamber"),
        rules=Rules(total_members=members, plain_http=True, not_pressed_label="未按"),
        members=tuple(
            Member(MemberNo(n), f"成员{n}", Role.CHAIR if n == 1 else Role.MEMBER, Text("委员"))
            for n in range(1, members + 1)
        ),
        matters=(nominee(N1, "甲"), nominee(N2, "乙")),
        items=(
            Item(1, ItemKind.ROLL_CALL, Text("签到"), "09:00", (Step(StepKind.ROLL_CALL),)),
            Item(
                2,
                ItemKind.PUBLIC_VOTE,
                Text("通过监票人名单"),
                "09:05",
                (Step(StepKind.VOTE, vote=OPEN), Step(StepKind.DECLARATION)),
                tellers=Tellers(MemberNo(2), (MemberNo(3),)),
            ),
            Item(
                3,
                ItemKind.NOMINATIONS,
                Text("供职发言"),
                "09:10",
                (
                    *steps_of(N1, StepKind.INTRODUCTION, StepKind.PLEDGE, StepKind.QUESTIONS),
                    *steps_of(N2, StepKind.INTRODUCTION, StepKind.PLEDGE, StepKind.QUESTIONS),
                ),
            ),
            Item(
                4, ItemKind.DELIBERATION, Text("审议"), "09:30", (Step(StepKind.DELIBERATION, limit_s=600),)
            ),
            Item(
                5,
                ItemKind.SECRET_VOTES,
                Text("表决任命案"),
                "10:00",
                (
                    Step(StepKind.VOTE, N1, vote=SECRET),
                    Step(StepKind.DECLARATION, N1),
                    Step(StepKind.VOTE, N2, vote=SECRET),
                    Step(StepKind.DECLARATION, N2),
                ),
            ),
            Item(
                6,
                ItemKind.SELECTION,
                Text("票决"),
                "10:30",
                (
                    Step(StepKind.VOTE, vote=VotePlan(Visibility.SECRET, (CHOOSE,))),
                    Step(StepKind.DECLARATION),
                ),
            ),
            Item(
                7, ItemKind.CLOSING, Text("闭会"), "11:00", (Step(StepKind.REMARKS), Step(StepKind.CLOSING))
            ),
        ),
    )


def without_the_selection(plan: Plan) -> Plan:
    """The same day, for tests that only need the appointments."""
    return replace(plan, items=tuple(item for item in plan.items if item.kind is not ItemKind.SELECTION))


def loaded(plan: Plan | None = None) -> State:
    return evolve(None, Recorded(1, 0, SittingLoaded(plan or small_plan())))


class Sitting:
    """Plays commands as the service would, keeps the journal, and prepares polls by itself."""

    def __init__(self, plan: Plan | None = None) -> None:
        self.plan = plan or small_plan()
        self.journal = [Recorded(1, 0, SittingLoaded(self.plan))]
        self.state = replay(self.journal)
        self.now = 1_000

    def obey(self, *commands: Command) -> Self:
        for command in commands:
            self._one(command)
            if self.state.wants_poll:
                self._one(PreparePoll())
        return self

    def _one(self, command: Command) -> None:
        self.now += 1_000
        for event in decide(self.state, command, self.now):
            self.journal.append(Recorded(self.state.seq + 1, self.now, event))
            self.state = evolve(self.state, self.journal[-1])

    @property
    def poll(self) -> Poll:
        assert self.state.poll is not None
        return self.state.poll

    def convene(self, present: Sequence[int] = (1, 2, 3, 4, 5)) -> Self:
        self.obey(*(RecordArrival(MemberNo(n)) for n in present))
        return self.obey(ConfirmRoll())

    def proceed(self, times: int = 1) -> Self:
        return self.obey(*[Proceed()] * times)

    def count(self, outcome: str = "carried", yes: int = 4, no: int = 1, issued: int = 5) -> Self:
        return self.obey(RecordCount(self.poll.id, motion_result(self.poll, outcome, yes, no, issued)))


def motion_result(poll: Poll, outcome: str, yes: int, no: int, issued: int) -> dict[str, object]:
    returned = yes + no
    if returned > issued:
        void = {"kind": "motion", "outcome": "void"}
        return {
            "issued": issued,
            "returned": returned,
            "not_returned": 0,
            "vote": "void",
            "questions": {poll.question: void},
        }
    answer = {
        "kind": "motion",
        "valid": returned,
        "invalid": 0,
        "needed": 4,
        "counts": {"for": yes, "against": no, "abstain": 0},
        "outcome": outcome,
    }
    return {
        "issued": issued,
        "returned": returned,
        "not_returned": issued - returned,
        "vote": "valid",
        "questions": {poll.question: answer},
    }
