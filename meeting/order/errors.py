"""Why the order of business refuses a command.  Each error has a stable code and the data that its sentence needs.

A refusal changes nothing.  The sentences are in the catalogue `meeting.po` under `error.CODE`.

    OrderError
    ├── OutOfOrder          out-of-order
    ├── Stale               stale
    ├── NotQuorate          not-quorate
    ├── PreconditionUnmet   precondition-unmet
    ├── UnknownMember       unknown-member
    ├── UnknownMatter       unknown-matter
    ├── UnknownPoll         unknown-poll
    ├── UnknownStep         unknown-step
    ├── AlreadyPresent      already-present
    ├── NotPresent          not-present
    ├── CheckInAtDesk       check-in-at-desk
    ├── AlreadyRecused      already-recused
    ├── MatterClosed        matter-closed
    ├── PollRunning         poll-running
    ├── NotATeller          not-a-teller
    ├── CannotOverride      cannot-override
    ├── VoteNotThere        vote-not-there
    └── ReasonMissing       reason-missing
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class OrderError(Exception):
    """A command that is refused.  `data` fills the sentence of `error.CODE`."""

    code: ClassVar[str] = "out-of-order"

    def __init__(self, **data: object) -> None:
        super().__init__(data)
        self.data: Mapping[str, object] = data

    def __str__(self) -> str:
        inner = ", ".join(f"{key}={value}" for key, value in self.data.items())
        return f"{self.code} ({inner})" if inner else self.code


class OutOfOrder(OrderError):
    """`command` is not allowed while the sitting, the step or the poll is at `stage`."""

    code = "out-of-order"


class Stale(OrderError):
    """The console showed something else than is the case now."""

    code = "stale"


class NotQuorate(OrderError):
    """`present` members of `needed`."""

    code = "not-quorate"


class PreconditionUnmet(OrderError):
    """`names`: the preconditions of the vote that are neither met nor overridden."""

    code = "precondition-unmet"


class UnknownMember(OrderError):
    code = "unknown-member"


class UnknownMatter(OrderError):
    code = "unknown-matter"


class UnknownPoll(OrderError):
    code = "unknown-poll"


class UnknownStep(OrderError):
    code = "unknown-step"


class AlreadyPresent(OrderError):
    code = "already-present"


class NotPresent(OrderError):
    code = "not-present"


class CheckInAtDesk(OrderError):
    """The roll call is over: later arrivals are entered at the console."""

    code = "check-in-at-desk"


class AlreadyRecused(OrderError):
    code = "already-recused"


class MatterClosed(OrderError):
    """The matter is `status` already."""

    code = "matter-closed"


class PollRunning(OrderError):
    """Members are voting; first close or void the poll."""

    code = "poll-running"


class NotATeller(OrderError):
    code = "not-a-teller"


class CannotOverride(OrderError):
    """The precondition `name` is law and cannot be set aside."""

    code = "cannot-override"


class VoteNotThere(OrderError):
    """This release cannot hold the kind of vote that the step plans."""

    code = "vote-not-there"


class ReasonMissing(OrderError):
    code = "reason-missing"
