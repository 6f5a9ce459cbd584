"""The pages that a material has on the hall screen.  Pure: the same material has the same pages everywhere.

Both languages turn together, so a page holds the same passages in both: a long paragraph is cut into as many parts in
both, behind sentences where there are any, and the parts that come to stand on one page are one passage again.  How a
page looks is the hall's affair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from meeting.order.materials import Enclosure, Material
from meeting.order.text import Text

LINES = 9
"""Of text on a page."""
PART = 3
"""Lines: a paragraph is cut no finer than that."""
SIGNS = 30
"""Chinese ones in a line, at the size at which a hall can read them; of letters twice as many."""
_ENDS = ("\u3002\uff01\uff1f\uff1b\n", "\uff0c\u3001\uff1a,;: ")


class PageKind(StrEnum):
    TITLE = "title"
    """There is nothing more than that it is before the members."""
    TEXT = "text"
    PROPOSALS = "proposals"
    PICTURE = "picture"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or a proposal, or a part of one."""

    text: Text
    number: int | None = None
    """Of the proposal that begins here."""


@dataclass(frozen=True, slots=True)
class Page:
    kind: PageKind
    passages: tuple[Passage, ...] = ()
    enclosure: Enclosure | None = None


@lru_cache(maxsize=256)  # views ask for them many times a second
def pages(material: Material) -> tuple[Page, ...]:
    """At least one: text, proposals, pictures in their order, the video."""
    text = _paged([(None, one) for one in material.text])
    proposals = _paged(list(enumerate(material.proposals, 1)))
    found = [
        *(Page(PageKind.TEXT, each) for each in text),
        *(Page(PageKind.PROPOSALS, each) for each in proposals),
        *(Page(PageKind.PICTURE, enclosure=one) for one in material.pictures),
    ]
    if material.video is not None:
        found.append(Page(PageKind.VIDEO, enclosure=material.video))
    return tuple(found) or (Page(PageKind.TITLE),)


def lines_of(text: Text) -> int:
    """How many lines it takes, in whichever language it takes more."""
    return max(_lines(text.zh), _lines(text.en))


def parts(text: Text) -> tuple[Text, ...]:
    """`text` in parts of at most PART lines each: as many in both languages, nothing lost and nothing twice."""
    count = -(-lines_of(text) // PART)
    while True:
        cut = zip(_cut(text.zh, count), _cut(text.en, count), strict=True)
        found = tuple(Text(zh, en) for zh, en in cut)
        if all(lines_of(one) <= PART for one in found):
            return found
        count += 1


def _paged(paragraphs: list[tuple[int | None, Text]]) -> Iterator[tuple[Passage, ...]]:
    """Part after part, half a line between two paragraphs, and a new page where the next part does not fit."""
    page: list[Passage] = []
    for number, paragraph in paragraphs:
        for index, part in enumerate(parts(paragraph)):
            begins = index == 0
            longer = page[:]
            if begins or not page:
                longer.append(Passage(part, number if begins else None))
            else:
                last = page[-1]
                longer[-1] = Passage(Text(last.text.zh + part.zh, last.text.en + part.en), last.number)
            if page and _height(longer) > 2 * LINES:
                yield tuple(page)
                longer = [Passage(part, number if begins else None)]
            page = longer
    if page:
        yield tuple(page)


def _height(page: list[Passage]) -> int:
    """In half lines."""
    return sum(2 * lines_of(one.text) + 1 for one in page) - 1


def _lines(text: str) -> int:
    return sum(max(1, -(-_width(line) // (SIGNS * 20))) for line in text.split("\n"))


def _width(line: str) -> int:
    """In twentieths of a Chinese sign; a letter counts a tenth more than half of one, since words do not break."""
    return sum(20 if one > "\u2e7f" else 11 for one in line)


def _cut(text: str, count: int) -> Iterator[str]:
    """`text` in `count` parts, as even as sentences allow.  What is too short for that leaves the last ones empty."""
    rest = text
    for left in range(count, 1, -1):
        at = _place(rest, -(-len(rest) // left))
        yield rest[:at]
        rest = rest[at:]
    yield rest


def _place(text: str, even: int) -> int:
    """Where to cut: behind the sentence that ends nearest to `even`, else behind a clause or word, else right there."""
    reach = even // 3
    near = range(max(1, even - reach), min(len(text), even + reach) + 1)
    for signs in _ENDS:
        found = [at for at in near if text[at - 1] in signs]
        if found:
            return min(found, key=lambda at: abs(at - even))
    return min(even, len(text))
