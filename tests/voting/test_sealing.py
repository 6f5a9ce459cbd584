"""The seal: the same tag, never the same row, and nothing opens elsewhere."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from voting.sealing import Seal

SEAL = Seal(bytes(32))


@given(st.binary(max_size=600), st.binary(min_size=32, max_size=32))
def test_what_is_sealed_comes_back(record: bytes, pk: bytes) -> None:
    tag = SEAL.tag(pk)
    sealed = SEAL.seal(tag, record)
    assert Seal(bytes(32)).open(tag, sealed) == record
    assert SEAL.seal(tag, record) != sealed


def test_a_tag_is_the_key_s_under_one_seal() -> None:
    assert SEAL.tag(b"k") == SEAL.tag(b"k")
    assert SEAL.tag(b"k") != SEAL.tag(b"l")
    assert SEAL.tag(b"k") != Seal(b"\x01" * 32).tag(b"k")


def test_a_row_moved_or_changed_does_not_open() -> None:
    one, other = SEAL.tag(b"k"), SEAL.tag(b"l")
    sealed = SEAL.seal(one, b"record")
    for tag, row, seal in (
        (other, sealed, SEAL),
        (one, sealed[:-1] + bytes([sealed[-1] ^ 1]), SEAL),
        (one, sealed, Seal(b"\x01" * 32)),
    ):
        with pytest.raises(InvalidTag):
            seal.open(tag, row)
