"""Sentences and texts of the order of business, worded in both languages.  Pure but for reading the catalogue."""

from __future__ import annotations

from display import i18n
from display.slides import Words
from meeting.order.sentence import Listed, Sentence, Value
from meeting.order.sitting import Text


def words(text: Text | Sentence) -> Words:
    """`text` in both languages."""
    if isinstance(text, Text):
        return Words(zh=text.zh, en=text.en or text.zh)
    return Words(zh=_sentence("zh", text), en=_sentence("en", text))


def say(key: str, **data: object) -> Words:
    """The catalogue's sentence `key`."""
    return Words(zh=i18n.text("zh", key, **data), en=i18n.text("en", key, **data))


def joined(*texts: Words) -> Words:
    """One after the other, as each language sets sentences beside each other."""
    return Words(zh="".join(one["zh"] for one in texts), en=" ".join(one["en"] for one in texts))


def _sentence(lang: i18n.Language, sentence: Sentence) -> str:
    data = {name: _value(lang, value) for name, value in sentence.data.items()}
    return i18n.text(lang, sentence.key, **data)


def _value(lang: i18n.Language, value: Value) -> object:
    match value:
        case Text():
            return (value.en or value.zh) if lang == "en" else value.zh
        case Sentence():
            return _sentence(lang, value)
        case Listed():
            return i18n.text(lang, value.joint).join(str(_value(lang, part)) for part in value.parts)
        case _:
            return value
