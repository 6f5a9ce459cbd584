"""The phone's own program: its tests run here, and its bytes are held against those of the server.

It runs in Node exactly as a page gets it.  Node is no part of the product; without it these tests fail and say so,
for a phone that was not tested must not pass.
"""

import json
import secrets
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting import board, body, signed
from voting.board import EffectiveRoll, Entry, Line
from voting.credential import IssuingKey, verify_credential
from voting.paper import Majority, MotionQuestion, Paper
from voting.signed import b64

JS = Path(__file__).parent / "js"
NEEDED = (20, 6)

PAPER = Paper(
    (
        MotionQuestion(id="N1", title="关于任命的议案"),
        MotionQuestion(id="7", majority=Majority("present", Fraction(2, 3), at_least=True)),
        MotionQuestion(id='a"\\\u2028𠀀', blank="invalid"),
    )
)


def node() -> str:
    found = shutil.which("node")
    if found is None:
        pytest.fail("Node is needed to test the phone's program: install nodejs, version 20.6 or newer.")
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if tuple(int(part) for part in version.lstrip("v").split(".")[:2]) < NEEDED:
        pytest.fail(f"Node 20.6 or newer is needed to test the phone's program; this is {version}.")
    return found


def answers(questions: list[dict[str, Any]]) -> list[Any]:
    """What the phone's program answers; None for what it refuses."""
    ran = subprocess.run(
        [node(), str(JS / "answer.mjs")], input=json.dumps(questions), capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    found: list[Any] = json.loads(ran.stdout)
    return found


def answer(**question: Any) -> Any:
    return answers([question])[0]


@pytest.mark.parametrize("name", sorted(path.name for path in JS.glob("*.test.mjs")))
def test_the_programs_own_tests(name: str) -> None:
    ran = subprocess.run([node(), "--test", str(JS / name)], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_signed_byte_string_is_the_servers() -> None:
    for member in (1, 7, 3000):
        B, pk, leaf, one, other = (secrets.token_bytes(32) for _ in range(5))
        nonce, sig = secrets.token_bytes(32), secrets.token_bytes(64)
        blinded, rsa = secrets.token_bytes(256), secrets.token_bytes(256)
        text = "票\u007f"
        issue = signed.issue_text(B, member, blinded)
        open_ = signed.open_text(B, member, text.encode())
        expected = {
            "join": signed.join_text("s-20", "ABCDEFGH", pk),
            "hello": signed.hello_text("s-20", member, nonce),
            "credential": signed.credential_text(B, pk),
            "issue": issue,
            "cast": signed.cast_text(B, text.encode()),
            "open": open_,
            "check": signed.check_text(B, one, other),
            "receipt": signed.receipt_text(B, leaf),
            "cast_leaf": signed.cast_leaf(text.encode(), rsa, sig),
            "issue_leaf": signed.issue_leaf(issue, sig, blinded),
            "open_leaf": signed.open_leaf(open_, sig),
            "root": signed.root([leaf, other, one]),
            "paper": signed.paper_hash(nonce, text),
        }
        parts = dict(
            B=B, pk=pk, leaf=leaf, one=one, other=other, nonce=nonce, sig=sig, blinded=blinded, rsa=rsa
        )
        in_hex = {name: value.hex() for name, value in parts.items()}
        found = answer(ask="texts", sitting="s-20", code="ABCDEFGH", member=member, body=text, **in_hex)
        assert found == {name: value.hex() for name, value in expected.items()}


def test_base64_is_the_same_and_as_strict() -> None:
    raws = [secrets.token_bytes(length) for length in range(40)]
    assert answers([{"ask": "b64", "bytes": raw.hex()} for raw in raws]) == [b64(raw) for raw in raws]
    texts = ["", "A", "AB", "AA", "AAA", "AAB", "AA==", "A+", "A A", "AAAA\n", "_-8", "é", *map(b64, raws)]

    def read(text: str) -> str | None:
        try:
            return signed.unb64(text).hex()
        except ValueError:
            return None

    assert answers([{"ask": "unb64", "text": text} for text in texts]) == [read(text) for text in texts]


def test_the_same_public_keys_are_refused() -> None:
    prime = 2**255 - 19
    special = [0, 1, 2, prime - 1, prime, prime + 1, 2**255 - 1, 2**255, 2**256 - 1]
    special += [int.from_bytes(key, "big") for key in map(bytes.fromhex, ORDER_8)]
    keys = [number.to_bytes(32, "little") for number in special] + [bytes(31), bytes(33)]
    keys += [secrets.token_bytes(32) for _ in range(20)]

    def taken(key: bytes) -> bool | None:
        try:
            signed.check_public_key(key)
        except ValueError:
            return None
        return True

    found = answers([{"ask": "publicKey", "pk": key.hex()} for key in keys])
    assert found == [taken(key) for key in keys]


ORDER_8 = (
    "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826",
    "85fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826",
    "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7",
    "fa03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7",
)


def test_signatures_hold_on_the_other_side() -> None:
    secret, message = secrets.token_bytes(32), secrets.token_bytes(100)
    key = Ed25519PrivateKey.from_private_bytes(secret)
    pk, sig = (bytes.fromhex(text) for text in answer(ask="sign", secret=secret.hex(), message=message.hex()))
    assert pk == key.public_key().public_bytes_raw()
    assert sig == key.sign(message)
    questions = [
        {"ask": "verify", "pk": pk.hex(), "message": text.hex(), "sig": sig.hex()}
        for text in (message, message + b"x")
    ]
    assert answers(questions) == [True, False]


def test_bodies_are_the_servers_to_the_byte() -> None:
    ballot, pk = "10-n1-1-member", secrets.token_bytes(32)
    size = PAPER.size(ballot)
    papers: list[dict[str, Any]] = [
        {"N1": "for", "7": "against", 'a"\\\u2028𠀀': "abstain"},
        {"N1": "for", "7": "against"},
        {"7": "abstain"},
        {'a"\\\u2028𠀀': "for"},
    ]
    for seq in (0, 2**52 + 5):
        shared = {"paper": PAPER.text(), "ballot": ballot, "pk": pk.hex(), "seq": seq, "size": size}
        # However the page hands them in, they go out in the paper's order.
        turned = [dict(reversed(marks.items())) for marks in papers]
        found = answers([{"ask": "cast", "marks": marks, **shared} for marks in [*papers, *turned]])
        expected = [body.cast_body(ballot, pk, seq, marks, size).decode() for marks in papers]
        assert found == expected * 2
        for text, marks in zip(found, papers, strict=False):
            parsed = body.parse_body(text.encode())
            assert isinstance(parsed, body.CastBody)
            assert PAPER.check(parsed.marks) == marks
    back = answer(ask="handBack", ballot=ballot, pk=pk.hex(), size=size)
    assert back.encode() == body.hand_back_body(ballot, pk, size)
    named = answer(ask="open", paper=PAPER.text(), ballot=ballot, marks=papers[0])
    assert named.encode() == body.open_body(ballot, papers[0])


def test_marks_that_the_server_would_refuse_never_become_a_body() -> None:
    shared = {"paper": PAPER.text(), "ballot": "1-n1-1-member", "pk": bytes(32).hex(), "seq": 0, "size": 512}
    bad: list[dict[str, Any]] = [{}, {"N1": "yes"}, {"N1": None}, {"N1": ["for"]}, {"N2": "for"}, {"N1": 1}]
    assert answers([{"ask": "cast", "marks": marks, **shared} for marks in bad]) == [None] * len(bad)
    assert answer(ask="cast", **{**shared, "size": 100}, marks={"N1": "for"}) is None


def test_a_credential_from_the_servers_key() -> None:
    key = IssuingKey.generate()
    message = signed.credential_text(secrets.token_bytes(32), secrets.token_bytes(32))
    n = key.n_bytes.hex()
    drawn = answer(ask="blind", n=n, message=message.hex())
    blind_sig = key.blind_sign(bytes.fromhex(drawn["blinded"]))
    kept = {"salt": drawn["salt"], "inv": drawn["inv"]}
    question = {"ask": "finalize", "n": n, "message": message.hex(), "blind_sig": blind_sig.hex(), **kept}
    spoilt = (int.from_bytes(blind_sig, "big") - 1).to_bytes(256, "big").hex()
    good, bad = answers([question, {**question, "blind_sig": spoilt}])
    assert bad is None
    assert verify_credential(key.n_bytes, message, bytes.fromhex(good))


class Chain:
    """A board as the server writes it."""

    def __init__(self) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.pk = self.key.public_key().public_bytes_raw()
        self.entries: list[Entry] = []
        self.add({"kind": "start", "format": board.FORMAT, "sitting": "s-20", "key": b64(self.pk)})

    def add(self, text: dict[str, Any]) -> Entry:
        entry = board.make(self.entries[-1] if self.entries else None, text, self.key)
        self.entries.append(entry)
        return entry

    def read_by_the_phone(self) -> Any:
        return answer(ask="board", key=self.pk.hex(), lines=[entry.line() for entry in self.entries])


def a_roll(numbers: set[int], recused: set[int]) -> EffectiveRoll:
    def key(number: int) -> bytes | None:
        return Ed25519PrivateKey.generate().public_key().public_bytes_raw() if number % 3 else None

    lines = {n: Line(n, f"委员{n}", key(n), "card" if n % 3 else None) for n in numbers}
    return EffectiveRoll(9, frozenset(numbers), frozenset(recused), lines)


def ballot_text(ballot: str, roll: Entry, n: bytes | None) -> dict[str, Any]:
    return {
        "kind": "ballot",
        "ballot": ballot,
        "replaces": None,
        "visibility": "secret" if n else "open",
        "paper": b64(secrets.token_bytes(32)),
        "size": 512,
        "n": n and b64(n),
        "roll": b64(roll.hash),
        "rules": {"changes": False, "names": n is None, "withhold": True},
    }


def a_sitting() -> Chain:
    """Two ballots: a secret one whose roll grew until it opened, and an open one."""
    chain = Chain()
    roll = a_roll({1, 2, 3, 5}, {5})
    first = chain.add(board.roll_body(roll))
    chain.add(ballot_text("1-n1-1-member", first, IssuingKey.generate().n_bytes))
    later = EffectiveRoll(9, roll.present | {4}, roll.recused, {**roll.lines, **a_roll({4}, set()).lines})
    amended = chain.add(board.roll_body(later, ballot="1-n1-1-member", since=(first.seq, roll)))
    chain.add({"kind": "opened", "ballot": "1-n1-1-member", "roll": b64(amended.hash)})
    roots = {"issued_root": b64(bytes(32)), "returned": 0, "cast_root": b64(signed.root([]))}
    chain.add({"kind": "result", "ballot": "1-n1-1-member", "issued": 2, **roots, "result": {"returned": 0}})
    empty = {"unused": 0, "unused_root": b64(signed.root([])), "missing": 2}
    chain.add({"kind": "unused", "ballot": "1-n1-1-member", **empty})
    chain.add({"kind": "checked", "ballot": "1-n1-1-member", "members": []})
    chain.add(ballot_text("2-item-1-member", first, None))
    return chain


def test_a_board_says_the_same_to_a_phone() -> None:
    chain = a_sitting()
    found = chain.read_by_the_phone()
    assert (found["sitting"], found["length"], found["ended"]) == ("s-20", len(chain.entries), False)
    assert list(found["ballots"]) == ["1-n1-1-member", "2-item-1-member"]
    assert [one["phase"] for one in found["ballots"].values()] == ["checked", "prepared"]
    for ballot, facts in found["ballots"].items():
        entry = next(
            one for one in chain.entries if one.body["kind"] == "ballot" and one.body["ballot"] == ballot
        )
        roll = board.roll_of(chain.entries, ballot)
        assert facts["B"] == entry.hash.hex()
        assert facts["paper"] == signed.unb64(entry.body["paper"]).hex()
        assert facts["secret"] == (entry.body["visibility"] == "secret")
        assert facts["rules"] == entry.body["rules"]
        assert facts["all_members"] == roll.all_members
        assert facts["entitled"] == sorted(roll.entitled)
        keys = [roll.line(number).dev_pk for number in sorted(roll.entitled)]
        assert facts["keys"] == [key and b64(key) for key in keys]


def test_a_board_with_one_letter_changed_is_refused() -> None:
    chain = a_sitting()
    chain.add({"kind": "end"})
    assert chain.read_by_the_phone()["ended"]
    lines = [entry.line() for entry in chain.entries]
    changed = lines[2].replace('\\"size\\":512', '\\"size\\":513')
    assert changed != lines[2]
    assert answer(ask="board", key=chain.pk.hex(), lines=[*lines[:2], changed, *lines[3:]]) is None
    assert answer(ask="board", key=chain.pk.hex(), lines=lines[1:]) is None
    assert answer(ask="board", key=Chain().pk.hex(), lines=lines) is None


def test_the_code_on_the_phone_is_the_code_in_the_hall() -> None:
    digest = secrets.token_bytes(32)
    assert answer(ask="code", hash=digest.hex()) == board.code(digest)
