"""What a phone needs of the meeting: the kiosk's `Desk`.  Knows which device speaks for whom; casts nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from display.hub import Audience
from kiosk.errors import KioskError
from kiosk.messages import What
from kiosk.pages import Occasion
from meeting import projections
from meeting.order.asking import MEMBER_CLASS
from meeting.order.commands import (
    AskToSpeak,
    CheckIn,
    Command,
    RecordSummary,
    SendComment,
    SendQuestion,
    WithdrawRequest,
)
from meeting.order.errors import AlreadyPresent, OneIsEnough, OrderError, TooLong, TooMany
from meeting.order.floor import convened
from meeting.order.sitting import MemberNo, Plan, StepKind
from meeting.projections import pledges
from meeting.screens import attendees
from meeting.service import Service
from meeting.wording import words


class CheckInRefused(KioskError):
    """The roll call is over, or the sitting is: the clerk enters whoever comes now."""

    code = "check-in-at-desk"


class NotNow(KioskError):
    """The sitting is not at a point where this can be done."""

    code = "not-now"


class EnoughSent(KioskError):
    """He has sent as much as one may; the chair has it."""

    code = "enough-sent"


class AlreadyWritten(KioskError):
    """He has written about the item; one comment is what the gallery has for each."""

    code = "one-is-enough"


class TooMuchText(KioskError):
    """`most` characters may be written about an item."""

    code = "too-long"


class PhoneDesk:
    def __init__(self, service: Service, devices: Mapping[int, bytes]) -> None:
        """`devices`: the keys bound so far, by member."""
        self._service = service
        self._devices = dict(devices)

    def device_key(self, member: int) -> bytes | None:
        return self._devices.get(member)

    def me(self, member: int) -> Mapping[str, object]:
        return projections.me(self._service.state, member)

    async def check_in(self, member: int) -> None:
        """May be repeated.  Raises CheckInRefused once the roll call is confirmed."""
        try:
            await self._service.obey(CheckIn(MemberNo(member)))
        except AlreadyPresent:
            return
        except OrderError as error:
            raise CheckInRefused(member=member) from error

    def audience(self, member: int) -> str:
        plan, number = self._service.state.plan, MemberNo(member)
        if plan.in_gallery(number):
            return Audience.GALLERY
        voter_class = plan.class_of(number)
        return Audience.MEMBER if voter_class == MEMBER_CLASS else attendees(voter_class)

    async def ask_to_speak(self, member: int, wanted: bool) -> None:
        """May be repeated.  Raises NotNow while nobody can ask for the floor."""
        who, state = MemberNo(member), self._service.state
        if wanted and who not in state.requests and who != state.speaker:
            await self._order(AskToSpeak(who))
        if not wanted and who in state.requests:
            await self._order(WithdrawRequest(who))

    def pledges(self, member: int, ballot: str) -> Sequence[Mapping[str, object]]:
        """Raises NotNow where he is not asked, or there is nothing to read."""
        found = pledges.for_voter(self._service.state, MemberNo(member), ballot)
        if not found:
            raise NotNow
        return [one.as_json() for one in found]

    async def send(self, member: int, what: What, text: str, item: int | None = None) -> None:
        """May be repeated: a phone that has lost its line cannot know whether it was heard.

        `item` is the one that a comment is about; None: the current one.

        Raises NotNow while there are no questions, or for the summary of whoever convenes no group now, and EnoughSent
        for a member who has sent many.
        """
        who, state = MemberNo(member), self._service.state
        if what == "summary":
            return await self._summarise(who, text)
        if what == "question":
            known = {(q.member, q.text) for q in state.questions if (q.item, q.step) == state.at}
        else:
            about = item if item is not None or state.at is None else state.at.item
            known = {(one.member, one.text) for one in state.comments if one.item == about}
        if (who, text) not in known:
            await self._order(SendQuestion(who, text) if what == "question" else SendComment(who, text, item))

    async def _summarise(self, who: MemberNo, text: str) -> None:
        """What his group has come to; a later text replaces it."""
        state = self._service.state
        group = None if state.item is None else convened(state.plan, state.item, who)
        if group is None or state.item is None or state.step is None:
            raise NotNow
        if state.step.kind is not StepKind.DELIBERATION:
            raise NotNow
        if state.summaries.get((state.item.number, group.number)) != text:
            await self._order(RecordSummary(state.item.number, group.number, text))

    async def _order(self, command: Command) -> None:
        try:
            await self._service.obey(command)
        except TooMany as error:
            raise EnoughSent from error
        except OneIsEnough as error:
            raise AlreadyWritten from error
        except TooLong as error:
            raise TooMuchText(**error.data) from error
        except OrderError as error:
            raise NotNow from error

    async def bound(self, member: int, dev_pk: bytes) -> None:
        """A phone has joined (the kiosk's `Door` says so after its commit)."""
        self._devices[member] = dev_pk
        await self._service.device_bound(MemberNo(member))

    def name(self, member: int) -> str:
        return self._service.state.plan.name_of(MemberNo(member))


def occasion(plan: Plan) -> Occasion:
    """What the phone's page may know before anybody has joined: who meets, where and when."""
    return Occasion(
        sitting=plan.id,
        body=words(plan.body),
        meeting=words(plan.meeting),
        venue=words(plan.venue),
        on=plan.on,
        start=plan.items[0].start if plan.items else "",
        plain_http=plan.rules.plain_http,
    )
