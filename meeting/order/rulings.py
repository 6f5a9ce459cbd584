"""Rulings on written-in names, one after the other: a later word of the tellers goes before an earlier one.  Pure.

A slip can therefore be taken back: who rules that a spelling is somebody else, or himself, undoes what was ruled of it
before.  Whether all of them can hold together on a paper is `voting.paper.check_rulings`' affair.
"""

from __future__ import annotations

from collections.abc import Iterable

from voting.write_ins import compared

Said = tuple[str, tuple[str, ...], str]
"""Question, the spellings that are all one person, and who that is."""


def with_ruling(former: Iterable[Said], question: str, same: Iterable[str], person: str) -> tuple[Said, ...]:
    """The rulings that hold once `same` has been ruled to be `person`."""
    spellings = {compared(name): name for name in same}
    kept: list[Said] = []
    others: list[Said] = []
    for about, names, who in former:
        if about != question:
            others.append((about, names, who))
            continue
        if compared(who) in spellings:  # whom they meant is now said to be somebody else
            who = person
        kept.append((about, tuple(name for name in names if compared(name) not in spellings), who))
    meant = next((who for _, names, who in kept if compared(person) in map(compared, names)), person)
    ruled = (*kept, (question, tuple(spellings.values()), meant))
    return (*others, *(one for one in ruled if _says_something(one)))


def _says_something(said: Said) -> bool:
    """That somebody is himself needs no ruling."""
    return any(compared(name) != compared(said[2]) for name in said[1])


def ruled_names(rulings: Iterable[Said], question: str) -> frozenset[str]:
    """Every spelling that a ruling on this question is about, in its compared form."""
    return frozenset(compared(name) for about, names, _ in rulings if about == question for name in names)
