"""The personal cards of a sitting as a page to print: name, number, QR code, and the code to type.  Pure.

A card opens the sitting to one member, or to one attendee who is asked to advise: the page is written to a file, never
served.  It has no script and fetches nothing.  The code carries the board's key in its fragment, so that a phone knows
whose board it reads (BALLOT.md 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from display import i18n, qr
from meeting.console import printed
from meeting.office.library import LibraryError
from meeting.order.sitting import Attendee, Plan
from voting.signed import b64

ON_A_SHEET = 6


class NoPublicUrl(LibraryError):
    """Nobody has said under which address phones find the sitting: what stands on a card cannot be guessed."""

    code = "no-public-url"


@dataclass(frozen=True, slots=True)
class Card:
    number: int
    name: str
    title: str
    code: str
    """As it is typed: four groups of four."""
    picture: Markup


def page(plan: Plan, codes: Mapping[int, str], board_key: bytes, public_url: str) -> str:
    """The page for a sitting whose phones find it at `public_url`.  Raises NoPublicUrl."""
    base = public_url.strip().rstrip("/")
    if not base:
        raise NoPublicUrl()
    cards = [
        Card(
            one.number,
            one.name,
            one.kind.zh if isinstance(one, Attendee) else one.title.zh,
            " ".join(code[at : at + 4] for at in range(0, len(code), 4)),
            Markup(qr.svg(address(base, code, board_key))),
        )
        for one in plan.everybody
        if (code := codes.get(one.number))
    ]
    return printed.page(
        "cards",
        plan=plan,
        sheets=[cards[at : at + ON_A_SHEET] for at in range(0, len(cards), ON_A_SHEET)],
        url=base,
        both=lambda key, **data: i18n.both(f"console.cards.{key}", **data),
    )


def address(base: str, code: str, board_key: bytes) -> str:
    """What the QR code says: all capitals but for the key, since capitals make a smaller code.

    A path in the public address keeps its letters; scheme and host mean the same in capitals.
    """
    scheme, separator, rest = base.partition("://")
    host, slash, path = rest.partition("/")
    if not slash:
        return f"{scheme}{separator}{host}/J/{code}".upper() + f"#k={b64(board_key)}"
    return f"{scheme}{separator}{host}".upper() + f"/{path}/j/{code}#k={b64(board_key)}"
