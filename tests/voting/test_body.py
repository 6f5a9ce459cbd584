"""The one byte form of a ballot."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from voting.body import (
    LARGEST_SEQ,
    CastBody,
    HandBack,
    OpenBody,
    cast_body,
    hand_back_body,
    open_body,
    parse_body,
    parse_open,
)
from voting.errors import NotCanonical

PK = bytes(range(32))
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

ballots = st.from_regex(r"[a-z0-9-]{1,32}", fullmatch=True)
keys = st.binary(min_size=32, max_size=32)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
numbers = st.integers(-999_999_999, 999_999_999) | st.decimals(-999_999_999, 999_999_999, places=4).map(
    lambda number: int(number) if number == int(number) else number.normalize()
)
answers: st.SearchStrategy[Any] = words | numbers
for _ in range(3):  # as deep as a body goes
    answers |= st.lists(answers, max_size=3) | st.dictionaries(words, answers, max_size=3)
markings = st.dictionaries(words, answers, max_size=3)


def cast(marks: str = '{"N1":"for"}', *, seq: str = "0", pad: str = "000", more: str = "") -> bytes:
    """A cast written by hand; canonical as it stands."""
    return (
        f'{{"ballot":"10-n1-1-member","pk":"{KEY}","seq":{seq},"marks":{marks},"pad":"{pad}"{more}}}'.encode()
    )


def meaning(raw: bytes) -> object:
    """What an ordinary parser reads, the order of keys included."""
    return json.loads(raw, object_pairs_hook=lambda pairs: ("object", pairs), parse_float=Decimal)


def written_again(body: CastBody | HandBack, size: int) -> bytes:
    match body:
        case CastBody():
            return cast_body(body.ballot, body.pk, body.seq, body.marks, size)
        case HandBack():
            return hand_back_body(body.ballot, body.pk, size)


def test_the_form_of_a_cast() -> None:
    body = cast_body("10-n1-1-member", PK, 0, {"N1": "for"}, 120)
    assert body.decode() == (
        f'{{"ballot":"10-n1-1-member","pk":"{KEY}","seq":0,"marks":{{"N1":"for"}},"pad":"0000"}}'
    )
    assert len(body) == 120
    assert parse_body(body) == CastBody("10-n1-1-member", PK, 0, {"N1": "for"})


def test_the_form_of_a_hand_back() -> None:
    body = hand_back_body("10-n1-1-member", PK, 120)
    assert body.decode() == (
        f'{{"ballot":"10-n1-1-member","pk":"{KEY}","seq":0,"unused":true,"pad":"00000000000"}}'
    )
    assert parse_body(body) == HandBack("10-n1-1-member", PK)


def test_the_form_of_an_open_vote() -> None:
    body = open_body("2-item-1-member", {"item-2": "against"})
    assert body == b'{"ballot":"2-item-1-member","marks":{"item-2":"against"}}'
    assert parse_open(body) == OpenBody("2-item-1-member", {"item-2": "against"})


@given(ballots, keys, st.integers(0, LARGEST_SEQ), markings)
def test_a_cast_survives_its_bytes(ballot: str, pk: bytes, seq: int, marks: dict[str, object]) -> None:
    raw = cast_body(ballot, pk, seq, marks, 8192)
    assert len(raw) == 8192
    body = parse_body(raw)
    assert body == CastBody(ballot, pk, seq, marks)
    assert isinstance(body, CastBody)
    assert json.dumps(body.marks, default=str) == json.dumps(marks, default=str)


@given(ballots, keys)
def test_a_hand_back_survives_its_bytes(ballot: str, pk: bytes) -> None:
    assert parse_body(hand_back_body(ballot, pk, 256)) == HandBack(ballot, pk)


@given(ballots, markings)
def test_an_open_vote_survives_its_bytes(ballot: str, marks: dict[str, object]) -> None:
    assert parse_open(open_body(ballot, marks)) == OpenBody(ballot, marks)


@pytest.mark.parametrize(
    "raw",
    [
        cast(),
        cast(seq=str(LARGEST_SEQ)),
        cast(pad=""),
        cast("{}"),
        cast('{"N2":"for","N1":"for"}'),
        cast('{"N1":{"法制":80.15,"b":-0.0001,"c":999999999.9999,"d":-1}}'),
        cast(r'{"N1":["樊苍兰","\"\\\n\u001f","é😀"]}'),
        cast('{"N1":[[[[]]]]}'),
    ],
)
def test_the_one_form_is_accepted(raw: bytes) -> None:
    assert written_again(parse_body(raw), len(raw)) == raw


REFUSED = {
    "no bytes": b"",
    "no JSON": b"for",
    "not UTF-8": cast().replace(b"for", b"f\xffr"),
    "byte order mark": b"\xef\xbb\xbf" + cast(),
    "a space before": b" " + cast(),
    "a line end after": cast() + b"\n",
    "a space inside": cast('{"N1": "for"}'),
    "something after": cast() + b"{}",
    "a list": b"[]",
    "deep brackets": b"[" * 8000,
    "deep marks": cast("[" * 8000),
    "marks too deep": cast('{"N1":[[[[[]]]]]}'),
    "marks a list": cast('["for"]'),
    "marks null": cast("null"),
    "a key twice": cast('{"N1":"for","N1":"for"}'),
    "an outer key twice": cast(more=',"pad":"000"'),
    "a key too many": cast(more=',"voter":7'),
    "marks and unused": cast(more=',"unused":true'),
    "no pad": cast().replace(b',"pad":"000"', b""),
    "keys in another order": cast().replace(b'"seq":0,', b"").replace(b'"pk"', b'"seq":0,"pk"'),
    "pad of a one": cast(pad="001"),
    "pad of spaces": cast(pad="   "),
    "pad of full-width zeros": cast(pad="\uff10"),
    "pad a number": cast().replace(b'"000"', b"0"),
    "seq negative": cast(seq="-1"),
    "seq minus zero": cast(seq="-0"),
    "seq with a leading zero": cast(seq="00"),
    "seq a fraction": cast(seq="1.5"),
    "seq a whole fraction": cast(seq="1.0"),
    "seq with an exponent": cast(seq="1e3"),
    "seq a text": cast(seq='"0"'),
    "seq true": cast(seq="true"),
    "seq one too large": cast(seq=str(LARGEST_SEQ + 1)),
    "seq of 8000 digits": cast(seq="9" * 8000),
    "number with a trailing zero": cast('{"N1":80.10}'),
    "number ending in a bare zero": cast('{"N1":80.0}'),
    "number with an exponent": cast('{"N1":8e1}'),
    "number with a large exponent": cast('{"N1":1e999999999}'),
    "number with an endless exponent": cast('{"N1":1e999999999999999999999}'),
    "number minus zero": cast('{"N1":-0}'),
    "number minus nothing": cast('{"N1":-0.0}'),
    "number with five places": cast('{"N1":0.00001}'),
    "number with ten digits": cast('{"N1":1000000000}'),
    "number with ten digits and a place": cast('{"N1":1000000000.5}'),
    "number with a leading zero": cast('{"N1":01}'),
    "number with a plus": cast('{"N1":+1}'),
    "NaN": cast('{"N1":NaN}'),
    "Infinity": cast('{"N1":Infinity}'),
    "minus Infinity": cast('{"N1":-Infinity}'),
    "escaped letter": cast(r'{"N1":"\u0066or"}'),
    "escaped slash": cast(r'{"N1":"a\/b"}'),
    "escaped Han": cast(r'{"N1":"\u6a0a"}'),
    "escaped pair": cast(r'{"N1":"\ud83d\ude00"}'),
    "escape in capitals": cast(r'{"N1":"\u001F"}'),
    "long form of a short escape": cast(r'{"N1":"\u000a"}'),
    "half a pair": cast(r'{"N1":"\ud83d"}'),
    "half a pair in a key": cast(r'{"\udc00":"for"}'),
    "half a pair in UTF-8": cast().replace(b"for", b"\xed\xa0\xbd"),
    "a bare control character": cast('{"N1":"a\tb"}'),
    "key of 31 bytes": cast().replace(KEY.encode(), KEY[:-1].encode()),
    "key with padding": cast().replace(KEY.encode(), KEY.encode() + b"="),
    "key with stray bits": cast().replace(KEY.encode(), KEY[:-1].encode() + b"9"),
    "key in the other alphabet": cast().replace(KEY.encode(), b"+" + KEY[1:].encode()),
    "ballot in capitals": cast().replace(b"10-n1-1-member", b"10-N1-1-member"),
    "ballot empty": cast().replace(b"10-n1-1-member", b""),
    "ballot too long": cast().replace(b"10-n1-1-member", b"a" * 33),
    "ballot with a quote": cast().replace(b"10-n1-1-member", b'10\\"'),
    "unused false": b'{"ballot":"b","pk":"%s","seq":0,"unused":false,"pad":""}' % KEY.encode(),
    "unused one": b'{"ballot":"b","pk":"%s","seq":0,"unused":1,"pad":""}' % KEY.encode(),
    "hand-back with a seq": b'{"ballot":"b","pk":"%s","seq":1,"unused":true,"pad":""}' % KEY.encode(),
    "an open vote": open_body("b", {"N1": "for"}),
}


@pytest.mark.parametrize("raw", REFUSED.values(), ids=REFUSED)
def test_every_other_form_is_refused(raw: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse_body(raw)


@pytest.mark.parametrize(
    "raw",
    [
        cast(),
        b'{"marks":{"N1":"for"},"ballot":"b"}',
        b'{"ballot":"b","marks":{"N1":"for"},"pad":""}',
        b'{"ballot":"b", "marks":{"N1":"for"}}',
        b'{"ballot":"B","marks":{"N1":"for"}}',
        b'{"ballot":"b","marks":[]}',
        b'{"ballot":"b"}',
        b'{"ballot":"b","marks":{"N1":"for","N1":"for"}}',
        b"",
        b"[" * 8000,
    ],
    ids=range(10),
)
def test_every_other_form_of_an_open_vote_is_refused(raw: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse_open(raw)


@pytest.mark.parametrize(
    "raw", [REFUSED["a space inside"], REFUSED["a bare control character"], b'{"N1":"for']
)
def test_a_refusal_carries_nothing_of_the_body(raw: bytes) -> None:
    with pytest.raises(NotCanonical) as refusal:
        parse_body(raw)
    assert refusal.value.__context__ is None
    assert refusal.value.data == {}


@st.composite
def mutants(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """A canonical body, and what is left of it after a few bytes were exchanged, dropped, added or repeated."""
    if draw(st.booleans()):
        original = cast_body(
            draw(ballots), draw(keys), draw(st.integers(0, LARGEST_SEQ)), draw(markings), 8192
        ).replace(b"0000000000", b"")
    else:
        original = hand_back_body(draw(ballots), draw(keys), 200)
    raw = bytearray(original)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(raw)))
        end = draw(st.integers(start, min(len(raw), start + 4)))
        typical = st.sampled_from(
            [b" ", b"0", b"-", b".0", b"e0", b"\\", b'"', b",", b"{", b"[", b"true", b"\\u0030"]
        )
        raw[start:end] = draw(typical | st.binary(max_size=3) | st.just(bytes(raw[start:end]) * 2))
    return original, bytes(raw)


@given(mutants())
def test_a_mutant_is_refused_or_is_itself_the_one_form_of_what_it_says(pair: tuple[bytes, bytes]) -> None:
    original, mutant = pair
    try:
        body = parse_body(mutant)
    except NotCanonical:
        return
    assert written_again(body, len(mutant)) == mutant
    if mutant != original:
        assert meaning(mutant) != meaning(original)


def respelled(draw: st.DrawFn, value: object) -> str:
    """`value` as JSON in any of the ways JSON allows."""
    space = draw(st.sampled_from(["", "", "", " ", "\n", "\t "]))
    match value:
        case str():
            letters = [
                f"\\u{ord(letter):04x}"
                if ord(letter) < 0x10000 and draw(st.integers(0, 9)) == 0
                else json.dumps(letter, ensure_ascii=draw(st.booleans()))[1:-1]
                for letter in value
            ]
            return f'{space}"{"".join(letters)}"'
        case dict():
            entries = [
                f"{respelled(draw, key)}{space}:{respelled(draw, child)}" for key, child in value.items()
            ]
            return "{" + ",".join(draw(st.permutations(entries))) + space + "}"
        case list():
            return "[" + ",".join(respelled(draw, child) for child in value) + "]" + space
        case int() | Decimal():
            return space + draw(
                st.sampled_from([f"{value}", f"{value}", f"{Decimal(value):.4f}", f"{value}e0"])
            )
    return space + json.dumps(value)


@given(st.data(), markings)
def test_of_all_spellings_of_one_ballot_exactly_one_is_accepted(
    data: st.DataObject, marks: dict[str, object]
) -> None:
    fields = {"ballot": "10-n1-1-member", "pk": KEY, "seq": 0, "marks": marks, "pad": "0" * 3}
    spelling = data.draw(st.composite(lambda draw: respelled(draw, fields))()).encode()
    assume(spelling != re.sub(b'0*"}$', b'000"}', cast_body("10-n1-1-member", PK, 0, marks, 4096)))
    try:
        body = parse_body(spelling)
    except NotCanonical:
        return
    # Marks in another order are another ballot here; the paper refuses them.
    assert isinstance(body, CastBody)
    assert json.dumps(body.marks, default=str) != json.dumps(marks, default=str)


@given(
    st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_any_bytes_are_refused_in_one_way(raw: bytes) -> None:
    for parse in (parse_body, parse_open):
        with pytest.raises(NotCanonical):
            parse(raw)


@pytest.mark.parametrize("seq", [-1, LARGEST_SEQ + 1])
def test_a_seq_that_cannot_be_read_back_is_not_written(seq: int) -> None:
    with pytest.raises(ValueError, match="seq"):
        cast_body("b", PK, seq, {"N1": "for"}, 256)


def test_marks_that_do_not_fit_are_not_cut() -> None:
    with pytest.raises(ValueError, match="must have 64"):
        cast_body("b", PK, 0, {"N1": "for"}, 64)


@pytest.mark.parametrize("mark", [1.5, b"for", {1}, 10**9, Decimal("1.50"), Decimal("-0"), Decimal("NaN")])
def test_what_cannot_be_read_back_is_not_written(mark: object) -> None:
    with pytest.raises(NotCanonical):
        cast_body("b", PK, 0, {"N1": mark}, 256)
