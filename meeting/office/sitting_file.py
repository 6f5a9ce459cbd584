"""The sitting file: read, checked whole, turned into the plan and the rehearsal's script, or refused whole.

    text ─ yaml_text ─▶ data with lines ─ draft ─▶ parts in form ─ plan_check, script_check ─▶ build_plan, build_script

Every step adds its problems and goes on with what is in form, so that one look at the report is enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable

from meeting.office import build_plan, build_script, draft, plan_check, script_check, yaml_text
from meeting.office.problems import Problem, SittingFileError, UnreadableSitting
from meeting.office.script import Script
from meeting.order.sitting import Plan

LARGEST = 4 * 1024 * 1024
"""Bytes.  A sitting of 3,000 members has half a megabyte."""


@dataclass(frozen=True, slots=True)
class SittingFile:
    plan: Plan
    script: Script


def read_sitting(source: Traversable | str) -> SittingFile:
    """The sitting in a file, or in a text already read.

    Raises SittingFileError with every problem, sorted by line, and UnreadableSitting where there is no YAML to check.
    """
    return sitting(yaml_text.parse(source if isinstance(source, str) else _read(source)))


def sitting(document: yaml_text.Document) -> SittingFile:
    """The sitting that a document describes.  Raises SittingFileError with every problem, sorted by line."""
    if document.data is None and document.problems:
        raise SittingFileError(document.problems)  # aliases: nothing more was read
    parts, problems = draft.read(document)
    problems += plan_check.check(parts)
    problems += script_check.check(parts)
    if problems or parts.assembly is None:
        raise SittingFileError(_by_line(problems))
    return SittingFile(build_plan.plan(parts, parts.assembly), build_script.script(parts))


def check_sitting(source: Traversable | str) -> tuple[Problem, ...]:
    """What is wrong with the file, by line; nothing when it can be loaded.  Raises UnreadableSitting."""
    try:
        read_sitting(source)
    except SittingFileError as error:
        return error.problems
    return ()


def _by_line(problems: list[Problem]) -> list[Problem]:
    """One line for each: what two checks say of the same place is said once."""
    return list({(one.line, one.code, repr(one.data)): one for one in sorted(problems, key=_place)}.values())


def _place(problem: Problem) -> tuple[int, str]:
    return problem.line, problem.code


def _read(source: Traversable) -> str:
    try:
        with source.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise UnreadableSitting("file-missing") from error
    except IsADirectoryError as error:
        raise UnreadableSitting("file-is-folder") from error
    except OSError as error:
        raise UnreadableSitting("file-no-access") from error
    if len(raw) > LARGEST:
        raise UnreadableSitting("file-too-large", most=LARGEST // 1024 // 1024)
    try:
        # editors on Windows put a byte order mark before the text
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableSitting("file-not-utf8", line=line) from error
