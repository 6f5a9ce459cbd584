"""The command line: `session-day …`.  Parses words, calls one function, prints what it says.

No rule is decided here.  Exit codes: 0 done, 1 something does not hold, 2 the command or its file is unusable.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from display import i18n
from meeting import follow_up_cli
from meeting.command_line import Data, Sitting, check_file, id_of, language
from meeting.command_line import reading as _reading
from meeting.console.access import Office, make_link
from meeting.office import library
from meeting.office.library import LibraryError
from meeting.settings import PUBLIC_DELAY_S, PUBLIC_DELAY_VARIABLE, PUBLIC_URL_VARIABLE, Settings, data_folder
from voting.database import OtherSchema, Writer, open_engine

app = typer.Typer(
    name="session-day",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """The entry point.  Refusals end with their sentence on standard error and exit code 2."""
    try:
        app()
    except (LibraryError, OtherSchema) as error:
        _fail(error)


def _fail(error: LibraryError | OtherSchema, code: int = 2) -> None:
    sentence = i18n.text(language(), f"error.{error.code}", **dict(getattr(error, "data", {})))
    print(f"session-day: {error.code}: {sentence}", file=sys.stderr)
    sys.exit(code)


@app.command()
def check(file: Annotated[Path, typer.Argument(help="A sitting file (YAML).")]) -> None:
    """Check a sitting file; every problem is one line FILE:LINE: code: sentence."""
    check_file(file)
    print(i18n.text(language(), "cli.check-good", file=file))


@app.command()
def load(file: Annotated[Path, typer.Argument(help="A sitting file (YAML).")], data: Data = None) -> None:
    """Check a sitting file and put the sitting into the data folder, whole or not at all."""
    sitting = ensure_loaded(str(file), data_folder(data))
    print(sitting)


def ensure_loaded(wanted: str | None, data: Path) -> str:
    """The id of the sitting meant by a file or an id; a file is checked and loaded.  Exits 1 on a bad file."""
    from meeting.clock import SystemClock
    from meeting.office.problems import SittingFileError, UnreadableSitting
    from meeting.office.sitting_file import read_sitting

    path = None if wanted is None else Path(wanted)
    if path is None or not (path.suffix in {".yaml", ".yml"} or path.exists()):
        with _reading(data) as conn:
            return library.find(conn, wanted)
    try:
        file = read_sitting(path)
    except (SittingFileError, UnreadableSitting):
        check_file(path)
        raise AssertionError("check exits on a bad file") from None
    engine = open_engine(data)
    writer = Writer(engine)
    try:
        writer.run_now(
            lambda conn: library.load(
                conn, file.plan, SystemClock().now(), file.photos, enclosed=file.enclosures, data=data
            )
        )
    finally:
        writer.stop()
        engine.dispose()
    return file.plan.id


@app.command()
def serve(
    sitting: Annotated[
        str | None, typer.Argument(help="File or id; may be left out where there is only one.")
    ] = None,
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    port: Annotated[int, typer.Option()] = 8000,
    public_url: Annotated[
        str, typer.Option(envvar=PUBLIC_URL_VARIABLE, help="What stands on the cards.")
    ] = "",
    tls_cert: Annotated[Path | None, typer.Option()] = None,
    tls_key: Annotated[Path | None, typer.Option()] = None,
    public_delay: Annotated[
        float,
        typer.Option(
            min=0, envvar=PUBLIC_DELAY_VARIABLE, help="Seconds that the public page is behind the hall."
        ),
    ] = PUBLIC_DELAY_S,
    data: Data = None,
) -> None:
    """Serve a sitting.  Ends gracefully on SIGTERM; a restart goes on where it was."""
    from meeting.serving import serve as run

    settings = Settings(data_folder(data), host, port, public_url, tls_cert, tls_key, public_delay)
    run(settings, lambda: ensure_loaded(sitting, settings.data))


@app.command()
def office(
    sitting: Annotated[str | None, typer.Argument()] = None,
    role: Annotated[Office, typer.Option(help="chair, clerk, teller or hall")] = Office.CHAIR,
    data: Data = None,
) -> None:
    """Make a one-time sign-in code for an office."""
    folder = data_folder(data)
    with _reading(folder) as conn:
        found = library.find(conn, sitting)
    engine = open_engine(folder)
    writer = Writer(engine)
    try:
        print(writer.run_now(lambda conn: make_link(conn, found, role)))
    finally:
        writer.stop()
        engine.dispose()


@app.command()
def cards(
    sitting: Sitting,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")] = Path("cards.html"),
    public_url: Annotated[
        str, typer.Option(envvar=PUBLIC_URL_VARIABLE, help="Where phones find the sitting.")
    ] = "",
    data: Data = None,
) -> None:
    """Write the members' personal cards as a page to print.  Whoever has a card can vote: keep the file safe."""
    from kiosk.join import cards as codes_of
    from meeting.console.cards import page
    from voting.box import Box
    from voting.keys import KeyFolder
    from voting.signed import unb64

    folder = data_folder(data)
    with _reading(folder) as conn:
        found = library.find(conn, id_of(sitting))
        plan, codes = library.read(conn, found)[0].plan, codes_of(conn, found)
    engine = open_engine(folder)
    writer = Writer(engine)
    try:
        box = Box(found, writer, KeyFolder(folder, found))
        board_key = unb64(writer.run_now(box.start).body["key"])
    finally:
        writer.stop()
        engine.dispose()
    text = page(plan, codes, board_key, public_url)
    with open(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    print(output)


@app.command()
def certificates(
    sitting: Sitting,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")] = Path(
        "certificates.html"
    ),
    data: Data = None,
) -> None:
    """Write the certificates of those who have been appointed as a page to print."""
    from meeting.console.certificates import page

    with _reading(data) as conn:
        state, _ = library.read(conn, library.find(conn, id_of(sitting)))
    output.write_text(page(state), encoding="utf-8")
    print(output)


@app.command()
def results(sitting: Sitting, data: Data = None) -> None:
    """Print every poll of a sitting as JSON."""
    from meeting.record.results import results as all_results
    from voting import strict_json

    with _reading(data) as conn:
        state, _ = library.read(conn, library.find(conn, id_of(sitting)))
    print(strict_json.write(all_results(state)))


app.command()(follow_up_cli.tasks)
app.command()(follow_up_cli.task)
app.command()(follow_up_cli.chapters)


@app.command()
def count(file: Annotated[str, typer.Argument(help="A count file (JSON); - is standard input.")]) -> None:
    """Count the ballots of a file (COUNTING.md 4)."""
    from voting.count_file import count as count_text
    from voting.errors import CountFileError

    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        print(count_text(raw.decode("utf-8-sig")))
    except OSError as error:
        print(f"{file}: {error.strerror}", file=sys.stderr)
        raise typer.Exit(2) from error
    except UnicodeDecodeError as error:
        print(f"{file}: not UTF-8 at byte {error.start}", file=sys.stderr)
        raise typer.Exit(2) from error
    except CountFileError as error:
        print(str(error), file=sys.stderr)
        raise typer.Exit(2) from error


@app.command()
def record(
    sitting: Sitting,
    output: Annotated[Path, typer.Option("--output", "-o", help="The zip file to write.")] = Path(
        "record.zip"
    ),
    public: Annotated[bool, typer.Option("--public", help="Leave out what the rules withhold.")] = False,
    data: Data = None,
) -> None:
    """Write the public record of a sitting."""
    from voting.record import write_record

    with _reading(data) as conn:
        write_record(conn.engine, library.find(conn, id_of(sitting)), output, public=public)
    print(output)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True}, add_help_option=False
)
def verify(context: typer.Context) -> None:
    """Check a public record: RECORD [--head CODE] [--mine FILE] [--unfinished] [--lang zh|en]."""
    from voting.verify import main as verify_main

    raise typer.Exit(verify_main(context.args))


@app.command()
def replay(sitting: Annotated[str | None, typer.Argument()] = None, data: Data = None) -> None:
    """Rebuild the state from the journal and compare it with the board and the box."""
    from meeting.record.comparison import differences

    with _reading(data) as conn:
        state, entries = library.read(conn, library.find(conn, None if sitting is None else id_of(sitting)))
        found = differences(conn, state)
    for line in found:
        print(line, file=sys.stderr)
    key = "cli.replay-different" if found else "cli.replay-same"
    print(i18n.text(language(), key, events=len(entries), sitting=state.plan.id, polls=len(state.polls)))
    raise typer.Exit(1 if found else 0)


@app.command()
def rehearse(
    sitting: Sitting,
    members: Annotated[
        int | None, typer.Option(help="Fill the hall with fictional members up to this number.")
    ] = None,
    url: Annotated[str | None, typer.Option(help="Of a server that runs on the data folder.")] = None,
    receipts: Annotated[
        Path | None, typer.Option(help="Append a line for each receipt to this file.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(help="Write the public record to this file at the end.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print results and latencies as JSON.")] = False,
    data: Data = None,
) -> None:
    """Play chair, tellers and members over real sockets, with all the cryptography."""
    from meeting.rehearsal.command import play
    from meeting.rehearsal.run import Options

    options = Options(
        sitting=sitting, data=data_folder(data), members=members, url=url, receipts=receipts, record=record
    )
    raise typer.Exit(play(options, language(), as_json=as_json))


@app.command()
def demo(
    robots: Annotated[
        int | None, typer.Option(min=0, max=30, help="Fill the hall with so many robots; 29 is everybody.")
    ] = None,
    host: Annotated[str, typer.Option(help="127.0.0.1 keeps other machines out.")] = "0.0.0.0",
    port: Annotated[int, typer.Option(help="Another one is taken when it is in use.")] = 8000,
) -> None:
    """Open the fictional Bailu sitting for people, in a data folder of its own; without a terminal, play it."""
    import tempfile

    from meeting.demo import BAILU
    from meeting.rehearsal.command import play
    from meeting.rehearsal.run import Options

    if robots is not None or sys.stdin.isatty():
        from meeting.demo.people import Opening, run

        raise typer.Exit(run(Opening(robots=robots or 0, host=host, port=port), language()))
    with tempfile.TemporaryDirectory(prefix="session-day-demo-") as folder:
        code = play(Options(sitting=str(BAILU), data=Path(folder)), language())
    raise typer.Exit(code)
