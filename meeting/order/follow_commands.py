"""Orders beside the business: to track a question after the sitting, to say that it is recorded.

Data without methods.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrackQuestion:
    """The question becomes a task with a deadline (督办); `question` is its place in the sitting's list, from 0."""

    question: int


@dataclass(frozen=True, slots=True)
class UntrackQuestion:
    question: int


@dataclass(frozen=True, slots=True)
class StartRecording:
    """The cameras run from now on; the software films nothing itself, it keeps the time."""


@dataclass(frozen=True, slots=True)
class StopRecording:
    pass


FollowCommand = TrackQuestion | UntrackQuestion | StartRecording | StopRecording

FOLLOW_COMMANDS: Mapping[str, type[FollowCommand]] = {
    "track_question": TrackQuestion,
    "untrack_question": UntrackQuestion,
    "start_recording": StartRecording,
    "stop_recording": StopRecording,
}
"""What a console may send of these, by its name on the wire."""
