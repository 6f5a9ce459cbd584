"""YAML as plain data with lines."""

from __future__ import annotations

from decimal import Decimal

import pytest

from meeting.office.problems import Code
from meeting.office.yaml_text import parse


def test_plain_data() -> None:
    document = parse("a: 1\nb: [true, null, 80.15, 2026-03-26, 09:00, no]\nc: {d: 0x10, e: 007}\n")
    assert document.data == {
        "a": 1,
        "b": [True, None, Decimal("80.15"), "2026-03-26", "09:00", "no"],
        "c": {"d": 16, "e": 7},
    }
    assert document.problems == ()


@pytest.mark.parametrize("text", [".inf", "-.inf", ".nan", "9" * 5000, "!!int many"])
def test_what_is_no_number_stays_text(text: str) -> None:
    assert isinstance(parse(f"a: {text}").data["a"], str)


def test_lines() -> None:
    lines = parse("a: 1\nb:\n  - x\n  - {c: 1,\n     d: 2}\n").lines
    assert [lines.of(path) for path in [("a",), ("b",), ("b", 0), ("b", 1), ("b", 1, "c"), ("b", 1, "d")]] == [
        1, 2, 3, 4, 4, 5,
    ]  # fmt: skip
    assert lines.of(("b", 1, "tag of a union", "d", "missing")) == 5


def test_first_of_a_double_key_holds() -> None:
    document = parse("a: 1\na: 2\na: 3\n")
    assert document.data == {"a": 1}
    assert [(one.line, one.code, one.data["first"]) for one in document.problems] == [
        (2, Code.DUPLICATE_KEY, 1),
        (3, Code.DUPLICATE_KEY, 1),
    ]


def test_text_with_a_comma_in_braces_is_one_text() -> None:
    document = parse("- {title: Deputy head, Party office, Bailu, name: 甲}\n- {优点: 熟悉业务, 作风扎实}\n")
    assert document.data == [
        {"title": "Deputy head, Party office, Bailu", "name": "甲"},
        {"优点": "熟悉业务, 作风扎实"},
    ]
    assert document.problems == ()


def test_empty_key_stays_a_key() -> None:
    assert parse("{name: 甲, group, role: x}").data == {"name": "甲", "group": None, "role": "x"}
    assert parse("{title: Deputy, Party office: , n: 1, Of it}").data == {
        "title": "Deputy",
        "Party office": None,
        "n": 1,
        "Of it": None,
    }
