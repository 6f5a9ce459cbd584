"""The demonstration sitting, whole: real sockets, all the cryptography, and the record before the verifier."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import voting.verify
from meeting.demo import BAILU
from meeting.rehearsal.report import Report
from meeting.rehearsal.run import Options, rehearse


def counts(issued: int, returned: int, votes: tuple[int, int, int]) -> dict[str, Any]:
    return {
        "issued": issued,
        "returned": returned,
        "not_returned": issued - returned,
        "counts": dict(zip(("for", "against", "abstain"), votes, strict=True)),
        "outcome": "carried",
    }


EXPECTED = {
    (2, None): counts(29, 29, (29, 0, 0)),
    (3, None): counts(29, 29, (29, 0, 0)),
    (9, "R1"): counts(30, 30, (30, 0, 0)),
    (10, "N1"): counts(29, 29, (26, 2, 1)),
    (10, "N3"): counts(30, 29, (27, 0, 2)),
}
"""Item and matter to figures; N2 was deferred and is not among them."""


class Played:
    """The folder of a day that was played, and what the rehearsal reports of it."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.report = report
        self.record = folder / "record.zip"
        self.receipts = folder / "receipts.jsonl"

    def verify(self, *options: str) -> subprocess.CompletedProcess[str]:
        """The verifier as its own process, as anybody would run it."""
        program = str(voting.verify.__file__)
        command = [sys.executable, program, str(self.record), *options]
        return subprocess.run(command, capture_output=True, text=True, check=False)


async def play(folder: Path) -> Played:
    options = Options(
        sitting=str(BAILU),
        data=folder / "data",
        record=folder / "record.zip",
        receipts=folder / "receipts.jsonl",
    )
    return Played(folder, await rehearse(options))


async def test_the_day_comes_out_as_the_file_expects(tmp_path: Path) -> None:
    played = await play(tmp_path)
    report = played.report

    assert report.ended
    assert report.alarms == []
    assert list(report.differences) == []
    assert {(check.item, check.matter) for check in report.checks} >= {*EXPECTED, (10, "N2"), (1, None)}
    assert {(one["item"], one["matter"]): _figures(one["result"]) for one in report.results} == EXPECTED

    # The hall has shown every ballot's code and every result, and so has the teller.
    assert len(report.codes) == len(EXPECTED)
    assert [slide["code"] for slide in report.hall] == list(report.codes)
    assert report.contradictions == ()

    # Every receipt was written down, and its line is in the record; every code of the hall belongs to it.
    lines = [json.loads(line) for line in played.receipts.read_text().splitlines()]
    assert len(lines) == len({line["leaf"] for line in lines}) == 29 + 29 + 30 + 29 + 29
    for head in report.codes:
        checked = played.verify("--head", head, "--mine", str(played.receipts))
        assert checked.returncode == 0, checked.stdout
    assert "issued - confirmed = 0" in checked.stdout
    assert "29 returned, 1 handed back unused" in checked.stdout
    assert played.verify("--head", "AAAA-AAAA-AAAA-AAAA").returncode == 1

    for what in ("issue", "cast", "turnout", "result"):
        assert report.latencies[what]["count"] >= 58
    json.dumps(report.data())


def _figures(result: dict[str, Any]) -> dict[str, Any]:
    (answer,) = result["questions"].values()
    return {
        **{key: result[key] for key in ("issued", "returned", "not_returned")},
        "counts": answer["counts"],
        "outcome": answer["outcome"],
    }
