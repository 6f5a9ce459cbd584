"""What the chair does next, seen from the newest console view and the script alone.  Pure.

Nothing is remembered: the same view always gets the same order.  So a server that was killed, an answer that was
lost and a refusal that came too late need nothing special; the next view says how things stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from meeting.office.script import Disposal, QuestionAsked
from meeting.order.sitting import MatterId, MemberNo, StepKind
from meeting.order.state import MatterStatus, Position, Presence
from meeting.rehearsal.day import Asked, Day

View = Mapping[str, Any]

PLENARY = "plenary"
CHAIRS_MEETING = "chairs_meeting"
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


MOST_ROUNDS = 4
"""Where the script has no figures, a vote that still is not decided is then left as it is."""


class Hands(Protocol):
    """What the chair must know of how the robots vote; `deal.Deals` is one."""

    def withheld(self, ballot: str) -> int:
        """How many ballots are collected and will not come back."""
        ...

    def received(self, ballot: str) -> int:
        """How many receipts the robots have."""
        ...

    def totals(self, ballot: str, paper: str) -> Mapping[str, Mapping[str, Any]]:
        """What is counted of raised hands."""
        ...

    def asked(self, ballot: str) -> Asked | None:
        """Where and in which round a ballot is asked."""
        ...


def order(name: str, /, **fields: object) -> Order:
    return Order(name, fields)


def next_order(day: Day, hands: Hands, view: View, *, impatient: bool = False) -> Order | Wait | Over:
    """What the chair does now.  `impatient`: nothing has moved for long, so he goes on without those he waits for."""
    if view["stage"] == "closed" or view["position"] is None:
        return Over()
    at = Position(view["position"]["item"], view["position"]["step"])
    poll = view["poll"]
    if poll is not None and _runs(view):
        return _running(hands, view, poll, impatient)
    if view["stage"] == "gathering":
        return _gathering(day, view, at, impatient)
    for due in (*_attendance(day, view, at), *_business(day, view, at)):
        return due
    return _step(day, hands, view, at, impatient)


def _button(view: View) -> str:
    """The order that the console's primary button would give; empty while it waits."""
    main = view["primary"]
    return "" if main["name"] is None or main["reasons"] else str(main["name"])


def _runs(view: View) -> bool:
    """The vote is under way, or counted and not declared."""
    return view["poll"]["stage"] in {"open", "held", "closing", "counted"} and not _is_declared(view)


def _is_declared(view: View) -> bool:
    """The sitting may go on from the vote: nothing else is said of a result before it is declared."""
    return _button(view) in {"proceed", "call_round", "close_sitting"}


# --- who is here ---


def _gathering(day: Day, view: View, at: Position, impatient: bool) -> Order | Wait:
    wished = day.presence(at)
    for line in _everybody(view):
        if wished[line["number"]] is Presence.ON_LEAVE and line["presence"] == Presence.EXPECTED:
            return _leave(day, line["number"])
    missing = [
        line["number"]
        for line in _everybody(view)
        if wished[line["number"]] is Presence.PRESENT and line["presence"] != Presence.PRESENT
    ]
    return Wait("check-in") if missing and not impatient else order("confirm_roll")


def _everybody(view: View) -> Iterable[View]:
    """The lines of the members, and of the attendees who are asked for advice."""
    return (*view["roll"], *view["attendees"])


def _leave(day: Day, member: MemberNo) -> Order:
    return order("record_leave", member=member, reason=day.leave_reason(member) or REASON)


def _attendance(day: Day, view: View, at: Position) -> Iterable[Order]:
    wished = day.presence(at)
    for line in _everybody(view):
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
    consent = None if decision is None else decision.consent
    moved_by = "" if decision is None else decision.moved_by
    match kind:
        case "deferred":
            agreed = {"moved_by": moved_by, "consent": consent or PLENARY}
            return order("defer_matter", matter=matter, reason=reason or REASON, **agreed)
        case "terminated":
            by = moved_by or consent or CHAIRS_MEETING
            return order("terminate_matter", matter=matter, reason=reason or REASON, by=by)
        case "withdrawn":
            return order("withdraw_matter", matter=matter, consent=consent or CHAIRS_MEETING, by=moved_by)
        case "returned":
            return order("return_matter", matter=matter, reason=reason or REASON)


# --- steps ---


def _step(day: Day, hands: Hands, view: View, at: Position, impatient: bool) -> Order | Wait:
    if _button(view) == "close_sitting":
        return order("close_sitting")  # the agenda has no closing of its own
    step = day.step(at)
    if step.kind is StepKind.VOTE:
        return _vote(day, hands, view, at, impatient)
    if step.limit_s is not None and view["timer"] is None:
        return order("start_timer")
    if step.kind is StepKind.PLEDGE and step.matter is not None:
        return _pledge(day, view, step.matter)
    if step.kind is StepKind.REPLY and (judged := _reply(day, view, at)) is not None:
        return judged
    if step.kind is StepKind.QUESTIONS:
        return _questions(day, view, at, step.matter)
    return order("proceed")


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


def _reply(day: Day, view: View, at: Position) -> Order | None:
    """What the movers say of this reply; None once their last word is on the record."""
    said, put = day.item(at.item).dissatisfied or (0,), view["replies"]
    if put and not put[-1]["again"]:
        return None
    dissatisfied = said[min(len(put), len(said) - 1)]
    return order("record_reply", dissatisfied=dissatisfied, again=len(put) < len(said) - 1)


def _questions(day: Day, view: View, at: Position, matter: MatterId | None) -> Order:
    wanted, put = day.questions(at), view["questions"]
    if put and put[-1]["answered"] is None:
        known = len(put) <= len(wanted)
        return order("close_question", answered=wanted[len(put) - 1].answered if known else True)
    if len(put) < len(wanted):
        return _ask(view, wanted[len(put)])
    nominee = day.nominee(matter)
    if matter is not None and nominee is not None and nominee.disposition is not None:
        later = day.decision(matter) is not None or _settled_at_the_vote(day, matter)
        if not later and _filed(view, matter):
            return _disposal(day, matter, nominee.disposition.kind)
    return order("proceed")


def _ask(view: View, asked: QuestionAsked) -> Order:
    """Put a question, to the first who is there to answer; a follow-up to the question that it follows."""
    put, respondents = view["questions"], view["respondents"]
    more: dict[str, object] = {"to": respondents[0]} if respondents else {}
    if asked.is_follow_up and put:
        more["follows"] = put[-1]["number"]
    return order("put_question", by=asked.by, text=asked.question, source=asked.source, **more)


def _settled_at_the_vote(day: Day, matter: MatterId) -> bool:
    votes = (at for at in day.positions if day.step(at).vote is not None and day.step(at).matter == matter)
    return any((poll := day.poll(at)) is not None and poll.status is not None for at in votes)


# --- votes ---


def _vote(day: Day, hands: Hands, view: View, at: Position, impatient: bool) -> Order | Wait:
    step, script, poll = day.step(at), day.poll(at), view["poll"]
    if step.matter is not None and script is not None and script.status and _filed(view, step.matter):
        return _disposal(day, step.matter, script.status)
    if poll is not None and _is_declared(view):
        another = _button(view) == "call_round" and _wants_another_round(day, hands, at, poll["ballot"])
        return order("call_round", poll=poll["ballot"]) if another else order("proceed")
    if view.get("trouble"):
        return order("skip_step", reason=str(view["trouble"]["code"]))
    if poll is None or poll["stage"] == "void":
        return Wait("preparation")
    for unmet in view["preconditions"]:
        if unmet["met"] or unmet["overridden"]:
            continue
        if unmet["name"] == "empty_box" and not impatient:
            return Wait("teller")
        # To set it aside is for people, not for a rehearsal.
        return order("skip_step", reason=unmet["name"])
    if poll["visibility"] == "secret" and _not_collected(poll) and not impatient:
        return Wait("issue")
    return order("open_poll", poll=poll["ballot"])


def _wants_another_round(day: Day, hands: Hands, at: Position, ballot: str) -> bool:
    """As many rounds as the script has; where it has no figures, until all is decided, but not for ever."""
    asked, first = hands.asked(ballot), day.poll(at)
    foretold = first is not None and first.expect is not None
    return asked is not None and asked.round < (day.rounds(at) if foretold else MOST_ROUNDS)


def _running(hands: Hands, view: View, poll: View, impatient: bool) -> Order | Wait:
    if poll["stage"] == "held":
        return order("resume_poll", poll=poll["ballot"])
    if _button(view) == "reveal_result":
        return order("reveal_result", poll=poll["ballot"])
    if poll["stage"] in {"closing", "counted"}:
        return Wait("count")
    if _button(view) == "enter_totals":
        totals = hands.totals(poll["ballot"], poll["paper"])
        return order("enter_totals", poll=poll["ballot"], totals=totals)
    if poll["visibility"] == "hands":
        return Wait("teller")
    # The timer over the ballot is no reason: a server that was away for a minute must not cost anybody his vote.
    if (not _not_collected(poll) and _all_in(hands, poll)) or impatient:
        return order("close_poll", poll=poll["ballot"])
    return Wait("return")


def _polls(poll: View) -> Iterable[View]:
    """The binding poll, and those of the classes that are asked beside it."""
    return (poll, *poll["advisory"])


def _not_collected(poll: View) -> bool:
    return any(one["not_collected"] for one in _polls(poll))


def _all_in(hands: Hands, poll: View) -> bool:
    return all(_returned(hands, one) >= one["issued"] - hands.withheld(one["ballot"]) for one in _polls(poll))


def _returned(hands: Hands, poll: View) -> int:
    """As the console tells; where so few vote that it does not, as the robots know of themselves."""
    told: int | None = poll["returned"]
    return hands.received(poll["ballot"]) if told is None else told
