"""Totals of a show of hands: what the tellers type, checked before anything is concluded from it.  Pure.

They are a teller's word and no more; what is checked is only that a room of so many people can give them.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, assert_never

from voting.errors import NotByHands, WrongTotals
from voting.paper import (
    MOTION_MARKS,
    ElectionQuestion,
    GradeQuestion,
    MotionQuestion,
    Paper,
    Question,
    ScoreQuestion,
    SelectionQuestion,
)
from voting.strict_json import shown_text
from voting.tally import ElectionTally, GradeTally, MotionTally, SelectionTally, Tally, listed
from voting.write_ins import compared, is_name

Total: TypeAlias = Mapping[str, int | Mapping[str, int]]
"""What is typed for one question: numbers of voices, or numbers by name."""
Totals: TypeAlias = Mapping[str, Total]
"""By question."""


class _Impossible(Exception):
    """What is typed for a question cannot be right; `check` says for which."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def check(paper: Paper, issued: int, totals: Mapping[str, object]) -> Totals:
    """`totals` as totals of this paper, every key in its place, written-in names as they are compared.

    The totals of a question are, each key always there:
    motion {"for", "against", "abstain"}; grade {grade: n}; election {"for": {name: n}, "against": {candidate: n},
    "returned": n, "invalid": n}, "for" with every candidate and, where the paper lets names be written in, others;
    selection {"votes": {option: n}, "returned": n, "invalid": n}.

    Raises NotByHands for a paper that asks for scores, WrongTotals for what `issued` people cannot have given.
    """
    for question in paper.questions:
        if isinstance(question, ScoreQuestion):
            raise NotByHands(question=question.id)
    known = [question.id for question in paper.questions]
    for name in totals:
        if name not in known:
            raise WrongTotals(question=shown_text(str(name)), problem="the paper has no such question")
    checked: dict[str, Total] = {}
    for question in paper.questions:
        try:
            checked[question.id] = _check_question(question, issued, totals.get(question.id))
        except _Impossible as impossible:
            raise WrongTotals(question=question.id, problem=impossible.problem) from None
    return checked


def tally_of(question: Question, total: Total) -> Tally:
    """The tally that the checked totals of a question are."""
    numbers: Any = total
    match question:
        case MotionQuestion():
            return MotionTally(numbers, invalid=0)
        case GradeQuestion():
            return GradeTally(numbers, valid=sum(numbers.values()), invalid=0)
        case ElectionQuestion():
            valid = numbers["returned"] - numbers["invalid"]
            return ElectionTally(numbers["for"], numbers["against"], valid, numbers["invalid"])
        case SelectionQuestion():
            valid = numbers["returned"] - numbers["invalid"]
            return SelectionTally(numbers["votes"], valid, numbers["invalid"])
        case ScoreQuestion():
            raise NotByHands(question=question.id)
        case _:
            assert_never(question)


def _check_question(question: Question, issued: int, typed: object) -> Total:
    match question:
        case MotionQuestion():
            return _one_voice_each(typed, MOTION_MARKS, issued)
        case GradeQuestion():
            return _one_voice_each(typed, question.scale, issued)
        case ElectionQuestion():
            return _election(question, issued, typed)
        case SelectionQuestion():
            return _selection(question, issued, typed)
        case ScoreQuestion():
            raise NotByHands(question=question.id)
        case _:
            assert_never(question)


def _one_voice_each(typed: object, choices: Sequence[str], issued: int) -> dict[str, int]:
    """Numbers by choice, of people who have one voice each."""
    numbers = _numbers(typed, choices)
    if sum(numbers.values()) > issued:
        raise _Impossible("more voices than people who may vote")
    return numbers


def _election(question: ElectionQuestion, issued: int, typed: object) -> dict[str, int | Mapping[str, int]]:
    fields = _fields(typed, ("for", "against", "returned", "invalid"))
    valid, head = _turnout(fields, issued)
    named = fields["for"]
    if not isinstance(named, Mapping):
        raise _Impossible("the numbers are missing")
    votes = _numbers(
        {name: n for name, n in named.items() if name in question.candidates}, question.candidates
    )
    against = _numbers(fields["against"], question.candidates)
    written = _written(question, {name: n for name, n in named.items() if name not in question.candidates})
    if any(votes[candidate] + against[candidate] > valid for candidate in question.candidates):
        raise _Impossible("more voices on one candidate than valid votes")
    if any(number > valid for number in written.values()):
        raise _Impossible("more voices for one name than valid votes")
    if sum(votes.values()) + sum(written.values()) > valid * question.seats:
        raise _Impossible("more voices than the valid votes can give to the seats")
    if question.write_in_needs_opposition and sum(written.values()) > sum(against.values()):
        raise _Impossible("more voices for other names than candidates were opposed")
    return {"for": listed(question, votes | written), "against": against, **head}


def _written(question: ElectionQuestion, typed: Mapping[object, object]) -> dict[str, int]:
    """Voices for names that are no candidates', by the form in which names are compared."""
    if typed and not question.write_in:
        raise _Impossible("a name that is no candidate's")
    taken = set(map(compared, question.candidates))
    written: dict[str, int] = {}
    for name, number in typed.items():
        if not isinstance(name, str) or not is_name(compared(name)):
            raise _Impossible("a name that cannot be written in")
        if compared(name) in taken:
            raise _Impossible("a name stands there twice")
        taken.add(compared(name))
        written[compared(name)] = _number(number)
    return written


def _selection(question: SelectionQuestion, issued: int, typed: object) -> dict[str, int | Mapping[str, int]]:
    fields = _fields(typed, ("votes", "returned", "invalid"))
    valid, head = _turnout(fields, issued)
    votes = _numbers(fields["votes"], question.options)
    if any(number > valid for number in votes.values()):
        raise _Impossible("more voices for one option than valid votes")
    if sum(votes.values()) > valid * question.choose:
        raise _Impossible("more voices than the valid votes can give")
    return {"votes": votes, **head}


def _turnout(fields: Mapping[str, object], issued: int) -> tuple[int, dict[str, int]]:
    """How many votes are valid, and the two numbers that say so."""
    returned, invalid = _number(fields["returned"]), _number(fields["invalid"])
    if returned > issued:
        raise _Impossible("more votes than people who may vote")
    if invalid > returned:
        raise _Impossible("more invalid votes than votes")
    return returned - invalid, {"returned": returned, "invalid": invalid}


def _numbers(typed: object, names: Sequence[str]) -> dict[str, int]:
    fields = _fields(typed, names)
    return {name: _number(fields[name]) for name in names}


def _fields(typed: object, names: Sequence[str]) -> Mapping[str, object]:
    """`typed` as an object with exactly these keys."""
    if not isinstance(typed, Mapping) or not all(name in typed for name in names):
        raise _Impossible("a number is missing")
    if len(typed) > len(names):
        raise _Impossible("a number for something that is not on the paper")
    return typed


def _number(typed: object) -> int:
    if type(typed) is not int or typed < 0:
        raise _Impossible("a number of voices is a whole number, 0 or more")
    return typed
