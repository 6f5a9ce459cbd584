"""A day that was played over real sockets with all the cryptography, and its record before the verifier."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import voting.verify
from meeting.rehearsal.report import Report
from meeting.rehearsal.run import Options, rehearse


class PlayedDay:
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

    def outcomes(self) -> dict[tuple[int, str | None, int, str], str]:
        """What every poll decided, by item, matter, round and voter class; the question that decides is the last."""
        return {
            (one["item"], one["matter"], one["round"], one["voter_class"]): _decided(one["result"])
            for one in self.report.results
        }

    def leaves(self) -> list[str]:
        return [json.loads(line)["leaf"] for line in self.receipts.read_text().splitlines()]


async def play(sitting: Path, folder: Path) -> PlayedDay:
    options = Options(
        sitting=str(sitting),
        data=folder / "data",
        record=folder / "record.zip",
        receipts=folder / "receipts.jsonl",
    )
    return PlayedDay(folder, await rehearse(options))


def _decided(result: dict[str, Any]) -> str:
    answer = list(result["questions"].values())[-1]
    return str(answer.get("grade", answer["outcome"]))
