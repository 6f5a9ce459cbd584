"""The key folder: durable before it is referred to, overwritten before it is removed."""

import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting.credential import IssuingKey
from voting.keys import BallotKeys, IssuingKeys, KeyFolder


@pytest.fixture
def folder(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path, "s-1")


def test_a_ballot_s_keys_come_back_until_they_are_destroyed(folder: KeyFolder) -> None:
    assert folder.ballots() == frozenset()
    keys = BallotKeys.fresh(IssuingKey.generate())
    folder.keep_ballot("b-1", keys)
    assert folder.ballot("b-1") == keys
    assert folder.ballots() == {"b-1"}
    with pytest.raises(FileExistsError):
        folder.keep_ballot("b-1", keys)
    folder.destroy_ballot("b-1")
    folder.destroy_ballot("b-1")
    assert folder.ballots() == frozenset()
    with pytest.raises(FileNotFoundError):
        folder.ballot("b-1")


def test_the_board_s_key_is_no_ballot_s(folder: KeyFolder) -> None:
    key = Ed25519PrivateKey.generate()
    folder.keep_board(key)
    assert folder.board().private_bytes_raw() == key.private_bytes_raw()
    assert folder.ballots() == frozenset()
    folder.destroy_board()
    folder.destroy_board()
    with pytest.raises(FileNotFoundError):
        folder.board()


def test_nobody_else_may_read(folder: KeyFolder) -> None:
    folder.keep_board(Ed25519PrivateKey.generate())
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    (file,) = folder.path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_destroyed_key_is_overwritten_first(folder: KeyFolder) -> None:
    keys = BallotKeys.fresh(IssuingKey.generate())
    folder.keep_ballot("b-1", keys)
    witness = folder.path / "witness"
    os.link(folder.path / "b-1.key", witness)  # another name for the same bytes on the disk
    before = witness.read_bytes()
    folder.destroy_ballot("b-1")
    after = witness.read_bytes()
    assert len(after) == len(before)
    assert keys.k_box not in after
    assert before[:64] not in after


def test_keys_do_not_show_themselves() -> None:
    assert "k_box" not in repr(BallotKeys.fresh(IssuingKey.generate()))


def test_issuing_keys_are_given_once() -> None:
    pool = IssuingKeys(ready=2)
    pool.fill()
    pool.fill()
    given = {pool.take().n_bytes for _ in range(3)}
    assert len(given) == 3
