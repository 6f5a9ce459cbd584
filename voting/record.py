"""The public record of a sitting: everything that anybody needs to check every result without trusting us.

It is built from the database in one reading and written whole or not at all; the same database gives the same
bytes.  It repeats what was decided and decides nothing itself.
"""

import os
import tempfile
import zipfile
from pathlib import Path
from typing import Any, ClassVar, Final

from sqlalchemy import Connection, Engine, select

from voting import ballots, chain, signed
from voting.ballots import Facts
from voting.board import canonical
from voting.signed import b64
from voting.store import BALLOT, CAST, CONFIRMATION, ISSUED, OPEN_VOTE, UNUSED, of_ballot

_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE: Final = 0o644 << 16


class UnknownSitting(Exception):
    """There is no board of this sitting in the database."""

    code: ClassVar[str] = "unknown-sitting"

    def __init__(self, sitting: str) -> None:
        super().__init__(sitting)
        self.sitting = sitting

    def __str__(self) -> str:
        return f"there is no sitting {self.sitting} here"


def write_record(engine: Engine, sitting: str, path: Path, *, public: bool = False) -> None:
    """Write the record to `path`, replacing what is there.

    `public` leaves out the papers and ballots that their rules withhold unless everything on them was carried; a
    grade, a score sheet or an election never is.  A sitting that still runs has the ballots that ended so far.
    Raises UnknownSitting.
    """
    with engine.connect() as conn:
        files = record_files(conn, sitting, public=public)
    file, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with open(file, "wb") as out:
            with zipfile.ZipFile(out, "w") as archive:
                for inner, text in files.items():
                    info = zipfile.ZipInfo(inner, _NO_TIME)
                    info.external_attr = _PLAIN_FILE
                    info.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(info, text.encode())
            out.flush()
            os.fsync(out.fileno())
        os.chmod(draft, 0o644)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def record_files(conn: Connection, sitting: str, *, public: bool = False) -> dict[str, str]:
    """The record's files by name, board first, then ballots by id.  Raises UnknownSitting."""
    entries = chain.entries(conn, sitting)
    if not entries:
        raise UnknownSitting(sitting)
    files = {"board.jsonl": "".join(entry.line() + "\n" for entry in entries)}
    bodies = [entry.body for entry in entries]
    found = select(BALLOT.c.ballot).where(BALLOT.c.sitting == sitting).order_by(BALLOT.c.ballot)
    for ballot in conn.scalars(found):
        about = {body["kind"]: body for body in bodies if body.get("ballot") == ballot}
        if "result" in about or "void" in about:
            facts = ballots.read(conn, sitting, ballot).facts
            files[f"ballots/{ballot}.json"] = canonical(_ballot_file(conn, sitting, facts, about, public))
    return files


def _ballot_file(
    conn: Connection, sitting: str, facts: Facts, about: dict[str, dict[str, Any]], public: bool
) -> dict[str, Any]:
    withheld = public and facts.rules.withhold and not _carried(about)
    head = {
        "paper": None if withheld else facts.paper_text,
        "salt": None if withheld else b64(facts.salt),
    }

    def rows(table: Any, key: str) -> Any:
        found = select(table).where(*of_ballot(table, sitting, facts.ballot)).order_by(table.c[key])
        return conn.execute(found)

    def papers(table: Any) -> list[Any]:
        found = [(signed.cast_leaf(row.body, row.rsa, row.sig), row) for row in rows(table, "pk")]
        return [
            b64(leaf) if withheld else {"body": row.body.decode(), "rsa": b64(row.rsa), "sig": b64(row.sig)}
            for leaf, row in sorted(found, key=lambda pair: pair[0])
        ]

    if facts.visibility == "hands":
        return head  # its totals are on the board
    if facts.visibility == "open":
        votes = rows(OPEN_VOTE, "member").all()
        if withheld:
            texts = [(signed.open_text(facts.B, vote.member, vote.body), vote.sig) for vote in votes]
            return {**head, "open": [b64(leaf) for leaf in sorted(signed.open_leaf(*text) for text in texts)]}
        return {
            **head,
            "open": [{"member": v.member, "body": v.body.decode(), "sig": b64(v.sig)} for v in votes],
        }
    issues = [
        {"member": i.member, "blinded": b64(i.blinded), "sig": b64(i.sig), "blind_sig": b64(i.blind_sig)}
        for i in rows(ISSUED, "member")
    ]
    confirmations = [{"member": c.member, "sig": b64(c.sig)} for c in rows(CONFIRMATION, "member")]
    return {
        **head,
        "issues": issues,
        "casts": papers(CAST),
        # A list is the record's only once the board has its root.
        "unused": papers(UNUSED) if "unused" in about else [],
        "checked": confirmations if "checked" in about else [],
    }


def _carried(about: dict[str, dict[str, Any]]) -> bool:
    """Whether everything on the paper was carried; a void ballot carries nothing."""
    questions = about["result"]["result"]["questions"].values() if "result" in about else []
    return bool(questions) and all(question["outcome"] == "carried" for question in questions)
