"""The chair's words (主持词) as data: which sentence of the catalogue, filled with what.

The wording is PROCEDURE.md 2.D, in `meeting.po`; hall, phones, console and minutes word the same `Sentence`.  Pure;
no text is put together here, and nothing is said that the rules do not allow to be said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from meeting.order.sitting import Base, Matter, MatterKind, Step, StepKind, Text, Visibility
from meeting.order.state import MatterStatus, Poll, PollStage, Presence, Stage, State


@dataclass(frozen=True, slots=True)
class Sentence:
    """`key` in the catalogue; a value of `data` that is a `Text` is shown in the reader's language."""

    key: str
    data: Mapping[str, str | int | Text]


def sentence(key: str, **data: str | int | Text) -> Sentence:
    return Sentence(key, data)


def attendance(state: State) -> Sentence:
    """本次会议应到…人，实到…人 (R7)."""
    on_leave, absent = len(state.who(Presence.ON_LEAVE)), len(state.who(Presence.EXPECTED))
    figures = {"due": len(state.plan.members), "present": len(state.present), "on_leave": on_leave}
    if not state.quorate:
        return sentence("announce.not-quorate", needed=state.plan.rules.quorum, **figures)
    if absent:
        return sentence("announce.attendance-late", absent=absent, **figures)
    return sentence("announce.attendance", **figures)


def result(state: State, poll: Poll) -> tuple[Sentence, ...]:
    """What the chair declares of a counted poll: its validity, its figures, its meaning."""
    assert poll.result is not None, "only a counted poll is declared"
    issued, returned = int(poll.result["issued"]), int(poll.result["returned"])
    if poll.result["vote"] == "void":
        return (sentence("announce.void", issued=issued, returned=returned),)
    said = []
    if poll.visibility is Visibility.SECRET:
        # An open vote has no papers to issue and collect.
        validity = "announce.valid-all" if returned == issued else "announce.valid-fewer"
        said.append(sentence(validity, issued=issued, returned=returned))
    answer = poll.result["questions"][poll.question]
    if answer["invalid"]:
        said.append(sentence("announce.papers", valid=int(answer["valid"]), invalid=int(answer["invalid"])))
    label = state.plan.rules.not_pressed_label
    if label and issued > returned:
        said.append(
            sentence("announce.not-returned", label=Text(label, "not returned"), count=issued - returned)
        )
    said.append(_meaning(state, poll, answer))
    return tuple(said)


def _meaning(state: State, poll: Poll, answer: Mapping[str, Any]) -> Sentence:
    counts = answer["counts"]
    carried = answer["outcome"] == "carried"
    figures: dict[str, str | int | Text] = {
        "yes": int(counts["for"]),
        "no": int(counts["against"]),
        "abstain": int(counts["abstain"]),
    }
    key = "carried" if carried else "not-carried"
    if poll.matter is not None:
        matter = state.plan.matter(poll.matter)
        key = {
            MatterKind.APPOINTMENT: "appointed" if carried else "not-appointed",
            MatterKind.REMOVAL: "removed" if carried else "not-removed",
            MatterKind.DISMISSAL: "dismissed" if carried else "not-dismissed",
        }[matter.kind]
        if state.plan.rules.majority_base is Base.PRESENT:
            key += "-of-present"  # the sentence names what the majority is taken of
        figures |= {"name": matter.person, "post": matter.post, "verb": Text(matter.verb, "appointed")}
    return Sentence(f"announce.{key}", figures)


def disposal(state: State, matter: Matter) -> Sentence | None:
    """What is said of a matter that ends without a vote, or None while it has not ended so."""
    at = state.matters[matter.id]
    match at.status:
        case MatterStatus.DEFERRED:
            key = "announce.deferred" if at.consent == "plenary" else "announce.deferred-chairs"
            return sentence(key, moved_by=at.moved_by, title=matter.title)
        case MatterStatus.TERMINATED:
            return sentence("announce.terminated", name=matter.person, title=matter.title)
        case MatterStatus.WITHDRAWN:
            return sentence("announce.withdrawn", name=matter.person, title=matter.title)
        case _:
            return None


def script(state: State) -> tuple[Sentence, ...]:
    """The sentences to read out now, filled from what has happened."""
    step, item = state.step, state.item
    if step is None or item is None:
        return (sentence("announce.closed"),)
    matter = None if step.matter is None else state.plan.matter(step.matter)
    if step.kind is StepKind.ROLL_CALL:
        begin = (sentence("announce.begin"),) if state.quorate else ()
        return (attendance(state), *begin)
    if step.kind is StepKind.VOTE:
        return _put_to_the_vote(state, step, item.title if matter is None else matter.title)
    if step.kind is StepKind.DECLARATION:
        poll = state.poll
        if poll is not None and poll.stage is PollStage.DECLARED:
            return result(state, poll)
        return ()
    if matter is not None:
        again = "-again" if step.kind is StepKind.PLEDGE and state.matters[matter.id].pledges else ""
        return (
            sentence(
                f"say.{step.kind.value}{again}",
                name=matter.person,
                post=matter.post,
                presenter=matter.presenter or matter.proposer,
                minutes=(step.limit_s or 0) // 60,
            ),
        )
    title = step.title if step.title.zh else item.title
    return (sentence(f"say.{step.kind.value}-item", title=title, speaker=step.speaker),)


def _put_to_the_vote(state: State, step: Step, title: Text) -> tuple[Sentence, ...]:
    assert step.vote is not None
    if not step.vote.can_be_held:
        return (sentence("say.vote-not-there", title=title),)
    poll = state.poll
    if poll is None or poll.stage is PollStage.PREPARED or state.stage is not Stage.SITTING:
        return (sentence("say.prepare", title=title),)
    if poll.stage is PollStage.VOID:
        return (sentence("say.again", title=title),)
    if poll.stage is PollStage.DECLARED:
        return result(state, poll)
    if poll.stage is PollStage.CLOSING:
        return (sentence("say.counting", title=title),)
    key = "say.put-secret" if step.vote.visibility is Visibility.SECRET else "say.put-open"
    bases = poll.bases or state.bases(step.matter)
    return (sentence(key, title=title, needed=needed(state, bases.present)),)


def needed(state: State, present: int) -> int:
    """Votes in favour that carry a motion, with so many present: more than half of whom the rules take it of."""
    rules = state.plan.rules
    whole = rules.total_members if rules.majority_base is Base.ALL_MEMBERS else present
    return whole // 2 + 1
