"""The commands for the time after a sitting: `tasks`, `task`, `chapters`.  Parses words, calls one function, prints.

No rule is decided here.  Whoever has the data folder may run them; `chapters` names nominees and is for the office.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from meeting.command_line import Data, Sitting, id_of, language, reading
from meeting.office import library
from meeting.settings import data_folder

OneOrAll = Annotated[
    str | None, typer.Argument(help="A sitting file, or the id of a loaded sitting; none: see --figures.")
]


def tasks(
    sitting: OneOrAll = None,
    open_only: Annotated[bool, typer.Option("--open", help="Leave out what is done.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
    ics: Annotated[Path | None, typer.Option(help="Write a calendar file.")] = None,
    figures: Annotated[
        bool, typer.Option("--figures", help="Rates instead of tasks; of all sittings where none is named.")
    ] = False,
    data: Data = None,
) -> None:
    """List what the outcomes of a sitting have left to do, with deadlines."""
    from meeting import task_command

    task_command.only_one(as_json, ics)
    task_command.only_one(figures, ics)
    with reading(data) as conn:
        wanted = None if sitting is None else id_of(sitting)
        if figures:
            task_command.show_figures(conn, wanted, language=language(), as_json=as_json)
            return
        found = library.find(conn, wanted)
        if ics is not None:
            task_command.write_calendar(conn, found, ics, open_only=open_only, language=language())
            print(ics)
        elif as_json:
            task_command.show_json(conn, found, open_only=open_only)
        else:
            task_command.show(conn, found, open_only=open_only, language=language())


def task(
    sitting: Sitting,
    task_id: Annotated[str, typer.Argument(metavar="TASK", help="Its id, as `tasks` lists it.")],
    note: Annotated[str, typer.Option(help="What has been done, or why it is open again.")] = "",
    reopen: Annotated[bool, typer.Option("--reopen", help="It is not done after all.")] = False,
    deputies: Annotated[
        str | None, typer.Option(help="Who is invited to follow it up, with commas; empty: nobody.")
    ] = None,
    data: Data = None,
) -> None:
    """Write down that a task is done (or open again), with a note, or who follows it up."""
    from meeting import task_command

    folder = data_folder(data)
    with reading(folder) as conn:
        found = library.find(conn, id_of(sitting))
    if deputies is not None:
        task_command.attach(folder, found, task_id, deputies)
    if note or reopen or deputies is None:
        task_command.settle(folder, found, task_id, note, done=not reopen)


def chapters(
    sitting: Sitting,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
    vtt: Annotated[Path | None, typer.Option(help="Write WebVTT chapters for a player.")] = None,
    part: Annotated[int, typer.Option(help="Which recording the WebVTT file is for, from 1.")] = 1,
    data: Data = None,
) -> None:
    """The time index of a sitting's recording.  For the office: it names nominees, appointed or not."""
    from meeting import chapter_command, task_command

    task_command.only_one(as_json, vtt)
    with reading(data) as conn:
        found = library.find(conn, id_of(sitting))
        if vtt is not None:
            chapter_command.write_web_vtt(conn, found, vtt, part, language())
            print(vtt)
        elif as_json:
            chapter_command.show_json(conn, found)
        else:
            chapter_command.show(conn, found, language())
