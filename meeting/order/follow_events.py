"""What has happened beside the business: questions marked as tracked (督办), the recording begun and ended (录像).

Neither moves the sitting: the first is for the time after it, the second for finding a place in the film.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuestionTracked:
    """`question` is its place in the sitting's list, from 0."""

    question: int


@dataclass(frozen=True, slots=True)
class QuestionUntracked:
    question: int


@dataclass(frozen=True, slots=True)
class RecordingStarted:
    pass


@dataclass(frozen=True, slots=True)
class RecordingStopped:
    pass


FollowEvent = QuestionTracked | QuestionUntracked | RecordingStarted | RecordingStopped
