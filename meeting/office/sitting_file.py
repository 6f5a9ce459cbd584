"""The sitting file: read, checked whole, turned into the plan and the rehearsal's script, or refused whole.

    text ─ yaml_text ─▶ data with lines ─ draft ─▶ parts in form ─ the modules …_check ─▶
    build_plan ─ paper_check ─▶ build_script

Every step adds its problems and goes on with what is in form, so that one look at the report is enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path

from display.pictures import Picture
from meeting.office import (
    build_plan,
    build_script,
    dossier_check,
    draft,
    enclosures,
    material_check,
    matter_check,
    paper_check,
    photos,
    plan_check,
    script_check,
    supervision_check,
    vote_check,
    yaml_text,
)
from meeting.office.photos import Beside, nothing_beside
from meeting.office.problems import Problem, SittingFileError, UnreadableSitting
from meeting.office.script import Script
from meeting.order.sitting import MatterId, Plan
from meeting.record.enclosures import Enclosures

LARGEST = 4 * 1024 * 1024
"""Bytes.  A sitting of 3,000 members has half a megabyte."""


@dataclass(frozen=True, slots=True)
class SittingFile:
    plan: Plan
    script: Script
    photos: Mapping[MatterId, Picture] = field(default_factory=dict)
    """The pictures that matters of the plan name, for `library.load`."""
    enclosures: Enclosures = field(default_factory=Enclosures)
    """The pictures and videos that its materials name."""


def read_sitting(source: Traversable | str, beside: Beside | None = None) -> SittingFile:
    """The sitting in a file, or in a text already read.  `beside` finds its photos; a file's lie in its folder.

    Raises SittingFileError with every problem, sorted by line, and UnreadableSitting where there is no YAML to check.
    """
    if beside is None:
        beside = photos.Folder(source.parent) if isinstance(source, Path) else nothing_beside
    return sitting(yaml_text.parse(source if isinstance(source, str) else _read(source)), beside)


def sitting(document: yaml_text.Document, beside: Beside = nothing_beside) -> SittingFile:
    """The sitting that a document describes.  Raises SittingFileError with every problem, sorted by line."""
    if document.data is None and document.problems:
        raise SittingFileError(document.problems)  # aliases: nothing more was read
    parts, problems = draft.read(document)
    problems += plan_check.check(parts)
    problems += matter_check.check(parts)
    problems += vote_check.check(parts)
    problems += dossier_check.check(parts)
    problems += supervision_check.check(parts)
    problems += material_check.check(parts)
    problems += script_check.check(parts)
    pictures, missing = photos.read(parts, beside)
    problems += missing
    found, lacking = enclosures.read(parts, beside)
    problems += lacking
    if problems or parts.assembly is None:
        raise SittingFileError(_by_line(problems))
    plan = photos.named_in(build_plan.plan(parts, parts.assembly), pictures)
    problems += paper_check.check(parts, plan)
    if problems:
        raise SittingFileError(_by_line(problems))
    plan = enclosures.laid_before(plan, parts, found)
    return SittingFile(plan, build_script.script(parts), pictures, found.files)


def check_sitting(source: Traversable | str, beside: Beside | None = None) -> tuple[Problem, ...]:
    """What is wrong with the file, by line; nothing when it can be loaded.  Raises UnreadableSitting."""
    try:
        read_sitting(source, beside)
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
