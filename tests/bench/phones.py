"""3,000 phones in one loop without a framework: what the ballots bench loads the server with.

Sockets, epoll and frames by hand, so that the phones cost a fraction of what the server does.  Everything that a
phone can compute beforehand is computed beforehand.  They speak as much WebSocket as the bench needs: frames are
masked, with a mask of zeros.
"""

from __future__ import annotations

import json
import random
import select
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tests.bench.full_sitting import HOST, BallotFacts, device_key, many_files
from voting import signed
from voting.body import cast_body
from voting.credential import Blinding, blind, finalize
from voting.paper import MOTION_MARKS
from voting.records import Record
from voting.signed import b64, unb64

GIVE_UP_S = 60.0


@dataclass(frozen=True, slots=True)
class Casting:
    """How the ballots went in.  Times in milliseconds, from the moment at which the member pressed."""

    receipts_ms: list[float]
    refused: list[str]
    lost: int
    cpu_s: float
    wall_s: float
    behind_ms: float
    """The most by which the phones themselves were late."""
    marks: dict[str, int]


@dataclass(slots=True)
class Phone:
    number: int
    socket: socket.socket
    arrived: bytes = b""
    one: Ed25519PrivateKey | None = None
    blinding: Blinding | None = None


@dataclass(slots=True)
class _Ballot:
    """One record, and the connection that brings it."""

    frame: bytes
    leaf: bytes
    pressed_ns: int = 0
    socket: socket.socket | None = None
    upgraded: bool = False
    arrived: bytes = b""
    answer: bytes = b""
    answered_ns: int = 0


def masked(payload: bytes) -> bytes:
    """A text frame as a client sends it."""
    size = len(payload)
    length = bytes((0x80 | size,)) if size < 126 else bytes((0x80 | 126,)) + size.to_bytes(2, "big")
    return b"\x81" + length + bytes(4) + payload


_CLOSE = bytes((0x88, 0x82)) + bytes(4) + (1000).to_bytes(2, "big")


def frames(arrived: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """The whole frames in what arrived (opcode, payload), and what is left."""
    found = []
    at = 0
    while len(arrived) - at >= 2:
        size, start = arrived[at + 1], at + 2
        if size == 126:
            size, start = int.from_bytes(arrived[start : start + 2], "big"), start + 2
        elif size == 127:
            size, start = int.from_bytes(arrived[start : start + 8], "big"), start + 8
        if len(arrived) < start + size:
            break
        found.append((arrived[at] & 15, arrived[start : start + size]))
        at = start + size
    return found, arrived[at:]


class Phones:
    """All phones of the sitting, signed in."""

    def __init__(self, port: int, members: int) -> None:
        self._port = port
        self._epoll = select.epoll()
        self._phones: dict[int, Phone] = {}
        self._upgrade_box = self._upgrade("/box")
        self._ballots: list[_Ballot] = []
        self._facts: BallotFacts | None = None
        self._marks: dict[str, int] = {}
        for number in range(1, members + 1):
            phone = self._signed_in(number)
            self._phones[phone.socket.fileno()] = phone
            self._epoll.register(phone.socket.fileno(), select.EPOLLIN)

    def _upgrade(self, path: str) -> bytes:
        origin = f"http://{HOST}:{self._port}"
        return (
            f"GET {path} HTTP/1.1\r\nHost: {HOST}:{self._port}\r\nOrigin: {origin}\r\n"
            "Connection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        ).encode()

    def _signed_in(self, number: int) -> Phone:
        phone = Phone(number, socket.create_connection((HOST, self._port)))
        phone.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        phone.socket.settimeout(GIVE_UP_S)
        phone.socket.sendall(self._upgrade("/m"))
        while b"\r\n\r\n" not in phone.arrived:
            phone.arrived += phone.socket.recv(65536)
        phone.arrived = phone.arrived.partition(b"\r\n\r\n")[2]
        nonce = self._next(phone)
        sig = device_key(number).sign(signed.hello_text(nonce["sitting"], number, unb64(nonce["nonce"])))
        phone.socket.sendall(
            masked(json.dumps({"type": "hello", "member": number, "sig": b64(sig)}).encode())
        )
        if (me := self._next(phone))["type"] != "me":
            raise RuntimeError(f"a phone was turned away: {me}")
        phone.socket.setblocking(False)
        return phone

    def _next(self, phone: Phone) -> dict[str, Any]:
        while True:
            found, left = frames(phone.arrived)
            if found:
                # Only the first is taken; what came with it is a view, and nobody looks at it yet.
                phone.arrived = left
                message: dict[str, Any] = json.loads(found[0][1])
                return message
            phone.arrived += phone.socket.recv(65536)

    # --- collecting ---

    def collect(self, facts: BallotFacts) -> float:
        """Every phone collects its credential and prepares its record.  Returns the seconds until all were issued."""
        self._facts = facts
        asks = []
        for phone in self._phones.values():
            phone.one = Ed25519PrivateKey.generate()
            message = signed.credential_text(facts.B, phone.one.public_key().public_bytes_raw())
            blinded, phone.blinding = blind(facts.n, message)
            sig = device_key(phone.number).sign(signed.issue_text(facts.B, phone.number, blinded))
            ask = {"type": "issue", "ballot": facts.ballot, "blinded": b64(blinded), "sig": b64(sig)}
            asks.append((phone, masked(json.dumps(ask).encode())))
        began = time.monotonic()
        for phone, ask_frame in asks:
            phone.socket.send(ask_frame)
        issued: dict[int, bytes] = {}

        def hear(phone: Phone, payload: bytes, at: int) -> None:
            if payload.startswith(b'{"type":"issued"'):
                issued[phone.number] = unb64(json.loads(payload)["blind_sig"])
            elif payload.startswith(b'{"type":"error"'):
                raise RuntimeError(f"a phone got no ballot: {payload!r}")

        self._pump(lambda: len(issued) == len(self._phones), hear)
        took = time.monotonic() - began
        self._ballots = [self._ballot(facts, phone, issued[phone.number]) for phone in self._phones.values()]
        random.shuffle(self._ballots)
        return took

    def _ballot(self, facts: BallotFacts, phone: Phone, blind_sig: bytes) -> _Ballot:
        assert phone.one is not None
        assert phone.blinding is not None
        pk = phone.one.public_key().public_bytes_raw()
        rsa = finalize(facts.n, signed.credential_text(facts.B, pk), blind_sig, phone.blinding)
        mark = random.choice(MOTION_MARKS)
        self._marks[mark] = self._marks.get(mark, 0) + 1
        raw = cast_body(facts.ballot, pk, 0, {facts.question: mark}, facts.size)
        record = Record(raw, rsa, phone.one.sign(signed.cast_text(facts.B, raw)))
        text = json.dumps({"body": raw.decode(), "rsa": b64(rsa), "sig": b64(record.sig)}, ensure_ascii=False)
        return _Ballot(masked(text.encode()), record.leaf)

    # --- casting ---

    def cast(self, within_s: float) -> Casting:
        """Bring all records to the box at random moments, each on a connection of its own."""
        cpu, began = time.process_time_ns(), time.monotonic_ns()
        for ballot in self._ballots:
            ballot.pressed_ns = began + int(random.uniform(0, within_s) * 1e9)
        due = sorted(self._ballots, key=lambda ballot: ballot.pressed_ns, reverse=True)
        under_way: dict[int, _Ballot] = {}
        behind = 0
        deadline = began + int((within_s + GIVE_UP_S) * 1e9)
        while (due or under_way) and (at := time.monotonic_ns()) < deadline:
            while due and due[-1].pressed_ns <= at:
                ballot = due.pop()
                behind = max(behind, at - ballot.pressed_ns)
                self._knock(ballot)
                assert ballot.socket is not None
                under_way[ballot.socket.fileno()] = ballot
                at = time.monotonic_ns()
            wait = (due[-1].pressed_ns - at) / 1e9 if due else 0.1
            for fd, _ in self._epoll.poll(max(0.0, wait), 256):
                if fd not in under_way:
                    self._hear(self._phones[fd], lambda phone, payload, at: None)
                elif self._answered(under_way[fd]):
                    del under_way[fd]
        wall = time.monotonic_ns() - began
        used = time.process_time_ns() - cpu
        return self._judge(used / 1e9, wall / 1e9, behind / 1e6)

    def _knock(self, ballot: _Ballot) -> None:
        # Blocking: on the loopback the kernel answers at once, from the backlog.
        ballot.socket = socket.create_connection((HOST, self._port))
        ballot.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ballot.socket.setblocking(False)
        ballot.socket.send(self._upgrade_box)
        self._epoll.register(ballot.socket.fileno(), select.EPOLLIN)

    def _answered(self, ballot: _Ballot) -> bool:
        """Take what arrived; whether the connection has ended."""
        assert ballot.socket is not None
        try:
            part = ballot.socket.recv(4096)
        except BlockingIOError:
            return False
        except ConnectionError:
            part = b""
        at = time.monotonic_ns()
        ballot.arrived += part
        if part and not ballot.upgraded:
            if b"\r\n\r\n" not in ballot.arrived:
                return False
            ballot.upgraded = True
            ballot.arrived = ballot.arrived.partition(b"\r\n\r\n")[2]
            ballot.socket.send(ballot.frame)
        found, ballot.arrived = frames(ballot.arrived) if ballot.upgraded else ([], ballot.arrived)
        closing = not part
        for kind, payload in found:
            if kind == 1:
                ballot.answer, ballot.answered_ns = payload, at
            elif kind == 8:
                closing = True
                ballot.socket.send(_CLOSE)
        if closing:
            self._epoll.unregister(ballot.socket.fileno())
            ballot.socket.close()
        return closing

    def _judge(self, cpu_s: float, wall_s: float, behind_ms: float) -> Casting:
        """Every receipt is the board's word for the very record; what is not, is lost or refused."""
        assert self._facts is not None
        board_key = Ed25519PublicKey.from_public_bytes(self._facts.board_key)
        times, refused, lost = [], [], 0
        for ballot in self._ballots:
            answer = json.loads(ballot.answer or "{}")
            if answer.get("type") == "error":
                refused.append(answer["code"])
            elif answer.get("type") == "receipt" and unb64(answer["leaf"]) == ballot.leaf:
                board_key.verify(unb64(answer["sig"]), signed.receipt_text(self._facts.B, ballot.leaf))
                times.append((ballot.answered_ns - ballot.pressed_ns) / 1e6)
            else:
                lost += 1
        marks, self._marks = self._marks, {}
        return Casting(times, refused, lost, cpu_s, wall_s, behind_ms, marks)

    # --- the result ---

    def result(self, ready: Callable[[], None]) -> list[int]:
        """When each screen had the view with the result of the present ballot (ns, CLOCK_MONOTONIC)."""
        assert self._facts is not None
        marks = (b'"stage":"counted"', f'"ballot":"{self._facts.ballot}"'.encode())
        had: dict[int, int] = {}

        def hear(phone: Phone, payload: bytes, at: int) -> None:
            if phone.number not in had and all(mark in payload for mark in marks):
                had[phone.number] = at

        self._pump(lambda: False, hear, for_s=0.05)  # whatever was on its way
        ready()
        self._pump(lambda: len(had) == len(self._phones), hear)
        return list(had.values())

    def _pump(
        self,
        done: Callable[[], bool],
        hear: Callable[[Phone, bytes, int], None],
        for_s: float = GIVE_UP_S,
    ) -> None:
        deadline = time.monotonic() + for_s
        while not done() and (left := deadline - time.monotonic()) > 0:
            for fd, _ in self._epoll.poll(min(left, 1.0), 256):
                self._hear(self._phones[fd], hear)

    def _hear(self, phone: Phone, hear: Callable[[Phone, bytes, int], None]) -> None:
        part = phone.socket.recv(65536)
        if not part:
            raise RuntimeError("a phone's connection ended")
        at = time.monotonic_ns()
        found, phone.arrived = frames(phone.arrived + part)
        for kind, payload in found:
            if kind == 1:
                hear(phone, payload, at)
            elif kind == 9:  # a ping; who does not answer is dropped
                phone.socket.send(bytes((0x8A, 0x80 | len(payload))) + bytes(4) + payload)


def play(pipe: Connection, port: int, members: int) -> None:
    """Sign in, then answer orders with what became of them; ends with the pipe."""
    many_files()
    phones = Phones(port, members)
    pipe.send("signed in")
    while True:
        try:
            order = pipe.recv()
        except EOFError:
            return
        match order:
            case BallotFacts():
                pipe.send(phones.collect(order))
            case ("cast", float(within_s)):
                pipe.send(phones.cast(within_s))
            case "result":
                pipe.send(phones.result(lambda: pipe.send("ready")))
