"""What the commands of `session-day` have in common: where the data is, which sitting is meant, in which language.

No rule is decided here and no command stands here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from display import i18n
from meeting.office import library
from meeting.settings import data_folder
from voting.database import open_engine

Data = Annotated[Path | None, typer.Option("--data", help="Data folder (SESSION_DAY_DATA, else ./data).")]
Sitting = Annotated[str, typer.Argument(help="A sitting file, or the id of a loaded sitting.")]


def language() -> i18n.Language:
    """Chinese, unless the environment asks for English."""
    wanted = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if wanted.startswith("en") else "zh"


@contextmanager
def reading(data: Path | None) -> Iterator[Connection]:
    """A reading connection to the data folder.  Raises NoSitting where there is none."""
    folder = data_folder(data)
    if not folder.is_dir():
        raise library.NoSitting()
    engine = open_engine(folder)
    try:
        with engine.connect() as conn:
            yield conn
    finally:
        engine.dispose()


def check_file(file: Path) -> None:
    """Print every problem of a sitting file and exit 1, or 2 where it cannot be read; do nothing with a good one."""
    from meeting.office.problems import SittingFileError, UnreadableSitting
    from meeting.office.sitting_file import read_sitting

    try:
        read_sitting(file)
    except UnreadableSitting as error:
        print(
            f"{file}: {error.code}: {i18n.text(language(), f'error.{error.code}', **error.data)}",
            file=sys.stderr,
        )
        raise typer.Exit(2) from error
    except SittingFileError as error:
        for problem in error.problems:
            print(f"{file}:{problem.line}: {problem.code.value}: {problem.sentence(language())}")
        raise typer.Exit(1) from error


def id_of(sitting: str) -> str:
    """The id that a sitting file says, or `sitting` itself where it is no file."""
    path = Path(sitting)
    if path.suffix not in {".yaml", ".yml"} and not path.exists():
        return sitting
    from meeting.office.problems import SittingFileError, UnreadableSitting
    from meeting.office.sitting_file import read_sitting

    try:
        return read_sitting(path).plan.id
    except (SittingFileError, UnreadableSitting):
        check_file(path)
        raise AssertionError("check exits on a bad file") from None
