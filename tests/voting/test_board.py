"""The board: a chain that holds, codes that people can compare, rolls that fold."""

import hashlib
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from voting import board, signed
from voting.board import EffectiveRoll, Entry, Line

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PK = KEY.public_key().public_bytes_raw()


def chain(*bodies: dict[str, Any]) -> list[Entry]:
    entries: list[Entry] = []
    for body in bodies:
        entries.append(board.make(entries[-1] if entries else None, body, KEY))
    return entries


def test_an_entry_names_the_one_before() -> None:
    first, second = chain({"kind": "start", "name": "白鹿"}, {"kind": "end"})
    assert (first.seq, second.seq) == (0, 1)
    assert first.text == '{"kind":"start","name":"白鹿"}'
    assert first.prev == bytes(32)
    assert second.prev == first.hash
    assert second.hash == hashlib.sha256(first.hash + b'{"kind":"end"}').digest()
    for entry in (first, second):
        assert signed.verify(PK, b"session-day-board-v1\n" + entry.hash, entry.sig)
    assert second.body == {"kind": "end"}


def test_the_line_of_an_entry() -> None:
    (entry,) = chain({"kind": "end"})
    line = entry.line()
    assert "\n" not in line
    assert json.loads(line) == {
        "seq": 0,
        "text": '{"kind":"end"}',
        "prev": signed.b64(bytes(32)),
        "hash": signed.b64(entry.hash),
        "sig": signed.b64(entry.sig),
    }
    assert list(json.loads(line)) == ["seq", "text", "prev", "hash", "sig"]


@pytest.mark.parametrize("value", [float("nan"), "\ud800", {"a": float("inf")}])
def test_what_has_no_canonical_text(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the wording is the library's
        board.canonical(value)


def test_codes() -> None:
    code = board.code(bytes(32))
    # Computed once by two implementations of scrypt; it must never change.
    assert code == "ZR36-PDDM-APTV-3MU3"
    assert code != board.code(bytes(31) + b"\x01")
    assert board.same_code(code, code.replace("-", " ").lower())
    assert not board.same_code(code, code[:-1] + ("A" if code[-1] != "A" else "B"))
    assert not board.same_code(code, "")


def roll(present: set[int], *, recused: set[int] = frozenset(), keys: dict[int, bytes]) -> EffectiveRoll:  # type: ignore[assignment]
    lines = {n: Line(n, f"Member {n}", keys.get(n), "card" if n in keys else None) for n in present}
    return EffectiveRoll(31, frozenset(present), frozenset(recused), lines)


def test_a_roll_lists_what_changed() -> None:
    first = roll({1, 2, 3}, recused={3}, keys={1: b"1" * 32})
    body = board.roll_body(first)
    assert list(body) == ["kind", "since", "ballot", "all_members", "present", "recused", "lines"]
    assert body["since"] is None
    assert [line["number"] for line in body["lines"]] == [1, 2]
    assert body["lines"][1] == {"number": 2, "name": "Member 2", "dev_pk": None, "bound": None}
    folded = board.fold([body])
    assert folded.entitled == {1, 2}

    second = roll({1, 2, 3}, keys={1: b"1" * 32, 2: b"2" * 32})
    change = board.roll_body(second, since=(4, folded), ballot="b")
    assert (change["since"], change["ballot"]) == (4, "b")
    assert [line["number"] for line in change["lines"]] == [2, 3]
    assert board.fold([body, change]) == second


def test_the_roll_of_a_ballot_is_what_opened_froze() -> None:
    here, later = roll({1, 2}, keys={}), roll({1, 2, 3}, keys={})
    entries = chain({"kind": "start"}, board.roll_body(here))
    roll_hash = signed.b64(entries[1].hash)

    def add(body: dict[str, Any]) -> Entry:
        entries.append(board.make(entries[-1], body, KEY))
        return entries[-1]

    add({"kind": "ballot", "ballot": "a", "roll": roll_hash})
    add({"kind": "ballot", "ballot": "b", "roll": roll_hash})
    assert board.roll_of(entries, "a") == here
    amended = add(board.roll_body(later, since=(1, here), ballot="a"))
    assert board.roll_of(entries, "a") == later
    assert board.roll_of(entries, "b") == here
    add({"kind": "opened", "ballot": "a", "roll": signed.b64(amended.hash)})
    add(board.roll_body(here, since=(4, later), ballot="a"))
    assert board.roll_of(entries, "a") == later
    with pytest.raises(ValueError, match="no ballot"):
        board.roll_of(entries, "c")


def test_rolls_that_do_not_fold() -> None:
    entries = chain({"kind": "start"}, {**board.roll_body(roll({1}, keys={})), "since": 1})
    with pytest.raises(ValueError, match="is no roll"):
        board.roll_at(entries, 0)
    with pytest.raises(ValueError, match="no earlier"):
        board.roll_at(entries, 1)
    with pytest.raises(ValueError, match="no roll entry"):
        board.fold([])
    entries = chain({"kind": "ballot", "ballot": "a", "roll": signed.b64(bytes(32))})
    with pytest.raises(ValueError, match="does not come before"):
        board.roll_of(entries, "a")


def test_the_line_of_who_may_not_vote_is_not_given() -> None:
    here = roll({1, 2}, recused={2}, keys={})
    assert here.line(1).number == 1
    for other in (2, 3):
        with pytest.raises(KeyError):
            here.line(other)


numbers = st.integers(1, 12)
rolls = st.builds(
    lambda present, recused, keys: roll(set(present), recused=set(recused), keys=keys),
    st.frozensets(numbers, min_size=1),
    st.frozensets(numbers),
    st.dictionaries(numbers, st.binary(min_size=32, max_size=32)),
)


@given(st.lists(rolls, min_size=1, max_size=6))
def test_a_run_of_changes_says_what_the_last_roll_says(history: list[EffectiveRoll]) -> None:
    bodies: list[dict[str, Any]] = []
    for seq, each in enumerate(history):
        since = (seq - 1, board.fold(bodies)) if bodies else None
        bodies.append(json.loads(board.canonical(board.roll_body(each, since=since))))
    folded = board.fold(bodies)
    last = history[-1]
    assert (folded.all_members, folded.present, folded.recused) == (31, last.present, last.recused)
    assert {n: folded.line(n) for n in folded.entitled} == {n: last.line(n) for n in last.entitled}
