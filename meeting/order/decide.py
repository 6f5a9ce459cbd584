"""May this be done now, and what then is the fact?  The whole law of the order of business, in one place.

`decide` is pure: it refuses by raising an `OrderError` and changes nothing; what it returns is written to the
journal and then folded by `evolve`.  The tables below are the specification; ARCHITECTURE.md prints them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from meeting.order import commands as c
from meeting.order import (
    floor,
    following,
    interpellation,
    pledge,
    polls,
    roll,
    room,
    rounds,
    showing,
    tellers,
    walk,
)
from meeting.order.errors import (
    OutOfOrder,
    PollRunning,
    Stale,
)
from meeting.order.require import Events
from meeting.order.state import Stage, State

IN_ORDER: Mapping[Stage, frozenset[type[c.Command]]] = {
    Stage.GATHERING: frozenset(
        {c.CheckIn, c.RecordArrival, c.RecordLeave, c.RecordDeparture, c.ConfirmRoll, c.Recuse}
        | {c.CoverHall, c.ShowHall, c.HandOver, c.StartRecording, c.StopRecording}
    ),
    Stage.SITTING: frozenset(c.OFFICE_COMMANDS.values()) - {c.ConfirmRoll}
    | frozenset(c.TELLER_COMMANDS.values())
    | c.PHONE_COMMANDS
    | c.SERVICE_COMMANDS,
    Stage.CLOSED: frozenset(),
}
"""What may be ordered at each stage of the sitting."""

WHILE_VOTING = frozenset(
    {c.CheckIn, c.RecordArrival, c.RecordDeparture, c.StartTimer, c.StopTimer, c.ExtendTimer}
    | {c.CoverHall, c.ShowHall, c.StartRecording, c.StopRecording}
    | {c.OpenPoll, c.HoldPoll, c.ResumePoll, c.ClosePoll, c.RecordCount, c.AbortPoll, c.VoidPoll}
    | {c.UseHands, c.EnterTotals, c.RevealResult, c.RejectCount, c.RecordRuling}
    | frozenset(c.TELLER_COMMANDS.values())
)
"""Once the matter is put to the vote there is nothing else (北京议事 34): the agenda stands still meanwhile."""


def decide(state: State, command: c.Command, at: int, expected_seq: int | None = None) -> Events:
    """The events that `command` makes of `state` at `at` (ms since 1970, UTC).

    `expected_seq` is `State.order_seq` as the console knew it; None where the order of business does not matter
    (a member's check-in, the service's own commands).  Raises an `OrderError`; the state is untouched then.
    """
    kind = type(command)
    if kind not in IN_ORDER[state.stage]:
        raise OutOfOrder(command=kind.__name__, stage=state.stage.value)
    if expected_seq is not None and expected_seq != state.order_seq:
        raise Stale(expected=expected_seq, actual=state.order_seq)
    if state.live_poll is not None and kind not in WHILE_VOTING:
        raise PollRunning(poll=state.live_poll.id)
    return _HANDLERS[kind](state, command, at)


_HANDLERS: Mapping[type[c.Command], Callable[[State, Any, int], Events]] = {
    c.CheckIn: roll.check_in,
    c.RecordArrival: roll.record_arrival,
    c.RecordLeave: roll.record_leave,
    c.RecordDeparture: roll.record_departure,
    c.ConfirmRoll: roll.confirm_roll,
    c.Recuse: roll.recuse,
    c.Proceed: walk.proceed,
    c.SkipStep: walk.skip_step,
    c.GoTo: walk.go_to,
    c.StartTimer: walk.start_timer,
    c.StopTimer: walk.stop_timer,
    c.ExtendTimer: walk.extend_timer,
    c.CoverHall: walk.cover_hall,
    c.ShowHall: walk.show_hall,
    c.ShowMaterial: showing.show,
    c.HideMaterial: showing.hide,
    c.PlayVideo: showing.play,
    c.PauseVideo: showing.pause,
    c.PledgeAgain: walk.pledge_again,
    c.TickPledgePoint: pledge.tick,
    c.TerminateMatter: walk.terminate,
    c.DeferMatter: walk.defer,
    c.WithdrawMatter: walk.withdraw,
    c.ReturnMatter: walk.return_matter,
    c.PutQuestion: floor.put_question,
    c.SendQuestion: floor.send_question,
    c.AdmitQuestion: floor.admit_question,
    c.DeclineQuestion: floor.decline_question,
    c.AssignRespondent: floor.assign_respondent,
    c.CloseQuestion: floor.close_question,
    c.AskToSpeak: floor.ask_to_speak,
    c.WithdrawRequest: floor.withdraw_request,
    c.CallSpeaker: floor.call_speaker,
    c.EndSpeech: floor.end_speech,
    c.RecordSummary: floor.record_summary,
    c.SendComment: floor.send_comment,
    c.RecordReply: interpellation.record_reply,
    c.RecordComment: room.record_comment,
    c.HandOver: room.hand_over,
    **following.HANDLERS,
    c.PreparePoll: polls.prepare_poll,
    c.OpenPoll: polls.open_poll,
    c.HoldPoll: polls.hold_poll,
    c.ResumePoll: polls.resume_poll,
    c.ClosePoll: polls.close_poll,
    c.RecordCount: polls.record_count,
    c.RevealResult: polls.reveal_result,
    c.RejectCount: polls.reject_count,
    c.CallRound: rounds.call_round,
    c.UseHands: rounds.use_hands,
    c.EnterTotals: rounds.enter_totals,
    c.ConfirmTotals: rounds.confirm_totals,
    c.ConfirmEmptyBox: tellers.confirm_empty_box,
    c.ConfirmCount: tellers.confirm_count,
    c.ObjectToCount: tellers.object_to_count,
    c.RuleWriteIns: tellers.rule_write_ins,
    c.RecordRuling: tellers.record_ruling,
    c.CountersignVoid: tellers.countersign_void,
    c.AbortPoll: polls.abort_poll,
    c.VoidPoll: polls.void_poll,
    c.OverridePrecondition: polls.override,
    c.CloseSitting: polls.close_sitting,
}
