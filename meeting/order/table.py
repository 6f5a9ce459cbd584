"""The transition tables as text: ARCHITECTURE.md has them, and a test holds the two against each other.

`python -m meeting.order.table` prints them.  Pure; it only reads the tables of `decide` and `polls`.
"""

from __future__ import annotations

from collections.abc import Iterable

from meeting.order.commands import Command
from meeting.order.decide import IN_ORDER, WHILE_VOTING
from meeting.order.polls import POLL_IN_ORDER
from meeting.order.state import Stage


def text() -> str:
    """Two Markdown tables: what may be ordered at each stage of the sitting, and of a poll."""
    rows = ["| Stage of the sitting | In order |", "|---|---|"]
    for stage, commands in IN_ORDER.items():
        rows.append(f"| {stage.value} | {_names(commands)} |")
    rows.append(f"| {Stage.SITTING.value}, while members vote | {_names(WHILE_VOTING)} |")
    rows += ["", "| Stage of a poll | In order |", "|---|---|"]
    for poll_stage, commands in POLL_IN_ORDER.items():
        rows.append(f"| {poll_stage.value} | {_names(commands)} |")
    return "\n".join(rows)


def _names(commands: Iterable[type[Command]]) -> str:
    return ", ".join(sorted(command.__name__ for command in commands)) or "—"


if __name__ == "__main__":
    print(text())
