"""`rehearse` as a command: what is refused before anything is played, and what is told at the end."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from kiosk.ballot_client import Receipt
from meeting.app import AlreadyServed, claim
from meeting.demo import BAILU
from meeting.office import library
from meeting.office.library import AlreadyBegun, AlreadyLoaded, NoSitting, UnknownSitting
from meeting.office.sitting_file import read_sitting
from meeting.order.events import RollConfirmed
from meeting.order.sitting import MemberNo
from meeting.record import journal
from meeting.record.results import results
from meeting.rehearsal.autopilot import Order
from meeting.rehearsal.command import play
from meeting.rehearsal.comparison import Check, compare
from meeting.rehearsal.narration import Terminal
from meeting.rehearsal.report import Report
from meeting.rehearsal.robots import ReceiptFile
from meeting.rehearsal.run import Options
from tests.meeting.rehearsal.paper_sitting import PaperSitting, bailu
from voting.database import open_engine


def options(data: Path, sitting: Path | str = BAILU, members: int | None = None) -> Options:
    return Options(sitting=str(sitting), data=data / "data", members=members)


def test_a_file_that_is_not_there_is_a_wrong_command(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert play(options(tmp_path, "missing.yaml"), "en") == 2
    assert "file-missing" in capfd.readouterr().err
    assert not (tmp_path / "data").exists()


def test_a_file_with_problems_names_them(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(BAILU.read_text("utf-8").replace("kind: deliberation", "kind: nonsense"), "utf-8")
    assert play(options(tmp_path, broken), "en") == 1
    assert f"{broken}:" in capfd.readouterr().err
    assert not (tmp_path / "data").exists()


def test_fewer_members_than_the_roll_cannot_be_played(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert play(options(tmp_path, members=7), "en") == 2
    assert "fewer-than-roll" in capfd.readouterr().err


def test_an_unknown_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoSitting):
        play(options(tmp_path, "no-such-sitting"), "en")
    assert not (tmp_path / "data").exists()
    (tmp_path / "data").mkdir()
    with pytest.raises(UnknownSitting):
        play(options(tmp_path, "no-such-sitting"), "en")


def test_a_sitting_that_has_begun_is_refused(tmp_path: Path) -> None:
    plan = read_sitting(BAILU).plan
    engine = open_engine(tmp_path / "data")
    with engine.connect() as conn, conn.begin():
        library.load(conn, plan, 0)
        journal.append(conn, plan.id, 1, 0, [RollConfirmed(31, 31, 0, 0)])
    engine.dispose()
    with pytest.raises(AlreadyBegun):
        play(options(tmp_path), "en")
    with pytest.raises(AlreadyLoaded):
        play(options(tmp_path, members=300), "en")


def test_a_folder_that_is_served_is_refused(tmp_path: Path) -> None:
    with claim(tmp_path / "data"), pytest.raises(AlreadyServed):
        play(options(tmp_path), "en")


def test_a_receipt_is_a_line_as_soon_as_it_is_there(tmp_path: Path) -> None:
    path = tmp_path / "receipts.jsonl"
    with ReceiptFile(path) as file:
        file.add(Receipt("2-item-1-member", b"\x01" * 32, b""))
        assert json.loads(path.read_text()) == {"ballot": "2-item-1-member", "leaf": "01" * 32}
    with ReceiptFile(path) as file:
        file.add(Receipt("2-item-1-member", b"\x02" * 32, b""))
    assert len(path.read_text().splitlines()) == 2


def report(**changes: object) -> Report:
    fields: dict[str, object] = {
        "sitting": "bailu-sc-18-26",
        "members": 31,
        "seconds": 12.34,
        "ended": True,
        "results": [],
        "latencies": {"cast": {"count": 1, "p50_ms": 1.0, "p99_ms": 2.0, "max_ms": 3.0}},
        "checks": [Check(1, None, {"present": 29}, {"present": 29})],
    }
    return Report(**{**fields, **changes})  # type: ignore[arg-type]  # as the fields are


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ended": False}, "did not end in order"),
        ({"checks": [Check(10, None, {"for": 26}, {"for": 25})]}, "expected for=26, got for=25"),
        ({"checks": [Check(10, None, {"for": 26}, {}, 1, "member")]}, "(member, 1) is not as the script"),
        ({"alarms": [(MemberNo(7), "ballot-missing")]}, "member 7 raised an alarm: ballot-missing"),
        ({"contradictions": ["AAAA"]}, "different results: AAAA"),
    ],
)
def test_what_is_not_so_is_named(changes: dict[str, object], said: str) -> None:
    out = io.StringIO()
    told = report(**changes)
    Terminal(Console(file=out, width=200), "en").summary(told)
    assert said in out.getvalue()
    assert not told.as_expected


@pytest.mark.parametrize(("checks", "said"), [((), "do not apply"), ([Check(1, None, {}, {})], "1 compared")])
def test_all_as_expected_is_said(checks: object, said: str) -> None:
    out = io.StringIO()
    told = report(checks=checks)
    Terminal(Console(file=out, width=200), "en").summary(told)
    assert said in out.getvalue()
    assert told.as_expected


def test_results_of_every_kind_are_told_with_what_was_foretold() -> None:
    sitting = PaperSitting(bailu())
    sitting.play()
    out = io.StringIO()
    told = report(results=results(sitting.state), checks=compare(sitting.day, sitting.journal))
    Terminal(Console(file=out, width=400), "en").summary(told)
    said = out.getvalue()
    for words in (
        "For 26, Against 2, Abstain 1",
        "满意 8, 基本满意 7, 不满意 15",
        "85.3",
        "item-6 (deputy, advisory)",
        "孟银杏 14, 柳合欢 14, 樊苍兰 1, invalid 1",
        "item-11 (round 2)",
        "elected: 孟银杏",
        "tied: 县自然资源局 县医疗保障局",
        "selected: 县自然资源局",
    ):
        assert words in said
    assert said.count("as expected") >= 15
    assert "NOT as expected" not in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_day_is_told_as_it_goes(language: str) -> None:
    out = io.StringIO()
    sitting = PaperSitting(bailu())
    with Terminal(Console(file=out, width=500), "zh" if language == "zh" else "en") as terminal:
        terminal.joined(1, 30)
        sitting.everybody_comes()
        while isinstance(order := sitting.next(), Order):
            sitting.carry_out(order, sitting.state.order_seq)
            sitting.follow()
            view = sitting.view()
            terminal.ordered(order)
            terminal.chair(view)
            terminal.hall(view["slide"])
    told = out.getvalue()
    assert "AAAA-BBBB-CCCC-DDDD" in told
    assert told.count("主任会议") >= 1  # who moved the deferral
    assert told.count("病假") == 1
