"""A special evaluation sitting: deputies' proposals, an interpellation, an inquiry, its own order of steps."""

from __future__ import annotations

from pathlib import Path

from meeting.demo import JIANJIA
from tests.session_day.played_day import play

DECIDED = {
    (2, None, 1, "member"): "carried",
    (3, None, 1, "member"): "carried",
    (4, None, 1, "member"): "基本满意",
    (5, None, 1, "member"): "称职",
    (7, "D1", 1, "member"): "carried",
    (8, "V1", 1, "member"): "carried",
    (9, "R1", 1, "member"): "carried",
}


async def test_a_special_evaluation_sitting_plays_and_its_record_verifies(tmp_path: Path) -> None:
    played = await play(JIANJIA, tmp_path)
    assert played.report.ended
    assert played.report.alarms == []
    assert list(played.report.differences) == []
    # one for each vote, one for presence, and one for what the movers said of the two replies
    assert len(played.report.checks) == len(DECIDED) + 2
    assert {"dissatisfied": [4, 1]} in [check.got for check in played.report.checks]
    assert played.outcomes() == DECIDED
    assert played.report.contradictions == ()
    checked = played.verify("--head", played.report.codes[-1], "--mine", str(played.receipts))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "ALL HOLDS" in checked.stdout
