"""The personal cards: each opens the sitting to its member, and the page needs nothing but a printer."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.join import make_cards
from meeting.cli import app
from meeting.console.cards import NoPublicUrl, address, page
from meeting.demo import BAILU
from meeting.office.sitting_file import read_sitting
from tests.meeting.order.small_sitting import small_plan
from voting.database import open_engine

KEY = bytes(range(32))


def test_without_an_address_no_card_is_made() -> None:
    with pytest.raises(NoPublicUrl):
        page(small_plan(), {n: "A" * 16 for n in range(1, 8)}, KEY, " ")


def test_the_code_is_all_capitals_but_for_the_key() -> None:
    text = address("https://vote.example.org", "ABCDEFGHIJKLMNOP", KEY)
    assert text.startswith("HTTPS://VOTE.EXAMPLE.ORG/J/ABCDEFGHIJKLMNOP#k=AAEC")
    assert address("https://example.org/Saal", "ABCD", KEY).startswith("HTTPS://EXAMPLE.ORG/Saal/j/ABCD#k=")


def test_the_page_has_a_card_for_everybody_and_no_script() -> None:
    plan = read_sitting(BAILU).plan
    codes = {
        int(member.number): f"{member.number:02}".translate(str.maketrans("0123456789", "ABCDEFGHIJ")) * 8
        for member in plan.members
    }
    text = page(plan, codes, KEY, "https://vote.example.org/")
    assert text.count("<article>") == 31
    assert text.count("<svg") == 31
    assert "段朔望" in text
    assert "DADA DADA DADA DADA" in text
    assert "<script" not in text
    assert not re.search(r'(?:src|href)="', text), "nothing is fetched"
    assert "https://vote.example.org，" in text


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SESSION_DAY_PUBLIC_URL", raising=False)
    data, out = str(tmp_path / "data"), tmp_path / "cards.html"
    runner = CliRunner()
    assert runner.invoke(app, ["load", str(BAILU), "--data", data]).exit_code == 0
    refused = runner.invoke(app, ["cards", str(BAILU), "--data", data, "-o", str(out)])
    assert isinstance(refused.exception, NoPublicUrl)
    assert not out.exists()
    arguments = [
        "cards",
        str(BAILU),
        "--data",
        data,
        "-o",
        str(out),
        "--public-url",
        "https://vote.example.org",
    ]
    assert runner.invoke(app, arguments).exit_code == 0
    assert os.stat(out).st_mode & 0o077 == 0, "whoever reads it can vote"
    engine = open_engine(tmp_path / "data")
    with engine.connect() as conn:
        codes = make_cards(conn, "bailu-sc-18-26", [2])
    engine.dispose()
    assert " ".join(codes[2][at : at + 4] for at in (0, 4, 8, 12)) in out.read_text("utf-8")
