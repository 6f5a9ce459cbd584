"""What pydantic says about a part of the file, as problems with their lines.  It checks nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from meeting.office.problems import Code, Problem
from meeting.office.yaml_text import Lines

Path = tuple[str | int, ...]

_CODES: Mapping[str, Code] = {
    "missing": Code.MISSING_KEY,
    "union_tag_not_found": Code.MISSING_KEY,
    "extra_forbidden": Code.UNKNOWN_KEY,
    "string_type": Code.NOT_TEXT,
    "int_type": Code.NOT_WHOLE_NUMBER,
    "is_instance_of": Code.NOT_NUMBER,
    "bool_type": Code.NOT_TRUE_FALSE,
    "list_type": Code.NOT_LIST,
    "dict_type": Code.NOT_MAPPING,
    "model_type": Code.NOT_MAPPING,
    "model_attributes_type": Code.NOT_MAPPING,
    "literal_error": Code.UNKNOWN_WORD,
    "greater_than_equal": Code.TOO_SMALL,
    "less_than_equal": Code.TOO_GREAT,
    "string_too_long": Code.TOO_LONG,
    "too_long": Code.TOO_LONG,
    "too_short": Code.EMPTY_LIST,
}
_WHOLE = "assembly, members, agenda"
_OWN = frozenset(code.value for code in Code)
_UNIONS: Mapping[str | int, Code] = {
    "agenda": Code.UNKNOWN_ITEM_KIND,
    "attendance_events": Code.UNKNOWN_EVENT,
    "recusals": Code.UNKNOWN_RECUSAL,
    "matter": Code.UNKNOWN_MATTER_KIND,
    "matters": Code.UNKNOWN_MATTER_KIND,
}


def problems(error: ValidationError, lines: Lines, at: Path) -> Iterator[Problem]:
    """One problem for every error; `at` is where the part that was checked stands in the file."""
    for detail in error.errors(include_url=False):
        yield _problem(detail, lines, at)


def _problem(detail: ErrorDetails, lines: Lines, at: Path) -> Problem:
    path = (*at, *detail["loc"])
    if path[-1:] == ("[key]",):
        path = path[:-1]
    kind = detail["type"]
    context: dict[str, Any] = detail.get("ctx", {})
    data: dict[str, object] = {"part": path[-1] if path else _WHOLE}
    if kind in _OWN:
        return Problem(lines.of(path), Code(kind), data | context)
    if kind == "union_tag_invalid":
        union = next(_UNIONS[step] for step in reversed(path) if step in _UNIONS)
        data = {"value": context["tag"], "known": context["expected_tags"].replace("'", "")}
        return Problem(lines.of((*path, context["discriminator"].strip("'"))), union, data)
    match code := _CODES[kind]:
        case Code.MISSING_KEY if kind == "union_tag_not_found":
            data = {"part": context["discriminator"].strip("'")}
        case Code.UNKNOWN_WORD:
            data |= {
                "value": detail["input"],
                "known": context["expected"].replace("'", "").replace(" or ", ", "),
            }
        case Code.TOO_SMALL:
            data |= {"value": detail["input"], "least": context["ge"]}
        case Code.TOO_GREAT:
            data |= {"value": detail["input"], "most": context["le"]}
        case Code.TOO_LONG:
            data |= {"most": context["max_length"]}
        case Code.EMPTY_LIST:
            data |= {"least": context["min_length"]}
        case _:
            pass
    return Problem(lines.of(path), code, data)
