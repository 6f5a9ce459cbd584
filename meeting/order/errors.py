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
    ├── SecretByLaw         secret-by-law
    ├── HandsUseless        hands-useless
    ├── TotalsWrong         totals-wrong
    ├── NoRoundToCall       no-round-to-call
    ├── NotAWriteIn         not-a-write-in
    ├── UnknownQuestion     unknown-question
    ├── NotAdmitted         not-admitted
    ├── AlreadyTracked      already-tracked
    ├── NotTracked          not-tracked
    ├── AlreadyRecording    already-recording
    ├── NotRecording        not-recording
    ├── UnknownGroup        unknown-group
    ├── UnknownPoint        unknown-point
    ├── NoMonth             no-month
    ├── MoversWrong         movers-wrong
    ├── NoSecondReply       no-second-reply
    ├── ReplyNotJudged      reply-not-judged
    ├── UnknownMaterial     unknown-material
    ├── UnknownPage         unknown-page
    ├── NothingShown        nothing-shown
    ├── NotAVideo           not-a-video
    ├── TooMany             too-many
    ├── TooLong             too-long
    ├── OneIsEnough         one-is-enough
    ├── NoVoice             no-voice
    ├── CannotPreside       cannot-preside
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


class SecretByLaw(OrderError):
    """The vote on this matter is secret by law: no show of hands can stand for it (监督法 62)."""

    code = "secret-by-law"


class HandsUseless(OrderError):
    """Scores cannot be counted by raised hands."""

    code = "hands-useless"


class TotalsWrong(OrderError):
    """The totals typed in cannot be: `question` and `problem` say why."""

    code = "totals-wrong"


class NoRoundToCall(OrderError):
    """The result asks for no further round."""

    code = "no-round-to-call"


class NotAWriteIn(OrderError):
    """A ruling names a spelling that nobody wrote: `names`."""

    code = "not-a-write-in"


class UnknownQuestion(OrderError):
    code = "unknown-question"


class NotAdmitted(OrderError):
    """The question still waits for the chair, or he has declined it."""

    code = "not-admitted"


class AlreadyTracked(OrderError):
    code = "already-tracked"


class NotTracked(OrderError):
    code = "not-tracked"


class AlreadyRecording(OrderError):
    code = "already-recording"


class NotRecording(OrderError):
    code = "not-recording"


class UnknownGroup(OrderError):
    code = "unknown-group"


class UnknownPoint(OrderError):
    """The rules name no such `point` of a pledge."""

    code = "unknown-point"


class MoversWrong(OrderError):
    """More of its movers are not satisfied than the `movers` that an interpellation has."""

    code = "movers-wrong"


class NoSecondReply(OrderError):
    """A further reply takes `needed` of the `movers` (监督法 54)."""

    code = "no-second-reply"


class ReplyNotJudged(OrderError):
    """The movers have not been asked whether they are satisfied, or a further reply is due."""

    code = "reply-not-judged"


class NoMonth(OrderError):
    """`until` is no month of the form `YYYY-MM`."""

    code = "no-month"


class UnknownMaterial(OrderError):
    """There is no material of that number with the item, or with the sitting."""

    code = "unknown-material"


class UnknownPage(OrderError):
    """The material has `pages` pages, and not `page`."""

    code = "unknown-page"


class NothingShown(OrderError):
    """No material stands on the hall screen."""

    code = "nothing-shown"


class NotAVideo(OrderError):
    """What stands on the hall screen is no video."""

    code = "not-a-video"


class TooMany(OrderError):
    """`most` of one member are enough for now."""

    code = "too-many"


class TooLong(OrderError):
    """A text may have `most` characters."""

    code = "too-long"


class OneIsEnough(OrderError):
    """He has written about this item already."""

    code = "one-is-enough"


class NoVoice(OrderError):
    """Whoever sits in the gallery listens (PROCEDURE.md R11)."""

    code = "no-voice"


class CannotPreside(OrderError):
    """Only the chair and the vice-chairs preside (组织法 51)."""

    code = "cannot-preside"


class ReasonMissing(OrderError):
    code = "reason-missing"
