"""Everything that the chair and the clerk need; still no split before the result.  Pure.

Beside the state it says what the primary button will do (`primary`), what the hall screen shows (`programme`), and
what it would show after that button (`preview`).
"""

from __future__ import annotations

from display.slides import Words, as_json
from meeting.order import announcement
from meeting.order.commands import OFFICE_COMMANDS
from meeting.order.decide import IN_ORDER, WHILE_VOTING
from meeting.order.polls import POLL_IN_ORDER
from meeting.order.preconditions import LAW, preconditions
from meeting.order.sitting import Item, MatterId, StepKind, Text
from meeting.order.state import Poll, PollStage, Position, Presence, Stage, State
from meeting.projections.audiences import asked_of, hall
from meeting.projections.frame import Count, View, Watching, view_of
from meeting.projections.hall_slide import slide
from meeting.projections.poll_slide import poll_title
from meeting.projections.primary import Primary, after, primary
from meeting.projections.reconciliation import tellers
from meeting.wording import say, words


def console(state: State, count: Count | None, watching: Watching, at: int) -> View:
    step = state.step
    main = primary(state, count)
    return view_of(
        state,
        "console",
        at,
        expected_seq=state.order_seq,
        sitting=state.plan.id,
        body=words(state.plan.body),
        meeting=words(state.plan.meeting),
        date=state.plan.on.isoformat(),
        chair=None
        if (chair := state.plan.chair) is None
        else {"name": chair.name, "title": words(chair.title)},
        stage=state.stage.value,
        position=None if state.at is None else {"item": state.at.item, "step": state.at.step},
        step=None
        if step is None
        else {
            "kind": step.kind.value,
            "matter": step.matter,
            "speaker": step.speaker,
            "limit_s": step.limit_s,
            "title": words(step.title),
        },
        heading=_heading(state),
        now=_now(state),
        agenda=[_agenda_line(state, item) for item in state.plan.items],
        roll=[
            {
                "number": one.number,
                "name": one.name,
                "presence": state.presence[one.number].value,
                "reason": state.leave_reasons.get(one.number, ""),
                "online": one.number in watching.online,
                "recused": [str(matter) for who, matter in state.recusals if who == one.number],
            }
            for one in state.plan.members
        ],
        attendance={
            "due": len(state.plan.members),
            "present": len(state.present),
            "on_leave": len(state.who(Presence.ON_LEAVE)),
            "left_early": len(state.who(Presence.LEFT_EARLY)),
            "absent": len(state.who(Presence.EXPECTED)),
            "needed": state.plan.rules.quorum,
            "quorate": state.quorate,
        },
        matters={matter: _matter_line(state, matter) for matter in state.matters},
        preconditions=_preconditions(state),
        script=[words(each) for each in announcement.script(state)],
        primary=_button(main),
        back=_back(state),
        may=_may(state),
        poll=_poll(state, count),
        timer=None
        if state.timer is None
        else {"ends_at": state.timer.ends_at, "remaining_ms": state.timer.remaining_ms},
        questions=[
            {"by": q.by, "text": q.text, "answered": q.answered}
            for q in state.questions
            if state.at == (q.item, q.step)
        ],
        tellers=sorted(state.tellers),
        teller_names=tellers(state),
        cover=None if state.cover is None else state.cover.value,
        watching={
            "members": watching.members,
            "halls": watching.halls,
            "consoles": watching.consoles,
            "online": len(watching.online),
        },
        slide=as_json(slide(state, count)),
        programme=hall(state, count, at),
        preview=_preview(state, count, main, at),
    )


# --- what stands over the work ------------------------------------------------------------------------------------


def _heading(state: State) -> Words:
    """What is on: the matter where there is one, else the item."""
    step, item = state.step, state.item
    if step is None or item is None:
        return words(state.plan.meeting)
    if step.matter is None:
        return words(item.title)
    matter = state.plan.matter(step.matter)
    if step.vote is not None or step.kind is StepKind.DECLARATION or not matter.person:
        return words(matter.title)
    post = words(matter.post)
    return Words(
        zh=say("console.nominee", name=matter.person, post=post["zh"])["zh"],
        en=say("console.nominee", name=matter.person, post=post["en"])["en"],
    )


def _now(state: State) -> Words:
    """The state in one word or two, for the pill."""
    step, poll = state.step, state.poll
    if state.stage is Stage.CLOSED or step is None:
        return say("console.now.closed")
    if state.stage is Stage.GATHERING:
        return say("console.now.gathering")
    if step.vote is not None:
        if not step.vote.can_be_held:
            return say("console.now.not-held")
        return say("console.now.preparing" if poll is None else f"console.now.{poll.stage.value}")
    if step.kind is StepKind.PLEDGE and step.matter is not None and state.matters[step.matter].pledges:
        return say("console.now.pledge-again")
    return say(f"console.step.{step.kind.value}")


# --- the run of show ------------------------------------------------------------------------------------------------


def _agenda_line(state: State, item: Item) -> View:
    return {
        "number": item.number,
        "kind": item.kind.value,
        "title": words(item.title),
        "start": item.start,
        "steps": [
            {
                "kind": step.kind.value,
                "matter": step.matter,
                "title": words(step.title if step.title.zh else _kind(step.kind)),
                "open": not state.disposed(step.matter),
                "mark": mark.value if (mark := state.marks.get(Position(item.number, index))) else None,
            }
            for index, step in enumerate(item.steps)
        ],
    }


def _kind(kind: StepKind) -> Text:
    return Text(**say(f"console.step.{kind.value}"))


def _matter_line(state: State, matter: MatterId) -> View:
    at, planned = state.matters[matter], state.plan.matter(matter)
    last = planned.exams[-1] if planned.exams else None
    return {
        "kind": planned.kind.value,
        "title": words(planned.title),
        "person": planned.person,
        "post": words(planned.post),
        "proposer": planned.proposer,
        "presenter": planned.presenter,
        "exam": None if last is None else {"score": last.score, "passed": last.passed, "makeup": last.makeup},
        "objections": None if planned.publicity is None else planned.publicity.objections,
        "profile": planned.profile,
        "pledge": planned.pledge,
        "status": at.status.value,
        "pledges": at.pledges,
        "pledged": at.pledged,
        "reason": at.reason,
    }


# --- what may be done -------------------------------------------------------------------------------------------


def _button(main: Primary) -> View:
    return {
        "label": main.label,
        "name": main.name,
        "fields": dict(main.fields),
        "confirm": main.confirm,
        "effect": main.effect,
        "warning": main.warning,
        "reasons": list(main.reasons),
    }


def _back(state: State) -> View | None:
    """The step before this one that can be gone back to: what 上一步 and an undone step mean."""
    if state.at is None or state.stage is not Stage.SITTING or state.live_poll is not None:
        return None
    positions = state.positions()
    for before in reversed(positions[: positions.index(state.at)]):
        if not state.disposed(state.step_at(before).matter):
            return {"item": before.item, "step": before.step}
    return None


def _may(state: State) -> list[str]:
    """The orders that the tables allow now, by their names on the wire.  `decide` has the last word."""
    allowed = IN_ORDER[state.stage] & (WHILE_VOTING if state.live_poll is not None else IN_ORDER[state.stage])
    of_polls = frozenset[type]().union(*POLL_IN_ORDER.values())
    here = POLL_IN_ORDER[state.poll.stage] if state.poll is not None else frozenset()
    return sorted(
        name
        for name, kind in OFFICE_COMMANDS.items()
        if kind in allowed and (kind not in of_polls or kind in here)
    )


def _preconditions(state: State) -> list[View]:
    step = state.step
    if step is None or step.vote is None or not step.vote.can_be_held or state.at is None:
        return []
    return [
        {
            "name": p.name.value,
            "met": p.met,
            "overridden": p.overridden,
            "law": p.name in LAW,
            "sentence": say(f"precondition.{p.name.value}"),
        }
        for p in preconditions(state, state.at)
    ]


# --- ballots and the hall -----------------------------------------------------------------------------------------


def _poll(state: State, count: Count | None) -> View | None:
    asked, poll = asked_of(state, count), state.poll
    if asked is None or poll is None or count is None:
        return None
    bases = poll.bases or state.bases(poll.matter)
    return asked | {
        "code": count.code,
        "title": poll_title(state, poll),
        "round": poll.round,
        "entitled": count.entitled,
        "not_collected": list(count.not_collected),
        "present": bases.present,
        "recused": list(state.recused(poll.matter)),
        "needed": announcement.needed(state, bases.present),
        "why_void": poll.why_void,
    }


def _preview(state: State, count: Count | None, main: Primary, at: int) -> View | None:
    """What the hall screen would show after the primary button; no figure that is not known yet."""
    command = main.command()
    following = None if command is None or main.reasons else after(state, command, at)
    if following is None:
        return None
    poll = following.poll
    known = count if poll is not None and state.poll is not None and poll.id == state.poll.id else None
    if poll is not None and known is None:
        known = _unprepared(following, poll)
    return hall(following, known, at)


def _unprepared(state: State, poll: Poll) -> Count:
    """A poll that the service has not made yet (or one gone back to): who may vote is all that is known of it."""
    issued = returned = 0
    if poll.stage is PollStage.DECLARED and poll.result is not None:
        issued, returned = int(poll.result["issued"]), int(poll.result["returned"])
    return Count(
        paper="",
        salt="",
        code="",
        visibility=poll.visibility.value,
        entitled=len(poll.voters or state.entitled(poll.matter)),
        issued=issued,
        returned=returned,
    )
