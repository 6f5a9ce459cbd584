"""What an assembly may do when an evaluation has failed: the means, and how each is called.  Pure.

A means is named in a task; it is never taken here.  An evaluation dismisses nobody: what is proposed goes the way that
the law has for it (PROCEDURE.md R24, R56 to R59).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from meeting.order.sentence import Listed, names, sentence


class Means(StrEnum):
    INQUIRY = "inquiry"
    """询问 (监督法 47 to 50)."""
    INTERPELLATION = "interpellation"
    """质询 (监督法 51 to 54)."""
    INQUIRY_COMMITTEE = "inquiry_committee"
    """特定问题调查委员会 (监督法 55 to 57)."""
    PERSONNEL_PROPOSAL = "personnel_proposal"
    REMOVAL = "removal"
    RECALL = "recall"
    DISMISSAL = "dismissal"
    """撤职, by secret ballot (监督法 62)."""


OF_OFFICERS = frozenset({Means.REMOVAL, Means.RECALL, Means.DISMISSAL})
"""These are about a person: a unit cannot be removed from office."""

ESCALATION = (
    Means.INQUIRY,
    Means.INTERPELLATION,
    Means.INQUIRY_COMMITTEE,
    Means.PERSONNEL_PROPOSAL,
    Means.REMOVAL,
    Means.DISMISSAL,
)
"""What a second failure may lead to where the rules of the sitting say nothing else (PROCEDURE.md rows 150, 152)."""


def row_of(means: Iterable[Means], *, officer: bool) -> Listed:
    """The means in a row, those against an officer only where it is about one."""
    return names(sentence(f"means.{one.value}") for one in means if officer or one not in OF_OFFICERS)
