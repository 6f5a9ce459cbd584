"""Houses made weak on purpose, each by one rule of BALLOT.md 3 that it breaks: the attacks must succeed on them.

Every weakening is put in where the house is composed, or is a phone that does not keep the rules; no line of the
product knows of any of them.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, event, text
from starlette.types import ASGIApp, Receive, Scope, Send

from display.hub import Audience
from tests.meeting.held_sitting import HeldSitting
from tests.session_day.watched_sitting import Build
from tests.voting.voter import Credential, Voter
from tests.voting.weakened import Unsealed, schema_with_row_numbers
from voting import database
from voting.ballots import Leaves, Receipt
from voting.box import Box, Facts
from voting.credential import blind_encoded, encode
from voting.database import Writer
from voting.keys import KeyFolder
from voting.sealing import Seal
from voting.signed import credential_text, issue_text

_Heard = Callable[[bytes, Receipt], None]


class Squeezed(Seal):
    """Seals a record without the padding of its body: as long as its marks."""

    def seal(self, tag: bytes, record: bytes) -> bytes:
        short = record.removesuffix(b'"}').rstrip(b"0")
        return super().seal(tag, len(record).to_bytes(2, "big") + short)

    def open(self, tag: bytes, sealed: bytes) -> bytes:
        raw = super().open(tag, sealed)
        return raw[2:].ljust(int.from_bytes(raw[:2], "big") - 2, b"0") + b'"}'


class Untidy(Writer):
    """Leaves in the log what was overwritten in the tables."""

    def empty_log(self) -> None:
        pass


class Hoarding(KeyFolder):
    """Destroys no key."""

    def _destroy(self, name: str) -> None:
        pass


class Unlinking(KeyFolder):
    """Takes a key's name away and leaves its bytes where they are."""

    def _destroy(self, name: str) -> None:
        self._file(name).unlink(missing_ok=True)


class Diary(Box):
    """Notes that something was cast, though not what."""

    async def cast(self, raw: bytes) -> Receipt:
        receipt = await super().cast(raw)
        await self._writer.run(lambda conn: conn.exec_driver_sql("INSERT INTO diary DEFAULT VALUES"))
        return receipt


class InOrderOfArrival(Box):
    """Publishes the ballots as they came."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._came: list[bytes] = []

    async def cast(self, raw: bytes) -> Receipt:
        receipt = await super().cast(raw)
        self._came.append(receipt.leaf)
        return receipt

    def leaves(self, ballot: str) -> Leaves | None:
        found = super().leaves(ballot)
        if found is None:
            return None
        return Leaves(tuple(leaf for leaf in self._came if leaf in found.casts), found.unused)


class Loud(Box):
    """Tells whoever wants to know of every cast at once."""

    heard: _Heard = staticmethod(lambda raw, receipt: None)

    async def cast(self, raw: bytes) -> Receipt:
        receipt = await super().cast(raw)
        self.heard(raw, receipt)
        return receipt


class Unblinded(Voter):
    """A phone that asks for its credential in the clear."""

    def ask(self, facts: Facts) -> tuple[bytes, bytes]:
        assert facts.n is not None
        self.credential = Credential(facts, Ed25519PrivateKey.generate())
        encoded = encode(credential_text(facts.B, self.credential.pk), bytes(48))
        self.blinded, self.blinding = blind_encoded(int.from_bytes(facts.n, "big"), encoded, 1)
        return self.blinded, self.device.sign(issue_text(facts.B, self.number, self.blinded))


def _careless_engine(data: Path) -> Engine:
    """SQLite as it comes: what is deleted stays on its page until something else needs the place."""
    engine = database.open_engine(data)
    event.listen(engine, "connect", lambda dbapi, _: dbapi.execute("PRAGMA secure_delete=OFF"))
    engine.dispose()
    return engine


def _schema_with_times() -> MetaData:
    weak = schema_with_row_numbers()
    now = text("(strftime('%Y-%m-%dT%H:%M:%f', 'now'))")
    weak.tables["box"].append_column(Column("at", String, server_default=now))
    return weak


def _schema_with_a_diary() -> MetaData:
    weak = schema_with_row_numbers()
    Table("diary", weak, Column("number", Integer, primary_key=True))
    return weak


def _show_everything(held: HeldSitting) -> None:
    """Turnout at every ballot to everybody, and to the hall how they divide."""
    house, so_far = held.house, Counter[str]()

    def heard(raw: bytes, receipt: Receipt) -> None:
        marks = json.loads(json.loads(raw)["body"]).get("marks")
        if marks is None:
            return  # a hand-back
        so_far.update(marks.values())
        house.service._polling.count_again(house.service.state)
        house.service.show()
        view = {
            "type": "view",
            "seq": house.service.state.seq,
            "at": held.clock.now(),
            "so_far": dict(so_far),
        }
        house.hub.show(Audience.HALL, view)

    assert isinstance(house.box, Loud)
    house.box.heard = heard


_UNSEALED = partial(Box, sealing=Unsealed)

BUILDS = {
    "unsealed": Build(replaced={"Box": _UNSEALED}),
    "numbered": Build(replaced={"Box": _UNSEALED}, schema=schema_with_row_numbers),
    "squeezed": Build(replaced={"Box": partial(Box, sealing=Squeezed)}),
    "timed": Build(schema=_schema_with_times),
    "diary": Build(replaced={"Box": Diary}, schema=_schema_with_a_diary),
    "careless": Build(replaced={"open_engine": _careless_engine}),
    "untidy": Build(replaced={"Writer": Untidy}),
    "hoarding": Build(replaced={"KeyFolder": Hoarding}),
    "unlinking": Build(replaced={"KeyFolder": Unlinking}),
    "unblinded": Build(voter=Unblinded),
    "in order of arrival": Build(replaced={"Box": InOrderOfArrival}),
    "loud": Build(replaced={"Box": Loud}, when_it_stands=_show_everything),
}


class LogsTheBox:
    """What a careful operator might think harmless: a line for every request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            logging.getLogger("access").info("%s %s", scope["type"], scope["path"])
        await self._app(scope, receive, send)
