"""A score sheet: a number for each criterion.  Pure.

A number outside its range or between two steps is a mark all the same, and its sheet invalid; so is a sheet on which
a criterion has none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, Literal, TypeAlias, cast

from voting import strict_json
from voting.quantity import LONGEST, Number, exactly_in_units, in_units, is_number, plain, read_number
from voting.questions.heading import in_order, read_id, read_title
from voting.strict_json import Misread, Value, at, integer, shown

ScoreMark: TypeAlias = Mapping[str, Number]
"""A number by criterion."""

_GRID: Final = ("min", "max", "step")


@dataclass(frozen=True, slots=True)
class Grid:
    """The numbers that may be given: from `least` to `most` in steps counted from `least`."""

    least: Number = 0
    most: Number = 100
    step: Number = 1

    def measure(self) -> Callable[[Number], int | None]:
        """What gives a score in units, and None for one that may not be given; to be asked of thousands."""
        least, most, step = (exactly_in_units(number) for number in (self.least, self.most, self.step))

        def units_of(score: Number) -> int | None:
            units = in_units(score)
            fits = units is not None and least <= units <= most and (units - least) % step == 0
            return units if fits else None

        return units_of

    def as_json(self) -> dict[str, object]:
        return {"min": plain(self.least), "max": plain(self.most), "step": plain(self.step)}


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a number is given for; `grid` where it is not the question's."""

    id: str
    title: str = ""
    weight: Number = 1
    grid: Grid | None = None

    def as_json(self) -> dict[str, object]:
        own = {} if self.grid is None else self.grid.as_json()
        return {"id": self.id, "title": self.title, "weight": plain(self.weight), **own}


@dataclass(frozen=True, slots=True)
class ScoreQuestion:
    """How many points for each criterion; the mean of each without its `trim` highest and lowest."""

    id: str
    criteria: tuple[Criterion, ...]
    title: str = ""
    grid: Grid = Grid()
    trim: int = 0
    passing: Number | None = None

    kind: ClassVar[Literal["score"]] = "score"

    def grid_of(self, criterion: Criterion) -> Grid:
        return self.grid if criterion.grid is None else criterion.grid

    def check_mark(self, value: object) -> ScoreMark | None:
        """`value` as a mark in the one form of phones and box, or None where it is none."""
        if type(value) is not dict or not value:
            return None
        if not in_order(list(value), [criterion.id for criterion in self.criteria]):
            return None
        return value if all(is_number(score) for score in value.values()) else None

    def read_mark(self, value: Value, place: str) -> ScoreMark:
        """`value` as a mark of a count file.  Raises Misread."""
        fields = strict_json.fields_of(value, place)
        ids = {criterion.id for criterion in self.criteria}
        for criterion, score in fields.items():
            if criterion not in ids:
                raise Misread(at(place, criterion), "the sheet has no such criterion")
            if type(score) is bool or not isinstance(score, Number):
                raise Misread(at(place, criterion), f"expected a number, found {shown(score)}")
        return cast("ScoreMark", fields)

    def longest_mark(self) -> object:
        return {criterion.id: LONGEST for criterion in self.criteria}

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "criteria": [criterion.as_json() for criterion in self.criteria],
            **self.grid.as_json(),
            "trim": self.trim,
            "pass": None if self.passing is None else plain(self.passing),
        }


def read_score(value: Value, place: str) -> ScoreQuestion:
    fields = strict_json.known_keys(
        value, place, ("id", "kind", "criteria"), ("title", *_GRID, "trim", "pass")
    )
    grid = _read_grid(fields, place, Grid())
    criteria = strict_json.each(
        fields["criteria"], at(place, "criteria"), lambda one, where: _read_criterion(one, where, grid)
    )
    if not criteria:
        raise Misread(at(place, "criteria"), "a score sheet needs at least one criterion")
    for index, criterion in enumerate(criteria):
        if any(criterion.id == other.id for other in criteria[:index]):
            raise Misread(at(at(place, "criteria"), index), f"{shown(criterion.id)} stands here twice")
    passing = fields.get("pass")
    return ScoreQuestion(
        id=read_id(fields, place),
        criteria=tuple(criteria),
        title=read_title(fields, place),
        grid=grid,
        trim=integer(fields.get("trim", 0), at(place, "trim")),
        passing=None if passing is None else read_number(passing, at(place, "pass")),
    )


def _read_criterion(value: Value, place: str, grid: Grid) -> Criterion:
    if isinstance(value, str):
        return Criterion(id=strict_json.string(value, place), title=value)
    fields = strict_json.known_keys(value, place, ("id",), ("title", "weight", *_GRID))
    weight = read_number(fields.get("weight", 1), at(place, "weight"))
    if weight <= 0:
        raise Misread(at(place, "weight"), f"a weight is more than 0, found {shown(fields['weight'])}")
    return Criterion(
        id=read_id(fields, place),
        title=read_title(fields, place),
        weight=weight,
        grid=_read_grid(fields, place, grid) if any(key in fields for key in _GRID) else None,
    )


def _read_grid(fields: Mapping[str, Value], place: str, otherwise: Grid) -> Grid:
    least, most, step = (
        read_number(fields[key], at(place, key)) if key in fields else default
        for key, default in zip(_GRID, (otherwise.least, otherwise.most, otherwise.step), strict=True)
    )
    if least > most:
        raise Misread(place, f"min {least} is more than max {most}")
    if step <= 0:
        raise Misread(at(place, "step"), f"a step is more than 0, found {shown(step)}")
    return Grid(least, most, step)
