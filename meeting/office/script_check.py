"""Whether the rehearsal's script adds up: who is in the room, how many ballots that allows, what they come to.

A rehearsal plays the script to the letter, so a number that cannot come out is found here and not in the hall.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from meeting.office import expect_check, plan_check
from meeting.office.agenda_schema import AnyItem
from meeting.office.draft import Draft
from meeting.office.expect_check import Room
from meeting.office.form_problems import Path
from meeting.office.item_schema import (
    ElectionItem,
    NominationsItem,
    PerformanceItem,
    ReportItem,
    RollCallItem,
    SecretVotesItem,
    SelectionItem,
    WorkEvaluationItem,
)
from meeting.office.problems import Code, Problem
from meeting.office.script_schema import (
    AnyEvent,
    CheckInEvent,
    DepartureEvent,
    LeaveEvent,
    PledgeAttemptForm,
    RollCallEvent,
)


def check(draft: Draft) -> Iterator[Problem]:
    rooms: dict[int, Room] = {0: None}
    latest = 0
    for path, event in draft.events:
        at = (*path, "when", "item")
        if event.when.item not in draft.item_numbers:
            yield draft.problem(Code.UNKNOWN_ITEM, at, item=event.when.item)
        if event.when.item < latest:
            yield draft.problem(Code.EVENTS_NOT_IN_ORDER, at, item=event.when.item, before=latest)
        room = rooms[latest]
        yield from _event(draft, path, event, room)
        latest = max(latest, event.when.item)
        rooms[latest] = _after(draft, event, room)
    if not draft.whole:
        rooms = {0: None}
    for path, item in draft.items:
        yield from _item(draft, path, item, _at(rooms, item.num))
    conflicted: dict[str, set[str]] = {}
    for _, conflict in draft.conflicts():
        conflicted.setdefault(conflict.matter, set()).add(conflict.member)
    for asked in draft.motions():
        if asked.expect:
            recused = conflicted.get(asked.matter or "", set()) if draft.whole else None
            yield from expect_check.motion(draft, asked, asked.expect, _at(rooms, asked.item), recused)


def _at(rooms: Mapping[int, Room], item: int) -> Room:
    """The room at an item's votes: whatever the script says of the item has happened then."""
    return rooms[max(one for one in rooms if one <= item)]


def _after(draft: Draft, event: AnyEvent, room: Room) -> Room:
    """Unknown names make the room unknown: they are reported already, and every sum after them would be wrong."""
    match event:
        case RollCallEvent():
            away = {*event.leave, *event.absent_yet}
            return draft.names - away if away <= draft.names and draft.names_unique else None
        case CheckInEvent() | DepartureEvent() if event.member not in draft.names:
            return None
        case CheckInEvent() if room is not None:
            return room | {event.member}
        case DepartureEvent() if room is not None:
            return room - {event.member}
        case _:
            return room


def _event(draft: Draft, path: Path, event: AnyEvent, room: Room) -> Iterator[Problem]:
    after = _after(draft, event, room)
    match event:
        case RollCallEvent():
            for key, names in (("leave", event.leave), ("absent_yet", event.absent_yet)):
                for index, name in enumerate(names):
                    yield from plan_check.member(draft, name, (*path, key, index))
            yield from expect_check.adds_up(draft, (*path, "due"), event.due, draft.roll_size)
        case LeaveEvent():
            yield from plan_check.member(draft, event.member, (*path, "member"))
            if room is not None and event.member in room:
                yield draft.problem(Code.ALREADY_PRESENT, (*path, "member"), name=event.member)
            return
        case CheckInEvent():
            yield from plan_check.member(draft, event.member, (*path, "member"))
            if room is not None and event.member in room:
                yield draft.problem(Code.ALREADY_PRESENT, (*path, "member"), name=event.member)
        case DepartureEvent():
            yield from plan_check.member(draft, event.member, (*path, "member"))
            if event.approved_by:
                yield from plan_check.member(draft, event.approved_by, (*path, "approved_by"))
            if room is not None and event.member in draft.names - room:
                yield draft.problem(Code.NOT_PRESENT, (*path, "member"), name=event.member)
    if after is not None and event.present is not None:
        yield from expect_check.adds_up(draft, (*path, "present"), event.present, len(after))


def _item(draft: Draft, path: Path, item: AnyItem, room: Room) -> Iterator[Problem]:
    at = (*path, "expect")
    match item:
        case RollCallItem() if item.expect:
            quorum = draft.quorum
            yield from expect_check.adds_up(draft, (*at, "due"), item.expect.due, draft.roll_size)
            yield from expect_check.adds_up(draft, (*at, "quorum_needed"), item.expect.quorum_needed, quorum)
            if room is not None:
                yield from expect_check.adds_up(draft, (*at, "present"), item.expect.present, len(room))
                yield from expect_check.adds_up(
                    draft, (*at, "quorate"), item.expect.quorate, len(room) >= quorum
                )
        case ReportItem() | PerformanceItem() | WorkEvaluationItem() if item.expect:
            sheet = item.score_sheet if isinstance(item, WorkEvaluationItem) else None
            yield from expect_check.evaluated(
                draft, at, item.expect, item.ballot, room, with_scores=sheet is not None
            )
            grades = item.ballot.grades if item.ballot else []
            yield from expect_check.advisory(draft, at, item.expect, grades, item.electorates)
            if isinstance(item, WorkEvaluationItem) and item.score_sheet:
                yield from expect_check.scores(draft, path, item.score_sheet, item.expect)
        case NominationsItem():
            for index, one in enumerate(item.nominees):
                yield from _pledges(draft, (*path, "nominees", index, "pledge_attempts"), one.pledge_attempts)
                if draft.rules is not None and draft.rules.pledge_after_vote:
                    yield from _pledged_after(draft, (*path, "nominees", index), one.pledge_attempts)
        case SecretVotesItem():
            for index, ballot in enumerate(item.ballots):
                if ballot.status and ballot.expect:
                    here = (*path, "ballots", index, "status")
                    yield draft.problem(Code.STATUS_AND_EXPECT, here, matter=ballot.matter)
        case ElectionItem():
            yield from expect_check.election(draft, path, item, room)
        case SelectionItem():
            yield from expect_check.selection(draft, path, item, room)
        case _:
            pass


def _pledges(draft: Draft, path: Path, attempts: list[PledgeAttemptForm]) -> Iterator[Problem]:
    """The chair orders a pledge again until one is accepted or the procedure is ended."""
    for index, attempt in enumerate(attempts):
        if (attempt.result == "redo_ordered") != (index < len(attempts) - 1):
            yield draft.problem(Code.PLEDGE_ORDER, (*path, index), number=index + 1)


def _pledged_after(draft: Draft, path: Path, attempts: list[PledgeAttemptForm]) -> Iterator[Problem]:
    """After the vote there is nothing to end, and nothing to give again."""
    for index, attempt in enumerate(attempts):
        if attempt.result != "accepted":
            yield draft.problem(Code.PLEDGE_AFTER_VOTE, (*path, "pledge_attempts", index), number=index + 1)
