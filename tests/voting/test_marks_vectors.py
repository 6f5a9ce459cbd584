"""What may be marked on a paper of any kind, by the vectors that the phone's program reads too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from voting import body
from voting.body import OpenBody
from voting.errors import NotCanonical, WrongMarks
from voting.paper import Marks, parse_paper

PAPERS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "marks_vectors.json").read_text("utf-8"))[
    "papers"
]


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def taken(paper: str, marks: str) -> Marks:
    """Marks as they come to the box, in a body."""
    parsed = body.parse_open(f'{{"ballot":"1-item-1-member","marks":{marks}}}'.encode())
    assert isinstance(parsed, OpenBody)
    return parse_paper(paper).check(parsed.marks)


@pytest.mark.parametrize("vector", PAPERS, ids=lambda vector: str(vector["name"]))
def test_phone_and_server_mean_the_same_marks(vector: dict[str, Any]) -> None:
    paper = compact(vector["paper"])
    assert parse_paper(paper).text() == paper
    size = parse_paper(paper).size("1-item-1-member")
    for text in vector["canonical"]:
        marks = taken(paper, text)
        assert len(body.cast_body("1-item-1-member", bytes(32), 2**53 - 1, marks, size)) == size
    # The phone puts them in order; the box takes one order only.
    for one in vector["reordered"]:
        taken(paper, one["canonical"])
        with pytest.raises(WrongMarks):
            taken(paper, compact(one["marks"]))
    for marks in vector["refused"]:
        with pytest.raises((WrongMarks, NotCanonical)):
            taken(paper, compact(marks))
