"""The hub against connections that are slow, stuck or broken, without a socket in sight."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from display.frames import Frame
from display.hub import MOST_WAITING, PATIENCE_S, Audience, Hub


@dataclass(eq=False)
class FakeConnection:
    """Keeps what it took; takes `room` frames (None: any number) and then refuses until resumed."""

    room: int | None = None
    fault: Exception | None = None
    taken: list[dict[str, Any]] = field(default_factory=list)
    aborts: int = 0
    resumed: Callable[[], None] | None = None

    def take(self, frame: Frame) -> bool:
        if self.fault is not None:
            raise self.fault
        if self.room == 0:
            return False
        if self.room is not None:
            self.room -= 1
        self.taken.append(json.loads(frame.text))
        return True

    def abort(self) -> None:
        self.aborts += 1
        if self.fault is not None:
            raise self.fault

    def cut(self) -> int:
        """How often it was aborted."""
        return self.aborts

    def resume(self, room: int | None = None) -> None:
        self.room = room
        assert self.resumed is not None
        self.resumed()

    @property
    def seqs(self) -> list[int]:
        return [message["seq"] for message in self.taken if message["type"] == "view"]

    @property
    def numbers(self) -> list[int]:
        return [message["n"] for message in self.taken if message["type"] == "note"]


@dataclass
class FakeClock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def view(seq: int, **more: object) -> dict[str, object]:
    return {"type": "view", "seq": seq, **more}


def note(n: int) -> dict[str, object]:
    return {"type": "note", "n": n}


async def test_everybody_in_the_audience_gets_the_view_and_nobody_else() -> None:
    hub, hall, other, phone = Hub(), FakeConnection(), FakeConnection(), FakeConnection()
    async with (
        hub.join(Audience.HALL, hall),
        hub.join(Audience.HALL, other),
        hub.join(Audience.MEMBER, phone),
    ):
        hub.show(Audience.HALL, view(1))
        assert (hall.seqs, other.seqs, phone.seqs) == ([1], [1], [])


async def test_one_frame_is_built_for_all() -> None:
    frames: list[Frame] = []

    class Collecting(FakeConnection):
        def take(self, frame: Frame) -> bool:
            frames.append(frame)
            return True

    hub = Hub()
    async with hub.join(Audience.HALL, Collecting()), hub.join(Audience.HALL, Collecting()):
        hub.show(Audience.HALL, view(1))
    assert len(frames) == 2
    assert frames[0] is frames[1]


async def test_a_newcomer_is_greeted_and_gets_the_latest_view_at_once() -> None:
    hub, late = Hub(), FakeConnection()
    hub.show(Audience.MEMBER, view(1))
    hub.show(Audience.MEMBER, view(2))
    async with hub.join(Audience.MEMBER, late, greeting={"type": "me", "member": 7}):
        assert [message["type"] for message in late.taken] == ["me", "view"]
        assert late.seqs == [2]


async def test_a_newcomer_before_the_first_view_waits_for_it() -> None:
    hub, early = Hub(), FakeConnection()
    async with hub.join(Audience.HALL, early):
        assert early.taken == []
        hub.show(Audience.HALL, view(1))
        assert early.seqs == [1]


async def test_an_older_view_never_replaces_a_newer() -> None:
    hub, screen, late = Hub(), FakeConnection(), FakeConnection()
    async with hub.join(Audience.HALL, screen):
        hub.show(Audience.HALL, view(5))
        hub.show(Audience.HALL, view(4))
        hub.show(Audience.HALL, view(5, returned=12))  # turnout does not move seq
        assert screen.seqs == [5, 5]
        async with hub.join(Audience.HALL, late):
            assert late.taken == [view(5, returned=12)]


async def test_each_audience_has_its_own_seq() -> None:
    hub, phone = Hub(), FakeConnection()
    hub.show(Audience.HALL, view(9))
    async with hub.join(Audience.MEMBER, phone):
        hub.show(Audience.MEMBER, view(3))
        assert phone.seqs == [3]


async def test_a_slow_connection_keeps_only_the_newest_view() -> None:
    hub, slow, swift = Hub(), FakeConnection(room=1), FakeConnection()
    async with hub.join(Audience.HALL, slow), hub.join(Audience.HALL, swift):
        for seq in range(1, 6):
            hub.show(Audience.HALL, view(seq))
        assert (slow.seqs, swift.seqs) == ([1], [1, 2, 3, 4, 5])
        assert hub.behind(Audience.HALL) == 1
        slow.resume()
        assert slow.seqs == [1, 5]
        assert hub.behind(Audience.HALL) == 0
        hub.show(Audience.HALL, view(6))
        assert slow.seqs == [1, 5, 6]


async def test_a_slow_connection_loses_no_personal_message_and_keeps_their_order() -> None:
    hub, slow = Hub(), FakeConnection(room=0)
    async with hub.join(Audience.MEMBER, slow) as seat:
        seat.tell(note(1))
        hub.show(Audience.MEMBER, view(1))
        seat.tell(note(2))
        hub.tell(Audience.MEMBER, {"type": "board", "entries": 4})
        hub.show(Audience.MEMBER, view(2))
        seat.tell(note(3))
        hub.tell(Audience.MEMBER, {"type": "board", "entries": 5})
        slow.resume(room=1)
        assert slow.taken == [note(1)]
        slow.resume()
        assert slow.taken == [note(1), note(2), view(2), note(3), {"type": "board", "entries": 5}]


async def test_a_passing_message_is_not_kept_for_newcomers() -> None:
    hub, here, late = Hub(), FakeConnection(), FakeConnection()
    async with hub.join(Audience.MEMBER, here):
        hub.tell(Audience.MEMBER, {"type": "board", "entries": 4})
        async with hub.join(Audience.MEMBER, late):
            assert here.taken == [{"type": "board", "entries": 4}]
            assert late.taken == []


async def test_who_is_stuck_for_more_than_ten_seconds_is_cut() -> None:
    clock = FakeClock()
    hub, stuck, well = Hub(clock), FakeConnection(room=0), FakeConnection()
    async with hub.join(Audience.HALL, stuck), hub.join(Audience.HALL, well):
        hub.show(Audience.HALL, view(1))
        clock.now += PATIENCE_S
        hub.show(Audience.HALL, view(2))
        assert not stuck.cut()
        clock.now += 0.1
        hub.show(Audience.HALL, view(3))
        assert stuck.cut() == 1
        hub.show(Audience.HALL, view(4))  # its handler has not noticed yet
        stuck.resume()
        assert (stuck.taken, stuck.cut()) == ([], 1)
        assert well.seqs == [1, 2, 3, 4]


async def test_the_beat_finds_who_is_stuck_while_nothing_is_shown() -> None:
    clock = FakeClock()
    hub, stuck, well = Hub(clock), FakeConnection(room=0), FakeConnection()
    async with hub.join(Audience.HALL, stuck), hub.join(Audience.CONSOLE, well):
        hub.beat()
        clock.now += PATIENCE_S + 1
        hub.beat()
        assert stuck.cut() == 1
        assert well.taken == [{"type": "beat"}, {"type": "beat"}]


async def test_who_takes_something_now_and_then_is_not_cut() -> None:
    clock = FakeClock()
    hub, slow = Hub(clock), FakeConnection(room=0)
    async with hub.join(Audience.HALL, slow):
        for seq in range(1, 10):
            hub.show(Audience.HALL, view(seq))
            clock.now += PATIENCE_S
            slow.resume(room=1)
            hub.show(Audience.HALL, view(seq))
        assert not slow.cut()


async def test_who_lets_too_many_personal_messages_wait_is_cut() -> None:
    hub, slow = Hub(), FakeConnection(room=0)
    async with hub.join(Audience.MEMBER, slow) as seat:
        for n in range(MOST_WAITING):
            seat.tell(note(n))
        assert not slow.cut()
        seat.tell(note(MOST_WAITING))
        assert slow.cut() == 1


async def test_a_broken_connection_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    hub, first, last = Hub(), FakeConnection(), FakeConnection()
    broken = FakeConnection(fault=OSError("10.1.2.3 hung up"))
    async with (
        hub.join(Audience.HALL, first),
        hub.join(Audience.HALL, broken),
        hub.join(Audience.HALL, last),
    ):
        hub.show(Audience.HALL, view(1))
        hub.show(Audience.HALL, view(2))
        assert (first.seqs, last.seqs, broken.cut()) == ([1, 2], [1, 2], 1)
    assert "OSError" in caplog.text
    assert "10.1.2.3" not in caplog.text


async def test_who_leaves_is_not_counted_and_gets_nothing_more() -> None:
    hub, screen = Hub(), FakeConnection()
    async with hub.join(Audience.HALL, screen):
        assert hub.count(Audience.HALL) == 1
    hub.show(Audience.HALL, view(1))
    assert (hub.count(Audience.HALL), screen.taken, screen.resumed) == (0, [], None)


async def test_a_handler_that_fails_leaves_its_seat() -> None:
    hub = Hub()

    async def fail() -> None:
        async with hub.join(Audience.HALL, FakeConnection()):
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert hub.count(Audience.HALL) == 0


async def test_a_connection_holds_one_seat_and_may_take_another_afterwards() -> None:
    hub, screen = Hub(), FakeConnection()
    async with hub.join(Audience.HALL, screen):
        with pytest.raises(RuntimeError, match="a seat already"):
            await hub.join(Audience.PODIUM, screen).__aenter__()
    async with hub.join(Audience.PODIUM, screen):
        assert hub.count(Audience.PODIUM) == 1


async def test_a_view_that_cannot_be_shown_changes_nothing() -> None:
    hub, screen, late = Hub(), FakeConnection(), FakeConnection()
    async with hub.join(Audience.HALL, screen):
        hub.show(Audience.HALL, view(1))
        with pytest.raises(ValueError, match="JSON"):
            hub.show(Audience.HALL, view(2, share=float("inf")))
        with pytest.raises(KeyError):
            hub.show(Audience.HALL, {"type": "view"})
        with pytest.raises(TypeError):
            hub.show(Audience.HALL, {"type": "view", "seq": "2"})
        async with hub.join(Audience.HALL, late):
            assert (screen.seqs, late.seqs) == ([1], [1])


@given(st.lists(st.one_of(st.integers(0, 20), st.sampled_from(["stop", "go", "tell"]))))
async def test_whatever_happens_the_screen_ends_at_the_newest_view(acts: list[int | str]) -> None:
    """Views never go backwards, personal messages all arrive in order, and once the way is free the newest is seen."""
    clock = FakeClock()
    hub, screen = Hub(clock), FakeConnection()
    told = 0
    async with AsyncExitStack() as stack:
        seat = await stack.enter_async_context(hub.join(Audience.HALL, screen))
        for act in acts:
            match act:
                case int(seq):
                    hub.show(Audience.HALL, view(seq))
                case "stop":
                    screen.room = 0
                case "go":
                    screen.resume()
                case _ if told < MOST_WAITING // 2:
                    told += 1
                    seat.tell(note(told))
        screen.resume()
    shown = [act for act in acts if isinstance(act, int)]
    assert screen.seqs == sorted(screen.seqs)
    assert screen.seqs[-1:] == ([max(shown)] if shown else [])
    assert screen.numbers == list(range(1, told + 1))
