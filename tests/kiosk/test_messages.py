"""What a phone may say, and that nothing else gets through."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from display.live import LARGEST_MESSAGE
from kiosk.errors import UnknownMessage
from kiosk.messages import (
    LONGEST_TEXT,
    MAX_BYTES,
    AskToSpeak,
    Check,
    CheckIn,
    Hello,
    Issue,
    JoinRequest,
    OpenVote,
    ReadPledges,
    Sent,
    parse,
    parse_join,
)
from voting.errors import Malformed, TooLarge
from voting.records import LARGEST
from voting.signed import b64

SIG = bytes(range(64))
BLINDED = bytes(256)
PK = bytes(range(32))

HELLO = {"type": "hello", "member": 7, "sig": b64(SIG)}
ISSUE = {"type": "issue", "ballot": "10-n1-1-member", "blinded": b64(BLINDED), "sig": b64(SIG)}
OPEN = {"type": "open_vote", "ballot": "2-item-1-member", "body": '{"ballot":"…"}', "sig": b64(SIG)}
CHECK = {"type": "check", "ballot": "2-item-1-member", "sig": b64(SIG)}
QUESTION = {"type": "question", "text": "何时建成？"}
COMMENT = {"type": "comment", "text": "管护经费应当列入预算。"}
JOIN = {"code": "abcd-efgh", "dev_pk": b64(PK), "sig": b64(SIG)}


def test_every_message_is_parsed_into_its_own_type() -> None:
    assert parse(json.dumps(HELLO)) == Hello(7, SIG)
    assert parse('{"type":"check_in"}') == CheckIn()
    assert parse(json.dumps(ISSUE)) == Issue("10-n1-1-member", BLINDED, SIG)
    assert parse(json.dumps(OPEN)) == OpenVote("2-item-1-member", '{"ballot":"…"}'.encode(), SIG)
    assert parse(json.dumps(CHECK).encode()) == Check("2-item-1-member", SIG)
    assert parse('{"type":"ask_to_speak"}') == AskToSpeak(True)
    assert parse('{"type":"withdraw_request"}') == AskToSpeak(False)
    assert parse(json.dumps(QUESTION)) == Sent("question", "何时建成？")
    assert parse(json.dumps(COMMENT)) == Sent("comment", "管护经费应当列入预算。")
    assert parse('{"type":"pledges","ballot":"10-n1-1-member"}') == ReadPledges("10-n1-1-member")
    assert parse_join(json.dumps(JOIN).encode()) == JoinRequest("abcd-efgh", PK, SIG)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "7",
        "{",
        '{"type":"check_in"} x',
        '{"type":7}',
        '{"type":["check_in"]}',
        '{"member":7}',
        '{"type":"check_in","type":"check_in"}',
        '{"type":"check_in","extra":1}',
        '{"type":"check_in","n":NaN}',
        '{"type":"check_in","n":' + "[" * 4000 + "]" * 4000 + "}",
        '{"type":"check_in","n":' + "9" * 5000 + "}",
        '{"type":"\\ud800"}',
        json.dumps({**OPEN, "body": "\ud800"}),
        json.dumps({**HELLO, "extra": None}),
        *(json.dumps({**HELLO, "member": m}) for m in (True, 0, -1, 7.0, 10**6, 10**30, "7", None, [7])),
        *(
            json.dumps({**HELLO, "sig": s})
            for s in ("", b64(SIG) + "=", b64(SIG[1:]), b64(SIG) + " ", 7, None)
        ),
        *(json.dumps({**ISSUE, "ballot": b}) for b in ("", "A", "a" * 33, "a\n", "a/b", 7, None)),
        *(json.dumps({**ISSUE, "blinded": b}) for b in (b64(bytes(255)), b64(bytes(257)), "Ä")),
        json.dumps({**OPEN, "body": 7}),
        json.dumps({**OPEN, "body": {"ballot": "x"}}),
        json.dumps({key: value for key, value in CHECK.items() if key != "sig"}),
        '{"type":"ask_to_speak","member":7}',
        '{"type":"question"}',
        *(
            json.dumps({**QUESTION, "text": t})
            for t in ("", " \n\u3000", "\x00", 7, None, ["何时"], "\ud800")
        ),
        json.dumps({**COMMENT, "text": "字" * (LONGEST_TEXT + 1)}),
        json.dumps({**COMMENT, "member": 7}),
    ],
)
def test_whatever_is_not_exactly_a_message_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        parse(text)


def test_a_text_is_as_long_as_it_may_be_in_any_script() -> None:
    for longest in ("字" * LONGEST_TEXT, "\U00020000" * LONGEST_TEXT):
        assert parse(json.dumps({**COMMENT, "text": f" {longest}\n"}, ensure_ascii=False)) == Sent(
            "comment", longest
        )


def test_nothing_is_left_in_a_text_that_could_disturb_what_stands_beside_it() -> None:
    text = "一\r\n二\x00\x1b[2J三\u202e四\u2066"
    assert parse(json.dumps({**QUESTION, "text": text})) == Sent("question", "一 \n二 [2J三 四")


def test_a_message_of_another_protocol_has_its_own_code() -> None:
    with pytest.raises(UnknownMessage):
        parse('{"type":"cast","body":"…"}')


def test_a_message_is_measured_in_bytes_before_it_is_read() -> None:
    with pytest.raises(TooLarge):
        parse('{"type":"check_in"}' + " " * MAX_BYTES)
    with pytest.raises(TooLarge):
        parse("汉" * (MAX_BYTES // 2))
    with pytest.raises(TooLarge):
        parse(b" " * (MAX_BYTES + 1))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff",
        '{"code":"ABC"}'.encode("utf-16"),
        json.dumps({**JOIN, "code": "A" * 65}).encode(),
        json.dumps({**JOIN, "code": 7}).encode(),
        json.dumps({**JOIN, "dev_pk": b64(PK[1:])}).encode(),
        json.dumps({**JOIN, "member": 7}).encode(),
    ],
)
def test_a_join_is_as_strict(raw: bytes) -> None:
    with pytest.raises(Malformed):
        parse_join(raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.text() | st.binary() | JSON.map(json.dumps))
def test_any_input_is_a_message_or_a_refusal(raw: str | bytes) -> None:
    with suppress(Malformed, TooLarge, UnknownMessage):
        parse(raw)


@given(st.sampled_from([HELLO, ISSUE, OPEN, CHECK, QUESTION]), st.data())
def test_no_single_field_may_be_something_else(message: dict[str, object], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(message)))
    value = data.draw(
        JSON.filter(lambda v: not isinstance(v, str) and not (key == "member" and type(v) is int))
    )
    with pytest.raises(Malformed):
        parse(json.dumps({**message, key: value}))


def test_whatever_the_box_takes_a_phone_may_say_and_the_socket_brings() -> None:
    """A paper is refused where it is made: on its way no smaller limit may stand."""
    assert LARGEST <= MAX_BYTES < LARGEST_MESSAGE
