"""A slide as lines of text: what a hall screen shows before its script runs, or where there is none.  Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from display.i18n import Language

_TEXTS = ("title", "detail", "subtitle", "post", "sentence", "notice", "says")
_NAMES = ("name", "speaker", "number", "code")
_OFFERS = ("scale", "criteria", "candidates", "options")


def lines(slide: Mapping[str, Any], language: Language) -> list[str]:
    """Everything on the slide that can be read as it is, the most important first."""
    found = [_said(slide.get(key), language) for key in _TEXTS]
    found += (str(slide[key]) for key in _NAMES if isinstance(slide.get(key), str))
    found += (" ".join(pair) for pair in (slide.get("question"), *slide.get("text", ())) if pair)
    found += (_said(each, language) for each in slide.get("sentences", ()))
    found += (f"{line['number']}  {_said(line['title'], language)}" for line in slide.get("items", ()))
    found += (_line(line, language) for line in slide.get("lines", ()))
    found += (f"{group['number']}  {group['convener']}" for group in slide.get("groups", ()))
    found += _offered(slide, language)
    found += (_said(each["text"], language) for each in slide.get("passages", ()))
    found.append(" ".join(slide.get("takers", ())))
    return [text for text in dict.fromkeys(found) if text]


def _line(line: Mapping[str, Any], language: Language) -> str:
    """A line of the oath, or of the summary: item, title, outcome."""
    if "outcome" not in line:
        return _said(line, language)
    return f"{line['number']}  {_said(line['title'], language)}  {_said(line['outcome'], language)}"


def _offered(slide: Mapping[str, Any], language: Language) -> Iterator[str]:
    """What can be answered in a vote that is asked."""
    for question in slide.get("ask", ()):
        for key in _OFFERS:
            for choice in question.get(key, ()):
                yield _said(choice["label"], language)


def _said(words: Any, language: Language) -> str:
    return str(words.get(language) or words.get("zh") or "") if isinstance(words, Mapping) else ""
