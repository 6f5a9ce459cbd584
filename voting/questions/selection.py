"""A selection: choose some of several options, such as next year's targets of evaluation.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from voting import strict_json
from voting.majority import Majority, read_majority
from voting.questions.heading import in_order, read_id, read_names, read_title
from voting.strict_json import Misread, Value, at, integer, shown

SelectionMark: TypeAlias = Sequence[str]
"""Some of the options."""


@dataclass(frozen=True, slots=True)
class SelectionQuestion:
    """Which `choose` of the options; with a `majority` only those that reach it."""

    id: str
    choose: int
    options: tuple[str, ...]
    title: str = ""
    majority: Majority | None = None

    kind: ClassVar[Literal["selection"]] = "selection"

    def check_mark(self, value: object) -> SelectionMark | None:
        """`value` as a mark in the one form of phones and box, or None where it is none."""
        return value if isinstance(value, list) and in_order(value, self.options) else None

    def read_mark(self, value: Value, place: str) -> SelectionMark:
        """`value` as a mark of a count file: the options in any order.  Raises Misread."""
        chosen = read_names(value, place)
        for index, option in enumerate(chosen):
            if option not in self.options:
                raise Misread(at(place, index), f"{shown(option)} is no option")
        return chosen

    def longest_mark(self) -> object:
        return list(self.options)

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "choose": self.choose,
            "options": list(self.options),
            "majority": None if self.majority is None else self.majority.as_json(),
        }


def read_selection(value: Value, place: str) -> SelectionQuestion:
    fields = strict_json.known_keys(value, place, ("id", "kind", "choose", "options"), ("title", "majority"))
    options = read_names(fields["options"], at(place, "options"))
    choose = integer(fields["choose"], at(place, "choose"))
    if not 1 <= choose <= len(options):
        raise Misread(at(place, "choose"), f"cannot choose {choose} of {len(options)} options")
    return SelectionQuestion(
        id=read_id(fields, place),
        choose=choose,
        options=options,
        title=read_title(fields, place),
        majority=read_majority(fields, place) if fields.get("majority") is not None else None,
    )
