"""What a phone needs of the meeting: the kiosk's `Desk`.  Knows which device speaks for whom; casts nothing."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.errors import KioskError
from kiosk.pages import Occasion
from meeting import projections
from meeting.order.commands import CheckIn
from meeting.order.errors import AlreadyPresent, OrderError
from meeting.order.sitting import MemberNo, Plan
from meeting.service import Service
from meeting.wording import words


class CheckInRefused(KioskError):
    """The roll call is over, or the sitting is: the clerk enters whoever comes now."""

    code = "check-in-at-desk"


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

    async def bound(self, member: int, dev_pk: bytes) -> None:
        """A phone has joined (the kiosk's `Door` says so after its commit)."""
        self._devices[member] = dev_pk
        await self._service.device_bound(MemberNo(member))

    def name(self, member: int) -> str:
        return self._service.state.plan.member(MemberNo(member)).name


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
