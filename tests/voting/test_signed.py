"""The signed byte strings, letter by letter, and strict base64."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from voting import signed

B = bytes(range(32))
PK = bytes(range(32, 64))


def test_every_text_as_the_protocol_writes_it() -> None:
    assert signed.join_text("s-1", "CODE", PK) == b"session-day-join-v1\ns-1\nCODE\n" + PK
    assert signed.hello_text("s-1", 7, B) == b"session-day-hello-v1\ns-1\n7\n" + B
    assert signed.credential_text(B, PK) == b"session-day-credential-v1\x00" + B + PK
    assert signed.issue_text(B, 17, b"x" * 256) == b"session-day-issue-v1\n" + B + b"17\n" + b"x" * 256
    assert signed.cast_text(B, b"{}") == b"session-day-cast-v1\n" + B + b"{}"
    assert signed.open_text(B, 7, b"{}") == b"session-day-open-v1\n" + B + b"7\n{}"
    assert signed.check_text(B, b"c" * 32, b"u" * 32) == b"session-day-check-v1\n" + B + b"c" * 32 + b"u" * 32
    assert signed.receipt_text(B, b"l" * 32) == b"session-day-receipt-v1\n" + B + b"l" * 32


def test_leaves_and_roots() -> None:
    def sha(data: bytes) -> bytes:
        return hashlib.sha256(data).digest()

    assert signed.cast_leaf(b"body", b"rsa", b"sig") == sha(b"bodyrsasig")
    assert signed.issue_leaf(b"issue", b"sig", b"blind") == sha(b"issuesigblind")
    assert signed.open_leaf(b"open", b"sig") == sha(b"opensig")
    assert signed.paper_hash(b"salt", "纸") == sha(b"salt" + "纸".encode())
    assert signed.root([]) == sha(b"")
    assert signed.root([b"b", b"a"]) == signed.root([b"a", b"b"]) == sha(b"ab")


@given(st.binary(max_size=80))
def test_base64_comes_back(raw: bytes) -> None:
    assert signed.unb64(signed.b64(raw)) == raw


@given(st.text(alphabet="ABab01-_=+/ \n", max_size=12))
def test_base64_has_one_spelling(text: str) -> None:
    try:
        raw = signed.unb64(text)
    except ValueError:
        return
    assert signed.b64(raw) == text


@pytest.mark.parametrize("text", ["A", "AB", "AA==", "A A", "AA\n", "+/AA", "ＡＡ", "AAAAA"])
def test_other_spellings_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="base64url"):
        signed.unb64(text)


def _small_order_points() -> list[bytes]:
    """The eight, found by walking: multiples of a point of order 8."""
    p = 2**255 - 19
    d = -121665 * pow(121666, -1, p) % p

    def add(one: tuple[int, int], two: tuple[int, int]) -> tuple[int, int]:
        (x1, y1), (x2, y2) = one, two
        t = d * x1 * x2 * y1 * y2
        return (
            (x1 * y2 + x2 * y1) * pow(1 + t, -1, p) % p,
            (y1 * y2 + x1 * x2) * pow(1 - t, -1, p) % p,
        )

    y = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
    xx = (y * y - 1) * pow(d * y * y + 1, -1, p) % p
    x = pow(xx, (p + 3) // 8, p)
    if x * x % p != xx:
        x = x * pow(2, (p - 1) // 4, p) % p
    assert x * x % p == xx
    at, points = (0, 1), []
    for _ in range(8):
        points.append((at[1] | (at[0] & 1) << 255).to_bytes(32, "little"))
        at = add(at, (x, y))
    assert at == (0, 1)
    return points


def test_keys_that_are_refused() -> None:
    points = _small_order_points()
    assert len(set(points)) == 8
    for point in points:
        with pytest.raises(ValueError, match="small order"):
            signed.check_public_key(point)
    for y in (2**255 - 19, 2**255 - 18, 2**255 - 1):
        for sign in (0, 1 << 255):
            with pytest.raises(ValueError, match="not reduced"):
                signed.check_public_key((y | sign).to_bytes(32, "little"))
    for wrong in (b"", PK[:31], PK + b"x"):
        with pytest.raises(ValueError, match="32 bytes"):
            signed.check_public_key(wrong)


def test_signatures() -> None:
    key = Ed25519PrivateKey.generate()
    pk = key.public_key().public_bytes_raw()
    signed.check_public_key(pk)
    sig = key.sign(b"message")
    assert signed.verify(pk, b"message", sig)
    assert not signed.verify(pk, b"another", sig)
    assert not signed.verify(pk, b"message", sig[:-1])
    assert not signed.verify(pk[:-1], b"message", sig)
    assert not signed.verify(bytes(32), b"message", bytes(64))


def test_ids() -> None:
    for good in ("a", "10-n1-1-member", "x" * 32):
        assert signed.ID.fullmatch(good)
    for bad in ("", "A", "a b", "x" * 33, "a\n", "人"):
        assert not signed.ID.fullmatch(bad)
