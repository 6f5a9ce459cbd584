"""The outcome: what the ballots of one vote decide.  Pure.

The same paper and the same ballots always give the same result, in whatever order the ballots lie.  Fractions are
exact; a number is rounded only where it is shown.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias, assert_never

from voting import totals as typed
from voting.majority import Bases, Majority
from voting.paper import (
    ElectionQuestion,
    GradeQuestion,
    Marks,
    MotionQuestion,
    Paper,
    Question,
    Ruling,
    ScoreQuestion,
    SelectionQuestion,
    ShareBands,
)
from voting.quantity import UNIT, rounded
from voting.tally import (
    ElectionTally,
    GradeTally,
    MotionTally,
    ScoreTally,
    SelectionTally,
    Tally,
    tally,
)

Needed: TypeAlias = Callable[[Majority], int]
"""What a majority needs of this vote."""


def result(
    paper: Paper, bases: Bases, issued: int, ballots: Iterable[Marks], rulings: Iterable[Ruling] = ()
) -> dict[str, Any]:
    """The result as the board, the count command and the screens show it; ready to be written as JSON.

    `ballots` must bear only marks of `paper` (``paper.check``) and `rulings` fit it (``paper.check_rulings``).  When
    more ballots came back than were issued the whole vote is void, and nothing else is concluded from it.
    """
    returned, ruled = list(ballots), tuple(rulings)
    if len(returned) > issued:
        return {
            "issued": issued,
            "returned": len(returned),
            # Of a void vote no ballot is missing, there are too many.
            "not_returned": 0,
            "vote": "void",
            "questions": {
                question.id: {"kind": question.kind, "outcome": "void"} for question in paper.questions
            },
        }
    tallies = {
        question.id: tally(question, [marks.get(question.id) for marks in returned], ruled)
        for question in paper.questions
    }
    return _conclude(paper, bases, issued, len(returned), tallies)


def result_of_totals(paper: Paper, bases: Bases, issued: int, totals: Mapping[str, object]) -> dict[str, Any]:
    """The result of a show of hands, from the totals that the tellers typed.

    `returned` is the largest number of voices that any question shows.  Raises NotByHands and WrongTotals.
    """
    checked = typed.check(paper, issued, totals)
    tallies = {question.id: typed.tally_of(question, checked[question.id]) for question in paper.questions}
    returned = max(one.valid + one.invalid for one in tallies.values())
    return _conclude(paper, bases, issued, returned, tallies)


def _conclude(
    paper: Paper, bases: Bases, issued: int, returned: int, tallies: Mapping[str, Tally]
) -> dict[str, Any]:
    return {
        "issued": issued,
        "returned": returned,
        "not_returned": issued - returned,
        "vote": "valid",
        "questions": {
            question.id: _decide(question, bases, issued, returned, tallies[question.id])
            for question in paper.questions
        },
    }


def _decide(question: Question, bases: Bases, issued: int, returned: int, counted: Tally) -> dict[str, Any]:
    def needed(majority: Majority) -> int:
        whole = _whole(majority, bases, issued=issued, returned=returned, valid=counted.valid)
        return majority.needed_of(whole)

    return {
        "kind": question.kind,
        "valid": counted.valid,
        "invalid": counted.invalid,
        **_concluded(question, counted, needed),
    }


def _concluded(question: Question, counted: Tally, needed: Needed) -> dict[str, Any]:
    match question:
        case MotionQuestion():
            assert isinstance(counted, MotionTally)
            return _motion(question, counted, needed)
        case GradeQuestion():
            assert isinstance(counted, GradeTally)
            return _grade(question, counted, needed)
        case ScoreQuestion():
            assert isinstance(counted, ScoreTally)
            return _score(question, counted)
        case ElectionQuestion():
            assert isinstance(counted, ElectionTally)
            return _election(question, counted, needed)
        case SelectionQuestion():
            assert isinstance(counted, SelectionTally)
            return _selection(question, counted, needed)
        case _:
            assert_never(question)


def _whole(majority: Majority, bases: Bases, *, issued: int, returned: int, valid: int) -> int:
    """The number of which a majority is asked."""
    match majority.base:
        case "all_members":
            return bases.all_members
        case "present":
            return bases.present
        case "issued":
            return issued
        case "returned":
            return returned
        case "valid":
            return valid


def _motion(question: MotionQuestion, counted: MotionTally, needed: Needed) -> dict[str, Any]:
    """There is no casting vote: a tie is simply not carried."""
    line = needed(question.majority)
    return {
        "needed": line,
        "counts": dict(counted.counts),
        "outcome": "carried" if counted.counts["for"] >= line else "not_carried",
    }


def _grade(question: GradeQuestion, counted: GradeTally, needed: Needed) -> dict[str, Any]:
    line = needed(question.majority)
    if isinstance(question.rule, ShareBands):
        grade = _by_share(question.rule, counted)
    else:
        grade = _cumulated(question, counted, line)
    satisfied = sum(counted.counts[better] for better in question.scale[:-1])
    return {
        "needed": line,
        "counts": dict(counted.counts),
        "grade": grade,
        "rate": rounded(Fraction(100 * satisfied, counted.valid)) if counted.valid else None,
        "outcome": "graded",
    }


def _cumulated(question: GradeQuestion, counted: GradeTally, needed: int) -> str:
    """The first grade, from the best down, that is reached together with every better one; else the worst."""
    together = 0
    for grade in question.scale:
        together += counted.counts[grade]
        if together >= needed:
            return grade
    return question.scale[-1]


def _by_share(rule: ShareBands, counted: GradeTally) -> str:
    if not counted.valid:
        return rule.otherwise
    return rule.grade_of(Fraction(counted.counts[rule.key], counted.valid))


def _score(question: ScoreQuestion, counted: ScoreTally) -> dict[str, Any]:
    """Where no sheet is valid, or `trim` leaves none, there is no mean and nothing is passed."""
    means = _means(question, counted)
    overall = None if means is None else _overall(question, means)
    decided: dict[str, Any] = {
        "means": None if means is None else {one: rounded(mean) for one, mean in means.items()},
        "overall": None if overall is None else rounded(overall),
    }
    if question.passing is not None:
        # The exact mean is compared: 79.95 is shown as 80.0 and does not reach 80.
        decided["passed"] = overall is not None and overall >= Fraction(question.passing)
    return {**decided, "outcome": "scored"}


def _means(question: ScoreQuestion, counted: ScoreTally) -> dict[str, Fraction] | None:
    """The exact mean of each criterion without its highest and lowest."""
    left = counted.valid - 2 * question.trim
    if left <= 0:
        return None
    return {
        criterion: Fraction(sum(scores[question.trim : question.trim + left]), left * UNIT)
        for criterion, scores in counted.scores.items()
    }


def _overall(question: ScoreQuestion, means: Mapping[str, Fraction]) -> Fraction:
    weights = {criterion.id: Fraction(criterion.weight) for criterion in question.criteria}
    weighted = sum((means[one] * weight for one, weight in weights.items()), Fraction())
    return weighted / sum(weights.values())


def _election(question: ElectionQuestion, counted: ElectionTally, needed: Needed) -> dict[str, Any]:
    line = needed(question.majority) if question.decide == "majority" else None
    elected, tied = _fill(counted.votes, question.seats, line or 1)
    left = question.seats - len(elected)
    if not left:
        outcome = "elected"
    elif tied:
        outcome = "tied"
    else:
        outcome = "partly_elected" if elected else "no_majority"
    others = {name: votes for name, votes in counted.votes.items() if name not in elected}
    return {
        "needed": line,
        "votes": dict(counted.votes),
        "against": dict(counted.against),
        "abstain": {
            candidate: counted.valid - counted.votes[candidate] - against
            for candidate, against in counted.against.items()
        },
        "elected": elected,
        "tied": tied,
        "seats_left": left,
        # Who is tied stands in a run-off; a further election is for seats that nobody has a claim to.
        "next_candidates": _strongest(others, left + 1) if left and not tied else [],
        "outcome": outcome,
    }


def _selection(question: SelectionQuestion, counted: SelectionTally, needed: Needed) -> dict[str, Any]:
    line = 1 if question.majority is None else needed(question.majority)
    selected, tied = _fill(counted.votes, question.choose, line)
    left = question.choose - len(selected)
    return {
        "votes": dict(counted.votes),
        "selected": selected,
        "tied": tied,
        "places_left": left,
        "outcome": "selected" if not left else "tied" if tied else "partly_selected",
    }


def _fill(votes: Mapping[str, int], places: int, line: int) -> tuple[list[str], list[str]]:
    """Who gets the places, most votes first, and who is tied across the last of them; `line` is at least 1."""
    over = _by_votes({name: count for name, count in votes.items() if count >= line})
    if len(over) <= places or votes[over[places]] < votes[over[places - 1]]:
        return over[:places], []
    last = votes[over[places]]
    return [name for name in over if votes[name] > last], [name for name in over if votes[name] == last]


def _strongest(votes: Mapping[str, int], many: int) -> list[str]:
    """The `many` names of most votes, and all who equal the last of them; nobody without a vote."""
    named = _by_votes({name: count for name, count in votes.items() if count > 0})
    return [name for name in named if votes[name] >= votes[named[min(many, len(named)) - 1]]]


def _by_votes(votes: Mapping[str, int]) -> list[str]:
    """The names by votes, then in their order."""
    return sorted(votes, key=lambda name: -votes[name])
