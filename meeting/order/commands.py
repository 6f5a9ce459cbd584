"""What somebody orders: the chair at the console, a member at the phone, or the service itself.

Commands are orders and may be refused (`decide`); nothing here has methods.  `stage` tables in `decide` say when
each is in order.
"""

from __future__ import annotations

from collections.abc import Mapping

from meeting.order.floor_commands import (
    AdmitQuestion,
    AskToSpeak,
    AssignRespondent,
    CallSpeaker,
    CloseQuestion,
    DeclineQuestion,
    EndSpeech,
    PutQuestion,
    RecordSummary,
    SendComment,
    SendQuestion,
    WithdrawRequest,
)
from meeting.order.follow_commands import (
    FOLLOW_COMMANDS,
    FollowCommand,
    StartRecording,
    StopRecording,
    TrackQuestion,
    UntrackQuestion,
)
from meeting.order.material_commands import HideMaterial, MaterialCommand, PauseVideo, PlayVideo, ShowMaterial
from meeting.order.pledge_commands import TickPledgePoint
from meeting.order.poll_commands import (
    AbortPoll,
    CallRound,
    ClosePoll,
    ConfirmCount,
    ConfirmEmptyBox,
    ConfirmTotals,
    CountersignVoid,
    EnterTotals,
    HoldPoll,
    ObjectToCount,
    OpenPoll,
    OverridePrecondition,
    PreparePoll,
    RecordCount,
    RecordRuling,
    RejectCount,
    ResumePoll,
    RevealResult,
    RuleWriteIns,
    UseHands,
    VoidPoll,
)
from meeting.order.replies import RecordReply
from meeting.order.roll_commands import (
    CheckIn,
    ConfirmRoll,
    RecordArrival,
    RecordDeparture,
    RecordLeave,
    Recuse,
)
from meeting.order.room_commands import HandOver, RecordComment
from meeting.order.step_commands import (
    CloseSitting,
    CoverHall,
    DeferMatter,
    ExtendTimer,
    GoTo,
    PledgeAgain,
    Proceed,
    ReturnMatter,
    ShowHall,
    SkipStep,
    StartTimer,
    StopTimer,
    TerminateMatter,
    WithdrawMatter,
)

Command = (
    CheckIn
    | RecordArrival
    | RecordLeave
    | RecordDeparture
    | ConfirmRoll
    | Recuse
    | Proceed
    | SkipStep
    | GoTo
    | StartTimer
    | StopTimer
    | ExtendTimer
    | CoverHall
    | ShowHall
    | MaterialCommand
    | PledgeAgain
    | TickPledgePoint
    | TerminateMatter
    | DeferMatter
    | WithdrawMatter
    | ReturnMatter
    | PutQuestion
    | SendQuestion
    | AdmitQuestion
    | DeclineQuestion
    | AssignRespondent
    | CloseQuestion
    | AskToSpeak
    | WithdrawRequest
    | CallSpeaker
    | EndSpeech
    | RecordSummary
    | SendComment
    | RecordReply
    | RecordComment
    | HandOver
    | FollowCommand
    | PreparePoll
    | OpenPoll
    | HoldPoll
    | ResumePoll
    | ClosePoll
    | RecordCount
    | CallRound
    | UseHands
    | EnterTotals
    | RevealResult
    | RejectCount
    | ConfirmEmptyBox
    | ConfirmTotals
    | ConfirmCount
    | ObjectToCount
    | RuleWriteIns
    | RecordRuling
    | CountersignVoid
    | AbortPoll
    | VoidPoll
    | OverridePrecondition
    | CloseSitting
)

OFFICE_COMMANDS: Mapping[str, type[Command]] = {
    "record_arrival": RecordArrival,
    "record_leave": RecordLeave,
    "record_departure": RecordDeparture,
    "confirm_roll": ConfirmRoll,
    "recuse": Recuse,
    "proceed": Proceed,
    "skip_step": SkipStep,
    "go_to": GoTo,
    "start_timer": StartTimer,
    "stop_timer": StopTimer,
    "extend_timer": ExtendTimer,
    "cover_hall": CoverHall,
    "show_hall": ShowHall,
    "show_material": ShowMaterial,
    "hide_material": HideMaterial,
    "play_video": PlayVideo,
    "pause_video": PauseVideo,
    "pledge_again": PledgeAgain,
    "tick_pledge_point": TickPledgePoint,
    "terminate_matter": TerminateMatter,
    "defer_matter": DeferMatter,
    "withdraw_matter": WithdrawMatter,
    "return_matter": ReturnMatter,
    "put_question": PutQuestion,
    "admit_question": AdmitQuestion,
    "decline_question": DeclineQuestion,
    "assign_respondent": AssignRespondent,
    "close_question": CloseQuestion,
    "call_speaker": CallSpeaker,
    "end_speech": EndSpeech,
    "record_summary": RecordSummary,
    "record_reply": RecordReply,
    "record_comment": RecordComment,
    "hand_over": HandOver,
    **FOLLOW_COMMANDS,
    "open_poll": OpenPoll,
    "hold_poll": HoldPoll,
    "resume_poll": ResumePoll,
    "close_poll": ClosePoll,
    "call_round": CallRound,
    "use_hands": UseHands,
    "enter_totals": EnterTotals,
    "reveal_result": RevealResult,
    "reject_count": RejectCount,
    "abort_poll": AbortPoll,
    "void_poll": VoidPoll,
    "override_precondition": OverridePrecondition,
    "close_sitting": CloseSitting,
}
"""What a console may send, by its name on the wire."""

TELLER_COMMANDS: Mapping[str, type[Command]] = {
    "confirm_empty_box": ConfirmEmptyBox,
    "confirm_totals": ConfirmTotals,
    "confirm_count": ConfirmCount,
    "object_to_count": ObjectToCount,
    "rule_write_ins": RuleWriteIns,
    "countersign_void": CountersignVoid,
}
"""What a teller's desk may send, and nobody else's."""

PHONE_COMMANDS: frozenset[type[Command]] = frozenset(
    {CheckIn, SendQuestion, AskToSpeak, WithdrawRequest, SendComment}
)
"""What a member may order from his phone."""

SERVICE_COMMANDS: frozenset[type[Command]] = frozenset({PreparePoll, RecordCount, RecordRuling})

__all__ = [
    "OFFICE_COMMANDS",
    "PHONE_COMMANDS",
    "SERVICE_COMMANDS",
    "TELLER_COMMANDS",
    "AbortPoll",
    "AdmitQuestion",
    "AskToSpeak",
    "AssignRespondent",
    "CallRound",
    "CallSpeaker",
    "CheckIn",
    "ClosePoll",
    "CloseQuestion",
    "CloseSitting",
    "Command",
    "ConfirmCount",
    "ConfirmEmptyBox",
    "ConfirmRoll",
    "ConfirmTotals",
    "CountersignVoid",
    "CoverHall",
    "DeclineQuestion",
    "DeferMatter",
    "EndSpeech",
    "EnterTotals",
    "ExtendTimer",
    "GoTo",
    "HandOver",
    "HideMaterial",
    "HoldPoll",
    "ObjectToCount",
    "OpenPoll",
    "OverridePrecondition",
    "PauseVideo",
    "PlayVideo",
    "PledgeAgain",
    "PreparePoll",
    "Proceed",
    "PutQuestion",
    "RecordArrival",
    "RecordComment",
    "RecordCount",
    "RecordDeparture",
    "RecordLeave",
    "RecordReply",
    "RecordRuling",
    "RecordSummary",
    "Recuse",
    "RejectCount",
    "ResumePoll",
    "ReturnMatter",
    "RevealResult",
    "RuleWriteIns",
    "SendComment",
    "SendQuestion",
    "ShowHall",
    "ShowMaterial",
    "SkipStep",
    "StartRecording",
    "StartTimer",
    "StopRecording",
    "StopTimer",
    "TerminateMatter",
    "TickPledgePoint",
    "TrackQuestion",
    "UntrackQuestion",
    "UseHands",
    "VoidPoll",
    "WithdrawMatter",
    "WithdrawRequest",
]
