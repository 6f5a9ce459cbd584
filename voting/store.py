"""The tables of the ballot box.

What a table lacks is as much a rule as what it has: nothing beside a credential or a ballot holds a time, a
sequence or a row number, and the tables whose rows arrive one by one have no row number (`WITHOUT ROWID`), because the
order of arrival, laid beside a camera's picture of the hall, is a list of names.  Where the bytes of a row lie on its
page still tells that order: hence casts are sealed while they arrive and written anew when they are opened, and
hand-backs are written anew when their window is over.
"""

from functools import cache
from typing import Any, ClassVar

from sqlalchemy import Connection, Index, UniqueConstraint
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, SQLModel

_IN_KEY_ORDER: dict[str, Any] = {"sqlite_with_rowid": False}


class BallotRow(SQLModel, table=True):
    """A ballot: its facts, which never change after its board entry, and its stage."""

    __tablename__: ClassVar[str] = "ballot"
    # An n occurs once on a board.
    __table_args__ = (UniqueConstraint("sitting", "n"),)

    sitting: str = Field(primary_key=True)
    ballot: str = Field(primary_key=True)
    stage: str
    visibility: str
    voter_class: str
    hash: bytes
    """B: of the ballot's own board entry."""
    n: bytes | None
    size: int
    paper: str
    salt: bytes
    fewest: int
    roll_seq: int
    """The last roll entry that holds for this ballot."""
    replaces: str | None
    changes: bool
    names: bool
    withhold: bool


class VoterRow(SQLModel, table=True):
    """Who may vote on a ballot, and with which device: the fold of its roll, frozen at opening."""

    __tablename__: ClassVar[str] = "voter"
    __table_args__ = _IN_KEY_ORDER

    sitting: str = Field(primary_key=True)
    ballot: str = Field(primary_key=True)
    member: int = Field(primary_key=True)
    dev_pk: bytes | None


class IssuedRow(SQLModel, table=True):
    """A credential given to a member, who cannot be recognised by it."""

    __tablename__: ClassVar[str] = "issued"
    # One blinded key signed for two members would fail the whole record: the verifier refuses it, and must.
    __table_args__ = (UniqueConstraint("sitting", "ballot", "blinded"), _IN_KEY_ORDER)

    sitting: str = Field(primary_key=True)
    ballot: str = Field(primary_key=True)
    member: int = Field(primary_key=True)
    blinded: bytes
    sig: bytes
    blind_sig: bytes


class SealedRow(SQLModel, table=True):
    """A cast while its ballot runs.  Both columns look random to whoever lacks the ballot's key."""

    __tablename__: ClassVar[str] = "box"
    __table_args__ = _IN_KEY_ORDER

    sitting: str = Field(primary_key=True)
    ballot: str = Field(primary_key=True)
    tag: bytes = Field(primary_key=True)
    sealed: bytes


class CastRow(SQLModel, table=True):
    """A ballot after closing.  It has no voter, no time and no number; all of a ballot's are written together."""

    __tablename__: ClassVar[str] = "cast"
    __table_args__ = _IN_KEY_ORDER

    sitting: str = Field(primary_key=True)
    ballot: str = Field(primary_key=True)
    pk: bytes = Field(primary_key=True)
    seq: int
    body: bytes
    rsa: bytes
    sig: bytes


class UnusedRow(SQLModel, table=True):
    """A credential that was handed back after the result."""

    __tablename__: ClassVar[str] = "unused"
    __table_args__ = _IN_KEY_ORDER

    sitting: str = Field(primary_key=True)
    ballot: str = Field(primary_key=True)
    pk: bytes = Field(primary_key=True)
    body: bytes
    rsa: bytes
    sig: bytes


class OpenVoteRow(SQLModel, table=True):
    """A vote by name; the last one replaces the one before."""

    __tablename__: ClassVar[str] = "open_vote"
    __table_args__ = _IN_KEY_ORDER

    sitting: str = Field(primary_key=True)
    ballot: str = Field(primary_key=True)
    member: int = Field(primary_key=True)
    body: bytes
    sig: bytes


class ConfirmationRow(SQLModel, table=True):
    """A member's signature that his phone found its line; it says neither which nor what."""

    __tablename__: ClassVar[str] = "confirmation"
    __table_args__ = _IN_KEY_ORDER

    sitting: str = Field(primary_key=True)
    ballot: str = Field(primary_key=True)
    member: int = Field(primary_key=True)
    sig: bytes


class BoardRow(SQLModel, table=True):
    """The public board, append-only.  `kind` and `ballot` repeat what the text says."""

    __tablename__: ClassVar[str] = "board"

    sitting: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str
    ballot: str
    """Empty for an entry that is about no ballot."""
    text: str
    prev: bytes
    hash: bytes
    sig: bytes


def of_ballot(table: Any, sitting: str, ballot: str) -> tuple[Any, Any]:
    """The condition that every question to these tables has."""
    return table.c.sitting == sitting, table.c.ballot == ballot


def row_of(sitting: str, ballot: str, **values: object) -> dict[str, object]:
    """A row of a ballot, to be written."""
    return {"sitting": sitting, "ballot": ballot, **values}


def put_new(conn: Connection, table: Any) -> Any:
    """An insert that leaves a row alone that is there already: one bad row must not fail the rest."""
    return _put_new(conn.dialect.name, table)


@cache
def _put_new(dialect: str, table: Any) -> Any:
    # Kept, because making the statement costs more than running it.
    return _insert(dialect, table).on_conflict_do_nothing()


def put_last(conn: Connection, table: Any, *columns: str) -> Any:
    """An insert that replaces these columns of a row that is there already."""
    statement = _insert(conn.dialect.name, table)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key), set_={name: statement.excluded[name] for name in columns}
    )


def _insert(dialect: str, table: Any) -> Any:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


BOARD: Any = BoardRow.__table__  # type: ignore[attr-defined]
BALLOT: Any = BallotRow.__table__  # type: ignore[attr-defined]
VOTER: Any = VoterRow.__table__  # type: ignore[attr-defined]
ISSUED: Any = IssuedRow.__table__  # type: ignore[attr-defined]
BOX: Any = SealedRow.__table__  # type: ignore[attr-defined]
CAST: Any = CastRow.__table__  # type: ignore[attr-defined]
UNUSED: Any = UnusedRow.__table__  # type: ignore[attr-defined]
OPEN_VOTE: Any = OpenVoteRow.__table__  # type: ignore[attr-defined]
CONFIRMATION: Any = ConfirmationRow.__table__  # type: ignore[attr-defined]

# Each kind of entry once a ballot (a roll may be amended, a ruling replaced), once a sitting where it names none.
_ONCE = BOARD.c.kind.not_in(["roll", "rebind", "ruling"])
Index(
    "board_once",
    BOARD.c.sitting,
    BOARD.c.ballot,
    BOARD.c.kind,
    unique=True,
    sqlite_where=_ONCE,
    postgresql_where=_ONCE,
)
