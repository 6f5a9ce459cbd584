"""What the count cuts out of a body is what the strict parser reads in it."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from voting.body import CastBody, cast_body, cut, parse_body, read_marks

# Texts that look like the places the cut goes by.
ODD = st.sampled_from(['","seq":1', ',"marks":{}', ',"pad":"', '"', "\\", "}", "任命", "for"])
MARKS = st.dictionaries(ODD | st.text(max_size=8), ODD | st.text(max_size=8) | st.booleans(), max_size=4)


@given(
    ballot=st.from_regex(r"[a-z0-9-]{1,32}", fullmatch=True),
    pk=st.binary(min_size=32, max_size=32),
    seq=st.integers(0, 2**53 - 1),
    marks=MARKS,
)
def test_cutting_reads_what_parsing_reads(
    ballot: str, pk: bytes, seq: int, marks: Mapping[str, object]
) -> None:
    raw = cast_body(ballot, pk, seq, marks, 1024)
    body = parse_body(raw)
    assert isinstance(body, CastBody)
    pk_cut, seq_cut, text = cut(raw)
    assert (pk_cut, seq_cut, read_marks(text)) == (body.pk, body.seq, body.marks)
    assert list(read_marks(text)) == list(body.marks)
