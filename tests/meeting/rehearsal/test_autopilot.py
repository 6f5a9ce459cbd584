"""The chair's autopilot leads a sitting on paper: by the view alone, and as the script says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from meeting.demo import BAILU, HETING
from meeting.office.sitting_file import read_sitting
from meeting.order import commands as c
from meeting.order.events import PollId
from meeting.order.sitting import MatterId, MemberNo, Plan
from meeting.order.state import Position, Presence, Stage
from meeting.rehearsal.autopilot import Order, Over, Wait, next_order
from meeting.rehearsal.comparison import compare
from meeting.rehearsal.day import Day
from tests.meeting.order.small_sitting import small_plan
from tests.meeting.rehearsal.paper_sitting import PaperSitting, bailu


@pytest.fixture(scope="module")
def played() -> PaperSitting:
    sitting = PaperSitting(bailu())
    sitting.play()
    return sitting


def ordered(sitting: PaperSitting, name: str) -> list[dict[str, object]]:
    return [dict(order.fields) for order in sitting.orders if order.name == name]


def walk_to(sitting: PaperSitting, at: Position) -> None:
    sitting.everybody_comes()
    while sitting.state.at != at:
        sitting.follow()
        order = sitting.next()
        assert isinstance(order, Order)
        sitting.carry_out(order, sitting.state.order_seq)
    sitting.follow()


def test_the_whole_demonstration_sitting_comes_out_as_its_script_says(played: PaperSitting) -> None:
    checks = compare(played.day, played.journal)
    assert Counter(check.item for check in checks) == {
        **{1: 1, 2: 1, 3: 1, 4: 2, 5: 1, 6: 3, 9: 1, 10: 3},
        **{11: 2, 12: 2, 13: 2, 14: 1},
    }
    assert [check for check in checks if not check.holds] == []
    assert played.state.stage is Stage.CLOSED


def test_a_pledge_is_heard_again_when_the_script_orders_it(played: PaperSitting) -> None:
    assert [order["matter"] for order in ordered(played, "pledge_again")] == ["N2"]
    assert played.state.matters[MatterId("N2")].pledges == 1


def test_every_question_is_put_and_closed(played: PaperSitting) -> None:
    assert len(ordered(played, "put_question")) == len(ordered(played, "close_question")) == 9
    assert ordered(played, "close_question").count({"answered": False}) == 1


def test_who_is_late_on_leave_recused_or_gone_is_entered_once(played: PaperSitting) -> None:
    assert [order["member"] for order in ordered(played, "record_leave")] == [29]
    assert [order["member"] for order in ordered(played, "record_arrival")] == [30]
    assert [order["member"] for order in ordered(played, "record_departure")] == [31]
    assert [(order["member"], order["matter"]) for order in ordered(played, "recuse")] == [(26, "N1")]
    assert played.state.presence[MemberNo(31)] is Presence.LEFT_EARLY


def test_every_vote_is_held_and_nothing_is_skipped(played: PaperSitting) -> None:
    assert {poll.item for poll in played.state.polls.values()} == {2, 3, 4, 5, 6, 9, 10, 11, 12, 13}
    assert ordered(played, "skip_step") == []


def test_where_the_console_does_not_count_the_robots_receipts_do() -> None:
    sitting = PaperSitting(bailu())
    walk_to(sitting, Position(6, 2))
    while not isinstance(order := sitting.next(), Order) or order.name != "open_poll":
        assert isinstance(order, Order)
        sitting.carry_out(order, sitting.state.order_seq)
        sitting.follow()
    sitting.carry_out(order, sitting.state.order_seq)
    view = sitting.view()
    poll = {**view["poll"], "returned": None}
    few = {**view, "poll": poll}
    assert next_order(sitting.day, sitting.deals, few) == Wait("return")
    sitting.deals.received = lambda ballot: poll["issued"]
    closing = next_order(sitting.day, sitting.deals, few)
    assert isinstance(closing, Order)
    assert closing.name == "close_poll"


def test_another_round_is_called_when_the_result_asks_for_it(played: PaperSitting) -> None:
    assert [order["poll"] for order in ordered(played, "call_round")] == [
        "11-item-1-member",
        "12-item-1-member",
    ]
    later = [poll.contest for poll in played.state.polls.values() if poll.contest is not None]
    assert [(one.kind.value, one.places, one.names) for one in later] == [
        ("further", 1, ("孟银杏", "柳合欢")),
        ("runoff", 1, ("县自然资源局", "县医疗保障局")),
    ]


def test_who_gave_the_certificate_and_took_the_oath(played: PaperSitting) -> None:
    marks = played.state.marks
    assert [marks[Position(14, step)].value for step in range(3)] == ["done"] * 3
    assert played.state.oath_takers(Position(14, 2)) == ("方青松", "程修竹")


def test_the_tellers_see_the_empty_box_once_and_confirm_what_was_written_in(played: PaperSitting) -> None:
    assert [(duty.name, duty.fields["poll"]) for duty in played.duties] == [
        ("confirm_empty_box", "4-item-1-member"),
        ("confirm_count", "11-item-1-member"),
    ]
    assert {duty.fields["teller"] for duty in played.duties} == {19}


def test_a_township_congress_is_led_to_its_end() -> None:
    file = read_sitting(HETING)
    sitting = PaperSitting(Day(file.plan, file.script))
    sitting.play()
    checks = compare(sitting.day, sitting.journal)
    assert [check for check in checks if not check.holds] == []
    assert [check.expected["outcome"] for check in checks if check.item == 6 and check.round] == [
        "partly_elected",
        "elected",
    ]
    # hands are counted twice, and every count of a paper is confirmed
    assert Counter(duty.name for duty in sitting.duties) == {
        "confirm_totals": 2,
        "confirm_count": 6,
        "confirm_empty_box": 1,
        "rule_write_ins": 1,
    }
    assert sitting.state.polls[PollId("6-item-1-member")].rulings == (("item-6", ("凌云度",), "凌云渡"),)
    assert {duty.fields["teller"] for duty in sitting.duties[1:]} == {10}


def other_rules(*lines: str, edits: tuple[tuple[str, str], ...] = ()) -> PaperSitting:
    """The demonstration sitting under other rules, played to its end."""
    last = "    not_pressed_label: 未按\n"
    redo = "{result: redo_ordered, reason_zh: 对如何接受人大监督未作表态, seconds: 96}, "
    text = BAILU.read_text("utf-8").replace(last, last + "".join(f"    {line}\n" for line in lines))
    for old, new in ((redo, ""), *edits):
        assert old in text
        text = text.replace(old, new, 1)
    file = read_sitting(text)
    sitting = PaperSitting(Day(file.plan, file.script))
    sitting.play()
    return sitting


def test_a_pledge_after_the_vote_and_results_that_the_chair_reveals() -> None:
    sitting = other_rules("pledge_after_vote: true", "announce: chair_reveals")
    assert [check for check in compare(sitting.day, sitting.journal) if not check.holds] == []
    assert ordered(sitting, "skip_step") == []
    assert len(ordered(sitting, "reveal_result")) == 13
    assert sitting.state.matters[MatterId("N1")].pledged


def test_who_is_not_appointed_pledges_nothing_and_gets_no_certificate() -> None:
    lost = (
        "for: 26, against: 2, abstain: 1, not_returned: 0, outcome: carried",
        "for: 10, against: 18, abstain: 1, outcome: not_carried",
    )
    sitting = other_rules("pledge_after_vote: true", edits=(lost,))
    checks = compare(sitting.day, sitting.journal)
    assert [check for check in checks if not check.holds] == []
    (ceremony,) = (check for check in checks if check.item == 14)
    assert ceremony.expected == {"certificates": ["N3"], "oath": ["程修竹"]}
    pledges = [at for at in sitting.day.positions if at.item == 10 and at.step % 3 == 2]
    assert [at in sitting.state.marks for at in pledges] == [False, True, False]


def test_the_chair_waits_until_a_teller_has_seen_the_empty_box() -> None:
    sitting = PaperSitting(bailu())
    sitting.teller_here = False
    walk_to(sitting, Position(4, 3))
    assert sitting.next() == Wait("teller")
    assert sitting.next(impatient=True) == Order("skip_step", {"reason": "empty_box"})
    sitting.teller_here = True
    sitting.follow()
    assert sitting.next() == Order("open_poll", {"poll": "4-item-1-member"})


def test_the_same_view_gets_the_same_order_whatever_was_ordered_before() -> None:
    sitting = PaperSitting(bailu())
    sitting.everybody_comes()
    while not isinstance(order := sitting.next(), Over):
        sitting.follow()
        order = sitting.next()
        again = PaperSitting(sitting.day)
        again.journal = list(sitting.journal)
        assert again.next() == order
        assert isinstance(order, Order)
        sitting.carry_out(order, sitting.state.order_seq)


def test_the_roll_is_confirmed_only_when_all_are_there() -> None:
    sitting = PaperSitting(bailu())
    assert sitting.next() == Order("record_leave", {"member": 29, "reason": "病假"})
    sitting.carry_out(Order("record_leave", {"member": 29, "reason": "病假"}), sitting.state.order_seq)
    assert sitting.next() == Wait("check-in")
    assert sitting.next(impatient=True) == Order("confirm_roll")
    sitting.everybody_comes()
    assert sitting.next() == Order("confirm_roll")


def test_a_secret_ballot_opens_when_all_have_collected_or_patience_ends() -> None:
    sitting = PaperSitting(bailu())
    walk_to(sitting, Position(10, 0))
    sitting.collected = False
    assert sitting.next() == Wait("issue")
    assert sitting.next(impatient=True) == Order("open_poll", {"poll": "10-n1-1-member"})
    sitting.collected = True
    assert sitting.next() == Order("open_poll", {"poll": "10-n1-1-member"})


def test_a_poll_that_was_held_up_is_resumed() -> None:
    sitting = PaperSitting(bailu())
    walk_to(sitting, Position(2, 0))
    for command in ("open_poll", "hold_poll"):
        sitting.carry_out(Order(command, {"poll": "2-item-1-member"}), sitting.state.order_seq)
    assert sitting.next() == Order("resume_poll", {"poll": "2-item-1-member"})


def test_the_chair_waits_while_the_box_is_counted() -> None:
    sitting = PaperSitting(bailu())
    walk_to(sitting, Position(2, 0))
    for command in ("open_poll", "close_poll"):
        sitting.carry_out(Order(command, {"poll": "2-item-1-member"}), sitting.state.order_seq)
    assert sitting.next() == Wait("count")


def test_a_sitting_without_a_script_is_led_to_its_end() -> None:
    sitting = PaperSitting(Day(small_plan()))
    sitting.play()
    assert sitting.state.stage is Stage.CLOSED
    outcomes = [poll.outcome for poll in sitting.state.polls.values()]
    assert outcomes == ["carried", "carried", "carried", "selected"]


def test_an_agenda_without_a_closing_step_is_closed_by_the_chair() -> None:
    plan = small_plan()
    sitting = PaperSitting(Day(replace(plan, items=plan.items[:-1])))
    sitting.play()
    assert sitting.state.stage is Stage.CLOSED
    assert sitting.orders[-1] == Order("close_sitting")


def test_a_vote_whose_conditions_are_not_met_is_passed_over() -> None:
    sitting = PaperSitting(Day(_without_exams(small_plan())))
    sitting.play()
    assert ordered(sitting, "skip_step") == [{"reason": "exam"}] * 2


def test_a_poll_that_cannot_be_prepared_is_skipped() -> None:
    sitting = PaperSitting(Day(small_plan()))
    walk_to(sitting, Position(5, 0))
    view = sitting.view() | {"poll": None, "trouble": {"code": "too-few-voters", "say": {}}}

    due = next_order(sitting.day, sitting.deals, view)
    assert due == Order("skip_step", {"reason": "too-few-voters"})


def test_a_member_who_is_missing_after_the_roll_call_is_entered_at_the_desk() -> None:
    sitting = PaperSitting(Day(small_plan()))
    for number in range(1, 7):
        sitting.obey(c.CheckIn(MemberNo(number)))
    sitting.obey(c.ConfirmRoll())
    sitting.follow()
    assert sitting.next() == Order("record_arrival", {"member": 7})


def _without_exams(plan: Plan) -> Plan:
    return replace(plan, matters=tuple(replace(matter, exams=()) for matter in plan.matters))
