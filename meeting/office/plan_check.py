"""Whether people and agenda fit each other: every name resolves, no number occurs twice, the day runs forward.

It looks at parts that are in form already.  Matters are `matter_check`'s, votes `vote_check`'s, and the rehearsal's
script is `script_check`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from meeting.office import people_check
from meeting.office.agenda_schema import AnyItem
from meeting.office.draft import Draft
from meeting.office.form_problems import Path
from meeting.office.item_schema import (
    CeremonyItem,
    DeliberationItem,
    ElectionItem,
    NominationsItem,
    PublicVoteItem,
    ReportItem,
    SecretVotesItem,
    SelectionItem,
    TellersForm,
)
from meeting.office.problems import Code, Problem


def check(draft: Draft) -> Iterator[Problem]:
    yield from _roll(draft)
    yield from people_check.check(draft)
    yield from _agenda(draft)
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


def _item(draft: Draft, path: Path, item: AnyItem) -> Iterator[Problem]:
    """What one item says of members, matters and people."""
    match item:
        case PublicVoteItem() if item.tellers:
            yield from _tellers(draft, (*path, "tellers"), item.tellers)
        case ReportItem():
            for index, question in enumerate(item.questions):
                if question.source in ("planned", "spontaneous"):
                    yield from member(draft, question.by, (*path, "questions", index, "by"))
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
            yield from once(draft, at, [one.name for one in item.candidates])
            if item.seats > len(item.candidates) and not item.write_in:
                at, most = (*path, "seats"), len(item.candidates)
                yield draft.problem(Code.TOO_GREAT, at, part="seats", value=item.seats, most=most)
        case SelectionItem():
            yield from once(draft, (*path, "options"), item.options)
            listed = item.auto_listed.item if item.auto_listed else None
            if listed is not None and listed not in draft.item_numbers:
                yield draft.problem(Code.UNKNOWN_ITEM, (*path, "auto_listed", "item"), item=listed)
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


def once(draft: Draft, path: Path, names: Sequence[str]) -> Iterator[Problem]:
    """A problem for every name that stands in the list before."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield draft.problem(Code.CANDIDATE_TWICE, (*path, index), name=name)
        seen.add(name)


def _ceremony(draft: Draft, path: Path, item: CeremonyItem) -> Iterator[Problem]:
    if not item.certificates and item.oath is None:
        yield draft.problem(Code.NO_CEREMONY, path)
    if oath := item.oath:
        at = (*path, "oath")
        yield from once(draft, (*at, "takers"), oath.takers)
        for index, name in enumerate(oath.takers):
            yield from nominee(draft, name, (*at, "takers", index))
        if oath.presider:
            yield from member(draft, oath.presider, (*at, "presider"))
        leader = oath.lead in oath.takers if oath.form == "collective" else oath.lead is None
        if not leader:
            yield draft.problem(Code.OATH_LEADER, (*at, "lead"), name=oath.lead or "")
