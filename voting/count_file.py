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
from voting.paper import Bases, Mark, Marks, Paper, Ruling, ScoreQuestion, find_contradiction, read_paper
from voting.strict_json import Misread, Value, at, integer, shown
from voting.write_ins import Contradiction, read_ruling

FORMAT: Final = "session-day-count/1"


@dataclass(frozen=True, slots=True)
class CountFile:
    """Everything that a count needs."""

    bases: Bases
    issued: int
    paper: Paper
    ballots: list[Marks]
    rulings: list[Ruling]


def count(text: str) -> str:
    """The result of the count file `text`, as one JSON object.  Raises CountFileError, one line, with its place."""
    file = read_count_file(text)
    counted = result(file.paper, file.bases, file.issued, file.ballots, file.rulings)
    for index, question in enumerate(file.paper.questions):
        found = counted["questions"][question.id]
        if isinstance(question, ScoreQuestion) and found.get("valid") and found["means"] is None:
            place = at(at("paper", index), "trim")
            problem = f"leaves nothing of {found['valid']} valid sheets, {question.trim} dropped at each end"
            raise CountFileError(place=place, problem=problem)
    return json.dumps(counted, ensure_ascii=False, indent=2)


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
    rulings = strict_json.each(fields.get("rulings", []), "rulings", read_ruling)
    try:
        find_contradiction(paper, rulings)
    except Contradiction as contradiction:
        place = at("rulings", contradiction.index)
        for step in contradiction.step:
            place = at(place, step)
        raise Misread(place, contradiction.problem) from None
    return CountFile(bases, issued, paper, ballots, rulings)


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
            ballot[question.id] = question.read_mark(fields[question.id], at(place, question.id))
    return ballot
