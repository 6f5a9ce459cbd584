"""A store made weak on purpose: what the rules of the real one forbid.

Only for tests that look for the order of voting in the files, to show that they would find it: tables that number
their rows, casts that lie there unsealed.
"""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from voting.body import CastBody, parse_body
from voting.records import unpack


def schema_with_row_numbers() -> MetaData:
    """The schema in which SQLite keeps every table in the order of arrival; for `open_engine(schema=…)`."""
    weak = MetaData()
    for table in SQLModel.metadata.tables.values():
        table.to_metadata(weak).dialect_options["sqlite"]["with_rowid"] = True
    return weak


class Unsealed:
    """No seal at all; for `Box(sealing=…)`."""

    def __init__(self, k_box: bytes) -> None:
        pass

    def tag(self, pk: bytes) -> bytes:
        return pk

    def seal(self, tag: bytes, record: bytes) -> bytes:
        return record

    def open(self, tag: bytes, sealed: bytes) -> bytes:
        return sealed


def choice_of(sealed: bytes) -> object:
    """What an unsealed row says to whoever reads the file."""
    body = parse_body(unpack(sealed).body)
    assert isinstance(body, CastBody)
    return body.marks
