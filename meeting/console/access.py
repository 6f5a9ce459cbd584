"""Who may sit at which desk: one-time links for the offices, and the sessions that they open.

A link is a row; the code in it is kept only as a hash and works once.  What it opens is a random token in an
HttpOnly cookie of the console's own path.  No member has an account here, and no office code opens the box.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, insert, select
from sqlmodel import Field, SQLModel

from meeting.order.sitting import SittingId
from voting.signed import b64


class Office(StrEnum):
    CHAIR = "chair"
    CLERK = "clerk"
    TELLER = "teller"
    HALL = "hall"
    """A hall screen: it watches and says nothing."""


class OfficeLink(SQLModel, table=True):
    """A link that nobody has used yet."""

    __tablename__ = "office_link"

    sitting: str = Field(primary_key=True)
    code_hash: bytes = Field(primary_key=True)
    office: str


class OfficeSession(SQLModel, table=True):
    """A browser that has used a link."""

    __tablename__ = "office_session"

    sitting: str = Field(primary_key=True)
    token_hash: bytes = Field(primary_key=True)
    office: str


_LINK: Any = OfficeLink.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_SESSION: Any = OfficeSession.__table__  # type: ignore[attr-defined]


def make_link(
    conn: Connection,
    sitting: SittingId,
    office: Office,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> str:
    """A new one-time code for an office; only its hash is kept.  22 characters of base64url."""
    code = _text(random_bytes(16))
    conn.execute(insert(_LINK).values(sitting=sitting, code_hash=_hash(code), office=office.value))
    return code


def redeem(
    conn: Connection,
    sitting: SittingId,
    code: str,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> tuple[Office, str] | None:
    """Use a link up: the office and the token of a new session, or None for an unknown or used code.

    A hall screen's link stays good: screens are switched off and on again.
    """
    where = (_LINK.c.sitting == sitting, _LINK.c.code_hash == _hash(code))
    found = conn.execute(select(_LINK.c.office).where(*where)).scalar_one_or_none()
    if found is None:
        return None
    office = Office(found)
    if office is not Office.HALL:
        conn.execute(delete(_LINK).where(*where))
    token = _text(random_bytes(32))
    conn.execute(insert(_SESSION).values(sitting=sitting, token_hash=_hash(token), office=office.value))
    return office, token


def office_of(conn: Connection, sitting: SittingId, token: str) -> Office | None:
    """The office that a session's token speaks for, or None."""
    found = conn.execute(
        select(_SESSION.c.office).where(_SESSION.c.sitting == sitting, _SESSION.c.token_hash == _hash(token))
    ).scalar_one_or_none()
    return None if found is None else Office(found)


def _hash(text: str) -> bytes:
    return hashlib.sha256(b"session-day-office\n" + text.encode("utf-8", "surrogatepass")).digest()


def _text(raw: bytes) -> str:
    return b64(raw)
