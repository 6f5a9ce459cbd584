"""A board is believed entry by entry, and a forged one not at all."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.board_follower import BoardFollower, BrokenBoard, VerifiedBoard
from voting.board import FORMAT, EffectiveRoll, Entry, Line, make, roll_body
from voting.signed import b64, root

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PK = KEY.public_key().public_bytes_raw()
ROLL = EffectiveRoll(
    3,
    frozenset({1, 2}),
    frozenset(),
    {1: Line(1, "member 1", bytes([1]) * 32, "card"), 2: Line(2, "member 2", None, None)},
)
LATER = EffectiveRoll(
    3, frozenset({1, 2}), frozenset({1}), {**ROLL.lines, 2: Line(2, "member 2", bytes([2]) * 32, "card")}
)
CASTS = [bytes([3]) * 32, bytes([4]) * 32]
UNUSED = [bytes([5]) * 32]


@dataclass
class Written:
    """A board that is written as a test needs it."""

    entries: list[Entry] = field(default_factory=list)

    def say(self, body: dict[str, Any], key: Ed25519PrivateKey = KEY) -> Entry:
        self.entries.append(make(self.entries[-1] if self.entries else None, body, key))
        return self.entries[-1]

    def lines(self) -> list[str]:
        return [entry.line() for entry in self.entries]


def ballot(roll: Entry, ballot: str = "b-1", n: str | None = "AAAA") -> dict[str, Any]:
    rules = {"changes": False, "names": False, "withhold": False}
    return {
        "kind": "ballot",
        "ballot": ballot,
        "replaces": None,
        "visibility": "secret",
        "paper": b64(bytes(32)),
        "size": 256,
        "n": n,
        "roll": b64(roll.hash),
        "rules": rules,
    }


@pytest.fixture
def board() -> Written:
    board = Written()
    board.say({"kind": "start", "format": FORMAT, "sitting": "bailu-1", "key": b64(PK)})
    first = board.say(roll_body(ROLL))
    board.say(ballot(first))
    later = board.say(roll_body(LATER, ballot="b-1", since=(1, ROLL)))
    board.say({"kind": "opened", "ballot": "b-1", "roll": b64(later.hash)})
    board.say({"kind": "result", "ballot": "b-1", "cast_root": b64(root(CASTS))})
    board.say({"kind": "unused", "ballot": "b-1", "unused_root": b64(root(UNUSED))})
    board.say({"kind": "checked", "ballot": "b-1", "members": []})
    board.say({"kind": "end"})
    return board


def read(lines: list[str], key: bytes | None = PK) -> VerifiedBoard:
    verified = VerifiedBoard(key)
    for line in lines:
        verified.add(line)
    return verified


def test_it_says_what_the_entries_say(board: Written) -> None:
    prepared = read(board.lines()[:3]).ballots["b-1"]
    assert board.entries[2].hash == prepared.B
    assert (prepared.device_of(1), prepared.device_of(2), prepared.device_of(3)) == (
        bytes([1]) * 32,
        None,
        None,
    )
    amended = read(board.lines()[:4]).ballots["b-1"]
    assert (amended.device_of(1), amended.device_of(2)) == (None, bytes([2]) * 32)
    whole = read(board.lines(), key=None)
    assert (whole.sitting, whole.key, whole.ended, len(whole)) == ("bailu-1", PK, True, 9)
    over = whole.ballots["b-1"]
    assert (over.opened, over.ended, over.checked, over.void) == (True, True, True, False)


def altered(line: str, **fields: Any) -> str:
    return json.dumps({**json.loads(line), **fields}, separators=(",", ":"))


@pytest.mark.parametrize("at", range(9))
@pytest.mark.parametrize(
    "fields",
    [
        {"seq": 9},
        {"seq": True},
        {"text": '{"kind":"end","more":1}'},
        {"prev": b64(bytes([1]) * 32)},
        {"hash": b64(bytes(32))},
        {"sig": b64(bytes(64))},
        {"sig": "AA=="},
        {"extra": 1},
    ],
)
def test_no_entry_may_be_touched(board: Written, at: int, fields: dict[str, Any]) -> None:
    lines = board.lines()
    verified = read(lines[:at])
    with pytest.raises(BrokenBoard):
        verified.add(altered(lines[at], **fields))
    assert len(verified) == at


def test_no_entry_may_be_left_out_or_come_twice(board: Written) -> None:
    lines = board.lines()
    for at in range(1, 9):
        with pytest.raises(BrokenBoard):
            read(lines[: at - 1]).add(lines[at])
        with pytest.raises(BrokenBoard):
            read(lines[:at]).add(lines[at - 1])


def test_another_key_than_the_card_s_is_refused(board: Written) -> None:
    with pytest.raises(BrokenBoard):
        read(board.lines(), key=bytes(range(32)))
    forged = Written()
    forged.say(
        {"kind": "start", "format": FORMAT, "sitting": "bailu-1", "key": b64(PK)},
        Ed25519PrivateKey.generate(),
    )
    with pytest.raises(BrokenBoard):
        read(forged.lines())


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "start", "format": "other/1", "sitting": "bailu-1", "key": b64(PK)},
        {"kind": "start", "format": FORMAT, "sitting": "bailu-1", "key": b64(bytes(32))},
        {"kind": "end"},
    ],
)
def test_the_first_entry_is_a_start_of_ours(body: dict[str, Any]) -> None:
    forged = Written()
    forged.say(body)
    with pytest.raises(BrokenBoard):
        read(forged.lines(), key=None)


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "opened", "ballot": "b-1", "roll": b64(bytes(32))},
        {"kind": "opened", "ballot": "b-9", "roll": b64(bytes(32))},
        {"kind": "result", "ballot": "b-1", "cast_root": 7},
        {"kind": "roll"},
        {"kind": 7},
        {},
        {"kind": "unused", "ballot": "b-1"},
    ],
)
def test_an_entry_that_makes_no_sense_is_refused_even_when_it_is_signed(
    board: Written, body: dict[str, Any]
) -> None:
    short = Written(board.entries[:3])
    short.say(body)
    with pytest.raises(BrokenBoard):
        read(short.lines())


def test_a_ballot_a_modulus_and_a_result_stand_once(board: Written) -> None:
    for body in (
        ballot(board.entries[1]),
        ballot(board.entries[1], "b-2"),
        {"kind": "result", "ballot": "b-1", "cast_root": b64(bytes(32))},
        {"kind": "void", "ballot": "b-1"},
    ):
        long = Written(board.entries[:6])
        long.say(body)
        with pytest.raises(BrokenBoard):
            read(long.lines())


@dataclass
class FakeServer:
    """Hands out a board, and counts how often it is asked."""

    board: Written
    shown: int = 0
    lists: tuple[list[bytes], list[bytes] | None] = (CASTS, None)
    asked: int = 0
    fails: int = 0

    async def board_lines(self, since: int) -> str:
        self.asked += 1
        await asyncio.sleep(0)
        if self.fails:
            self.fails -= 1
            raise ConnectionResetError
        return "".join(line + "\n" for line in self.board.lines()[since : self.shown])

    async def leaves(self, ballot: str) -> tuple[list[bytes], list[bytes] | None]:
        self.asked += 1
        return self.lists


@dataclass
class Source:
    server: FakeServer

    def board(self, since: int) -> Any:
        return self.server.board_lines(since)

    def leaves(self, ballot: str) -> Any:
        return self.server.leaves(ballot)


async def test_many_who_wait_share_one_request(board: Written) -> None:
    server = FakeServer(board, shown=3)
    follower = BoardFollower(Source(server), PK)
    await asyncio.gather(*(follower.refresh() for _ in range(50)))
    # The first request had begun before the others asked, and may have been too early for them.
    assert (len(follower.board), server.asked) == (3, 2)
    server.shown = 6
    await asyncio.gather(*(follower.reach(6) for _ in range(50)))
    assert len(follower.board) == 6
    assert server.asked <= 4


async def test_a_request_that_fails_is_nobody_else_s_answer(board: Written) -> None:
    server = FakeServer(board, shown=3, fails=1)
    follower = BoardFollower(Source(server), PK)
    outcomes = await asyncio.gather(*(follower.refresh() for _ in range(5)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [ConnectionResetError] + [type(None)] * 4
    assert (len(follower.board), server.asked) == (3, 2)


async def test_an_entry_that_was_announced_and_is_not_there_is_asked_for_again(board: Written) -> None:
    follower = BoardFollower(Source(FakeServer(board, shown=2)), PK)
    with pytest.raises(EOFError):
        await follower.reach(3)


async def test_the_lists_are_those_of_the_roots(board: Written) -> None:
    server = FakeServer(board, shown=6)
    follower = BoardFollower(Source(server), PK)
    await follower.refresh()
    for casts in (CASTS[:1], [*CASTS, bytes(32)]):
        server.lists = (casts, None)
        with pytest.raises(BrokenBoard):
            await follower.lists("b-1")
    server.lists = (CASTS, None)
    assert (await follower.lists("b-1")).casts == frozenset(CASTS)
    server.shown = 9
    await follower.refresh()
    server.lists = (CASTS, [bytes(32)])
    with pytest.raises(BrokenBoard):
        await follower.lists("b-1")
    server.lists = (CASTS, None)
    with pytest.raises(EOFError):
        await follower.lists("b-1")
    server.lists = (CASTS, UNUSED)
    lists = await follower.lists("b-1")
    asked = server.asked
    assert await follower.lists("b-1") == lists
    assert server.asked == asked
