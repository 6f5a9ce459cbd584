"""Whole ballots with simulated phones, the real box and a real server, which dies wherever it hurts."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import pytest

from kiosk.anonymous import Anonymous, TurnedAway
from kiosk.ballot_client import Pace, Phone, Pocket, Receipt
from kiosk.board_follower import BoardFollower
from kiosk.slip import Fate
from tests.kiosk.hall import SITTING, Cuts, Hall
from voting.board import EffectiveRoll
from voting.box import Rules
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
from voting.signed import root, unb64
from voting.verify import verify

BALLOT = "10-n1-1-member"
PAPER = Paper((MotionQuestion("N1", "Appoint"), MotionQuestion("N2", "Appoint")))
FOR = {"N1": "for", "N2": "against"}


def choose(member: int) -> Mapping[str, object] | None:
    """Member 3 returns no ballot; member 4 leaves a question blank."""
    return {3: None, 4: {"N2": "abstain"}}.get(member, FOR)


@dataclass
class Crowd:
    """All the phones of a hall, and what they told."""

    hall: Hall
    choose: Callable[[int], Mapping[str, object] | None] = choose
    pockets: dict[int, Pocket] = field(default_factory=dict)
    phones: dict[int, Phone] = field(default_factory=dict)
    receipts: list[Receipt] = field(default_factory=list)
    alarms: list[tuple[int, str]] = field(default_factory=list)
    latencies: set[str] = field(default_factory=set)
    decisions: dict[int, int] = field(default_factory=dict)

    def phone(self, member: int, follower: BoardFollower | None = None) -> Phone:
        def decide(paper: Paper, ballot: str) -> Mapping[str, object] | None:
            self.decisions[member] = self.decisions.get(member, 0) + 1
            return self.choose(member)

        self.phones[member] = Phone(
            member,
            self.hall.codes[member],
            self.hall.url,
            self.hall.board_key,
            decide,
            pace=Pace(random.Random(member), scale=0.002),
            pocket=self.pockets.setdefault(member, Pocket()),
            follower=follower,
            on_receipt=self.receipts.append,
            on_latency=lambda what, _: self.latencies.add(what),
            on_alarm=lambda code: self.alarms.append((member, code)),
        )
        return self.phones[member]

    @asynccontextmanager
    async def running(self, *, shared: bool = False) -> AsyncIterator[None]:
        """The phones run while the block does, and beyond it until the sitting has ended."""
        follower = BoardFollower(Anonymous(self.hall.url), self.hall.board_key) if shared else None
        for member in range(1, self.hall.members + 1):
            self.phone(member, follower)
        async with asyncio.timeout(60), asyncio.TaskGroup() as group:
            await asyncio.gather(*(phone.join() for phone in self.phones.values()))
            runs = [group.create_task(phone.run()) for phone in self.phones.values()]
            try:
                yield
            except BaseException:
                for run in runs:
                    run.cancel()
                raise

    def fates(self, ballot: str = BALLOT) -> dict[int, Fate]:
        return {member: pocket.slips[ballot].fate for member, pocket in self.pockets.items()}


async def whole_ballot(hall: Hall, ballot: str = BALLOT, returned: int = 4, paper: Paper = PAPER) -> None:
    """The conductor's part, from preparing to the last entry."""
    await hall.prepare(ballot, paper)
    await hall.until_issued(ballot, 5)
    await hall.step("open", ballot, "open")
    await hall.until_returned(ballot, returned)
    await hall.step("close", ballot, "closing")
    await hall.step("count", ballot, "counted")
    await hall.until(lambda: hall.done.count("hand-back") >= 5 - returned)
    await hall.step("finish_hand_back", ballot, "counted")
    # Not the number of checks: one whose answer was lost comes twice.
    await hall.until(lambda: hall.confirmed(ballot) >= 5)
    await hall.step("finish_checks", ballot, "counted")


def assert_sound(hall: Hall, crowd: Crowd) -> None:
    result = hall.entry("result", BALLOT)
    assert (result["issued"], result["returned"]) == (5, 4)
    unused = hall.entry("unused", BALLOT)
    assert (unused["unused"], unused["missing"]) == (1, 0)
    assert hall.entry("checked", BALLOT)["members"] == [1, 2, 3, 4, 5]
    counted = {m: Fate.COUNTED for m in (1, 2, 4, 5)}
    assert crowd.fates() == counted | {3: Fate.HANDED_BACK}
    leaves = [crowd.pockets[member].slips[BALLOT].leaf for member in counted]
    assert root(leaf for leaf in leaves if leaf) == unb64(result["cast_root"])
    # Whoever died before the answer came has no receipt and is counted all the same.
    assert {receipt.leaf for receipt in crowd.receipts} <= set(leaves)
    assert not crowd.alarms
    for pocket in crowd.pockets.values():
        slip = pocket.slips[BALLOT]
        assert (slip.one, slip.record, slip.blinding) == (None, None, None)


@pytest.mark.parametrize("shared", [False, True])
async def test_a_ballot_from_the_card_to_the_confirmation(tmp_path: Path, shared: bool) -> None:
    async with Hall(tmp_path).open() as hall:
        crowd = Crowd(hall)
        async with crowd.running(shared=shared):
            await asyncio.gather(*(phone.check_in() for phone in crowd.phones.values()))
            assert hall.checked_in == {1, 2, 3, 4, 5}
            await whole_ballot(hall)
            await hall.end()
        assert_sound(hall, crowd)
        assert crowd.latencies == {"join", "hello", "check_in", "issue", "cast", "hand-back", "check"}


STEPS = ["join", "issue", "cast", "hand-back", "check"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
async def test_a_server_that_dies_at_any_step_loses_and_doubles_nothing(
    tmp_path: Path, step: str, when: str
) -> None:
    cuts = Cuts((step, when), (step, when))
    async with Hall(tmp_path, cuts=cuts).open() as hall:
        crowd = Crowd(hall)
        async with crowd.running():
            await whole_ballot(hall)
            await hall.end()
        assert not cuts.left
        assert_sound(hall, crowd)
        assert all(count == 1 for count in crowd.decisions.values())


BREAKS: Sequence[str] = ["prepared", "issued", "open", "returned", "counted", "handed-back"]


@pytest.mark.parametrize("moment", BREAKS)
@pytest.mark.parametrize("who", ["server", "phones"])
async def test_a_restart_between_any_two_steps_ends_the_same(tmp_path: Path, moment: str, who: str) -> None:
    """The server starts again on the same files, or every phone on what it had stored."""
    house = Hall(tmp_path)
    crowd = Crowd(house)
    conducting: list[tuple[str, Callable[[Hall], object]]] = [
        ("prepared", lambda hall: hall.prepare(BALLOT, PAPER)),
        ("issued", lambda hall: hall.until_issued(BALLOT, 5)),
        ("open", lambda hall: hall.step("open", BALLOT, "open")),
        ("returned", lambda hall: hall.until_returned(BALLOT, 4)),
        ("closing", lambda hall: hall.step("close", BALLOT, "closing")),
        ("counted", lambda hall: hall.step("count", BALLOT, "counted")),
        ("back", lambda hall: hall.until(lambda: "hand-back" in hall.done)),
        ("handed-back", lambda hall: hall.step("finish_hand_back", BALLOT, "counted")),
        ("told", lambda hall: hall.until(lambda: hall.done.count("check") >= 5)),
        ("checked", lambda hall: hall.step("finish_checks", BALLOT, "counted")),
    ]
    moments = [name for name, _ in conducting]
    first, second = conducting[: moments.index(moment) + 1], conducting[moments.index(moment) + 1 :]

    async def conduct(steps: Sequence[tuple[str, Callable[[Hall], object]]]) -> None:
        for _, work in steps:
            await work(house)  # type: ignore[misc]  # each of them is awaitable

    if who == "phones":
        async with house.open():
            async with crowd.running():
                await conduct(first)
                for phone in crowd.phones.values():
                    phone.stop()
            async with crowd.running():
                await conduct(second)
                await house.end()
            assert_sound(house, crowd)
        return
    opened = house.open()
    await opened.__aenter__()
    async with crowd.running():
        await conduct(first)
        await opened.__aexit__(None, None, None)
        opened = house.open()  # the same port: the phones come back by themselves
        await opened.__aenter__()
        await conduct(second)
        await house.end()
    assert_sound(house, crowd)
    await opened.__aexit__(None, None, None)


async def test_two_ballots_one_after_the_other_and_an_open_vote_beside(tmp_path: Path) -> None:
    async with Hall(tmp_path).open() as hall:
        crowd = Crowd(hall)
        async with crowd.running(shared=True):
            await hall.prepare("1-item-1-member", PAPER, visibility="open")
            await hall.step("open", "1-item-1-member", "open")
            await hall.until_returned("1-item-1-member", 4)
            await hall.step("close", "1-item-1-member", "closing")
            result = await hall.step("count", "1-item-1-member", "counted")
            await whole_ballot(hall)
            await hall.end()
        assert result["returned"] == 4
        assert len(crowd.receipts) == 8
        assert not crowd.alarms


EVERY_KIND = Paper(
    (
        GradeQuestion("grade", ("good", "fair", "poor")),
        ScoreQuestion("sheet", (Criterion("2"), Criterion("1")), grid=Grid(0, 100, Decimal("0.5"))),
        ElectionQuestion("seat", 1, ("孟银杏", "柳合欢"), write_in=True),
        SelectionQuestion("targets", 2, ("A", "B", "C")),
    )
)


def choose_of_every_kind(member: int) -> Mapping[str, object] | None:
    named = {"for": [], "against": ["柳合欢"], "write_in": ["樊 苍兰"]}
    marks: dict[int, Mapping[str, object] | None] = {
        1: {"grade": "good", "sheet": {"2": 80, "1": Decimal("70.5")}, "seat": named, "targets": ["A", "C"]},
        2: {"seat": {"for": ["孟银杏", "柳合欢"], "against": [], "write_in": []}},
        3: None,
        4: {"grade": "poor", "targets": []},
        5: {"sheet": {"1": Decimal("0.25")}, "targets": ["A", "B", "C"]},
    }
    return marks[member]


async def test_papers_of_every_kind_and_a_show_of_hands(tmp_path: Path) -> None:
    """From the phones to a record that the verifier takes; while hands are shown a phone does nothing."""
    async with Hall(tmp_path).open() as hall:
        crowd = Crowd(hall, choose=choose_of_every_kind)
        async with crowd.running():
            await whole_ballot(hall, paper=EVERY_KIND)
            await hall.prepare("11-n1-1-member", PAPER, visibility="hands")
            await hall.step("open", "11-n1-1-member", "open")
            totals = {question: {"for": 3, "against": 1, "abstain": 0} for question in ("N1", "N2")}
            await hall.writer.run(lambda conn: hall.box.count_hands(conn, "11-n1-1-member", totals, [2]))
            hall.show("11-n1-1-member", "counted")
            await hall.end()
        assert crowd.fates() == {m: Fate.HANDED_BACK if m == 3 else Fate.COUNTED for m in range(1, 6)}
        assert not crowd.alarms
        questions = hall.entry("result", BALLOT)["result"]["questions"]
        assert questions["seat"]["votes"] == {"孟银杏": 0, "柳合欢": 0, "樊苍兰": 1}
        assert [one["invalid"] for one in questions.values()] == [2, 3, 1, 1]
        write_record(hall.writer.engine, SITTING, tmp_path / "record.zip")
        said: list[str] = []
        assert verify(tmp_path / "record.zip", out=said.append) == 0, said


async def test_a_void_ballot_is_let_go_and_the_next_round_is_voted(tmp_path: Path) -> None:
    async with Hall(tmp_path).open() as hall:
        crowd = Crowd(hall)
        async with crowd.running():
            await hall.prepare("9-n1-1-member", PAPER)
            await hall.until_issued("9-n1-1-member", 5)
            await hall.writer.run(
                lambda conn: hall.box.void(conn, "9-n1-1-member", "opened by mistake", None)
            )
            hall.show("9-n1-1-member", "void")
            await whole_ballot(hall)
            await hall.end()
        assert_sound(hall, crowd)


async def test_where_minds_may_change_the_first_number_is_random(tmp_path: Path) -> None:
    async with Hall(tmp_path).open() as hall:
        crowd = Crowd(hall)
        async with crowd.running():
            await hall.prepare(BALLOT, PAPER, rules=Rules(changes=True))
            await hall.step("open", BALLOT, "open")
            await hall.until_returned(BALLOT, 4)
            await hall.step("close", BALLOT, "closing")
            result = await hall.step("count", BALLOT, "counted")
            for phone in crowd.phones.values():
                phone.stop()
        assert result["returned"] == 4
        assert not crowd.alarms


async def test_a_card_is_refused_with_its_code(tmp_path: Path) -> None:
    async with Hall(tmp_path).open() as hall:
        crowd = Crowd(hall)
        await crowd.phone(1).join()
        crowd.pockets.clear()
        with pytest.raises(TurnedAway) as refused:
            await crowd.phone(1).join()
        assert refused.value.code == "link-used"
        hall.codes[2] = "A" * 16
        with pytest.raises(TurnedAway) as unknown:
            await crowd.phone(2).join()
        assert unknown.value.code == "unknown-link"


async def test_a_second_page_takes_over_and_the_first_ends(tmp_path: Path) -> None:
    async with Hall(tmp_path).open() as hall:
        crowd = Crowd(hall)
        first = crowd.phone(1)
        await first.join()
        async with asyncio.timeout(30), asyncio.TaskGroup() as group:
            running = group.create_task(first.run())
            await first.check_in()
            second = crowd.phone(1)
            group.create_task(second.run())
            await running
            await second.check_in()
            second.stop()
        assert crowd.alarms == [(1, "opened-elsewhere")]


async def test_a_roll_with_another_device_for_me_is_an_alarm_and_no_ballot(tmp_path: Path) -> None:
    async with Hall(tmp_path).open() as hall:
        crowd = Crowd(hall)
        true_roll = hall.roll

        def forged() -> EffectiveRoll:
            roll = true_roll()
            stranger = replace(roll.lines[2], dev_pk=bytes([7]) * 32)
            return replace(roll, lines={**roll.lines, 2: stranger})

        hall.roll = forged  # type: ignore[method-assign]
        async with crowd.running():
            await hall.prepare(BALLOT, PAPER)
            await hall.until_issued(BALLOT, 4)
            await hall.step("open", BALLOT, "open")
            await hall.until_returned(BALLOT, 3)
            for phone in crowd.phones.values():
                phone.stop()
        assert crowd.alarms == [(2, "wrong-roll-line")]
        assert BALLOT not in crowd.pockets[2].slips


async def test_the_name_of_the_sitting_is_checked_before_hello_is_signed(tmp_path: Path) -> None:
    async with Hall(tmp_path).open() as hall:
        phone = Crowd(hall).phone(1)
        await phone.join()
        with pytest.raises(TurnedAway):
            phone._hello("other-1", bytes(32))
        assert phone._hello(SITTING, bytes(32))


async def test_no_log_says_a_word_about_any_of_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    house = Hall(tmp_path, cuts=Cuts(("cast", "before"), ("cast", "after")))
    async with house.open() as hall, Crowd(hall).running():
        await whole_ballot(hall)
        await hall.end()
    # The phones' own side of the sockets is not the server's.
    said = [record for record in caplog.records if record.name not in ("websockets.client", "asyncio")]
    for record in said:
        assert record.levelno >= logging.WARNING or "127.0.0.1" not in record.getMessage()
        assert not any(word in record.getMessage() for word in ("/box", "/m", BALLOT, "member"))
    assert [r.getMessage() for r in said if r.name == "kiosk"] == ["unexpected: ConnectionResetError"]
