"""Which motions an item reads out (宣读议案), and by whom: those that it introduces.  It checks nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from meeting.office.agenda_schema import AnyItem
from meeting.office.item_kinds import Speaker, Turn
from meeting.office.item_schema import (
    DeliberationItem,
    DismissalItem,
    NominationsItem,
    PublicVoteItem,
    SecretVotesItem,
)
from meeting.office.matter_schema import MatterForm, NomineeForm, PersonnelForm, ResolutionForm
from meeting.office.rules_schema import RulesForm
from meeting.office.supervision_schema import InquiryItem, InterpellationItem
from meeting.order.sitting import MatterId, StepKind

ALL_BUT_READING = frozenset(StepKind) - {StepKind.READING}


def introduced(item: AnyItem) -> Iterator[MatterForm]:
    """The matters whose form stands in this item, in the order of the file."""
    match item:
        case NominationsItem():
            yield from item.nominees
        case PublicVoteItem() | SecretVotesItem() | DeliberationItem():
            yield from item.matters
        case _:
            pass
    if isinstance(item, PublicVoteItem | DismissalItem | InquiryItem) and item.matter is not None:
        yield item.matter


def read_out(item: AnyItem, rules: RulesForm) -> Mapping[str, MatterForm]:
    """The matters that are read out at this item, by id."""
    return {one.id: one for one in introduced(item) if _is_read(item, one, rules)}


def _is_read(item: AnyItem, form: MatterForm, rules: RulesForm) -> bool:
    """As it says itself; else a committee's proposal always, and whatever has a text, or everything by the rules."""
    if form.read_out is not None:
        return form.read_out
    return isinstance(item, InquiryItem) or bool(form.text_zh) or rules.read_out_motions


def with_readings(item: AnyItem, turns: Sequence[Turn], rules: RulesForm) -> Iterator[Turn]:
    """The turns of an item with their readings: a matter's own turn reads it, the others are read first."""
    if isinstance(item, InterpellationItem):
        yield from turns
        return
    read = read_out(item, rules)
    own = {turn.matter for turn in turns}
    for form in read.values():
        if MatterId(form.id) not in own:
            speakers = {Speaker.READER: _reader(item, form)}
            yield Turn(MatterId(form.id), speakers, leave_out=ALL_BUT_READING)
    for turn in turns:
        if turn.matter is not None and turn.matter in read:
            reader = {Speaker.READER: _reader(item, read[turn.matter])}
            yield replace(turn, speakers={**turn.speakers, **reader})
        else:
            yield replace(turn, leave_out=turn.leave_out | {StepKind.READING})


def _reader(item: AnyItem, form: MatterForm) -> str:
    """Who moved it, as far as the file says."""
    if isinstance(item, DismissalItem):
        return item.moved_by
    if isinstance(form, NomineeForm):
        return form.nominated_by
    return (form.moved_by or "") if isinstance(form, PersonnelForm | ResolutionForm) else ""
