"""Why a console is refused before its order reaches the order of business.  Sentences: `meeting.po`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class ConsoleError(Exception):
    """`data` fills the sentence of `error.CODE`."""

    code: ClassVar[str] = "malformed-command"

    def __init__(self, **data: object) -> None:
        super().__init__(data)
        self.data: Mapping[str, object] = data
        self.order: int | None = None
        """The number of the refused order, where it could be read: the console must know which one it was."""

    def __str__(self) -> str:
        return self.code


class MalformedCommand(ConsoleError):
    """Not an order that this console may send; `where` names the field."""

    code = "malformed-command"


class UnknownCommand(ConsoleError):
    code = "unknown-command"


class NotSignedIn(ConsoleError):
    """No session: the link was used, is unknown, or belongs to another sitting."""

    code = "not-signed-in"


class NotActive(ConsoleError):
    """Another console leads the sitting; this one watches until it takes over."""

    code = "not-active"


class NotYourOffice(ConsoleError):
    """Tellers do not lead, and who leads confirms nothing in a teller's place."""

    code = "not-your-office"


class ForeignPage(ConsoleError):
    """A page of another address asks; ours always say where they are from."""

    code = "foreign-page"


class Failed(ConsoleError):
    """The server failed where it should not have; the console shows what is the case now."""

    code = "order-failed"
