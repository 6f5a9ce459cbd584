"""The time index of a recording: steps, votes and declarations, counted from where the film begins."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from meeting.chapter_command import NoChapters, UnknownPart
from meeting.cli import app
from meeting.order import commands as c
from meeting.order.sitting import MemberNo
from meeting.record.chapters import as_json, as_web_vtt, clock, parts
from tests.meeting.order.full_sitting import Full
from tests.meeting.order.test_follow_up import RULES
from tests.meeting.record.shelf import shelf


def day() -> Full:
    """The recording begins at item 3 and stops after the removal of item 4 is declared."""
    sitting = Full(RULES).begin().proceed().obey(c.StartRecording())
    sitting.to(4).open().cast([{"R1": "for"}] * 8)
    return sitting.obey(c.StopRecording())


def titles(sitting: Full) -> list[str]:
    [part] = parts(sitting.journal, sitting.now)
    return [one.title["zh"] for one in part.chapters]


def test_chapters_are_counted_from_the_beginning_of_the_recording() -> None:
    sitting = day()
    [part] = parts(sitting.journal, sitting.now + 60_000)
    assert part.recorded
    assert part.ends == sitting.now
    first, *_, last = part.chapters
    assert (first.begins, first.item, first.kind) == (0, 3, "step"), "what was on when the film began"
    assert last.ends == part.ends - part.begins
    assert [one.begins for one in part.chapters[1:]] == [one.ends for one in part.chapters[:-1]]
    assert [one.kind for one in part.chapters if one.item == 4][:3] == ["step", "vote", "result"]


def test_a_chapter_says_item_matter_and_what_is_done() -> None:
    found = titles(day())
    assert found[0] == "第3项　工作评议　提问"
    assert "第4项　免去曾的局长职务　开始表决" in found
    assert "第4项　免去曾的局长职务　宣布结果" in found


def test_each_recording_has_its_own_zero() -> None:
    sitting = day().obey(c.StartRecording())
    sitting.now += 5_000
    sitting.obey(c.CloseSitting())
    first, second = parts(sitting.journal, sitting.now + 10**6)
    assert first.ends <= second.begins
    assert second.ends == sitting.now, "it ends with the sitting"
    assert [one.begins for one in second.chapters] == [0]


def test_without_a_recording_the_sitting_is_the_zero() -> None:
    sitting = Full(RULES)
    assert parts(sitting.journal, 10**6) == ()
    sitting.begin().proceed(2)
    [part] = parts(sitting.journal, sitting.now + 1_000)
    assert not part.recorded
    assert part.chapters[0].begins == 0
    assert part.ends == sitting.now + 1_000


def test_a_recording_that_runs_ends_now() -> None:
    sitting = Full(RULES).obey(c.StartRecording())
    [part] = parts(sitting.journal, sitting.now + 3_000)
    assert [(one.begins, one.ends) for one in part.chapters] == [(0, 3_000)]


def test_nothing_of_a_ballot_is_in_it() -> None:
    """Who arrives, collects, is recused or votes, and how it came out, makes no chapter and no word of one."""
    quiet, loud = day(), Full(RULES).begin().proceed().obey(c.StartRecording())
    loud.to(4).open().cast([{"R1": "against"}] * 6 + [{"R1": "for"}] * 2)
    loud.obey(c.StopRecording())
    assert titles(loud) == titles(quiet)
    text = json.dumps(as_json(parts(loud.journal, loud.now)), ensure_ascii=False)
    for word in ("成员", "通过", "票", "against", "carried"):
        assert word not in text
    later = day()
    before = titles(later)
    later.journal.insert(-2, later.journal[2])  # somebody's arrival, late
    assert titles(later) == before


def test_web_vtt_keeps_to_its_form() -> None:
    sitting = day()
    [part] = parts(sitting.journal, sitting.now)
    text = as_web_vtt(part, "en")
    header, note, *cues = text.rstrip("\n").split("\n\n")
    assert header == "WEBVTT"
    assert note.startswith("NOTE\n")
    assert len(cues) == len(part.chapters)
    number, times, _ = cues[0].split("\n")
    assert (number, times) == ("1", f"00:00:00.000 --> {clock(part.chapters[0].ends)}")


@pytest.mark.parametrize(
    ("ms", "text"), [(0, "00:00:00.000"), (3_723_004, "01:02:03.004"), (360_000_000, "100:00:00.000")]
)
def test_a_clock_runs_past_a_day(ms: int, text: str) -> None:
    assert clock(ms) == text


def test_a_title_cannot_break_the_file() -> None:
    sitting = day()
    [part] = parts(sitting.journal, sitting.now)
    evil = part.chapters[0].title | {"zh": "甲 --> 乙\n\n<b>&丙"}
    text = as_web_vtt(replace(part, chapters=(replace(part.chapters[0], title=evil),)), "zh")
    assert text.endswith("甲 --&gt; 乙 &lt;b&gt;&amp;丙\n")


def test_the_command_prints_them_as_text_json_and_web_vtt(tmp_path: Path) -> None:
    shelf(tmp_path, day())

    def run(*words: str) -> str:
        command = ["chapters", "full-1", *words, "--data", str(tmp_path)]
        result = CliRunner(env={"LC_ALL": "C"}).invoke(app, command, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    assert run().startswith("录像时间索引，仅供工作人员使用")
    [part] = json.loads(run("--json"))
    assert part["recorded"] is True
    run("--vtt", str(tmp_path / "film.vtt"))
    assert (tmp_path / "film.vtt").read_bytes().startswith(b"WEBVTT\n\nNOTE\n")
    with pytest.raises(UnknownPart):
        run("--vtt", str(tmp_path / "film.vtt"), "--part", "2")


def test_before_the_sitting_there_is_no_index(tmp_path: Path) -> None:
    shelf(tmp_path, Full(RULES).obey(c.RecordArrival(MemberNo(1))))
    with pytest.raises(NoChapters):
        CliRunner().invoke(app, ["chapters", "full-1", "--data", str(tmp_path)], catch_exceptions=False)
