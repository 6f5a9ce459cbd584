"""The rules of procedure of one sitting, as data: the sitting file sets them, the console shows what governs a vote.

Immutable and pure; a preset is a set of these (`meeting.office.presets`), never code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from meeting.order.asking import Majority
from meeting.order.means import ESCALATION, Means
from meeting.order.text import Text


class Announce(StrEnum):
    """When a counted result is declared (SCREENS.md 0.8)."""

    IMMEDIATE = "immediate"
    TELLERS_CONFIRM = "tellers_confirm"
    """A teller confirms the count first."""
    CHAIR_REVEALS = "chair_reveals"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of this sitting.  Times in seconds.  Defaults are those of a county standing committee."""

    total_members: int
    """Base of every majority: all members, whoever is present (组织法 51)."""
    quorum_rule: Majority = field(default_factory=Majority)
    """Of all members: more than half in a standing committee (组织法 51), two thirds in a congress (组织法 14)."""
    majority: Majority = field(default_factory=Majority)
    """Of every vote that has none of its own."""
    exam_pass_mark: int | None = 80
    """Law examination before appointment; None: no examination is asked for."""
    speech_limit_s: int = 600
    pledge_limit_s: int = 300
    question_limit_s: int = 180
    answer_limit_s: int = 300
    ballot_timer_s: int | None = 60
    not_pressed_label: str = ""
    """How ballots not returned are called when the result is declared; empty: they are not mentioned (R28)."""
    plain_http: bool = False
    """Secret ballots without TLS: only in a rehearsal or where the assembly has said so (BALLOT.md 6)."""
    fewest_secret_voters: int = 5
    """A secret ballot with fewer on its roll is refused."""
    fewest_advisory_voters: int = 2
    """A class that only advises is asked from so many on; with fewer than five its voters are told (BALLOT.md 5)."""
    announce: Announce = Announce.IMMEDIATE
    zero_check: bool = False
    """A teller confirms that the box is empty before the first secret ballot of the day (零票确认)."""
    change_of_mind: bool = False
    """The last press until closing counts, as with keypads; else the first, as with paper (GB 50799-2012 6.2.2)."""
    names_recorded: bool = False
    """Who voted how in an open vote goes into the public record."""
    names_on_hall: bool = False
    """… and stands on the hall screen with the result."""
    pledge_label: Text = field(default_factory=lambda: Text(""))
    """How the pledge speech is called here (供职发言, 表态发言, …); empty: the catalogue's word."""
    filing_days: int | None = None
    """Motions are filed at least so many days before (PROCEDURE.md R13)."""
    summons_days: int | None = 7
    """The notice of the sitting goes out so many days before; the chair is told where it did not (R5)."""
    materials_days: int | None = None
    """Materials go out at least so many days before (PROCEDURE.md row 22)."""
    opinion_days: int = 10
    """The opinion is handed over within so many days after an evaluation (R55)."""
    report_months: int = 6
    """The organ reports on what it has done within so many months (PROCEDURE.md row 147)."""
    failing_months: int = 3
    """… and on the worst grade again within so many, to be evaluated again (row 149)."""
    list_failing: bool = True
    """Whoever got the worst grade is evaluated next year without a vote (row 151)."""
    notice_days: int = 3
    """Appointments and removals are announced within so many days (R47)."""
    question_days: int | None = None
    """A tracked or unanswered question is answered within so many days; None: as an opinion is handed over."""
    escalation: tuple[Means, ...] = ESCALATION
    """What a second failure may lead to (rows 150, 152)."""
    officer_proposal: tuple[Means, ...] = ()
    """What is proposed at once against an officer of the worst grade, where local rules have it (rows 154, 155)."""
    duty_report_months: int | None = None
    """Whoever is appointed reports on his duties within so many months (row 167); None: no such rule."""
    leaving_audit_months: int | None = None
    """The audit after leaving office is due within so many months (离任审计, row 57); None: no such rule."""
    distribution: tuple[str, ...] = ()
    """To whom the results of evaluations are sent (rows 156 to 160)."""
    written_pledge: bool = False
    """Every nominee has handed in a written pledge before the vote (PROCEDURE.md row 62)."""
    joint_nomination: int | None = None
    """A nomination with co-signers needs so many signatures, its mover's among them; None: no number is asked for."""
    pledge_points: tuple[Text, ...] = ()
    """What a pledge should speak of, for the chair to tick off (row 67)."""
    hand_back_s: int = 60
    """How long phones may hand back unused credentials after a result, and then how long they may confirm."""

    @property
    def quorum(self) -> int:
        """So many members must be present."""
        return self.quorum_rule.needed(self.total_members, self.total_members) or self.total_members
