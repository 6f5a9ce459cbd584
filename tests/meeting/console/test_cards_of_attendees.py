"""Whoever attends gets a card of his own, like a member (PROCEDURE.md rows 5, 7 and 11)."""

from __future__ import annotations

from meeting.console.cards import page
from meeting.demo import BAILU
from meeting.office.sitting_file import read_sitting


def test_every_attendee_has_a_card_asked_or_not() -> None:
    plan = read_sitting(BAILU).plan
    codes = {int(one.number): f"CODE{one.number:04}ABCDEFGH" for one in plan.everybody}
    text = page(plan, codes, bytes(range(32)), "https://vote.example.org")
    assert (len(plan.attendees), len(plan.gallery)) == (18, 5)
    assert text.count("<article>") == len(plan.everybody) == 54
    assert all(one.name in text and one.kind.zh in text for one in plan.attendees)
    assert "CODE 0043 ABCD EFGH" in text
