"""How a refusal is put to a phone: the stable code for its program, a sentence in each language for its owner.

The same shape on every socket and route.  It words only what `KioskError` and `VotingError` say; whatever else
was raised is none of the phone's business and becomes ``unavailable``.
"""

from typing import Final

from display import i18n
from kiosk.errors import KioskError
from voting.errors import VotingError

Refused = (KioskError, VotingError)
"""What may be raised to refuse a phone, for ``except`` clauses."""

_STATUS: Final = {
    "unknown-link": 404,
    "unknown-ballot": 404,
    "not-published-yet": 404,
    "too-slow": 408,
    "link-used": 409,
    "device-in-use": 409,
    "already-cast": 409,
    "too-large": 413,
    "too-many-attempts": 429,
    "unavailable": 503,
}


def refusal(error: KioskError | VotingError, re: str | None = None) -> dict[str, object]:
    """The error as a message; ``re`` names the type of message that it answers."""
    answer: dict[str, object] = {"type": "error", "code": error.code, "say": i18n.say(error)}
    if re is not None:
        answer["re"] = re
    return answer


def status(error: KioskError | VotingError) -> int:
    """The HTTP status that goes with the error; the code in the body says more."""
    return _STATUS.get(error.code, 400)
