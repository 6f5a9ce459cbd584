"""A certificate is printed for whoever has been carried, in the words of the decision (rows 79, 140)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from meeting.app import compose
from meeting.cli import app
from meeting.console.access import Office, make_link
from meeting.console.certificates import NoCertificates, certificates, page
from meeting.demo import BAILU
from meeting.office import library
from meeting.office.sitting_file import read_sitting
from meeting.order.progress import MatterState, MatterStatus
from meeting.order.sitting import MatterId
from meeting.order.state import State
from meeting.settings import Settings
from tests.meeting.order.small_sitting import loaded
from voting.database import Writer, open_engine

PLAN = read_sitting(BAILU).plan


def after(**status: MatterStatus) -> State:
    state = loaded(PLAN)
    found = {MatterId(matter): MatterState(one) for matter, one in status.items()}
    return replace(state, matters=dict(state.matters) | found)


def test_who_is_carried_has_one_and_nobody_else() -> None:
    state = after(N1=MatterStatus.CARRIED, N2=MatterStatus.DEFERRED, N3=MatterStatus.NOT_CARRIED)
    found = certificates(state)
    assert [one.name for one in found] == ["方青松"]
    assert found[0].number == "白人常任〔2026〕3号"
    assert found[0].says == (
        "根据白鹭县第十八届人民代表大会常务委员会第二十六次会议决定，任命方青松为白鹭县交通运输局局长。"
    )


def test_of_a_batch_each_has_his_own() -> None:
    people = ("甲一", "乙二")
    matters = tuple(replace(one, persons=people) if one.id == "N1" else one for one in PLAN.matters)
    state = replace(after(N1=MatterStatus.CARRIED), plan=replace(PLAN, matters=matters))
    assert [one.name for one in certificates(state)] == list(people)
    assert "任命乙二为" in certificates(state)[1].says


def test_the_page_is_for_the_printer_and_leaves_room_for_the_signature() -> None:
    text = page(after(N1=MatterStatus.CARRIED, N3=MatterStatus.CARRIED))
    assert text.count("<article>") == 2
    assert "2026年3月26日" in text
    assert "江立春" not in text, "the chair signs by hand"
    assert "<script" not in text
    assert not re.search(r'(?:src|href)="', text), "nothing is fetched"


def test_before_the_vote_there_is_nothing_to_print(tmp_path: Path) -> None:
    with pytest.raises(NoCertificates):
        page(loaded(PLAN))
    run = CliRunner()
    data = ["--data", str(tmp_path)]
    assert run.invoke(app, ["load", str(BAILU), *data]).exit_code == 0
    result = run.invoke(app, ["certificates", str(BAILU), "-o", str(tmp_path / "c.html"), *data])
    assert isinstance(result.exception, NoCertificates)
    assert not (tmp_path / "c.html").exists()


def test_only_chair_and_clerk_may_print_them(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    writer = Writer(engine)
    writer.run_now(lambda conn: library.load(conn, PLAN, 0))
    writer.stop()
    engine.dispose()
    house = compose(Settings(tmp_path), PLAN.id)
    try:
        with TestClient(house.app) as client:
            assert client.get("/console/certificates").status_code == 403
            for office, status in {
                Office.TELLER: 403,
                Office.HALL: 403,
                Office.CLERK: 200,
                Office.CHAIR: 200,
            }.items():
                code = house.writer.run_now(partial(make_link, sitting=PLAN.id, office=office))
                client.post("/console/sign-in", data={"code": code}, headers={"accept": "text/html"})
                answer = client.get("/console/certificates")
                assert answer.status_code == status, office
            assert "还没有可以颁发的任命书" in answer.text
            assert "unsafe-inline" not in answer.headers["content-security-policy"]
    finally:
        house.close()
