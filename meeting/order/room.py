"""Everybody in the room: who presides, who may speak, who may only write, how many are here without a vote.  Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from meeting.order import events as e
from meeting.order import room_commands as c
from meeting.order.errors import CannotPreside, NotPresent, NoVoice, OneIsEnough, OutOfOrder, TooLong
from meeting.order.require import Events, member_of, reason_of
from meeting.order.sentence import Sentence, sentence
from meeting.order.sitting import Attendee, Item, ItemKind, Member, MemberNo, Role, Step
from meeting.order.state import Presence, State
from meeting.order.text import Text

LONGEST_FROM_GALLERY = 200
"""Characters of what somebody in the gallery writes about an item."""
MAY_PRESIDE = frozenset({Role.CHAIR, Role.VICE_CHAIR})


# --- who presides ---


def presider(state: State) -> Member | None:
    """Who presides now; None where the plan has no chair."""
    return None if state.presider is None else state.plan.member(state.presider)


def may_preside(state: State) -> tuple[Member, ...]:
    """To whom the chair can be handed over now."""
    return tuple(
        one
        for one in state.plan.members
        if one.role in MAY_PRESIDE
        and one.number != state.presider
        and state.presence[one.number] is Presence.PRESENT
    )


def hand_over(state: State, command: c.HandOver, at: int) -> Events:
    member = member_of(state, command.to)
    one = state.plan.person(member)
    if isinstance(one, Attendee) or one.role not in MAY_PRESIDE:
        raise CannotPreside(member=member)
    if member == state.presider:
        raise OutOfOrder(command="HandOver", stage="presiding")
    if state.presence[member] is not Presence.PRESENT:
        raise NotPresent(member=member)
    return (e.ChairHandedOver(member),)


def speaker(state: State, item: Item, step: Step) -> str:
    """Whose the step is by the plan; where it is the chair's as such, whoever presides now."""
    chair, presides = state.plan.chair, presider(state)
    closing = item.kind is ItemKind.CLOSING and chair is not None and step.speaker == chair.name
    return presides.name if closing and presides is not None else step.speaker


# --- voice ---


def voice_of(state: State, number: MemberNo) -> MemberNo:
    """A number that may ask for the floor and put questions.  Raises UnknownMember or NoVoice."""
    member = member_of(state, number)
    if state.plan.in_gallery(member):
        raise NoVoice(member=member)
    return member


def written(state: State, member: MemberNo, text: str, wanted: int | None) -> Events:
    """What somebody in the gallery writes about an item that is before the members, or was: once, and short."""
    if not state.plan.written_comments or state.presence[member] is not Presence.PRESENT:
        raise NoVoice(member=member)
    item = reached(state, wanted)
    if any((one.item, one.member) == (item, member) for one in state.comments):
        raise OneIsEnough()
    if len(text.strip()) > LONGEST_FROM_GALLERY:
        raise TooLong(most=LONGEST_FROM_GALLERY)
    return (e.CommentRecorded(item, member, reason_of(text)),)


def reached(state: State, wanted: int | None) -> int:
    """The item that is meant, the current one where none is named.  Raises OutOfOrder for one not begun."""
    assert state.at is not None, "an open sitting is always at a step"
    known = {position.item for position in state.marks} | {state.at.item}
    if wanted is not None and wanted not in known:
        raise OutOfOrder(command="SendComment", stage="ahead")
    return state.at.item if wanted is None else wanted


def record_comment(state: State, command: c.RecordComment, at: int) -> Events:
    member = member_of(state, command.member)
    item = reached(state, command.item)
    return (e.CommentRecorded(item, member, reason_of(command.text), command.by[:20] or "chair"),)


# --- who is here without a vote ---


@dataclass(frozen=True, slots=True)
class Kind:
    """How many of a kind are here: invited deputies, heads of organs, the gallery."""

    label: Text
    present: int
    all: int


def kinds(state: State, people: Iterable[Attendee]) -> tuple[Kind, ...]:
    """By kind, in the order of the numbers."""
    found: dict[str, list[Attendee]] = {}
    for one in people:
        found.setdefault(one.kind.zh, []).append(one)
    return tuple(Kind(group[0].kind, here(state, group), len(group)) for group in found.values())


def here(state: State, people: Iterable[Attendee]) -> int:
    return sum(state.presence[one.number] is Presence.PRESENT for one in people)


def others_here(state: State, where: str = "announce") -> Sentence | None:
    """列席…人，旁听…人; None where nobody has come.  `where` is whose words they are: `announce`, or `slide`."""
    attending, listening = here(state, state.plan.attendees), here(state, state.plan.gallery)
    if not attending and not listening:
        return None
    key = "attending-listening" if attending and listening else "attending" if attending else "listening"
    return sentence(f"{where}.{key}", attending=attending, listening=listening)
