"""The command line: exit codes, and words that say what to do next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from meeting import cli
from meeting.app import claim
from meeting.demo import BAILU

COUNT_FILE = {
    "format": "session-day-count/1",
    "roll": {"all_members": 31, "present": 30, "recused": 1},
    "issued": 29,
    "paper": [{"id": "N1", "kind": "motion", "title": "决定任命……"}],
    "ballots": [{"N1": "for"}, {"N1": "abstain"}, {}],
}


class Said:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> object:
    monkeypatch.setenv("SESSION_DAY_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def session_day(*words: object) -> Said:
        monkeypatch.setattr("sys.argv", ["session-day", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        code = ended.value.code
        return Said(code if isinstance(code, int) else 0, said.out, said.err)

    return session_day


def test_check(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("check", BAILU).code == 0
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        BAILU.read_text("utf-8").replace("num: 7,  name: 丁小满", "num: 6,  name: 周夏至"), "utf-8"
    )
    said = run("check", bad)
    assert said.code == 1
    lines = said.out.splitlines()
    assert all(line.startswith(f"{bad}:") for line in lines)
    assert any(": duplicate-member-number: " in line for line in lines)
    assert any(": duplicate-member-name: " in line for line in lines)
    assert run("check", tmp_path / "nowhere.yaml").code == 2
    assert run("check", tmp_path).code == 2


def test_load_refuses_a_bad_file_whole(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    bad = tmp_path / "bad.yaml"
    bad.write_text(BAILU.read_text("utf-8").replace("- matter: N2", "- matter: N9"), "utf-8")
    assert run("load", bad).code == 1
    assert run("results", "bailu-sc-18-26").err.startswith("session-day: no-sitting:")
    assert run("load", BAILU).out == "bailu-sc-18-26\n"
    assert run("load", BAILU).code == 0, "loading the same again changes nothing"
    other = tmp_path / "other.yaml"
    other.write_text(
        BAILU.read_text("utf-8").replace("venue_zh: 县人大常委会会议厅", "venue_zh: 另一处"), "utf-8"
    )
    said = run("load", other)
    assert (said.code, "already-loaded" in said.err) == (2, True)


def test_results_and_replay_of_a_sitting_that_has_not_begun(run) -> None:  # type: ignore[no-untyped-def]
    run("load", BAILU)
    assert json.loads(run("results", BAILU).out) == []
    assert run("replay").code == 0
    assert "unknown-sitting" in run("results", "another").err


def test_office_makes_a_code(run) -> None:  # type: ignore[no-untyped-def]
    run("load", BAILU)
    said = run("office", "bailu-sc-18-26", "--role", "teller")
    assert len(said.out.strip()) == 22
    assert run("office", "--role", "king").code == 2


def test_a_second_server_is_refused_with_a_sentence(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("load", BAILU)
    lock = claim(tmp_path / "data")
    said = run("serve", "--port", "1")
    lock.close()
    assert said.code == 2
    assert said.err.startswith("session-day: already-served: Another process serves")


def test_count(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "count.json"
    file.write_text(json.dumps(COUNT_FILE), "utf-8")
    counted = json.loads(run("count", file).out)
    assert counted["questions"]["N1"]["counts"] == {"for": 1, "against": 0, "abstain": 2}
    assert counted["questions"]["N1"]["outcome"] == "not_carried"
    file.write_text(json.dumps({**COUNT_FILE, "ballots": [{"N1": "yes"}]}), "utf-8")
    said = run("count", file)
    assert (said.code, said.out) == (2, "")
    assert said.err == 'ballots[0].N1: unknown mark "yes"\n'
    file.write_bytes(b"\xff\xfe")
    assert run("count", file).code == 2
    assert run("count", tmp_path / "none.json").code == 2


def test_verify_says_when_a_file_is_no_record(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "record.zip"
    file.write_text("no")
    assert run("verify", file).code == 2
    run("load", BAILU)
