"""Sealing: how a cast lies in the database while its ballot runs.

Whoever has the database, its log and its backups sees rows that look random, under tags that look random; the key
lies beside the database and is destroyed with the result.  Nothing is stored here.
"""

import hmac
import secrets
from hashlib import sha256
from typing import Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


class Sealing(Protocol):
    """What the box asks of a seal."""

    def tag(self, pk: bytes) -> bytes:
        """The key of the row of this one-time key; the same each time."""

    def seal(self, tag: bytes, record: bytes) -> bytes:
        """The record as it is stored under the tag; different each time."""

    def open(self, tag: bytes, sealed: bytes) -> bytes:
        """What was sealed under the tag; raises when either is not as it was."""


class Seal:
    """K_box of one ballot at work."""

    def __init__(self, k_box: bytes) -> None:
        self._tag_key = _derive(k_box, b"session-day-box-tag-v1")
        self._cipher = ChaCha20Poly1305(_derive(k_box, b"session-day-box-seal-v1"))

    def tag(self, pk: bytes) -> bytes:
        return hmac.digest(self._tag_key, pk, sha256)

    def seal(self, tag: bytes, record: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, record, tag)

    def open(self, tag: bytes, sealed: bytes) -> bytes:
        return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], tag)


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose).derive(key)
