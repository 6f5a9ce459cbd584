"""A sentence as data: its key in the catalogue, and what fills it.  Pure; no text is put together here.

What fills a sentence may be a text, a figure, another sentence, or several in a row; `meeting.wording` words it all in
both languages, since each joins and orders in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, Union

from meeting.order.text import Text


@dataclass(frozen=True, slots=True)
class Sentence:
    """`key` in the catalogue; a value of `data` that is a `Text` is shown in the reader's language."""

    key: str
    data: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Listed:
    """Several in a row, as a language joins them: `joint` is the key of what stands between two."""

    parts: tuple[Value, ...]
    joint: str = "join.names"


Value: TypeAlias = Union[str, int, float, Text, "Sentence", "Listed"]


def sentence(key: str, **data: Value) -> Sentence:
    return Sentence(key, data)


def names(parts: Iterable[Value]) -> Listed:
    """甲、乙、丙."""
    return Listed(tuple(parts))


def figures(parts: Iterable[Sentence]) -> Listed:
    """满意8票，基本满意7票."""
    return Listed(tuple(parts), "join.figures")
