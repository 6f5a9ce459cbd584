"""Whether the matters of a sitting file hold together: their ids, what stands on their record, and where each is voted.

It looks at parts that are in form already.
"""

from __future__ import annotations

from collections.abc import Iterator

from meeting.office import plan_check
from meeting.office.draft import Draft
from meeting.office.form_problems import Path
from meeting.office.item_schema import CeremonyItem
from meeting.office.matter_schema import BlocForm, MatterForm, NomineeForm, PersonForm
from meeting.office.problems import Code, Problem
from meeting.order.rules import Rules

LONGEST_BALLOT_ID = 32
ROOM_FOR_ROUNDS = 99
"""A ballot's id must still fit when a vote has been repeated this often."""
BY_ITSELF = frozenset({"bloc", "dismissal"})
"""Kinds of matters that are never voted on together with others: a dismissal is heard in defence (监督法 62)."""
WITH_CERTIFICATE = frozenset({"appointment", "acting"})


def check(draft: Draft) -> Iterator[Problem]:
    ids: dict[str, Path] = {}
    for path, _, one in draft.matters():
        key = one.id.lower()
        if key in ids:
            first = draft.lines.of((*ids[key], "id"))
            yield draft.problem(Code.DUPLICATE_MATTER, (*path, "id"), matter=one.id, first=first)
        ids.setdefault(key, path)
        # questions without a matter are called `item-N`, and their ballots `N-item-…`
        if key == "item" or key.startswith("item-"):
            yield draft.problem(Code.RESERVED_ID, (*path, "id"), matter=one.id)
        yield from _persons(draft, path, one)
        yield from _filed(draft, path, one)
        if isinstance(one, NomineeForm):
            yield from _record(draft, path, one)
        if isinstance(one, BlocForm):
            yield from _bloc(draft, path, one)
    yield from _voted_once(draft)
    yield from _ballot_ids(draft)
    yield from _certificates(draft)


def _persons(draft: Draft, path: Path, one: MatterForm) -> Iterator[Problem]:
    if not isinstance(one, PersonForm):
        return
    if (one.name is None) == (not one.persons):
        yield draft.problem(Code.NAME_OR_PERSONS, (*path, "id"), matter=one.id)
    yield from plan_check.once(draft, (*path, "persons"), one.persons)
    if one.kind in {"appointment", "removal"} and one.verb is None:
        yield draft.problem(Code.MISSING_KEY, (*path, "id"), part="verb")


def _filed(draft: Draft, path: Path, one: MatterForm) -> Iterator[Problem]:
    """A late filing is for the chair to see; one without a date nobody could see."""
    if isinstance(one, BlocForm) or draft.assembly is None or draft.rules is None:
        return
    if one.filed_on is None and draft.rules.filing_days is not None:
        yield draft.problem(Code.FILING_DATE, (*path, "id"), matter=one.id, days=draft.rules.filing_days)
    if one.filed_on is not None and one.filed_on > draft.assembly.date:
        at, end = (*path, "filed_on"), draft.assembly.date
        yield draft.problem(Code.DATES_NOT_IN_ORDER, at, begin=one.filed_on, end=end)


def _record(draft: Draft, path: Path, one: NomineeForm) -> Iterator[Problem]:
    """What stands on a nominee's record before the day."""
    if one.publicity and one.publicity.end < one.publicity.begin:
        at = (*path, "publicity", "to")
        yield draft.problem(Code.DATES_NOT_IN_ORDER, at, begin=one.publicity.begin, end=one.publicity.end)
    mark = draft.rules.exam_pass_mark if draft.rules else Rules(0).exam_pass_mark
    for index, exam in enumerate(one.exam):
        at = (*path, "exam", index, "passed")
        if mark is not None and exam.passed != (exam.score >= mark):
            name = "".join(one.people[:1])
            yield draft.problem(Code.EXAM_MARK, at, name=name, score=exam.score, mark=mark)


def _bloc(draft: Draft, path: Path, bloc: BlocForm) -> Iterator[Problem]:
    kinds = {one.id: one.kind for _, _, one in draft.matters()}
    yield from plan_check.once(draft, (*path, "matters"), bloc.matters)
    for index, one in enumerate(bloc.matters):
        at = (*path, "matters", index)
        yield from plan_check.matter(draft, one, at)
        if kinds.get(one) in BY_ITSELF:
            yield draft.problem(Code.VOTED_BY_ITSELF, at, matter=one)


def _voted_once(draft: Draft) -> Iterator[Problem]:
    introduced = {one.id: number for _, number, one in draft.matters()}
    blocs = {bloc.id: bloc.matters for _, bloc in draft.blocs()}
    voted: dict[str, Path] = {}
    for motion in draft.motions():
        if motion.matter is None:
            continue
        for id in dict.fromkeys((motion.matter, *blocs.get(motion.matter, ()))):
            at = (*motion.at, "matter")
            if id in voted:
                first = draft.lines.of((*voted[id], "matter"))
                yield draft.problem(Code.VOTED_TWICE, at, matter=id, first=first)
            voted.setdefault(id, motion.at)
            if introduced.get(id, motion.item) > motion.item:
                yield draft.problem(Code.VOTED_BEFORE_INTRODUCED, at, matter=id, item=introduced[id])


def _ballot_ids(draft: Draft) -> Iterator[Problem]:
    """Only a matter's id can be too long: classes have 16 characters at most, and vote on no matter."""
    for motion in draft.motions():
        id = motion.matter or "item"
        longest = f"{motion.item}-{id}-{ROOM_FOR_ROUNDS}-member"
        if id in draft.matter_ids and len(longest) > LONGEST_BALLOT_ID:
            most = len(id) - (len(longest) - LONGEST_BALLOT_ID)
            yield draft.problem(Code.BALLOT_ID_TOO_LONG, (*motion.at, "matter"), matter=id, most=most)


def _certificates(draft: Draft) -> Iterator[Problem]:
    kinds = {one.id: one.kind for _, _, one in draft.matters()}
    given: dict[str, Path] = {}
    for path, item in draft.items:
        if not isinstance(item, CeremonyItem):
            continue
        for index, one in enumerate(item.certificates):
            at = (*path, "certificates", index, "matter")
            yield from plan_check.matter(draft, one.matter, at)
            if one.matter in given:
                first = draft.lines.of(given[one.matter])
                yield draft.problem(Code.CERTIFICATE_TWICE, at, matter=one.matter, first=first)
            given.setdefault(one.matter, at)
            if kinds.get(one.matter, "appointment") not in WITH_CERTIFICATE:
                yield draft.problem(Code.NO_CERTIFICATE, at, matter=one.matter)
