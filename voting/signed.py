"""Every byte string that is signed or hashed, in one place, and the strict base64 they travel in.

Pure.  Nothing here keeps a key or a state; whoever changes a line changes the protocol, and no phone, record
or verifier made before agrees with it any more.  B is always the 32-byte hash of the ballot's own board entry.
"""

import hashlib
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ID = re.compile(r"[a-z0-9-]{1,32}")
"""What the id of a sitting or a ballot looks like; use `ID.fullmatch`."""

_B64 = re.compile(r"[A-Za-z0-9_-]*")

_PRIME = 2**255 - 19
_SMALL_ORDER_Y = frozenset(
    {
        0,  # order 4
        1,  # the neutral element
        _PRIME - 1,  # order 2
        # order 8
        0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
        0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
    }
)


def b64(raw: bytes) -> str:
    """base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def unb64(text: str) -> bytes:
    """The bytes that `b64` wrote as exactly this text; ValueError for every other spelling."""
    if not _B64.fullmatch(text) or len(text) % 4 == 1:
        raise ValueError("not base64url without padding")
    raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if b64(raw) != text:
        raise ValueError("base64url with stray bits")
    return raw


def _member(number: int) -> bytes:
    return str(number).encode("ascii")


def join_text(sitting: str, code: str, dev_pk: bytes) -> bytes:
    """JOIN: what a phone signs with its new device key when it uses the link on the card."""
    return f"session-day-join-v1\n{sitting}\n{code}\n".encode() + dev_pk


def hello_text(sitting: str, member: int, nonce: bytes) -> bytes:
    """HELLO: the answer to the personal socket's nonce."""
    return f"session-day-hello-v1\n{sitting}\n".encode() + _member(member) + b"\n" + nonce


def credential_text(B: bytes, pk: bytes) -> bytes:
    """CRED: what is signed blindly; it binds a one-time key to one ballot."""
    return b"session-day-credential-v1\x00" + B + pk


def issue_text(B: bytes, member: int, blinded: bytes) -> bytes:
    """ISSUE: the member's own request for a credential, kept and published as proof that he asked."""
    return b"session-day-issue-v1\n" + B + _member(member) + b"\n" + blinded


def cast_text(B: bytes, body: bytes) -> bytes:
    """CAST: signed by the one-time key over a ballot or a hand-back."""
    return b"session-day-cast-v1\n" + B + body


def open_text(B: bytes, member: int, body: bytes) -> bytes:
    """OPEN: signed by the device key over a vote that is published by name."""
    return b"session-day-open-v1\n" + B + _member(member) + b"\n" + body


def check_text(B: bytes, cast_root: bytes, unused_root: bytes) -> bytes:
    """CHECK: signed by the device key once the phone has found its line in the published lists."""
    return b"session-day-check-v1\n" + B + cast_root + unused_root


def receipt_text(B: bytes, leaf: bytes) -> bytes:
    """RECEIPT: signed by the board key for a record that is durably in the box."""
    return b"session-day-receipt-v1\n" + B + leaf


def cast_leaf(body: bytes, rsa: bytes, sig: bytes) -> bytes:
    """The leaf of a cast or a hand-back: all that the board shows of it."""
    return hashlib.sha256(body + rsa + sig).digest()


def issue_leaf(issue: bytes, sig: bytes, blind_sig: bytes) -> bytes:
    """The leaf of an issue; `issue` is its ISSUE text."""
    return hashlib.sha256(issue + sig + blind_sig).digest()


def open_leaf(open_: bytes, sig: bytes) -> bytes:
    """The leaf of an open vote; `open_` is its OPEN text."""
    return hashlib.sha256(open_ + sig).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """One hash for a whole list of leaves, whatever order they came in."""
    return hashlib.sha256(b"".join(sorted(leaves))).digest()


def paper_hash(salt: bytes, text: str) -> bytes:
    """What the board says of a paper before anybody may read it."""
    return hashlib.sha256(salt + text.encode()).digest()


def check_public_key(pk: bytes) -> None:
    """Raise ValueError for an Ed25519 key that must not be taken: not 32 bytes, not reduced, of small order.

    A key of small order has signatures that hold for many messages; whoever offered one could deny his own.
    """
    if len(pk) != 32:
        raise ValueError("a public key has 32 bytes")
    # The sign bit does not matter: with x = 0 it is no encoding at all, else both signs have the same order.
    y = int.from_bytes(pk, "little") & (2**255 - 1)
    if y >= _PRIME:
        raise ValueError("a public key whose y is not reduced")
    if y in _SMALL_ORDER_Y:
        raise ValueError("a public key of small order")


def verify(pk: bytes, message: bytes, sig: bytes) -> bool:
    """Whether `sig` is this key's Ed25519 signature.  Keys from outside pass `check_public_key` first."""
    try:
        Ed25519PublicKey.from_public_bytes(pk).verify(sig, message)
    except (InvalidSignature, ValueError):
        return False
    return True
