"""An election: candidates for seats, and, where the paper lets it, names that the voter writes in.  Pure.

A candidate whom a mark does not name is abstained on.  Naming more than there are seats, or somebody twice, is a mark
all the same, and its paper invalid.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Final, Literal, TypeAlias, get_args

from voting import strict_json
from voting.majority import MORE_THAN_HALF_OF_ALL, Majority, read_majority
from voting.questions.heading import in_order, read_flag, read_id, read_names, read_title
from voting.strict_json import Misread, Value, at, integer, shown
from voting.write_ins import LONGEST_NAME, compared, is_name

ElectionMark: TypeAlias = Mapping[str, Sequence[str]]
"""Names under "for", "against" and, where the paper lets names be written in, "write_in"."""
Decide: TypeAlias = Literal["majority", "plurality"]

DECIDES: Final[tuple[Decide, ...]] = get_args(Decide)
_SETTINGS: Final = ("title", "write_in", "write_in_needs_opposition", "majority", "decide")


@dataclass(frozen=True, slots=True)
class ElectionQuestion:
    """Who gets the seats."""

    id: str
    seats: int
    candidates: tuple[str, ...]
    title: str = ""
    write_in: bool = False
    write_in_needs_opposition: bool = True
    """A name may be written in only in the place of a candidate who is opposed (PROCEDURE.md R34)."""
    majority: Majority = MORE_THAN_HALF_OF_ALL
    decide: Decide = "majority"
    """A run-off is decided by plurality: no majority is asked."""

    kind: ClassVar[Literal["election"]] = "election"

    @property
    def _keys(self) -> list[str]:
        return ["for", "against", "write_in"] if self.write_in else ["for", "against"]

    def check_mark(self, value: object) -> ElectionMark | None:
        """`value` as a mark in the one form of phones and box, or None where it is none."""
        if type(value) is not dict or list(value) != self._keys:
            return None
        if not in_order(value["for"], self.candidates) or not in_order(value["against"], self.candidates):
            return None
        return value if not self.write_in or _are_written(value["write_in"]) else None

    def read_mark(self, value: Value, place: str) -> ElectionMark:
        """`value` as a mark of a count file: its lists in any order, one that is empty left out.  Raises Misread."""
        fields = strict_json.known_keys(value, place, (), ("for", "against", "write_in"))
        lists = {
            key: read_names(fields.get(key, []), at(place, key)) for key in ("for", "against", "write_in")
        }
        for key in ("for", "against"):
            for index, name in enumerate(lists[key]):
                if name not in self.candidates:
                    raise Misread(at(at(place, key), index), f"{shown(name)} is no candidate")
        for index, name in enumerate(lists["write_in"]):
            where = at(at(place, "write_in"), index)
            if not self.write_in:
                raise Misread(where, "this paper has no place for other names")
            if not is_name(compared(name)):
                raise Misread(where, f"{shown(name)} is no name of 1 to 30 letters")
        return {key: lists[key] for key in self._keys}

    def longest_mark(self) -> object:
        """Everybody both supported and opposed, and one name more than there are seats written in."""
        everybody = list(self.candidates)
        written = {"write_in": [LONGEST_NAME] * (self.seats + 1)} if self.write_in else {}
        return {"for": everybody, "against": everybody, **written}

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "seats": self.seats,
            "candidates": list(self.candidates),
            "write_in": self.write_in,
            "write_in_needs_opposition": self.write_in_needs_opposition,
            "majority": self.majority.as_json(),
            "decide": self.decide,
        }


def _are_written(value: object) -> bool:
    """Whether `value` is a list of written-in names in code-point order, none twice."""
    if type(value) is not list or not all(isinstance(name, str) and is_name(name) for name in value):
        return False
    # Code-point order is that of Python's texts and of UTF-8, not that of JavaScript's sort.
    return all(one < other for one, other in pairwise(value))


def read_election(value: Value, place: str) -> ElectionQuestion:
    fields = strict_json.known_keys(value, place, ("id", "kind", "seats", "candidates"), _SETTINGS)
    seats = integer(fields["seats"], at(place, "seats"))
    if not 1 <= seats <= 1000:
        raise Misread(at(place, "seats"), f"expected 1 to 1000 seats, found {seats}")
    question = ElectionQuestion(
        id=read_id(fields, place),
        seats=seats,
        candidates=_read_candidates(fields["candidates"], at(place, "candidates")),
        title=read_title(fields, place),
        write_in=read_flag(fields.get("write_in", False), at(place, "write_in")),
        write_in_needs_opposition=read_flag(
            fields.get("write_in_needs_opposition", True), at(place, "write_in_needs_opposition")
        ),
        majority=read_majority(fields, place),
        decide=strict_json.one_of(fields.get("decide", "majority"), at(place, "decide"), DECIDES),
    )
    if not question.candidates and (not question.write_in or question.write_in_needs_opposition):
        raise Misread(at(place, "candidates"), "nobody could be elected with this paper")
    return question


def _read_candidates(value: Value, place: str) -> tuple[str, ...]:
    candidates = read_names(value, place)
    forms = [compared(name) for name in candidates]
    for index, form in enumerate(forms):
        if not form:
            raise Misread(at(place, index), f"{shown(candidates[index])} is no name")
        if form in forms[:index]:
            other = candidates[forms.index(form)]
            raise Misread(at(place, index), f"{shown(candidates[index])} is the same name as {shown(other)}")
    return candidates
