"""Why a rehearsal could not be played to its end.  Sentences: `rehearsal.po` under `error.CODE`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class RehearsalFailed(Exception):
    """`data` fills the sentence of `error.CODE`."""

    code: ClassVar[str] = "rehearsal-failed"

    def __init__(self, **data: object) -> None:
        super().__init__(data)
        self.data: Mapping[str, object] = data

    def __str__(self) -> str:
        return f"{self.code} {dict(self.data)}"


class ServerGone(RehearsalFailed):
    """No word from the server for `seconds`."""

    code = "rehearsal-server-gone"


class ServerEnded(RehearsalFailed):
    """The server that the rehearsal started for itself ended: `said` are its last words."""

    code = "rehearsal-server-ended"


class OtherSitting(RehearsalFailed):
    """The server at the address serves another sitting, or from another data folder."""

    code = "rehearsal-other-sitting"


class OrderRefused(RehearsalFailed):
    """The chair's `order` was refused again and again, and nothing moved meanwhile; `refusal` is the code."""

    code = "rehearsal-order-refused"


class CardRefused(RehearsalFailed):
    """The card of `member` binds no phone: `refusal` is the code."""

    code = "rehearsal-card-refused"


class NoSignIn(RehearsalFailed):
    """The server does not know the office link that was made for it."""

    code = "rehearsal-no-sign-in"
