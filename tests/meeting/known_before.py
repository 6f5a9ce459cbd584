"""The demonstration sitting with everything on its record that members and chair may know before they decide.

Made from the demo's text, so that the keys of the file are tried with it; nobody in it exists.
"""

from __future__ import annotations

from functools import cache

from meeting.demo import BAILU
from meeting.office.sitting_file import read_sitting
from meeting.order.sitting import MatterId, Plan

SECRETS = (
    "经核实，反映的药品集中采购问题不属实",
    "反映人要求当面答复，建议会前沟通",
    "（2025）白01民初77号信访积案",
)
"""What the chair alone may read: the findings, the note, the case."""
_SYLLABUS = "[宪法, 地方组织法, 代表法, 选举法, 公务员法]"
N1, N2, N3 = (MatterId(name) for name in ("N1", "N2", "N3"))
GRADES = "grades: [满意, 基本满意, 不满意],"
OFFICERS = "grades: [优秀, 称职, 基本称职, 不称职],"

_EDITS = (
    (
        "    total_members: 31",
        "    pledge_points_zh: [执行决议决定, 自觉接受人大监督, 廉洁自律]\n"
        "    pledge_points_en: [Carrying out resolutions, Being supervised by the congress, Integrity]\n"
        "    joint_nomination: 5\n    written_pledge: true\n    grade_passes: 2\n    total_members: 31",
    ),
    (
        "        exam: [{date: 2026-01-15, score: 76, passed: false}, {date: 2026-03-12,",
        "        initial_review: {passed: true, date: 2026-03-02}\n"
        "        eligibility: {time: true, qualification: true, documents: false}\n"
        f"        syllabus_zh: {_SYLLABUS}\n"
        "        audit: {note_zh: 任中审计已完成, note_en: Audited in office, report_zh: 县中医院2025年度审计报告}\n"
        "        education: true\n        cosigners: [田雨水, 冯七夕, 杨立冬]\n"
        "        exam: [{date: 2026-01-15, score: 76, passed: false, paper_zh: 宪法和人大制度}, {date: 2026-03-12,",
    ),
    (
        "score: 86, passed: true, makeup: true}",
        "score: 86, passed: true, makeup: true, paper_zh: 宪法和人大制度}",
    ),
    (
        "to: 2026-03-11, objections: 1}",
        f"to: 2026-03-11, objections: 1, verification_zh: {SECRETS[0]}, note_zh: {SECRETS[1]}}}",
    ),
    (
        "        nominated_by: 陶红枫\n        presented_by: 谭白桦\n        initial_review",
        "        nominated_by: 邢上元\n        presented_by: 谭白桦\n        initial_review",
    ),
    ("        nominated_by: 潘青冈", "        pledge_mode: written\n        nominated_by: 潘青冈"),
    ("        pledge_attempts: [{result: accepted, seconds: 262}]\n", ""),
    ("assigned_topic_zh: 乡村学校", f"case_zh: {SECRETS[2]}, assigned_topic_zh: 乡村学校"),
    (f"{GRADES} grades_en", f"{GRADES} decides: adopted, grades_en"),
    (f"{OFFICERS} grades_en", f"{OFFICERS} passes: [优秀, 称职], grades_en"),
    (
        "    auto_listed:",
        "    reasons_zh: [林地变更问题整改慢, 三年未列入评议, 群众反映集中, 代表建议多, 承担民生实事, 基金有风险]\n"
        "    reasons_en: [Slow to mend, Not evaluated for three years, Many complaints, Many suggestions, "
        "Runs a livelihood project, The fund is at risk]\n    auto_listed:",
    ),
)


def known_before() -> str:
    """The text of the file."""
    text = BAILU.read_text(encoding="utf-8")
    for old, new in _EDITS:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


@cache
def plan() -> Plan:
    return read_sitting(known_before()).plan
