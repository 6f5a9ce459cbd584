"""The member's personal socket: who gets in, what is answered, and that one phone's fault is no other's."""

import asyncio
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse, WebSocketTestSession
from starlette.websockets import WebSocket

from display.hub import Audience, Hub
from kiosk.errors import NotInTheRoom
from kiosk.messages import MAX_BYTES, What
from kiosk.session import CLOSE_ELSEWHERE, CLOSE_REFUSED, Sessions, beat_for_ever, same_origin
from voting.errors import AlreadyIssued, BallotNotOpen
from voting.signed import b64, hello_text, unb64

SITTING = "bailu-1"
OURS = {"origin": "http://testserver"}
SIG = b64(bytes(64))
LEAF = bytes(range(32))


@dataclass(frozen=True)
class Receipt:
    leaf: bytes = LEAF
    sig: bytes = bytes(64)


@dataclass
class FakeDesk:
    """Members 7 and 8 have joined; nobody may sign in while the doors are shut."""

    keys: dict[int, Ed25519PrivateKey] = field(
        default_factory=lambda: {7: Ed25519PrivateKey.generate(), 8: Ed25519PrivateKey.generate()}
    )
    present: set[int] = field(default_factory=set)
    asked: set[int] = field(default_factory=set)
    sent: list[tuple[int, str, str]] = field(default_factory=list)
    shut: bool = False

    def device_key(self, member: int) -> bytes | None:
        key = self.keys.get(member)
        return None if key is None else key.public_key().public_bytes_raw()

    def me(self, member: int) -> Mapping[str, object]:
        return {
            "member": member,
            "name": f"member {member}",
            "checked_in": member in self.present,
            "floor": "asked" if member in self.asked else "",
            "sent": [text for who, what, text in self.sent if (who, what) == (member, "question")],
        }

    def audience(self, member: int) -> str:
        return "attendee:deputy" if member == 8 else Audience.MEMBER

    async def check_in(self, member: int) -> None:
        if self.shut:
            raise NotInTheRoom
        self.present.add(member)

    async def ask_to_speak(self, member: int, wanted: bool) -> None:
        if self.shut:
            raise NotInTheRoom
        (self.asked.add if wanted else self.asked.discard)(member)

    def pledges(self, member: int, ballot: str) -> list[dict[str, object]]:
        if self.shut:
            raise NotInTheRoom
        return [{"name": "N", "text": [[ballot, str(member)]]}]

    async def send(self, member: int, what: What, text: str, item: int | None = None) -> None:
        if self.shut:
            raise NotInTheRoom
        self.sent.append((member, what, text))


@dataclass
class FakeVoters:
    """Issues one ballot a member, takes open votes for ``b-1``, breaks on ``bang``."""

    issued: dict[int, bytes] = field(default_factory=dict)
    confirmed: set[int] = field(default_factory=set)

    async def issue(self, member: int, ballot: str, blinded: bytes, sig: bytes) -> bytes:
        if ballot == "bang":
            raise RuntimeError("member 7 collected a ballot")
        if self.issued.setdefault(member, blinded) != blinded:
            raise AlreadyIssued
        return blinded[::-1]

    async def open_vote(self, member: int, ballot: str, body: bytes, sig: bytes) -> Receipt:
        if ballot != "b-1":
            raise BallotNotOpen
        return Receipt()

    async def confirm(self, member: int, ballot: str, sig: bytes) -> None:
        self.confirmed.add(member)


@dataclass
class House:
    desk: FakeDesk = field(default_factory=FakeDesk)
    voters: FakeVoters = field(default_factory=FakeVoters)
    hub: Hub = field(default_factory=Hub)
    patience: float = 5.0
    now: float = 0.0
    serving: int = 0
    held: int = 0
    ended: asyncio.Condition = field(default_factory=asyncio.Condition)

    def __post_init__(self) -> None:
        self.sessions = Sessions(
            sitting=SITTING,
            desk=self.desk,
            box=self.voters,
            hub=self.hub,
            origins=["https://vote.example"],
            patience=self.patience,
            clock=lambda: self.now,
        )

    def app(self) -> Starlette:
        return Starlette(routes=[WebSocketRoute("/m", self.serve)])

    async def serve(self, websocket: WebSocket) -> None:
        self.serving += 1
        try:
            await self.sessions.serve(websocket)
        finally:
            self.serving -= 1
            async with self.ended:
                self.ended.notify_all()

    async def settle(self) -> None:
        """Let the handlers of sockets that were closed come to their end, which TestClient would cut off."""
        async with self.ended:
            await self.ended.wait_for(lambda: self.serving <= self.held)

    def hello(self, nonce: Mapping[str, Any], member: int) -> dict[str, object]:
        sig = self.desk.keys[member].sign(hello_text(nonce["sitting"], member, unb64(nonce["nonce"])))
        return {"type": "hello", "member": member, "sig": b64(sig)}


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    with TestClient(house.app()) as client:
        yield client


@contextmanager
def phone(client: TestClient, house: House, member: int = 7) -> Iterator[WebSocketTestSession]:
    with client.websocket_connect("/m", headers=OURS) as socket:
        socket.send_json(house.hello(socket.receive_json(), member))
        assert socket.receive_json() == {"type": "me", **house.desk.me(member)}
        house.held += 1
        yield socket
        house.held -= 1
        socket.close()
        assert client.portal is not None
        client.portal.call(house.settle)


def ask(socket: WebSocketTestSession, message: Mapping[str, object]) -> Any:
    socket.send_json(message)
    return socket.receive_json()


def issue(ballot: str = "b-1", blinded: bytes = bytes(256)) -> dict[str, object]:
    return {"type": "issue", "ballot": ballot, "blinded": b64(blinded), "sig": SIG}


def test_who_answers_the_nonce_gets_his_own_and_then_the_view(client: TestClient, house: House) -> None:
    house.hub.show(Audience.MEMBER, {"type": "view", "seq": 3})
    with phone(client, house) as socket:
        assert socket.receive_json() == {"type": "view", "seq": 3}
        assert house.sessions.connected == {7}
    assert house.sessions.connected == frozenset()


def test_every_message_has_its_answer(client: TestClient, house: House) -> None:
    with phone(client, house) as socket:
        assert ask(socket, {"type": "check_in"}) == {"type": "me", **house.desk.me(7)}
        assert house.desk.present == {7}
        blinded = bytes(range(256))
        issued = {"type": "issued", "ballot": "b-1", "blind_sig": b64(blinded[::-1])}
        assert ask(socket, issue(blinded=blinded)) == issued
        assert ask(socket, issue(blinded=blinded)) == issued
        vote = {"type": "open_vote", "ballot": "b-1", "body": "{}", "sig": SIG}
        receipt = {"type": "receipt", "ballot": "b-1", "leaf": b64(LEAF), "sig": SIG}
        assert ask(socket, vote) == receipt
        assert ask(socket, {"type": "check", "ballot": "b-1", "sig": SIG}) == {
            "type": "checked",
            "ballot": "b-1",
        }
        assert house.voters.confirmed == {7}


def test_what_is_said_to_the_chair_is_answered_once_the_page_knows_what_has_become_of_it(
    client: TestClient, house: House
) -> None:
    with phone(client, house) as socket:
        steps: list[tuple[dict[str, object], str, list[str]]] = [
            ({"type": "ask_to_speak"}, "asked", []),
            ({"type": "withdraw_request"}, "", []),
            ({"type": "question", "text": " 何时建成？ "}, "", ["何时建成？"]),
            ({"type": "comment", "text": "列入预算。"}, "", ["何时建成？"]),
        ]
        for message, floor, sent in steps:
            me = ask(socket, message)
            assert (me["type"], me["floor"], me["sent"]) == ("me", floor, sent)
            assert socket.receive_json() == {"type": "sent", "what": message["type"]}
    assert house.desk.sent == [(7, "question", "何时建成？"), (7, "comment", "列入预算。")]


def test_what_nominees_have_pledged_comes_to_whoever_asks_and_to_nobody_else(
    client: TestClient, house: House
) -> None:
    with phone(client, house) as socket, phone(client, house, 8) as other:
        answer = ask(socket, {"type": "pledges", "ballot": "10-n1-1-member"})
        assert answer == {
            "type": "pledges",
            "ballot": "10-n1-1-member",
            "texts": [{"name": "N", "text": [["10-n1-1-member", "7"]]}],
        }
        assert ask(other, {"type": "check_in"})["type"] == "me", "nothing came before it"


def test_who_says_it_in_a_loop_is_told_to_wait_and_may_vote_meanwhile(
    client: TestClient, house: House
) -> None:
    with phone(client, house, 8) as other, phone(client, house) as socket:
        for _ in range(20):
            assert ask(socket, {"type": "ask_to_speak"})["type"] == "me"
            assert socket.receive_json()["type"] == "sent"
        for message in ({"type": "withdraw_request"}, {"type": "question", "text": "?"}):
            refused = ask(socket, message)
            assert (refused["code"], refused["re"]) == ("too-many-attempts", message["type"])
            assert "60" in refused["say"]["zh"]
        assert ask(socket, issue())["type"] == "issued"
        assert ask(other, {"type": "ask_to_speak"})["type"] == "me"
        house.now = 60.0
        assert ask(socket, {"type": "withdraw_request"})["type"] == "me"
    assert house.desk.asked == {8}


def test_everybody_is_shown_what_his_audience_is_shown(client: TestClient, house: House) -> None:
    house.hub.show(Audience.MEMBER, {"type": "view", "seq": 3, "poll": None})
    house.hub.show("attendee:deputy", {"type": "view", "seq": 3, "poll": {"ballot": "6-item-1-deputy"}})
    with phone(client, house) as member, phone(client, house, 8) as deputy:
        assert member.receive_json()["poll"] is None
        assert deputy.receive_json()["poll"] == {"ballot": "6-item-1-deputy"}


def test_what_is_refused_has_a_code_and_a_sentence_and_the_socket_stays(
    client: TestClient, house: House
) -> None:
    house.desk.shut = True
    refused: list[tuple[dict[str, object], str, str | None]] = [
        ({"type": "check_in"}, "not-in-the-room", "check_in"),
        ({"type": "ask_to_speak"}, "not-in-the-room", "ask_to_speak"),
        ({"type": "withdraw_request"}, "not-in-the-room", "withdraw_request"),
        ({"type": "question", "text": "?"}, "not-in-the-room", "question"),
        ({"type": "comment", "text": "!"}, "not-in-the-room", "comment"),
        ({"type": "pledges", "ballot": "10-n1-1-member"}, "not-in-the-room", "pledges"),
        ({"type": "open_vote", "ballot": "b-2", "body": "{}", "sig": SIG}, "ballot-not-open", "open_vote"),
        (issue("bang"), "unavailable", "issue"),
        ({"type": "issue", "ballot": "b-1"}, "malformed", None),
        ({"type": "cast", "body": "{}"}, "unknown-message", None),
        ({"type": "hello", "member": 7, "sig": SIG}, "unknown-message", None),
        ({"type": "check_in", "x": "y" * MAX_BYTES}, "too-large", None),
    ]
    with phone(client, house, 8) as other, phone(client, house, 7) as socket:
        for message, code, asked in refused:
            error = ask(socket, message)
            assert (error["type"], error["code"], error.get("re")) == ("error", code, asked)
            assert set(error["say"]) == {"zh", "en"}
        assert ask(other, issue())["type"] == "issued"
        assert ask(socket, issue())["type"] == "issued"
        assert ask(socket, issue(blinded=bytes([1]) * 256))["code"] == "already-issued"
    assert not house.desk.present


def test_what_breaks_is_logged_without_member_and_traceback(
    client: TestClient, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), phone(client, house) as socket:
        ask(socket, issue("bang"))
        ask(socket, issue("b-1"))
    ours = [record for record in caplog.records if record.name.startswith("kiosk")]
    assert [(record.getMessage(), record.exc_info) for record in ours] == [("unexpected: RuntimeError", None)]


@pytest.mark.parametrize(
    "answer",
    [
        lambda house, nonce: house.hello(nonce, 7) | {"member": 8},
        lambda house, nonce: house.hello(nonce, 7) | {"member": 9},
        lambda house, nonce: house.hello(nonce, 7) | {"sig": SIG},
        lambda house, nonce: house.hello(nonce | {"nonce": b64(bytes(32))}, 7),
        lambda house, nonce: house.hello(nonce | {"sitting": "other-1"}, 7),
    ],
)
def test_whoever_is_not_the_member_s_device_is_turned_away(
    client: TestClient, house: House, answer: Any
) -> None:
    with client.websocket_connect("/m", headers=OURS) as socket:
        error = ask(socket, answer(house, socket.receive_json()))
        assert (error["code"], error["re"]) == ("bad-hello", "hello")
        assert socket.receive()["code"] == CLOSE_REFUSED
    assert not house.sessions.connected


@pytest.mark.parametrize(("first", "code"), [("{}", "malformed"), ('{"type":"check_in"}', "unknown-message")])
def test_the_first_message_is_hello(client: TestClient, first: str, code: str) -> None:
    with client.websocket_connect("/m", headers=OURS) as socket:
        socket.receive_json()
        socket.send_text(first)
        assert socket.receive_json()["code"] == code
        assert socket.receive()["code"] == CLOSE_REFUSED


def test_a_nonce_is_never_given_twice(client: TestClient, house: House) -> None:
    nonces = set()
    for _ in range(3):
        with client.websocket_connect("/m", headers=OURS) as socket:
            nonces.add(socket.receive_json()["nonce"])
    assert len(nonces) == 3


def test_whoever_says_nothing_is_told_that_it_took_too_long() -> None:
    with (
        TestClient(House(patience=0).app()) as client,
        client.websocket_connect("/m", headers=OURS) as socket,
    ):
        assert socket.receive_json()["type"] == "nonce"
        assert socket.receive_json()["code"] == "too-slow"
        assert socket.receive()["code"] == CLOSE_REFUSED


@pytest.mark.parametrize("headers", [{}, {"origin": "https://evil.example"}, {"origin": "null"}])
def test_a_page_that_is_not_ours_gets_no_socket(client: TestClient, headers: dict[str, str]) -> None:
    with pytest.raises(WebSocketDenialResponse) as denied, client.websocket_connect("/m", headers=headers):
        pass
    assert denied.value.status_code == 400
    assert denied.value.json()["code"] == "wrong-origin"


def test_an_origin_is_ours_by_its_host_or_by_name() -> None:
    assert same_origin("http://10.0.0.2:8000", "10.0.0.2:8000", [])
    assert same_origin("https://vote.example", "inner:8000", ["https://vote.example"])
    assert not same_origin("http://10.0.0.2:8001", "10.0.0.2:8000", [])
    assert not same_origin("https://vote.example.evil", "vote.example", ["https://vote.example"])
    assert not same_origin(None, None, [])


def test_the_same_phone_s_newer_page_replaces_the_older(client: TestClient, house: House) -> None:
    with phone(client, house) as older, phone(client, house) as newer:
        assert older.receive_json()["code"] == "opened-elsewhere"
        assert older.receive()["code"] == CLOSE_ELSEWHERE
        assert ask(newer, {"type": "check_in"})["type"] == "me"
        assert house.sessions.connected == {7}
        assert house.hub.count(Audience.MEMBER) == 1
    assert house.sessions.connected == frozenset()


def test_those_who_are_here_can_be_told_their_own_again(client: TestClient, house: House) -> None:
    with phone(client, house) as socket:
        house.desk.present.add(7)
        assert client.portal is not None
        client.portal.call(house.sessions.refresh, [7, 8, 9])
        assert socket.receive_json()["checked_in"] is True


async def test_the_house_beats_after_every_pause() -> None:
    class CountingHub(Hub):
        beats = 0

        def beat(self) -> None:
            self.beats += 1

    hub, pauses = CountingHub(), iter([None, None, None])

    async def pause() -> None:
        if next(pauses, "over") == "over":
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await beat_for_ever(hub, pause)
    assert hub.beats == 3
