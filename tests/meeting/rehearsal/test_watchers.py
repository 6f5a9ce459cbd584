"""What hall and teller have seen."""

from __future__ import annotations

from typing import Any

import pytest

from meeting.rehearsal.latency import Latencies, Turnout
from meeting.rehearsal.watchers import Hall, Teller

ASKING = {"kind": "asking", "stage": "open", "title": {"zh": "甲", "en": "A"}, "code": "AAAA"}
RESULT: dict[str, Any] = {
    "kind": "result",
    "code": "AAAA",
    "counts": {"for": 3},
    "sentences": [],
    "checked": None,
}


def view(slide: dict[str, Any], poll: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": "view", "seq": 1, "slide": slide, "poll": poll}


def test_the_hall_keeps_each_slide_and_the_last_form_of_a_result() -> None:
    told: list[Any] = []
    hall = Hall(told.append)
    for slide in (ASKING, ASKING, RESULT, {**RESULT, "checked": 27}, {"kind": "slate"}):
        hall.hear(view(slide))
    assert hall.slides == told
    assert len(hall.slides) == 4
    assert hall.codes == ("AAAA",)
    assert hall.results == ({**RESULT, "checked": 27},)


@pytest.mark.parametrize(
    ("shown", "contradicted"),
    [
        (RESULT, ()),
        ({**RESULT, "checked": 3}, ()),
        ({**RESULT, "counts": {"for": 2}}, ("AAAA",)),
        ({**RESULT, "code": "BBBB", "counts": {}}, ()),
    ],
)
def test_a_teller_who_saw_another_result_says_so(
    shown: dict[str, Any], contradicted: tuple[str, ...]
) -> None:
    hall, teller = Hall(), Teller(Latencies(), Turnout(), lambda: 0.0)
    hall.hear(view(RESULT))
    teller.hear(view(shown))
    assert teller.contradicts(hall) == contradicted


def test_the_teller_times_the_turnout() -> None:
    latencies, turnout = Latencies(), Turnout()
    teller = Teller(latencies, turnout, lambda: 3.5)
    turnout.receipt("2-item-1-member", 3.0)
    teller.hear(view(ASKING, {"ballot": "2-item-1-member", "stage": "open", "returned": 1}))
    assert latencies.spreads()["turnout"]["max_ms"] == 500.0
