"""From a checked draft to the plan.  It checks nothing: what does not fit has been refused before."""

from __future__ import annotations

from display import i18n
from meeting.office import build_items, build_matters, build_rules
from meeting.office.attendees import attendees, gallery
from meeting.office.draft import Draft
from meeting.office.item_schema import CeremonyItem, DismissalItem
from meeting.office.sitting_schema import AssemblyForm
from meeting.order.sitting import Member, MemberNo, Plan, Role, SittingId
from meeting.order.text import Text


def plan(draft: Draft, assembly: AssemblyForm) -> Plan:
    said = assembly.rules.with_preset()
    rules = build_rules.rules(said)
    members = tuple(
        Member(
            number=MemberNo(one.num),
            name=one.name,
            role=Role(one.role),
            title=Text(one.role_zh, one.role_en or ""),
            group=one.group,
        )
        for _, one in draft.members
    )
    numbers = {member.name: member.number for member in members}
    chair = next((member.name for member in members if member.role is Role.CHAIR), "")
    forms = [form for _, _, form in draft.matters()]
    by_id = {form.id: form for form in forms}
    last = max((member.number for member in members), default=0)
    attending = attendees(draft.outline.non_voting_attendees if draft.outline else [], last, numbers)
    listening = draft.outline.gallery if draft.outline else None
    return Plan(
        id=SittingId(assembly.id),
        body=Text(assembly.body_zh, assembly.body_en or ""),
        meeting=Text(assembly.meeting_zh, assembly.meeting_en or ""),
        on=assembly.date,
        venue=Text(assembly.venue_zh, assembly.venue_en or ""),
        rules=rules,
        members=members,
        matters=build_matters.matters(forms, _certificates(draft), _movers(draft)),
        items=tuple(build_items.item(form, by_id, said, rules, numbers, chair) for _, form in draft.items),
        attendees=attending,
        gallery=gallery(listening, last + len(attending), [*numbers, *(one.name for one in attending)]),
        written_comments=listening is not None and listening.written_comments,
        presider=numbers[assembly.presider] if assembly.presider else None,
        materials_sent=assembly.materials_sent,
        motions_deadline=assembly.motions_deadline,
        session_type=_session_type(assembly),
        summoned=assembly.signed_notice_date,
    )


def _session_type(assembly: AssemblyForm) -> Text:
    said = assembly.session_type
    return Text("") if said is None else Text(**i18n.both(f"office.session-type.{said}"))


def _certificates(draft: Draft) -> dict[str, str]:
    """The numbers of the certificates, by matter."""
    return {
        one.matter: one.no_zh
        for _, item in draft.items
        if isinstance(item, CeremonyItem)
        for one in item.certificates
    }


def _movers(draft: Draft) -> dict[str, str]:
    """Who moved a matter, where its item says it and not the matter itself."""
    return {item.matter.id: item.moved_by for _, item in draft.items if isinstance(item, DismissalItem)}
