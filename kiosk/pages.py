"""The phone's pages: one shell for every card, the same bytes whoever asks.

`GET /j/CODE` and `GET /phone` answer with the page, its words and what anybody may know of the sitting.  No member and
no matter is in it, the code is not even looked at: link previews fetch such addresses, and a GET must change nothing.
The script reads the code from its own address and joins when the member presses (BALLOT.md 2.0).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from display.pages import Pages
from display.slides import Words

PHONE: str = "/phone"
"""Where a phone that has joined finds its page again; the card's code is not in this address."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What everybody may know of a sitting before it begins."""

    sitting: str
    body: Words
    meeting: Words
    venue: Words
    on: date
    start: str
    """When the first item begins, `HH:MM`; empty where nobody has said."""
    plain_http: bool
    """The rules allow phones without TLS."""

    def as_json(self) -> Mapping[str, object]:
        return {
            "sitting": self.sitting,
            "body": self.body,
            "meeting": self.meeting,
            "venue": self.venue,
            "on": self.on.isoformat(),
            "start": self.start,
            "plain_http": self.plain_http,
            "home": PHONE,
        }


def phone_pages(pages: Pages, occasion: Occasion) -> list[BaseRoute]:
    """The routes of the phone's page, for the application's list; outside whatever asks for TLS: the page explains."""

    async def phone(request: Request) -> Response:
        return pages.render(
            request,
            "kiosk/phone.html",
            words=("phone.",),
            occasion=occasion.as_json(),
            title=occasion.meeting,
        )

    return [
        # A QR code that is all capitals holds more and prints larger: so the path may be capital too.
        Route("/j/{code}", phone, methods=["GET"]),
        Route("/J/{code}", phone, methods=["GET"]),
        Route(PHONE, phone, methods=["GET"]),
    ]
