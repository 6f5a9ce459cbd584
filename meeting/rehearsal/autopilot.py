"""What the chair does next, seen from the newest console view and the script alone.  Pure.

Nothing is remembered: the same view always gets the same order.  So a server that was killed, an answer that was
lost and a refusal that came too late need nothing special; the next view says how things stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from meeting.office.script import Disposal
from meeting.order.sitting import MatterId, MemberNo, StepKind
from meeting.order.state import DISPOSED, MatterStatus, Position, Presence
from meeting.rehearsal.day import Day

View = Mapping[str, Any]

PLENARY = "plenary"
REASON = "rehearsal"
"""Stands on the record where the script gives no reason."""


@dataclass(frozen=True, slots=True)
class Order:
    """A command by its name on the wire."""

    name: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def message(self) -> dict[str, object]:
        return {"name": self.name, **self.fields}


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody else has to act first; the next view will show it."""

    on: str


@dataclass(frozen=True, slots=True)
class Over:
    """The sitting is closed."""


Withheld = Callable[[str], int]
"""How many ballots of a poll are collected and will not come back."""


def order(name: str, /, **fields: object) -> Order:
    return Order(name, fields)


def next_order(day: Day, withheld: Withheld, view: View, *, impatient: bool = False) -> Order | Wait | Over:
    """What the chair does now.  `impatient`: nothing has moved for long, so he goes on without those he waits for."""
    if view["stage"] == "closed" or view["position"] is None:
        return Over()
    at = Position(view["position"]["item"], view["position"]["step"])
    poll = view["poll"]
    if poll is not None and poll["stage"] in {"open", "held", "closing"}:
        return _running(withheld, poll, impatient)
    if view["stage"] == "gathering":
        return _gathering(day, view, at, impatient)
    for due in (*_attendance(day, view, at), *_business(day, view, at)):
        return due
    return _step(day, view, at, impatient)


# --- who is here ---


def _gathering(day: Day, view: View, at: Position, impatient: bool) -> Order | Wait:
    wished = day.presence(at)
    for line in view["roll"]:
        if wished[line["number"]] is Presence.ON_LEAVE and line["presence"] == Presence.EXPECTED:
            return _leave(day, line["number"])
    missing = [
        line["number"]
        for line in view["roll"]
        if wished[line["number"]] is Presence.PRESENT and line["presence"] != Presence.PRESENT
    ]
    return Wait("check-in") if missing and not impatient else order("confirm_roll")


def _leave(day: Day, member: MemberNo) -> Order:
    return order("record_leave", member=member, reason=day.leave_reason(member) or REASON)


def _attendance(day: Day, view: View, at: Position) -> Iterable[Order]:
    wished = day.presence(at)
    for line in view["roll"]:
        number, now, wish = line["number"], line["presence"], wished[line["number"]]
        if wish is Presence.PRESENT and now != Presence.PRESENT:
            yield order("record_arrival", member=number)
        elif wish is Presence.ON_LEAVE and now == Presence.EXPECTED:
            yield _leave(day, number)
        elif wish in {Presence.ON_LEAVE, Presence.LEFT_EARLY} and now == Presence.PRESENT:
            yield order("record_departure", member=number, approved_by=day.approved_by(number) or REASON)


# --- recusals, and matters that end without a vote ---


def _business(day: Day, view: View, at: Position) -> Iterable[Order]:
    item = day.item(at.item)
    recused = {(line["number"], matter) for line in view["roll"] for matter in line["recused"]}
    for recusal in item.recusals:
        if (recusal.member, recusal.matter) not in recused and _filed(view, recusal.matter):
            reason = recusal.reason or REASON
            yield order("recuse", member=recusal.member, matter=recusal.matter, reason=reason)
    for decision in item.decisions:
        if _filed(view, decision.matter):
            yield _disposal(day, decision.matter, decision.decision)


def _filed(view: View, matter: MatterId) -> bool:
    return bool(view["matters"][matter]["status"] == MatterStatus.FILED)


def _disposal(day: Day, matter: MatterId, kind: Disposal) -> Order:
    nominee, decision = day.nominee(matter), day.decision(matter)
    reason = nominee.disposition.reason if nominee is not None and nominee.disposition is not None else ""
    consent = PLENARY if decision is None or decision.consent is None else decision.consent
    match kind:
        case "deferred":
            moved_by = "" if decision is None else decision.moved_by
            return order(
                "defer_matter", matter=matter, moved_by=moved_by, consent=consent, reason=reason or REASON
            )
        case "terminated":
            return order("terminate_matter", matter=matter, reason=reason or REASON)
        case "withdrawn" | "returned":
            return order("withdraw_matter", matter=matter, consent=consent)


# --- steps ---


def _step(day: Day, view: View, at: Position, impatient: bool) -> Order | Wait:
    if _at_the_end(day, view, at):
        return order("close_sitting")
    step = day.step(at)
    if step.kind is StepKind.VOTE:
        return _vote(day, view, at, impatient)
    if step.limit_s is not None and view["timer"] is None:
        return order("start_timer")
    if step.kind is StepKind.PLEDGE and step.matter is not None:
        return _pledge(day, view, step.matter)
    if step.kind is StepKind.QUESTIONS:
        return _questions(day, view, at, step.matter)
    return order("proceed")


def _at_the_end(day: Day, view: View, at: Position) -> bool:
    """The step is done and nothing that would be held follows: the agenda has no closing, the chair closes."""
    line = next(line for line in view["agenda"] if line["number"] == at.item)
    if line["steps"][at.step]["mark"] is None:
        return False
    later = [day.step(one) for one, place in day.positions.items() if place > day.positions[at]]
    return all(
        step.kind is StepKind.DECLARATION
        or (step.matter is not None and view["matters"][step.matter]["status"] in DISPOSED)
        for step in later
    )


def _pledge(day: Day, view: View, matter: MatterId) -> Order:
    nominee = day.nominee(matter)
    if nominee is None or not nominee.pledge_attempts:
        return order("proceed")
    if view["timer"] is not None and view["timer"]["ends_at"] is not None:
        return order("stop_timer")
    attempt = min(view["matters"][matter]["pledges"], len(nominee.pledge_attempts) - 1)
    said = nominee.pledge_attempts[attempt]
    if said.result == "redo_ordered" and attempt == view["matters"][matter]["pledges"]:
        return order("pledge_again", matter=matter, reason=said.reason or REASON)
    if said.result == "terminated":
        return order("terminate_matter", matter=matter, reason=said.reason or REASON)
    return order("proceed")


def _questions(day: Day, view: View, at: Position, matter: MatterId | None) -> Order:
    wanted, put = day.questions(at), view["questions"]
    if put and put[-1]["answered"] is None:
        known = len(put) <= len(wanted)
        return order("close_question", answered=wanted[len(put) - 1].answered if known else True)
    if len(put) < len(wanted):
        asked = wanted[len(put)]
        return order("put_question", by=asked.by, text=asked.question)
    nominee = day.nominee(matter)
    if matter is not None and nominee is not None and nominee.disposition is not None:
        later = day.decision(matter) is not None or _settled_at_the_vote(day, matter)
        if not later and _filed(view, matter):
            return _disposal(day, matter, nominee.disposition.kind)
    return order("proceed")


def _settled_at_the_vote(day: Day, matter: MatterId) -> bool:
    votes = (at for at in day.positions if day.step(at).vote is not None and day.step(at).matter == matter)
    return any((poll := day.poll(at)) is not None and poll.status is not None for at in votes)


# --- votes ---


def _vote(day: Day, view: View, at: Position, impatient: bool) -> Order | Wait:
    step, script, poll = day.step(at), day.poll(at), view["poll"]
    assert step.vote is not None, "a vote step has its plan"
    if not step.vote.can_be_held:
        return order("proceed")
    if step.matter is not None and script is not None and script.status and _filed(view, step.matter):
        return _disposal(day, step.matter, script.status)
    if poll is not None and poll["stage"] == "counted":
        return order("proceed")
    if view.get("trouble"):
        return order("skip_step", reason=str(view["trouble"]["code"]))
    if poll is None or poll["stage"] == "void":
        return Wait("preparation")
    for unmet in view["preconditions"]:
        if not unmet["met"] and not unmet["overridden"]:
            # To set it aside is for people, not for a rehearsal.
            return order("skip_step", reason=unmet["name"])
    if poll["visibility"] == "secret" and poll["not_collected"] and not impatient:
        return Wait("issue")
    return order("open_poll", poll=poll["ballot"])


def _running(withheld: Withheld, poll: View, impatient: bool) -> Order | Wait:
    if poll["stage"] == "held":
        return order("resume_poll", poll=poll["ballot"])
    if poll["stage"] == "closing":
        return Wait("count")
    # The timer over the ballot is no reason: a server that was away for a minute must not cost anybody his vote.
    all_in = not poll["not_collected"] and poll["returned"] >= poll["issued"] - withheld(poll["ballot"])
    if all_in or impatient:
        return order("close_poll", poll=poll["ballot"])
    return Wait("return")
