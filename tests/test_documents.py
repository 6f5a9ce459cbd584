"""Documents that cannot rot: what they name exists, and what exists is named."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kiosk
import meeting
import voting
from display import i18n
from kiosk.errors import KioskError
from meeting.cli import app
from meeting.console.errors import ConsoleError
from meeting.office.library import LibraryError
from meeting.order.errors import OrderError
from meeting.order.table import text as table
from voting.errors import VotingError

ROOT = Path(__file__).resolve().parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def everything() -> None:
    """Import every module, so that every error class is there."""
    for package in (voting, kiosk, meeting):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def family(error: type[Exception]) -> Iterator[type[Exception]]:
    for child in error.__subclasses__():
        yield child
        yield from family(child)


@pytest.mark.parametrize("root", [VotingError, KioskError, OrderError, ConsoleError, LibraryError])
def test_every_error_has_a_code_of_its_own_and_a_sentence_in_both_languages(root: type[Exception]) -> None:
    everything()
    codes: dict[str, type[Exception]] = {}
    for error in family(root):
        if "code" not in vars(error):
            continue
        code: str = vars(error)["code"]
        assert codes.setdefault(code, error) is error, f"{code} is used twice"
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
        for language in ("zh", "en"):
            assert f"error.{code}" in i18n.keys(language), (code, language)
    assert codes


def test_the_readme_names_every_command() -> None:
    readme = read("README.md")
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"`{command.callback.__name__}" in readme, command.callback.__name__


def test_the_architecture_has_the_transition_table() -> None:
    assert table() in read("ARCHITECTURE.md"), "run python -m meeting.order.table and paste"


def test_the_settings_are_documented() -> None:
    readme = read("README.md")
    for variable in re.findall(r'_VARIABLE = "([A-Z_]+)"', read("meeting/settings.py")):
        assert variable in readme, variable


def test_no_han_text_in_code_outside_the_catalogues() -> None:
    """Sentences live in the catalogues.  Comments and docstrings may quote a term; the verifier stands alone."""
    import ast

    for path in [
        p for name in ("voting", "display", "kiosk", "meeting") for p in (ROOT / name).rglob("*.py")
    ]:
        if path.name == "verify.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                assert not re.search(r"[\u4e00-\u9fff]", node.value), (path.name, node.lineno, node.value)
