"""What is right in form and comes at a wrong moment, from a wrong hand, or in a flood: refused, and nobody else hurt.

Every test has a small room of its own, because each walks its ballot through another part of its life.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from display import i18n
from meeting.cli import app
from meeting.office.problems import Code
from meeting.office.sitting_file import check_sitting
from meeting.order import commands as c
from meeting.order.sitting import MatterId, MemberNo
from meeting.order.state import PollStage
from tests.meeting.broken_sittings import BROKEN, Broken
from tests.meeting.order.small_sitting import small_plan
from tests.session_day.rough_room import RoughRoom, changed, check_refusal, quick, rows
from tests.session_day.served_sitting import serving
from tests.session_day.wires import Answer, ask, box, opening, personal, until
from tests.voting.voter import Voter
from voting import signed
from voting.body import open_body
from voting.errors import WrongStage
from voting.signed import b64

MEMBERS = 14


@asynccontextmanager
async def small_room(data: Path) -> AsyncIterator[RoughRoom]:
    voters = [Voter(number) for number in range(1, MEMBERS + 1)]
    async with serving(data, quick(small_plan(MEMBERS + 1)), voters) as served:
        room = RoughRoom(served)
        await room.convene()
        yield room


async def entry_of(room: RoughRoom, kind: str, poll: str) -> dict[str, object]:
    """The ballot's entry of this kind, as soon as it is on the board."""
    async with asyncio.timeout(10):
        while True:
            for entry in room.served.house.box.board():
                if (entry.body["kind"], entry.body.get("ballot")) == (kind, poll):
                    return entry.body
            await room.served.house.writer.run(lambda conn: None)


async def refused(room: RoughRoom, record: bytes, code: str, good: int = 0) -> None:
    check_refusal(await room.beside(box(room.url, record), good), code)


# --- a secret ballot, from its first moment to after its last -----------------------------------------------------


async def test_what_belongs_to_another_moment_of_a_secret_ballot(tmp_path: Path) -> None:
    async with small_room(tmp_path / "data") as room:
        await room.to_the_appointment()
        served, poll, facts = room.served, room.served.poll.id, room.facts
        cast, held, unused = room.take(), room.take(), room.take()
        ballot = cast.credential.ballot({"N1": "for"})

        await refused(room, ballot, "ballot-not-open")
        await refused(room, cast.credential.hand_back(), "hand-back-over")
        await served.obey(c.OpenPoll(poll))
        await room.cast(cast)
        await served.obey(c.HoldPoll(poll))
        await refused(room, held.credential.ballot({"N1": "for"}), "ballot-not-open")
        # Whose ballot is in may ask for his receipt while the poll is interrupted.
        room.keep(await room.beside(box(room.url, ballot), 0))
        with pytest.raises(WrongStage):
            await served.obey(c.AbortPoll(poll, "by mistake"))
        await served.obey(c.ResumePoll(poll))
        await refused(room, cast.credential.hand_back(), "hand-back-over", good=2)

        async with personal(room.url, room.novice) as novice:
            await served.obey(c.ClosePoll(poll))
            blinded, sig = room.novice.ask(facts)
            issue = {"type": "issue", "ballot": poll, "blinded": b64(blinded), "sig": b64(sig)}
            check_refusal(await ask(novice, json.dumps(issue)), "issuing-over", "issue")
            await served.ended(poll)
            check_refusal(await ask(novice, json.dumps(issue)), "issuing-over", "issue")

            # The hand-back: of what was cast, of what was not, and once more.
            await refused(room, held.credential.ballot({"N1": "for"}), "ballot-not-open")
            await refused(room, cast.credential.hand_back(), "hand-back-of-cast")
            before = rows(room.engine)
            back = unused.credential.hand_back()
            receipts = [await box(room.url, back), await box(room.url, back)]
            assert receipts[0] == receipts[1]
            assert receipts[0]["type"] == "receipt"
            assert changed(before, rows(room.engine)) == {"unused": 1}
            # Whose ballot came in time gets its receipt again, however late he asks (BALLOT.md 2.3).
            late = [await box(room.url, ballot), await box(room.url, ballot)]
            assert late[0] == late[1]
            assert late[0]["type"] == "receipt"
            assert changed(before, rows(room.engine)) == {"unused": 1}, "asking writes nothing"

            # The confirmations: of the right lists, by whoever has a line in them, as often as he likes.
            roots = [
                signed.unb64(str((await entry_of(room, kind, poll))[f"{name}_root"]))
                for kind, name in (("result", "cast"), ("unused", "unused"))
            ]
            await refused(room, held.credential.hand_back(), "hand-back-over")
            async with personal(room.url, cast) as socket:
                for pair, code in (
                    ((roots[1], roots[0]), "bad-signature"),
                    ((roots[0], bytes(32)), "bad-signature"),
                    ((roots[0], roots[1]), None),
                    ((roots[0], roots[1]), None),
                ):
                    answer = await ask(socket, check(poll, cast.check(facts, *pair)))
                    if code is None:
                        assert answer == {"type": "checked", "ballot": poll}
                    else:
                        check_refusal(answer, code, "check")
                answer = await ask(novice, check(poll, room.novice.check(facts, *roots)))
                check_refusal(answer, "not-on-roll", "check")
                checked = await entry_of(room, "checked", poll)
                assert checked["members"] == [cast.number]
                assert (await ask(socket, check(poll, cast.check(facts, *roots))))["type"] == "checked"
            async with personal(room.url, held) as socket:
                answer = await ask(socket, check(poll, held.check(facts, *roots)))
                check_refusal(answer, "wrong-stage", "check")


def check(poll: str, sig: bytes) -> str:
    return json.dumps({"type": "check", "ballot": poll, "sig": b64(sig)})


async def test_the_chair_closes_while_ballots_fly_in(tmp_path: Path) -> None:
    """Whoever has a receipt is counted, and whoever has none is told so."""
    async with small_room(tmp_path / "data") as room:
        await room.to_the_appointment()
        served, poll = room.served, room.served.poll.id
        await served.obey(c.OpenPoll(poll))
        voters = [room.take() for _ in range(MEMBERS - 4)]
        flying = [box(room.url, voter.credential.ballot({"N1": "for"})) for voter in voters]
        answers, _ = await asyncio.gather(asyncio.gather(*flying), served.obey(c.ClosePoll(poll)))
        for answer in answers:
            if answer["type"] == "error":
                check_refusal(answer, "ballot-not-open")
            else:
                room.keep(answer)
        await served.ended(poll)
        leaves = served.house.box.leaves(poll)
        assert leaves is not None
        kept = {answer["leaf"] for answer in answers if answer["type"] == "receipt"}
        assert {b64(leaf) for leaf in leaves.casts} == kept


async def test_a_recusal_while_everybody_collects(tmp_path: Path) -> None:
    """Who has collected and is recused makes a new round; every answer of the old one was a whole one."""
    async with small_room(tmp_path / "data") as room:
        await room.to_the_appointment()
        served = room.served
        struck, first = room.take(), room.facts
        late, novice = room.latecomer, room.novice
        async with AsyncExitStack() as stack:
            sockets = [
                (who, await stack.enter_async_context(personal(room.url, who))) for who in (late, novice)
            ]
            asked = []
            for who, socket in sockets:
                blinded, sig = who.ask(first)
                message = {"type": "issue", "ballot": first.ballot, "blinded": b64(blinded), "sig": b64(sig)}
                asked.append(ask(socket, json.dumps(message)))
            recusal = served.obey(c.Recuse(MemberNo(struck.number), MatterId("N1"), "kin"))
            answers, _ = await asyncio.gather(asyncio.gather(*asked), recusal)
        for answer in answers:
            if answer["type"] == "error":
                check_refusal(answer, "issuing-over", "issue")
        assert served.poll.id != first.ballot
        assert served.poll.stage is PollStage.PREPARED
        for voter in (late, novice):
            await voter.collect(served.house.box, served.poll.id)
        await served.obey(c.OpenPoll(served.poll.id))
        await refused(room, struck.credential.ballot({"N1": "for"}), "ballot-not-open")
        for voter in (late, novice):
            await room.cast(voter)


# --- votes by name ------------------------------------------------------------------------------------------------


def vote(
    room: RoughRoom, who: Voter, body: str | None = None, member: int | None = None, sig: bytes | None = None
) -> str:
    poll = room.served.poll
    raw = open_body(poll.id, {poll.question: "for"}) if body is None else body.encode()
    number = who.number if member is None else member
    sig = who.device.sign(signed.open_text(room.facts.B, number, raw)) if sig is None else sig
    return json.dumps({"type": "open_vote", "ballot": poll.id, "body": raw.decode(), "sig": b64(sig)})


def body(text: str) -> Callable[[RoughRoom], str]:
    """Mallory's vote of these words, well signed."""
    return lambda room: vote(room, room.mallory, text)


HEAD = '{"ballot":"2-item-1-member","marks":'
BY_NAME: list[tuple[str, Callable[[RoughRoom], str], str]] = [
    ("a wrong signature", lambda r: vote(r, r.mallory, sig=bytes(64)), "bad-signature"),
    ("for another member", lambda r: vote(r, r.mallory, member=r.novice.number), "bad-signature"),
    ("of another member", lambda r: vote(r, r.novice), "bad-signature"),
    ("for another ballot", body('{"ballot":"3-x","marks":{"item-2":"for"}}'), "not-canonical"),
    ("with a space", body(HEAD + ' {"item-2":"for"}}'), "not-canonical"),
    ("with a mark twice", body(HEAD + '{"item-2":"for","item-2":"for"}}'), "not-canonical"),
    ("with a pad", body(HEAD + '{"item-2":"for"},"pad":"0"}'), "not-canonical"),
    ("with half a surrogate pair", body(HEAD + '{"item-2":"\\ud800"}}'), "not-canonical"),
    ("of NaN", body(HEAD + '{"item-2":NaN}}'), "not-canonical"),
    ("without a mark", body(HEAD + "{}}"), "wrong-marks"),
    ("with a mark that there is not", body(HEAD + '{"item-2":"yes"}}'), "wrong-marks"),
    ("on another question", body(HEAD + '{"N1":"for"}}'), "wrong-marks"),
    ("of a kilobyte", body("x" * 1024), "too-large"),
]


async def test_votes_by_name(tmp_path: Path) -> None:
    async with small_room(tmp_path / "data") as room, AsyncExitStack() as stack:
        served, poll = room.served, room.served.poll.id
        assert HEAD.startswith(f'{{"ballot":"{poll}"')
        others = [served.voters[n] for n in range(5, MEMBERS + 1)]
        mallory = await stack.enter_async_context(personal(room.url, room.mallory))
        absent = await stack.enter_async_context(personal(room.url, room.absent))
        check_refusal(await ask(mallory, vote(room, room.mallory)), "ballot-not-open", "open_vote")
        await served.obey(c.OpenPoll(poll))
        check_refusal(await ask(absent, vote(room, room.absent)), "not-on-roll", "open_vote")
        for (_, bad, code), voter in zip(BY_NAME, [*others, *others], strict=False):
            before = rows(room.engine)
            async with personal(room.url, voter) as socket:
                good = ask(socket, vote(room, voter))
                answer, receipt = await asyncio.gather(ask(mallory, bad(room)), good)
            check_refusal(answer, code, "open_vote")
            assert receipt["type"] == "receipt"
            assert changed(before, rows(room.engine)) in ({"open_vote": 1}, {})
        # The last press counts, and the same press again gets the same receipt.
        against = f'{{"ballot":"{poll}","marks":{{"item-2":"against"}}}}'
        said = [
            vote(room, room.mallory),
            vote(room, room.mallory, against),
            vote(room, room.mallory, against),
        ]
        first, second, third = [await ask(mallory, one) for one in said]
        assert second == third != first
        await served.obey(c.ClosePoll(poll))
        ended = await served.ended(poll)
        assert ended.result is not None
        assert ended.result["questions"]["item-2"]["counts"] == {
            "for": len(others),
            "against": 1,
            "abstain": 0,
        }
        check_refusal(await ask(mallory, said[0]), "ballot-not-open", "open_vote")


# --- floods -------------------------------------------------------------------------------------------------------


async def test_two_hundred_idle_sockets_keep_nobody_from_the_box(tmp_path: Path) -> None:
    """The oldest of them go at once; so do requests that never end."""

    async def idle() -> Answer:
        async with opening(room.url, "/box", None) as socket:
            return await until(socket, "error")

    async def endless() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(room.url.rpartition(":")[2]))
        try:
            writer.write(b"POST /box HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
            return await reader.read()
        finally:
            writer.close()

    async with small_room(tmp_path / "data") as room:
        await room.to_the_appointment()
        await room.served.obey(c.OpenPoll(room.served.poll.id))
        async with asyncio.TaskGroup() as tasks:
            idlers = [tasks.create_task(idle()) for _ in range(200)]
            loris = [tasks.create_task(endless()) for _ in range(50)]
            await asyncio.wait([*idlers, *loris], return_when=asyncio.FIRST_COMPLETED)
            for _ in range(5):
                await room.cast(room.take())
        for task in idlers:
            check_refusal(task.result(), "too-slow")
        for ended in loris:
            assert b'"too-slow"' in ended.result()
        await room.beside(asyncio.gather(), 2)


# --- sitting files ------------------------------------------------------------------------------------------------


def broken(code: Code) -> Broken:
    return next(one for one in BROKEN if one.code is code)


@pytest.mark.parametrize(
    "code",
    [
        Code.UNKNOWN_NOMINEE,
        Code.DUPLICATE_MEMBER_NAME,
        Code.DUPLICATE_MEMBER_NUMBER,
        Code.DUPLICATE_MATTER,
        Code.DUPLICATE_KEY,
        Code.BAD_TEXT,
    ],
)
def test_a_sitting_file_that_is_wrong_loads_nothing(tmp_path: Path, code: Code) -> None:
    file, data = tmp_path / "sitting.yaml", tmp_path / "data"
    file.write_text(broken(code).text(), encoding="utf-8")
    good = tmp_path / "good.yaml"
    good.write_text(Broken("", code, ()).text(), encoding="utf-8")
    assert CliRunner().invoke(app, ["load", str(good), "--data", str(data)]).exit_code == 0
    before = (data / "session-day.db").read_bytes()

    answer = CliRunner().invoke(app, ["load", str(file), "--data", str(data)])
    assert answer.exit_code == 1
    assert f"sitting.yaml:{broken(code).line()}: {code.value}: " in answer.output
    for problem in check_sitting(file):
        for language in i18n.LANGUAGES:
            assert problem.sentence(language).strip()
    assert (data / "session-day.db").read_bytes() == before
