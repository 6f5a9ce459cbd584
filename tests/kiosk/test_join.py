"""Cards and devices: first come binds, and nobody else gets in."""

import base64
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from display.hub import Hub
from kiosk.board_routes import Board
from kiosk.box_routes import Slot
from kiosk.errors import BadJoin, DeviceInUse, KioskError, LinkUsed, TooManyAttempts, UnknownLink
from kiosk.join import Attempts, Door, Joined, cards, devices, make_cards, printed
from kiosk.messages import MAX_BYTES, JoinRequest
from kiosk.routes import kiosk_routes
from kiosk.session import Sessions
from voting.database import Writer, open_engine
from voting.signed import b64, join_text

SITTING = "bailu-1"
BOARD_KEY = bytes(range(32))


@dataclass
class House:
    """A sitting with three members, its door, and a clock that is moved by hand."""

    writer: Writer
    now: float = 1000.0
    bound: list[tuple[int, bytes]] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)

    def door(self, per_card: int = 3, in_all: int = 6) -> Door:
        async def tell(member: int, dev_pk: bytes) -> None:
            self.bound.append((member, dev_pk))

        return Door(
            sitting=SITTING,
            board_key=BOARD_KEY,
            writer=self.writer,
            attempts=Attempts(lambda: self.now, per_card=per_card, in_all=in_all, window=60),
            name=lambda member: f"member {member}",
            bound=tell,
        )


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    engine = open_engine(tmp_path)
    writer = Writer(engine)
    house = House(writer)
    house.codes = await writer.run(lambda conn: make_cards(conn, SITTING, [1, 2, 3]))
    yield house
    writer.stop()
    engine.dispose()


def asks(code: str, key: Ed25519PrivateKey, signed_code: str | None = None) -> JoinRequest:
    dev_pk = key.public_key().public_bytes_raw()
    return JoinRequest(code, dev_pk, key.sign(join_text(SITTING, signed_code or printed(code), dev_pk)))


async def test_first_come_binds_and_the_same_phone_may_ask_again(house: House) -> None:
    door, key = house.door(), Ed25519PrivateKey.generate()
    answer = await door.join(asks(house.codes[2], key))
    assert answer == Joined(SITTING, 2, "member 2", BOARD_KEY)
    assert await door.join(asks(house.codes[2], key)) == answer
    pk = key.public_key().public_bytes_raw()
    assert await house.writer.run(lambda conn: devices(conn, SITTING)) == {2: (pk, "card")}
    assert house.bound == [(2, pk), (2, pk)]


async def test_another_phone_is_refused_and_the_first_stays(house: House) -> None:
    door, first, second = house.door(), Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    await door.join(asks(house.codes[2], first))
    with pytest.raises(LinkUsed):
        await door.join(asks(house.codes[2], second))
    held = await house.writer.run(lambda conn: devices(conn, SITTING))
    assert held[2][0] == first.public_key().public_bytes_raw()


async def test_one_phone_stands_for_one_member(house: House) -> None:
    door, key = house.door(), Ed25519PrivateKey.generate()
    await door.join(asks(house.codes[1], key))
    with pytest.raises(DeviceInUse):
        await door.join(asks(house.codes[2], key))
    assert set(await house.writer.run(lambda conn: devices(conn, SITTING))) == {1}


async def test_a_code_of_no_card_and_one_of_another_sitting_are_unknown(house: House) -> None:
    others = await house.writer.run(lambda conn: make_cards(conn, "other-1", [1]))
    for code in ("A" * 16, others[1], ""):
        with pytest.raises(UnknownLink):
            await house.door().join(asks(code, Ed25519PrivateKey.generate()))
    assert not house.bound


async def test_a_request_that_its_key_did_not_sign_is_refused(house: House) -> None:
    key = Ed25519PrivateKey.generate()
    with pytest.raises(BadJoin):
        await house.door().join(asks(house.codes[1], key, signed_code=house.codes[2]))
    with pytest.raises(BadJoin):
        await house.door().join(JoinRequest(house.codes[1], bytes([1]) + bytes(31), bytes(64)))
    assert not house.bound


async def test_a_card_that_failed_too_often_is_paused_and_the_others_are_not(house: House) -> None:
    door, owner = house.door(per_card=3), Ed25519PrivateKey.generate()
    await door.join(asks(house.codes[1], owner))
    for _ in range(3):
        with pytest.raises(LinkUsed):
            await door.join(asks(house.codes[1], Ed25519PrivateKey.generate()))
    with pytest.raises(TooManyAttempts) as paused:
        await door.join(asks(house.codes[1], owner))
    assert paused.value.data == {"seconds": 60}
    await door.join(asks(house.codes[2], Ed25519PrivateKey.generate()))
    house.now += 60
    await door.join(asks(house.codes[1], owner))


async def test_guessing_is_paused_for_everybody_and_a_good_card_still_gets_in(house: House) -> None:
    door = house.door(in_all=6)
    codes: list[type[KioskError]] = []
    for _ in range(8):
        with pytest.raises(KioskError) as refused:
            await door.join(asks("B" * 16, Ed25519PrivateKey.generate()))
        codes.append(refused.type)
    assert codes == [UnknownLink] * 6 + [TooManyAttempts] * 2
    await door.join(asks(house.codes[3], Ed25519PrivateKey.generate()))
    house.now += 60
    with pytest.raises(UnknownLink):
        await door.join(asks("B" * 16, Ed25519PrivateKey.generate()))


async def test_cards_are_made_once(house: House) -> None:
    again = await house.writer.run(lambda conn: make_cards(conn, SITTING, [2, 3, 4]))
    assert {member: again[member] for member in (1, 2, 3)} == house.codes
    assert await house.writer.run(lambda conn: cards(conn, SITTING)) == again
    assert len(set(again.values())) == 4
    assert all(
        len(code) == 16 and set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for code in again.values()
    )


async def test_a_typed_code_is_read_kindly(house: House) -> None:
    code = house.codes[1].lower()
    typed = " - ".join((code[:4], code[4:8], code[8:12], code[12:]))
    assert (await house.door().join(asks(typed, Ed25519PrivateKey.generate()))).member == 1


@given(st.binary(min_size=10, max_size=10), st.data())
def test_a_code_is_the_same_however_it_is_typed(raw: bytes, data: st.DataObject) -> None:
    code = base64.b32encode(raw).decode()
    wide = {ord(c): ord(c) + 0xFEE0 for c in code}
    typed = code.translate(wide) if data.draw(st.booleans()) else code
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "-", "–", "　"]), min_size=16, max_size=16))
    typed = "".join(c + gap for c, gap in zip(typed, gaps, strict=True))
    assert printed(typed.lower()) == code
    assert printed(code.replace("O", "0").replace("B", "8")) == code


# --- over the web ----------------------------------------------------------------------------------------------


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A server at which member 1's card is ``CARD``."""
    engine = open_engine(tmp_path)
    writer = Writer(engine)
    house = House(writer)
    writer.run_now(lambda conn: make_cards(conn, SITTING, [1], lambda _: base64.b32decode(CARD)))
    unused: Any = None  # these routes are not asked for here
    routes = kiosk_routes(
        door=house.door(),
        sessions=Sessions(sitting=SITTING, desk=unused, box=unused, hub=Hub()),
        slot=Slot(unused, roll=lambda: 1),
        board=Board(unused),
    )
    with TestClient(Starlette(routes=routes)) as client:
        yield client
    writer.stop()
    engine.dispose()


CARD = "ABCDEFGHIJKLMNOP"


def body(request: JoinRequest) -> dict[str, str]:
    return {"code": request.code, "dev_pk": b64(request.dev_pk), "sig": b64(request.sig)}


@pytest.mark.parametrize("path", [f"/j/{CARD}", f"/J/{CARD}", "/j/abcd-efgh-ijkl-mnop"])
def test_the_button_behind_the_link_joins(client: TestClient, path: str) -> None:
    answer = client.post(path, json=body(asks(CARD, Ed25519PrivateKey.generate())))
    assert answer.status_code == 200
    assert answer.json() == {"sitting": SITTING, "member": 1, "name": "member 1", "board_key": b64(BOARD_KEY)}
    assert answer.headers["cache-control"] == "no-store"
    other = client.post(path, json=body(asks(CARD, Ed25519PrivateKey.generate())))
    assert (other.status_code, other.json()["code"]) == (409, "link-used")


def test_each_bad_request_has_its_code(client: TestClient) -> None:
    good = body(asks(CARD, Ed25519PrivateKey.generate()))
    for content, status, code in (
        (b"", 400, "malformed"),
        (json.dumps({**good, "more": 1}).encode(), 400, "malformed"),
        (json.dumps({**good, "code": "B" * 16}).encode(), 400, "malformed"),  # not the card of the path
        (json.dumps({**good, "sig": b64(bytes(64))}).encode(), 400, "bad-join"),
        (b"x" * (MAX_BYTES + 1), 413, "too-large"),
    ):
        answer = client.post(f"/j/{CARD}", content=content)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert set(answer.json()["say"]) == {"zh", "en"}
    unknown = client.post(f"/j/{'B' * 16}", json=body(asks("B" * 16, Ed25519PrivateKey.generate())))
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown-link")
    assert client.post(f"/j/{CARD}", json=good).status_code == 200
