"""Whether the parts of a sitting file fit each other: every name resolves, no number or id occurs twice, the day runs
forward.  It looks at parts that are in form already; the rehearsal's script is `script_check`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from meeting.office.draft import Draft
from meeting.office.form_problems import Path
from meeting.office.item_schema import (
    AnyItem,
    CeremonyItem,
    DeliberationItem,
    ElectionItem,
    NominationsItem,
    PerformanceItem,
    PublicVoteItem,
    ReportItem,
    SecretVotesItem,
    SelectionItem,
    TellersForm,
    WorkEvaluationItem,
)
from meeting.office.matter_schema import GradeBallotForm, NomineeForm
from meeting.office.problems import Code, Problem
from meeting.order.sitting import Rules

LONGEST_BALLOT_ID = 32
ROOM_FOR_ROUNDS = 99
"""A ballot's id must still fit when a vote has been repeated this often."""


def check(draft: Draft) -> Iterator[Problem]:
    yield from _roll(draft)
    yield from _agenda(draft)
    yield from _matters(draft)
    yield from _voted_once(draft)
    yield from _ballot_ids(draft)
    for path, item in draft.items:
        yield from _item(draft, path, item)


def member(draft: Draft, name: str, at: Path) -> Iterator[Problem]:
    """A problem unless `name` is on the roll."""
    if name not in draft.names:
        yield draft.problem(Code.UNKNOWN_MEMBER, at, name=name)


def matter(draft: Draft, id: str, at: Path) -> Iterator[Problem]:
    if id not in draft.matter_ids:
        yield draft.problem(Code.UNKNOWN_MATTER, at, matter=id)


def nominee(draft: Draft, name: str, at: Path) -> Iterator[Problem]:
    if name not in draft.nominees:
        yield draft.problem(Code.UNKNOWN_NOMINEE, at, name=name)


def in_sequence(draft: Draft, numbers: Iterable[tuple[Path, object]]) -> Iterator[Problem]:
    """1, 2, 3 … without a gap; after a wrong number the count goes on from it, so that one slip is one problem."""
    wanted = 1
    for at, number in numbers:
        if not isinstance(number, int):
            wanted += 1  # not in form, and reported as that
            continue
        if number != wanted:
            yield draft.problem(Code.NOT_IN_SEQUENCE, at, number=number, wanted=wanted)
        wanted = number + 1


def _roll(draft: Draft) -> Iterator[Problem]:
    numbers: dict[int, Path] = {}
    names: dict[str, Path] = {}
    chair = ""
    for path, one in draft.members:
        if one.num in numbers:
            first = draft.lines.of(numbers[one.num])
            at = (*path, "num")
            yield draft.problem(Code.DUPLICATE_MEMBER_NUMBER, at, number=one.num, first=first)
        if one.name in names:
            first = draft.lines.of(names[one.name])
            yield draft.problem(Code.DUPLICATE_MEMBER_NAME, (*path, "name"), name=one.name, first=first)
        numbers.setdefault(one.num, path)
        names.setdefault(one.name, path)
        if one.role == "chair":
            if chair:
                yield draft.problem(Code.SECOND_CHAIR, (*path, "role"), name=one.name, chair=chair)
            chair = chair or one.name
    if draft.raw_members and not any(
        isinstance(one, dict) and one.get("role") == "chair" for one in draft.raw_members
    ):
        yield draft.problem(Code.CHAIR_MISSING, ("members",))
    count = len(draft.raw_members)
    if draft.assembly and count and draft.assembly.rules.total_members != count:
        at = ("assembly", "rules", "total_members")
        said = draft.assembly.rules.total_members
        yield draft.problem(Code.TOTAL_MEMBERS, at, said=said, counted=count)


def _agenda(draft: Draft) -> Iterator[Problem]:
    items = enumerate(draft.raw_items)
    yield from in_sequence(
        draft, ((("agenda", index, "num"), one.get("num")) for index, one in items if isinstance(one, dict))
    )
    latest = ""
    for path, item in draft.items:
        if item.start < latest:
            at = (*path, "start")
            yield draft.problem(Code.ITEM_TOO_EARLY, at, item=item.num, start=item.start, before=latest)
        latest = max(latest, item.start)


def _matters(draft: Draft) -> Iterator[Problem]:
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
        if isinstance(one, NomineeForm):
            yield from _record(draft, path, one)


def _record(draft: Draft, path: Path, one: NomineeForm) -> Iterator[Problem]:
    """What stands on a nominee's record before the day."""
    if one.publicity and one.publicity.end < one.publicity.begin:
        at = (*path, "publicity", "to")
        yield draft.problem(Code.DATES_NOT_IN_ORDER, at, begin=one.publicity.begin, end=one.publicity.end)
    mark = draft.assembly.rules.exam_pass_mark if draft.assembly else Rules(0).exam_pass_mark
    for index, exam in enumerate(one.exam):
        at = (*path, "exam", index, "passed")
        if mark is not None and exam.passed != (exam.score >= mark):
            yield draft.problem(Code.EXAM_MARK, at, name=one.name, score=exam.score, mark=mark)


def _voted_once(draft: Draft) -> Iterator[Problem]:
    introduced = {one.id: number for _, number, one in draft.matters()}
    voted: dict[str, Path] = {}
    for path, number, id, _ in draft.motions():
        if id is None:
            continue
        if id in voted:
            first = draft.lines.of((*voted[id], "matter"))
            yield draft.problem(Code.VOTED_TWICE, (*path, "matter"), matter=id, first=first)
        voted.setdefault(id, path)
        if introduced.get(id, number) > number:
            at = (*path, "matter")
            yield draft.problem(Code.VOTED_BEFORE_INTRODUCED, at, matter=id, item=introduced[id])


def _ballot_ids(draft: Draft) -> Iterator[Problem]:
    """Only a matter's id can be too long: classes have 16 characters at most."""
    for path, number, id, _ in draft.motions():
        longest = f"{number}-{id or 'item'}-{ROOM_FOR_ROUNDS}-member"
        if id in draft.matter_ids and len(longest) > LONGEST_BALLOT_ID:
            most = len(id or "") - (len(longest) - LONGEST_BALLOT_ID)
            yield draft.problem(Code.BALLOT_ID_TOO_LONG, (*path, "matter"), matter=id, most=most)


def _item(draft: Draft, path: Path, item: AnyItem) -> Iterator[Problem]:
    """What one item says of members, matters and people."""
    match item:
        case PublicVoteItem() if item.tellers:
            yield from _tellers(draft, (*path, "tellers"), item.tellers)
        case ReportItem():
            yield from _grades(draft, path, item.ballot)
            for index, question in enumerate(item.questions):
                if question.source in ("planned", "spontaneous"):
                    yield from member(draft, question.by, (*path, "questions", index, "by"))
        case WorkEvaluationItem():
            yield from _grades(draft, path, item.ballot)
            if item.score_sheet:
                at = (*path, "score_sheet", "criteria")
                criteria = enumerate(item.score_sheet.criteria)
                yield from in_sequence(draft, (((*at, index, "num"), one.num) for index, one in criteria))
        case PerformanceItem():
            yield from _grades(draft, path, item.ballot)
            yield from _classes(draft, path, item)
        case NominationsItem():
            for index, one in enumerate(item.nominees):
                for number, answer in enumerate(one.qa):
                    yield from member(draft, answer.by, (*path, "nominees", index, "qa", number, "by"))
        case DeliberationItem():
            for index, group in enumerate(item.groups):
                yield from member(draft, group.convener, (*path, "groups", index, "convener"))
            yield from _recusals_and_decisions(draft, path, item)
        case SecretVotesItem():
            for index, ballot in enumerate(item.ballots):
                yield from matter(draft, ballot.matter, (*path, "ballots", index, "matter"))
        case ElectionItem():
            at = (*path, "candidates")
            orders = (((*at, index, "order"), one.order) for index, one in enumerate(item.candidates))
            yield from in_sequence(draft, orders)
            yield from _once(draft, at, [one.name for one in item.candidates])
        case SelectionItem():
            yield from _once(draft, (*path, "options"), item.options)
            if item.choose >= len(item.options):
                at, most = (*path, "choose"), len(item.options) - 1
                yield draft.problem(Code.TOO_GREAT, at, part="choose", value=item.choose, most=most)
        case CeremonyItem():
            yield from _ceremony(draft, path, item)
        case _:
            pass


def _tellers(draft: Draft, path: Path, tellers: TellersForm) -> Iterator[Problem]:
    seen: set[str] = set()
    others = [((*path, "tellers", index), name) for index, name in enumerate(tellers.tellers)]
    for at, name in [((*path, "chief"), tellers.chief), *others]:
        yield from member(draft, name, at)
        if name in seen:
            yield draft.problem(Code.TELLER_TWICE, at, name=name)
        seen.add(name)
        if name in draft.nominees | draft.candidates:
            yield draft.problem(Code.TELLER_IS_CANDIDATE, at, name=name)


def _grades(draft: Draft, path: Path, ballot: GradeBallotForm) -> Iterator[Problem]:
    repeated = len(set(ballot.grades)) != len(ballot.grades)
    if repeated or (ballot.grades_en is not None and len(ballot.grades_en) != len(ballot.grades)):
        yield draft.problem(Code.GRADES_DIFFER, (*path, "ballot", "grades"))


def _classes(draft: Draft, path: Path, item: PerformanceItem) -> Iterator[Problem]:
    attendees = draft.outline.non_voting_attendees if draft.outline else None
    if attendees is None:
        return
    known = {"member"} | {one.evaluator_class for one in attendees if one.evaluator_class}
    for index, electorate in enumerate(item.electorates):
        if electorate.voter_class not in known:
            at = (*path, "electorates", index, "class")
            yield draft.problem(Code.UNKNOWN_CLASS, at, voters=electorate.voter_class)


def _recusals_and_decisions(draft: Draft, path: Path, item: DeliberationItem) -> Iterator[Problem]:
    for index, recusal in enumerate(item.recusals):
        at = (*path, "recusals", index)
        if recusal.kind == "nominee_withdraws":
            for number, name in enumerate(recusal.names):
                yield from nominee(draft, name, (*at, "names", number))
        else:
            yield from member(draft, recusal.member, (*at, "member"))
            yield from matter(draft, recusal.matter, (*at, "matter"))
    for index, decision in enumerate(item.decisions):
        yield from matter(draft, decision.matter, (*path, "decisions", index, "matter"))


def _once(draft: Draft, path: Path, names: list[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield draft.problem(Code.CANDIDATE_TWICE, (*path, index), name=name)
        seen.add(name)


def _ceremony(draft: Draft, path: Path, item: CeremonyItem) -> Iterator[Problem]:
    for index, certificate in enumerate(item.certificates):
        yield from matter(draft, certificate.matter, (*path, "certificates", index, "matter"))
    if oath := item.oath:
        at = (*path, "oath")
        for index, name in enumerate(oath.takers):
            yield from nominee(draft, name, (*at, "takers", index))
        if oath.presider:
            yield from member(draft, oath.presider, (*at, "presider"))
        leader = oath.lead in oath.takers if oath.form == "collective" else oath.lead is None
        if not leader:
            yield draft.problem(Code.OATH_LEADER, (*at, "lead"), name=oath.lead or "")
