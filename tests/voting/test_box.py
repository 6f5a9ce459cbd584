"""The box: a ballot's whole life on a real database, every refusal, and what is left when it is over."""

import asyncio
import json
import sqlite3
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.voting.conftest import Gate, House
from tests.voting.voter import PAPER, Credential, Voter, new_ballot, record_json, roll_of
from voting import board, body, database, errors, records, signed
from voting.board import EffectiveRoll
from voting.box import Leaves, Receipt, Rules, Turnout
from voting.credential import blind, finalize
from voting.errors import LostKeys, VotingError, WrongStage
from voting.paper import MOTION_MARKS, MotionQuestion, Paper
from voting.signed import b64, unb64
from voting.stages import STEPS, Stage

BALLOT = "1-n1-1-member"


def rows(house: House, table: str) -> list[tuple[Any, ...]]:
    """What lies in a table, as it lies there."""
    raw = sqlite3.connect(house.data / database.FILE_NAME)
    try:
        return raw.execute(f"SELECT * FROM {table}").fetchall()
    finally:
        raw.close()


def everything(house: House) -> dict[str, list[tuple[Any, ...]]]:
    raw = sqlite3.connect(house.data / database.FILE_NAME)
    names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    raw.close()
    return {name: rows(house, name) for name in names}


# The whole way


async def test_a_secret_ballot_from_paper_to_end(house: House, voters: list[Voter]) -> None:
    box = house.box
    ballot = house.prepare(new_ballot(voters))
    facts = box.facts(ballot)
    assert (box.stage(ballot), box.turnout(ballot)) == (Stage.PREPARED, Turnout(0, 0))
    for voter in voters[:6]:
        await voter.collect(box, ballot)
    assert box.not_collected(ballot) == [7]
    house.step("open", ballot)
    receipts = [await voter.cast(box, ballot, "for") for voter in voters[:4]]
    assert box.turnout(ballot) == Turnout(6, 4)
    assert box.leaves(ballot) is None
    house.step("close", ballot)
    receipts.append(await voters[4].cast(box, ballot, "against"))  # in the grace
    result = house.step("count", ballot)
    assert result == {
        "issued": 6,
        "returned": 5,
        "not_returned": 1,
        "vote": "valid",
        "questions": {
            q: {
                "kind": "motion",
                "valid": 5,
                "invalid": 0,
                "needed": 16,
                "counts": {"for": 4, "against": 1, "abstain": 0},
                "outcome": "not_carried",
            }
            for q in ("N1", "N2")
        },
    }
    leaves = tuple(sorted(receipt.leaf for receipt in receipts))
    assert box.leaves(ballot) == Leaves(leaves, None)

    back = await box.cast(voters[5].credential.hand_back())
    unused = house.step("finish_hand_back", ballot)
    assert isinstance(unused, board.Entry)
    assert unused.body == {
        "kind": "unused",
        "ballot": ballot,
        "unused": 1,
        "unused_root": b64(signed.root([back.leaf])),
        "missing": 0,
    }
    assert box.leaves(ballot) == Leaves(leaves, (back.leaf,))
    for voter in voters[:3]:
        sig = voter.check(facts, signed.root(leaves), signed.root([back.leaf]))
        await box.confirm(voter.number, ballot, sig)
        await box.confirm(voter.number, ballot, sig)
    checked = house.step("finish_checks", ballot)
    assert isinstance(checked, board.Entry)
    assert checked.body == {"kind": "checked", "ballot": ballot, "members": [1, 2, 3]}
    house.step("end")
    assert house.kinds() == ["start", "roll", "ballot", "opened", "result", "unused", "checked", "end"]
    assert box.turnout(ballot) == Turnout(6, 5)
    for receipt in (*receipts, back):
        key = unb64(box.board()[0].body["key"])
        assert signed.verify(key, signed.receipt_text(facts.B, receipt.leaf), receipt.sig)


async def test_the_entries_say_what_the_format_says(house: House, voters: list[Voter]) -> None:
    ballot = house.opened(voters)
    start, roll, entry, opened = house.box.board()
    facts = house.box.facts(ballot)
    assert start.body == {
        "kind": "start",
        "format": "session-day-record/1",
        "sitting": "bailu-1",
        "key": b64(house.folder.board().public_key().public_bytes_raw()),
    }
    assert board.fold([roll.body]) == roll_of(voters)
    assert entry.text == board.canonical(
        {
            "kind": "ballot",
            "ballot": ballot,
            "replaces": None,
            "visibility": "secret",
            "paper": b64(signed.paper_hash(facts.salt, PAPER.text())),
            "size": PAPER.size(ballot),
            "n": b64(facts.n or b""),
            "roll": b64(roll.hash),
            "rules": {"changes": False, "names": False, "withhold": False},
        }
    )
    assert (facts.B, facts.paper_text, len(facts.salt)) == (entry.hash, PAPER.text(), 32)
    assert opened.body == {"kind": "opened", "ballot": ballot, "roll": b64(roll.hash)}
    await voters[0].cast(house.box, ballot, "for")
    house.step("close", ballot)
    house.step("count", ballot)
    assert list(house.box.board(4)[0].body) == [
        "kind",
        "ballot",
        "issued",
        "issued_root",
        "returned",
        "cast_root",
        "result",
    ]


async def test_an_open_vote(house: House, voters: list[Voter]) -> None:
    ballot = house.opened(voters, visibility="open", rules=Rules(names=True))
    box = house.box
    facts = box.facts(ballot)
    first = await voters[0].vote_openly(box, ballot, {"N1": "for", "N2": "for"})
    assert await voters[0].vote_openly(box, ballot, {"N1": "for", "N2": "for"}) == first
    last = await voters[0].vote_openly(box, ballot, {"N1": "against"})
    assert last.leaf != first.leaf
    await voters[1].vote_openly(box, ballot, {"N1": "for", "N2": "abstain"})
    assert box.turnout(ballot) == Turnout(7, 2)
    house.step("close", ballot)
    await voters[2].vote_openly(box, ballot, {"N1": "for", "N2": "against"})
    house.step("count", ballot)
    result = box.board()[-1].body
    assert list(result) == ["kind", "ballot", "issued", "returned", "open_root", "result", "names"]
    assert (result["issued"], result["returned"]) == (7, 3)
    assert result["names"] == {
        "N1": {"for": [2, 3], "against": [1], "abstain": []},
        "N2": {"for": [], "against": [3], "abstain": [1, 2]},
    }
    assert signed.verify(
        house.folder.board().public_key().public_bytes_raw(),
        signed.receipt_text(facts.B, last.leaf),
        last.sig,
    )
    with pytest.raises(errors.BallotNotOpen):
        await voters[3].vote_openly(box, ballot, {"N1": "for"})
    for step in ("finish_hand_back", "finish_checks"):
        with pytest.raises(errors.WrongStage):
            house.step(step, ballot)
    house.step("end")
    assert house.folder.ballots() == frozenset()


async def test_names_stay_off_the_board_unless_the_rules_say_so(house: House, voters: list[Voter]) -> None:
    ballot = house.opened(voters, visibility="open")
    await voters[0].vote_openly(house.box, ballot, {"N1": "for"})
    house.step("close", ballot)
    house.step("count", ballot)
    assert "names" not in house.box.board()[-1].body


# Steps and stages


@pytest.mark.parametrize("visibility", ["secret", "open", "hands"])
def test_a_step_out_of_order_changes_nothing(house: House, voters: list[Voter], visibility: str) -> None:
    way = ["open", "hold", "resume", "close"]
    way += {
        "secret": ["count", "finish_hand_back", "finish_checks"],
        "open": ["count"],
        "hands": ["count_hands"],
    }[visibility]
    ballot = house.prepare(new_ballot(voters, visibility=visibility))  # type: ignore[arg-type]
    totals = {question.id: dict.fromkeys(MOTION_MARKS, 0) for question in PAPER.questions}
    arguments: dict[str, tuple[object, ...]] = {
        "amend_roll": (roll_of(voters),),
        "void": ("why", 3),
        "count_hands": (totals, [3]),
    }
    others = {"count", "count_hands", "finish_hand_back", "finish_checks"} - set(way)
    for taken in [*way, None]:
        stage = house.box.stage(ballot)
        for step, (sources, _) in STEPS.items():
            if stage in sources and step not in others:
                continue
            before = everything(house)
            with pytest.raises(errors.WrongStage):
                house.step(step, ballot, *arguments.get(step, ()))
            assert everything(house) == before
        if taken:
            house.step(taken, ballot, *arguments.get(taken, ()))


def test_steps_about_a_ballot_that_is_none(house: House) -> None:
    for step, more in (("open", ()), ("void", ("why", None)), ("amend_roll", (roll_of([Voter(1)]),))):
        with pytest.raises(errors.UnknownBallot):
            house.step(step, "no-such", *more)
    for read in (house.box.facts, house.box.stage, house.box.turnout):
        with pytest.raises(errors.UnknownBallot):
            read("no-such")
    assert house.box.leaves("no-such") is None


def test_too_few_voters(house: House, voters: list[Voter]) -> None:
    with pytest.raises(errors.TooFewVoters) as caught:
        house.prepare(new_ballot(voters[:4]))
    assert caught.value.data == {"voters": 4, "least": 5}
    assert house.kinds() == ["start"]
    assert house.folder.ballots() == frozenset()
    house.prepare(new_ballot(voters[:4], visibility="open"))
    ballot = house.prepare(new_ballot(voters[:5], ballot="five"))
    with pytest.raises(errors.TooFewVoters):
        house.step("amend_roll", ballot, roll_of(voters[:4]))


def test_an_id_is_used_once(house: House, voters: list[Voter]) -> None:
    ballot = house.prepare(new_ballot(voters))
    key = house.folder.ballot(ballot)
    with pytest.raises(errors.WrongStage):
        house.prepare(new_ballot(voters))
    assert house.folder.ballot(ballot) == key
    house.step("void", ballot, "aborted", None)
    with pytest.raises(errors.WrongStage):
        house.prepare(new_ballot(voters))


def test_only_a_void_ballot_is_replaced(house: House, voters: list[Voter]) -> None:
    house.prepare(new_ballot(voters))
    for replaces in (BALLOT, "no-such"):
        with pytest.raises(errors.WrongStage):
            house.prepare(new_ballot(voters, ballot="again", replaces=replaces))
    house.step("void", BALLOT, "aborted", None)
    house.prepare(new_ballot(voters, ballot="again", replaces=BALLOT))
    assert house.box.board()[-1].body["replaces"] == BALLOT
    assert house.box.facts("again").replaces == BALLOT


def test_ballots_that_cannot_be(house: House, voters: list[Voter]) -> None:
    long = Paper(tuple(MotionQuestion(f"N{'x' * 60}{i}", "") for i in range(400)))
    alone = EffectiveRoll(31, frozenset({1}), frozenset(), {})
    for new in (
        new_ballot(voters, ballot="Not-An-Id"),
        new_ballot([*voters[:5], Voter(0)]),
    ):
        with pytest.raises(ValueError, match=r"cannot be|do not fit"):
            house.prepare(new)
    with pytest.raises(errors.PaperTooLong):
        house.prepare(new_ballot(voters, paper=long))
    with pytest.raises(ValueError, match="no line"):
        alone.check()
    assert house.kinds() == ["start"]


def test_the_end_waits_for_every_ballot(house: House, voters: list[Voter]) -> None:
    ballot = house.opened(voters)
    for step in ("close", "count", "finish_hand_back", "finish_checks"):
        with pytest.raises(errors.WrongStage):
            house.step("end")
        house.step(step, ballot)
    assert house.step("end") == house.step("end")
    assert house.kinds()[-1] == "end"
    with pytest.raises(FileNotFoundError):
        house.folder.board()
    with pytest.raises(FileNotFoundError):  # nothing can be added any more
        house.prepare(new_ballot(voters, ballot="late"))


# Rolls


def test_a_roll_is_written_once_for_ballots_alike(house: House, voters: list[Voter]) -> None:
    for number in range(3):
        house.prepare(new_ballot(voters, ballot=f"b-{number}"))
    house.prepare(new_ballot(voters[:6], ballot="b-3"))
    house.prepare(new_ballot(voters[:6], ballot="b-4"))
    assert house.kinds() == ["start", "roll", *["ballot"] * 3, "roll", "ballot", "ballot"]
    assert house.box.board()[5].body["lines"] == []


async def test_who_comes_before_the_opening_may_vote(house: House, voters: list[Voter]) -> None:
    ballot = house.prepare(new_ballot(voters[:6]))
    with pytest.raises(errors.NotOnRoll):
        await voters[6].collect(house.box, ballot)
    entry = house.step("amend_roll", ballot, roll_of(voters))
    assert isinstance(entry, board.Entry)
    assert (entry.body["ballot"], entry.body["since"]) == (ballot, 1)
    assert [line["number"] for line in entry.body["lines"]] == [7]
    assert house.step("amend_roll", ballot, roll_of(voters)) is None
    await voters[6].collect(house.box, ballot)
    opened = house.step("open", ballot)
    assert isinstance(opened, board.Entry)
    assert opened.body["roll"] == b64(entry.hash)
    assert board.roll_of(house.box.board(), ballot) == roll_of(voters)
    # The next ballot builds on the common roll, which knows nothing of the amendment.
    house.prepare(new_ballot(voters, ballot="next"))
    assert house.box.board()[-2].body["since"] == 1
    assert [line["number"] for line in house.box.board()[-2].body["lines"]] == [7]


async def test_who_is_struck_before_he_collected(house: House, voters: list[Voter]) -> None:
    ballot = house.prepare(new_ballot(voters))
    await voters[6].collect(house.box, ballot)
    before = everything(house)
    with pytest.raises(errors.AlreadyIssued):
        house.step("amend_roll", ballot, roll_of(voters[:6]))
    assert everything(house) == before
    house.step("amend_roll", ballot, roll_of([*voters[:5], voters[6]]))
    with pytest.raises(errors.NotOnRoll):
        await voters[5].collect(house.box, ballot)


async def test_a_device_replaced_meanwhile_counts_from_the_next_ballot(
    house: House, voters: list[Voter]
) -> None:
    ballot = house.prepare(new_ballot(voters[:6]))
    other = Voter(1)
    entry = house.step("amend_roll", ballot, roll_of([other, *voters[1:]]))
    assert isinstance(entry, board.Entry)
    assert [line["number"] for line in entry.body["lines"]] == [7]
    with pytest.raises(errors.BadSignature):
        await other.collect(house.box, ballot)
    await voters[0].collect(house.box, ballot)
    house.prepare(new_ballot([other, *voters[1:]], ballot="next"))
    await other.collect(house.box, "next")


async def test_a_member_without_a_device_gets_nothing(house: House, voters: list[Voter]) -> None:
    roll = roll_of(voters)
    lines = {**roll.lines, 7: board.Line(7, "Member 7", None, None)}
    new = new_ballot(voters)
    bare = EffectiveRoll(31, roll.present, frozenset(), lines)
    ballot = house.prepare(type(new)(new.ballot, "secret", PAPER, bare))
    with pytest.raises(errors.NotOnRoll):
        await voters[6].collect(house.box, ballot)
    house.step("amend_roll", ballot, roll)  # he joins
    await voters[6].collect(house.box, ballot)


# Issuing


async def test_the_same_question_gets_the_same_answer(house: House, voters: list[Voter]) -> None:
    ballot = house.prepare(new_ballot(voters))
    voter = voters[0]
    blinded, sig = voter.ask(house.box.facts(ballot))
    answer = await house.box.issue(1, ballot, blinded, sig)
    assert await house.box.issue(1, ballot, blinded, sig) == answer
    voter.take(answer)
    again = await asyncio.gather(*(house.box.issue(1, ballot, blinded, sig) for _ in range(3)))
    assert set(again) == {answer}
    house.step("open", ballot)
    house.step("close", ballot)
    assert (
        await house.box.issue(1, ballot, blinded, sig) == answer
    )  # the reply was lost, and the key is not needed
    house.step("count", ballot)
    assert await house.box.issue(1, ballot, blinded, sig) == answer
    house.restart()
    assert await house.box.issue(1, ballot, blinded, sig) == answer


async def test_of_two_questions_at_once_one_is_answered(house: House, voters: list[Voter]) -> None:
    ballot = house.prepare(new_ballot(voters))
    facts = house.box.facts(ballot)
    questions = [voters[0].ask(facts) for _ in range(5)]
    answers = await asyncio.gather(
        *(house.box.issue(1, ballot, *question) for question in questions), return_exceptions=True
    )
    refused = [answer for answer in answers if isinstance(answer, errors.AlreadyIssued)]
    assert len(refused) == 4
    assert len(rows(house, "issued")) == 1


async def test_one_blinded_key_is_signed_for_one_member(house: House, voters: list[Voter]) -> None:
    """Two members who ask for the same would spoil the whole record, in which no blinded key may stand twice."""
    ballot = house.prepare(new_ballot(voters))
    facts = house.box.facts(ballot)
    blinded, sig = voters[0].ask(facts)
    sigs = [who.device.sign(signed.issue_text(facts.B, who.number, blinded)) for who in voters[:3]]
    assert sigs[0] == sig
    tries = [
        house.box.issue(who.number, ballot, blinded, s) for who, s in zip(voters, sigs[:2], strict=False)
    ]
    answers = await asyncio.gather(*tries, voters[3].collect(house.box, ballot), return_exceptions=True)
    assert [type(answer) for answer in answers] == [bytes, errors.AlreadyIssued, Credential]
    before = everything(house)
    with pytest.raises(errors.AlreadyIssued):
        await house.box.issue(voters[2].number, ballot, blinded, sigs[2])
    assert everything(house) == before
    # Whoever was refused may still collect a ballot of his own.
    await voters[2].collect(house.box, ballot)
    assert [row[2] for row in rows(house, "issued")] == [voters[n].number for n in (0, 2, 3)]


async def test_issuing_refuses(house: House, voters: list[Voter]) -> None:
    ballot = house.prepare(new_ballot(voters))
    house.prepare(new_ballot(voters, ballot="by-name", visibility="open"))
    box, voter = house.box, voters[0]
    facts = box.facts(ballot)
    blinded, sig = voter.ask(facts)
    stranger = Voter(99)
    too_large = facts.n or b""

    def signed_issue(member: Voter, value: bytes) -> bytes:
        return member.device.sign(signed.issue_text(facts.B, member.number, value))

    refusals: list[tuple[type[VotingError], tuple[int, str, bytes, bytes]]] = [
        (errors.UnknownBallot, (1, "no-such", blinded, sig)),
        (errors.UnknownBallot, (1, "by-name", blinded, sig)),
        (errors.NotOnRoll, (99, ballot, blinded, signed_issue(stranger, blinded))),
        (errors.BadSignature, (1, ballot, blinded, sig[:-1] + bytes([sig[-1] ^ 1]))),
        (errors.BadSignature, (2, ballot, blinded, sig)),
        (errors.BadSignature, (1, ballot, blinded, b"")),
        (errors.BlindedOutOfRange, (1, ballot, bytes(256), signed_issue(voter, bytes(256)))),
        (errors.BlindedOutOfRange, (1, ballot, too_large, signed_issue(voter, too_large))),
        (errors.BlindedOutOfRange, (1, ballot, b"\1", signed_issue(voter, b"\1"))),
    ]
    for error, arguments in refusals:
        before = everything(house)
        with pytest.raises(error):
            await box.issue(*arguments)
        assert everything(house) == before
    voter.take(await box.issue(1, ballot, blinded, sig))
    with pytest.raises(errors.AlreadyIssued):
        await voter.collect(box, ballot)
    house.step("open", ballot)
    await voters[1].collect(box, ballot)
    house.step("hold", ballot)
    await voters[2].collect(box, ballot)
    house.step("close", ballot)
    with pytest.raises(errors.IssuingOver):
        await voters[3].collect(box, ballot)
    house.step("void", ballot, "aborted", None)
    with pytest.raises(errors.IssuingOver):
        await voters[3].collect(box, ballot)


async def test_issuing_that_ends_while_a_question_is_under_way(house: House, voters: list[Voter]) -> None:
    """What was checked before the transaction is checked again inside it."""
    ballot = house.opened(voters)
    with Gate(house.writer):
        early = asyncio.create_task(voters[0].collect(house.box, ballot))
        await asyncio.sleep(0)
        closing = asyncio.create_task(house.writer.run(lambda conn: house.box.close(conn, ballot)))
        await asyncio.sleep(0)
        late = asyncio.create_task(voters[1].collect(house.box, ballot))
        await asyncio.sleep(0)
    await asyncio.gather(early, closing)
    with pytest.raises(errors.IssuingOver):
        await late


async def test_who_is_struck_while_his_question_is_under_way(house: House, voters: list[Voter]) -> None:
    ballot = house.prepare(new_ballot(voters))
    with Gate(house.writer):
        striking = asyncio.create_task(
            house.writer.run(lambda conn: house.box.amend_roll(conn, ballot, roll_of(voters[1:])))
        )
        await asyncio.sleep(0)
        late = asyncio.create_task(voters[0].collect(house.box, ballot))
        await asyncio.sleep(0)
    await striking
    with pytest.raises(errors.NotOnRoll):
        await late


# Casting


async def credential(house: House, voter: Voter, **kwargs: object) -> Credential:
    """A credential of a ballot that is open."""
    ballot = house.opened([voter, *(Voter(number) for number in range(11, 16))], **kwargs)
    return await voter.collect(house.box, ballot)


MARKS = {"N1": "for", "N2": "against"}


async def test_the_same_record_gets_the_same_receipt(house: House) -> None:
    mine = await credential(house, Voter(1))
    raw = mine.ballot(MARKS)
    receipt = await house.box.cast(raw)
    assert await house.box.cast(raw) == receipt
    assert set(await asyncio.gather(*(house.box.cast(raw) for _ in range(3)))) == {receipt}
    house.step("hold", BALLOT)
    assert await house.box.cast(raw) == receipt  # only new ones wait
    house.restart()
    assert await house.box.cast(raw) == receipt
    assert len(rows(house, "box")) == 1
    with pytest.raises(errors.BallotNotOpen):
        await house.box.cast(mine.ballot({"N1": "for"}))


async def test_whoever_lost_his_receipt_gets_it_after_the_result(house: House, voters: list[Voter]) -> None:
    house.opened(voters)
    mine, other = [await voter.collect(house.box, BALLOT) for voter in voters[:2]]
    raw = mine.ballot(MARKS)
    receipt = await house.box.cast(raw)
    house.step("close", BALLOT)
    with Gate(house.writer):
        counting = asyncio.create_task(house.writer.run(lambda conn: house.box.count(conn, BALLOT)))
        await asyncio.sleep(0)
        behind = asyncio.create_task(house.box.cast(raw))  # it was asked while the ballot could be cast
        late = asyncio.create_task(house.box.cast(mine.ballot({"N1": "for"})))
        await asyncio.sleep(0)
    await counting
    assert await behind == receipt
    with pytest.raises(errors.BallotNotOpen):
        await late
    for step in (None, "finish_hand_back", "finish_checks"):
        if step:
            house.step(step, BALLOT)
        before = everything(house)
        assert await house.box.cast(raw) == receipt
        for new in (mine.ballot({"N1": "for"}), other.ballot(MARKS)):
            with pytest.raises(errors.BallotNotOpen):
                await house.box.cast(new)
        assert everything(house) == before
    house.restart()
    assert await house.box.cast(raw) == receipt
    house.step("end")
    with pytest.raises(errors.BallotNotOpen):  # nobody can sign it any more
        await house.box.cast(raw)


async def test_of_a_void_ballot_there_is_no_receipt(house: House) -> None:
    mine = await credential(house, Voter(1))
    await house.box.cast(mine.ballot(MARKS))
    house.step("void", BALLOT, "wrong paper", 3)
    with pytest.raises(errors.BallotNotOpen):
        await house.box.cast(mine.ballot(MARKS))


async def test_where_minds_change_only_the_last_has_a_receipt_after_the_result(house: House) -> None:
    mine = await credential(house, Voter(1), rules=Rules(changes=True))
    old, new = mine.ballot({"N1": "for"}, seq=5), mine.ballot({"N1": "against"}, seq=7)
    await house.box.cast(old)
    receipt = await house.box.cast(new)
    house.step("close", BALLOT)
    house.step("count", BALLOT)
    assert await house.box.cast(new) == receipt
    with pytest.raises(errors.BallotNotOpen):
        await house.box.cast(old)


async def test_a_paper_is_marked_once(house: House) -> None:
    mine = await credential(house, Voter(1))
    receipt = await house.box.cast(mine.ballot(MARKS))
    before = everything(house)
    with pytest.raises(errors.AlreadyCast):
        await house.box.cast(mine.ballot({"N1": "against"}))
    with pytest.raises(errors.NotCanonical):  # a seq would be a mark
        await house.box.cast(mine.ballot({"N1": "against"}, seq=5))
    assert everything(house) == before
    house.step("close", BALLOT)
    house.step("count", BALLOT)
    assert house.box.leaves(BALLOT) == Leaves((receipt.leaf,), None)


async def test_two_papers_of_one_key_at_once(house: House) -> None:
    mine = await credential(house, Voter(1))
    papers = [mine.ballot({"N1": mark}) for mark in ("for", "against", "abstain")]
    answers = await asyncio.gather(*(house.box.cast(raw) for raw in papers), return_exceptions=True)
    assert [type(answer) for answer in answers] == [Receipt, errors.AlreadyCast, errors.AlreadyCast]


async def test_where_minds_may_change_the_newest_counts(house: House) -> None:
    mine = await credential(house, Voter(1), rules=Rules(changes=True))
    old, new = mine.ballot({"N1": "for"}, seq=2**50), mine.ballot({"N1": "against"}, seq=2**50 + 7)
    first = await house.box.cast(old)
    assert await house.box.cast(old) == first
    with pytest.raises(errors.AlreadyCast):
        await house.box.cast(mine.ballot({"N1": "abstain"}, seq=2**50))
    second = await house.box.cast(new)
    assert await house.box.cast(new) == second
    for stale in (old, mine.ballot({"N1": "for"}, seq=3)):
        with pytest.raises(errors.StaleCast):
            await house.box.cast(stale)
    assert len(rows(house, "box")) == 1
    house.step("close", BALLOT)
    result: Any = house.step("count", BALLOT)
    assert result["questions"]["N1"]["counts"] == {"for": 0, "against": 1, "abstain": 0}
    assert house.box.leaves(BALLOT) == Leaves((second.leaf,), None)


async def test_changes_that_wait_together_are_taken_in_their_order(house: House) -> None:
    mine = await credential(house, Voter(1), rules=Rules(changes=True))
    papers = [mine.ballot({"N1": mark}, seq) for mark, seq in (("for", 5), ("against", 9), ("abstain", 7))]
    answers = await asyncio.gather(*(house.box.cast(raw) for raw in papers), return_exceptions=True)
    assert [type(answer) for answer in answers] == [Receipt, Receipt, errors.StaleCast]


SMALL_ORDER = (1).to_bytes(32, "little")


def forged(mine: Credential) -> list[tuple[type[VotingError], bytes]]:
    """Everything that a record can be refused for while its ballot is open."""
    facts, good = mine.facts, mine.ballot(MARKS)
    parts = json.loads(good)
    rsa, sig, text = unb64(parts["rsa"]), unb64(parts["sig"]), parts["body"]

    def bent(raw: bytes) -> bytes:
        return raw[:-1] + bytes([raw[-1] ^ 1])

    def with_text(new: str) -> bytes:
        return mine.record(new.encode())

    weak = text.replace(b64(mine.pk), b64(SMALL_ORDER))
    other = Credential(facts, rsa=rsa)  # a key that nobody signed
    return [
        (errors.TooLarge, b" " * (records.LARGEST + 1)),
        (errors.Malformed, b""),
        (errors.Malformed, b"\xff"),
        (errors.Malformed, b"[]"),
        (errors.Malformed, b"[" * 8000),
        (errors.Malformed, b'{"body":"\\ud800","rsa":"","sig":""}'),
        (errors.Malformed, json.dumps({**parts, "more": 1}).encode()),
        (errors.Malformed, json.dumps({**parts, "rsa": parts["rsa"] + "="}).encode()),
        (errors.Malformed, record_json(text.encode(), rsa[:-1], sig)),
        (errors.Malformed, record_json(text.encode(), rsa, sig + b"\0")),
        (errors.Malformed, json.dumps({"body": text, "rsa": parts["rsa"]}).encode()),
        (errors.Malformed, b'{"body":"",' + good[1:]),  # a part twice
        (errors.Malformed, good.decode().encode("utf-16")),
        (errors.Malformed, b"\xef\xbb\xbf" + good),
        (errors.NotCanonical, with_text("no ballot at all")),
        (errors.NotCanonical, with_text(text.replace('"marks"', ' "marks"'))),
        (errors.NotCanonical, with_text(text[:-3] + text[-2:])),  # a byte short
        (errors.NotCanonical, with_text(text[:-2] + "0" + text[-2:])),
        (errors.NotCanonical, with_text(text.replace('"seq":0', '"seq":1'))),
        (errors.UnknownBallot, with_text(text.replace(BALLOT, "1-n1-2-member"))),
        (errors.UnknownBallot, with_text(text.replace(BALLOT, "by-name").replace("0000000", "0", 1))),
        (errors.WrongMarks, mine.ballot({})),
        (errors.WrongMarks, mine.ballot({"N1": "perhaps"})),
        (errors.WrongMarks, mine.ballot({"N3": "for"})),
        (errors.WrongMarks, mine.ballot({"N2": "for", "N1": "for"})),
        (errors.BadKey, record_json(weak.encode(), rsa, sig)),
        (errors.BadCredential, other.ballot(MARKS)),
        (errors.BadCredential, record_json(text.encode(), bent(rsa), sig)),
        (errors.BadSignature, record_json(text.encode(), rsa, bent(sig))),
        (errors.BadSignature, record_json(text.replace("against", "abstain").encode(), rsa, sig)),
        (errors.HandBackOver, mine.hand_back()),
    ]


async def test_casting_refuses_and_nobody_else_notices(house: House) -> None:
    """Each forgery is put among good ballots, so that all reach the database together."""
    voters = [Voter(number) for number in range(1, 8)]
    house.prepare(new_ballot(voters, ballot="by-name", visibility="open"))
    ballot = house.opened(voters)
    mine = await voters[0].collect(house.box, ballot)
    for voter in voters[1:]:
        await voter.collect(house.box, ballot)
    cases = forged(mine)
    good = [voter.credential.ballot(MARKS) for voter in voters[1:]]
    answers = await asyncio.gather(
        *(house.box.cast(raw) for raw in good[:3]),
        *(house.box.cast(raw) for _, raw in cases),
        *(house.box.cast(raw) for raw in good[3:]),
        return_exceptions=True,
    )
    got = [type(answer) for answer in answers]
    assert got[:3] == [Receipt] * 3
    assert got[-3:] == [Receipt] * 3
    assert got[3:-3] == [error for error, _ in cases]
    assert house.box.turnout(ballot) == Turnout(7, 6)
    await house.box.cast(mine.ballot(MARKS))


def test_no_refusal_words_what_was_sent(house: House) -> None:
    async def look() -> None:
        mine = await credential(house, Voter(1))
        for _, raw in forged(mine):
            with pytest.raises(VotingError) as caught:
                await house.box.cast(raw)
            said = f"{caught.value} {caught.value!r} {caught.value.__cause__!r} {dict(caught.value.data)}"
            for secret in (b64(mine.pk), "against", "perhaps", BALLOT):
                assert secret not in said

    asyncio.run(look())


async def test_casting_waits_for_the_opening_and_the_end_of_an_interruption(
    house: House, voters: list[Voter]
) -> None:
    ballot = house.prepare(new_ballot(voters))
    mine = await voters[0].collect(house.box, ballot)
    raw = mine.ballot(MARKS)
    for step in ("open", "hold", "resume"):
        if step != "hold":
            with pytest.raises(errors.BallotNotOpen):
                await house.box.cast(raw)
        house.step(step, ballot)
        if step == "open":
            house.step("hold", ballot)
            with pytest.raises(errors.BallotNotOpen):
                await house.box.cast(raw)
            house.step("resume", ballot)
    await house.box.cast(raw)


async def test_a_row_that_the_database_refuses_fails_alone(house: House, voters: list[Voter]) -> None:
    ballot = house.opened(voters)
    for voter in voters:
        await voter.collect(house.box, ballot)
    seal = house.box._seal(ballot)
    assert seal is not None
    bad = seal.tag(voters[3].credential.pk)
    house.run(
        lambda conn: conn.exec_driver_sql(
            "CREATE TRIGGER broken BEFORE INSERT ON box WHEN new.tag = x'"
            + bad.hex()
            + "' BEGIN SELECT RAISE(ABORT, 'a bad block'); END"
        )
    )
    answers = await asyncio.gather(
        *(voter.cast(house.box, ballot, "for") for voter in voters), return_exceptions=True
    )
    failed = [at for at, answer in enumerate(answers) if not isinstance(answer, Receipt)]
    assert failed == [3]
    assert "IntegrityError" in type(answers[3]).__name__
    assert b64(voters[3].credential.pk) not in str(answers[3])
    assert house.box.turnout(ballot).returned == 6


# Handing back and checking


def signed_again(house: House, mine: Credential) -> bytes:
    """Another signature over the same key, as only somebody with the issuing key can make it."""
    message = signed.credential_text(mine.facts.B, mine.pk)
    issuing = house.folder.ballot(mine.facts.ballot).issuing
    blinded, blinding = blind(issuing.n_bytes, message)
    return finalize(issuing.n_bytes, message, issuing.blind_sign(blinded), blinding)


async def test_handing_back(house: House, voters: list[Voter]) -> None:
    ballot = house.opened(voters)
    cast, kept, late = [await voter.collect(house.box, ballot) for voter in voters[:3]]
    twin = Credential(kept.facts, kept.one, signed_again(house, kept))
    await house.box.cast(cast.ballot(MARKS))
    with pytest.raises(errors.HandBackOver):
        await house.box.cast(kept.hand_back())
    house.step("close", ballot)
    house.step("count", ballot)
    receipt = await house.box.cast(kept.hand_back())
    assert await house.box.cast(kept.hand_back()) == receipt
    assert set(await asyncio.gather(*(house.box.cast(kept.hand_back()) for _ in range(3)))) == {receipt}
    with pytest.raises(errors.HandBackOfCast):
        await house.box.cast(cast.hand_back())
    with pytest.raises(errors.BallotNotOpen):
        await house.box.cast(late.ballot(MARKS))
    with pytest.raises(errors.AlreadyCast):  # one key, another signature over it: one line is enough
        await house.box.cast(twin.hand_back())
    house.step("finish_hand_back", ballot)
    assert await house.box.cast(kept.hand_back()) == receipt
    with pytest.raises(errors.HandBackOver):
        await house.box.cast(late.hand_back())
    assert house.box.board()[-1].body["missing"] == 1


async def test_confirming(house: House, voters: list[Voter]) -> None:
    ballot = house.opened(voters)
    box, voter = house.box, voters[0]
    receipt = await voter.cast(box, ballot, "for")
    await voters[1].collect(box, ballot)
    facts = box.facts(ballot)
    roots = signed.root([receipt.leaf]), signed.root([])
    sig = voter.check(facts, *roots)
    with pytest.raises(errors.WrongStage):
        await box.confirm(1, ballot, sig)
    house.step("close", ballot)
    house.step("count", ballot)
    with pytest.raises(errors.WrongStage):
        await box.confirm(1, ballot, sig)
    house.step("finish_hand_back", ballot)
    await box.confirm(1, ballot, sig)
    for error, member, wrong in (
        (errors.NotOnRoll, 99, sig),
        (errors.NotOnRoll, 3, voters[2].check(facts, *roots)),  # on the roll, and collected nothing
        (errors.BadSignature, 2, sig),
        (errors.BadSignature, 2, voters[1].check(facts, roots[1], roots[0])),
    ):
        with pytest.raises(error):
            await box.confirm(member, ballot, wrong)
    house.step("finish_checks", ballot)
    await box.confirm(1, ballot, sig)
    with pytest.raises(errors.WrongStage):
        await box.confirm(2, ballot, voters[1].check(facts, *roots))
    assert box.board()[-1].body["members"] == [1]


async def test_an_open_vote_refuses(house: House, voters: list[Voter]) -> None:
    ballot = house.prepare(new_ballot(voters, visibility="open"))
    house.prepare(new_ballot(voters, ballot="secret-one"))
    box, voter = house.box, voters[0]
    facts = box.facts(ballot)
    raw = body.open_body(ballot, {"N1": "for"})

    def by(member: Voter, text: bytes) -> tuple[int, str, bytes, bytes]:
        sig = member.device.sign(signed.open_text(facts.B, member.number, text))
        return member.number, ballot, text, sig

    with pytest.raises(errors.BallotNotOpen):
        await box.open_vote(*by(voter, raw))
    house.step("open", ballot)
    good = by(voter, raw)
    refusals: list[tuple[type[VotingError], tuple[int, str, bytes, bytes]]] = [
        (errors.UnknownBallot, (1, "secret-one", raw, good[3])),
        (errors.UnknownBallot, (1, "no-such", raw, good[3])),
        (errors.TooLarge, by(voter, b" " * (facts.size + 1))),
        (errors.NotCanonical, by(voter, raw + b" ")),
        (errors.NotCanonical, by(voter, body.open_body("secret-one", {"N1": "for"}))),
        (errors.WrongMarks, by(voter, body.open_body(ballot, {}))),
        (errors.WrongMarks, by(voter, body.open_body(ballot, {"N1": "maybe"}))),
        (errors.NotOnRoll, by(Voter(99), raw)),
        (errors.BadSignature, (2, ballot, raw, good[3])),
        (errors.BadSignature, (1, ballot, raw, b"")),
    ]
    for error, arguments in refusals:
        with pytest.raises(error):
            await box.open_vote(*arguments)
    assert rows(house, "open_vote") == []
    await box.open_vote(*good)
    house.step("hold", ballot)
    with pytest.raises(errors.BallotNotOpen):
        await box.open_vote(*good)
    with pytest.raises(errors.UnknownBallot):
        await box.issue(1, ballot, b"", b"")


# Void


async def test_a_void_ballot_keeps_its_issues_and_destroys_its_casts(
    house: House, voters: list[Voter]
) -> None:
    ballot = house.opened(voters)
    receipt = await voters[0].cast(house.box, ballot, "for")
    before = everything(house)
    with pytest.raises(errors.WrongStage):
        house.step("void", ballot, "opened by mistake", None)
    assert everything(house) == before
    entry = house.step("void", ballot, "interference", 3)
    assert isinstance(entry, board.Entry)
    issue_root = entry.body["issued_root"]
    assert entry.body == {
        "kind": "void",
        "ballot": ballot,
        "reason": "interference",
        "by": 3,
        "issued": 1,
        "issued_root": issue_root,
        "returned": 1,
        "cast_root": b64(signed.root([receipt.leaf])),
    }
    assert (rows(house, "box"), rows(house, "cast"), len(rows(house, "issued"))) == ([], [], 1)
    assert house.folder.ballots() == frozenset()
    with pytest.raises(errors.BallotNotOpen):
        await house.box.cast(voters[0].credential.ballot(MARKS))
    with pytest.raises(errors.HandBackOver):
        await house.box.cast(voters[0].credential.hand_back())
    house.step("end")


async def test_a_void_open_vote(house: House, voters: list[Voter]) -> None:
    ballot = house.opened(voters, visibility="open")
    receipt = await voters[0].vote_openly(house.box, ballot, {"N1": "for"})
    entry = house.step("void", ballot, "wrong paper", 3)
    assert isinstance(entry, board.Entry)
    assert list(entry.body) == ["kind", "ballot", "reason", "by", "issued", "returned", "open_root"]
    assert entry.body["open_root"] == b64(signed.root([receipt.leaf]))
    assert rows(house, "open_vote") == []


# What is left


async def test_casts_lie_sealed_and_then_in_the_order_of_their_keys(
    house: House, voters: list[Voter]
) -> None:
    ballot = house.opened(voters)
    for voter in voters:
        await voter.cast(house.box, ballot, "against")
    keys = [voter.credential.pk for voter in voters]
    files = [path for path in house.data.iterdir() if path.is_file()]
    lying = b"".join(path.read_bytes() for path in files)
    assert b'"N1":"against"' not in lying
    for key in keys:
        assert key not in lying
        assert b64(key).encode() not in lying
    house.step("close", ballot)
    house.step("count", ballot)
    assert [row[2] for row in rows(house, "cast")] == sorted(keys)
    assert rows(house, "box") == []


async def test_keys_and_log_are_gone_after_the_result(house: House, voters: list[Voter]) -> None:
    ballot = house.opened(voters)
    await voters[0].cast(house.box, ballot, "for")
    k_box = house.folder.ballot(ballot).k_box
    sealed = rows(house, "box")[0][3]
    house.step("close", ballot)
    assert house.folder.ballots() == {ballot}
    house.step("count", ballot)
    assert house.folder.ballots() == frozenset()
    assert house.box._register.keys(ballot) is None
    house.run(lambda conn: None)  # behind the emptying of the log
    for path in house.data.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert k_box not in raw
            assert sealed not in raw


# Crashes


def broken(*_: object) -> Any:
    raise OSError("the power is gone")


async def test_a_restart_between_any_two_steps_goes_on(house: House, voters: list[Voter]) -> None:
    ballot = house.prepare(new_ballot(voters))
    house.restart()
    mine = await voters[0].collect(house.box, ballot)
    house.restart()
    house.step("open", ballot)
    house.restart()
    receipt = await house.box.cast(mine.ballot(MARKS))
    house.restart()
    house.step("close", ballot)
    house.restart()
    house.step("count", ballot)
    house.restart()
    assert house.box.leaves(ballot) == Leaves((receipt.leaf,), None)
    house.step("finish_hand_back", ballot)
    house.restart()
    facts = house.box.facts(ballot)
    await house.box.confirm(1, ballot, voters[0].check(facts, signed.root([receipt.leaf]), signed.root([])))
    house.restart()
    house.step("finish_checks", ballot)
    house.restart()
    house.step("end")
    house.restart()
    assert house.kinds()[-1] == "end"


def test_a_preparation_that_comes_to_nothing_leaves_no_key(house: House, voters: list[Voter]) -> None:
    def fail_afterwards(conn: Any) -> None:
        house.box.prepare(conn, new_ballot(voters))
        assert house.folder.ballots() == {BALLOT}
        broken()

    with pytest.raises(OSError, match="power"):
        house.run(fail_afterwards)
    assert house.folder.ballots() == frozenset()
    assert house.kinds() == ["start"]
    house.prepare(new_ballot(voters))


def test_a_key_left_by_a_crash_is_destroyed_at_the_start(house: House, voters: list[Voter]) -> None:
    """The process died between the key file and the commit, or between the commit and the destruction."""
    ballot = house.opened(voters)
    house.step("close", ballot)
    kept = house.folder.ballot(ballot)
    house.step("count", ballot)
    house.folder.keep_ballot(ballot, kept)
    house.folder.keep_ballot("never-committed", kept)
    running = house.prepare(new_ballot(voters, ballot="running"))
    house.restart()
    assert house.folder.ballots() == {running}


def test_the_board_s_key_left_by_a_crash_is_destroyed_at_the_start(house: House) -> None:
    key = house.folder.board()
    house.step("end")
    house.folder.keep_board(key)
    house.restart()
    with pytest.raises(FileNotFoundError):
        house.folder.board()


def test_a_start_that_comes_to_nothing_can_be_made_again(house: House) -> None:
    other = type(house.box)("other-1", house.writer, type(house.folder)(house.data, "other-1"))

    def fail(conn: Any) -> None:
        other.start(conn)
        broken()

    with pytest.raises(OSError, match="power"):
        house.run(fail)
    with pytest.raises(FileNotFoundError):
        other._folder.board()
    other._folder.keep_board(Ed25519PrivateKey.generate())  # of a crash in between
    entry = house.run(other.start)
    assert house.run(other.start) == entry
    assert unb64(entry.body["key"]) == other._folder.board().public_key().public_bytes_raw()
    assert house.kinds() == ["start"]  # sittings do not mix
    bad = type(house.box)("No Id", house.writer, house.folder)
    with pytest.raises(ValueError, match="id of a sitting"):
        house.run(bad.start)


async def test_casts_without_their_key_are_not_counted_as_nothing(house: House, voters: list[Voter]) -> None:
    ballot = house.opened(voters)
    await voters[0].cast(house.box, ballot, "for")
    house.step("close", ballot)
    (house.folder.path / f"{ballot}.key").unlink()
    house.restart()
    assert not house.box.can_open(ballot)
    with pytest.raises(LostKeys, match="key file"):
        house.step("count", ballot)
    assert len(rows(house, "box")) == 1
    assert house.box.stage(ballot) is Stage.CLOSING
    with pytest.raises(WrongStage):
        house.step("void", ballot, "lost", None)
    house.step("void", ballot, "lost", 3)
    [entry] = [one for one in house.box.board() if one.body["kind"] == "void"]
    assert (entry.body["issued"], entry.body["returned"], entry.body["cast_root"]) == (1, 1, None)
    assert len(rows(house, "box")) == 0
    house.run(house.box.end)


def test_two_sittings_in_one_folder_do_not_meet(house: House, voters: list[Voter]) -> None:
    other = type(house.box)("other-1", house.writer, type(house.folder)(house.data, "other-1"))
    house.run(other.start)
    house.prepare(new_ballot(voters))
    house.run(lambda conn: other.prepare(conn, new_ballot(voters)))
    assert other.facts(BALLOT).B != house.box.facts(BALLOT).B
    house.step("void", BALLOT, "aborted", None)
    assert other.stage(BALLOT) is Stage.PREPARED
    other.recover()
    assert other._folder.ballots() == {BALLOT}


# A law


acts = st.lists(st.tuples(st.integers(0, 6), st.sampled_from(("for", "against", "abstain"))), max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts)
def test_whatever_is_pressed_each_voter_is_counted_once(house: House, acts: list[tuple[int, str]]) -> None:
    """The first paper of each counts, its receipt is on the list, and every other press is refused."""
    voters = [Voter(number) for number in range(1, 8)]
    ballot = f"law-{len(house.box.board())}"

    async def play() -> tuple[dict[int, str], list[bytes]]:
        house.opened(voters, ballot=ballot)
        first: dict[int, str] = {}
        leaves: list[bytes] = []
        for who, mark in acts:
            try:
                receipt = await voters[who].cast(house.box, ballot, mark)
            except errors.AlreadyCast:
                assert first[who] != mark
                continue
            assert first.setdefault(who, mark) == mark
            leaves.append(receipt.leaf)
        return first, leaves

    first, leaves = asyncio.run(play())
    house.step("close", ballot)
    result: Any = house.step("count", ballot)
    counts = result["questions"]["N1"]["counts"]
    assert counts == {mark: list(first.values()).count(mark) for mark in ("for", "against", "abstain")}
    published = house.box.leaves(ballot)
    assert published is not None
    assert set(published.casts) == set(leaves)
