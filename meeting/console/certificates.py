"""The certificates of appointment (任命书) as a page to print, one sheet of A4 for each person.  Pure.

Only of whoever has been carried, and in the words of the decision (PROCEDURE.md 2.E).  The chair signs by hand
(重庆任免 23): the line is left empty.  Written to a file the page carries its style, served to the console it links it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from display import i18n
from meeting.console import printed
from meeting.office.library import LibraryError
from meeting.order import speaking
from meeting.order.progress import MatterStatus
from meeting.order.sitting import Plan, StepKind
from meeting.order.state import State
from meeting.wording import words


class NoCertificates(LibraryError):
    """Nobody whom the agenda gives a certificate has been carried yet."""

    code = "no-certificates"


@dataclass(frozen=True, slots=True)
class Certificate:
    name: str
    says: str
    number: str
    """As the file gives it; empty where it gives none."""


def certificates(state: State) -> tuple[Certificate, ...]:
    """Of everybody who has been carried and is handed one, in the order of the agenda; of a batch, one each."""
    handed = (step.matter for _, _, step in state.plan.steps() if step.kind is StepKind.CERTIFICATES)
    matters = [state.plan.matter(one) for one in dict.fromkeys(handed) if one is not None]
    return tuple(
        Certificate(name, words(speaking.certificate(state, matter, name))["zh"], matter.certificate)
        for matter in matters
        if state.matters[matter.id].status is MatterStatus.CARRIED
        for name in matter.persons or (matter.person,)
    )


def page(state: State) -> str:
    """The page for a sitting so far.  Raises NoCertificates."""
    found = certificates(state)
    if not found:
        raise NoCertificates()
    return printed.page(
        "certificates",
        html_lang="zh-CN",
        t=lambda key: i18n.text("zh", key),
        sheets=found,
        paper=particulars(state.plan),
        sheet="",
    )


def particulars(plan: Plan) -> Mapping[str, str]:
    """What all of them have: the meeting, the office that signs, the day of the vote."""
    on, chair = plan.on, plan.chair
    return {
        "title": i18n.text("zh", "hall.certificate"),
        "meeting": plan.meeting.zh,
        "office": "" if chair is None else chair.title.zh,
        "day": i18n.text("zh", "certificate.day", year=on.year, month=on.month, day=on.day),
    }
