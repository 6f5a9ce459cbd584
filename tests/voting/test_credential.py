"""RFC 9474: the published vectors, and what each side refuses."""

import json
import secrets
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from voting import credential
from voting.credential import Blinding, IssuingKey, blind, finalize, verify_credential

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "rfc9474_vectors.json").read_text(encoding="utf-8")
)["vectors"]


@pytest.fixture(scope="module")
def key() -> IssuingKey:
    return IssuingKey.generate()


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_vectors_of_the_rfc(vector: dict[str, Any]) -> None:
    n_bytes = bytes.fromhex(vector["n"])
    n = credential.modulus(n_bytes, 4096)
    message = bytes.fromhex(vector["msg_prefix"] + vector["msg"])
    em = credential.encode(message, bytes.fromhex(vector["salt"]), 4096)
    assert em.hex() == vector["encoded_msg"]

    r = pow(int(vector["inv"], 16), -1, n)
    blinded, blinding = credential.blind_encoded(n, em, r)
    assert blinded.hex() == vector["blinded_msg"]

    p, q, d = (int(vector[name], 16) for name in "pqd")
    blind_sig = IssuingKey(p, q, d).blind_sign(blinded)
    assert blind_sig.hex() == vector["blind_sig"]

    sig = finalize(n_bytes, message, blind_sig, blinding)
    assert sig.hex() == vector["sig"]
    assert verify_credential(n_bytes, message, sig, salt_length=vector["salt_len"])
    assert not verify_credential(n_bytes, message, sig, salt_length=48 - vector["salt_len"])


@settings(max_examples=20, deadline=None)
@given(message=st.binary(max_size=200), other=st.binary(max_size=200))
def test_a_credential_holds_for_its_message_only(key: IssuingKey, message: bytes, other: bytes) -> None:
    blinded, blinding = blind(key.n_bytes, message)
    rsa_sig = finalize(key.n_bytes, message, key.blind_sign(blinded), blinding)
    assert verify_credential(key.n_bytes, message, rsa_sig)
    assert verify_credential(key.n_bytes, other, rsa_sig) == (other == message)


def test_two_blindings_of_one_message_look_different(key: IssuingKey) -> None:
    assert blind(key.n_bytes, b"the same")[0] != blind(key.n_bytes, b"the same")[0]


def test_blind_signing_answers_the_same_to_the_same(key: IssuingKey) -> None:
    blinded, _ = blind(key.n_bytes, b"once")
    assert key.blind_sign(blinded) == key.blind_sign(blinded)


def test_a_key_survives_its_file(key: IssuingKey) -> None:
    again = IssuingKey.from_bytes(key.to_bytes())
    assert again == key
    assert again.n_bytes == key.n_bytes
    assert len(key.n_bytes) == 256


def test_a_key_shows_nothing_of_itself(key: IssuingKey) -> None:
    assert repr(key) == "IssuingKey()"
    assert repr(Blinding(b"em", b"inv")) == "Blinding()"


@pytest.mark.parametrize("raw", [b"", b"\x30\x00", secrets.token_bytes(300)])
def test_a_broken_key_file_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the wording is the library's
        IssuingKey.from_bytes(raw)


def test_what_the_issuer_refuses(key: IssuingKey) -> None:
    n = int.from_bytes(key.n_bytes, "big")
    for wrong in (
        bytes(256),
        key.n_bytes,
        (n + 1).to_bytes(256, "big"),
        b"\xff" * 256,
        b"\x01",
        bytes(1) + b"\x01" * 256,
    ):
        with pytest.raises(ValueError, match="out of range"):
            key.blind_sign(wrong)


def test_a_faulty_signature_does_not_leave(key: IssuingKey) -> None:
    faulty = IssuingKey(key._p, key._q, key._d + 2)
    with pytest.raises(ArithmeticError):
        faulty.blind_sign(blind(key.n_bytes, b"m")[0])


def test_what_the_voter_refuses(key: IssuingKey) -> None:
    n = int.from_bytes(key.n_bytes, "big")
    for wrong in (
        (n - 1).to_bytes(256, "big"),  # even
        (n >> 1 | 1).to_bytes(256, "big"),  # 2047 bits
        b"\x01" + key.n_bytes,
        b"",
        rsa.generate_private_key(65537, 1024).private_numbers().public_numbers.n.to_bytes(128, "big"),
    ):
        with pytest.raises(ValueError, match="n must be odd"):
            blind(wrong, b"m")
    blinded, blinding = blind(key.n_bytes, b"m")
    good = key.blind_sign(blinded)
    for answer in (bytes(256), key.n_bytes, good[:-1], good[:-1] + bytes([good[-1] ^ 1])):
        with pytest.raises(ValueError, match="the blind signature"):
            finalize(key.n_bytes, b"m", answer, blinding)


def test_a_number_that_is_no_signature_is_no_error(key: IssuingKey) -> None:
    for wrong in (b"", bytes(256), key.n_bytes, b"\xff" * 256, b"\x01" * 255, b"\x01" * 257):
        assert not verify_credential(key.n_bytes, b"m", wrong)
