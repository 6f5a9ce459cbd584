"""Whether the numbers that a script expects of a vote can come out: ballots issued, returned, valid, counted.

It does not count votes and knows no rule of COUNTING.md but the majority of a motion; whether any papers come to the
figures at all is `marking`'s word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from meeting.office import marking, plan_check
from meeting.office.ballot_schema import ElectorateForm, GradeBallotForm, ScoreSheetForm
from meeting.office.build_rules import majority
from meeting.office.draft import Draft, Motion
from meeting.office.form_problems import Path
from meeting.office.item_schema import ElectionItem, SelectionItem
from meeting.office.marking import NoSuchPapers
from meeting.office.problems import Code, Problem
from meeting.office.script_schema import (
    AdvisoryExpectForm,
    ElectionRoundForm,
    GradeExpectForm,
    MotionExpectForm,
    SelectionExpectForm,
)
from meeting.order.asking import MEMBER_CLASS
from voting.write_ins import compared, is_name

Room = frozenset[str] | None
"""Who is present; None while no roll has been called (then nothing can be said of numbers)."""


def adds_up(draft: Draft, at: Path, said: object, counted: object) -> Iterator[Problem]:
    if said != counted:
        yield draft.problem(Code.DOES_NOT_ADD_UP, at, part=at[-1], said=said, counted=counted)


def motion(
    draft: Draft, asked: Motion, expect: MotionExpectForm, room: Room, conflicted: set[str] | None
) -> Iterator[Problem]:
    at = (*asked.at, "expect")
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
    if draft.rules:
        rule = majority((asked.ballot.majority if asked.ballot else None) or draft.rules.majority)
        needed = rule.needed(draft.roll_size, present)
        if needed is None:
            return  # it depends on the ballots: the count will tell
        outcome = "carried" if expect.votes_for >= needed else "not_carried"
        if expect.outcome != outcome:
            here = (*at, "outcome")
            yield draft.problem(
                Code.OUTCOME, here, said=expect.outcome, votes=expect.votes_for, needed=needed
            )


def evaluated(
    draft: Draft,
    at: Path,
    expect: GradeExpectForm,
    ballot: GradeBallotForm | None,
    room: Room,
    *,
    with_scores: bool = False,
) -> Iterator[Problem]:
    """Of a grade, a score sheet, or both on one paper."""
    yield from _issue(draft, at, expect.issued, expect.returned, None if room is None else len(room))
    yield from adds_up(draft, (*at, "valid"), expect.valid, expect.returned - expect.invalid)
    if expect.invalid and not with_scores:
        # a paper without its only mark is refused by the box
        yield draft.problem(Code.CANNOT_BE_INVALID, (*at, "invalid"), invalid=expect.invalid)
    if ballot is None:
        for part, said in (("counts", expect.counts), ("grade", expect.grade)):
            if said:
                yield draft.problem(Code.UNKNOWN_KEY, (*at, part), part=part)
        return
    yield from _counts(draft, at, expect.counts, expect.valid, ballot.grades)
    if expect.grade is None:
        yield draft.problem(Code.MISSING_KEY, at, part="grade")
    elif expect.grade not in ballot.grades:
        yield draft.problem(Code.UNKNOWN_GRADE, (*at, "grade"), grade=expect.grade)


def advisory(
    draft: Draft, at: Path, expect: GradeExpectForm, grades: list[str], electorates: list[ElectorateForm]
) -> Iterator[Problem]:
    """What the classes beside the members are expected to say."""
    invited: Counter[str] = Counter()
    for one in draft.outline.non_voting_attendees if draft.outline else []:
        if one.evaluator_class:
            invited[one.evaluator_class] += one.size
    asked = {one.voter_class for one in electorates}
    for voters, advice in expect.advisory.items():
        here = (*at, "advisory", voters)
        if draft.outline and voters not in invited:
            yield draft.problem(Code.UNKNOWN_CLASS, here, voters=voters)
        elif voters not in asked and asked <= {MEMBER_CLASS, *invited}:
            yield draft.problem(Code.NOT_ASKED, here, voters=voters)
        yield from _advice(draft, here, advice, grades, invited.get(voters))


def scores(draft: Draft, path: Path, sheet: ScoreSheetForm, expect: GradeExpectForm) -> Iterator[Problem]:
    """Robots fill in whole sheets: the sum of a criterion must be one that such sheets can have."""
    scale = sheet.scale
    means = [one for one in sheet.criteria if one.mean is not None]
    for index, one in enumerate(sheet.criteria):
        if one.mean is None or scale.max <= scale.min:
            continue
        try:
            marking.scores(one.mean, expect.valid, scale.min, scale.max, scale.step, sheet.trim, Random(0))
        except NoSuchPapers:
            at = (*path, "score_sheet", "criteria", index, "mean")
            yield draft.problem(Code.MEAN_NOT_REACHABLE, at, mean=one.mean, sheets=expect.valid)
    if expect.overall_mean is not None and len(means) == len(sheet.criteria):
        weights = sum(one.weight for one in sheet.criteria)
        overall = sum((one.mean or Decimal()) * one.weight for one in means) / weights
        shown = Decimal(overall).quantize(Decimal("0.1"), ROUND_HALF_UP)
        yield from adds_up(draft, (*path, "expect", "overall_mean"), expect.overall_mean, shown)


def election(draft: Draft, path: Path, item: ElectionItem, room: Room) -> Iterator[Problem]:
    """Of all rounds: a later one is about the seats left, among names that were voted for before."""
    rounds = enumerate(item.rounds)
    yield from plan_check.in_sequence(
        draft, (((*path, "rounds", index, "num"), one.num) for index, one in rounds)
    )
    seats, known = item.seats, {one.name: None for one in item.candidates}
    for index, one in enumerate(item.rounds):
        at, expect = (*path, "rounds", index, "expect"), one.expect
        named = {*expect.votes, *expect.abstain}
        candidates = [name for name in known if index == 0 or name in named]
        write_in = item.write_in and one.kind != "runoff"
        yield from _election_round(draft, at, item, one, room, candidates, seats, write_in=write_in)
        seats = max(seats - len(expect.elected), 1)
        known |= dict.fromkeys(expect.votes)


def _election_round(
    draft: Draft,
    at: Path,
    item: ElectionItem,
    form: ElectionRoundForm,
    room: Room,
    candidates: Sequence[str],
    seats: int,
    *,
    write_in: bool,
) -> Iterator[Problem]:
    expect = form.expect
    yield from _issue(draft, at, expect.issued, expect.returned, None if room is None else len(room))
    yield from adds_up(draft, (*at, "valid"), expect.valid, expect.returned - expect.invalid)
    wrong = list(_written(draft, at[:-1], form, candidates, write_in=write_in))
    for key, names in (("votes", expect.votes), ("abstain", expect.abstain)):
        for name in names:
            if name not in candidates and not (key == "votes" and write_in and _is_person(name)):
                wrong.append(draft.problem(Code.UNKNOWN_CANDIDATE, (*at, key, name), name=name))
    for key, elected in (("elected", expect.elected), ("tied", expect.tied)):
        for index, name in enumerate(elected):
            if name not in expect.votes:
                wrong.append(draft.problem(Code.UNKNOWN_CANDIDATE, (*at, key, index), name=name))
    wrong += _votes(draft, at, expect.votes, expect.valid, seats)
    yield from wrong
    if wrong or expect.valid < 1:
        return
    try:
        marking.election(
            candidates,
            seats,
            form.written | {name: count for name, count in expect.votes.items() if name in candidates}
            if form.written
            else expect.votes,
            expect.valid,
            abstain=expect.abstain,
            write_in=write_in,
            needs_opposition=item.write_in_needs_opposition,
        )
    except NoSuchPapers:
        yield draft.problem(Code.NO_SUCH_PAPERS, (*at, "votes"))


def _written(
    draft: Draft, at: Path, form: ElectionRoundForm, candidates: Sequence[str], *, write_in: bool
) -> Iterator[Problem]:
    """The spellings, once the tellers have ruled on them, must be the names that the votes have."""
    for name in form.written:
        if name in candidates or not write_in or not _is_person(name):
            yield draft.problem(Code.UNKNOWN_CANDIDATE, (*at, "written", name), name=name)
    persons = {spelling: ruling.person for ruling in form.rulings for spelling in ruling.same}
    for index, ruling in enumerate(form.rulings):
        for spelling in ruling.same:
            if spelling not in form.written and spelling not in candidates:
                yield draft.problem(Code.UNKNOWN_CANDIDATE, (*at, "rulings", index), name=spelling)
    if not form.written:
        return
    counted: Counter[str] = Counter()
    for name, count in form.written.items():
        counted[persons.get(name, name)] += count
    for name in dict.fromkeys((*counted, *(one for one in form.expect.votes if one not in candidates))):
        said = form.expect.votes.get(name, 0)
        if name not in candidates and counted[name] != said:
            yield draft.problem(
                Code.DOES_NOT_ADD_UP, (*at, "written"), part=name, said=said, counted=counted[name]
            )


def _is_person(name: str) -> bool:
    """Whether a name can be written in, as a result shows it."""
    return is_name(name) and compared(name) == name


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
