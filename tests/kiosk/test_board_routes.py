"""The public board: the same bytes for everybody, lists only after the result."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kiosk.board_routes import Board
from voting.board import Entry, make
from voting.signed import b64

KEY = Ed25519PrivateKey.generate()
LEAVES = (bytes(32), bytes([1]) * 32)
BACK = (bytes([9]) * 32,)


@dataclass(frozen=True)
class Lists:
    casts: Sequence[bytes]
    unused: Sequence[bytes] | None


@dataclass
class FakeBox:
    """A publisher that counts how often its lists are read."""

    entries: list[Entry] = field(default_factory=list)
    lists: dict[str, Lists] = field(default_factory=dict)
    reads: int = 0

    def say(self, **body: Any) -> None:
        self.entries.append(make(self.entries[-1] if self.entries else None, body, KEY))

    def board(self, since: int = 0) -> Sequence[Entry]:
        return self.entries[since:]

    def leaves(self, ballot: str) -> Lists | None:
        self.reads += 1
        return self.lists.get(ballot)


@pytest.fixture
def box() -> FakeBox:
    box = FakeBox()
    box.say(kind="start", sitting="bailu-1")
    box.say(kind="ballot", ballot="b-1")
    box.say(kind="ballot", ballot="b-2")
    return box


@pytest.fixture
def client(box: FakeBox) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=Board(box).routes())) as client:
        yield client


def test_the_board_is_lines_from_any_entry_on(client: TestClient, box: FakeBox) -> None:
    whole = client.get("/board")
    assert whole.headers["content-type"] == "application/x-ndjson"
    assert whole.text.splitlines() == [entry.line() for entry in box.entries]
    box.say(kind="end")
    assert client.get("/board?from=2").text.splitlines() == [entry.line() for entry in box.entries[2:]]
    assert client.get("/board?from=4").text == ""
    assert client.get("/board?from=999999999").text == ""


@pytest.mark.parametrize("since", ["-1", "01", "x", "1.0", "%2B1", "9999999999", "", "１"])
def test_what_is_no_number_is_malformed(client: TestClient, since: str) -> None:
    answer = client.get(f"/board?from={since}")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_there_is_no_list_before_the_result(client: TestClient, box: FakeBox) -> None:
    box.lists["b-1"] = Lists(LEAVES, None)
    for ballot in ("b-1", "b-9", "B"):
        answer = client.get(f"/board/{ballot}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not-published-yet")
        assert set(answer.json()["say"]) == {"zh", "en"}
    assert not box.reads


def test_the_list_of_casts_then_that_of_unused(client: TestClient, box: FakeBox) -> None:
    box.lists["b-1"] = Lists(LEAVES, None)
    box.say(kind="result", ballot="b-1", cast_root="…")
    first = client.get("/board/b-1")
    assert first.json() == {"ballot": "b-1", "casts": [b64(leaf) for leaf in LEAVES], "unused": None}
    assert first.headers["cache-control"] == "no-cache"
    known = {"if-none-match": first.headers["etag"]}
    assert client.get("/board/b-1", headers=known).status_code == 304

    box.lists["b-1"] = Lists(LEAVES, BACK)
    box.say(kind="unused", ballot="b-1")
    second = client.get("/board/b-1", headers=known)
    assert second.status_code == 200
    assert second.json()["unused"] == [b64(leaf) for leaf in BACK]
    assert "immutable" in second.headers["cache-control"]
    assert json.loads(client.get("/board/b-1").content) == second.json()
    assert box.reads == 2


def test_an_open_vote_and_a_void_ballot_have_no_list(client: TestClient, box: FakeBox) -> None:
    box.say(kind="result", ballot="b-1", open_root="…")
    box.say(kind="void", ballot="b-2", cast_root="…")
    assert client.get("/board/b-1").status_code == 404
    assert client.get("/board/b-2").status_code == 404
