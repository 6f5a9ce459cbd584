"""What the movers of an interpellation say of a reply: the order, the fact, and what is kept of it.  Data only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordReply:
    """The movers have heard the reply.  `again`: the organ answers once more, as the chairs' meeting has decided."""

    dissatisfied: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class ReplyJudged:
    item: int
    dissatisfied: int
    again: bool


@dataclass(frozen=True, slots=True)
class Reply:
    dissatisfied: int
    again: bool


def with_reply(replies: tuple[Reply, ...], judged: ReplyJudged) -> tuple[Reply, ...]:
    """The item's replies with this one; where the last was final already, its record is put right."""
    kept = replies if not replies or replies[-1].again else replies[:-1]
    return (*kept, Reply(judged.dissatisfied, judged.again))
