"""What the box knows of its ballots: the shapes it takes and gives, and the register of those that are on the board.

The register reads the database and the key folder and writes neither.  It keeps only what never changes; the stage
of a ballot is always asked in the transaction that acts on it.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Engine, bindparam, select

from voting.board import MEMBER, EffectiveRoll
from voting.credential import IssuingKey
from voting.errors import UnknownBallot
from voting.keys import KeyFolder
from voting.paper import Paper, parse_paper
from voting.sealing import Sealing
from voting.stages import Stage
from voting.store import BALLOT

Visibility = Literal["secret", "open", "hands"]
"""Blindly signed and sealed; signed by name; shown in the hall and typed in, with nothing sent by anybody."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the sitting's rules say for one ballot; part of its board entry."""

    changes: bool = False
    """A voter may change his mind until closing; the last press counts."""
    names: bool = False
    """The names of an open vote go on the board with its result."""
    withhold: bool = False
    """The public record leaves paper and bodies out unless everything on the paper was carried."""


@dataclass(frozen=True, slots=True)
class NewBallot:
    """A ballot to be prepared."""

    ballot: str
    visibility: Visibility
    paper: Paper
    roll: EffectiveRoll
    rules: Rules = Rules()
    replaces: str | None = None
    fewest: int = 5
    """A secret ballot with fewer entitled voters is refused."""
    voter_class: str = MEMBER
    """Whose ballot it is: letters and `_`.  The roll of another class is its own: `all_members` is the size of the
    class, and no number on it is ever another class's."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of a ballot from its board entry on and never changes."""

    ballot: str
    B: bytes
    """Hash of the ballot's board entry."""
    visibility: Visibility
    paper: Paper
    paper_text: str
    salt: bytes
    size: int
    n: bytes | None
    """The issuing key's modulus, 256 bytes; None where nothing is issued."""
    rules: Rules
    replaces: str | None
    fewest: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """The board key's word that a record is durably in the box."""

    leaf: bytes
    sig: bytes


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many ballots were issued (where nothing is issued: how many are on the roll) and how many are in."""

    issued: int
    returned: int


@dataclass(frozen=True, slots=True)
class Leaves:
    """The published lists of a ballot, sorted; `unused` is None until the hand-back is over."""

    casts: tuple[bytes, ...]
    unused: tuple[bytes, ...] | None


@dataclass(frozen=True, slots=True)
class BallotNow:
    """A ballot as one transaction finds it."""

    facts: Facts
    stage: Stage
    roll_seq: int


def read(conn: Connection, sitting: str, ballot: str) -> BallotNow:
    """The ballot as this transaction sees it.  Raises UnknownBallot."""
    row: Any = conn.execute(
        select(BALLOT).where(BALLOT.c.sitting == sitting, BALLOT.c.ballot == ballot)
    ).one_or_none()
    if row is None:
        raise UnknownBallot
    facts = Facts(
        ballot=row.ballot,
        B=row.hash,
        visibility=row.visibility,
        paper=parse_paper(row.paper),
        paper_text=row.paper,
        salt=row.salt,
        size=row.size,
        n=row.n,
        rules=Rules(row.changes, row.names, row.withhold),
        replaces=row.replaces,
        fewest=row.fewest,
    )
    return BallotNow(facts, Stage(row.stage), row.roll_seq)


# Asked for every batch of ballots, so made once.
_STAGE = select(BALLOT.c.stage).where(
    BALLOT.c.sitting == bindparam("sitting_"), BALLOT.c.ballot == bindparam("ballot_")
)


def stage(conn: Connection, sitting: str, ballot: str) -> Stage:
    """The ballot's stage in this transaction.  Raises UnknownBallot."""
    found = conn.scalar(_STAGE, {"sitting_": sitting, "ballot_": ballot})
    if found is None:
        raise UnknownBallot
    return Stage(found)


class Register:
    """Facts and keys of the ballots on the board, read once and kept; every thread may ask."""

    def __init__(
        self, sitting: str, engine: Engine, folder: KeyFolder, sealing: Callable[[bytes], Sealing]
    ) -> None:
        self._sitting = sitting
        self._engine = engine
        self._folder = folder
        self._sealing = sealing
        self._lock = threading.Lock()
        self._facts: dict[str, Facts] = {}
        self._keys: dict[str, tuple[Sealing, IssuingKey] | None] = {}

    def facts(self, ballot: str) -> Facts:
        """The facts of a ballot that is committed.  Raises UnknownBallot."""
        known = self._facts.get(ballot)
        if known is None:
            with self._engine.connect() as conn:
                known = self._facts[ballot] = read(conn, self._sitting, ballot).facts
        return known

    def facts_of(self, ballot: str, visibility: Visibility) -> Facts:
        """The facts of a ballot of this visibility; to whoever asks for the other, it is unknown."""
        facts = self.facts(ballot)
        if facts.visibility != visibility:
            raise UnknownBallot
        return facts

    def keys(self, ballot: str) -> tuple[Sealing, IssuingKey] | None:
        """Seal and issuing key of a ballot that runs; None once they are destroyed."""
        with self._lock:
            if ballot not in self._keys:
                try:
                    kept = self._folder.ballot(ballot)
                except FileNotFoundError:
                    return None
                self._keys[ballot] = (self._sealing(kept.k_box), kept.issuing)
            return self._keys[ballot]

    def destroy_keys(self, ballot: str) -> None:
        """Destroy the keys of a ballot that ended, and forget them; may be repeated."""
        with self._lock:
            self._keys[ballot] = None
            self._folder.destroy_ballot(ballot)
