"""Orders about who is here: check-in, leave, arrival, departure, roll call, recusal.  Pure."""

from __future__ import annotations

from meeting.order import commands as c
from meeting.order import events as e
from meeting.order.asking import MEMBER_CLASS
from meeting.order.errors import (
    AlreadyPresent,
    AlreadyRecused,
    CheckInAtDesk,
    NotPresent,
    NotQuorate,
)
from meeting.order.require import Events, matter_of, member_of, reason_of, still_filed
from meeting.order.sitting import StepKind
from meeting.order.state import Presence, Stage, State
from meeting.order.walk import on_from_here


def check_in(state: State, command: c.CheckIn, at: int) -> Events:
    member = member_of(state, command.member)
    is_member = state.plan.class_of(member) == MEMBER_CLASS
    if is_member and state.stage is not Stage.GATHERING:
        # Who comes late changes the quorum and every roll: that is entered at the console, before everybody's eyes.
        raise CheckInAtDesk(member=member)
    if state.presence[member] is Presence.PRESENT:
        raise AlreadyPresent(member=member)
    return (e.MemberArrived(member, e.Arrival.PHONE),)


def record_arrival(state: State, command: c.RecordArrival, at: int) -> Events:
    member = member_of(state, command.member)
    if state.presence[member] is Presence.PRESENT:
        raise AlreadyPresent(member=member)
    return (e.MemberArrived(member, e.Arrival.VIDEO if command.video else e.Arrival.DESK),)


def record_leave(state: State, command: c.RecordLeave, at: int) -> Events:
    member = member_of(state, command.member)
    if state.presence[member] is Presence.PRESENT:
        raise AlreadyPresent(member=member)
    return (e.LeaveRecorded(member, reason_of(command.reason), command.written),)


def record_departure(state: State, command: c.RecordDeparture, at: int) -> Events:
    member = member_of(state, command.member)
    if state.presence[member] is not Presence.PRESENT:
        raise NotPresent(member=member)
    return (e.MemberDeparted(member, command.approved_by),)


def confirm_roll(state: State, command: c.ConfirmRoll, at: int) -> Events:
    present = len(state.present)
    if not state.quorate:
        raise NotQuorate(present=present, needed=state.plan.rules.quorum)
    on_leave = len(state.who(Presence.ON_LEAVE))
    due = len(state.plan.members)
    confirmed = e.RollConfirmed(due, present, on_leave, due - present - on_leave)
    if state.step is not None and state.step.kind is StepKind.ROLL_CALL:
        return (confirmed, *on_from_here(state))
    return (confirmed,)


def recuse(state: State, command: c.Recuse, at: int) -> Events:
    member, matter = member_of(state, command.member), matter_of(state, command.matter)
    if (member, matter) in state.recusals:
        raise AlreadyRecused(member=member, matter=matter)
    still_filed(state, matter)
    return (e.MemberRecused(member, matter, reason_of(command.reason)),)
