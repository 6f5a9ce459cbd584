"""Names that voters write in: their written form, when two are the same person, and the tellers' rulings.  Pure.

Spellings are never guessed to be alike: white space and the kinds of middle dot aside, only a recorded ruling makes
two of them one person (COUNTING.md 2.4).
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from voting import strict_json
from voting.strict_json import Value, at

LONGEST: Final = 30
"""Characters of a written-in name."""
LONGEST_NAME: Final = "\U00020000" * LONGEST
"""A name that takes the most bytes: four for each letter, and none is escaped."""

_DOTS: Final = str.maketrans(dict.fromkeys("\u30fb\u2022\u2027", "\u00b7"))
_SIGNS: Final = frozenset(" \u00b7-.")


@dataclass(frozen=True, slots=True)
class Ruling:
    """The tellers' word that the spellings `same` are all one person, who is counted `as_`."""

    question: str
    same: tuple[str, ...]
    as_: str

    def as_json(self) -> dict[str, object]:
        return {"question": self.question, "same": list(self.same), "as": self.as_}


class Contradiction(Exception):
    """A ruling says what cannot hold: `index` is its number, `step` where in it, `problem` what."""

    def __init__(self, index: int, step: tuple[str | int, ...], problem: str) -> None:
        super().__init__(index, step, problem)
        self.index = index
        self.step = step
        self.problem = problem


def compared(name: str) -> str:
    """`name` as it is compared, and shown in a result: no white space, one kind of middle dot."""
    # Composed last: a space may have stood between a letter and its mark.
    return unicodedata.normalize("NFC", "".join(name.split())).translate(_DOTS)


def is_name(name: str) -> bool:
    """Whether `name` may be written in: NFC, 1 to 30 letters, marks, digits, spaces, middle dots, `-` and `.`.

    Spaces alone name nobody: nothing would be left to compare.
    """
    if not 0 < len(name) <= LONGEST or not unicodedata.is_normalized("NFC", name) or name.isspace():
        return False
    kinds = (unicodedata.category(sign) for sign in name if sign not in _SIGNS)
    return all(kind[0] in "LM" or kind == "Nd" for kind in kinds)


def read_ruling(value: Value, place: str) -> Ruling:
    """The ruling at `place`.  Raises Misread; whether it fits its paper, `Paper.check_rulings` tells."""
    fields = strict_json.known_keys(value, place, ("question", "same", "as"))
    question = strict_json.string(fields["question"], at(place, "question"))
    as_ = strict_json.string(fields["as"], at(place, "as"))
    same = strict_json.each(fields["same"], at(place, "same"), strict_json.string)
    return Ruling(question, tuple(same), as_)


def people(candidates: Sequence[str], rulings: Iterable[Ruling]) -> Mapping[str, str]:
    """Whom a written-in name means, by its compared form; one that is not in here is a person of its own.

    Raises Contradiction where the rulings cannot all hold: the order in which they lie must not matter.
    """
    known = {compared(candidate): candidate for candidate in candidates}
    meant = dict(known)
    ruled = list(rulings)
    for index, ruling in enumerate(ruled):
        person = known.get(compared(ruling.as_), compared(ruling.as_))
        if not is_name(compared(ruling.as_)) and person not in candidates:
            raise Contradiction(index, ("as",), "this is no name that can be written in")
        if not ruling.same:
            raise Contradiction(index, ("same",), "a ruling needs at least one spelling")
        for number, spelling in enumerate(ruling.same):
            if meant.setdefault(compared(spelling), person) != person:
                raise Contradiction(index, ("same", number), "this name stands for somebody else already")
    for index, ruling in enumerate(ruled):
        own = compared(ruling.as_)
        if meant.get(own, own) != known.get(own, own):
            raise Contradiction(index, ("as",), "another ruling counts this name for somebody else")
    return meant
