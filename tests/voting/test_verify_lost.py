"""A void ballot whose key was lost, as the verifier sees it: said as it is, and only by a teller."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.voting.forgeries import one_secret, one_void
from tests.voting.record_maker import VOID, Record
from tests.voting.test_verify import assert_refused, check


def unopened(by: int | None, returned: int) -> Record:
    record = one_void(by=by, returned=returned)
    record.find("void")["cast_root"] = None
    return record


def test_a_ballot_that_nobody_could_open_is_said_to_be_so(tmp_path: Path) -> None:
    code, lines = check(unopened(3, 1).save(tmp_path / "record.zip"))
    assert code == 0, lines
    assert any(
        line.startswith(f"5 casts {VOID}: void; 1 returned, never opened since the key was lost")
        for line in lines
    )


def test_one_that_was_opened_says_nothing_of_a_key(tmp_path: Path) -> None:
    code, lines = check(one_void().save(tmp_path / "record.zip"))
    assert code == 0
    assert not any("key was lost" in line for line in lines)


@pytest.mark.parametrize("returned", [0, 1])
def test_nobody_calls_a_key_lost_without_a_teller(tmp_path: Path, returned: int) -> None:
    record = unopened(None, returned)
    said = check(record.save(tmp_path / "record.zip"))
    assert_refused(said, "board.jsonl entry 3", "void-by")


def test_a_result_has_its_root(tmp_path: Path) -> None:
    record = one_secret()
    before = record.copy()
    record.find("result")["cast_root"] = None
    record.relink(before)
    code, lines = check(record.save(tmp_path / "record.zip"))
    assert code == 1, lines
