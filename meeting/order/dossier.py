"""What stands on the record of a motion before the day: review, eligibility, examination syllabus, audit, co-signers.

Immutable and pure; facts of the sitting file.  Whether a vote may open on them is `preconditions`' affair.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from meeting.order.text import Text


class PledgeMode(StrEnum):
    """How a nominee pledges, as the chairs' meeting has settled it for each of them (PROCEDURE.md row 63)."""

    ORAL = "oral"
    WRITTEN = "written"
    """The text is shown; nobody speaks, and the nominee need not be there."""


@dataclass(frozen=True, slots=True)
class Eligibility:
    """任职时间关、任职资格关、文字材料关: each passed or not; None: the file says nothing of it."""

    time: bool | None = None
    qualification: bool | None = None
    documents: bool | None = None

    @property
    def fails(self) -> bool:
        return False in (self.time, self.qualification, self.documents)


@dataclass(frozen=True, slots=True)
class Review:
    """初审: what the chairs' meeting found before the motion came here."""

    passed: bool
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    """Audit before, in or on leaving office."""

    note: Text = field(default_factory=lambda: Text(""))
    report: Text = field(default_factory=lambda: Text(""))
    """Title of the audit report."""


@dataclass(frozen=True, slots=True)
class Dossier:
    review: Review | None = None
    eligibility: Eligibility = field(default_factory=Eligibility)
    syllabus: tuple[str, ...] = ()
    """What the law examination is about (宪法, 组织法, …)."""
    audit: Audit | None = None
    educated: bool | None = None
    """Whether the education before appointment is done (任前教育)."""
    cosigners: tuple[str, ...] = ()
    """Who has signed the nomination beside its mover (联名)."""
    pledge_mode: PledgeMode = PledgeMode.ORAL
    verification: str = ""
    """What became of the objections to the public notice.  For the chair alone."""
    chair_note: str = ""
    """What the chair should know of it.  For the chair alone."""

    def signed_by(self, mover: str) -> tuple[str, ...]:
        """Everybody who has signed the nomination, its mover first, nobody twice."""
        return tuple(dict.fromkeys(one for one in (mover, *self.cosigners) if one))
