"""Orders about the floor: questions and their answers, who asks to speak and who speaks, what groups report.  Pure."""

from __future__ import annotations

from meeting.order import commands as c
from meeting.order import events as e
from meeting.order.asking import MEMBER_CLASS
from meeting.order.errors import OutOfOrder, TooMany, UnknownGroup, UnknownQuestion
from meeting.order.particulars import Group, Source
from meeting.order.require import Events, current, member_of, reason_of
from meeting.order.room import reached, voice_of, written
from meeting.order.sitting import Attendee, Item, MemberNo, Plan, StepKind
from meeting.order.state import Presence, Question, State

MOST_WAITING = 3
"""So many questions of one member may wait for the chair; a phone must not flood his console."""
MOST_COMMENTS = 10
"""So many comments one member may send on one item."""
SPEAKING = frozenset({StepKind.DELIBERATION, StepKind.QUESTIONS, StepKind.STATEMENT})
"""Steps at which members ask to speak."""


def put_question(state: State, command: c.PutQuestion, at: int) -> Events:
    if command.follows is not None:
        _known(state, command.follows)
    put = e.QuestionPut(
        command.by, reason_of(command.text), command.source, command.to.strip(), command.follows
    )
    return (put,)


def send_question(state: State, command: c.SendQuestion, at: int) -> Events:
    member = voice_of(state, command.member)
    if current(state).kind is not StepKind.QUESTIONS or state.presence[member] is not Presence.PRESENT:
        raise OutOfOrder(command="SendQuestion", stage=current(state).kind.value)
    if sum(q.member == member and q.admitted is None for q in state.questions) >= MOST_WAITING:
        raise TooMany(most=MOST_WAITING)
    by = state.plan.name_of(member)
    source = _source(state.plan.class_of(member))
    return (e.QuestionPut(by, reason_of(command.text), source, admitted=False, member=member),)


def admit_question(state: State, command: c.AdmitQuestion, at: int) -> Events:
    _waiting(state, command.question, command)
    return (e.QuestionAdmitted(command.question),)


def decline_question(state: State, command: c.DeclineQuestion, at: int) -> Events:
    _waiting(state, command.question, command)
    return (e.QuestionDeclined(command.question),)


def assign_respondent(state: State, command: c.AssignRespondent, at: int) -> Events:
    question = _known(state, command.question)
    if question.answered is not None:
        raise OutOfOrder(command="AssignRespondent", stage="answered")
    return (e.RespondentAssigned(command.question, reason_of(command.to)),)


def close_question(state: State, command: c.CloseQuestion, at: int) -> Events:
    if state.question is None:
        raise OutOfOrder(command="CloseQuestion", stage=current(state).kind.value)
    return (e.QuestionClosed(command.answered),)


def ask_to_speak(state: State, command: c.AskToSpeak, at: int) -> Events:
    member = voice_of(state, command.member)
    asked = member in state.requests or member == state.speaker
    if asked or current(state).kind not in SPEAKING or state.presence[member] is not Presence.PRESENT:
        raise OutOfOrder(command="AskToSpeak", stage=current(state).kind.value)
    return (e.SpeechRequested(member),)


def withdraw_request(state: State, command: c.WithdrawRequest, at: int) -> Events:
    if command.member not in state.requests:
        raise OutOfOrder(command="WithdrawRequest", stage=current(state).kind.value)
    return (e.SpeechRequestWithdrawn(command.member),)


def call_speaker(state: State, command: c.CallSpeaker, at: int) -> Events:
    member = voice_of(state, command.member)
    if current(state).kind not in SPEAKING or state.presence[member] is not Presence.PRESENT:
        raise OutOfOrder(command="CallSpeaker", stage=current(state).kind.value)
    ended = () if state.speaker is None else (e.SpeechEnded(state.speaker),)
    limit = state.plan.rules.speech_limit_s
    return (*ended, e.SpeakerCalled(member), e.TimerStarted(at + limit * 1000))


def end_speech(state: State, command: c.EndSpeech, at: int) -> Events:
    if state.speaker is None:
        raise OutOfOrder(command="EndSpeech", stage=current(state).kind.value)
    return (e.SpeechEnded(state.speaker),)


def record_summary(state: State, command: c.RecordSummary, at: int) -> Events:
    item = next((one for one in state.plan.items if one.number == command.item), None)
    groups = () if item is None else item.particulars.groups
    if command.group not in {group.number for group in groups}:
        raise UnknownGroup(item=command.item, group=command.group)
    return (e.SummaryRecorded(command.item, command.group, reason_of(command.text)),)


def convened(plan: Plan, item: Item, who: MemberNo) -> Group | None:
    """The group of this item that a member convenes (召集人); None where he convenes none."""
    member = plan.person(who)
    own = None if isinstance(member, Attendee) else member.group
    for group in item.particulars.groups:
        if group.convener == member.name and own in {None, group.number}:
            return group
    return None


def send_comment(state: State, command: c.SendComment, at: int) -> Events:
    member = member_of(state, command.member)
    if state.plan.in_gallery(member):
        return written(state, member, command.text, command.item)
    if state.at is None or state.presence[member] is not Presence.PRESENT:
        raise OutOfOrder(command="SendComment", stage=current(state).kind.value)
    item = reached(state, command.item)
    if sum((one.item, one.member) == (item, member) for one in state.comments) >= MOST_COMMENTS:
        raise TooMany(most=MOST_COMMENTS)
    return (e.CommentRecorded(item, MemberNo(member), reason_of(command.text)),)


def _source(voter_class: str) -> Source:
    """As what somebody asks: a member, an invited deputy, or whoever else attends without a vote."""
    if voter_class == MEMBER_CLASS:
        return Source.SPONTANEOUS
    return Source.DEPUTY if voter_class else Source.ATTENDEE


def _known(state: State, number: int) -> Question:
    if not 0 <= number < len(state.questions):
        raise UnknownQuestion(question=number)
    return state.questions[number]


def _waiting(state: State, number: int, command: object) -> Question:
    question = _known(state, number)
    if question.admitted is not None:
        raise OutOfOrder(
            command=type(command).__name__, stage="admitted" if question.admitted else "declined"
        )
    return question
