"""Frames are read back by the websockets library, so both ends agree on every length form."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame as WireFrame
from websockets.frames import Opcode
from websockets.streams import StreamReader

from display.frames import canonical, prepare, text_frame


def read_back(wire: bytes) -> str:
    stream = StreamReader()
    stream.feed_data(wire)
    stream.feed_eof()
    reading = WireFrame.parse(stream.read_exact, mask=False)
    with pytest.raises(StopIteration) as read:
        next(reading)
    frame = read.value.value
    assert isinstance(frame, WireFrame)
    assert (frame.opcode, frame.fin, frame.rsv1, frame.rsv2, frame.rsv3) == (
        Opcode.TEXT,
        True,
        False,
        False,
        False,
    )
    with pytest.raises(EOFError):  # nothing is left over
        next(stream.read_exact(1))
    return bytes(frame.data).decode()


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
def test_every_length_form_is_read_back(size: int) -> None:
    assert read_back(text_frame("x" * size)) == "x" * size


@given(st.text())
def test_any_text_is_read_back(text: str) -> None:
    assert read_back(text_frame(text)) == text


def test_length_counts_bytes_not_characters() -> None:
    assert text_frame("赞成" * 21) == b"\x81\x7e\x00\x7e" + ("赞成" * 21).encode()


def test_shortest_form_is_used() -> None:
    assert text_frame("x" * 125)[:2] == b"\x81\x7d"
    assert text_frame("x" * 126)[:4] == b"\x81\x7e\x00\x7e"
    assert text_frame("x" * 65_536)[:10] == b"\x81\x7f" + (65_536).to_bytes(8, "big")


def test_message_is_one_line_as_the_browser_writes_it() -> None:
    frame = prepare({"type": "view", "slide": {"title": "表决\n第一项"}, "poll": None, "seq": 3})
    assert frame.text == '{"type":"view","slide":{"title":"表决\\n第一项"},"poll":null,"seq":3}'
    assert read_back(frame.wire) == frame.text
    assert json.loads(frame.text)["seq"] == 3


def test_what_json_or_utf8_cannot_say_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"share": float("nan")})
    with pytest.raises(UnicodeEncodeError):
        prepare({"name": "\ud800"})
