"""The demonstration sitting, whole: fifteen items over real sockets, and its record before the verifier."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from meeting.demo import BAILU
from tests.session_day.played_day import play

DECIDED = {
    (2, None, 1, "member"): "carried",
    (3, None, 1, "member"): "carried",
    (4, None, 1, "member"): "不满意",
    (5, None, 1, "member"): "基本满意",
    (6, None, 1, "member"): "称职",
    (6, None, 1, "office_head"): "称职",
    (6, None, 1, "deputy"): "称职",
    (9, "R1", 1, "member"): "carried",
    (10, "N1", 1, "member"): "carried",
    (10, "N3", 1, "member"): "carried",
    (11, None, 1, "member"): "no_majority",
    (11, None, 2, "member"): "elected",
    (12, None, 1, "member"): "tied",
    (12, None, 2, "member"): "selected",
    (13, "X1", 1, "member"): "carried",
}
"""N2 was deferred and is not among them."""
CHECKED = {1: 1, 2: 1, 3: 1, 4: 2, 5: 1, 6: 3, 9: 1, 10: 3, 11: 2, 12: 2, 13: 2, 14: 1}
"""So many things each item's script foretells: presence, every vote of every class and round, disposals, ceremony."""
BALLOTS = 29 + 29 + 30 + 30 + 30 + 4 + 8 + 30 + 29 + 29 + 30 + 30 + 30 + 30 + 29


async def test_the_day_comes_out_as_the_file_expects(tmp_path: Path) -> None:
    played = await play(BAILU, tmp_path)
    report = played.report

    assert report.ended
    assert report.alarms == []
    assert list(report.differences) == []
    assert Counter(check.item for check in report.checks) == CHECKED
    assert report.as_expected
    assert played.outcomes() == DECIDED

    # The hall has shown every ballot's code and every result, and so has the teller.
    asked = [one for one in DECIDED if one[3] == "member"]
    assert len(report.codes) == len(asked)
    assert [slide["code"] for slide in report.hall] == list(report.codes)
    assert report.contradictions == ()

    # Every receipt was written down, and its line is in the record; every code of the hall belongs to it.
    leaves = played.leaves()
    assert len(leaves) == len(set(leaves)) == BALLOTS
    for head in report.codes:
        checked = played.verify("--head", head, "--mine", str(played.receipts))
        assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "issued - confirmed = 0" in checked.stdout
    assert "29 returned, 1 handed back unused" in checked.stdout
    assert played.verify("--head", "AAAA-AAAA-AAAA-AAAA").returncode == 1

    for what in ("issue", "cast", "turnout", "result"):
        assert report.latencies[what]["count"] >= 58
    json.dumps(report.data())
