"""Every refusal has a code of its own and a sentence in each language."""

import re

import pytest

from display import i18n
from kiosk import errors
from kiosk.refusal import refusal, status

ALL = [
    kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.KioskError)
]
LEAVES = [kind for kind in ALL if kind is not errors.KioskError]


@pytest.mark.parametrize("kind", LEAVES)
def test_a_refusal_is_worded(kind: type[errors.KioskError]) -> None:
    error = kind(seconds=7)
    message = refusal(error, "hello")
    assert message == {"type": "error", "code": kind.code, "say": i18n.say(error), "re": "hello"}
    assert all(re.search(r"\S", sentence) and "{" not in sentence for sentence in i18n.say(error).values())
    assert kind.code in str(error)
    assert 400 <= status(error) < 600


def test_no_two_have_the_same_code() -> None:
    codes = [kind.code for kind in LEAVES]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)
