"""A motion in the words of the law: appointed, removed, dismissed, accepted, recalled, resolved (组织法 50).  Pure.

The chair's declaration of one, and what it has decided, for certificates, summary and minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from meeting.order.paper_of import majority_at
from meeting.order.pass_line import USUAL, met
from meeting.order.poll import Poll
from meeting.order.progress import Position
from meeting.order.sentence import Sentence, Value, names, sentence
from meeting.order.sitting import Matter, MatterKind, Text
from meeting.order.state import State


def motion(state: State, poll: Poll, answer: Mapping[str, Any]) -> tuple[Sentence, ...]:
    """赞成…票，反对…票，弃权…票, whether that is enough, and what it decides."""
    counts = answer["counts"]
    carried = answer["outcome"] == "carried"
    majority = majority_at(state, Position(poll.item, poll.step))
    said: dict[str, Value] = {
        "yes": int(counts["for"]),
        "no": int(counts["against"]),
        "abstain": int(counts["abstain"]),
    }
    reached = met(majority, carried)
    if poll.matter is None:
        usual = "carried" if carried else "not-carried"
        if majority == USUAL:
            return (Sentence(f"announce.{usual}", said),)
        return (Sentence(f"announce.{usual}-line", {**said, "line": reached}),)
    matter = state.plan.matter(poll.matter)
    if matter.bloc:
        return _bloc(state, matter, carried, {**said, "line": reached})
    said |= {"line": reached, "decided": decided(matter) if carried else failed(matter)}
    if matter.is_nomination and not matter.persons:
        key = "announce.person" if carried else "announce.person-failed"
        return (Sentence(key, {**said, "name": matter.person}),)
    return (Sentence("announce.matter" if carried else "announce.matter-failed", said),)


def _bloc(state: State, bloc: Matter, carried: bool, said: Mapping[str, Value]) -> tuple[Sentence, ...]:
    """One vote on several matters: the figures, then each of them."""
    among = [state.plan.matter(one) for one in bloc.bloc if not state.disposed(one)]
    head = Sentence("announce.bloc" if carried else "announce.bloc-failed", {**said, "count": len(among)})
    each = (sentence("announce.decided", decided=decided(matter)) for matter in among) if carried else ()
    return (head, *each)


def decided(matter: Matter) -> Sentence:
    """What a carried matter has decided, in the words of the law (组织法 50)."""
    who: Value = names(matter.persons) if matter.persons else matter.person
    match matter.kind:
        case MatterKind.RESOLUTION:
            return sentence("decided.resolution", title=matter.title)
        case MatterKind.APPOINTMENT:
            verb = Text(matter.verb, "appointed")
            key = "decided.appointment" if matter.verb else "decided.appointment-plain"
            return sentence(key, verb=verb, name=who, post=matter.post)
        case _:
            return sentence(f"decided.{matter.kind.value}", name=who, post=matter.post)


def failed(matter: Matter) -> Sentence:
    """That a matter was not carried."""
    if matter.kind is MatterKind.RESOLUTION:
        return sentence("failed.resolution", title=matter.title)
    return sentence(f"failed.{matter.kind.value}")
