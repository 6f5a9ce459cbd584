"""The chair's words (主持词) as data: which sentence of the catalogue, filled with what.

The wording is PROCEDURE.md 2.D, in `meeting.po`; hall, phones, console and minutes word the same `Sentence`.  Pure;
no text is put together here, and nothing is said that the rules do not allow to be said.
"""

from __future__ import annotations

from meeting.order import put, room, speaking
from meeting.order.declaration import meaning as meaning
from meeting.order.declaration import result as result
from meeting.order.poll import PollStage
from meeting.order.progress import MatterStatus, Presence, Stage
from meeting.order.put import needed_of as needed_of
from meeting.order.sentence import Sentence as Sentence
from meeting.order.sentence import Value, names
from meeting.order.sentence import sentence as sentence
from meeting.order.sitting import Matter, StepKind
from meeting.order.state import State


def attendance(state: State) -> Sentence:
    """本次会议应到…人，实到…人 (R7)."""
    on_leave, absent = len(state.who(Presence.ON_LEAVE)), len(state.who(Presence.EXPECTED))
    figures = {"due": len(state.plan.members), "present": len(state.present), "on_leave": on_leave}
    if not state.quorate:
        return sentence("announce.not-quorate", needed=state.plan.rules.quorum, **figures)
    if absent:
        return sentence("announce.attendance-late", absent=absent, **figures)
    return sentence("announce.attendance", **figures)


def disposal(state: State, matter: Matter) -> Sentence | None:
    """What is said of a matter that ends without a vote, or None while it has not ended so."""
    at = state.matters[matter.id]
    personnel = "" if matter.person or matter.persons else "-matter"
    match at.status:
        case MatterStatus.DEFERRED:
            key = "announce.deferred" if at.consent == "plenary" else "announce.deferred-chairs"
            return sentence(key, moved_by=organ(at.moved_by), title=matter.title)
        case MatterStatus.TERMINATED:
            by = organ(at.moved_by or "chairs_meeting")
            return sentence(f"announce.terminated{personnel}", by=by, name=_whom(matter), title=matter.title)
        case MatterStatus.WITHDRAWN:
            return sentence(
                f"announce.withdrawn{personnel}",
                by=organ(at.moved_by or matter.proposer or ("mover" if personnel else "proposer")),
                consent=organ(at.consent or "chairs_meeting"),
                name=_whom(matter),
                title=matter.title,
            )
        case MatterStatus.RETURNED:
            return sentence("announce.returned", title=matter.title)
        case _:
            return None


ORGANS = frozenset({"chairs_meeting", "plenary", "proposer", "mover"})


def organ(who: str) -> Value:
    """Who acted: a body that every assembly has by its word, any other by the name that stands on the record."""
    return sentence(f"organ.{who}") if who in ORGANS else who


def _whom(matter: Matter) -> Value:
    return matter.person or names(matter.persons)


def script(state: State, issued: int | None = None) -> tuple[Sentence, ...]:
    """The sentences to read out now, filled from what has happened.

    `issued` is how many papers of the current poll have gone out, where the box has told.
    """
    step, position = state.step, state.vote_position
    if step is None or position is None or state.item is None:
        return (speaking.closed(state),)
    if step.kind is StepKind.ROLL_CALL:
        begin = (sentence("announce.begin"),) if state.quorate else ()
        others = room.others_here(state)
        return (attendance(state), *([] if others is None else [others]), *begin)
    ended = _ended(state)
    if step.kind not in {StepKind.VOTE, StepKind.DECLARATION}:
        return (*ended, *speaking.words(state, step, state.item))
    poll = state.poll
    if poll is not None and poll.stage is PollStage.DECLARED and not state.wants_poll:
        return result(state, poll)
    if step.vote is None or state.stage is not Stage.SITTING:
        return ended
    return (*ended, *put.words(state, position, issued))


def _ended(state: State) -> tuple[Sentence, ...]:
    """That a matter has just ended without a vote: the hall shows it too."""
    if state.notice is None:
        return ()
    said = disposal(state, state.plan.matter(state.notice))
    return () if said is None else (said,)
