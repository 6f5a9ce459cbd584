"""Whatever comes in at the sockets that should not: its code, its sentence, and no effect on anybody else.

One room for all of it: several hundred members vote in secret, one of them sends what he should not, and beside every
bad message good ballots fly in at the same moment.  At the end the box is counted and the record verified.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from display.live import LARGEST_MESSAGE
from kiosk.messages import MAX_BYTES
from meeting.order import commands as c
from tests.meeting.order.small_sitting import small_plan
from tests.session_day.rough_room import (
    ABSENT,
    MALLORY,
    NOVICE,
    RoughRoom,
    check_refusal,
    quick,
)
from tests.session_day.served_sitting import serving
from tests.session_day.wires import (
    Answer,
    Said,
    ask,
    box,
    exchange,
    frame,
    frames,
    greet,
    hello,
    knock,
    opening,
    personal,
    post,
    until,
)
from tests.voting.voter import Credential, Voter, record_json
from voting import signed, verify
from voting.body import cast_body
from voting.signed import b64, unb64

pytestmark = pytest.mark.asyncio(loop_scope="module")

MEMBERS = 480
OPEN_BALLOT = "2-item-1-member"
HUGE = "9" * 5000
DEEP = "[" * 3500
MARKS = '"marks":{"N1":"against"}'

NO_POINT = bytes([2]) + bytes(31)
ORDER_8 = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")

Bad: TypeAlias = Callable[[RoughRoom], Said]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def room(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RoughRoom]:
    """The room while its secret ballot is open."""
    ready: asyncio.Future[RoughRoom] = asyncio.get_running_loop().create_future()
    leave = asyncio.Event()

    async def hold() -> None:
        voters = [Voter(number) for number in range(1, MEMBERS + 1)]
        plan = quick(small_plan(MEMBERS + 1))
        async with serving(tmp_path_factory.mktemp("bad") / "data", plan, voters) as served:
            room = RoughRoom(served)
            await room.convene()
            await room.to_the_appointment()
            await served.obey(c.OpenPoll(served.poll.id))
            ready.set_result(room)
            await leave.wait()

    # A task of its own: a fixture's two halves run in different ones, which no task group survives.
    sitting = asyncio.create_task(hold())
    sitting.add_done_callback(lambda _: ready.done() or ready.cancel())
    try:
        room = await ready
    except asyncio.CancelledError:
        await sitting  # says why there is no room
        raise
    yield room
    leave.set()
    await sitting


# --- the box ----------------------------------------------------------------------------------------------------


def paper(room: RoughRoom, marks: Mapping[str, object] | None = None) -> bytes:
    facts, pk = room.facts, room.mallory.credential.pk
    return cast_body(facts.ballot, pk, 0, {"N1": "against"} if marks is None else marks, facts.size)


def odd(old: str, new: str) -> Bad:
    """The paper with a piece of it put otherwise; of the right size where that is possible, and well signed."""

    def write(room: RoughRoom) -> Said:
        text = paper(room).decode()
        assert old in text
        head, _, _ = text.replace(old, new, 1).rpartition('"pad":"')
        tail = f'{head}"pad":"'
        missing = room.facts.size - len(tail.encode()) - 2
        return room.mallory.credential.record(f'{tail}{"0" * missing}"}}'.encode())

    return write


def written(change: Callable[[str], str]) -> Bad:
    """The text of the paper changed, and well signed."""
    return lambda room: room.mallory.credential.record(change(paper(room).decode()).encode())


def with_marks(marks: Mapping[str, object]) -> Bad:
    return lambda room: room.mallory.credential.record(paper(room, marks))


def parts(room: RoughRoom) -> dict[str, Any]:
    """A good record, taken apart."""
    found: dict[str, Any] = json.loads(room.mallory.credential.record(paper(room)))
    return found


def record(**other: Callable[[dict[str, Any]], object]) -> Bad:
    """A good record with some of its parts put otherwise."""

    def write(room: RoughRoom) -> Said:
        good = parts(room)
        return json.dumps({**good, **{name: make(good) for name, make in other.items()}})

    return write


def flipped(text: str) -> str:
    raw = bytearray(unb64(text))
    raw[5] ^= 1
    return b64(bytes(raw))


def foreign_key(pk: bytes) -> Bad:
    """A paper under a one-time key that is none of ours."""

    def write(room: RoughRoom) -> Said:
        facts, credential = room.facts, room.mallory.credential
        raw = cast_body(facts.ballot, pk, 0, {"N1": "for"}, facts.size)
        sig = credential.one.sign(signed.cast_text(facts.B, raw))
        return record_json(raw, credential.rsa, sig)

    return write


def not_his_credential(room: RoughRoom) -> Said:
    return replace(room.mallory.credential, one=Ed25519PrivateKey.generate()).ballot({"N1": "for"})


def of_the_other_round(room: RoughRoom) -> Said:
    """A credential of the round before, cast into this one."""
    former = Credential(room.facts, room.former.one, room.former.rsa)
    return former.ballot({"N1": "for"})


def swapped_signature(room: RoughRoom) -> Said:
    """The signature of another paper of the same key."""
    one, other = parts(room), json.loads(room.mallory.credential.ballot({"N1": "for"}))
    return json.dumps({**one, "sig": other["sig"]})


BOX: list[tuple[str, Bad, str]] = [
    ("a wrong signature", record(sig=lambda good: flipped(good["sig"])), "bad-signature"),
    ("a signature of zeros", record(sig=lambda good: b64(bytes(64))), "bad-signature"),
    ("the signature of another paper", swapped_signature, "bad-signature"),
    ("a wrong credential", record(rsa=lambda good: flipped(good["rsa"])), "bad-credential"),
    ("a credential of zeros", record(rsa=lambda good: b64(bytes(256))), "bad-credential"),
    ("a credential that is n", lambda r: record(rsa=lambda good: b64(r.facts.n or b""))(r), "bad-credential"),
    ("the credential of another key", not_his_credential, "bad-credential"),
    ("the credential of another ballot", of_the_other_round, "bad-credential"),
    ("a ballot that is void", lambda r: r.former.ballot({"N1": "for"}), "ballot-not-open"),
    ("a ballot that is not there", odd("5-n1-2-member", "5-n9-1-member"), "unknown-ballot"),
    ("a ballot by name", odd("5-n1-2-member", OPEN_BALLOT), "unknown-ballot"),
    ("a ballot in capitals", odd("5-n1-2-member", "5-N1-2-member"), "not-canonical"),
    ("a path for a ballot", odd("5-n1-2-member", "../../keys/x"), "not-canonical"),
    ("a hand-back before the result", lambda r: r.mallory.credential.hand_back(), "hand-back-over"),
    ("a hand-back that is not quite true", odd(MARKS, '"unused":1'), "not-canonical"),
    ("a space in the body", odd('"seq":0', '"seq": 0'), "not-canonical"),
    ("a space behind the body", written(lambda t: t[:-3] + t[-2:] + " "), "not-canonical"),
    ("a line break before the body", written(lambda t: "\n" + t[:-3] + t[-2:]), "not-canonical"),
    ("keys in another order", odd(f'"seq":0,{MARKS}', f'{MARKS},"seq":0'), "not-canonical"),
    ("a key twice", odd('"seq":0', '"seq":0,"seq":0'), "not-canonical"),
    ("a mark twice", odd('{"N1":"against"}', '{"N1":"for","N1":"against"}'), "not-canonical"),
    ("an escape in the body", odd("against", "\\u0061gainst"), "not-canonical"),
    ("half a surrogate pair in the body", odd("against", "\\ud800"), "not-canonical"),
    ("a key too many", odd('"seq":0', '"seq":0,"name":"x"'), "not-canonical"),
    ("a pad of ones", written(lambda t: t.replace("0" * 20, "1" * 20)), "not-canonical"),
    ("a byte too few", written(lambda t: t[:-3] + t[-2:]), "not-canonical"),
    ("a byte too many", written(lambda t: t[:-2] + "0" + t[-2:]), "not-canonical"),
    ("a seq where there are no changes", odd('"seq":0', '"seq":1'), "not-canonical"),
    ("a seq of 2^53", odd('"seq":0', f'"seq":{2**53}'), "not-canonical"),
    ("a seq of 5,000 digits", odd('"seq":0', f'"seq":{HUGE}'), "not-canonical"),
    ("a seq below nothing", odd('"seq":0', '"seq":-1'), "not-canonical"),
    ("a seq of minus zero", odd('"seq":0', '"seq":-0'), "not-canonical"),
    ("a seq with a point", odd('"seq":0', '"seq":0.0'), "not-canonical"),
    ("a seq that is false", odd('"seq":0', '"seq":false'), "not-canonical"),
    ("NaN for a mark", odd('"against"', "NaN"), "not-canonical"),
    ("infinity for a mark", odd('"against"', "-Infinity"), "not-canonical"),
    ("a thousand brackets for a mark", odd('"against"', DEEP), "not-canonical"),
    ("seven brackets for a mark", odd('"against"', "[[[[[[[]]]]]]]"), "not-canonical"),
    ("a number of 5,000 digits for a mark", odd('"against"', HUGE), "not-canonical"),
    ("marks that are a list", odd('{"N1":"against"}', "[]"), "not-canonical"),
    ("a body that is no JSON", record(body=lambda good: "for"), "not-canonical"),
    ("an empty body", record(body=lambda good: ""), "not-canonical"),
    ("no mark at all", with_marks({}), "wrong-marks"),
    ("a mark that there is not", with_marks({"N1": "yes"}), "wrong-marks"),
    ("a number for a mark", with_marks({"N1": 1}), "wrong-marks"),
    ("a list for a mark", with_marks({"N1": ["for"]}), "wrong-marks"),
    ("true for a mark", with_marks({"N1": True}), "wrong-marks"),
    ("a mark for another question", with_marks({"N2": "for"}), "wrong-marks"),
    ("a mark for a question too many", with_marks({"N1": "for", "N2": "for"}), "wrong-marks"),
    ("a key of order 4", foreign_key(bytes(32)), "bad-key"),
    ("the neutral element for a key", foreign_key(bytes([1]) + bytes(31)), "bad-key"),
    ("a key of order 8", foreign_key(ORDER_8), "bad-key"),
    ("a key that is not reduced", foreign_key((2**255 - 19 + 3).to_bytes(32, "little")), "bad-key"),
    ("a key that is no point", foreign_key(NO_POINT), "bad-credential"),
    ("a key of 31 bytes", odd('"pk":"', '"pk":"AA'), "not-canonical"),
    ("nothing", lambda r: "", "malformed"),
    ("no JSON", lambda r: "ballot", "malformed"),
    ("a list", lambda r: "[]", "malformed"),
    ("bytes", lambda r: b"\x00\xff", "malformed"),
    ("a good record in UTF-16", lambda r: json.dumps(parts(r)).encode("utf-16"), "malformed"),
    ("a good record behind a byte order mark", lambda r: b"\xef\xbb\xbf" + json.dumps(parts(r)).encode(), "malformed"),
    ("a record with its sender", record(member=lambda good: 1), "malformed"),
    ("a record with a part twice", lambda r: '{"body":"x",' + json.dumps(parts(r))[1:], "malformed"),
    ("a record without its credential", lambda r: json.dumps({"body": "x", "sig": b64(bytes(64))}), "malformed"),
    ("half a surrogate pair", lambda r: json.dumps(parts(r)).replace("against", "\\ud800"), "malformed"),
    ("half a pair as bytes", lambda r: json.dumps(parts(r)).encode().replace(b"against", b"\xed\xa0\x80"), "malformed"),
    ("a credential with padding", record(rsa=lambda good: good["rsa"] + "=="), "malformed"),
    ("a credential that is short", record(rsa=lambda good: b64(bytes(255))), "malformed"),
    ("a signature that is long", record(sig=lambda good: b64(bytes(65))), "malformed"),
    ("a signature with stray bits", record(sig=lambda good: good["sig"][:-1] + "-"), "malformed"),
    ("a number for a body", record(body=lambda good: 10**400), "malformed"),
    ("a number of 5,000 digits", lambda r: f'{{"body":{HUGE},"rsa":"","sig":""}}', "malformed"),
    ("NaN", lambda r: '{"body":NaN,"rsa":"","sig":""}', "malformed"),
    ("thousands of brackets", lambda r: "[" * 8000, "malformed"),
    ("what belongs to the other socket", lambda r: '{"type":"check_in"}', "malformed"),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "code"), [case[1:] for case in BOX], ids=[case[0] for case in BOX])
async def test_the_box_refuses(room: RoughRoom, bad: Bad, code: str) -> None:
    check_refusal(await room.beside(box(room.url, bad(room))), code)


async def test_all_of_it_at_once_takes_no_good_ballot_with_it(room: RoughRoom) -> None:
    async def by_post(said: Said) -> Answer:
        content = said if isinstance(said, bytes) else said.encode()
        return await post(room.url, "/box", content, "Content-Type: text/html")

    bad = [bad(room) for _, bad, _ in BOX]
    everything = asyncio.gather(*(box(room.url, one) for one in bad), *(by_post(one) for one in bad))
    answers = await room.beside(everything, good=20)
    for answer, (_, _, code) in zip(answers, [*BOX, *BOX], strict=True):
        check_refusal(answer, code)


async def test_a_replay_of_somebody_elses_ballot_is_counted_once(room: RoughRoom) -> None:
    voter = await whose_ballot_is_in(room)
    again = voter.credential.ballot({"N1": "for"})
    answers = asyncio.gather(
        box(room.url, again), box(room.url, again.decode()), post(room.url, "/box", again)
    )
    for answer in await room.beside(answers):
        room.keep(answer)


async def test_another_ballot_of_a_credential_that_was_cast(room: RoughRoom) -> None:
    voter = await whose_ballot_is_in(room)
    check_refusal(
        await room.beside(box(room.url, voter.credential.ballot({"N1": "against"}))), "already-cast"
    )
    check_refusal(await room.beside(box(room.url, voter.credential.hand_back())), "hand-back-over")


async def test_of_two_ballots_of_one_credential_at_once_one_is_taken(room: RoughRoom) -> None:
    voter = room.take()
    each = [voter.credential.ballot({"N1": mark}) for mark in ("for", "against", "abstain")]
    answers = await room.beside(asyncio.gather(*(box(room.url, one) for one in each)), box=3)
    (taken,) = [answer for answer in answers if answer["type"] == "receipt"]
    room.keep(taken)
    for answer in answers:
        if answer is not taken:
            check_refusal(answer, "already-cast")


async def whose_ballot_is_in(room: RoughRoom) -> Voter:
    voter = room.take()
    await room.cast(voter)
    return voter


async def test_fragments_and_binary_frames_are_messages_as_well(room: RoughRoom) -> None:
    one, other = room.take(), room.take()
    whole = one.credential.ballot({"N1": "for"}).decode()
    pieces = [whole[:1], whole[1:700], "", whole[700:]]
    binary = other.credential.ballot({"N1": "for"})
    for answer in await room.beside(asyncio.gather(box(room.url, pieces), box(room.url, binary)), box=4):
        room.keep(answer)
    check_refusal(await room.beside(box(room.url, ["{", "", "]"])), "malformed")


# --- frames and requests ----------------------------------------------------------------------------------------

TEXT, BINARY, PING, FIN = 0x81, 0x82, 0x89, 0x80
FRAMES = [
    ("without a mask", frame(TEXT, b"{}", masked=False), 1002),
    ("of a kind that there is not", frame(FIN | 3, b"{}"), 1002),
    ("with reserved bits", frame(TEXT | 0x40, b"{}"), 1002),
    ("that goes on with nothing", frame(FIN, b"{}"), 1002),
    ("a text within a text", frame(1, b"{") + frame(TEXT, b"}"), 1002),
    ("a ping of 126 bytes", frame(PING, bytes(126)), 1002),
    ("a ping in fragments", frame(9, b""), 1002),
    ("not of UTF-8", frame(TEXT, b"\xff\xfe"), 1007),
    ("with half a surrogate pair", frame(TEXT, b'"\xed\xa0\x80"'), 1007),
    ("of a byte more than is read", frame(TEXT, b"x" * (LARGEST_MESSAGE + 1)), 1009),
    ("of a byte more in fragments", frame(1, b"x" * LARGEST_MESSAGE) + frame(FIN, b"x"), 1009),
    ("that announces 2^62 bytes", bytes([TEXT, 0xFF]) + (2**62).to_bytes(8, "big") + bytes(4), 1009),
]


@pytest.mark.parametrize("path", ["/box", "/m"])
@pytest.mark.parametrize(("data", "code"), [case[1:] for case in FRAMES], ids=[case[0] for case in FRAMES])
async def test_a_frame(room: RoughRoom, path: str, data: bytes, code: int) -> None:
    assert await room.beside(frames(room.url, path, data), good=1) == code


async def test_half_a_message_and_silence(room: RoughRoom) -> None:
    async def half(path: str, data: Said) -> Answer:
        async with opening(room.url, path) as socket:
            if path == "/m":
                await until(socket, "nonce")
            socket.transport.write(frame(1, b'{"body":"') if data else b"")
            return await until(socket, "error")

    halves = [half("/box", "half"), half("/box", ""), half("/m", "half"), half("/m", "")]
    for answer in await room.beside(asyncio.gather(*halves)):
        check_refusal(answer, "too-slow", answer.get("re"))


async def test_requests_to_the_box(room: RoughRoom) -> None:
    good = room.mallory.credential.ballot({"N1": "against"})
    too_large = await room.beside(post(room.url, "/box", b"x" * (MAX_BYTES + 1)))
    check_refusal(too_large, "too-large")
    digits = b'{"body":' + b"9" * 40_000 + b"}"
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(digits), digits)
    check_refusal(
        await room.beside(post(room.url, "/box", chunked, "Transfer-Encoding: chunked")), "too-large"
    )
    check_refusal(await room.beside(post(room.url, "/box", good, "Content-Length: 100")), "malformed")

    def raw(*headers: str, body: bytes = good) -> Awaitable[bytes]:
        head = "\r\n".join(["POST /box HTTP/1.1", "Host: x", *headers, "", ""])
        return exchange(room.url, head.encode() + body)

    for headers in (
        ["Content-Length: -5"],
        ["Content-Length: 1x"],
        ["Content-Length: 99999999999999999999999"],
    ):
        assert (await room.beside(raw(*headers))).startswith(b"HTTP/1.1 400 ")
    assert (await room.beside(raw("Content-Length: 2", "Transfer-Encoding: chunked"))).startswith(
        b"HTTP/1.1 400 "
    )
    assert (await room.beside(raw())).count(b"HTTP/1.1 ") in (
        1,
        2,
    )  # no length is no body, and what follows no request

    bad = b"POST /box HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n[]"
    answered = await room.beside(exchange(room.url, bad * 3))
    assert answered.count(b"HTTP/1.1 ") == 1  # one record a connection
    assert b'"malformed"' in answered


# --- the member's socket ----------------------------------------------------------------------------------------


def say(kind: str, **fields: object) -> str:
    return json.dumps({"type": kind, **fields})


def issue(room: RoughRoom, who: Voter, blinded: bytes, member: int | None = None, **other: object) -> str:
    text = signed.issue_text(room.facts.B, who.number if member is None else member, blinded)
    fields = {"ballot": room.poll, "blinded": b64(blinded), "sig": b64(who.device.sign(text))}
    return say("issue", **{**fields, **other})


def fresh(room: RoughRoom, who: Voter) -> bytes:
    """A new blinded key, that `who` does not keep."""
    kept = Voter(who.number)
    kept.device = who.device
    return kept.ask(room.facts)[0]


def mallorys(member: int) -> Bad:
    return lambda room: issue(room, room.mallory, fresh(room, room.mallory), member)


def novices(**other: object) -> Bad:
    return lambda room: issue(room, room.novice, fresh(room, room.novice), None, **other)


def another(room: RoughRoom) -> Voter:
    return room.served.voters[MEMBERS]


NO_SIG = b64(bytes(64))


def by_name(room: RoughRoom, ballot: str) -> str:
    return say("open_vote", ballot=ballot, body="{}", sig=NO_SIG)


Message: TypeAlias = tuple[str, int, Bad, str, str | None]

MESSAGES: list[Message] = [
    ("a second blinded", MALLORY, mallorys(MALLORY), "already-issued", "issue"),
    ("the blinded of another", NOVICE, lambda r: issue(r, r.novice, another(r).blinded), "already-issued", "issue"),
    ("the issue of another", NOVICE, lambda r: issue(r, another(r), another(r).blinded), "bad-signature", "issue"),
    ("an issue for another", MALLORY, mallorys(NOVICE), "bad-signature", "issue"),
    ("an issue wrongly signed", NOVICE, novices(sig=NO_SIG), "bad-signature", "issue"),
    ("a blinded that is n", NOVICE, lambda r: issue(r, r.novice, r.facts.n or b""), "blinded-out-of-range", "issue"),
    ("a blinded of nothing", NOVICE, lambda r: issue(r, r.novice, bytes(256)), "blinded-out-of-range", "issue"),
    ("an issue of the other round", NOVICE, novices(ballot="5-n1-1-member"), "bad-signature", "issue"),
    ("an issue of an absent member", ABSENT, lambda r: issue(r, r.absent, fresh(r, r.absent)), "not-on-roll", "issue"),
    ("an issue of no ballot", NOVICE, novices(ballot="no-such"), "unknown-ballot", "issue"),
    ("an issue of a ballot by name", NOVICE, novices(ballot=OPEN_BALLOT), "unknown-ballot", "issue"),
    ("a short blinded", NOVICE, lambda r: issue(r, r.novice, bytes(255)), "malformed", None),
    ("a path for a ballot", NOVICE, novices(ballot="../keys"), "malformed", None),
    ("a ballot with a line break", NOVICE, novices(ballot="5-n1-2-member\n"), "malformed", None),
    ("a check without an issue", NOVICE, lambda r: say("check", ballot=r.poll, sig=NO_SIG), "not-on-roll", "check"),
    ("a check before the result", MALLORY, lambda r: say("check", ballot=r.poll, sig=NO_SIG), "wrong-stage", "check"),
    ("a vote by name in secret", MALLORY, lambda r: by_name(r, r.poll), "unknown-ballot", "open_vote"),
    ("a sign-in when the roll is closed", ABSENT, lambda r: say("check_in"), "check-in-at-desk", "check_in"),
    ("a sign-in for another", ABSENT, lambda r: say("check_in", member=ABSENT), "malformed", None),
    ("a second hello", MALLORY, lambda r: hello(r.mallory, "small-1", bytes(32)), "unknown-message", None),
    ("a ballot under his name", MALLORY, lambda r: say("cast", **parts(r)), "unknown-message", None),
    ("a type of no kind", MALLORY, lambda r: say("\u0000"), "unknown-message", None),
    ("no type", MALLORY, lambda r: "{}", "malformed", None),
    ("a number for a type", MALLORY, lambda r: '{"type":1}', "malformed", None),
    ("a type twice", MALLORY, lambda r: '{"type":"check_in","type":"check_in"}', "malformed", None),
    ("nothing", MALLORY, lambda r: "", "malformed", None),
    ("no JSON", MALLORY, lambda r: "{", "malformed", None),
    ("NaN", MALLORY, lambda r: '{"type":"check_in","x":NaN}', "malformed", None),
    ("half a surrogate pair", MALLORY, lambda r: '{"type":"\\ud800"}', "malformed", None),
    ("half a pair in a body", MALLORY, lambda r: by_name(r, OPEN_BALLOT).replace("{}", "\\udc00"), "malformed", None),
    ("thousands of brackets", MALLORY, lambda r: "[" * 8000, "malformed", None),
    ("a number of 5,000 digits", MALLORY, lambda r: f'{{"type":"check_in","x":{HUGE}}}', "malformed", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "bad", "code", "re"), [case[1:] for case in MESSAGES], ids=[case[0] for case in MESSAGES]
)
async def test_the_members_socket_refuses(
    room: RoughRoom, who: int, bad: Bad, code: str, re: str | None
) -> None:
    async with personal(room.url, room.served.voters[who]) as socket:
        check_refusal(await room.beside(ask(socket, bad(room))), code, re)
        # It is still there for whoever says something better.
        check_refusal(await ask(socket, say("nonsense")), "unknown-message")


async def test_the_same_blinded_again_gets_the_same_answer(room: RoughRoom) -> None:
    mallory = room.mallory
    async with personal(room.url, mallory) as socket:
        message = issue(room, mallory, mallory.blinded)
        first = await room.beside(ask(socket, message))
        assert first["type"] == "issued"
        assert await room.beside(ask(socket, message)) == first


async def test_of_two_blinded_of_one_member_at_once_one_is_signed(room: RoughRoom) -> None:
    """He asks from two sockets at the same moment, of which the newer is his."""
    late = room.latecomer
    asked = [issue(room, late, fresh(room, late)) for _ in range(8)]
    async with personal(room.url, late) as older, personal(room.url, late) as newer:

        async def two_ways() -> list[Answer]:
            for message in asked:
                await newer.send(message)
            return [await until(newer, "issued", "error") for _ in asked]

        answers = await room.beside(two_ways(), issued=1)
        check_refusal(await until(older, "error"), "opened-elsewhere")
        await older.wait_closed()
        assert older.close_code == 4001
    assert [answer["type"] for answer in answers] == ["issued", *["error"] * 7]
    for answer in answers[1:]:
        check_refusal(answer, "already-issued", "issue")


async def test_a_binary_message_ends_a_members_socket(room: RoughRoom) -> None:
    async with personal(room.url, room.mallory) as socket:
        await room.beside(socket.send(b'{"type":"check_in"}'))
        await socket.wait_closed()
        assert socket.close_code == 1003


OLD_NONCE = bytes(32)

HELLOS: list[tuple[str, Callable[[RoughRoom, str, bytes], Said], str]] = [
    ("for another member", lambda r, s, n: hello(r.mallory, s, n, NOVICE), "bad-hello"),
    ("for nobody", lambda r, s, n: hello(r.mallory, s, n, 999_999), "bad-hello"),
    ("to an old nonce", lambda r, s, n: hello(r.mallory, s, OLD_NONCE), "bad-hello"),
    ("in another sitting", lambda r, s, n: hello(r.mallory, "small-2", n), "bad-hello"),
    ("as member 0", lambda r, s, n: hello(r.mallory, s, n, 0), "malformed"),
    ("as member -1", lambda r, s, n: hello(r.mallory, s, n, -1), "malformed"),
    ("as a member of 5,000 digits", lambda r, s, n: hello(r.mallory, s, n).replace(": 1,", f": {HUGE},"), "malformed"),
    ("as true", lambda r, s, n: hello(r.mallory, s, n).replace(": 1,", ": true,"), "malformed"),
    ("as 1.0", lambda r, s, n: hello(r.mallory, s, n).replace(": 1,", ": 1.0,"), "malformed"),
    ("with a key twice", lambda r, s, n: hello(r.mallory, s, n).replace(": 1,", ': 1, "member": 1,'), "malformed"),
    ("too late", lambda r, s, n: say("check_in"), "unknown-message"),
    ("of bytes", lambda r, s, n: b"\xff", "malformed"),
    ("of nothing", lambda r, s, n: "", "malformed"),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "code"), [case[1:] for case in HELLOS], ids=[case[0] for case in HELLOS])
async def test_a_hello(room: RoughRoom, bad: Callable[[RoughRoom, str, bytes], Said], code: str) -> None:
    answer = await room.beside(greet(room.url, lambda sitting, nonce: bad(room, sitting, nonce)), good=1)
    check_refusal(answer, code, "hello")


async def test_a_hello_that_was_overheard(room: RoughRoom) -> None:
    """The very words that were right on one socket are wrong on the next."""
    heard = ""
    async with opening(room.url, "/m") as socket:
        first = await until(socket, "nonce")
        heard = hello(room.mallory, first["sitting"], unb64(first["nonce"]))
        await socket.send(heard)
        await until(socket, "view")
        check_refusal(await room.beside(greet(room.url, lambda *_: heard)), "bad-hello", "hello")
        # Its owner was not pushed out by it.
        check_refusal(await ask(socket, say("nonsense")), "unknown-message")


# --- links ------------------------------------------------------------------------------------------------------


def join(card: str, key: Ed25519PrivateKey, sig: bytes | None = None, pk: bytes | None = None) -> bytes:
    pk = key.public_key().public_bytes_raw() if pk is None else pk
    sig = key.sign(signed.join_text("small-1", card, pk)) if sig is None else sig
    return json.dumps({"code": card, "dev_pk": b64(pk), "sig": b64(sig)}).encode()


STRANGER = Ed25519PrivateKey.generate()
NO_CARD = "A" * 16

JOINS: list[tuple[str, str, Callable[[str, RoughRoom], bytes], str]] = [
    ("an unknown link", NO_CARD, lambda card, r: join(card, STRANGER), "unknown-link"),
    ("a used link, from a second device", "", lambda card, r: join(card, STRANGER), "link-used"),
    ("a device of another member", "fresh", lambda card, r: join(card, r.mallory.device), "device-in-use"),
    ("a wrong signature", "fresh", lambda card, r: join(card, STRANGER, bytes(64)), "bad-join"),
    ("a signature over another card", "fresh", lambda card, r: join(card, STRANGER, STRANGER.sign(b"x")), "bad-join"),
    ("a device key of small order", "fresh", lambda card, r: join(card, STRANGER, pk=bytes(32)), "bad-join"),
    ("a device key that is no point", "fresh", lambda card, r: join(card, STRANGER, pk=NO_POINT), "bad-join"),
    ("two cards at once", "fresh", lambda card, r: join(NO_CARD, STRANGER), "malformed"),
    ("a short key", "fresh", lambda card, r: join(card, STRANGER, pk=bytes(31)), "malformed"),
    ("a code of 40,000 characters", "fresh", lambda card, r: join("A" * 40_000, STRANGER), "too-large"),
    ("half a surrogate pair", "fresh", lambda card, r: b'{"code":"\\ud800","dev_pk":"","sig":""}', "malformed"),
    ("a key twice", "fresh", lambda card, r: b'{"code":"x",' + join(card, STRANGER)[1:], "malformed"),
    ("no JSON", "fresh", lambda card, r: b"code=x", "malformed"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("card", "bad", "code"), [case[1:] for case in JOINS], ids=[case[0] for case in JOINS]
)
async def test_a_link(room: RoughRoom, card: str, bad: Callable[[str, RoughRoom], bytes], code: str) -> None:
    card = {"": room.served.card(MALLORY), "fresh": room.served.card(room.unbound)}.get(card, card)
    check_refusal(await room.beside(post(room.url, f"/j/{card}", bad(card, room))), code)


async def test_of_two_devices_with_one_card_at_once_one_is_bound(room: RoughRoom) -> None:
    card = room.served.card(room.unbound)
    keys = [Ed25519PrivateKey.generate() for _ in range(6)]
    tries = asyncio.gather(*(post(room.url, f"/J/{card.lower()}", join(card, key)) for key in keys))
    answers = await room.beside(tries, device=1)
    (bound,) = [at for at, answer in enumerate(answers) if "member" in answer]
    assert answers[bound]["member"] == room.unbound
    for at, answer in enumerate(answers):
        if at != bound:
            check_refusal(answer, "link-used")
    # The one that was bound may ask again, and is told the same.
    assert await room.beside(post(room.url, f"/j/{card}", join(card, keys[bound]))) == answers[bound]


# --- pages of others, and the console ---------------------------------------------------------------------------


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:1", None])
async def test_a_foreign_origin(room: RoughRoom, origin: str | None) -> None:
    check_refusal(await room.beside(knock(room.url, "/m", origin)), "wrong-origin")
    cookie = {"Cookie": f"office={room.chair}"}
    check_refusal(await room.beside(knock(room.url, "/console/live", origin, cookie)), "foreign-page")


async def test_an_unknown_session(room: RoughRoom) -> None:
    for cookie in ({}, {"Cookie": "office=x"}, {"Cookie": f"hall={room.chair}"}, {"Cookie": "office=\xff"}):
        check_refusal(await room.beside(knock(room.url, "/console/live", room.url, cookie)), "not-signed-in")


def order(name: str = "proceed", seq: int | None = None, **fields: object) -> Callable[[int], str]:
    """An order as a console sends it; `seq` is added to what the console has rightly seen."""
    return lambda right: json.dumps(
        {
            "type": "command",
            "id": 7,
            "expected_seq": right + (seq or 0),
            "command": {"name": name, **fields},
        }
    )


def text(said: str) -> Callable[[int], str]:
    return lambda right: said


ORDERS: list[tuple[str, Callable[[int], str], str, int | None]] = [
    ("a stale expected_seq", order("close_poll", -1, poll="5-n1-2-member"), "stale", 7),
    ("an expected_seq of the future", order("close_poll", 1, poll="5-n1-2-member"), "stale", 7),
    ("an expected_seq of 2^53", order("close_poll", 2**53, poll="5-n1-2-member"), "malformed-command", None),
    ("a poll that there is not", order("close_poll", poll="9-n9-1-member"), "unknown-poll", 7),
    ("a poll that was aborted", order("open_poll", poll="5-n1-1-member"), "out-of-order", 7),
    ("an abort of a poll with ballots in it", order("abort_poll", poll="5-n1-2-member", reason="x"), "wrong-stage", 7),
    ("to go on while members vote", order(), "poll-running", 7),
    ("an arrival of nobody", order("record_arrival", member=999), "unknown-member", 7),
    ("a member as a text", order("record_arrival", member="3"), "malformed-command", 7),
    ("a member as true", order("record_arrival", member=True), "malformed-command", 7),
    ("a member of 39 digits", order("record_arrival", member=10**38), "malformed-command", 7),
    ("a field too many", order("proceed", twice=True), "malformed-command", 7),
    ("a field too few", order("close_poll"), "malformed-command", 7),
    ("the service's own order", order("record_count", poll="5-n1-2-member", result={}), "unknown-command", 7),
    ("an order of no kind", order("\u0000"), "unknown-command", 7),
    ("no JSON", text("close"), "malformed-command", None),
    ("thousands of brackets", text("[" * 8000), "malformed-command", None),
    ("a number of 5,000 digits", text(f'{{"id":{HUGE}}}'), "malformed-command", None),
    ("half a surrogate pair", text('{"type":"\\ud800"}'), "malformed-command", None),
    ("a key twice", text('{"type":"take_over","type":"take_over"}'), "malformed-command", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "code", "number"), [case[1:] for case in ORDERS], ids=[case[0] for case in ORDERS]
)
async def test_the_console_refuses(
    room: RoughRoom, said: Callable[[int], str], code: str, number: int | None
) -> None:
    async with opening(room.url, "/console/live", headers={"Cookie": f"office={room.chair}"}) as console:
        await until(console, "view")
        answer = await room.beside(ask(console, said(room.seq)))
        assert answer.pop("id") == number
        check_refusal(answer, code)


async def test_one_console_leads_and_the_others_watch(room: RoughRoom) -> None:
    cookies = [{"Cookie": f"office={token}"} for token in (room.chair, room.second_chair, room.teller)]
    close = order("close_poll", poll=room.poll)
    async with (
        opening(room.url, "/console/live", headers=cookies[0]) as first,
        opening(room.url, "/console/live", headers=cookies[1]) as second,
        opening(room.url, "/console/live", headers=cookies[2]) as teller,
    ):
        for socket in (first, second, teller):
            await until(socket, "lead")
        for socket, code in ((second, "not-active"), (teller, "not-your-office")):
            answer = await room.beside(ask(socket, close(room.seq)))
            assert answer.pop("id") == 7
            check_refusal(answer, code)


# --- afterwards -------------------------------------------------------------------------------------------------


async def test_whatever_was_acknowledged_is_counted_and_the_record_holds(
    room: RoughRoom, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Last of this room: who sent all that may still vote; nobody's ballot was lost and none came from nowhere."""
    room.keep(await box(room.url, json.dumps(parts(room))))
    poll = room.poll
    counted = await room.count()
    assert len(counted) > 20
    receipts = tmp_path / "receipts.jsonl"
    receipts.write_text("".join(json.dumps({"ballot": poll, "leaf": leaf.hex()}) + "\n" for leaf in counted))
    path = await room.after_the_checks(tmp_path / "record.zip", poll)
    assert verify.main([str(path), "--unfinished", "--mine", str(receipts)]) == 0, capsys.readouterr().out
