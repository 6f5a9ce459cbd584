"""What an evaluation repeats is looked up once, at loading, and told from the plan ever after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection
from typer.testing import CliRunner

from display import i18n
from meeting.cli import app
from meeting.office import library
from meeting.office.library import EarlierDiffers
from meeting.order.earlier import as_said, in_short, last_grade, still_open
from meeting.order.events import SittingLoaded
from meeting.order.particulars import Earlier, OpenTask, Particulars
from meeting.order.sitting import Item, Plan, SittingId, Text
from meeting.record import journal
from meeting.record.codec import decode, encode
from meeting.wording import words
from tests.meeting.order.full_sitting import full_plan
from tests.meeting.order.test_follow_up import RULES, UNIT, WORST
from tests.meeting.record.shelf import shelf
from tests.meeting.record.test_indicators import again
from voting.database import Writer, open_engine

IN_FILE = Earlier("full-1", 3, WORST, Text("第一次会议"), (Text("按月报告"),))


def repeating(earlier: Earlier = IN_FILE) -> Plan:
    plan = replace(full_plan(RULES), id=SittingId("full-2"))
    about = Particulars(subject=UNIT, earlier=earlier)
    return replace(
        plan,
        items=tuple(replace(one, particulars=about) if one.number == 3 else one for one in plan.items),
    )


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    engine = open_engine(tmp_path)
    writer = Writer(engine)
    yield writer
    writer.stop()
    engine.dispose()


def loaded(writer: Writer, plan: Plan) -> Item:
    """The evaluation, as the journal has it."""

    def work(conn: Connection) -> Item:
        library.load(conn, plan, 1)
        return library.read(conn, plan.id)[0].plan.item(3)

    return writer.run_now(work)


def zh(item: Item) -> list[str]:
    return [words(one)["zh"] for one in in_short(item)]


def test_without_the_earlier_sitting_the_file_says_it(writer: Writer) -> None:
    item = loaded(writer, repeating())
    assert zh(item) == ["上次测评：不满意（第一次会议）", "未办结：按月报告"]
    assert still_open(item) == (OpenTask(Text("按月报告")),)


def test_the_database_knows_grade_meeting_and_open_tasks(tmp_path: Path, writer: Writer) -> None:
    shelf(tmp_path, again(WORST, None))
    close = ["task", "full-1", "3-opinion", "--note", "已送达", "--data", str(tmp_path)]
    CliRunner().invoke(app, close, catch_exceptions=False)
    item = loaded(writer, repeating())
    grade = last_grade(item)
    assert grade is not None
    assert words(grade)["zh"] == "上次测评：不满意（第二次会议）"
    assert [(one.what.zh, one.due) for one in still_open(item)] == [
        ("报告落实情况", date(2026, 9, 26)),
        ("再次报告整改情况，并再次测评", date(2026, 6, 26)),
        ("列为2027年度评议对象", None),
    ]
    assert words(as_said(still_open(item)[0]))["zh"] == "报告落实情况（期限2026-09-26）"
    assert zh(item)[1].startswith("未办结3项：报告落实情况（期限2026-09-26）、再次报告整改情况")
    assert zh(item)[1].endswith("等"), "a hall screen names two at most"


def test_what_was_looked_up_does_not_change_afterwards(tmp_path: Path, writer: Writer) -> None:
    shelf(tmp_path, again(WORST, None))
    before = loaded(writer, repeating())
    close = ["task", "full-1", "3-report", "--note", "已报告", "--data", str(tmp_path)]
    CliRunner().invoke(app, close, catch_exceptions=False)
    assert loaded(writer, repeating()) == before, "loading the same file again changes nothing"
    entry = writer.run_now(lambda conn: journal.read(conn, SittingId("full-2")))[0]
    assert isinstance(entry.event, SittingLoaded)
    assert decode(encode(entry.event)) == entry.event


def test_a_sitting_that_has_not_evaluated_says_nothing(tmp_path: Path, writer: Writer) -> None:
    shelf(tmp_path, again(WORST, None))
    item = loaded(writer, repeating(replace(IN_FILE, item=4)))
    assert zh(item)[1] == "未办结：按月报告"


def test_a_file_that_says_another_grade_than_the_record_is_refused(tmp_path: Path, writer: Writer) -> None:
    shelf(tmp_path, again("满意", None))
    with pytest.raises(EarlierDiffers) as refused:
        loaded(writer, repeating())
    assert i18n.say(refused.value)["zh"].startswith(
        "第3项写的上次等次是“不满意”，而会议 full-1 记录的是“满意”"
    )
    assert writer.run_now(journal.sittings) == ["full-1"]


def test_a_grade_has_its_english_name_from_the_scale() -> None:
    item = repeating(replace(IN_FILE, grade="满意", meeting=Text(""))).item(3)
    grade = last_grade(item)
    assert grade is not None
    assert words(grade) == {"zh": "上次测评：满意", "en": "Last evaluation: Satisfied"}
