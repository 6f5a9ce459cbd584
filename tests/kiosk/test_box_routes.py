"""The slot of the box: what goes in, what comes out, and what is never looked at."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message

from kiosk.box_routes import Slot
from kiosk.messages import MAX_BYTES
from voting.errors import AlreadyCast, NotCanonical
from voting.signed import b64

LEAF, SIG = bytes(range(32)), bytes(range(64))


@dataclass(frozen=True)
class Receipt:
    leaf: bytes = LEAF
    sig: bytes = SIG


@dataclass
class FakeBox:
    """Takes everything but ``twice`` and ``odd``; breaks on ``bang``."""

    taken: list[bytes] = field(default_factory=list)

    async def cast(self, raw: bytes) -> Receipt:
        if raw == b"twice":
            raise AlreadyCast
        if raw == b"odd":
            raise NotCanonical
        if raw == b"bang":
            raise RuntimeError("a secret record")
        self.taken.append(raw)
        return Receipt()


RECEIPT = {"type": "receipt", "leaf": b64(LEAF), "sig": b64(SIG)}


@pytest.fixture
def box() -> FakeBox:
    return FakeBox()


def app(box: FakeBox, patience: float = 5.0) -> Starlette:
    return Starlette(routes=Slot(box.cast, roll=lambda: 31, patience=patience).routes())


@pytest.fixture
def client(box: FakeBox) -> Iterator[TestClient]:
    with TestClient(app(box)) as client:
        yield client


def test_a_record_gets_its_receipt_and_the_connection_ends(client: TestClient, box: FakeBox) -> None:
    with client.websocket_connect("/box") as socket:
        socket.send_text('{"body":"…"}')
        assert socket.receive_json() == RECEIPT
        assert socket.receive() == {"type": "websocket.close", "code": 1000}
    assert box.taken == ['{"body":"…"}'.encode()]


def test_the_same_by_post(client: TestClient, box: FakeBox) -> None:
    answer = client.post("/box", content=b"record")
    assert (answer.status_code, answer.json()) == (200, RECEIPT)
    assert answer.headers["cache-control"] == "no-store"
    assert box.taken == [b"record"]


def test_a_binary_frame_is_bytes_as_well(client: TestClient, box: FakeBox) -> None:
    with client.websocket_connect("/box") as socket:
        socket.send_bytes(b"record")
        assert socket.receive_json() == RECEIPT
    assert box.taken == [b"record"]


@pytest.mark.parametrize(
    ("record", "code", "status"),
    [
        (b"twice", "already-cast", 409),
        (b"odd", "not-canonical", 400),
        (b"x" * (MAX_BYTES + 1), "too-large", 413),
        ("汉".encode() * (MAX_BYTES // 3 + 1), "too-large", 413),
        (b"bang", "unavailable", 503),
    ],
)
def test_a_refusal_has_a_code_and_a_sentence_and_ends_the_connection(
    client: TestClient, box: FakeBox, record: bytes, code: str, status: int
) -> None:
    with client.websocket_connect("/box") as socket:
        socket.send_text(record.decode())
        error = socket.receive_json()
        assert socket.receive()["type"] == "websocket.close"
    assert (error["type"], error["code"], set(error["say"])) == ("error", code, {"zh", "en"})
    answer = client.post("/box", content=record)
    assert (answer.status_code, answer.json()) == (status, error)
    assert not box.taken


def test_whoever_brings_nothing_is_told_so(box: FakeBox) -> None:
    with TestClient(app(box, patience=0)) as client, client.websocket_connect("/box") as socket:
        assert socket.receive_json()["code"] == "too-slow"
        assert socket.receive()["type"] == "websocket.close"


def test_what_breaks_leaves_the_name_of_its_class_and_no_more(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="kiosk"):
        client.post("/box", content=b"bang")
        client.post("/box", content=b"record")
        client.post("/box", content=b"twice")
    ours = [record for record in caplog.records if record.name.startswith("kiosk")]
    assert [record.getMessage() for record in ours] == ["unexpected: RuntimeError"]
    assert ours[0].exc_info is None


# --- below the web: what the handler is given -----------------------------------------------------------------


class Scope(dict[str, Any]):
    """A scope that tells which of its keys were read."""

    def __init__(self, kind: str) -> None:
        method = {"method": "POST"} if kind == "http" else {}
        super().__init__({"type": kind, "path": "/box", "headers": [], "query_string": b"", **method})
        self.read: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.read.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.read.add(key)
        return super().get(key, default)


@dataclass
class Caller:
    """One connection to the box, without a server."""

    slot: Slot
    kind: str = "websocket"
    sent: list[Message] = field(default_factory=list)
    inbox: asyncio.Queue[Message] = field(default_factory=asyncio.Queue)
    gone: bool = False

    def __post_init__(self) -> None:
        self.scope = Scope(self.kind)
        if self.kind == "websocket":
            self.inbox.put_nowait({"type": "websocket.connect"})

    async def call(self) -> None:
        route = next(
            route for route in self.slot.routes() if isinstance(route, Route) == (self.kind == "http")
        )
        await route.app(self.scope, self.inbox.get, self._send)  # type: ignore[attr-defined]

    async def _send(self, message: Message) -> None:
        if self.gone:
            raise OSError
        self.sent.append(message)

    @property
    def answer(self) -> dict[str, Any]:
        texts = [message["text"] for message in self.sent if message["type"] == "websocket.send"]
        assert len(texts) == 1
        answer: dict[str, Any] = json.loads(texts[0])
        return answer


@asynccontextmanager
async def waiting(slot: Slot, count: int) -> AsyncIterator[list[tuple[Caller, asyncio.Task[None]]]]:
    callers = [Caller(slot) for _ in range(count)]
    tasks = [asyncio.create_task(caller.call()) for caller in callers]
    try:
        yield list(zip(callers, tasks, strict=True))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.parametrize("kind", ["websocket", "http"])
async def test_nothing_is_read_about_who_brings_a_record(kind: str) -> None:
    box = FakeBox()
    caller = Caller(Slot(box.cast, roll=lambda: 31), kind)
    if kind == "http":
        caller.inbox.put_nowait({"type": "http.request", "body": b"rec", "more_body": True})
        caller.inbox.put_nowait({"type": "http.request", "body": b"ord", "more_body": False})
    else:
        caller.inbox.put_nowait({"type": "websocket.receive", "text": "record"})
    await caller.call()
    assert box.taken == [b"record"]
    assert not caller.scope.read


async def test_of_too_many_that_only_wait_the_oldest_goes() -> None:
    box = FakeBox()
    slot = Slot(box.cast, roll=lambda: 10)
    async with waiting(slot, 22) as connections:
        for _, task in connections[:2]:
            await asyncio.wait_for(task, 5)
        assert [task.done() for _, task in connections] == [True] * 2 + [False] * 20
        assert [caller.answer["code"] for caller, _ in connections[:2]] == ["too-slow"] * 2
        caller, task = connections[2]
        caller.inbox.put_nowait({"type": "websocket.receive", "text": "record"})
        await task
        assert caller.answer == RECEIPT


async def test_who_leaves_before_or_after_bringing_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    box = FakeBox()
    slot = Slot(box.cast, roll=lambda: 10)
    early, late, post = Caller(slot), Caller(slot), Caller(slot, "http")
    early.inbox.put_nowait({"type": "websocket.disconnect", "code": 1006})
    await early.call()
    assert [message["type"] for message in early.sent] == ["websocket.accept"]
    late.gone = True
    await late.call()
    post.inbox.put_nowait({"type": "http.disconnect"})
    await post.call()
    assert not post.sent
    assert not box.taken
    assert not caplog.records
