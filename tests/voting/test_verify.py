"""The verifier passes true records and names the one thing that was changed in every other."""

import ast
import json
import re
import struct
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.voting import forgeries_kinds, record_kinds
from tests.voting import record_maker as maker
from tests.voting.forgeries import CASES, FILE, FORGERS, one_open, one_secret, one_void, stuffed
from tests.voting.record_maker import (
    AGAIN,
    FOR,
    LATER,
    OPEN,
    SECRET,
    VOID,
    Record,
    Sitting,
    b64,
    unb64,
    write,
)
from voting import verify

Said = tuple[int, list[str]]


def check(path: Path, **how: Any) -> Said:
    lines: list[str] = []
    return verify.verify(path, out=lines.append, **how), lines


def pattern(key: str, lang: int = 0) -> str:
    return ".+".join(map(re.escape, re.split(r"\{\d\}", verify.SAID[key][lang])))


def assert_refused(said: Said, where: str, key: str) -> None:
    """The last line, and only that, names the place and says what the key stands for."""
    code, lines = said
    assert code == 1, lines
    assert re.fullmatch(f"DOES NOT HOLD: {re.escape(where)}[^:]*: {pattern(key)}", lines[-1]), lines[-1]
    assert not re.search("DOES NOT HOLD|ALL HOLDS", "".join(lines[:-1]))


def assert_unreadable(said: Said, key: str) -> None:
    code, lines = said
    assert code == 2
    assert len(lines) == 1
    assert re.fullmatch(pattern(key), lines[0])


# ---- True records --------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def whole() -> Record:
    return maker.whole_sitting()


@pytest.fixture(scope="session")
def secret() -> Record:
    return one_secret()


@pytest.fixture(scope="session")
def opened() -> Record:
    return one_open(names=True)


def test_a_true_record_holds(whole: Record, tmp_path: Path) -> None:
    code, lines = check(whole.save(tmp_path / "record.zip"))
    assert code == 0
    assert [line[0] for line in lines[:-1]] == sorted(line[0] for line in lines[:-1])
    assert {line[0] for line in lines[:-1]} == set("12345678")
    assert any(
        "NOT COMPARED with the hall: this record agrees with itself, no more" in line for line in lines
    )
    assert f"4 issues {SECRET}: 7 issued; 1 by devices the clerk bound, 2 by kiosks" in lines
    assert f"5 casts {SECRET}: 5 returned, 1 handed back unused, each on a credential" in lines
    assert any(line.startswith(f"6 bounds {SECRET}: issued - confirmed = 2: at most") for line in lines)
    assert any(line.startswith(f"6 bounds {SECRET}: missing 1: issued, neither") for line in lines)
    for counted in (
        f"{SECRET} N1: carried; valid 5; invalid 0; needed 5; counts for 5, against 0, abstain 0",
        f"{LATER} N2: not_carried; valid 3; invalid 1; needed 5; counts for 1, against 1, abstain 1",
        f"{OPEN} N1: not_carried; valid 3; invalid 0; needed 5; counts for 1, against 1, abstain 1",
    ):
        assert f"7 count {counted}" in lines
    assert any(line.startswith(f"7 count {VOID}: void: ") for line in lines)
    assert lines[-1] == "ALL HOLDS"


@pytest.fixture(scope="session")
def kinds() -> Record:
    return record_kinds.every_kind()


def test_a_true_record_of_every_kind_holds(kinds: Record, tmp_path: Path) -> None:
    code, lines = check(kinds.save(tmp_path / "record.zip"))
    assert code == 0, lines
    for counted in (
        f"7 count {record_kinds.SHEETS} grade: graded; valid 5; invalid 1; needed 5; "
        "counts 满意 2, 基本满意 2, 不满意 1; grade 不满意; rate 80.0",
        f"7 count {record_kinds.SHEETS} sheet: scored; valid 3; invalid 3; "
        "means 2 86.7, 1 70.2; overall 81.2; passed True",
        f"7 count {record_kinds.ELECTED}: counted again by the ruling of tellers 2, 3",
        f"7 count {record_kinds.SHOWN} N1: carried; valid 6; invalid 0; needed 5; "
        "counts for 5, against 1, abstain 0",
        f"5 hands {record_kinds.SHOWN}: typed in by tellers 3; there are no papers to check",
        f"6 bounds {record_kinds.SHOWN}: 6 returned of 7",
    ):
        assert counted in lines, lines
    elected = [line for line in lines if line.startswith(f"7 count {record_kinds.ELECTED} ")]
    assert len(elected) == 1
    assert "votes 孟银杏 2, 柳合欢 0, 樊苍兰 3;" in elected[0]


def test_tellers_may_rule_before_the_hand_back_is_over(tmp_path: Path) -> None:
    sitting, roll = record_kinds.a_sitting()
    record_kinds.election(sitting, roll)
    sitting.ruling(record_kinds.ELECTED, [record_kinds.RULING], {"by-election": record_kinds.RULED})
    entries = sitting.end().entries
    entries.insert(5, entries.pop(7))
    assert [body["kind"] for body in entries[4:8]] == ["result", "ruling", "unused", "checked"]
    assert check(sitting.record.save(tmp_path / "record.zip"))[0] == 0


def test_score_sheets_and_hands_may_be_withheld(tmp_path: Path) -> None:
    sitting, roll = record_kinds.a_sitting()
    record_kinds.sheets(sitting, roll, withhold=True)
    record_kinds.hands(sitting, roll, withhold=True)
    record = sitting.end()
    maker.withhold(record, record_kinds.SHEETS)
    record.files[f"ballots/{record_kinds.SHOWN}.json"] = {"paper": None, "salt": None}
    code, lines = check(record.save(tmp_path / "record.zip"))
    assert code == 0, lines
    for ballot in (record_kinds.SHEETS, record_kinds.SHOWN):
        assert f"7 count {ballot}: NOT RECOUNTED, withheld; the full record has its papers" in lines


def test_in_chinese(whole: Record, tmp_path: Path) -> None:
    code, lines = check(whole.save(tmp_path / "record.zip"), lang="zh")
    assert (code, lines[-1]) == (0, "全部核验通过")
    whole = whole.copy()
    whole.entries[-1]["kind"] = "ended"
    code, lines = check(whole.save(tmp_path / "record.zip"), lang="zh")
    assert (code, lines[-1]) == (
        1,
        "核验不通过：board.jsonl entry 23：不是记录格式规定的唯一形式",
    )


def test_each_sentence_is_said_in_two_languages_with_the_same_data() -> None:
    assert len(verify.SAID) == len(verify.SENTENCES.splitlines())
    for key, said in verify.SAID.items():
        english, chinese = said
        assert set(re.findall(r"\{\d\}", english)) == set(re.findall(r"\{\d\}", chinese)), key


@pytest.mark.parametrize("seq", [2, 24 - 1], ids=["a ballot's entry", "the last entry"])
def test_the_head_in_any_spelling(whole: Record, tmp_path: Path, seq: int) -> None:
    path = whole.save(tmp_path / "record.zip")
    code = maker.code(whole.hash(seq))
    said = "2-last" if seq == 23 else "2-ballot"
    for head in (
        code,
        code.lower(),
        code.replace("-", ""),
        f" {code.replace('-', ' ')} ",
        whole.hash(seq).hex(),
        whole.hash(seq).hex().upper(),
    ):
        found, lines = check(path, head=head)
        assert found == 0
        assert re.fullmatch(pattern(said), lines[1])


def test_a_public_record_withholds_what_was_not_carried(whole: Record, tmp_path: Path) -> None:
    public_record = whole.copy()
    maker.withhold(public_record, LATER)
    public_record.ballot_file(LATER)["casts"].sort(key=unb64)
    code, lines = check(public_record.save(tmp_path / "record.zip"))
    assert code == 0
    assert f"7 count {LATER}: NOT RECOUNTED, withheld; the full record has its papers" in lines
    assert not [line for line in lines if line.startswith(f"7 count {LATER} N")]


def test_an_open_vote_may_be_withheld(tmp_path: Path) -> None:
    record = one_open(withhold=True)
    votes, B = record.ballot_file(OPEN)["open"], record.hash(2)
    leaves = sorted(
        maker.sha256(
            b"session-day-open-v1\n" + B + f"{vote['member']}\n{vote['body']}".encode(), unb64(vote["sig"])
        )
        for vote in votes
    )
    record.files[f"ballots/{OPEN}.json"] = {"paper": None, "salt": None, "open": [*map(b64, leaves)]}
    assert check(record.save(tmp_path / "record.zip"))[0] == 0


def test_an_unfinished_record(tmp_path: Path) -> None:
    running = maker.whole_sitting(finished=False)
    path = running.save(tmp_path / "record.zip")
    assert_refused(check(path), "board.jsonl entry 22", "no-end")
    assert check(path, unfinished=True)[0] == 0
    # The board after each entry of its ballots is a record of its own.
    for length in range(2, len(running.entries)):
        part = Record(running.key, running.entries[:length])
        ended = {body["ballot"]: body for body in part.entries if body["kind"] in ("result", "void")}
        done = {(body["kind"], body.get("ballot")) for body in part.entries}
        for ballot in ended:
            file = part.files[f"ballots/{ballot}.json"] = dict(running.ballot_file(ballot))
            for kind in ("unused", "checked"):
                if kind in file and (kind, ballot) not in done:
                    file[kind] = []
        code, lines = check(part.save(tmp_path / "part.zip"), unfinished=True)
        assert code == 0, lines
        assert any(line.startswith("1 board: NOT FINISHED") for line in lines)


def test_my_leaf(whole: Record, tmp_path: Path) -> None:
    path = whole.save(tmp_path / "record.zip")
    mine = tmp_path / "mine"
    cast, handed = (maker.leaf(whole.ballot_file(SECRET)[key][0]).hex() for key in ("casts", "unused"))
    for text in (
        cast,
        f"{cast.upper()}\n",
        write({"ballot": SECRET, "leaf": cast}),
        f"{write({'ballot': SECRET, 'leaf': cast})}\n\n{write({'ballot': SECRET, 'leaf': handed, 'sig': 1})}\n",
    ):
        mine.write_text(text)
        assert check(path, mine=mine)[0] == 0
    for text, name in (
        (cast[:-1] + ("0" if cast[-1] != "0" else "1"), "-"),
        (write({"ballot": LATER, "leaf": cast}), LATER),
        (write({"ballot": VOID, "leaf": cast}), VOID),
        (write({"ballot": "unknown", "leaf": cast}), "unknown"),
    ):
        mine.write_text(text)
        assert_refused(check(path, mine=mine), "--mine", "not-mine")
        assert check(path, mine=mine)[1][-1].endswith(f"list of {name}")
    for text in (cast[:-1], "[" * 100_000, '{"leaf":1}', "{}", '{"ballot":"x"}\n7', "nothing", "\udc80"):
        mine.write_text(text, errors="surrogateescape")
        assert_unreadable(check(path, mine=mine), "no-mine")
    assert_unreadable(check(path, mine=tmp_path / "none"), "no-mine")


def test_devices_that_change_and_members_who_come_and_go(tmp_path: Path) -> None:
    sitting = Sitting(all_members=7, kiosk=(6,))
    first = sitting.roll([1, 2, 3, 4, 5, 6])
    sitting.rebind(2)
    sitting.rebind(2)
    second = sitting.roll([1, 2, 3, 4, 5, 7], since=first, lines=[2, 7])
    sitting.secret_ballot(SECRET, second, {1: FOR, 2: FOR, 7: FOR})
    third = sitting.roll([1, 2, 3, 4, 5, 6, 7])
    sitting.secret_ballot(LATER, third, {1: FOR, 2: FOR, 6: FOR})
    assert check(sitting.end().save(tmp_path / "record.zip"))[0] == 0


def test_it_stands_alone(whole: Record, tmp_path: Path) -> None:
    path = whole.save(tmp_path / "record.zip")
    assert verify.__file__ is not None
    source = Path(verify.__file__).read_text("utf-8")
    imported = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(source))
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported - sys.stdlib_module_names == {"cryptography"}
    alone = tmp_path / "elsewhere" / "check.py"
    alone.parent.mkdir()
    alone.write_text(source, "utf-8")
    # Chinese on a terminal that knows only ASCII must not stop it.
    for lang in ("en", "zh"):
        ran = subprocess.run(
            [sys.executable, alone, path, "--lang", lang],
            capture_output=True,
            text=True,
            check=False,
            env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"},
        )
        assert (ran.returncode, ran.stderr) == (0, "")


def test_the_command(whole: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = whole.save(tmp_path / "record.zip")
    assert verify.main([str(path), "--head", maker.code(whole.hash())]) == 0
    assert capsys.readouterr().out.endswith("\nALL HOLDS\n")
    assert verify.main([str(path), "--head", "AAAA-AAAA-AAAA-AAAA", "--unfinished", "--lang", "zh"]) == 1
    assert verify.main([str(tmp_path)]) == 2


# ---- One thing changed: tests/voting/forgeries.py has the changes ----


@pytest.fixture(scope="session")
def void() -> Record:
    return one_void()


def test_every_change_is_named(
    whole: Record,
    kinds: Record,
    secret: Record,
    opened: Record,
    void: Record,
    tmp_path: Path,
    subtests: pytest.Subtests,
) -> None:
    assert forgeries_kinds.__doc__  # its changes are among the cases
    records = {
        "kinds": kinds,
        "whole": whole,
        "secret": secret,
        "open": opened,
        "void": void,
        "": Record(whole.key),
    }
    for record, name, where, key in CASES:
        with subtests.test(name):
            copy = records[record].copy()
            found = FORGERS[name](copy)
            changed = found if isinstance(found, Record) else copy
            path = changed.save(tmp_path / "record.zip")
            # By hash, because a code takes a while.
            assert_refused(check(path, head=changed.hash().hex()), where, key)


def test_every_sentence_of_refusal_was_seen() -> None:
    here = Path(__file__).read_text("utf-8")
    seen = {key for *_, key in CASES} | {key for key in verify.SAID if here.count(f'"{key}"') > 0}
    said = {key for key in verify.SAID if not key[0].isdigit()}
    assert said - seen == {"broken", "holds"} - seen


def test_a_ballot_added_in_the_place_of_a_lost_one_lies_within_the_bound(tmp_path: Path) -> None:
    """What no verifier can see, it must bound: missing is 0, and issued - confirmed is not."""
    code, lines = check(stuffed(confirm=True).save(tmp_path / "record.zip"))
    assert code == 0
    assert any(line.startswith(f"6 bounds {SECRET}: issued - confirmed = 1: at most") for line in lines)
    assert any(line.startswith(f"6 bounds {SECRET}: missing 0: ") for line in lines)


# ---- Without the board's key: the file itself tampered with ---------------------------------------------------


def board_of(record: Record) -> list[str]:
    return record.unpacked()["board.jsonl"].decode().splitlines()


def with_board(record: Record, path: Path, lines: list[str], ending: str = "\n") -> Path:
    board = "\n".join(lines) + ending
    return maker.pack(path, (record.unpacked() | {"board.jsonl": board.encode()}).items())


def edited(line: str, **fields: Any) -> str:
    return write(json.loads(line) | fields)


def renumbered(lines: list[str]) -> list[str]:
    return [edited(line, seq=seq) for seq, line in enumerate(lines)]


def test_entries_dropped_swapped_or_edited(whole: Record, tmp_path: Path) -> None:
    lines = board_of(whole)
    path = tmp_path / "record.zip"

    def refused(changed: list[str], seq: int, key: str, where: str = "") -> None:
        said = check(with_board(whole, path, changed))
        assert_refused(said, f"board.jsonl entry {seq}{where}", key)

    refused(lines[:5] + lines[6:], 5, "seq")
    refused(renumbered(lines[:5] + lines[6:]), 5, "prev")
    refused(renumbered([*lines[:5], lines[6], lines[5], *lines[7:]]), 5, "prev")
    refused(renumbered([*lines[:5], lines[5], *lines[5:]]), 6, "prev")
    refused(lines[:-1], 22, "no-end")
    text = json.loads(lines[1])["text"]
    refused([lines[0], edited(lines[1], text=text.replace("委员1", "委员2")), *lines[2:]], 1, "hash")
    refused([lines[0], edited(lines[1], hash=b64(bytes(32))), *lines[2:]], 1, "hash")
    refused([lines[0], edited(lines[1], sig=json.loads(lines[2])["sig"]), *lines[2:]], 1, "board-sig")
    refused([lines[0], edited(lines[1], sig=b64(bytes(63))), *lines[2:]], 1, "form", " sig")
    refused([lines[0], edited(lines[1], more=1), *lines[2:]], 1, "form")
    refused([lines[0], edited(lines[1], seq=True), *lines[2:]], 1, "form", " seq")
    refused([lines[0], edited(lines[1], seq=1.0), *lines[2:]], 1, "form", " seq")
    refused([lines[0], lines[1].replace(":1,", ": 1,"), *lines[2:]], 1, "form")
    refused([lines[0], lines[1].replace('"seq":1,', '"seq":1,"seq":1,'), *lines[2:]], 1, "form")
    refused([lines[0], lines[1].replace('"seq":1,', '"seq":1e0,'), *lines[2:]], 1, "form")
    refused([lines[0], lines[1].replace('"seq":1,', '"seq":' + "1" * 9999 + ","), *lines[2:]], 1, "form")
    refused([lines[0], lines[1].replace("委", "\\u59d4", 1), *lines[2:]], 1, "form")
    refused([lines[0], lines[1].replace("委", "\\ud800", 1), *lines[2:]], 1, "form")
    refused([lines[0], "[" * 100_000, *lines[2:]], 1, "form")
    refused([lines[0], '{"seq":' * 100_000, *lines[2:]], 1, "form")
    refused([*lines, ""], 24, "form")
    for ending in ("", " ", "\r\n"):
        said = check(with_board(whole, path, lines, ending))
        assert_refused(said, "board.jsonl", "form")


def test_text_that_is_no_canonical_json(whole: Record, tmp_path: Path) -> None:
    """The board's key signs text that can be written in two ways."""

    def chained(text: str) -> Path:
        lines = board_of(whole)[:1]
        prev = whole.hash(0)
        digest = maker.sha256(prev, text.encode())
        sig = b64(whole.key.sign(b"session-day-board-v1\n" + digest))
        lines.append(write({"seq": 1, "text": text, "prev": b64(prev), "hash": b64(digest), "sig": sig}))
        return with_board(whole, tmp_path / "record.zip", lines)

    for text in (
        '{"kind": "end"}',
        '{"kind":"end","kind":"end"}',
        '{"kind":"\\u0065nd"}',
        '"end"',
        "NaN",
        "",
    ):
        assert_refused(check(chained(text)), "board.jsonl entry 1", "form")
    for text in ("[" * 100_000, '{"kind":' * 100_000, '{"kind":["end"]}', "9" * 9999, '{"kind":1e999}'):
        assert_refused(check(chained(text)), "board.jsonl entry 1", "form")


def test_a_board_key_of_small_order(whole: Record, tmp_path: Path) -> None:
    for key in (bytes(32), b"\x01" + bytes(31), bytes([0xEE]) + b"\xff" * 30 + b"\x7f"):
        record = whole.copy()
        record.entries[0]["key"] = b64(key)
        assert_refused(check(record.save(tmp_path / "record.zip")), "board.jsonl entry 0 key", "form")


def test_the_small_order_points_are_those() -> None:
    """y of every point whose order divides 8, found by the curve's equation and by doubling."""
    p = 2**255 - 19
    d = -121665 * pow(121666, -1, p) % p

    def twice(point: tuple[int, int]) -> tuple[int, int]:
        x, y = point
        k = d * x * x * y * y
        return 2 * x * y * pow(1 + k, -1, p) % p, (y * y + x * x) * pow(1 - k, -1, p) % p

    for y in verify.SMALL_ORDER:
        square = (y * y - 1) * pow(d * y * y + 1, -1, p) % p
        x = pow(square, (p + 3) // 8, p)
        x = x if x * x % p == square else x * pow(2, (p - 1) // 4, p) % p
        assert x * x % p == square
        assert twice(twice(twice((x, y)))) == (0, 1)
    # Points by y and -y: 1 and -1 with one x each, 0 and the two of order 8 with two.
    assert len(verify.SMALL_ORDER) == 5
    assert {p - y if y else 0 for y in verify.SMALL_ORDER} == verify.SMALL_ORDER


def test_another_code_than_the_halls(whole: Record, tmp_path: Path) -> None:
    path = whole.save(tmp_path / "record.zip")
    for head in ("AAAA-AAAA-AAAA-AAAA", "0" * 64, maker.code(whole.hash(1)), whole.hash(1).hex()):
        assert_refused(check(path, head=head), "--head", "not-hall")
    code = maker.code(whole.hash())
    for head in ("", code[:-1], code + "A", code.replace(code[0], "1"), "g" * 64, "0" * 63, "会场"):
        assert_refused(check(path, head=head), "--head", "head-form")


def test_a_record_written_anew_is_not_the_halls(whole: Record, tmp_path: Path) -> None:
    """A forger with every key of the server, and with devices of his own for all: only the code shows it."""
    path = maker.whole_sitting().save(tmp_path / "record.zip")
    assert check(path)[0] == 0
    assert_refused(check(path, head=maker.code(whole.hash())), "--head", "not-hall")


# ---- The archive ---------------------------------------------------------------------------------------------


def test_names_twice(whole: Record, tmp_path: Path) -> None:
    files = [*whole.unpacked().items()]
    for doubled in ("board.jsonl", FILE):
        with pytest.warns(UserWarning, match="Duplicate name"):
            path = maker.pack(tmp_path / "record.zip", [*files, (doubled, whole.unpacked()[doubled])])
        assert_refused(check(path), doubled, "name-twice")
    # zipfile ends a name at its first NUL.
    path = maker.pack(tmp_path / "record.zip", [*files, ("board.jsonX", b"")])
    path.write_bytes(path.read_bytes().replace(b"board.jsonX", b"board.json\0"))
    assert_refused(check(path), r"'board.json\x00'", "file-more")


def test_not_a_record(whole: Record, tmp_path: Path) -> None:
    path = tmp_path / "record.zip"
    files = whole.unpacked()
    whole.save(path)
    content = path.read_bytes()
    for cut in (0, 1, 21, 22, len(content) // 2, len(content) - 1):
        path.write_bytes(content[:cut])
        assert_unreadable(check(path), "no-zip")
    path.write_text("no zip at all")
    assert_unreadable(check(path), "no-zip")
    assert_unreadable(check(tmp_path), "no-zip")
    assert_unreadable(check(tmp_path / "none"), "no-zip")
    assert_unreadable(check(Path("\0")), "no-zip")
    maker.pack(path, [(name, text) for name, text in files.items() if name != "board.jsonl"])
    assert_unreadable(check(path), "no-board")
    start = files["board.jsonl"].decode().splitlines()[0]
    for line in (
        "",
        "7",
        "[]",
        '{"text":7}',
        '{"text":"7"}',
        '{"text":"[]"}',
        "[" * 100_000,
        start.replace("session-day-record/1", "session-day-record/2"),
        start.replace("start", "begin"),
    ):
        maker.pack(path, (files | {"board.jsonl": f"{line}\n".encode()}).items())
        assert_unreadable(check(path), "no-start")


def test_a_zip_bomb(whole: Record, tmp_path: Path) -> None:
    path = tmp_path / "record.zip"
    maker.pack(path, [*whole.unpacked().items(), ("zeros", bytes(verify.LIMIT))])
    assert path.stat().st_size < 2**20
    assert_unreadable(check(path), "too-large")
    with path.open("wb") as sparse:
        sparse.truncate(verify.LIMIT + 1)
        sparse.seek(0, 2)
        with zipfile.ZipFile(sparse, "a") as archive:
            archive.writestr("board.jsonl", "")
    assert_unreadable(check(path), "too-large")


def test_a_zip_bomb_that_lies_about_its_size(whole: Record, tmp_path: Path) -> None:
    path = maker.pack(tmp_path / "record.zip", [("board.jsonl", bytes(verify.LIMIT // 2))])
    content = path.read_bytes()
    path.write_bytes(content.replace(struct.pack("<I", verify.LIMIT // 2), struct.pack("<I", 5)))
    tracemalloc.start()
    assert_refused(check(path), "board.jsonl", "damaged")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**24


def test_a_damaged_file(whole: Record, tmp_path: Path) -> None:
    path = maker.pack(tmp_path / "record.zip", whole.unpacked().items(), zipfile.ZIP_STORED)
    content = path.read_bytes()
    at = content.index(b'"casts"')
    path.write_bytes(content[:at] + b'"Casts"' + content[at + 7 :])
    assert_refused(check(path), FILE, "damaged")
    for odd in (b"\xff", b"\xed\xa0\x80", b"\xc0\xaf"):
        maker.pack(path, (whole.unpacked() | {FILE: odd}).items())
        assert_refused(check(path), FILE, "damaged")
    maker.pack(path, (whole.unpacked() | {FILE: b"\xef\xbb\xbf" + whole.unpacked()[FILE]}).items())
    assert_refused(check(path), FILE, "form")


def test_a_fault_of_the_program_is_no_pass(whole: Record, tmp_path: Path) -> None:
    broken: Any = 7
    assert_refused(
        check(whole.save(tmp_path / "record.zip"), head=broken), str(tmp_path / "record.zip"), "stopped"
    )


# ---- Fuzz ----------------------------------------------------------------------------------------------------

FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def unpacked(path: Path) -> dict[str, bytes] | None:
    try:
        with zipfile.ZipFile(path) as archive:
            return {one.orig_filename: archive.read(one) for one in archive.infolist()}
    except Exception:
        return None


@pytest.fixture(scope="session")
def bytes_of(whole: Record, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    folder = tmp_path_factory.mktemp("fuzz")
    stored = maker.pack(folder / "stored.zip", whole.unpacked().items(), zipfile.ZIP_STORED)
    return stored.read_bytes(), whole.save(folder / "packed.zip").read_bytes()


@FUZZ
@given(data=st.data())
def test_flipped_bytes_of_the_archive(
    data: st.DataObject, bytes_of: tuple[bytes, bytes], whole: Record, tmp_path: Path
) -> None:
    content = bytearray(data.draw(st.sampled_from(bytes_of)))
    # Half of the flips where the archive keeps its own records: at its end.
    spots = st.integers(0, len(content) - 1) | st.integers(len(content) - 600, len(content) - 1)
    for spot in data.draw(st.lists(spots, min_size=1, max_size=3)):
        content[spot] ^= data.draw(st.integers(1, 255))
    path = tmp_path / "record.zip"
    path.write_bytes(content)
    code, lines = check(path, head=whole.hash().hex())
    assert code in (0, 1, 2)
    assert not re.search(pattern("stopped"), lines[-1])
    if code == 0:
        assert unpacked(path) == whole.unpacked()


@FUZZ
@given(data=st.data())
def test_flipped_bytes_of_the_content(data: st.DataObject, whole: Record, tmp_path: Path) -> None:
    files = whole.unpacked()
    name = data.draw(st.sampled_from(sorted(files)))
    content = bytearray(files[name])
    spot = data.draw(st.integers(0, len(content) - 1))
    content[spot] = data.draw(st.sampled_from(b' "\\{}[],:0919aAzZ-_\n\r\t\0\x80\xff') | st.integers(0, 255))
    changed = files | {name: bytes(content)}
    code, lines = check(maker.pack(tmp_path / "record.zip", changed.items()), head=whole.hash().hex())
    assert not re.search(pattern("stopped"), lines[-1])
    assert (code == 0) == (changed == files), lines


ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(
        ["", "A" * 43, "A" * 86, "A" * 342, "for", "void", SECRET, AGAIN, "end", "roll", "1/2", 0, 1]
    ),
    st.just([]),
    st.just({}),
    st.lists(st.integers(0, 9), max_size=3),
)


def mutated(value: Any, data: st.DataObject) -> Any:
    """`value` with one odd thing somewhere in it."""
    if isinstance(value, dict | list) and value and data.draw(st.integers(0, 9)):
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        key = data.draw(st.sampled_from(keys))
        changed = value.copy()
        match data.draw(st.sampled_from(["into"] * 8 + ["without", "twice"])):
            case "into":
                changed[key] = mutated(value[key], data)
            case "without":
                del changed[key]
            case "twice" if isinstance(changed, list):
                changed.insert(key, value[key])
        return changed
    return data.draw(ODD)


@FUZZ
@given(data=st.data())
def test_a_forger_who_writes_odd_things(
    data: st.DataObject, whole: Record, kinds: Record, secret: Record, opened: Record, tmp_path: Path
) -> None:
    """Chain and archive are good, and in them lies anything: never a traceback, always one line."""
    record = data.draw(st.sampled_from([whole, kinds, secret, opened])).copy()
    if data.draw(st.booleans()):
        seq = data.draw(st.integers(0, len(record.entries) - 1))
        record.entries[seq] = mutated(record.entries[seq], data)
    else:
        name = data.draw(st.sampled_from(sorted(record.files)))
        record.files[name] = mutated(record.files[name], data)
    code, lines = check(record.save(tmp_path / "record.zip"), unfinished=True)
    assert code in (0, 1, 2)
    assert not re.search(pattern("stopped"), lines[-1]), lines[-1]
