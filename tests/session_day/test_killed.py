"""The server dies, again and again, while members vote.  Nothing that was acknowledged is lost."""

from __future__ import annotations

import json
import random
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from meeting.demo import BAILU
from voting.verify import main as verify

KILLS = 12
SESSION_DAY = [sys.executable, "-m", "meeting"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A server process that can be killed like a machine whose power fails."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes]
        self.start()

    def start(self) -> None:
        command = [*SESSION_DAY, "serve", str(BAILU), "--port", str(self.port), "--data", str(self.data)]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE)
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        assert line.startswith(b"session-day: bailu"), line

    def answers(self) -> None:
        """Return as soon as the public page is there."""
        deadline = time.monotonic() + 20
        while True:
            try:
                with urlopen(f"{self.url}/public.json", timeout=5):
                    return
            except OSError:
                assert time.monotonic() < deadline, "the server did not come back"

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        assert self.process.stderr is not None
        self.process.stderr.close()


@contextmanager
def served(data: Path) -> Iterator[Server]:
    server = Server(data)
    try:
        yield server
    finally:
        server.kill()


def test_killed_again_and_again(tmp_path: Path) -> None:
    data, receipts, record = tmp_path / "data", tmp_path / "receipts.jsonl", tmp_path / "record.zip"
    chance = random.Random(1)
    with served(data) as server:
        server.answers()
        options = ["--url", server.url, "--data", data, "--receipts", receipts, "--record", record, "--json"]
        rehearsal = subprocess.Popen(
            [*SESSION_DAY, "rehearse", str(BAILU), *map(str, options)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        kills = 0
        while kills < KILLS:
            try:
                rehearsal.wait(chance.uniform(0.3, 2.5))
                break
            except subprocess.TimeoutExpired:
                server.kill()
                server.start()
                server.answers()
                kills += 1
        out, err = rehearsal.communicate(timeout=240)
    assert rehearsal.returncode == 0, err.decode()[-3000:]
    assert kills >= KILLS // 2, "the sitting was over before it was tried"

    results = {
        one["matter"] or one["item"]: one["result"] for one in json.loads(out)["results"] if one["result"]
    }
    assert results["N1"]["questions"]["N1"]["counts"] == {"for": 26, "against": 2, "abstain": 1}
    assert results["N3"]["questions"]["N3"]["counts"] == {"for": 27, "against": 0, "abstain": 2}
    assert verify([str(record)]) == 0
    _every_receipt_is_in_the_record(receipts, record)
    replay = subprocess.run([*SESSION_DAY, "replay", "--data", str(data)], capture_output=True, check=False)
    assert replay.returncode == 0, replay.stderr


def _every_receipt_is_in_the_record(receipts: Path, record: Path) -> None:
    import hashlib

    from voting.signed import unb64

    kept = [json.loads(line) for line in receipts.read_text().splitlines()]
    assert len([one for one in kept if one["ballot"].startswith("10-")]) >= 58
    with zipfile.ZipFile(record) as archive:
        for ballot in {one["ballot"] for one in kept if one["ballot"].startswith("10-")}:
            text = json.loads(archive.read(f"ballots/{ballot}.json"))
            leaves = {
                hashlib.sha256(one["body"].encode() + unb64(one["rsa"]) + unb64(one["sig"])).hexdigest()
                for one in text["casts"] + text["unused"]
            }
            assert {one["leaf"] for one in kept if one["ballot"] == ballot} <= leaves
