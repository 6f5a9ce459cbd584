"""Everything that the member's side may refuse, with the stable code that the phone acts on.

The tree says who has to do something:

    KioskError
    ├── UnknownMessage, TooSlow, BadHello                          the program on the phone is wrong or old
    ├── WrongOrigin                                                another web page is knocking
    ├── OpenedElsewhere                                            the member's newer page goes on
    ├── UnknownLink, LinkUsed, DeviceInUse, BadJoin                the member asks the clerk
    ├── NotInTheRoom                                               the member presses sign-in first
    ├── NotYet                                                     ask again later
    └── TooManyAttempts, Unavailable                               wait a moment, try again

``data`` fills the placeholders of the sentence in the catalogue (``error.<code>``); it never holds a code
of a card, a key, a ballot or a name.  `voting.errors` has Malformed and TooLarge, which are raised here too.
"""

from collections.abc import Mapping
from typing import ClassVar


class KioskError(Exception):
    """A refusal that changed nothing: not the asker's state, and nobody else's."""

    code: ClassVar[str]
    data: Mapping[str, object]

    def __init__(self, **data: object) -> None:
        super().__init__()
        self.data = data

    def __str__(self) -> str:
        return f"{self.code}{dict(self.data) or ''}"


class UnknownMessage(KioskError):
    """Well-formed, but of a type that this socket does not take."""

    code = "unknown-message"


class TooSlow(KioskError):
    """The first message did not come in time."""

    code = "too-slow"


class BadHello(KioskError):
    """The member has no device yet, or this is not it.  One code for both: nobody learns who has joined."""

    code = "bad-hello"


class WrongOrigin(KioskError):
    """The upgrade came from a page that is not ours."""

    code = "wrong-origin"


class OpenedElsewhere(KioskError):
    """The same device opened the page again; this older socket ends and must not come back by itself."""

    code = "opened-elsewhere"


class UnknownLink(KioskError):
    """No card of this sitting has the code."""

    code = "unknown-link"


class LinkUsed(KioskError):
    """The card is bound to another device already."""

    code = "link-used"


class DeviceInUse(KioskError):
    """The device is bound to another member's card already."""

    code = "device-in-use"


class BadJoin(KioskError):
    """The key is not a sound one, or the request is not signed by it."""

    code = "bad-join"


class TooManyAttempts(KioskError):
    """Joining is paused, for this card or for everybody, for ``seconds``."""

    code = "too-many-attempts"


class NotInTheRoom(KioskError):
    """What was asked needs the member to have signed in."""

    code = "not-in-the-room"


class NotYet(KioskError):
    """The list is published after the result."""

    code = "not-published-yet"


class Unavailable(KioskError):
    """The server failed where it should not have.  Nothing is known of the effect; asking again is safe."""

    code = "unavailable"
