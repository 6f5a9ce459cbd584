"""The pages that everybody may open: what a GET shows and that it changes nothing, headers, forms."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.display.browser.hall_page import answering
from tests.display.gallery import BAILU, gallery, public_view


@pytest.fixture
def client() -> Iterator[TestClient]:
    with answering(lambda: gallery()["result"], lambda: public_view()) as client:
        client.cookies.clear()
        yield client


def test_a_hall_screen_without_a_session_is_led_to_the_door(client: TestClient) -> None:
    answer = client.get("/hall")
    assert (answer.status_code, answer.headers["location"]) == (303, "/hall/enter")
    client.cookies.set("hall", "wrong")
    assert client.get("/hall").status_code == 303


def test_the_link_of_a_hall_screen_shows_one_button_and_uses_nothing_up(client: TestClient) -> None:
    page = client.get("/hall/enter/abc-_123")
    assert page.status_code == 200
    assert 'action="/hall/sign-in"' in page.text
    assert 'type="hidden" name="code" value="abc-_123"' in page.text
    assert page.text.count("<button") == 1
    assert "set-cookie" not in page.headers
    assert page.headers["referrer-policy"] == "same-origin", "the form must be able to say where it is from"
    assert 'id="code"' in client.get("/hall/enter").text, "without a link the code is typed"


def test_a_code_from_an_address_stays_text(client: TestClient) -> None:
    page = client.get("/hall/enter/%22%3E%3Cscript%3E").text
    assert "<script>" not in page


def test_a_hall_screen_is_a_whole_page_before_its_script_runs(client: TestClient) -> None:
    client.cookies.set("hall", "good")
    page = client.get("/hall")
    assert page.status_code == 200
    assert "<h1>决定任命方青松为白鹭县交通运输局局长</h1>" in page.text
    assert 'lang="zh-CN"' in page.text
    assert "require-trusted-types-for 'script'" in page.headers["content-security-policy"]
    assert " style=" not in page.text
    assert "<script>" not in page.text
    assert "Appoint" in client.get("/hall?lang=en").text


def test_the_way_in_is_a_picture_of_the_address(client: TestClient) -> None:
    picture = client.get("/join.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert picture.text.startswith("<svg ")


def test_the_public_page_says_everything_without_a_script(client: TestClient) -> None:
    text = client.get("/public").text
    for said in (
        "通过会议议程",
        "正在进行",
        "决定任命方青松为白鹭县交通运输局局长",
        "发出29，收回29，全体组成人员过半数16票",
        "26",
    ):
        assert said in text
    english = client.get("/public?lang=en").text
    assert "29 issued, 29 returned, more than half of all members: 16" in english
    assert 'href="/public?lang=zh"' in english


def test_a_pledge_is_a_page_of_its_own_that_caches_may_keep(client: TestClient) -> None:
    assert 'href="/public/pledge/N1?lang=zh"' in client.get("/public").text
    page = client.get("/public/pledge/N1")
    assert "方青松" in page.text
    assert BAILU.pledge[0][1] in page.text
    assert page.headers["cache-control"] == "public, max-age=1"
    again = client.get("/public/pledge/N1", headers={"if-none-match": page.headers["etag"]})
    assert (again.status_code, again.text) == (304, "")
    assert client.get("/public/pledge/N1?lang=en").headers["etag"] != page.headers["etag"]


def test_who_is_not_carried_has_no_page_and_neither_has_anybody_unknown(client: TestClient) -> None:
    one, other = client.get("/public/pledge/N2"), client.get("/public/pledge/nobody")
    assert (one.status_code, one.text) == (404, other.text)
    assert "etag" not in one.headers


def test_the_public_page_says_when_nothing_is_decided_yet(client: TestClient) -> None:
    early = {**public_view(), "decided": [], "stage": "gathering", "position": 1}
    with answering(lambda: {}, lambda: early) as other:
        text = other.get("/public").text
        assert "还没有宣布结果" in text
        assert "即将开会" in text


def test_the_front_door_leads_to_the_card_and_to_the_public_page(client: TestClient) -> None:
    page = client.get("/")
    assert 'href="/public?lang=zh"' in page.text
    answer = client.post("/?lang=en", data={"code": " k7qm-3ftt "})
    assert (answer.status_code, answer.headers["location"]) == (303, "/j/K7QM3FTT?lang=en")


@pytest.mark.parametrize("typed", ["", "  ", "－－", "/../console", "x" * 3000])
def test_what_is_no_code_leads_nowhere_else(client: TestClient, typed: str) -> None:
    answer = client.post("/", data={"code": typed})
    if answer.status_code == 400:
        assert "请输入卡片上的码" in answer.text
    else:
        assert answer.headers["location"] == "/j/CONSOLE?lang=zh"
