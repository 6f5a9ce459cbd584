"""Rulings on written-in names, one after the other: a later word of the tellers goes before an earlier one.  Pure.

A slip can therefore be taken back: who rules that a spelling is somebody else, or himself, undoes what was ruled of it
before.  Whether all of them can hold together on a paper is `voting.paper.check_rulings`' affair.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from voting.write_ins import compared

Said = tuple[str, tuple[str, ...], str]
"""Question, the spellings that are all one person, and who that is."""


def with_ruling(former: Sequence[Said], question: str, same: Iterable[str], person: str) -> tuple[Said, ...]:
    """The rulings that hold once `same` has been ruled to be `person`."""
    spellings = {compared(name): name for name in same}
    own = [(names, who) for about, names, who in former if about == question]
    others = [one for one in former if one[0] != question]
    left = [(tuple(name for name in names if compared(name) not in spellings), who) for names, who in own]
    # whoever is named may have been ruled to be a third, unless that one is who is being spoken of now
    meant = person
    for names, who in left:
        if compared(person) in map(compared, names) and compared(who) not in spellings:
            meant = who
    kept = [(question, names, meant if compared(who) in spellings else who) for names, who in left]
    ruled = (*kept, (question, tuple(spellings.values()), meant))
    return (*others, *(one for one in ruled if _says_something(one)))


def _says_something(said: Said) -> bool:
    """That somebody is himself needs no ruling."""
    return any(compared(name) != compared(said[2]) for name in said[1])


def ruled_names(rulings: Iterable[Said], question: str) -> frozenset[str]:
    """Every spelling that a ruling on this question is about, in its compared form."""
    return frozenset(compared(name) for about, names, _ in rulings if about == question for name in names)
