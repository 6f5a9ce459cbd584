"""The public board: a hash chain of entries that everybody reads and nobody can rewrite unseen.

Pure.  It makes and reads entries and folds roll entries into the roll of one ballot; it stores nothing and
does not know when an entry is due.
"""

import hashlib
import hmac
import json
import re
from base64 import b32encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting.signed import b64, check_public_key, unb64

FORMAT = "session-day-record/1"

MEMBER = "member"
"""The class whose votes bind; its rolls do not name it."""
CLASS = re.compile("[a-z_]{1,32}")
"""What a class of voters is called; use `CLASS.fullmatch`."""

Bound = Literal["card", "clerk", "kiosk"]
"""How a member's device key came onto the roll."""


def canonical(value: object) -> str:
    """The one JSON text of a value: what JSON.stringify writes.  ValueError for NaN and lone surrogates."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text.encode()
    return text


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the board, as it was signed."""

    seq: int
    text: str
    prev: bytes
    hash: bytes
    sig: bytes

    @property
    def body(self) -> dict[str, Any]:
        """The entry's text, parsed."""
        return cast(dict[str, Any], json.loads(self.text))

    def line(self) -> str:
        """The entry as one JSON line (without the newline) of `GET /board` and of `board.jsonl`."""
        return canonical(
            {
                "seq": self.seq,
                "text": self.text,
                "prev": b64(self.prev),
                "hash": b64(self.hash),
                "sig": b64(self.sig),
            }
        )


def make(prev: Entry | None, body: Mapping[str, Any], key: Ed25519PrivateKey) -> Entry:
    """The entry that follows `prev` (None: entry 0).  Its text keeps the order of the body's keys."""
    text = canonical(body)
    before = prev.hash if prev else bytes(32)
    digest = hashlib.sha256(before + text.encode()).digest()
    return Entry(
        seq=prev.seq + 1 if prev else 0,
        text=text,
        prev=before,
        hash=digest,
        sig=key.sign(entry_text(digest)),
    )


def entry_text(digest: bytes) -> bytes:
    """What the board key signs for the entry with this hash."""
    return b"session-day-board-v1\n" + digest


def code(digest: bytes) -> str:
    """An entry's code as people read it aloud: `ABCD-EFGH-IJKL-MNOP`.

    Slow on purpose (some 70 ms), because a forger writes both sides of a collision.  Call it once per entry
    and keep what it says.
    """
    raw = hashlib.scrypt(
        digest, salt=b"session-day-code-v1", n=16384, r=8, p=1, maxmem=64 * 1024 * 1024, dklen=10
    )
    text = b32encode(raw).decode("ascii")
    return "-".join(text[i : i + 4] for i in range(0, 16, 4))


def same_code(one: str, other: str) -> bool:
    """Whether two codes are the same, however typed: dashes, spaces and small letters do not matter."""
    return hmac.compare_digest(_bare(one), _bare(other))


def _bare(text: str) -> bytes:
    return "".join(text.split()).replace("-", "").upper().encode()


@dataclass(frozen=True, slots=True)
class Line:
    """A member's line on the roll: number and name as the hall knows him, the device that signs for him."""

    number: int
    name: str
    dev_pk: bytes | None
    bound: Bound | None

    def to_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "name": self.name,
            "dev_pk": None if self.dev_pk is None else b64(self.dev_pk),
            "bound": self.bound,
        }


@dataclass(frozen=True, slots=True)
class EffectiveRoll:
    """A roll in full: how many the assembly has, who is here, who may not vote on this matter, and their lines.

    `lines` has at least a line for every entitled member.
    """

    all_members: int
    present: frozenset[int]
    recused: frozenset[int]
    lines: Mapping[int, Line]

    @property
    def entitled(self) -> frozenset[int]:
        """Who may vote: the present without the recused."""
        return self.present - self.recused

    def check(self) -> None:
        """Raise ValueError for a roll that no verifier would take; the caller made a mistake."""
        if len(self.present) > self.all_members or any(number < 1 for number in self.present):
            raise ValueError("the members present do not fit the assembly")
        owners: dict[bytes, object] = {}
        for number in sorted(self.entitled):
            line = self.lines.get(number)
            if line is None or line.number != number:
                raise ValueError(f"member {number} may vote and has no line of his own")
            if (line.dev_pk is None) != (line.bound is None):
                raise ValueError(
                    f"member {number} has a key without its binding, or a binding without its key"
                )
            if line.dev_pk is None:
                continue
            check_public_key(line.dev_pk)
            # A shared terminal signs for all whom it serves.
            owner = "kiosk" if line.bound == "kiosk" else number
            if owners.setdefault(line.dev_pk, owner) != owner:
                raise ValueError(f"the key of member {number} stands for somebody else too")

    def line(self, member: int) -> Line:
        """The line of an entitled member.  KeyError for anybody else."""
        if member not in self.entitled:
            raise KeyError(member)
        return self.lines[member]


def roll_body(
    roll: EffectiveRoll,
    *,
    ballot: str | None = None,
    since: tuple[int, EffectiveRoll] | None = None,
    voter_class: str = MEMBER,
) -> dict[str, Any]:
    """The body of a roll entry that says `roll`, given the seq and the fold of the one it builds on.

    That one is of the same class.
    """
    known = since[1].lines if since else {}
    lines = [
        roll.lines[number] for number in sorted(roll.entitled) if known.get(number) != roll.lines[number]
    ]
    return {
        "kind": "roll",
        "since": since[0] if since else None,
        "ballot": ballot,
        **({} if voter_class == MEMBER else {"class": voter_class}),
        "all_members": roll.all_members,
        "present": sorted(roll.present),
        "recused": sorted(roll.recused),
        "lines": [line.to_json() for line in lines],
    }


def class_of(body: Mapping[str, Any]) -> str:
    """The voter class that a roll entry is about."""
    return cast(str, body.get("class", MEMBER))


def fold(bodies: Iterable[Mapping[str, Any]]) -> EffectiveRoll:
    """The roll that a run of roll entries says, oldest first, each building on the one before.  Not empty."""
    lines: dict[int, Line] = {}
    last: Mapping[str, Any] | None = None
    for last in bodies:
        for line in last["lines"]:
            key = line["dev_pk"]
            lines[line["number"]] = Line(
                number=line["number"],
                name=line["name"],
                dev_pk=None if key is None else unb64(key),
                bound=line["bound"],
            )
    if last is None:
        raise ValueError("no roll entry")
    return EffectiveRoll(
        all_members=last["all_members"],
        present=frozenset(last["present"]),
        recused=frozenset(last["recused"]),
        lines=lines,
    )


def roll_at(entries: Sequence[Entry], seq: int) -> EffectiveRoll:
    """The roll as the roll entry `seq` leaves it: that entry and, through `since`, all it builds on.

    `entries` is the board from entry 0.  ValueError when the entry is no roll or the way back does not end.
    """
    run: list[Mapping[str, Any]] = []
    at: int | None = seq
    while at is not None:
        body = entries[at].body
        if body["kind"] != "roll":
            raise ValueError(f"entry {at} is no roll")
        run.append(body)
        before = body["since"]
        if before is not None and not 0 <= before < at:
            raise ValueError(f"entry {at} builds on no earlier entry")
        at = before
    return fold(reversed(run))


def roll_of(entries: Sequence[Entry], ballot: str) -> EffectiveRoll:
    """The roll of a ballot: the one its `opened` entry froze, or, before that, the last that holds for it.

    `entries` is the board from entry 0.  ValueError when there is no such ballot on it.
    """
    last: int | None = None
    by_hash: dict[str, int] = {}
    for entry in entries:
        body = entry.body
        match body:
            case {"kind": "roll"}:
                by_hash[b64(entry.hash)] = entry.seq
                if body["ballot"] == ballot:
                    last = entry.seq
            case {"kind": "ballot" | "opened", "ballot": str(about)} if about == ballot:
                if body["roll"] not in by_hash:
                    raise ValueError(f"entry {entry.seq} names a roll that does not come before it")
                last = by_hash[body["roll"]]
                if body["kind"] == "opened":
                    break
            case _:
                pass
    if last is None:
        raise ValueError(f"no ballot {ballot} on this board")
    return roll_at(entries, last)
