"""COVERAGE.md says of every row of PROCEDURE.md Part 1, and of every counting vector, where it works or why not.

Names are looked up in the syntax of the test files, without importing them.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "COVERAGE.md"
ROWS, VECTORS = range(1, 178), range(1, 31)
LINE = re.compile(r"\| (V?)(\d+) \| ([^|]+) \| ([^|]+) \|")
NAME = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
SHORTEST_REASON = 12


class Line:
    def __init__(self, text: str) -> None:
        found = LINE.fullmatch(text)
        assert found is not None, f"not a line of the table: {text}"
        kind, number, self.asks, where = found.groups()
        self.number = int(number)
        self.is_vector = bool(kind)
        names, _, reason = where.partition("—")
        self.reason: str = reason.strip()
        self.tests = NAME.findall(names)
        self.rest = NAME.sub("", names).replace(",", "").strip()


@cache
def lines() -> tuple[Line, ...]:
    text = PAGE.read_text(encoding="utf-8").splitlines()
    return tuple(Line(line) for line in text if re.match(r"\| V?\d", line))


@cache
def names_in(path: str) -> frozenset[str]:
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(node.name for node in functions)


@pytest.mark.parametrize(("vectors", "wanted"), [(False, ROWS), (True, VECTORS)])
def test_no_row_is_missing_and_none_is_there_twice(vectors: bool, wanted: range) -> None:
    found = Counter(line.number for line in lines() if line.is_vector is vectors)
    assert sorted(set(wanted) - set(found)) == [], "missing"
    assert sorted(number for number, times in found.items() if times > 1) == [], "twice"
    assert sorted(set(found) - set(wanted)) == [], "unknown"


def test_rows_stand_in_their_order() -> None:
    assert [line.number for line in lines()] == [*ROWS, *VECTORS]


def test_every_row_names_tests_or_a_reason() -> None:
    for line in lines():
        assert line.asks.strip(), f"row {line.number} does not say what it asks"
        assert line.tests or len(line.reason) >= SHORTEST_REASON, f"row {line.number} says nothing"
        assert line.rest == "", f"row {line.number}: {line.rest!r} is neither a test nor behind a dash"


def test_every_test_that_is_named_exists() -> None:
    named = {(path, name) for line in lines() for path, name in line.tests}
    assert sorted(f"{path}::{name}" for path, name in named if name not in names_in(path)) == []


def test_every_vector_has_a_test_with_its_number() -> None:
    for line in lines():
        if line.is_vector:
            number = re.compile(rf"_v0?{line.number}(?=_|$)")
            assert line.tests, f"V{line.number} has no test"
            assert [name for _, name in line.tests if number.search(name) is None] == []
