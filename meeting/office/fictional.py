"""Members that do not exist, to fill a rehearsal's hall beyond the roll of the file.  Never for a real sitting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from display import i18n
from meeting.office.attendees import renumbered
from meeting.order.sitting import Member, MemberNo, Plan, Role, Text


class FewerThanRoll(ValueError):
    """A rehearsal plays at least the members of the file: `asked` is fewer than its `roll`."""

    code: ClassVar[str] = "fewer-than-roll"

    def __init__(self, **data: object) -> None:
        super().__init__(data)
        self.data: Mapping[str, object] = data


def fictional_members(plan: Plan, count: int) -> Plan:
    """The plan with `count` members, the added ones named by a fixed pattern and spread over the groups.

    The attendees' numbers follow the last of them.
    All majorities are of the new total, so the script's expectations hold no longer
    (`Script.without_expectations`).  Raises FewerThanRoll.
    """
    roll = len(plan.members)
    if count < roll:
        raise FewerThanRoll(asked=count, roll=roll)
    if count == roll:
        return plan
    last = max((member.number for member in plan.members), default=0)
    taken = {one.name for one in plan.everybody}
    groups: list[int | None] = [
        *sorted({member.group for member in plan.members if member.group is not None})
    ]
    added = []
    for index in range(count - roll):
        number = last + index + 1
        name = i18n.text("zh", "office.fictional-member", number=number)
        if name in taken:
            name = f"{name}-{number}"
        group = groups[index % len(groups)] if groups else None
        title = Text(**i18n.both("office.role.member"))
        added.append(Member(MemberNo(number), name, Role.MEMBER, title, group))
    larger = replace(
        plan,
        rules=replace(plan.rules, total_members=count),
        members=(*plan.members, *added),
    )
    return renumbered(larger, added[-1].number)
