"""YAML text as plain data, with the line of every part.  It knows no sitting, and builds no object that a file names.

Only the composer of ruamel.yaml is used: it gives nodes with their marks, so that every double key can be reported
and not only the first.  Aliases are refused (a few lines of them grow without end), tags too.

One departure from YAML: in braces, `{title: Deputy head, Party office, name: …}` is for YAML three keys, the second
one empty.  People mean a text with a comma, so a bare part without a colon that cannot be a key of ours is taken as
the rest of the text before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from meeting.office.problems import Code, Problem, UnreadableSitting

_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Lines:
    """Where a part of the text stands: the line of its key, or of its first word when it is in a list."""

    line: int
    parts: Mapping[str | int, Lines] = field(default_factory=dict)

    def of(self, path: tuple[str | int, ...]) -> int:
        """The line of the part at `path`.

        Steps that are not there are passed over, so that a path as pydantic gives it (with the tags of its unions,
        or ending in a missing key) still finds the nearest line.
        """
        here = self
        for step in path:
            here = here.parts.get(step, here)
        return here.line


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML text says.  Numbers with a point are Decimals; dates are left as text."""

    data: Any
    lines: Lines
    problems: tuple[Problem, ...]


def parse(text: str) -> Document:
    """Raises UnreadableSitting where the text is no YAML."""
    try:
        return _document(YAML(typ="safe", pure=True).compose(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise UnreadableSitting("file-not-yaml", line=mark.line + 1 if mark else 1) from error
    except (YAMLError, ValueError) as error:
        # characters that YAML forbids carry a position instead of a mark; bad escapes are bare ValueErrors
        line = text.count("\n", 0, getattr(error, "position", None) or 0) + 1
        raise UnreadableSitting("file-not-yaml", line=line) from error
    except RecursionError as error:
        raise UnreadableSitting("file-too-deep") from error


def _document(root: Node | None) -> Document:
    if root is None:
        return Document(None, Lines(1), ())
    problems = list(_refused(root, set()))
    if any(problem.code is Code.ALIAS for problem in problems):
        return Document(None, Lines(1), tuple(problems))
    _join_texts(root)
    problems.extend(_keys(root))
    return Document(_data(root), _lines(root, root.start_mark.line + 1), tuple(problems))


def _refused(node: Node, seen: set[int]) -> Iterator[Problem]:
    """What YAML allows anywhere and a sitting file nowhere."""
    if id(node) in seen:
        return  # an alias; its anchor has been reported
    seen.add(id(node))
    line = node.start_mark.line + 1
    if node.anchor is not None:
        yield Problem(line, Code.ALIAS, {"name": node.anchor})
    if isinstance(node, ScalarNode):
        known: tuple[str, ...] = ("str", "int", "float", "bool", "null", "timestamp", "merge", "value")
    else:
        known = ("map",) if isinstance(node, MappingNode) else ("seq",)
    if node.tag not in {_TAG + name for name in known}:
        yield Problem(line, Code.TAG, {"tag": str(node.tag)})
    for part in _parts(node):
        yield from _refused(part, seen)


def _keys(node: Node) -> Iterator[Problem]:
    """Keys that are no text, and keys that occur twice."""
    if isinstance(node, MappingNode):
        first: dict[str, int] = {}
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, ScalarNode) or key.tag != _TAG + "str":
                yield Problem(
                    line, Code.KEY_NOT_TEXT, {"part": str(key.value) if isinstance(key, ScalarNode) else "?"}
                )
            elif key.value in first:
                yield Problem(line, Code.DUPLICATE_KEY, {"part": key.value, "first": first[key.value]})
            else:
                first[key.value] = line
    for part in _parts(node):
        yield from _keys(part)


def _join_texts(node: Node) -> None:
    """Give the rest of a text with commas back to the text (see above)."""
    if isinstance(node, MappingNode) and node.flow_style:
        entries: list[tuple[Node, Node]] = []
        for key, value in node.value:
            if entries and _is_rest(key, value) and _is_bare_text(entries[-1][1]):
                entries[-1][1].value += f", {key.value}"
            else:
                entries.append((key, value))
        node.value = entries
    for part in _parts(node):
        _join_texts(part)


def _is_rest(key: Node, value: Node) -> bool:
    no_colon = value.tag == _TAG + "null" and value.start_mark.index == key.end_mark.index
    return no_colon and isinstance(key, ScalarNode) and not re.fullmatch(r"[a-z][a-z0-9_]*", key.value)


def _is_bare_text(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.style and node.tag == _TAG + "str"


def _parts(node: Node) -> Iterator[Node]:
    if isinstance(node, SequenceNode):
        yield from node.value
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield key
            yield value


def _entries(node: MappingNode) -> Iterator[tuple[str, Node, int]]:
    """Keys with their values and lines, each key once (the first holds, the others have been reported)."""
    seen: set[str] = set()
    for key, value in node.value:
        if isinstance(key, ScalarNode) and key.tag == _TAG + "str" and key.value not in seen:
            seen.add(key.value)
            yield key.value, value, key.start_mark.line + 1


def _data(node: Node) -> Any:
    if isinstance(node, MappingNode):
        return {key: _data(value) for key, value, _ in _entries(node)}
    if isinstance(node, SequenceNode):
        return [_data(part) for part in node.value]
    return _scalar(str(node.tag), node.value)


def _lines(node: Node, line: int) -> Lines:
    if isinstance(node, MappingNode):
        return Lines(line, {key: _lines(value, at) for key, value, at in _entries(node)})
    if isinstance(node, SequenceNode):
        parts = enumerate(node.value)
        return Lines(line, {index: _lines(part, part.start_mark.line + 1) for index, part in parts})
    return Lines(line)


def _scalar(tag: str, text: str) -> Any:
    """What is no number after all stays text; the schema then says that a number is wanted there."""
    match tag.removeprefix(_TAG):
        case "null":
            return None
        case "bool":
            return text.lower() in ("true", "yes", "on", "y")  # the last three with a %YAML 1.1 line only
        case "int":
            try:
                return int(text, 0 if text.lstrip("+-").startswith(("0x", "0o")) else 10)
            except ValueError:
                return text
        case "float":
            try:
                number = Decimal(text)
            except InvalidOperation:
                return text
            return number if number.is_finite() else text
        case _:
            return text
