"""Cards and devices: who holds which card, and which phone speaks for which member.

The code on a card is good for one thing only, to bind the first phone that signs with it.  It opens no page,
votes nothing and is worthless afterwards.  Joining is not presence: nobody signs in by it.
"""

import base64
import secrets
import unicodedata
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, SQLModel, UniqueConstraint, col, insert, select

from kiosk.errors import BadJoin, DeviceInUse, LinkUsed, TooManyAttempts, UnknownLink
from kiosk.messages import JoinRequest
from voting.database import Writer
from voting.signed import check_public_key, join_text, verify

_CODE_BYTES: Final = 10
"""80 random bits: 16 characters of base32, nothing left over."""

# Base32 has no 0, 1 or 8: whoever types one has misread the letter that looks like it.
_MISREAD: Final = str.maketrans("018", "OIB")


class Card(SQLModel, table=True):
    """A member's card.  Its code is printed once and never shown on any screen."""

    __table_args__ = (UniqueConstraint("sitting", "code"),)

    sitting: str = Field(primary_key=True)
    member: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    code: str


class Device(SQLModel, table=True):
    """The device that speaks for a member in a sitting: the public half of its key and how it was bound."""

    sitting: str = Field(primary_key=True)
    member: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    dev_pk: bytes = Field(index=True)  # not unique: a shared terminal may stand for several members
    bound: str
    """``card``, ``clerk`` or ``kiosk``, as the roll on the board says it."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The answer to a phone: who it is now, and whose signature to expect on the board."""

    sitting: str
    member: int
    name: str
    board_key: bytes


def make_cards(
    conn: Connection,
    sitting: str,
    members: Iterable[int],
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> dict[int, str]:
    """A code for every one of ``members``, those that had one keeping it: printing twice prints the same."""
    codes = cards(conn, sitting)
    new = [member for member in members if member not in codes]
    for member in new:
        codes[member] = base64.b32encode(random_bytes(_CODE_BYTES)).decode()
    if new:
        conn.execute(
            insert(Card), [{"sitting": sitting, "member": member, "code": codes[member]} for member in new]
        )
    return codes


def cards(conn: Connection, sitting: str) -> dict[int, str]:
    """The codes of a sitting by member, for printing."""
    rows = conn.execute(select(Card.member, Card.code).where(col(Card.sitting) == sitting))
    return {member: code for member, code in rows}


def devices(conn: Connection, sitting: str) -> dict[int, tuple[bytes, str]]:
    """Key and manner of binding of every device of a sitting, by member."""
    rows = conn.execute(
        select(Device.member, Device.dev_pk, Device.bound).where(col(Device.sitting) == sitting)
    )
    return {member: (bytes(dev_pk), bound) for member, dev_pk, bound in rows}


def printed(code: str) -> str:
    """A code as it stands on the card, from what was typed: spaces, dashes and small letters do not matter.

    The phone signs this form.
    """
    text = unicodedata.normalize("NFKC", code).upper().translate(_MISREAD)
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) != "Pd")


class Attempts:
    """Failed joins of the last minute, by card and in all.  Never by address: a hall sits behind one.

    A card that failed too often is paused.  When there were too many in all, whoever has no good card is told
    only to wait; a good card still gets in, else one prankster could keep a whole hall out.
    """

    def __init__(
        self, clock: Callable[[], float], *, per_card: int = 10, in_all: int = 300, window: float = 60
    ) -> None:
        self._clock = clock
        self._per_card = per_card
        self._in_all = in_all
        self._window = window
        self._all: deque[float] = deque(maxlen=in_all)
        # Only codes of real cards come in here, so guessing cannot fill the memory.
        self._cards: dict[str, deque[float]] = {}

    def admit(self, code: str) -> None:
        """Raises TooManyAttempts while this card is paused."""
        if code in self._cards:
            self._refuse_when_full(self._cards[code], self._per_card)

    def failed(self, code: str | None = None) -> None:
        """Count a failure.  Raises TooManyAttempts when there have been too many in all already."""
        self._refuse_when_full(self._all, self._in_all)
        self._all.append(self._clock())
        if code is not None:
            self._cards.setdefault(code, deque(maxlen=self._per_card)).append(self._clock())

    def _refuse_when_full(self, times: deque[float], limit: int) -> None:
        now = self._clock()
        while times and times[0] <= now - self._window:
            times.popleft()
        if len(times) >= limit:
            raise TooManyAttempts(seconds=max(1, round(times[0] + self._window - now)))


class Door:
    """Where phones join a sitting."""

    def __init__(
        self,
        *,
        sitting: str,
        board_key: bytes,
        writer: Writer,
        attempts: Attempts,
        name: Callable[[int], str],
        bound: Callable[[int, bytes], Awaitable[None]],
    ) -> None:
        """``bound(member, dev_pk)`` is told after the commit, and again whenever that phone asks again."""
        self._sitting = sitting
        self._board_key = board_key
        self._writer = writer
        self._attempts = attempts
        self._name = name
        self._bound = bound

    async def join(self, request: JoinRequest) -> Joined:
        """Bind the phone to the card's member: first come.

        May be repeated: the same key gets the same answer.
        Raises BadJoin, UnknownLink, LinkUsed, DeviceInUse or TooManyAttempts, and has then changed nothing.
        """
        code = printed(request.code)
        self._attempts.admit(code)
        try:
            self._check_signature(code, request)
            member = await self._bind(code, request.dev_pk)
        except (LinkUsed, DeviceInUse):
            self._attempts.failed(code)
            raise
        except (BadJoin, UnknownLink):
            self._attempts.failed()
            raise
        await self._bound(member, request.dev_pk)
        return Joined(self._sitting, member, self._name(member), self._board_key)

    def _check_signature(self, code: str, request: JoinRequest) -> None:
        try:
            check_public_key(request.dev_pk)
        except ValueError as error:
            raise BadJoin from error
        if not verify(request.dev_pk, join_text(self._sitting, code, request.dev_pk), request.sig):
            raise BadJoin

    async def _bind(self, code: str, dev_pk: bytes) -> int:
        try:
            return await self._writer.run(lambda conn: bind(conn, self._sitting, code, dev_pk))
        except IntegrityError:
            # Another process bound the card between our look and our insert; now its row is there to be seen.
            return await self._writer.run(lambda conn: bind(conn, self._sitting, code, dev_pk))


def bind(conn: Connection, sitting: str, code: str, dev_pk: bytes) -> int:
    """The member of the card with this code, now bound to ``dev_pk`` (or bound to it before).

    Raises UnknownLink, LinkUsed or DeviceInUse.
    """
    # The index finds the code: there is no comparison whose time would tell how much of a guess was right.
    member = conn.execute(
        select(Card.member).where(col(Card.sitting) == sitting, col(Card.code) == code)
    ).scalar_one_or_none()
    if member is None:
        raise UnknownLink
    holder = conn.execute(
        select(Device.dev_pk).where(col(Device.sitting) == sitting, col(Device.member) == member)
    ).scalar_one_or_none()
    if holder is not None:
        if bytes(holder) != dev_pk:
            raise LinkUsed
        return member
    taken = conn.execute(
        select(Device.member).where(col(Device.sitting) == sitting, col(Device.dev_pk) == dev_pk)
    ).first()
    if taken is not None:
        raise DeviceInUse
    conn.execute(insert(Device).values(sitting=sitting, member=member, dev_pk=dev_pk, bound="card"))
    return member
