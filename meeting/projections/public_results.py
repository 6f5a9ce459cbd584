"""Results as the public page tells them: a verdict, its figures, and a table for every question.  Pure.

Already worded, so that the page draws the same with and without its script.  Who was written in and not elected is a
number here, not a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from display.slides import Advice, Words
from meeting.order import decisions, rounds
from meeting.order.paper_of import majority_at
from meeting.order.pass_line import line
from meeting.order.poll import Poll
from meeting.order.progress import MatterStatus, Position
from meeting.order.sentence import sentence
from meeting.order.sitting import MatterId
from meeting.order.state import State
from meeting.projections import pledges
from meeting.projections.frame import View
from meeting.projections.pledges import Pledged
from meeting.projections.poll_slide import advice, poll_title
from meeting.projections.questions import answered
from meeting.wording import say, words

WRITTEN_IN = "write-ins"
"""Stands in the place of the names that were written in."""
Question = Mapping[str, Any]


def decided(state: State, poll: Poll) -> View:
    """A declared poll that may be public."""
    assert poll.result is not None, "only a counted poll is public"
    answer = poll.result["questions"][poll.question]
    return {
        "item": poll.item,
        "title": public_title_of(state, poll),
        "titles": [words(state.plan.matter(one).title) for one in _carried(state, poll)],
        "pledges": [
            {"matter": one.matter, "name": one.name, "label": one.label} for one in _pledges(state, poll)
        ],
        "outcome": poll.outcome,
        "verdict": _verdict(state, poll),
        "visibility": poll.visibility.value,
        "round": say("public.round", number=poll.round) if poll.contest is not None else None,
        "figures": _figures(state, poll, answer.get("needed")),
        "counts": answer["counts"] if answer["kind"] == "motion" else None,
        "not_returned": int(poll.result["not_returned"]),
        "tables": tables(without_write_ins(one) for one in answered(state, poll)),
        "advisory": [_advice(one) for one in advice(state, poll)],
        "at": poll.counted_at,
    }


def public_title_of(state: State, poll: Poll) -> Words:
    """A bloc's own title may name somebody whose matter was deferred: those that are carried have theirs."""
    return say("public.bloc") if _bloc(state, poll) else poll_title(state, poll)


def _pledges(state: State, poll: Poll) -> Iterable[Pledged]:
    """Of those that are carried; their texts are documents of their own, since this page is asked for all day."""
    found = (pledges.published(state, one.id) for one in pledges.matters_of(state, poll))
    return (one for one in found if one is not None)


def _bloc(state: State, poll: Poll) -> tuple[MatterId, ...]:
    return () if poll.matter is None else state.plan.matter(poll.matter).bloc


def _carried(state: State, poll: Poll) -> Iterable[MatterId]:
    return (one for one in _bloc(state, poll) if state.matters[one].status is MatterStatus.CARRIED)


def _verdict(state: State, poll: Poll) -> Words:
    """What came of it: the round that it calls for, or what it has decided."""
    upcoming = rounds.next_contest(poll)
    if upcoming is not None:
        return say(f"public.next.{upcoming.kind.value}")
    return words(decisions.outcome(state, poll))


def _figures(state: State, poll: Poll, needed: int | None) -> Words:
    """How many papers, and what it took."""
    assert poll.result is not None, "only of a counted poll"
    present = 0 if poll.bases is None else poll.bases.present
    papers = {
        "issued": int(poll.result["issued"]),
        "returned": int(poll.result["returned"]),
        "present": present,
    }
    key = f"public.figures.{poll.visibility.value}"
    if needed is None:
        return say(f"{key}-most", **papers)
    majority = majority_at(state, Position(poll.item, poll.step))
    return words(sentence(key, line=line(majority), needed=needed, **papers))


def _advice(one: Advice) -> View:
    return {
        "label": one.label,
        "figures": say("public.figures.secret-most", issued=one.issued, returned=one.returned, present=0),
        "tables": tables(without_write_ins(question) for question in one.questions),
    }


# --- tables ---


def tables(questions: Iterable[Question]) -> list[View]:
    """One for every question that has more to tell than for, against and abstain."""
    return [_TABLES[question["kind"]](question) for question in questions if question["kind"] in _TABLES]


def _table(caption: Words | None, rows: Sequence[View]) -> View:
    return {"caption": caption, "rows": list(rows)}


def _row(label: Words, figure: object, mark: Words | None = None) -> View:
    return {"label": label, "figure": str(figure), "mark": mark}


def _grades(question: Question) -> View:
    caption = None
    if question["rate"] is not None:
        label = question["rate_label"]
        caption = Words(
            zh=say("public.rate", label=label["zh"], rate=question["rate"])["zh"],
            en=say("public.rate", label=label["en"], rate=question["rate"])["en"],
        )
    chosen = say("public.grade")
    rows = [
        _row(label, question["counts"][grade], chosen if grade == question["grade"] else None)
        for grade, label in question["labels"].items()
    ]
    return _table(caption, rows)


def _scores(question: Question) -> View:
    if question["overall"] is None:
        return _table(say("public.no-scores"), ())
    caption = say("public.overall", overall=question["overall"], valid=question["valid"])
    return _table(caption, [_row(label, question["means"][key]) for key, label in question["labels"].items()])


def _election(question: Question) -> View:
    marks = {**dict.fromkeys(question["tied"], "tied"), **dict.fromkeys(question["elected"], "elected")}
    rows = [
        _row(question["labels"][name], votes, say(f"public.mark.{marks[name]}") if name in marks else None)
        for name, votes in question["votes"].items()
    ]
    return _table(say("public.seats", seats=question["seats"]), rows)


def _selection(question: Question) -> View:
    marks = {**dict.fromkeys(question["tied"], "tied"), **dict.fromkeys(question["selected"], "selected")}
    by_votes = sorted(question["votes"].items(), key=lambda one: -int(one[1]))
    rows = [
        _row(question["labels"][name], votes, say(f"public.mark.{marks[name]}") if name in marks else None)
        for name, votes in by_votes
    ]
    return _table(say("public.places", places=question["choose"]), rows)


_TABLES = {"grade": _grades, "score": _scores, "election": _election, "selection": _selection}


def without_write_ins(question: Question) -> Question:
    """Who was written in is no candidate: what is left is the number of such votes, and whoever is elected."""
    if question["kind"] != "election":
        return question
    known = {*question["against"], *question["elected"]}
    votes = {name: number for name, number in question["votes"].items() if name in known}
    others = sum(number for name, number in question["votes"].items() if name not in known)
    labels = {name: label for name, label in question["labels"].items() if name in known}
    if others:
        votes[WRITTEN_IN] = others
        labels[WRITTEN_IN] = say("public.write-ins")
    kept = {key: [name for name in question[key] if name in known] for key in ("tied", "next_candidates")}
    return {**question, **kept, "votes": votes, "labels": labels}
