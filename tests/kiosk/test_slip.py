"""What is due for a ballot, for every state of the phone, the board and the screen that matters."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.board_follower import Lists, OnBoard
from kiosk.slip import (
    Cast,
    Collect,
    Confirm,
    Decide,
    Done,
    Fate,
    HandBack,
    Look,
    NamedVote,
    Poll,
    Slip,
    Step,
    VoteByName,
    Wait,
    ask,
    collected,
    looked,
    marked,
    new_slip,
    next_step,
    next_step_by_name,
    received,
    record_text,
)
from tests.voting import papers
from voting.board import EffectiveRoll
from voting.body import cast_body, hand_back_body
from voting.credential import IssuingKey
from voting.errors import WrongMarks
from voting.paper import MotionQuestion, Paper
from voting.records import LARGEST, Record, parse
from voting.strict_json import quoted

RECORD = Record(b"body", b"rsa", b"sig")
NEW = Slip("b-1", b"pk", b"blinded", b"one")
COLLECTED = replace(NEW, rsa=b"rsa")
MARKED = replace(COLLECTED, record=RECORD, leaf=RECORD.leaf)
IN = replace(MARKED, record=None, one=None, receipt=b"sig")

PREPARED = OnBoard(
    "b-1", bytes(32), "secret", bytes(32), 256, b"n", False, EffectiveRoll(0, frozenset(), frozenset(), {})
)
OPENED = replace(PREPARED, opened=True)
RESULT = replace(OPENED, ended=True, cast_root=bytes(32))
UNUSED = replace(RESULT, unused_root=bytes(32))
CHECKED = replace(UNUSED, checked=True)
VOID = replace(OPENED, ended=True, void=True)


def poll(stage: str) -> Poll:
    return Poll("b-1", stage, "[]", b"salt", 2000)


@pytest.mark.parametrize(
    ("on", "slip", "stage", "step"),
    [
        (PREPARED, None, None, Wait()),
        (PREPARED, None, "prepared", Collect()),
        (OPENED, None, "open", Collect()),
        (OPENED, None, "held", Collect()),
        (OPENED, None, "closing", Wait()),
        (RESULT, None, "counted", Done()),
        (PREPARED, NEW, None, Collect()),
        (RESULT, NEW, "counted", Collect()),  # the reply was lost: the same request gets the same answer
        (OPENED, replace(NEW, stopped=True), "open", Wait()),
        (RESULT, replace(NEW, stopped=True), "counted", Done()),
        (PREPARED, COLLECTED, "prepared", Wait()),
        (OPENED, COLLECTED, "open", Decide(poll("open"))),
        (OPENED, COLLECTED, "held", Wait()),
        (OPENED, COLLECTED, "closing", Wait()),
        (OPENED, replace(COLLECTED, declined=True), "open", Wait()),
        (OPENED, MARKED, "open", Cast(RECORD)),
        (OPENED, MARKED, "held", Wait()),
        (OPENED, MARKED, "closing", Cast(RECORD)),
        (OPENED, MARKED, None, Wait()),
        (OPENED, replace(MARKED, stopped=True), "open", Wait()),
        (OPENED, IN, "open", Wait()),
        (RESULT, IN, None, Look()),
        (RESULT, MARKED, None, Look()),
        (RESULT, COLLECTED, None, Look()),
        (RESULT, replace(COLLECTED, fate=Fate.ABSENT), None, HandBack()),
        (RESULT, replace(COLLECTED, fate=Fate.ABSENT, back_receipt=b"sig"), None, Wait()),
        (UNUSED, replace(COLLECTED, fate=Fate.ABSENT), None, Look()),
        (RESULT, replace(IN, fate=Fate.COUNTED), None, Wait()),
        (UNUSED, replace(IN, fate=Fate.COUNTED), None, Confirm()),
        (UNUSED, replace(COLLECTED, fate=Fate.HANDED_BACK), None, Confirm()),
        (UNUSED, replace(IN, fate=Fate.COUNTED, confirmed=True), None, Done()),
        (UNUSED, replace(IN, fate=Fate.COUNTED, confirmed=False), None, Done()),
        (CHECKED, replace(IN, fate=Fate.COUNTED), None, Done()),
        (UNUSED, replace(IN, fate=Fate.ALARM), None, Done()),
        (UNUSED, replace(COLLECTED, fate=Fate.LOST), None, Done()),
        (VOID, IN, "void", Done()),
        (VOID, None, None, Done()),
    ],
)
def test_what_is_due_for_a_secret_ballot(
    on: OnBoard, slip: Slip | None, stage: str | None, step: Step
) -> None:
    assert next_step(on, slip, None if stage is None else poll(stage)) == step


VOTE = NamedVote("b-1", b"{}")


@pytest.mark.parametrize(
    ("on", "vote", "stage", "step"),
    [
        (OPENED, None, None, Wait()),
        (OPENED, None, "prepared", Wait()),
        (OPENED, None, "open", Decide(poll("open"))),
        (OPENED, None, "closing", Wait()),
        (OPENED, VOTE, "open", VoteByName(VOTE)),
        (OPENED, VOTE, "closing", VoteByName(VOTE)),
        (OPENED, VOTE, "held", Wait()),
        (OPENED, replace(VOTE, receipt=b"sig"), "open", Wait()),
        (OPENED, replace(VOTE, stopped=True), "open", Wait()),
        (RESULT, VOTE, "counted", Done()),
    ],
)
def test_what_is_due_for_an_open_vote(
    on: OnBoard, vote: NamedVote | None, stage: str | None, step: Step
) -> None:
    assert next_step_by_name(on, vote, None if stage is None else poll(stage)) == step


HANDED = replace(COLLECTED, back=RECORD, back_leaf=b"back")


@pytest.mark.parametrize(
    ("slip", "casts", "unused", "fate"),
    [
        (IN, {RECORD.leaf}, None, Fate.COUNTED),
        (MARKED, {RECORD.leaf}, None, Fate.COUNTED),
        (MARKED, {b"other"}, None, Fate.ABSENT),
        (COLLECTED, {b"other"}, None, Fate.ABSENT),
        (IN, {b"other"}, None, Fate.ALARM),
        (HANDED, {b"other"}, {b"back"}, Fate.HANDED_BACK),
        (HANDED, {b"other"}, {b"another"}, Fate.LOST),
        (replace(HANDED, back_receipt=b"sig"), {b"other"}, {b"another"}, Fate.ALARM),
        (MARKED, {b"other"}, {b"another"}, Fate.LOST),
    ],
)
def test_what_the_lists_say(slip: Slip, casts: set[bytes], unused: set[bytes] | None, fate: Fate) -> None:
    after = looked(slip, Lists(frozenset(casts), None if unused is None else frozenset(unused)))
    assert after.fate is fate
    assert after.record is None
    assert (after.one is not None) == (fate is Fate.ABSENT)


def test_a_slip_from_its_key_to_its_receipt() -> None:
    issuing = IssuingKey.generate()
    paper = Paper((MotionQuestion("N1", "Appoint"),))
    on = replace(PREPARED, n=issuing.n_bytes, size=paper.size("b-1"))
    slip = new_slip(on)
    with pytest.raises(ValueError, match="does not verify"):
        collected(on, slip, issuing.blind_sign(bytes(255) + b"\x02"))
    slip = collected(on, slip, issuing.blind_sign(slip.blinded))
    assert (slip.late, slip.blinding) == (False, None)
    with pytest.raises(WrongMarks):
        marked(on, slip, paper, {"N1": "perhaps"})
    assert marked(on, slip, paper, None).declined
    full = marked(on, slip, paper, {"N1": "for"})
    assert full.record is not None
    assert full.leaf == full.record.leaf
    done = received(full, b"sig")
    assert (done.one, done.record, done.leaf, done.receipt) == (None, None, full.leaf, b"sig")


@given(data=st.data(), paper=papers.papers)
def test_whoever_counts_bytes_learns_nothing(data: st.DataObject, paper: Paper) -> None:
    """A hand-back and every way to mark a paper are equally long on the wire, not in the body alone."""
    size = paper.size("b-1")
    bodies = [
        cast_body("b-1", bytes(32), 0, data.draw(papers.marks_of(paper, some=True)), size),
        hand_back_body("b-1", bytes(32), size),
    ]
    # Half as many escapes as bytes, but for names that are made of quotation marks.
    assume(all(len(quoted(body.decode())) - len(body.decode()) <= size // 2 for body in bodies))
    length = len('{"body":,"rsa":"","sig":""}') + 342 + 86 + size + size // 2
    for body in bodies:
        text = record_text(Record(body, bytes(256), bytes(64))).encode()
        assert len(text) == length
        if length <= LARGEST:
            assert parse(text) == Record(body, bytes(256), bytes(64))


def test_what_is_secret_does_not_print() -> None:
    shown = repr(replace(MARKED, blinding=None))
    assert not any(word in shown for word in ("body", "'one'", "rsa", "'pk'"))


def test_the_same_request_every_time() -> None:
    device = Ed25519PrivateKey.generate()
    assert ask(PREPARED, NEW, 7, device) == ask(PREPARED, NEW, 7, device)


@pytest.mark.parametrize("n", [None, bytes(256), b"\xff" * 255, b"\xff" * 255 + b"\xfe"])
def test_a_crafted_modulus_is_refused(n: bytes | None) -> None:
    with pytest.raises(ValueError, match=r"n must be|no credential"):
        new_slip(replace(PREPARED, n=n))
