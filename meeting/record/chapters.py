"""The chapters of a sitting's recording, from its journal: when each step, vote and declaration began.  Pure.

A working paper of the office: it names nominees who may never be appointed, so it goes to nobody who does not have
the data folder.  Of a vote it tells when it was opened and when its result was declared, never a figure, and nothing of
who collected or cast a ballot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from display.slides import Words
from meeting.order import events as e
from meeting.order.evolve import Recorded, evolve
from meeting.order.follow_events import RecordingStarted, RecordingStopped
from meeting.order.paper_of import title_of
from meeting.order.poll import Poll
from meeting.order.sentence import sentence
from meeting.order.sitting import Step
from meeting.order.state import State
from meeting.projections.primary import step_name
from meeting.wording import say, words


@dataclass(frozen=True, slots=True)
class Chapter:
    begins: int
    """Milliseconds since the beginning of its part."""
    ends: int
    kind: str
    """`step`, `vote` (a poll is opened) or `result` (it is declared)."""
    item: int
    title: Words


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of time with its own zero: one recording, or the sitting where nothing was recorded."""

    begins: int
    """Milliseconds since 1970, UTC."""
    ends: int
    recorded: bool
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class _Moment:
    at: int
    kind: str
    item: int
    title: Words


def parts(journal: Sequence[Recorded], until: int) -> tuple[Part, ...]:
    """One part for each recording; else one from the confirmed roll on.  `until` is now, where nothing has ended yet.

    No part at all before the sitting has begun.
    """
    if not journal:
        return ()
    closed = next((one.at for one in journal if isinstance(one.event, e.SittingClosed)), None)
    end = max(until, journal[-1].at) if closed is None else closed
    moments = tuple(_moments(journal))
    spans = list(_recorded(journal, end))
    if spans:
        return tuple(Part(a, b, True, _within(moments, a, b)) for a, b in spans)
    begun = next((one.at for one in journal if isinstance(one.event, e.RollConfirmed)), None)
    return () if begun is None else (Part(begun, end, False, _within(moments, begun, end)),)


def _recorded(journal: Sequence[Recorded], end: int) -> Iterator[tuple[int, int]]:
    since: int | None = None
    for entry in journal:
        match entry.event:
            case RecordingStarted():
                since = entry.at
            case RecordingStopped() if since is not None:
                yield since, entry.at
                since = None
            case _:
                pass
    if since is not None:
        yield since, end


def _moments(journal: Sequence[Recorded]) -> Iterator[_Moment]:
    state: State | None = None
    for entry in journal:
        state = evolve(state, entry)
        match entry.event:
            case e.SittingLoaded():
                first = state.plan.items[0]
                yield _Moment(entry.at, "step", first.number, _step(state, first.number, first.steps[0]))
            case e.StepEntered(item, step):
                title = _step(state, item, state.plan.item(item).steps[step])
                yield _Moment(entry.at, "step", item, title)
            case e.PollOpened(poll) if state.polls[poll].binding:
                yield _vote(state, state.polls[poll], entry.at, "vote")
            case e.ResultDeclared(poll) if state.polls[poll].binding:
                yield _vote(state, state.polls[poll], entry.at, "result")
            case _:
                pass


def _step(state: State, item: int, step: Step) -> Words:
    about = state.plan.item(item).title if step.matter is None else state.plan.matter(step.matter).title
    return words(sentence("chapter.step", number=item, title=about, step=step_name(state, step)))


def _vote(state: State, poll: Poll, at: int, kind: str) -> _Moment:
    title = title_of(state, poll)
    key = f"chapter.{kind}" if poll.round == 1 else f"chapter.{kind}-again"
    said = words(sentence(key, number=poll.item, title=title, round=poll.round))
    return _Moment(at, kind, poll.item, said)


def _within(moments: Sequence[_Moment], begins: int, ends: int) -> tuple[Chapter, ...]:
    """What went on when the part began is its first chapter; what was passed over in no time is none."""
    before = [one for one in moments if one.at <= begins][-1:]
    first = [replace(one, at=begins) for one in before]
    own = [*first, *(one for one in moments if begins < one.at < ends)]
    until = [*(one.at for one in own[1:]), ends]
    return tuple(
        Chapter(one.at - begins, end - begins, one.kind, one.item, one.title)
        for one, end in zip(own, until, strict=False)
        if end > one.at
    )


# --- as data -------------------------------------------------------------------------------------------------------


def as_json(found: Sequence[Part]) -> list[dict[str, Any]]:
    return [
        {
            "recorded": part.recorded,
            "begins": part.begins,
            "ends": part.ends,
            "chapters": [
                {
                    "begins": clock(one.begins),
                    "ends": clock(one.ends),
                    "kind": one.kind,
                    "item": one.item,
                    "title": dict(one.title),
                }
                for one in part.chapters
            ],
        }
        for part in found
    ]


def as_web_vtt(part: Part, language: str) -> str:
    """WebVTT chapters of one part, for a player beside its film."""
    blocks = ["WEBVTT", f"NOTE\n{_plain(say('chapter.office-only'), language)}"]
    for number, one in enumerate(part.chapters, 1):
        times = f"{clock(one.begins)} --> {clock(one.ends)}"
        blocks.append(f"{number}\n{times}\n{_plain(one.title, language)}")
    return "\n\n".join(blocks) + "\n"


def clock(ms: int) -> str:
    """`HH:MM:SS.mmm`."""
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def _plain(text: Words, language: str) -> str:
    """One line that no player takes for a tag, a time or the end of the block."""
    line = " ".join((text["en"] if language == "en" else text["zh"]).split())
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
