"""The public board as a phone follows it: every entry checked before a word of it is believed.

`VerifiedBoard` is pure: lines go in, and what they say of each ballot can be read.  `BoardFollower` fetches; many
simulated phones in one process may share one, which a real phone cannot: what one of them checked, all believe.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from voting import strict_json
from voting.board import FORMAT, EffectiveRoll, Entry, canonical, entry_text, fold
from voting.signed import check_public_key, root, unb64


class BrokenBoard(Exception):
    """The board is not what it must be; a phone that sees this collects and casts nothing more."""

    def __init__(self, seq: int, problem: str) -> None:
        super().__init__(f"entry {seq}: {problem}")


@dataclass(frozen=True, slots=True)
class OnBoard:
    """What the board says of one ballot so far."""

    ballot: str
    B: bytes
    visibility: Literal["secret", "open", "hands"]
    paper: bytes
    size: int
    n: bytes | None
    changes: bool
    roll: EffectiveRoll
    opened: bool = False
    ended: bool = False
    cast_root: bytes | None = None
    unused_root: bytes | None = None
    checked: bool = False
    void: bool = False

    def device_of(self, member: int) -> bytes | None:
        """The key that the roll gives for a member who may vote; None for whoever has none, or may not."""
        line = self.roll.lines.get(member) if member in self.roll.entitled else None
        return None if line is None else line.dev_pk


class VerifiedBoard:
    """A board of which every entry was checked against the one key."""

    def __init__(self, key: bytes | None = None) -> None:
        """``key`` is the one from the link; without it the first entry's own key is believed."""
        self.sitting = ""
        self.ended = False
        self.ballots: dict[str, OnBoard] = {}
        self._key = key
        self._public: Ed25519PublicKey | None = None
        self._last: bytes = bytes(32)
        self._length = 0
        self._rolls: list[tuple[int, bytes, EffectiveRoll]] = []
        self._moduli: set[bytes] = set()

    def __len__(self) -> int:
        return self._length

    @property
    def key(self) -> bytes:
        """The board's public key; there is one as soon as there is an entry, or a pinned one."""
        if self._key is None:
            raise LookupError("nothing was read yet")
        return self._key

    @property
    def head(self) -> bytes:
        """The last entry's hash."""
        return self._last

    def signed(self, message: bytes, sig: bytes) -> bool:
        """Whether the board's key signed this: for receipts."""
        if self._public is None:
            return False
        try:
            self._public.verify(sig, message)
        except InvalidSignature:
            return False
        return True

    def add(self, line: str) -> None:
        """Take the next entry.  Raises BrokenBoard; the board stays as long as it was."""
        seq = self._length
        try:
            entry = _read(line)
            body = entry.body
            if canonical(body) != entry.text:
                raise BrokenBoard(seq, "the text is not in its one form")
            if entry.seq != seq or entry.prev != self._last or self.ended:
                raise BrokenBoard(seq, "it does not follow the entry before")
            if entry.hash != hashlib.sha256(entry.prev + entry.text.encode()).digest():
                raise BrokenBoard(seq, "the hash is wrong")
            if seq == 0:
                self._pin(body)
            if not self.signed(entry_text(entry.hash), entry.sig):
                raise BrokenBoard(seq, "the signature is wrong")
            self._learn(entry, body)
        except (ValueError, KeyError, TypeError, IndexError, strict_json.Misread) as error:
            raise BrokenBoard(seq, f"it cannot be read ({type(error).__name__})") from error
        self._last = entry.hash
        self._length += 1

    def _pin(self, body: Mapping[str, Any]) -> None:
        key = unb64(body["key"])
        if body["kind"] != "start" or body["format"] != FORMAT:
            raise BrokenBoard(0, "this is no board of ours")
        if self._key is not None and key != self._key:
            raise BrokenBoard(0, "the key is not the one on the card")
        check_public_key(key)
        self._key, self._public, self.sitting = key, Ed25519PublicKey.from_public_bytes(key), body["sitting"]

    def _learn(self, entry: Entry, body: Mapping[str, Any]) -> None:
        match body:
            case {"kind": "roll"}:
                roll = self._fold(body)
                if body["ballot"] is not None:
                    self._change(body["ballot"], not_if="opened", roll=roll)
                self._rolls.append((entry.seq, entry.hash, roll))
            case {"kind": "ballot", "ballot": str(ballot)}:
                n = None if body["n"] is None else unb64(body["n"])
                if ballot in self.ballots or n in self._moduli:
                    raise BrokenBoard(entry.seq, "an id or an n stands twice")
                self.ballots[ballot] = OnBoard(
                    ballot=ballot,
                    B=entry.hash,
                    visibility=body["visibility"],
                    paper=unb64(body["paper"]),
                    size=body["size"],
                    n=n,
                    changes=body["rules"]["changes"],
                    roll=self._roll_of_hash(body["roll"]),
                )
                if n is not None:
                    self._moduli.add(n)
            case {"kind": "opened", "ballot": str(ballot)}:
                self._change(ballot, not_if="opened", opened=True, roll=self._roll_of_hash(body["roll"]))
            case {"kind": "result", "ballot": str(ballot)}:
                cast_root = unb64(body["cast_root"]) if "cast_root" in body else None
                self._change(ballot, not_if="ended", ended=True, cast_root=cast_root)
            case {"kind": "void", "ballot": str(ballot)}:
                self._change(ballot, not_if="ended", ended=True, void=True)
            case {"kind": "unused", "ballot": str(ballot)}:
                self._change(ballot, not_if="unused_root", unused_root=unb64(body["unused_root"]))
            case {"kind": "checked", "ballot": str(ballot)}:
                self._change(ballot, not_if="checked", checked=True)
            case {"kind": "end"}:
                self.ended = True
            case {"kind": str()}:
                pass  # of no concern to a phone
            case _:
                raise BrokenBoard(entry.seq, "it does not say what it is")

    def _change(self, ballot: str, *, not_if: str, **fields: Any) -> None:
        known = self.ballots[ballot]
        if getattr(known, not_if):
            raise BrokenBoard(self._length, "this was said of the ballot before")
        self.ballots[ballot] = replace(known, **fields)

    def _fold(self, body: Mapping[str, Any]) -> EffectiveRoll:
        """The roll that an entry leaves: its own lines over those of the entry that it names."""
        roll = fold([body])
        if body["since"] is None:
            return roll
        for seq, _, before in reversed(self._rolls):
            if seq == body["since"]:
                return replace(roll, lines={**before.lines, **roll.lines})
        raise KeyError(body["since"])

    def _roll_of_hash(self, text: str) -> EffectiveRoll:
        digest = unb64(text)
        for _, known, roll in reversed(self._rolls):
            if known == digest:
                return roll
        raise KeyError(text)


class Source(Protocol):
    """Where a board is fetched; `kiosk.anonymous.Anonymous` is one."""

    def board(self, since: int) -> Awaitable[str]: ...
    def leaves(self, ballot: str) -> Awaitable[tuple[list[bytes], list[bytes] | None]]: ...


@dataclass(frozen=True, slots=True)
class Lists:
    """The leaves of a ballot, checked against the roots on the board."""

    casts: frozenset[bytes]
    unused: frozenset[bytes] | None


class BoardFollower:
    """A board that is fetched as it grows.  Everything raises what its source raises, and BrokenBoard."""

    def __init__(self, source: Source, key: bytes | None = None) -> None:
        self.board = VerifiedBoard(key)
        self._source = source
        self._lock = asyncio.Lock()
        self._begun = 0
        self._done = 0
        self._lists: dict[str, Lists] = {}
        self._lists_lock = asyncio.Lock()

    async def refresh(self) -> None:
        """Bring the board up to what it was when this was called.  Those who wait together share one request."""
        asked = self._begun
        async with self._lock:
            if self._done > asked:  # begun and done since we asked
                return
            self._begun += 1
            this = self._begun
            for line in (await self._source.board(len(self.board))).splitlines():
                self.board.add(line)
            self._done = this

    async def reach(self, entries: int) -> None:
        """Bring the board to so many entries at least."""
        while len(self.board) < entries:
            before = len(self.board)
            await self.refresh()
            if len(self.board) == before:
                raise EOFError  # announced and not there: a cache in between is behind

    async def lists(self, ballot: str) -> Lists:
        """The published lists of a ballot whose result is on the board, the second as soon as its root is."""
        async with self._lists_lock:
            on = self.board.ballots[ballot]
            known = self._lists.get(ballot)
            if known is not None and (known.unused is not None or on.unused_root is None):
                return known
            casts, unused = await self._source.leaves(ballot)
            if root(casts) != on.cast_root or len(set(casts)) != len(casts):
                raise BrokenBoard(len(self.board), "the list is not the one on the board")
            # The second list may be out before its entry has reached us: it is believed only with its root.
            if on.unused_root is None:
                unused = None
            elif unused is None:
                raise EOFError  # a cache in between is behind
            elif root(unused) != on.unused_root or len(set(unused)) != len(unused):
                raise BrokenBoard(len(self.board), "the list of unused ballots is not the one on the board")
            self._lists[ballot] = Lists(frozenset(casts), None if unused is None else frozenset(unused))
            return self._lists[ballot]


def _read(line: str) -> Entry:
    match strict_json.read(line):
        case {"seq": seq, "text": str(text), "prev": str(prev), "hash": str(digest), "sig": str(sig), **rest}:
            if rest or type(seq) is not int:  # True is an int to a class pattern
                raise ValueError("no entry")
            return Entry(seq, text, unb64(prev), unb64(digest), unb64(sig))
        case _:
            raise ValueError("no entry")
