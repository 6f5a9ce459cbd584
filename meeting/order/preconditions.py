"""What must be so before a vote may open.  Listed, not hidden: the console shows each as met or not.

Pure.  A precondition that is law (quorum) cannot be set aside; the others can, with a reason on the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from meeting.order.sitting import Matter, StepKind, Visibility
from meeting.order.state import Position, State, StepMark


class Name(StrEnum):
    QUORUM = "quorum"
    STEPS_DONE = "steps_done"
    EXAM = "exam"
    TELLERS_APPROVED = "tellers_approved"
    NOMINEE_PRESENT = "nominee_present"


LAW = frozenset({Name.QUORUM})
"""组织法 51: no sitting without a quorum, whatever anybody says."""

BEFORE_A_VOTE = frozenset(
    {StepKind.STATEMENT, StepKind.INTRODUCTION, StepKind.PLEDGE, StepKind.QUESTIONS, StepKind.DELIBERATION}
)
"""Steps that must be done before the vote on their matter, or on their item where they have no matter."""


@dataclass(frozen=True, slots=True)
class Precondition:
    name: Name
    met: bool
    overridden: str = ""
    """The reason with which it was set aside; empty when it was not."""

    @property
    def holds(self) -> bool:
        return self.met or bool(self.overridden)


def preconditions(state: State, position: Position) -> tuple[Precondition, ...]:
    """Those of the vote step at `position`, in the order in which the console lists them."""
    step = state.step_at(position)
    assert step.vote is not None, "only vote steps have preconditions"
    found = [(Name.QUORUM, state.quorate), (Name.STEPS_DONE, _steps_done(state, position))]
    matter = None if step.matter is None else state.plan.matter(step.matter)
    if matter is not None and matter.is_nomination:
        if state.plan.rules.exam_pass_mark is not None:
            found.append((Name.EXAM, exam_passed(matter, state.plan.rules.exam_pass_mark)))
        found.append((Name.NOMINEE_PRESENT, state.matters[matter.id].pledged))
    if step.vote.visibility is Visibility.SECRET:
        found.append((Name.TELLERS_APPROVED, bool(state.tellers)))
    return tuple(Precondition(name, met, state.overrides.get((position, name), "")) for name, met in found)


def exam_passed(matter: Matter, pass_mark: int) -> bool:
    """The last examination counts; a missing one is not passed (PROCEDURE.md rows 40, 42, 43)."""
    if not matter.exams:
        return False
    last = max(matter.exams, key=lambda exam: exam.on)
    return last.passed and last.score >= pass_mark


def _steps_done(state: State, position: Position) -> bool:
    """Every earlier step that leads to this vote is done; a skipped one is not."""
    matter = state.step_at(position).matter
    is_nomination = matter is not None and state.plan.matter(matter).is_nomination
    for item, index, step in state.plan.steps():
        at = Position(item.number, index)
        if at == position:
            return True
        if step.kind not in BEFORE_A_VOTE:
            continue
        own = step.matter == matter if step.matter is not None else at.item == position.item
        # Nominations are deliberated together, as an item of its own before the votes.
        together = (
            is_nomination
            and step.matter is None
            and step.kind is StepKind.DELIBERATION
            and _personnel(state, at)
        )
        if (own or together) and state.marks.get(at) is not StepMark.DONE:
            return False
    return True


def _personnel(state: State, at: Position) -> bool:
    """The deliberation at `at` is an item by itself: it is the one on appointments and removals."""
    return all(step.kind is StepKind.DELIBERATION for step in state.plan.item(at.item).steps)
