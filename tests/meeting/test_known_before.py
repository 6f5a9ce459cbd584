"""What stands on the record in the file is what members and chair are given; the chair's own goes nowhere else."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from meeting import projections
from meeting.office.problems import Code
from meeting.office.sitting_file import check_sitting
from meeting.order import commands as c
from meeting.order.dossier import PledgeMode
from meeting.order.follow_up import tasks
from meeting.order.progress import MatterStatus
from meeting.order.sitting import StepKind
from meeting.projections import Watching
from meeting.projections.count_report import reports
from meeting.record.task_list import as_json as tasks_as_json
from meeting.record.task_log import Log
from tests.meeting.console.played import Played
from tests.meeting.known_before import N1, N2, N3, SECRETS, known_before, plan

WATCHING = Watching(0, 0, 1, frozenset())
INTRODUCED = (7, 3)
"""The introduction of N2, who has everything on the record."""


def at(item: int, step: int = 0) -> Played:
    return Played(plan()).begin().to(item, step)


def console(sitting: Played) -> dict[str, Any]:
    return sitting.console()


def elsewhere(sitting: Played) -> dict[str, Any]:
    """Every view but the console's, and whatever the record gives away."""
    state, count = sitting.state, sitting.told()
    views: dict[str, Any] = {
        "hall": projections.hall(state, count, sitting.now),
        "member": projections.member(state, count, sitting.now),
        "public": projections.public(state, count, sitting.now),
        "teller": projections.teller(state, count, sitting.now),
        "reports": reports(state),
        "tasks": tasks_as_json(tasks(state), Log({}, {})),
    }
    for voter_class in ("office_head", "deputy"):
        views[voter_class] = projections.attendee(state, voter_class, count, sitting.now)
    return views


def text(view: Any) -> str:
    return json.dumps(view, ensure_ascii=False)


# --- the introduction ---


def test_every_attempt_of_the_examination_is_listed_with_its_paper() -> None:
    shown = elsewhere(at(*INTRODUCED))["member"]["slide"]["record"]["attempts"]
    assert shown == [
        {"on": "2026-01-15", "score": 76, "passed": False, "makeup": False, "paper": "宪法和人大制度"},
        {"on": "2026-03-12", "score": 86, "passed": True, "makeup": True, "paper": "宪法和人大制度"},
    ]
    assert console(at(*INTRODUCED))["matters"][N2]["record"]["attempts"] == shown


def test_a_paper_for_a_class_of_posts_is_shown() -> None:
    [only] = elsewhere(at(7, 6))["hall"]["slide"]["record"]["attempts"]
    assert (only["score"], only["paper"]) == (95, "专业法")


def test_the_syllabus_is_on_the_record() -> None:
    shown = elsewhere(at(*INTRODUCED))["hall"]["slide"]["record"]["syllabus"]
    assert shown == ["宪法", "地方组织法", "代表法", "选举法", "公务员法"]
    assert console(at(*INTRODUCED))["matters"][N2]["record"]["syllabus"] == shown


def test_review_eligibility_and_education_are_badges() -> None:
    badges = elsewhere(at(*INTRODUCED))["hall"]["slide"]["record"]["badges"]
    assert [(one["label"]["zh"], one["met"]) for one in badges] == [
        ("初审", True),
        ("任职时间", True),
        ("任职资格", True),
        ("文字材料", False),
        ("任前教育", True),
    ]
    on = console(at(*INTRODUCED))["matters"][N2]["record"]
    assert (on["badges"], on["review_on"]) == (badges, "2026-03-02")
    assert elsewhere(at(7, 0))["hall"]["slide"]["record"]["badges"] == []


def test_the_audit_is_told_with_the_title_of_its_report() -> None:
    audit = elsewhere(at(*INTRODUCED))["hall"]["slide"]["record"]["audit"]
    assert audit["zh"] == "任中审计已完成；审计报告：县中医院2025年度审计报告"
    assert audit["en"].startswith("Audited in office")


def test_a_joint_nomination_counts_whoever_has_signed() -> None:
    assert elsewhere(at(*INTRODUCED))["hall"]["slide"]["record"]["signed"] == 4
    on = console(at(*INTRODUCED))["matters"][N2]["record"]
    assert on["signed"] == ["邢上元", "田雨水", "冯七夕", "杨立冬"]
    unmet = {one["name"] for one in console(at(10, 4))["preconditions"] if not one["met"]}
    assert {"cosigners", "eligibility"} <= unmet, "four of five; documents are missing"


def test_nothing_of_the_record_is_public_before_the_appointment_is_carried() -> None:
    sitting = at(*INTRODUCED)
    shown = text(elsewhere(sitting)["public"])
    for word in ("宪法和人大制度", "地方组织法", "文字材料", "审计报告", "顾海棠", "联名"):
        assert word not in shown


# --- the chair alone ---


def test_findings_note_and_case_are_for_the_console_alone() -> None:
    told = set()
    sitting = Played(plan()).begin()
    for position in sitting.state.positions():
        # Where the sitting stands makes no difference to what is kept.
        state = replace(sitting.state, at=position)
        here = Played(plan())
        here.state = state
        mine = text(console(here))
        told |= {secret for secret in SECRETS if secret in mine}
        for name, view in elsewhere(here).items():
            for secret in SECRETS:
                assert secret not in text(view), (name, position)
    assert told == set(SECRETS)


def test_nor_are_they_told_once_it_is_carried_or_evaluated() -> None:
    sitting = at(*INTRODUCED)
    matters = {**sitting.state.matters}
    matters[N2] = replace(matters[N2], status=MatterStatus.CARRIED)
    sitting.state = replace(sitting.state, matters=matters)
    assert "审计报告" in text(elsewhere(sitting)["public"])
    assert not any(secret in text(elsewhere(sitting)) for secret in SECRETS)


def test_the_console_has_the_case_at_its_own_item_only() -> None:
    assert console(at(6))["case"] == SECRETS[2]
    assert console(at(5))["case"] == ""


# --- the pledge ---


def test_a_written_pledge_has_no_speaker_and_no_time() -> None:
    assert plan().matter(N3).dossier.pledge_mode is PledgeMode.WRITTEN
    steps = {step.matter: step for _, _, step in plan().steps() if step.kind is StepKind.PLEDGE}
    assert (steps[N3].speaker, steps[N3].limit_s) == ("", None)
    assert (steps[N1].speaker, steps[N1].limit_s) == ("方青松", 300)
    shown = elsewhere(at(7, 7))["hall"]["slide"]
    assert (shown["kind"], shown["written"]) == ("pledge", True)
    assert console(at(7, 7))["pledge_points"] == []


def test_the_points_stand_in_both_languages_where_a_pledge_is_heard() -> None:
    sitting = at(7, 1).obey(c.TickPledgePoint(N1, 1))
    assert [(one["text"]["zh"], one["ticked"]) for one in console(sitting)["pledge_points"]] == [
        ("执行决议决定", False),
        ("自觉接受人大监督", True),
        ("廉洁自律", False),
    ]
    assert console(sitting)["pledge_points"][2]["text"]["en"] == "Integrity"
    assert console(at(7, 0))["pledge_points"] == []


# --- options ---


def test_options_stand_with_their_reasons_on_hall_phone_and_console() -> None:
    sitting = at(12)
    reason = {"zh": "三年未列入评议", "en": "Not evaluated for three years"}
    views = elsewhere(sitting)
    assert views["hall"]["slide"]["ask"][0]["reasons"]["县自然资源局"] == reason
    assert views["member"]["poll"]["reasons"]["县自然资源局"] == reason
    assert console(sitting)["poll"]["questions"][0]["reasons"]["县自然资源局"] == reason
    assert "三年未列入评议" not in views["member"]["poll"]["paper"], "the paper is what it was"
    assert "三年未列入评议" not in text(views["public"])


# --- grades ---


def test_the_file_lets_grades_conclude_by_the_ballot_or_by_the_rules() -> None:
    by_item = {
        item.number: step.vote.asks[-1]
        for item, _, step in plan().steps()
        if step.vote is not None and step.vote.asks[-1].kind == "grade"
    }
    concluding = {number: (ask.passes, ask.decides) for number, ask in by_item.items()}
    assert concluding == {
        4: (("满意", "基本满意"), True),
        5: (("满意", "基本满意"), False),
        6: (("优秀", "称职"), False),
    }


# --- what does not fit ---


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("cosigners: [田雨水,", "cosigners: [陶红枫,", Code.UNKNOWN_MEMBER),
        ("cosigners: [田雨水,", "cosigners: [邢上元,", Code.CANDIDATE_TWICE),
        ("nominated_by: 邢上元", "nominated_by: 陶红枫", Code.UNKNOWN_MEMBER),
        ("passes: [优秀, 称职]", "passes: [称职, 优秀]", Code.PASSES_NOT_FROM_THE_TOP),
        ("passes: [优秀, 称职]", "passes: [优秀, 称职, 基本称职, 不称职]", Code.PASSES_NOT_FROM_THE_TOP),
        ("passes: [优秀, 称职]", "passes: [杰出]", Code.PASSES_NOT_FROM_THE_TOP),
        ("    grade_passes: 2\n", "    grade_passes: 3\n", Code.TOO_GREAT),
        ("    grade_passes: 2\n", "", Code.MISSING_KEY),
        ("pledge_points_en: [Carrying out resolutions, ", "pledge_points_en: [", Code.NOT_AS_MANY),
        ("reasons_zh: [林地变更问题整改慢, ", "reasons_zh: [", Code.NOT_AS_MANY),
        ("reasons_en: [Slow to mend, ", "reasons_en: [", Code.NOT_AS_MANY),
        ("eligibility: {time: true,", "eligibility: {time: maybe,", Code.NOT_TRUE_FALSE),
        ("pledge_mode: written", "pledge_mode: sung", Code.UNKNOWN_WORD),
    ],
)
def test_what_does_not_fit_is_found_in_the_file(old: str, new: str, code: Code) -> None:
    assert old in known_before()
    found = {problem.code for problem in check_sitting(known_before().replace(old, new))}
    assert found == {code}


def test_a_written_pledge_has_a_text() -> None:
    lines = known_before().split("\n")
    start = next(n for n, line in enumerate(lines) if "提高一审服判息诉率" in line)
    rest = "\n".join(lines[: start - 1] + lines[start + 4 :])
    assert {problem.code for problem in check_sitting(rest)} == {Code.MISSING_KEY}
