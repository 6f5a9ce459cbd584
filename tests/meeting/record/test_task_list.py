"""Tasks beyond the sitting: closed with a note, opened again, listed and exported."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from meeting.cli import app
from meeting.office import library
from meeting.order import commands as c
from meeting.order.follow_up import Task
from meeting.order.sitting import SittingId, Text
from meeting.record import journal, task_log
from meeting.record.task_list import as_calendar, as_json
from meeting.record.task_log import Log, Standing
from tests.meeting.order.full_sitting import N2, Full
from voting.database import Writer, open_engine

SITTING = SittingId("full-1")
NOTHING = Log({}, {})
TASK = Task("4-plan-1", 4, Text("县水利局"), Text("书面报告；按月, 逐项"), date(2026, 9, 26), "不满意")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder whose sitting has deferred one matter."""
    played = Full().begin().obey(c.DeferMatter(N2, "主任会议", "plenary", "有新情况"))
    engine = open_engine(tmp_path)
    writer = Writer(engine)
    try:
        events = [entry.event for entry in played.journal]
        writer.run_now(lambda conn: library.load(conn, played.plan, 1))
        writer.run_now(lambda conn: journal.append(conn, SITTING, 1, 2, events[1:]))
    finally:
        writer.stop()
        engine.dispose()
    return tmp_path


def run(folder: Path, *words: str) -> str:
    result = CliRunner().invoke(app, [*words, "--data", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_task_is_closed_with_a_note_and_opened_again(folder: Path) -> None:
    [task] = json.loads(run(folder, "tasks", SITTING, "--json"))
    assert (task["id"], task["done"], task["due"]) == ("5-n2-deferred", False, None)
    run(folder, "task", SITTING, "5-n2-deferred", "--note", "已再次提请")
    [task] = json.loads(run(folder, "tasks", SITTING, "--json"))
    assert (task["done"], task["note"]) == (True, "已再次提请")
    assert json.loads(run(folder, "tasks", SITTING, "--json", "--open")) == []
    run(folder, "task", SITTING, "5-n2-deferred", "--note", "材料退回", "--reopen")
    assert "5-n2-deferred" in run(folder, "tasks", SITTING, "--open")


def test_every_turn_of_a_task_is_kept(folder: Path) -> None:
    run(folder, "task", SITTING, "5-n2-deferred", "--note", "已再次提请")
    run(folder, "task", SITTING, "5-n2-deferred", "--note", "材料退回", "--reopen")
    run(folder, "task", SITTING, "5-n2-deferred", "--note", "补齐后提请")
    [task] = json.loads(run(folder, "tasks", SITTING, "--json"))
    assert [(one["done"], one["note"]) for one in task["history"]] == [
        (True, "已再次提请"),
        (False, "材料退回"),
        (True, "补齐后提请"),
    ]
    assert task["done"]


def test_deputies_are_attached_to_a_task_and_taken_away(folder: Path) -> None:
    run(folder, "task", SITTING, "5-n2-deferred", "--deputies", "代表甲，代表乙、 代表丙")
    [task] = json.loads(run(folder, "tasks", SITTING, "--json"))
    assert (task["deputies"], task["done"]) == (["代表甲", "代表乙", "代表丙"], False)
    assert "代表甲、代表乙、代表丙" in run(folder, "tasks", SITTING)
    run(folder, "task", SITTING, "5-n2-deferred", "--deputies", "", "--note", "已办")
    [task] = json.loads(run(folder, "tasks", SITTING, "--json"))
    assert (task["deputies"], task["done"]) == ([], True)


def test_an_unknown_task_and_an_empty_note_are_refused(folder: Path) -> None:
    for words, error in (
        (("task", SITTING, "9-x", "--note", "办结"), "unknown-task"),
        (("task", SITTING, "5-n2-deferred", "--note", " "), "note-missing"),
    ):
        with pytest.raises(library.LibraryError) as refused:
            CliRunner().invoke(app, [*words, "--data", str(folder)], catch_exceptions=False)
        assert refused.value.code == error


def test_the_calendar_file_is_written(folder: Path) -> None:
    run(folder, "tasks", SITTING, "--ics", str(folder / "tasks.ics"))
    assert (folder / "tasks.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")


def test_a_note_says_something(folder: Path) -> None:
    writer = Writer(open_engine(folder))
    try:
        with pytest.raises(ValueError, match="says something"):
            writer.run_now(lambda conn: task_log.note(conn, SITTING, TASK, 1, "  ", done=True))
    finally:
        writer.stop()
        writer.engine.dispose()


def test_a_calendar_keeps_to_its_form() -> None:
    text = as_calendar(
        SITTING,
        [TASK],
        Log({TASK.id: (Standing(True, 1_774_500_000_000, "已报告"),)}, {}),
        "zh",
        1_774_500_000_000,
    )
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert "UID:4-plan-1.full-1@session-day" in unfolded
    assert "DUE;VALUE=DATE:20260926" in unfolded
    assert "SUMMARY:县水利局 · 书面报告；按月\\, 逐项" in unfolded
    assert "STATUS:COMPLETED" in unfolded
    assert {"COMPLETED:20260326T044000Z", "COMMENT:已报告"} <= set(unfolded)


def test_a_calendar_says_what_sort_of_task_it_is_and_who_follows_it_up() -> None:
    task = replace(TASK, kind="opinion", deputies=("代表甲",))
    unfolded = as_calendar(SITTING, [task], NOTHING, "zh", 0).split("\r\n")
    assert {"CATEGORIES:opinion", "CONTACT:代表甲", "STATUS:NEEDS-ACTION"} <= set(unfolded)


def test_a_long_line_is_folded_between_characters() -> None:
    long = Task("1-x", 1, Text("长" * 200), Text("事"), None, "x")
    text = as_calendar(SITTING, [long], NOTHING, "zh", 0)
    assert "长" * 200 in text.replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_json_has_both_languages() -> None:
    [one] = as_json([TASK], NOTHING)
    assert one["subject"] == {"zh": "县水利局", "en": "县水利局"}
    assert (one["due"], one["done"], one["note"]) == ("2026-09-26", False, "")
