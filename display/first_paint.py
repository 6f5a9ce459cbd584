"""A slide as lines of text: what a hall screen shows before its script runs, or where there is none.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from display.i18n import Language

_TEXTS = ("title", "detail", "subtitle", "post", "sentence", "notice")
_NAMES = ("name", "speaker", "code")


def lines(slide: Mapping[str, Any], language: Language) -> list[str]:
    """Everything on the slide that can be read as it is, the most important first."""
    found: list[str] = []
    for key in _TEXTS:
        found.append(_said(slide.get(key), language))
    for key in _NAMES:
        found.append(str(slide.get(key) or ""))
    for pair in (slide.get("question"), *slide.get("text", ())):
        if pair:
            found.append(" ".join(pair))
    found.extend(_said(each, language) for each in slide.get("sentences", ()))
    for line in slide.get("items", ()):
        found.append(f"{line['number']}  {_said(line['title'], language)}")
    return [text for text in dict.fromkeys(found) if text]


def _said(words: Any, language: Language) -> str:
    return str(words.get(language) or words.get("zh") or "") if isinstance(words, Mapping) else ""
