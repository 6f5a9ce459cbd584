"""What must be so before a vote may open.  Listed, not hidden: the console shows each as met or not.

Pure.  A precondition that is law (quorum) cannot be set aside; the others can, with a reason on the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from meeting.order.asking import Visibility
from meeting.order.pledge import by_text
from meeting.order.sitting import Matter, MatterId, MatterKind, StepKind
from meeting.order.state import MatterStatus, Position, State, StepMark


class Name(StrEnum):
    QUORUM = "quorum"
    STEPS_DONE = "steps_done"
    DEFENCE = "defence"
    """The person has been heard in defence, or did not wish to be (监督法 62)."""
    EXAM = "exam"
    VETTING = "vetting"
    PUBLICITY = "publicity"
    NOT_TWICE = "not_twice"
    """Twice not carried is not for the same post again in this term (重庆任免 21)."""
    REVIEW = "review"
    """The initial review (初审) found for it, where the file tells of one."""
    ELIGIBILITY = "eligibility"
    """任职时间关、任职资格关、文字材料关: none of the three is failed."""
    COSIGNERS = "cosigners"
    WRITTEN_PLEDGE = "written_pledge"
    FILED = "filed"
    MATERIALS = "materials"
    REMOVAL_FIRST = "removal_first"
    """Who holds the same post is removed before another is appointed (PROCEDURE.md R26)."""
    NOMINEE_PRESENT = "nominee_present"
    TELLERS_APPROVED = "tellers_approved"
    EMPTY_BOX = "empty_box"


LAW = frozenset({Name.QUORUM})
"""组织法 51: no sitting without a quorum, whatever anybody says."""

VACATING = frozenset({MatterKind.REMOVAL, MatterKind.DISMISSAL, MatterKind.RESIGNATION, MatterKind.RECALL})
"""What makes a post free; a post with several holders is a reason to set the precondition aside."""

TWICE = 2
"""So often not carried, an appointment is not put again this term."""

BEFORE_A_VOTE = frozenset(
    {StepKind.READING, StepKind.STATEMENT, StepKind.INTRODUCTION, StepKind.REPLY}
    | {StepKind.PLEDGE, StepKind.QUESTIONS, StepKind.DELIBERATION}
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
    if step.matter is not None:
        matter = state.plan.matter(step.matter)
        if matter.kind is MatterKind.DISMISSAL:
            found.append((Name.DEFENCE, _defended(state, position)))
        for one in (state.plan.matter(each) for each in matter.bloc or (matter.id,)):
            if not state.disposed(one.id):
                found += _of_matter(state, one, matter.bloc)
    rules = state.plan.rules
    if rules.materials_days is not None and state.plan.materials_sent is not None:
        days = (state.plan.on - state.plan.materials_sent).days
        found.append((Name.MATERIALS, days >= rules.materials_days))
    if state.visibility_at(position) is Visibility.SECRET:
        found.append((Name.TELLERS_APPROVED, bool(state.tellers)))
        if rules.zero_check:
            found.append((Name.EMPTY_BOX, state.box_seen_by is not None))
    # A bloc has the same name several times; it holds when it holds for all.
    together: dict[Name, bool] = {}
    for name, met in found:
        together[name] = together.get(name, True) and met
    return tuple(
        Precondition(name, met, state.overrides.get((position, name), "")) for name, met in together.items()
    )


def _of_matter(state: State, matter: Matter, bloc: tuple[MatterId, ...]) -> list[tuple[Name, bool]]:
    rules = state.plan.rules
    found = []
    if rules.filing_days is not None and matter.filed_on is not None:
        found.append((Name.FILED, (state.plan.on - matter.filed_on).days >= rules.filing_days))
    if matter.dossier.review is not None:
        found.append((Name.REVIEW, matter.dossier.review.passed))
    if not matter.is_nomination:
        return found
    if rules.exam_pass_mark is not None:
        found.append((Name.EXAM, exam_passed(matter, rules.exam_pass_mark)))
    if matter.vetted is not None:
        found.append((Name.VETTING, matter.vetted))
    if matter.not_carried_before:
        found.append((Name.NOT_TWICE, matter.not_carried_before < TWICE))
    found += _of_dossier(state, matter)
    if matter.publicity is not None:
        found.append((Name.PUBLICITY, matter.publicity.end < state.plan.on))
    removals = [
        one
        for one in state.plan.matters
        if one.kind in VACATING
        and one.post == matter.post
        and one.id not in bloc  # decided by the same vote, it counts as decided before
    ]
    if removals:
        left = (state.matters[one.id].status is MatterStatus.CARRIED for one in removals)
        found.append((Name.REMOVAL_FIRST, all(left)))
    own = [step.kind for _, _, step in state.plan.steps() if step.matter == matter.id]
    before = own[: own.index(StepKind.VOTE)] if StepKind.VOTE in own else own
    spoken = not by_text(state, matter.id)
    if spoken and StepKind.PLEDGE in before:  # some assemblies hear it after the vote (000g)
        found.append((Name.NOMINEE_PRESENT, state.matters[matter.id].pledged))
    return found


def _of_dossier(state: State, matter: Matter) -> list[tuple[Name, bool]]:
    rules, dossier, found = state.plan.rules, matter.dossier, []
    eligible = dossier.eligibility
    if (eligible.time, eligible.qualification, eligible.documents) != (None, None, None):
        found.append((Name.ELIGIBILITY, not eligible.fails))
    if rules.joint_nomination is not None and dossier.cosigners:
        signed = len(dossier.signed_by(matter.proposer))
        found.append((Name.COSIGNERS, signed >= rules.joint_nomination))
    if rules.written_pledge and not matter.persons:  # a batch, such as lay judges, has no pledges in the file
        found.append((Name.WRITTEN_PLEDGE, bool(matter.pledge)))
    return found


def _defended(state: State, position: Position) -> bool:
    steps = state.plan.item(position.item).steps
    heard = [Position(position.item, index) for index, step in enumerate(steps) if step.defence]
    return bool(heard) and all(state.marks.get(at) is StepMark.DONE for at in heard)


def exam_passed(matter: Matter, pass_mark: int) -> bool:
    """The last examination counts; a missing one is not passed (PROCEDURE.md rows 40, 42, 43)."""
    if not matter.exams:
        return False
    last = max(matter.exams, key=lambda exam: exam.on)
    return last.passed and last.score >= pass_mark


def _steps_done(state: State, position: Position) -> bool:
    """Every earlier step that leads to this vote is done; a skipped one is not."""
    matter = state.step_at(position).matter
    bloc = () if matter is None else (matter, *state.plan.matter(matter).bloc)
    is_nomination = any(state.plan.matter(one).is_nomination for one in bloc)
    for item, index, step in state.plan.steps():
        at = Position(item.number, index)
        if at == position:
            return True
        if step.kind not in BEFORE_A_VOTE or step.defence or state.disposed(step.matter):
            continue
        own = step.matter in bloc if step.matter is not None else at.item == position.item
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
    kinds = {step.kind for step in state.plan.item(at.item).steps}
    return StepKind.VOTE not in kinds and kinds <= {StepKind.READING, StepKind.DELIBERATION, StepKind.RECESS}
