"""`python -m tests.bench [NAME…] [--json]`: measure what DESIGN.md 10 promises, on this machine.

Each bench is a module of this package with `run() -> list[Figure]`; a new one is added to BENCHES.  They run one
after the other, each in processes of its own, on the loopback only.  Exit status 1 when a goal was missed, 2 when
something could not be measured.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.figure import CannotMeasure, Figure

BENCHES = ["fan_out", "ballots", "counts", "press_to_pixel"]


def machine() -> dict[str, str | float]:
    """What the figures belong to."""
    cpu = platform.processor() or platform.machine()
    about = Path("/proc/cpuinfo")
    if about.exists():
        names = [
            line.partition(":")[2].strip() for line in about.read_text().splitlines() if "model name" in line
        ]
        cpu = names[0] if names else cpu
    return {
        "date": datetime.now(UTC).isoformat(timespec="minutes"),
        "cpu": cpu,
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
    }


def print_table(
    about: dict[str, str | float], figures: dict[str, list[Figure]], problems: dict[str, str]
) -> None:
    console = Console()
    console.print(
        "{date}, {cpu}, {cores} cores, load {load}, Python {python}, {system}".format(**about),
        highlight=False,
    )
    table = Table("bench", "what", "measured", "to reach", "", box=None, pad_edge=False)
    for column in (2, 3):
        table.columns[column].justify = "right"
    verdicts = {True: "reached", False: "MISSED", None: ""}
    for name, found in figures.items():
        for figure in found:
            table.add_row(
                name, figure.what, f"{figure.value:,.4g} {figure.unit}", figure.goal, verdicts[figure.reached]
            )
    console.print(table)
    for name, problem in problems.items():
        console.print(f"{name}: not measured: {problem}", highlight=False)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Measure the numbers to reach."
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHES)}; all when none is given"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    asked = parser.parse_args()
    if unknown := sorted(set(asked.names) - set(BENCHES)):
        parser.error(f"no such bench: {', '.join(unknown)}")

    figures: dict[str, list[Figure]] = {}
    problems: dict[str, str] = {}
    for name in asked.names or BENCHES:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        try:
            figures[name] = importlib.import_module(f"tests.bench.{name}").run()
        except CannotMeasure as problem:
            problems[name] = str(problem)

    about = machine()
    if asked.json:
        found = {
            name: [{**asdict(figure), "reached": figure.reached} for figure in each]
            for name, each in figures.items()
        }
        print(json.dumps({"machine": about, "benches": found, "not_measured": problems}, ensure_ascii=False))
    else:
        print_table(about, figures, problems)
    if problems:
        return 2
    return int(any(figure.reached is False for each in figures.values() for figure in each))


if __name__ == "__main__":
    sys.exit(main())
