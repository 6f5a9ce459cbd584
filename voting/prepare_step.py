"""Preparing a ballot: its keys, its roll, its entry on the board and its rows, in one transaction.

The key file is durable before anything refers to it, and goes again when the transaction comes to nothing.
"""

import secrets
from collections.abc import Callable
from dataclasses import asdict
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, insert, select

from voting import chain, records, rolls, signed
from voting.ballots import NewBallot
from voting.batches import after_rollback
from voting.board import CLASS, Entry
from voting.credential import IssuingKey
from voting.errors import NotByHands, PaperTooLong, WrongStage
from voting.keys import BallotKeys, KeyFolder
from voting.paper import ScoreQuestion
from voting.signed import b64
from voting.stages import Stage
from voting.store import BALLOT

_SALT: Final = 32


def prepare(
    conn: Connection,
    sitting: str,
    new: NewBallot,
    folder: KeyFolder,
    board_key: Ed25519PrivateKey,
    issuing_key: Callable[[], IssuingKey],
) -> Entry:
    """Put the ballot on the board and begin to issue; see `Box.prepare`."""
    _check(conn, sitting, new)
    n = _keep_keys(conn, new.ballot, folder, issuing_key()) if new.visibility == "secret" else None
    text, salt, size = new.paper.text(), secrets.token_bytes(_SALT), new.paper.size(new.ballot)
    roll = rolls.enter(conn, sitting, new.roll, new.voter_class, board_key)
    body = {
        "kind": "ballot",
        "ballot": new.ballot,
        "replaces": new.replaces,
        "visibility": new.visibility,
        "paper": b64(signed.paper_hash(salt, text)),
        "size": size,
        "n": None if n is None else b64(n),
        "roll": b64(roll.hash),
        "rules": asdict(new.rules),
    }
    entry = chain.append(conn, sitting, body, board_key)
    conn.execute(
        insert(BALLOT).values(
            sitting=sitting,
            ballot=new.ballot,
            stage=Stage.PREPARED.value,
            visibility=new.visibility,
            voter_class=new.voter_class,
            hash=entry.hash,
            n=n,
            size=size,
            paper=text,
            salt=salt,
            fewest=new.fewest,
            roll_seq=roll.seq,
            replaces=new.replaces,
            **asdict(new.rules),
        )
    )
    rolls.put_voters(conn, sitting, new.ballot, new.roll)
    return entry


def _check(conn: Connection, sitting: str, new: NewBallot) -> None:
    if not signed.ID.fullmatch(new.ballot):
        raise ValueError("this cannot be the id of a ballot")
    if not CLASS.fullmatch(new.voter_class):
        raise ValueError("this cannot be a class of voters")
    if new.visibility == "hands":
        for question in new.paper.questions:
            if isinstance(question, ScoreQuestion):
                raise NotByHands(question=question.id)
    elif (length := records.longest(new.paper, new.ballot)) > records.LARGEST:
        raise PaperTooLong(length=length, most=records.LARGEST)
    new.roll.check()
    found = select(BALLOT.c.ballot, BALLOT.c.stage).where(
        BALLOT.c.sitting == sitting, BALLOT.c.ballot.in_([new.ballot, new.replaces])
    )
    before = {row.ballot: Stage(row.stage) for row in conn.execute(found)}
    if new.ballot in before or (new.replaces is not None and before.get(new.replaces) is not Stage.VOID):
        raise WrongStage
    rolls.check_class(conn, sitting, new.roll, new.voter_class)
    rolls.check_size(new.roll, new.visibility, new.fewest)


def _keep_keys(conn: Connection, ballot: str, folder: KeyFolder, issuing: IssuingKey) -> bytes:
    folder.destroy_ballot(ballot)  # of an attempt that came to nothing
    after_rollback(conn, lambda: folder.destroy_ballot(ballot))
    folder.keep_ballot(ballot, BallotKeys.fresh(issuing))
    return issuing.n_bytes
