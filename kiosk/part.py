"""What a simulated phone does about its ballots: it does what `kiosk.slip` says is due, at a moment of its own.

It stores before it sends, brings records to the box without a name and everything else over the member's socket,
and takes nothing for received that the board's key did not sign.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, TypeAlias, assert_never

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk import slip as slips
from kiosk.anonymous import GONE, Anonymous, TurnedAway
from kiosk.board_follower import BoardFollower, BrokenBoard, OnBoard
from kiosk.personal import Pace, Personal
from kiosk.slip import NamedVote, Poll, Slip
from voting.errors import VotingError
from voting.paper import Paper, parse_paper
from voting.records import Record
from voting.signed import open_leaf, open_text, paper_hash, receipt_text, unb64

AGAIN: Final = frozenset(
    {"unavailable", "too-slow", "ballot-not-open", "hand-back-over", "too-many-attempts"}
)
"""Refusals that may pass."""

Decision: TypeAlias = Callable[[Paper, str], Mapping[str, object] | None]
"""The member: marks for a paper and the ballot's id, or None to return no ballot."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a phone keeps of a ballot that is in the box; nothing in it says how it was marked."""

    ballot: str
    leaf: bytes
    sig: bytes


@dataclass
class Pocket:
    """What survives when the page is closed: the phone's storage.  Give it to another `Phone` to go on."""

    device: Ed25519PrivateKey | None = field(default=None, repr=False)
    slips: dict[str, Slip] = field(default_factory=dict)
    votes: dict[str, NamedVote] = field(default_factory=dict)

    @cached_property
    def key(self) -> Ed25519PrivateKey:
        """The device's key, made when it is first needed and from then on the same."""
        if self.device is None:
            self.device = Ed25519PrivateKey.generate()
        return self.device

    @cached_property
    def dev_pk(self) -> bytes:
        return self.key.public_key().public_bytes_raw()


class Part:
    """One phone's part in the ballots of a sitting."""

    def __init__(
        self,
        member: int,
        pocket: Pocket,
        decide: Decision,
        *,
        follower: BoardFollower,
        anonymous: Anonymous,
        personal: Personal,
        pace: Pace,
        on_receipt: Callable[[Receipt], None],
        on_latency: Callable[[str, float], None],
        on_alarm: Callable[[str], None],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.poll: Poll | None = None
        """The poll on the screen; whoever changes it says so by `tell_all`."""
        self.finished: set[str] = set()
        """The ballots for which nothing will ever be to do again."""
        self._member = member
        self._pocket = pocket
        self._decide = decide
        self._follower = follower
        self._board = follower.board
        self._anonymous = anonymous
        self._personal = personal
        self._pace = pace
        self._on_receipt = on_receipt
        self._on_latency = on_latency
        self._on_alarm = on_alarm
        self._sleep = sleep
        self._clock = clock
        self._changed = asyncio.Event()
        self._given_up: set[str] = set()

    def tell_all(self) -> None:
        """Wake whoever waits for the board or the screen to change."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def take(self, ballot: str) -> None:
        """Do what is due for one ballot until nothing ever will be."""
        rested: set[type[slips.Step]] = set()
        attempt = 0
        while True:
            changed = self._changed
            step = self._next(self._board.ballots[ballot])
            if isinstance(step, slips.Done):
                break
            if isinstance(step, slips.Wait):
                await changed.wait()
                continue
            if type(step) not in rested:
                # Whatever is done in a crowd is done at a moment of its own; meanwhile things may have changed.
                rested.add(type(step))
                await self._sleep(self._before(step, ballot))
                continue
            try:
                await self._do(step, self._board.ballots[ballot], attempt)
                attempt = 0
            except TurnedAway as refused:
                if refused.code not in AGAIN:
                    self._refused(step, ballot, refused.code)
                await self._rest(attempt)
                attempt += 1
            except GONE:
                await self._rest(attempt)
                attempt += 1
        self.finished.add(ballot)

    def _next(self, on: OnBoard) -> slips.Step:
        poll = self.poll if self.poll is not None and self.poll.ballot == on.ballot else None
        if on.ballot in self._given_up or on.visibility == "hands":
            return slips.Done()  # hands are shown in the hall
        if on.device_of(self._member) != self._pocket.dev_pk:
            if not on.opened and not on.ended:
                return slips.Wait()  # until the opening the roll may still change
            if on.device_of(self._member) is not None:
                self._on_alarm("wrong-roll-line")  # somebody else's device stands for this member
            return slips.Done()
        if on.visibility == "open":
            return slips.next_step_by_name(on, self._pocket.votes.get(on.ballot), poll)
        return slips.next_step(on, self._pocket.slips.get(on.ballot), poll)

    def _before(self, step: slips.Step, ballot: str) -> float:
        match step:
            case slips.Collect():
                in_time = self.poll is not None and self.poll.stage == "prepared"
                return self._pace.before_collecting(self.poll.window_ms) if in_time and self.poll else 0.0
            case slips.Cast():
                return self._pace.before_casting(self._pocket.slips[ballot].late)
            case slips.Look():
                return self._pace.before_looking()
            case slips.Confirm():
                return self._pace.before_confirming()
            case _:
                return 0.0

    async def _do(self, step: slips.Step, on: OnBoard, attempt: int) -> None:
        slip = self._pocket.slips.get(on.ballot)
        match step:
            case slips.Collect():
                await self._collect(on, slip)
            case slips.Decide(poll):
                self._put_to_member(on, slip, poll)
            case slips.Cast(record):
                sig = await self._bring(on, record, "cast", attempt)
                self._store(slips.received(self._pocket.slips[on.ballot], sig))
                self._on_receipt(Receipt(on.ballot, record.leaf, sig))
            case slips.Look():
                await self._look(on)
            case slips.HandBack():
                slip = slips.handing_back(on, self._pocket.slips[on.ballot])
                self._store(slip)
                if slip.back is not None:
                    sig = await self._bring(on, slip.back, "hand-back", attempt)
                    self._store(replace(slip, back_receipt=sig, back=None))
            case slips.Confirm():
                await self._personal.ask(slips.confirmation(on, on.ballot, self._pocket.key))
                self._store(replace(self._pocket.slips[on.ballot], confirmed=True))
            case slips.VoteByName(vote):
                await self._vote_by_name(on, vote)
            case slips.Wait() | slips.Done():
                pass
            case _:
                assert_never(step)

    async def _collect(self, on: OnBoard, slip: Slip | None) -> None:
        if slip is None:
            try:
                slip = slips.new_slip(on)
            except ValueError:
                raise TurnedAway("crafted-key") from None
            self._store(slip)
        answer = await self._personal.ask(slips.ask(on, slip, self._member, self._pocket.key))
        try:
            if answer["ballot"] != on.ballot:
                raise ValueError("another ballot's answer")
            self._store(slips.collected(on, slip, unb64(answer["blind_sig"])))
        except (ValueError, KeyError, TypeError):
            raise TurnedAway("wrong-credential") from None

    def _put_to_member(self, on: OnBoard, slip: Slip | None, poll: Poll) -> None:
        if paper_hash(poll.salt, poll.paper) != on.paper:
            raise TurnedAway("wrong-paper")
        try:
            paper = parse_paper(poll.paper)
            marks = self._decide(paper, on.ballot)
            if slip is not None:
                seq = self._pace.random.getrandbits(52) if on.changes else 0
                self._store(slips.marked(on, slip, paper, marks, seq))
            else:
                self._pocket.votes[on.ballot] = slips.named(on, paper, marks)
        except VotingError as error:
            raise TurnedAway(error.code) from error

    async def _bring(self, on: OnBoard, record: Record, what: str, attempt: int) -> bytes:
        """The board's signature for a record that is in the box, on a new connection each time."""
        start = self._clock()
        # Where sockets fail again and again, a network may let nothing but plain requests through.
        answer = await self._anonymous.cast(slips.record_text(record), post=attempt % 3 == 2)
        self._on_latency(what, self._clock() - start)
        return self._receipt(on, record.leaf, answer)

    def _receipt(self, on: OnBoard, leaf: bytes, answer: Mapping[str, Any]) -> bytes:
        try:
            sig = unb64(answer["sig"])
            if unb64(answer["leaf"]) == leaf and self._board.signed(receipt_text(on.B, leaf), sig):
                return sig
        except (KeyError, ValueError, TypeError):
            pass
        raise TurnedAway("wrong-receipt")

    async def _look(self, on: OnBoard) -> None:
        try:
            lists = await self._follower.lists(on.ballot)
        except BrokenBoard:
            raise TurnedAway("broken-board") from None
        slip = slips.looked(self._pocket.slips[on.ballot], lists)
        self._store(slip)
        if slip.fate is slips.Fate.ALARM:
            self._on_alarm("ballot-missing")

    async def _vote_by_name(self, on: OnBoard, vote: NamedVote) -> None:
        message = slips.by_name(on, vote, self._member, self._pocket.key)
        answer = await self._personal.ask(message)
        leaf = open_leaf(open_text(on.B, self._member, vote.body), unb64(str(message["sig"])))
        sig = self._receipt(on, leaf, answer)
        self._pocket.votes[on.ballot] = replace(vote, receipt=sig)
        self._on_receipt(Receipt(on.ballot, leaf, sig))

    def _refused(self, step: slips.Step, ballot: str, code: str) -> None:
        """Take note of a refusal that will not pass."""
        if isinstance(step, slips.VoteByName):
            self._pocket.votes[ballot] = replace(step.vote, stopped=True)
        elif (slip := self._pocket.slips.get(ballot)) is not None:
            match step:
                case slips.HandBack() | slips.Look():
                    self._store(replace(slip, fate=slips.Fate.ALARM))
                case slips.Confirm():
                    self._store(replace(slip, confirmed=False))
                case _:
                    self._store(replace(slip, stopped=True))
        else:
            self._given_up.add(ballot)
        # Too late for a ballot or for a confirmation is a pity, and no alarm.
        if code not in ("issuing-over", "wrong-stage"):
            self._on_alarm(code)

    def _store(self, slip: Slip) -> None:
        self._pocket.slips[slip.ballot] = slip

    async def _rest(self, attempt: int) -> None:
        await self._sleep(self._pace.before_trying_again(attempt))
