"""What the chair should have before him of an item: its figures, movers, committee, the text that is read.  Pure."""

from __future__ import annotations

from collections.abc import Sequence

from display.slides import Figure, Words
from meeting.order.sentence import figures, names, sentence
from meeting.order.sitting import StepKind, Text
from meeting.order.state import State
from meeting.projections.frame import View
from meeting.projections.item_slides import attached, counted, rates
from meeting.wording import say, words


def item_facts(state: State) -> View:
    """Keys of the console's view: `facts`, each a label and a text, and `movers`, how many an interpellation has."""
    item, step = state.item, state.step
    if item is None or step is None:
        return {"facts": [], "movers": 0, "replies": []}
    facts: list[View] = []
    about, handled = item.particulars.interpellation, item.particulars.proposals
    if step.kind is StepKind.READING:
        text = about.text if about is not None else ()
        if step.matter is not None:
            text = state.plan.matter(step.matter).text
        facts += [{"label": None, "text": words(one)} for one in text]
    if handled is not None and step.vote is None:
        facts += [
            {"label": say("proposals.rates"), "text": _row(rates(handled))},
            {"label": say("proposals.counted"), "text": _row(counted(handled))},
        ]
    if about is not None:
        answer = say(f"interpellation.{about.manner.value}")
        facts += [
            {
                "label": say("interpellation.by"),
                "text": words(sentence("interpellation.names", names=names(about.movers))),
            },
            {"label": say("interpellation.to"), "text": words(about.addressed)},
            {"label": say("interpellation.manner"), "text": answer},
        ]
    elif step.kind in {StepKind.READING, StepKind.DELIBERATION}:
        facts += [{"label": None, "text": one} for one in attached(state, item)]
    return {
        "facts": facts,
        "movers": 0 if about is None else len(about.movers),
        "replies": [
            {"dissatisfied": one.dissatisfied, "again": one.again}
            for one in state.replies.get(item.number, ())
        ],
    }


def _row(row: Sequence[Figure]) -> Words:
    """All in one line: the chair reads it beside the clock."""
    told = (sentence("proposals.one", name=Text(**one.label), value=one.value) for one in row)
    return words(sentence("proposals.row", row=figures(told)))
