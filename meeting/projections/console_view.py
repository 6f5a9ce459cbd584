"""Everything that the chair and the clerk need; still no split before the result.  Pure.

Beside the state it says what the primary button will do (`primary`), what the hall screen shows (`programme`), and
what it would show after that button (`preview`).  Poll, floor and rules are `console_poll`, `console_floor` and
`governing`.
"""

from __future__ import annotations

from display.slides import Words, as_json
from meeting.order import announcement, room
from meeting.order.commands import OFFICE_COMMANDS
from meeting.order.decide import IN_ORDER, WHILE_VOTING
from meeting.order.paper_of import title_at
from meeting.order.poll import Poll, PollStage
from meeting.order.polls import POLL_IN_ORDER
from meeting.order.preconditions import LAW, preconditions
from meeting.order.progress import MatterStatus, Presence, Stage
from meeting.order.sentence import sentence
from meeting.order.sitting import Item, Step, StepKind
from meeting.order.state import State
from meeting.projections.audiences import hall
from meeting.projections.button import Primary
from meeting.projections.console_day import agenda_line, matter_line, roll_line
from meeting.projections.console_floor import floor_view
from meeting.projections.console_follow import follow_view
from meeting.projections.console_poll import fallback, poll_view
from meeting.projections.dossier_view import case_of, points
from meeting.projections.frame import Count, View, Watching, view_of
from meeting.projections.governing import governing
from meeting.projections.hall_slide import slide
from meeting.projections.item_facts import item_facts
from meeting.projections.material_view import for_console
from meeting.projections.primary import after, matter_name, onward, primary, step_name
from meeting.projections.reconciliation import acting_tellers, tellers
from meeting.projections.remarks import remarks
from meeting.projections.room import presides, without_vote
from meeting.projections.standing import meeting_of
from meeting.projections.strips import strip
from meeting.wording import say, words


def console(state: State, count: Count | None, watching: Watching, at: int) -> View:
    main = primary(state, count)
    orders = _may(state)
    return view_of(
        state,
        "console",
        at,
        expected_seq=state.order_seq,
        sitting=state.plan.id,
        body=words(state.plan.body),
        meeting=meeting_of(state),
        date=state.plan.on.isoformat(),
        stage=state.stage.value,
        position=None if state.at is None else {"item": state.at.item, "step": state.at.step},
        step=None if state.step is None or state.item is None else _step(state, state.item, state.step),
        heading=_heading(state),
        now=_now(state),
        strip=None
        if (course := strip(state)) is None
        else {"kind": course.kind, "marks": list(course.marks)},
        agenda=[agenda_line(state, item) for item in state.plan.items],
        roll=[roll_line(state, one, watching) for one in state.plan.members],
        attendance={
            "due": len(state.plan.members),
            "present": len(state.present),
            "on_leave": len(state.who(Presence.ON_LEAVE)),
            "left_early": len(state.who(Presence.LEFT_EARLY)),
            "absent": len(state.who(Presence.EXPECTED)),
            "by_video": sum(number in state.by_video for number in state.present),
            "needed": state.plan.rules.quorum,
            "quorate": state.quorate,
        },
        matters={matter: matter_line(state, matter) for matter in state.matters},
        preconditions=_preconditions(state),
        remarks=remarks(state),
        rules=governing(state),
        script=[words(each) for each in announcement.script(state, None if count is None else count.issued)],
        primary=_button(main),
        onward=_onward(state, main),
        back=_back(state),
        may=orders,
        poll=poll_view(state, count),
        by_hands=fallback(state, orders),
        timer=None
        if state.timer is None
        else {"ends_at": state.timer.ends_at, "remaining_ms": state.timer.remaining_ms},
        tellers=sorted(state.tellers),
        teller_names=tellers(state),
        acting_tellers=acting_tellers(state),
        cover=None if state.cover is None else state.cover.value,
        watching={
            "members": watching.members,
            "halls": watching.halls,
            "consoles": watching.consoles,
            "online": sum(one.number in watching.online for one in state.plan.members),
        },
        slide=as_json(slide(state, count)),
        programme=hall(state, count, at),
        preview=_preview(state, count, main, at),
        pledge_points=points(state),
        case=case_of(state.item),
        materials=for_console(state),
        **presides(state),
        **without_vote(state, watching),
        **floor_view(state),
        **item_facts(state),
        **follow_view(state),
    )


# --- what stands over the work ------------------------------------------------------------------------------------


def _step(state: State, item: Item, step: Step) -> View:
    return {
        "kind": step.kind.value,
        "matter": step.matter,
        "speaker": room.speaker(state, item, step),
        "limit_s": step.limit_s,
        "title": words(step.title),
        "defence": step.defence,
        "name": words(step_name(state, step)),
    }


def _heading(state: State) -> Words:
    """What is on: the matter where there is one, else the item."""
    step, item = state.step, state.item
    if step is None or item is None:
        return words(state.plan.meeting)
    if step.matter is None:
        return words(item.title)
    matter, vote = state.plan.matter(step.matter), state.vote_position
    if vote is not None and (step.vote is not None or step.kind is StepKind.DECLARATION):
        return words(title_at(state, vote))
    if not matter.is_nomination:
        return words(matter.title)
    carried = state.matters[matter.id].status is MatterStatus.CARRIED
    key = "console.appointee" if carried else "console.nominee"
    return words(sentence(key, name=matter_name(matter), post=matter.post))


def _now(state: State) -> Words:
    """The state in one word or two, for the pill."""
    step, poll = state.step, state.poll
    if state.stage is Stage.CLOSED or step is None:
        return say("console.now.closed")
    if state.stage is Stage.GATHERING:
        return say("console.now.gathering")
    if step.vote is not None and not state.disposed(step.matter):
        preparing = poll is None or (poll.stage is PollStage.DECLARED and state.wants_poll)
        return say("console.now.preparing" if preparing or poll is None else _stage_word(poll))
    if state.speaker is not None:
        return say("console.now.speaking")
    if step.kind is StepKind.PLEDGE and step.matter is not None and state.matters[step.matter].pledges:
        return say("console.now.pledge-again")
    return words(step_name(state, step))


def _stage_word(poll: Poll) -> str:
    if poll.void_proposed and poll.stage is not PollStage.VOID and poll.stage is not PollStage.DECLARED:
        return "console.now.void-proposed"
    if poll.objection and poll.stage is PollStage.COUNTED:
        return "console.now.objected"
    return f"console.now.{poll.stage.value}"


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
        "form": main.form,
    }


def _onward(state: State, main: Primary) -> View | None:
    """The way on beside the button, where that is about something else: somebody could be heard, a round be held."""
    step = state.step
    if (
        step is None
        or state.stage is not Stage.SITTING
        or state.live_poll is not None
        or main.form is not None
    ):
        return None
    if main.name in {None, "proceed", "close_sitting", "open_poll", "record_reply"}:
        return None
    return _button(onward(state, brief=True))


def _back(state: State) -> View | None:
    """The step before this one that can be gone back to: what 上一步 and an undone step mean."""
    if state.at is None or state.stage is not Stage.SITTING or state.live_poll is not None:
        return None
    positions = state.positions()
    for before in reversed(positions[: positions.index(state.at)]):
        if not state.passed_over(before):
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
    if step is None or step.vote is None or state.at is None:
        return []
    return [
        {
            "name": p.name.value,
            "met": p.met,
            "overridden": p.overridden,
            "law": p.name in LAW,
            "sentence": say(f"precondition.{p.name.value}"),
            "do": say(f"precondition-do.{p.name.value}"),
        }
        for p in preconditions(state, state.at)
    ]


# --- the hall --------------------------------------------------------------------------------------------------------


def _preview(state: State, count: Count | None, main: Primary, at: int) -> View | None:
    """What the hall screen would show after the primary button; no figure that is not known yet."""
    following = None if main.reasons else after(state, main, at)
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
