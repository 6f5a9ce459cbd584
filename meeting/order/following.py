"""Tracked questions and the recording: whether they may be ordered, and the state after them.  Pure.

Both stand beside the business: nothing here moves a step, a poll or a matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, assert_never

from meeting.order import commands as c
from meeting.order.errors import (
    AlreadyRecording,
    AlreadyTracked,
    NotAdmitted,
    NotRecording,
    NotTracked,
    UnknownQuestion,
)
from meeting.order.follow_events import (
    FollowEvent,
    QuestionTracked,
    QuestionUntracked,
    RecordingStarted,
    RecordingStopped,
)
from meeting.order.require import Events
from meeting.order.state import Question, State


def track(state: State, command: c.TrackQuestion, at: int) -> Events:
    question = _known(state, command.question)
    if question.admitted is not True:
        raise NotAdmitted()
    if question.tracked:
        raise AlreadyTracked()
    return (QuestionTracked(command.question),)


def untrack(state: State, command: c.UntrackQuestion, at: int) -> Events:
    if not _known(state, command.question).tracked:
        raise NotTracked()
    return (QuestionUntracked(command.question),)


def start_recording(state: State, command: c.StartRecording, at: int) -> Events:
    if state.recording_since is not None:
        raise AlreadyRecording()
    return (RecordingStarted(),)


def stop_recording(state: State, command: c.StopRecording, at: int) -> Events:
    if state.recording_since is None:
        raise NotRecording()
    return (RecordingStopped(),)


HANDLERS: Mapping[type[c.Command], Callable[[State, Any, int], Events]] = {
    c.TrackQuestion: track,
    c.UntrackQuestion: untrack,
    c.StartRecording: start_recording,
    c.StopRecording: stop_recording,
}


def _known(state: State, number: int) -> Question:
    if not 0 <= number < len(state.questions):
        raise UnknownQuestion(question=number)
    return state.questions[number]


# --- the state after it ---


def after(state: State, event: FollowEvent, at: int) -> State:
    """The state after one of these events; never refuses."""
    match event:
        case QuestionTracked(number):
            return _marked(state, number, tracked=True)
        case QuestionUntracked(number):
            return _marked(state, number, tracked=False)
        case RecordingStarted():
            return replace(state, recording_since=at)
        case RecordingStopped():
            return replace(state, recording_since=None)
        case _:
            assert_never(event)


def _marked(state: State, number: int, *, tracked: bool) -> State:
    marked = replace(state.questions[number], tracked=tracked)
    return replace(state, questions=(*state.questions[:number], marked, *state.questions[number + 1 :]))
