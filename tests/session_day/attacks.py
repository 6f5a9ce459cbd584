"""The attacks on the secrecy of a ballot: what somebody would try who has everything but the phones.

Each is a function of what was captured: copies of the data folder, the public record, frames and logs.  None is
told the truth; each answers with what it believes, and the test knows how right that is.  They know how the product
keeps its data, since whoever attacks it has its source.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from statistics import correlation
from typing import Any

from tests.session_day.copied_folder import Copy, Row, cells, rows
from voting.credential import E
from voting.sealing import Seal
from voting.signed import b64, cast_leaf, unb64

# --- what is public when the ballot is over ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cast:
    """A line of the published list."""

    pk: bytes
    body: bytes
    rsa: bytes
    sig: bytes

    @property
    def leaf(self) -> bytes:
        return cast_leaf(self.body, self.rsa, self.sig)

    def prints(self, keys: Iterable[bytes] = ()) -> frozenset[bytes]:
        """What would betray this ballot wherever it is found; also under a seal of which the key is among `keys`."""
        plain = [self.pk, self.rsa, self.sig, self.leaf, hashlib.sha256(self.pk).digest()]
        forms = [form for raw in plain for form in (raw, b64(raw).encode(), raw.hex().encode())]
        return frozenset([*forms, *(Seal(key).tag(self.pk) for key in keys)])


@dataclass(frozen=True, slots=True)
class Issue:
    member: int
    blinded: bytes
    blind_sig: bytes


@dataclass(frozen=True, slots=True)
class Published:
    """What the public record says of one ballot."""

    n: bytes
    casts: tuple[Cast, ...]
    issues: tuple[Issue, ...]

    @classmethod
    def read(cls, files: Mapping[str, bytes], ballot: str) -> Published:
        entries = [json.loads(json.loads(line)["text"]) for line in files["board.jsonl"].splitlines()]
        n = next(unb64(e["n"]) for e in entries if e["kind"] == "ballot" and e["ballot"] == ballot)
        found = json.loads(files[f"ballots/{ballot}.json"])
        casts = [
            Cast(unb64(json.loads(c["body"])["pk"]), c["body"].encode(), unb64(c["rsa"]), unb64(c["sig"]))
            for c in found["casts"]
        ]
        issues = [Issue(i["member"], unb64(i["blinded"]), unb64(i["blind_sig"])) for i in found["issues"]]
        return cls(n, tuple(casts), tuple(issues))


# --- the order of arrival ---------------------------------------------------------------------------------------

Orders = Mapping[str, Sequence[bytes]]
"""Things in the order in which they may have come, by the way in which that was read."""


def by_row_number(copy: Copy) -> Orders:
    """One look at the tables: whatever is numbered was numbered as it came."""
    found: dict[str, list[bytes]] = {}
    for row in rows(copy.database()):
        if row.number is not None:
            found.setdefault(f"rowid of {row.table}", []).append(row.flat())
    return found


def by_page(copy: Copy) -> Orders:
    """Where on its page a row lies, and on which page."""
    return {"place on the pages": list(cells(copy.database()))}


def by_commit(copy: Copy) -> Orders:
    """The write-ahead log, played back commit by commit."""
    return _new_rows("log", copy.databases())


def by_copies(copies: Sequence[Copy]) -> Orders:
    """Backups taken again and again while the ballot runs."""
    return _new_rows("copies", (copy.database() for copy in copies))


def _new_rows(way: str, databases: Iterable[bytes]) -> Orders:
    seen: dict[str, dict[bytes, None]] = {}
    for database in databases:
        for row in rows(database):
            # A dictionary keeps the moment at which it first saw a key.
            seen.setdefault(f"{way}, table {row.table}", {}).setdefault(row.flat())
    return {way: list(found) for way, found in seen.items()}


def by_place(name: str, text: bytes, casts: Sequence[Cast]) -> Orders:
    """The order in which the ballots stand in any text or file."""
    where = {c.pk: min((at for p in c.prints() if (at := text.find(p)) >= 0), default=-1) for c in casts}
    return {f"place in {name}": sorted((pk for pk, at in where.items() if at >= 0), key=where.__getitem__)}


def recognised(order: Sequence[bytes], casts: Sequence[Cast], keys: Iterable[bytes] = ()) -> list[bytes]:
    """The published ballots in the order of the things in which they were recognised."""
    keys = list(keys)
    prints = {mark: cast.pk for cast in casts for mark in cast.prints(keys)}
    found: dict[bytes, None] = {}
    for thing in order:
        for mark, pk in prints.items():
            if mark in thing:
                found.setdefault(pk)
    return list(found)


def keys_that_fit(
    box: Copy, casts: Sequence[Cast], left: Iterable[Copy], public: Iterable[bytes]
) -> list[bytes]:
    """The keys with which the tags in a copy of the box are tags of published ballots.

    Tried is every piece of a key file that is left anywhere, and every public value.
    """
    kept = {
        raw[at : at + 32] for copy in left for raw in copy.key_files() for at in range(0, len(raw) - 31, 4)
    }
    tried = kept | {value for value in public if len(value) == 32} | {bytes(32)}
    database = box.database()
    return [key for key in tried if any(Seal(key).tag(cast.pk) in database for cast in casts[:3])]


def likeness(guess: Sequence[bytes], truth: Sequence[bytes]) -> float:
    """Rank correlation of a guessed order and the true one, backwards as good as forwards; 0 for a guess of few."""
    both = [thing for thing in guess if thing in set(truth)]
    if len(both) < max(10, len(truth) // 2):
        return 0.0
    return abs(correlation([truth.index(thing) for thing in both], range(len(both))))


# --- who --------------------------------------------------------------------------------------------------------


def by_blinding(published: Published) -> dict[bytes, set[int]]:
    """To whom each ballot's credential can have been issued.

    With a factor of its own for every pair any issue explains any ballot; a factor that is short, or that explains
    two pairs, is no chance.
    """
    n = int.from_bytes(published.n, "big")
    factors: dict[tuple[bytes, int], int] = {}
    for cast in published.casts:
        rsa = int.from_bytes(cast.rsa, "big")
        encoded, inverse = pow(rsa, E, n), pow(rsa, -1, n)
        for issue in published.issues:
            factor = int.from_bytes(issue.blind_sig, "big") * inverse % n
            if encoded * pow(factor, E, n) % n == int.from_bytes(issue.blinded, "big"):
                factors[cast.pk, issue.member] = factor
    often = Counter(factors.values())
    telling = {pair for pair, factor in factors.items() if factor.bit_length() < 1024 or often[factor] > 1}
    found: dict[bytes, set[int]] = {}
    for pk, member in telling or factors:
        found.setdefault(pk, set()).add(member)
    return found


def by_walking_together(members: Sequence[int], ballots: Sequence[bytes]) -> dict[bytes, int]:
    """Who collected first cast first: the order of the issues laid beside an order of the ballots."""
    return dict(zip(ballots, members, strict=False))


def order_of_issues(orders: Orders, published: Published) -> Mapping[str, Sequence[int]]:
    """The members in the order in which they collected, which nothing hides: they did so by name."""
    member = {issue.blinded: issue.member for issue in published.issues}
    found = {
        way: list(dict.fromkeys(m for thing in order for blinded, m in member.items() if blinded in thing))
        for way, order in orders.items()
    }
    return {way: order for way, order in found.items() if order}


# --- how, before the closing ------------------------------------------------------------------------------------

_MARK = re.compile(rb'\\?"marks\\?":\{\\?"[^"]+":\\?"([a-z]+)')


def splits_in_copy(copy: Copy) -> Mapping[str, Sequence[int]]:
    """How the ballots in the box divide, by what can be read of them and by how long they are."""
    found = {}
    marks: dict[bytes, Counter[object]] = {}
    for row in rows(copy.database()):
        for column, value in zip(row.columns, row.values, strict=True):
            if isinstance(value, bytes | str):
                raw = value if isinstance(value, bytes) else value.encode()
                marks.setdefault(f"lengths of {row.table}.{column}".encode(), Counter())[len(raw)] += 1
                for mark in _MARK.findall(raw):
                    marks.setdefault(f"marks in {row.table}.{column}".encode(), Counter())[mark] += 1
    for way, counted in marks.items():
        found[way.decode()] = sorted(counted.values())
    return found


# --- when -------------------------------------------------------------------------------------------------------


def times_in_copy(copy: Copy, after: float, before: float) -> list[tuple[str, str, object]]:
    """Every value in the tables that is a moment between the two, which are seconds since 1970."""
    return [
        (row.table, column, value)
        for row in rows(copy.database())
        for column, value in zip(row.columns, row.values, strict=True)
        if any(after < moment < before for moment in _moments(value))
    ]


def _moments(value: object) -> Iterator[float]:
    if isinstance(value, int | float):
        yield from (value / scale for scale in (1, 1e3, 1e6, 1e9))
    elif isinstance(value, str):
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            return
        yield (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def tables_that_grow(copies: Sequence[Copy]) -> set[str]:
    """The tables in which something was written between the copies."""
    states = [_by_table(rows(copy.database())) for copy in copies]
    return {table for one, next_ in pairwise(states) for table in next_ if one.get(table) != next_[table]}


def _by_table(found: Iterable[Row]) -> dict[str, list[bytes]]:
    tables: dict[str, list[bytes]] = {}
    for row in found:
        tables.setdefault(row.table, []).append(row.flat())
    return tables


# --- what ought to be gone --------------------------------------------------------------------------------------


def remains(copy: Copy, gone: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """Which of the secrets still lie in which file, whole or by a piece of 16 bytes, free and unused pages included."""
    pieces = {
        form: name
        for name, raw in gone.items()
        for part in (raw[at : at + 16] for at in range(0, len(raw) - 15, 16))
        for form in (part, part[::-1], part.hex().encode())
    }
    found = {(piece, path) for path, raw in copy.files.items() for piece in pieces if piece in raw}
    return {(pieces[piece], path) for piece, path in found}


# --- what is shown ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A frame or page as somebody in the audience got it, when so many ballots were in the box."""

    audience: str
    casts: int
    text: str


Series = Mapping[str, Sequence[tuple[int, float, float | None]]]
"""By place in a frame: how many ballots were in, the number that stood there, and the frame's own time."""


def numbers(shown: Iterable[Shown]) -> Series:
    """Every number in the frames, also in sentences, by audience and by where it stands."""
    found: dict[str, list[tuple[int, float, float | None]]] = {}
    for frame in shown:
        for line in frame.text.splitlines():
            try:
                message = json.loads(line)
            except ValueError:
                continue
            at = message.get("at") if isinstance(message, dict) else None
            for place, number in _numbers(frame.audience, message):
                found.setdefault(place, []).append((frame.casts, number, at))
    return found


def _numbers(place: str, value: Any) -> Iterator[tuple[str, float]]:
    match value:
        case bool() | None:
            return
        case int() | float():
            yield place, value
        case str():
            for index, digits in enumerate(re.findall(r"[0-9]{1,9}", value)):
                yield f"{place}#{index}", int(digits)
        case dict():
            for key, inner in value.items():
                yield from _numbers(f"{place}.{key}", inner)
        case list():
            yield f"{place}.length", len(value)
            for index, inner in enumerate(value):
                yield from _numbers(f"{place}[{index}]", inner)


def follows(series: Series, truth: Sequence[int]) -> set[str]:
    """The places whose number was `truth[ballots in the box]` all the time, and not always the same."""
    return {
        place
        for place, seen in series.items()
        if len({number for _, number, _ in seen}) > 2
        and all(number == truth[casts] for casts, number, _ in seen)
    }


def fastest(series: Series, casts: int) -> Mapping[str, float]:
    """Of every number that may be a turnout: the least time between two of its changes, in seconds."""
    found = {}
    for place, seen in series.items():
        values = [(number, at) for so_far, number, at in seen if at is not None and number <= so_far]
        changes = [at for (one, _), (next_, at) in pairwise(values) if next_ > one]
        rising = all(one <= next_ for (one, _), (next_, _) in pairwise(values))
        if rising and len(values) == len(seen) and len(changes) > 2 and values[-1][0] >= casts // 2:
            found[place] = min(b - a for a, b in pairwise(changes)) / 1000
    return found


def shown_at_each_cast(shown: Iterable[Shown], moments: Iterable[int]) -> float:
    """The part of the ballots that came with a frame of their own; what stands in it does not matter."""
    frames, moments = {frame.casts for frame in shown}, list(moments)
    return sum(moment in frames for moment in moments) / len(moments)


# --- what is logged ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a log, written when so many ballots were in the box."""

    logger: str
    casts: int
    text: str


_THE_BOX = re.compile(r"/box\b|\bbox\b|\bcasts?\b|hand-?back|\bunused\b|\bsealed\b", re.IGNORECASE)


def lines_on_the_box(lines: Iterable[Line], casts: Sequence[Cast]) -> list[Line]:
    """Whatever mentions the box, or anything of a ballot."""
    prints = [p.decode() for cast in casts for p in cast.prints() if p.isascii()]
    quoted = [repr(raw)[2:-1] for cast in casts for raw in (cast.pk, cast.rsa, cast.leaf)]
    return [
        line
        for line in lines
        if _THE_BOX.search(line.text) or any(mark in line.text for mark in (*prints, *quoted))
    ]


def lines_while_casting(lines: Iterable[Line], moments: Iterable[int]) -> list[Line]:
    """Whatever was written between the first ballot and the last: a line that says nothing still says when."""
    among = set(moments)
    return [line for line in lines if line.casts in among]
