"""The public is shown what the hall was shown some seconds ago, never something newer and never nothing."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from meeting.public_delay import Behind
from tests.meeting.held_sitting import TurnedClock, running
from tests.voting.voter import Voter

DELAY = 10_000


@given(st.lists(st.integers(0, 30_000), min_size=1, max_size=20).map(sorted), st.integers(0, 40_000))
def test_it_is_the_newest_of_those_that_are_old_enough(times: list[int], later: int) -> None:
    behind: Behind[int] = Behind(DELAY)
    for at in times:
        behind.put(at, at)
        assert behind.get(at) == max([one for one in times if one <= at - DELAY], default=times[0])
    now = times[-1] + later
    assert behind.get(now) == max([one for one in times if one <= now - DELAY], default=times[0])


def test_what_nobody_is_shown_any_more_is_forgotten() -> None:
    behind: Behind[int] = Behind(DELAY)
    for at in range(0, 1_000_000, 200):
        behind.put(at, at)
    assert len(behind._kept) == DELAY // 200 + 1
    assert all(earlier[0] < later[0] for earlier, later in pairwise(behind._kept))


def test_before_anything_was_shown() -> None:
    assert Behind[int](DELAY).get(0) is None


async def test_the_page_follows_the_hall_ten_seconds_later(tmp_path: Path) -> None:
    clock = TurnedClock()
    async with running(tmp_path, clock, [Voter(number) for number in range(1, 8)]) as held:
        assert held.service.public_view()["stage"] == "gathering"
        await held.convene()
        assert held.service.hall_view()["slide"]["kind"] == "asking"
        clock.turn(9.9)
        assert held.service.public_view()["stage"] == "gathering"
        clock.turn(0.1)
        assert held.service.public_view()["stage"] == "sitting"
