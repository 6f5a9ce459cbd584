"""How far a ballot's windows are, and how long the board is: numbers only, for whoever decides that a window is over.

Reads only, and only what is committed.  Of a running secret ballot it tells nothing.
"""

from sqlalchemy import Engine, func, select

from voting.store import BOARD, CONFIRMATION, UNUSED, of_ballot


class Figures:
    """Of one sitting."""

    def __init__(self, sitting: str, engine: Engine) -> None:
        self._sitting = sitting
        self._engine = engine

    def handed_back(self, ballot: str) -> int:
        """How many credentials came back unused."""
        return self._count(UNUSED, ballot)

    def confirmed(self, ballot: str) -> int:
        """How many phones have confirmed that their line is in the list."""
        return self._count(CONFIRMATION, ballot)

    def entries(self) -> int:
        """How many entries the board has."""
        with self._engine.connect() as conn:
            return conn.execute(
                select(func.count()).select_from(BOARD).where(BOARD.c.sitting == self._sitting)
            ).scalar_one()

    def is_checked(self, ballot: str) -> bool:
        """Whether the confirmations are over: the `checked` entry stands."""
        with self._engine.connect() as conn:
            found = select(BOARD.c.seq).where(
                *of_ballot(BOARD, self._sitting, ballot), BOARD.c.kind == "checked"
            )
            return conn.execute(found).first() is not None

    def _count(self, table: object, ballot: str) -> int:
        with self._engine.connect() as conn:
            found = select(func.count()).where(*of_ballot(table, self._sitting, ballot))
            return conn.execute(found).scalar_one()
