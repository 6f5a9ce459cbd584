"""Blind signatures (RFC 9474, RSABSSA-SHA384-PSS-Deterministic): how a vote is allowed without being seen.

The issuer signs what it cannot read, the voter makes a credential of it that the issuer cannot recognise.  Both
sides are here; the voter's side serves tests and rehearsals, real phones bring their own.  This module stores
nothing and knows no ballot: the message is whatever the caller wants signed.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Self

import gmpy2  # type: ignore[import-untyped]  # it has no stubs
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from gmpy2 import mpz

BITS: Final = 2048
E: Final = 65537
SALT: Final = 48
"""Bytes of salt; SHA-384's own length, and no other is taken."""


@dataclass(frozen=True, slots=True)
class IssuingKey:
    """The RSA key of one ballot.  It signs blindly; nothing else may ever be signed with it."""

    _p: mpz = field(repr=False)
    _q: mpz = field(repr=False)
    _d: mpz = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        """A fresh key of 2048 bits; takes some 55 ms."""
        return cls._from_numbers(rsa.generate_private_key(E, BITS).private_numbers())

    @classmethod
    def _from_numbers(cls, numbers: rsa.RSAPrivateNumbers) -> Self:
        return cls(mpz(numbers.p), mpz(numbers.q), mpz(numbers.d))

    @property
    def n_bytes(self) -> bytes:
        """The modulus, which is all that the public half says (e is 65537)."""
        n = int(self._p * self._q)
        return n.to_bytes((n.bit_length() + 7) // 8, "big")

    def to_bytes(self) -> bytes:
        """The key for the key file; `from_bytes` reads it."""
        p, q, d = int(self._p), int(self._q), int(self._d)
        numbers = rsa.RSAPrivateNumbers(
            p=p,
            q=q,
            d=d,
            dmp1=d % (p - 1),
            dmq1=d % (q - 1),
            iqmp=pow(q, -1, p),
            public_numbers=rsa.RSAPublicNumbers(E, p * q),
        )
        return numbers.private_key().private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """The key that `to_bytes` wrote; ValueError for anything else."""
        key = load_der_private_key(raw, password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise ValueError("not an RSA key")
        return cls._from_numbers(key.private_numbers())

    def blind_sign(self, blinded: bytes) -> bytes:
        """The signature over a blinded message, as long as n.  ValueError unless 0 < blinded < n.

        Takes about a millisecond.  The same message always gets the same answer.
        """
        p, q, d = self._p, self._q, self._d
        n = p * q
        m = mpz(int.from_bytes(blinded, "big"))
        size = (n.bit_length() + 7) // 8
        if len(blinded) != size or not 0 < m < n:
            raise ValueError("the blinded message is out of range")
        # The exponentiation never sees what the voter chose: times and power draw tell nothing about d.
        r = mpz(secrets.randbelow(int(n) - 1) + 1)
        hidden = m * gmpy2.powmod(r, E, n) % n
        at_p = gmpy2.powmod_sec(hidden % p, d % (p - 1), p)
        at_q = gmpy2.powmod_sec(hidden % q, d % (q - 1), q)
        signed = at_q + q * ((at_p - at_q) * gmpy2.invert(q, p) % p)
        s = signed * gmpy2.invert(r, n) % n
        # A wrong half (a flipped bit, a bad chip) would give n's factors away.
        if gmpy2.powmod(s, E, n) != m:
            raise ArithmeticError("the signature does not verify; it must not leave")
        return int(s).to_bytes(size, "big")


@dataclass(frozen=True, slots=True)
class Blinding:
    """What the voter keeps between asking and finalizing; store it before asking."""

    em: bytes = field(repr=False)
    inv: bytes = field(repr=False)


def blind(n_bytes: bytes, message: bytes, *, bits: int = BITS) -> tuple[bytes, Blinding]:
    """A blinded form of `message` to be signed, and what is needed to finalize the answer.

    ValueError for an n that is not odd and of exactly `bits` bits.
    """
    n = modulus(n_bytes, bits)
    while True:
        em = encode(message, secrets.token_bytes(SALT), bits)
        # A factor in common with n would survive the blinding, and a crafted n would link the voter by it.
        if gmpy2.gcd(int.from_bytes(em, "big"), n) == 1:
            break
    while True:
        r = secrets.randbelow(n)
        if r and gmpy2.gcd(r, n) == 1:
            break
    return blind_encoded(n, em, r)


def blind_encoded(n: int, em: bytes, r: int) -> tuple[bytes, Blinding]:
    """The blinding of an encoded message with a given r, which must be prime to n and never used again."""
    size = (n.bit_length() + 7) // 8
    blinded = int.from_bytes(em, "big") * gmpy2.powmod(r, E, n) % n
    inv = int(gmpy2.invert(r, n))
    return int(blinded).to_bytes(size, "big"), Blinding(em, inv.to_bytes(size, "big"))


def finalize(n_bytes: bytes, message: bytes, blind_sig: bytes, blinding: Blinding) -> bytes:
    """The credential: a plain RSA-PSS signature over `message`.  ValueError when the issuer's answer is wrong."""
    n = int.from_bytes(n_bytes, "big")
    z = int.from_bytes(blind_sig, "big")
    if len(blind_sig) != len(n_bytes) or not 0 < z < n:
        raise ValueError("the blind signature is out of range")
    s = z * int.from_bytes(blinding.inv, "big") % n
    if gmpy2.powmod(s, E, n) != int.from_bytes(blinding.em, "big"):
        raise ValueError("the blind signature does not verify")
    return s.to_bytes(len(n_bytes), "big")


def verify_credential(n_bytes: bytes, message: bytes, rsa_sig: bytes, *, salt_length: int = SALT) -> bool:
    """Whether `rsa_sig` is a credential for `message` under n, its salt exactly `salt_length` bytes long."""
    if len(rsa_sig) != len(n_bytes):
        return False
    pss = padding.PSS(padding.MGF1(hashes.SHA384()), salt_length)
    try:
        _public_key(n_bytes).verify(rsa_sig, message, pss, hashes.SHA384())
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=64)
def _public_key(n_bytes: bytes) -> rsa.RSAPublicKey:
    return rsa.RSAPublicNumbers(E, int.from_bytes(n_bytes, "big")).public_key()


def modulus(n_bytes: bytes, bits: int = BITS) -> int:
    """n as a number; ValueError unless it is odd and of exactly `bits` bits."""
    n = int.from_bytes(n_bytes, "big")
    if len(n_bytes) * 8 != bits or n.bit_length() != bits or n % 2 == 0:
        raise ValueError(f"n must be odd and of exactly {bits} bits")
    return n


def encode(message: bytes, salt: bytes, bits: int = BITS) -> bytes:
    """EMSA-PSS (RFC 8017, 9.1.1) with SHA-384 for a modulus of `bits` bits."""
    size = (bits - 1 + 7) // 8
    hashed = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    db = bytes(size - len(salt) - len(hashed) - 2) + b"\x01" + salt
    mask = _mgf1(hashed, len(db))
    masked = int.from_bytes(db, "big") ^ int.from_bytes(mask, "big")
    # emBits is one less than the modulus has, so that the number stays below n.
    masked &= (1 << (bits - 1 - 8 * (len(hashed) + 1))) - 1
    return masked.to_bytes(len(db), "big") + hashed + b"\xbc"


def _mgf1(seed: bytes, length: int) -> bytes:
    blocks = (hashlib.sha384(seed + i.to_bytes(4, "big")).digest() for i in range(-(-length // 48)))
    return b"".join(blocks)[:length]
