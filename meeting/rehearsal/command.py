"""`session-day rehearse`: plays the day, tells it on the terminal, prints what it came to, says how to exit."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Coroutine
from typing import Any, TextIO

import uvloop
from rich.console import Console

from display import i18n
from meeting.office.fictional import FewerThanRoll
from meeting.office.problems import SittingFileError, UnreadableSitting
from meeting.rehearsal.failures import RehearsalFailed
from meeting.rehearsal.narration import Terminal
from meeting.rehearsal.report import Report
from meeting.rehearsal.run import Options, rehearse
from voting.strict_json import write


def play(options: Options, language: i18n.Language, *, as_json: bool = False) -> int:
    """Play and print; the exit code: 0 all as expected, 1 not, 2 the command or its file is unusable.

    With `as_json` standard output has one JSON object and nothing else.  Raises LibraryError and OtherSchema for a
    folder that cannot be played in.
    """
    told = Console(stderr=as_json)
    try:
        with Terminal(told, language) as terminal:
            report = uvloop.run(_until_told_to_end(rehearse(options, terminal)))
    except asyncio.CancelledError:
        return 128 + signal.SIGTERM
    except RehearsalFailed as failed:
        return _refused(failed.code, failed.data, language, 1)
    except FewerThanRoll as refused:
        return _refused(refused.code, refused.data, language, 2)
    except UnreadableSitting as error:
        return _refused(error.code, error.data, language, 2)
    except SittingFileError as error:
        for problem in error.problems:
            line = f"{options.sitting}:{problem.line}: {problem.code.value}: {problem.sentence(language)}"
            print(line, file=sys.stderr)
        return 1
    terminal.summary(report)
    if as_json:
        _print(report.data(), sys.stdout)
    return 0 if report.as_expected else 1


async def _until_told_to_end(playing: Coroutine[Any, Any, Report]) -> Report:
    """Play; a SIGTERM ends it as Ctrl-C does, and the rehearsal's own server with it."""
    task = asyncio.ensure_future(playing)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task


def _refused(code: str, data: object, language: i18n.Language, exit_code: int) -> int:
    filled = dict(data) if isinstance(data, dict) else {}
    print(f"session-day: {code}: {i18n.text(language, f'error.{code}', **filled)}", file=sys.stderr)
    return exit_code


def _print(data: object, out: TextIO) -> None:
    print(write(data), file=out, flush=True)
