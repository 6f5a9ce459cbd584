"""What every kind of question has at its head, and lists of names in which none stands twice.  Pure."""

from collections.abc import Mapping, Sequence

from voting import strict_json
from voting.strict_json import Misread, Value, at, shown


def read_id(fields: Mapping[str, Value], place: str) -> str:
    return strict_json.string(fields["id"], at(place, "id"))


def read_title(fields: Mapping[str, Value], place: str) -> str:
    title = fields.get("title", "")
    if not isinstance(title, str):
        raise Misread(at(place, "title"), f"expected a text, found {shown(title)}")
    return title


def read_flag(value: Value, place: str) -> bool:
    if not isinstance(value, bool):
        raise Misread(place, f"expected true or false, found {shown(value)}")
    return value


def read_names(value: Value, place: str) -> tuple[str, ...]:
    """A list of texts in which none stands twice."""
    names = strict_json.each(value, place, strict_json.string)
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            raise Misread(at(place, index), f"{shown(name)} stands here twice")
        seen.add(name)
    return tuple(names)


def in_order(value: object, names: Sequence[str]) -> bool:
    """Whether `value` is a list of some of `names` in their order, none twice."""
    if type(value) is not list:
        return False
    # An iterator remembers how far it came, so a name out of order is not found again.
    left = iter(names)
    return all(isinstance(name, str) and name in left for name in value)
