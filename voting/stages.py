"""The stages of a ballot and the steps between them.  Pure: this table is the specification.

A stage is what the box enforces in the transaction that writes; who may order a step, and when a window is over,
the meeting decides.
"""

from enum import StrEnum
from typing import Final

from voting.errors import WrongStage


class Stage(StrEnum):
    PREPARED = "prepared"
    """On the board; credentials are issued, nothing can be cast."""
    OPEN = "open"
    """The roll is frozen; casts are taken, credentials still issued."""
    HELD = "held"
    """Interrupted: credentials are issued, nothing can be cast."""
    CLOSING = "closing"
    """The grace: casts still arrive, nothing is issued any more."""
    COUNTED = "counted"
    """The result is on the board; for a secret ballot unused credentials are taken back."""
    HANDED_BACK = "handed-back"
    """The list of unused credentials is on the board; devices confirm that their line is in."""
    CHECKED = "checked"
    """The list of confirming members is on the board; nothing follows."""
    VOID = "void"
    """Ended without a result; the casts are destroyed."""


STEPS: Final[dict[str, tuple[frozenset[Stage], Stage]]] = {
    "amend_roll": (frozenset({Stage.PREPARED}), Stage.PREPARED),
    "open": (frozenset({Stage.PREPARED}), Stage.OPEN),
    "hold": (frozenset({Stage.OPEN}), Stage.HELD),
    "resume": (frozenset({Stage.HELD}), Stage.OPEN),
    "close": (frozenset({Stage.OPEN, Stage.HELD}), Stage.CLOSING),
    "count": (frozenset({Stage.CLOSING}), Stage.COUNTED),
    "count_hands": (frozenset({Stage.OPEN, Stage.HELD, Stage.CLOSING}), Stage.COUNTED),
    "void": (frozenset({Stage.PREPARED, Stage.OPEN, Stage.HELD, Stage.CLOSING}), Stage.VOID),
    "finish_hand_back": (frozenset({Stage.COUNTED}), Stage.HANDED_BACK),
    "finish_checks": (frozenset({Stage.HANDED_BACK}), Stage.CHECKED),
}
"""Each step of the box: the stages it may be taken from, and the one it leads to."""

ISSUING: Final = frozenset({Stage.PREPARED, Stage.OPEN, Stage.HELD})
"""New credentials are made."""
CASTING: Final = frozenset({Stage.OPEN, Stage.CLOSING})
"""Ballots are taken."""
RUNNING: Final = frozenset({Stage.PREPARED, Stage.OPEN, Stage.HELD, Stage.CLOSING})
"""No result and no void yet: the ballot's keys live as long as it is in one of these."""


RULED: Final = frozenset({Stage.COUNTED, Stage.HANDED_BACK, Stage.CHECKED})
"""There is a result, and the tellers may rule on the names written in; the stage stays what it is."""

STEPS_OF: Final[dict[str, frozenset[str]]] = {
    "count": frozenset({"secret", "open"}),
    "count_hands": frozenset({"hands"}),
    "finish_hand_back": frozenset({"secret"}),
    "finish_checks": frozenset({"secret"}),
}
"""The steps that are not for every ballot, and the visibilities that they are for."""


def after(step: str, stage: Stage, visibility: str) -> Stage:
    """The stage that a step leads to.  Raises WrongStage where it cannot be taken from `stage`."""
    sources, target = STEPS[step]
    if stage not in sources or visibility not in STEPS_OF.get(step, (visibility,)):
        raise WrongStage(step=step, stage=stage.value)
    return target


def is_over(stage: Stage, visibility: str) -> bool:
    """Whether nothing more has to come; a secret ballot has its lists to finish after the result."""
    return stage in (Stage.CHECKED, Stage.VOID) or (stage is Stage.COUNTED and visibility != "secret")
