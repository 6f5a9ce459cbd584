"""A voter's phone as the box meets it: the same messages, none of the screen.  A fake for tests."""

from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting import body, signed
from voting.board import EffectiveRoll, Line, canonical
from voting.box import Box, Facts, NewBallot, Receipt, Rules, Visibility
from voting.credential import Blinding, blind, finalize
from voting.paper import MotionQuestion, Paper
from voting.signed import b64

PAPER = Paper((MotionQuestion("N1", "决定任命甲"), MotionQuestion("N2", "决定任命乙")))


def record_json(body_: bytes, rsa: bytes, sig: bytes) -> bytes:
    """The record as it travels."""
    return canonical({"body": body_.decode(), "rsa": b64(rsa), "sig": b64(sig)}).encode()


@dataclass
class Credential:
    """A one-time key and, once finalized, the signature that allows it to vote."""

    facts: Facts
    one: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    rsa: bytes = b""

    @property
    def pk(self) -> bytes:
        return self.one.public_key().public_bytes_raw()

    def record(self, raw: bytes) -> bytes:
        """Any body, signed as a cast."""
        return record_json(raw, self.rsa, self.one.sign(signed.cast_text(self.facts.B, raw)))

    def ballot(self, marks: dict[str, Any], seq: int = 0) -> bytes:
        return self.record(body.cast_body(self.facts.ballot, self.pk, seq, marks, self.facts.size))

    def hand_back(self) -> bytes:
        return self.record(body.hand_back_body(self.facts.ballot, self.pk, self.facts.size))


class Voter:
    """A member's phone."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.device = Ed25519PrivateKey.generate()
        self.credential: Credential
        self.blinding: Blinding
        self.blinded: bytes

    @property
    def dev_pk(self) -> bytes:
        return self.device.public_key().public_bytes_raw()

    def line(self) -> Line:
        return Line(self.number, f"Member {self.number}", self.dev_pk, "card")

    def ask(self, facts: Facts) -> tuple[bytes, bytes]:
        """A new one-time key: what is sent to have it signed."""
        assert facts.n is not None
        self.credential = Credential(facts)
        message = signed.credential_text(facts.B, self.credential.pk)
        self.blinded, self.blinding = blind(facts.n, message)
        return self.blinded, self.device.sign(signed.issue_text(facts.B, self.number, self.blinded))

    def take(self, blind_sig: bytes) -> Credential:
        """The server's answer."""
        facts = self.credential.facts
        assert facts.n is not None
        message = signed.credential_text(facts.B, self.credential.pk)
        self.credential.rsa = finalize(facts.n, message, blind_sig, self.blinding)
        return self.credential

    async def collect(self, box: Box, ballot: str) -> Credential:
        """Ask and take."""
        blinded, sig = self.ask(box.facts(ballot))
        return self.take(await box.issue(self.number, ballot, blinded, sig))

    async def cast(self, box: Box, ballot: str, mark: str) -> Receipt:
        """Collect where that was not done, and vote the same on every question."""
        facts = box.facts(ballot)
        if not hasattr(self, "credential") or self.credential.facts != facts:
            await self.collect(box, ballot)
        return await box.cast(self.credential.ballot({q.id: mark for q in facts.paper.questions}))

    async def vote_openly(self, box: Box, ballot: str, marks: dict[str, Any]) -> Receipt:
        raw = body.open_body(ballot, marks)
        sig = self.device.sign(signed.open_text(box.facts(ballot).B, self.number, raw))
        return await box.open_vote(self.number, ballot, raw, sig)

    def check(self, facts: Facts, cast_root: bytes, unused_root: bytes) -> bytes:
        return self.device.sign(signed.check_text(facts.B, cast_root, unused_root))


def roll_of(
    voters: list[Voter], *, all_members: int = 31, recused: frozenset[int] = frozenset()
) -> EffectiveRoll:
    present = frozenset(voter.number for voter in voters)
    return EffectiveRoll(all_members, present, recused, {voter.number: voter.line() for voter in voters})


def new_ballot(
    voters: list[Voter],
    ballot: str = "1-n1-1-member",
    visibility: Visibility = "secret",
    rules: Rules = Rules(),  # noqa: B008  # frozen
    replaces: str | None = None,
    paper: Paper = PAPER,
    voter_class: str = "member",
) -> NewBallot:
    member = voter_class == "member"
    return NewBallot(
        ballot,
        visibility,
        paper,
        roll_of(voters, all_members=31 if member else len(voters)),
        rules,
        replaces,
        fewest=5 if member else 3,
        voter_class=voter_class,
    )
