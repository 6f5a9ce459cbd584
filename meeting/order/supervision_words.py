"""What the chair says when a motion is read out, and when an organ answers an interpellation.  Pure."""

from __future__ import annotations

from meeting.order.interpellation import judgement
from meeting.order.sentence import Sentence, Value, names, sentence
from meeting.order.sitting import Item, Matter, Step
from meeting.order.state import State
from meeting.order.supervision import Manner


def reading(step: Step, item: Item, matter: Matter | None) -> tuple[Sentence, ...]:
    about = item.particulars.interpellation
    if about is not None:
        movers = names(about.movers)
        return (
            sentence(
                "say.interpellation",
                movers=movers,
                count=len(about.movers),
                organ=about.addressed,
                title=item.title,
            ),
        )
    title = item.title if matter is None else matter.title
    if not step.speaker:
        return (sentence("say.reading", title=title),)
    return (sentence("say.reading-by", reader=step.speaker, title=title),)


def reply(state: State, step: Step, item: Item, limit: Value) -> tuple[Sentence, ...]:
    """`limit` words the time allowed, as the other statements do."""
    about = item.particulars.interpellation
    if about is None:
        return (sentence("say.now", title=item.title),)
    said = judgement(state)
    again = "-again" if said is not None and state.replies[item.number][-1].again else ""
    if said is not None and not again:
        return (said,)
    written = "-written" if about.manner is Manner.WRITTEN else ""
    call = sentence(f"say.reply{written}{again}", organ=about.addressed, name=step.speaker, limit=limit)
    asked = sentence("say.reply-ask", count=len(about.movers))
    return (call, asked) if said is None else (said, call, asked)
