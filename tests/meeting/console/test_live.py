"""The office's sockets: signing in, leading, watching, and what a refused order gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient, WebSocketDenialResponse

from meeting.app import House, compose
from meeting.console.access import Office, make_link
from meeting.office import library
from meeting.settings import Settings
from tests.meeting.order.small_sitting import small_plan
from voting.database import Writer, open_engine

ORIGIN = {"origin": "http://testserver"}


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


def sign_in(client: TestClient, house: House, office: Office, desk: str = "/console") -> None:
    answer = client.post(f"{desk}/sign-in", data={"code": link(house, office)}, follow_redirects=False)
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert f"Path={desk}" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


def until(socket: Any, kind: str) -> dict[str, Any]:
    """The next message of a type; views come between."""
    while (message := socket.receive_json())["type"] != kind:
        pass
    assert isinstance(message, dict)
    return message


def order(socket: Any, name: str, seq: int, number: int = 1, **fields: Any) -> None:
    socket.send_json(
        {"type": "command", "id": number, "expected_seq": seq, "command": {"name": name, **fields}}
    )


def test_a_link_works_once(house: House) -> None:
    code = link(house, Office.CHAIR)
    with TestClient(house.app) as client:
        assert client.post("/console/sign-in", data={"code": code}, follow_redirects=False).status_code == 303
        again = client.post("/console/sign-in", data={"code": code}, follow_redirects=False)
        assert again.status_code == 403
        assert again.json()["code"] == "not-signed-in"
        assert client.post("/console/sign-in", data={"code": ""}).status_code == 403
        assert client.post("/console/sign-in", content=b"x" * 10_000).status_code == 403
        # A screen's code opens no console.
        assert client.post("/console/sign-in", data={"code": link(house, Office.HALL)}).status_code == 403


def test_a_foreign_page_gets_nothing(house: House) -> None:
    with TestClient(house.app) as client:
        sign_in(client, house, Office.CHAIR)
        foreign = {"origin": "http://evil.example"}
        with (
            pytest.raises(WebSocketDenialResponse) as refused,
            client.websocket_connect("/console/live", headers=foreign),
        ):
            pass
        assert refused.value.status_code == 403
        with pytest.raises(WebSocketDenialResponse), client.websocket_connect("/console/live"):
            pass
        code = link(house, Office.CLERK)
        assert client.post("/console/sign-in", data={"code": code}, headers=foreign).status_code == 403


def test_nobody_without_a_session(house: House) -> None:
    with (
        TestClient(house.app) as client,
        pytest.raises(WebSocketDenialResponse),
        client.websocket_connect("/console/live", headers=ORIGIN),
    ):
        pass


def test_the_chair_leads(house: House) -> None:
    with TestClient(house.app) as client:
        sign_in(client, house, Office.CHAIR)
        with client.websocket_connect("/console/live", headers=ORIGIN) as chair:
            view = until(chair, "view")
            assert view["audience"] == "console"
            assert until(chair, "lead")["leading"] is True
            order(chair, "record_arrival", view["expected_seq"], member=1)
            assert until(chair, "done") == {"type": "done", "id": 1, "seq": 2}
            order(chair, "confirm_roll", view["expected_seq"], number=2)
            refused = until(chair, "error")
            assert (refused["code"], refused["id"]) == ("not-quorate", 2)
            assert "4" in refused["say"]["zh"]
            order(chair, "proceed", 999, number=3)
            assert until(chair, "error")["code"] == "out-of-order"
            for member in (2, 3, 4):
                order(chair, "record_arrival", view["expected_seq"], number=4, member=member)
                until(chair, "done")
            order(chair, "confirm_roll", 999, number=5)
            assert until(chair, "error")["code"] == "stale"


def test_one_console_leads_and_takeover_is_explicit(house: House) -> None:
    with TestClient(house.app) as client:
        sign_in(client, house, Office.CHAIR)
        with client.websocket_connect("/console/live", headers=ORIGIN) as first:
            assert until(first, "lead")["leading"] is True
            with client.websocket_connect("/console/live", headers=ORIGIN) as second:
                assert until(second, "lead")["leading"] is False
                order(second, "record_arrival", 1, member=1)
                assert until(second, "error")["code"] == "not-active"
                second.send_json({"type": "take_over"})
                assert until(second, "lead")["leading"] is True
                assert until(first, "lead")["leading"] is False
                order(first, "record_arrival", 1, member=1)
                assert until(first, "error")["code"] == "not-active"
                order(second, "record_arrival", 1, member=1)
                assert until(second, "done")["seq"] == 2


def test_tellers_and_screens_only_watch(house: House) -> None:
    with TestClient(house.app) as client:
        sign_in(client, house, Office.TELLER)
        with client.websocket_connect("/console/live", headers=ORIGIN) as teller:
            assert until(teller, "view")["audience"] == "teller"
            order(teller, "record_arrival", 1, member=1)
            assert until(teller, "error")["code"] == "not-your-office"
            teller.send_json({"type": "take_over"})
            assert until(teller, "error")["code"] == "not-your-office"
            order(teller, "open_poll", 1, number=3, poll="2-item-1-member")
            refused = until(teller, "error")
            assert (refused["code"], refused["id"]) == ("not-your-office", 3)
        sign_in(client, house, Office.HALL, "/hall")
        with client.websocket_connect("/hall/live", headers=ORIGIN) as hall:
            view = until(hall, "view")
            assert view["audience"] == "hall"
            assert "roll" not in view
            hall.send_text("what is this?")


class Desk:
    """A desk that remembers the newest view, whatever it was waiting for when that came."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket
        self.view: dict[str, Any] | None = None

    def hear(self) -> dict[str, Any]:
        message = self.socket.receive_json()
        assert isinstance(message, dict)
        if message["type"] == "view":
            self.view = message
        return message

    def order(self, name: str, **fields: Any) -> str:
        """Give an order on the newest view: `done`, or the code of the refusal."""
        view = self.seen(lambda view: True)
        order(self.socket, name, view["expected_seq"], **fields)
        while (answer := self.hear())["type"] not in {"done", "error"}:
            pass
        return str(answer.get("code", "done"))

    def seen(self, met: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first view that is as it should be."""
        while self.view is None or not met(self.view):
            self.hear()
        return self.view


def test_a_teller_confirms_at_his_own_desk_and_nobody_in_his_place(house: House) -> None:
    """The chair proposes that a vote be void; only a teller's desk makes it so (SCREENS.md N13)."""
    poll = "2-item-1-member"
    with TestClient(house.app) as client:
        sign_in(client, house, Office.CHAIR)
        with client.websocket_connect("/console/live", headers=ORIGIN) as first:
            chair = Desk(first)
            for member in (1, 2, 3, 4):
                assert chair.order("record_arrival", member=member) == "done"
            assert chair.order("confirm_roll") == "done"
            chair.seen(lambda view: view["poll"] is not None)
            assert chair.order("open_poll", poll=poll) == "done"
            chair.seen(lambda view: view["poll"]["stage"] == "open")
            assert chair.order("void_poll", poll=poll, reason="手机拿错") == "done"
            chair.seen(lambda view: bool(view["poll"]["void_proposed"]))
            assert chair.order("countersign_void", poll=poll, teller=2) == "not-your-office"
            sign_in(client, house, Office.TELLER)
            with client.websocket_connect("/console/live", headers=ORIGIN) as second:
                teller = Desk(second)
                view = teller.seen(lambda view: view["duty"] == "void")
                assert view["void_proposed"] == "手机拿错"
                assert [one["number"] for one in view["acting"]] == [2, 3]
                assert teller.order("countersign_void", poll=poll, teller=1) == "not-a-teller"
                assert teller.order("open_poll", poll=poll) == "not-your-office"
                assert teller.order("countersign_void", poll=poll, teller=2) == "done"
                again = teller.seen(lambda view: view["reconciliation"]["round"] == 2)
                assert again["duty"] == ""
            assert chair.seen(lambda view: view["poll"]["round"] == 2)["poll"]["stage"] == "prepared"


def test_garbage_is_answered_and_harms_nobody(house: House) -> None:
    with TestClient(house.app) as client:
        sign_in(client, house, Office.CHAIR)
        with client.websocket_connect("/console/live", headers=ORIGIN) as chair:
            for text in ("{", "[[[[", '{"type":"command"}', "\x00", '{"type":"command","id":1,"id":2}'):
                chair.send_text(text)
                assert until(chair, "error")["code"] == "malformed-command"
            order(chair, "override_precondition", 1, number=7, precondition="exam")
            refused = until(chair, "error")
            assert (refused["code"], refused["id"]) == ("malformed-command", 7), "the reason is missing"
            order(chair, "override_precondition", 1, number=8, precondition="exam", reason="...")
            assert until(chair, "error")["code"] == "out-of-order"
            order(chair, "record_arrival", 1, member=1)
            assert until(chair, "done")["seq"] == 2


def test_the_public_page_is_one_document_with_an_etag(house: House) -> None:
    with TestClient(house.app) as client:
        first = client.get("/public.json")
        assert first.status_code == 200
        assert first.json()["audience"] == "public"
        same = client.get("/public.json", headers={"if-none-match": first.headers["etag"]})
        assert same.status_code == 304
        assert "甲" not in first.text, "no nominee before he is carried"


def test_an_opinion_says_which_office_has_entered_it(house: House) -> None:
    with TestClient(house.app) as client:
        sign_in(client, house, Office.CLERK)
        with client.websocket_connect("/console/live", headers=ORIGIN) as clerk:
            view = until(clerk, "view")
            clerk.send_json({"type": "take_over"})
            for number in range(1, 6):
                order(clerk, "record_arrival", view["expected_seq"], number=number, member=number)
                until(clerk, "done")
            order(clerk, "confirm_roll", view["expected_seq"], number=6)
            until(clerk, "done")
            seq = house.service.state.order_seq
            # Whatever the console says of itself, the record says what it is.
            order(clerk, "record_comment", seq, number=7, member=6, text="书面意见", by="chair")
            until(clerk, "done")
    assert [(one.member, one.recorded_by) for one in house.service.state.comments] == [(6, "clerk")]
