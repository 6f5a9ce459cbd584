"""A grade: one word of a scale, best first.  Satisfaction, evaluation of work and of performance.  Pure.

How the grade of the whole is found from the votes is a local rule, so it is a setting (PROCEDURE.md R59, R60).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Final, Literal, TypeAlias

from voting import strict_json
from voting.majority import MORE_THAN_HALF_OF_ALL, Majority, read_majority, read_share, share_text
from voting.questions.heading import read_id, read_names, read_title
from voting.questions.motion import BLANKS, Blank
from voting.strict_json import Misread, Value, at, shown

GradeMark: TypeAlias = str
"""A word of the scale."""

CUMULATIVE: Final = "cumulative_majority"


@dataclass(frozen=True, slots=True)
class ShareBands:
    """The share of valid papers for exactly `key` decides: the first band from the highest down that it reaches."""

    key: str
    bands: tuple[tuple[Fraction, str], ...]
    otherwise: str

    def grade_of(self, share: Fraction) -> str:
        """The grade that `share` of the valid papers for `key` gives."""
        for least, grade in sorted(self.bands, reverse=True):
            if share >= least:
                return grade
        return self.otherwise

    def as_json(self) -> dict[str, object]:
        bands = [[share_text(least), grade] for least, grade in self.bands]
        return {"share_bands": {"key": self.key, "bands": bands, "else": self.otherwise}}


Rule: TypeAlias = ShareBands | Literal["cumulative_majority"]
"""How the grade of the whole is found from the votes."""


@dataclass(frozen=True, slots=True)
class GradeQuestion:
    """Which grade: one word of `scale`, the best first."""

    id: str
    scale: tuple[str, ...]
    title: str = ""
    rule: Rule = CUMULATIVE
    majority: Majority = MORE_THAN_HALF_OF_ALL
    blank: Blank = "invalid"

    kind: ClassVar[Literal["grade"]] = "grade"

    def check_mark(self, value: object) -> GradeMark | None:
        """`value` as a mark in the one form of phones and box, or None where it is none."""
        return value if isinstance(value, str) and value in self.scale else None

    def read_mark(self, value: Value, place: str) -> GradeMark:
        """`value` as a mark of a count file.  Raises Misread."""
        mark = self.check_mark(value)
        if mark is None:
            raise Misread(place, f"unknown mark {shown(value)}")
        return mark

    def longest_mark(self) -> object:
        return max(self.scale, key=lambda grade: len(strict_json.write(grade).encode()))

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "scale": list(self.scale),
            "rule": self.rule.as_json() if isinstance(self.rule, ShareBands) else self.rule,
            "majority": self.majority.as_json(),
            "blank": self.blank,
        }


def read_grade(value: Value, place: str) -> GradeQuestion:
    fields = strict_json.known_keys(
        value, place, ("id", "kind", "scale"), ("title", "rule", "majority", "blank")
    )
    scale = read_names(fields["scale"], at(place, "scale"))
    if len(scale) < 2:
        raise Misread(at(place, "scale"), "a scale needs at least two grades, the best first")
    return GradeQuestion(
        id=read_id(fields, place),
        scale=scale,
        title=read_title(fields, place),
        rule=_read_rule(fields.get("rule", CUMULATIVE), at(place, "rule"), scale),
        majority=read_majority(fields, place),
        blank=strict_json.one_of(fields.get("blank", "invalid"), at(place, "blank"), BLANKS),
    )


def _read_rule(value: Value, place: str, scale: Sequence[str]) -> Rule:
    if value == CUMULATIVE:
        return CUMULATIVE
    if isinstance(value, str):
        raise Misread(
            place, f'unknown rule {shown(value)}, known are "{CUMULATIVE}" and {{"share_bands": …}}'
        )
    within = at(place, "share_bands")
    fields = strict_json.known_keys(
        strict_json.known_keys(value, place, ("share_bands",))["share_bands"],
        within,
        ("key", "bands", "else"),
    )

    def band(value: Value, place: str) -> tuple[Fraction, str]:
        if not isinstance(value, list) or len(value) != 2:
            raise Misread(place, f'expected a pair such as ["1/2", "…"], found {shown(value)}')
        return read_share(value[0], at(place, 0), at_least=True), grade(value[1], at(place, 1))

    def grade(value: Value, place: str) -> str:
        return strict_json.one_of(value, place, scale)

    bands = strict_json.each(fields["bands"], at(within, "bands"), band)
    if len({least for least, _ in bands}) < len(bands):
        raise Misread(at(within, "bands"), "two bands begin at the same share")
    return ShareBands(
        key=grade(fields["key"], at(within, "key")),
        bands=tuple(bands),
        otherwise=grade(fields["else"], at(within, "else")),
    )
