"""The offices' pages: the door, which uses up no link by being looked at, and who gets which page behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from meeting.app import House, compose
from meeting.console.access import Office, make_link
from meeting.office import library
from meeting.settings import Settings
from tests.meeting.order.small_sitting import small_plan
from voting.database import Writer, open_engine

HTML = {"accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    engine = open_engine(tmp_path)
    writer = Writer(engine)
    writer.run_now(lambda conn: library.load(conn, small_plan(), 0))
    writer.stop()
    engine.dispose()
    house = compose(Settings(tmp_path), small_plan().id)
    yield house
    house.close()


def link(house: House, office: Office) -> str:
    return house.writer.run_now(lambda conn: make_link(conn, house.service.sitting, office))


def test_without_a_session_the_console_is_a_door(house: House) -> None:
    with TestClient(house.app) as client:
        door = client.get("/console")
        assert door.status_code == 200
        assert 'name="code"' in door.text
        assert "<script" not in door.text
        policy = door.headers["content-security-policy"]
        assert "require-trusted-types-for 'script'" in policy
        assert "default-src 'none'" in policy
        assert door.headers["cache-control"] == "no-store"
        assert "Enter the console" in client.get("/console?lang=en").text


def test_looking_at_a_link_does_not_use_it_up(house: House) -> None:
    code = link(house, Office.CHAIR)
    with TestClient(house.app) as client:
        for _ in range(3):
            page = client.get(f"/console/enter/{code}")
            assert page.status_code == 200
            assert f'value="{code}"' in page.text
            assert page.text.count("<button") == 1
        answer = client.post("/console/sign-in", data={"code": code}, headers=HTML, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/console")
        assert 'data-office="chair"' in client.get("/console").text


def test_a_strange_code_is_no_markup(house: House) -> None:
    with TestClient(house.app) as client:
        page = client.get('/console/enter/"><script>alert(1)</script>')
        assert "<script" not in page.text


@pytest.mark.parametrize(("office", "page"), [(Office.CLERK, "console"), (Office.TELLER, "teller")])
def test_every_office_gets_its_page(house: House, office: Office, page: str) -> None:
    with TestClient(house.app) as client:
        client.post("/console/sign-in", data={"code": link(house, office)})
        shown = client.get("/console")
        assert f"/console/{page}.js" in shown.text
        assert 'style="' not in shown.text
        for address in shown.text.split('"'):
            if address.startswith("/static/"):
                assert client.get(address).status_code == 200, address


def test_a_used_link_is_refused_in_words(house: House) -> None:
    code = link(house, Office.CHAIR)
    with TestClient(house.app) as client:
        client.post("/console/sign-in", data={"code": code}, follow_redirects=False)
        client.cookies.clear()
        refused = client.post("/console/sign-in", data={"code": code}, headers=HTML)
        assert refused.status_code == 403
        assert refused.headers["content-type"].startswith("text/html")
        assert "登录链接已用过" in refused.text


def test_a_form_of_our_own_page_is_known_as_ours(house: House) -> None:
    """Browsers send the origin `null` from a page that tells nobody where it is."""
    with TestClient(house.app) as client:
        for site, status in (("same-origin", 303), ("cross-site", 403), ("none", 403), ("", 403)):
            headers = {"origin": "null"} | ({"sec-fetch-site": site} if site else {})
            answer = client.post(
                "/console/sign-in",
                data={"code": link(house, Office.CHAIR)},
                headers=headers,
                follow_redirects=False,
            )
            assert answer.status_code == status, site


def test_no_page_writes_markup_from_a_text(house: House) -> None:
    """Trusted Types would stop it at run time; here it is not written in the first place."""
    folder = Path(__file__).resolve().parents[3] / "meeting" / "console"
    for path in [*folder.glob("static/*.js"), *folder.glob("templates/*.html")]:
        text = path.read_text(encoding="utf-8")
        for forbidden in ("innerHTML", "unsafeHTML", "insertAdjacentHTML", " onclick=", ' style="', "eval("):
            assert forbidden not in text, (path.name, forbidden)
        assert not any("\u4e00" <= char <= "\u9fff" for char in text), path.name
