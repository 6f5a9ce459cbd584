"""A township congress that nothing was made for: sixty deputies, other rules, every count confirmed by a teller."""

from __future__ import annotations

from pathlib import Path

from meeting.demo import HETING
from tests.session_day.played_day import play

DECIDED = {
    (2, None, 1, "member"): "carried",
    (3, None, 1, "member"): "carried",
    (4, "V1", 1, "member"): "not_carried",
    (5, None, 1, "member"): "基本满意",
    (6, None, 1, "member"): "partly_elected",
    (6, None, 2, "member"): "elected",
    (7, None, 1, "member"): "selected",
    (8, "Q", 1, "member"): "carried",
}
BALLOTS = 57 + 56 + 57 + 57 + 58 + 58
"""On devices; items 2 and 8 are voted on by raised hands."""


async def test_a_township_congress_plays_and_its_record_verifies(tmp_path: Path) -> None:
    played = await play(HETING, tmp_path)
    assert played.report.ended
    assert played.report.alarms == []
    assert list(played.report.differences) == []
    assert len(played.report.checks) == 10
    assert played.outcomes() == DECIDED
    assert played.report.contradictions == ()
    assert len(set(played.leaves())) == BALLOTS
    checked = played.verify("--head", played.report.codes[-1], "--mine", str(played.receipts))
    assert checked.returncode == 0, checked.stdout + checked.stderr


SMALL = """
assembly:
  id: small-1
  body_zh: 汀洲乡人大主席团
  meeting_zh: 第一次会议
  date: 2026-07-14
  venue_zh: 会议室
  rules: {preset: chairs_meeting, total_members: 5, fewest_secret_voters: 5, quorum: more_than_half_of_all}
members:
  - {num: 1, name: 云一, role: chair, role_zh: 主席}
  - {num: 2, name: 云二, role: member, role_zh: 成员}
  - {num: 3, name: 云三, role: member, role_zh: 成员}
  - {num: 4, name: 云四, role: member, role_zh: 成员}
  - {num: 5, name: 云五, role: member, role_zh: 成员}
agenda:
  - {num: 1, kind: roll_call, title_zh: 签到, start: "09:00"}
  - num: 2
    kind: performance_evaluation
    title_zh: 测评
    start: "09:05"
    subject: {name: 雁一, post_zh: 站长}
    ballot: {mode: open, type: grade, grades: [满意, 不满意]}
    expect: {issued: 5, returned: 5, valid: 5, invalid: 0, counts: {满意: 3, 不满意: 2}, grade: 不满意}
  - {num: 3, kind: closing, title_zh: 闭会, start: "09:10"}
"""


async def test_a_day_that_comes_out_otherwise_is_not_as_expected(tmp_path: Path) -> None:
    """Three of five are a majority, so the grade is the better one, whatever the script says."""
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, "utf-8")
    played = await play(file, tmp_path)
    (difference,) = played.report.differences
    assert (difference.expected["grade"], difference.got["grade"]) == ("不满意", "满意")
    assert not played.report.as_expected
    assert played.verify().returncode == 0
