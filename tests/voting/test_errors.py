"""The tree of refusals and its sentences."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

import display
from voting import errors
from voting.errors import (
    BadPaper,
    Misplaced,
    NotByHands,
    PaperTooLong,
    TooFewVoters,
    VotingError,
    WrongMarks,
    WrongRuling,
    WrongTotals,
)

LOCALE = Path(display.__file__).parent / "locale"


def tree(top: type[VotingError] = VotingError) -> Iterator[type[VotingError]]:
    for child in top.__subclasses__():
        if child.__module__ == errors.__name__:
            yield child
            yield from tree(child)


REFUSALS = [error for error in tree() if error is not Misplaced]


def sentences(language: str) -> dict[str, str]:
    path = LOCALE / language / "LC_MESSAGES" / "voting.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def made(error: type[VotingError]) -> VotingError:
    """One of the kind, with whatever data it wants."""
    if error is TooFewVoters:
        return TooFewVoters(voters=3, least=5)
    if error is PaperTooLong:
        return PaperTooLong(length=40_000, most=32_768)
    if error is WrongMarks:
        return WrongMarks(problem="there is no mark at all")
    if error is NotByHands:
        return NotByHands(question="scores")
    if error is WrongTotals or error is WrongRuling:
        return error(question="N1", problem="a number is missing")
    if issubclass(error, Misplaced):
        return error(place="paper[0].id", problem="this key is missing")
    return error()


def test_codes_are_stable_words_and_none_stands_for_two_refusals() -> None:
    codes = [error.code for error in REFUSALS]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


def test_the_codes_that_phones_and_records_know() -> None:
    assert {error.code for error in REFUSALS} == {
        "unknown-ballot", "not-on-roll", "bad-key", "bad-signature", "wrong-stage", "too-few-voters",
        "paper-too-long", "already-issued", "issuing-over", "blinded-out-of-range",
        "ballot-not-open", "bad-credential", "already-cast", "stale-cast",
        "hand-back-over", "hand-back-of-cast",
        "malformed", "too-large", "not-canonical", "wrong-marks",
        "not-by-hands", "wrong-totals", "wrong-ruling",
        "bad-paper", "bad-count-file", "keys-lost",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_code_has_a_sentence_and_every_sentence_a_code(language: str) -> None:
    found = sentences(language)
    assert set(found) == {f"error.{error.code}" for error in REFUSALS}
    assert all(found.values())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: error.code)
def test_a_sentence_is_filled_from_the_errors_own_data(error: type[VotingError], language: str) -> None:
    sentence, refusal = sentences(language)[f"error.{error.code}"], made(error)
    assert placeholders(sentence) <= set(refusal.data)
    assert "{" not in sentence.format_map(refusal.data)


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: error.code)
def test_both_languages_say_the_same_things(error: type[VotingError]) -> None:
    key = f"error.{error.code}"
    assert placeholders(sentences("zh")[key]) == placeholders(sentences("en")[key])


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: error.code)
def test_the_chinese_sentence_is_chinese(error: type[VotingError]) -> None:
    words = re.sub(r"\{[a-z]+\}", "", sentences("zh")[f"error.{error.code}"])
    assert not re.search("[A-Za-z]", words)


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: error.code)
def test_every_refusal_words_itself_for_the_log_in_one_line(error: type[VotingError]) -> None:
    words = str(made(error))
    assert words
    assert words.isprintable()
    assert "{" not in words


def test_a_misplaced_thing_is_named_by_its_place() -> None:
    error = BadPaper(place="paper[0].id", problem="this key is missing")
    assert str(error) == "paper[0].id: this key is missing"
