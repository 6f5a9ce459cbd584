"""The count file: an exported or typed-up vote that tellers recount with ``session-day count FILE``.  Pure.

It counts by the server's own `outcome.result`; what is here reads the file and names the place of whatever is
wrong in it.  Nothing is guessed: a number that cannot be true or a key that nobody knows stops the count,
because a recount that silently left something out would be worse than none.
"""

import json
from dataclasses import dataclass
from typing import Final

from voting import strict_json
from voting.errors import CountFileError
from voting.outcome import result
from voting.paper import Bases, Mark, Marks, Paper, read_paper
from voting.strict_json import Misread, Value, at, integer, shown

FORMAT: Final = "session-day-count/1"


@dataclass(frozen=True, slots=True)
class CountFile:
    """Everything that a count needs."""

    bases: Bases
    issued: int
    paper: Paper
    ballots: list[Marks]


def count(text: str) -> str:
    """The result of the count file `text`, as one JSON object.  Raises CountFileError, one line, with its place."""
    file = read_count_file(text)
    return json.dumps(result(file.paper, file.bases, file.issued, file.ballots), ensure_ascii=False, indent=2)


def read_count_file(text: str) -> CountFile:
    """The count file that `text` is.  Raises CountFileError."""
    try:
        # Windows editors put a byte order mark before what they save.
        return _read(strict_json.read(text.removeprefix("\ufeff")))
    except Misread as wrong:
        raise CountFileError(place=wrong.place or "file", problem=wrong.problem) from None


def _read(value: Value) -> CountFile:
    # The format first: a file of another one may well look different everywhere else.
    found = strict_json.fields_of(value, "").get("format")
    if found is None:
        raise Misread("format", f'the file does not say "format": "{FORMAT}"')
    if found != FORMAT:
        raise Misread("format", f'unknown format {shown(found)}, this program reads "{FORMAT}"')
    fields = strict_json.known_keys(value, "", ("format", "roll", "issued", "paper", "ballots"), ("rulings",))
    bases = _read_bases(fields["roll"], "roll")
    issued = integer(fields["issued"], "issued")
    if issued > bases.entitled:
        raise Misread("issued", f"{issued} issued, but only {bases.entitled} may vote (present less recused)")
    paper = read_paper(fields["paper"], "paper")
    ballots = strict_json.each(
        fields["ballots"], "ballots", lambda ballot, place: _read_ballot(paper, ballot, place)
    )
    _check_rulings(paper, fields.get("rulings", []), "rulings")
    return CountFile(bases, issued, paper, ballots)


def _read_bases(value: Value, place: str) -> Bases:
    fields = strict_json.known_keys(value, place, ("all_members", "present"), ("recused",))
    all_members = integer(fields["all_members"], at(place, "all_members"))
    present = integer(fields["present"], at(place, "present"))
    recused = integer(fields.get("recused", 0), at(place, "recused"))
    if present > all_members:
        raise Misread(at(place, "present"), f"{present} present, but there are only {all_members} members")
    if recused > present:
        raise Misread(at(place, "recused"), f"{recused} recused, but only {present} are present")
    return Bases(all_members=all_members, present=present, recused=recused)


def _read_ballot(paper: Paper, value: Value, place: str) -> Marks:
    """Unlike in the box the order of the marks means nothing here, and a wholly blank paper is a paper."""
    fields = strict_json.fields_of(value, place)
    ids = {question.id for question in paper.questions}
    for key in fields:
        if key not in ids:
            raise Misread(at(place, key), "the paper has no such question")
    ballot: dict[str, Mark] = {}
    for question in paper.questions:
        if question.id in fields:
            mark = question.read_mark(fields[question.id])
            if mark is None:
                raise Misread(at(place, question.id), f"unknown mark {shown(fields[question.id])}")
            ballot[question.id] = mark
    return ballot


def _check_rulings(paper: Paper, value: Value, place: str) -> None:
    """A ruling merges spellings of a written-in name, so it can only be about an election."""
    kinds = {question.id: question.kind for question in paper.questions}

    def check(ruling: Value, place: str) -> None:
        fields = strict_json.known_keys(ruling, place, ("question", "same", "as"))
        question = strict_json.string(fields["question"], at(place, "question"))
        strict_json.string(fields["as"], at(place, "as"))
        if not strict_json.each(fields["same"], at(place, "same"), strict_json.string):
            raise Misread(at(place, "same"), "a ruling needs at least one spelling")
        if question not in kinds:
            raise Misread(at(place, "question"), f"the paper has no question {shown(question)}")
        raise Misread(
            at(place, "question"),
            f"{shown(question)} is a {kinds[question]}; a ruling on write-ins needs an election",
        )

    strict_json.each(value, place, check)
