"""The key folder of a sitting: the board's key and the sealed keys of the ballots that run.

It lies beside the database and outside its backups, because what is destroyed here must be nowhere else.  A key
is durable before anything refers to it, and is overwritten before it is removed.  Nothing here decides when.
"""

import os
import secrets
import threading
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting.credential import IssuingKey

_SUFFIX: Final = ".key"
# A capital, so that it cannot be the id of a ballot.
_BOARD: Final = "BOARD"
_K_BOX: Final = 32


@dataclass(frozen=True, slots=True)
class BallotKeys:
    """The two keys of a ballot while it runs."""

    k_box: bytes = field(repr=False)
    issuing: IssuingKey

    @classmethod
    def fresh(cls, issuing: IssuingKey) -> Self:
        return cls(secrets.token_bytes(_K_BOX), issuing)


class KeyFolder:
    """`DATA/keys/SITTING`; made when the first key is kept, readable by nobody else."""

    def __init__(self, data: Path, sitting: str) -> None:
        self.path = data / "keys" / sitting

    def keep_board(self, key: Ed25519PrivateKey) -> None:
        """Keep the board's key.  FileExistsError where there is one."""
        self._keep(_BOARD, key.private_bytes_raw())

    def board(self) -> Ed25519PrivateKey:
        """The board's key.  FileNotFoundError where it was destroyed or never made."""
        return Ed25519PrivateKey.from_private_bytes(self._read(_BOARD))

    def destroy_board(self) -> None:
        """May be repeated."""
        self._destroy(_BOARD)

    def keep_ballot(self, ballot: str, keys: BallotKeys) -> None:
        """Keep a ballot's keys; durable when this returns.  FileExistsError where there are some."""
        self._keep(ballot, keys.k_box + keys.issuing.to_bytes())

    def ballot(self, ballot: str) -> BallotKeys:
        """A ballot's keys.  FileNotFoundError where they were destroyed or never made."""
        raw = self._read(ballot)
        return BallotKeys(raw[:_K_BOX], IssuingKey.from_bytes(raw[_K_BOX:]))

    def destroy_ballot(self, ballot: str) -> None:
        """May be repeated."""
        self._destroy(ballot)

    def ballots(self) -> frozenset[str]:
        """The ballots whose keys lie here."""
        if not self.path.is_dir():
            return frozenset()
        names = {path.stem for path in self.path.iterdir() if path.suffix == _SUFFIX}
        return frozenset(names - {_BOARD})

    def _file(self, name: str) -> Path:
        return self.path / f"{name}{_SUFFIX}"

    def _read(self, name: str) -> bytes:
        return self._file(name).read_bytes()

    def _keep(self, name: str, raw: bytes) -> None:
        new = not self.path.is_dir()
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if new:
            _sync_folder(self.path.parent.parent)
            _sync_folder(self.path.parent)
        file = os.open(self._file(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            _write_whole(file, raw)
        finally:
            os.close(file)
        _sync_folder(self.path)

    def _destroy(self, name: str) -> None:
        path = self._file(name)
        try:
            file = os.open(path, os.O_WRONLY)
        except FileNotFoundError:
            return
        try:
            _write_whole(file, secrets.token_bytes(os.fstat(file).st_size))
        finally:
            os.close(file)
        path.unlink()
        _sync_folder(self.path)


def _write_whole(file: int, raw: bytes) -> None:
    rest = memoryview(raw)
    while rest:
        rest = rest[os.write(file, rest) :]
    os.fsync(file)


def _sync_folder(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class IssuingKeys:
    """Issuing keys made beforehand, so that preparing a ballot does not wait for one; they live in memory only."""

    def __init__(self, ready: int = 4) -> None:
        self._wanted = ready
        self._keys: deque[IssuingKey] = deque()
        self._lock = threading.Lock()

    def fill(self) -> None:
        """Make what is missing; call it in a thread of its own whenever there is time.  55 ms a key."""
        while len(self._keys) < self._wanted:
            key = IssuingKey.generate()
            with self._lock:
                if len(self._keys) < self._wanted:
                    self._keys.append(key)

    def take(self) -> IssuingKey:
        """A key that nobody else has or gets; made on the spot where none is ready."""
        with self._lock:
            if self._keys:
                return self._keys.popleft()
        return IssuingKey.generate()
