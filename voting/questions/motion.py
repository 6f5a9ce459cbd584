"""A motion: for, against or abstain.  Appointment, removal, dismissal, resolution, agenda, tellers.  Pure."""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal, TypeAlias, get_args

from voting import strict_json
from voting.majority import MORE_THAN_HALF_OF_ALL, Majority, read_majority
from voting.questions.heading import read_id, read_title
from voting.strict_json import Misread, Value, at, shown

Blank: TypeAlias = Literal["abstain", "invalid"]
MotionMark: TypeAlias = Literal["for", "against", "abstain"]

MOTION_MARKS: Final[tuple[MotionMark, ...]] = get_args(MotionMark)
BLANKS: Final[tuple[Blank, ...]] = get_args(Blank)


@dataclass(frozen=True, slots=True)
class MotionQuestion:
    """Carried or not: for, against or abstain."""

    id: str
    title: str = ""
    majority: Majority = MORE_THAN_HALF_OF_ALL
    blank: Blank = "abstain"

    kind: ClassVar[Literal["motion"]] = "motion"

    def check_mark(self, value: object) -> MotionMark | None:
        """`value` as a mark in the one form of phones and box, or None where it is none."""
        return next((mark for mark in MOTION_MARKS if mark == value), None)

    def read_mark(self, value: Value, place: str) -> MotionMark:
        """`value` as a mark of a count file.  Raises Misread."""
        mark = self.check_mark(value)
        if mark is None:
            raise Misread(place, f"unknown mark {shown(value)}")
        return mark

    def longest_mark(self) -> object:
        return max(MOTION_MARKS, key=len)

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "majority": self.majority.as_json(),
            "blank": self.blank,
        }


def read_motion(value: Value, place: str) -> MotionQuestion:
    fields = strict_json.known_keys(value, place, ("id", "kind"), ("title", "majority", "blank"))
    return MotionQuestion(
        id=read_id(fields, place),
        title=read_title(fields, place),
        majority=read_majority(fields, place),
        blank=strict_json.one_of(fields.get("blank", "abstain"), at(place, "blank"), BLANKS),
    )
