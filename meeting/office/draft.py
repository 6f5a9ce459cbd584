"""A sitting file read part by part: the parts that are in form, and the names that the others would have given.

A part that is not in form is left out and its problems kept.  Names and ids are collected from the bad parts as well,
so that one misspelt key does not make every mention of a member look wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from meeting.office import build_rules, form_problems
from meeting.office.agenda_schema import AnyItem
from meeting.office.ballot_schema import MatterBallotForm, OpenBallotForm, SecretBallotForm
from meeting.office.form_problems import Path
from meeting.office.item_schema import (
    DeliberationItem,
    DismissalItem,
    NominationsItem,
    PublicVoteItem,
    SecretVotesItem,
)
from meeting.office.matter_schema import BlocForm, MatterForm
from meeting.office.problems import Code, Problem
from meeting.office.rules_schema import RulesForm
from meeting.office.script_schema import AnyEvent, ConflictForm, MotionExpectForm
from meeting.office.sitting_schema import AssemblyForm, MemberForm, Outline
from meeting.office.supervision_schema import InquiryBallotForm, InquiryItem
from meeting.office.yaml_text import Document, Lines
from meeting.order.rules import Rules

_T = TypeVar("_T")
_OUTLINE = TypeAdapter(Outline)
_ASSEMBLY = TypeAdapter(AssemblyForm)
_MEMBER = TypeAdapter(MemberForm)
_ITEM: TypeAdapter[AnyItem] = TypeAdapter(AnyItem)
_EVENT: TypeAdapter[AnyEvent] = TypeAdapter(AnyEvent)


@dataclass(frozen=True, slots=True)
class Motion:
    """A vote for or against, with its place in the file."""

    at: Path
    item: int
    matter: str | None
    """None: the item itself."""
    ballot: OpenBallotForm | MatterBallotForm | SecretBallotForm | InquiryBallotForm | None
    expect: MotionExpectForm | None


@dataclass(frozen=True)
class Draft:
    """The parts in form, each with its place in the file; `raw` is everything, in form or not."""

    lines: Lines
    raw: dict[str, Any]
    outline: Outline | None
    assembly: AssemblyForm | None
    members: tuple[tuple[Path, MemberForm], ...]
    items: tuple[tuple[Path, AnyItem], ...]
    events: tuple[tuple[Path, AnyEvent], ...]

    def problem(self, code: Code, at: Path, **data: object) -> Problem:
        return Problem(self.lines.of(at), code, data)

    @cached_property
    def rules(self) -> RulesForm | None:
        """With their preset; None while they are not in form."""
        return None if self.assembly is None else self.assembly.rules.with_preset()

    @cached_property
    def raw_members(self) -> list[Any]:
        return _list(self.raw, "members")

    @cached_property
    def raw_items(self) -> list[Any]:
        return _list(self.raw, "agenda")

    @property
    def roll_size(self) -> int:
        return len(self.raw_members)

    @property
    def quorum(self) -> int:
        """Of the roll, by the rules of the file."""
        rules = None if self.rules is None else build_rules.rules(self.rules)
        return replace(rules or Rules(0), total_members=self.roll_size).quorum

    @property
    def whole(self) -> bool:
        """Whether every item and event is in form: only then can numbers be followed through the day."""
        events = _list(self.raw, "attendance_events")
        return len(self.items) == len(self.raw_items) and len(self.events) == len(events)

    @property
    def names_unique(self) -> bool:
        return len(self.names) == self.roll_size

    @cached_property
    def names(self) -> frozenset[str]:
        """Names on the roll."""
        return frozenset(name for one in self.raw_members if isinstance(name := _get(one, "name"), str))

    @cached_property
    def item_numbers(self) -> frozenset[int]:
        return frozenset(number for one in self.raw_items if isinstance(number := _get(one, "num"), int))

    @cached_property
    def _raw_matters(self) -> list[Any]:
        return [
            matter
            for item in self.raw_items
            for matter in (_get(item, "matter"), *_list(item, "nominees"), *_list(item, "matters"))
            if isinstance(matter, dict)
        ]

    @cached_property
    def matter_ids(self) -> frozenset[str]:
        return frozenset(one for matter in self._raw_matters if isinstance(one := matter.get("id"), str))

    @cached_property
    def nominees(self) -> frozenset[str]:
        """Persons whose appointment, removal or dismissal is on the agenda."""
        return frozenset(
            one
            for matter in self._raw_matters
            for one in (matter.get("name"), *_list(matter, "persons"))
            if isinstance(one, str)
        )

    @cached_property
    def candidates(self) -> frozenset[str]:
        return frozenset(
            name
            for item in self.raw_items
            for one in _list(item, "candidates")
            if isinstance(name := _get(one, "name"), str)
        )

    def matters(self) -> Iterator[tuple[Path, int, MatterForm]]:
        """Every matter in the order of the agenda, with its place and its item's number."""
        for path, item in self.items:
            match item:
                case NominationsItem():
                    for index, nominee in enumerate(item.nominees):
                        yield (*path, "nominees", index), item.num, nominee
                case PublicVoteItem() | SecretVotesItem() | DeliberationItem():
                    for index, one in enumerate(item.matters):
                        yield (*path, "matters", index), item.num, one
                case _:
                    pass
            if isinstance(item, PublicVoteItem | DismissalItem | InquiryItem) and item.matter is not None:
                yield (*path, "matter"), item.num, item.matter

    def blocs(self) -> Iterator[tuple[Path, BlocForm]]:
        for path, _, form in self.matters():
            if isinstance(form, BlocForm):
                yield path, form

    def conflicts(self) -> Iterator[tuple[Path, ConflictForm]]:
        for path, item in self.items:
            if isinstance(item, DeliberationItem):
                for index, recusal in enumerate(item.recusals):
                    if isinstance(recusal, ConflictForm):
                        yield (*path, "recusals", index), recusal

    def motions(self) -> Iterator[Motion]:
        for path, item in self.items:
            match item:
                case SecretVotesItem():
                    for index, one in enumerate(item.ballots):
                        at = (*path, "ballots", index)
                        yield Motion(at, item.num, one.matter, one.ballot, one.expect)
                case InquiryItem() if item.report is not None:
                    pass
                case PublicVoteItem() | DismissalItem() | InquiryItem():
                    matter = item.matter.id if item.matter else None
                    yield Motion(path, item.num, matter, item.ballot, item.expect)
                case _:
                    pass


def read(document: Document) -> tuple[Draft, list[Problem]]:
    """The parts in form, and what is wrong with the others."""
    problems = list(document.problems)
    lines = document.lines

    def form(adapter: TypeAdapter[_T], data: object, at: Path) -> _T | None:
        try:
            return adapter.validate_python(data)
        except ValidationError as error:
            problems.extend(form_problems.problems(error, lines, at))
            return None

    def forms(adapter: TypeAdapter[_T], name: str) -> tuple[tuple[Path, _T], ...]:
        paths = [((name, index), part) for index, part in enumerate(_list(raw, name))]
        return tuple((path, one) for path, part in paths if (one := form(adapter, part, path)) is not None)

    raw = document.data if isinstance(document.data, dict) else {}
    outline = form(_OUTLINE, document.data, ())
    assembly = raw.get("assembly")
    return Draft(
        lines=lines,
        raw=raw,
        outline=outline,
        assembly=form(_ASSEMBLY, assembly, ("assembly",)) if isinstance(assembly, dict) else None,
        members=forms(_MEMBER, "members"),
        items=forms(_ITEM, "agenda"),
        events=forms(_EVENT, "attendance_events"),
    ), problems


def _get(part: object, key: str) -> object:
    return part.get(key) if isinstance(part, dict) else None


def _list(part: object, key: str) -> list[Any]:
    value = _get(part, key)
    return value if isinstance(value, list) else []
