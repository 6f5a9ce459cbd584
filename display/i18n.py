"""The sentences people read, in both languages.

Every catalogue under `display/locale/LANGUAGE/LC_MESSAGES/*.po` is read as it is (no compiling) on first use; a
sentence's msgid is its key, its placeholders `{name}` are filled from the data.  A key without a sentence is a
`MissingSentence` warning, so an error in tests; before the public the key itself is shown and nothing breaks.
Knows no error class and no screen: whoever has a `code` and `data` can be said.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, Protocol, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALE = Path(__file__).parent / "locale"


class MissingSentence(UserWarning):
    """A key, or a placeholder's datum, that the catalogues or the caller should have had."""


class Said(Protocol):
    """An error that can be put to a person."""

    @property
    def code(self) -> str: ...

    @property
    def data(self) -> Mapping[str, object]: ...


def text(language: Language, key: str, /, **data: object) -> str:
    """The sentence in one language, with its placeholders filled."""
    sentence = sentences(language).get(key)
    if sentence is None:
        warnings.warn(f"no sentence {key!r} in {language}", MissingSentence, stacklevel=2)
        return key
    try:
        return sentence.format_map(data)
    except (LookupError, ValueError, AttributeError) as wrong:
        warnings.warn(f"cannot fill {key!r} in {language}: {wrong!r}", MissingSentence, stacklevel=2)
        return sentence


def both(key: str, /, **data: object) -> dict[str, str]:
    """The sentence in every language, as the phones take it: `{"zh": …, "en": …}`."""
    return {language: text(language, key, **data) for language in LANGUAGES}


def say(error: Said) -> dict[str, str]:
    """What to tell the person who met this error: the sentence `error.CODE`, filled from its data."""
    return both(f"error.{error.code}", **error.data)


def keys(language: Language) -> frozenset[str]:
    """Every key that has a sentence in this language."""
    return frozenset(sentences(language))


@cache
def sentences(language: Language) -> Mapping[str, str]:
    """All sentences of a language by key, read once."""
    return read(LOCALE / language / "LC_MESSAGES", language)


def read(folder: Path, language: Language) -> dict[str, str]:
    """The sentences of every catalogue in the folder; untranslated ones are left out.  Refuses with a ValueError a
    file that is not in order and a key that two catalogues claim: nobody could tell which sentence is shown."""
    from babel.messages.pofile import (
        PoFileError,
        read_po,
    )  # 30 ms that a process without screens does not need

    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            try:
                catalogue = read_po(file, locale=language, abort_invalid=True)
            except PoFileError as error:
                raise ValueError(f"{path}: {error}") from error
        for message in catalogue:
            if not message.id:
                continue  # the header
            if not isinstance(message.id, str) or not isinstance(message.string, str) or message.context:
                raise ValueError(f"{path}: {message.id!r}: plurals and contexts are not used here")
            if message.id in found:
                raise ValueError(f"{path}: {message.id!r} is in another catalogue already")
            if message.string and not message.fuzzy:
                found[message.id] = message.string
    return found
