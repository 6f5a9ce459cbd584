"""The run of show, the matters of the day and the rolls, as the console shows them beside its work.  Pure."""

from __future__ import annotations

from meeting.order.progress import MatterStatus, Position
from meeting.order.sentence import sentence
from meeting.order.sitting import Attendee, Item, MatterId, Member, StepKind
from meeting.order.state import State
from meeting.projections.dossier_view import for_console
from meeting.projections.frame import View, Watching
from meeting.projections.primary import matter_name, step_name
from meeting.wording import words


def agenda_line(state: State, item: Item) -> View:
    return {
        "number": item.number,
        "kind": item.kind.value,
        "title": words(item.title),
        "start": item.start,
        "steps": [
            {
                "kind": step.kind.value,
                "matter": step.matter,
                "title": words(step_name(state, step)),
                "open": _is_open(state, Position(item.number, index)),
                "mark": mark.value if (mark := state.marks.get(Position(item.number, index))) else None,
            }
            for index, step in enumerate(item.steps)
        ],
    }


def _is_open(state: State, position: Position) -> bool:
    """There is, or may yet be, something to do: who is still to be appointed may still be handed his certificate."""
    step = state.step_at(position)
    if not state.passed_over(position):
        return True
    if step.kind is StepKind.CERTIFICATES and step.matter is not None:
        return state.matters[step.matter].status is MatterStatus.FILED
    oath = state.plan.item(position.item).particulars.oath
    if step.kind is not StepKind.OATH or oath is None:
        return False
    return any(
        state.matters[one.id].status is MatterStatus.FILED
        for one in state.plan.matters
        if one.is_nomination and {one.person, *one.persons} & set(oath.takers)
    )


def matter_line(state: State, matter: MatterId) -> View:
    at, planned = state.matters[matter], state.plan.matter(matter)
    last = planned.exams[-1] if planned.exams else None
    return {
        "kind": planned.kind.value,
        "title": words(planned.title),
        "person": planned.person,
        "name": words(sentence("console.fact.name", name=matter_name(planned))),
        "nomination": planned.is_nomination,
        "post": words(planned.post),
        "proposer": planned.proposer,
        "presenter": planned.presenter,
        "exam": None if last is None else {"score": last.score, "passed": last.passed, "makeup": last.makeup},
        "objections": None if planned.publicity is None else planned.publicity.objections,
        "profile": planned.profile,
        "pledge": planned.pledge,
        "bloc": list(planned.bloc),
        "persons": list(planned.persons),
        "certificate": planned.certificate,
        "record": for_console(planned),
        "status": at.status.value,
        "pledges": at.pledges,
        "pledged": at.pledged,
        "reason": at.reason,
    }


# --- who is here ---------------------------------------------------------------------------------------------------


def roll_line(state: State, one: Member | Attendee, watching: Watching) -> View:
    return {
        "number": one.number,
        "name": one.name,
        "presence": state.presence[one.number].value,
        "video": one.number in state.by_video,
        "reason": state.leave_reasons.get(one.number, ""),
        "online": one.number in watching.online,
        "recused": [str(matter) for who, matter in state.recusals if who == one.number],
    }
