"""The box with papers of every kind, shown hands, rulings on names and voters who are no members; and its record."""

import json
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.voting.conftest import SITTING, House
from tests.voting.voter import PAPER, Voter, new_ballot, roll_of
from voting import board, errors, records, signed
from voting.board import Entry
from voting.box import NewBallot, Rules, Ruling, Turnout
from voting.paper import (
    Criterion,
    ElectionQuestion,
    GradeQuestion,
    Grid,
    MotionQuestion,
    Paper,
    ScoreQuestion,
    SelectionQuestion,
)
from voting.record import write_record
from voting.signed import b64
from voting.stages import Stage
from voting.verify import verify
from voting.write_ins import LONGEST_NAME

MOTION = MotionQuestion("N1", "决定任命甲")
GRADE = GradeQuestion("grade", ("满意", "基本满意", "不满意"))
SCORE = ScoreQuestion("sheet", (Criterion("2"), Criterion("1")), grid=Grid(0, 100, Decimal("0.5")))
ELECTION = ElectionQuestion("seat", 1, ("孟银杏", "柳合欢"), write_in=True)
SELECTION = SelectionQuestion("targets", 2, ("甲", "乙", "丙"))
SAME = Ruling("seat", ("樊苍兰", "范苍兰"), "樊苍兰")


def accepted(house: House, *, public: bool = False) -> dict[str, Any]:
    """Have the record verified; returns the ballots' files by ballot."""
    path = house.data / "record.zip"
    write_record(house.engine, SITTING, path, public=public)
    said: list[str] = []
    ended = house.kinds()[-1] == "end"
    assert verify(path, out=said.append, unfinished=not ended) == 0, said
    with zipfile.ZipFile(path) as archive:
        return {
            name.removeprefix("ballots/").removesuffix(".json"): json.loads(archive.read(name))
            for name in archive.namelist()
            if "/" in name
        }


def named(supported: list[str], against: list[str], *written: str) -> dict[str, Any]:
    return {"seat": {"for": supported, "against": against, "write_in": list(written)}}


def finish(house: House, ballot: str) -> None:
    for step in ("finish_hand_back", "finish_checks"):
        house.step(step, ballot)


# Hands


def hands(house: House, voters: list[Voter], paper: Paper = PAPER, **how: Any) -> str:
    return house.opened(voters, visibility="hands", paper=paper, **how)


TOTALS = {"N2": {"for": 3, "against": 2, "abstain": 0}, "N1": {"abstain": 1, "against": 0, "for": 5}}


@pytest.mark.parametrize("way", [[], ["hold"], ["hold", "resume"], ["close"]])
def test_a_show_of_hands(house: House, voters: list[Voter], way: list[str]) -> None:
    ballot = hands(house, voters)
    box, facts = house.box, house.box.facts(ballot)
    assert (facts.visibility, facts.n, house.folder.ballots()) == ("hands", None, frozenset())
    for step in way:
        house.step(step, ballot)
    assert box.turnout(ballot) == Turnout(7, 0)
    result: Any = house.step("count_hands", ballot, TOTALS, [5, 2])
    typed, last = box.board()[-2:]
    # In the paper's order, whatever they were typed in.
    assert typed.text == board.canonical(
        {
            "kind": "hands",
            "ballot": ballot,
            "totals": {
                "N1": {"for": 5, "against": 0, "abstain": 1},
                "N2": {"for": 3, "against": 2, "abstain": 0},
            },
            "by": [2, 5],
        }
    )
    assert last.body == {"kind": "result", "ballot": ballot, "issued": 7, "returned": 6, "result": result}
    assert (result["returned"], result["not_returned"]) == (6, 1)
    assert result["questions"]["N1"]["counts"] == {"for": 5, "against": 0, "abstain": 1}
    assert (box.stage(ballot), box.turnout(ballot)) == (Stage.COUNTED, Turnout(7, 0))
    house.step("end")
    assert accepted(house)[ballot] == {"paper": facts.paper_text, "salt": b64(facts.salt)}


@pytest.mark.parametrize(
    "totals",
    [
        {},
        {"N1": TOTALS["N1"]},
        TOTALS | {"N1": {"for": 7, "against": 1, "abstain": 0}},
        TOTALS | {"N1": {"for": -1, "against": 1, "abstain": 0}},
        TOTALS | {"N3": TOTALS["N1"]},
    ],
)
def test_totals_that_no_room_gives_change_nothing(
    house: House, voters: list[Voter], totals: dict[str, Any]
) -> None:
    ballot = hands(house, voters)
    with pytest.raises(errors.WrongTotals):
        house.step("count_hands", ballot, totals, [2])
    for nobody in ([], [2, 2]):
        with pytest.raises(ValueError, match="teller"):
            house.step("count_hands", ballot, TOTALS, nobody)
    assert (house.box.stage(ballot), house.kinds()[-1]) == (Stage.OPEN, "opened")
    house.step("count_hands", ballot, TOTALS, [2])


def test_scores_are_not_given_by_hands(house: House, voters: list[Voter]) -> None:
    with pytest.raises(errors.NotByHands):
        hands(house, voters, Paper((MOTION, SCORE)))
    assert house.kinds() == ["start"]


async def test_hands_take_the_place_of_a_ballot_that_failed(house: House, voters: list[Voter]) -> None:
    """The round before stays what it was: void, with its issues, and nothing of it is overwritten."""
    failed = house.opened(voters)
    for voter in voters[:5]:
        await voter.cast(house.box, failed, "for")
    house.step("void", failed, "the network failed", 3)
    ballot = hands(house, voters, ballot="1-n1-2-member", replaces=failed)
    for attempt in (
        voters[0].vote_openly(house.box, ballot, {"N1": "for"}),
        house.box.issue(1, ballot, b"x", b"y"),
        house.box.cast(voters[0].credential.ballot({"N1": "for"})),
    ):
        with pytest.raises((errors.UnknownBallot, errors.BallotNotOpen)):
            await attempt
    house.step("count_hands", ballot, TOTALS, [3])
    assert house.box.turnout(failed) == Turnout(5, 0)
    house.step("end")
    assert len(accepted(house)[failed]["issues"]) == 5


@pytest.mark.parametrize("opened", [False, True])
def test_a_show_of_hands_that_is_void(house: House, voters: list[Voter], opened: bool) -> None:
    ballot = house.prepare(new_ballot(voters, visibility="hands"))
    if opened:
        house.step("open", ballot)
    entry = house.step("void", ballot, "nobody could count", None)
    assert isinstance(entry, Entry)
    assert entry.body == {
        "kind": "void",
        "ballot": ballot,
        "reason": "nobody could count",
        "by": None,
        "issued": 7,
        "returned": 0,
    }
    house.step("end")
    accepted(house)


def test_a_show_of_hands_may_be_amended_and_withheld(house: House, voters: list[Voter]) -> None:
    ballot = house.prepare(new_ballot(voters[:4], visibility="hands", rules=Rules(withhold=True)))
    house.step("amend_roll", ballot, roll_of(voters))
    house.step("open", ballot)
    house.step("count_hands", ballot, TOTALS, [3])
    assert accepted(house, public=True)[ballot] == {"paper": None, "salt": None}


# Papers of every kind


async def test_papers_of_every_kind_are_counted_and_verified(house: House, voters: list[Voter]) -> None:
    paper = Paper((GRADE, SCORE, ELECTION, SELECTION))
    ballot = house.opened(voters, paper=paper)
    marks: list[dict[str, Any]] = [
        {
            "grade": "满意",
            "sheet": {"2": 80, "1": Decimal("70.5")},
            **named(["孟银杏"], []),
            "targets": ["甲"],
        },
        {"grade": "不满意", "sheet": {"2": 81, "1": 70}, **named([], ["柳合欢"], "樊 苍兰")},
        {"sheet": {"2": 81}, "targets": ["甲", "乙", "丙"]},
        {"grade": "满意", **named(["孟银杏", "柳合欢"], []), "targets": []},
    ]
    for voter, said in zip(voters, marks, strict=False):
        await voter.collect(house.box, ballot)
        await house.box.cast(voter.credential.ballot(said))
    await voters[4].collect(house.box, ballot)
    with pytest.raises(errors.WrongMarks):
        await house.box.cast(voters[4].credential.ballot({"targets": ["乙", "甲"]}))
    house.step("close", ballot)
    result: Any = house.step("count", ballot)
    found = result["questions"]
    assert {name: one["valid"] for name, one in found.items()} == {
        "grade": 3,
        "sheet": 2,
        "seat": 3,
        "targets": 3,
    }
    assert found["grade"]["counts"] == {"满意": 2, "基本满意": 0, "不满意": 1}
    assert found["sheet"]["means"] == {"2": 80.5, "1": 70.3}
    assert found["seat"]["votes"] == {"孟银杏": 1, "柳合欢": 0, "樊苍兰": 1}
    assert found["targets"]["votes"] == {"甲": 1, "乙": 0, "丙": 0}
    finish(house, ballot)
    house.step("end")
    accepted(house)


async def test_who_voted_how_on_papers_of_every_kind(house: House, voters: list[Voter]) -> None:
    paper = Paper((MOTION, GRADE, SCORE, ELECTION, SELECTION))
    ballot = house.opened(voters, visibility="open", paper=paper, rules=Rules(names=True))
    with pytest.raises(errors.WrongStage):
        house.box.open_votes(ballot)
    said: list[dict[str, Any]] = [
        {"N1": "for", "grade": "满意", "sheet": {"2": Decimal("80.5")}, **named([], ["柳合欢"], "樊 苍兰")},
        {"targets": ["甲", "乙", "丙"]},
        {"N1": "against", "grade": "不满意"},
    ]
    for voter, marks in zip(voters, said, strict=False):
        await voter.vote_openly(house.box, ballot, marks)
    house.step("close", ballot)
    with pytest.raises(errors.WrongStage):
        house.box.open_votes(ballot)

    def counting(conn: Connection) -> Any:
        house.box.count(conn, ballot)
        with pytest.raises(errors.WrongStage):  # it is not yet durable
            house.box.open_votes(ballot)
        return house.box.open_votes(ballot, conn)

    within = house.run(counting)
    assert within == house.box.open_votes(ballot)
    assert house.box.board()[-1].body["names"] == {
        "N1": {"for": [1], "against": [3], "abstain": [2]},
        "grade": {"满意": [1], "基本满意": [], "不满意": [3]},
        "sheet": {"1": {"2": 80.5}},
        "seat": {"1": {"for": [], "against": ["柳合欢"], "write_in": ["樊 苍兰"]}},
        "targets": {"2": ["甲", "乙", "丙"]},
    }
    assert dict(house.box.open_votes(ballot)) == {1: said[0], 2: said[1], 3: said[2]}
    house.step("end")
    accepted(house)


async def test_only_an_open_vote_says_who_voted_how(house: House, voters: list[Voter]) -> None:
    secret, shown = house.opened(voters), hands(house, voters, ballot="2-n1-1-member")
    for ballot in (secret, shown, "none"):
        with pytest.raises(errors.UnknownBallot):
            house.box.open_votes(ballot)
    void = house.opened(voters, ballot="3-n1-1-member", visibility="open")
    house.step("void", void, "by mistake", None)
    with pytest.raises(errors.WrongStage):
        house.box.open_votes(void)


def names_of(count: int, letters: int) -> tuple[str, ...]:
    return tuple(chr(0x4E00 + number) * letters for number in range(count))


def test_a_paper_goes_into_one_record_with_all_that_is_escaped(house: House, voters: list[Voter]) -> None:
    """A record has 32 KiB: a body of 21,504 bytes, half as much for its quotation marks, and the signatures."""
    fits = Paper((SelectionQuestion("q", 1, names_of(1776, 3)),))
    assert fits.size("1-n1-1-member") == 21504
    house.prepare(new_ballot(voters, paper=fits))
    quotation_marks = Paper((SelectionQuestion("q", 1, tuple('"' * number for number in range(1, 128))),))
    assert quotation_marks.size("1-n1-1-member") < 21504
    for paper in (Paper((SelectionQuestion("q", 1, names_of(1800, 3)),)), quotation_marks):
        with pytest.raises(errors.PaperTooLong) as refused:
            house.prepare(new_ballot(voters, ballot="long", paper=paper))
        assert refused.value.data["bytes"] == records.longest(paper, "long")
        assert refused.value.data["most"] == records.LARGEST


NAMES = tuple(
    f"{family}{given}{last}"
    for family in "赵钱"
    for given in "甲乙丙丁戊己庚辛壬癸"
    for last in "一二三四五六"
)


@pytest.mark.parametrize(("seats", "candidates"), [(40, 48), (100, 120)])
async def test_a_congress_elects_its_committee_and_its_deputies_on_one_paper(
    house: House, voters: list[Voter], seats: int, candidates: int
) -> None:
    """Every seat filled with a written-in name as long as one may be: such a ballot goes into the box."""
    question = ElectionQuestion("item-6", seats, NAMES[:candidates], write_in=True)
    ballot = house.opened(voters, paper=Paper((question,)))
    written = sorted(LONGEST_NAME[:-1] + chr(0x4E00 + number) for number in range(seats))
    marks = {"item-6": {"for": [], "against": list(NAMES[:seats]), "write_in": written}}
    for voter in voters:
        await voter.collect(house.box, ballot)
        await house.box.cast(voter.credential.ballot(marks))
    house.step("close", ballot)
    house.step("count", ballot)
    finish(house, ballot)
    house.step("end")
    accepted(house)


# Rulings


async def elected(house: House, voters: list[Voter], **how: Any) -> str:
    """An election with three spellings of one or two names, up to its result."""
    ballot = house.opened(voters, paper=Paper((ELECTION,)), **how)
    for voter, name in zip(voters, ("樊苍兰", "樊 苍兰", "范苍兰"), strict=False):
        marks = named([], ["孟银杏"], name)
        if how:
            await voter.vote_openly(house.box, ballot, marks)
        else:
            await voter.collect(house.box, ballot)
            await house.box.cast(voter.credential.ballot(marks))
    house.step("close", ballot)
    house.step("count", ballot)
    return ballot


def votes(result: Any) -> dict[str, int]:
    found: dict[str, int] = result["questions"]["seat"]["votes"]
    return found


@pytest.mark.parametrize("how", [{}, {"visibility": "open"}])
async def test_tellers_merge_spellings(house: House, voters: list[Voter], how: dict[str, Any]) -> None:
    ballot = await elected(house, voters, **how)
    first = house.box.board()[-1].body
    assert votes(first["result"]) == {"孟银杏": 0, "柳合欢": 0, "樊苍兰": 2, "范苍兰": 1}
    ruled = house.step("rule", ballot, [SAME], [5, 3])
    assert votes(ruled) == {"孟银杏": 0, "柳合欢": 0, "樊苍兰": 3}
    assert house.box.board()[-1].body == {
        "kind": "ruling",
        "ballot": ballot,
        "rulings": [{"question": "seat", "same": ["樊苍兰", "范苍兰"], "as": "樊苍兰"}],
        "by": [3, 5],
        "result": ruled,
    }
    if not how:
        finish(house, ballot)
    # The newest replaces those before, and may take them back.
    other = house.step("rule", ballot, [Ruling("seat", ("范苍兰",), "柳合欢")], [3])
    assert votes(other) == {"孟银杏": 0, "柳合欢": 1, "樊苍兰": 2}
    assert house.step("rule", ballot, [], [3]) == first["result"]
    house.step("rule", ballot, [SAME], [3])
    stage = house.box.stage(ballot)
    house.restart()
    house.step("end")
    assert house.box.stage(ballot) is stage
    accepted(house)
    accepted(house, public=True)
    with pytest.raises(errors.WrongStage):
        house.step("rule", ballot, [], [3])


async def test_rulings_that_cannot_be(house: House, voters: list[Voter]) -> None:
    ballot = await elected(house, voters)
    shown = hands(house, voters, Paper((ELECTION,)), ballot="2-n1-1-member")
    open_ = house.opened(voters, ballot="3-n1-1-member")
    before = house.kinds()
    for about, rulings, refusal in (
        (ballot, [Ruling("N1", ("樊苍兰",), "范苍兰")], errors.WrongRuling),
        (ballot, [Ruling("seat", ("孟银杏",), "范苍兰")], errors.WrongRuling),
        (ballot, [Ruling("seat", (), "范苍兰")], errors.WrongRuling),
        (ballot, [SAME, replace(SAME, as_="范苍兰")], errors.WrongRuling),
        (shown, [SAME], errors.WrongStage),
        (open_, [], errors.WrongStage),
        ("none", [], errors.UnknownBallot),
    ):
        with pytest.raises(refusal):
            house.step("rule", about, rulings, [3])
    with pytest.raises(ValueError, match="teller"):
        house.step("rule", ballot, [SAME], [])
    zero = {
        "seat": {
            "for": {"孟银杏": 0, "柳合欢": 0},
            "against": {"孟银杏": 0, "柳合欢": 0},
            "returned": 0,
            "invalid": 0,
        }
    }
    house.step("count_hands", shown, zero, [3])
    with pytest.raises(errors.WrongStage):  # the tellers type what they mean
        house.step("rule", shown, [SAME], [3])
    house.step("void", open_, "by mistake", None)
    with pytest.raises(errors.WrongStage):
        house.step("rule", open_, [], [3])
    assert house.kinds() == [*before, "hands", "result", "void"]


async def test_a_ruling_while_unused_credentials_come_back(house: House, voters: list[Voter]) -> None:
    ballot = house.opened(voters, paper=Paper((ELECTION,)))
    for voter in voters[:2]:
        await voter.collect(house.box, ballot)
    receipt = await house.box.cast(voters[0].credential.ballot(named([], ["孟银杏"], "樊 苍兰")))
    house.step("close", ballot)
    house.step("count", ballot)
    house.step("rule", ballot, [SAME], [3])
    back = await house.box.cast(voters[1].credential.hand_back())
    house.step("finish_hand_back", ballot)
    house.step("rule", ballot, [], [3])
    for voter in voters[:2]:
        roots = signed.root([receipt.leaf]), signed.root([back.leaf])
        await house.box.confirm(voter.number, ballot, voter.check(house.box.facts(ballot), *roots))
    house.step("finish_checks", ballot)
    house.step("end")
    assert len(accepted(house)[ballot]["checked"]) == 2


# Classes of voters


def advisory(voters: list[Voter], ballot: str = "6-item-1-office-head", **how: Any) -> NewBallot:
    return new_ballot(voters, ballot, paper=Paper((GRADE,)), voter_class="office_head", **how)


def rolls(house: House) -> list[dict[str, Any]]:
    return [entry.body for entry in house.box.board() if entry.body["kind"] == "roll"]


async def test_a_class_has_its_own_roll_and_its_own_count(house: House, voters: list[Voter]) -> None:
    heads = [Voter(number) for number in (11, 12, 13, 14)]
    members = house.opened(voters, paper=Paper((GRADE,)))
    ballot = house.prepare(advisory(heads))
    first, second = rolls(house)
    assert "class" not in first
    assert list(second) == ["kind", "since", "ballot", "class", "all_members", "present", "recused", "lines"]
    assert (second["since"], second["class"], second["all_members"]) == (None, "office_head", 4)
    with pytest.raises(errors.NotOnRoll):
        await voters[0].collect(house.box, ballot)
    house.step("open", ballot)
    for voter in heads[:3]:
        await voter.cast(house.box, ballot, "满意")
    for voter in voters[:3]:
        await voter.cast(house.box, members, "满意")
    for each, needed in ((ballot, 3), (members, 16)):
        house.step("close", each)
        result: Any = house.step("count", each)
        assert result["questions"]["grade"]["needed"] == needed
        finish(house, each)
    house.step("end")
    accepted(house)


def test_each_class_builds_on_its_own_last_roll(house: House, voters: list[Voter]) -> None:
    heads = [Voter(number) for number in (11, 12, 13, 14)]
    house.prepare(new_ballot(voters[:6]))
    house.prepare(advisory(heads[:3]))
    house.prepare(new_ballot(voters, ballot="2-n1-1-member"))
    house.prepare(advisory(heads, "7-item-1-office-head"))
    house.prepare(new_ballot(voters, ballot="3-n1-1-member"))
    house.prepare(advisory(heads[:3], "8-item-1-office-head"))
    house.prepare(
        new_ballot(
            [Voter(21), Voter(22), Voter(23)],
            "9-item-1-deputy",
            paper=Paper((GRADE,)),
            voter_class="deputy",
        )
    )
    found = [(body["since"], [line["number"] for line in body["lines"]]) for body in rolls(house)]
    assert found == [
        (None, [1, 2, 3, 4, 5, 6]),
        (None, [11, 12, 13]),
        (1, [7]),
        (3, [14]),
        (7, []),
        (None, [21, 22, 23]),
    ]
    accepted(house)


def test_an_amended_roll_stays_in_its_class(house: House, voters: list[Voter]) -> None:
    heads = [Voter(number) for number in (11, 12, 13, 14)]
    ballot = house.prepare(advisory(heads[:3]))
    house.step("amend_roll", ballot, roll_of(heads, all_members=4))
    house.step("open", ballot)
    assert rolls(house)[-1]["class"] == "office_head"
    house.prepare(new_ballot(voters))
    accepted(house)


def test_a_number_is_one_person_in_the_whole_sitting(house: House, voters: list[Voter]) -> None:
    house.prepare(new_ballot(voters))
    with pytest.raises(ValueError, match="another class"):
        house.prepare(advisory([Voter(number) for number in (7, 11, 12)]))
    ballot = house.prepare(advisory([Voter(number) for number in (11, 12, 13)]))
    with pytest.raises(ValueError, match="another class"):
        house.step("amend_roll", ballot, roll_of([Voter(number) for number in (1, 11, 12)], all_members=3))
    with pytest.raises(ValueError, match="another class"):
        house.prepare(new_ballot([*voters, Voter(13)], ballot="2-n1-1-member"))
    for name in ("", "Office", "office-head", "a" * 33):
        with pytest.raises(ValueError, match="class"):
            house.prepare(replace(advisory([Voter(21)]), voter_class=name))
    accepted(house)


async def test_too_few_of_a_class_are_refused(house: House, voters: list[Voter]) -> None:
    with pytest.raises(errors.TooFewVoters):
        house.prepare(advisory([Voter(11), Voter(12)]))
    house.prepare(replace(advisory([Voter(11), Voter(12)]), visibility="hands", paper=PAPER))
