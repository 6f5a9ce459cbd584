"""Who cast which ballot: every way that we know of to find out, tried on a whole sitting, and in vain.

Each attack is also made on a house that breaks the one rule that stands against it (`weak_build`), and succeeds
there: a test that cannot fail would say nothing.  In a copy that was taken while the ballot was open the keys are left
out, as in every backup; whoever has them too is not covered (BALLOT.md 6).
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.session_day import attacks, watched_server
from tests.session_day.attacks import Orders
from tests.session_day.copied_folder import Copy, rows
from tests.session_day.watched_sitting import CASTS, Watched, watch
from tests.session_day.weak_build import BUILDS, LogsTheBox
from voting.signed import receipt_text, unb64

Watch = Callable[[str], Watched]
"""The sitting of a build by its name, played once."""

SURE = 0.9
"""A rank correlation that 21 ballots do not have by chance (less than one in a billion)."""


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watch:
    known: dict[str, Watched] = {}

    def play(name: str) -> Watched:
        if name not in known:
            known[name] = watch(tmp_path_factory.mktemp("sitting"), BUILDS.get(name))
        return known[name]

    return play


@pytest.fixture(scope="module")
def real(watched: Watch) -> Watched:
    return watched("real")


# In which order they came


ATTACKS: Mapping[str, Callable[[Watched], Sequence[Orders]]] = {
    "row numbers": lambda sitting: [attacks.by_row_number(copy) for copy in copies(sitting)],
    "pages": lambda sitting: [attacks.by_page(copy) for copy in copies(sitting)],
    "log": lambda sitting: [attacks.by_commit(copy) for copy in copies(sitting)],
    "copies": lambda sitting: [attacks.by_copies([copy.backup() for copy in sitting.while_open])],
    "lists": lambda sitting: [
        attacks.by_place(name, text, sitting.published().casts) for name, text in texts(sitting).items()
    ],
}
"""The ways to an order, and to every order that each of them finds."""


def copies(sitting: Watched) -> list[Copy]:
    return [sitting.while_open[-1].backup(), *sitting.after().values()]


def texts(sitting: Watched) -> dict[str, bytes]:
    """Whatever lists the ballots, or might."""
    shown = "\n".join(frame.text for frame in sitting.shown).encode()
    files = {
        f"{name} when {when}": raw
        for when, copy in sitting.after().items()
        for name, raw in copy.files.items()
    }
    return {**sitting.record, **sitting.board, **files, "frames": shown}


def orders(sitting: Watched, attack: str) -> list[tuple[str, list[bytes]]]:
    """The ballots in every order that the attack finds."""
    casts = sitting.published().casts
    keys = attacks.keys_that_fit(copies(sitting)[0], casts, sitting.after().values(), public_values(sitting))
    found = [
        (way, attacks.recognised(order, casts, keys))
        for by_way in ATTACKS[attack](sitting)
        for way, order in by_way.items()
    ]
    return [(way, order) for way, order in found if order]


def betrayed(sitting: Watched, attack: str) -> set[str]:
    """Where the attack found the order of arrival."""
    return {way for way, order in orders(sitting, attack) if attacks.likeness(order, sitting.arrived) > SURE}


def public_values(sitting: Watched) -> list[bytes]:
    """What anybody knows and might be tried as a key."""
    entries = [json.loads(line) for line in sitting.record["board.jsonl"].splitlines()]
    paper = json.loads(sitting.record[f"ballots/{sitting.ballot}.json"])
    texts = [sitting.ballot, json.loads(entries[0]["text"])["sitting"]]
    return [
        *(unb64(entry["hash"]) for entry in entries),
        unb64(json.loads(entries[0]["text"])["key"]),
        unb64(paper["salt"]),
        *(sha256(text.encode()).digest() for text in texts),
    ]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_tells_in_which_order_the_ballots_came(real: Watched, attack: str) -> None:
    assert betrayed(real, attack) == set()


@pytest.mark.parametrize(
    ("build", "attack", "where"),
    [
        ("numbered", "row numbers", "rowid of box"),
        ("numbered", "pages", "place on the pages"),
        ("unsealed", "log", "log, table box"),
        ("unsealed", "copies", "copies, table box"),
        ("hoarding", "log", "log, table box"),
        ("hoarding", "copies", "copies, table box"),
        ("in order of arrival", "lists", "place in /board/5-n1-1-member"),
    ],
)
def test_a_weak_house_tells_the_order(watched: Watch, build: str, attack: str, where: str) -> None:
    assert betrayed(watched(build), attack) == {where}


def test_the_attacks_read_what_is_not_hidden(real: Watched) -> None:
    """In the very same copies the order of the issues can be read, which are by name: the log is not misread."""
    found = attacks.order_of_issues(attacks.by_commit(copies(real)[0]), real.published())
    assert found == {"log, table issued": real.collected}
    lists = {way for way, order in orders(real, "lists") if len(order) == CASTS}
    assert lists >= {f"place in ballots/{real.ballot}.json", f"place in /board/{real.ballot}"}


def test_the_casts_lie_in_the_order_of_their_keys(real: Watched) -> None:
    for copy in real.after().values():
        found = [
            row.values[2]
            for row in rows(copy.database())
            if row.table == "cast" and row.values[1] == real.ballot
        ]
        assert found == sorted(real.arrived)


# Who cast them


def test_any_issue_may_be_any_ballot(real: Watched) -> None:
    everybody = set(real.collected)
    assert attacks.by_blinding(real.published()) == dict.fromkeys(real.arrived, everybody)


def test_a_phone_that_does_not_blind_is_known(watched: Watch) -> None:
    sitting = watched("unblinded")
    found = attacks.by_blinding(sitting.published())
    assert found == {pk: {sitting.owner[pk]} for pk in sitting.arrived}


def most_right(sitting: Watched, ways: Iterable[str]) -> int:
    """How many ballots are given to the right member by laying the order of the issues beside another."""
    collected = attacks.order_of_issues(attacks.by_commit(copies(sitting)[0]), sitting.published())
    guesses = [
        attacks.by_walking_together(members, ballots)
        for members in collected.values()
        for way in ways
        for _, ballots in orders(sitting, way)
    ]
    return max(sum(sitting.owner[pk] == member for pk, member in guess.items()) for guess in guesses)


def test_who_collected_first_is_no_hint(watched: Watch, real: Watched) -> None:
    assert most_right(real, ATTACKS) < CASTS // 2, "by chance one is right, ten never are"
    assert most_right(watched("unsealed"), ["log"]) == CASTS


def test_before_the_closing_nothing_of_a_ballot_is_anywhere(real: Watched) -> None:
    marks = {mark for cast in real.published().casts for mark in cast.prints()}
    for copy in real.while_open:
        assert not [name for name, raw in copy.files.items() for mark in marks if mark in raw]


# How they divide, before the closing


def test_the_box_does_not_tell_how_the_ballots_divide(watched: Watch, real: Watched) -> None:
    def found(build: Watched) -> set[str]:
        truth = [build.split, *(sorted([n, CASTS - n]) for n in build.split)]
        split = attacks.splits_in_copy(copies(build)[0])
        return {where for where, counts in split.items() if list(counts) in truth}

    assert found(real) == set()
    assert found(watched("unsealed")) == {"marks in box.sealed"}
    assert found(watched("squeezed")) == {"lengths of box.sealed"}


# When they came


def times(sitting: Watched) -> set[tuple[str, str]]:
    """Columns in which some moment between the first ballot and the last stands."""
    copies = [sitting.while_open[-1].backup(), *sitting.after().values()]
    found = [
        moment
        for copy in copies
        for span in (sitting.wall, sitting.clock)
        for moment in attacks.times_in_copy(copy, *span)
    ]
    return {(table, column) for table, column, _ in found}


def test_no_time_is_kept(watched: Watch, real: Watched) -> None:
    assert times(real) == set()
    assert times(watched("timed")) == {("box", "at")}


def test_nothing_else_is_written_for_an_issue_a_ballot_or_a_hand_back(watched: Watch, real: Watched) -> None:
    assert attacks.tables_that_grow(real.while_issued) == {"issued"}
    assert attacks.tables_that_grow(real.while_open) == {"box"}
    assert attacks.tables_that_grow(real.backs) == {"unused"}
    assert attacks.tables_that_grow(watched("diary").while_open) == {"box", "diary"}


# What must be gone


def kept_keys(sitting: Watched) -> set[tuple[str, str]]:
    return {piece for copy in sitting.after().values() for piece in attacks.remains(copy, sitting.secrets)}


def test_the_keys_are_gone_with_the_result(watched: Watch, real: Watched) -> None:
    file = f"keys/small-1/{real.ballot}.key"
    assert attacks.remains(real.while_open[-1], real.secrets) >= {("K_box", file), ("K_iss p", file)}
    assert kept_keys(real) == set()
    assert file not in real.counted.files
    assert not [name for name in real.ended.files if name.startswith("keys/")], "nor the board's, at the end"
    assert kept_keys(watched("hoarding")) >= {("K_box", file), ("K_iss d", file)}
    assert kept_keys(watched("unlinking")) >= {("K_box", "linked.key"), ("K_iss q", "linked.key")}


def left_in_the_files(sitting: Watched) -> set[str]:
    """Files in which anything that lay in the box can still be found."""
    box = [row for row in rows(sitting.while_open[-1].database()) if row.table == "box"]
    sealed = {value.hex(): value for row in box for value in (row.values[2], row.values[3][:48])}
    assert len(sealed) == 2 * CASTS
    return {file for copy in sitting.after().values() for _, file in attacks.remains(copy, sealed)}


def test_what_was_sealed_is_gone_from_log_and_pages(watched: Watch, real: Watched) -> None:
    assert left_in_the_files(real) == set()
    assert left_in_the_files(watched("careless")) == {"session-day.db"}
    assert left_in_the_files(watched("untidy")) >= {"session-day.db-wal"}


def test_a_hand_back_has_no_name(real: Watched) -> None:
    """They lie open and come one by one, so their own order can be read; nothing of a member stands beside it."""
    backs = real.handed_back
    assert backs
    found = json.loads(real.record[f"ballots/{real.ballot}.json"])
    casts = [
        attacks.Cast(unb64(json.loads(u["body"])["pk"]), u["body"].encode(), unb64(u["rsa"]), unb64(u["sig"]))
        for u in found["unused"]
    ]
    published = attacks.Published(real.published().n, tuple(casts), real.published().issues)
    assert attacks.by_blinding(published) == {pk: set(real.collected) for pk in backs}
    for copy in [*real.while_issued, *real.while_open, real.counted]:
        for cast in casts:
            assert not [name for name, raw in copy.files.items() for mark in cast.prints() if mark in raw]


# What is shown


def test_no_screen_shows_how_a_ballot_divides(watched: Watch, real: Watched) -> None:
    def found(sitting: Watched) -> set[str]:
        shown = attacks.numbers(sitting.shown_while_open)
        return {
            place for mark in set(sitting.marks) for place in attacks.follows(shown, sitting.running(mark))
        }

    assert {frame.audience for frame in real.shown_while_open} == {
        "hall",
        "member",
        "console",
        "teller",
        "public",
    }
    assert found(real) == set()
    assert found(watched("loud")) == {f"hall.so_far.{mark}" for mark in ("for", "against", "abstain")}


def test_the_turnout_is_no_clock(watched: Watch, real: Watched) -> None:
    fastest = attacks.fastest(attacks.numbers(real.shown_while_open), CASTS)
    assert {"hall.slide.returned", "member.poll.returned", "console.poll.returned"} <= fastest.keys()
    assert min(fastest.values()) >= 2
    assert real.shown_at_once == [], "no ballot is shown by itself, not even by an empty frame"
    loud = watched("loud")
    assert min(attacks.fastest(attacks.numbers(loud.shown_while_open), CASTS).values()) < 1
    assert attacks.shown_at_each_cast(loud.shown_at_once, range(1, CASTS + 1)) == 1


def test_no_screen_shows_anything_of_a_single_ballot(real: Watched) -> None:
    shown = "\n".join(frame.text for frame in real.shown)
    assert not [
        mark for cast in real.published().casts for mark in cast.prints() if mark.decode("latin-1") in shown
    ]


def test_a_receipt_says_nothing_but_that_it_was_taken(real: Watched) -> None:
    """Whoever knows the ballot and the board's key can write it himself: it holds no time, no number, no chance."""
    [key] = [raw for name, raw in real.while_open[0].files.items() if name.endswith("BOARD.key")]
    board = Ed25519PrivateKey.from_private_bytes(key)
    entries = [json.loads(line) for line in real.record["board.jsonl"].splitlines()]
    [B] = [
        unb64(e["hash"])
        for e in entries
        if json.loads(e["text"])["kind"] == "ballot" and json.loads(e["text"])["ballot"] == real.ballot
    ]
    leaves = {cast.pk: cast.leaf for cast in real.published().casts}
    for pk, (leaf, sig) in zip(real.arrived, real.receipts, strict=True):
        assert leaf == leaves[pk]
        assert sig == board.sign(receipt_text(B, leaf))


# On the wire and in the logs of a real server


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> watched_server.Watched:
    return watched_server.watch(tmp_path_factory.mktemp("served"))


EACH_CAST = range(1, watched_server.CASTS + 1)


def test_the_sitting_was_served_as_it_should(served: watched_server.Watched) -> None:
    assert served.alarms == []
    assert {cast.pk for cast in served.published().casts} == set(served.arrived)
    paths = {talk.path.partition("?")[0] for talk in served.talks}
    assert paths >= {"/m", "/box", "/board", "/public.json", "/hall/live", "/console/live"}
    audiences = {
        json.loads(shown.text).get("audience") for shown in served.shown() if shown.text.startswith('{"type"')
    }
    assert audiences >= {"hall", "member", "console", "teller"}


SQL = "sqlalchemy"


@pytest.mark.parametrize("ours", [True, False], ids=["server", "sql"])
def test_no_log_line_mentions_the_box(served: watched_server.Watched, ours: bool) -> None:
    """At the lowest level of every logger.  SQL has a case of its own: its statements name tables, its rows values."""
    lines = [line for line in served.lines if line.logger.startswith(SQL) != ours]
    assert attacks.lines_on_the_box(lines, served.published().casts) == []
    assert attacks.lines_while_casting(lines, EACH_CAST) == []


def test_a_request_log_would_tell_every_ballot(tmp_path: Path) -> None:
    weak = watched_server.watch(tmp_path, around=LogsTheBox)
    lines = [line for line in weak.lines if not line.logger.startswith(SQL)]
    assert {line.text for line in attacks.lines_on_the_box(lines, [])} == {"websocket /box", "http /box"}
    assert {line.casts for line in attacks.lines_while_casting(lines, EACH_CAST)} == set(EACH_CAST)


def test_the_servers_own_log_would_tell_every_ballot(tmp_path: Path) -> None:
    def unmuted() -> None:
        logging.getLogger("uvicorn.error").filters.clear()

    weak = watched_server.watch(tmp_path, unmuted=unmuted)
    lines = [line for line in weak.lines if not line.logger.startswith(SQL)]
    found = attacks.lines_on_the_box(lines, weak.published().casts)
    assert any('"WebSocket /box" [accepted]' in line.text for line in found)
    by_socket = {cast for cast in EACH_CAST if cast % 3}
    assert {line.casts for line in attacks.lines_while_casting(found, EACH_CAST)} == by_socket


def test_nothing_is_sent_to_anybody_when_a_ballot_comes(served: watched_server.Watched) -> None:
    """The turnout goes out with the clock, which stood still."""
    during = [shown for shown in served.shown() if shown.casts in EACH_CAST]
    asked = [shown for shown in during if not shown.audience.startswith(("/board", "/public.json"))]
    assert asked == []
    numbers = attacks.numbers(during)
    assert not [
        p for mark in set(served.marks.values()) for p in attacks.follows(numbers, served.running(mark))
    ]
    assert not attacks.follows(numbers, range(watched_server.CASTS + 1))


def test_pages_are_the_same_bytes_while_ballots_come(served: watched_server.Watched) -> None:
    """Whoever asks again and again learns nothing from a page, its tag or any other line of its head."""
    for path in ("/board?from=0", "/public.json"):
        pages = [
            (re.sub(rb"date: [^\r]*\r\n", b"", talk.head), text)
            for talk in served.talks
            if talk.path == path
            for casts, text in talk.said()
            if casts in EACH_CAST
        ]
        assert len(pages) >= watched_server.CASTS
        assert len(set(pages)) == 1


def test_no_frame_to_anybody_holds_anything_of_a_ballot(served: watched_server.Watched) -> None:
    marks = [mark.decode("latin-1") for cast in served.published().casts for mark in cast.prints()]
    shown = [frame for frame in served.shown() if frame.audience != f"/board/{watched_server.BALLOT}"]
    assert not [(frame.audience, mark) for frame in shown for mark in marks if mark in frame.text]


def test_all_ballots_look_alike_on_their_way(served: watched_server.Watched) -> None:
    """Same heads, same lengths, whoever brings them and however they are marked; and nothing remains of the way."""
    prints = {cast.leaf for cast in served.published().casts}
    ways: dict[str, set[tuple[int, bytes, bytes, int]]] = {}
    for talk in served.talks:
        said = [json.loads(text) for _, text in talk.said()] if talk.path == "/box" else []
        if not said or unb64(said[0]["leaf"]) not in prints:
            continue
        assert [list(answer) for answer in said] == [["type", "leaf", "sig"]]
        heads = [bytes(talk.asked).partition(b"\r\n\r\n")[0], talk.head]
        asked, answered = (
            re.sub(rb"(?i)\r\n(sec-websocket-(key|accept)|date): [^\r]*", b"", head) for head in heads
        )
        assert not re.search(rb"(?i)cookie|origin:|user-agent|last-modified|etag", asked + answered)
        way = asked.split(b" ")[0].decode()
        ways.setdefault(way, set()).add(
            (len(talk.asked), asked, answered, sum(len(p) for _, p in talk.answered))
        )
    assert {way: len(kinds) for way, kinds in ways.items()} == {"GET": 1, "POST": 1}
