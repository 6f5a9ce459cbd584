"""A full room in the middle of a secret ballot, in which somebody misbehaves.  For the tests of bad input.

Everything that is tried is tried beside good ballots that fly in at the same moment; the room sees to it that
those are received, and that nothing else in the whole database has changed.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Engine, select
from sqlmodel import SQLModel

from display import i18n
from meeting.console.access import Office, make_link, redeem
from meeting.order import commands as c
from meeting.order.sitting import Plan, StepKind
from meeting.order.state import PollStage
from tests.session_day.served_sitting import ServedSitting
from tests.session_day.wires import Answer, box
from tests.voting.voter import Credential, Voter
from voting.box import Facts
from voting.record import write_record
from voting.signed import receipt_text, unb64

T = TypeVar("T")
Rows = dict[str, Counter[tuple[Any, ...]]]

MALLORY, NOVICE, LATE, ABSENT = 1, 2, 3, 4
"""He has his ballot and does not cast it; two have not collected; one did not come."""


def rows(engine: Engine) -> Rows:
    """Every row of every table."""
    with engine.connect() as conn:
        return {
            name: Counter(tuple(row) for row in conn.execute(select(table)))
            for name, table in SQLModel.metadata.tables.items()
        }


def changed(before: Rows, after: Rows) -> dict[str, int]:
    """How many rows each table has gained; none may be lost or altered."""
    for name in before:
        assert not before[name] - after[name], f"{name} lost rows"
    gained = {name: (after[name] - before[name]).total() for name in after}
    return {name: count for name, count in gained.items() if count}


def check_refusal(answer: Answer, code: str, re: str | None = None) -> None:
    """A refusal has its code, and the catalogue's sentence in both languages."""
    assert answer["type"] == "error", answer
    assert answer["code"] == code
    assert answer.get("re") == re
    assert set(answer["say"]) == {"zh", "en"}
    for language in i18n.LANGUAGES:
        sentence, said = i18n.sentences(language)[f"error.{code}"], answer["say"][language]
        assert said
        if "{" in sentence:  # its figures are those of the moment
            pieces = [piece.partition("}")[2] for piece in ("}" + sentence).split("{")]
            assert all(piece in said for piece in pieces)
            assert "{" not in said
        else:
            assert said == sentence


class RoughRoom:
    def __init__(self, served: ServedSitting) -> None:
        self.served = served
        self.engine = served.house.engine
        self.url = served.url
        numbers = (MALLORY, NOVICE, LATE, ABSENT)
        self.mallory, self.novice, self.latecomer, self.absent = (served.voters[n] for n in numbers)
        self.unbound = len(served.voters) + 1
        """A member whose card nobody has used."""
        self.former: Credential
        """Mallory's, of a round that came to nothing."""
        self.chair = self.second_chair = self.teller = ""
        self._spare: list[Voter] = []
        self._counted: set[bytes] = set()

    @property
    def poll(self) -> str:
        return self.served.poll.id

    @property
    def facts(self) -> Facts:
        return self.served.house.box.facts(self.poll)

    @property
    def seq(self) -> int:
        return self.served.house.service.state.order_seq

    async def convene(self) -> None:
        """Everybody comes but one; the tellers are approved."""
        served = self.served
        here = [number for number in served.voters if number != ABSENT]
        await served.obey(*(c.RecordArrival(n) for n in here), c.ConfirmRoll())  # type: ignore[arg-type]
        self.chair = await self._sign_in(Office.CHAIR)
        self.second_chair = await self._sign_in(Office.CHAIR)
        self.teller = await self._sign_in(Office.TELLER)

    async def to_the_appointment(self) -> None:
        """To a second round of the secret ballot: collected by all but one, and open."""
        served, ballots = self.served, self.served.house.box
        first = self.poll
        await served.obey(c.OpenPoll(served.poll.id))
        here = [voter for voter in served.voters.values() if voter.number != ABSENT]
        question = served.poll.question
        await asyncio.gather(*(voter.vote_openly(ballots, first, {question: "for"}) for voter in here))
        await served.obey(c.ClosePoll(served.poll.id))
        await served.ended(first)
        while served.house.service.state.step is None or (
            served.house.service.state.step.kind is not StepKind.VOTE or self.poll == first
        ):
            await served.obey(c.Proceed())
        self.former = await self.mallory.collect(ballots, self.poll)
        await served.obey(c.AbortPoll(served.poll.id, "for the test"))
        assert served.poll.stage is PollStage.PREPARED
        self._spare = [voter for voter in here if voter.number not in {NOVICE, LATE}]
        await asyncio.gather(*(voter.collect(ballots, self.poll) for voter in self._spare))
        self._spare.remove(self.mallory)

    async def beside(self, bad: Awaitable[T], good: int = 2, **gained: int) -> T:
        """What comes of `bad`, while `good` ballots are cast at the same moment.

        They are all received; beyond them the database gains the rows in `gained` and no others.
        """
        before = rows(self.engine)
        voters = [self.take() for _ in range(good)]
        answer, _ = await asyncio.gather(bad, asyncio.gather(*(self.cast(voter) for voter in voters)))
        assert changed(before, rows(self.engine)) == {**({"box": good} if good else {}), **gained}
        return answer

    def take(self) -> Voter:
        """A voter who has collected, and has not cast."""
        assert self._spare, "the room is too small for so many tests"
        return self._spare.pop(0)

    async def cast(self, voter: Voter) -> None:
        """A good ballot, by the way of ballots; its receipt is checked and kept."""
        record = voter.credential.ballot({self.served.poll.question: "for"})
        self.keep(await box(self.url, record.decode()))

    def keep(self, answer: Answer) -> None:
        assert answer["type"] == "receipt", answer
        leaf = unb64(answer["leaf"])
        board_key = Ed25519PublicKey.from_public_bytes(unb64(self.served.board_key))
        board_key.verify(unb64(answer["sig"]), receipt_text(self.facts.B, leaf))
        self._counted.add(leaf)

    async def count(self) -> set[bytes]:
        """Close the poll.  What was acknowledged, after it was found in the published list, and nothing else."""
        poll = self.served.poll.id
        await self.served.obey(c.ClosePoll(poll))
        ended = await self.served.ended(poll)
        leaves = self.served.house.box.leaves(poll)
        assert leaves is not None
        assert ended.result is not None
        assert set(leaves.casts) == self._counted
        assert ended.result["returned"] == len(leaves.casts)
        return self._counted

    async def after_the_checks(self, path: Path, poll: str) -> Path:
        """Wait until the ballot's lists are complete, and write the record."""
        async with asyncio.timeout(20):
            while "checked" not in {
                e.body["kind"] for e in self.served.house.box.board() if e.body.get("ballot") == poll
            }:
                await self.served.house.writer.run(lambda conn: None)
        write_record(self.engine, self.served.house.service.sitting, path)
        return path

    async def _sign_in(self, office: Office) -> str:
        sitting = self.served.house.service.sitting
        code = await self.served.house.writer.run(lambda conn: make_link(conn, sitting, office))
        found = await self.served.house.writer.run(lambda conn: redeem(conn, sitting, code))
        assert found is not None
        return found[1]


def quick(plan: Plan) -> Plan:
    """The plan with a second for handing back, and one for confirming."""
    return replace(plan, rules=replace(plan.rules, hand_back_s=1))
