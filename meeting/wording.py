"""Sentences and texts of the order of business, worded in both languages.  Pure but for reading the catalogue."""

from __future__ import annotations

from display import i18n
from display.slides import Words
from meeting.order.announcement import Sentence
from meeting.order.sitting import Text


def words(text: Text | Sentence) -> Words:
    """`text` in both languages."""
    if isinstance(text, Text):
        return Words(zh=text.zh, en=text.en or text.zh)
    return Words(zh=_in("zh", text), en=_in("en", text))


def say(key: str, **data: object) -> Words:
    """The catalogue's sentence `key`."""
    return Words(zh=i18n.text("zh", key, **data), en=i18n.text("en", key, **data))


def _in(lang: i18n.Language, sentence: Sentence) -> str:
    data: dict[str, object] = {}
    for name, value in sentence.data.items():
        if isinstance(value, Text):
            data[name] = (value.en or value.zh) if lang == "en" else value.zh
        else:
            data[name] = value
    return i18n.text(lang, sentence.key, **data)
