"""The primary button through every way that a vote can go, and on the floor: one thing to press, or why to wait."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meeting.order import commands as c
from meeting.order.decide import decide
from meeting.order.rules import Announce
from meeting.order.sitting import MemberNo
from meeting.order.state import PollStage, Position, StepMark
from meeting.projections.primary import after, primary
from meeting.wording import say
from tests.meeting.order.full_sitting import Full, full_plan
from tests.meeting.order.small_sitting import Sitting
from tests.meeting.test_primary import COUNT, holds, view, zh


def test_a_declared_result_takes_one_press_to_go_on() -> None:
    sitting = Sitting().convene()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count()
    main = primary(sitting.state, COUNT)
    following = after(sitting.state, main, 1)
    assert following is not None
    assert following.at == Position(3, 0), "past the declaration, in one press"
    assert following.marks[Position(2, 1)] is StepMark.DONE, "and it is on the record as done"
    assert view(sitting)["preview"]["slide"]["kind"] == "nominee"


def test_a_count_waits_for_the_tellers_where_the_rules_ask() -> None:
    sitting = Full(replace(full_plan().rules, announce=Announce.TELLERS_CONFIRM)).begin().to(4).open()
    sitting.cast([{"R1": "for"}] * 8)
    assert sitting.poll.stage is PollStage.COUNTED
    assert _says(sitting) == (None, None, "等监票人确认计票结果")
    sitting.obey(c.ObjectToCount(sitting.poll.id, MemberNo(3), "少一张"))
    main = primary(sitting.state, None)
    assert (main.name, main.form, main.reasons) == ("reject_count", "reason", ())
    assert "少一张" in zh(main.warning)
    assert main.command() is None, "the reason is still missing"
    decide(sitting.state, c.RejectCount(sitting.poll.id, "重来"), 1)
    sitting.obey(c.ConfirmCount(sitting.poll.id, MemberNo(2)))
    assert primary(sitting.state, None).name == "proceed", "what is confirmed is declared"


def test_the_chair_reveals_where_the_rules_say_so() -> None:
    sitting = Full(replace(full_plan().rules, announce=Announce.CHAIR_REVEALS)).begin().to(4).open()
    assert "由您公布" in zh(primary(sitting.state, COUNT).effect)
    sitting.cast([{"R1": "for"}] * 8)
    assert _says(sitting) == ("reveal_result", "reveal", "公布表决结果")


def test_names_written_in_wait_for_the_tellers_whatever_the_rules() -> None:
    sitting = Full().begin().to(6).open()
    sitting.cast([{"item-6": {"for": [], "against": ["孟"], "write_in": ["丁"]}}] * 8)
    assert "姓名" in primary(sitting.state, None).reasons[0]["zh"]
    assert primary(sitting.state, None).name is None


def test_hands_are_typed_in_and_then_a_teller_looks() -> None:
    sitting = Full().convene((1, 2, 3, 4, 5, 6, 7, 8))
    assert _says(sitting) == ("open_poll", "open", "开始表决")
    assert "举手" in zh(primary(sitting.state, COUNT).effect)
    poll = sitting.poll.id
    sitting.obey(c.OpenPoll(poll))
    main = primary(sitting.state, None)
    assert (main.name, main.form, dict(main.fields)) == ("enter_totals", "totals", {"poll": poll})
    sitting.obey(c.EnterTotals(poll, {"item-2": {"for": 8, "against": 0, "abstain": 0}}))
    assert _says(sitting) == (None, None, "等监票人核对")
    sitting.obey(c.ConfirmTotals(poll, MemberNo(3)))
    assert _says(sitting) == (None, None, "正在计票")


@pytest.mark.parametrize(
    ("votes", "name", "kind"),
    [((4, 4), "console.do.further", "further"), ((8, 0), "", ""), ((3, 3), "console.do.further", "further")],
)
def test_what_a_result_asks_for_is_the_next_press(votes: tuple[int, int], name: str, kind: str) -> None:
    sitting = Full().begin().to(6).open()
    ballots = [{"item-6": {"for": ["孟"], "against": [], "write_in": []}}] * votes[0]
    ballots += [{"item-6": {"for": ["柳"], "against": [], "write_in": []}}] * votes[1]
    sitting.cast(ballots)
    main = primary(sitting.state, None)
    if not name:
        assert main.name == "proceed"
        return
    assert (main.name, main.confirm, main.label) == ("call_round", "round", say(name))
    assert "孟、柳" in zh(main.effect)
    shown = view(sitting, None)
    assert shown["onward"]["label"]["zh"].startswith("不再投票")
    assert shown["preview"]["slide"]["contest"] == kind
    command = main.command()
    assert command is not None
    sitting.obey(command)
    assert _says(sitting) == ("open_poll", "open", "开始表决")


def test_whoever_asked_to_speak_is_called_in_turn() -> None:
    sitting = Full().begin().obey(c.GoTo(3, 1))
    assert primary(sitting.state, None).name == "proceed"
    sitting.obey(c.AskToSpeak(MemberNo(4)), c.AskToSpeak(MemberNo(5)))
    assert _says(sitting) == ("call_speaker", None, "请成员4发言")
    assert view(sitting, None)["onward"]["name"] == "proceed", "the chair may go on all the same"
    _press(sitting)
    assert _says(sitting) == ("call_speaker", None, "发言完毕，请成员5发言")
    _press(sitting)
    assert _says(sitting) == ("end_speech", None, "发言完毕")
    _press(sitting)
    assert primary(sitting.state, None).name == "proceed"


def test_certificates_and_oath_are_walked_through_for_those_appointed() -> None:
    sitting = Full().begin()
    sitting.obey(c.GoTo(5, 0), c.OverridePrecondition("removal_first", "另行免去")).open()
    sitting.cast([{"B1": "for"}] * 8).obey(c.GoTo(9, 0))
    assert _says(sitting)[2] == "下一位：乙，颁发任命书"
    _press(sitting)
    assert _says(sitting)[2] == "下一步：宪法宣誓"
    _press(sitting)
    assert _says(sitting)[2] == "第10项：闭会"


def test_a_void_that_nobody_countersigns_comes_to_nothing() -> None:
    sitting = Full().begin().to(4).open().obey()
    sitting.obey(c.VoidPoll(sitting.poll.id, "拿错了手机"))
    main = primary(sitting.state, COUNT)
    assert main.name == "close_poll"
    assert "作废" in zh(main.warning)


def _press(sitting: Sitting) -> None:
    command = primary(sitting.state, None).command()
    assert command is not None
    sitting.obey(command)


def _says(sitting: Sitting) -> tuple[str | None, str | None, str]:
    main = primary(sitting.state, COUNT)
    holds(sitting.state, main)
    return main.name, main.confirm, main.label["zh"]
