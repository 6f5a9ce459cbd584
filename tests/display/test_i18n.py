"""The catalogues are complete and the same in both languages; and what happens where they are not."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter

import pytest

from display import i18n
from display.i18n import LANGUAGES, LOCALE, Language, MissingSentence

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def catalogue(**sentences: str) -> str:
    return HEADER + "".join(f'msgid "{key}"\nmsgstr "{said}"\n\n' for key, said in sentences.items())


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of catalogues in place of the product's own."""
    for language in LANGUAGES:
        (tmp_path / language / "LC_MESSAGES").mkdir(parents=True)
    monkeypatch.setattr(i18n, "LOCALE", tmp_path)
    i18n.sentences.cache_clear()
    yield tmp_path
    i18n.sentences.cache_clear()


def write(locale: Path, language: Language, name: str, content: str) -> None:
    (locale / language / "LC_MESSAGES" / f"{name}.po").write_text(content, encoding="utf-8")


@dataclass
class Refusal(Exception):
    code: str = "already-issued"
    data: Mapping[str, object] = field(default_factory=lambda: {"seat": 7, "key": "a"})


def test_every_catalogue_is_in_order() -> None:
    names = {
        language: {p.name for p in (LOCALE / language / "LC_MESSAGES").glob("*.po")} for language in LANGUAGES
    }
    assert names["zh"] == names["en"]
    for language in LANGUAGES:
        i18n.read(LOCALE / language / "LC_MESSAGES", language)


def test_no_catalogue_gives_a_key_twice() -> None:
    for path in LOCALE.glob("*/LC_MESSAGES/*.po"):  # Babel keeps the first and says nothing
        given = [line for line in path.read_text("utf-8").splitlines() if line.startswith("msgid ")]
        assert sorted(set(given)) == sorted(given), path


def test_both_languages_have_the_same_keys() -> None:
    assert i18n.keys("zh") ^ i18n.keys("en") == set()


def test_no_sentence_is_empty_or_doubtful() -> None:
    from babel.messages.pofile import read_po

    for language in LANGUAGES:
        for path in sorted((LOCALE / language / "LC_MESSAGES").glob("*.po")):
            with path.open("rb") as file:
                for message in read_po(file, locale=language):
                    assert not message.id or (str(message.string).strip() and not message.fuzzy), (
                        path.name,
                        message.id,
                    )


def test_both_languages_want_the_same_data() -> None:
    for key in sorted(i18n.keys("zh") & i18n.keys("en")):
        # The legal verb (决定任命, 任命) has its weight in Chinese only.
        assert wanted("zh", key) - {"verb"} == wanted("en", key) - {"verb"}, key


def wanted(language: Language, key: str) -> set[str]:
    names = {name for _, name, _, _ in Formatter().parse(i18n.sentences(language)[key]) if name is not None}
    assert all(name.isidentifier() for name in names), (key, names)
    return names


def test_sentences_are_filled_in_both_languages(locale: Path) -> None:
    write(locale, "zh", "voting", catalogue(**{"error.already-issued": "{seat}号席位已领票"}))
    write(locale, "en", "voting", catalogue(**{"error.already-issued": "Seat {seat} has its ballot."}))
    write(locale, "zh", "kiosk", catalogue(hello="您好"))
    write(locale, "en", "kiosk", catalogue(hello="Good morning"))
    assert i18n.say(Refusal()) == {"zh": "7号席位已领票", "en": "Seat 7 has its ballot."}
    assert i18n.both("hello") == {"zh": "您好", "en": "Good morning"}
    assert i18n.text("en", "hello", language="unused", key="unused") == "Good morning"
    assert i18n.keys("zh") == i18n.keys("en") == {"hello", "error.already-issued"}


def test_a_missing_sentence_is_an_error_here(locale: Path) -> None:
    with pytest.raises(MissingSentence, match=r"'error\.already-issued' in zh"):
        i18n.say(Refusal())


def test_a_missing_sentence_shows_its_key_to_the_public_and_is_told_once(locale: Path) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("default")
        assert [i18n.text("zh", "hello") for _ in range(3)] == ["hello"] * 3
        assert i18n.text("zh", "goodbye") == "goodbye"
    assert [str(warning.message) for warning in told] == [
        "no sentence 'hello' in zh",
        "no sentence 'goodbye' in zh",
    ]


@pytest.mark.parametrize("sentence", ["{seat} and {row}", "{0}", "{seat", "{seat.row}"])
def test_a_sentence_that_cannot_be_filled_is_shown_as_it_is(locale: Path, sentence: str) -> None:
    write(locale, "en", "voting", catalogue(where=sentence))
    with pytest.warns(MissingSentence, match="'where' in en"):
        assert i18n.text("en", "where", seat=7) == sentence


def test_an_untranslated_or_doubtful_sentence_is_missing(locale: Path) -> None:
    write(locale, "en", "voting", catalogue(empty="") + '#, fuzzy\nmsgid "doubtful"\nmsgstr "perhaps"\n')
    assert i18n.keys("en") == set()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (catalogue(hello="Good evening"), "in another catalogue already"),
        (HEADER + 'msgctxt "a"\nmsgid "b"\nmsgstr "c"\n', "contexts are not used"),
        (HEADER + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n', "plurals and contexts"),
        (HEADER + "nonsense\n", r"voting\.po"),
    ],
)
def test_catalogues_that_are_refused(locale: Path, content: str, problem: str) -> None:
    write(locale, "en", "kiosk", catalogue(hello="Good morning"))
    write(locale, "en", "voting", content)
    with pytest.raises(ValueError, match=problem):
        i18n.keys("en")
