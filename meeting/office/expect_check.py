"""Whether the numbers that a script expects of a vote can come out: ballots issued, returned, valid, counted.

It does not count votes and knows no rule of COUNTING.md but the majority of a motion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from meeting.office import plan_check
from meeting.office.draft import Draft
from meeting.office.form_problems import Path
from meeting.office.item_schema import (
    ElectionItem,
    ScoreSheetForm,
    SelectionItem,
)
from meeting.office.problems import Code, Problem
from meeting.office.script_schema import (
    AdvisoryExpectForm,
    ElectionExpectForm,
    GradeExpectForm,
    MotionExpectForm,
    SelectionExpectForm,
)

Room = frozenset[str] | None
"""Who is present; None while no roll has been called (then nothing can be said of numbers)."""


def adds_up(draft: Draft, at: Path, said: object, counted: object) -> Iterator[Problem]:
    if said != counted:
        yield draft.problem(Code.DOES_NOT_ADD_UP, at, part=at[-1], said=said, counted=counted)


def motion(
    draft: Draft, at: Path, expect: MotionExpectForm, room: Room, conflicted: set[str] | None
) -> Iterator[Problem]:
    present = draft.roll_size if room is None else len(room)
    recused = 0
    if conflicted is not None:
        recused = len(conflicted if room is None else conflicted & room)
        if expect.recused is not None:
            yield from adds_up(draft, (*at, "recused"), expect.recused, recused)
    if room is not None and expect.present is not None:
        yield from adds_up(draft, (*at, "present"), expect.present, present)
    yield from _issue(draft, at, expect.issued, expect.returned, present - recused)
    valid = expect.returned if expect.valid is None else expect.valid
    if expect.valid is not None:
        yield from adds_up(draft, (*at, "valid"), valid, expect.returned - expect.invalid)
    votes = expect.votes_for + expect.against + expect.abstain
    if votes != valid:
        yield draft.problem(Code.DOES_NOT_ADD_UP, (*at, "for"), part="for", said=votes, counted=valid)
    if expect.not_returned is not None and expect.issued >= expect.returned:
        yield from adds_up(draft, (*at, "not_returned"), expect.not_returned, expect.issued - expect.returned)
    if draft.assembly:
        of_present = draft.assembly.rules.majority == "more_than_half_of_present"
        needed = (present if of_present else draft.roll_size) // 2 + 1
        outcome = "carried" if expect.votes_for >= needed else "not_carried"
        if expect.outcome != outcome:
            here = (*at, "outcome")
            yield draft.problem(
                Code.OUTCOME, here, said=expect.outcome, votes=expect.votes_for, needed=needed
            )


def graded(
    draft: Draft, at: Path, expect: GradeExpectForm, grades: list[str], room: Room
) -> Iterator[Problem]:
    yield from _issue(draft, at, expect.issued, expect.returned, None if room is None else len(room))
    yield from adds_up(draft, (*at, "valid"), expect.valid, expect.returned - expect.invalid)
    yield from _counts(draft, at, expect.counts, expect.valid, grades)
    if expect.grade not in grades:
        yield draft.problem(Code.UNKNOWN_GRADE, (*at, "grade"), grade=expect.grade)


def advisory(draft: Draft, at: Path, expect: GradeExpectForm, grades: list[str]) -> Iterator[Problem]:
    attendees = draft.outline.non_voting_attendees if draft.outline else []
    invited = {one.evaluator_class: one.count for one in attendees if one.evaluator_class}
    for voters, advice in expect.advisory.items():
        here = (*at, "advisory", voters)
        if draft.outline and voters not in invited:
            yield draft.problem(Code.UNKNOWN_CLASS, here, voters=voters)
        yield from _advice(draft, here, advice, grades, invited.get(voters))


def scores(draft: Draft, path: Path, sheet: ScoreSheetForm, expect: GradeExpectForm) -> Iterator[Problem]:
    """Robots fill in whole sheets: the sum of a criterion must be one that such sheets can have."""
    scale = sheet.scale
    means = [one for one in sheet.criteria if one.mean is not None]
    for index, one in enumerate(sheet.criteria):
        if one.mean is None:
            continue
        above = (one.mean - scale.min) * expect.valid
        if not scale.min <= one.mean <= scale.max or above % scale.step:
            at = (*path, "score_sheet", "criteria", index, "mean")
            yield draft.problem(Code.MEAN_NOT_REACHABLE, at, mean=one.mean, sheets=expect.valid)
    if expect.overall_mean is not None and len(means) == len(sheet.criteria):
        weights = sum(one.weight for one in sheet.criteria)
        overall = sum((one.mean or Decimal()) * one.weight for one in means) / weights
        shown = Decimal(overall).quantize(Decimal("0.1"), ROUND_HALF_UP)
        yield from adds_up(draft, (*path, "expect", "overall_mean"), expect.overall_mean, shown)


def election(
    draft: Draft, at: Path, item: ElectionItem, expect: ElectionExpectForm, room: Room
) -> Iterator[Problem]:
    yield from _issue(draft, at, expect.issued, expect.returned, None if room is None else len(room))
    yield from adds_up(draft, (*at, "valid"), expect.valid, expect.returned - expect.invalid)
    listed = {one.name for one in item.candidates}
    for key, names in (("votes", [] if item.write_in else expect.votes), ("abstain", expect.abstain)):
        for name in names:
            if name not in listed:
                yield draft.problem(Code.UNKNOWN_CANDIDATE, (*at, key, name), name=name)
    for index, name in enumerate(expect.elected):
        if name not in expect.votes:
            yield draft.problem(Code.UNKNOWN_CANDIDATE, (*at, "elected", index), name=name)
    yield from _votes(draft, at, expect.votes, expect.valid, item.seats)


def selection(draft: Draft, path: Path, item: SelectionItem, room: Room) -> Iterator[Problem]:
    rounds = enumerate(item.rounds)
    yield from plan_check.in_sequence(
        draft, (((*path, "rounds", index, "num"), one.num) for index, one in rounds)
    )
    places = item.choose
    for index, one in enumerate(item.rounds):
        at, expect = (*path, "rounds", index, "expect"), one.expect
        yield from _selection_round(draft, at, item, expect, room)
        yield from _votes(draft, at, expect.votes, expect.valid, places)
        places = max(places - len(expect.selected), 0)


def _issue(draft: Draft, at: Path, issued: int, returned: int, most: int | None) -> Iterator[Problem]:
    """A device never gives back more than it got; that a hand count may is not for a rehearsal."""
    if most is not None and issued > most:
        yield draft.problem(Code.TOO_MANY_ISSUED, (*at, "issued"), issued=issued, most=most)
    if returned > issued:
        yield draft.problem(Code.TOO_MANY_RETURNED, (*at, "returned"), returned=returned, issued=issued)


def _counts(
    draft: Draft, at: Path, counts: Mapping[str, int], valid: int, grades: list[str]
) -> Iterator[Problem]:
    for grade in counts:
        if grade not in grades:
            yield draft.problem(Code.UNKNOWN_GRADE, (*at, "counts", grade), grade=grade)
    yield from adds_up(draft, (*at, "counts"), sum(counts.values()), valid)


def _advice(
    draft: Draft, at: Path, advice: AdvisoryExpectForm, grades: list[str], most: int | None
) -> Iterator[Problem]:
    yield from _issue(draft, at, advice.issued, advice.returned, most)
    yield from _counts(draft, at, advice.counts, advice.returned, grades)


def _votes(draft: Draft, at: Path, votes: Mapping[str, int], valid: int, places: int) -> Iterator[Problem]:
    """Nobody gets more votes than there are ballots, and each ballot has so many places."""
    for name, count in votes.items():
        if count > valid:
            yield draft.problem(Code.TOO_MANY_VOTES, (*at, "votes", name), votes=count, most=valid)
    if (total := sum(votes.values())) > valid * places:
        yield draft.problem(Code.TOO_MANY_VOTES, (*at, "votes"), votes=total, most=valid * places)


def _selection_round(
    draft: Draft, at: Path, item: SelectionItem, expect: SelectionExpectForm, room: Room
) -> Iterator[Problem]:
    yield from _issue(draft, at, expect.issued, expect.returned, None if room is None else len(room))
    yield from adds_up(draft, (*at, "valid"), expect.valid, expect.returned - expect.invalid)
    for name in expect.votes:
        if name not in item.options:
            yield draft.problem(Code.UNKNOWN_CANDIDATE, (*at, "votes", name), name=name)
    for key, names in (("selected", expect.selected), ("tied", expect.tied)):
        for index, name in enumerate(names):
            if name not in expect.votes:
                yield draft.problem(Code.UNKNOWN_CANDIDATE, (*at, key, index), name=name)
