"""A copy of the data folder, as whoever keeps backups has it: what can be read out of it without asking the product.

Knows SQLite's two file formats well enough to see what SQL does not show: the database after every single commit that
is still in the write-ahead log, and where on its page a row was put down.  It judges nothing; that is for the attacks.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

DATABASE, LOG, KEYS = "session-day.db", "session-day.db-wal", "keys/"
_LOG_HEADER, _FRAME_HEADER = 32, 24
_KINDS = {0x02: 12, 0x05: 12, 0x0A: 8, 0x0D: 8}
"""Pages of a B-tree by their first byte, with the length of their heads."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as SQL shows it; `number` is its rowid where the table keeps one."""

    table: str
    columns: tuple[str, ...]
    values: tuple[Any, ...]
    number: int | None

    def flat(self) -> bytes:
        """Everything in the row in one piece, to look for something in it."""
        return b"\0".join(v if isinstance(v, bytes) else str(v).encode() for v in self.values)


@dataclass(frozen=True, slots=True)
class Copy:
    """The files of a data folder at one moment, by their paths in it."""

    files: Mapping[str, bytes]

    @classmethod
    def of(cls, folder: Path) -> Copy:
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        return cls({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})

    def backup(self) -> Copy:
        """The same without the keys, which no backup contains."""
        return Copy({name: raw for name, raw in self.files.items() if not name.startswith(KEYS)})

    def key_files(self) -> list[bytes]:
        return [raw for name, raw in self.files.items() if name.startswith(KEYS)]

    def databases(self) -> Iterator[bytes]:
        """The database file, then as it was after each commit of the log, then after what is left of an older log."""
        pages = _pages(self.files[DATABASE])
        yield self.files[DATABASE]
        yield from _replayed(pages, self.files.get(LOG, b""))

    def database(self) -> bytes:
        """The newest state."""
        return list(self.databases())[-1]


def _pages(database: bytes) -> dict[int, bytes]:
    size = page_size(database)
    return {at // size + 1: database[at : at + size] for at in range(0, len(database), size)}


def page_size(database: bytes) -> int:
    size: int = struct.unpack(">H", database[16:18])[0]
    return 65536 if size == 1 else size


def _replayed(pages: dict[int, bytes], log: bytes) -> Iterator[bytes]:
    """A log that was begun again from its start keeps the end of the one before, under other salts."""
    if len(log) < _LOG_HEADER:
        return
    size: int = struct.unpack(">I", log[8:12])[0]
    step = _FRAME_HEADER + size
    ends = range(_LOG_HEADER, len(log) - step + 1, step)
    frames = [
        (*struct.unpack(">IIII", log[at : at + 16]), log[at + _FRAME_HEADER : at + step]) for at in ends
    ]
    for salts in dict.fromkeys(frame[2:4] for frame in frames):
        image = dict(pages)
        for number, length, *of, page in frames:
            if tuple(of) == salts:
                image[number] = page
                if length:  # a commit: the database has so many pages now
                    yield b"".join(image.get(n, bytes(size)) for n in range(1, length + 1))


def rows(database: bytes) -> list[Row]:
    """Every row of every table, by rowid where there is one; nothing where the pages do not make a database."""
    # A database in memory has no log; the two bytes say that this one has.
    plain = database[:18] + b"\x01\x01" + database[20:]
    found: list[Row] = []
    try:
        with closing(sqlite3.connect(":memory:")) as conn:
            conn.deserialize(plain)
            tables = conn.execute(
                "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            )
            for table, without_rowid in tables.fetchall():
                number = "NULL" if without_rowid else "rowid"
                by = "" if without_rowid else "ORDER BY rowid"
                read = conn.execute(f'SELECT {number}, * FROM "{table}" {by}')
                columns = tuple(column[0] for column in read.description[1:])
                found += [Row(table, columns, tuple(values), at) for at, *values in read]
    except sqlite3.DatabaseError:
        return []
    return found


def cells(database: bytes) -> Iterator[bytes]:
    """The cells of all pages, each page's in the order in which they were put down: from its end towards its head."""
    size = page_size(database)
    for number, page in sorted(_pages(database).items()):
        head = 100 if number == 1 else 0
        if len(page) < size or page[head] not in _KINDS:
            continue
        count = struct.unpack(">H", page[head + 3 : head + 5])[0]
        start = head + _KINDS[page[head]]
        offsets = struct.unpack(f">{count}H", page[start : start + 2 * count])
        ends = [size, *sorted(offsets, reverse=True)]
        for end, offset in pairwise(ends):
            yield page[offset:end]
