"""Papers filled in so that they come to the figures of a script: which names, options and scores stand on each.

Pure arithmetic; it counts nothing and knows no voter.  The check of a sitting file asks whether there are such papers
at all, and a rehearsal deals them out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from random import Random

ElectionPaper = dict[str, list[str]]
"""Names under `for` and `against`, and under `write_in` where the paper has a place for them."""

SHIFTS = 3
"""So many scores of every sheet are made to differ from the mean, in pairs that leave the sum as it is."""
WIDEST = 8
"""Steps by which they differ at most."""


class NoSuchPapers(ValueError):
    """No papers come to these figures."""


def election(
    candidates: Sequence[str],
    seats: int,
    votes: Mapping[str, int],
    valid: int,
    invalid: int = 0,
    abstain: Mapping[str, int] | None = None,
    *,
    write_in: bool = False,
    needs_opposition: bool = True,
) -> list[ElectionPaper]:
    """Whoever supports somebody is against the others; whoever supports nobody abstains on everybody.

    `abstain` says for some candidates on how many papers neither stands.  The invalid papers, which come last, name
    more than there are seats, or somebody twice.  Raises NoSuchPapers.
    """
    written = [name for name in votes if name not in candidates]
    if written and not write_in:
        raise NoSuchPapers
    places = min(seats, len(candidates)) if written and needs_opposition else seats
    ordered = {name: votes[name] for name in (*[one for one in candidates if one in votes], *written)}
    papers = []
    for named in _spread(ordered, valid, places):
        paper = {
            "for": [name for name in candidates if name in named],
            "against": [name for name in candidates if name not in named] if named else [],
        }
        papers.append(paper | ({"write_in": sorted(set(named) & set(written))} if write_in else {}))
    for name, wanted in (abstain or {}).items():
        _abstain(papers, candidates, name, wanted, needs_opposition=needs_opposition)
    return papers + [_over_marked(candidates, seats, write_in=write_in) for _ in range(invalid)]


def selection(
    options: Sequence[str], choose: int, votes: Mapping[str, int], valid: int, invalid: int = 0
) -> list[list[str]]:
    """The invalid papers, which come last, choose one more than they may.  Raises NoSuchPapers."""
    if any(name not in options for name in votes) or (invalid and choose >= len(options)):
        raise NoSuchPapers
    ordered = {name: votes[name] for name in options if name in votes}
    papers = [[name for name in options if name in chosen] for chosen in _spread(ordered, valid, choose)]
    return papers + [list(options[: choose + 1]) for _ in range(invalid)]


def scores(
    mean: Decimal, sheets: int, lowest: int, highest: int, step: int, trim: int, chance: Random
) -> list[int]:
    """Whole scores of one criterion whose mean, without the `trim` highest and lowest, is exactly `mean`.

    Raises NoSuchPapers.
    """
    counted = sheets - 2 * trim
    steps, rest = divmod((Fraction(mean) - lowest) * counted, step)
    if counted < 1 or rest or not lowest <= mean <= highest:
        raise NoSuchPapers
    each, more = divmod(int(steps), counted)
    found = [each + 1] * more + [each] * (counted - more)
    most = (highest - lowest) // step
    for _ in range(SHIFTS * counted):
        one, other = chance.randrange(counted), chance.randrange(counted)
        by = min(chance.randint(1, WIDEST), most - found[one], found[other])
        if one != other and abs(found[one] + by - each) <= WIDEST >= abs(found[other] - by - each):
            found[one] += by
            found[other] -= by
    within = [lowest + score * step for score in found]
    edges = [highest - (highest - lowest) % step] * trim + [lowest] * trim
    return [*edges, *within]


def _spread(votes: Mapping[str, int], papers: int, places: int) -> list[list[str]]:
    """Every name on as many papers as it has votes, on none twice, and all papers as evenly full as can be."""
    if any(count > papers for count in votes.values()) or sum(votes.values()) > papers * places:
        raise NoSuchPapers
    filled: list[list[str]] = [[] for _ in range(papers)]
    place = 0
    for name, count in votes.items():
        for _ in range(count):
            filled[place % papers].append(name)
            place += 1
    return filled


def _abstain(
    papers: Sequence[ElectionPaper],
    candidates: Sequence[str],
    name: str,
    wanted: int,
    *,
    needs_opposition: bool,
) -> None:
    """Make it so that the candidate is neither for nor against on `wanted` papers."""
    missing = wanted - sum(name not in paper["for"] and name not in paper["against"] for paper in papers)
    for paper in papers:
        if missing == 0:
            return
        if missing < 0 and name not in paper["for"] and name not in paper["against"]:
            against = {*paper["against"], name}
            paper["against"] = [one for one in candidates if one in against]
            missing += 1
        elif missing > 0 and name in paper["against"]:
            written = len(paper.get("write_in", ())) if needs_opposition else 0
            if len(paper["against"]) > written:
                paper["against"].remove(name)
                missing -= 1
    if missing:
        raise NoSuchPapers


def _over_marked(candidates: Sequence[str], seats: int, *, write_in: bool) -> ElectionPaper:
    """A paper that says more than it may: more names than seats, or, where there are not so many, one of them twice."""
    names = list(candidates)
    paper = {"for": names, "against": [] if len(names) > seats else names[:1]}
    return paper | ({"write_in": []} if write_in else {})
