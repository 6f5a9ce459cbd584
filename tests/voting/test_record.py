"""The record: what the box did is what a verifier that trusts nothing of ours accepts, at every moment."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.voting.conftest import SITTING, House
from tests.voting.voter import Voter, new_ballot, roll_of
from voting import board, signed
from voting.box import Rules
from voting.record import UnknownSitting, write_record
from voting.signed import b64
from voting.verify import verify


def accepted(house: House, *, public: bool = False, **options: Any) -> list[str]:
    """Build the record, have it verified, return what the verifier says."""
    path = house.data / "record.zip"
    write_record(house.engine, SITTING, path, public=public)
    said: list[str] = []
    assert verify(path, out=said.append, **options) == 0, said
    return said


def files(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


async def finish(house: House, ballot: str, voters: list[Voter], unused: list[Voter]) -> None:
    """From closing to the end of the checks: some hand their credential back, all confirm."""
    box = house.box
    house.step("close", ballot)
    house.step("count", ballot)
    for voter in unused:
        await box.cast(voter.credential.hand_back())
    house.step("finish_hand_back", ballot)
    lists = box.leaves(ballot)
    assert lists is not None
    assert lists.unused is not None
    roots = signed.root(lists.casts), signed.root(lists.unused)
    for voter in voters:
        await box.confirm(voter.number, ballot, voter.check(box.facts(ballot), *roots))
    house.step("finish_checks", ballot)


async def sitting(house: House) -> None:
    """A sitting with one ballot of every fate."""
    voters = [Voter(number) for number in range(1, 18)]
    box = house.box
    # Carried, with an arrival before the opening and one credential that is handed back.
    carried = house.prepare(new_ballot(voters[:16], ballot="1-n1-1-member", rules=Rules(withhold=True)))
    for voter in voters[:3]:
        await voter.collect(box, carried)
    house.step("amend_roll", carried, roll_of(voters))
    house.step("open", carried)
    for voter in voters[:16]:
        await voter.cast(box, carried, "for")
    await voters[16].collect(box, carried)
    await finish(house, carried, voters, voters[16:])
    # Void, and run again without success; both are withheld from the public.
    void = house.opened(voters, ballot="2-n2-1-member", rules=Rules(withhold=True))
    for voter in voters[:6]:
        await voter.cast(box, void, "for")
    house.step("void", void, "interference", 3)
    again = house.opened(
        voters, ballot="2-n2-2-member", rules=Rules(changes=True, withhold=True), replaces=void
    )
    for voter in voters[:6]:
        await voter.collect(box, again)
        for seq, mark in ((10, "for"), (20, "against")):
            await box.cast(voter.credential.ballot({"N1": mark}, seq))
    await voters[6].collect(box, again)
    await finish(house, again, voters[:7], [voters[6]])
    # By name, published and withheld; aborted; nobody voted.
    named = house.opened(voters, ballot="3-item-1-member", visibility="open", rules=Rules(names=True))
    quiet = house.opened(voters, ballot="4-item-1-member", visibility="open", rules=Rules(withhold=True))
    for voter in voters[:9]:
        await voter.vote_openly(box, named, {"N1": "for"})
        await voter.vote_openly(box, quiet, {"N1": "against", "N2": "for"})
    for ballot in (named, quiet):
        house.step("close", ballot)
        house.step("count", ballot)
    aborted = house.opened(voters, ballot="5-item-1-member")
    house.step("void", aborted, "opened by mistake", None)
    nobody = house.opened(voters, ballot="6-item-1-member")
    await finish(house, nobody, [], [])


async def test_a_whole_sitting_is_accepted(house: House) -> None:
    await sitting(house)
    accepted(house, unfinished=True)
    house.step("end")
    head = board.code(house.box.board()[-1].hash)
    assert not any("NOT COMPARED" in line for line in accepted(house, head=head))
    full = files(house.data / "record.zip")
    assert list(full) == [
        "board.jsonl",
        *(
            f"ballots/{ballot}.json"
            for ballot in (
                "1-n1-1-member",
                "2-n2-1-member",
                "2-n2-2-member",
                "3-item-1-member",
                "4-item-1-member",
                "5-item-1-member",
                "6-item-1-member",
            )
        ),
    ]
    void = json.loads(full["ballots/2-n2-1-member.json"])
    assert list(void) == ["paper", "salt", "issues", "casts", "unused", "checked"]
    assert (len(void["issues"]), void["casts"], void["unused"], void["checked"]) == (6, [], [], [])


async def test_the_public_record_withholds_what_was_not_carried(house: House) -> None:
    await sitting(house)
    house.step("end")
    head = board.code(house.box.board()[-1].hash)
    accepted(house, public=True, head=head)
    public = {
        name: json.loads(text) for name, text in files(house.data / "record.zip").items() if "/" in name
    }
    withheld = {name for name, content in public.items() if content["paper"] is None}
    assert withheld == {
        "ballots/2-n2-1-member.json",
        "ballots/2-n2-2-member.json",
        "ballots/4-item-1-member.json",
    }
    again = public["ballots/2-n2-2-member.json"]
    leaves = house.box.leaves("2-n2-2-member")
    assert leaves is not None
    assert again["salt"] is None
    assert again["casts"] == [b64(leaf) for leaf in leaves.casts]
    assert again["unused"] == [b64(leaf) for leaf in leaves.unused or ()]
    assert len(again["issues"]) == len(again["checked"]) == 7
    assert all(isinstance(leaf, str) for leaf in public["ballots/4-item-1-member.json"]["open"])
    assert "against" not in json.dumps([public[name] for name in withheld])


async def test_a_record_made_at_any_moment_is_accepted(house: House) -> None:
    voters = [Voter(number) for number in range(1, 7)]
    box = house.box
    accepted(house, unfinished=True)
    ballot = house.prepare(new_ballot(voters))
    for step in ("open", "hold", "resume", "close", "count", "finish_hand_back", "finish_checks"):
        accepted(house, unfinished=True)
        if step == "open":
            for voter in voters:
                await voter.collect(box, ballot)
        house.step(step, ballot)
        if step == "open":
            await voters[0].cast(box, ballot, "for")
        if step == "count":
            await box.cast(voters[1].credential.hand_back())
        if step == "finish_hand_back":
            leaves = box.leaves(ballot)
            assert leaves is not None
            roots = signed.root(leaves.casts), signed.root(leaves.unused or ())
            await box.confirm(1, ballot, voters[0].check(box.facts(ballot), *roots))
    accepted(house, unfinished=True)


async def test_the_same_database_gives_the_same_bytes(house: House, tmp_path: Path) -> None:
    await sitting(house)
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    write_record(house.engine, SITTING, one)
    house.restart()
    write_record(house.engine, SITTING, two)
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_an_unknown_sitting_is_refused(house: House) -> None:
    path = house.data / "record.zip"
    with pytest.raises(UnknownSitting, match="no-such"):
        write_record(house.engine, "no-such", path)
    assert not path.exists()


def test_a_record_is_replaced_whole_or_not_at_all(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out" / "record.zip"
    path.parent.mkdir()
    path.write_bytes(b"the one before")

    def full_disk(descriptor: int) -> None:
        raise OSError("full")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OSError, match="full"):
        write_record(house.engine, SITTING, path)
    assert path.read_bytes() == b"the one before"
    assert [each.name for each in path.parent.iterdir()] == ["record.zip"]
    monkeypatch.undo()
    write_record(house.engine, SITTING, path)
    assert list(files(path)) == ["board.jsonl"]
