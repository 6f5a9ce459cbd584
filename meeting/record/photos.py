"""The nominees' pictures of a sitting: their bytes, each under the token that the journal's plan names it by.

Works in the caller's transaction, so that a sitting is loaded with its pictures or not at all.  Who is shown a token
is the projections' affair.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import ClassVar

from sqlalchemy import Connection
from sqlmodel import Field, SQLModel, col, insert, select

from display.pictures import Picture
from meeting.order.sitting import MatterId, Photo, Plan, SittingId


class PhotoRow(SQLModel, table=True):
    """A picture.  Whose it is stands in the journal alone."""

    __tablename__: ClassVar[str] = "photo"

    sitting: str = Field(primary_key=True)
    token: str = Field(primary_key=True)
    media_type: str
    content: bytes


def token() -> str:
    """256 random bits: 43 characters."""
    return secrets.token_urlsafe(32)


def with_tokens(plan: Plan, draw: Callable[[], str]) -> Plan:
    """The plan, a token drawn for every picture that it names."""
    return _tokens(plan, draw)


def without_tokens(plan: Plan) -> Plan:
    """The plan as its file says it: for asking whether two are the same."""
    return _tokens(plan, lambda: "")


def keep(conn: Connection, plan: Plan, pictures: Mapping[MatterId, Picture]) -> None:
    """Keep the pictures that the matters of `plan` name.  KeyError where one is lacking."""
    rows = [
        {
            "sitting": plan.id,
            "token": matter.photo.token,
            "media_type": pictures[matter.id].media_type,
            "content": pictures[matter.id].content,
        }
        for matter in plan.matters
        if matter.photo is not None
    ]
    if rows:
        conn.execute(insert(PhotoRow), rows)


def find(conn: Connection, sitting: SittingId, token: str) -> Picture | None:
    """The picture under a token, if there is one."""
    wanted = select(PhotoRow.media_type, PhotoRow.content).where(
        col(PhotoRow.sitting) == sitting, col(PhotoRow.token) == token
    )
    row = conn.execute(wanted).one_or_none()
    return None if row is None else Picture(row[0], bytes(row[1]))


def _tokens(plan: Plan, draw: Callable[[], str]) -> Plan:
    matters = tuple(
        one if one.photo is None else replace(one, photo=Photo(one.photo.sha256, draw()))
        for one in plan.matters
    )
    return replace(plan, matters=matters)
