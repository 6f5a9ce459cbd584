"""The one primary button: in every state of a sitting it does something that is in order, or says why it waits."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from display.slides import Words
from meeting import projections
from meeting.order import commands as c
from meeting.order.decide import decide
from meeting.order.errors import OrderError
from meeting.order.events import Cover
from meeting.order.sitting import MemberNo
from meeting.order.state import PollStage, Stage, State
from meeting.projections import Count, Watching
from meeting.projections.button import Primary
from meeting.projections.primary import after, primary
from meeting.projections.reconciliation import reconciliation
from tests.meeting.order.small_sitting import N1, N2, Sitting
from tests.meeting.order.test_decide import at_nominations, at_votes
from tests.meeting.rehearsal.paper_sitting import PaperSitting, bailu

COUNT = Count(
    paper="[]", salt="", code="ABCD-EFGH-IJKL-MNOP", visibility="secret", entitled=5, issued=5, returned=3
)


def holds(state: State, main: Primary) -> None:
    """It is in order, or it says why not; and both languages say something."""
    assert main.label["zh"]
    assert main.label["en"]
    command = main.command()
    if main.reasons or main.form is not None:
        return
    assert command is not None, "a button without reasons does something"
    assert decide(state, command, 1) != (), main
    assert (main.confirm is None) or main.effect is not None


def test_pressing_it_leads_through_the_whole_day() -> None:
    sitting = PaperSitting(bailu())
    holds(sitting.state, primary(sitting.state, None))
    assert primary(sitting.state, None).reasons, "nobody is here yet"
    sitting.everybody_comes()
    seen: list[str] = []
    for _ in range(300):
        sitting.follow()
        state = sitting.state
        main = primary(state, None)
        holds(state, main)
        if state.stage is Stage.CLOSED:
            break
        command = main.command()
        if main.reasons:
            assert state.poll is not None
            assert state.poll.stage is PollStage.CLOSING or state.wants_poll, main
            continue
        assert command is not None
        assert after(state, main, 1) is not None
        seen.append(str(main.name))
        sitting.obey(command)
    assert sitting.state.stage is Stage.CLOSED
    assert {"confirm_roll", "proceed", "open_poll", "close_poll", "start_timer", "call_round"} <= set(seen)
    assert seen.count("open_poll") == 12 + seen.count("call_round"), (
        "every vote of the day, and its later rounds"
    )


def label(sitting: Sitting, count: Count | None = COUNT) -> tuple[str | None, str | None, str]:
    main = primary(sitting.state, count)
    holds(sitting.state, main)
    return main.name, main.confirm, main.label["zh"]


def test_each_state_has_its_word() -> None:
    sitting = Sitting()
    assert label(sitting) == ("confirm_roll", "convene", "宣布开会")
    assert "还不能开会" in primary(sitting.state, None).reasons[0]["zh"]
    sitting.convene()
    assert label(sitting) == ("open_poll", "open", "开始表决")
    poll = sitting.poll.id
    sitting.obey(c.OpenPoll(poll))
    assert label(sitting) == ("close_poll", "close", "截止表决")
    assert zh(primary(sitting.state, COUNT).warning) == "还有2张没有收回。"
    sitting.obey(c.HoldPoll(poll))
    assert label(sitting) == ("resume_poll", None, "继续表决")
    sitting.obey(c.ResumePoll(poll), c.ClosePoll(poll))
    assert label(sitting) == (None, None, "正在计票")
    sitting.count()
    assert label(sitting) == ("proceed", None, "宣布完毕，进入第3项")
    sitting.proceed()
    assert label(sitting) == ("proceed", None, "下一步：供职发言")
    sitting.proceed()
    assert label(sitting) == ("start_timer", None, "开始计时（5:00）")
    sitting.obey(c.StartTimer())
    assert label(sitting) == ("proceed", None, "下一步：提问")
    sitting.proceed().obey(c.PutQuestion("成员5", "何时？"))
    assert label(sitting) == ("close_question", None, "答复完毕")
    sitting.obey(c.PutQuestion("成员6", "何地？"))
    assert label(sitting) == ("close_question", None, "答复完毕，下一位提问")
    sitting.obey(c.CloseQuestion(True), c.CloseQuestion(True))
    assert label(sitting) == ("proceed", None, "下一位：乙，介绍情况")


def zh(words: Words | None) -> str:
    assert words is not None
    return words["zh"]


def test_unmet_conditions_are_named_until_they_are_set_aside() -> None:
    sitting = at_nominations().obey(c.GoTo(5, 0))
    main = primary(sitting.state, COUNT)
    assert len(main.reasons) == 2
    sitting.obey(
        c.OverridePrecondition("steps_done", "主任会议决定"),
        c.OverridePrecondition("nominee_present", "书面表态"),
    )
    assert label(sitting)[0] == "open_poll"
    assert primary(sitting.state, COUNT).reasons == ()


def test_the_end_of_the_day_is_asked_for() -> None:
    sitting = at_votes()
    for _ in range(2):
        poll = sitting.poll.id
        sitting.obey(c.OpenPoll(poll), c.ClosePoll(poll)).count().proceed()
    sitting.obey(c.SkipStep("另行安排"))
    assert label(sitting) == ("proceed", None, "下一步：闭会"), (
        "nobody has to declare a vote that was not held"
    )
    sitting.proceed()
    assert label(sitting) == ("proceed", "end", "宣布散会")
    sitting.proceed()
    assert label(sitting) == (None, None, "会议已结束")


def test_everything_disposed_of_leaves_a_way_on() -> None:
    sitting = at_votes().obey(
        c.DeferMatter(N2, "主任会议", "plenary", "不明"), c.TerminateMatter(N1, "撤回提名")
    )
    holds(sitting.state, primary(sitting.state, None))


# --- what goes with it ---


def view(sitting: Sitting, count: Count | None = COUNT) -> projections.View:
    return projections.console(sitting.state, count, Watching(5, 1, 1, frozenset({1, 2})), 0)


def test_the_preview_is_what_the_hall_shows_next() -> None:
    sitting = at_votes()
    assert view(sitting)["programme"]["slide"]["stage"] == "prepared"
    assert view(sitting)["preview"]["slide"]["stage"] == "open"
    before = at_nominations().proceed(6)
    shown = view(before, None)["preview"]["slide"]
    assert (shown["kind"], shown["stage"], shown["returned"]) == ("asking", "prepared", 0)
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id))
    assert view(sitting)["preview"] is None, "nobody knows the result yet"


def test_a_cover_is_on_the_hall_alone() -> None:
    sitting = at_votes().obey(c.CoverHall(Cover.BLANK))
    shown = view(sitting)
    assert shown["programme"]["slide"]["kind"] == "blank"
    assert shown["slide"]["kind"] == "asking"
    assert projections.member(sitting.state, COUNT, 0)["slide"]["kind"] == "asking"
    assert projections.hall(sitting.state, COUNT, 0)["slide"]["kind"] == "blank"


def test_one_step_back_passes_over_what_has_ended() -> None:
    sitting = at_votes()
    assert view(sitting)["back"] == {"item": 4, "step": 0}
    sitting.obey(c.GoTo(4, 0), c.DeferMatter(N2, "主任会议", "plenary", "不明"))
    assert view(sitting)["back"] == {"item": 3, "step": 2}, "the steps of the deferred matter are passed over"
    sitting.obey(c.GoTo(5, 0))
    sitting.obey(c.OpenPoll(sitting.poll.id))
    assert view(sitting)["back"] is None, "while members vote there is no way back"


@pytest.mark.parametrize("steps", range(0, 12))
def test_what_may_be_ordered_is_what_decide_lets_through(steps: int) -> None:
    """A name that is not listed is refused, whatever its fields."""
    sitting = at_nominations()
    for _ in range(steps):
        try:
            sitting.proceed()
        except OrderError:
            break
    may = set(view(sitting)["may"])
    tried: Sequence[tuple[str, c.Command]] = [
        ("confirm_roll", c.ConfirmRoll()),
        ("proceed", c.Proceed()),
        ("record_arrival", c.RecordArrival(MemberNo(7))),
        ("close_sitting", c.CloseSitting()),
    ]
    for name, command in tried:
        if name not in may:
            with pytest.raises(OrderError):
                decide(sitting.state, command, 1)


def test_the_tellers_equations() -> None:
    sitting = at_votes().obey(c.Recuse(MemberNo(5), N1, "近姻亲"))
    count = Count(paper="", salt="", code="", visibility="secret", entitled=4, issued=3, returned=0)
    assert _equations(sitting, count) == [
        ("all_members", 7, {"present": 5, "on_leave": 0, "absent": 2}, True),
        ("present", 5, {"issued": 3, "recused": 1, "not_issued": 1}, True),
        ("issued", 3, {"returned": 0, "not_returned": 3}, True),
        ("returned", 0, {"valid": None, "invalid": None}, None),
    ]
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count(yes=3, no=0, issued=3)
    assert _equations(sitting, count)[3] == ("returned", 3, {"valid": 3, "invalid": 0}, True)
    sitting.proceed()
    assert _equations(sitting, None)[0][0] == "all_members", "the next one is prepared"
    assert reconciliation(Sitting().state, None) is None


def test_more_ballots_than_were_issued_are_a_break() -> None:
    sitting = at_votes()
    sitting.obey(c.OpenPoll(sitting.poll.id))
    count = Count(paper="", salt="", code="", visibility="secret", entitled=5, issued=3, returned=4)
    assert _equations(sitting, count)[2] == ("issued", 3, {"returned": 4, "not_returned": -1}, False)


def _equations(
    sitting: Sitting, count: Count | None
) -> list[tuple[str, int, dict[str, int | None], bool | None]]:
    shown = reconciliation(sitting.state, count)
    assert shown is not None
    return [
        (
            each["whole"]["name"],
            each["whole"]["number"],
            {part["name"]: part["number"] for part in each["parts"]},
            each["holds"],
        )
        for each in shown["equations"]
    ]
