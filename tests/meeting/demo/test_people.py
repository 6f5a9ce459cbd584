"""The demonstration for people: its links open, its robots come in and follow the roll; without a terminal it plays."""

from __future__ import annotations

import asyncio
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.anonymous import Anonymous
from kiosk.personal import Pace
from meeting.cli import app
from meeting.console.access import Office
from meeting.demo.people import PERSON, Links, Opening, opened, robots_of, told
from meeting.order.sitting import MemberNo
from meeting.rehearsal.office_line import Done, OfficeLine, View
from meeting.rehearsal.run import Options
from tests.meeting.rehearsal.paper_sitting import bailu

LINKS = Links(
    console="http://127.0.0.1:8000/console/enter/AAAA",
    teller="http://127.0.0.1:8000/console/enter/BBBB",
    hall="http://127.0.0.1:8000/hall/enter/CCCC",
    phone="http://192.0.2.7:8000/j/DDDD#k=EEEE",
    data=Path("data"),
    online=True,
)


def test_the_robots_are_everybody_but_the_person_and_who_is_on_leave() -> None:
    attending = list(range(32, 50))
    robots = robots_of(bailu(), Opening(robots=29))
    assert set(range(1, 50)) - set(robots) == {PERSON, 29}
    assert robots_of(bailu(), Opening(robots=3)) == [1, 3, 4, *attending]
    assert robots_of(bailu(), Opening()) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_link_is_told_and_the_phones_as_a_picture_too(language: str) -> None:
    said = told(LINKS, Opening(robots=29), "zh" if language == "zh" else "en")
    for link in (LINKS.console, LINKS.teller, LINKS.hall, LINKS.phone):
        assert link in said
    rows = [line for line in said.splitlines() if line and set(line) <= set(" \u2580\u2584\u2588")]
    assert len(rows) > 15
    assert len({len(row) for row in rows}) == 1
    assert "29" in said


def test_without_a_terminal_the_day_is_played(monkeypatch: pytest.MonkeyPatch) -> None:
    played: list[Options] = []

    def play(options: Options, language: str) -> int:
        played.append(options)
        return 1

    monkeypatch.setattr("meeting.rehearsal.command.play", play)
    assert CliRunner().invoke(app, ["demo"]).exit_code == 1
    assert [Path(one.sitting).name for one in played] == ["bailu.yaml"]


async def test_the_hall_fills_and_who_is_late_joins_when_he_is_entered(tmp_path: Path) -> None:
    opening = Opening(
        robots=29, host="127.0.0.1", port=0, coming_in_s=0, pace=lambda chance: Pace(chance, 0.1)
    )
    async with opened(opening, tmp_path) as links:
        for link in (links.console, links.hall, links.phone.partition("#")[0]):
            assert await asyncio.to_thread(_status, link) == 200

        async def code(office: Office) -> str:
            return links.console.rsplit("/", 1)[1]

        line = OfficeLine(Anonymous(links.console.partition("/console")[0]), Office.CHAIR, code)
        connected = asyncio.create_task(line.stay_connected())
        try:
            view = await _until(line, lambda view: view["attendance"]["present"] == 28)
            assert not view["roll"][PERSON - 1]["online"]
            assert not view["roll"][29]["online"], "he is late, and his phone with him"
            order = {"name": "record_arrival", "member": MemberNo(30)}
            assert isinstance(await line.order(order, view["expected_seq"]), Done)
            await _until(line, lambda view: view["roll"][29]["online"])
        finally:
            connected.cancel()


async def _until(line: OfficeLine, seen: Callable[[View], bool]) -> View:
    async with asyncio.timeout(30):
        while line.view is None or not seen(line.view):
            await line.look(line.views, 1)
    return line.view


def _status(link: str) -> int:
    with urllib.request.urlopen(link, timeout=10) as answer:
        status: int = answer.status
        return status
