"""Deputies' proposals in figures, interpellations that are answered, committees of inquiry; kinds of sittings."""

from __future__ import annotations

import pytest

from display.slides import Business, Figures
from meeting.demo import HETING, JIANJIA
from meeting.office.problems import Code
from meeting.office.sitting_file import check_sitting, read_sitting
from meeting.order import announcement, decisions
from meeting.order import commands as c
from meeting.order.asking import Base, GradeAsk, Majority
from meeting.order.errors import MoversWrong, NoSecondReply, OutOfOrder, ReplyNotJudged
from meeting.order.replies import Reply
from meeting.order.sitting import StepKind
from meeting.order.supervision import ProposalFigures
from meeting.projections.audiences import hall
from meeting.projections.hall_slide import slide
from meeting.projections.item_facts import item_facts
from meeting.projections.item_slides import rates
from meeting.projections.primary import primary
from meeting.wording import words
from tests.meeting.order.small_sitting import Sitting

TEXT = JIANJIA.read_text(encoding="utf-8")
PLAN = read_sitting(JIANJIA).plan
MOVERS = "movers: [许青芜, 曹冬至, 米兰芷, 向白芍, 闻桂枝]"


def at(item: int, step: int = 0) -> Sitting:
    sitting = Sitting(PLAN).convene([one.number for one in PLAN.members])
    return sitting.obey(c.GoTo(item, step))


# --- deputies' proposals (row 37) ------------------------------------------------------------------------------------


def test_rates_are_exact_and_shown_to_one_decimal() -> None:
    handled = ProposalFigures(
        received=3, answered=3, solved=2, being_solved=1, satisfied=1, basically_satisfied=1, not_satisfied=6
    )
    assert handled.completion_rate is not None
    assert (handled.completion_rate.numerator, handled.completion_rate.denominator) == (2, 3)
    assert [one.value for one in rates(handled)] == ["100.0%", "66.7%", "25.0%"]
    # half up, where binary fractions would go down
    eighth = ProposalFigures(received=2000, answered=1, solved=1, being_solved=0)
    assert [one.value for one in rates(eighth)] == ["0.1%", "0.1%"]


def test_a_rate_of_nothing_is_not_shown() -> None:
    assert rates(ProposalFigures(received=0, answered=0, solved=0, being_solved=0)) == ()


def test_hall_and_console_show_the_figures_while_the_proposals_are_before_the_members() -> None:
    kinds = [step.kind for step in PLAN.item(4).steps]
    assert kinds == [
        StepKind.STATEMENT,
        StepKind.DELIBERATION,
        StepKind.QUESTIONS,
        StepKind.VOTE,
        StepKind.DECLARATION,
    ]
    for step in range(3):
        sitting = at(4, step)
        shown = slide(sitting.state, None)
        assert isinstance(shown, Figures)
        assert [one.value for one in shown.rates] == ["100.0%", "64.7%", "93.9%"]
        assert [one.value for one in shown.figures] == ["187", "187", "121", "48", "9"]
        assert "64.7%" in str(item_facts(sitting.state)["facts"])
    assert isinstance(slide(at(4, 2).obey(c.PutQuestion("虞春分", "何时办结？")).state, None), Business)


def test_it_is_evaluated_by_grades_as_reports_are() -> None:
    vote = next(step.vote for step in PLAN.item(4).steps if step.vote is not None)
    assert isinstance(vote.asks[0], GradeAsk)


# --- interpellation (row 111) ----------------------------------------------------------------------------------------


def test_the_movers_are_counted_by_the_law_of_the_body() -> None:
    few = TEXT.replace(MOVERS, "movers: [许青芜, 曹冬至]", 1).replace("[4, 1]", "[0]")
    (problem,) = check_sitting(few)
    assert (problem.code, problem.data["least"]) == (Code.FEW_MOVERS, 3)
    congress = HETING.read_text(encoding="utf-8").replace(
        "  - num: 9\n    kind: closing\n",
        "  - {num: 9, kind: interpellation, title_zh: 质询, start: '11:45', movers: [云归岫, 燕栖梁, 江澄波],\n"
        "     addressed: {organ_zh: 某所, head: 甲}}\n  - num: 10\n    kind: closing\n",
    )
    (problem,) = check_sitting(congress)
    assert (problem.code, problem.data["least"]) == (Code.FEW_MOVERS, 10)


def test_one_fifth_of_the_members_may_propose_an_inquiry() -> None:
    before, after = TEXT.rsplit(MOVERS, 1)
    (problem,) = check_sitting(f"{before}movers: [许青芜, 曹冬至, 米兰芷, 向白芍]{after}")
    assert (problem.code, problem.data["least"]) == (Code.FEW_MOVERS, 5)


def test_the_organ_answers_again_where_most_movers_are_not_satisfied() -> None:
    sitting = at(6, 1)
    with pytest.raises(ReplyNotJudged):
        sitting.obey(c.Proceed())
    sitting.obey(c.StartTimer())
    main = primary(sitting.state, None)
    assert (main.name, main.form, main.command()) == ("record_reply", "reply", None)
    with pytest.raises(MoversWrong):
        sitting.obey(c.RecordReply(6))
    with pytest.raises(NoSecondReply):
        sitting.obey(c.RecordReply(2, again=True))
    sitting.obey(c.RecordReply(3, again=True))
    assert sitting.state.timer is None
    assert words(announcement.script(sitting.state)[1])["zh"].startswith("请县教育局负责人苗远志再作答复")
    with pytest.raises(ReplyNotJudged):
        sitting.obey(c.Proceed())
    sitting.obey(c.RecordReply(5))
    # the last word can be put right while the step is on
    sitting.obey(c.RecordReply(0))
    assert sitting.state.replies == {6: (Reply(3, again=True), Reply(0, again=False))}
    assert [words(one.outcome)["zh"] for one in decisions.of_the_day(sitting.state)] == ["质询人满意"]
    assert primary(sitting.state, None).name == "proceed"
    sitting.obey(c.Proceed())
    with pytest.raises(OutOfOrder):
        sitting.obey(c.RecordReply(0))


def test_the_hall_names_the_movers_and_then_what_they_said() -> None:
    sitting = at(6, 1)
    shown = hall(sitting.state, None, 0)["slide"]
    assert shown["speaker"] == "苗远志"
    assert shown["role"]["zh"] == "县教育局负责人"
    assert shown["attached"][0]["zh"] == "质询人：许青芜、曹冬至、米兰芷、向白芍、闻桂枝"
    after = hall(sitting.obey(c.RecordReply(1)).state, None, 0)["slide"]
    assert after["attached"][0]["zh"] == "提质询案的5名同志中，1名对县教育局的答复不满意；不再作答复。"


def test_a_written_answer_is_read_out() -> None:
    plan = read_sitting(TEXT.replace("answer: oral", "answer: written", 1)).plan
    assert plan.item(6).steps[1].title.zh == "宣读书面答复"


# --- committees of inquiry (row 111) ---------------------------------------------------------------------------------


def test_a_committee_of_inquiry_takes_more_than_half_of_all_whatever_the_rules_say() -> None:
    other = "    total_members: 25\n    majority: two_thirds_of_present"
    text = TEXT.replace("    total_members: 25", other, 1)
    vote = next(step.vote for step in read_sitting(text).plan.item(7).steps if step.vote is not None)
    assert vote.majority == Majority(Base.ALL_MEMBERS, "1/2")


def test_its_report_is_heard_at_an_item_of_its_own() -> None:
    head = TEXT[: TEXT.index("  - num: 2\n    kind: public_vote")]
    text = head + (
        "  - {num: 2, kind: inquiry_committee, title_zh: 听取调查报告, start: '09:10', "
        "report: {by: 柏霜降, minutes: 10}}\n"
    )
    (step, deliberation) = read_sitting(text).plan.item(2).steps
    assert (step.kind, step.speaker, step.limit_s) == (StepKind.STATEMENT, "柏霜降", 600)
    assert deliberation.kind is StepKind.DELIBERATION


# --- the kind of sitting (row 130) -----------------------------------------------------------------------------------


def test_the_heading_says_what_kind_of_sitting_it_is() -> None:
    assert hall(at(3).state, None, 0)["slide"]["head"]["meeting"] == {
        "zh": "第三十一次会议（专题评议会议）",
        "en": "31st Meeting (special evaluation sitting)",
    }
