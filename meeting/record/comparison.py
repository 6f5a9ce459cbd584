"""Is the journal's fold what the box and the board say?  Reads only; one line for each difference.

The journal, the box and the board are written in the same transactions and know nothing of each other: where they
disagree, somebody has touched the data folder, or there is a fault in the product.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select

from meeting.order.sitting import Visibility
from meeting.order.state import Poll, PollStage, State
from voting.stages import Stage
from voting.store import BALLOT, BOARD

AGREES = {
    PollStage.PREPARED: frozenset({Stage.PREPARED}),
    PollStage.OPEN: frozenset({Stage.OPEN}),
    PollStage.HELD: frozenset({Stage.HELD}),
    PollStage.CLOSING: frozenset({Stage.CLOSING}),
    PollStage.DECLARED: frozenset({Stage.COUNTED, Stage.HANDED_BACK, Stage.CHECKED}),
    PollStage.VOID: frozenset({Stage.VOID, Stage.COUNTED, Stage.HANDED_BACK, Stage.CHECKED}),
}
"""The stages of the box that a stage of the order of business may stand beside."""


def differences(conn: Connection, state: State) -> list[str]:
    """Every disagreement between the state and what box and board hold; empty when they agree."""
    rows = conn.execute(select(BALLOT.c.ballot, BALLOT.c.stage).where(BALLOT.c.sitting == state.plan.id))
    in_box = {row.ballot: Stage(row.stage) for row in rows}
    texts = conn.scalars(select(BOARD.c.text).where(BOARD.c.sitting == state.plan.id).order_by(BOARD.c.seq))
    entries = [json.loads(text) for text in texts]
    results = {entry["ballot"]: entry["result"] for entry in entries if entry["kind"] == "result"}
    found = [f"{name}: in the box, not in the journal" for name in in_box if name not in state.polls]
    for poll in state.polls.values():
        found += _poll(poll, in_box.get(poll.id), results.get(poll.id))
    return found


def _poll(poll: Poll, stage: Stage | None, result: Any) -> list[str]:
    if stage is None:
        return [f"{poll.id}: in the journal, not in the box"]
    found = []
    if stage not in AGREES[poll.stage]:
        found.append(f"{poll.id}: {poll.stage} in the journal, {stage} in the box")
    if poll.result is not None and result != poll.result:
        found.append(f"{poll.id}: the board's result is not the journal's")
    if poll.visibility is Visibility.OPEN and stage in {Stage.HANDED_BACK, Stage.CHECKED}:
        found.append(f"{poll.id}: an open vote was handed back")
    return found
