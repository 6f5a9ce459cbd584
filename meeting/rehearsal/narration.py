"""A rehearsal told as it goes: what the chair says and does, what the hall shows, how far the day has come.

Words only what the views say; it is never asked what happens next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Protocol, Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from display import i18n
from meeting.order.asking import MEMBER_CLASS
from meeting.order.commands import TELLER_COMMANDS
from meeting.rehearsal.autopilot import Order, View
from meeting.rehearsal.comparison import Check
from meeting.rehearsal.report import Report
from meeting.rehearsal.watchers import Slide

TOLD = frozenset(
    {
        "record_arrival",
        "record_leave",
        "record_departure",
        "recuse",
        "pledge_again",
        "put_question",
        "call_round",
        "enter_totals",
        "confirm_empty_box",
        "confirm_totals",
        "confirm_count",
        "rule_write_ins",
        "countersign_void",
        "skip_step",
    }
)
"""Orders of chair and tellers that the chair's own words do not tell of."""


class Narrator(Protocol):
    """Whoever wants to be told how a rehearsal goes."""

    def joined(self, phones: int, all_phones: int) -> None: ...
    def chair(self, view: View) -> None: ...
    def ordered(self, order: Order) -> None: ...
    def hall(self, slide: Slide) -> None: ...


class Silent:
    """Tells nothing."""

    def joined(self, phones: int, all_phones: int) -> None: ...
    def chair(self, view: View) -> None: ...
    def ordered(self, order: Order) -> None: ...
    def hall(self, slide: Slide) -> None: ...


class Terminal:
    """Tells it on a terminal, above a progress bar.  To be entered; `summary` at the end."""

    def __init__(self, console: Console, language: i18n.Language) -> None:
        self._console = console
        self._language = language
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._phones: TaskID | None = None
        self._day: TaskID | None = None
        self._said: list[Mapping[str, str]] = []
        self._coded: set[str] = set()
        self._shown: set[str] = set()

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    # --- as it goes ---

    def joined(self, phones: int, all_phones: int) -> None:
        if self._phones is None:
            self._phones = self._progress.add_task(self._text("phones"), total=all_phones)
        self._progress.update(self._phones, completed=phones)

    def chair(self, view: View) -> None:
        steps = sum(len(line["steps"]) for line in view["agenda"])
        done = sum(step["mark"] is not None for line in view["agenda"] for step in line["steps"])
        if self._day is None:
            self._day = self._progress.add_task(self._text("steps"), total=steps)
        self._progress.update(self._day, completed=steps if view["stage"] == "closed" else done)
        if view["stage"] != "gathering" and view["script"] != self._said:
            before, self._said = self._said, view["script"]
            for words in self._said:
                if words not in before:  # of what still stands nothing is said again
                    self._tell("chair", words[self._language], style="bold")

    def ordered(self, order: Order) -> None:
        if order.name in TOLD:
            who = "teller" if order.name in TELLER_COMMANDS else "order"
            self._tell(who, self._text(f"order.{order.name}", **order.fields), style="dim")

    def hall(self, slide: Slide) -> None:
        match slide:
            case {"kind": "asking", "code": str(code), "title": title} if code not in self._coded:
                self._coded.add(code)
                self._tell("hall", self._text("ballot", title=title[self._language], code=code), style="cyan")
            case {"kind": "result", "code": str(code)} if code not in self._shown:
                self._shown.add(code)
                for words in slide["sentences"]:
                    self._tell("hall", words[self._language], style="cyan")
            case {"notice": {} as notice} if notice[self._language] not in self._shown:
                self._shown.add(notice[self._language])
                self._tell("hall", notice[self._language], style="cyan")

    # --- at the end ---

    def summary(self, report: Report) -> None:
        """Tables of results and latencies, and whether all came as the script says."""
        self._console.print(self._results(report))
        self._console.print(self._latencies(report))
        for check in report.differences:
            self._line("difference", style="bold red", **_told(check))
        for member, code in report.alarms:
            self._line("alarm", style="bold red", member=member, code=code)
        for code in report.contradictions:
            self._line("contradiction", style="bold red", code=code)
        if not report.ended:
            self._line("not-ended", style="bold red")
        if report.as_expected:
            key = "as-expected" if report.checks else "played"
            self._line(key, style="bold green", checks=len(report.checks), seconds=f"{report.seconds:.1f}")

    def _results(self, report: Report) -> Table:
        table = Table(title=self._text("results", sitting=report.sitting, members=report.members))
        for key in ("item", "question", "issued", "returned", "votes", "outcome", "script"):
            figure = key in {"issued", "returned"}
            table.add_column(
                self._text(f"column.{key}"), justify="right" if figure else "left", overflow="fold"
            )
        for poll in report.results:
            result, checks = poll["result"], report.checks_of(poll)
            for question, answer in result["questions"].items():
                figures = (result["issued"], result["returned"])
                table.add_row(
                    str(poll["item"]),
                    escape(self._asked(question, poll)),
                    *("" if figure is None else str(figure) for figure in figures),
                    escape(self._votes(answer)),
                    escape(self._outcome(answer)),
                    self._held(checks),
                )
        return table

    def _asked(self, question: str, poll: Mapping[str, Any]) -> str:
        """Which question, and in which round and of whom where that is not plain."""
        said = question
        if poll["round"] > 1:
            said += self._text("in-round", round=poll["round"])
        if poll["voter_class"] == MEMBER_CLASS:
            return said
        return said + self._text("of-class", voters=poll["voter_class"])

    def _votes(self, answer: Mapping[str, Any]) -> str:
        """The figures in one line, by what they are for."""
        if answer["outcome"] == "void":
            return ""
        if answer["kind"] == "score":
            return " ".join(f"{name}:{mean}" for name, mean in answer["means"].items())
        figures = answer.get("counts", answer.get("votes", {}))
        names = {key: self._text(f"column.{key}") for key in ("for", "against", "abstain")}
        motion = answer["kind"] == "motion"
        said = [f"{names[key] if motion else key} {figure}" for key, figure in figures.items()]
        if answer["invalid"]:
            said.append(self._text("invalid", count=answer["invalid"]))
        return ", ".join(said)

    def _outcome(self, answer: Mapping[str, Any]) -> str:
        match answer["outcome"]:
            case "graded":
                return str(answer["grade"])
            case "scored":
                return str(answer["overall"])
            case outcome:
                names = answer.get("elected") or answer.get("selected") or ()
                tied = answer.get("tied") or ()
                said = self._text(f"outcome.{outcome}", names=" ".join(names), tied=" ".join(tied))
                return said.strip()

    def _held(self, checks: Sequence[Check]) -> str:
        """Whether it was decided as the script expects; empty where it expects nothing."""
        if not checks:
            return ""
        return self._text("as-script" if all(check.holds for check in checks) else "not-as-script")

    def _latencies(self, report: Report) -> Table:
        table = Table(title=self._text("latencies"))
        table.add_column("")
        for key in ("count", "p50_ms", "p99_ms", "max_ms"):
            table.add_column(self._text(f"column.{key}"), justify="right")
        for what, spread in report.latencies.items():
            figures = (
                f"{spread['count']}",
                *(f"{spread[key]:.1f}" for key in ("p50_ms", "p99_ms", "max_ms")),
            )
            table.add_row(self._text(f"latency.{what}"), *figures)
        return table

    def _tell(self, who: str, said: str, *, style: str) -> None:
        self._progress.console.print(
            f"{self._text(who)} {said}", style=style, markup=False, highlight=False, soft_wrap=True
        )

    def _line(self, key: str, *, style: str = "", **data: object) -> None:
        self._console.print(
            self._text(key, **data), style=style, markup=False, highlight=False, soft_wrap=True
        )

    def _text(self, key: str, **data: object) -> str:
        return i18n.text(self._language, f"rehearsal.{key}", **data)


def _told(check: Check) -> dict[str, Any]:
    """What is not as it should be; a vote that was not held has nothing, and that is said as it is."""
    keys = [key for key in check.expected if check.expected[key] != check.got.get(key)]
    keys += [key for key in check.got if key not in check.expected]
    where = [check.matter or "", f"({check.voter_class}, {check.round})" if check.voter_class else ""]
    return {
        "item": check.item,
        "where": " ".join(part for part in where if part),
        "expected": ", ".join(f"{key}={check.expected.get(key)}" for key in keys),
        "got": ", ".join(f"{key}={check.got.get(key)}" for key in keys),
    }
