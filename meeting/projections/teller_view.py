"""The tellers' desk: the equations, what a teller is asked to confirm now, and the sheets to sign.  Pure.

A count that is not declared is shown here and at the console, and nowhere else.  `duty` is what the desk's one button
is about; a teller may always object, and never decide.
"""

from __future__ import annotations

from typing import Any

from display.slides import as_json
from meeting.order.asking import Visibility
from meeting.order.declaration import label_of
from meeting.order.poll import Poll, PollStage
from meeting.order.polls import written_in
from meeting.order.progress import Stage
from meeting.order.state import State
from meeting.projections.audiences import asked_of
from meeting.projections.console_poll import checked, counted, name_of
from meeting.projections.count_report import reports
from meeting.projections.frame import Count, View, view_of
from meeting.projections.hall_slide import slide
from meeting.projections.questions import asked_by
from meeting.projections.reconciliation import acting_tellers, counters, reconciliation, tellers
from meeting.wording import words

VOIDABLE = frozenset({PollStage.OPEN, PollStage.HELD, PollStage.CLOSING})


def teller(state: State, count: Count | None, at: int) -> View:
    return view_of(
        state,
        "teller",
        at,
        expected_seq=state.order_seq,
        stage=state.stage.value,
        slide=as_json(slide(state, count)),
        poll=asked_of(state, count),
        tellers=sorted(state.tellers),
        teller_names=tellers(state),
        acting=acting_tellers(state),
        counters=counters(state),
        code=None if count is None else count.code,
        body=words(state.plan.body),
        meeting=words(state.plan.meeting),
        reconciliation=reconciliation(state, count),
        duty=duty(state),
        box={"wanted": state.plan.rules.zero_check, "seen_by": name_of(state, state.box_seen_by)},
        reports=reports(state) if state.live_poll is None or state.live_poll.stage in _STILL else [],
        **_of_poll(state),
    )


_STILL = frozenset({PollStage.COUNTED})
"""Nothing moves from one moment to the next: the sheets may go along with every view."""


def duty(state: State) -> str:
    """`empty_box`, `totals`, `count`, `objected`, `void`; empty: nothing waits for a teller."""
    poll = state.poll
    if poll is None or state.stage is not Stage.SITTING:
        return ""
    if poll.void_proposed and poll.stage in VOIDABLE:
        return "void"
    match poll.stage:
        case PollStage.PREPARED if poll.visibility is Visibility.SECRET:
            unseen = state.plan.rules.zero_check and state.box_seen_by is None
            return "empty_box" if unseen else ""
        case PollStage.OPEN if poll.totals is not None and poll.totals_by is None:
            return "totals"
        case PollStage.COUNTED if poll.confirmed_by is None:
            return "objected" if poll.objection else "count"
        case _:
            return ""


def _of_poll(state: State) -> dict[str, Any]:
    poll = state.poll
    if poll is None:
        return {"questions": [], "entitled": 0, "write_ins": [], "advisory": [], **_nothing()}
    return {
        "questions": list(asked_by(state, poll)),
        "entitled": len(state.voters_of(poll)),
        "write_ins": _write_ins(poll),
        "advisory": [
            {"label": words(label_of(state, one.voter_class)), **counted(state, one)}
            for one in state.together(poll)
            if not one.binding
        ],
        **counted(state, poll),
        **checked(state, poll),
    }


def _nothing() -> dict[str, Any]:
    return {
        "result": None,
        "totals": None,
        "totals_by": None,
        "confirmed_by": None,
        "objection": "",
        "objected_by": None,
        "void_proposed": "",
        "rulings": [],
    }


def _write_ins(poll: Poll) -> list[View]:
    """Every spelling that stands in the count, with its votes: what tellers may say is one person."""
    if poll.result is None or poll.stage is not PollStage.COUNTED or poll.result["vote"] == "void":
        return []
    others = written_in(poll, poll.result)
    votes = poll.result["questions"][poll.question].get("votes", {})
    return [
        {"name": name, "votes": int(number), "candidate": name not in others}
        for name, number in votes.items()
        if others or poll.rulings  # one that was merged by mistake can be taken back
    ]
