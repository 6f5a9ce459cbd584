"""A secret ballot that runs without its keys: they were on the disk, and are gone after a restart.

Nothing of it can be issued, cast or counted.  No result is ever claimed for it: one that was only prepared is made
anew, one that was opened waits for the tellers to void it, and the console says why.  Reads the box; writes nothing.
"""

from __future__ import annotations

from meeting.order import commands as c
from meeting.order.asking import Visibility
from meeting.order.state import PollStage, State
from voting.box import Box
from voting.errors import LostKeys

UNCOUNTED = frozenset({PollStage.PREPARED, PollStage.OPEN, PollStage.HELD, PollStage.CLOSING})
"""Stages at which a secret ballot still needs its keys."""


def lost(box: Box, state: State) -> LostKeys | None:
    """Why the current vote can come to no result; None: it has all its keys, or needs none."""
    if state.poll is None:
        return None
    asked = (one for one in state.together(state.poll) if one.visibility is Visibility.SECRET)
    gone = any(one.stage in UNCOUNTED and not box.can_open(one.id) for one in asked)
    return LostKeys() if gone else None


def replacing(box: Box, state: State) -> list[c.Command]:
    """The orders that make room for another ballot in place of one that nobody has voted in yet."""
    poll = state.prepared_poll
    return [] if poll is None or lost(box, state) is None else [c.AbortPoll(poll.id, "keys-lost")]
