"""How items of each kind run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meeting.demo import BAILU
from meeting.office.item_kinds import STEPS, Speaker, Turn, steps
from meeting.office.sitting_file import read_sitting
from meeting.order.asking import GradeAsk, MotionAsk, ScoreAsk, Visibility, VotePlan
from meeting.order.rules import Rules
from meeting.order.sitting import ItemKind, MatterId, Step, StepKind
from meeting.order.text import Text

PLAN = read_sitting(BAILU).plan
RULES = Rules(total_members=31, speech_limit_s=10, pledge_limit_s=20, question_limit_s=30, ballot_timer_s=40)


def _kinds(item: int) -> list[str]:
    return [step.kind.value for step in PLAN.item(item).steps]


def _votes(item: int) -> list[Step]:
    return [step for step in PLAN.item(item).steps if step.kind is StepKind.VOTE]


def test_every_kind_has_its_list() -> None:
    assert set(STEPS) == set(ItemKind)
    assert all(STEPS.values())


@pytest.mark.parametrize("kind", ItemKind)
def test_a_vote_is_declared_next(kind: ItemKind) -> None:
    forms = STEPS[kind]
    for index, form in enumerate(forms):
        if form.kind is StepKind.VOTE:
            assert forms[index + 1].kind is StepKind.DECLARATION


def test_a_turn_without_a_vote_has_no_step_for_it() -> None:
    kinds = [step.kind for step in steps(ItemKind.REPORT_WITH_SPECIAL_INQUIRY, RULES, [Turn()])]
    assert kinds == [StepKind.STATEMENT, StepKind.QUESTIONS, StepKind.DELIBERATION]


@pytest.mark.parametrize(
    ("item", "kinds"),
    [
        (1, ["roll_call"]),
        (2, ["vote", "declaration"]),
        (3, ["vote", "declaration"]),
        (4, ["statement", "questions", "deliberation", "vote", "declaration"]),
        (5, ["statement", "deliberation", "vote", "declaration"]),
        (6, ["statement", "questions", "vote", "declaration"]),
        (7, ["introduction", "pledge", "questions"] * 3),
        (8, ["deliberation"]),
        (9, ["vote", "declaration"]),
        (10, ["vote", "declaration"] * 3),
        (11, ["vote", "declaration"]),
        (12, ["vote", "declaration"]),
        (13, ["statement", "statement", "vote", "declaration"]),
        (14, ["certificates", "certificates", "oath"]),
        (15, ["statement", "remarks", "closing"]),
    ],
)
def test_steps_of_the_demo(item: int, kinds: list[str]) -> None:
    assert _kinds(item) == kinds


def test_nominees_and_matters_come_one_after_the_other() -> None:
    assert [step.matter for step in PLAN.item(7).steps] == ["N1"] * 3 + ["N2"] * 3 + ["N3"] * 3
    # N2 is deferred in the rehearsal only: the plan still has its vote
    assert [step.matter for step in PLAN.item(10).steps] == ["N1", "N1", "N3", "N3", "N2", "N2"]
    assert {step.matter for step in PLAN.item(9).steps} == {"R1"}
    assert {step.matter for step in PLAN.item(13).steps} == {"X1"}


def test_every_vote_of_the_demo_has_its_plan() -> None:
    votes = {step.matter or item.number for item, _, step in PLAN.steps() if step.kind is StepKind.VOTE}
    assert votes == {2, 3, 4, 5, 6, "R1", "N1", "N3", "N2", 11, 12, "X1"}
    assert all((step.vote is not None) == (step.kind is StepKind.VOTE) for _, _, step in PLAN.steps())


def test_dismissal_is_secret_by_law_and_heard_in_defence() -> None:
    (vote,) = _votes(13)
    assert vote.vote == VotePlan(Visibility.SECRET, (MotionAsk(),), by_law_secret=True)
    assert [step.defence for step in PLAN.item(13).steps] == [False, True, False, False]
    assert [step for item, _, step in PLAN.steps() if step.defence] == [PLAN.item(13).steps[1]]


def test_scores_and_grade_are_on_one_paper() -> None:
    (vote,) = _votes(5)
    assert vote.vote is not None
    sheet, grade = vote.vote.asks
    assert isinstance(sheet, ScoreAsk)
    assert isinstance(grade, GradeAsk)
    assert [one.id for one in sheet.criteria] == ["1", "2", "3", "4", "5", "6"]


def test_certificates_come_one_by_one_and_the_oath_last() -> None:
    assert [step.matter for step in PLAN.item(14).steps] == ["N1", "N3", None]


def test_procedure_is_open_and_appointments_secret() -> None:
    assert [step.vote and step.vote.visibility for step in (*_votes(2), *_votes(9))] == [Visibility.OPEN] * 2
    assert {step.vote and step.vote.visibility for step in _votes(10)} == {Visibility.SECRET}


def test_times_come_from_the_rules() -> None:
    turn = Turn(MatterId("N1"), {Speaker.PERSON: "甲"})
    _, introduction, pledge, questions = steps(ItemKind.NOMINATIONS, RULES, [turn])
    assert (introduction.limit_s, pledge.limit_s, questions.limit_s) == (10, 20, 30)
    assert (introduction.speaker, pledge.speaker) == ("", "甲")
    _, vote, declaration = steps(ItemKind.PUBLIC_VOTE, RULES, [Turn(vote=VotePlan(Visibility.OPEN))])
    assert (vote.limit_s, declaration.limit_s) == (40, None)


def test_times_that_the_file_gives_go_first() -> None:
    assert PLAN.item(4).steps[0].limit_s == 12 * 60
    assert [step.limit_s for step in PLAN.item(13).steps[:2]] == [600, 600]


def test_who_speaks() -> None:
    speakers = {(item.number, step.kind): step.speaker for item, _, step in PLAN.steps() if step.speaker}
    assert speakers[4, StepKind.STATEMENT] == "骆水杉"
    assert speakers[5, StepKind.STATEMENT] == "姜稻香"
    assert speakers[6, StepKind.STATEMENT] == "薛丹桂"
    assert [step.speaker for step in PLAN.item(7).steps[:2]] == ["谭白桦", "方青松"]
    assert [step.speaker for step in PLAN.item(13).steps[:2]] == ["县人民政府", "贺荆条"]
    assert speakers[14, StepKind.OATH] == "方青松"
    assert {step.speaker for step in PLAN.item(15).steps} == {"江立春"}


def test_the_pledge_is_called_as_it_is_called_here() -> None:
    rules = replace(RULES, pledge_label=Text("表态发言", "Statement"))
    leave_out = frozenset({StepKind.READING, StepKind.INTRODUCTION, StepKind.QUESTIONS})
    (pledge,) = steps(ItemKind.NOMINATIONS, rules, [Turn(MatterId("N1"), leave_out=leave_out)])
    assert pledge.title == Text("表态发言", "Statement")


def test_statements_say_what_they_are() -> None:
    titles = [step.title.zh for item, _, step in PLAN.steps() if step.kind is StepKind.STATEMENT]
    assert titles == ["听取报告", "听取报告", "听取述职报告", "听取议案说明", "听取申辩", "宣布会议成果"]
