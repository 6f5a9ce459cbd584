"""Makes whole records of a sitting, true ones and forged ones, for the tests of the verifier.

Everything is made here from scratch (blind signatures by raw powers), with nothing of the product, so that a
mistake in the server cannot be made good by the same mistake here.  A forger holds every key that the server
holds: he may change entries and files of a `Record` and sign the chain anew.
"""

import base64
import copy
import hashlib
import json
import math
import secrets
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Fields = dict[str, Any]
Marks = Mapping[str, Any]
Did = Marks | Literal["hand back", "lose"]
"""What a member does with the ballot that he collected."""

E: Final = 65537
MOTION: Final = {
    "id": "N1",
    "kind": "motion",
    "title": "决定任命樊苍兰为县教育局局长",
    "majority": {"base": "all_members", "over": "1/2"},
    "blank": "abstain",
}


def write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def root(leaves: Iterable[bytes]) -> str:
    return b64(sha256(*sorted(leaves)))


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def code(digest: bytes) -> str:
    raw = hashlib.scrypt(digest, salt=b"session-day-code-v1", n=16384, r=8, p=1, dklen=10, maxmem=2**26)
    text = base64.b32encode(raw).decode()
    return "-".join(text[at : at + 4] for at in (0, 4, 8, 12))


# ---- Blind signatures, RFC 9474 ----------------------------------------------------------------------------


@dataclass(frozen=True)
class IssuingKey:
    n: int
    d: int

    @property
    def n_bytes(self) -> bytes:
        return self.n.to_bytes(256, "big")


@cache
def issuing_key(index: int) -> IssuingKey:
    """The same few keys for every record of a test run: making one takes a tenth of a second."""
    numbers = rsa.generate_private_key(E, 2048).private_numbers()
    return IssuingKey(numbers.public_numbers.n, numbers.d)


def encode(message: bytes, salt_length: int = 48) -> int:
    """EMSA-PSS with SHA-384, for emBits 2047."""
    salt = secrets.token_bytes(salt_length)
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(256 - 48 - salt_length - 2) + b"\x01" + salt
    mask = b"".join(hashlib.sha384(digest + at.to_bytes(4, "big")).digest() for at in range(5))
    masked = bytes(one ^ other for one, other in zip(block, mask, strict=False))
    return int.from_bytes(bytes([masked[0] & 0x7F]) + masked[1:] + digest + b"\xbc", "big")


@dataclass(frozen=True)
class Credential:
    key: Ed25519PrivateKey
    blinded: bytes
    blind_sig: bytes
    rsa: bytes

    @property
    def pk(self) -> bytes:
        return public(self.key)


def credential(issuing: IssuingKey, B: bytes, *, salt_length: int = 48) -> Credential:
    """A one-time key with the issuer's blind signature on it."""
    key = Ed25519PrivateKey.generate()
    message = encode(b"session-day-credential-v1\0" + B + public(key), salt_length)
    while math.gcd(blinding := secrets.randbelow(issuing.n - 2) + 2, issuing.n) != 1:
        pass
    blinded = message * pow(blinding, E, issuing.n) % issuing.n
    blind_sig = pow(blinded, issuing.d, issuing.n)
    signature = blind_sig * pow(blinding, -1, issuing.n) % issuing.n
    return Credential(key, *(one.to_bytes(256, "big") for one in (blinded, blind_sig, signature)))


# ---- Bodies ------------------------------------------------------------------------------------------------


def cast_body(ballot: str, pk: bytes, size: int, marks: Marks | None, seq: int = 0) -> str:
    """A marked paper, or without marks a hand-back, filled up to its size."""
    said: Fields = {"unused": True} if marks is None else {"marks": dict(marks)}
    fields = {"ballot": ballot, "pk": b64(pk), "seq": seq} | said
    return write(fields | {"pad": "0" * (size - len(write(fields | {"pad": ""}).encode()))})


def cast(B: bytes, one: Credential, body: str) -> Fields:
    sig = one.key.sign(b"session-day-cast-v1\n" + B + body.encode())
    return {"body": body, "rsa": b64(one.rsa), "sig": b64(sig)}


def leaf(record: Fields) -> bytes:
    return sha256(record["body"].encode(), unb64(record["rsa"]), unb64(record["sig"]))


# ---- The record ---------------------------------------------------------------------------------------------


@dataclass
class Record:
    """What a record holds, open to every change; `save` chains and signs what it then is."""

    key: Ed25519PrivateKey
    entries: list[Fields] = field(default_factory=list)
    files: dict[str, Any] = field(default_factory=dict)

    def copy(self) -> "Record":
        return Record(self.key, copy.deepcopy(self.entries), copy.deepcopy(self.files))

    def add(self, **body: Any) -> int:
        self.entries.append(copy.deepcopy(body))  # what is changed in it stays in it
        return len(self.entries) - 1

    def find(self, kind: str, ballot: str | None = None) -> Fields:
        """The first entry of a kind, about a ballot if one is given."""
        return next(
            body
            for body in self.entries
            if body["kind"] == kind and (ballot is None or body.get("ballot") == ballot)
        )

    def ballot_file(self, ballot: str) -> Fields:
        found: Fields = self.files[f"ballots/{ballot}.json"]
        return found

    def chain(self) -> list[tuple[str, bytes, bytes]]:
        """Text, prev and hash of every entry."""
        found, before = [], bytes(32)
        for body in self.entries:
            text = write(body)
            digest = sha256(before, text.encode())
            found.append((text, before, digest))
            before = digest
        return found

    def relink(self, before: "Record") -> None:
        """Let every entry name the rolls that it named in `before`, by the hashes they now have."""
        names = {b64(digest): seq for seq, (_, _, digest) in enumerate(before.chain())}
        for body in self.entries:
            if body["kind"] in ("ballot", "opened"):
                body["roll"] = b64(self.hash(names[body["roll"]]))

    def hash(self, seq: int = -1) -> bytes:
        return self.chain()[seq][2]

    def lines(self) -> list[str]:
        return [
            write(
                {
                    "seq": seq,
                    "text": text,
                    "prev": b64(prev),
                    "hash": b64(digest),
                    "sig": b64(self.key.sign(b"session-day-board-v1\n" + digest)),
                }
            )
            for seq, (text, prev, digest) in enumerate(self.chain())
        ]

    def unpacked(self) -> dict[str, bytes]:
        board = "".join(line + "\n" for line in self.lines())
        texts = {name: write(content) for name, content in self.files.items()}
        return {name: text.encode() for name, text in {"board.jsonl": board, **texts}.items()}

    def save(self, path: Path) -> Path:
        return pack(path, self.unpacked().items())


def pack(path: Path, files: Iterable[tuple[str, bytes]], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return path


# ---- The sitting --------------------------------------------------------------------------------------------


@dataclass
class Sitting:
    """A sitting as it goes on; every step writes what a true server would write into `record`."""

    name: str = "bailu-9"
    all_members: int = 9
    kiosk: tuple[int, ...] = ()
    """Members who vote at the kiosk, all with its key."""
    by_clerk: tuple[int, ...] = ()
    without_device: tuple[int, ...] = ()
    classes: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Voters who are no members, by class."""
    record: Record = field(init=False)
    devices: dict[int, Ed25519PrivateKey] = field(init=False)
    ballots: int = 0
    credentials: dict[str, dict[int, Credential]] = field(default_factory=dict)
    """Who got which: what no server ever knows."""

    def __post_init__(self) -> None:
        self.record = Record(Ed25519PrivateKey.generate())
        terminal = Ed25519PrivateKey.generate()
        others = [number for numbers in self.classes.values() for number in numbers]
        self.devices = {
            member: terminal if member in self.kiosk else Ed25519PrivateKey.generate()
            for member in [*range(1, self.all_members + 1), *others]
        }
        self.record.add(
            kind="start",
            format="session-day-record/1",
            sitting=self.name,
            key=b64(public(self.record.key)),
        )

    def line(self, member: int) -> Fields:
        has = member not in self.without_device
        bound = "kiosk" if member in self.kiosk else "clerk" if member in self.by_clerk else "card"
        return {
            "number": member,
            "name": f"委员{member}",
            "dev_pk": b64(public(self.devices[member])) if has else None,
            "bound": bound if has else None,
        }

    def roll(
        self,
        present: Sequence[int],
        recused: Sequence[int] = (),
        *,
        since: int | None = None,
        ballot: str | None = None,
        lines: Sequence[int] | None = None,
        voter_class: str | None = None,
    ) -> int:
        """A roll entry with the lines of `lines`, or of all who may vote; gives its seq."""
        listed = sorted(set(present) - set(recused)) if lines is None else lines
        others = self.classes.get(voter_class or "", ())
        return self.record.add(
            kind="roll",
            since=since,
            ballot=ballot,
            **({} if voter_class is None else {"class": voter_class}),
            all_members=len(others) if voter_class else self.all_members,
            present=sorted(present),
            recused=sorted(recused),
            lines=[self.line(member) for member in listed],
        )

    def rebind(self, member: int) -> None:
        old, self.devices[member] = self.devices[member], Ed25519PrivateKey.generate()
        self.record.add(
            kind="rebind",
            member=member,
            old=b64(public(old)),
            new=b64(public(self.devices[member])),
            by=["书记", 3],
        )

    def prepare(
        self,
        ballot: str,
        roll: int,
        *,
        paper: Sequence[Fields] = (MOTION,),
        visibility: str = "secret",
        replaces: str | None = None,
        size: int = 256,
        **rules: bool,
    ) -> bytes:
        """The ballot's entry; gives B."""
        salt = secrets.token_bytes(32)
        self.ballots += 1
        self.record.files[f"ballots/{ballot}.json"] = {"paper": write(list(paper)), "salt": b64(salt)}
        seq = self.record.add(
            kind="ballot",
            ballot=ballot,
            replaces=replaces,
            visibility=visibility,
            paper=b64(sha256(salt, write(list(paper)).encode())),
            size=size,
            n=b64(issuing_key(self.ballots).n_bytes) if visibility == "secret" else None,
            roll=b64(self.record.hash(roll)),
            rules={"changes": False, "names": False, "withhold": False} | rules,
        )
        return self.record.hash(seq)

    def opened(self, ballot: str, roll: int) -> None:
        self.record.add(kind="opened", ballot=ballot, roll=b64(self.record.hash(roll)))

    def issue(self, ballot: str, B: bytes, members: Iterable[int]) -> tuple[list[Fields], Fields]:
        """The issues, and what the result or void says of them."""
        issues, leaves = [], []
        found = self.credentials[ballot] = {}
        for member in sorted(members):
            one = found[member] = credential(issuing_key(self.ballots), B)
            text = b"session-day-issue-v1\n" + B + f"{member}\n".encode() + one.blinded
            sig = self.devices[member].sign(text)
            leaves.append(sha256(text, sig, one.blind_sig))
            issues.append(
                {
                    "member": member,
                    "blinded": b64(one.blinded),
                    "sig": b64(sig),
                    "blind_sig": b64(one.blind_sig),
                }
            )
        return issues, {"issued": len(issues), "issued_root": root(leaves)}

    def secret_ballot(
        self,
        ballot: str,
        roll: int,
        did: Mapping[int, Did],
        *,
        amended: Sequence[tuple[Sequence[int], Sequence[int], Sequence[int]]] = (),
        unconfirmed: Sequence[int] = (),
        seqs: Mapping[int, int] | None = None,
        questions: Fields | None = None,
        **how: Any,
    ) -> None:
        """A secret ballot from its entry to the confirmations; `amended` are (present, recused, new lines).

        `questions` is what its questions give, where they are not all motions.
        """
        B = self.prepare(ballot, roll, **how)
        for present, recused, lines in amended:
            roll = self.roll(present, recused, since=roll, ballot=ballot, lines=lines)
        self.opened(ballot, roll)
        size = self.record.entries[-1 - len(amended) - 1]["size"]
        issues, issued = self.issue(ballot, B, did)
        casts, unused = [], []
        for member, done in did.items():
            one = self.credentials[ballot][member]
            if done == "hand back":
                unused.append(cast(B, one, cast_body(ballot, one.pk, size, None)))
            elif not isinstance(done, str):
                seq = (seqs or {}).get(member, 0)
                casts.append(cast(B, one, cast_body(ballot, one.pk, size, done, seq)))
        casts.sort(key=leaf)
        unused.sort(key=leaf)
        cast_root, unused_root = root(map(leaf, casts)), root(map(leaf, unused))
        file = self.record.ballot_file(ballot)
        marked = [json.loads(one["body"])["marks"] for one in casts]
        result = self.result(file, roll, len(issues), marked, questions)
        self.record.add(
            kind="result", ballot=ballot, **issued, returned=len(casts), cast_root=cast_root, result=result
        )
        missing = len(issues) - len(casts) - len(unused)
        self.record.add(
            kind="unused", ballot=ballot, unused=len(unused), unused_root=unused_root, missing=missing
        )
        members = [one for one in sorted(did) if did[one] != "lose" and one not in unconfirmed]
        check = b"session-day-check-v1\n" + B + unb64(cast_root) + unb64(unused_root)
        checked = [{"member": one, "sig": b64(self.devices[one].sign(check))} for one in members]
        self.record.add(kind="checked", ballot=ballot, members=members)
        file |= {"issues": issues, "casts": casts, "unused": unused, "checked": checked}

    def open_ballot(
        self,
        ballot: str,
        roll: int,
        votes: Mapping[int, Marks],
        *,
        questions: Fields | None = None,
        voted: Fields | None = None,
        **how: Any,
    ) -> None:
        """`questions` and `voted` (the names) are what they give where the questions are not all motions."""
        B = self.prepare(ballot, roll, visibility="open", **how)
        self.opened(ballot, roll)
        cast_votes, leaves = [], []
        for member in sorted(votes):
            body = write({"ballot": ballot, "marks": dict(votes[member])})
            text = b"session-day-open-v1\n" + B + f"{member}\n".encode() + body.encode()
            sig = self.devices[member].sign(text)
            leaves.append(sha256(text, sig))
            cast_votes.append({"member": member, "body": body, "sig": b64(sig)})
        file = self.record.ballot_file(ballot)
        held = self.record.entries[roll]
        entitled = len(set(held["present"]) - set(held["recused"]))
        marked = [votes[member] for member in sorted(votes)]
        result = self.result(file, roll, entitled, marked, questions)
        body_ = {
            "kind": "result",
            "ballot": ballot,
            "issued": entitled,
            "returned": len(votes),
            "open_root": root(leaves),
            "result": result,
        }
        if self.record.find("ballot", ballot)["rules"]["names"]:
            body_["names"] = voted or {
                question["id"]: {
                    mark: [
                        m for m in sorted(votes) if votes[m].get(question["id"], question["blank"]) == mark
                    ]
                    for mark in ("for", "against", "abstain")
                }
                for question in json.loads(file["paper"])
            }
        self.record.add(**body_)
        file["open"] = cast_votes

    def hands_ballot(
        self,
        ballot: str,
        roll: int,
        totals: Fields,
        returned: int,
        questions: Fields,
        by: Sequence[int] = (3,),
        **how: Any,
    ) -> None:
        self.prepare(ballot, roll, visibility="hands", **how)
        self.opened(ballot, roll)
        held = self.record.entries[roll]
        issued = len(set(held["present"]) - set(held["recused"]))
        self.record.add(kind="hands", ballot=ballot, totals=totals, by=list(by))
        result = numbers(issued, returned) | {"questions": questions}
        self.record.add(kind="result", ballot=ballot, issued=issued, returned=returned, result=result)

    def ruling(self, ballot: str, rulings: Sequence[Fields], questions: Fields) -> None:
        result = self.record.find("result", ballot)["result"] | {"questions": questions}
        self.record.add(kind="ruling", ballot=ballot, rulings=list(rulings), by=[2, 3], result=result)

    def void(
        self, ballot: str, roll: int, members: Sequence[int], returned: int, by: int | None, **how: Any
    ) -> None:
        """A ballot that ends void; its casts are destroyed.  Without a teller it was never opened."""
        B = self.prepare(ballot, roll, **how)
        if by is not None:
            self.opened(ballot, roll)
        issues, issued = self.issue(ballot, B, members)
        casts_root = root(secrets.token_bytes(32) for _ in range(returned))
        self.record.add(
            kind="void",
            ballot=ballot,
            reason="表决器故障",
            by=by,
            **issued,
            returned=returned,
            cast_root=casts_root,
        )
        self.record.ballot_file(ballot).update(issues=issues, casts=[], unused=[], checked=[])

    def result(
        self, file: Fields, roll: int, issued: int, marked: Sequence[Marks], given: Fields | None = None
    ) -> Fields:
        """What COUNTING.md prints for motions that need more than half of all members; else what is given."""
        questions = {}
        for question in json.loads(file["paper"]) if given is None else ():
            said = [marks.get(question["id"], question["blank"]) for marks in marked]
            counts = {mark: said.count(mark) for mark in ("for", "against", "abstain")}
            needed = self.record.entries[roll]["all_members"] // 2 + 1
            questions[question["id"]] = {
                "kind": "motion",
                "valid": sum(counts.values()),
                "invalid": said.count("invalid"),
                "needed": needed,
                "counts": counts,
                "outcome": "carried" if counts["for"] >= needed else "not_carried",
            }
        return numbers(issued, len(marked)) | {"questions": questions if given is None else given}

    def end(self) -> Record:
        self.record.add(kind="end")
        return self.record


def numbers(issued: int, returned: int) -> Fields:
    """The head of a result."""
    return {"issued": issued, "returned": returned, "not_returned": issued - returned, "vote": "valid"}


def withhold(record: Record, ballot: str) -> None:
    """What `record --public` leaves of a ballot that is withheld."""
    file = record.ballot_file(ballot)
    lists = {key: [b64(leaf(one)) for one in file[key]] for key in ("casts", "unused")}
    file |= {"paper": None, "salt": None} | lists


FOR, AGAINST, ABSTAIN = {"N1": "for"}, {"N1": "against"}, {"N1": "abstain"}
SECRET, LATER, VOID, AGAIN, OPEN = (
    "10-n1-1-member",
    "11-n1-1-member",
    "12-n1-1-member",
    "12-n1-2-member",
    "2-item-1-member",
)


def whole_sitting(*, finished: bool = True) -> Record:
    """A sitting with one of everything: nine members, of whom 5 and 6 vote at a kiosk and 4 was bound by the clerk.

    SECRET is carried, its roll amended once (8 arrives, 2 is recused), with a hand-back and a lost phone; LATER is
    not carried and may be withheld, on two questions, after 3 has changed his device; VOID was voted and void,
    AGAIN replaces it and is aborted before it opens; OPEN is a vote with names, a blank among them.
    """
    sitting = Sitting(kiosk=(5, 6), by_clerk=(4,), without_device=(9,))
    first = sitting.roll([1, 2, 3, 4, 5, 6, 7])
    did: dict[int, Did] = {1: FOR, 3: FOR, 4: FOR, 5: FOR, 6: FOR, 7: "hand back", 8: "lose"}
    sitting.secret_ballot(SECRET, first, did, amended=[([1, 2, 3, 4, 5, 6, 7, 8], [2], [8])], unconfirmed=[6])
    sitting.rebind(3)
    second = sitting.roll([1, 2, 3, 4, 5, 6, 7, 8, 9], since=first, lines=[3, 8, 9])
    two = [MOTION, MOTION | {"id": "N2", "blank": "invalid"}]
    marks: dict[int, Did] = {
        1: {"N1": "for", "N2": "for"},
        2: {"N1": "against"},
        3: {"N2": "abstain"},
        4: {"N1": "abstain", "N2": "against"},
    }
    sitting.secret_ballot(
        LATER, second, marks, paper=two, withhold=True, changes=True, seqs={1: 2**51, 2: 7}, size=512
    )
    sitting.void(VOID, second, [1, 2, 3], returned=2, by=3)
    sitting.void(AGAIN, second, [1, 2], returned=0, by=None, replaces=VOID)
    votes: dict[int, Marks] = {
        1: {"N1": "for", "N2": "for"},
        3: {"N1": "against"},
        7: {"N1": "abstain", "N2": "for"},
    }
    sitting.open_ballot(OPEN, second, votes, paper=two, names=True)
    return sitting.end() if finished else sitting.record
