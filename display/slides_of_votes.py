"""Slides of a vote: what is asked and how many have answered, what came of it, and what the whole day decided.

Pure data.  Before a result there is no place for a split in here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from display.slide_parts import NOTHING, Countdown, Head, Place, Words

AskedQuestion = Mapping[str, Any]
"""A question as it is put: `id`, `kind`, `title`, and of its kind
grade `scale`; score `criteria`, `min`, `max`, `step`; election `seats`, `candidates`, `write_in`;
selection `choose`, `options`.  What can be answered is a list of `Choice`."""
AnsweredQuestion = Mapping[str, Any]
"""A question with its answer: `id`, `title`, the keys of COUNTING.md 4, `needed` (None where there is none), `labels`
(how each key is called, `Words` by key), and of its kind
grade `rate_label`, `because` (why it is this grade); score `max`; election `seats`; selection `choose`."""


@dataclass(frozen=True, slots=True)
class Advising:
    """A class of attendees that is asked at the same time, and decides nothing."""

    voter_class: str
    label: Words
    entitled: int
    issued: int = 0
    returned: int | None = 0
    """None: it is not told how many are in, before all are."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A poll from its preparation to its counting.  Counts only: no split exists yet."""

    kind: ClassVar[str] = "asking"
    stage: str
    """`prepared`, `open`, `held`, `closing` or `void`."""
    title: Words
    visibility: str
    needed: int | None
    """None where it depends on the ballots, or most votes win."""
    entitled: int
    issued: int
    returned: int | None
    """None: so few vote in secret that how many are in is not told before all are."""
    code: str
    """The ballot's code: the same on every phone (BALLOT.md 1); empty while it is not known."""
    timer: Countdown | None = None
    notice: Words | None = None
    all_members: int = 0
    present: int = 0
    recused: int = 0
    base: str = "all_members"
    """What the majority is taken of: `all_members`, `present`, `issued`, `returned` or `valid`."""
    line: Words = field(default_factory=lambda: NOTHING)
    """The majority in words, as `more than half of all members`; empty where most votes win."""
    again: bool = False
    """The vote on this matter was void and is held again."""
    ask: tuple[AskedQuestion, ...] = ()
    contest: str = ""
    """`runoff` or `further`: what a later round is; empty in the first."""
    round: int = 1
    contest_names: tuple[str, ...] = ()
    hands: bool = False
    """By show of hands."""
    fault: bool = False
    """… since the system failed (因表决系统故障，改用举手方式表决)."""
    box_seen: bool = False
    """A teller has seen that the box was empty."""
    advising: tuple[Advising, ...] = ()
    place: Place | None = None
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class Advice:
    """What a class of attendees answered; it decides nothing and stands apart."""

    voter_class: str
    label: Words
    issued: int
    returned: int
    questions: tuple[AnsweredQuestion, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A declared result.  `counts` to `invalid` are those of the question that decides, the last of `questions`."""

    kind: ClassVar[str] = "result"
    title: Words
    outcome: str
    counts: Mapping[str, int]
    """Of a motion or a grade; else empty."""
    not_returned: int
    needed: int | None
    all_members: int
    sentences: tuple[Words, ...]
    code: str
    checked: int | None
    """Phones that have found their line in the public list; None while the window runs or for an open vote."""
    said: Words = field(default_factory=lambda: NOTHING)
    """Of the sentences those that say what was decided: what stands beside the verdict."""
    visibility: str = "secret"
    present: int = 0
    recused: int = 0
    issued: int = 0
    returned: int = 0
    valid: int = 0
    invalid: int = 0
    base: str = "all_members"
    line: Words = field(default_factory=lambda: NOTHING)
    """The majority in words; empty where most votes win."""
    whole: int = 0
    """What the majority is taken of, in votes: the length of a full bar."""
    questions: tuple[AnsweredQuestion, ...] = ()
    advisory: tuple[Advice, ...] = ()
    names: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None
    """Of an open vote, where the rules show them: who answered how, by question and answer."""
    contest: str = ""
    round: int = 1
    next: str = ""
    """`runoff` or `further`: the round that the result asks for; empty: everything is decided."""
    next_names: tuple[str, ...] = ()
    place: Place | None = None
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class SummaryLine:
    number: int
    """Of the item."""
    title: Words
    outcome: Words


@dataclass(frozen=True, slots=True)
class Summary:
    """会议成果: everything that the day decided, in the order of the agenda."""

    kind: ClassVar[str] = "summary"
    number: int
    title: Words
    lines: tuple[SummaryLine, ...]
    timer: Countdown | None = None
    head: Head = field(default_factory=Head)
